package domain

import "slices"

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
		DOB: n.dob, Gender: n.said[ColGender],
	}
	child.Card.PreferredWay = n.said[ColPreferredWay]
	for col := range NumColumns {
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

// sameName finds the record of the child of a row without child_ref: the one with this folded name and date of birth. Where several
// have it, one that came without a reference too is meant; where that leaves several, none is, and a new child is
// made for a person to join.
func (c *decision) sameName(n *SourceRow) (*Child, error) {
	key := NameKey(n.said[ColGivenName], n.said[ColFamilyName])
	if key == "" || n.dob == 0 {
		return nil, nil
	}
	born, err := c.ChildrenBorn(n.dob)
	if err != nil {
		return nil, err
	}
	type match struct{ rec, child *Child }
	var all, numbered []match
	add := func(list *[]match, m match) { // once, though two records of a child who was joined have the name
		i := slices.IndexFunc(*list, func(o match) bool { return o.child.ID == m.child.ID })
		switch {
		case i < 0:
			*list = append(*list, m)
		case m.rec.ID == m.child.ID:
			(*list)[i] = m // the child's own record goes before one that was joined to it
		}
	}
	for _, b := range born {
		if b.DOB != n.dob || b.Names != key {
			continue
		}
		rec, err := c.Child(b.ID)
		if err != nil {
			return nil, err
		}
		child, err := whoIsNow(c, rec)
		if err != nil {
			return nil, err
		}
		if child == nil {
			continue
		}
		add(&all, match{rec, child})
		if rec.Ref == "" && rec.Numbered {
			add(&numbered, match{rec, child})
		}
	}
	switch {
	case len(numbered) == 1:
		return numbered[0].rec, nil
	case len(all) == 1:
		return all[0].rec, nil
	}
	return nil, nil
}
