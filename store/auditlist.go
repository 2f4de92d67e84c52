package store

import (
	"context"
	"encoding/json"
	"time"

	"homeward/domain"
)

// AuditEntry is one line of the audit log, decoded.
type AuditEntry struct {
	ID      domain.ID // the change's number
	Note    bool      // no decision: a reading, an export, the beginning of an import
	Login   string
	OSUser  string
	Role    domain.Role
	When    domain.Moment   // when it was done
	Machine domain.Moment   // by the machine's clock, where the program's was frozen; else zero
	Act     string          // the act's name, or the kind of note
	ActID   string          // the id given with the act
	Content json.RawMessage // the act as it was given; nil for a note
	At      domain.Moment   // when it happened, where the act said so
	Summary string
	// Children whose records it touched, or whose record was read.
	Children []domain.ID
	Touched  []domain.Touched
	UndoOf   domain.ID
	Undone   domain.ID
}

// AuditFilter says which lines are wanted; the zero filter wants all.
type AuditFilter struct {
	Login string
	Child domain.ID
	// Act is an act's name or a kind of note, or the beginning of one that ends with a dot ("referral.").
	Act   string
	Since time.Time
	Until time.Time // not included
	// Newest first.
	Newest bool
	// Limit of lines; 0: none.
	Limit int
}

func (f *AuditFilter) wants(l *auditLine) bool {
	switch {
	case f.Login != "" && f.Login != l.Login,
		!f.Since.IsZero() && l.When.Unix() < f.Since.Unix(),
		!f.Until.IsZero() && l.When.Unix() >= f.Until.Unix():
		return false
	case f.Act == "" || f.Act == l.Act:
		return true
	}
	n := len(f.Act)
	return f.Act[n-1] == '.' && len(l.Act) > n && l.Act[:n] == f.Act
}

// auditPage is how many lines are looked at in one transaction: a slow reader of the list must hold none open.
const auditPage = 500

// AuditList calls f for the lines a filter wants, oldest first unless Newest. It stops with f's error.
func (s *Store) AuditList(ctx context.Context, filter AuditFilter, f func(AuditEntry) error) error {
	var from domain.ID // the last line looked at
	for n := 0; ; {
		var page []AuditEntry
		more := false
		err := s.view(ctx, func(t *txn) error {
			return guarded(func() (err error) {
				page, from, more, err = t.auditPage(&filter, from)
				return err
			})
		})
		if err != nil {
			return err
		}
		for _, e := range page {
			if err := f(e); err != nil {
				return err
			}
			if n++; n == filter.Limit {
				return nil
			}
		}
		if !more {
			return nil
		}
	}
}

// auditPage looks at the next lines after one (zero: the first).
func (t *txn) auditPage(filter *AuditFilter, after domain.ID) (out []AuditEntry, last domain.ID, more bool, err error) {
	b, prefix := inAudit, []byte(nil)
	if filter.Child != 0 {
		b, prefix = ixTouched, idKey(filter.Child)
	}
	c := t.bucket(b).Cursor()
	k, _ := start(c, prefix, after, filter.Newest)
	for looked := 0; k != nil && len(k) == len(prefix)+idSize && string(k[:len(prefix)]) == string(prefix); looked++ {
		if looked == auditPage {
			return out, last, true, nil
		}
		if last, err = lastID(k); err != nil {
			return nil, 0, false, err
		}
		l, _, err := t.line(last.Number())
		if err != nil {
			return nil, 0, false, err
		}
		if l == nil {
			return nil, 0, false, flawf("line %s of the audit log is missing", last)
		}
		if filter.wants(l) {
			e, err := t.auditEntry(l)
			if err != nil {
				return nil, 0, false, err
			}
			out = append(out, e)
		}
		if filter.Newest {
			k, _ = c.Prev()
		} else {
			k, _ = c.Next()
		}
	}
	return out, last, false, nil
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

func (t *txn) auditEntry(l *auditLine) (AuditEntry, error) {
	e := AuditEntry{ID: changeID(l.Seq), Note: l.Kind == lineNote, Login: l.Login, OSUser: l.OSUser, Role: domain.Role(l.Role),
		When: l.When, Machine: l.Machine, Act: l.Act, ActID: l.ActID, Content: l.Content, At: l.At, Summary: l.Summary,
		Children: l.children(), UndoOf: l.UndoOf}
	var err error
	if e.Touched, err = touchedOf(l); err != nil {
		return e, err
	}
	e.Undone, err = t.undoneBy(e.ID)
	return e, err
}
