package domain

import (
	"fmt"
	"slices"
	"strings"
)

// notes are the noted things one decision changes.
type notes struct {
	c       *decision
	by      map[string]*Noted // working copies, by key
	changed []*Noted
}

// takeNote keeps what the records of interviews, and carers, name as records of their own, whichever act changed these: a
// record that was saved, taken in by another, or that goes to another child or covers other episodes now. With tell, it
// says what another child has named too.
func (c *decision) takeNote(out *Outcome, tell bool) error {
	k := &notes{c: c, by: map[string]*Noted{}}
	for _, r := range out.Put {
		v, ok := r.(namer)
		if !ok {
			continue
		}
		rec, err := ReadRecord(c.World, v.RecordID())
		if err != nil {
			return err
		}
		was, _ := rec.(namer)
		warnings, err := k.follow(was, v)
		if err != nil {
			return err
		}
		if tell {
			out.Warnings = append(out.Warnings, warnings...)
		}
	}
	for _, n := range k.changed {
		out.put(n)
	}
	return nil
}

// follow brings what is noted from a record as it was, nil when there was none, to what it is.
func (k *notes) follow(was, is namer) (warnings []string, err error) {
	var before []named
	if was != nil {
		before = was.names()
	}
	wanted := is.names()
	if slices.Equal(before, wanted) && (was == nil || was.ChildID() == is.ChildID() && slices.Equal(was.about(), is.about())) {
		return nil, nil
	}
	in, child := is.RecordID(), is.ChildID()
	for _, w := range wanted {
		n, err := k.of(w, true)
		if err != nil {
			return nil, err
		}
		old := n.mention(in)
		m := &Mention{Child: child, Episodes: slices.Clone(is.about()), Address: w.address, About: w.about, By: k.c.by, At: k.c.at}
		if in.Kind() == KindReferral {
			m.Referral = in
		} else {
			m.Interview = in
		}
		if old != nil {
			m.By, m.At = old.By, old.At
		}
		if m.same(old) {
			continue
		}
		n.set(in, m)
		k.touch(n)
		if old != nil {
			continue
		}
		others, err := k.namedByOthers(n, child)
		if err != nil {
			return nil, err
		}
		if others != nil {
			warnings = append(warnings, fmt.Sprintf("“%s” was named by another child too: %s", w.name, strings.Join(others, ", ")))
		}
	}
	for _, w := range before {
		if slices.ContainsFunc(wanted, func(o named) bool { return o.key == w.key }) {
			continue
		}
		n, err := k.of(w, false)
		if err != nil {
			return nil, err
		}
		if n != nil && n.mention(in) != nil {
			n.set(in, nil)
			k.touch(n)
		}
	}
	return warnings, nil
}

func (k *notes) touch(n *Noted) {
	if !slices.Contains(k.changed, n) {
		k.changed = append(k.changed, n)
	}
}

// of finds the record of what is named in that spelling, or makes it.
func (k *notes) of(w named, make bool) (*Noted, error) {
	if n := k.by[w.key]; n != nil {
		return n, nil
	}
	id, err := k.c.NotedNamed(w.key)
	if err != nil {
		return nil, err
	}
	var n *Noted
	if id != 0 {
		got, err := k.c.Noted(id)
		if err != nil {
			return nil, err
		}
		if got == nil {
			return nil, NotThere(id, 0)
		}
		n = got.Clone()
	} else {
		if !make {
			return nil, nil
		}
		if id, err = k.c.NextID(KindNoted); err != nil {
			return nil, err
		}
		n = &Noted{ID: id, What: w.what, Name: w.name}
	}
	k.by[w.key] = n
	return n, nil
}

