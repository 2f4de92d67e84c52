package domain

import "strings"

// Settings are the parts of the configuration on which decisions depend.
type Settings struct {
	Team       Team
	Profile    string
	Policy     Policy
	Users      []User
	Categories []Category
	Alerts     []AlertRule
	// WarnBackup says how old the last backup may be before somebody is told; zero: nobody is.
	WarnBackup Span
}

// Team is who works here and when.
type Team struct {
	Name      string
	Authority string // the home authority: a child of another one, or placed in another one, is out of area
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
}

// DefaultCapacity is how many interviews a day somebody can hold of whom nothing else was said. An assumption: an interview
// takes an hour or two with the way there, and its record is written the same day.
const DefaultCapacity = 3

// Category is a further name of the source for the kind of episode, valid for a while: the police rename the lowest
// step every few years (DOMAIN §2). Months and years are whole local days, both included; zero is open.
type Category struct {
	Name     string
	CountsAs string // one of the built-in categories
	From     Date
	Until    Date
}

// Built-in categories (DOMAIN §2).
const (
	CategoryMissing   = "missing"
	CategoryAbsent    = "absent"
	CategoryAway      = "away"
	CategoryEducation = "education"
)

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

// PersonName is the name of a login, or the login itself where the configuration does not know it.
func (s *Settings) PersonName(login string) string {
	if u, ok := s.User(login); ok && u.Name != "" {
		return u.Name
	}
	return login
}

// category finds what a source's word for the kind of episode means on that day.
func (s *Settings) category(word string, on Date) (string, bool) {
	w := strings.ToLower(strings.TrimSpace(word))
	switch w {
	case CategoryMissing, CategoryAbsent, CategoryAway, CategoryEducation:
		return w, true
	}
	for _, c := range s.Categories {
		if strings.ToLower(c.Name) == w && (c.From == 0 || c.From <= on) && (c.Until == 0 || on <= c.Until) {
			return w, true
		}
	}
	return "", false
}

// CountsAs is the built-in category that a stored one counts as.
func (s *Settings) CountsAs(category string) string {
	switch category {
	case CategoryMissing, CategoryAbsent, CategoryAway, CategoryEducation:
		return category
	}
	for _, c := range s.Categories {
		if strings.EqualFold(c.Name, category) {
			return c.CountsAs
		}
	}
	return CategoryMissing
}
