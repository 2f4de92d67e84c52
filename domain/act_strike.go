package domain

import (
	"cmp"
	"fmt"
	"time"
)

// StrikeContact marks an attempt that was entered wrongly: it stays visible as struck (DOMAIN §4).
type StrikeContact struct {
	Attempt string `json:"attempt"`
	Reason  string `json:"reason" text:"note"`
}

// Name of the act.
func (a *StrikeContact) Name() string { return "contact.strike" }

func (a *StrikeContact) shape(*Settings, time.Time) error {
	if err := need("attempt", a.Attempt); err != nil {
		return err
	}
	if a.Reason == "" {
		return invalid("reason", "is required: what was wrong with it")
	}
	return nil
}

func (a *StrikeContact) target(w Reader) (Record, error) {
	id, ok := KindAttempt.ParseKind(a.Attempt)
	if !ok {
		return nil, notFound("attempt", "there is no attempt %q (they look like A12)", a.Attempt)
	}
	owners, err := w.AttemptOwners(id)
	if err != nil {
		return nil, err
	}
	for _, owner := range owners {
		t, err := ReadRecord(w, owner)
		if err != nil {
			return nil, err
		}
		if t != nil && a.find(t) != nil {
			return t, nil
		}
	}
	return nil, notFound("attempt", "there is no attempt %s", id)
}

func (a *StrikeContact) find(t Record) *Attempt {
	id, _ := KindAttempt.ParseKind(a.Attempt)
	var list []Attempt
	switch t := t.(type) {
	case *Referral:
		list = t.Attempts
	case *FollowUp:
		list = t.Attempts
	}
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
	}
	return nil
}

// own: the attempt one entered oneself (DOMAIN §12).
func (a *StrikeContact) own(w Reader, t Record, actor Actor) error {
	at := a.find(t)
	if at == nil {
		return nil
	}
	logged := cmp.Or(at.Logged, at.At)
	if at.By != actor.Login || !w.Settings().IsStill(at.By, logged) {
		return forbidden("%s was entered by %s: only they can strike it", at.ID, w.Settings().PersonAt(at.By, logged))
	}
	return nil
}

// decide strikes it everywhere it stands: one made while a cluster stood is written to every member, and is as wrong there.
func (a *StrikeContact) decide(c *decision, t Record) (*Outcome, error) {
	id := a.find(t).ID
	owners, err := c.AttemptOwners(id)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Named: t.RecordID(), Made: []ID{id}, Summary: fmt.Sprintf("struck %s on %s", id, t.RecordID())}
	for _, owner := range owners {
		rec, err := ReadRecord(c, owner)
		if err != nil {
			return nil, err
		}
		switch r := rec.(type) {
		case *Referral:
			rec = c.working(r)
		case *FollowUp:
			rec = r.Clone()
		default:
			continue
		}
		at := a.find(rec)
		if at == nil {
			continue
		}
		if at.Struck() {
			return nil, invalid("attempt", "%s is struck already (%s)", id, at.StruckWhy)
		}
		at.StruckBy, at.StruckAt, at.StruckWhy = c.by, c.now(), a.Reason
		out.put(rec)
	}
	return out, c.stillDeclined(out, id)
}

// stillDeclined refuses to strike the attempt on which a closing as declined rests: nobody was asked then (DOMAIN §4, Declines).
func (c *decision) stillDeclined(out *Outcome, struck ID) error {
	for _, rec := range out.Put {
		r, ok := rec.(*Referral)
		if !ok || r.Closing == nil || r.Closing.DeclinedBy == "" || !r.Stage.Ended() && r.Stage != StageToApprove {
			continue
		}
		same, err := c.sameEnding(r)
		if err != nil {
			return err
		}
		for i := range same {
			if same[i], err = willBe[*Referral](c, out, same[i].ID); err != nil {
				return err
			}
		}
		if declined(same, r.Closing.DeclinedBy) == nil {
			continue
		}
		help := "reopen it first (referral.reopen)"
		if r.Stage == StageToApprove {
			help = "refuse the sign-off first (referral.sign_off)"
		}
		return invalid("attempt", "%s is closed as declined by the %s, and no attempt but %s says that they declined: %s", r.ID, r.Closing.DeclinedBy, struck, help)
	}
	return nil
}
