package desk

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/widgets"
)

// Days and times are read by the domain's one reader ([domain.ReadTime]). What stands here makes fields of it: a field says
// how it understood what is typed, up and down change the day, and what was understood stays, however long the form is open.

// sideOf is the side of now that a time is wanted on.
func sideOf(past bool) domain.Side {
	if past {
		return domain.Past
	}
	return domain.Future
}

// TimeField makes a field one of a time that was, or of one to come.
func TimeField(f widgets.Field, now func() time.Time, past bool) widgets.Field {
	return spoken(f, now, func(v string) (domain.Moment, error) { return ParseWhen(v, now(), past) })
}

// DayField makes a field one of a day to come.
func DayField(f widgets.Field, now func() time.Time) widgets.Field {
	return spoken(f, now, func(v string) (domain.Moment, error) {
		d, err := ParseDay(v, now())
		return domain.OnDate(d), err
	})
}

// DueField makes a field one of when something is to be done by.
func DueField(f widgets.Field, now func() time.Time) widgets.Field {
	return spoken(f, now, func(v string) (domain.Moment, error) { return ParseDue(v, now()) })
}

// PastField makes a field one of a time that was, or of a day alone where no more is known.
func PastField(f widgets.Field, now func() time.Time) widgets.Field {
	return spoken(f, now, func(v string) (domain.Moment, error) { return ParsePast(v, now()) })
}

// BornField makes a field one of a date of birth, or of the word that it is not known. What it keeps is for [WrittenBorn].
func BornField(f widgets.Field, now func() time.Time) widgets.Field {
	f.Hint = "14/3/2011, 14 Mar 2011 or unknown"
	f = spoken(f, now, func(v string) (domain.Moment, error) {
		d, err := ParseBorn(v, now())
		return domain.OnDate(d), err
	})
	check, reads, fix := f.Check, f.Reads, f.Fix
	f.Check = func(v string) error {
		if domain.UnknownDate(v) {
			return nil
		}
		return check(v)
	}
	f.Reads = func(v string) string {
		if domain.UnknownDate(v) {
			return "date of birth not known"
		}
		return reads(v)
	}
	f.Fix = func(v string) string {
		if domain.UnknownDate(v) {
			return v
		}
		return fix(v)
	}
	return f
}

func spoken(f widgets.Field, now func() time.Time, read func(string) (domain.Moment, error)) widgets.Field {
	f.Check = func(v string) error { _, err := read(v); return err }
	f.Reads = func(v string) string {
		m, err := read(v)
		if err != nil {
			return ""
		}
		return domain.SayMoment(m, now())
	}
	f.Fix = func(v string) string {
		m, err := read(v)
		if err != nil {
			return ""
		}
		return domain.Written(m)
	}
	f.Step = func(v string, days int) string {
		m, err := read(v)
		if err != nil {
			return ""
		}
		if m.DateOnly() {
			return domain.Written(domain.OnDate(m.Date().Days(days)))
		}
		return domain.Written(domain.At(domain.AddDays(m.Time(), days)))
	}
	return f
}

// farDays is from when on a booking is so far away that its date may be a slip.
const farDays = 60

// FarAway asks about a booking that is more than sixty days away.
func FarAway(now func() time.Time) func(string) string {
	return func(v string) string {
		m, err := ParseWhen(v, now(), false)
		if today := domain.DateOf(now()); err != nil || m.Date() <= today.Days(farDays) {
			return ""
		}
		_, away, _ := strings.Cut(domain.SayMoment(m, now()), ", ")
		return strings.TrimSpace(away) + ": is that the day?"
	}
}

// ParseWhen reads a time on one side of now.
func ParseWhen(text string, now time.Time, past bool) (domain.Moment, error) {
	return domain.ReadTime(text, now, sideOf(past))
}

// ParseDay reads a day to come.
func ParseDay(text string, now time.Time) (domain.Date, error) {
	return domain.ReadDay(text, now, domain.Future)
}

// ParseDue reads when something is to be done by: a day, which means the end of its working day, or a time.
func ParseDue(text string, now time.Time) (domain.Moment, error) { return domain.ReadDue(text, now) }

// ParsePast reads a time that was, or the day alone.
func ParsePast(text string, now time.Time) (domain.Moment, error) {
	s, err := domain.ReadSpoken(text, now, domain.Past)
	switch {
	case err != nil:
		return 0, err
	case s.At.IsZero():
		return domain.OnDate(s.Day), nil
	}
	return s.At, nil
}

// fourDigits is a year written out, the last two of three parts one by itself.
var fourDigits = regexp.MustCompile(`\b\d{4}\b|[/-]\d+[/-]`)

// ParseBorn reads a date of birth: a day that was, with its year.
func ParseBorn(text string, now time.Time) (domain.Date, error) {
	d, err := domain.ReadDay(text, now, domain.Past)
	if err != nil || !fourDigits.MatchString(text) {
		return 0, errors.New("a date of birth with its year, like 14/3/2011 or 14 Mar 2011")
	}
	return d, nil
}

// WrittenBorn is a date of birth as an act has it: the date where one can be read, else what was typed, which is the word
// unknown or is refused.
func WrittenBorn(text string, now time.Time) string {
	if d, err := ParseBorn(text, now); err == nil {
		return d.String()
	}
	return text
}

// CheckWhen is ParseWhen as the check of a field.
func CheckWhen(now func() time.Time, past bool) func(string) error {
	return TimeField(widgets.Field{}, now, past).Check
}

// ReadsWhen says beside a field how a time is understood.
func ReadsWhen(now func() time.Time, past bool) func(string) string {
	return TimeField(widgets.Field{}, now, past).Reads
}

// CheckDue is ParseDue as the check of a field.
func CheckDue(now func() time.Time) func(string) error { return DueField(widgets.Field{}, now).Check }

// ReadsDue says beside a field how a due time is understood.
func ReadsDue(now func() time.Time) func(string) string { return DueField(widgets.Field{}, now).Reads }
