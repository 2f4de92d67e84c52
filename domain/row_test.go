package domain_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
)

// read reads one row at Sunday 22 November 2026, 18:00, beside a police_ref, a child_ref and a start.
func read(t testing.TB, kv ...string) (*domain.Episode, []domain.Fault) {
	t.Helper()
	tm := newTeam(t)
	tm.settings.Categories = []domain.SourceName{{Name: "No apparent risk", CountsAs: "absent", From: 20260101, Until: 20261121}}
	row := cells(t, append([]string{"police_ref=P1", "child_ref=K1", "missing_at=2026-10-24 20:00"}, kv...)...)
	n, faults := domain.ReadRow(&row, tm.settings, tm.now, true)
	if faults != nil {
		return nil, faults
	}
	if _, err := tm.Take(domain.Envelope{Act: &domain.ImportRow{Row: row, Read: n}}); err != nil {
		t.Fatal(err)
	}
	return tm.episode(1), nil
}

func TestTimesAreReadAsTheSourcesWriteThem(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-21 14:10":             "2026-11-21T14:10:00Z",
		"2026-11-21T14:10":             "2026-11-21T14:10:00Z",
		"2026-11-21T14:10:30":          "2026-11-21T14:10:30Z",
		"2026-11-21T14:10:00Z":         "2026-11-21T14:10:00Z",
		"2026-11-21T14:10+01:00":       "2026-11-21T13:10:00Z",
		"2026-11-21T14:10:00-05:00":    "2026-11-21T19:10:00Z",
		"21/11/2026 14:10":             "2026-11-21T14:10:00Z",
		"2026-10-25 12:00":             "2026-10-25T12:00:00Z",
		"2026-10-25 00:30":             "2026-10-25T00:30:00+01:00",
		"2026-10-25 01:30":             "2026-10-25T01:30:00+01:00", // comes twice: the earlier
		"2026-10-25T01:30:00Z":         "2026-10-25T01:30:00Z",      // says which
		"2026-11-21":                   "2026-11-21",
		"21/11/2026":                   "2026-11-21",
		"2026-11-22":                   "2026-11-22", // today, without a time, is not after now
		"2026-11-22 18:00":             "2026-11-22T18:00:00Z",
		"  2026-11-21 14:10  ":         "2026-11-21T14:10:00Z",
		"2026-11-21\u00a014:10\u200b":  "", // what is neither is no time
		"2026-11-17 22:10:00.000":      "2026-11-17T22:10:00Z",
		"2026-11-17T22:10:00.1234567Z": "2026-11-17T22:10:00Z",
		"20 Nov 2026 18:00":            "2026-11-20T18:00:00Z",
		"20 Nov. 2026, 18:00":          "2026-11-20T18:00:00Z",
		"20 November 2026 at 18:00":    "2026-11-20T18:00:00Z",
		"20-NOV-2026 09:00:30":         "2026-11-20T09:00:30Z",
		"1st Nove 2026":                "2026-11-01",
		"Fri 20 nov 2026":              "2026-11-20",
		"Saturday, 20 November 2026":   "", // it was a Friday
		"31 Sept 2026":                 "",
		"20 Septe 2026":                "",
		"20 Se 2026":                   "",
		"20 Sept 26":                   "", // which century is not said
		"2026 Sept 20":                 "",
		"20 Sept 2026x":                "",
	} {
		e, faults := read(t, "returned_at="+in)
		switch {
		case want == "" && (len(faults) != 1 || faults[0].Column != domain.ColReturnedAt):
			t.Errorf("%q: %v", in, faults)
		case want != "" && faults != nil:
			t.Errorf("%q: refused, %v", in, faults)
		case want != "" && e.Value(domain.ColReturnedAt) != want:
			t.Errorf("%q is read as %s, should be %s", in, e.Value(domain.ColReturnedAt), want)
		}
	}
}

