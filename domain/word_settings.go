package domain

import (
	"cmp"
	"slices"
	"strings"
)

// Settings are the parts of the configuration on which decisions depend.
type Settings struct {
	Team    Team
	Profile string
	Policy  Policy
	Users   []User
	// Further names of the sources, from [[category]], [[risk]] and [[status]].
	Categories []SourceName
	Risks      []SourceName
	Statuses   []SourceName
	Alerts     []AlertRule
	// Former are the names under which logins were known before: of people taken out of the configuration, or of a login that was
	// given another name. They come from the database, not from the configuration, the oldest first.
	Former []FormerName
	// WarnBackup says how old the last backup may be before somebody is told; zero: nobody is.
	WarnBackup Span
}

// Team is who works here and when.
type Team struct {
	Name      string
	Authority string   // the home authority: a child of another one, or placed in another one, is out of area
	Aliases   []string // further names of it
	Hours     Hours7
	Police    string // contact of the police missing persons unit
	Partners  string // contact of the safeguarding partnership
	Reach     string // how a child or carer reaches the team, as letters and forms say it
}

// User is one person who may act, from a [[user]] entry.
type User struct {
	Login  string
	Name   string
	Role   Role
	OSUser string   // the account of the operating system; the login when empty
	Keys   []string // public keys, for SSH
	// Days are when they work; the team's hours when none are given. Capacity is how many interviews a day they can hold;
	// zero stands for [DefaultCapacity]. Both only say who has room: nothing is refused by them.
	Days     Hours7
	Capacity int
	// Until is the last day somebody is here who leaves or has left; zero: nobody knows of one.
	Until Date
}

// Left says that somebody has left by a day: their last one is before it.
func (u User) Left(day Date) bool { return u.Until != 0 && u.Until < day }

// Leaver is somebody who has left by a day, with the words for when: "Amira Khan left on 2027-03-31".
func (s *Settings) Leaver(login string, day Date) (words string, left bool) {
	u, ok := s.User(login)
	if !ok || !u.Left(day) {
		return "", false
	}
	return s.PersonName(login) + " left on " + u.Until.String(), true
}

// DefaultCapacity is how many interviews a day somebody can hold of whom nothing else was said. An assumption: an interview
// takes an hour or two with the way there, and its record is written the same day.
const DefaultCapacity = 3

// AlertRule is one line of [[alert]]: count in window, or still missing longer than (DOMAIN §8).
type AlertRule struct {
	Name       string
	Count      int // episodes that started within Days
	Days       int
	MissingFor Span // still missing for longer than this
	Under      int  // younger than this at the start, whole years
	Flag       string
	Category   string
	OutOfArea  bool // looked after and out of area
}

// User finds a person by login.
func (s *Settings) User(login string) (User, bool) {
	for _, u := range s.Users {
		if u.Login == login {
			return u, true
		}
	}
	return User{}, false
}

// FormerName is a name that a login had until some moment.
type FormerName struct {
	Login, Name string
	Until       Moment
}

// PersonName is the name of a login: of somebody who was taken out of the configuration the last they had, marked as that, and
// the login itself where nobody of it was ever known. For who did something at a time, see [Settings.PersonAt].
func (s *Settings) PersonName(login string) string {
	if u, ok := s.User(login); ok {
		return cmp.Or(u.Name, login)
	}
	for _, f := range slices.Backward(s.Former) {
		if f.Login == login {
			return cmp.Or(f.Name, login) + removedWords
		}
	}
	return login
}

// removedWords stand behind the name of somebody whose entry is not in the configuration any more.
const removedWords = " (removed)"

// Removed says that a login was in the configuration once and is not any more, and until when.
func (s *Settings) Removed(login string) (until Moment, removed bool) {
	if _, ok := s.User(login); ok {
		return 0, false
	}
	for _, f := range slices.Backward(s.Former) {
		if f.Login == login {
			return f.Until, true
		}
	}
	return 0, false
}

// PersonAt is the name of the person who had a login at a moment. Where the login has another name by now (it was given to somebody
// else, or they changed theirs: nothing here can tell which) it is the name of then, marked as that.
func (s *Settings) PersonAt(login string, at Moment) string {
	if name, still := s.nameAt(login, at); !still {
		return name + " (" + login + " then)"
	}
	return s.PersonName(login)
}

// nameAt is the name that a login had at a moment, and whether that is the one it has, or had last.
func (s *Settings) nameAt(login string, at Moment) (name string, still bool) {
	now := s.PersonName(login)
	for _, f := range s.Former {
		if f.Login != login || at.Unix() >= f.Until.Unix() {
			continue
		}
		name := cmp.Or(f.Name, login)
		return name, name == now || name+removedWords == now
	}
	return now, true
}

// IsStill says that the person who had a login at a moment has it now. A login that has another name since may be another person's: what was
// done under it is not theirs to take back.
func (s *Settings) IsStill(login string, at Moment) bool {
	_, gone := s.Removed(login)
	_, still := s.nameAt(login, at)
	return still && !gone
}

// HadOther says that a login had another name once.
func (s *Settings) HadOther(login string) bool {
	return slices.ContainsFunc(s.Former, func(f FormerName) bool { return f.Login == login })
}

// mayBe says that who had a login at a moment may be somebody: it is theirs, or it was of their name and is nobody's of that name any
// more. Where a second person's word is asked for, that is enough to ask another.
func (s *Settings) mayBe(login string, at Moment, me string) bool {
	if login == "" || login == me {
		return login != ""
	}
	name, still := s.nameAt(login, at)
	_, gone := s.Removed(login)
	return (gone || !still) && Fold(name) != "" && Fold(strings.TrimSuffix(name, removedWords)) == Fold(s.PersonName(me))
}
