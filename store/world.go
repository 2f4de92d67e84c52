package store

import (
	"fmt"
	"time"

	"homeward/domain"
)

// world is what a question or a decision sees of a transaction. Damage met on the way is remembered, so that a caller
// who drops the error cannot go on as if a thing were absent.
type world struct {
	t      *txn
	actor  domain.Actor
	now    time.Time
	failed error
	// closed are the children that who asks may not see; nil for a decision, which sees all.
	closed map[domain.ID]bool

	// given are the numbers given while deciding, but not yet kept.
	given numbers
}

var _ domain.World = (*world)(nil)

func (w *world) Now() time.Time             { return w.now }
func (w *world) Actor() domain.Actor        { return w.actor }
func (w *world) Settings() *domain.Settings { return w.t.settings }

// checkActor refuses somebody whose place in the configuration is gone or another one by now.
func (w *world) checkActor() error { return domain.CheckActor(w.Settings(), w.now, w.actor) }

// begin forgets the numbers that the act before took and did not use.
func (w *world) begin() { w.given = w.t.meta.numbers }

// catch makes a panic below it damage, and remembers it. Deferred directly.
func (w *world) catch(err *error) {
	if r := recover(); r != nil {
		*err = damageOf(r)
	}
	if *err != nil && w.failed == nil {
		w.failed = *err
	}
}

// own gives out a copy of a record.
func (w *world) own(id domain.ID) (r domain.Record, err error) {
	defer w.catch(&err)
	r, err = w.t.record(id)
	if err != nil || r == nil {
		return nil, err
	}
	if w.t.known != nil {
		r = cloned(r) // else it was decoded for this caller
	}
	return w.seen(r)
}

// as narrows a record to its kind; nil stays nil.
func as[T any](r domain.Record, err error) (*T, error) {
	if err != nil || r == nil {
		return nil, err
	}
	v, _ := any(r).(*T)
	return v, nil
}

func (w *world) Child(id domain.ID) (*domain.Child, error)     { return as[domain.Child](w.own(id)) }
func (w *world) Episode(id domain.ID) (*domain.Episode, error) { return as[domain.Episode](w.own(id)) }
func (w *world) Referral(id domain.ID) (*domain.Referral, error) {
	return as[domain.Referral](w.own(id))
}
func (w *world) Import(id domain.ID) (*domain.Import, error) { return as[domain.Import](w.own(id)) }
func (w *world) FollowUp(id domain.ID) (*domain.FollowUp, error) {
	return as[domain.FollowUp](w.own(id))
}

func (w *world) EpisodesOf(child domain.ID) ([]*domain.Episode, error) {
	spans, err := w.SpansOf(child)
	if err != nil {
		return nil, err
	}
	ids := make([]domain.ID, len(spans))
	for i, s := range spans {
		ids[i] = s.ID
	}
	return all(w, ids, w.Episode)
}

func (w *world) FollowUpsOf(child domain.ID) ([]*domain.FollowUp, error) {
	ids, err := w.ids(ixFollowUps, idKey(child))
	if err != nil {
		return nil, err
	}
	return all(w, ids, w.FollowUp)
}

// all reads what an index names; one that is missing is damage.
func all[T any](w *world, ids []domain.ID, get func(domain.ID) (*T, error)) ([]*T, error) {
	out := make([]*T, 0, len(ids))
	for _, id := range ids {
		r, err := get(id)
		if err == nil && r == nil {
			if err = dangling(id); w.failed == nil {
				w.failed = err
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (w *world) Change(id domain.ID) (c *domain.Change, err error) {
	defer w.catch(&err)
	if c, err = w.t.change(id); err != nil {
		return nil, err
	}
	return w.hide(c)
}

func (w *world) LastChange(login string) (c *domain.Change, err error) {
	defer w.catch(&err)
	if c, err = w.t.lastChange(login); err != nil {
		return nil, err
	}
	return w.hide(c)
}

func (w *world) LastUndo(login string) (c *domain.Change, err error) {
	defer w.catch(&err)
	if c, err = w.t.lastUndo(login); err != nil {
		return nil, err
	}
	return w.hide(c)
}

func (w *world) ChangesOf(login string, since time.Time) (c []*domain.Change, err error) {
	defer w.catch(&err)
	return w.hideAll(w.t.changesOf(login, since))
}

func (w *world) ChangesTo(child domain.ID) (c []*domain.Change, err error) {
	defer w.catch(&err)
	return w.hideAll(w.t.changesTo(child))
}

// NextID gives the next number. It counts only if the decision comes to something: a refused act uses none up.
func (w *world) NextID(k domain.Kind) (domain.ID, error) {
	if k == domain.KindNone || k == domain.KindChange || int(k) >= kindCount {
		return 0, fmt.Errorf("no decision makes a %s", k.Word())
	}
	w.given[k]++
	return domain.NewID(k, w.given[k]), nil
}
