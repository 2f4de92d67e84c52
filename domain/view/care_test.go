package view

import (
	"homeward/domain"
	"testing"
	"time"
)

func TestBackupWarning(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, domain.London())
	ago := func(d time.Duration) domain.Moment { return domain.At(now.Add(-d)) }
	const day = 24 * time.Hour
	for _, c := range []struct {
		what       string
		made, last domain.Moment
		after      domain.Span
		want       string
	}{
		{"nobody is told", ago(90 * day), 0, domain.Span{}, ""},
		{"new", ago(day - time.Minute), 0, domain.Days(1), ""},
		{"a day old to the minute", ago(day), 0, domain.Days(1), ""},
		{"never", ago(day + time.Minute), 0, domain.Days(1), "never backed up"},
		{"this night", ago(90 * day), ago(6 * time.Hour), domain.Days(1), ""},
		{"the night before", ago(90 * day), ago(30 * time.Hour), domain.Days(1), "no backup for 30 h"},
		{"two days", ago(90 * day), ago(48 * time.Hour), domain.Days(1), "no backup for 2 days"},
		{"nearly four", ago(90 * day), ago(4*day - time.Minute), domain.Days(1), "no backup for 3 days"},
		{"within a week is enough", ago(90 * day), ago(4 * day), domain.Days(7), ""},
		{"hours", ago(90 * day), ago(9 * time.Hour), domain.Hours(8), "no backup for 9 h"},
		{"a clock set back", ago(90 * day), ago(-day), domain.Days(1), ""},
	} {
		if got := (Backups{Made: c.made, Last: c.last}).Warning(c.after, now); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	// A day is a day by the clock on the wall: 25 hours in the night the clocks go back.
	autumn := time.Date(2026, 10, 25, 8, 0, 0, 0, domain.London())
	if w := (Backups{Last: domain.At(autumn.AddDate(0, 0, -1))}).Warning(domain.Days(1), autumn); w != "" {
		t.Errorf("the clocks went back: %q", w)
	}
}
