package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"homeward/domain"
	"homeward/domain/view"
)

// Lines of the log that are no decisions: somebody read, something left.

// NoteOpened is the word of the line that says somebody opened a child's record.
const NoteOpened = "opened"

// NoteSettings is the word of the line that says other settings came into force.
const NoteSettings = view.NoteSettings

// Note writes a line into the log: who, what kind ("export", "letter", …), one line of text with audience and purpose,
// and the child it concerns (zero: none). It gives the number of the line.
func (s *Store) Note(ctx context.Context, actor domain.Actor, kind, text string, child domain.ID) (domain.ID, error) {
	var id domain.ID
	err := s.write(ctx, func(t *txn) (err error) {
		if err := domain.CheckActor(t.settings, s.clock(), actor); err != nil {
			return err
		}
		id, err = s.note(t, actor, kind, text, child)
		return err
	})
	return id, s.named(err)
}

func (s *Store) note(t *txn, actor domain.Actor, kind, text string, child domain.ID) (domain.ID, error) {
	if kind == "" {
		return 0, fmt.Errorf("a note needs a kind")
	}
	w := &world{t: t, actor: actor, now: s.clock()}
	l := w.line(lineNote, kind)
	l.Summary, l.Child = text, child
	err := t.appendLine(l)
	return changeID(l.Seq), err
}

// OpenedAt is when who asks opened a child's record last, as far as it matters to know: before or after its newest change.
func (w *world) OpenedAt(child domain.ID) (at domain.Moment, err error) {
	defer w.catch(&err)
	v, err := w.t.opened(openingOf(w.actor, child))
	if err != nil {
		return 0, err
	}
	return openedAt(v), nil
}

// lastTouched is when the log has its newest act about a child.
func (t *txn) lastTouched(child domain.ID) (at domain.Moment, err error) {
	var last domain.ID
	if err := t.scanBack(ixTouched, idKey(child), func(k, v []byte) (bool, error) {
		id, err := lastID(k)
		if err == nil && len(v) == 1 && v[0] == lineAct {
			last = id
		}
		return last == 0, err
	}); err != nil || last == 0 {
		return 0, err
	}
	l, _, err := t.line(last.Number())
	if err == nil && l == nil {
		err = missingLine(last)
	}
	if err != nil {
		return 0, err
	}
	return l.When, nil
}

// NoteRefused is the word of the line that says somebody tried to open, or to do something to, the record of a child that is restricted to others.
const NoteRefused = "refused"

// noteTried writes that an act was refused because it is about a child who is restricted to others, once an hour for each act and
// child (DOMAIN §12). Of another refusal it writes nothing.
func (w *world) noteTried(act string, refused *domain.Refusal) error {
	child := refused.Restricted
	if child == 0 {
		return nil
	}
	tried := openedBy{w.actor.Login, child, act}
	hour := w.t.s.openedHour()
	if v, err := w.t.opened(tried); err != nil || string(v) == string(hour) {
		return err
	}
	if _, err := w.t.s.note(w.t, w.actor, NoteRefused, "tried "+act+" on "+child.String()+", which is restricted to others", child); err != nil {
		return err
	}
	w.t.keepOpened(tried, hour)
	return nil
}

// noteOpened writes that a person opened a child's record, once an hour (DOMAIN §12), and keeps when it was where something was
// recorded of the child since: so that what was decided after that is marked as unread. Of a child that is restricted to others it
// writes that they tried, and gives a Forbidden refusal.
func (s *Store) noteOpened(ctx context.Context, actor domain.Actor, child domain.ID) error {
	of := openingOf(actor, child)
	hour := s.openedHour()
	tried := append(bytes.Clone(hour), 1)
	noted, inHour := false, false
	var closed error
	// Most openings are repeated ones: look before taking the writer's turn.
	same := func(t *txn) error {
		if err := domain.CheckActor(t.settings, s.clock(), actor); err != nil {
			return err
		}
		closed, noted, inHour = nil, false, false
		v, err := t.opened(of)
		if err != nil {
			return err
		}
		w := &world{t: t, actor: actor, now: s.clock()}
		c, err := w.Child(child)
		if err != nil || c == nil {
			return err
		}
		err = domain.MayOpen(w, c)
		var refused *domain.Refusal
		if errors.As(err, &refused) {
			closed = refused
			noted = string(v) == string(tried)
			return nil
		}
		if err != nil {
			return err
		}
		inHour = len(v) == 16 && bytes.HasPrefix(v, hour)
		if !inHour {
			return nil
		}
		touched, err := t.lastTouched(child)
		noted = !openedAt(v).Before(touched)
		return err
	}
	if err := s.view(ctx, func(t *txn) error { return guarded(func() error { return same(t) }) }); err != nil || noted {
		return cmp.Or(err, closed)
	}
	err := s.named(s.write(ctx, func(t *txn) error {
		if err := same(t); err != nil || noted {
			return err
		}
		if closed != nil {
			if _, err := s.note(t, actor, NoteRefused, "tried to open the record of "+child.String()+", which is restricted to others", child); err != nil {
				return err
			}
			t.keepOpened(of, tried)
			return nil
		}
		r, err := t.record(child)
		if err != nil {
			return err
		}
		c, ok := r.(*domain.Child)
		if !ok || c == nil {
			return &domain.Refusal{Code: domain.NotFound, Message: fmt.Sprintf("there is no child %s", child)}
		}
		if !inHour {
			if _, err := s.note(t, actor, NoteOpened, "opened the record of "+c.ShownRef(), child); err != nil {
				return err
			}
		}
		t.keepOpened(of, binary.BigEndian.AppendUint64(bytes.Clone(hour), uint64(s.clock().Unix())))
		return nil
	}))
	return cmp.Or(err, closed)
}
