package domain

import "fmt"

// isBack is what is said of an episode whose referral is raised.
func (e *Episode) isBack() string {
	if e.FoundAt != 0 && !e.Over() {
		return "was found and is not back"
	}
	return "is back"
}

// raiseAgain opens the referral that was withdrawn when its return was taken back: the child is found or back after all.
func (c *decision) raiseAgain(e *Episode, out *Outcome) (raised bool, err error) {
	rec, err := c.referralOf(e)
	if err != nil {
		return false, err
	}
	if rec.Stage != StageWithdrawn {
		return false, nil
	}
	r := c.working(rec)
	r.Made, r.Taken, r.Again = c.at, !c.act.program, c.now()
	r.Closing, r.LateReason, r.Moved = nil, nil, nil
	c.step(r, "referral.reopen", r.reopened(), e.ShownRef()+" "+e.isBack())
	return true, c.putRaised(r, out)
}

// withdrawnStill warns where another return or found time is said of an episode whose referral a person withdrew as an error.
func (c *decision) withdrawnStill(was, is *Episode, out *Outcome) error {
	if was == nil || was.FoundAt == is.FoundAt && was.ReturnedAt == is.ReturnedAt {
		return nil
	}
	r, err := c.referralOf(is)
	if err == nil && r.Stage == StageWithdrawn {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s stays withdrawn: reopen it if an interview is owed (referral.reopen)", r.ID))
	}
	return err
}

// takeBack does what taking a return or a found time back asks for (DOMAIN §3): where nothing says any more that the child
// was found, the referral it raised is withdrawn with it, if nothing but triage and contact happened; else it refuses and
// says what to do instead. It says what was done.
func (c *decision) takeBack(was, is *Episode, out *Outcome) (string, error) {
	field := "returned_at"
	if err := c.duplicatesBack(was, is); err != nil {
		return "", err
	}
	switch {
	case is.Referral == 0:
		return "", nil
	case was.ReturnedAt != 0 && is.ReturnedAt == 0:
	case was.FoundAt != 0 && is.FoundAt == 0:
		field = "found_at_time"
	default:
		return "", nil
	}
	rec, err := c.referralOf(is)
	if err != nil {
		return "", err
	}
	r := c.working(rec)
	b := r.Booking()
	switch {
	case r.HeldAt != 0 && (!is.Located() || r.Cluster != 0 && !is.Over()):
		if r.SignedAt != 0 {
			return "", invalid(field, "the interview of %s was held %s and its record is signed off: correct the time instead", is.ShownRef(), r.HeldAt)
		}
		return "", invalid(field, "the interview of %s was held %s: correct the time instead, or take the interview back first (interview.unheld)", is.ShownRef(), r.HeldAt)
	case is.Located():
		if was.Over() && !is.Over() && r.Cluster != 0 {
			if err := c.leaves(r, PartedNotBack, "its return was taken back", out); err != nil {
				return "", err
			}
			out.put(r)
		}
		return "", nil
	case r.Stage == StageWithdrawn:
		return "", nil
	case r.Stage.Ended():
		return "", invalid(field, "%s is %s: reopen it first, then the return can be taken back and it is withdrawn", r.ID, r.Stage.Words())
	case b != nil && r.Cluster == 0:
		return "", invalid(field, "%s is booked for %s: cancel that first and tell who expects it, then the return can be taken back", r.ID, b.When)
	case b != nil:
		b.Outcome, b.OutcomeBy, b.OutcomeAt, b.Note = "closed", c.by, c.at, "the return was taken back"
		out.Warnings = append(out.Warnings, fmt.Sprintf("the meeting of %s on %s stands for the others of %s", r.ID, b.When, r.Cluster))
	}
	if err := c.leaves(r, PartedWithdrawn, "its return was taken back", out); err != nil {
		return "", err
	}
	r.NotRequired = nil
	r.Closing = &Closing{As: StageWithdrawn, Text: "its return was taken back", By: c.by, At: c.at}
	c.step(r, "episode.edit", StageWithdrawn, "its return was taken back")
	out.put(r)
	again, err := c.missingAgain(is)
	return fmt.Sprintf("%s, %s is withdrawn", again, r.ID), err
}

