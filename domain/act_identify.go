package domain

// identify finds the child of a row, or makes one; via is the record by which it was found, where that was joined to the
// child since. A child is known by reference, else by folded name and date of birth;
// nothing else ever joins two (DOMAIN §2).
func (c *decision) identify(n *SourceRow) (child *Child, via ID, made bool, err error) {
	ref := n.said[ColChildRef]
	if ref != "" {
		child, err = recordNamed(c, ref)
	} else {
		child, err = c.sameName(n)
	}
	if err != nil {
		return nil, 0, false, err
	}
	if child != nil {
		c.of = child.ID
		if err := n.ourNumber(child, ref); err != nil {
			return nil, 0, false, err
		}
		found := child
		if child, err = whoIsNow(c, found); err != nil {
			return nil, 0, false, err
		}
		via, err = c.foundVia(found, child, ref)
		return child.Clone(), via, false, err
	}
	id, err := c.unclaimed(KindChild, c.ChildByRef)
	if err != nil {
		return nil, 0, false, err
	}
	child = &Child{
		ID: id, Ref: ref, Numbered: ref == "", Made: c.now(),
		GivenName: n.said[ColGivenName], FamilyName: n.said[ColFamilyName], KnownAs: n.said[ColKnownAs],
		DOB: n.dob,
	}
	for col := range NumColumns {
		if known := columns[col].known; known != nil {
			*known(child) = n.said[col]
		}
		if l := child.Card.lines(col); l != nil && n.said[col] != "" {
			*l = []Line{{Text: n.said[col]}}
		}
	}
	return child, 0, true, nil
}

// foundVia is the record that was joined to a child and by which it was found all the same: by its names, its reference, or
// the reference it gave to the child who had none. Should the two be parted again, what came by it is its own.
func (c *decision) foundVia(found, child *Child, ref string) (ID, error) {
	if found.ID != child.ID {
		return found.ID, nil
	}
	for _, id := range child.Joined {
		rec, err := c.Child(id)
		if err != nil {
			return 0, err
		}
		if rec != nil && rec.GaveRef != "" && rec.GaveRef == ref {
			return id, nil
		}
	}
	return 0, nil
}

// ourNumber refuses a row whose reference happens to be our own number of quite another child: a source's C12 is not ours
// when name and date of birth both say so. Nothing is ever joined silently (DOMAIN §2).
func (n *SourceRow) ourNumber(child *Child, ref string) error {
	key := NameKey(n.said[ColGivenName], n.said[ColFamilyName])
	if ref == "" || ref == child.Ref || key == "" || n.dob == 0 || child.DOB == 0 {
		return nil
	}
	if key != NameKey(child.GivenName, child.FamilyName) && n.dob != child.DOB {
		return invalid("child_ref", "%s is our own number of another child, with another name and date of birth: give the source's reference another form", ref)
	}
	return nil
}

// unclaimed gives a number that no source uses as a reference of its own: it would stand for two records.
func (c *decision) unclaimed(k Kind, claimed func(string) (ID, error)) (ID, error) {
	for {
		id, err := c.NextID(k)
		if err != nil {
			return 0, err
		}
		other, err := claimed(id.String())
		if err != nil || other == 0 {
			return id, err
		}
	}
}

// sameName finds the record of the child of a row without child_ref: the one with this folded name and date of birth. Where
// several children have both, or the date is not known, none is meant, and a new child is made for a person to join.
func (c *decision) sameName(n *SourceRow) (*Child, error) {
	key := NameKey(n.said[ColGivenName], n.said[ColFamilyName])
	if key == "" || n.dob == 0 {
		return nil, nil
	}
	born, err := c.ChildrenBorn(n.dob)
	if err != nil {
		return nil, err
	}
	var found, of *Child // the record, and the child it is of today
	for _, b := range born {
		if b.DOB != n.dob || b.Names != key {
			continue
		}
		rec, err := c.Child(b.ID)
		if err != nil {
			return nil, err
		}
		child, err := whoIsNow(c, rec)
		switch {
		case err != nil:
			return nil, err
		case child == nil:
		case of != nil && of.ID != child.ID:
			return nil, nil
		case of == nil || rec.ID == child.ID: // the child's own record goes before one that was joined to it
			found, of = rec, child
		}
	}
	return found, nil
}
