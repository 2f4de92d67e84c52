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

	// given are the numbers given while deciding, but not yet kept.
	given numbers
}

var _ domain.World = (*world)(nil)

func (w *world) Now() time.Time             { return w.now }
func (w *world) Actor() domain.Actor        { return w.actor }
func (w *world) Settings() *domain.Settings { return w.t.settings }

// still refuses somebody whose place in the configuration is gone or another one by now.
func (w *world) still() error { return domain.CheckActor(w.Settings(), w.actor) }

// begin forgets the numbers that the act before took and did not use.
func (w *world) begin() { w.given = w.t.meta.numbers }

// catch makes a panic below it damage, and remembers it. Deferred directly.
func (w *world) catch(err *error) {
	if r := recover(); r != nil {
		*err = flawf("reading it failed with %q", fmt.Sprint(r))
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
	if w.t.known == nil {
		return r, nil // decoded for this caller
	}
	if c := cloned(r); c != nil {
		return c, nil
	}
	return copyRecord(r)
}

// copyRecord copies a record of a kind that has no quicker way.
func copyRecord(r domain.Record) (domain.Record, error) {
	b, err := modesEncode(r)
	if err != nil {
		return nil, err
	}
	return decodeRecord(r.RecordID(), b)
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
	out := make([]*domain.Episode, 0, len(spans))
	for _, s := range spans {
		e, err := w.Episode(s.ID)
		if err == nil && e == nil {
			err = w.missing(s.ID)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func (w *world) FollowUpsOf(child domain.ID) ([]*domain.FollowUp, error) {
	ids, err := w.ids(ixFollowUps, idKey(child))
	if err != nil {
		return nil, err
	}
	out := make([]*domain.FollowUp, 0, len(ids))
	for _, id := range ids {
		f, err := w.FollowUp(id)
		if err == nil && f == nil {
			err = w.missing(id)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func (w *world) missing(id domain.ID) error {
	err := flawf("an index names %s, which is missing", id)
	if w.failed == nil {
		w.failed = err
	}
	return err
}

func (w *world) Change(id domain.ID) (c *domain.Change, err error) {
	defer w.catch(&err)
	return w.t.change(id)
}

func (w *world) LastChange(login string) (c *domain.Change, err error) {
	defer w.catch(&err)
	return w.t.lastChange(login)
}

func (w *world) ChangesOf(login string, since time.Time) (c []*domain.Change, err error) {
	defer w.catch(&err)
	return w.t.changesOf(login, since)
}

func (w *world) ChangesTo(child domain.ID) (c []*domain.Change, err error) {
	defer w.catch(&err)
	return w.t.changesTo(child)
}

// NextID gives the next number. It counts only if the decision comes to something: a refused act uses none up.
func (w *world) NextID(k domain.Kind) (domain.ID, error) {
	if k == domain.KindNone || k == domain.KindChange || int(k) >= kindCount {
		return 0, fmt.Errorf("no decision makes a %s", k.Word())
	}
	w.given[k]++
	return domain.NewID(k, w.given[k]), nil
}
