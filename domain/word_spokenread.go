package domain

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// How a text is read as a day or a time: by date, weekday, clock and distance.

var (
	spokenDate  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?$`)
	spokenClock = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?$`)
	spokenPart  = regexp.MustCompile(`^(half|quarter|\d{1,2}) (past|to) (\d{1,2})(am|pm)?$`)
	spokenSpan  = regexp.MustCompile(`^(?:in )?(\d{1,4}|an?|half an) ?(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)( ago)?$`)
	spokenSign  = regexp.MustCompile(`^([+-])(\d{1,5}) ?(m|min|h|d|w)?$`)
)

func readSpoken(text string, now time.Time, side Side) (Spoken, error) {
	s := strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(text), ",", " ")), " ")
	s = strings.NewReplacer(" am", "am", " pm", "pm", " a.m.", "am", " p.m.", "pm", "a.m.", "am", "p.m.", "pm", " at ", " ", " o'clock", "", "half past", "half").Replace(s)
	today := DateOf(now)
	switch {
	case s == "":
		return Spoken{}, errSpokenTime
	case s == "now":
		return atTime(At(now)), nil
	}
	if out, ok := spokenOf(s, now, side); ok {
		return out, nil
	}
	if d, ok, err := dayOf(s, today, side); ok || err != nil {
		return Spoken{Day: d}, err
	}
	if c, ok := clockOf(s); ok {
		return c.on(0, now, side)
	}
	// A day and a time of it, either first: every place where the text can be parted is tried.
	for i := len(s) - 1; i > 0; i-- {
		if s[i] != ' ' && s[i] != 't' {
			continue
		}
		a, b := strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1:])
		if s[i] == 't' && (b == "" || b[0] < '0' || b[0] > '9') {
			continue
		}
		for _, x := range [][2]string{{a, b}, {b, a}} {
			c, ok := clockOf(x[1])
			if !ok {
				continue
			}
			if d, ok, err := dayOf(x[0], today, side); err != nil {
				return Spoken{}, err
			} else if ok {
				return c.on(d, now, side)
			}
		}
	}
	return Spoken{}, errSpokenTime
}

func atTime(m Moment) Spoken { return Spoken{Day: m.Date(), At: m, clock: true} }

// spokenOf reads a distance from now: "in 2 h", "+2h", "20 min ago"; days and weeks are a day, "+7" is days and "-20" minutes.
func spokenOf(s string, now time.Time, side Side) (Spoken, bool) {
	var n, sign int
	var unit string
	if m := spokenSign.FindStringSubmatch(s); m != nil {
		n, _ = strconv.Atoi(m[2])
		if sign, unit = 1, m[3]; m[1] == "-" {
			sign = -1
		}
		if unit == "" {
			if unit = "d"; sign < 0 {
				unit = "m"
			}
		}
	} else if m := spokenSpan.FindStringSubmatch(s); m != nil {
		switch m[1] {
		case "a", "an":
			n = 1
		case "half an":
			if m[2][0] != 'h' {
				return Spoken{}, false
			}
			n, m[2] = 30, "m"
		default:
			n, _ = strconv.Atoi(m[1])
		}
		if sign, unit = 1, m[2]; m[3] != "" {
			sign = -1
		} else if !strings.HasPrefix(s, "in ") {
			return Spoken{}, false // "2 h" may be meant either way
		}
	} else {
		return Spoken{}, false
	}
	if n > 10000 {
		return Spoken{}, false
	}
	n *= sign
	switch unit[0] {
	case 'd':
		return Spoken{Day: DateOf(now).Days(n)}, true
	case 'w':
		return Spoken{Day: DateOf(now).Days(7 * n)}, true
	case 'h':
		return atTime(At(now.Add(time.Duration(n) * time.Hour))), true
	}
	return atTime(At(now.Add(time.Duration(n) * time.Minute))), true
}

// spokenTime is a time of day as it was said; half says that it may be in the morning or the afternoon.
type spokenTime struct {
	h, mi int
	half  bool
	said  string
}

