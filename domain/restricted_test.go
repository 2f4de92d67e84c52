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

// Who acts on what changed since is told by whom and what, and nothing of a child closed to them: not the reference of an episode
// that was left out of a cluster, or named as the same one, before it was found to be that child's.
func TestWhatChangedSinceNamesNoEpisodeOfARestrictedChild(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		stale string
	}{
		{"left out of a cluster", []string{
			`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"],"reason":"x"}`,
		}, `{"act":"cluster.break_up","cluster":"CL1","reason":"x","version":9}`},
		{"a duplicate of it, which was undone", []string{
			`{"act":"episode.duplicate","episode":"P1","of":"P4","reason":"x"}`,
			`{"act":"undo"}`,
		}, `{"act":"episode.edit","episode":"P1","notes":"x","version":9}`},
	} {
		tm := newTeam(t)
		for i, child := range []string{"K1", "K1", "K1", "K1", "K2"} {
			tm.do(`{"act":"referral.new","police_ref":"P%d","child_ref":%q,"given_name":"Ann","family_name":%q,"dob":"2012-03-04","missing_at":"2026-11-%02d 20:00","returned_at":"2026-11-%02d 09:00"}`, i+1, child, child, 12+i, 13+i)
		}
		for _, l := range c.lines {
			tm.do("%s", l)
		}
		tells := func(who string) bool {
			_, r := tm.as(who).try("%s", c.stale)
			if r == nil || r.Code != domain.Conflict || r.Field != "version" {
				t.Fatalf("%s: %+v", c.name, r)
			}
			return strings.Contains(r.Message, "P4")
		}
		tm.as("sam").do(`{"act":"episode.move","episode":"P4","to":"K2","reason":"x"}`)
		if !tells("dee") {
			t.Errorf("%s: dee is not told, who may see it", c.name)
		}
		tm.as("sam").do(`{"act":"child.restrict","child_ref":"K2","to":["sam"],"reason":"x"}`)
		if tells("dee") || !tells("sam") {
			t.Errorf("%s: dee is told, or sam is not", c.name)
		}
	}
}