func TestARowIsRefusedAtItsColumnWithAReason(t *testing.T) {
	for _, c := range []struct {
		cell, column, say string
	}{
		{"returned_at=2026-11-22 18:01", "returned_at", "after now"},
		{"returned_at=2026-11-23", "returned_at", "after now"},
		{"reported_at=2027-01-01 10:00", "reported_at", "after now"},
		{"missing_at=2026-03-29 01:30", "missing_at", "does not exist"},
		{"missing_at=", "missing_at", "required"},
		{"missing_at=  ", "missing_at", "required"},
		{"missing_at=\u200b", "missing_at", "required"},
		{"police_ref=", "police_ref", "required"},
		{"police_ref= \u200b ", "police_ref", "required"},
		{"child_ref=\u200b", "given_name", "required"},
		{"returned_at=yesterday", "returned_at", "not a time"},
		{"returned_at=11/22/2026 10:00", "returned_at", "not a time"},
		{"returned_at=2026-11-21 24:00", "returned_at", "not a time"},
		{"returned_at=2026-11-21 14:60", "returned_at", "not a time"},
		{"returned_at=2026-11-21x", "returned_at", "not a time"},
		{"returned_at=22/11/0026", "returned_at", "not a"},
		{"returned_at=2026-10-24 19:59", "returned_at", "before missing_at"},
		{"returned_at=2026-10-23", "returned_at", "before missing_at"},
		{"found_at_time=2026-10-24 19:59", "found_at_time", "before missing_at"},
		{"dob=2026-11-23", "dob", "after now"},
		{"dob=2011-02-30", "dob", "not a date"},
		{"dob=2011-03-14 10:00", "dob", "not a date"},
		{"risk=enormous", "risk", "high, medium, low, very_low or none, or name it in [[risk]]"},
		{"status=care", "status", "looked_after"},
		{"looked_after=perhaps", "looked_after", "yes nor no"},
		{"flags=harm;high_risk", "flags", "harm, exploitation, hospital"},
		{"category=vanished", "category", "vanished"},
	} {
		_, faults := read(t, c.cell)
		if len(faults) == 0 || faults[0].Column.String() != c.column || !strings.Contains(faults[0].Reason, c.say) {
			t.Errorf("%s: %v, should be refused at %s with %q", c.cell, faults, c.column, c.say)
		}
	}
}

func TestWordsOfARowAreReadInTheirPrintedForm(t *testing.T) {
	for _, c := range []struct{ cell, want string }{
		{"looked_after=Yes", "yes"}, {"looked_after=TRUE", "yes"}, {"looked_after=1", "yes"}, {"looked_after=y", "yes"},
		{"looked_after=no", "no"}, {"looked_after=False", "no"}, {"looked_after=0", "no"}, {"looked_after=N", "no"},
		{"risk=very_low", "very_low"}, {"risk=HIGH", "high"}, {"risk=none", "none"},
		{"status=protection_plan", "protection_plan"}, {"status=not_open", "not_open"},
		{"category=Away", "away"}, {"category=education", "education"}, {"category=no apparent risk", "no apparent risk"},
		{"flags=hospital; harm;", "harm;hospital"}, {"flags=harm;harm", "harm"},
		{"home_authority=home", "home"}, {"home_authority=newham", "home"}, {"placement_authority=Kent", "Kent"},
	} {
		name, _, _ := strings.Cut(c.cell, "=")
		col, _ := domain.ColumnNamed(name)
		e, faults := read(t, c.cell)
		if faults != nil || e.Value(col) != c.want {
			t.Errorf("%s: %v %v, should be %s", c.cell, e, faults, c.want)
		}
	}
	// A name of the configuration holds on its days only.
	if _, faults := read(t, "category=no apparent risk", "missing_at=2026-11-22 10:00"); len(faults) != 1 {
		t.Errorf("a category after its last day: %v", faults)
	}
}