// clockOf reads a time of day: 15:30, 15.30, 1530, 930, 9, 3pm, 3.30pm, noon, half 3, quarter past 3, 10 to 4.
func clockOf(s string) (spokenTime, bool) {
	c := spokenTime{said: s}
	switch s {
	case "noon", "midday":
		c.h = 12
		return c, true
	}
	if rest, ok := strings.CutPrefix(s, "half "); ok {
		s = "half past " + strings.TrimPrefix(rest, "past ")
	}
	pm := ""
	if m := spokenPart.FindStringSubmatch(s); m != nil {
		c.h, _ = strconv.Atoi(m[3])
		c.mi = map[string]int{"half": 30, "quarter": 15}[m[1]]
		if c.mi == 0 {
			c.mi, _ = strconv.Atoi(m[1])
		}
		pm = m[4]
		if c.mi > 30 || c.h < 1 || c.h > 23 || c.h > 12 && pm != "" {
			return c, false
		}
		c.half = pm == "" && c.h <= 12
		if m[2] == "to" {
			c.h, c.mi = c.h-1, 60-c.mi
		}
		if c.half || pm != "" {
			c.h %= 12
		}
	} else {
		if (len(s) == 3 || len(s) == 4) && strings.Trim(s, "0123456789") == "" {
			s = s[:len(s)-2] + ":" + s[len(s)-2:]
		}
		m := spokenClock.FindStringSubmatch(strings.TrimSuffix(s, "h"))
		if m == nil {
			return c, false
		}
		c.h, _ = strconv.Atoi(m[1])
		c.mi, _ = strconv.Atoi(m[2])
		pm = m[3]
		if c.h > 23 || c.mi > 59 || pm != "" && (c.h < 1 || c.h > 12) {
			return c, false
		}
		if pm != "" {
			c.h %= 12
		}
		c.half = pm == "" && m[2] == "" && len(m[1]) == 1 && c.h >= 1 && c.h <= 6
	}
	if pm == "pm" {
		c.h += 12
	}
	return c, true
}

// on gives a time of day its day; zero is the next to come or the last gone. One that may be in the morning or the afternoon
// is the one of the two that is on the side wanted; where both are, that in working hours of what is to come, and none of
// what was.
func (c spokenTime) on(d Date, now time.Time, side Side) (Spoken, error) {
	if !c.half {
		m, err := c.at(d, now, side)
		return atTime(m), err
	}
	early, late := c, c
	early.half, late.half, late.h = false, false, c.h+12
	a, errA := early.at(d, now, side)
	b, errB := late.at(d, now, side)
	switch {
	case errA != nil || errB != nil:
		return Spoken{}, errors.Join(errA, errB)
	case side == Future && (c.h < 7):
		return atTime(b), nil
	case side == Future:
		return atTime(a), nil
	case d != 0 && side.check(atTime(b), now) != nil:
		return atTime(a), nil
	}
	return Spoken{}, fmt.Errorf("may be in the morning or the afternoon: write %02d:%02d or %02d:%02d", early.h, early.mi, late.h, late.mi)
}

func (c spokenTime) at(d Date, now time.Time, side Side) (Moment, error) {
	today := DateOf(now)
	day := d
	if d == 0 {
		day = today
	}
	m, err := c.wall(day)
	if d != 0 || err != nil {
		return m, err
	}
	switch {
	case side == Future && m.Unix() < now.Unix():
		return c.wall(today.Days(1))
	case side == Past && m.Unix() > now.Unix():
		return c.wall(today.Days(-1))
	}
	return m, nil
}

func (c spokenTime) wall(d Date) (Moment, error) {
	y, mo, day := d.Parts()
	t, kind := Wall(y, mo, day, c.h, c.mi, 0)
	if kind == WallSkipped {
		return 0, fmt.Errorf("%02d:%02d does not exist on that day: the clocks go forward over it", c.h, c.mi)
	}
	return At(t), nil
}

