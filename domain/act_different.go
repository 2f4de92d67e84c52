package domain

import (
	"fmt"
	"slices"
	"time"
)

// Different says that two children who are alike are not one: they are no longer shown as possible duplicates of each
// other (DOMAIN §2, Same child?).
type Different struct {
	Keep   string `json:"keep"`
	Other  string `json:"other"`
	Reason string `json:"reason" text:"note"`
}

// Name of the act.
func (a *Different) Name() string { return "child.different" }

func (a *Different) shape(*Settings, time.Time) error {
	for _, f := range []struct{ name, value string }{{"keep", a.Keep}, {"other", a.Other}, {"reason", a.Reason}} {
		if err := need(f.name, f.value); err != nil {
			return err
		}
	}
	return nil
}

func (a *Different) target(w Reader) (Record, error) { return childIn(w, "keep", a.Keep) }

func (a *Different) decide(c *decision, t Record) (*Outcome, error) {
	keep := t.(*Child).Clone()
	rec, err := c.otherChild("other", a.Other)
	if err != nil {
		return nil, err
	}
	other := rec.Clone()
	switch {
	case other.ID == keep.ID:
		return nil, invalid("other", "%s and %s name the same child", a.Keep, a.Other)
	case slices.Contains(keep.Different, other.ID):
		return nil, invalid("other", "%s and %s are known as different children already", keep.ShownRef(), other.ShownRef())
	}
	keep.Different, other.Different = append(keep.Different, other.ID), append(other.Different, keep.ID)
	return &Outcome{Put: []Record{keep, other}, Named: keep.ID,
		Summary: fmt.Sprintf("%s and %s are different children", keep.ShownRef(), other.ShownRef())}, nil
}