// namedByOthers are the interviews in which other children named it, and the referrals on which their carers did, in any
// spelling found to be the same. They are told by number: who the other child is, the reader of that record learns. Those of a
// child who is closed to who decides are not told.
func (k *notes) namedByOthers(n *Noted, child ID) ([]string, error) {
	root := n
	if n.Into != 0 {
		var err error
		if root, err = NotedNow(k.c, n.ID); err != nil {
			return nil, err
		}
	}
	all, err := Spellings(k.c, root)
	if err != nil {
		return nil, err
	}
	var ids []ID
	for _, s := range all {
		for _, m := range s.Mentions {
			if m.Child == child || slices.Contains(ids, m.In()) {
				continue
			}
			closed, err := isClosed(k.c, m.Child)
			if err != nil {
				return nil, err
			}
			if !closed {
				ids = append(ids, m.In())
			}
		}
	}
	slices.Sort(ids)
	var out []string
	for _, id := range ids {
		out = append(out, id.String())
	}
	return out, nil
}

// NotedNow reads what something noted is today: itself, or what it was merged into. Nil when there is none.
func NotedNow(r Reader, id ID) (*Noted, error) {
	for range joinsDeep {
		n, err := r.Noted(id)
		if err != nil || n == nil || n.Into == 0 {
			return n, err
		}
		id = n.Into
	}
	return nil, fmt.Errorf("%s was merged into itself: run homeward check", id)
}

// Spellings are something noted and all that was merged into it, itself first.
func Spellings(r Reader, n *Noted) ([]*Noted, error) {
	if n == nil {
		return nil, nil
	}
	out := []*Noted{n}
	for i := 0; i < len(out); i++ {
		for _, id := range out[i].Merged {
			if slices.ContainsFunc(out, func(o *Noted) bool { return o.ID == id }) {
				continue // a loop in a damaged file ends
			}
			s, err := r.Noted(id)
			if err != nil {
				return nil, err
			}
			if s == nil {
				return nil, NotThere(id, out[i].ID)
			}
			out = append(out, s)
		}
	}
	return out, nil
}

// unNote takes back what a change did to something noted, and no more: others may have named it since, and their interviews
// stand. Whether the interview or referral itself was written on since is settled by its own record, which every such change touches.
func (c *decision) unNote(ch *Change, t Touched, out *Outcome) error {
	rec, err := c.Noted(t.ID)
	if err != nil {
		return err
	}
	after, _ := t.After.(*Noted)
	before, _ := t.Before.(*Noted)
	if rec == nil && after == nil && before != nil { // it took the spelling away
		has, err := c.NotedNamed(before.Key())
		if err != nil {
			return err
		}
		if has != 0 {
			return conflict("of", "%q was named again since, as %s: %s cannot be %s any more", before.Name, has, ch.ID, backWords(ch))
		}
		out.put(before)
		return nil
	}
	if rec == nil || after == nil {
		return conflict("of", "%s is not there any more", t.ID)
	}
	if before == nil && rec.Version == t.Ver {
		out.Delete = append(out.Delete, t.ID)
		return nil
	}
	if before == nil {
		before = &Noted{} // it stays, because a later change rests on it, named by the others alone
	}
	n := rec.Clone()
	if before.Into != after.Into {
		if n.Into != after.Into {
			return conflict("of", "%s was merged otherwise since: %s cannot be %s any more", n.ID, ch.ID, backWords(ch))
		}
		n.Into, n.MergedBy, n.MergedAt, n.MergedWhy = before.Into, before.MergedBy, before.MergedAt, before.MergedWhy
	}
	for _, id := range after.Merged {
		if !slices.Contains(before.Merged, id) {
			n.Merged = slices.DeleteFunc(n.Merged, func(o ID) bool { return o == id })
		}
	}
	for _, id := range before.Merged {
		if !slices.Contains(after.Merged, id) && !slices.Contains(n.Merged, id) {
			n.Merged = append(n.Merged, id)
		}
	}
	for _, list := range [][]Mention{before.Mentions, after.Mentions} {
		for i := range list {
			id := list[i].In()
			if was := before.mention(id); !was.same(after.mention(id)) {
				n.set(id, was)
			}
		}
	}
	out.put(n)
	if out.Named == 0 {
		out.Named = t.ID
	}
	return nil
}