// dayOf reads a day. Without a year it is the nearest one, and an error where that is on the other side than wanted: a day
// that is past does not become next year's.
func dayOf(s string, today Date, side Side) (Date, bool, error) {
	switch s {
	case "today":
		return today, true, nil
	case "tomorrow", "tom", "tmrw":
		return today.Days(1), true, nil
	case "yesterday":
		return today.Days(-1), true, nil
	}
	if d, ok := ParseDate(s); ok {
		return d, true, nil
	}
	if m := spokenSign.FindStringSubmatch(s); m != nil && m[1] == "+" && m[3] == "" {
		n, _ := strconv.Atoi(m[2])
		return today.Days(min(n, 10000)), true, nil
	}
	if m := spokenDate.FindStringSubmatch(s); m != nil {
		day, _ := strconv.Atoi(m[1])
		mo, _ := strconv.Atoi(m[2])
		return dated(m[3], time.Month(mo), day, today, side)
	}
	words := strings.Fields(s)
	if len(words) == 0 {
		return 0, false, nil
	}
	if wd, ok := weekdayOf(words[0]); ok {
		if len(words) == 1 {
			return nextWeekday(wd, today, side), true, nil
		}
		d, ok, err := dayOf(strings.Join(words[1:], " "), today, side)
		if ok && err == nil && d.Weekday() != wd {
			return 0, false, fmt.Errorf("%s is a %s: write the day or the date alone", OnDate(d).Local().Format("2 Jan 2006"), d.Weekday())
		}
		return d, ok, err
	}
	if wd := strings.TrimPrefix(s, "next "); wd != s {
		if w, ok := weekdayOf(wd); ok {
			d := nextWeekday(w, today, Future)
			return 0, false, fmt.Errorf("may be either: write %s or %s", OnDate(d).Local().Format("2 Jan"), OnDate(d.Days(7)).Local().Format("2 Jan"))
		}
	}
	if len(words) < 2 || len(words) > 3 {
		return 0, false, nil
	}
	if _, ok := monthOf(words[0]); ok {
		words[0], words[1] = words[1], words[0]
	}
	mo, ok := monthOf(words[1])
	day, err := strconv.Atoi(strings.TrimRight(words[0], "stndrh"))
	if !ok || err != nil || day < 1 || len(words) == 3 && len(words[2]) != 4 {
		return 0, false, nil
	}
	year := ""
	if len(words) == 3 {
		if year = words[2]; strings.Trim(year, "0123456789") != "" {
			return 0, false, nil
		}
	}
	return dated(year, mo, day, today, side)
}

// mostAgo is how far behind a day without a year may be before the same day to come is what was meant.
const mostAgo = 330

func dated(year string, mo time.Month, day int, today Date, side Side) (Date, bool, error) {
	y, _, _ := today.Parts()
	if year != "" {
		n, _ := strconv.Atoi(year)
		if len(year) == 2 {
			n += 2000
		}
		d, ok := NewDate(n, mo, day)
		if !ok {
			return 0, false, errors.New("is a day that does not exist")
		}
		return d, true, nil
	}
	var was, will Date // the last one gone and the next to come, today among both
	for n := y - 8; n <= y+8; n++ {
		switch d, ok := NewDate(n, mo, day); {
		case ok && d <= today:
			was = d
			if d == today {
				will = d
			}
		case ok && will == 0:
			will = d
		}
	}
	if was == 0 || will == 0 {
		return 0, false, errors.New("is a day that does not exist")
	}
	ago, ahead := (today.noon()-was.noon())/86400, (will.noon()-today.noon())/86400
	switch {
	case side == Future && ago < ahead:
		return 0, false, fmt.Errorf("is past (%s): for next year's write %s", SayWhen(Spoken{Day: was}, today.Start()), OnDate(will).Local().Format("2/1/2006"))
	case side == Past && ago > mostAgo:
		return 0, false, fmt.Errorf("is in the future (%s): for last year's write %s", SayWhen(Spoken{Day: will}, today.Start()), OnDate(was).Local().Format("2/1/2006"))
	case side == Future:
		return will, true, nil
	}
	return was, true, nil
}

func weekdayOf(s string) (time.Weekday, bool) {
	if len(s) < 3 {
		return 0, false
	}
	for w := time.Sunday; w <= time.Saturday; w++ {
		if strings.HasPrefix(strings.ToLower(w.String()), strings.Replace(s, "weds", "wed", 1)) {
			return w, true
		}
	}
	return 0, false
}

func monthOf(s string) (time.Month, bool) {
	if len(s) < 3 {
		return 0, false
	}
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), s) || s == "sept" && m == time.September {
			return m, true
		}
	}
	return 0, false
}

// nextWeekday is the next such day after today, or the last one, today among them.
func nextWeekday(w time.Weekday, today Date, side Side) Date {
	d := today
	if side == Future {
		d = d.Days(1)
	}
	for d.Weekday() != w {
		if side == Future {
			d = d.Days(1)
		} else {
			d = d.Days(-1)
		}
	}
	return d
}
