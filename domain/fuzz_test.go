package domain_test

import (
	"errors"
	"slices"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// No line makes the reader of acts fall over; its only errors are refusals that say invalid, and what it reads can be decided.
func FuzzParseAct(f *testing.F) {
	for name, fields := range whole {
		f.Add([]byte(`{"act":"` + name + `",` + fields + `}`))
	}
	for _, s := range []string{``, `null`, `{}`, `{"act":"undo","at":"2026-11-22T10:00:00Z","id":"a","version":3}`, `{"act":"referral.close","as":false}`, `{"act":"undo"}}`, "\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := domain.ParseAct(line)
		var r *domain.Refusal
		if err != nil {
			if !errors.As(err, &r) || r.Code != domain.Invalid {
				t.Fatalf("%q: %v", line, err)
			}
			return
		}
		tm := newTeam(t).back().as("sam")
		if _, err := tm.Take(e); err != nil && !errors.As(err, &r) {
			t.Fatalf("%q: %v", line, err)
		}
		tm.checkSafe(string(line))
	})
}

// No row makes the reader of rows fall over; what it takes reads back as the same episode, so that a file that we wrote
// ourselves changes nothing.
func FuzzReadRow(f *testing.F) {
	f.Add("P1", "K1", "Ivy", "2011-03-14", "2026-11-20 20:00", "2026-11-21T10:00:00Z", "harm;hospital", "high", "missing", "Newham", "two\nlines")
	f.Add("P1", "", "Zoë", "14/03/2011", "25/10/2026 01:30", "2026-10-25 01:10", "", "Very low", "AWAY", "home", " \u0301x")
	f.Add("E1", "C1", "\x1b[2J", "", "2026-03-29", "2026-03-29 02:00", " ; ", "none", "education", "", "\u202e")
	f.Add(" ", "\u200b", "", "2026-11-22", "2026-11-22", "", "harm", "", "", "kent", "\xff\xfe")
	f.Fuzz(func(t *testing.T, police, child, name, dob, from, to, flags, risk, category, authority, notes string) {
		tm := newTeam(t)
		var row domain.Row
		for c, v := range map[domain.Column]string{
			domain.ColPoliceRef: police, domain.ColChildRef: child, domain.ColGivenName: name, domain.ColFamilyName: name, domain.ColDOB: dob,
			domain.ColMissingAt: from, domain.ColReturnedAt: to, domain.ColFoundAtTime: to, domain.ColNotifiedAt: to, domain.ColReportedAt: from,
			domain.ColFlags: flags, domain.ColRisk: risk, domain.ColCategory: category, domain.ColHomeAuthority: authority, domain.ColPlacementAuthority: authority,
			domain.ColNotes: notes, domain.ColPrevention: notes, domain.ColSchool: notes, domain.ColChildPhone: notes, domain.ColKnownAs: name,
		} {
			row[c] = v
		}
		n, faults := domain.ReadRow(&row, tm.settings, tm.now, true)
		if (n == nil) == (len(faults) == 0) {
			t.Fatalf("neither read nor refused: %v %v", n, faults)
		}
		for _, fault := range faults {
			if fault.Reason == "" || unsafe(fault.Reason) != 0 {
				t.Fatalf("%v: %q", fault.Column, fault.Reason)
			}
		}
		if n == nil {
			return
		}
		if _, err := tm.Take(domain.Envelope{Act: &domain.ImportRow{Row: row, Read: n}}); err != nil {
			t.Fatal(err)
		}
		tm.checkSafe("row")
		e, c := tm.episode(1), tm.child(1)
		if e.MissingAt == 0 || e.PoliceRef == "" || c.Ref == "" && c.Name() == c.ShownRef() && c.DOB == 0 {
			t.Fatalf("taken without what is required: %+v %+v", e, c)
		}
		again := arriveRow(t, tm, row)
		again.Warnings = slices.DeleteFunc(again.Warnings, func(w string) bool { return slices.Contains(n.Warnings, w) }) // what the row says of itself, each time
		unchanged(t, "the same row", again)
		// As we would write it: canonical values.
		for col := range domain.NumColumns {
			if v := e.Value(col); v != "" {
				row[col] = v
			}
		}
		row[domain.ColChildRef], row[domain.ColGivenName], row[domain.ColFamilyName], row[domain.ColKnownAs], row[domain.ColDOB] =
			c.ShownRef(), c.GivenName, c.FamilyName, c.KnownAs, c.DOB.String()
		row[domain.ColChildPhone] = c.CardValue("child_phone")
		out := arriveRow(t, tm, row)
		unchanged(t, "its canonical form", out)
		for col := range domain.NumColumns {
			if is := tm.episode(1).Value(col); is != e.Value(col) {
				t.Fatalf("%v %q reads back as %q", col, e.Value(col), is)
			}
		}
	})
}

func arriveRow(t *testing.T, tm *team, row domain.Row) *domain.Outcome {
	t.Helper()
	n, faults := domain.ReadRow(&row, tm.settings, tm.now, true)
	if faults != nil {
		t.Fatalf("refused: %v", faults)
	}
	out, err := tm.Take(domain.Envelope{Act: &domain.ImportRow{Row: row, Read: n}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
