package domain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// LogContact is one try to reach somebody, on a referral or a follow-up (DOMAIN §4, Contact attempts).
type LogContact struct {
	Referral string `json:"referral,omitempty"`
	// Also are other referrals of the child of which one conversation was about: `referral` is an array then.
	Also     []string `json:"-"`
	FollowUp string   `json:"followup,omitempty"`
	Way      string   `json:"way"`
	With     string   `json:"with"`
	Result   string   `json:"result"`
	Note     string   `json:"note,omitempty" text:"note"`
	TryAgain Moment   `json:"try_again_at,omitempty"`
}

// Name of the act.
func (a *LogContact) Name() string { return "contact.log" }

func (a *LogContact) shape(*Settings, time.Time) error {
	switch {
	case slices.Contains(a.Also, ""):
		return invalid("referral", "one of them is blank")
	case a.Referral == "" && a.FollowUp == "":
		return invalid("referral", "is required, or followup")
	case a.Referral != "" && a.FollowUp != "":
		return invalid("followup", "an attempt stands on a referral or on a follow-up, not on both")
	}
	for _, f := range []struct {
		name, got string
		words     []string
	}{{"way", a.Way, Ways()}, {"with", a.With, Withs()}, {"result", a.Result, Results()}} {
		if !slices.Contains(f.words, f.got) {
			return invalid(f.name, "must be one of %s", strings.Join(f.words, ", "))
		}
	}
	if Posted(a.Way) && a.Result == ResultSpoke {
		return invalid("result", "a %s does not speak: it was %s; where they answered, log how that was", Words(a.Way), ResultSent)
	}
	return needsClock("try_again_at", a.TryAgain)
}

// setFields reads the fields; `referral` is one, or an array of a child's.
func (a *LogContact) setFields(raw map[string]json.RawMessage) error {
	var several []string
	if v, ok := raw["referral"]; ok && json.Unmarshal(v, &several) == nil {
		if len(several) == 0 {
			return invalid("referral", "names none")
		}
		first, err := json.Marshal(several[0])
		if err != nil {
			return err
		}
		raw["referral"], a.Also = first, several[1:]
	}
	return decodeFields(raw, a)
}

// MarshalJSON writes the act as `do` reads it.
func (a *LogContact) MarshalJSON() ([]byte, error) {
	type one LogContact
	if len(a.Also) == 0 {
		return json.Marshal((*one)(a))
	}
	return json.Marshal(struct {
		Referral []string `json:"referral"`
		*one
	}{append([]string{a.Referral}, a.Also...), (*one)(a)})
}

