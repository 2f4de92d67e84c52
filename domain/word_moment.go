package domain

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

// london is the zone every date and clock time on a screen or in a file is in (DOMAIN §3). The program embeds the zone
// data, so that a failure here means a binary that was built wrong.
var london = sync.OnceValue(func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("homeward was built without time zone data: " + err.Error())
	}
	return l
})

// London is the Europe/London zone.
func London() *time.Location { return london() }

// Moment is when something happened, in whole seconds, with its precision: to the minute, or the date alone. A date-only
// Moment stands at the start of its local day, the earliest it can have been (DOMAIN §3). The zero Moment means "not recorded".
//
// It is a number so that it costs nothing to store and compares with ==: Unix seconds doubled, plus one for date-only.
type Moment int64

// At makes a Moment of a time, to the second. A zero time gives the zero Moment.
func At(t time.Time) Moment {
	if t.IsZero() {
		return 0
	}
	return Moment(t.Unix() << 1)
}

// OnDate makes a date-only Moment.
func OnDate(d Date) Moment {
	if d == 0 {
		return 0
	}
	return Moment(d.Start().Unix()<<1 | 1)
}

// IsZero says that nothing was recorded.
func (m Moment) IsZero() bool { return m == 0 }

// DateOnly says that the source gave a date without a time.
func (m Moment) DateOnly() bool { return m&1 == 1 }

// Unix seconds.
func (m Moment) Unix() int64 { return int64(m) >> 1 }

// Time in UTC; the zero Moment gives the zero time.
func (m Moment) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.Unix(m.Unix(), 0).UTC()
}

// Local is the time in Europe/London.
func (m Moment) Local() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.Unix(m.Unix(), 0).In(london())
}

// Date is the local day it falls on (an episode that ends at 00:30 BST on 1 April belongs to 1 April).
func (m Moment) Date() Date {
	if m == 0 {
		return 0
	}
	return DateOf(m.Time())
}

// Before compares two recorded Moments with the care their precision allows: where either is date-only the dates are
// compared (INTERFACES, referral CSV). Neither may be zero.
func (m Moment) Before(n Moment) bool {
	if m.DateOnly() || n.DateOnly() {
		return m.Date() < n.Date()
	}
	return m.Unix() < n.Unix()
}

// String is how people here read it: "Sun 22 Nov 2026 14:10", or the date alone.
func (m Moment) String() string {
	switch {
	case m == 0:
		return ""
	case m.DateOnly():
		return m.Local().Format("Mon 2 Jan 2006")
	}
	return m.Local().Format("Mon 2 Jan 2006 15:04")
}

// RFC3339 with Europe/London's offset, as the interfaces print it; "" for zero.
func (m Moment) RFC3339() string {
	if m == 0 {
		return ""
	}
	return m.Local().Format(time.RFC3339)
}

// Canonical is the form in which a column keeps a Moment: RFC 3339, or the date alone; "" for zero. It reads back to
// the same Moment.
func (m Moment) Canonical() string {
	if m.DateOnly() {
		return m.Date().String()
	}
	return m.RFC3339()
}

// MarshalJSON writes the canonical form, or null.
func (m Moment) MarshalJSON() ([]byte, error) {
	if m == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(m.Canonical())
}

// UnmarshalJSON reads null, an RFC 3339 time or a date.
func (m *Moment) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("a time is written 2006-01-02T15:04:05+01:00")
	}
	if s == nil {
		*m = 0
		return nil
	}
	if d, ok := ParseDate(*s); ok {
		*m = OnDate(d)
		return nil
	}
	t, err := time.Parse(time.RFC3339, *s)
	if err != nil {
		return fmt.Errorf("%q is not a time like 2006-01-02T15:04:05+01:00", *s)
	}
	*m = At(t)
	return nil
}

// Date is a local calendar day, kept as the number 20061231. Zero means none.
type Date int32

