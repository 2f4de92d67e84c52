package domain_test

import (
	"fmt"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// raiseLeadTold are the open follow-ups of K1 that ask to tell the lead professional.
func (tm *team) leadTold() []*domain.FollowUp {
	tm.Helper()
	all, err := tm.FollowUpsOf(tm.child(1).ID)
	if err != nil {
		tm.Fatal(err)
	}
	var out []*domain.FollowUp
	for _, f := range all {
		if f.Kind == "lead_told" && f.Open() {
			out = append(out, f)
		}
	}
	return out
}

func TestAReferralIsAcceptedBookedMissedAndBookedAgain(t *testing.T) {
	tm := newTeam(t).back()
	tm.stage("new")
	tm.do(`{"act":"referral.accept","referral":"R1","responsible":"trusted_adult","who":"her youth worker","asked_child":true,"chose":"Mo","independent_offered":true}`)
	tm.stage("accepted")
	r := tm.referral(1)
	if r.Responsible != "trusted_adult" || r.Who != "her youth worker" || !r.AskedChild || r.Chose != "Mo" || !r.IndependentOffered || !r.Responsible.Elsewhere() {
		t.Errorf("%+v", r)
	}
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","place":"the library","place_kind":"other","agreed_with_child":true}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T15:00:00Z"}`)
	tm.stage("booked")
	tm.on("2026-11-23 14:59").refused(domain.Invalid, "how", []string{"Mon 23 Nov 2026 15:00"}, `{"act":"referral.missed","referral":"R1","how":"did_not_attend"}`)
	tm.on("2026-11-23 16:00").refused(domain.Invalid, "how", nil, `{"act":"referral.missed","referral":"R1","how":"did_not_attend","at":"2026-11-23T14:00:00Z"}`)
	tm.on("2026-11-23 15:00").do(`{"act":"referral.missed","referral":"R1","how":"did_not_attend","note":"forgot"}`)
	tm.stage("accepted")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-24T15:00:00Z"}`)
	tm.do(`{"act":"referral.missed","referral":"R1","how":"cancelled_by_us"}`)
	var outcomes []string
	for _, b := range tm.referral(1).Bookings {
		outcomes = append(outcomes, b.Outcome)
	}
	if got := strings.Join(outcomes, " "); got != "moved did_not_attend cancelled_by_us" {
		t.Errorf("the history of bookings is %s", got)
	}
	if b := tm.referral(1).Bookings[1]; b.Note != "forgot" || b.OutcomeBy != "dee" {
		t.Errorf("%+v", b)
	}
}

// Moved, a booking keeps what is not said anew and loses what is said to be blank; nobody agreed to the new time yet.
func TestAMovedBookingKeepsItsPlaceAndIsAgreedAnew(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","place":"the library","place_kind":"other","how_seen":"face_to_face","agreed_with_child":true}`)
	stands := func(place, kind, agreed string) {
		t.Helper()
		b := tm.referral(1).Booking()
		is := "not said"
		if b.Agreed != nil {
			is = fmt.Sprint(*b.Agreed)
		}
		if b.Place != place || b.PlaceKind != kind || b.HowSeen != "face_to_face" || is != agreed {
			t.Errorf("the booking is %+v, agreed: %s", *b, is)
		}
	}
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pat"}`)
	stands("the library", "other", "true") // the same time
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T15:00:00Z"}`)
	stands("the library", "other", "not said")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z","agreed_with_child":false,"place":""}`)
	stands("", "other", "false")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z","place":"her school","place_kind":""}`)
	stands("her school", "", "false")
}

func TestBookingANewReferralAcceptsItForTheTeam(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.stage("new")
	tm.as("pat").do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	r := tm.referral(1)
	if r.Stage != "booked" || r.Responsible != "team" || r.Booking().Interviewer != "pat" {
		t.Errorf("%s, responsible %s, interviewer %s", r.Stage, r.Responsible, r.Booking().Interviewer)
	}
	// So it was accepted once: closed and reopened it is accepted again.
	tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`)
	tm.as("dee").do(`{"act":"referral.reopen","referral":"R1","reason":"x"}`)
	tm.stage("accepted")
}

func TestEachStepIsADecisionWithWhoWhenAndWhy(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team","at":"2026-11-22T17:00:00Z"}`)
	tm.on("2026-11-22 19:00").as("sam").do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"entered twice"}`)
	ds := tm.referral(1).Decisions
	if len(ds) != 2 || ds[0].By != "dee" || ds[0].At != moment(t, "2026-11-22 17:00") || ds[0].From != "new" || ds[0].To != "accepted" ||
		ds[1].By != "sam" || ds[1].At != moment(t, "2026-11-22 19:00") || ds[1].Why != "entered twice" || ds[1].To != "withdrawn" {
		t.Errorf("%+v", ds)
	}
}

func TestClosedReferralsAreReopenedToAcceptedIfTheyEverWereElseToNew(t *testing.T) {
	for _, close := range []string{declinedLine, `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`} {
		for _, accepted := range []bool{false, true} {
			tm := newTeam(t).back()
			want := domain.StageNew
			if accepted {
				tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
				want = domain.StageAccepted
			}
			tm.do(saidNo)
			tm.do("%s", close)
			tm.do(`{"act":"referral.reopen","referral":"R1","reason":"she asked for it"}`)
			tm.stage(want)
			// Clocks have run on: nothing was reset.
			if cs := domain.ClocksOf(&tm.settings.Policy, tm.episode(1), tm.referral(1)); cs.Interview.Due != moment(t, "2026-11-25 14:10") {
				t.Errorf("due %v", cs.Interview.Due)
			}
		}
	}
}

func TestNotRequiredAndUnableWaitForAnotherPersonsWord(t *testing.T) {
	notRequired := `{"act":"referral.not_required","referral":"R1","reason":"police_investigation","text":"DS Bell asked","look_again_on":"2026-12-01","safe_with":"her aunt"}`
	for _, c := range []struct {
		line string
		ends domain.Stage
	}{{notRequired, domain.StageNotRequired}, {unableLine, domain.StageUnable}} {
		tm := newTeam(t).back()
		tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
		tm.do("%s", c.line)
		tm.stage("to_approve")
		if as, by := tm.referral(1).Pending(); as != c.ends || by != "dee" {
			t.Errorf("waits as %s by %s", as, by)
		}
		if len(tm.leadTold()) != 0 {
			t.Errorf("%s: the lead professional is told before it is settled", c.ends)
		}
		// Refused, it returns as if reopened.
		tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":false,"comment":"try her school"}`)
		tm.stage("new")
		tm.as("dee").do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
		tm.do("%s", c.line)
		tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":false}`)
		tm.stage("accepted")
		tm.as("sue").do("%s", c.line)
		tm.refused(domain.Forbidden, "", nil, `{"act":"referral.sign_off","referral":"R1","approve":true}`)
		tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":true,"comment":"agreed"}`)
		tm.stage(c.ends)
		if f := tm.leadTold(); len(f) != 1 || f[0].Referral.String() != "R1" || f[0].Owner != "pat" || f[0].Due == 0 {
			t.Errorf("%s: told %+v", c.ends, f)
		}
		tm.as("dee").do(`{"act":"referral.reopen","referral":"R1","reason":"x"}`)
		tm.stage("accepted")
	}
}

