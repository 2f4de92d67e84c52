package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// until sets the last day of somebody.
func (tm *team) until(login string, day domain.Date) *team {
	tm.settings.Users = slices.Clone(tm.settings.Users)
	for i := range tm.settings.Users {
		if tm.settings.Users[i].Login == login {
			tm.settings.Users[i].Until = day
		}
	}
	return tm
}

// It is Sunday 22 November 2026: Pia is here for the last time, Pat left the day before.
func TestWhoHasLeftIsGivenNoWork(t *testing.T) {
	lines := []struct{ field, line string }{
		{"to", `{"act":"referral.assign","referral":"R1","to":"%s"}`},
		{"who", `{"act":"referral.accept","referral":"R1","responsible":"team","who":"%s"}`},
		{"interviewer", `{"act":"referral.book","referral":"R1","when":"2026-11-22T20:00:00Z","interviewer":"%s"}`},
		{"owner", `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"%s"}`},
		{"to", `{"act":"referral.note","referral":"R1","to":"%s","text":"x"}`},
		{"interviewer", `{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:00:00Z","interviewer":"%s"}`},
	}
	for _, x := range lines {
		tm := newTeam(t).back().until("pat", 20261121).until("pia", 20261122).as("sam")
		for _, name := range []string{"pat", "Pat Lowe"} {
			tm.refused(domain.Invalid, x.field, []string{"Pat Lowe left on 2026-11-21", "pia"}, x.line, name)
		}
		tm.do(x.line, "pia")
	}
	// An act that happened while they were here is recorded now, and the work would be theirs from now on.
	for _, x := range lines {
		tm := newTeam(t).back().until("pat", 20261121).as("sam")
		if x.field == "interviewer" {
			continue // who held it or is to hold it is asked of the day of the meeting
		}
		tm.refused(domain.Invalid, x.field, []string{"Pat Lowe left on 2026-11-21", "pia"}, strings.Replace(x.line, "}", `,"at":"2026-11-21T21:00:00Z"}`, 1), "pat")
	}
	for _, line := range []string{`{"act":"referral.responsible","referral":"R1","responsible":"team","who":"pat","at":"2026-11-21T21:00:00Z"}`,
		`{"act":"caseload.hand_over","from":"sam","to":"pat","reason":"x","at":"2026-11-21T21:00:00Z"}`,
		`{"act":"child.restrict","child_ref":"K1","to":["sam","pat"],"reason":"x","at":"2026-11-21T21:00:00Z"}`} {
		tm := newTeam(t).back().until("pat", 20261121).as("sam")
		tm.do(`{"act":"referral.assign","referral":"R1","to":"sam"}`)
		_, r := tm.try("%s", line)
		if r == nil || !strings.Contains(r.Message, "Pat Lowe left on 2026-11-21") {
			t.Errorf("%s: %v", line, r)
		}
	}
	tm := newTeam(t).back().until("pat", 20261121).as("sam")
	tm.refused(domain.Invalid, "to", []string{"Pat Lowe left on 2026-11-21"}, `{"act":"child.restrict","child_ref":"K1","to":["sam","pat"],"reason":"x"}`)
}

// A meeting is for the day on which it is, and stays with nobody who will have left by then.
func TestWhoLeavesHoldsNothingAfterwards(t *testing.T) {
	tm := newTeam(t).back().until("pat", 20261123)
	tm.refused(domain.Invalid, "interviewer", []string{"Pat Lowe left on 2026-11-23"}, `{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z","interviewer":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pat"}`)
	tm.refused(domain.Invalid, "interviewer", []string{"Pat Lowe left on 2026-11-23"}, `{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z"}`)
	tm.now = clock(t, "2026-11-24 12:00")
	tm.as("sam").refused(domain.Invalid, "interviewer", []string{"Pat Lowe left on 2026-11-23"}, `{"act":"interview.held","referral":"R1","held_at":"2026-11-24T10:00:00Z"}`)
	// What they held while they were here is recorded as it was; its record is for somebody who is here.
	tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-23T10:30:00Z"}`)
	if v := tm.interview(uint64(tm.referral(1).Interview.Number())); v.Interviewer != "pat" || v.Owner != "sam" {
		t.Errorf("held by %s, record with %s", v.Interviewer, v.Owner)
	}
}