// others reads the other referrals that one conversation was about: each of the same child, and open to another attempt.
func (a *LogContact) others(c *decision, first *Referral) ([]Record, error) {
	var out []Record
	for _, number := range a.Also {
		t, err := readReferral(c, number)
		if err == nil {
			err = MayOpen(c, t)
		}
		if err != nil {
			return nil, err
		}
		r := t.(*Referral)
		switch {
		case r.Child != first.Child:
			return nil, invalid("referral", "%s and %s are of two children: log what was said about each child by itself", first.ID, r.ID)
		case r.ID == first.ID || slices.ContainsFunc(out, func(o Record) bool { return o.RecordID() == r.ID }):
			return nil, invalid("referral", "%s stands there twice", r.ID)
		}
		if err := c.act.holds(c, t); err != nil {
			return nil, err
		}
		if err := c.act.inTurn(c, a, t, c.at, true); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func (a *LogContact) target(w Reader) (Record, error) {
	if a.FollowUp != "" {
		return readFollowUp(w, a.FollowUp)
	}
	return readReferral(w, a.Referral)
}

func (a *LogContact) decide(c *decision, t Record) (*Outcome, error) {
	if a.TryAgain != 0 && a.TryAgain.Unix() <= c.at.Unix() {
		return nil, invalid("try_again_at", "%s is not after the attempt, %s", a.TryAgain, c.at)
	}
	if a.With != WithProfessional {
		child, err := c.Child(t.ChildID())
		if err != nil {
			return nil, err
		}
		if err := child.lives("with"); err != nil {
			return nil, err
		}
	}
	id, err := c.NextID(KindAttempt)
	if err != nil {
		return nil, err
	}
	at := Attempt{ID: id, At: c.at, Way: a.Way, With: a.With, Result: a.Result, Note: a.Note, TryAgain: a.TryAgain, By: c.by, Logged: c.now()}
	var out *Outcome
	switch t := t.(type) {
	case *FollowUp:
		f := t.Clone()
		f.Attempts = append(f.Attempts, at)
		out = &Outcome{Put: []Record{f}, Named: f.ID}
	default:
		rs, err := c.affectedReferrals(t)
		if err != nil {
			return nil, err
		}
		r := rs[0]
		others, err := a.others(c, r)
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			more, err := c.affectedReferrals(o)
			if err != nil {
				return nil, err
			}
			for _, m := range more {
				if !slices.ContainsFunc(rs, func(r *Referral) bool { return r.ID == m.ID }) {
					rs = append(rs, m)
				}
			}
		}
		// A child may talk the second or third time of asking (S4): the first two declines set a time to ask again.
		if a.Result == ResultDeclined && a.With != WithProfessional && refusals(r.Attempts) < 2 && at.TryAgain == 0 {
			at.TryAgain = At(c.Settings().Policy.AskAgainAfter.After(c.at.Time()))
		}
		for _, m := range rs {
			m.Attempts = append(m.Attempts, at)
		}
		if out = outcomeForAll(rs, ""); len(others) > 0 {
			out.Summary = fmt.Sprintf(" (logged once, on %d referrals)", len(rs))
		}
	}
	out.Made = []ID{id}
	said := fmt.Sprintf("%s: %s with %s, %s", out.Named, Words(a.Way), Words(a.With), Words(a.Result))
	if at.TryAgain != 0 {
		said += ", try again " + at.TryAgain.String()
	}
	out.Summary = said + out.Summary // which says on how many it falls
	return out, nil
}

// refusals are the times a child or carer declined; a professional's word is not theirs.
func refusals(attempts []Attempt) int {
	n := 0
	for _, a := range attempts {
		if a.Result == ResultDeclined && a.Reached() {
			n++
		}
	}
	return n
}

// Book arranges to meet. A referral that is new is accepted for the team by it; a booking that stands is moved, and keeps what
// is left out.
type Book struct {
	Referral    string `json:"referral"`
	When        Moment `json:"when"`
	Interviewer string `json:"interviewer,omitempty"`
	Role        string `json:"role,omitempty"`
	Reach       string `json:"reach,omitempty"`
	// Place and PlaceKind left out stay as the booking that stands has them; blank ones clear them.
	Place       *string `json:"place,omitempty"`
	PlaceKind   *string `json:"place_kind,omitempty"`
	HowSeen     string  `json:"how_seen,omitempty"`
	SuggestedBy string  `json:"suggested_by,omitempty"`
	// Agreed is about this time and place: left out it is kept only where the time does not move.
	Agreed *bool `json:"agreed_with_child,omitempty"`
}

// Name of the act.
func (a *Book) Name() string { return "referral.book" }

func (a *Book) shape(s *Settings, now time.Time) (err error) {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.When == 0 {
		return invalid("when", "is required")
	}
	if k := a.PlaceKind; k != nil && *k != "" && !slices.Contains(PlaceKinds(), *k) {
		return invalid("place_kind", "must be one of %s", strings.Join(PlaceKinds(), ", "))
	}
	if a.HowSeen != "" && !slices.Contains(WaysOfSeeing(), a.HowSeen) {
		return invalid("how_seen", "must be one of %s", strings.Join(WaysOfSeeing(), ", "))
	}
	if a.Interviewer, err = s.worker("interviewer", a.Interviewer, max(a.When.Date(), DateOf(now)), anybody); err != nil {
		return err
	}
	return needsClock("when", a.When)
}
func (a *Book) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *Book) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	r := rs[0]
	next := a.arranged(r)
	next.By, next.At = c.by, c.at
	who := next.Interviewer
	if err := c.Settings().hasLeft("interviewer", who, max(a.When.Date(), DateOf(c.Now()))); err != nil {
		return nil, err
	}
	for _, m := range rs {
		if b := m.Booking(); b != nil {
			b.Outcome, b.OutcomeBy, b.OutcomeAt = "moved", c.by, c.at
		}
		if m.Stage == StageNew {
			m.Responsible = ResponsibleTeam
			c.step(m, "referral.accept", StageAccepted, "by booking")
		}
		m.Bookings = append(m.Bookings, next.clone())
		c.toWhoHolds(m, who)
		c.step(m, a.Name(), StageBooked, a.When.String())
	}
	out := outcomeForAll(rs, "booked %s for %s", r.ID, a.When)
	if who == "" {
		out.Warnings = append(out.Warnings, "nobody is named to hold it")
	}
	if a.When.Unix() < c.Now().Unix() {
		out.Warnings = append(out.Warnings, "the booking is in the past")
	}
	e, err := c.Episode(r.Episode)
	if err != nil {
		return nil, err
	}
	if e != nil {
		cs, err := ClocksInForce(RecordsOf(c), &c.Settings().Policy, e, r)
		if err != nil {
			return nil, err
		}
		if due := cs.Interview.Due; due != 0 && a.When.Unix() > due.Unix() {
			out.Warnings = append(out.Warnings, fmt.Sprintf("the booking is after the interview is due, %s", due))
		}
		if k := cs.Contact; k.Running() && a.When.Unix() > k.Due.Unix() {
			out.Warnings = append(out.Warnings, fmt.Sprintf("nobody was reached yet, and contact is due before the booking, %s", k.Due))
		}
	}
	return out, nil
}

