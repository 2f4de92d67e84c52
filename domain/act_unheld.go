package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Unheld takes back that an interview was held: it was another child's, or it did not take place. What was written stays as
// prepared (DOMAIN §4).
type Unheld struct {
	Interview string `json:"interview"`
	Reason    string `json:"reason" text:"note"`
}

// Name of the act.
func (a *Unheld) Name() string { return "interview.unheld" }

func (a *Unheld) shape(*Settings, time.Time) error {
	return cmp.Or(need("interview", a.Interview), need("reason", a.Reason))
}
func (a *Unheld) target(w Reader) (Record, error) { return readInterview(w, a.Interview) }

func (a *Unheld) own(w Reader, t Record, actor Actor) error { return ownInterview(w, t, actor) }

func (a *Unheld) decide(c *decision, t Record) (*Outcome, error) {
	v := t.(*Interview).Clone()
	rs, err := c.ofInterview(v)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Named: v.ID, Summary: fmt.Sprintf("the interview of %s was not held: %s", rs[0].ID, a.Reason)}
	for _, s := range v.Shares {
		out.Warnings = append(out.Warnings, fmt.Sprintf("a copy went to %s on %s: tell them", s.To, s.At))
	}
	v.noLonger()
	v.HeldAt, v.HeldBy, v.Interviewer, v.Reach, v.SubmittedBy, v.SubmittedAt = 0, "", "", "", "", 0
	out.put(v)
	var cluster ID
	for _, r := range rs {
		r.HeldAt, r.SharedAt, r.NotShared = 0, 0, false
		out.put(r)
		if r.Stage.Ended() {
			c.step(r, a.Name(), r.Stage, a.Reason)
			if len(v.Referrals) > 1 { // it went its own way, and the record stays with the others
				v.uncover(r)
				r.Interview = 0
			}
			continue
		}
		duplicate, err := c.unheldDuplicate(r, out)
		if err != nil {
			return nil, err
		}
		if duplicate {
			if len(v.Referrals) > 1 {
				v.uncover(r)
				r.Interview = 0
			}
			continue
		}
		to := r.reopened()
		if n := len(r.Bookings); n > 0 && r.Bookings[n-1].Outcome == "held" {
			b := &r.Bookings[n-1]
			b.Outcome, b.OutcomeBy, b.OutcomeAt = "", "", 0
			to = StageBooked
			if err := c.warnBooked(r, b, out); err != nil {
				return nil, err
			}
		}
		c.step(r, a.Name(), to, a.Reason)
		if r.Cluster != 0 {
			cluster = r.Cluster
		}
	}
	if cluster != 0 {
		cl, put := putAlready[*Cluster](out, cluster)
		if !put {
			is, err := c.Cluster(cluster)
			if err != nil {
				return nil, err
			}
			if is == nil {
				return nil, NotThere(cluster, v.ID)
			}
			cl = is.Clone()
			out.put(cl)
		}
		cl.HeldAt = 0
		if err := c.commonAgain(cl, rs, v, out); err != nil {
			return nil, err
		}
	}
	if err := c.settleDied(out); err != nil {
		return nil, err
	}
	return out, c.eachRaised(v, func(f *FollowUp) {
		f.Dropped = &Dropped{Why: "the interview was not held: " + a.Reason, By: c.by, At: c.at}
		f.Raised = "" // held, the interview raises it anew
		out.put(f)
	})
}

// warnBooked says where a meeting that stands again is with somebody who has left, or may not see the child by now.
func (c *decision) warnBooked(r *Referral, b *Booking, out *Outcome) error {
	child, err := c.Child(r.Child)
	if err != nil {
		return err
	}
	name := c.Settings().PersonName(b.Interviewer)
	words := c.Settings().noWork(b.Interviewer, max(b.When.Date(), DateOf(c.Now())))
	_, ofTeam := c.Settings().User(b.Interviewer)
	switch {
	case words != "":
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s stands booked with %s again: %s; move the booking", r.ID, name, words))
	case ofTeam && child != nil && !child.OpenTo(c.Settings(), b.Interviewer):
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s stands booked with %s again, who may not see the child by now: move the booking", r.ID, name))
	}
	return nil
}

