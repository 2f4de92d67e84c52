package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// EndEpisode says that an open episode ended without a return: how, on which day, why (DOMAIN §4).
type EndEpisode struct {
	Episode string `json:"episode"`
	How     string `json:"how"`
	On      Date   `json:"on"`
	Reason  string `json:"reason" text:"note"`
}

// Name of the act.
func (a *EndEpisode) Name() string { return "episode.end" }

func (a *EndEpisode) shape(*Settings, time.Time) error {
	if err := need("episode", a.Episode); err != nil {
		return err
	}
	if !slices.Contains(Endings(), a.How) {
		return invalid("how", "must be %s", orList(Endings()))
	}
	return cmp.Or(needsDay("on", a.On), need("reason", a.Reason))
}

func (a *EndEpisode) target(w Reader) (Record, error) { return readEpisode(w, a.Episode) }

func (a *EndEpisode) decide(c *decision, t Record) (*Outcome, error) {
	e := t.(*Episode).Clone()
	child, err := childOf(c, e)
	if err != nil {
		return nil, err
	}
	if err := c.mayEndOn(e, a.On); err != nil {
		return nil, err
	}
	how := endingOf(a.How)
	switch {
	case how.grown && child.DOB != 0 && !child.GrownUp(a.On):
		return nil, invalid("on", "%s was %d on %s: give the day on which they were 18, or correct the date of birth", child.ShownRef(), AgeOn(child.DOB, a.On), a.On)
	case !how.death && e.FoundAt != 0 && a.On < e.FoundAt.Date():
		return nil, invalid("on", "%s is before the child was found, %s", a.On, e.FoundAt)
	case how.death && child.Died == nil: // it is recorded of the child, and nothing is due for them any more
		out, err := c.died(child, a.Name(), a.On, a.Reason)
		if err == nil {
			out.Named = e.ID
		}
		return out, err
	}
	e.settleEnd()
	e.Ended = &Ending{How: a.How, On: a.On, Why: a.Reason, By: c.by, At: c.at}
	out := &Outcome{Put: []Record{e}, Named: e.ID, Summary: fmt.Sprintf("%s ended without a return: %s", e.ShownRef(), e.Ended.Said())}
	if e.Referral == 0 {
		return out, nil
	}
	r, err := c.Referral(e.Referral)
	if err != nil {
		return nil, err
	}
	if r != nil && r.StageOn(DateOf(c.Now())).Open() {
		out.Warnings = append(out.Warnings, fmt.Sprintf("the child was found, and %s stays %s with its clock: hold the interview or close it", r.ID, r.Stage.Words()))
	}
	return out, nil
}

// mayEndOn refuses a day on which an episode cannot have ended.
func (c *decision) mayEndOn(e *Episode, on Date) error {
	switch {
	case on > DateOf(c.Now()):
		return invalid("on", "%s is in the future", on)
	case on > c.at.Date():
		return toldBefore(c.at, on)
	case on < e.MissingAt.Date():
		return invalid("on", "%s is before %s began, %s", on, e.ShownRef(), e.MissingAt)
	}
	return nil
}

// needsDay refuses an act without a day it needs.
func needsDay(field string, d Date) error {
	if d == 0 {
		return invalid(field, "is required: the date, 2026-11-22")
	}
	return nil
}

// endable refuses to end an episode that has ended.
func endable(r Reader, t Record) error {
	e, ok := t.(*Episode)
	switch {
	case !ok:
		return nil
	case e.DuplicateOf != 0:
		return invalid("episode", "%s is a duplicate of %s: end that one", e.ShownRef(), e.DuplicateOf)
	case e.Over():
		return invalid("episode", "%s has a return, %s: correct that first if it is wrong (episode.edit)", e.ShownRef(), e.ReturnedAt)
	case !e.Unsettled():
		return invalid("episode", "%s was ended by %s already: %s", e.ShownRef(), r.Settings().PersonAt(e.Ended.By, e.Ended.At), e.Ended.Said())
	}
	return nil
}
