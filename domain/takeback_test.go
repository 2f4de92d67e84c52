package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

const (
	notBack  = `{"act":"episode.edit","episode":"P1","returned_at":null}`
	backLine = `{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 14:10"}`
)

// missingNow lists who is missing, by police reference.
func (tm *team) missingNow() string {
	tm.Helper()
	rows, err := view.ReadMissing(tm)
	if err != nil {
		tm.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, r.Episode.ShownRef())
	}
	return strings.Join(out, " ")
}

func TestAReturnTakenBackWithdrawsWhatItRaised(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
	}{
		{"nothing happened", nil},
		{"the carer was rung", []string{`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"spoke","note":"she is not back"}`}},
		{"it was accepted and given to Pat", []string{`{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.assign","referral":"R1","to":"pat"}`}},
		{"it waits for a sign-off", []string{`{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`}},
		{"a meeting was cancelled", []string{`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`, `{"act":"referral.missed","referral":"R1","how":"cancelled_by_us"}`}},
		{"it was withdrawn", []string{`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"she is still missing"}`}},
	} {
		tm := newTeam(t)
		tm.arrived(missing...)
		tm.do(backLine)
		for _, l := range c.lines {
			tm.do("%s", l)
		}
		tm.as("pia").do(notBack) // a person who may record it may take it back
		if got := tm.missingNow(); got != "P1" {
			t.Errorf("%s: missing now is %q", c.name, got)
		}
		if r := tm.referral(1); r.Stage != domain.StageWithdrawn || r.Booking() != nil {
			t.Errorf("%s: R1 is %s", c.name, r.Stage)
		}
		// The next return raises it again; whom one reached about the other return is no contact about this one.
		tm.on("2026-11-22 20:00").do(backLine)
		r := tm.referral(1)
		if !r.Stage.Outstanding() || tm.missingNow() != "" || len(r.Attempts) > 0 && r.Attempts[0].Note != "she is not back" {
			t.Errorf("%s: R1 is %s", c.name, r.Stage)
		}
		if cs := domain.ClocksOf(&tm.settings.Policy, tm.episode(1), r); cs.Contact.Start != moment(t, "2026-11-22 20:00") || cs.Contact.Met != 0 {
			t.Errorf("%s: contact from %s, met %s", c.name, cs.Contact.Start, cs.Contact.Met)
		}
	}
}

func TestAReturnIsNotTakenBackFromUnderWhatRestsOnIt(t *testing.T) {
	tm := newTeam(t)
	tm.arrived(missing...)
	tm.do(backLine)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	tm.refused(domain.Invalid, "returned_at", []string{"booked for Mon 23 Nov 2026 10:00", "cancel that first"}, notBack)
	tm.do(`{"act":"referral.missed","referral":"R1","how":"cancelled_by_us"}`)
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined"}`)
	tm.do(declinedLine)
	tm.refused(domain.Invalid, "returned_at", []string{"R1 is declined", "reopen it first"}, notBack)
	tm.do(takenUp, 1)
	tm.as("sue").do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.refused(domain.Invalid, "returned_at", []string{"was held Sun 22 Nov 2026 17:00", "interview.unheld"}, notBack)
	// Found before the interview, the return alone may go.
	tm.do(`{"act":"episode.edit","episode":"P1","found_at_time":"2026-11-22 13:00"}`)
	tm.do(notBack)
	tm.stage(domain.StageToWriteUp)
	tm.refused(domain.Invalid, "found_at_time", []string{"was held"}, `{"act":"episode.edit","episode":"P1","found_at_time":null}`)
}

func TestAMemberWhoseReturnIsTakenBackGoesOutOfItsCluster(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	out := tm.do(`{"act":"episode.edit","episode":"P2","returned_at":null}`)
	if r := tm.referral(2); r.Stage != domain.StageWithdrawn || r.Cluster != 0 || r.Booking() != nil || len(out.Warnings) != 3 {
		t.Errorf("R2 is %s in %s, warned %q", r.Stage, r.Cluster, out.Warnings)
	}
	if tm.referral(1).Booking() == nil || tm.missingNow() != "P2" {
		t.Errorf("the meeting of the others stands, P2 is missing: %s", tm.missingNow())
	}
	tm.do(`{"act":"episode.edit","episode":"P3","found_at_time":"2026-11-21 09:00"}`)
	tm.do(`{"act":"episode.edit","episode":"P3","returned_at":null}`)
	if r := tm.referral(3); r.Cluster != 0 || r.Stage != domain.StageBooked {
		t.Errorf("found and not back, R3 is %s in %s", r.Stage, r.Cluster)
	}
}

