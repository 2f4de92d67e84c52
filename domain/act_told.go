package domain

import (
	"cmp"
	"time"
)

// TellFrontDoor records that the front door was told of a return, and when (S4).
type TellFrontDoor struct {
	Referral string `json:"referral"`
	ToldAt   Moment `json:"told_at"`
	To       string `json:"to,omitempty"`
}

// Name of the act.
func (a *TellFrontDoor) Name() string { return "referral.front_door" }

func (a *TellFrontDoor) shape(_ *Settings, now time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	switch {
	case a.ToldAt == 0:
		return invalid("told_at", "is required: when the front door was told")
	case a.ToldAt.Unix() > now.Unix():
		return invalid("told_at", "%s is in the future", a.ToldAt)
	}
	return nil
}
func (a *TellFrontDoor) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *TellFrontDoor) decide(c *decision, t Record) (*Outcome, error) {
	r := c.working(t)
	f, err := afterMissing(c, a, r)
	if err != nil {
		return nil, err
	}
	if a.ToldAt.Before(f.at) {
		return nil, invalid("told_at", "%s is before %s, %s", a.ToldAt, f.what, f.at)
	}
	r.FrontDoor = append(r.FrontDoor, FrontDoor{ToldAt: a.ToldAt, To: a.To, By: c.by, At: c.at})
	return done(r, "front door told of %s, %s", r.ID, a.ToldAt), nil
}

// TellByCarer keeps what a parent or carer told, at any time, after the referral is closed too (S2; DOMAIN §4, Declines).
type TellByCarer struct {
	Referral string `json:"referral"`
	Text     string `json:"text" text:"note"`
	// Places and People they named count as intelligence (DOMAIN §4, Declines).
	Places []string `json:"places,omitempty"`
	People []string `json:"people,omitempty"`
}

// Name of the act.
func (a *TellByCarer) Name() string { return "referral.carer_information" }

func (a *TellByCarer) shape(*Settings, time.Time) error {
	return cmp.Or(need("referral", a.Referral), need("text", a.Text), theyNamed("places", NotedPlace, a.Places), theyNamed("people", NotedPerson, a.People))
}

// theyNamed refuses a name that is none: nobody would find it again.
func theyNamed(field, what string, names []string) error {
	for _, n := range names {
		if NotedKey(what, n) == "" {
			return invalid(field, "%q is no name: leave it out, or say in the text what is not known", n)
		}
	}
	return nil
}
func (a *TellByCarer) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *TellByCarer) decide(c *decision, t Record) (*Outcome, error) {
	r := c.working(t)
	r.CarerTold = append(r.CarerTold, CarerTold{Text: a.Text, Places: a.Places, People: a.People, By: c.by, At: c.at})
	return done(r, "kept what the carer told about %s", r.ID), nil
}