func TestThePolicySaysWhatNeedsSignOff(t *testing.T) {
	for _, c := range []struct {
		policy []string
		line   string
		stage  domain.Stage
		told   int
	}{
		{nil, unableLine, "unable", 1},
		{nil, `{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`, "not_required", 1},
		{[]string{"declined"}, declinedLine, "to_approve", 0},
		{[]string{"declined"}, unableLine, "unable", 1},
		{[]string{"not_required", "unable"}, declinedLine, "declined", 1},
	} {
		tm := newTeam(t)
		tm.settings.Policy.SignOff = c.policy
		tm.back().do(saidNo)
		tm.do("%s", c.line)
		tm.stage(c.stage)
		if n := len(tm.leadTold()); n != c.told {
			t.Errorf("sign_off %v, %s: %d follow-ups to tell the lead professional", c.policy, c.stage, n)
		}
	}
}

func TestOnItsLookAgainDateItReturnsByItself(t *testing.T) {
	notNow := func(accepted bool) *team {
		tm := newTeam(t).back()
		if accepted {
			tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
		}
		tm.do(`{"act":"referral.not_required","referral":"R1","reason":"hospital","text":"on the ward","look_again_on":"2026-12-01","safe_with":"the ward"}`)
		tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":true}`)
		return tm.as("dee")
	}
	book := `{"act":"referral.book","referral":"R1","when":"2026-12-02T10:00:00Z"}`
	for accepted, back := range map[bool]domain.Stage{false: "new", true: "accepted"} {
		tm := notNow(accepted)
		for day, want := range map[domain.Date]domain.Stage{20261130: "not_required", 20261201: back, 20261205: back} {
			if got := tm.referral(1).StageOn(day); got != want {
				t.Errorf("on %v it is %s, should be %s", day, got, want)
			}
		}
		tm.on("2026-11-30 23:59").refused(domain.Invalid, "referral", []string{"not required"}, "%s", book)
		tm.on("2026-12-01 00:00").do("%s", book)
		tm.stage("booked")
		if got := tm.referral(1).StageOn(20270101); got != "booked" {
			t.Errorf("it came round once and is %s now", got)
		}
		tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`)
		tm.stage("withdrawn")
	}
	notNow(false).on("2026-12-01 09:00").refused(domain.Invalid, "referral", []string{"new"}, `{"act":"referral.reopen","referral":"R1","reason":"x"}`)
	// While it waits for sign-off it waits, whatever the date.
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.not_required","referral":"R1","reason":"harm","text":"x","look_again_on":"2026-11-23","safe_with":"x"}`)
	if got := tm.referral(1).StageOn(20261124); got != "to_approve" {
		t.Errorf("unsigned it is %s", got)
	}
	tm.on("2026-11-24 10:00").as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":true}`)
	if got := tm.referral(1).StageOn(20261124); got != "new" {
		t.Errorf("signed after the date it is %s", got)
	}
}

func TestUnderAgeIsMeasuredAtTheStartOfTheEpisode(t *testing.T) {
	line := `{"act":"referral.not_required","referral":"R1","reason":"under_age","text":"a little one"}`
	for dob, may := range map[string]bool{"2016-11-22": true, "2016-11-21": false, "2011-03-14": false} {
		tm := newTeam(t, "west_sussex")
		tm.arrived("police_ref=P1", "child_ref=K1", "dob="+dob, "missing_at=2026-11-21 20:00", "returned_at=2026-11-22 14:10")
		if _, r := tm.try("%s", line); (r == nil) != may {
			t.Errorf("born %s, ten or not on 21 November 2026: %v", dob, r)
		}
	}
	newTeam(t).back().refused(domain.Invalid, "reason", []string{"age_floor"}, "%s", line)
}
