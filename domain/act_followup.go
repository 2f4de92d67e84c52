package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// AddFollowUp writes down what must happen for a child. Kind urgent is something that cannot wait: due within urgent_within, above
// everything on every screen until somebody has passed it on (DOMAIN §4, Urgent).
type AddFollowUp struct {
	ChildRef  string `json:"child_ref"`
	Kind      string `json:"kind"`
	Text      string `json:"text" text:"note"`
	Owner     string `json:"owner,omitempty"`
	Due       Moment `json:"due_at,omitempty"`
	Interview string `json:"interview,omitempty"`
}

// Name of the act.
func (a *AddFollowUp) Name() string { return "followup.add" }

func (a *AddFollowUp) shape(s *Settings, now time.Time) error {
	if err := need("child_ref", a.ChildRef); err != nil {
		return err
	}
	if !slices.Contains(FollowUpKinds(), a.Kind) {
		return invalid("kind", "must be one of %s", strings.Join(FollowUpKinds(), ", "))
	}
	if a.Text == "" {
		return invalid("text", "is required")
	}
	var err error
	if a.Owner, err = s.worker("owner", a.Owner, DateOf(now), fullName); err != nil {
		return err
	}
	if a.Kind == FollowUrgent && a.Due != 0 {
		return invalid("due_at", "an urgent one is due within %s, by policy urgent_within: leave it out", s.Policy.UrgentWithin)
	}
	return needsClock("due_at", a.Due)
}

func (a *AddFollowUp) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

func (a *AddFollowUp) decide(c *decision, t Record) (*Outcome, error) {
	if child, ok := t.(*Child); ok && forFamily(a.Kind) {
		if err := child.lives("kind"); err != nil {
			return nil, err
		}
	}
	if err := c.mayStill("owner", a.Owner); err != nil {
		return nil, err
	}
	var about *Interview
	if a.Interview != "" {
		rec, err := readInterview(c, a.Interview)
		if err == nil {
			err = MayOpen(c, rec)
		}
		if err != nil {
			return nil, err
		}
		if about = rec.(*Interview); about.Child != t.RecordID() {
			return nil, invalid("interview", "%s is of another child", about.ID)
		}
		if err := ofItsOwn(c, about); err != nil {
			return nil, err
		}
		if c.at.Before(about.HeldAt) {
			return nil, notYet(c.at, followed{at: about.HeldAt, what: "the interview was held"})
		}
	}
	id, err := c.NextID(KindFollowUp)
	if err != nil {
		return nil, err
	}
	f := &FollowUp{ID: id, Child: t.RecordID(), Kind: a.Kind, Text: a.Text, Owner: a.Owner, Due: a.Due, By: c.by, At: c.at}
	if about != nil {
		f.Interview, f.Referral = about.ID, about.Referrals[0]
	}
	if f.Owner == "" {
		f.Owner = c.by
	}
	if f.Due == 0 {
		f.Due = c.Settings().Policy.DueIn(a.Kind, c.at)
	}
	return &Outcome{Put: []Record{f}, Named: f.ID, Summary: fmt.Sprintf("%s %s, due %s", Words(f.Kind), f.ID, f.Due)}, nil
}

// FinishFollowUp says that a follow-up is done: what was found (for an urgent one: to whom it was passed on), what next.
type FinishFollowUp struct {
	FollowUp string `json:"followup"`
	Found    string `json:"found" text:"note"`
	Next     string `json:"next,omitempty" text:"note"`
}

// Name of the act.
func (a *FinishFollowUp) Name() string { return "followup.done" }

func (a *FinishFollowUp) shape(*Settings, time.Time) error {
	if err := need("followup", a.FollowUp); err != nil {
		return err
	}
	if a.Found == "" {
		return invalid("found", "is required: what was found, or to whom it was passed on")
	}
	return nil
}
func (a *FinishFollowUp) target(w Reader) (Record, error) { return readFollowUp(w, a.FollowUp) }

func (a *FinishFollowUp) own(w Reader, t Record, actor Actor) error { return ownFollowUp(w, t, actor) }

// ownFollowUp refuses what is not the actor's own ([OwnsFollowUp]).
func ownFollowUp(w Reader, t Record, actor Actor) error {
	f := t.(*FollowUp)
	var ref *Referral
	if f.Referral != 0 {
		var err error
		if ref, err = w.Referral(f.Referral); err != nil {
			return err
		}
	}
	if OwnsFollowUp(f, ref, actor.Login) {
		return nil
	}
	return forbidden("%s belongs to %s: %s may do this on their own follow-ups only", f.ID, w.Settings().PersonName(f.Owner), actor.Role.A())
}

func (a *FinishFollowUp) decide(c *decision, t Record) (*Outcome, error) {
	f := t.(*FollowUp).Clone()
	f.DoneAt, f.DoneBy, f.Found, f.Next = c.at, c.by, a.Found, a.Next
	out := &Outcome{Put: []Record{f}, Named: f.ID, Summary: fmt.Sprintf("%s %s done: %s", Words(f.Kind), f.ID, a.Found)}
	if f.Kind == FollowShare && f.Interview != 0 {
		rs, err := c.referralsOfShare(f)
		if err != nil {
			return nil, err
		}
		if f.MeetsShare() {
			c.shared(rs, a.Name(), out)
		}
	}
	return out, nil
}
