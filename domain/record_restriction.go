package domain

import (
	"slices"
	"strings"
)

// Restriction keeps the records of a child to named people (DOMAIN §12): a colleague's child, somebody well known. Everybody
// else sees that there is one and whose the work is ([Veiled]), and nothing of the child.
type Restriction struct {
	To  []string `json:"to"` // logins, in alphabetical order
	Why string   `json:"why"`
	By  string   `json:"by"`
	At  Moment   `json:"at"`
}

// OpenTo says whether somebody may see what is recorded of the child.
func (c *Child) OpenTo(login string) bool {
	return c.Restricted == nil || slices.Contains(c.Restricted.To, login)
}

// Names are those who may see it, as people write them: "Sue Osei and Sam Reid".
func (r *Restriction) Names(s *Settings) string {
	names := make([]string, 0, len(r.To))
	for _, login := range r.To {
		names = append(names, s.PersonName(login))
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// alikeRestricted refuses to make one of two children of whom different people may see different things: joining them would show
// one to who may not see it.
func alikeRestricted(s *Settings, keep, other *Child) error {
	to := func(c *Child) []string {
		if c.Restricted == nil {
			return nil
		}
		return c.Restricted.To
	}
	if slices.Equal(to(keep), to(other)) {
		return nil
	}
	closed := keep
	if other.Restricted != nil {
		closed = other
	}
	return invalid("other", "%s is restricted to %s: restrict both to the same people first", closed.ShownRef(), closed.Restricted.Names(s))
}

// MayOpen refuses the records of a restricted child to who is not among those named; nil where a record speaks of no child, or
// of one that is open to them. It gives a Forbidden refusal, or the Reader's error.
func MayOpen(r Reader, t Record) error {
	if t == nil || t.ChildID() == 0 {
		return nil
	}
	c, err := r.Child(t.ChildID())
	if err != nil || c == nil || c.OpenTo(r.Actor().Login) {
		return err
	}
	return closedTo(r.Settings(), c)
}

// closedTo is the refusal of who may not see a restricted child.
func closedTo(s *Settings, c *Child) error {
	return forbidden("this child's records are restricted to %s: ask one of them", c.Restricted.Names(s))
}
