package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// working is a copy of the referral to change, with a look-again date that has come round written into its life.
func (c *decision) working(t Record) *Referral {
	r := t.(*Referral).Clone()
	today := DateOf(c.Now())
	if s := r.StageOn(today); s != r.Stage {
		r.Decisions = append(r.Decisions, Decision{Act: "look_again", From: r.Stage, To: s, By: r.NotRequired.By, At: OnDate(r.NotRequired.LookAgainOn),
			Why: "look-again date came round"})
		r.Stage = s
		r.NotRequired.LookAgainOn = 0
	}
	return r
}

// step moves a referral on and writes who, when and why.
func (c *decision) step(r *Referral, act string, to Stage, why string) {
	r.Decisions = append(r.Decisions, Decision{Act: act, From: r.Stage, To: to, By: c.by, At: c.at, Why: why})
	if to == StageAccepted || to == StageBooked {
		r.EverAccepted = true
	}
	r.Stage = to
}

func done(r *Referral, format string, args ...any) *Outcome {
	return &Outcome{Put: []Record{r}, Named: r.ID, Summary: fmt.Sprintf(format, args...)}
}

// Assign gives a referral to a person of the team.
type Assign struct {
	Referral string `json:"referral"`
	To       string `json:"to"`
}

// Name of the act.
func (a *Assign) Name() string { return "referral.assign" }

func (a *Assign) shape(s *Settings, now time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.To == "" {
		return invalid("to", "is required: the login of a person")
	}
	var err error
	a.To, err = s.worker("to", a.To, DateOf(now), teamOnly)
	return err
}
func (a *Assign) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }

// own: a practitioner may take an unassigned one, and hand over their own (DOMAIN §12).
func (a *Assign) own(w Reader, t Record, actor Actor) error {
	r := t.(*Referral)
	switch {
	case r.AssignedTo == actor.Login:
		return nil
	case r.AssignedTo != "":
		return forbidden("%s is with %s: ask a coordinator", r.ID, w.Settings().PersonName(r.AssignedTo))
	case a.To != "" && a.To != actor.Login:
		return forbidden("a practitioner takes referrals for themselves, and hands over their own: ask a coordinator to assign %s", r.ID)
	}
	return nil
}

func (a *Assign) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	if len(c.Settings().Users) == 0 && a.To != c.by {
		return nil, invalid("to", "there is no person %q: the configuration has no [[user]] entries", a.To)
	}
	if err := c.mayStill("to", a.To); err != nil {
		return nil, err
	}
	out := outcomeForAll(rs, "%s is with %s", rs[0].ID, c.Settings().PersonName(a.To))
	return out, c.assign(a.Name(), rs, a.To, out)
}

// assign gives referrals that have one interview to somebody, with what their former holder had because of them.
func (c *decision) assign(act string, rs []*Referral, to string, out *Outcome) error {
	name, former := c.Settings().PersonName(to), rs[0].AssignedTo
	for _, r := range rs {
		why := "to " + name
		if r.AssignedTo != "" {
			why = "from " + c.Settings().PersonName(r.AssignedTo) + " to " + name
		}
		r.AssignedTo = to
		c.step(r, act, r.Stage, why)
	}
	return c.handOver(rs, former, to, out)
}

// LogChase is one asking of whoever elsewhere is responsible (DOMAIN §4, Who).
type LogChase struct {
	Referral string `json:"referral"`
	Whom     string `json:"whom"`
	Note     string `json:"note" text:"note"`
}

// Name of the act.
func (a *LogChase) Name() string { return "referral.chase" }

func (a *LogChase) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.Whom == "" {
		return invalid("whom", "is required: who was asked")
	}
	if a.Note == "" {
		return invalid("note", "is required: what they said")
	}
	return nil
}
func (a *LogChase) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *LogChase) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	for _, r := range rs {
		r.Chases = append(r.Chases, Chase{a.Whom, a.Note, c.by, c.at})
	}
	return outcomeForAll(rs, "chased %s about %s", a.Whom, rs[0].ID), nil
}

// MarkSeen says that somebody has seen what a later row changed: a moved due time, a difference to an edit.
type MarkSeen struct {
	Referral string `json:"referral"`
}

// Name of the act.
func (a *MarkSeen) Name() string { return "referral.seen" }

func (a *MarkSeen) shape(*Settings, time.Time) error { return need("referral", a.Referral) }
func (a *MarkSeen) target(w Reader) (Record, error)  { return readReferral(w, a.Referral) }
func (a *MarkSeen) decide(c *decision, t Record) (*Outcome, error) {
	r := c.working(t)
	e, err := c.Episode(r.Episode)
	if err != nil {
		return nil, err
	}
	r.Moved = nil
	out := done(r, "seen what changed on %s", r.ID)
	if e != nil && e.Told != nil {
		e = e.Clone()
		e.Told = nil
		out.put(e)
	}
	return out, nil
}

// GiveLateReason says why an interview is or was late (DOMAIN §3).
type GiveLateReason struct {
	Referral string `json:"referral"`
	Reason   string `json:"reason"`
	Text     string `json:"text,omitempty" text:"note"`
}

// Name of the act.
func (a *GiveLateReason) Name() string { return "referral.late" }

func (a *GiveLateReason) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if !slices.Contains(LateReasons(), a.Reason) {
		return invalid("reason", "must be one of %s", strings.Join(LateReasons(), ", "))
	}
	if lateReasonNeedsWords(a.Reason) && a.Text == "" {
		return invalid("text", "is required where the reason is %s", a.Reason)
	}
	return nil
}
func (a *GiveLateReason) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *GiveLateReason) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	late := rs[:0]
	for i, r := range rs {
		is, due, err := c.isLate(r)
		if err != nil {
			return nil, err
		}
		if i == 0 && !is {
			return nil, invalid("referral", "the interview of %s is not late: it is due %s", r.ID, due)
		}
		if is {
			r.LateReason = &LateReason{a.Reason, a.Text, c.by, c.at}
			r.answerLate()
			late = append(late, r)
		}
	}
	return outcomeForAll(late, "reason late for %s: %s", late[0].ID, strings.ReplaceAll(a.Reason, "_", " ")), nil
}

// isLate says that a referral's interview clock in force or its return-based one is over or was met late.
func (c *decision) isLate(r *Referral) (late bool, due Moment, err error) {
	e, err := c.Episode(r.Episode)
	if err != nil {
		return false, 0, err
	}
	if e == nil {
		return false, 0, NotThere(r.Episode, r.ID)
	}
	cs, err := ClocksInForce(RecordsOf(c), &c.Settings().Policy, e, r)
	return cs.InterviewLate(c.Now()), cs.Interview.Due, err
}
