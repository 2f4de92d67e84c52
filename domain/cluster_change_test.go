package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

func TestLeavingAMemberOutGivesItItsOwnClockBack(t *testing.T) {
	tm := together(t)
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
	tm.do(`{"act":"cluster.add","cluster":"CL1","episode":"P4"}`)
	before := tm.all()
	tm.do(`{"act":"cluster.leave_out","cluster":"CL1","episode":"P4","reason":"she asked for her own"}`)
	tm.listed("accepted: P1 P2 P3")
	if tm.inForce(4) != moment(t, "2026-11-25 02:00") || tm.inForce(1) != moment(t, "2026-11-24 09:30") || len(tm.row().Review) != 0 {
		t.Errorf("R4 due %s, R1 due %s, review %v", tm.inForce(4), tm.inForce(1), tm.row().Review)
	}
	if tm.additions() != "" {
		t.Errorf("offered again: %s", tm.additions())
	}
	p := tm.cluster(1).Parted[0]
	if p.By != "dee" || p.Why != "she asked for her own" || p.At == 0 {
		t.Errorf("it is remembered as %+v", p)
	}
	tm.undone(before)
}

func TestWithTooFewLeftTheClusterIsToBeLookedAtAndNothingElseChanges(t *testing.T) {
	for what, lines := range map[string][]string{
		"left out":  {`{"act":"cluster.leave_out","cluster":"CL1","episode":"P3","reason":"x"}`},
		"withdrawn": {`{"act":"referral.close","referral":"R3","as":"withdrawn","text":"x"}`},
		"duplicate": {`{"act":"episode.duplicate","episode":"P3","of":"P2","reason":"x"}`},
		"not required": {`{"act":"referral.not_required","referral":"R3","reason":"other","text":"x"}`,
			`sam {"act":"referral.sign_off","referral":"R3","approve":true}`},
	} {
		tm := together(t)
		tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z"}`)
		for _, l := range lines {
			tm.as("dee")
			if rest, by := strings.CutPrefix(l, "sam "); by {
				l = rest
				tm.as("sam")
			}
			tm.do("%s", l)
		}
		row := tm.row()
		if got := tm.clusters("K1"); got != "accepted: P1 P2" || len(row.Review) != 1 || len(row.Warnings) == 0 {
			t.Errorf("%s: %q, review %v", what, got, row.Review)
		}
		if tm.stages(2) != "booked booked" || tm.inForce(1) != moment(t, "2026-11-21 06:00") || tm.referral(3).Cluster != 0 {
			t.Errorf("%s: stages %s, R1 due %s", what, tm.stages(2), tm.inForce(1))
		}
	}
}

func TestAnEditedTimeThatNoLongerFitsIsToBeLookedAt(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"episode.edit","episode":"P1","missing_at":"2026-11-07 09:30"}`) // P3 ends on day fourteen to the minute
	if len(tm.row().Review) != 0 {
		t.Errorf("it fits: %v", tm.row().Review)
	}
	before := tm.all()
	tm.do(`{"act":"episode.edit","episode":"P1","missing_at":"2026-11-07 09:29"}`)
	tm.listed("accepted: P1 P2 P3")
	if len(tm.row().Review) != 1 || !strings.Contains(tm.row().Explain, "not within") || tm.inForce(1) != moment(t, "2026-11-24 09:30") {
		t.Errorf("review %v, %q, due %s", tm.row().Review, tm.row().Explain, tm.inForce(1))
	}
	tm.undone(before)
	tm.do(`{"act":"episode.edit","episode":"P2","returned_at":"2026-11-22 10:00"}`) // the latest now
	if tm.inForce(1) != moment(t, "2026-11-25 10:00") || len(tm.row().Review) != 1 {
		t.Errorf("R1 due %s, review %v", tm.inForce(1), tm.row().Review)
	}
}

func TestBreakingUpGivesEachItsOwnClockBackKeepsWhatWasRecordedAndDismissesTheSet(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"agreed"}`)
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-23T16:00:00Z"}`)
	before := tm.all()
	out := tm.do(`{"act":"cluster.break_up","cluster":"CL1","reason":"she wants to speak of P2 alone"}`)
	tm.listed("dismissed: P1 P2 P3")
	for n, due := range map[uint64]string{1: "2026-11-18 02:00", 2: "2026-11-21 06:00", 3: "2026-11-24 09:30"} {
		r := tm.referral(n)
		if tm.inForce(n) != moment(t, due) || r.Cluster != 0 || r.Stage != domain.StageBooked || len(r.Attempts) != 1 || r.Attempts[0].ID.String() != "A1" {
			t.Errorf("R%d is %s, due %s, %v", n, r.Stage, tm.inForce(n), r.Attempts)
		}
	}
	if out.Named.String() != "CL1" || tm.cluster(1).BrokenUp == nil || tm.cluster(1).BrokenUp.By != "dee" {
		t.Errorf("answers %s, broken up %+v", out.Named, tm.cluster(1).BrokenUp)
	}
	for _, line := range []string{`{"act":"cluster.add","cluster":"CL1","episode":"P1"}`, `{"act":"cluster.leave_out","cluster":"CL1","episode":"P1","reason":"x"}`, `{"act":"cluster.break_up","cluster":"CL1","reason":"x"}`} {
		tm.nothing(domain.Invalid, "cluster", []string{"broken up"}, "%s", line)
	}
	tm.undone(before)
	tm.listed("accepted: P1 P2 P3")
}

