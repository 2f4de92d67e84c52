package domain

// Nothing is recorded as done before what it follows: each row of the table of acts says what that is (DOMAIN §4).

// followed is what an act follows: when that was, and what it is called where something comes before it.
type followed struct {
	at   Moment
	what string
	// step says that it is a step of the work, which holds against a time that somebody gave: a clock that was set back keeps nobody
	// from going on.
	step bool
}

// inTurn refuses an act at a time before what it follows; said is that somebody gave the time.
func (row *actRow) inTurn(r Reader, a Act, t Record, at Moment, said bool) error {
	if row.follows == nil || t == nil {
		return nil
	}
	f, err := row.follows(r, a, t)
	if err != nil || f.at == 0 || !at.Before(f.at) || f.step && !said {
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
	return followed{at: e.MissingAt, what: e.ShownRef() + " began"}, nil
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
			f = followed{at: at, what: what, step: true}
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
		f = followed{at: ref.Decisions[len(ref.Decisions)-1].At, what: "what was decided last on " + ref.ID.String()}
	}
	return f, nil
}

// afterHeld: the interview was held.
func afterHeld(_ Reader, _ Act, t Record) (f followed, err error) {
	if v, ok := t.(*Interview); ok {
		f = followed{at: v.HeldAt, what: "the interview was held"}
	}
	return f, nil
}

// afterSubmitted: the record was submitted.
func afterSubmitted(_ Reader, _ Act, t Record) (f followed, err error) {
	if v, ok := t.(*Interview); ok {
		f = followed{at: v.SubmittedAt, what: "the record was submitted"}
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
			return followed{at: v.HeldAt, what: "the interview was held"}, nil
		}
	}
	return followed{at: fu.At, what: "it was written down"}, nil
}

// afterAccepted: the cluster was made.
func afterAccepted(_ Reader, _ Act, t Record) (f followed, err error) {
	if cl, ok := t.(*Cluster); ok {
		f = followed{at: cl.At, what: cl.ID.String() + " was accepted"}
	}
	return f, nil
}

// afterAttempt: what is struck was tried.
func afterAttempt(_ Reader, a Act, t Record) (f followed, err error) {
	if strike, ok := a.(*StrikeContact); ok {
		if at := strike.find(t); at != nil {
			f = followed{at: at.At, what: at.ID.String() + " was tried"}
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
					return followed{at: flag.At, what: "the flag was set"}, nil
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
			return followed{at: b.At, what: "the meeting was booked"}, nil
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
	return followed{at: n.At, what: "it was asked"}, nil
}

// afterDeath: the death was recorded.
func afterDeath(_ Reader, _ Act, t Record) (f followed, err error) {
	if c, ok := t.(*Child); ok && c.Died != nil {
		f = followed{at: c.Died.At, what: "the death was recorded"}
	}
	return f, nil
}

// afterRestricted: the records were restricted.
func afterRestricted(_ Reader, _ Act, t Record) (f followed, err error) {
	if c, ok := t.(*Child); ok && c.Restricted != nil {
		f = followed{at: c.Restricted.At, what: "the records were restricted"}
	}
	return f, nil
}

// afterMoved: what is seen was changed.
func afterMoved(r Reader, a Act, t Record) (followed, error) {
	if ref, ok := t.(*Referral); ok && ref.Moved != nil && ref.Moved.At != 0 {
		return followed{at: ref.Moved.At, what: "the due time moved"}, nil
	}
	return afterMissing(r, a, t)
}

// notBefore refuses to take a change back, or to do it again, at a time before it happened.
func (c *decision) notBefore(ch *Change) error {
	if ch.Happened == 0 || c.at == c.now() || !c.at.Before(ch.Happened) { // now is said of no time: a clock may have been set back
		return nil
	}
	return notYet(c.at, followed{at: ch.Happened, what: ch.ID.String()})
}
