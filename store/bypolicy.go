package store

import (
	"fmt"

	"homeward/domain"
)

// Two indexes depend on the team's policy: open referrals by due time, and suggested clusters. They carry the policy they
// were built with. Another policy rebuilds them; where the database is shared they are computed on reading instead.

// refreshByPolicy rebuilds the indexes that were built with another policy, when the database is opened.
func (s *Store) refreshByPolicy() error {
	t, err := s.beginRebuilt(s.Settings())
	if t == nil || err != nil {
		return err
	}
	return t.tx.Commit()
}

// rebuild makes an index that depends on the policy anew, by the settings of the transaction.
func (t *txn) rebuild(b bucket) error {
	switch b {
	case ixDue:
		return t.rebuildDue()
	case ixSuggested:
		return t.rebuildSuggested()
	default: // not one that depends on the policy
	}
	return fmt.Errorf("nothing rebuilds the index %s", b.name())
}

func (t *txn) rebuildDue() error {
	var open []domain.ID
	if err := t.scan(ixDue, nil, func(k, _ []byte) (bool, error) {
		id, err := lastID(k)
		open = append(open, id)
		return true, err
	}); err != nil {
		return err
	}
	if err := t.empty(ixDue); err != nil {
		return err
	}
	for _, id := range open {
		rec, err := t.readOnly(id)
		if err != nil {
			return err
		}
		r, ok := rec.(*domain.Referral)
		if !ok || r == nil {
			return dangling(id)
		}
		due, err := dueOf(t.settings, r, t.readOnly)
		if err != nil {
			return err
		}
		t.putEntry(ixDue, timeIDKey(due, id), nil)
	}
	return t.flushAll()
}

// empty makes a bucket anew.
func (t *txn) empty(b bucket) error {
	t.buckets[b], t.cursors[b], t.pending[b] = nil, nil, nil
	if err := t.tx.DeleteBucket(b.key()); err != nil {
		return err
	}
	_, err := t.tx.CreateBucket(b.key())
	return err
}
