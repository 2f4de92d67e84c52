package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ApproveInterview signs a record off: somebody who neither held nor submitted it (DOMAIN §6, §12).
type ApproveInterview struct {
	Interview string `json:"interview"`
	Comment   string `json:"comment,omitempty" text:"note"`
}

// Name of the act.
func (a *ApproveInterview) Name() string { return "interview.approve" }

func (a *ApproveInterview) shape(*Settings, time.Time) error { return need("interview", a.Interview) }
func (a *ApproveInterview) target(w Reader) (Record, error)  { return readInterview(w, a.Interview) }

func (a *ApproveInterview) own(w Reader, t Record, actor Actor) error { return notOfOwn(w, t, actor) }

// notOfOwn refuses interviewer and submitter.
func notOfOwn(w Reader, t Record, actor Actor) error {
	v := t.(*Interview)
	if v.heldByPerson(w.Settings(), actor.Login) {
		return forbidden("you held it yourself: somebody else signs it off")
	}
	if v.wasHeldByPerson(w.Settings(), actor.Login) {
		return forbidden("you were recorded as having held it yourself: somebody else signs it off")
	}
	for _, x := range []struct {
		login, what string
		at          Moment
	}{{v.SubmittedBy, "submitted", v.SubmittedAt}, {v.Owner, "wrote", cmp.Or(v.SavedAt, v.At)}} {
		if w.Settings().mayBe(x.login, x.at, actor.Login) {
			return forbidden("you %s it yourself: somebody else signs it off", x.what)
		}
	}
	return nil
}

func (a *ApproveInterview) decide(c *decision, t Record) (*Outcome, error) {
	v, rs, err := c.toSignOff(t)
	if err != nil {
		return nil, err
	}
	v.SignedBy, v.SignedAt = c.by, c.at
	v.Comments = append(v.Comments, SignComment{Approved: true, Text: a.Comment, By: c.by, At: c.at})
	out := &Outcome{Named: v.ID, Summary: fmt.Sprintf("signed off the record of %s", rs[0].ID)}
	out.put(v)
	for _, r := range rs {
		r.SignedAt = c.at
		c.step(r, a.Name(), r.afterSignOff(), a.Comment)
		out.put(r)
	}
	return out, nil
}

// afterSignOff is where a signed referral goes: done once it was shared, or once sharing was given up with a reason.
func (r *Referral) afterSignOff() Stage {
	if r.SharedAt != 0 || r.NotShared {
		return StageDone
	}
	return StageToShare
}

// afterHeld is what is still to do about an interview that was held, by how far its record is.
func (r *Referral) afterHeld(v *Interview) Stage {
	switch {
	case v.SignedAt != 0:
		return r.afterSignOff()
	case v.SubmittedAt != 0:
		return StageToSignOff
	}
	return StageToWriteUp
}

// toSignOff gives the record and its referrals while they wait for it.
func (c *decision) toSignOff(t Record) (*Interview, []*Referral, error) {
	v := t.(*Interview).Clone()
	rs, err := c.ofInterview(v)
	if err != nil {
		return nil, nil, err
	}
	return v, slices.DeleteFunc(rs, func(r *Referral) bool { return r.Stage != StageToSignOff }), nil
}

// SendBack gives a record back to whom it came from, with what to mend.
type SendBack struct {
	Interview string `json:"interview"`
	Comment   string `json:"comment" text:"note"`
}

// Name of the act.
func (a *SendBack) Name() string { return "interview.send_back" }

func (a *SendBack) shape(*Settings, time.Time) error {
	return cmp.Or(need("interview", a.Interview), need("comment", a.Comment))
}
func (a *SendBack) target(w Reader) (Record, error)           { return readInterview(w, a.Interview) }
func (a *SendBack) own(w Reader, t Record, actor Actor) error { return notOfOwn(w, t, actor) }
func (a *SendBack) decide(c *decision, t Record) (*Outcome, error) {
	v, rs, err := c.toSignOff(t)
	if err != nil {
		return nil, err
	}
	v.SubmittedAt, v.SubmittedBy = 0, ""
	v.Comments = append(v.Comments, SignComment{Text: a.Comment, By: c.by, At: c.at})
	out := &Outcome{Named: v.ID, Summary: fmt.Sprintf("sent the record of %s back", rs[0].ID)}
	out.put(v)
	for _, r := range rs {
		c.step(r, a.Name(), StageToWriteUp, a.Comment)
		out.put(r)
	}
	return out, nil
}

// ShareInterview records that a copy left: to whom, how, what for (DOMAIN §9). It never waits for sign-off. Shared with the
// social worker it meets the share clock and finishes the follow-up of it.
type ShareInterview struct {
	Interview string   `json:"interview"`
	Audience  Audience `json:"audience"`
	To        string   `json:"to"`
	Way       string   `json:"way"`
	Purpose   string   `json:"purpose"`
}

// Name of the act.
func (a *ShareInterview) Name() string { return "interview.share" }

func (a *ShareInterview) shape(*Settings, time.Time) error {
	if err := need("interview", a.Interview); err != nil {
		return err
	}
	if !a.Audience.Shared() {
		return invalid("audience", "must be one of %s", strings.Join(wordsOf(SharedAudiences()), ", "))
	}
	return cmp.Or(need("to", a.To), need("way", a.Way), need("purpose", a.Purpose))
}
func (a *ShareInterview) target(w Reader) (Record, error) { return readInterview(w, a.Interview) }

func (a *ShareInterview) own(w Reader, t Record, actor Actor) error { return ownInterview(w, t, actor) }

func (a *ShareInterview) decide(c *decision, t Record) (*Outcome, error) {
	v := t.(*Interview).Clone()
	if a.Audience.row().family {
		child, err := c.Child(v.Child)
		if err != nil {
			return nil, err
		}
		if err := child.lives("audience"); err != nil {
			return nil, err
		}
	}
	rs, err := c.ofInterview(v)
	if err != nil {
		return nil, err
	}
	v.Shares = append(v.Shares, Share{Audience: a.Audience, To: a.To, Way: a.Way, Purpose: a.Purpose, Unsigned: v.SignedAt == 0, By: c.by, At: c.at})
	out := &Outcome{Named: v.ID, Summary: fmt.Sprintf("shared the record of %s with %s (%s)", rs[0].ID, a.To, a.Audience.Words())}
	out.put(v)
	if !a.Audience.MeetsShare() {
		return out, nil
	}
	c.shared(rs, a.Name(), out)
	fus, err := c.FollowUpsOf(v.Child)
	if err != nil {
		return nil, err
	}
	for _, f := range fus {
		if f.MeetsShare() && f.Interview == v.ID && f.Open() {
			f = f.Clone()
			f.DoneAt, f.DoneBy, f.Found = c.at, c.by, "shared with "+a.To+", "+a.Way
			out.put(f)
		}
	}
	return out, nil
}

// shared meets the share clock of referrals, and ends their life where sharing was the last thing owed.
func (c *decision) shared(rs []*Referral, act string, out *Outcome) {
	for _, r := range rs {
		if r.SharedAt != 0 {
			continue
		}
		r.SharedAt = c.at
		if r.Stage == StageToShare {
			c.step(r, act, StageDone, "shared")
		}
		out.put(r)
	}
}