func TestALaterRowSaysSoOfAReturnThatWasTakenBack(t *testing.T) {
	tm := newTeam(t)
	row := with(missing, "returned_at=2026-11-21 10:00")
	tm.arrived(row...)
	tm.do(notBack)
	unchanged(t, "the same file again", tm.arrived(row...))
	out := tm.arrived(with(missing, "returned_at=2026-11-22 10:00")...)
	if len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "took it back") || tm.missingNow() != "P1" || len(tm.episode(1).Told) != 1 {
		t.Errorf("%q, missing %s", out.Warnings, tm.missingNow())
	}
}

func TestFoundRaisesTheReferralThoughTheChildIsNotBack(t *testing.T) {
	tm := newTeam(t)
	tm.arrived(missing...)
	out := tm.arrived(with(with(missing, "found_at_time=2026-11-21 09:00"), "notified_at=2026-11-21 09:30")...)
	if !out.Row.Referred || tm.missingNow() != "P1" {
		t.Fatalf("%+v, missing %s", out.Row, tm.missingNow())
	}
	tm.stage(domain.StageNew)
	if at, byImport := domain.Received(tm.episode(1), tm.referral(1)); at != moment(t, "2026-11-21 09:30") || byImport {
		t.Errorf("received %s, by import %v", at, byImport)
	}
	q := tm.queue()
	if len(q.Rows) != 1 || q.Rows[0].InterviewDue != 0 || q.Rows[0].Overdue || !strings.HasPrefix(q.Rows[0].Clocks.Interview.Explain(), "starts at the return") || !q.Rows[0].Episode.FoundNotBack() {
		t.Errorf("%+v", q.Rows)
	}
	tm.do(`{"act":"contact.log","referral":"R1","way":"visit","with":"child","result":"agreed"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T18:30:00Z"}`)
	tm.as("sue").refused(domain.Invalid, "held_at", []string{"before P1 was found"}, heldLine, 1, "2026-11-21T08:00:00Z")
	tm.do(heldLine, 1, "2026-11-22T10:00:00Z")
	// Every clock that starts later is met.
	tm.as("dee").do(`{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 17:00"}`)
	cs := domain.ClocksOf(&tm.settings.Policy, tm.episode(1), tm.referral(1))
	if !cs.Interview.MetInTime() || !cs.Return.MetInTime() || cs.InterviewLate(tm.now) || tm.missingNow() != "" {
		t.Errorf("%+v", cs)
	}
	if tm.referral(1).ID != tm.episode(1).Referral {
		t.Error("one referral for one episode")
	}
}

func TestFoundAndNotBackIsNoCandidateForACluster(t *testing.T) {
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00")
	tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00")
	tm.arrived("police_ref=P3", "child_ref=K1", "missing_at=2026-11-20 20:00", "found_at_time=2026-11-21 09:30")
	tm.listed("")
	tm.do(`{"act":"episode.edit","episode":"P3","returned_at":"2026-11-22 10:00"}`)
	tm.listed("suggested: P1 P2 P3")
}

func TestTheClockFromFoundRunsFromFoundElseFromTheReturn(t *testing.T) {
	tm := newTeam(t)
	tm.settings.Policy.InterviewClock = domain.ClockFound
	tm.arrived(with(missing, "found_at_time=2026-11-21 09:00")...)
	if due := tm.inForce(1); due != moment(t, "2026-11-24 09:00") {
		t.Errorf("due %s", due)
	}
	tm.arrived("police_ref=P2", "child_ref=K2", "missing_at=2026-11-20 20:00", "returned_at=2026-11-21 10:00")
	if s := domain.ClocksOf(&tm.settings.Policy, tm.episode(2), tm.referral(2)).Interview.Explain(); !strings.Contains(s, "no found time, so the return counts") {
		t.Error(s)
	}
}

func TestAnEditedTimeCannotMakeWhatHappenedImpossible(t *testing.T) {
	tm := newTeam(t)
	row := with(missing, "returned_at=2026-11-21 10:00")
	tm.arrived(row...)
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"spoke","at":"2026-11-21T12:00:00Z"}`)
	tm.as("sue").do(heldLine, 1, "2026-11-22T11:00:00Z")
	late := []string{"was held Sun 22 Nov 2026 11:00", "interview.correct_held"}
	tm.as("dee").refused(domain.Invalid, "returned_at", late, `{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 11:30"}`)
	if _, r := tm.arrive(with(missing, "returned_at=2026-11-22 11:30")...); r == nil || r.Field != "returned_at" {
		t.Errorf("a later row: %v", r)
	}
	tm.refused(domain.Invalid, "missing_at", []string{"A1", "strike"}, `{"act":"episode.edit","episode":"P1","missing_at":"2026-11-21 13:00","returned_at":"2026-11-21 14:00"}`)
	tm.do(`{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 11:00"}`)
}

