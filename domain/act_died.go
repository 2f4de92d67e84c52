package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ChildDied records that a child died: nothing is then sent or due for the child or family (DOMAIN §2).
type ChildDied struct {
	ChildRef string `json:"child_ref"`
	On       Date   `json:"on"`
	Reason   string `json:"reason" text:"note"`
}

// Name of the act.
func (a *ChildDied) Name() string { return "child.died" }

func (a *ChildDied) shape(*Settings, time.Time) error {
	return cmp.Or(need("child_ref", a.ChildRef), needsDay("on", a.On), need("reason", a.Reason))
}

func (a *ChildDied) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

func (a *ChildDied) decide(c *decision, t Record) (*Outcome, error) {
	return c.died(t.(*Child), a.Name(), a.On, a.Reason)
}

// died records a death and all that follows from it: open episodes end, an interview still owed is closed as unable, what was
// to be done for the child or family is dropped, and any other open follow-up goes to a supervisor.
func (c *decision) died(child *Child, act string, on Date, why string) (*Outcome, error) {
	switch {
	case on > DateOf(c.Now()):
		return nil, invalid("on", "%s is in the future", on)
	case on > c.at.Date():
		return nil, toldBefore(c.at, on)
	case on < child.DOB:
		return nil, invalid("on", "%s is before the child was born, %s", on, child.DOB)
	}
	child = child.Clone()
	child.Died = &Death{On: on, Why: why, By: c.by, At: c.at}
	out := &Outcome{Named: child.ID}
	out.put(child)
	list, err := c.EpisodesOf(child.ID)
	if err != nil {
		return nil, err
	}
	var said []string
	for _, e := range list {
		if e.ReturnedAt != 0 && e.ReturnedAt.Date() > on && e.DuplicateOf == 0 {
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s has a return after that, %s: is it another child's, or the date wrong?", e.ShownRef(), e.ReturnedAt))
		}
		if e.Unsettled() && e.DuplicateOf == 0 && !e.History {
			if err := c.mayEndOn(e, on); err != nil {
				return nil, err
			}
			e = e.Clone()
			e.settleEnd()
			e.Ended = &Ending{How: EndDied, On: on, Why: why, By: c.by, At: c.at}
			out.put(e)
			said = append(said, e.ShownRef()+" ended")
		}
		if e.Referral == 0 {
			continue
		}
		r, err := c.referralOf(e)
		if err != nil {
			return nil, err
		}
		if r, closed := c.closeDied(r, act, child); closed {
			out.put(r)
			said = append(said, r.ID.String()+" closed as unable")
		} else if r.StageOn(DateOf(c.Now())).Open() {
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s is %s: its interview was held, and its record is finished for the professionals", r.ID, r.Stage.Words()))
		}
	}
	more, err := c.followUpsOfDied(child, out)
	if err != nil {
		return nil, err
	}
	out.Summary = fmt.Sprintf("%s died, %s", child.ShownRef(), on)
	if said = append(said, more...); said != nil {
		out.Summary += ": " + strings.Join(said, ", ")
	}
	return out, nil
}

// toldBefore refuses to have recorded something on a day before it happened.
func toldBefore(at Moment, on Date) error {
	return invalid("at", "%s is before %s, the day of which it tells: nothing is recorded as done before what it follows", at, on)
}

// closeDied closes a referral whose interview is still owed, now or from a look-again date on. What cannot be done then is not
// asked, nobody signs it off, and nobody is to be told that there was no interview.
func (c *decision) closeDied(r *Referral, act string, child *Child) (*Referral, bool) {
	if !r.StageOn(DateOf(c.Now())).BeforeInterview() && !(r.Stage == StageNotRequired && r.LookAgain() != 0) {
		return r, false
	}
	r = c.working(r)
	why := "the child died, " + child.Died.On.String()
	if b := r.Booking(); b != nil {
		b.Outcome, b.OutcomeBy, b.OutcomeAt, b.Note = "closed", c.by, c.at, why
	}
	r.NotRequired, r.Closing = nil, &Closing{As: StageUnable, Text: why, By: c.by, At: c.at}
	c.step(r, act, StageUnable, why)
	return r, true
}

// followUpsOfDied drops what was to be done for a child who died or their family, and gives the rest to a supervisor. It says
// what it did.
func (c *decision) followUpsOfDied(child *Child, out *Outcome) (said []string, err error) {
	list, err := c.FollowUpsOf(child.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		if f, done := c.followUpOfDied(f, child); done != "" {
			out.put(f)
			said = append(said, done)
		}
	}
	return said, nil
}

