package store

import (
	"context"
	"errors"
	"fmt"

	"homeward/domain"
	"homeward/domain/view"
)

// AuditLog gives a piece of the audit log in one short read transaction. A Forbidden refusal where the person may not read it.
func (d *Desk) AuditLog(ctx context.Context, q view.AuditQuery) (page *view.AuditPage, err error) {
	err = d.audited(ctx, func(src view.AuditSource) (err error) { page, err = view.ReadAudit(src, q); return err })
	return page, err
}

// AuditLine gives one line with its records, nil where there is none of that number. That it was opened is recorded first, for
// every child whose records it has (DOMAIN §12); of one who is restricted to others it is recorded that somebody tried.
func (d *Desk) AuditLine(ctx context.Context, id domain.ID) (line *view.AuditLine, err error) {
	err = d.audited(ctx, func(src view.AuditSource) (err error) { line, err = view.ReadAuditLine(src, id); return err })
	if err != nil || line == nil || !line.Opens() {
		return line, err
	}
	if err := d.s.noteOpenedLine(ctx, d.actor, line); err != nil {
		return nil, err
	}
	return line, nil
}

// noteOpenedLine writes that a person opened a line of the log, once an hour: a line for each child whose records it has, or one
// where it has none.
func (s *Store) noteOpenedLine(ctx context.Context, actor domain.Actor, line *view.AuditLine) error {
	for _, child := range line.Children {
		if err := s.view(ctx, func(t *txn) error { return guarded(func() error { return t.mayOpen(actor, child) }) }); err != nil {
			var refused *domain.Refusal
			if errors.As(err, &refused) {
				return s.noteOpened(ctx, actor, child) // writes that they tried, and refuses
			}
			return err
		}
	}
	of := openingOf(actor, line.ID)
	hour := s.openedHour()
	noted := func(t *txn) (bool, error) {
		v, err := t.opened(of)
		return string(v) == string(hour), err
	}
	var already bool
	err := s.view(ctx, func(t *txn) error { return guarded(func() (err error) { already, err = noted(t); return err }) })
	if err != nil || already {
		return err
	}
	return s.named(s.write(ctx, func(t *txn) error {
		if already, err := noted(t); err != nil || already {
			return err
		}
		if len(line.Children) == 0 {
			if _, err := s.note(t, actor, NoteOpened, fmt.Sprintf("opened %s of the log", line.ID), 0); err != nil {
				return err
			}
		}
		for _, child := range line.Children {
			of := child.String() // one who is not there any more, because what made them was taken back, has no other name
			r, err := t.record(child)
			if err != nil {
				return err
			}
			if c, ok := r.(*domain.Child); ok && c != nil {
				of = c.ShownRef()
			}
			if _, err := s.note(t, actor, NoteOpened, fmt.Sprintf("opened %s of the log, with the record of %s", line.ID, of), child); err != nil {
				return err
			}
		}
		t.keepOpened(of, hour)
		return nil
	}))
}

// mayOpen refuses a child that is restricted to others than who asks.
func (t *txn) mayOpen(actor domain.Actor, child domain.ID) error {
	w := &world{t: t, actor: actor, now: t.s.clock()}
	c, err := w.Child(child)
	if err != nil || c == nil {
		return err
	}
	return domain.MayOpen(w, c)
}

func (d *Desk) audited(ctx context.Context, question func(view.AuditSource) error) error {
	return d.Ask(ctx, func(r domain.Reader) error { return question(r.(*world)) })
}

var _ view.AuditSource = (*world)(nil)

// AuditLines walks the log, or the index of the lines of some children, from one line on.
func (w *world) AuditLines(children []domain.ID, from domain.ID, oldest bool, f func(*view.AuditLine) (bool, error)) (err error) {
	defer w.catch(&err)
	walk, err := w.t.auditWalk(children, from, oldest)
	if err != nil {
		return err
	}
	for {
		id, err := walk.next()
		if err != nil || id == 0 {
			return err
		}
		l, _, err := w.t.line(id.Number())
		if err != nil {
			return err
		}
		if l == nil {
			return missingLine(id)
		}
		line := auditLineOf(l)
		for of := line.UndoOf; of != 0; { // a redo took an undo back, of what it is about
			took, _, err := w.t.line(of.Number())
			if err != nil {
				return err
			}
			if took == nil {
				return missingLine(of)
			}
			line.Took, of = took.Act, took.UndoOf
		}
		if err := w.hideLine(l, line); err != nil {
			return err
		}
		if more, err := f(line); err != nil || !more {
			return err
		}
	}
}

