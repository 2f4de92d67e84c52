package domain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// stamp is a time as a source wrote it, read but not yet held against its neighbours.
type stamp struct {
	at    Moment
	twice bool // a clock time that comes twice: at is the first
}

var (
	errNoTime  = errors.New(`is not a time: write 2026-11-22 14:10, 22/11/2026 14:10, 22 Nov 2026 14:10 or the date alone`)
	errSkipped = errors.New("does not exist: the clocks went forward over it; ask the source which time is meant")
	errFuture  = errors.New("is after now")
	errNoDate  = errors.New("is not a date: write 2011-03-14, 14/03/2011 or 14 March 2011")
	errWeekday = errors.New("names another day of the week than that date has: ask the source which of the two is meant")
)

// parseStamp reads the forms of INTERFACES' referral CSV: `2006-01-02 15:04`, `2006-01-02T15:04[:05][offset]`,
// `02/01/2006 15:04`, the month written out (`20 Sept 2026 15:04`), or the date alone. Without an offset it is Europe/London.
func parseStamp(s string, now time.Time) (stamp, error) {
	st, err := readStamp(s)
	if err == nil && st.at.Unix() > now.Unix() {
		return stamp{}, errFuture
	}
	return st, err
}

func readStamp(s string) (stamp, error) {
	d, rest, err := sourceDay(s)
	switch {
	case errors.Is(err, errNoDate):
		return stamp{}, errNoTime
	case err != nil:
		return stamp{}, err
	}
	if rest == "" {
		return stamp{at: OnDate(d)}, nil
	}
	if rest[0] != ' ' && rest[0] != 'T' && rest[0] != 't' {
		return stamp{}, errNoTime
	}
	h, mi, sec, offset, ok := clockAndOffset(rest[1:])
	if !ok || (offset != "" && s[2] == '/') {
		return stamp{}, errNoTime
	}
	y, mo, day := d.Parts()
	if offset != "" {
		zone, ok := offsetSeconds(offset)
		if !ok {
			return stamp{}, errNoTime
		}
		return stamp{at: At(time.Date(y, mo, day, h, mi, sec, 0, time.UTC).Add(-time.Duration(zone) * time.Second))}, nil
	}
	t, kind := Wall(y, mo, day, h, mi, sec)
	if kind == WallSkipped {
		return stamp{}, errSkipped
	}
	return stamp{at: At(t), twice: kind == WallTwice}, nil
}