// followUpOfDied drops an open follow-up for a child who died or their family, or gives it to a supervisor: a working copy, and
// what was done in words, "" for nothing.
func (c *decision) followUpOfDied(f *FollowUp, child *Child) (*FollowUp, string) {
	if !f.Open() {
		return f, ""
	}
	f = f.Clone()
	if forFamily(f.Kind) {
		f.Dropped = &Dropped{Why: "the child died, " + child.Died.On.String(), By: c.by, At: c.at}
		return f, f.ID.String() + " dropped"
	}
	to := c.supervisorOf(child)
	if f.Owner == to {
		return f, ""
	}
	f.Owner = to
	return f, f.ID.String() + " is with " + c.Settings().PersonName(to)
}

// supervisorOf is who takes over what is open of a child who died: the one who decides, where they are a supervisor, else the first
// who is here and may see the child.
func (c *decision) supervisorOf(child *Child) string {
	if u, ok := c.Settings().User(c.by); ok && u.Role == Supervisor {
		return c.by
	}
	today := DateOf(c.Now())
	if i := slices.IndexFunc(c.Settings().Users, func(u User) bool {
		return u.Role == Supervisor && !u.Left(today) && child.OpenTo(c.Settings(), u.Login)
	}); i >= 0 {
		return c.Settings().Users[i].Login
	}
	return c.by
}

// settleDied settles what an outcome leaves open of a child who is recorded as having died, as the death itself did: an act may put
// something right of them, and nothing is due for it.
func (c *decision) settleDied(out *Outcome) error {
	today := DateOf(c.Now())
	var said []string
	var of *Child
	for i, rec := range out.Put {
		child, err := willBe[*Child](c, out, rec.ChildID())
		if err != nil {
			return err
		}
		if child == nil || child.Died == nil {
			continue
		}
		done := ""
		switch r := rec.(type) {
		case *Episode:
			if !endsByDeath(r, today) {
				break
			}
			if child.Died.On < r.MissingAt.Date() {
				return invalid("", "%s began %s, after the death that is recorded of %s, %s: correct one of them first", r.ShownRef(), r.MissingAt, child.ShownRef(), child.Died.On)
			}
			r.settleEnd()
			r.Ended = &Ending{How: EndDied, On: child.Died.On, Why: child.Died.Why, By: c.by, At: c.at}
			done = r.ShownRef() + " ended"
		case *Referral:
			if closed, was := c.closeDied(r, (&ChildDied{}).Name(), child); was {
				out.Put[i], done = closed, r.ID.String()+" closed as unable"
			}
		case *FollowUp:
			out.Put[i], done = c.followUpOfDied(r, child)
		}
		if done != "" {
			said, of = append(said, done), child
		}
	}
	if of != nil {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s is recorded as having died, %s: %s", of.ShownRef(), of.Died.On, strings.Join(said, ", ")))
	}
	return nil
}

// diedAlready refuses to record a death twice.
func diedAlready(_ Reader, t Record) error {
	if c, ok := t.(*Child); ok && c.Died != nil {
		return invalid("child_ref", "%s is recorded as having died, %s: child.lives takes that back if it is wrong", c.ShownRef(), c.Died.On)
	}
	return nil
}

// ofTheLiving refuses what is done for a child only while they live.
func ofTheLiving(r Reader, t Record) error {
	if t == nil {
		return nil
	}
	child, ok := t.(*Child)
	if !ok {
		var err error
		if child, err = r.Child(t.ChildID()); err != nil {
			return err
		}
	}
	return child.lives("")
}

// lives refuses where the child is recorded as having died.
func (c *Child) lives(field string) error {
	if c == nil || c.Died == nil {
		return nil
	}
	return invalid(field, "%s is recorded as having died, %s: nothing is arranged with or sent to the child or family", c.ShownRef(), c.Died.On)
}

// putRaised keeps a referral that was raised: of a child who died it is on record, and nothing is due.
func (c *decision) putRaised(r *Referral, out *Outcome) error {
	child, err := c.Child(r.Child)
	if err != nil {
		return err
	}
	if child != nil && child.Died != nil {
		r, _ = c.closeDied(r, (&ChildDied{}).Name(), child)
		out.Warnings = append(out.Warnings, fmt.Sprintf("the child is recorded as having died, %s: %s is closed as unable; is it another child's?", child.Died.On, r.ID))
	}
	out.put(r)
	return nil
}