// AuditTouched decodes the records of a line.
func (w *world) AuditTouched(id domain.ID) (out []domain.Touched, err error) {
	defer w.catch(&err)
	l, _, err := w.t.line(id.Number())
	if err != nil || l == nil {
		return nil, err
	}
	if closed, err := w.lineClosed(l); err != nil || closed {
		return nil, err
	}
	if out, err = w.t.touchedOf(l); err != nil || len(w.closed) == 0 {
		return out, err
	}
	return w.seenTouched(out)
}

// AuditUndone is what took a line back and stands.
func (w *world) AuditUndone(id domain.ID) (by domain.ID, err error) {
	defer w.catch(&err)
	by, _, err = w.t.standing(id)
	return by, err
}

func auditLineOf(l *auditLine) *view.AuditLine {
	out := &view.AuditLine{ID: changeID(l.Seq), Note: l.Kind == lineNote, By: l.Login, OSUser: l.OSUser, Role: domain.Role(l.Role),
		At: l.When, Machine: l.Machine, Act: l.Act, ActID: l.ActID, Content: l.Content, For: l.At, Summary: l.Summary,
		Children: l.children(), UndoOf: l.UndoOf}
	for i := range l.Touched {
		out.Records = append(out.Records, l.Touched[i].ID)
	}
	return out
}

// auditWalk goes through the log in one direction: through all of it, or through the lines of several children at once.
type auditWalk struct {
	oldest bool
	ways   []*auditWay
}

// auditWay is a walk through the entries with one prefix.
type auditWay struct {
	c      cursor
	prefix []byte
	at     domain.ID // the line it stands on, zero at its end
}

func (t *txn) auditWalk(children []domain.ID, from domain.ID, oldest bool) (*auditWalk, error) {
	walk := &auditWalk{oldest: oldest}
	add := func(b bucket, prefix []byte) error {
		way := &auditWay{c: t.newCursor(b), prefix: prefix}
		k, _ := start(way.c, prefix, from, !oldest)
		walk.ways = append(walk.ways, way)
		return way.take(k)
	}
	if len(children) == 0 {
		return walk, add(inAudit, nil)
	}
	for _, c := range children {
		if err := add(ixTouched, idKey(c)); err != nil {
			return nil, err
		}
	}
	return walk, nil
}

// take reads a key of the way.
func (y *auditWay) take(k []byte) (err error) {
	y.at = 0
	if k != nil && len(k) == len(y.prefix)+idSize && string(k[:len(y.prefix)]) == string(y.prefix) {
		y.at, err = lastID(k)
	}
	return err
}

// next is the next line, zero at the end. One that touched several of the children comes once.
func (w *auditWalk) next() (domain.ID, error) {
	var next domain.ID
	for _, y := range w.ways {
		if y.at != 0 && (next == 0 || (y.at < next) == w.oldest) {
			next = y.at
		}
	}
	for _, y := range w.ways {
		if y.at == 0 || y.at != next {
			continue
		}
		step := y.c.Prev
		if w.oldest {
			step = y.c.Next
		}
		k, _ := step()
		if err := y.take(k); err != nil {
			return 0, err
		}
	}
	return next, nil
}

// cursor is what start needs of a bucket's cursor.
type cursor interface {
	First() (key, value []byte)
	Last() (key, value []byte)
	Seek([]byte) (key, value []byte)
	Next() (key, value []byte)
	Prev() (key, value []byte)
}

// start puts a cursor on the first entry with a prefix, in either direction, behind the line last looked at.
func start(c cursor, prefix []byte, after domain.ID, back bool) (key, value []byte) {
	at := append([]byte(nil), prefix...)
	switch {
	case after != 0:
		at = appendID(at, after)
	case back:
		at = appendID(at, ^domain.ID(0))
	}
	key, value = c.Seek(at)
	if back {
		if key == nil {
			return c.Last()
		}
		return c.Prev()
	}
	if after != 0 && string(key) == string(at) {
		return c.Next()
	}
	return key, value
}
