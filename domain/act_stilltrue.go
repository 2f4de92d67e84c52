package domain

import (
	"fmt"
	"slices"
	"strings"
)

// What was said of a child and is not true of them any more keeps nothing closed: a death or an 18th birthday that was another
// child's, an age that was corrected. Whatever act puts the fact right, an episode that ended by it is open again and an interview
// that was given up for it is owed again (DOMAIN §4).

// settleTrue opens again what an outcome leaves closed for a reason that is no fact of the child, and says so.
func (c *decision) settleTrue(out *Outcome) error {
	episodes, err := c.episodesTouched(out)
	if err != nil {
		return err
	}
	var open []string
	var owed []*Referral
	for _, id := range episodes {
		e, err := willBe[*Episode](c, out, id)
		if err != nil {
			return err
		}
		if e == nil {
			continue
		}
		child, err := willBe[*Child](c, out, e.Child)
		if err != nil {
			return err
		}
		if child == nil {
			return NotThere(e.Child, e.ID)
		}
		if e.Ended != nil && !child.mayHaveEnded(e.Ended) {
			how := e.Ended.Said()
			e = e.Clone()
			e.Ended = nil
			out.replace(e)
			open = append(open, e.ShownRef()+" ("+how+")")
		}
		r, err := c.owedAfterAll(e, child, out)
		if err != nil {
			return err
		}
		if r != nil {
			out.replace(r)
			owed = append(owed, r)
		}
	}
	if (open != nil || owed != nil) && c.takesBack() {
		return conflict("of", "what it would give back was closed for what is no fact of the child any more (%s): record it anew", strings.Join(append(open, idsOf(owed)...), ", "))
	}
	if open != nil {
		out.Warnings = append(out.Warnings, strings.Join(open, ", ")+": that is no fact of this child, so it is without a return again and counts as missing: record the return or end it otherwise")
	}
	for _, r := range owed {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s is %s again: what it was closed for is no fact of this child", r.ID, r.Stage.Words()))
	}
	return c.notHeldWith(owed, out)
}

// takesBack says that the decision gives records back as they were, and nothing else.
func (c *decision) takesBack() bool {
	return slices.Contains([]string{undoName, redoName, (&TakeBackRow{}).Name()}, c.act.name)
}

func idsOf(rs []*Referral) (out []string) {
	for _, r := range rs {
		out = append(out, r.ID.String())
	}
	return out
}

// episodesTouched are the episodes of which an outcome may change whether what was said of them is true: those it changes, itself
// or by their referral, and all of a child of whom it says another date of birth or no death any more.
func (c *decision) episodesTouched(out *Outcome) (ids []ID, err error) {
	add := func(id ID) {
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, rec := range out.Put {
		switch r := rec.(type) {
		case *Episode:
			if r.Ended != nil || r.Referral != 0 {
				add(r.ID)
			}
		case *Referral:
			if r.Closing != nil || r.NotRequired != nil {
				add(r.Episode)
			}
		case *Child:
			was, err := c.Child(r.ID)
			if err != nil {
				return nil, err
			}
			if was == nil || was.DOB == r.DOB && (was.Died == nil) == (r.Died == nil) {
				continue
			}
			list, err := c.EpisodesOf(r.ID)
			if err != nil {
				return nil, err
			}
			for _, e := range list {
				add(e.ID)
			}
		}
	}
	return ids, nil
}

// mayHaveEnded says that a way in which an episode ended can be true of the child it is of.
func (c *Child) mayHaveEnded(d *Ending) bool {
	switch how := endingOf(d.How); {
	case how.death:
		return c.Died != nil
	case how.grown:
		return c.DOB == 0 || c.GrownUp(d.On)
	}
	return true
}

// owedAfterAll is the referral of an episode, opened again, where it stands closed for a reason that is not true of the child any
// more; nil where it does not.
func (c *decision) owedAfterAll(e *Episode, child *Child, out *Outcome) (*Referral, error) {
	if e.Referral == 0 || !e.Located() || e.DuplicateOf != 0 || child.Died != nil {
		return nil, nil
	}
	rec, err := willBe[*Referral](c, out, e.Referral)
	if err != nil || rec == nil {
		return nil, err
	}
	why := ""
	switch {
	case rec.closedByDeath():
		why = "the death is not recorded of this child"
	case rec.NotRequired != nil && notRequiredReason(rec.NotRequired.Reason).underAge:
		if why, err = c.ofAgeAfterAll(rec, e, child); err != nil {
			return nil, err
		}
	}
	if why == "" {
		return nil, nil
	}
	r := rec.Clone()
	r.NotRequired, r.Closing = nil, nil
	to, err := c.takenUp(r)
	if err != nil {
		return nil, err
	}
	c.step(r, (&Reopen{}).Name(), to, why)
	return r, nil
}

// ofAgeAfterAll says why a child is not under the policy's age floor, who was when that was decided: another date of birth, another
// start, another child. "" where nothing of that changed it.
func (c *decision) ofAgeAfterAll(r *Referral, e *Episode, child *Child) (string, error) {
	floor := c.Settings().Policy.AgeFloor
	if r.Stage != StageNotRequired && r.Stage != StageToApprove || child.DOB == 0 || AgeOn(child.DOB, e.MissingAt.Date()) < floor {
		return "", nil
	}
	before, err := c.Episode(e.ID)
	if err != nil || before == nil {
		return "", err
	}
	was, err := c.Child(before.Child)
	if err != nil || was == nil || was.DOB != 0 && AgeOn(was.DOB, before.MissingAt.Date()) >= floor {
		return "", err // the floor is another by now: what was decided by it stands
	}
	return fmt.Sprintf("the child was %d at the start of the episode, the age floor is %d", AgeOn(child.DOB, e.MissingAt.Date()), floor), nil
}

// closedByDeath says that a referral stands closed because of a death that was recorded.
func (r *Referral) closedByDeath() bool {
	d := r.decidedLast()
	return r.Stage == StageUnable && d != nil && slices.Contains([]string{(&ChildDied{}).Name(), (&EndEpisode{}).Name()}, d.Act)
}

// closedAsDuplicate says that a referral stands withdrawn because its episode was found to be the same as another.
func (r *Referral) closedAsDuplicate() bool {
	d := r.decidedLast()
	return r.Stage == StageWithdrawn && d != nil && d.Act == (&Duplicate{}).Name()
}

// decidedLast is the decision that brought a referral into its stage; nil for a new one.
func (r *Referral) decidedLast() *Decision {
	for i := len(r.Decisions) - 1; i >= 0; i-- {
		if d := &r.Decisions[i]; d.From != d.To { // a move to another child leaves the stage
			return d
		}
	}
	return nil
}

// replace puts a record in the place of the one an outcome holds of it already, or adds it.
func (o *Outcome) replace(r Record) {
	for i, is := range o.Put {
		if is.RecordID() == r.RecordID() {
			o.Put[i] = r
			return
		}
	}
	o.put(r)
}
