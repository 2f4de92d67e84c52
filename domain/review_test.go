package domain_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

func (tm *team) review() *view.Review {
	tm.Helper()
	v, err := view.ReadReview(tm)
	return must(tm, v, err)
}

// week is the week of a day.
func (tm *team) week(day domain.Date) *view.Week {
	tm.Helper()
	w, err := view.ReadWeek(tm, view.MondayOf(day))
	return must(tm, w, err)
}

// returns brings home a child of their own: back at a time, told an hour later; R numbers go up by one each.
func (tm *team) returns(n int, missing, back string) {
	tm.Helper()
	tm.arrived(fmt.Sprintf("police_ref=W%d", n), fmt.Sprintf("child_ref=W%d", n), "given_name=Ivy", fmt.Sprintf("family_name=Stone%d", n),
		fmt.Sprintf("dob=2010-01-%02d", n%28+1), "missing_at="+missing, "returned_at="+back)
}

// figure is a measure's parts: "in time 1, missed 2 of 4".
func figure(t view.Timeliness) string {
	var out []string
	for _, p := range t.Parts() {
		if len(p.Episodes) > 0 {
			out = append(out, fmt.Sprintf("%s %d", p.Name, len(p.Episodes)))
		}
	}
	return strings.Join(out, ", ") + fmt.Sprintf(" of %d", t.Of())
}

