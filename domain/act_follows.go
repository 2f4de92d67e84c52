package domain

// Nothing is recorded as done before what it follows: each row of the table of acts says what that is (DOMAIN §4).

// followed is what an act follows: when that was, and what it is called where something comes before it.
type followed struct {
	at   Moment
	what string
}

// inTurn refuses an act at a time before what it follows.
func (row *actRow) inTurn(r Reader, a Act, t Record, at Moment) error {
	if row.follows == nil || t == nil {
		return nil
	}
	f, err := row.follows(r, a, t)
	if err != nil || f.at == 0 || !at.Before(f.at) {
		return err
	}
	return notYet(at, f)
}

// notYet refuses what is said to have been done before what it follows.
func notYet(at Moment, f followed) error {
	return invalid("at", "%s is before %s, %s: nothing is recorded as done before what it follows", at, f.what, f.at)
}

// afterMissing: a child of whom something is done was missing.
func afterMissing(r Reader, _ Act, t Record) (f followed, err error) {
	e, _ := t.(*Episode)
	if ref, ok := t.(*Referral); ok {
		if e, err = r.Episode(ref.Episode); err != nil {
			return f, err
		}
	}
	if e == nil {
		if fu, ok := t.(*FollowUp); ok {
			return afterRaised(r, nil, fu)
		}
		return f, nil
	}
	return followed{e.MissingAt, e.ShownRef() + " began"}, nil
}

// afterSteps: the child was missing, and what was decided and arranged on the referral came before.
func afterSteps(r Reader, a Act, t Record) (followed, error) {
	f, err := afterMissing(r, a, t)
	ref, ok := t.(*Referral)
	if err != nil || !ok {
		return f, err
	}
	later := func(at Moment, what string) {
		if at != 0 && f.at.Before(at) {
			f = followed{at, what}
		}
	}
	for _, d := range ref.Decisions {
		if d.From != d.To { // what left the stage may have been written down first, and have happened later
			later(d.At, "what was decided last on "+ref.ID.String())
		}
	}
	if b := ref.Booking(); b != nil {
		later(b.At, "the meeting was booked")
	}
	return f, nil
}

// afterDecision: it answers what was decided last.
func afterDecision(_ Reader, _ Act, t Record) (f followed, err error) {
	if ref, ok := t.(*Referral); ok && len(ref.Decisions) > 0 {
		f = followed{ref.Decisions[len(ref.Decisions)-1].At, "what was decided last on " + ref.ID.String()}
	}
	return f, nil
}

// afterHeld: the interview was held.
func afterHeld(_ Reader, _ Act, t Record) (f followed, err error) {
	if v, ok := t.(*Interview); ok {
		f = followed{v.HeldAt, "the interview was held"}
	}
	return f, nil
}

// afterSubmitted: the record was submitted.
func afterSubmitted(_ Reader, _ Act, t Record) (f followed, err error) {
	if v, ok := t.(*Interview); ok {
		f = followed{v.SubmittedAt, "the record was submitted"}
	}
	return f, nil
}

// afterRaised: the follow-up was there: since its interview was held, or since somebody wrote it down.
func afterRaised(r Reader, _ Act, t Record) (f followed, err error) {
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
func afterAccepted(_ Reader, _ Act, t Record) (f followed, err error) {
	if cl, ok := t.(*Cluster); ok {
		f = followed{cl.At, cl.ID.String() + " was accepted"}
	}
	return f, nil
}

// afterAttempt: what is struck was tried.
func afterAttempt(_ Reader, a Act, t Record) (f followed, err error) {
	if strike, ok := a.(*StrikeContact); ok {
		if at := strike.find(t); at != nil {
			f = followed{at.At, at.ID.String() + " was tried"}
		}
	}
	return f, nil
}

// afterFlag: the flag was set, on an episode that had begun.
func afterFlag(r Reader, a Act, t Record) (followed, error) {
	if clear, ok := a.(*ClearFlag); ok {
		if e, ok := t.(*Episode); ok {
			for _, flag := range e.Flags {
				if flag.Name == clear.Flag && flag.At > e.MissingAt {
					return followed{flag.At, "the flag was set"}, nil
				}
			}
		}
	}
	return afterMissing(r, a, t)
}

// afterBooked: the meeting was arranged.
func afterBooked(r Reader, a Act, t Record) (followed, error) {
	if ref, ok := t.(*Referral); ok {
		if b := ref.Booking(); b != nil && b.At != 0 {
			return followed{b.At, "the meeting was booked"}, nil
		}
	}
	return afterMissing(r, a, t)
}

// afterAsked: the question was asked.
func afterAsked(_ Reader, a Act, t Record) (f followed, err error) {
	answer, named := a.(*AnswerNote)
	ref, ok := t.(*Referral)
	if !named || !ok {
		return f, nil
	}
	n, err := answer.asked(ref)
	if err != nil {
		return f, nil // the act itself says so
	}
	return followed{n.At, "it was asked"}, nil
}

// afterDeath: the death was recorded.
func afterDeath(_ Reader, _ Act, t Record) (f followed, err error) {
	if c, ok := t.(*Child); ok && c.Died != nil {
		f = followed{c.Died.At, "the death was recorded"}
	}
	return f, nil
}

// afterRestricted: the records were restricted.
func afterRestricted(_ Reader, _ Act, t Record) (f followed, err error) {
	if c, ok := t.(*Child); ok && c.Restricted != nil {
		f = followed{c.Restricted.At, "the records were restricted"}
	}
	return f, nil
}

// afterMoved: what is seen was changed.
func afterMoved(r Reader, a Act, t Record) (followed, error) {
	if ref, ok := t.(*Referral); ok && ref.Moved != nil && ref.Moved.At != 0 {
		return followed{ref.Moved.At, "the due time moved"}, nil
	}
	return afterMissing(r, a, t)
}

// notBefore refuses to take a change back, or to do it again, at a time before it happened.
func (c *decision) notBefore(ch *Change) error {
	if ch.Happened == 0 || c.at == c.now() || !c.at.Before(ch.Happened) { // now is said of no time: a clock may have been set back
		return nil
	}
	return notYet(c.at, followed{ch.Happened, ch.ID.String()})
}
