package audit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return []string{"by", "act", "child", "since", "until", "undo"} }

// filterHint is what may be typed, said while nothing is.
const filterHint = "by:dee act:referral child:K1007 since:2026-11-01 until:yesterday undo:yes, or words"

// parse reads a filter; what cannot be read is told and left out.
func parse(text string, s *domain.Settings, now time.Time) (f view.AuditFilter, problems []string) {
	for word := range strings.FieldsSeq(text) {
		name, value, field := strings.Cut(word, ":")
		name = strings.ToLower(name)
		switch {
		case field && value == "" && slices.Contains(filterFields(), name):
			continue // still being typed
		case !field:
			f.Words = append(f.Words, word)
			continue
		}
		ok := true
		switch name {
		case "by":
			f.By = login(s, value)
		case "act":
			f.Act = strings.ToLower(value)
		case "child":
			f.Child = value
		case "since":
			f.Since, ok = day(value, now)
		case "until":
			f.Until, ok = day(value, now)
		case "undo":
			f.Undo = strings.ToLower(value)
			if ok = f.Undo == "yes" || f.Undo == "no"; !ok {
				f.Undo = ""
				problems = append(problems, "undo: is yes or no")
				continue
			}
		default:
			problems = append(problems, fmt.Sprintf("%s: no such field; there are %s", name, strings.Join(filterFields(), ", ")))
			continue
		}
		if !ok {
			problems = append(problems, name+": is a day like 2026-11-22, today or yesterday")
		}
	}
	return f, problems
}

// login is whom a value names: a login as it stands, else the one person whose login or name begins so.
func login(s *domain.Settings, value string) string {
	var like []string
	for _, u := range s.Users {
		if u.Login == value {
			return value
		}
		if strings.HasPrefix(u.Login, strings.ToLower(value)) || strings.HasPrefix(domain.Fold(s.PersonName(u.Login)), domain.Fold(value)) {
			like = append(like, u.Login)
		}
	}
	if len(like) == 1 {
		return like[0]
	}
	return value
}

// day is the start of a day, or a moment, as `homeward audit list` takes it.
func day(s string, now time.Time) (time.Time, bool) {
	switch strings.ToLower(s) {
	case "today":
		return domain.DateOf(now).Start(), true
	case "yesterday":
		return domain.DateOf(now).Days(-1).Start(), true
	}
	if d, ok := domain.ParseDate(s); ok {
		return d.Start(), true
	}
	t, err := time.Parse(time.RFC3339, s)
	return t, err == nil
}