// arranged is the booking an act makes: what it leaves out stays as the booking that stands has it (DOMAIN §4). That the
// child agreed does not go along to another time: nobody asked about that one.
func (a *Book) arranged(r *Referral) Booking {
	was := Booking{Interviewer: r.AssignedTo}
	if b := r.Booking(); b != nil {
		was = *b
	}
	if a.Interviewer != "" && a.Interviewer != was.Interviewer {
		was.Role, was.Reach = "", "" // the former one's
	}
	agreed := a.Agreed
	if agreed == nil && a.When == was.When {
		agreed = was.Agreed
	}
	kept := func(said *string, was string) string {
		if said == nil {
			return was
		}
		return *said
	}
	return Booking{When: a.When, Interviewer: cmp.Or(a.Interviewer, was.Interviewer, r.AssignedTo), Role: cmp.Or(a.Role, was.Role), Reach: cmp.Or(a.Reach, was.Reach),
		Place: kept(a.Place, was.Place), PlaceKind: kept(a.PlaceKind, was.PlaceKind), HowSeen: cmp.Or(a.HowSeen, was.HowSeen),
		SuggestedBy: cmp.Or(a.SuggestedBy, was.SuggestedBy), Agreed: agreed}
}

// toWhoHolds assigns a referral that nobody has to the person of the team who is to hold or held its interview.
func (c *decision) toWhoHolds(r *Referral, who string) {
	if r.AssignedTo == "" && c.isUser(who) {
		r.AssignedTo = who
	}
}

// MissedBooking says that a booked meeting did not happen (S1: "don't be surprised if they have forgotten").
type MissedBooking struct {
	Referral string `json:"referral"`
	How      string `json:"how"`
	Note     string `json:"note,omitempty" text:"note"`
}

// Name of the act.
func (a *MissedBooking) Name() string { return "referral.missed" }

func (a *MissedBooking) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.How != "did_not_attend" && a.How != "cancelled_by_us" {
		return invalid("how", "is to be did_not_attend or cancelled_by_us")
	}
	return nil
}
func (a *MissedBooking) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *MissedBooking) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	for _, r := range rs {
		b := r.Booking()
		if b == nil {
			return nil, fmt.Errorf("%s is booked and has no booking", r.ID)
		}
		if a.How == "did_not_attend" && b.When.Unix() > c.at.Unix() {
			return nil, invalid("how", "the booking is for %s, which had not come at %s: move or cancel it", b.When, c.at)
		}
		b.Outcome, b.OutcomeBy, b.OutcomeAt, b.Note = a.How, c.by, c.at, a.Note
		c.step(r, a.Name(), StageAccepted, Words(a.How))
	}
	return outcomeForAll(rs, "%s: %s", rs[0].ID, Words(a.How)), nil
}
