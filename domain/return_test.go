package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

var missing = []string{"police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00"}

func TestAReferralIsRaisedByFoundOrReturnedAndByNothingElse(t *testing.T) {
	tm := newTeam(t)
	if out := tm.arrived(missing...); out.Row.Referred || tm.episode(1).Referral != 0 || tm.episode(1).Over() {
		t.Errorf("still missing: %+v", out.Row)
	}
	out := tm.on("2026-11-22 19:00").arrived(with(missing, "returned_at=2026-11-21 10:00")...)
	if !out.Row.Referred || out.Row.Created || tm.episode(1).Referral.String() != "R1" || out.Named.String() != "R1" {
		t.Errorf("back: %+v", out.Row)
	}
	tm.stage("new")
	if at, byImport := domain.Received(tm.episode(1), tm.referral(1)); at != moment(t, "2026-11-22 19:00") || !byImport {
		t.Errorf("received %v", at)
	}
	unchanged(t, "the return again", tm.arrived(with(missing, "returned_at=2026-11-21 10:00")...))
	if out := tm.arrived(with(missing, "returned_at=2026-11-21 10:30")...); out.Row.Referred {
		t.Errorf("the return mended raises another: %+v", out.Row)
	}
}

func TestAReturnRecordedByHandRaisesTheReferral(t *testing.T) {
	tm := newTeam(t)
	tm.arrived(missing...)
	out := tm.as("pia").do(`{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 14:10","found_at":"at her aunt's","prevention_interview":"PC 12 spoke to her"}`)
	if r := tm.referral(1); r.Stage != "new" || r.Episode != tm.episode(1).ID || len(out.Put) != 2 {
		t.Errorf("%+v", r)
	}
	if r := tm.referral(1); !r.Taken || domain.ClocksOf(&tm.settings.Policy, tm.episode(1), r).Contact.Explain() != "due Mon 23 Nov 18:00 = received Sun 22 Nov 18:00 + 24 h (policy contact_within, statutory / DfE 2014); when it was taken here" {
		t.Error(domain.ClocksOf(&tm.settings.Policy, tm.episode(1), r).Contact.Explain())
	}
	tm.as("dee").refused(domain.Invalid, "returned_at", nil, `{"act":"episode.edit","episode":"P1","returned_at":"2026-11-20 19:00"}`)
	tm.refused(domain.Invalid, "", nil, `{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 14:10"}`)
}

func TestAReferralTakenByHand(t *testing.T) {
	tm := newTeam(t)
	tm.do(`{"act":"referral.new","police_ref":"P1","child_ref":"K1","missing_at":"2026-11-21 20:00","returned_at":"2026-11-22 14:10","school":"Hill School","flags":"harm","at":"2026-11-22T16:00:00Z"}`)
	if at, _ := domain.Received(tm.episode(1), tm.referral(1)); at != moment(t, "2026-11-22 16:00") {
		t.Errorf("the telephone rang at 16:00, received %v", at)
	}
	tm.refused(domain.Conflict, "police_ref", []string{"P1", "E1"}, `{"act":"referral.new","police_ref":"P1","child_ref":"K1","missing_at":"2026-11-21 20:00"}`)
	// What a person entered stays when the source's row arrives, and what the person left blank is learnt.
	out := tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-21 20:00", "school=Dale School", "risk=high", "flags=hospital")
	if tm.value("school") != "Hill School" || tm.value("risk") != "high" || tm.value("flags") != "harm;hospital" {
		t.Errorf("%s, %s, %s", tm.value("school"), tm.value("risk"), tm.value("flags"))
	}
	if len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "school") {
		t.Errorf("%q", out.Warnings)
	}
}

