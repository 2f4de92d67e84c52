package domain_test

import (
	"fmt"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// handed brings another child back on Saturday at 15:00 and gives the referral to somebody.
func (tm *team) handed(ref, to string) {
	tm.Helper()
	out := tm.returned("K"+ref, ref, "2026-11-21 09:00", "2026-11-21 15:00")
	for _, r := range out.Put {
		if id := r.RecordID(); id.Kind() == domain.KindReferral {
			tm.do(`{"act":"referral.assign","referral":"%s","to":"%s"}`, id, to)
		}
	}
}

// day is somebody's day in short: a line a line, "part: what it is about".
func (tm *team) day(login string, since string) string {
	tm.Helper()
	tm.as(login)
	at := domain.Moment(0)
	if since != "" {
		at = domain.At(clock(tm, since))
	}
	d, err := view.ReadMyDay(desk{tm}, at)
	if err != nil {
		tm.Fatal(err)
	}
	var out []string
	seen := map[string]bool{}
	for i := range d.Lines {
		l := &d.Lines[i]
		about := ""
		switch l.Part {
		case view.DayUrgent, view.DayFollowUp:
			about = l.FollowUp.ID.String()
		case view.DayNote:
			about = l.Note.Text
		case view.DayChanged:
			about = l.Change.Summary
		case view.DaySentBack:
			about = l.Interview.SentBack().Text
		default:
			about = l.Referral.ID.String()
			if n := len(l.Also); n > 0 {
				about += fmt.Sprintf(" and %d more", n)
			}
		}
		if l.MissingNow != 0 {
			about += " (missing)"
		}
		out = append(out, l.Part.Title()+": "+about)
		if seen[l.ID()] {
			tm.Errorf("two lines go by %s", l.ID())
		}
		seen[l.ID()] = true
	}
	return strings.Join(out, "\n")
}

// days holds somebody's day against what it should be.
func (tm *team) days(login, since string, want ...string) {
	tm.Helper()
	if got := tm.day(login, since); got != strings.Join(want, "\n") {
		tm.Errorf("the day of %s:\n%s\nshould be\n%s", login, got, strings.Join(want, "\n"))
	}
}

// Visits are of today, whoever books them: the interviewer's and those of the referrals one has. Past their time they ask.
func TestTheDayHasVisits(t *testing.T) {
	tm := newTeam(t)
	for i, who := range []string{"pat", "pia", "pat", "pat"} {
		tm.handed(fmt.Sprint("P", i+1), who)
	}
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T19:00:00Z"}`)                     // later today
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-22T18:30:00Z","interviewer":"pat"}`) // Pia's, held by Pat
	tm.do(`{"act":"referral.book","referral":"R3","when":"2026-11-23T09:00:00Z"}`)                     // tomorrow
	tm.do(`{"act":"referral.book","referral":"R4","when":"2026-11-22T17:00:00Z","place":"Elm House"}`) // past
	tm.days("pat", "2026-11-22 18:00", "What became of it?: R4", "Owed now: R3", "Visits today: R2", "Visits today: R1")
	tm.days("pia", "2026-11-22 18:00", "Visits today: R2")
	tm.days("sam", "2026-11-22 18:00")
	tm.on("2026-11-23 08:00").days("pat", "2026-11-22 18:00", "What became of it?: R4", "What became of it?: R2", "What became of it?: R1", "Visits today: R3")
	// A child who is gone again is marked where one would go and find nobody.
	tm.as("dee").do(`{"act":"referral.new","police_ref":"P5","child_ref":"KP3","missing_at":"2026-11-22T21:00:00Z"}`)
	if got := tm.day("pat", "2026-11-23 08:00"); !strings.Contains(got, "Visits today: R3 (missing)") {
		t.Error(got)
	}
}

// What is to be rung again stands until the end of the day, of the referrals one has, unless a visit is arranged.
func TestTheDayHasCalls(t *testing.T) {
	tm := newTeam(t)
	for i := range 3 {
		tm.handed(fmt.Sprint("P", i+1), "pat")
	}
	log := `{"act":"contact.log","referral":"R%d","way":"call","with":"carer","result":"spoke","try_again_at":"%s"}`
	tm.do(log, 1, "2026-11-22T20:00:00Z")
	tm.do(log, 2, "2026-11-23T00:00:00Z")
	tm.do(log, 3, "2026-11-22T19:00:00Z")
	tm.do(`{"act":"referral.book","referral":"R3","when":"2026-11-24T09:00:00Z"}`)
	tm.days("pat", "2026-11-22 18:00", "Ring today: R1")
	tm.on("2026-11-23 09:00").days("pat", "2026-11-23 09:00", "Ring today: R1", "Ring today: R2")
}

// A record is to be written up by whose it is, and comes back with what to mend until it is submitted again.
func TestTheDayHasRecords(t *testing.T) {
	tm := newTeam(t)
	tm.handed("P1", "pat")
	tm.as("pat").do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T11:00:00Z"}`)
	tm.days("pat", "2026-11-22 18:00", "To write up: R1")
	tm.days("pia", "2026-11-22 18:00")
	tm.as("pat").do(`{"act":"interview.save","referral":"R1","record":%s}`, filled)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	tm.days("pat", "2026-11-22 18:00")
	tm.as("sam").do(`{"act":"interview.send_back","interview":"I1","comment":"Who was there?"}`)
	tm.days("pat", "2026-11-22 18:00", "Records sent back: Who was there?")
	if got := tm.day("pat", "2026-11-22 17:00"); !strings.Contains(got, "Changed by others: sent the record of R1 back") {
		t.Error(got)
	}
	tm.on("2026-11-23 12:30").days("pat", "2026-11-23 12:30", "Records sent back: Who was there?", "Follow-ups due: F2")
}

// What waits for a person's word is theirs to see: an ending somebody else decided, a record somebody else wrote.
func TestTheDayHasWhatWaitsForOnesWord(t *testing.T) {
	tm := newTeam(t)
	tm.handed("P1", "pat")
	tm.handed("P2", "sam")
	tm.as("pat").do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:30:00Z"}`)
	tm.do(`{"act":"interview.save","referral":"R1","record":%s}`, filled)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	tm.as("dee").do(`{"act":"referral.not_required","referral":"R2","reason":"other","text":"adult now"}`)
	if got := tm.day("sam", "2026-11-22 18:00"); strings.Count(got, "For your sign-off") != 2 {
		t.Errorf("the supervisor's day:\n%s", got)
	}
	for _, who := range []string{"pat", "dee"} {
		if got := tm.day(who, "2026-11-22 18:00"); strings.Contains(got, "For your sign-off") {
			t.Errorf("%s, who may not, is asked:\n%s", who, got)
		}
	}
}

// Follow-ups are one's own of today and before; an urgent one is everybody's.
func TestTheDayHasFollowUps(t *testing.T) {
	tm := newTeam(t)
	tm.handed("P1", "pat")
	add := `{"act":"followup.add","child_ref":"KP1","kind":"child","text":"see","owner":"%s","due_at":"%s"}`
	tm.do(add, "pat", "2026-11-22T20:00:00Z")
	tm.do(add, "pat", "2026-11-23T20:00:00Z")
	tm.do(add, "pia", "2026-11-22T20:00:00Z")
	tm.do(`{"act":"followup.add","child_ref":"KP1","kind":"urgent","text":"a man waits","owner":"pia"}`)
	tm.days("pat", "2026-11-22 18:00", "Urgent: F4", "Owed now: R1", "Follow-ups due: F1")
	tm.days("pia", "2026-11-22 18:00", "Urgent: F4", "Follow-ups due: F3")
	tm.as("pat").do(`{"act":"followup.done","followup":"F4","found":"told the police"}`)
	tm.days("sam", "2026-11-22 18:00")
}

// Notes to somebody are told for a week, and as long as they were away; notes to others never.
func TestTheDayHasNotes(t *testing.T) {
	tm := newTeam(t)
	tm.handed("P1", "pia")
	tm.do(`{"act":"referral.note","referral":"R1","to":"pat","text":"Ring his aunt"}`)
	tm.do(`{"act":"referral.note","referral":"R1","to":"pat","text":"And his school"}`)
	tm.do(`{"act":"referral.note","referral":"R1","to":"sam","text":"Not for Pat"}`)
	tm.days("pat", "2026-11-22 18:00", "Notes to me: Ring his aunt", "Notes to me: And his school")
	tm.on("2026-12-02 09:00").days("pat", "2026-12-01 09:00")
	tm.days("pat", "2026-11-22 09:00", "Notes to me: Ring his aunt", "Notes to me: And his school")
}

// What others did on one's rows is told from a time on: not one's own doing, not other rows, not what came and went.
func TestTheDayHasWhatOthersChanged(t *testing.T) {
	tm := newTeam(t)
	tm.handed("P1", "pat")
	tm.handed("P2", "pia")
	tm.on("2026-11-22 19:00").as("dee").do(`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"no_answer"}`)
	tm.do(`{"act":"contact.log","referral":"R2","way":"call","with":"carer","result":"no_answer"}`)
	tm.do(`{"act":"child.edit","child_ref":"KP1","warning":"A dog"}`)
	tm.as("pat").do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer"}`)
	tm.as("cai").do(`{"act":"flag.set","episode":"P1","flag":"harm","reason":"He said so"}`)
	tm.do(`{"act":"undo"}`)
	got := tm.day("pat", "2026-11-22 18:30")
	if n := strings.Count(got, "Changed by others"); n != 2 || !strings.Contains(got, "R1: call with carer, no answer") {
		t.Errorf("told %d times:\n%s", n, got)
	}
	tm.days("pat", "2026-11-22 19:00", "Owed now: R1")
	tm.on("2026-11-24 09:00")
	if got := tm.day("pat", ""); strings.Contains(got, "Changed") {
		t.Errorf("the first time only the last day is told:\n%s", got)
	}
}

// What falls on all members of a cluster is one line of the day.
func TestTheDayTellsAClusterOnce(t *testing.T) {
	tm := newTeam(t)
	for i, day := range []string{"12", "16", "21"} {
		tm.returned("K1", fmt.Sprint("P", i+1), "2026-11-"+day+" 09:00", "2026-11-"+day+" 15:00")
	}
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"]}`)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-22T19:00:00Z"}`)
	tm.days("pat", "2026-11-22 18:00", "Visits today: R3 and 2 more")
}

// A list of follow-ups stands by when each is due; a week ends with its Sunday.
func TestWhereAFollowUpStands(t *testing.T) {
	tm := newTeam(t).on("2026-11-20 10:00") // a Friday
	row := func(due string) *view.FollowUpRow {
		f := &domain.FollowUp{Kind: "child", Due: domain.At(clock(t, due))}
		return &view.FollowUpRow{FollowUp: f, Overdue: f.Overdue(domain.At(tm.now))}
	}
	for due, want := range map[string]string{"2026-11-20 09:59": "Overdue", "2026-11-20 10:00": "Today", "2026-11-20 23:59": "Today",
		"2026-11-21 00:00": "This week", "2026-11-22 23:59": "This week", "2026-11-23 00:00": "Later"} {
		if got := row(due).Part(tm.now).Title(); got != want {
			t.Errorf("due %s: %s, should be %s", due, got, want)
		}
	}
	if got := row("2026-11-30 09:00").Part(clock(t, "2026-11-29 10:00")).Title(); got != "Later" {
		t.Errorf("on a Sunday Monday is %s", got)
	}
}
