package domain_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"

	"pgregory.net/rapid"
)

func TestDatesGoByTheCalendar(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4000000000).Draw(r, "unix"), 0).UTC()
		n := rapid.IntRange(-1000, 1000).Draw(r, "days")
		y, mo, d := at.Date()
		day, ok := domain.NewDate(y, mo, d)
		if !ok {
			r.Fatalf("%v is no date", at)
		}
		if got := day.Days(n).String(); got != at.AddDate(0, 0, n).Format(time.DateOnly) {
			r.Fatalf("%v + %d days = %s", day, n, got)
		}
		if day.Days(n).Days(-n) != day || day.Weekday() != at.Weekday() || (n > 0) != (day.Days(n) > day) {
			r.Fatalf("%v and %d days do not keep their order", day, n)
		}
		back, ok := domain.ParseDate(day.String())
		if !ok || back != day {
			r.Fatalf("%v reads back as %v", day, back)
		}
		if s := day.Start().In(domain.London()); s.Hour() != 0 || s.Minute() != 0 || domain.DateOf(s) != day {
			r.Fatalf("%v begins at %v", day, s)
		}
	})
}

func TestDaysThatDoNotExistAreNoDates(t *testing.T) {
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1", "22/11/2026", "2026-11-22 "} {
		if d, ok := domain.ParseDate(s); ok {
			t.Errorf("%q is taken for %v", s, d)
		}
	}
	if _, ok := domain.ParseDate("2028-02-29"); !ok {
		t.Error("29 February of a leap year is a date")
	}
	var d domain.Date
	if err := json.Unmarshal([]byte(`"2026-02-29"`), &d); err == nil {
		t.Errorf("29 February 2026 is read as %v", d)
	}
}

func TestAgeIsInWholeYearsAndALeapDayCountsFromTheFirstOfMarch(t *testing.T) {
	for _, c := range []struct {
		born, on domain.Date
		age      int
	}{
		{20110314, 20261122, 15},
		{20110314, 20260313, 14},
		{20110314, 20260314, 15},
		{20111231, 20261230, 14},
		{20120229, 20260228, 13},
		{20120229, 20260301, 14},
		{20120229, 20280228, 15},
		{20120229, 20280229, 16},
		{20160229, 20260228, 9}, // under a floor of ten for one more day
		{20160229, 20260301, 10},
		{20130228, 20260228, 13},
		{20261122, 20261122, 0},
		{0, 20261122, -1},
		{20261123, 20261122, -1},
	} {
		if got := domain.AgeOn(c.born, c.on); got != c.age {
			t.Errorf("born %v is %d on %v, should be %d", c.born, got, c.on, c.age)
		}
	}
}

func TestOpeningHours(t *testing.T) {
	h, err := domain.ParseHours("Mon-Fri 09:00-17:00, Sat 10:00-12:30")
	if err != nil {
		t.Fatal(err)
	}
	for d, want := range map[time.Weekday][2]int{
		time.Sunday: {0, 0}, time.Monday: {540, 1020}, time.Friday: {540, 1020}, time.Saturday: {600, 750},
	} {
		if h[d].Open != want[0] || h[d].Close != want[1] {
			t.Errorf("%v: %v, should be %v", d, h[d], want)
		}
	}
	round, err := domain.ParseHours("Fri-Mon 00:00-24:00")
	if err != nil || round[time.Sunday].Close != 1440 || round[time.Tuesday].Close != 0 {
		t.Errorf("Fri-Mon goes round the week: %v %v", round, err)
	}
	for _, bad := range []string{"", "Mon", "Mon 09:00", "Mon 17:00-09:00", "Mon 09:00-09:00", "Xyz 09:00-17:00", "Mon-Fri 09:00-25:00", "Mon-Fri 9-17", "Mon-Tue-Wed 09:00-17:00", "Mon 09:00-17:00,"} {
		if h, err := domain.ParseHours(bad); err == nil {
			t.Errorf("%q is taken as %v", bad, h)
		}
	}
}

func TestNextOpeningAfterToday(t *testing.T) {
	week, err := domain.ParseHours("Mon-Fri 09:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	all, err := domain.ParseHours("Mon-Sun 08:30-20:00")
	if err != nil {
		t.Fatal(err)
	}
	sunday, err := domain.ParseHours("Sun 01:30-12:00")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		hours     domain.Hours7
		now, next string
	}{
		{"Friday afternoon", week, "2026-11-20 16:00", "2026-11-23 09:00"},
		{"Friday before opening: today does not count", week, "2026-11-20 07:00", "2026-11-23 09:00"},
		{"Saturday", week, "2026-11-21 12:00", "2026-11-23 09:00"},
		{"Sunday", week, "2026-11-22 23:59", "2026-11-23 09:00"},
		{"Monday", week, "2026-11-23 00:00", "2026-11-24 09:00"},
		{"every day", all, "2026-11-20 16:00", "2026-11-21 08:30"},
		{"the weekend the clocks go forward", week, "2026-03-27 16:00", "2026-03-30 09:00"},
		{"the weekend the clocks go back", week, "2026-10-23 16:00", "2026-10-26 09:00"},
		{"once a week, a week from today", sunday, "2026-11-22 02:00", "2026-11-29 01:30"},
		{"no hours known: tomorrow", domain.Hours7{}, "2026-11-20 16:00", "2026-11-21 00:00"},
	} {
		got := c.hours.NextOpeningAfterToday(clock(t, c.now))
		if !got.Equal(clock(t, c.next)) {
			t.Errorf("%s: %v, should be %s", c.what, got.In(domain.London()), c.next)
		}
	}
}