// unheldDuplicate withdraws the referral of a duplicate whose interview was not held after all: the interview it would owe is
// the other episode's (DOMAIN §2).
func (c *decision) unheldDuplicate(r *Referral, out *Outcome) (bool, error) {
	e, err := c.Episode(r.Episode)
	if err != nil || e == nil || e.DuplicateOf == 0 {
		return false, err
	}
	if err := c.leaves(r, PartedDuplicate, "a duplicate of "+e.DuplicateOf.String(), out); err != nil {
		return false, err
	}
	why := "duplicate of " + e.DuplicateOf.String() + ", and its interview was not held"
	r.Closing = &Closing{As: StageWithdrawn, Text: why, By: c.by, At: c.at}
	c.step(r, new(Unheld).Name(), StageWithdrawn, why)
	out.Warnings = append(out.Warnings, fmt.Sprintf("%s is a %s: %s is withdrawn, look whether %s owes an interview", e.ShownRef(), why, r.ID, e.DuplicateOf))
	return true, nil
}

// commonAgain makes common again what members of a cluster have whose interview is to be held after all. One that was reopened
// after the interview, by itself, has an interview of its own.
func (c *decision) commonAgain(cl *Cluster, rs []*Referral, v *Interview, out *Outcome) error {
	var in []*Referral
	for _, r := range rs {
		switch {
		case !r.Stage.Outstanding():
		case r.Cluster == cl.ID:
			in = append(in, r)
		default:
			v.uncover(r)
			r.Interview = 0
		}
	}
	if len(in) > 1 {
		out.Warnings = append(out.Warnings, c.shareClusterState(cl.ID, "interview.unheld", in)...)
	}
	return nil
}

// eachRaised does something to working copies of the open follow-ups that an interview raised.
func (c *decision) eachRaised(v *Interview, do func(*FollowUp)) error {
	fus, err := c.FollowUpsOf(v.Child)
	if err != nil {
		return err
	}
	for _, f := range fus {
		if f.Interview == v.ID && f.Raised != "" && f.Open() {
			do(f.Clone())
		}
	}
	return nil
}

// CorrectHeld mends what was recorded when an interview was held: when, by whom, where, how. What is left out stays.
type CorrectHeld struct {
	Interview   string `json:"interview"`
	HeldAt      Moment `json:"held_at,omitempty"`
	Interviewer string `json:"interviewer,omitempty"`
	Role        string `json:"role,omitempty"`
	Reach       string `json:"reach,omitempty"`
	PlaceKind   string `json:"place_kind,omitempty"`
	HowSeen     string `json:"how_seen,omitempty"`
	Alone       string `json:"alone,omitempty"`
	Present     string `json:"present,omitempty"`
	AtWhoseWish string `json:"at_whose_wish,omitempty"`
	Reason      string `json:"reason" text:"note"`
}

// Name of the act.
func (a *CorrectHeld) Name() string { return "interview.correct_held" }

// held is the act whose fields it mends.
func (a *CorrectHeld) held() *Held {
	return &Held{HeldAt: a.HeldAt, Interviewer: a.Interviewer, Role: a.Role, Reach: a.Reach, PlaceKind: a.PlaceKind, HowSeen: a.HowSeen, Alone: a.Alone, Present: a.Present, AtWhoseWish: a.AtWhoseWish}
}

func (a *CorrectHeld) shape(s *Settings, now time.Time) error {
	if err := cmp.Or(need("interview", a.Interview), need("reason", a.Reason)); err != nil {
		return err
	}
	h := a.held()
	if *h == (Held{}) {
		return invalid("held_at", "is required, or another field of it: nothing is corrected")
	}
	err := h.said(s, now)
	a.Interviewer = h.Interviewer
	return err
}
func (a *CorrectHeld) target(w Reader) (Record, error) { return readInterview(w, a.Interview) }

func (a *CorrectHeld) own(w Reader, t Record, actor Actor) error { return ownInterview(w, t, actor) }

