package domain

import (
	"fmt"
	"time"
)

// SignOff is another person's word on a decision that no interview is held (DOMAIN §4, §12).
type SignOff struct {
	Referral string `json:"referral"`
	Approve  *bool  `json:"approve"`
	Comment  string `json:"comment,omitempty" text:"note"`
}

// Name of the act.
func (a *SignOff) Name() string { return "referral.sign_off" }

// will says which of the two it does.
func (a *SignOff) will() string {
	if a.Approve != nil && !*a.Approve {
		return "send the decision back to the queue"
	}
	return "sign the decision off"
}

func (a *SignOff) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.Approve == nil {
		return invalid("approve", "is required: true or false")
	}
	return nil
}
func (a *SignOff) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }

// own: not who decided (DOMAIN §12).
func (a *SignOff) own(w Reader, t Record, actor Actor) error {
	r := t.(*Referral)
	if w.Settings().mayBe(r.DecidedBy(), r.PendingSince(), actor.Login) {
		return forbidden("you decided this yourself: somebody else signs %s off", r.ID)
	}
	return nil
}

func (a *SignOff) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.sameEnding(t)
	if err != nil {
		return nil, err
	}
	as, _ := rs[0].pending()
	for _, r := range rs {
		if r.Closing != nil {
			r.Closing.SignedBy, r.Closing.SignedAt, r.Closing.Comment = c.by, c.at, a.Comment
		} else {
			r.NotRequired.SignedBy, r.NotRequired.SignedAt, r.NotRequired.Comment = c.by, c.at, a.Comment
		}
		if *a.Approve {
			c.step(r, a.Name(), as, "approved")
			continue
		}
		c.step(r, a.Name(), r.reopened(), "not approved: "+a.Comment)
		r.NotRequired, r.Closing = nil, nil
	}
	if !*a.Approve {
		out := outcomeForAll(rs, "%s was not approved as %s and is %s again", rs[0].ID, as.Words(), rs[0].Stage)
		if err := c.notHeldWith(rs, out); err != nil {
			return nil, err
		}
		return c.backAmong(rs, out)
	}
	return c.ended(rs, outcomeForAll(rs, "signed off %s as %s", rs[0].ID, as.Words()))
}

// sameEnding gives the referral an act names and those that its cluster's one ending fell on: declined and unable fall on
// all members (DOMAIN §5), and what becomes of that later does too. Any other ending is one referral's own.
func (c *decision) sameEnding(t Record) ([]*Referral, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	mine := rs[0].Closing
	same := rs[:1]
	for _, r := range rs[1:] {
		if mine != nil && mine.As != StageWithdrawn && r.Closing != nil && r.Closing.As == mine.As && r.Closing.At == mine.At {
			same = append(same, r)
		}
	}
	return same, nil
}

// backAmong lets one member that is outstanding again share what the others have meanwhile.
func (c *decision) backAmong(rs []*Referral, out *Outcome) (*Outcome, error) {
	r := rs[0]
	if len(rs) > 1 || r.Cluster == 0 {
		return out, nil
	}
	cl, err := c.clusterOf(r)
	if err != nil || !cl.Outstanding() {
		return out, err
	}
	others, err := c.affectedReferrals(r, outstandingStages()...)
	if err != nil || len(others) == 1 {
		return out, err
	}
	others[0] = r
	out.Warnings = append(out.Warnings, c.shareClusterState(cl.ID, "cluster.add", others)...)
	for _, o := range others[1:] {
		out.put(o)
	}
	return out, nil
}

// Reopen takes up a closed referral again: it returns to accepted if it ever was, else new; clocks have run on.
type Reopen struct {
	Referral string `json:"referral"`
	Reason   string `json:"reason" text:"note"`
}

// Name of the act.
func (a *Reopen) Name() string { return "referral.reopen" }

func (a *Reopen) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.Reason == "" {
		return invalid("reason", "is required")
	}
	return nil
}
func (a *Reopen) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *Reopen) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.sameEnding(t)
	if err != nil {
		return nil, err
	}
	for _, r := range rs {
		r.NotRequired, r.Closing = nil, nil
		to, err := c.takenUp(r)
		if err != nil {
			return nil, err
		}
		c.step(r, a.Name(), to, a.Reason)
	}
	out := outcomeForAll(rs, "reopened %s: it is %s again", rs[0].ID, rs[0].Stage.Words())
	return out, c.notHeldWith(rs, out)
}

// takenUp is the stage to which a referral returns: after its interview was held what is still to do about that, else
// accepted if it ever was, else new (DOMAIN §4).
func (c *decision) takenUp(r *Referral) (Stage, error) {
	if r.HeldAt == 0 || r.Interview == 0 {
		return r.reopened(), nil
	}
	v, err := c.Interview(r.Interview)
	if err != nil {
		return "", err
	}
	if v == nil {
		return "", NotThere(r.Interview, r.ID)
	}
	r.SignedAt = v.SignedAt
	return r.afterHeld(v), nil
}

// notHeldWith takes referrals that are owed an interview again out of a cluster whose interview was held meanwhile: it was
// the others', and theirs is still to be held, by their own clock (DOMAIN §4).
func (c *decision) notHeldWith(rs []*Referral, out *Outcome) error {
	for _, r := range rs {
		if r.Cluster == 0 || !r.Stage.Outstanding() {
			continue
		}
		cl, err := c.clusterOf(r)
		if err != nil {
			return err
		}
		if cl.HeldAt == 0 {
			continue
		}
		out.Warnings = append(out.Warnings, fmt.Sprintf("the interview of %s was held %s without %s: it is owed its own, by its own clock; look whether it was spoken of then", cl.ID, cl.HeldAt, r.ID))
		if err := c.leaves(r, PartedHeldWithout, "the interview was held "+cl.HeldAt.String()+" without it", out); err != nil {
			return err
		}
	}
	return nil
}