// missingAgain is what is said of an episode without a return again: whether the child is missing in it.
func (c *decision) missingAgain(e *Episode) (string, error) {
	child, err := childOf(c, e)
	switch {
	case err != nil:
		return "", err
	case e.Ended != nil:
		return fmt.Sprintf("%s stays ended (%s), so the child is not missing now", e.ShownRef(), e.Ended.Said()), nil
	case e.History:
		return e.ShownRef() + " has no return again, and as history it is not shown as missing now", nil
	case child.CannotBeMissing(DateOf(c.Now())):
		return e.ShownRef() + " has no return again, and the child cannot be missing now", nil
	case e.FoundAt != 0:
		return "the child is missing again, found and not back", nil
	}
	return "the child is missing again", nil
}

// duplicatesBack refuses to take back that the child was found or is back where a duplicate of the episode says so too: the two are
// one, and the interview that the duplicate gave up would be owed by nobody.
func (c *decision) duplicatesBack(was, is *Episode) error {
	if !was.Located() || is.Located() {
		return nil
	}
	list, err := c.EpisodesOf(is.Child)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.DuplicateOf == is.ID && o.Located() {
			field, said := "returned_at", "is back"
			if was.ReturnedAt == 0 {
				field, said = "found_at_time", "was found"
			}
			return invalid(field, "%s is a duplicate of %s and says that the child %s, %s: take that back first if it is wrong, else correct the time", o.ShownRef(), is.ShownRef(), said, o.LocatedAt())
		}
	}
	return nil
}

// stillPossible refuses a time that would make a recorded fact impossible: an interview held before the child was found, a
// contact before the child was missing (DOMAIN §4).
func (c *decision) stillPossible(was, is *Episode) error {
	if is.Referral == 0 || was.MissingAt == is.MissingAt && was.FoundAt == is.FoundAt && was.ReturnedAt == is.ReturnedAt {
		return nil
	}
	r, err := c.referralOf(is)
	if err != nil {
		return err
	}
	if at := is.LocatedAt(); r.HeldAt != 0 && at != 0 && r.HeldAt.Before(at) && !(was.LocatedAt() != 0 && r.HeldAt.Before(was.LocatedAt())) {
		field := "returned_at"
		if was.ReturnedAt == is.ReturnedAt {
			field = "found_at_time"
		}
		return invalid(field, "the interview of %s was held %s, before that: correct when it was held first (interview.correct_held), or give another time", is.ShownRef(), r.HeldAt)
	}
	for _, a := range r.Attempts {
		if !a.Struck() && a.At.Before(is.MissingAt) && !a.At.Before(was.MissingAt) {
			return invalid("missing_at", "%s was tried at %s, before that: strike %s first, or give another time", a.ID, a.At, a.ID)
		}
	}
	return nil
}

// beforeTheReturn warns of what was recorded while the child was back, as was known then, and by another time is before that:
// an interview may be held of one who is found and not back, so it can be right (DOMAIN §3).
func (c *decision) beforeTheReturn(was, is *Episode, out *Outcome) error {
	if is.Referral == 0 || !was.Located() || was.FoundAt == is.FoundAt && was.ReturnedAt == is.ReturnedAt {
		return nil
	}
	r, err := c.referralOf(is)
	if err != nil {
		return err
	}
	if held := r.HeldAt; held != 0 && was.Over() && !held.Before(was.ReturnedAt) {
		switch {
		case !is.Over():
			out.Warnings = append(out.Warnings, fmt.Sprintf("the child is missing again, found and not back; %s was held %s, while the child was not back", r.Interview, held))
		case held.Before(is.ReturnedAt):
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s was held %s, before the return: while the child was found and not back; correct when it was held if that is not so (interview.correct_held)", r.Interview, held))
		}
	}
	for _, a := range r.Attempts {
		if at := is.LocatedAt(); at != 0 && !a.Struck() && a.At.Before(at) && !a.At.Before(was.LocatedAt()) {
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s was tried at %s, while the child was missing still: strike it if that is not so", a.ID, a.At))
		}
	}
	return nil
}
