package timeline

import (
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"

	"pgregory.net/rapid"
)

func at(t testing.TB, s string) int64 {
	t.Helper()
	l, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return l.Unix()
}

// Every instant lies in exactly one column, and later ones never lie further left: in the windows that the screen lays out,
// a step of the zoom in columns that are enough for it, over every year from which a date is accepted and years ahead.
func TestEveryInstantHasOneColumn(t *testing.T) {
	first, last := at(t, "1900-01-01T00:00:00Z"), at(t, "2100-01-01T00:00:00Z")
	changes := []int64{at(t, "2026-03-29T01:00:00Z"), at(t, "2026-10-25T01:00:00Z"), at(t, "2024-02-29T12:00:00Z"), at(t, "2026-12-31T23:59:59Z"),
		at(t, "1947-03-16T02:00:00Z"), at(t, "1947-04-13T01:00:00Z"), at(t, "1947-08-10T01:00:00Z"), at(t, "1947-11-02T02:00:00Z")} // double summer time
	rapid.Check(t, func(r *rapid.T) {
		cols := rapid.IntRange(20, 300).Draw(r, "cols")
		u := columnFor(rapid.SampledFrom(levels()).Draw(r, "level"), cols)
		mid := rapid.Int64Range(first, last).Draw(r, "mid")
		if rapid.Bool().Draw(r, "near a clock change") {
			mid = rapid.SampledFrom(changes).Draw(r, "change") + rapid.Int64Range(-2*daySeconds, 2*daySeconds).Draw(r, "off")
		}
		left := rapid.Int64Range(0, min(int64(cols)-1, u.index(mid)-u.index(first))).Draw(r, "left")
		a := newAxis(u, u.index(mid)-left, cols)
		for c := range cols {
			if a.from(c) >= a.to(c) {
				r.Fatalf("%v: column %d is empty: %d to %d", u, c, a.from(c), a.to(c))
			}
			for _, x := range []int64{a.from(c), (a.from(c) + a.to(c)) / 2, a.to(c) - 1} {
				if a.col(x) != c {
					r.Fatalf("%v: %s lies in column %d, not %d", u, time.Unix(x, 0).In(domain.London()), a.col(x), c)
				}
			}
		}
		if a.col(a.begin()-1) >= 0 || a.col(a.end()) < cols || !a.holds(mid) || a.from(a.col(mid)) > mid || a.to(a.col(mid)) <= mid {
			r.Fatalf("%v: the edges do not hold: %d in %d…%d", u, mid, a.begin(), a.end())
		}
	})
}

func TestTheDaysOfTheClockChange(t *testing.T) {
	for _, c := range []struct {
		day   string // its local midnight
		next  string
		hours int64
	}{
		{"2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z", 23},
		{"2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z", 25},
		{"2026-06-10T23:00:00Z", "2026-06-11T23:00:00Z", 24},
	} {
		from, next := at(t, c.day), at(t, c.next)
		for _, n := range []int{15, 30, 60} {
			u := unit{minutes, n}
			if got := u.index(next) - u.index(from); got != c.hours*60/int64(n) || u.floor(from) != from || u.floor(next) != next {
				t.Errorf("the day of %d hours has %d columns of %d minutes", c.hours, got, n)
			}
		}
		for _, n := range []int{2, 3, 4, 6, 8, 12} {
			u := unit{hours, n}
			if got := u.index(next) - u.index(from); got != int64(24/n) || u.floor(from) != from {
				t.Errorf("%s has %d columns of %d hours", c.day, got, n)
			}
			if got := u.start(u.index(from)+1) - u.start(u.index(from)); got != int64(n)*3600-(24-c.hours)*3600 {
				t.Errorf("the first %d hours of %s have %d s", n, c.day, got)
			}
		}
		d := unit{days, 1}
		if d.floor(next-1) != from || d.start(d.index(from)+1) != next {
			t.Errorf("the day of %s is %d to %d", c.day, d.floor(next-1), d.start(d.index(from)+1))
		}
	}
}

func TestYearsMonthsAndWeeksBeginWhereTheyDo(t *testing.T) {
	for _, c := range []struct {
		u        unit
		at, from string
	}{
		{unit{months, 12}, "2026-12-31T23:59:59Z", "2026-01-01T00:00:00Z"},
		{unit{months, 12}, "2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z"},
		{unit{months, 1}, "2024-02-29T23:59:59Z", "2024-02-01T00:00:00Z"},
		{unit{months, 1}, "2026-03-31T22:59:59Z", "2026-03-01T00:00:00Z"},
		{unit{months, 1}, "2026-03-31T23:30:00Z", "2026-03-31T23:00:00Z"}, // 00:30 BST on 1 April belongs to 1 April
		{unit{months, 3}, "2026-05-31T10:00:00Z", "2026-03-31T23:00:00Z"},
		{unit{days, 7}, "2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z"},
		{unit{days, 7}, "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z"},
		{unit{days, 1}, "2024-02-29T23:00:00Z", "2024-02-29T00:00:00Z"},
		{unit{months, 1}, "1947-05-31T22:30:00Z", "1947-05-31T22:00:00Z"}, // double summer time: 00:30 on 1 June
		{unit{months, 24}, "1947-07-01T00:00:00Z", "1946-01-01T00:00:00Z"},
		{unit{hours, 12}, "1947-06-10T11:00:00Z", "1947-06-10T10:00:00Z"},
	} {
		if got := c.u.floor(at(t, c.at)); got != at(t, c.from) {
			t.Errorf("%v of %s begins %s", c.u, c.at, time.Unix(got, 0).UTC())
		}
	}
}

func TestEveryLevelShowsWhatItSays(t *testing.T) {
	for cols := 20; cols < 300; cols++ {
		last := int64(0)
		for _, l := range levels() {
			u := columnFor(l, cols)
			if got := u.about() * int64(cols); got < l.seconds || got < last {
				t.Errorf("%s in %d columns of %v is %d s", l.name, cols, u, got)
			} else {
				last = got
			}
		}
	}
}

func TestFittingShowsAll(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cols := rapid.IntRange(40, 200).Draw(r, "cols")
		from := rapid.Int64Range(at(t, "2010-01-01T00:00:00Z"), at(t, "2026-01-01T00:00:00Z")).Draw(r, "from")
		to := from + rapid.Int64Range(0, 15*366*daySeconds).Draw(r, "long")
		u := columnFor(levels()[fitting(from, to, cols)], cols)
		if u.index(to)-u.index(from)+1 > int64(cols) {
			r.Fatalf("%d columns of %v do not show it", cols, u)
		}
	})
}
