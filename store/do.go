package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"unicode/utf8"

	"homeward/domain"
	"homeward/domain/view"
)

// chunk is how many acts share a transaction at most, and what an importer hands over at a time. Measured on rows of an
// import: 10,000 write 0.55 of the bytes of 2,000, because the pages that random keys share are written once for more rows.
const chunk = 10_000

// do takes decisions in order, a chunk of them in one commit. What it answers is durable, also when an error comes with
// the answers: then the chunks before were kept.
func (s *Store) do(ctx context.Context, actor domain.Actor, stopAtRefusal bool, acts []domain.Envelope) ([]domain.Answer, error) {
	answers := make([]domain.Answer, 0, len(acts))
	for len(acts) > 0 {
		n := min(len(acts), chunk)
		got, err := s.doChunk(ctx, actor, stopAtRefusal, acts[:n])
		if err != nil {
			return answers, s.named(err)
		}
		answers = append(answers, got...)
		if len(got) < n || stopAtRefusal && got[n-1].Refused != nil {
			break
		}
		acts = acts[n:]
	}
	return answers, nil
}

func (s *Store) doChunk(ctx context.Context, actor domain.Actor, stopAtRefusal bool, acts []domain.Envelope) ([]domain.Answer, error) {
	var answers []domain.Answer
	var events []view.Event
	err := s.write(ctx, func(t *txn) error {
		w := &world{t: t, actor: actor, now: s.clock()}
		answers = make([]domain.Answer, 0, len(acts))
		for _, env := range acts {
			if err := ctx.Err(); err != nil {
				return err
			}
			a, ev, err := w.act(env)
			if err != nil {
				return err
			}
			answers = append(answers, a)
			if ev != nil {
				events = append(events, *ev)
			}
			if a.Refused != nil && stopAtRefusal {
				break
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.feed.publish(events, s.clock())
	return answers, nil
}

// act takes one decision and puts what comes of it. An error is of the store, and ends the transaction.
func (w *world) act(env domain.Envelope) (domain.Answer, *view.Event, error) {
	a := domain.Answer{Act: env.Act.Name(), ID: env.ID}
	if err := cmp.Or(w.checkActor(), w.mayAct()); err != nil {
		if errors.As(err, &a.Refused) {
			err = nil
		}
		return a, nil, err
	}
	var sum contentSum
	if env.ID != "" && utf8.RuneCountInString(env.ID) <= maxActID {
		var err error
		if sum, err = sumContent(env); err != nil {
			return a, nil, err
		}
		known, err := w.t.knownAct(env.ID)
		if err != nil {
			return a, nil, err
		}
		if known != nil {
			a, err = w.again(known, a, env, sum)
			return a, nil, err
		}
	}
	out, refusal, err := w.decide(env)
	if err != nil {
		return a, nil, err
	}
	if refusal != nil {
		a.Refused = refusal
		return a, nil, w.noteTried(env.Act.Name(), refusal)
	}
	var ev *view.Event
	if len(out.Put)+len(out.Delete) > 0 {
		changes, err := w.changes(out)
		if errors.As(err, &refusal) {
			a.Refused = refusal
			return a, nil, nil
		}
		if err != nil {
			return a, nil, fmt.Errorf("%s: %w", env.Act.Name(), err)
		}
		if ev, err = w.apply(env, out, changes, &a); err != nil {
			return a, nil, err
		}
	}
	a.Summary, a.Warnings, a.Row = out.Summary, out.Warnings, out.Row
	if err := w.answer(out, &a, ev); err != nil {
		return a, nil, err
	}
	if ev != nil && env.ID != "" {
		if err := w.t.keepAct(env.ID, sum, &a); err != nil {
			return a, nil, err
		}
	}
	return a, ev, nil
}

// decide asks the domain. A failure of the store on the way ends everything; a decision that falls over is refused and
// harms no other.
func (w *world) decide(env domain.Envelope) (out *domain.Outcome, refusal *domain.Refusal, err error) {
	w.begin()
	out, err = w.decideCaught(env)
	if w.failed != nil {
		return nil, nil, w.failed
	}
	if err != nil {
		if errors.As(err, &refusal) {
			return nil, refusal, nil
		}
		return nil, nil, err
	}
	if out == nil {
		return nil, nil, fmt.Errorf("the decision on %s came to nothing", env.Act.Name())
	}
	return out, nil, nil
}

func (w *world) decideCaught(env domain.Envelope) (out *domain.Outcome, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &domain.Refusal{Code: domain.Invalid, Message: fmt.Sprintf(
				"homeward failed while deciding this (%v); nothing of it was kept. Please report it with the lines below\n%s", r, shortStack())}
		}
	}()
	return w.t.s.decide(w, env)
}

// shortStack is where a decision fell over, without anything it spoke of.
func shortStack() string {
	b := debug.Stack()
	return string(b[:min(len(b), 2000)])
}

// answer completes an answer from the records as they now are.
func (w *world) answer(out *domain.Outcome, a *domain.Answer, ev *view.Event) error {
	var child domain.ID
	if out.Named != 0 {
		r, err := w.t.record(out.Named)
		if err != nil {
			return err
		}
		if r != nil {
			a.Version, child = r.RecordVersion(), r.ChildID()
		}
	}
	if child == 0 && ev != nil {
		child = ev.Child
	}
	if child != 0 {
		r, err := w.t.record(child)
		if err != nil {
			return err
		}
		if c, ok := r.(*domain.Child); ok && c != nil {
			a.Child = c.ShownRef()
			if !c.OpenTo(w.t.settings, w.actor.Login) {
				a.Child = c.ID.String()
			}
		}
	}
	return nil
}