func TestHistoryIsRecordedAndRaisesNoReferral(t *testing.T) {
	back := with(missing, "returned_at=2026-11-21 10:00")
	for _, c := range []struct {
		what        string
		first, then []string
		firstHist   bool
		thenHist    bool
		referred    bool
		stays       bool // history
	}{
		{"history stays history when imported again", back, back, true, false, false, true},
		{"history that was open, in a file of history", missing, missing, true, true, false, true},
		{"history that was open, and its return in a file of history", missing, back, true, true, false, true},
		{"history that was open, as no history", missing, missing, true, false, false, false},
		{"history that was open, and its return as no history", missing, back, true, false, true, false},
		{"history that was open and tells of its interview", with(missing, "outcome=declined"), back, true, false, false, true},
		{"history with another value", back, with(back, "school=Hill School"), true, false, false, true},
		{"the return of an episode that is no history, in a file of history", missing, back, false, true, true, false},
		{"no history", missing, back, false, false, true, false},
	} {
		tm := newTeam(t)
		if out, r := tm.arriveAs(c.firstHist, c.first...); r != nil || out.Row.Referred {
			t.Errorf("%s: %v %+v", c.what, r, out)
		}
		out, r := tm.arriveAs(c.thenHist, c.then...)
		if r != nil || out.Row.Referred != c.referred || (tm.episode(1).Referral != 0) != c.referred {
			t.Errorf("%s: %v %+v", c.what, r, out)
		}
		if tm.episode(1).History != c.stays {
			t.Errorf("%s: history %v", c.what, tm.episode(1).History)
		}
		want := ""
		if !c.stays && !c.referred {
			want = "P1"
		}
		if got := tm.missingNow(); got != want {
			t.Errorf("%s: missing now is %q", c.what, got)
		}
	}
}

func TestOverlappingEpisodesAreAWarningNeverARefusal(t *testing.T) {
	for _, c := range []struct {
		what, missing, returned string
		warns                   bool
	}{
		{"before", "2026-11-18 20:00", "2026-11-19 20:00", false},
		{"ends as the other begins", "2026-11-18 20:00", "2026-11-20 20:00", false},
		{"reaches into it", "2026-11-18 20:00", "2026-11-20 20:01", true},
		{"inside", "2026-11-20 21:00", "2026-11-20 22:00", true},
		{"begins as the other ends", "2026-11-21 10:00", "2026-11-21 12:00", false},
		{"after, still missing", "2026-11-21 12:00", "", false},
		{"before, still missing", "2026-11-19 12:00", "", true},
	} {
		tm := newTeam(t)
		tm.arrived(with(missing, "returned_at=2026-11-21 10:00")...)
		out := tm.arrived("police_ref=P2", "child_ref=K1", "missing_at="+c.missing, "returned_at="+c.returned)
		if (len(out.Warnings) > 0) != c.warns {
			t.Errorf("%s: %q", c.what, out.Warnings)
		}
	}
}

func TestADueTimeThatARowMovesIsShownUntilSomebodyHasSeenIt(t *testing.T) {
	tm := newTeam(t)
	tm.arrived(with(missing, "returned_at=2026-11-21 10:00")...)
	tm.arrived(with(missing, "returned_at=2026-11-21 09:00")...)
	tm.arrived(with(missing, "returned_at=2026-11-21 08:00")...)
	m := tm.referral(1).Moved
	if m == nil || m.Interview != moment(t, "2026-11-24 10:00") {
		t.Fatalf("it was due at ten first: %+v", m)
	}
	tm.do(`{"act":"referral.seen","referral":"R1"}`)
	if tm.referral(1).Moved != nil {
		t.Error("seen, and still shown")
	}
	tm.arrived(with(with(missing, "returned_at=2026-11-21 08:00"), "school=Hill School")...)
	if tm.referral(1).Moved != nil {
		t.Error("a school moves no due time")
	}
	tm.refused(domain.Invalid, "referral", nil, `{"act":"referral.seen","referral":"R1"}`)
}

// While a return is taken back the referral is not reopened by hand: the child is missing. Recording it again raises the referral.
func TestNoReferralIsReopenedWhileTheReturnIsTakenBack(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"episode.edit","episode":"P1","returned_at":null}`)
	tm.refused(domain.Invalid, "referral", []string{"P1", "taken back", "raises R1 again"}, `{"act":"referral.reopen","referral":"R1","reason":"x"}`)
	for _, act := range domain.ActNames() { // nor does any other act owe an interview of a child who is missing
		if act == "undo" || act == "redo" {
			continue
		}
		tm.as("sam").try("%s", lineOf(act, "sam"))
		if r := tm.referral(1); r.Stage.Open() && !tm.episode(1).Located() {
			t.Errorf("%s: %s, and the child is missing", act, r.Stage)
		}
	}
	tm = newTeam(t).back()
	tm.do(`{"act":"episode.edit","episode":"P1","returned_at":null}`)
	tm.do(`{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 14:30"}`)
	tm.stage("new")
}