// whyUnread says what is wrong with a date or time that is none, and what to do about it, where more can be said than how one
// is written: a word for blank, a day or hour that there is not, numbers without their zeros.
func whyUnread(v string, err error) string {
	if !errors.Is(err, errNoDate) && !errors.Is(err, errNoTime) {
		return err.Error()
	}
	if !strings.ContainsFunc(v, unicode.IsDigit) {
		return err.Error() + "; where it means that nothing is known, name it in blank_words under [intake] in the configuration"
	}
	not, _, _ := strings.Cut(err.Error(), ":") // "is not a date"
	day, rest, _ := strings.Cut(strings.TrimSpace(v), " ")
	if at := strings.IndexAny(day, "Tt"); at == 10 {
		day, rest = day[:at], day[at+1:]
	}
	for _, order := range []struct {
		sign    string
		d, m, y int
	}{{"/", 0, 1, 2}, {"-", 2, 1, 0}} {
		parts := strings.Split(day, order.sign)
		if len(parts) != 3 {
			continue
		}
		var n [3]int
		for i, p := range parts {
			x, notNumber := strconv.Atoi(p)
			if notNumber != nil {
				return err.Error()
			}
			n[i] = x
		}
		d, m, y := n[order.d], n[order.m], n[order.y]
		if len(parts[order.y]) != 4 || y < 1900 {
			continue
		}
		if m < 1 || m > 12 {
			return fmt.Sprintf("%s: there is no month %d; where the month comes first, say so in the map of the source (dates = [\"m/d/yyyy\"])", not, m)
		}
		if _, ok := NewDate(y, time.Month(m), d); !ok {
			return fmt.Sprintf("%s: %s %d has no day %d", not, time.Month(m), y, d)
		}
		if len(parts[order.d]) == 1 || len(parts[order.m]) == 1 {
			with := fmt.Sprintf("%02d/%02d/%04d", d, m, y)
			if order.sign == "-" {
				with = fmt.Sprintf("%04d-%02d-%02d", y, m, d)
			}
			return not + " without its leading zeros: write " + with + ", or name how the source writes dates in its map (dates = [\"d/m/yyyy hh:mm\"])"
		}
	}
	h, mi, ok := strings.Cut(rest, ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(mi[:min(2, len(mi))])
	switch {
	case !ok || err1 != nil || err2 != nil:
	case hour > 23:
		return fmt.Sprintf("%s: there is no hour %d, they run from 00 to 23", not, hour)
	case minute > 59:
		return fmt.Sprintf("%s: there is no minute %d", not, minute)
	}
	return err.Error()
}

// UnknownDate says that a cell is the word for a date nobody knows: blank might have been forgotten (INTERFACES, dob).
func UnknownDate(s string) bool {
	f := Fold(s)
	return f == "unknown" || f == "not known"
}

// parseDay reads 2006-01-02, 02/01/2006 or 2 January 2006.
func parseDay(s string) (Date, error) {
	d, rest, err := sourceDay(s)
	if err == nil && rest != "" {
		return 0, errNoDate
	}
	return d, err
}

// sourceDay reads the day at the beginning of a text; rest is what stands behind it.
func sourceDay(s string) (d Date, rest string, err error) {
	if len(s) >= 10 {
		if d, err := numericDay(s[:10]); err == nil {
			return d, s[10:], nil
		}
	}
	return writtenDay(s)
}

// numericDay reads 2006-01-02 or 02/01/2006.
func numericDay(s string) (Date, error) {
	num := func(i, n int) int {
		v := 0
		for _, c := range []byte(s[i : i+n]) {
			if c < '0' || c > '9' {
				return -1 << 20
			}
			v = v*10 + int(c-'0')
		}
		return v
	}
	// A year before 1900 is a slip of the pen, and the zone's rules of those years are not what a clock showed.
	if len(s) == 10 {
		switch {
		case s[4] == '-' && s[7] == '-':
			if d, ok := NewDate(num(0, 4), time.Month(num(5, 2)), num(8, 2)); ok && d >= 19000101 {
				return d, nil
			}
		case s[2] == '/' && s[5] == '/':
			if d, ok := NewDate(num(6, 4), time.Month(num(3, 2)), num(0, 2)); ok && d >= 19000101 {
				return d, nil
			}
		}
	}
	return 0, errNoDate
}

// clockAndOffset splits "15:04", "15:04:05", "15:04Z", "15:04:05+01:00".
func clockAndOffset(s string) (h, mi, sec int, offset string, ok bool) {
	two := func(i int) (int, bool) {
		if len(s) < i+2 || s[i] < '0' || s[i] > '9' || s[i+1] < '0' || s[i+1] > '9' {
			return 0, false
		}
		return int(s[i]-'0')*10 + int(s[i+1]-'0'), true
	}
	h, ok1 := two(0)
	mi, ok2 := two(3)
	if !ok1 || !ok2 || s[2] != ':' || h > 23 || mi > 59 {
		return
	}
	rest := s[5:]
	if len(rest) >= 3 && rest[0] == ':' {
		if sec, ok = two(6); !ok || sec > 59 {
			return h, mi, sec, "", false
		}
		rest = rest[3:]
		// Fractions of a second are what some systems print; a minute is what we count in.
		if len(rest) > 1 && rest[0] == '.' {
			i := 1
			for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
				i++
			}
			rest = rest[i:]
		}
	}
	return h, mi, sec, rest, true
}

// offsetSeconds reads Z, +01:00 or +0100.
func offsetSeconds(s string) (int, bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	for _, layout := range []string{"-07:00", "-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			_, off := t.Zone()
			return off, true
		}
	}
	return 0, false
}
