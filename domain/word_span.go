package domain

import (
	"fmt"
	"strconv"
	"time"
)

// Span is a limit as the policy states it: elapsed hours ("72h") or local calendar days at the same clock time ("7d"),
// which differ across a clock change (DOMAIN §3).
type Span struct {
	Hours int
	Days  int
}

// Hours makes a span of elapsed hours.
func Hours(n int) Span { return Span{Hours: n} }

// Days makes a span of calendar days.
func Days(n int) Span { return Span{Days: n} }

// ParseSpan reads "72h" or "7d", between 1h and 366d.
func ParseSpan(s string) (Span, error) {
	if len(s) >= 2 {
		n, err := strconv.Atoi(s[:len(s)-1])
		switch {
		case err != nil || n < 1:
		case s[len(s)-1] == 'h' && n <= 366*24:
			return Span{Hours: n}, nil
		case s[len(s)-1] == 'd' && n <= 366:
			return Span{Days: n}, nil
		}
	}
	return Span{}, fmt.Errorf("%q is not a length of time like 72h or 7d", s)
}

// After is the moment this long after t.
func (s Span) After(t time.Time) time.Time {
	if s.Days != 0 {
		t = AddDays(t, s.Days)
	}
	return t.Add(time.Duration(s.Hours) * time.Hour)
}

// String as it is written in the configuration.
func (s Span) String() string {
	if s.Days != 0 {
		return strconv.Itoa(s.Days) + "d"
	}
	return strconv.Itoa(s.Hours) + "h"
}

// Words for a screen: "72 h", "7 days".
func (s Span) Words() string {
	switch {
	case s.Days == 1:
		return "1 day"
	case s.Days != 0:
		return strconv.Itoa(s.Days) + " days"
	}
	return strconv.Itoa(s.Hours) + " h"
}
