package domain_test

import (
	"slices"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// A child who is missing in several open episodes is on one line: by the latest, with the worst risk and every flag of all.
func TestMissingNowIsByTheLatestWithTheWorstOfAll(t *testing.T) {
	for _, c := range []struct {
		what    string
		rows    [][]string
		episode string
		risk    string
		flags   []string
		not     []string
	}{
		{"the later says more", [][]string{{"risk=low"}, {"risk=high", "flags=harm"}}, "P2", "high", []string{"harm", "high_risk"}, nil},
		{"the later says less", [][]string{{"risk=high", "flags=hospital"}, {"risk=low", "flags=harm"}}, "P2", "high", []string{"harm", "hospital", "high_risk"}, nil},
		{"the later says nothing", [][]string{{"risk=medium", "flags=exploitation"}, {}}, "P2", "medium", []string{"exploitation"}, []string{"high_risk"}},
		{"found, then gone again", [][]string{{"found_at_time=2026-11-21 09:00"}, {}}, "P2", "", nil, []string{"found_not_back"}},
		{"found in the latest", [][]string{{}, {"found_at_time=2026-11-22 09:00"}}, "P2", "", []string{"found_not_back"}, nil},
		{"placed elsewhere once", [][]string{{"looked_after=yes", "placement_authority=Kent"}, {}}, "P2", "", []string{"out_of_area"}, nil},
	} {
		tm := newTeam(t)
		for i, row := range c.rows {
			base := []string{"child_ref=K1", []string{"police_ref=P1", "police_ref=P2"}[i], []string{"missing_at=2026-11-20 20:00", "missing_at=2026-11-21 20:00"}[i]}
			tm.arrived(append(base, row...)...)
		}
		rows, err := view.ReadMissing(tm.Sandbox)
		if err != nil || len(rows) != 1 {
			t.Fatalf("%s: %d rows, %v", c.what, len(rows), err)
		}
		r := rows[0]
		if r.Episode.PoliceRef != c.episode || r.Risk != c.risk || r.Missing.Hours() != 22 {
			t.Errorf("%s: %s, risk %q, for %s", c.what, r.Episode.PoliceRef, r.Risk, r.Missing)
		}
		for _, f := range c.flags {
			if !slices.Contains(r.Flags, f) {
				t.Errorf("%s: flags are %q, without %s", c.what, r.Flags, f)
			}
		}
		for _, f := range c.not {
			if slices.Contains(r.Flags, f) {
				t.Errorf("%s: flags are %q, with %s", c.what, r.Flags, f)
			}
		}
	}
}

// History without an end is neither missing now nor missing again, in no list.
func TestHistoryWithoutAnEndSaysNothingAboutToday(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "missing_at=2026-11-19 10:00", "returned_at=2026-11-19 12:00")
	if _, r := tm.arriveAs(true, "police_ref=H1", "child_ref=K1", "missing_at=2026-11-21 10:00"); r != nil {
		t.Fatal(r)
	}
	q, err := view.ReadQueue(tm.Sandbox)
	if err != nil || len(q.Rows) != 1 {
		t.Fatalf("%d rows, %v", len(q.Rows), err)
	}
	if len(q.Missing) != 0 || q.Rows[0].MissingNow != 0 || slices.Contains(q.Rows[0].Flags, domain.FlagMissingAgain) {
		t.Errorf("missing %d, missing again %s, flags %q", len(q.Missing), q.Rows[0].MissingNow, q.Rows[0].Flags)
	}
}
