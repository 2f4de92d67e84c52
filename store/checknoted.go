package store

import (
	"slices"

	"homeward/domain"
)

// noted: what is said of something in interviews and by carers is as these are, and what was merged is named on both sides.
func (f *refs) noted(n *domain.Noted) {
	if n.Key() == "" {
		f.say("%s has no name", n.ID)
	}
	for i, m := range n.Mentions {
		if i > 0 && m.In() <= n.Mentions[i-1].In() {
			f.say("%s is named in %s twice or out of order", n.ID, m.In())
		}
		if m.In() == 0 || m.Interview != 0 && m.Referral != 0 || m.Child == 0 || len(m.Episodes) == 0 {
			f.say("%s is named without one interview or referral, child or episode", n.ID)
		}
		if c, ok := f.there(m.Child, "the child").(*domain.Child); ok && c.JoinedTo != 0 {
			f.say("%s was named by %s, which was joined to %s", n.ID, c.ID, c.JoinedTo)
		}
		for _, id := range m.Episodes {
			f.ofOneChild(m.Child, id, "episode")
		}
		in := f.there(m.In(), "the interview or referral")
		if in == nil {
			continue
		}
		keys, episodes := domain.NamedBy(in)
		switch {
		case in.ChildID() != m.Child:
			f.say("%s was named by %s in %s, which is of %s", n.ID, m.Child, m.In(), in.ChildID())
		case !slices.Equal(episodes, m.Episodes):
			f.say("%s was named in %s for other episodes than it is about", n.ID, m.In())
		case !slices.Contains(keys, n.Key()):
			f.say("%s is named in %s, which does not say so", n.ID, m.In())
		}
	}
	f.merged(n)
}

// merged: spellings that were found to be one name each other, and the last one stands for itself.
func (f *refs) merged(n *domain.Noted) {
	if to, ok := f.there(n.Into, "what it was merged into,").(*domain.Noted); ok && !slices.Contains(to.Merged, n.ID) {
		f.say("%s was merged into %s, which does not name it", n.ID, to.ID)
	}
	for _, id := range n.Merged {
		if from, ok := f.there(id, "what was merged into it,").(*domain.Noted); ok && from.Into != n.ID {
			f.say("%s names %s as merged into it, which says otherwise", n.ID, from.ID)
		}
	}
	met := map[domain.ID]bool{n.ID: true}
	for at := n; at != nil && at.Into != 0; {
		if met[at.Into] {
			f.say("%s was merged into itself", n.ID)
			return
		}
		met[at.Into] = true
		at, _ = f.record(at.Into).(*domain.Noted)
	}
}

// notes checks that all a record names is noted. It goes by the index, which is held against what is noted.
func (c *checker) notes(in domain.Record) error {
	if ixNoted.since() > c.m.format {
		return nil
	}
	w := &world{t: c.t}
	keys, _ := domain.NamedBy(in)
	for _, key := range keys {
		id, err := w.NotedNamed(key)
		if err != nil {
			return err
		}
		n, err := w.Noted(id)
		if err != nil {
			continue // that record is reported where it stands
		}
		if n == nil || !slices.ContainsFunc(n.Mentions, func(m domain.Mention) bool { return m.In() == in.RecordID() }) {
			c.found.add("reference", "%s names a place, person or thing that is not noted from it", in.RecordID())
		}
	}
	return nil
}
