package domain

import "slices"

// mayStandAgain refuses to do again what could not be done on what is recorded by now. An undo leaves the records free: a child may
// have been joined or have died, a person may have left, before what was taken back comes again.
func (c *decision) mayStandAgain(undo *Change, out *Outcome) error {
	along := map[ID]bool{}
	for _, r := range out.Put {
		along[r.RecordID()] = true
	}
	for _, t := range undo.Touched {
		again, _ := t.Before, t.After
		if again == nil {
			continue
		}
		if needsQuiet(t) {
			if err := c.nothingElseSince(undo, again.ChildID()); err != nil {
				return err
			}
			if t.After != nil {
				if err := c.nothingElseSince(undo, t.After.ChildID()); err != nil {
					return err
				}
			}
		}
		if err := c.stillAsItWas(undo, again.ChildID(), along); err != nil {
			return err
		}
		if err := c.standsOn(again, along); err != nil {
			return err
		}
	}
	return nil
}

// needsQuiet says that doing a record's change again moves it to another child, joins children, or makes a cluster or a duplicate:
// what was recorded of the child since would not be in it.
func needsQuiet(undone Touched) bool {
	if undone.After != nil && undone.After.ChildID() != undone.Before.ChildID() {
		return true
	}
	switch again := undone.Before.(type) {
	case *Cluster:
		return true
	case *Child:
		is, ok := undone.After.(*Child)
		return ok && (is.JoinedTo != again.JoinedTo || !slices.Equal(is.Joined, again.Joined) || (is.Died == nil) != (again.Died == nil))
	case *Episode:
		is, ok := undone.After.(*Episode)
		return ok && is.DuplicateOf != again.DuplicateOf
	}
	return false
}

// nothingElseSince refuses where anything of a child is other than an undo left it.
func (c *decision) nothingElseSince(undo *Change, child ID) error {
	changes, err := c.ChangesTo(child)
	if err != nil {
		return err
	}
	for _, ch := range changes {
		for _, t := range ch.Touched {
			for _, left := range leftSince(changes, undo.ID, t.ID) {
				return c.changedSince(t.ID, left, undo.UndoOf, "redone")
			}
		}
	}
	return nil
}

// stillAsItWas refuses to do anything again for a child that was joined to another or died since.
func (c *decision) stillAsItWas(undo *Change, id ID, along map[ID]bool) error {
	if along[id] {
		return nil
	}
	if err := c.stillItself(id, along); err != nil {
		return err
	}
	child, err := c.Child(id)
	if err != nil || child == nil || child.Died == nil {
		return err
	}
	changes, err := c.ChangesTo(id)
	if err != nil {
		return err
	}
	for _, left := range leftSince(changes, undo.ID, id) {
		for _, t := range left.Touched {
			if was, ok := t.Before.(*Child); ok && was.Died == nil {
				return conflict("of", "that %s died was recorded since: nothing is done again", child.ShownRef())
			}
		}
	}
	return nil
}

// standsOn refuses to give a record back without what it names.
func (c *decision) standsOn(r Record, along map[ID]bool) error {
	var on []ID
	switch r := r.(type) {
	case *Episode:
		on = []ID{r.Child, r.Referral, r.DuplicateOf}
	case *Referral:
		on = []ID{r.Child, r.Episode, r.Interview, r.Cluster}
	case *FollowUp:
		on = []ID{r.Child, r.Referral, r.Interview}
	case *Interview:
		on = append([]ID{r.Child, r.Into}, r.Referrals...)
	}
	for _, id := range on {
		if id == 0 || along[id] {
			continue
		}
		is, err := ReadRecord(c, id)
		if err != nil {
			return err
		}
		if is == nil || is.ChildID() != r.ChildID() {
			return conflict("of", "%s rests on %s, which is not there any more", r.RecordID(), id)
		}
	}
	return nil
}
