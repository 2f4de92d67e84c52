package domain

import (
	"slices"
	"strings"

	"homeward/domain/spell"
)

// meant are the people of the team whom a login or a name means: the login first, else everybody of that name.
func (s *Settings) meant(who string) []User {
	if u, ok := s.User(who); ok {
		return []User{u}
	}
	var out []User
	for _, u := range s.Users {
		if f := Fold(u.Name); f != "" && f == Fold(who) {
			out = append(out, u)
		}
	}
	return out
}

// outsider says whom beside the team a field may name.
type outsider uint8

const (
	teamOnly outsider = iota
	fullName          // somebody outside the team, by first and last name
	anybody
)

// worker is the login of whom a field gives work to: a name written for a login is the person of that name, an auditor gets
// none. Who is outside the team stays as written, where the field may name such a one.
//
// Nobody is given work for a day by which they have left; a last day that is still to come is no bar before it.
func (s *Settings) worker(field, who string, day Date, may outsider) (string, error) {
	if who == "" || len(s.Users) == 0 {
		return who, nil
	}
	list := s.meant(who)
	if here := slices.DeleteFunc(slices.Clone(list), func(u User) bool { return u.Left(day) }); len(here) > 0 {
		list = here // of two of one name the one who is still here
	}
	switch {
	case len(list) > 1:
		return "", invalid(field, "%d people are called %s: give the login, %s", len(list), who, orList(columnOf(list, func(u User) string { return u.Login })))
	case len(list) == 1 && list[0].Role == Auditor:
		return "", invalid(field, "%s is an auditor: they are given no work and hold no interviews", s.PersonName(list[0].Login))
	case len(list) == 1 && list[0].Left(day):
		return "", s.hasLeft(field, list[0].Login, day)
	case len(list) == 1:
		return list[0].Login, nil
	}
	logins := s.hereOn(day)
	like := spell.DidYouMean(who, logins)
	if may == anybody && like == "" || may != teamOnly && strings.Contains(who, " ") {
		return who, nil
	}
	what := "there is no person %q%s; there are %s"
	if may == fullName {
		what += "; somebody outside the team is named by first and last name"
	}
	return "", invalid(field, what, who, like, strings.Join(logins, ", "))
}

// hereOn are the logins of those who have not left by a day.
func (s *Settings) hereOn(day Date) []string {
	var out []string
	for _, u := range s.Users {
		if !u.Left(day) {
			out = append(out, u.Login)
		}
	}
	return out
}

// hasLeft refuses to name somebody for a day by which they have left; nil for everybody else.
func (s *Settings) hasLeft(field, login string, day Date) error {
	if words, left := s.Leaver(login, day); left {
		return invalid(field, "%s: name somebody who is here, %s", words, strings.Join(s.hereOn(day), ", "))
	}
	return nil
}

// noWork says why somebody of the team gets no work for a day: they have left by then, were taken out of the configuration, or are
// an auditor; "" where they may, and for anybody outside the team.
func (s *Settings) noWork(login string, day Date) string {
	if words, left := s.Leaver(login, day); left {
		return words
	}
	if _, removed := s.Removed(login); removed && len(s.Users) > 0 {
		return s.PersonName(login) + " is not in the configuration any more"
	}
	if u, ok := s.User(login); ok && u.Role == Auditor {
		return s.PersonName(login) + " is an auditor"
	}
	return ""
}

// heldByPerson says that somebody held an interview, by what was recorded of it and by what its record says: nobody signs off an
// interview they held, also where it names them by name (DOMAIN §12).
func (v *Interview) heldByPerson(s *Settings, login string) bool {
	for _, who := range []string{v.Interviewer, v.Sheet.Get("", "arrangements", "interviewer").Text} {
		if who != "" && slices.ContainsFunc(s.meant(who), func(u User) bool { return u.Login == login }) {
			return true
		}
	}
	return s.mayBe(v.Interviewer, v.HeldAt, login)
}

// wasHeldByPerson says that somebody was recorded as having held an interview before that was corrected or taken back.
func (v *Interview) wasHeldByPerson(s *Settings, login string) bool {
	return slices.ContainsFunc(v.Formerly, func(f FormerInterviewer) bool {
		return slices.ContainsFunc(s.meant(f.Who), func(u User) bool { return u.Login == login }) || s.mayBe(f.Who, f.HeldAt, login)
	})
}

// noLonger keeps who is recorded as the interviewer, before another is.
func (v *Interview) noLonger() {
	if was := (FormerInterviewer{v.Interviewer, v.HeldAt}); was.Who != "" && !slices.Contains(v.Formerly, was) {
		v.Formerly = append(v.Formerly, was)
	}
}
