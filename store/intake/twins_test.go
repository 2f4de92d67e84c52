package intake

import (
	"slices"
	"strings"
	"testing"

	"homeward/domain/view"
)

// Twins whose names are one slip apart, under one number without references: her row is taken, and somebody is asked; the
// same file again asks nobody.
func TestATwinsRowUnderOneNumberIsTakenAndAsks(t *testing.T) {
	const head = "police_ref,given_name,family_name,dob,missing_at,returned_at\n"
	for _, c := range []struct{ what, first, second string }{
		{"names one slip apart", "P1,Jon,Hill,2011-03-14,2026-11-20 20:00,\n", "P1,Joan,Hill,2011-03-14,2026-11-20 20:00,2026-11-21 10:00\n"},
		{"dates of birth one slip apart", "P1,Jon,Hill,2011-03-14,2026-11-20 20:00,\n", "P1,Jon,Hill,2011-03-15,2026-11-20 20:00,2026-11-21 10:00\n"},
	} {
		for _, files := range [][]string{{head + c.first, head + c.second}, {head + c.first + c.second}} {
			desk := newDesk()
			var rep *Report
			for _, f := range files {
				rep = takeFile(t, desk, f, Options{})
			}
			asks := slices.ContainsFunc(rep.Warnings, func(n view.RowNote) bool { return strings.HasPrefix(n.Reason, "taken to be Jon Hill (C1), whose ") })
			if rep.TakenCount != 1 || rep.Taken[0].ChildRef != "C1" || rep.Referred != 1 || !asks {
				t.Errorf("%s in %d files: %s, taken %+v, %+v", c.what, len(files), counts(rep), rep.Taken, rep.Warnings)
			}
			if rep = takeFile(t, desk, files[len(files)-1], Options{}); rep.TakenCount != 0 || rep.WarningCount != 0 || rep.Counts.Updated != 0 {
				t.Errorf("%s again: %s, taken %+v, %+v", c.what, counts(rep), rep.Taken, rep.Warnings)
			}
		}
	}
}
