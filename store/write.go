package store

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// write runs f in one transaction and commits what it changed; when it changed nothing, nothing is written. Once write
// returns nil it is durable.
func (s *Store) write(ctx context.Context, f func(*txn) error) error {
	if err := s.lockWriter(ctx); err != nil {
		return err
	}
	defer func() { <-s.writer }()
	head, before, err := s.writeLocked(f)
	if err != nil && head != nil {
		err = s.lookAfter(*head, before, err)
	}
	if tell := s.trouble.Load(); err != nil && tell != nil {
		(*tell)(s.named(err))
	}
	return err
}

// writeLocked does it. A head given with an error means that the commit failed and may have happened all the same: it is
// the end of the log as it would be, and before is the end as it was.
func (s *Store) writeLocked(f func(*txn) error) (head *auditHead, before auditHead, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.stopped(); err != nil {
		return nil, before, err
	}
	defer onFault()()
	var t *txn
	err = func() (err error) {
		defer guard(&err)
		if t, err = s.beginWrite(); err != nil {
			return err
		}
		before = t.meta.head
		if err = f(t); err != nil || !t.changed {
			return err
		}
		if err = s.still(); err != nil {
			return err
		}
		return t.finish()
	}()
	if t == nil {
		return nil, before, err
	}
	if err != nil || !t.changed {
		s.rollback(t.tx)
		return nil, before, err
	}
	after := t.meta.head
	if err := s.commitGuarded(t.tx); err != nil {
		return &after, before, err
	}
	if t.recorded {
		s.recorded.Add(1)
	}
	if s.head != nil {
		s.head.advance(after)
	}
	return nil, before, nil
}

// commitGuarded commits. A commit that falls over keeps bbolt's locks.
func (s *Store) commitGuarded(tx *bolt.Tx) error {
	whole := false
	err := guarded(func() error {
		err := s.commit(tx)
		whole = true
		return err
	})
	if !whole {
		s.wedged.Store(true)
	}
	return err
}

// lookAfter follows a commit that reported failure, after which it may be on the disk or not: nothing more is written to
// the file as this process has it; it is closed, opened anew and looked at (STORAGE, Commit errors).
func (s *Store) lookAfter(want, before auditHead, cause error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.still(); err != nil { // another file says nothing of the commit
		stop := stoppedAfter(s.path, err)
		s.over.Store(stop)
		return fmt.Errorf("%w; first: %w", stop, cause)
	}
	kept, err := s.reopen(want, before)
	if err != nil {
		stop := stoppedAfter(s.path, err)
		s.over.Store(stop)
		return fmt.Errorf("%w; first: %w", stop, cause)
	}
	if !kept && isFull(cause) {
		return &Problem{Kind: ErrDiskFull, Path: s.path, Err: cause} // certain: there was no room for the pages
	}
	return &domain.UnknownOutcome{Kept: kept, Err: cause}
}

func stoppedAfter(path string, err error) *Problem {
	return &Problem{Kind: ErrStopped, Path: path, Text: "the disk reported an error and the database could not be opened again; " +
		"start the program again and look whether the last change is there", Err: err}
}

// reopen closes and opens the database and says whether the log now ends where the failed commit would have ended it.
func (s *Store) reopen(want, before auditHead) (kept bool, err error) {
	if err := s.letGo(); err != nil {
		return false, err
	}
	db, file, err := openBolt(s.path, s.mode, MaxWait)
	if err != nil {
		s.wedged.Store(true) // there is nothing left to close
		return false, err
	}
	s.db, s.file = db, file
	s.wedged.Store(false)
	s.recorded.Add(1) // whichever it was
	tx, err := s.begin(false)
	if err != nil {
		return false, err
	}
	defer s.rollback(tx)
	var m metaInfo
	if err := guarded(func() (err error) { m, err = readMeta(tx, s.knows); return err }); err != nil {
		return false, err
	}
	switch m.head {
	case want:
		kept = want != before
		if s.head != nil {
			s.head.advance(want)
		}
		return kept, nil
	case before:
		return false, nil
	}
	return false, flawf("after a disk error the audit log ends at line %d, neither before nor after the change", m.head.count)
}
