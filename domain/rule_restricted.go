package domain

import (
	"errors"
	"fmt"
)

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
func mayOpenChild(r Reader, id ID) error { return mayOpenChildAs(r, r.Actor().Login, id) }

// mayOpenChildAs refuses it to somebody by their login.
func mayOpenChildAs(r Reader, login string, id ID) error {
	for range joinsDeep {
		if id == 0 {
			return nil
		}
		c, err := r.Child(id)
		if err != nil || c == nil {
			return err
		}
		if !c.OpenTo(r.Settings(), login) {
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

// told is what a change came to, as who asks or decides may be told it.
func told(r Reader, ch *Change) (string, error) {
	closed, err := ch.OfClosed(recordsOf(r), func(id ID) (bool, error) { return isClosed(r, id) })
	if err != nil || closed {
		return RestrictedWords, err
	}
	return ch.Summary, nil
}

// recordsOf reads the records a Reader has, by number.
func recordsOf(r Reader) func(ID) (Record, error) {
	return func(id ID) (Record, error) { return ReadRecord(r, id) }
}

// closedTo is the refusal of who may not see a restricted child.
func closedTo(s *Settings, c *Child) error {
	return &Refusal{Code: Forbidden, Restricted: c.ID,
		Message: fmt.Sprintf("this child's records are restricted to %s: ask one of them", c.Restricted.Names(s))}
}
