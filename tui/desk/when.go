package desk

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"homeward/domain"
)

var errWhen = errors.New("a time like 15:30, tomorrow 10:00, Tue 10:00 or 24/11 10:00")

// ParseWhen reads a time as people type it: "now", "15:30" or "1530" (the next one to come, or with past the last one
// gone), "today 9:00", "tomorrow 10:00", "Tue 10:00", "24/11 10:00", "24/11/2026 10:00", "2026-11-24 10:00", "-20" minutes
// ago, "+2h". A clock time that does not exist is refused; one that comes twice is the first.
func ParseWhen(text string, now time.Time, past bool) (domain.Moment, error) {
	s := strings.ToLower(strings.TrimSpace(text))
	if s == "now" {
		return domain.At(now), nil
	}
	if m, ok := relative(s, now); ok {
		return m, nil
	}
	day, clock := "", s
	if i := strings.LastIndexAny(s, " t"); i >= 0 && i < len(s)-1 && s[i+1] >= '0' && s[i+1] <= '9' {
		day, clock = strings.TrimSpace(s[:i]), s[i+1:]
	}
	h, mi, ok := clockTime(clock)
	if !ok {
		return 0, errWhen
	}
	today := domain.DateOf(now)
	d, ok := dayWord(day, today, past)
	if !ok {
		return 0, errWhen
	}
	m, err := onDay(d, h, mi)
	if err != nil {
		return 0, err
	}
	if day == "" && !past && m.Unix() < now.Unix() {
		return onDay(today.Days(1), h, mi)
	}
	if day == "" && past && m.Unix() > now.Unix() {
		return onDay(today.Days(-1), h, mi)
	}
	return m, nil
}

func onDay(d domain.Date, h, mi int) (domain.Moment, error) {
	y, mo, dd := d.Parts()
	t, kind := domain.Wall(y, mo, dd, h, mi, 0)
	if kind == domain.WallSkipped {
		return 0, fmt.Errorf("%02d:%02d does not exist on that day: the clocks go forward over it", h, mi)
	}
	return domain.At(t), nil
}

// relative reads "-20" (minutes ago), "-2h", "+30", "+2h".
func relative(s string, now time.Time) (domain.Moment, bool) {
	if len(s) < 2 || s[0] != '-' && s[0] != '+' {
		return 0, false
	}
	unit := time.Minute
	num := strings.TrimSuffix(s[1:], "m")
	if strings.HasSuffix(num, "h") {
		unit, num = time.Hour, strings.TrimSuffix(num, "h")
	}
	n, err := strconv.Atoi(num)
	if err != nil || n < 0 || n > 10000 {
		return 0, false
	}
	if s[0] == '-' {
		n = -n
	}
	return domain.At(now.Add(time.Duration(n) * unit)), true
}

// clockTime reads 15:30, 15.30, 1530, 9:05 and 9.
func clockTime(s string) (h, mi int, ok bool) {
	s = strings.NewReplacer(".", ":", "h", ":").Replace(s)
	a, b, cut := strings.Cut(s, ":")
	if !cut && (len(s) == 3 || len(s) == 4) {
		a, b = s[:len(s)-2], s[len(s)-2:]
	}
	h, err := strconv.Atoi(a)
	if err != nil || h < 0 || h > 23 || len(a) > 2 {
		return 0, 0, false
	}
	if b == "" && !cut {
		return h, 0, true
	}
	mi, err = strconv.Atoi(b)
	return h, mi, err == nil && mi >= 0 && mi <= 59 && len(b) == 2
}

// dayWord reads the day before a clock time; without a year it is the nearest to today in the direction asked for.
func dayWord(s string, today domain.Date, past bool) (domain.Date, bool) {
	switch s {
	case "", "today":
		return today, true
	case "tomorrow", "tom":
		return today.Days(1), true
	case "yesterday":
		return today.Days(-1), true
	}
	if d, ok := domain.ParseDate(s); ok {
		return d, true
	}
	if len(s) >= 3 {
		for i := range 7 {
			n := i + 1
			if past {
				n = -i
			}
			d := today.Days(n)
			if name := strings.ToLower(d.Weekday().String()); strings.HasPrefix(name, s) {
				return d, true
			}
		}
	}
	parts := strings.Split(s, "/")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	day, err1 := strconv.Atoi(parts[0])
	mo, err2 := strconv.Atoi(parts[1])
	y, _, _ := today.Parts()
	if err1 != nil || err2 != nil {
		return 0, false
	}
	if len(parts) == 3 {
		yy, err := strconv.Atoi(parts[2])
		if err != nil {
			return 0, false
		}
		if yy < 100 {
			yy += 2000
		}
		return domain.NewDate(yy, time.Month(mo), day)
	}
	d, ok := domain.NewDate(y, time.Month(mo), day)
	switch {
	case ok && past && d > today:
		return domain.NewDate(y-1, time.Month(mo), day)
	case ok && !past && d < today:
		return domain.NewDate(y+1, time.Month(mo), day)
	}
	return d, ok
}

// CheckWhen is ParseWhen as the check of a field.
func CheckWhen(now func() time.Time, past bool) func(string) error {
	return func(v string) error {
		m, err := ParseWhen(v, now(), past)
		if err == nil && past && m.Unix() > now().Unix() {
			return errors.New("is in the future")
		}
		return err
	}
}

// ReadsWhen says beside a field how a time is understood.
func ReadsWhen(now func() time.Time, past bool) func(string) string {
	return func(v string) string {
		m, err := ParseWhen(v, now(), past)
		if err != nil {
			return ""
		}
		return m.Local().Format("Mon 2 Jan 15:04")
	}
}

// ParseDue reads when something is to be done by: a day as ParseDay reads it, which means the end of its working day, or a
// time as ParseWhen does.
func ParseDue(text string, now time.Time) (domain.Moment, error) {
	if d, err := ParseDay(text, now); err == nil {
		return onDay(d, endOfDay, 0)
	}
	m, err := ParseWhen(text, now, false)
	if err != nil {
		return 0, errors.New("a day or a time: Fri, +7, 24/11, Tue 10:00")
	}
	return m, nil
}

// endOfDay is the hour by which something due on a day is due.
const endOfDay = 17

// CheckDue is ParseDue as the check of a field.
func CheckDue(now func() time.Time) func(string) error {
	return func(v string) error {
		m, err := ParseDue(v, now())
		if err == nil && m.Unix() <= now().Unix() {
			return errors.New("is not after now")
		}
		return err
	}
}

// ReadsDue says beside a field how a due time is understood.
func ReadsDue(now func() time.Time) func(string) string {
	return func(v string) string {
		m, err := ParseDue(v, now())
		if err != nil {
			return ""
		}
		return m.Local().Format("Mon 2 Jan 15:04")
	}
}

// ParseDay reads a day alone: "24/11", "Tue", "2026-11-24", "+7".
func ParseDay(text string, now time.Time) (domain.Date, error) {
	s := strings.ToLower(strings.TrimSpace(text))
	today := domain.DateOf(now)
	if n, err := strconv.Atoi(strings.TrimPrefix(s, "+")); err == nil && strings.HasPrefix(s, "+") && n >= 0 && n < 1000 {
		return today.Days(n), nil
	}
	if s != "" {
		if d, ok := dayWord(s, today, false); ok {
			return d, nil
		}
	}
	return 0, errors.New("a day like 24/11, Tue, +7 or 2026-11-24")
}
