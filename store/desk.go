package store

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// Desk is the store for one person; it is safe for many goroutines.
type Desk struct {
	s     *Store
	actor domain.Actor

	mu      sync.Mutex
	watches []func() // how to stop each
}

var _ view.Desk = (*Desk)(nil)

// Desk makes the desk of a person.
func (s *Store) Desk(actor domain.Actor) *Desk { return &Desk{s: s, actor: actor} }

// Actor is the person.
func (d *Desk) Actor() domain.Actor { return d.actor }

// Settings in force.
func (d *Desk) Settings() *domain.Settings { return d.s.Settings() }

// Now is the time, frozen where the program was told so.
func (d *Desk) Now() time.Time { return d.s.clock() }

// Ask answers a question in one short read transaction. The Reader must not be kept, and nothing else be asked of the
// store from inside. ErrDamaged when it met damage, even where the question dropped the error; a domain.Forbidden refusal
// for somebody who is no longer in the configuration.
func (d *Desk) Ask(ctx context.Context, question func(domain.Reader) error) error {
	return d.s.ask(ctx, d.actor, d.s.clock(), question)
}

func (s *Store) ask(ctx context.Context, actor domain.Actor, now time.Time, question func(domain.Reader) error) error {
	return s.view(ctx, func(t *txn) error {
		w, err := t.question(actor)
		if err != nil {
			return err
		}
		w.now = now
		if err := domain.CheckActor(w.Settings(), s.clock(), actor); err != nil { // by the true clock, whatever time is asked of
			return err
		}
		err = question(w)
		if w.failed != nil {
			return w.failed
		}
		return err
	})
}

// Do takes decisions in order, each durable when Do returns, many in one commit. A refused act stops none of the others
// unless stopAtRefusal. On an error nothing was kept but what the answers given with it tell of (of more than some
// thousand acts the first may be); a *domain.UnknownOutcome says whether the rest was kept. Other errors: ErrDamaged,
// ErrDiskFull, ErrReadOnly, ErrStopped, ErrClosed, and the context's.
func (d *Desk) Do(ctx context.Context, stopAtRefusal bool, acts ...domain.Envelope) ([]domain.Answer, error) {
	return d.s.do(ctx, d.actor, stopAtRefusal, acts)
}

// Preview says what an act would come to, without doing it.
func (d *Desk) Preview(ctx context.Context, act domain.Envelope) (*domain.Preview, error) {
	var f domain.Preview
	err := d.s.view(ctx, func(t *txn) (err error) {
		if t.meta, err = readMetaGuarded(t); err != nil {
			return err
		}
		w := &world{t: t, actor: d.actor, now: d.s.clock()}
		if err := cmp.Or(w.checkActor(), guarded(w.mayAct)); err != nil {
			if errors.As(err, &f.Refused) {
				err = nil
			}
			return err
		}
		out, refusal, err := w.decide(act)
		if err != nil {
			return err
		}
		if refusal != nil {
			f.Refused = refusal
			return nil
		}
		f.Summary, f.Warnings = out.Summary, out.Warnings
		looks, err := t.question(d.actor) // what it would touch is shown as they may see it
		if err != nil {
			return err
		}
		return guarded(func() error {
			changes, err := w.changes(out)
			if errors.As(err, &f.Refused) {
				return nil
			}
			for _, c := range changes {
				touched := domain.Touched{ID: c.id}
				if touched.Before, err = looks.shown(c.before); err != nil {
					return err
				}
				if touched.After, err = looks.shown(c.after); err != nil {
					return err
				}
				if c.after != nil {
					touched.Ver = c.after.RecordVersion()
				}
				f.Touched = append(f.Touched, touched)
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return &f, nil
}

func readMetaGuarded(t *txn) (m metaInfo, err error) {
	defer guard(&err)
	return readMeta(t.tx, t.s.knows)
}

// Watch gives the changes after each commit, and a function to stop, which closes the channel; leaving the desk stops it too.
func (d *Desk) Watch() (<-chan view.Event, func()) {
	events, stop := d.s.feed.watch()
	d.mu.Lock()
	d.watches = append(d.watches, stop)
	d.mu.Unlock()
	return events, stop
}

// unwatch stops every watch, which may have been stopped before.
func (d *Desk) unwatch() {
	d.mu.Lock()
	stops := d.watches
	d.watches = nil
	d.mu.Unlock()
	for _, stop := range stops {
		stop()
	}
}

// Opened records that this person opened a child's record: once per child and hour.
func (d *Desk) Opened(ctx context.Context, child domain.ID) error {
	return d.s.noteOpened(ctx, d.actor, child)
}

// Note records what is no decision: an export, a letter, a report (see [Store.Note]).
func (d *Desk) Note(ctx context.Context, kind, text string, child domain.ID) error {
	_, err := d.s.Note(ctx, d.actor, kind, text, child)
	return err
}
