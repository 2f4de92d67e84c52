package domain

import (
	"fmt"
	"slices"
	"strings"
)

// mayStand refuses to take a change back, or to do it again, where what comes of it could not be on what is recorded by now: of a
// child who died nothing opens again, nothing is owed for a return that was taken back, and nobody who has left gets work back.
func (c *decision) mayStand(ch *Change, out *Outcome) error {
	for _, r := range out.Put {
		is, err := ReadRecord(c, r.RecordID())
		if err != nil {
			return err
		}
		for _, may := range []func(ch *Change, is, will Record, out *Outcome) error{c.deadStay, c.owedForReturn, c.backAmongReturned} {
			if err := may(ch, is, r, out); err != nil {
				return err
			}
		}
	}
	return c.workFinds(ch, out)
}

// willBe is a record as an outcome leaves it; nil where there is none then.
func willBe[T Record](c *decision, out *Outcome, id ID) (r T, err error) {
	if put, ok := putAlready[T](out, id); ok {
		return put, nil
	}
	if id == 0 || slices.Contains(out.Delete, id) {
		return r, nil
	}
	is, err := ReadRecord(c, id)
	if is != nil {
		r, _ = is.(T)
	}
	return r, err
}

// endsByDeath says that a record is one of those that end when its child dies ([decision.died]): an episode of which nobody said
// how it ended, an interview that is owed, what is to be done for the child or family.
func endsByDeath(r Record, today Date) bool {
	switch r := r.(type) {
	case *Episode:
		return r.Unsettled() && r.DuplicateOf == 0 && !r.History
	case *Referral:
		return r.owesInterview(today)
	case *FollowUp:
		return r.Open() && forFamily(r.Kind)
	}
	return false
}

// owesInterview says that an interview is owed, now or from a look-again date on.
func (r *Referral) owesInterview(today Date) bool {
	return r.StageOn(today).BeforeInterview() || r.Stage == StageNotRequired && r.LookAgain() != 0
}

// opens says that a record is open now in a way in which it was not before, of the same child.
func opens(is, will Record, open func(Record) bool) bool {
	return open(will) && (is == nil || is.ChildID() != will.ChildID() || !open(is))
}

// deadStay refuses to open anything of a child who died again: only taking the death itself back does. What was open when the
// death was recorded was settled with it; what was done since, for the professionals, can be taken back.
func (c *decision) deadStay(ch *Change, is, will Record, out *Outcome) error {
	if child, ok := will.(*Child); ok {
		return c.diesAgain(ch, is, child, out)
	}
	child, err := willBe[*Child](c, out, will.ChildID())
	if err != nil || child == nil || child.Died == nil {
		return err
	}
	today := DateOf(c.Now())
	open := func(r Record) bool { return endsByDeath(r, today) }
	if !opens(is, will, open) {
		since, err := c.diedSince(ch, child)
		if err != nil || !since || !opens(is, will, isOpen(today)) {
			return err
		}
	}
	return conflict("of", "%s would be open again, and %s is recorded as having died, %s: only what took the death back opens it (child.lives)", will.RecordID(), child.ShownRef(), child.Died.On)
}

// isOpen says that anything is still to be done about a record.
func isOpen(today Date) func(Record) bool {
	return func(r Record) bool {
		switch r := r.(type) {
		case *Referral:
			return r.StageOn(today).Open() || r.owesInterview(today)
		case *FollowUp:
			return r.Open()
		}
		return endsByDeath(r, today)
	}
}

// diedSince says that a death was recorded after a change.
func (c *decision) diedSince(ch *Change, child *Child) (bool, error) {
	changes, err := c.ChangesTo(child.ID)
	if err != nil {
		return false, err
	}
	for _, left := range leftSince(changes, ch.ID, child.ID) {
		for _, t := range left.Touched {
			was, ok := t.Before.(*Child)
			if is, also := t.After.(*Child); ok && also && was.Died == nil && is.Died != nil && t.ID == child.ID {
				return true, nil
			}
		}
	}
	return false, nil
}

// diesAgain refuses to bring a death back while something is open that it would have ended.
func (c *decision) diesAgain(ch *Change, is Record, child *Child, out *Outcome) error {
	if was, ok := is.(*Child); child.Died == nil || ok && was.Died != nil {
		return nil
	}
	today := DateOf(c.Now())
	refuse := func(id ID) error {
		return conflict("of", "%s would be recorded as having died again, and %s is open since: record the death anew, which settles that (child.died)", child.ShownRef(), id)
	}
	eps, err := c.EpisodesOf(child.ID)
	if err != nil {
		return err
	}
	for _, e := range eps {
		will, err := willBe[*Episode](c, out, e.ID)
		if err != nil {
			return err
		}
		if will != nil && will.Child == child.ID && endsByDeath(will, today) {
			return refuse(e.ID)
		}
		r, err := willBe[*Referral](c, out, e.Referral)
		if err != nil {
			return err
		}
		if r != nil && r.Child == child.ID && endsByDeath(r, today) {
			return refuse(r.ID)
		}
	}
	fus, err := c.FollowUpsOf(child.ID)
	if err != nil {
		return err
	}
	for _, f := range fus {
		will, err := willBe[*FollowUp](c, out, f.ID)
		if err != nil {
			return err
		}
		if will != nil && will.Child == child.ID && endsByDeath(will, today) {
			return refuse(f.ID)
		}
	}
	return nil
}

