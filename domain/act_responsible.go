package domain

import (
	"cmp"
	"strings"
	"time"
)

// responsibility is who is responsible and what the child was asked, for Accept, Reassign and RecordChoice.
type responsibility struct {
	Responsible        Responsible
	Who, Chose         string
	Asked, Independent *bool
}

// apply writes it; with responsible team, who is one of the team and gets the referral.
func (h responsibility) apply(r *Referral) {
	if h.Responsible != "" {
		r.Responsible, r.Who = h.Responsible, h.Who
		if !h.Responsible.Elsewhere() && h.Who != "" {
			r.AssignedTo, r.Who = h.Who, ""
		}
	}
	if h.Chose != "" {
		r.Chose = h.Chose
	}
	if h.Asked != nil {
		r.AskedChild = *h.Asked
	}
	if h.Independent != nil {
		r.IndependentOffered = *h.Independent
	}
}

// Accept says that an interview is required and who is responsible for holding it (DOMAIN §4, Triage and Who).
type Accept struct {
	Referral           string      `json:"referral"`
	Responsible        Responsible `json:"responsible"`
	Who                string      `json:"who,omitempty"`
	AskedChild         *bool       `json:"asked_child,omitempty"`
	Chose              string      `json:"chose,omitempty"`
	IndependentOffered *bool       `json:"independent_offered,omitempty"`
}

// Name of the act.
func (a *Accept) Name() string { return "referral.accept" }

func (a *Accept) who() responsibility {
	return responsibility{a.Responsible, a.Who, a.Chose, a.AskedChild, a.IndependentOffered}
}
func (a *Accept) shape(s *Settings, now time.Time) (err error) {
	if err = cmp.Or(need("referral", a.Referral), a.Responsible.check()); err == nil && !a.Responsible.Elsewhere() {
		a.Who, err = s.worker("who", a.Who, DateOf(now), teamOnly)
	}
	return err
}
func (a *Accept) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *Accept) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	out := outcomeForAll(rs, "accepted %s, responsible: %s", rs[0].ID, a.Responsible.Words())
	return out, c.madeResponsible(a.Name(), StageAccepted, a.who(), rs, out)
}

// madeResponsible writes who is responsible to referrals, and hands over what their former holder had where they go to
// another of the team.
func (c *decision) madeResponsible(act string, to Stage, h responsibility, rs []*Referral, out *Outcome) error {
	former := rs[0].AssignedTo
	if !h.Responsible.Elsewhere() {
		if err := c.mayStill("who", h.Who); err != nil {
			return err
		}
	}
	for _, r := range rs {
		stage := to
		if stage == "" {
			stage = r.Stage
		}
		was := r.AssignedTo
		h.apply(r)
		why := r.Responsible.Words()
		if is := r.AssignedTo; was != "" && is != was {
			why += ", from " + c.Settings().PersonName(was) + " to " + c.Settings().PersonName(is)
		}
		c.step(r, act, stage, why)
	}
	if is := rs[0].AssignedTo; is != former {
		out.Summary += ", with " + c.Settings().PersonName(is)
		return c.handOver(rs, former, is, out)
	}
	return nil
}

// Reassign changes who is responsible for a referral, in any stage before it is done: the child chose somebody after all, or
// was moved.
type Reassign Accept

// Name of the act.
func (a *Reassign) Name() string { return "referral.responsible" }

func (a *Reassign) shape(s *Settings, now time.Time) error { return (*Accept)(a).shape(s, now) }
func (a *Reassign) target(w Reader) (Record, error)        { return readReferral(w, a.Referral) }
func (a *Reassign) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	out := outcomeForAll(rs, "responsible for %s: %s", rs[0].ID, a.Responsible.Words())
	return out, c.madeResponsible(a.Name(), "", (*Accept)(a).who(), rs, out)
}

// RecordChoice says what the child was asked about who should talk with them, whom they chose, and that an independent person
// was offered (S3): by the person who asked, also later than the referral was accepted.
type RecordChoice struct {
	Referral           string `json:"referral"`
	AskedChild         *bool  `json:"asked_child,omitempty"`
	Chose              string `json:"chose,omitempty"`
	IndependentOffered *bool  `json:"independent_offered,omitempty"`
}

// Name of the act.
func (a *RecordChoice) Name() string { return "referral.choice" }

func (a *RecordChoice) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	switch {
	case a.AskedChild == nil && a.Chose == "" && a.IndependentOffered == nil:
		return invalid("asked_child", "is required, or chose or independent_offered: say what the child was asked or answered")
	case a.Chose != "" && a.AskedChild != nil && !*a.AskedChild:
		return invalid("chose", "goes with a child who was asked: say asked_child true, or leave it out")
	}
	return nil
}
func (a *RecordChoice) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *RecordChoice) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	asked := a.AskedChild
	if a.Chose != "" {
		yes := true
		asked = &yes // who chose was asked
	}
	var said []string
	say := func(v *bool, yes, no string) {
		switch {
		case v == nil:
		case *v:
			said = append(said, yes)
		default:
			said = append(said, no)
		}
	}
	say(asked, "the child was asked", "the child was not asked")
	if a.Chose != "" {
		said = append(said, "chose "+a.Chose)
	}
	say(a.IndependentOffered, "an independent person was offered", "no independent person was offered")
	for _, r := range rs {
		responsibility{Chose: a.Chose, Asked: asked, Independent: a.IndependentOffered}.apply(r)
		c.step(r, a.Name(), r.Stage, strings.Join(said, ", "))
	}
	return outcomeForAll(rs, "%s: %s", rs[0].ID, strings.Join(said, ", ")), nil
}
