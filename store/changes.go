package store

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"strconv"
	"time"

	"homeward/domain"
)

// Reading the log as changes.

// change reads an act of the log; nil when the number is of a note or of nothing.
func (t *txn) change(id domain.ID) (*domain.Change, error) {
	if id.Kind() != domain.KindChange {
		return nil, nil
	}
	l, _, err := t.line(id.Number())
	if err != nil || l == nil || l.Kind != lineAct {
		return nil, err
	}
	c := &domain.Change{ID: id, Act: l.Act, By: l.Login, OSUser: l.OSUser, At: l.When, Happened: cmp.Or(l.At, l.When), Summary: l.Summary, UndoOf: l.UndoOf}
	if c.Import, c.Line, err = rowOf(l); err != nil {
		return nil, err
	}
	if c.Touched, err = t.touchedOf(l); err != nil {
		return nil, err
	}
	c.Undone, c.Tip, err = t.standing(id)
	return c, err
}

// rowOf is the import, and its line, that a line of the log is a row of; zero for any other.
func rowOf(l *auditLine) (domain.ID, int, error) {
	if l.Act != (&domain.ImportRow{}).Name() {
		return 0, 0, nil
	}
	var row struct{ Import, Line string }
	if err := json.Unmarshal(l.Content, &row); err != nil {
		return 0, 0, malformed("a row of an import")
	}
	batch, _ := domain.KindImport.ParseKind(row.Import)
	line, _ := strconv.Atoi(row.Line)
	return batch, line, nil
}

// touchedOf decodes the records of a line.
func (t *txn) touchedOf(l *auditLine) ([]domain.Touched, error) {
	if len(l.Touched) == 0 {
		return nil, nil
	}
	out := make([]domain.Touched, len(l.Touched))
	for i := range l.Touched {
		a := &l.Touched[i]
		out[i] = domain.Touched{ID: a.ID, Ver: a.Ver}
		for _, side := range []struct {
			read func(*auditLine, int) ([]byte, error)
			to   *domain.Record
		}{{t.before, &out[i].Before}, {t.after, &out[i].After}} {
			payload, err := side.read(l, i)
			if err == nil && payload != nil {
				*side.to, err = decodeRecord(a.ID, payload)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// standing says how a change stands: what took it back, zero while what it did is in force, and the newest of the undos and redos
// that took it back and forth.
func (t *txn) standing(id domain.ID) (undone, tip domain.ID, err error) {
	tip, inForce, err := domain.FollowTips(id, t.undoneBy)
	if err != nil || inForce {
		return 0, tip, err
	}
	return tip, tip, nil
}

// undoneBy is the undo or redo that took a change back, zero where none did.
func (t *txn) undoneBy(id domain.ID) (domain.ID, error) {
	v, err := t.lookUp(inUndone, idKey(id))
	if err != nil || v == nil {
		return 0, err
	}
	return lastID(v)
}

// actorEntry is one entry of the index of a person's changes.
type actorEntry struct {
	id    domain.ID
	when  domain.Moment
	flags byte
}

// changesBack calls f for a person's changes, newest first, from the index alone.
func (t *txn) changesBack(login string, f func(actorEntry) (bool, error)) error {
	return t.scanBack(ixActor, t.texts.prefix(ixActor, login), func(k, v []byte) (bool, error) {
		id, err := lastID(k)
		if err != nil || len(v) < actorHead {
			return false, malformed("a person's changes")
		}
		return f(actorEntry{id, domain.Moment(binary.BigEndian.Uint64(v)), v[8]})
	})
}

func (t *txn) lastChange(login string) (*domain.Change, error) {
	var found domain.ID
	err := t.changesBack(login, func(e actorEntry) (bool, error) {
		if e.flags&(actorUndo|actorImport) != 0 || !t.settings.IsStill(login, e.when) {
			return true, nil
		}
		undo, _, err := t.standing(e.id)
		if err == nil && undo == 0 {
			found = e.id
		}
		return err == nil && undo != 0, err
	})
	if err != nil || found == 0 {
		return nil, err
	}
	return t.change(found)
}

func (t *txn) lastUndo(login string) (found *domain.Change, err error) {
	err = t.changesBack(login, func(e actorEntry) (bool, error) {
		if e.flags&actorUndo == 0 || e.flags&actorImport != 0 || !t.settings.IsStill(login, e.when) {
			return true, nil
		}
		if by, err := t.undoneBy(e.id); err != nil || by != 0 {
			return true, err
		}
		c, err := t.change(e.id) // only its line says whether it is an undo or a redo
		if err == nil && c != nil && c.Redoable() {
			found = c
		}
		return found == nil, err
	})
	return found, err
}

func (t *txn) changesOf(login string, since time.Time) ([]*domain.Change, error) {
	var ids []domain.ID
	from := domain.At(since)
	err := t.changesBack(login, func(e actorEntry) (bool, error) {
		if since.IsZero() || e.when.Unix() >= from.Unix() { // the clock can have been frozen: times need not ascend
			ids = append(ids, e.id)
		}
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return t.changes(ids)
}

func (t *txn) changesTo(child domain.ID) ([]*domain.Change, error) {
	var ids []domain.ID
	err := t.scan(ixTouched, idKey(child), func(k, v []byte) (bool, error) {
		id, err := lastID(k)
		if err == nil && len(v) == 1 && v[0] == lineAct {
			ids = append(ids, id)
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	return t.changes(ids)
}

func (t *txn) changes(ids []domain.ID) ([]*domain.Change, error) {
	out := make([]*domain.Change, 0, len(ids))
	for _, id := range ids {
		c, err := t.change(id)
		if err != nil {
			return nil, err
		}
		if c == nil {
			return nil, missingLine(id)
		}
		out = append(out, c)
	}
	return out, nil
}
