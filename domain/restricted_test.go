package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// Nobody is given an interview to hold with a child they may not see, no matter who has the referral.
func TestNobodyIsBookedForAChildTheyMayNotSee(t *testing.T) {
	tm := newTeam(t).back().as("sam")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"sam"}`)
	tm.do(`{"act":"child.restrict","child_ref":"K1","to":["sam","pia"],"reason":"x"}`)
	tm.nothing(domain.Invalid, "interviewer", []string{"Pat Lowe may not see this child"}, `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pia"}`)
	tm.nothing(domain.Invalid, "interviewer", []string{"Pat Lowe may not see this child"}, `{"act":"referral.book","referral":"R1","when":"2026-11-23T11:00:00Z","interviewer":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T11:00:00Z","interviewer":"Jo Hart"}`) // nobody of the team
}

// Who is booked is told of with who has the referral, when they may not see the child any more, and again when the meeting stands
// again because the interview was not held.
func TestAMeetingWithWhoMayNotSeeTheChildIsTold(t *testing.T) {
	tm := newTeam(t).back().as("sam")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z","interviewer":"pat"}`)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"sam"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:30:00Z","interviewer":"pat"}`)
	out := tm.do(`{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x"}`)
	if !slices.Contains(out.Warnings, "R1 is with Pat Lowe, who may not see it now: hand it over") {
		t.Errorf("restricted, it says %q", out.Warnings)
	}
	tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:40:00Z","interviewer":"sam"}`)
	out = tm.do(`{"act":"interview.unheld","interview":"I1","reason":"x"}`)
	if said := strings.Join(out.Warnings, "\n"); !strings.Contains(said, "R1 stands booked with Pat Lowe again, who may not see the child by now") || tm.referral(1).Stage != domain.StageBooked {
		t.Errorf("not held, it says %q", said)
	}
	tm = newTeam(t).back().as("sam")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z","interviewer":"pat"}`)
	tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:40:00Z","interviewer":"sam"}`)
	tm.until("pat", 20261121).as("sam")
	out = tm.do(`{"act":"interview.unheld","interview":"I1","reason":"x"}`)
	if said := strings.Join(out.Warnings, "\n"); !strings.Contains(said, "R1 stands booked with Pat Lowe again: Pat Lowe left on 2026-11-21") {
		t.Errorf("not held, it says %q", said)
	}
}