func TestColumnsWithoutAListAreFreeTextAndRefuseNoRow(t *testing.T) {
	odd := "=1+2 <b> ünd; 山田, \"q\""
	for _, name := range domain.ColumnNames() {
		switch name {
		case "police_ref", "child_ref", "dob", "status", "looked_after", "category", "risk", "flags", "missing_at", "reported_at",
			"found_at_time", "returned_at", "notified_at", "last_seen_at", "category_from", "risk_from", "offered_at", "held_at", "outcome":
			continue
		}
		if _, faults := read(t, name+"="+odd); faults != nil {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestAnEndThatComesTwiceTakesTheLaterWhereTheEarlierWouldPrecedeTheStart(t *testing.T) {
	for _, c := range []struct{ missing, end, want string }{
		{"2026-10-25 00:50", "2026-10-25 01:10", "2026-10-25T01:10:00+01:00"},
		{"2026-10-25 01:30", "2026-10-25 01:10", "2026-10-25T01:10:00Z"},
		{"2026-10-25 01:10", "2026-10-25 01:10", "2026-10-25T01:10:00+01:00"},
		{"2026-10-25T01:05:00Z", "2026-10-25 01:10", "2026-10-25T01:10:00Z"},
		{"2026-10-25T01:15:00Z", "2026-10-25 01:10", ""}, // even the later is before the start
		{"2026-10-25", "2026-10-25 01:10", "2026-10-25T01:10:00+01:00"},
	} {
		for _, end := range []string{"returned_at", "found_at_time"} {
			col, _ := domain.ColumnNamed(end)
			e, faults := read(t, "missing_at="+c.missing, end+"="+c.end)
			if c.want == "" {
				if len(faults) != 1 || faults[0].Column != col {
					t.Errorf("%s to %s: %v", c.missing, c.end, faults)
				}
			} else if faults != nil || e.Value(col) != c.want {
				t.Errorf("%s to %s: %v %v, should end %s", c.missing, c.end, e, faults, c.want)
			}
		}
	}
	e, faults := read(t, "missing_at=2026-10-24 20:00", "returned_at=2026-10-25 01:30", "notified_at=2026-10-25 01:10")
	if faults != nil || e.NotifiedAt.RFC3339() != "2026-10-25T01:10:00Z" {
		t.Errorf("notified_at is held against the return in the same way: %v %v", e, faults)
	}
	// One that is after now is refused, even where the later of the two would save it.
	s := &domain.Settings{}
	row := cells(t, "police_ref=P1", "child_ref=K1", "missing_at=2026-10-25 01:40", "returned_at=2026-10-25 01:30")
	if _, faults := domain.ReadRow(&row, s, time.Date(2026, 10, 25, 0, 50, 0, 0, time.UTC), true); faults == nil {
		t.Error("a return in the future is taken")
	}
}

func TestWhereEitherEndIsDateOnlyTheDatesAreCompared(t *testing.T) {
	for _, c := range []struct {
		missing, returned string
		ok                bool
	}{
		{"2026-11-21 20:00", "2026-11-21", true}, {"2026-11-21", "2026-11-21 00:00", true}, {"2026-11-21", "2026-11-21", true},
		{"2026-11-21 00:10", "2026-11-20", false}, {"2026-11-21", "2026-11-20 23:59", false},
	} {
		if _, faults := read(t, "missing_at="+c.missing, "returned_at="+c.returned); (faults == nil) != c.ok {
			t.Errorf("%s to %s: %v", c.missing, c.returned, faults)
		}
	}
}

func TestWithoutAChildRefNameAndDateOfBirthAreRequired(t *testing.T) {
	s := newTeam(t).settings
	all := []string{"given_name=Ivy", "family_name=Stone", "dob=2011-03-14"}
	for i := range all {
		row := cells(t, append([]string{"police_ref=P1", "missing_at=2026-11-21"}, append(append([]string{}, all[:i]...), all[i+1:]...)...)...)
		name, _, _ := strings.Cut(all[i], "=")
		_, faults := domain.ReadRow(&row, s, clock(t, "2026-11-22 18:00"), true)
		if len(faults) != 1 || faults[0].Column.String() != name {
			t.Errorf("without %s: %v", name, faults)
		}
	}
	row := cells(t, append([]string{"police_ref=P1", "missing_at=2026-11-21"}, all...)...)
	if _, faults := domain.ReadRow(&row, s, clock(t, "2026-11-22 18:00"), true); faults != nil {
		t.Error(faults)
	}
	// On the telephone there is no police_ref yet.
	row[domain.ColPoliceRef] = ""
	if _, faults := domain.ReadRow(&row, s, clock(t, "2026-11-22 18:00"), false); faults != nil {
		t.Error(faults)
	}
}

// Every month of every common spelling is that month.
func TestMonthsWrittenOut(t *testing.T) {
	for m := time.January; m <= time.October; m++ {
		whole := m.String()
		for _, word := range []string{whole, strings.ToLower(whole), whole[:3], whole[:min(4, len(whole))], strings.ToUpper(whole[:3]), whole[:3] + "."} {
			for _, form := range []string{"5 %s 2026 14:10", "05 %s 2026 14:10", "5-%s-2026 14:10", "5th %s 2026 14:10", "5 %s 2026, 14:10:00"} {
				in := fmt.Sprintf(form, word)
				e, faults := read(t, "missing_at="+in)
				want := time.Date(2026, m, 5, 14, 10, 0, 0, domain.London())
				if faults != nil || !e.Moment(domain.ColMissingAt).Time().Equal(want) {
					t.Errorf("%q: %v %v, should be %s", in, e, faults, want)
				}
			}
		}
	}
}

func TestWordsOfTheSource(t *testing.T) {
	tm := newTeam(t)
	tm.settings.Risks = []domain.SourceName{{Name: "No apparent risk", CountsAs: "none", Until: 20261120}, {Name: "No apparent risk", CountsAs: "very_low", From: 20261121}, {Name: "4", CountsAs: "high"}}
	tm.settings.Statuses = []domain.SourceName{{Name: "CIN", CountsAs: "in_need"}, {Name: "CLA", CountsAs: "looked_after"}}
	for i, c := range []struct{ cell, on, want string }{
		{"risk=Medium Risk", "", "medium"}, {"risk=very-low risk", "", "very_low"}, {"risk=VeryLow", "", "very_low"}, {"risk=4", "", "high"},
		{"risk=NO APPARENT-RISK", "2026-11-20", "none"}, {"risk=no_apparent", "2026-11-21", "very_low"}, {"risk=risk", "", ""}, {"risk=5", "", ""},
		{"status=cin", "", "in_need"}, {"status=CLA", "", "looked_after"}, {"status=Looked After", "", "looked_after"}, {"status=C-I-N", "", "in_need"},
	} {
		name, said, _ := strings.Cut(c.cell, "=")
		col, _ := domain.ColumnNamed(name)
		var row domain.Row
		row[domain.ColPoliceRef], row[domain.ColChildRef], row[domain.ColMissingAt], row[col] = "P"+strconv.Itoa(i), "K1", "2026-11-19", said
		if c.on != "" {
			row[domain.ColMissingAt] = c.on
		}
		n, faults := domain.ReadRow(&row, tm.settings, tm.now, true)
		if c.want == "" {
			if len(faults) != 1 || !strings.Contains(faults[0].Reason, "name it in [["+name+"]]") {
				t.Errorf("%s: %v", c.cell, faults)
			}
			continue
		}
		if faults != nil {
			t.Errorf("%s on %s: %v, should be %s", c.cell, c.on, faults, c.want)
			continue
		}
		out, err := tm.Take(domain.Envelope{Act: &domain.ImportRow{Row: row, Read: n}})
		if err != nil {
			t.Fatal(err)
		}
		if e, err := tm.Episode(out.Put[len(out.Put)-1].RecordID()); err != nil || e.Value(col) != c.want {
			t.Errorf("%s on %s: %+v %v, should be %s", c.cell, c.on, e, err, c.want)
		}
	}
}
