package store

import (
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// A rehearsal is a database that was made under a frozen clock, or made up (INTERFACES, Rehearsals): every screen and paper says
// PRACTICE, and its acts count as recorded at the frozen time. On every other database acts under a frozen clock are refused: they
// would stand in the log at a time of one's own choosing.

// metaRehearsal is the mark of one, in the meta bucket.
const metaRehearsal = "rehearsal"

func putRehearsal(tx *bolt.Tx) error { return putMeta(tx, metaRehearsal, []byte{1}) }

// Practice says whether the database is a rehearsal.
func (s *Store) Practice() bool { return s.practice }

// Practice says whether the database is a rehearsal: what is seen there is nobody's.
func (d *Desk) Practice() bool { return d.s.practice }

// mayAct refuses acts under a frozen clock where it is no rehearsal, and in a rehearsal acts before what was recorded last, so that what
// was known at a time can be told.
func (w *world) mayAct() error {
	s := w.t.s
	if !s.practice {
		if s.frozen {
			return &domain.Refusal{Code: domain.Forbidden, Message: "under --now nothing is recorded in a database that is no rehearsal: leave --now out, or practise in one of its own (homeward demo --keep FILE)"}
		}
		return nil
	}
	if s.madeUp {
		return nil // who makes a team up makes each child's past in turn
	}
	last, err := w.t.lastRecorded()
	if err != nil || !last.After(w.now.Truncate(time.Second)) {
		return err
	}
	return &domain.Refusal{Code: domain.Invalid, Field: "at", Message: "this rehearsal has come to " + last.In(domain.London()).Format("Mon 2 Jan 2006 15:04:05") +
		", and nothing is recorded before that: say a later --now"}
}

// lastRecorded is when the newest line of the log was written, by the clock in force then.
func (t *txn) lastRecorded() (time.Time, error) {
	if t.lastAt.IsZero() && t.meta.head.count > 0 {
		l, _, err := t.line(t.meta.head.count)
		if err == nil && l == nil {
			err = missingLine(changeID(t.meta.head.count))
		}
		if err != nil {
			return time.Time{}, err
		}
		t.lastAt = time.Unix(l.When.Unix(), 0)
	}
	return t.lastAt, nil
}