func TestOnceTheInterviewWasHeldNobodyChangesWhoBelongsToIt(t *testing.T) {
	tm := together(t)
	if !tm.Hold(tm.referral(2).ID) {
		t.Fatal("not held")
	}
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
	for _, line := range []string{`{"act":"cluster.add","cluster":"CL1","episode":"P4"}`, `{"act":"cluster.leave_out","cluster":"CL1","episode":"P1","reason":"x"}`, `{"act":"cluster.break_up","cluster":"CL1","reason":"x"}`} {
		tm.nothing(domain.Invalid, "cluster", []string{"held"}, "%s", line)
	}
	met := []bool{false, false, true} // each by its own 72 hours from the return
	for i, m := range tm.row().Members {
		if v := m.Met(tm.now); v == nil || *v != met[i] {
			t.Errorf("%s met its own clock: %v", m.Episode.PoliceRef, v)
		}
		if m.Referral.HeldAt != domain.At(tm.now) {
			t.Errorf("%s held %s", m.Referral.ID, m.Referral.HeldAt)
		}
	}
}

func TestWhatChangingAClusterRefuses(t *testing.T) {
	tm := together(t)
	tm.returned("K2", "Q1", "2026-11-20 20:00", "2026-11-21 09:30")
	leave := `{"act":"cluster.leave_out","cluster":"CL1","episode":"%s","reason":"x"}`
	tm.nothing(domain.Invalid, "reason", nil, `{"act":"cluster.leave_out","cluster":"CL1","episode":"P1"}`)
	tm.nothing(domain.Invalid, "reason", nil, `{"act":"cluster.break_up","cluster":"CL1"}`)
	tm.nothing(domain.NotFound, "episode", nil, leave, "P9")
	tm.nothing(domain.Invalid, "episode", []string{"no member"}, leave, "Q1")
	tm.nothing(domain.Invalid, "episode", nil, `{"act":"cluster.add","cluster":"CL1","episode":"Q1"}`)
	tm.nothing(domain.NotFound, "cluster", nil, `{"act":"cluster.break_up","cluster":"CL9","reason":"x"}`)
	tm.nothing(domain.NotFound, "cluster", nil, `{"act":"cluster.break_up","cluster":"R1","reason":"x"}`)
	tm.nothing(domain.Conflict, "version", nil, `{"act":"cluster.break_up","cluster":"CL1","reason":"x","version":2}`)
	tm.do(leave, "P1")
	tm.nothing(domain.Invalid, "episode", []string{"no member"}, leave, "P1")
}

func TestAnUndoStopsWhereSomethingRestsOnIt(t *testing.T) {
	for what, c := range map[string][2]string{
		"accepting, and a call":            {acceptThree, `{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"spoke"}`},
		"accepting, and one left out":      {acceptThree, `{"act":"cluster.leave_out","cluster":"CL1","episode":"P1","reason":"x"}`},
		"dismissing, and a change of card": {dismissThree, `{"act":"child.edit","child_ref":"K1","known_as":"Ives"}`},
	} {
		tm := dense(t)
		tm.do("%s", c[0])
		id := tm.Changes()[len(tm.Changes())-1].ID
		tm.do("%s", c[1])
		if _, r := tm.try(`{"act":"undo","of":"%s"}`, id); r == nil || r.Code != domain.Conflict || r.Field != "of" {
			t.Errorf("%s: %v", what, r)
		}
		tm.do(`{"act":"undo"}`)
		tm.do(`{"act":"undo","of":"%s"}`, id)
		tm.listed("suggested: P1 P2 P3")
	}
}

func TestAnUndoBringsNobodyBackAmongOthersThatWentOn(t *testing.T) {
	for what, c := range map[string][2]string{
		"left out, the others booked":   {`{"act":"cluster.leave_out","cluster":"CL1","episode":"P3","reason":"x"}`, `{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z"}`},
		"withdrawn, the others decline": {`{"act":"referral.close","referral":"R3","as":"withdrawn","text":"x"}`, declinedLine},
		"not required, the others assigned": {`{"act":"referral.not_required","referral":"R3","reason":"other","text":"x"}`,
			`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z"}`},
	} {
		tm := together(t)
		tm.do(saidNo)
		tm.do("%s", c[0])
		id := tm.Changes()[len(tm.Changes())-1].ID
		tm.do("%s", c[1])
		if _, r := tm.try(`{"act":"undo","of":"%s"}`, id); r == nil || r.Code != domain.Conflict {
			t.Errorf("%s: %v", what, r)
		}
		tm.do(`{"act":"undo"}`)
		tm.do(`{"act":"undo","of":"%s"}`, id)
	}
}
