package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/domain/view"
)

// inForce are the settings in force. A transaction begins with what is in the file and with the settings it was kept by,
// both of one moment: other settings come into force together with the indexes that were built by them.
type inForce struct {
	atomic.Pointer[domain.Settings]
	// changing is held shared while a transaction begins, alone while other settings come into force.
	changing sync.RWMutex
}

// SetSettings puts other settings into force, for everybody who asks or decides from then on; what is under way ends with
// those it began with. The indexes that depend on the policy are rebuilt first, and those who watch are told to read again.
// On an error the settings before stay in force; a *domain.UnknownOutcome with Kept says that the new ones are, after the
// disk reported an error. Nobody may change n afterwards.
func (s *Store) SetSettings(ctx context.Context, n *domain.Settings) error {
	own := *n // what is kept by settings is told apart by their address
	own.Former = s.Settings().Former
	if err := s.lockWriter(ctx); err != nil {
		return err
	}
	defer func() { <-s.writer }()
	head, err := s.putInForce(&own)
	if head != nil {
		err = s.lookAfterSettings(&own, *head, err)
	}
	var unknown *domain.UnknownOutcome
	if err == nil || errors.As(err, &unknown) && unknown.Kept {
		now := s.clock()
		s.feed.publish([]view.Event{{Act: Resync, At: now}}, now)
	}
	return s.named(err)
}

// putInForce rebuilds what the settings ask for and puts them into force. A head given with an error means that the commit
// failed and may have happened all the same; it is the end of the log, which did not change.
func (s *Store) putInForce(n *domain.Settings) (*auditHead, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.stopped(); err != nil {
		return nil, err
	}
	defer onFault()()
	t, err := s.beginRebuilt(n)
	if err != nil {
		return nil, err
	}
	s.settings.changing.Lock()
	defer s.settings.changing.Unlock()
	if t != nil {
		if err := s.commitGuarded(t.tx); err != nil {
			return &t.meta.head, err
		}
	}
	s.settings.Store(n)
	return nil, nil
}

// beginRebuilt begins a transaction in which the indexes that depend on the policy are as settings ask for; nil where they
// are already. The caller commits it.
func (s *Store) beginRebuilt(n *domain.Settings) (*txn, error) {
	t, err := s.beginWrite()
	if err != nil {
		return nil, err
	}
	want := n.Policy.Fingerprint()
	if t.meta.policy == want {
		s.rollback(t.tx)
		return nil, nil
	}
	t.settings = n
	err = guarded(func() error {
		for b := range bucketCount {
			if !b.byPolicy() {
				continue
			}
			if err := t.rebuild(b); err != nil {
				return err
			}
		}
		return putMeta(t.tx, metaPolicy, []byte(want))
	})
	if err != nil {
		s.rollback(t.tx)
		return nil, err
	}
	return t, nil
}

// lookAfterSettings follows a commit of the rebuilt indexes that reported failure: the file says which it was.
func (s *Store) lookAfterSettings(n *domain.Settings, head auditHead, cause error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.reopen(head, head)
	var m metaInfo
	if err == nil {
		m, err = metaOf(s.db, s.knows)
	}
	if err != nil {
		stop := stoppedAfter(s.path, err)
		s.over.Store(stop)
		return fmt.Errorf("%w; first: %w", stop, cause)
	}
	kept := m.policy == n.Policy.Fingerprint()
	if kept {
		s.settings.Store(n)
	}
	return &domain.UnknownOutcome{Kept: kept, Err: cause}
}

// beginWith begins a transaction and gives the settings that belong to what it sees.
func (s *Store) beginWith(write bool) (*bolt.Tx, *domain.Settings, error) {
	s.settings.changing.RLock()
	defer s.settings.changing.RUnlock()
	tx, err := s.begin(write)
	return tx, s.settings.Load(), err
}