func TestNothingIsDoneBeforeWhatItFollows(t *testing.T) {
	tm := newTeam(t).back() // P1 began on 21 November at 20:00
	before := []string{"before", "nothing is recorded as done before what it follows"}
	early := func(login, line, at string) {
		t.Helper()
		tm.as(login).refused(domain.Invalid, "at", before, "%s", strings.TrimSuffix(line, "}")+`,"at":"`+at+`"}`)
	}
	const long, then = "2026-10-01T10:00:00Z", "2026-11-22T15:00:00Z"
	for _, l := range []string{
		`{"act":"flag.set","episode":"P1","flag":"harm","reason":"x"}`,
		`{"act":"referral.accept","referral":"R1","responsible":"team"}`,
		`{"act":"referral.assign","referral":"R1","to":"pat"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`,
		`{"act":"referral.chase","referral":"R1","whom":"x","note":"x"}`,
		`{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`,
		`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`,
	} {
		early("dee", l, long)
	}
	tm.as("dee").do(`{"act":"referral.not_required","referral":"R1","reason":"other","text":"x","at":"2026-11-22T16:00:00Z"}`)
	early("sam", `{"act":"referral.sign_off","referral":"R1","approve":true}`, then)
	tm.do(`{"act":"referral.sign_off","referral":"R1","approve":true,"at":"2026-11-22T16:00:00Z"}`)
	early("dee", `{"act":"referral.reopen","referral":"R1","reason":"x"}`, then)
	tm.as("dee").do(`{"act":"referral.reopen","referral":"R1","reason":"x"}`)
	tm.as("sue").do(heldLine, 1, "2026-11-22T16:30:00Z")
	tm.do(writtenLine, 1)
	early("sue", `{"act":"interview.submit","interview":"I1"}`, then)
	early("sue", `{"act":"interview.share","interview":"I1","audience":"social_worker","to":"Jo","way":"email","purpose":"x"}`, then)
	early("dee", `{"act":"followup.done","followup":"F2","found":"x"}`, then)
	early("dee", `{"act":"followup.drop","followup":"F2","reason":"x"}`, then)
	early("dee", `{"act":"contact.log","followup":"F2","way":"call","with":"child","result":"spoke"}`, then)
	tm.as("sue").do(`{"act":"interview.submit","interview":"I1"}`)
	early("sam", `{"act":"interview.approve","interview":"I1"}`, "2026-11-22T17:00:00Z")
	early("sam", `{"act":"interview.send_back","interview":"I1","comment":"x"}`, "2026-11-22T17:00:00Z")
}

