package domain

import (
	"errors"
	"fmt"
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
// of one that is open to them. What is noted is closed where only such children named it. It gives a Forbidden refusal, or the
// Reader's error.
func MayOpen(r Reader, t Record) error {
	if n, ok := t.(*Noted); ok {
		return mayOpenNoted(r, n)
	}
	if t == nil {
		return nil
	}
	return mayOpenChild(r, t.ChildID())
}

// mayOpenChild refuses a restricted child to who may not see it, or may not see the child it was joined to.
func mayOpenChild(r Reader, id ID) error {
	for range joinsDeep {
		if id == 0 {
			return nil
		}
		c, err := r.Child(id)
		if err != nil || c == nil {
			return err
		}
		if !c.OpenTo(r.Actor().Login) {
			return closedTo(r.Settings(), c)
		}
		id = c.JoinedTo
	}
	return nil
}

func mayOpenNoted(r Reader, n *Noted) (closed error) {
	for _, m := range n.Mentions {
		err := mayOpenChild(r, m.Child)
		if err == nil {
			return nil
		}
		closed = err
	}
	return closed
}

// isClosed says whether a child is closed to who asks or decides.
func isClosed(r Reader, child ID) (bool, error) {
	err := mayOpenChild(r, child)
	var refused *Refusal
	if errors.As(err, &refused) {
		return true, nil
	}
	return false, err
}

// OfClosed says whether a change is about a child who is closed to the reader: one whose records it touched or, where it touched
// no child's, as when two noted things are found to be one, one who alone named one of these.
func (ch *Change) OfClosed(closed func(child ID) (bool, error)) (bool, error) {
	ofChild := false
	for _, t := range ch.Touched {
		for _, r := range []Record{t.Before, t.After} {
			if r == nil || r.ChildID() == 0 {
				continue
			}
			ofChild = true
			if is, err := closed(r.ChildID()); err != nil || is {
				return is, err
			}
		}
	}
	if ofChild {
		return false, nil
	}
	for _, t := range ch.Touched {
		for _, r := range []Record{t.Before, t.After} {
			n, ok := r.(*Noted)
			if !ok || n == nil || len(n.Mentions) == 0 {
				continue
			}
			open := false
			for _, m := range n.Mentions {
				is, err := closed(m.Child)
				if err != nil {
					return false, err
				}
				open = open || !is
			}
			if !open {
				return true, nil
			}
		}
	}
	return false, nil
}

// RestrictedWords say, in place of what an act came to, that it was about a child the reader may not see.
const RestrictedWords = "on a restricted child"

// told is what a change came to, as who asks or decides may be told it.
func told(r Reader, ch *Change) (string, error) {
	closed, err := ch.OfClosed(func(id ID) (bool, error) { return isClosed(r, id) })
	if err != nil || closed {
		return RestrictedWords, err
	}
	return ch.Summary, nil
}

// mayOpenChange refuses a change that is about a child whom who decides may not see.
func (c *decision) mayOpenChange(ch *Change) error {
	var why error
	closed, err := ch.OfClosed(func(id ID) (bool, error) {
		closed, err := isClosed(c, id)
		if closed {
			why = mayOpenChild(c, id)
		}
		return closed, err
	})
	if err != nil || !closed {
		return err
	}
	return why
}

// closedTo is the refusal of who may not see a restricted child.
func closedTo(s *Settings, c *Child) error {
	return &Refusal{Code: Forbidden, Restricted: c.ID,
		Message: fmt.Sprintf("this child's records are restricted to %s: ask one of them", c.Restricted.Names(s))}
}
