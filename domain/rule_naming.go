package domain

import "fmt"

// ReadRecord reads the record an ID names; nil when it is not there.
func ReadRecord(r Reader, id ID) (Record, error) {
	switch id.Kind() {
	case KindChild:
		if v, err := r.Child(id); v != nil || err != nil {
			return v, err
		}
	case KindEpisode:
		if v, err := r.Episode(id); v != nil || err != nil {
			return v, err
		}
	case KindReferral:
		if v, err := r.Referral(id); v != nil || err != nil {
			return v, err
		}
	case KindCluster:
		if v, err := r.Cluster(id); v != nil || err != nil {
			return v, err
		}
	case KindInterview:
		if v, err := r.Interview(id); v != nil || err != nil {
			return v, err
		}
	case KindFollowUp:
		if v, err := r.FollowUp(id); v != nil || err != nil {
			return v, err
		}
	case KindNoted:
		if v, err := r.Noted(id); v != nil || err != nil {
			return v, err
		}
	case KindImport:
		if v, err := r.Import(id); v != nil || err != nil {
			return v, err
		}
	case KindNone, KindAttempt, KindChange: // no records of their own
	}
	return nil, nil
}

// whoIsNow follows joins from a record to the child it was found to be; nil stays nil.
func whoIsNow(r Reader, child *Child) (*Child, error) {
	for range joinsDeep {
		if child == nil || child.JoinedTo == 0 {
			return child, nil
		}
		next, err := r.Child(child.JoinedTo)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return nil, NotThere(child.JoinedTo, child.ID)
		}
		child = next
	}
	return nil, fmt.Errorf("child %s was joined to itself: run homeward check", child.ID)
}

// ChildNow reads the child that a record stands for today: itself, or the one it was joined to. Nil when there is none.
func ChildNow(r Reader, id ID) (*Child, error) {
	child, err := r.Child(id)
	if err != nil {
		return nil, err
	}
	return whoIsNow(r, child)
}

// episodeNamed finds an episode by what stands in police_ref: the source's reference, or the E-number of an episode that
// came without one. It gives nil where there is none.
func episodeNamed(r Reader, ref string) (*Episode, error) {
	id, err := r.EpisodeByPoliceRef(ref)
	if err != nil {
		return nil, err
	}
	if id != 0 {
		return r.Episode(id)
	}
	if id, ok := KindEpisode.ParseKind(ref); ok {
		e, err := r.Episode(id)
		if err != nil || e == nil || e.PoliceRef != "" {
			return nil, err
		}
		return e, nil
	}
	return nil, nil
}

// numberOfAnother is the episode whose own number a reference of another looks like; nil where it is none's.
func numberOfAnother(r Reader, ref string, of ID) (*Episode, error) {
	id, ok := KindEpisode.ParseKind(ref)
	if !ok || id == of {
		return nil, nil
	}
	return r.Episode(id)
}

// notOurNumber refuses a source's reference that is our own number of another episode: it would answer to both.
func notOurNumber(r Reader, ref string, of ID) error {
	other, err := numberOfAnother(r, ref, of)
	if err != nil || other == nil {
		return err
	}
	return invalid("police_ref", "%s is our own number of another episode: give the source’s reference another form", ref)
}

// oneNamed refuses a name that is the police reference of one episode and our own number of another: it says how to name each.
func oneNamed(r Reader, field, ref string, e *Episode) error {
	other, err := numberOfAnother(r, ref, e.ID)
	if err != nil || other == nil {
		return err
	}
	closed, err := isClosed(r, other.Child)
	if err != nil {
		return err
	}
	if theirs := other.PoliceRef; theirs != "" && !closed {
		return invalid(field, "%s is the police_ref of %s and our own number of the episode with police_ref %s: name %s or %s", ref, e.ID, theirs, e.ID, theirs)
	}
	return invalid(field, "%s is the police_ref of %s and our own number of another episode: name %s, or the other by its police_ref", ref, e.ID, e.ID)
}

// ChildNamed finds a child by what stands in child_ref: the source's reference, or the C-number of a child that came
// without one; that of a child who was joined to another finds the other. It gives nil where there is none.
func ChildNamed(r Reader, ref string) (*Child, error) {
	child, err := recordNamed(r, ref)
	if err != nil {
		return nil, err
	}
	return whoIsNow(r, child)
}

// recordNamed finds the record that has a reference, joined to another or not.
func recordNamed(r Reader, ref string) (*Child, error) {
	id, err := r.ChildByRef(ref)
	if err != nil {
		return nil, err
	}
	if id != 0 {
		return r.Child(id)
	}
	if id, ok := KindChild.ParseKind(ref); ok {
		child, err := r.Child(id)
		if err != nil || child == nil || !child.Numbered && child.Restricted == nil {
			return nil, err
		}
		return child, nil // a restricted one is known by its number alone to who may not see it
	}
	return nil, nil
}

// joinsDeep is how many joins are followed: more than any sane history has, so that a loop in a damaged file ends.
const joinsDeep = 64
