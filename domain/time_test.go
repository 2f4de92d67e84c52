package domain_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"

	"pgregory.net/rapid"
)

// walk is the oracle for clock times: it walks the minutes around a day until London's clocks show the time. A time they
// never show is looked for an hour later by the clock. It knows nothing of how homeward computes.
func walk(t testing.TB, y int, mo time.Month, d, h, mi int) (first time.Time, shown int) {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(y, mo, d, 12, 0, 0, 0, time.UTC)
	for m := -16 * 60; m <= 16*60; m++ {
		at := noon.Add(time.Duration(m) * time.Minute)
		ly, lm, ld := at.In(l).Date()
		if ly == y && lm == mo && ld == d && at.In(l).Hour() == h && at.In(l).Minute() == mi {
			if shown++; shown == 1 {
				first = at
			}
		}
	}
	if shown == 0 {
		first, _ = walk(t, y, mo, d, h+1, mi)
	}
	return first, shown
}

func TestEveryClockTimeOfBothClockChangesIsFoundByWalking(t *testing.T) {
	want := map[int]domain.WallKind{0: domain.WallSkipped, 1: domain.WallOnce, 2: domain.WallTwice}
	for _, day := range []domain.Date{20260328, 20260329, 20260330, 20261024, 20261025, 20261026, 20270328, 20261122,
		19160521, 19410504, 19410810, 19450715, 19451007, 19470316, 19470413, 19470601, 19470810, 19471102, 19680218, 19681027, 19711031} {
		y, mo, d := day.Parts()
		for minute := 0; minute < 24*60; minute += 10 {
			first, shown := walk(t, y, mo, d, minute/60, minute%60)
			got, kind := domain.Wall(y, mo, d, minute/60, minute%60, 0)
			if !got.Equal(first) || kind != want[shown] {
				t.Errorf("%v %02d:%02d: %v (%v), walking finds %v, shown %d times", day, minute/60, minute%60, got, kind, first.UTC(), shown)
			}
		}
	}
}

func TestTheSecondOfATimeThatComesTwiceIsAnHourLater(t *testing.T) {
	first, _ := domain.Wall(2026, time.October, 25, 1, 30, 0)
	second := domain.WallSecond(first).In(domain.London())
	if s := second.Format("15:04 MST"); s != "01:30 GMT" {
		t.Errorf("the second 01:30 is %s", s)
	}
}

func TestDaysKeepTheClockTime(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		day := domain.Date(20260101).Days(rapid.IntRange(0, 730).Draw(r, "day"))
		// A day and time near a clock change as often as any other.
		if rapid.Bool().Draw(r, "near a change") {
			day = rapid.SampledFrom([]domain.Date{20260329, 20261025, 20270328, 20271031}).Draw(r, "change").Days(rapid.IntRange(-20, 1).Draw(r, "before"))
		}
		y, mo, d := day.Parts()
		h, mi := rapid.IntRange(0, 23).Draw(r, "hour"), rapid.IntRange(0, 59).Draw(r, "minute")
		n := rapid.IntRange(1, 20).Draw(r, "days")
		start, _ := walk(t, y, mo, d, h, mi)
		local := start.In(domain.London())
		ty, tm, td := day.Days(n).Parts()
		want, _ := walk(t, ty, tm, td, local.Hour(), local.Minute())
		if got := domain.Days(n).After(start); !got.Equal(want) {
			r.Fatalf("%v + %d days = %v, walking finds %v", local, n, got.In(domain.London()), want.In(domain.London()))
		}
		if got := domain.AddDays(start, n); !got.Equal(want) {
			r.Fatalf("%v moved by %d days = %v, walking finds %v", local, n, got, want)
		}
	})
}

func TestHoursAreElapsed(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		start := time.Unix(rapid.Int64Range(1767225600, 1830297600).Draw(r, "start"), 0)
		n := rapid.IntRange(1, 400).Draw(r, "hours")
		if got := domain.Hours(n).After(start); got.Sub(start) != time.Duration(n)*time.Hour {
			r.Fatalf("%d h after %v is %v", n, start, got)
		}
	})
}

func TestLimitsAcrossTheTwoClockChanges(t *testing.T) {
	for _, c := range []struct{ start, limit, due string }{
		{"2026-03-27T14:10:00Z", "72h", "2026-03-30T15:10:00+01:00"},
		{"2026-03-27T14:10:00Z", "3d", "2026-03-30T14:10:00+01:00"},
		{"2026-03-28T01:30:00Z", "1d", "2026-03-29T02:30:00+01:00"}, // 01:30 is skipped: an hour later
		{"2026-03-22T01:00:00Z", "7d", "2026-03-29T02:00:00+01:00"},
		{"2026-10-24T14:10:00+01:00", "72h", "2026-10-27T13:10:00Z"},
		{"2026-10-24T14:10:00+01:00", "3d", "2026-10-27T14:10:00Z"},
		{"2026-10-24T01:30:00+01:00", "1d", "2026-10-25T01:30:00+01:00"}, // 01:30 comes twice: the first
		{"2026-10-25T01:30:00+01:00", "24h", "2026-10-26T00:30:00Z"},
		{"2026-10-25T01:30:00Z", "1d", "2026-10-26T01:30:00Z"},
		{"2026-11-22T14:10:00Z", "72h", "2026-11-25T14:10:00Z"},
	} {
		start, err := time.Parse(time.RFC3339, c.start)
		if err != nil {
			t.Fatal(err)
		}
		limit, err := domain.ParseSpan(c.limit)
		if err != nil {
			t.Fatal(err)
		}
		if got := domain.At(limit.After(start)).RFC3339(); got != c.due {
			t.Errorf("%s + %s = %s, should be %s", c.start, c.limit, got, c.due)
		}
	}
}

