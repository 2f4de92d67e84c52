package domain

import (
	"cmp"
	"fmt"
	"time"
)

// RedateFollowUp gives a follow-up another due time, with the reason. The former ones are kept: a missed week stays missed
// (DOMAIN §7).
type RedateFollowUp struct {
	FollowUp string `json:"followup"`
	Due      Moment `json:"due_at"`
	Reason   string `json:"reason" text:"note"`
}

// Name of the act.
func (a *RedateFollowUp) Name() string { return "followup.redate" }

func (a *RedateFollowUp) shape(*Settings, time.Time) error {
	if err := cmp.Or(need("followup", a.FollowUp), need("reason", a.Reason)); err != nil {
		return err
	}
	if a.Due == 0 {
		return invalid("due_at", "is required")
	}
	return needsClock("due_at", a.Due)
}
func (a *RedateFollowUp) target(w Reader) (Record, error) { return readFollowUp(w, a.FollowUp) }

func (a *RedateFollowUp) own(w Reader, t Record, actor Actor) error { return ownFollowUp(w, t, actor) }

func (a *RedateFollowUp) decide(c *decision, t Record) (*Outcome, error) {
	f := t.(*FollowUp).Clone()
	switch {
	case a.Due == f.Due:
		return nil, invalid("due_at", "%s is due then already", f.ID)
	case a.Due.Unix() <= c.at.Unix():
		return nil, invalid("due_at", "%s is not after now", a.Due)
	}
	f.Redates = append(f.Redates, Redate{From: f.Due, To: a.Due, Why: a.Reason, By: c.by, At: c.at})
	out := &Outcome{Put: []Record{f}, Named: f.ID, Summary: fmt.Sprintf("%s %s is due %s, was %s", Words(f.Kind), f.ID, a.Due, f.Due)}
	if c.at.Unix() > f.Due.Unix() {
		out.Warnings = append(out.Warnings, "it was overdue already, and that stays on record")
	}
	f.Due = a.Due
	return out, nil
}

// DropFollowUp gives a follow-up up, with the reason. Dropping the share of an interview ends that stage, the clock unmet.
type DropFollowUp struct {
	FollowUp string `json:"followup"`
	Reason   string `json:"reason" text:"note"`
}

// Name of the act.
func (a *DropFollowUp) Name() string { return "followup.drop" }

func (a *DropFollowUp) shape(*Settings, time.Time) error {
	return cmp.Or(need("followup", a.FollowUp), need("reason", a.Reason))
}
func (a *DropFollowUp) target(w Reader) (Record, error) { return readFollowUp(w, a.FollowUp) }

func (a *DropFollowUp) own(w Reader, t Record, actor Actor) error { return ownFollowUp(w, t, actor) }

func (a *DropFollowUp) decide(c *decision, t Record) (*Outcome, error) {
	f := t.(*FollowUp).Clone()
	f.Dropped = &Dropped{Why: a.Reason, By: c.by, At: c.at}
	out := &Outcome{Put: []Record{f}, Named: f.ID, Summary: fmt.Sprintf("dropped %s %s: %s", Words(f.Kind), f.ID, a.Reason)}
	if f.Kind != FollowShare || f.Interview == 0 {
		return out, nil
	}
	rs, err := c.referralsOfShare(f)
	if err != nil {
		return nil, err
	}
	if !f.MeetsShare() {
		return out, nil
	}
	for _, r := range rs {
		if r.SharedAt != 0 {
			continue
		}
		r.NotShared = true
		if r.Stage == StageToShare {
			c.step(r, a.Name(), StageDone, "not shared: "+a.Reason)
		}
		out.put(r)
	}
	return out, nil
}

// referralsOfShare gives working copies of the referrals whose sharing a follow-up stands for.
func (c *decision) referralsOfShare(f *FollowUp) ([]*Referral, error) {
	v, err := c.Interview(f.Interview)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, NotThere(f.Interview, f.ID)
	}
	if v.Into != 0 { // the record that took it in is the one to share
		into := v.Into
		if v, err = c.Interview(into); err != nil {
			return nil, err
		}
		if v == nil {
			return nil, NotThere(into, f.Interview)
		}
	}
	if v.HeldAt == 0 {
		return nil, invalid("followup", "%s shares the record of an interview that was not held yet (%s): record that first", f.ID, v.ID)
	}
	return c.ofInterview(v)
}
