package domain

import (
	"fmt"
	"strings"
	"time"
)

// Hours7 are the team's opening hours for each weekday (index time.Weekday), minutes since local midnight. A day with
// Open == Close is closed. They only group the queue: clocks never stop (DOMAIN §3).
type Hours7 [7]struct{ Open, Close int }

var dayNames = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseHours reads "Mon-Fri 09:00-17:00, Sat 10:00-12:00".
func ParseHours(s string) (Hours7, error) {
	var h Hours7
	for part := range strings.SplitSeq(s, ",") {
		f := strings.Fields(part)
		if len(f) != 2 {
			return h, fmt.Errorf("%q is not like \"Mon-Fri 09:00-17:00\"", strings.TrimSpace(part))
		}
		from, to, ok := dayRange(f[0])
		if !ok {
			return h, fmt.Errorf("%q names no days; write Mon-Fri or Sat", f[0])
		}
		a, b, ok := strings.Cut(f[1], "-")
		open, ok1 := clockMinutes(a)
		shut, ok2 := clockMinutes(b)
		if !ok || !ok1 || !ok2 || open >= shut {
			return h, fmt.Errorf("%q is not a time span like 09:00-17:00", f[1])
		}
		for d := from; ; d = (d + 1) % 7 {
			h[d].Open, h[d].Close = open, shut
			if d == to {
				break
			}
		}
	}
	return h, nil
}

func dayRange(s string) (from, to int, ok bool) {
	a, b, ranged := strings.Cut(strings.ToLower(s), "-")
	if !ranged {
		b = a
	}
	from, to = -1, -1
	for i, n := range dayNames {
		if a == n {
			from = i
		}
		if b == n {
			to = i
		}
	}
	return from, to, from >= 0 && to >= 0
}

func clockMinutes(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		if s == "24:00" {
			return 24 * 60, true
		}
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

// NextOpeningAfterToday is when the team is next at the desk after the local day of now: on a Friday that is Monday
// morning. With no hours configured it is the start of tomorrow.
func (h Hours7) NextOpeningAfterToday(now time.Time) time.Time {
	d := DateOf(now)
	for range 7 {
		d = d.Days(1)
		if w := h[d.Weekday()]; w.Open < w.Close {
			y, m, day := d.Parts()
			t, _ := Wall(y, m, day, w.Open/60, w.Open%60, 0)
			return t
		}
	}
	return DateOf(now).Days(1).Start()
}

// Left is how much of a day's hours is still to come: all of it on a later day, none of it on an earlier one. Across a clock
// change it is what really passes.
func (h Hours7) Left(day Date, now time.Time) time.Duration {
	w := h[day.Weekday()]
	if w.Open >= w.Close {
		return 0
	}
	y, m, d := day.Parts()
	open, _ := Wall(y, m, d, w.Open/60, w.Open%60, 0)
	shut, _ := Wall(y, m, d+w.Close/(24*60), w.Close%(24*60)/60, w.Close%60, 0)
	if now.After(open) {
		open = now
	}
	return max(0, shut.Sub(open))
}
