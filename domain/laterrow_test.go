package domain_test

import (
	"slices"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// What a later row moved is told with values, and a risk it lowers is on the row until somebody has seen it.
func TestALaterRowTellsWhatItMovedAndALoweredRiskIsSeen(t *testing.T) {
	row := []string{"police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00", "risk=high", "returned_at=2026-11-21 10:00", "school=Hill School"}
	flagged := func(tm *team) bool {
		q := tm.queue()
		return slices.ContainsFunc(q.Rows, func(r view.QueueRow) bool { return slices.Contains(r.Flags, domain.FlagRiskLowered) })
	}
	for _, c := range []struct {
		cells   []string
		summary string
		warns   []string
		lowered bool
	}{
		{[]string{"risk=medium"}, "a later row changed P1: risk high → medium", []string{"the risk is lowered: high → medium"}, true},
		{[]string{"risk=very low", "returned_at=2026-11-21 12:00"}, "a later row changed P1: risk high → very low, returned Sat 21 Nov 2026 10:00 → Sat 21 Nov 2026 12:00", []string{"the risk is lowered: high → very low"}, true},
		{[]string{"found_at_time=2026-11-21 09:00", "school=Dale School"}, "a later row changed P1: school, found blank → Sat 21 Nov 2026 09:00", nil, false},
	} {
		tm := newTeam(t)
		tm.arrived(row...)
		out := tm.arrived(append(slices.Clone(row), c.cells...)...)
		if out.Summary != c.summary || !slices.Equal(out.Warnings, c.warns) || flagged(tm) != c.lowered {
			t.Errorf("%v: %q, %q, lowered %v", c.cells, out.Summary, out.Warnings, flagged(tm))
		}
		if !c.lowered {
			continue
		}
		tm.do(`{"act":"referral.seen","referral":"R1"}`)
		if flagged(tm) {
			t.Errorf("%v: seen, it is still shown", c.cells)
		}
	}
	tm := newTeam(t)
	tm.arrived(row...)
	tm.arrived(with(row, "risk=medium")...)
	tm.arrived(with(row, "risk=low")...)
	if told := tm.episode(1).Told; len(told) != 1 || told[0].Known != "high" || told[0].Said != "low" {
		t.Errorf("lowered twice: %+v", told)
	}
	if tm.arrived(row...); flagged(tm) {
		t.Error("high again, and it is lowered")
	}
}

func TestAnAdultIsWarnedOf(t *testing.T) {
	for _, c := range []struct {
		dob  string
		want []string
	}{
		{"2008-11-21", nil},
		{"2008-11-20", []string{"18 years old at the start of the episode, 2026-11-20: is the date of birth right, 2008-11-20? An adult's is not this team's"}},
		{"unknown", nil},
	} {
		tm := newTeam(t)
		out := tm.arrived("police_ref=P1", "given_name=Ivy", "family_name=Stone", "dob="+c.dob, "missing_at=2026-11-20 20:00")
		if !slices.Equal(out.Warnings, c.want) {
			t.Errorf("born %s: %q", c.dob, out.Warnings)
		}
	}
}

// A return moved past what happened, or cleared, says what it makes.
func TestAReturnMovedOrClearedSaysWhatItMakes(t *testing.T) {
	for _, c := range []struct {
		what, found string
		acts        []string
		edit        string
		summary     string
		warns       []string
		refused     string
	}{
		{what: "moved past the interview", acts: []string{`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T12:00:00Z"}`},
			edit: `"returned_at":"2026-11-22 16:00"`, refused: "returned_at"},
		{what: "moved past the interview of one who was found", found: "2026-11-22 09:00", acts: []string{`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T12:00:00Z"}`},
			edit: `"returned_at":"2026-11-22 16:00"`, summary: "P1: returned Sun 22 Nov 2026 10:00 → Sun 22 Nov 2026 16:00",
			warns: []string{"I1 was held Sun 22 Nov 2026 12:00, before the return: while the child was found and not back; correct when it was held if that is not so (interview.correct_held)"}},
		{what: "cleared after the interview", acts: []string{`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T12:00:00Z"}`}, edit: `"returned_at":""`, refused: "returned_at"},
		{what: "cleared after the interview of one who was found", found: "2026-11-22 09:00", acts: []string{`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T12:00:00Z"}`},
			edit: `"returned_at":""`, summary: "P1: returned Sun 22 Nov 2026 10:00 → blank: the child is missing again, found and not back",
			warns: []string{"the child is missing again, found and not back; I1 was held Sun 22 Nov 2026 12:00, while the child was not back"}},
		{what: "cleared", edit: `"returned_at":""`, summary: "P1: returned Sun 22 Nov 2026 10:00 → blank: the child is missing again, R1 is withdrawn"},
		{what: "moved past a contact", acts: []string{`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","at":"2026-11-22T11:00:00Z"}`},
			edit: `"returned_at":"2026-11-22 16:00"`, summary: "P1: returned Sun 22 Nov 2026 10:00 → Sun 22 Nov 2026 16:00",
			warns: []string{"A1 was tried at Sun 22 Nov 2026 11:00, while the child was missing still: strike it if that is not so"}},
	} {
		tm := newTeam(t)
		tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00", "found_at_time="+c.found, "returned_at=2026-11-22 10:00")
		tm.do(`{"act":"referral.assign","referral":"R1","to":"dee"}`)
		for _, a := range c.acts {
			tm.do("%s", a)
		}
		out, r := tm.try(`{"act":"episode.edit","episode":"P1",%s}`, c.edit)
		switch {
		case c.refused != "":
			if r == nil || r.Field != c.refused {
				t.Errorf("%s: %+v", c.what, r)
			}
		case r != nil:
			t.Errorf("%s: %v", c.what, r)
		case out.Summary != c.summary || !slices.Equal(out.Warnings, c.warns):
			t.Errorf("%s: %q, %q", c.what, out.Summary, out.Warnings)
		}
	}
}