func TestLengthsOfTime(t *testing.T) {
	for in, words := range map[string]string{"72h": "72 h", "7d": "7 days", "1d": "1 day", "24h": "24 h"} {
		s, err := domain.ParseSpan(in)
		if err != nil || s.String() != in || s.Words() != words {
			t.Errorf("%q reads as %q, %q, %v", in, s.String(), s.Words(), err)
		}
	}
	for _, in := range []string{"", "h", "d", "72", "0h", "-1h", "1.5h", "72 h", "72m", "367d", "99999999999999999999h"} {
		if s, err := domain.ParseSpan(in); err == nil {
			t.Errorf("%q is taken as %v", in, s)
		}
	}
}

func TestAMomentKeepsItsTimeAndPrecision(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		sec := rapid.Int64Range(-631152000, 4000000000).Filter(func(s int64) bool { return s != 0 }).Draw(r, "unix")
		m := domain.At(time.Unix(sec, 0))
		if m.DateOnly() || m.Unix() != sec || m.Time().Unix() != sec {
			r.Fatalf("%d is kept as %v", sec, m)
		}
		day := domain.DateOf(m.Time())
		only := domain.OnDate(day)
		if !only.DateOnly() || only.Date() != day || only.Unix() > sec || only.String() == m.String() {
			r.Fatalf("%v alone is kept as %v", day, only)
		}
		for _, v := range []domain.Moment{m, only} {
			b, err := json.Marshal(v)
			if err != nil {
				r.Fatal(err)
			}
			var back domain.Moment
			if err := json.Unmarshal(b, &back); err != nil || back != v {
				r.Fatalf("%s reads back as %v, %v", b, back, err)
			}
		}
	})
}

func TestATimeNotRecordedIsNull(t *testing.T) {
	var m domain.Moment
	var d domain.Date
	b, err := json.Marshal([]any{m, d})
	if err != nil || string(b) != "[null,null]" {
		t.Errorf("%s %v", b, err)
	}
	if m.String() != "" || m.RFC3339() != "" || d.String() != "" || !m.IsZero() || m.Date() != 0 || !m.Time().IsZero() {
		t.Error("a time that was not recorded shows something")
	}
	m, d = 1, 1
	if err := json.Unmarshal([]byte("null"), &m); err != nil || m != 0 {
		t.Errorf("null is read as %v, %v", m, err)
	}
	if err := json.Unmarshal([]byte("null"), &d); err != nil || d != 0 {
		t.Errorf("null is read as %v, %v", d, err)
	}
	for _, bad := range []string{`""`, `5`, `"tomorrow"`, `"2026-11-22 14:10"`, `"2026-02-29"`} {
		if err := json.Unmarshal([]byte(bad), &m); err == nil {
			t.Errorf("%s is taken for the time %v", bad, m)
		}
	}
}

func TestTimesAreShownAndDatedInLondon(t *testing.T) {
	at := func(s string) domain.Moment {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return domain.At(v)
	}
	// An episode that ends at 00:30 BST on 1 April belongs to 1 April (DOMAIN §3).
	if d := at("2026-03-31T23:30:00Z").Date(); d != 20260401 {
		t.Errorf("00:30 BST on 1 April is dated %v", d)
	}
	for in, want := range map[string]string{
		"2026-07-01T10:00:00Z": "2026-07-01T11:00:00+01:00",
		"2026-12-01T10:00:00Z": "2026-12-01T10:00:00Z",
		"2026-10-25T00:30:00Z": "2026-10-25T01:30:00+01:00",
		"2026-10-25T01:30:00Z": "2026-10-25T01:30:00Z",
	} {
		if got := at(in).RFC3339(); got != want {
			t.Errorf("%s is printed %s, should be %s", in, got, want)
		}
	}
	if s := at("2026-11-22T14:10:00Z").String(); s != "Sun 22 Nov 2026 14:10" {
		t.Error(s)
	}
	if s := domain.OnDate(20260701).RFC3339(); s != "2026-07-01T00:00:00+01:00" {
		t.Errorf("a date-only time is printed %s, should be the start of its day", s)
	}
}

func TestWhereEitherIsDateOnlyTheDatesAreCompared(t *testing.T) {
	noon, later := domain.At(clock(t, "2026-11-22 12:00")), domain.At(clock(t, "2026-11-22 12:01"))
	day, next := domain.OnDate(20261122), domain.OnDate(20261123)
	for _, c := range []struct {
		a, b domain.Moment
		want bool
	}{
		{noon, later, true}, {later, noon, false}, {noon, noon, false},
		{day, noon, false}, {noon, day, false}, {day, day, false},
		{noon, next, true}, {day, next, true}, {next, noon, false},
	} {
		if got := c.a.Before(c.b); got != c.want {
			t.Errorf("%v before %v: %v", c.a, c.b, got)
		}
	}
}

func ExampleMoment_String() {
	fmt.Println(domain.OnDate(20261122))
	fmt.Println(domain.At(time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)))
	// Output:
	// Sun 22 Nov 2026
	// Wed 1 Jul 2026 11:00
}
