package domain

import "time"

// Role is what a person may do (DOMAIN §12).
type Role string

// The roles.
const (
	Coordinator  Role = "coordinator"
	Practitioner Role = "practitioner"
	Supervisor   Role = "supervisor"
	Auditor      Role = "auditor"
)

// A is the role with its article, for a sentence: "a coordinator", "an auditor".
func (r Role) A() string {
	if r == Auditor {
		return "an auditor"
	}
	return "a " + string(r)
}

// Roles in the order of DOMAIN §12's table.
func Roles() []Role { return []Role{Coordinator, Practitioner, Supervisor, Auditor} }

// Actor is who decides: a person with a role, and the account of the operating system they came in by, which every
// audit line carries too.
type Actor struct {
	Login  string
	Name   string
	Role   Role
	OSUser string
}

// ActorFor finds who an account or a named login is (INTERFACES, Who you are). With [[user]] entries nobody acts or
// reads without one; without any, the account has the role supervisor. Nobody comes in who has left by now.
func ActorFor(s *Settings, now time.Time, osUser, login string) (Actor, error) {
	if len(s.Users) == 0 {
		if login != "" && login != osUser {
			return Actor{}, forbidden("there is no person %q: the configuration has no [[user]] entries", login)
		}
		return Actor{Login: osUser, Name: osUser, Role: Supervisor, OSUser: osUser}, nil
	}
	for _, u := range s.Users {
		account := u.OSUser
		if account == "" {
			account = u.Login
		}
		if (login != "" && u.Login == login) || (login == "" && account == osUser) {
			if words, left := s.Leaver(u.Login, DateOf(now)); left {
				return Actor{}, leftRefusal(words)
			}
			return Actor{Login: u.Login, Name: s.PersonName(u.Login), Role: u.Role, OSUser: osUser}, nil
		}
	}
	if login != "" {
		return Actor{}, forbidden("there is no person %q in the configuration: add a [[user]] entry or check the spelling", login)
	}
	return Actor{}, forbidden("the account %q belongs to nobody in the configuration: add os_user = %q to your [[user]] entry", osUser, osUser)
}

// CheckActor refuses somebody who is no longer who they came in as: their [[user]] entry is gone, or it gives them another
// role, or they have left. A session that is not closed yet does nothing more for them. Without any [[user]] entry nobody is
// refused.
func CheckActor(s *Settings, now time.Time, a Actor) error {
	if len(s.Users) == 0 {
		return nil
	}
	u, ok := s.User(a.Login)
	words, left := s.Leaver(a.Login, DateOf(now))
	switch {
	case !ok:
		return forbidden("%s is no longer in the configuration, so nothing more is shown or done", a.Name)
	case left:
		return leftRefusal(words)
	case u.Role != a.Role:
		return forbidden("the configuration now says that %s is %s: leave and come in again", a.Name, u.Role.A())
	}
	return nil
}

// leftRefusal is for somebody who has left.
func leftRefusal(words string) error {
	return forbidden("%s and cannot come in; the person who looks after the configuration can give their [[user]] entry a later until", words)
}