// NewDate makes a date; it refuses days that do not exist.
func NewDate(y int, mo time.Month, d int) (Date, bool) {
	t := time.Date(y, mo, d, 0, 0, 0, 0, time.UTC)
	if y < 1 || y > 9999 || t.Year() != y || t.Month() != mo || t.Day() != d {
		return 0, false
	}
	return Date(y*10000 + int(mo)*100 + d), true
}

// ParseDate reads 2006-01-02.
func ParseDate(s string) (Date, bool) {
	if len(s) != 10 {
		return 0, false
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, false
	}
	return NewDate(t.Date())
}

// DateOf is the local day of a time.
func DateOf(t time.Time) Date {
	y, m, d := t.In(london()).Date()
	return Date(y*10000 + int(m)*100 + d)
}

// Parts of the date.
func (d Date) Parts() (int, time.Month, int) {
	return int(d) / 10000, time.Month(int(d) / 100 % 100), int(d) % 100
}

// Start is local midnight, when the day begins.
func (d Date) Start() time.Time {
	y, m, day := d.Parts()
	t, _ := Wall(y, m, day, 0, 0, 0)
	return t
}

// Days after (or before) this one, by the calendar.
func (d Date) Days(n int) Date {
	y, m, day := d.Parts()
	y, m, day = time.Date(y, m, day+n, 0, 0, 0, 0, time.UTC).Date()
	return Date(y*10000 + int(m)*100 + day)
}

// Weekday of the date.
func (d Date) Weekday() time.Weekday {
	y, m, day := d.Parts()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Weekday()
}

// String is 2006-01-02; "" for none.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Parts()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), day)
}

// MarshalJSON writes 2006-01-02, or null.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == 0 {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads null or 2006-01-02.
func (d *Date) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("a date is written 2006-01-02")
	}
	if s == nil || *s == "" {
		*d = 0
		return nil
	}
	v, ok := ParseDate(*s)
	if !ok {
		return fmt.Errorf("%q is not a date like 2006-01-02", *s)
	}
	*d = v
	return nil
}

// WallKind says how a clock time stands to the two clock changes of the year.
type WallKind int

// A clock time happens once, twice (the hour that comes again in October) or never (the one skipped in March).
const (
	WallOnce WallKind = iota
	WallTwice
	WallSkipped
)

// Wall finds the instant of a local clock time. One that comes twice gives the first; one that is skipped gives the
// instant an hour later by the clock (DOMAIN §3's rule for days).
func Wall(y int, mo time.Month, d, h, mi, s int) (time.Time, WallKind) {
	winter := time.Date(y, mo, d, h, mi, s, 0, time.UTC)
	summer := winter.Add(-time.Hour)
	_, offWinter := winter.In(london()).Zone()
	_, offSummer := summer.In(london()).Zone()
	w, b := offWinter == 0, offSummer == 3600
	if y <= lastDoubleSummer && !w {
		double := summer.Add(-time.Hour)
		switch _, off := double.In(london()).Zone(); {
		case off == 7200 && b:
			return double, WallTwice
		case off == 7200:
			return double, WallOnce
		case offWinter == 7200 && !b:
			return summer, WallSkipped
		}
	}
	switch {
	case w && b:
		return summer, WallTwice
	case w:
		return winter, WallOnce
	case b:
		return summer, WallOnce
	}
	return winter, WallSkipped
}

// lastDoubleSummer is the last year in which the clocks went forward by two hours: a date is accepted from 1900 on, and
// the one that a slip of the pen puts into the forties has a clock time, too.
const lastDoubleSummer = 1947

// WallSecond is the second of the two instants of a clock time that comes twice.
func WallSecond(first time.Time) time.Time { return first.Add(time.Hour) }

// AddDays moves by local calendar days at the same clock time.
func AddDays(t time.Time, n int) time.Time {
	l := t.In(london())
	y, m, d := DateOf(t).Days(n).Parts()
	r, _ := Wall(y, m, d, l.Hour(), l.Minute(), l.Second())
	return r
}