func TestTheReviewIsForSupervisors(t *testing.T) {
	for who, may := range map[string]bool{"dee": false, "pat": false, "sam": true, "ada": true} {
		tm := newTeam(t).as(who)
		_, err := view.ReadReview(tm)
		_, werr := view.ReadWeek(tm, 20261116)
		if (err == nil) != may || (werr == nil) != may {
			t.Errorf("%s: %v, %v", who, err, werr)
		}
		if err != nil && refusal(t, err).Code != domain.Forbidden {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestLatenessHasBands(t *testing.T) {
	for _, c := range []struct {
		late time.Duration
		want view.LateBand
	}{
		{time.Second, view.BandUnderDay}, {24*time.Hour - time.Second, view.BandUnderDay}, {24 * time.Hour, view.BandDays},
		{72*time.Hour - time.Second, view.BandDays}, {72 * time.Hour, view.BandWeek}, {168*time.Hour - time.Second, view.BandWeek}, {168 * time.Hour, view.BandOver},
	} {
		if got := view.BandOf(c.late); got != c.want {
			t.Errorf("%v late is %s, should be %s", c.late, got, c.want)
		}
	}
}

// The worst stands first; a cluster is one interview whatever number of episodes it covers; nobody is a person too.
func TestOverdueInterviews(t *testing.T) {
	tm := newTeam(t).on("2026-11-16 09:00")
	for i, back := range []string{"2026-11-08 10:00", "2026-11-10 10:00", "2026-11-12 10:00"} { // one child, a cluster
		tm.arrived(fmt.Sprintf("police_ref=C%d", i+1), "child_ref=K1", "given_name=Kai", "family_name=Reed", "dob=2011-01-01",
			fmt.Sprintf("missing_at=2026-11-%02d 20:00", 7+2*i), "returned_at="+back)
	}
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["C1","C2","C3"],"reason":"one friend"}`)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"pat"}`)
	tm.returns(4, "2026-11-11 08:00", "2026-11-11 20:00") // due 14 Nov 20:00
	tm.returns(5, "2026-11-14 08:00", "2026-11-14 20:00") // not due
	tm.as("sam")
	v := tm.review()
	if len(v.Overdue) != 2 {
		t.Fatalf("%d interviews overdue, should be 2: the cluster's and R4's", len(v.Overdue))
	}
	first, second := v.Overdue[0], v.Overdue[1]
	if first.Row().Referral.ID.String() != "R4" || first.Who() != "" || first.Late != 37*time.Hour || first.Band() != view.BandDays {
		t.Errorf("first is %s of %q, %v late", first.Row().Referral.ID, first.Who(), first.Late)
	}
	if len(second.Rows) != 3 || second.Who() != "pat" || second.Late != 23*time.Hour {
		t.Errorf("second covers %d for %q, %v late", len(second.Rows), second.Who(), second.Late)
	}
	for _, l := range v.People {
		switch l.Login {
		case "pat":
			if len(l.Open) != 3 || l.Interviews != 1 || len(l.Overdue) != 1 {
				t.Errorf("Pat: %d referrals, %d interviews, %d overdue", len(l.Open), l.Interviews, len(l.Overdue))
			}
		case "":
			if len(l.Open) != 2 || l.Interviews != 2 || len(l.Overdue) != 1 {
				t.Errorf("nobody: %d referrals, %d interviews, %d overdue", len(l.Open), l.Interviews, len(l.Overdue))
			}
		}
	}
	// The reason falls on all of them; a question about it is known by whichever member it was asked.
	tm.do(`{"act":"referral.note","referral":"R3","to":"pat","text":"Why?","ask":true,"about":"late"}`)
	if o := tm.review().Overdue[1]; o.Asked == nil || !o.Asked.Note.Open() || o.Reason() != nil {
		t.Errorf("asked: %+v", o.Asked)
	}
	tm.do(`{"act":"referral.late","referral":"R1","reason":"capacity"}`)
	if o := tm.review().Overdue[1]; o.Asked == nil || o.Asked.Note.Open() || o.Reason() == nil || o.Reason().Reason != "capacity" {
		t.Errorf("reason %+v, asked %+v", o.Reason(), o.Asked)
	}
}

func TestWhatWaitsForAnothersWord(t *testing.T) {
	tm := newTeam(t).on("2026-11-16 09:00")
	for n := 1; n <= 3; n++ {
		tm.returns(n, "2026-11-14 08:00", fmt.Sprintf("2026-11-14 %02d:00", 15+n))
	}
	tm.do(`{"act":"referral.not_required","referral":"R1","reason":"other","text":"a mistake of the school"}`)
	tm.as("sam").do(`{"act":"referral.not_required","referral":"R2","reason":"other","text":"the same"}`)
	tm.do(`{"act":"interview.held","referral":"R3","held_at":"2026-11-15T10:00:00Z","interviewer":"sue"}`)
	tm.as("sue").do(`{"act":"interview.save","referral":"R3","record":%s}`, filled)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	why := func(who string) (out []string) {
		for _, s := range tm.as(who).review().SignOff {
			out = append(out, fmt.Sprintf("%s by %s: %t", s.Row().Referral.ID, s.By, s.Why == ""))
		}
		return out
	}
	if got := fmt.Sprint(why("sam")); got != "[R1 by dee: true R2 by sam: false R3 by sue: true]" {
		t.Errorf("Sam: %s", got)
	}
	if got := fmt.Sprint(why("sue")); got != "[R1 by dee: true R2 by sam: true R3 by sue: false]" {
		t.Errorf("Sue: %s", got)
	}
	// An auditor reads the review and signs nothing off: nothing stands there as if it were theirs.
	if got := fmt.Sprint(why("ada")); got != "[R1 by dee: true R2 by sam: true R3 by sue: true]" {
		t.Errorf("the auditor: %s", got)
	}
}

// A record that was only prepared is not there to sign off: the refusal is about the stage of its referral.
func TestAPreparedRecordIsNotSignedOff(t *testing.T) {
	tm := newTeam(t).on("2026-11-16 09:00")
	tm.returns(1, "2026-11-14 08:00", "2026-11-14 16:00")
	tm.as("sue").do(`{"act":"interview.save","referral":"R1","record":{"view":{"own_words":"I was cold."}}}`)
	tm.as("sam").refused(domain.Invalid, "referral", []string{"is new", "only while it is to sign off"}, `{"act":"interview.approve","interview":"I1"}`)
	tm.as("sam").refused(domain.Invalid, "referral", []string{"is new", "only while it is to sign off"}, `{"act":"interview.send_back","interview":"I1","comment":"x"}`)
	tm.as("sue").refused(domain.Invalid, "interview", []string{"was not held yet"}, `{"act":"interview.submit","interview":"I1"}`)
}

// What falls due within a day, over the night in which the clocks go back: 24 elapsed hours, the last second included.
func TestClocksThatAreSoonOver(t *testing.T) {
	tm := newTeam(t).on("2026-10-24 12:00")
	tm.returns(1, "2026-10-21 08:00", "2026-10-22 12:00") // interview due 25 Oct 11:00 GMT: 24 h ahead
	tm.returns(2, "2026-10-21 08:00", "2026-10-22 12:01") // a minute later
	tm.returns(3, "2026-10-21 08:00", "2026-10-21 12:00") // due now: not over yet
	for n := 1; n <= 3; n++ {
		tm.do(`{"act":"contact.log","referral":"R%d","way":"call","with":"child","result":"agreed"}`, n)
	}
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-10-25T11:00:00Z"}`)
	tm.as("sam")
	soon := tm.review().Soon
	if len(soon) != 2 || soon[0].Row().Referral.ID.String() != "R3" || soon[1].Row().Referral.ID.String() != "R1" {
		t.Fatalf("%d soon over: %+v", len(soon), soon)
	}
	if soon[0].Booked != view.NotBooked || soon[1].Booked != view.BookedInTime {
		t.Errorf("%s, %s", soon[0].Booked, soon[1].Booked)
	}
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-10-25T11:01:00Z"}`)
	if b := tm.review().Soon[1].Booked; b != view.BookedLate {
		t.Errorf("a minute after it: %s", b)
	}
	tm.do(`{"act":"referral.book","referral":"R3","when":"2026-10-24T10:30:00Z"}`) // half an hour ago
	if b := tm.review().Soon[0].Booked; b != view.BookedPast {
		t.Errorf("past: %s", b)
	}
}

func TestRoomIsByTheirDays(t *testing.T) {
	tm := newTeam(t).on("2026-10-24 10:00") // a Saturday, before the clocks go back
	hours := func(s string) domain.Hours7 {
		h, err := domain.ParseHours(s)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	tm.settings.Team.Hours = hours("Mon-Fri 09:00-17:00")
	for i := range tm.settings.Users {
		if tm.settings.Users[i].Login == "pat" {
			tm.settings.Users[i].Days, tm.settings.Users[i].Capacity = hours("Sat 09:00-13:00, Sun 00:00-24:00"), 1
		}
	}
	tm.returns(1, "2026-10-21 08:00", "2026-10-22 12:00")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-10-25T14:00:00Z","interviewer":"pat"}`)
	tm.as("sam")
	for _, l := range tm.review().People {
		switch l.Login {
		case "pat":
			if l.Today.Left != 3*time.Hour || l.Today.Free() != 1 {
				t.Errorf("Pat today: %+v", l.Today)
			}
			if l.Tomorrow.Left != 25*time.Hour || l.Tomorrow.Taken != 1 || l.Tomorrow.Free() != 0 {
				t.Errorf("Pat tomorrow: %+v", l.Tomorrow)
			}
			if len(l.Booked) != 1 {
				t.Errorf("Pat has %d booked", len(l.Booked))
			}
		case "pia":
			if l.Today.Free() != 0 || l.Tomorrow.Free() != 0 || l.Today.Capacity != domain.DefaultCapacity {
				t.Errorf("Pia does not work on these days: %+v %+v", l.Today, l.Tomorrow)
			}
		case "ada":
			t.Error("an auditor holds nothing")
		}
	}
	// What was held today takes its place too, booked or not.
	tm.on("2026-10-25 15:00").as("pat").do(`{"act":"interview.held","referral":"R1","held_at":"2026-10-25T14:30:00Z"}`)
	for _, l := range tm.as("sam").review().People {
		if l.Login == "pat" && (l.Today.Taken != 1 || l.Today.Left != 9*time.Hour || len(l.ToWriteUp) != 1) {
			t.Errorf("Pat afterwards: %+v, %d to write up", l.Today, len(l.ToWriteUp))
		}
	}
}

// A week goes from Monday's to Monday's midnight in London, also where the clocks change in it.
func TestWeeksAreLocal(t *testing.T) {
	tm := newTeam(t).on("2026-10-27 09:00")
	tm.returns(1, "2026-10-18 08:00", "2026-10-18 23:59") // the week before
	tm.returns(2, "2026-10-18 08:00", "2026-10-19 00:00")
	tm.returns(3, "2026-10-24 08:00", "2026-10-25 23:59")
	tm.returns(4, "2026-10-25 08:00", "2026-10-26 00:00") // the week after
	tm.arrived("police_ref=W5", "child_ref=W5", "given_name=Ivy", "family_name=Stone5", "dob=2010-02-01", "missing_at=2026-10-25 08:00", "returned_at=2026-10-26")
	tm.as("sam")
	for day, want := range map[domain.Date]int{20261018: 1, 20261019: 2, 20261025: 2, 20261026: 2} {
		if w := tm.week(day); len(w.Episodes) != want {
			t.Errorf("the week of %s has %d, should have %d", day, len(w.Episodes), want)
		}
	}
	weeks := view.Weeks(tm.now)
	if len(weeks) != 12 || weeks[11] != 20261026 || weeks[10] != 20261019 || weeks[0] != 20260810 {
		t.Errorf("weeks: %v", weeks)
	}
	for monday, want := range map[domain.Date]string{20261026: "2026-W44", 20270104: "2027-W01", 20261228: "2026-W53"} {
		if got := view.ISOWeek(monday); got != want {
			t.Errorf("%s is %s, should be %s", monday, got, want)
		}
	}
}

// Each way an episode can go stands in its own part, and the denominator says of whom it was asked.
func TestTimelinessPartsAddUp(t *testing.T) {
	tm := newTeam(t).on("2026-11-13 09:00")
	for n := 1; n <= 8; n++ {
		tm.returns(n, "2026-11-09 01:00", "2026-11-09 12:00")
	}
	tm.arrived("police_ref=W9", "child_ref=W8", "given_name=Ivy", "family_name=Stone8", "dob=2010-01-09", "missing_at=2026-11-09 02:00", "returned_at=2026-11-09 12:00")
	tm.returns(10, "2026-11-12 01:00", "2026-11-12 12:00") // its 72 hours run until the 15th
	if _, r := tm.arriveAs(true, "police_ref=H1", "child_ref=H1", "given_name=Max", "family_name=Hill", "dob=2010-01-01", "missing_at=2026-11-09 01:00", "returned_at=2026-11-09 09:00"); r != nil {
		t.Fatal(r)
	}
	tm.do(`{"act":"episode.duplicate","episode":"W9","of":"W8","reason":"told twice"}`)
	for n := 1; n <= 2; n++ {
		tm.do(`{"act":"referral.assign","referral":"R%d","to":"pat"}`, n)
	}
	tm.as("pat").do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-12T12:00:00Z"}`) // the last second
	tm.do(`{"act":"interview.held","referral":"R2","held_at":"2026-11-12T12:01:00Z"}`)
	tm.as("dee").do(`{"act":"referral.not_required","referral":"R3","reason":"other","text":"x"}`)
	tm.do(`{"act":"contact.log","referral":"R4","way":"call","with":"child","result":"declined"}`)
	tm.do(`{"act":"referral.close","referral":"R4","as":"declined","text":"x","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":true}`)
	tm.do(`{"act":"contact.log","referral":"R5","way":"call","with":"child","result":"no_answer"}`)
	tm.do(`{"act":"referral.close","referral":"R5","as":"unable","text":"moved","letter_sent":true,"social_worker_told":true,"police_told":true}`)
	tm.do(`{"act":"referral.close","referral":"R6","as":"withdrawn","text":"entered twice"}`)
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R3","approve":true}`)
	tm.do(`{"act":"referral.sign_off","referral":"R5","approve":true}`)
	w := tm.week(20261109)
	if got, want := figure(w.Measures[1]), "in time 1, met late 1, missed 2, still running 1, not required 1, declined 1, unable 1, no referral (history) 1, withdrawn 1 of 8"; got != want {
		t.Errorf("return:\n%s, should be\n%s", got, want)
	}
	if m := w.Measures[1]; m.Words() != "1 of 8, 1 still running" || m.Required() != 7 || m.Settled() {
		t.Errorf("says %q, %d required", m.Words(), m.Required())
	}
	// Contact is measured from the referral, which was received on the 13th: it still runs for whom nobody reached. An
	// interview held with the child reached them.
	if got, want := figure(w.Measures[0]), "in time 3, still running 3, not required 1, unable 1, no referral (history) 1, withdrawn 1 of 8"; got != want {
		t.Errorf("contact:\n%s, should be\n%s", got, want)
	}
}