// What corrects something comes after it.
func TestNothingIsCorrectedBeforeItHappened(t *testing.T) {
	tm := newTeam(t).back()
	early := func(line, at string) {
		t.Helper()
		tm.refused(domain.Invalid, "at", []string{"before"}, "%s", strings.TrimSuffix(line, "}")+`,"at":"`+at+`"}`)
	}
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","at":"2026-11-22T15:30:00Z"}`) // X2
	early(`{"act":"undo"}`, "2026-11-22T15:00:00Z")
	early(`{"act":"contact.strike","attempt":"A1","reason":"x"}`, "2026-11-22T15:00:00Z")
	tm.do(`{"act":"flag.set","episode":"P1","flag":"harm","reason":"x","at":"2026-11-22T15:30:00Z"}`)
	early(`{"act":"flag.clear","episode":"P1","flag":"harm","reason":"x"}`, "2026-11-22T15:00:00Z")
	tm.do(`{"act":"referral.note","referral":"R1","to":"pat","text":"x","ask":true,"at":"2026-11-22T15:30:00Z"}`)
	tm.as("sam")
	early(`{"act":"referral.answer","referral":"R1","note":1,"text":"x"}`, "2026-11-22T15:00:00Z")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z","interviewer":"sam","at":"2026-11-22T15:30:00Z"}`)
	early(`{"act":"referral.missed","referral":"R1","how":"cancelled_by_us"}`, "2026-11-22T15:00:00Z")
	tm.do(heldLine, 1, "2026-11-22T16:30:00Z")
	early(`{"act":"interview.correct_held","interview":"I1","alone":"yes","reason":"x"}`, "2026-11-22T16:00:00Z")
	early(`{"act":"interview.unheld","interview":"I1","reason":"x"}`, "2026-11-22T16:00:00Z")
	early(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","interview":"I1"}`, "2026-11-22T16:00:00Z")
	tm.do(`{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x","at":"2026-11-22T15:30:00Z"}`)
	early(`{"act":"child.open","child_ref":"K1","reason":"x"}`, "2026-11-22T15:00:00Z")
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-22","reason":"x","at":"2026-11-22T17:30:00Z"}`)
	early(`{"act":"child.lives","child_ref":"K1","reason":"x"}`, "2026-11-22T17:00:00Z")
	tm.do(`{"act":"child.lives","child_ref":"K1","reason":"x","at":"2026-11-22T17:30:00Z"}`)
	early(`{"act":"undo"}`, "2026-11-22T17:00:00Z")
	tm.do(`{"act":"undo","at":"2026-11-22T17:45:00Z"}`)
	early(`{"act":"redo"}`, "2026-11-22T17:30:00Z")
	tm.do(`{"act":"redo"}`)
}

// Every act that names an episode, a referral, an interview or a follow-up knows what it comes after.
func TestEveryActOnARecordKnowsWhatItFollows(t *testing.T) {
	anyTime := []string{"episode.edit", "interview.save", "cluster.add", "cluster.leave_out", "cluster.break_up", "child.join", "child.different",
		"child.edit", "child.restrict", "child.died", "cluster.accept", "cluster.dismiss", "followup.add", "intelligence.merge", "referral.new", "caseload.hand_over", "child.open", "child.lives"}
	for _, act := range domain.ActNames() {
		for _, stage := range domain.Stages() {
			line := strings.TrimSuffix(lineOf(act, "sam"), "}") + `,"at":"2026-10-01T10:00:00Z"}`
			if _, r := oneOfEach(t, stage, "pat", "sam").try("%s", line); r == nil && !slices.Contains(anyTime, act) {
				t.Errorf("%s, %s: done before what it follows", act, stage)
			}
		}
	}
}

func TestAnInterviewHeldWithTheChildIsContact(t *testing.T) {
	tm := newTeam(t).back()
	tm.as("sue").do(heldLine, 1, "2026-11-22T16:30:00Z")
	r := tm.referral(1)
	if cs := domain.ClocksOf(&tm.settings.Policy, tm.episode(1), r); cs.Contact.Met != r.HeldAt || r.ReachedAt("child") != r.HeldAt || r.ReachedAt("carer") != 0 {
		t.Errorf("contact met %s", cs.Contact.Met)
	}
}

// What taking a found time or a return back says of where the child is now is so.
func TestTakingBackSaysWhereTheChildIsNow(t *testing.T) {
	const found, gone = "found_at_time=2026-11-21 09:00", "returned_at=2026-11-21 09:00"
	for _, c := range []struct {
		what, row, before, take, says, gone string
	}{
		{"found, and ended", found, `{"act":"episode.end","episode":"P1","how":"never_closed","on":"2026-11-22","reason":"x"}`, "found_at_time", "P1 stays ended (never closed by the source, 2026-11-22), so the child is not missing now, R1 is withdrawn", ""},
		{"found", found, "", "found_at_time", "the child is missing again, R1 is withdrawn", "P1"},
		{"back", gone, "", "returned_at", "the child is missing again, R1 is withdrawn", "P1"},
		{"back, and 18", gone, `{"act":"child.edit","child_ref":"K1","dob":"2005-01-01"}`, "returned_at", "P1 has no return again, and the child cannot be missing now, R1 is withdrawn", "P1: 18 by now"},
	} {
		tm := newTeam(t)
		tm.openEpisode(c.row)
		if c.before != "" {
			tm.do("%s", c.before)
		}
		out := tm.do(`{"act":"episode.edit","episode":"P1",%q:null}`, c.take)
		if !strings.HasSuffix(out.Summary, ": "+c.says) || tm.gone() != c.gone {
			t.Errorf("%s: %q, missing %q", c.what, out.Summary, tm.gone())
		}
	}
	tm := newTeam(t)
	if _, r := tm.arriveAs(true, with(missing, gone)...); r != nil {
		t.Fatal(r)
	}
	if out := tm.do(notBack); !strings.Contains(out.Summary, "as history it is not shown") {
		t.Error(out.Summary)
	}
}