// owedForReturn refuses to owe an interview again for a return that was taken back since: the child is missing.
func (c *decision) owedForReturn(_ *Change, is, will Record, out *Outcome) error {
	today := DateOf(c.Now())
	r, ok := will.(*Referral)
	if !ok || !opens(is, r, func(r Record) bool { return r.(*Referral).owesInterview(today) }) {
		return nil
	}
	e, err := willBe[*Episode](c, out, r.Episode)
	if err != nil || e == nil || e.Located() {
		return err
	}
	return conflict("of", "%s would be owed again, and the return of %s was taken back since: record when the child was found or came back, which raises it again (episode.edit)", r.ID, e.ShownRef())
}

// backAmongReturned refuses to bring a referral back into a cluster whose return was taken back since.
func (c *decision) backAmongReturned(ch *Change, is, will Record, out *Outcome) error {
	r, ok := will.(*Referral)
	if !ok || r.Cluster == 0 || !r.Stage.Outstanding() {
		return nil
	}
	if was, ok := is.(*Referral); ok && was.Cluster == r.Cluster {
		return nil
	}
	e, err := willBe[*Episode](c, out, r.Episode)
	if err != nil || e == nil || e.Over() {
		return err
	}
	return conflict("of", "%s has no return any more: it cannot come back into %s, and %s cannot be %s", e.ShownRef(), r.Cluster, ch.ID, backWords(ch))
}

// duty is one thing that somebody has to do: of which record, what of it, and by which day they must be here for it.
type duty struct {
	of   ID
	what string
	who  string
	day  Date
}

// question begins what is said of one that a note asks.
const question = "question "

// duties are what a record gives people to do.
func duties(r Record, today Date) []duty {
	var out []duty
	switch r := r.(type) {
	case *Referral:
		if isOpen(today)(r) {
			out = append(out, duty{r.ID, "referral", r.AssignedTo, today})
		}
		if b := r.Booking(); b != nil && r.StageOn(today).BeforeInterview() {
			out = append(out, duty{r.ID, "meeting", b.Interviewer, max(b.When.Date(), today)})
		}
		for i, n := range r.Notes {
			if n.Open() {
				out = append(out, duty{r.ID, fmt.Sprint(question, i), n.To, today})
			}
		}
	case *FollowUp:
		if r.Open() {
			out = append(out, duty{r.ID, "follow-up", r.Owner, today})
		}
	case *Interview:
		if r.SubmittedAt == 0 && r.Into == 0 {
			out = append(out, duty{r.ID, "record", r.Owner, today})
		}
	}
	return out
}

// workFinds refuses to give work back to somebody who is not here any more: what they had when they left is taken over by
// somebody, and no undo gives it to them again.
func (c *decision) workFinds(ch *Change, out *Outcome) error {
	today := DateOf(c.Now())
	var gone, who string
	var of []string
	for _, r := range out.Put {
		is, err := ReadRecord(c, r.RecordID())
		if err != nil {
			return err
		}
		for _, d := range newDuties(is, r, today) {
			words := c.Settings().noWork(d.who, d.day)
			if words == "" || gone != "" && d.who != who {
				continue
			}
			if strings.HasPrefix(d.what, question) {
				return invalid("of", "%s, and the question on %s would be theirs: ask somebody who is here instead (referral.note)", words, d.of)
			}
			gone, who = words, d.who
			if id := d.of.String(); !slices.Contains(of, id) {
				of = append(of, id)
			}
		}
	}
	if gone == "" {
		return nil
	}
	return invalid("of", "%s, and %s would be theirs: %s cannot be %s; give it to somebody who is here instead (referral.assign, or caseload.hand_over for all that somebody has)",
		gone, andList(of), ch.ID, backWords(ch))
}

// newDuties are what a record gives people to do that they did not have of it before.
func newDuties(is, will Record, today Date) []duty {
	var had []duty
	if is != nil {
		had = duties(is, today)
	}
	return slices.DeleteFunc(duties(will, today), func(d duty) bool {
		return slices.ContainsFunc(had, func(h duty) bool { return h.what == d.what && h.who == d.who })
	})
}
