package domain

import (
	"cmp"
	"slices"
)

// What later changes left of a record. A change that was taken back, or taken back and forth again, leaves it as it was and stands
// in nobody's way; so does the undo that took it back. Changes are nested: none is taken back while a later one of the same record
// stands, so that of each act and its undos and redos since a moment an even number has come to nothing.

// leftSince are those of a record's changes after one that make it other than that left it, oldest first: of each act with what
// took it back and forth the newest, where their number is odd.
func leftSince(changes []*Change, after, record ID) []*Change {
	of := map[ID]ID{} // an undo or redo to what it took back
	for _, ch := range changes {
		of[ch.ID] = ch.UndoOf
	}
	odd := map[ID]*Change{} // by the act they are about
	for _, ch := range changes {
		if ch.ID <= after || !slices.ContainsFunc(ch.Touched, func(t Touched) bool { return t.ID == record }) {
			continue
		}
		act := ch.ID
		for of[act] != 0 {
			act = of[act]
		}
		if odd[act] != nil {
			delete(odd, act)
		} else {
			odd[act] = ch
		}
	}
	var out []*Change
	for _, ch := range odd {
		out = append(out, ch)
	}
	slices.SortFunc(out, func(a, b *Change) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// changesToAll are the changes to the records of several children, oldest first, each once.
func (c *decision) changesToAll(children ...ID) ([]*Change, error) {
	var out []*Change
	slices.Sort(children)
	for _, child := range slices.Compact(children) {
		if child == 0 {
			continue
		}
		list, err := c.ChangesTo(child)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	slices.SortStableFunc(out, func(a, b *Change) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b *Change) bool { return a.ID == b.ID }), nil
}

// builtUpon refuses where a later change prevents it, and names that. The record may be another child's by now.
func (c *decision) builtUpon(ch *Change, t Touched, is Record) error {
	children := []ID{is.ChildID()}
	for _, r := range []Record{t.Before, t.After} {
		if r != nil {
			children = append(children, r.ChildID())
		}
	}
	changes, err := c.changesToAll(children...)
	if err != nil {
		return err
	}
	if left := leftSince(changes, ch.ID, t.ID); len(left) > 0 {
		return c.changedSince(t.ID, left[len(left)-1], ch.ID, backWords(ch))
	}
	return nil
}

// changedSince is the refusal to take a change back after a later one of the same record.
func (c *decision) changedSince(record ID, later *Change, ch ID, back string) error {
	what, err := told(c, later)
	if err != nil {
		return err
	}
	return conflict("of", "%s was changed since by %s at %s (%s): %s cannot be %s any more",
		record, c.Settings().PersonAt(later.By, later.At), later.At.Local().Format("15:04"), what, ch, back)
}

// backWords say what it is to take a change back.
func backWords(ch *Change) string {
	if ch.Act == undoName {
		return "redone"
	}
	return "undone"
}

// othersStayed refuses to bring a referral back among the members of a cluster that went on without it: stage, booking and
// assignee of one interview are common (DOMAIN §5).
func (c *decision) othersStayed(ch *Change, was, is *Referral, along map[ID]bool) error {
	if was.Cluster == 0 || !was.Stage.BeforeInterview() || was.Cluster == is.Cluster && was.Stage == is.Stage {
		return nil
	}
	cl, err := c.Cluster(was.Cluster)
	if err != nil || cl == nil {
		return err // the undo gives it back, with all its members
	}
	changes, err := c.ChangesTo(cl.Child)
	if err != nil {
		return err
	}
	looked := map[ID]bool{}
	for _, l := range changes {
		for _, t := range l.Touched {
			if _, goes := along[t.ID]; goes || looked[t.ID] || l.ID <= ch.ID || !cl.interviews(t.ID) {
				continue
			}
			looked[t.ID] = true
			for _, left := range leftSince(changes, ch.ID, t.ID) {
				if !left.movedOn(t.ID) {
					continue
				}
				what, err := told(c, left)
				if err != nil {
					return err
				}
				return conflict("of", "%s went on since without %s (%s, by %s): %s cannot be %s any more", cl.ID, was.ID, what,
					c.Settings().PersonAt(left.By, left.At), ch.ID, backWords(ch))
			}
		}
	}
	return nil
}

// movedOn says that a change gave a referral another stage, booking or assignee.
func (ch *Change) movedOn(referral ID) bool {
	for _, t := range ch.Touched {
		if b, ok := t.Before.(*Referral); ok && t.ID == referral && t.After != nil && b.wentOn(t.After.(*Referral)) {
			return true
		}
	}
	return false
}

// wentOn says that a later state of a referral has another stage, booking or assignee.
func (r *Referral) wentOn(later *Referral) bool {
	a, b := r.Booking(), later.Booking()
	return r.Stage != later.Stage || r.AssignedTo != later.AssignedTo || (a == nil) != (b == nil) || a != nil && !a.sameAs(b)
}
