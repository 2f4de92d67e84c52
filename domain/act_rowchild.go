package domain

import "slices"

// rowsChild is the child a later row is about, and what it says about that child: the one its episode is of. A row never
// moves an episode to another child: it refuses a changed child_ref, and a row without one that cannot be about the child,
// for two children under one number are never one. Where a person moved the episode, the source goes on speaking of the
// child it was thought to be of, and what it says of that child is still theirs.
func (c *decision) rowsChild(n *SourceRow, known *Child, e *Episode) (*Child, *SourceRow, error) {
	ref := n.said[ColChildRef]
	if ref == "" {
		return c.aboutChild(n, known, e)
	}
	if ref == known.Ref {
		return known, n, nil
	}
	named, err := ChildNamed(c, ref)
	if err != nil || named != nil && named.ID == known.ID {
		return known, n, err
	}
	for _, id := range e.MovedFrom {
		former, err := ChildNow(c, id)
		if err != nil {
			return nil, nil, err
		}
		if former != nil && named != nil && former.ID == named.ID {
			return named, n, nil
		}
	}
	if _, number := KindChild.ParseKind(ref); named == nil && known.Ref == "" && !number {
		return c.aboutChild(n, known, e) // it gets its reference now: nobody else has it
	}
	return nil, nil, invalid("child_ref", "%s belongs to child %s, not %s: a row cannot move an episode to another child; join the two children if they are one, or move the episode",
		n.said[ColPoliceRef], known.ShownRef(), ref)
}

// aboutChild tells from names and date of birth which child a row is about: the one its episode is of, or one of whom it was
// thought to be.
func (c *decision) aboutChild(n *SourceRow, known *Child, e *Episode) (*Child, *SourceRow, error) {
	what, err := c.mayBe(n, known, e)
	if err != nil {
		return nil, nil, err
	}
	says := n
	for _, id := range e.MovedFrom {
		former, err := ChildNow(c, id)
		if err != nil {
			return nil, nil, err
		}
		if former == nil {
			continue
		}
		if what == "" {
			says = says.lessKnown(former)
			continue
		}
		if other, err := c.mayBe(n, former, e); err != nil || other == "" {
			return former, n, err
		}
	}
	if what == "" {
		return known, says, nil
	}
	return nil, nil, invalid("police_ref", "%s is the number of an episode of %s, whose %s is not like this row’s: two children under one number are never one; "+
		"give each child’s row a number of its own (a map can make it of several columns), or correct the row",
		e.ShownRef(), known.ShownRef(), what)
}

// mayBe says whether a row may be about a child, by its own record or one that was joined to it: "" where it may, else what
// is not alike.
func (c *decision) mayBe(n *SourceRow, child *Child, e *Episode) (string, error) {
	records := []*Child{child}
	for _, id := range child.Joined {
		rec, err := c.Child(id)
		if err != nil {
			return "", err
		}
		if rec != nil {
			records = append(records, rec)
		}
	}
	return n.mayBe(records, e.ID), nil
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
