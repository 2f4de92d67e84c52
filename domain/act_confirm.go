package domain

import (
	"fmt"
	"time"
)

// ConfirmChild says that the child an episode was taken to be of, by name and date of birth, is the right one.
type ConfirmChild struct {
	Episode string `json:"episode"`
}

// Name of the act.
func (a *ConfirmChild) Name() string { return "child.confirm" }

func (a *ConfirmChild) shape(*Settings, time.Time) error { return need("episode", a.Episode) }

func (a *ConfirmChild) target(w Reader) (Record, error) { return readEpisode(w, a.Episode) }

func (a *ConfirmChild) decide(c *decision, t Record) (*Outcome, error) {
	e := t.(*Episode).Clone()
	child, err := childOf(c, e)
	if err != nil {
		return nil, err
	}
	e.TakenToBe = false
	return &Outcome{Put: []Record{e}, Named: e.ID, Summary: fmt.Sprintf("%s is an episode of %s: confirmed", e.ShownRef(), child.ShownRef())}, nil
}

// takenToBe refuses to confirm what nobody doubted.
func takenToBe(r Reader, t Record) error {
	e, ok := t.(*Episode)
	if !ok || e.TakenToBe {
		return nil
	}
	child, err := childOf(r, e)
	if err != nil {
		return err
	}
	return invalid("episode", "%s is known to be of %s: there is nothing to confirm", e.ShownRef(), child.ShownRef())
}
