package domain

import "slices"

// rowAbout is whom a later row is about.
type rowAbout struct {
	child *Child
	says  *SourceRow // what it says of that child
	// unlike is what of the episode's child is a slip apart in the row and was not asked about before: "" where nothing is, or
	// the row names the child by reference.
	unlike string
}

// rowsChild is the child a later row is about, and what it says about that child: the one its episode is of. A row never
// moves an episode to another child: it refuses a changed child_ref, and a row without one that cannot be about the child,
// for two children under one number are never one. Where a person moved the episode, the source goes on speaking of the
// child it was thought to be of, and what it says of that child is still theirs.
func (c *decision) rowsChild(n *SourceRow, known *Child, e *Episode) (*rowAbout, error) {
	ref := n.said[ColChildRef]
	if ref == "" {
		return c.aboutChild(n, known, e)
	}
	if ref == known.Ref {
		return &rowAbout{child: known, says: n}, nil
	}
	named, err := ChildNamed(c, ref)
	if err != nil || named != nil && named.ID == known.ID {
		return &rowAbout{child: known, says: n}, err
	}
	for _, id := range e.MovedFrom {
		former, err := ChildNow(c, id)
		if err != nil {
			return nil, err
		}
		if former != nil && named != nil && former.ID == named.ID {
			return &rowAbout{child: named, says: n}, nil
		}
	}
	if _, number := KindChild.ParseKind(ref); named == nil && known.Ref == "" && !number {
		return c.aboutChild(n, known, e) // it gets its reference now: nobody else has it
	}
	return nil, invalid("child_ref", "%s belongs to child %s, not %s: a row cannot move an episode to another child; join the two children if they are one, or move the episode; where the source numbers occurrences, make police_ref of two columns in its map (police_ref = [\"Occurrence\", \"Person\"])",
		n.said[ColPoliceRef], known.ShownRef(), ref)
}

// aboutChild tells from names and date of birth which child a row is about: the one its episode is of, or one of whom it was
// thought to be.
func (c *decision) aboutChild(n *SourceRow, known *Child, e *Episode) (*rowAbout, error) {
	records, err := c.recordsOf(known)
	if err != nil {
		return nil, err
	}
	what, says := n.mayBe(records, e.ID), n
	for _, id := range e.MovedFrom {
		former, err := ChildNow(c, id)
		if err != nil {
			return nil, err
		}
		if former == nil {
			continue
		}
		if what == "" {
			says = says.lessKnown(former)
			continue
		}
		formers, err := c.recordsOf(former)
		if err != nil {
			return nil, err
		}
		if n.mayBe(formers, e.ID) == "" {
			return &rowAbout{child: former, says: n}, nil
		}
	}
	if what == "" {
		return &rowAbout{child: known, says: says, unlike: n.unlike(records, e.ID)}, nil
	}
	return nil, invalid("police_ref", "%s is the number of an episode of %s, whose %s is not like this row’s: two children under one number are never one; "+
		"give each child’s row a number of its own (a map can make it of several columns), or correct the row",
		e.ShownRef(), known.ShownRef(), what)
}

// recordsOf are a child's own record and those that were joined to it.
func (c *decision) recordsOf(child *Child) ([]*Child, error) {
	records := []*Child{child}
	for _, id := range child.Joined {
		rec, err := c.Child(id)
		if err != nil {
			return nil, err
		}
		if rec != nil {
			records = append(records, rec)
		}
	}
	return records, nil
}

// lessKnown is a row without what it says of the child it was first thought to be about: that is nothing new, and not known
// to be of the other.
func (n *SourceRow) lessKnown(former *Child) *SourceRow {
	m := *n
	for col := range NumColumns {
		known := columns[col].known
		lines := former.Card.lines(col)
		switch {
		case m.said[col] == "":
		case known != nil && Fold(*known(former)) == Fold(m.said[col]),
			col == ColDOB && former.DOB == n.dob,
			lines != nil && hasLine(*lines, m.said[col]):
			m.said[col] = ""
		}
	}
	m.Warnings = slices.Clone(n.Warnings)
	return &m
}
