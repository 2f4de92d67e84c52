package domain

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

// PersonName is the name of a login, or the login itself where the configuration does not know it.
func (s *Settings) PersonName(login string) string {
	if u, ok := s.User(login); ok && u.Name != "" {
		return u.Name
	}
	return login
}
