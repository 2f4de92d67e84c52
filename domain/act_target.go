package domain

// numbered finds what a field of an act names by its number: find gives nil where there is none.
func numbered[R comparable](kind Kind, field, number string, find func(ID) (R, error)) (found R, err error) {
	var none R
	id, ok := kind.ParseKind(number)
	if !ok {
		return none, notFound(field, "there is no %s %q (they look like %s)", kind.Word(), number, NewID(kind, 12))
	}
	if found, err = find(id); err == nil && found == none {
		err = notFound(field, "there is no %s %s", kind.Word(), id)
	}
	return found, err
}

// orNone is what was found as a record; nil beside an error.
func orNone[R Record](found R, err error) (Record, error) {
	if err != nil {
		return nil, err
	}
	return found, nil
}

// readReferral finds the referral an act names; the others find records of their kinds.
func readReferral(r Reader, number string) (Record, error) {
	return orNone(numbered(KindReferral, "referral", number, r.Referral))
}

func readInterview(r Reader, number string) (Record, error) {
	return orNone(numbered(KindInterview, "interview", number, r.Interview))
}

func readFollowUp(r Reader, number string) (Record, error) {
	return orNone(numbered(KindFollowUp, "followup", number, r.FollowUp))
}

func readCluster(r Reader, number string) (Record, error) {
	return orNone(numbered(KindCluster, "cluster", number, r.Cluster))
}

// readEpisode finds an episode by police reference or E-number.
func readEpisode(w Reader, ref string) (Record, error) {
	e, err := episodeNamed(w, ref)
	if err != nil {
		return nil, err
	}
	if id, ok := KindEpisode.ParseKind(ref); e == nil && ok {
		if e, err = w.Episode(id); err != nil {
			return nil, err
		}
	}
	if e == nil {
		return nil, notFound("episode", "there is no episode %q", ref)
	}
	if err := oneNamed(w, "episode", ref, e); err != nil {
		return nil, err
	}
	return e, nil
}

// childIn finds the child that a field of an act names.
func childIn(w Reader, field, ref string) (Record, error) {
	child, err := ChildNamed(w, ref)
	if err != nil {
		return nil, err
	}
	if child == nil {
		return nil, notFound(field, "there is no child %q", ref)
	}
	return child, nil
}

// otherChild finds another child that an act names beside its target, whom who decides may see: nothing is said of a closed one.
func (c *decision) otherChild(field, ref string) (*Child, error) {
	rec, err := childIn(c, field, ref)
	if err != nil {
		return nil, err
	}
	return rec.(*Child), MayOpen(c, rec)
}

// childOf is the child an episode is of.
func childOf(r Reader, e *Episode) (*Child, error) {
	child, err := r.Child(e.Child)
	if err == nil && child == nil {
		err = NotThere(e.Child, e.ID)
	}
	return child, err
}

// referralOf is the referral of an episode that has one.
func (c *decision) referralOf(e *Episode) (*Referral, error) {
	r, err := c.Referral(e.Referral)
	if err == nil && r == nil {
		err = NotThere(e.Referral, e.ID)
	}
	return r, err
}
