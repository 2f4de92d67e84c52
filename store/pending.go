package store

import (
	"bytes"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// Puts wait in memory until somebody looks into their bucket or the transaction ends, and then go in by order of their
// keys. bbolt finds its way down from the root for every put and moves up to a page of entries aside for it; in order
// nearly every put goes behind the one before. An import, which writes ten entries a row and reads three buckets, takes
// four times as many rows in a commit that way, and so writes the pages that random keys share once instead of four times.

// put is one entry on its way into a bucket.
type put struct{ key, value []byte }

// put puts an entry. Key and value stay the transaction's; neither may be changed afterwards.
func (t *txn) put(b bucket, key, value []byte) {
	t.changed = true
	t.pending[b] = append(t.pending[b], put{key, value})
}

// flush hands the waiting puts of a bucket to bbolt; of several under one key the last counts.
func (t *txn) flush(b bucket, into *bolt.Bucket) error {
	puts := t.pending[b]
	t.pending[b] = nil
	byKey := func(a, b put) int { return bytes.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(puts, byKey) {
		slices.SortStableFunc(puts, byKey)
	}
	for i, p := range puts {
		if i+1 < len(puts) && bytes.Equal(p.key, puts[i+1].key) {
			continue
		}
		if err := into.Put(p.key, p.value); err != nil {
			return err
		}
	}
	t.pending[b] = puts[:0]
	return nil
}

// flushSome hands over what waits for some buckets, so that a long transaction does not hold it twice.
func (t *txn) flushSome(buckets ...bucket) error {
	for _, b := range buckets {
		if err := t.flush(b, t.under(b)); err != nil {
			return err
		}
	}
	return nil
}

// flushAll hands everything over before the commit.
func (t *txn) flushAll() error {
	if err := t.settleSuggested(); err != nil {
		return err
	}
	for b := range bucketCount {
		if len(t.pending[b]) > 0 {
			if err := t.flush(b, t.under(b)); err != nil {
				return err
			}
		}
	}
	return t.failed
}
