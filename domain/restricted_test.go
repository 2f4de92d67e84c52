package domain_test

import (
	"slices"
	"strconv"
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

// An act that names a closed child beside its own says nothing of them, whatever else is wrong with it: neither their number nor
// what is recorded of them; and who is asked can tell that somebody tried.
func TestAnActThatNamesAClosedChildToo(t *testing.T) {
	tm := newTeam(t).back().as("sam")
	tm.do(heldLine, 1, "2026-11-22T15:30:00Z")
	tm.arrived("police_ref=P2", "child_ref=K2", "given_name=Bo", "missing_at=2026-11-20 10:00", "returned_at=2026-11-20 12:00")
	for i, day := range []string{"10", "11", "12"} {
		tm.returned("K3", "Q"+string(rune('1'+i)), "2026-11-"+day+" 10:00", "2026-11-"+day+" 12:00")
	}
	tm.do(`{"act":"cluster.accept","child_ref":"K3","episodes":["Q1","Q2","Q3"]}`)
	tm.do(`{"act":"child.different","keep":"K1","other":"K2","reason":"x"}`)
	tm.do(`{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x"}`)
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-22","reason":"x"}`)
	tm.as("sue")
	for _, line := range []string{
		`{"act":"child.join","keep":"K2","other":"C1","reason":"x"}`,
		`{"act":"child.join","keep":"C1","other":"K2","reason":"x"}`,
		`{"act":"child.join","keep":"C1","other":"C1","reason":"x"}`,
		`{"act":"child.different","keep":"K2","other":"C1","reason":"x"}`,
		`{"act":"child.different","keep":"C1","other":"K2","reason":"x"}`,
		`{"act":"episode.move","episode":"P2","to":"C1","reason":"x"}`,
		`{"act":"episode.move","episode":"E1","to":"K2","reason":"x"}`,
		`{"act":"episode.duplicate","episode":"P2","of":"E1","reason":"x"}`,
		`{"act":"episode.duplicate","episode":"E1","of":"P2","reason":"x"}`,
		`{"act":"followup.add","child_ref":"K2","kind":"other","text":"x","interview":"I1"}`,
		`{"act":"contact.log","referral":["R2","R1"],"way":"call","with":"child","result":"spoke"}`,
		`{"act":"cluster.leave_out","cluster":"CL1","episode":"E1","reason":"x"}`,
		`{"act":"cluster.add","cluster":"CL1","episode":"E1"}`,
		`{"act":"cluster.accept","child_ref":"K2","episodes":["P2","E1"]}`,
		`{"act":"interview.save","referral":"R1","record":{"view":{"wants":"a"}}}`,
	} {
		_, r := tm.try("%s", line)
		if r == nil || r.Code != domain.Forbidden || r.Restricted != tm.child(1).ID || strings.Contains(r.Message, "K1") || strings.Contains(r.Message, "P1") || strings.Contains(r.Message, "died") {
			t.Errorf("%s: %+v", line, r)
		}
	}
}

// What moves to a restricted child is told of with who has it and may not see the child.
func TestWhoHasWhatMovesToARestrictedChildIsTold(t *testing.T) {
	tm := newTeam(t).back().as("sam")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pia"}`)
	tm.arrived("police_ref=P2", "child_ref=K2", "given_name=Bo", "missing_at=2026-11-20 10:00", "returned_at=2026-11-20 12:00")
	tm.do(`{"act":"child.restrict","child_ref":"K2","to":["sam"],"reason":"x"}`)
	out := tm.do(`{"act":"episode.move","episode":"P1","to":"K2","reason":"hers"}`)
	for _, name := range []string{"Pat Lowe", "Pia"} {
		if !strings.Contains(strings.Join(out.Warnings, "\n"), "R1 is with "+name) {
			t.Errorf("%s is not named: %q", name, out.Warnings)
		}
	}
}

// A booking that was undone does not come back to somebody who may not see the child by now; where it stood all along, or the
// interviewer may see the child, it does.
func TestABookingComesBackToWhoMaySeeTheChild(t *testing.T) {
	for _, c := range []struct {
		to      string
		refused bool
	}{{`"sam"`, true}, {`"pat","sam"`, false}} {
		tm := newTeam(t).back().as("sam")
		tm.do(`{"act":"referral.assign","referral":"R1","to":"sam"}`)
		tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pat"}`)
		tm.do(`{"act":"undo"}`)
		tm.do(`{"act":"child.restrict","child_ref":"K1","to":[%s],"reason":"x"}`, c.to)
		if c.refused {
			tm.nothing(domain.Invalid, "of", []string{"Pat Lowe may not see this child"}, `{"act":"redo"}`)
		} else {
			tm.do(`{"act":"redo"}`)
			tm.stage(domain.StageBooked)
		}
	}
	tm := newTeam(t).back().as("sam")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z","interviewer":"pat"}`)
	tm.do(`{"act":"referral.missed","referral":"R1","how":"did_not_attend"}`)
	tm.do(`{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x"}`)
	tm.do(`{"act":"undo","of":%q}`, tm.Changes()[2].ID) // it was on the referral all along
	tm.stage(domain.StageBooked)
}

// A word or a question to somebody who may not see the child would never be read: it is refused, redone too.
func TestNoWordGoesToWhoMayNotSeeTheChild(t *testing.T) {
	for _, ask := range []bool{true, false} {
		line := `{"act":"referral.note","referral":"R1","to":"pat","ask":` + strconv.FormatBool(ask) + `,"text":"why"}`
		tm := newTeam(t).back().as("sam")
		tm.do("%s", line)
		tm.do(`{"act":"undo"}`)
		tm.do(`{"act":"child.restrict","child_ref":"K1","to":["pia","sam"],"reason":"x"}`)
		tm.nothing(domain.Invalid, "to", []string{"Pat Lowe may not see this child"}, "%s", line)
		tm.nothing(domain.Invalid, "of", []string{"Pat Lowe may not see this child"}, `{"act":"redo"}`)
		tm.do("%s", strings.Replace(line, `"pat"`, `"pia"`, 1))
		tm.do("%s", `{"act":"referral.note","referral":"R1","text":"to nobody"}`)
	}
}
