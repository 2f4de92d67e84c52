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

// OpenTo says whether somebody may see what is recorded of the child. Who was given the login of one of those named is not that one.
func (c *Child) OpenTo(s *Settings, login string) bool {
	return c.Restricted == nil || slices.Contains(c.Restricted.To, login) && s.IsStill(login, c.Restricted.At)
}

// Names are those who may see it, as people write them: "Sue Osei and Sam Reid".
func (r *Restriction) Names(s *Settings) string {
	names := make([]string, 0, len(r.To))
	for _, login := range r.To {
		names = append(names, s.PersonAt(login, r.At))
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

// OfClosed says whether a change is about a child who is closed to the reader: one whose records it touched, one whose a record it
// touched turned out to be since, one whose an episode is by now that it names without touching it, or, where it touched no child's, as when two noted things are found to be one, one who alone named
// one of these. find reads a record as it is now, nil where there is none.
func (ch *Change) OfClosed(find func(record ID) (Record, error), closed func(child ID) (bool, error)) (bool, error) {
	ofChild := false
	for _, t := range ch.Touched {
		is, err := find(t.ID)
		if err != nil {
			return false, err
		}
		if is != nil && is.ChildID() != 0 {
			if hidden, err := closed(is.ChildID()); err != nil || hidden {
				return hidden, err
			}
		}
		for _, id := range t.namedBeside() {
			if is, err = find(id); err != nil {
				return false, err
			}
			if is != nil {
				if hidden, err := closed(is.ChildID()); err != nil || hidden {
					return hidden, err
				}
			}
		}
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

// namedBeside are the episodes that a change of a record speaks of without touching them: those left out of a cluster, what one is
// a duplicate of. Each may be another child's by now.
func (t Touched) namedBeside() []ID {
	before, after := namesBeside(t.Before), namesBeside(t.After)
	differs := slices.DeleteFunc(slices.Clone(after), func(id ID) bool { return slices.Contains(before, id) })
	return append(differs, slices.DeleteFunc(before, func(id ID) bool { return slices.Contains(after, id) })...)
}

func namesBeside(r Record) (ids []ID) {
	switch r := r.(type) {
	case *Cluster:
		for _, p := range r.Parted {
			ids = append(ids, p.Episode)
		}
	case *Episode:
		if r.DuplicateOf != 0 {
			ids = append(ids, r.DuplicateOf)
		}
	}
	return ids
}

// RestrictedWords say, in place of what an act came to, that it was about a child the reader may not see.
const RestrictedWords = "on a restricted child"
