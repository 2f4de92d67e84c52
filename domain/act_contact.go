package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// LogContact is one try to reach somebody, on a referral or a follow-up (DOMAIN §4, Contact attempts).
type LogContact struct {
	Referral string `json:"referral,omitempty"`
	FollowUp string `json:"followup,omitempty"`
	Way      string `json:"way"`
	With     string `json:"with"`
	Result   string `json:"result"`
	Note     string `json:"note,omitempty" text:"note"`
	TryAgain Moment `json:"try_again_at,omitempty"`
}

// Name of the act.
func (a *LogContact) Name() string { return "contact.log" }

func (a *LogContact) shape(*Settings, time.Time) error {
	switch {
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
			return invalid(f.name, "is to be one of %s", strings.Join(f.words, ", "))
		}
	}
	return needsClock("try_again_at", a.TryAgain)
}

// needsClock refuses a date without a time where a time is wanted.
func needsClock(field string, m Moment) error {
	if m.DateOnly() {
		return invalid(field, "needs a time, like 2026-11-22T15:30:00Z")
	}
	return nil
}

func (a *LogContact) target(w World) (Record, error) {
	if a.FollowUp != "" {
		return readFollowUp(w, a.FollowUp)
	}
	return readReferral(w, a.Referral)
}

func (a *LogContact) decide(c *call, t Record) (*Outcome, error) {
	if a.TryAgain != 0 && a.TryAgain.Unix() <= c.at.Unix() {
		return nil, invalid("try_again_at", "%s is not after the attempt, %s", a.TryAgain, c.at)
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
		if !f.Open() {
			return nil, invalid("followup", "%s is done", f.ID)
		}
		f.Attempts = append(f.Attempts, at)
		out = &Outcome{Put: []Record{f}, Named: f.ID}
	default:
		r := c.working(t)
		if err := openReferral(r, "take another attempt"); err != nil {
			return nil, err
		}
		// A child may talk the second or third time of asking (S4): the first two declines set a time to ask again.
		if a.Result == ResultDeclined && a.With != WithProfessional && refusals(r.Attempts) < 2 && at.TryAgain == 0 {
			at.TryAgain = At(c.Settings().Policy.AskAgainAfter.After(c.at.Time()))
		}
		r.Attempts = append(r.Attempts, at)
		out = done(r, "")
	}
	out.Made = []ID{id}
	out.Summary = fmt.Sprintf("%s: %s with %s, %s", out.Named, words(a.Way), words(a.With), words(a.Result))
	if at.TryAgain != 0 {
		out.Summary += ", try again " + at.TryAgain.String()
	}
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

// words of a list as people read them.
func words(s string) string { return strings.ReplaceAll(s, "_", " ") }

// Words puts a word of a list ("left_message") as people read it.
func Words(s string) string { return words(s) }

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

func (a *StrikeContact) target(w World) (Record, error) {
	id, ok := KindAttempt.ParseKind(a.Attempt)
	if !ok {
		return nil, notFound("attempt", "there is no attempt %q (they look like A12)", a.Attempt)
	}
	owner, err := w.AttemptOwner(id)
	if err != nil {
		return nil, err
	}
	var t Record
	switch owner.Kind() {
	case KindReferral:
		r, err := w.Referral(owner)
		if err != nil {
			return nil, err
		}
		if r != nil {
			t = r
		}
	case KindFollowUp:
		f, err := w.FollowUp(owner)
		if err != nil {
			return nil, err
		}
		if f != nil {
			t = f
		}
	}
	if t == nil || a.find(t) == nil {
		return nil, notFound("attempt", "there is no attempt %s", id)
	}
	return t, nil
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
func (a *StrikeContact) own(w World, t Record, actor Actor) error {
	if at := a.find(t); at.By != actor.Login {
		return forbidden("%s was entered by %s: only they can strike it", at.ID, w.Settings().PersonName(at.By))
	}
	return nil
}

func (a *StrikeContact) decide(c *call, t Record) (*Outcome, error) {
	var rec Record
	switch t := t.(type) {
	case *Referral:
		rec = c.working(t)
	case *FollowUp:
		rec = t.Clone()
	}
	at := a.find(rec)
	if at.Struck() {
		return nil, invalid("attempt", "%s is struck already (%s)", at.ID, at.StruckWhy)
	}
	at.StruckBy, at.StruckAt, at.StruckWhy = c.by, c.now(), a.Reason
	return &Outcome{Put: []Record{rec}, Named: rec.RecordID(), Made: []ID{at.ID}, Summary: fmt.Sprintf("struck %s on %s", at.ID, rec.RecordID())}, nil
}

// Book arranges to meet. A referral that is new is accepted for the team by it; a booking that stands is moved.
type Book struct {
	Referral    string `json:"referral"`
	When        Moment `json:"when"`
	Interviewer string `json:"interviewer,omitempty"`
	Place       string `json:"place,omitempty"`
	PlaceKind   string `json:"place_kind,omitempty"`
	Agreed      *bool  `json:"agreed_with_child,omitempty"`
}

// PlaceKinds are the kinds of place (DOMAIN §6).
func PlaceKinds() []string { return []string{"school", "family_centre", "youth_club", "home", "other"} }

// Name of the act.
func (a *Book) Name() string { return "referral.book" }

func (a *Book) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.When == 0 {
		return invalid("when", "is required")
	}
	if a.PlaceKind != "" && !slices.Contains(PlaceKinds(), a.PlaceKind) {
		return invalid("place_kind", "is to be one of %s", strings.Join(PlaceKinds(), ", "))
	}
	return needsClock("when", a.When)
}
func (a *Book) target(w World) (Record, error) { return readReferral(w, a.Referral) }
func (a *Book) decide(c *call, t Record) (*Outcome, error) {
	r := c.working(t)
	if err := inStage(r, "it can be booked", StageNew, StageAccepted, StageBooked); err != nil {
		return nil, err
	}
	who := a.Interviewer
	if who == "" {
		who = r.AssignedTo
	}
	if b := r.Booking(); b != nil {
		b.Outcome, b.OutcomeBy, b.OutcomeAt = "moved", c.by, c.at
	}
	if r.Stage == StageNew {
		r.Responsible = ResponsibleTeam
		c.step(r, "referral.accept", StageAccepted, "by booking")
	}
	r.Bookings = append(r.Bookings, Booking{When: a.When, Interviewer: who, Place: a.Place, PlaceKind: a.PlaceKind, Agreed: a.Agreed, By: c.by, At: c.at})
	c.step(r, a.Name(), StageBooked, a.When.String())
	out := done(r, "booked %s for %s", r.ID, a.When)
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
		cs := ClocksOf(&c.Settings().Policy, e, r)
		if due := cs.Interview.Due; due != 0 && a.When.Unix() > due.Unix() {
			out.Warnings = append(out.Warnings, fmt.Sprintf("the booking is after the interview is due, %s", due))
		}
		if k := cs.Contact; k.Running() && a.When.Unix() > k.Due.Unix() {
			out.Warnings = append(out.Warnings, fmt.Sprintf("nobody was reached yet, and contact is due before the booking, %s", k.Due))
		}
	}
	return out, nil
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
func (a *MissedBooking) target(w World) (Record, error) { return readReferral(w, a.Referral) }
func (a *MissedBooking) decide(c *call, t Record) (*Outcome, error) {
	r := c.working(t)
	if err := inStage(r, "a booking is missed", StageBooked); err != nil {
		return nil, err
	}
	b := r.Booking()
	if b == nil {
		return nil, fmt.Errorf("%s is booked and has no booking", r.ID)
	}
	if a.How == "did_not_attend" && b.When.Unix() > c.at.Unix() {
		return nil, invalid("how", "the booking is for %s, which had not come at %s: move or cancel it", b.When, c.at)
	}
	b.Outcome, b.OutcomeBy, b.OutcomeAt, b.Note = a.How, c.by, c.at, a.Note
	c.step(r, a.Name(), StageAccepted, words(a.How))
	return done(r, "%s: %s", r.ID, words(a.How)), nil
}
