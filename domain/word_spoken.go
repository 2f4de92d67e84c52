package domain

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// How people say days and times, on every form and in an interview's plan. There is one reader for all: what is not understood
// is refused, and so is what could mean two things, with the way to say it.

// Side is on which side of now a day or time is wanted.
type Side int

// The sides.
const (
	Past Side = iota
	Future
)

// Spoken is a day or a time as somebody said it.
type Spoken struct {
	Day   Date
	At    Moment // zero where the day alone was said
	clock bool
}

var (
	errSpokenTime = errors.New("is not a time: write 15:30, 3pm, tomorrow 10:00, Thu 10, 4 Dec 9:30 or in 2 h")
	errSpokenDay  = errors.New("is not a day: write Fri, tomorrow, 4 Dec, 24/11 or +7")
)

// ReadTime reads a time: "now", "15:30", "3pm", "noon", "half 3", "tomorrow 10:00", "Thu 10", "4 Dec 9:30", "24/11/2026 10:00",
// "2026-11-24 10:00", "in 2 h", "+2h", "20 min ago", "-20" (minutes). Without a day it is the next to come or the last gone.
func ReadTime(text string, now time.Time, side Side) (Moment, error) {
	s, err := readSpoken(text, now, side)
	switch {
	case err != nil:
		return 0, err
	case !s.clock:
		return 0, fmt.Errorf("says no time of day: write %s 10:00, or another time", strings.TrimSpace(text))
	}
	return s.At, side.check(s, now)
}

// ReadDay reads a day alone: "Fri", "tomorrow", "4 Dec", "24/11", "2026-11-24", "+7", "in 3 days".
func ReadDay(text string, now time.Time, side Side) (Date, error) {
	s, err := readSpoken(text, now, side)
	switch {
	case errors.Is(err, errSpokenTime) || err == nil && s.clock:
		return 0, errSpokenDay
	case err != nil:
		return 0, err
	}
	return s.Day, side.check(s, now)
}

// ReadSpoken reads a day alone or a time.
func ReadSpoken(text string, now time.Time, side Side) (Spoken, error) {
	s, err := readSpoken(text, now, side)
	if err != nil {
		return Spoken{}, err
	}
	return s, side.check(s, now)
}

// ReadDue reads when something is to be done by: a day, which means the end of its working day, or a time.
func ReadDue(text string, now time.Time) (Moment, error) {
	s, err := ReadSpoken(text, now, Future)
	if err != nil {
		return 0, err
	}
	m := s.due()
	if m.Unix() <= now.Unix() {
		return 0, fmt.Errorf("is past (%s): a time to come is wanted", SayMoment(m, now))
	}
	return m, nil
}

// due is the time, or the end of the working day.
func (s Spoken) due() Moment {
	if s.clock {
		return s.At
	}
	return closeOf(s.Day)
}

// closeOf is when something is due that is due on a day: five in the afternoon, London time.
func closeOf(d Date) Moment {
	y, m, day := d.Parts()
	t, _ := Wall(y, m, day, 17, 0, 0)
	return At(t)
}

// Dated is what a plan keeps of a day or a time that was said: the day or time itself, which means the same whenever it is read.
func Dated(text string, now time.Time) (string, error) {
	s, err := ReadSpoken(text, now, Future)
	switch {
	case err != nil:
		return "", err
	case s.clock:
		return s.At.Local().Format("2006-01-02 15:04"), nil
	}
	return s.Day.String(), nil
}

// check refuses what is on the other side of now. A day alone that is today is on both.
func (side Side) check(s Spoken, now time.Time) error {
	today := DateOf(now)
	ahead, behind := s.Day > today, s.Day < today
	if s.clock {
		ahead, behind = s.At.Unix() > now.Unix(), s.At.Unix() < now.Unix()-59 // of this minute is now
	}
	switch {
	case side == Future && behind:
		return fmt.Errorf("is past (%s): a time to come is wanted", SayWhen(s, now))
	case side == Past && ahead:
		return fmt.Errorf("is in the future (%s): when it was is wanted", SayWhen(s, now))
	}
	return nil
}

// SayWhen says how a day or time was understood: "Wed 2 Dec 2026, in 3 days".
func SayWhen(s Spoken, now time.Time) string {
	if !s.clock {
		return OnDate(s.Day).String() + ", " + sayDistance(s.Day, DateOf(now))
	}
	out := s.At.String() + ", "
	if s.Day != DateOf(now) {
		return out + sayDistance(s.Day, DateOf(now))
	}
	switch min := (s.At.Unix() - now.Unix()) / 60; {
	case min == 0:
		return out + "now"
	case min > 0:
		return out + "today, in " + sayMinutes(min)
	default:
		return out + "today, " + sayMinutes(-min) + " ago"
	}
}

// SayMoment is [SayWhen] of a moment that is known.
func SayMoment(m Moment, now time.Time) string {
	return SayWhen(Spoken{Day: m.Date(), At: m, clock: !m.DateOnly()}, now)
}

func sayMinutes(n int64) string {
	switch h := n / 60; {
	case h == 0:
		return fmt.Sprintf("%d min", n)
	case n%60 == 0:
		return fmt.Sprintf("%d h", h)
	default:
		return fmt.Sprintf("%d h %d min", h, n%60)
	}
}

func sayDistance(d, today Date) string {
	switch n := int((d.noon() - today.noon()) / 86400); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n == -1:
		return "yesterday"
	case n > 0:
		return fmt.Sprintf("in %d days", n)
	case n < -730:
		return fmt.Sprintf("%d years ago", -n*100/36525)
	default:
		return fmt.Sprintf("%d days ago", -n)
	}
}

// noon is the middle of a day as if there were no zone, for counting days.
func (d Date) noon() int64 {
	y, m, day := d.Parts()
	return time.Date(y, m, day, 12, 0, 0, 0, time.UTC).Unix()
}

// Written is a moment as a form shows it, and reads it again as the same: the seconds of a time go.
func Written(m Moment) string {
	if m.DateOnly() {
		return m.Local().Format("2 Jan 2006")
	}
	return m.Local().Format("2 Jan 2006 15:04")
}