func (a *CorrectHeld) decide(c *decision, t Record) (*Outcome, error) {
	is := t.(*Interview)
	v := is.Clone()
	rs, err := c.ofInterview(v)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Named: v.ID}
	var changed []string
	if a.HeldAt != 0 && a.HeldAt != v.HeldAt {
		if err := c.mayBeHeldAt(v, rs, a.HeldAt); err != nil {
			return nil, err
		}
		changed = append(changed, fmt.Sprintf("held %s, was %s", a.HeldAt, v.HeldAt))
		v.HeldAt = a.HeldAt
	}
	if a.Interviewer != "" && a.Interviewer != v.Interviewer {
		changed = append(changed, fmt.Sprintf("by %s, was %s", c.Settings().PersonName(a.Interviewer), c.Settings().PersonName(v.Interviewer)))
		if v.Owner == v.Interviewer && c.isUser(a.Interviewer) {
			v.handTo(a.Interviewer)
		}
		v.noLonger()
		v.Interviewer, v.Reach = a.Interviewer, ""
	}
	if a.Reach != "" && a.Reach != v.Reach {
		changed = append(changed, "reached by "+a.Reach)
		v.Reach = a.Reach
	}
	changed = append(changed, v.correct(c.Settings(), is, a.held())...)
	if changed == nil {
		return nil, invalid("", "nothing is corrected: it says so already")
	}
	out.put(v)
	said := strings.Join(changed, "; ")
	for _, r := range rs {
		r.HeldAt = v.HeldAt
		c.step(r, a.Name(), r.Stage, said+": "+a.Reason)
		out.put(r)
	}
	if v.Cluster != 0 && v.HeldAt != is.HeldAt {
		cl, err := c.Cluster(v.Cluster)
		if err != nil {
			return nil, err
		}
		if cl != nil && cl.HeldAt == is.HeldAt {
			cl = cl.Clone()
			cl.HeldAt = v.HeldAt
			out.put(cl)
		}
	}
	out.Summary = fmt.Sprintf("corrected the interview of %s: %s", rs[0].ID, said)
	p := &c.Settings().Policy
	return out, c.eachRaised(v, func(f *FollowUp) {
		was := *f
		if len(f.Redates) == 0 && f.Due == p.DueIn(f.Kind, is.HeldAt) {
			f.Due = p.DueIn(f.Kind, v.HeldAt)
		}
		if f.Owner == is.Owner {
			f.Owner = v.Owner
		}
		if f.Due != was.Due || f.Owner != was.Owner {
			out.put(f)
		}
	})
}

// mayBeHeldAt refuses another time of an interview that what happened before or after it makes impossible.
func (c *decision) mayBeHeldAt(v *Interview, rs []*Referral, held Moment) error {
	for _, r := range rs {
		e, err := c.Episode(r.Episode)
		if err != nil {
			return err
		}
		if e == nil {
			return NotThere(r.Episode, r.ID)
		}
		if err := heldAfter(e, held); err != nil {
			return err
		}
	}
	if v.SubmittedAt != 0 && v.SubmittedAt.Before(held) {
		return invalid("held_at", "%s is after its record was submitted, %s", held, v.SubmittedAt)
	}
	for _, s := range v.Shares {
		if s.At.Before(held) {
			return invalid("held_at", "%s is after a copy went to %s, %s", held, s.To, s.At)
		}
	}
	return nil
}

// correct writes into the record what is corrected of how it was held, and says what changed.
func (v *Interview) correct(s *Settings, was *Interview, h *Held) (changed []string) {
	for _, f := range h.arrangements(s, v) {
		before := v.Sheet.Get("", "arrangements", f.name)
		given := f.value != "" && before.Text != f.value
		if f.name == "interviewer" {
			given = given && (before.Blank() || before.Text == s.PersonName(was.Interviewer))
		}
		if given {
			v.Sheet.set("", "arrangements", f.name, Value{Text: f.value})
			if f.name != "interviewer" {
				changed = append(changed, Words(f.name)+" "+Words(f.value))
			}
		}
	}
	return slices.Clip(changed)
}
