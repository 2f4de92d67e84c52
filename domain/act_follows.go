package domain

// Nothing is recorded as done before what it follows: each row of the table of acts says what that is (DOMAIN §4).

// followed is what an act follows: when that was, and what it is called where something comes before it.
type followed struct {
	at   Moment
	what string
}

// inTurn refuses an act at a time before what it follows.
func (row *actRow) inTurn(r Reader, t Record, at Moment) error {
	if row.follows == nil || t == nil {
		return nil
	}
	f, err := row.follows(r, t)
	if err != nil || f.at == 0 || !at.Before(f.at) {
		return err
	}
	return invalid("at", "%s is before %s, %s: nothing is recorded as done before what it follows", at, f.what, f.at)
}

// afterMissing: a child of whom something is done was missing.
func afterMissing(r Reader, t Record) (f followed, err error) {
	e, _ := t.(*Episode)
	if ref, ok := t.(*Referral); ok {
		if e, err = r.Episode(ref.Episode); err != nil {
			return f, err
		}
	}
	if e == nil {
		if fu, ok := t.(*FollowUp); ok {
			return afterRaised(r, fu)
		}
		return f, nil
	}
	return followed{e.MissingAt, e.ShownRef() + " began"}, nil
}

// afterDecision: it answers what was decided last.
func afterDecision(_ Reader, t Record) (f followed, err error) {
	if ref, ok := t.(*Referral); ok && len(ref.Decisions) > 0 {
		f = followed{ref.Decisions[len(ref.Decisions)-1].At, "what was decided last on " + ref.ID.String()}
	}
	return f, nil
}

// afterHeld: the interview was held.
func afterHeld(_ Reader, t Record) (f followed, err error) {
	if v, ok := t.(*Interview); ok {
		f = followed{v.HeldAt, "the interview was held"}
	}
	return f, nil
}

// afterSubmitted: the record was submitted.
func afterSubmitted(_ Reader, t Record) (f followed, err error) {
	if v, ok := t.(*Interview); ok {
		f = followed{v.SubmittedAt, "the record was submitted"}
	}
	return f, nil
}

// afterRaised: the follow-up was there: since its interview was held, or since somebody wrote it down.
func afterRaised(r Reader, t Record) (f followed, err error) {
	fu, ok := t.(*FollowUp)
	if !ok {
		return f, nil
	}
	if fu.Interview != 0 {
		v, err := r.Interview(fu.Interview)
		if err != nil {
			return f, err
		}
		if v != nil && v.HeldAt != 0 && v.HeldAt.Unix() < fu.At.Unix() {
			return followed{v.HeldAt, "the interview was held"}, nil
		}
	}
	return followed{fu.At, "it was written down"}, nil
}

// afterAccepted: the cluster was made.
func afterAccepted(_ Reader, t Record) (f followed, err error) {
	if cl, ok := t.(*Cluster); ok {
		f = followed{cl.At, cl.ID.String() + " was accepted"}
	}
	return f, nil
}
