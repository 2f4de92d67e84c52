package desk

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
)

// Past is one of a person's own changes as undo, redo and the list of today's name it.
type Past struct {
	// Change is what was done: of an undo or a redo the act it took back or did again.
	Change *domain.Change
	// Turn is the undo or redo itself that is listed; else the same as Change.
	Turn *domain.Change
	// Child is whose it was; nil where it was nobody's, or somebody's who may not be seen.
	Child *domain.Child
	// At is what it was about, for the timeline: a referral, an episode or a follow-up; zero where none of them is there.
	At domain.ID
	// NoUndo and NoRedo say why it cannot be undone, or done again; "" where it can.
	NoUndo, NoRedo string
}

// Why a change cannot be turned that stands as it is asked to be.
const (
	undoneAlready = "undone already"
	notUndone     = "not undone"
)

// ReadPast completes a change, in a command. It looks at what an undo or a redo of it would come to.
func (p *Program) ReadPast(ctx context.Context, turn *domain.Change) (*Past, error) {
	out := &Past{Turn: turn}
	err := p.Ask(ctx, func(r domain.Reader) (err error) {
		if out.Change, err = domain.WhatItDid(r, turn); err != nil {
			return err
		}
		return out.about(r)
	})
	if err != nil {
		return nil, err
	}
	of := out.Change.ID.String()
	if out.Change.Undone == 0 {
		out.NoRedo = notUndone
		out.NoUndo, err = p.wouldNot(ctx, &domain.Undo{Of: of})
	} else {
		out.NoUndo = undoneAlready
		out.NoRedo, err = p.wouldNot(ctx, &domain.Redo{Of: of})
	}
	return out, err
}

func (p *Program) wouldNot(ctx context.Context, a domain.Act) (string, error) {
	f, err := p.Preview(ctx, domain.Envelope{Act: a})
	if err != nil || f.Refused == nil {
		return "", err
	}
	return f.Refused.Message, nil
}

// about finds whose a change was, and what it was about that is still there.
func (x *Past) about(r domain.Reader) error {
	order := []domain.Kind{domain.KindReferral, domain.KindFollowUp, domain.KindEpisode}
	at := len(order)
	for _, t := range x.Change.Touched {
		for _, rec := range []domain.Record{t.After, t.Before} {
			if rec == nil || rec.ChildID() == 0 {
				continue
			}
			if x.Child == nil {
				child, err := r.Child(rec.ChildID())
				if err != nil {
					return err
				}
				x.Child = child
			}
			for i, k := range order[:at] {
				if t.ID.Kind() != k {
					continue
				}
				is, err := domain.ReadRecord(r, t.ID)
				if err != nil {
					return err
				}
				if is != nil && x.Child != nil && is.ChildID() == x.Child.ID {
					x.At, at = t.ID, i
				}
				break
			}
		}
	}
	return nil
}

// ChildID is whose it was, zero where it was nobody's.
func (x *Past) ChildID() domain.ID {
	if x.Child == nil {
		return 0
	}
	return x.Child.ID
}

// Line names a change: when, whose, what.
func (x *Past) Line(s *frame.Session) string {
	at := x.Turn.At.Local()
	when := at.Format("15:04")
	if now := s.Now(); at.Format(time.DateOnly) != now.In(at.Location()).Format(time.DateOnly) {
		when = When(x.Turn.At, now)
	}
	whose := ""
	if x.Child != nil {
		whose = Mask(s, x.Child) + ": "
	}
	return when + "  " + whose + Done(s, x.Turn.Act, x.Turn.Summary)
}

// Reason is why a change cannot be turned, as a session shows it.
func (x *Past) Reason(s *frame.Session, why string) string {
	if why != "" && why != undoneAlready && why != notUndone && s.MaskNames {
		return "something rests on it"
	}
	return why
}

// LastKey are the changes of the last key, or its undos, where they were several; nil where one key did one thing.
func (p *Program) LastKey(undos bool) []domain.ID {
	last := p.last
	if undos {
		last = p.undone
	}
	if len(last) < 2 {
		return nil
	}
	return last
}

// Turn undoes changes, the newest first, or does them again, the one that was undone last first.
func (p *Program) Turn(again bool, list ...*Past) tea.Cmd {
	acts, whose := make([]domain.Envelope, len(list)), make([]*domain.Child, len(list))
	for i, x := range list {
		at := len(list) - 1 - i
		of := x.Change.ID.String()
		acts[at].Act = &domain.Undo{Of: of}
		if again {
			acts[at].Act = &domain.Redo{Of: of}
		}
		whose[at] = x.Child
	}
	return func() tea.Msg {
		answers, err := p.Do(p.Lasting(), len(acts) == 1, acts...)
		return DoneMsg{Acts: acts, Answers: answers, Err: err, Whose: whose}
	}
}