func TestOfTwoOfOneNameTheOneWhoIsHereIsMeant(t *testing.T) {
	tm := newTeam(t).back().until("pat", 20261121)
	tm.settings.Users = append(slices.Clone(tm.settings.Users), domain.User{Login: "pat2", Name: "Pat Lowe", Role: domain.Practitioner})
	tm.do(`{"act":"referral.assign","referral":"R1","to":"Pat Lowe"}`)
	if r := tm.referral(1); r.AssignedTo != "pat2" {
		t.Errorf("with %s", r.AssignedTo)
	}
}

// What somebody had when they left is listed in the review under their name, without room, until somebody takes it over.
func TestTheReviewListsWhatWhoHasLeftStillHas(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"pat"}`)
	tm.until("pat", 20261121).until("pia", 20261121)
	of := func() string {
		for _, l := range tm.as("sam").review().People {
			switch {
			case l.Login == "pia":
				t.Error("Pia has left and has nothing, and is still listed in the review")
			case l.Login != "pat":
			case l.Role != "" || l.LeftOn != 20261121 || l.Today.Free()+l.Tomorrow.Free() != 0 || l.Name != "Pat Lowe":
				t.Errorf("%+v", l)
			default:
				return string(rune('0'+len(l.Open))) + " " + string(rune('0'+len(l.FollowUps)))
			}
		}
		return ""
	}
	if got := of(); got != "1 1" {
		t.Errorf("Pat has %q", got)
	}
	tm.do(`{"act":"referral.assign","referral":"R1","to":"cai"}`)
	if got := of(); got != "0 1" {
		t.Errorf("Pat has %q", got)
	}
	tm.do(`{"act":"followup.drop","followup":"F1","reason":"x"}`)
	if got := of(); got != "" {
		t.Errorf("Pat still has %q", got)
	}
}

// A child whom only those may see who have left is not closed for ever.
func TestARestrictionToWhoHasLeftIsLiftedBySupervisors(t *testing.T) {
	tm := newTeam(t).back().as("sue")
	tm.do(`{"act":"child.restrict","child_ref":"K1","to":["sue"],"reason":"x"}`)
	tm.as("sam").refused(domain.Forbidden, "", nil, `{"act":"child.open","child_ref":"K1","reason":"x"}`)
	tm.until("sue", 20261121).as("sam").do(`{"act":"child.open","child_ref":"K1","reason":"x"}`)
}

// One interview is nobody's who has left: one who is here has it, else who decides; where all of it was theirs, it stays with them
// until it is handed over.
func TestOneInterviewOfSeveralIsGivenToNobodyWhoHasLeft(t *testing.T) {
	for _, c := range []struct {
		with [3]string // R1, R2, R3; Pat has left
		want string
	}{
		{[3]string{"pat", "", ""}, "dee"},
		{[3]string{"", "pat", "pia"}, "pia"},
		{[3]string{"pat", "pia", "sam"}, "pia"},
		{[3]string{"pat", "pat", "pat"}, "pat"},
		{[3]string{"pia", "pat", ""}, "pia"},
		{[3]string{"", "", ""}, ""},
	} {
		tm := dense(t)
		for i, to := range c.with {
			if to != "" {
				tm.do(`{"act":"referral.assign","referral":"R%d","to":"%s"}`, i+1, to)
			}
		}
		tm.until("pat", 20261121).as("dee")
		before := tm.all()
		tm.do(acceptThree)
		for n := uint64(1); n <= 3; n++ {
			if got := tm.referral(n).AssignedTo; got != c.want {
				t.Errorf("%v: R%d is with %q, should be with %q", c.with, n, got, c.want)
			}
		}
		if slices.Contains(c.with[:], "pat") && c.want != "pat" { // their work does not go back to who has left
			tm.refused(domain.Invalid, "of", []string{"Pat Lowe", "left"}, `{"act":"undo"}`)
			continue
		}
		tm.undone(before)
	}
}

// One that is added to a cluster whose interview was somebody's who has left is given to who adds it, with the others.
func TestAnAdditionIsGivenToNobodyWhoHasLeft(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 06:00")
	tm.until("pat", 20261121).as("dee")
	out := tm.do(`{"act":"cluster.add","cluster":"CL1","episode":"P4"}`)
	for n := uint64(1); n <= 4; n++ {
		if got := tm.referral(n).AssignedTo; got != "dee" {
			t.Errorf("R%d is with %q", n, got)
		}
	}
	if !slices.ContainsFunc(out.Warnings, func(s string) bool { return strings.Contains(s, "R1 was with Pat Lowe and goes to Dee Osei") }) {
		t.Errorf("it says %q", out.Warnings)
	}
}
