package store

import (
	"bytes"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// txn is one transaction with its buckets and, while writing, the records it has already decoded.
type txn struct {
	s  *Store
	tx *bolt.Tx
	// settings in force when the transaction began, for all of it.
	settings *domain.Settings
	codec
	texts   textKeys
	buckets [bucketCount]*bolt.Bucket
	// known are the records as they are in this transaction, the store's own; nil means there is none. Kept only while
	// writing: acts of one batch speak of the same records again and again. What waits in pending is always known.
	known   map[domain.ID]knownRecord
	pending [bucketCount][]put
	cursors [bucketCount]cursor // of scans, kept: each one made costs four allocations
	getters [bucketCount]*walk  // likewise, while only reading
	pages   *pages              // likewise
	failed  error               // of a put that came due while reading; it ends the transaction
	// stale are the children whose candidates changed since their suggestions were last computed.
	stale   map[domain.ID]struct{}
	entries [2][]entry // room for those of one act, before and after it

	meta    metaInfo
	changed bool
	// lastLines are the lines of this transaction that left records as they are; images the records that were read from the log.
	lastLines map[domain.ID]lastLine
	images    map[imageAt][]byte
	lastAt    time.Time // when the newest line of the log was written, once it was asked for
	// recorded says that records were put, beside what only the log or a draft has.
	recorded bool
}

// knownRecord is a record with its payload.
type knownRecord struct {
	domain.Record
	payload []byte
}

func newTxn(s *Store, tx *bolt.Tx, settings *domain.Settings) *txn {
	b := s.box.Load()
	return &txn{s: s, tx: tx, settings: settings, codec: newCodec(s.knows, b), texts: b.textKeys()}
}

// beginWrite starts a transaction that writes. The caller holds the writer's turn and s.mu.
func (s *Store) beginWrite() (*txn, error) {
	tx, settings, err := s.beginWith(true)
	if err != nil {
		return nil, err
	}
	t := newTxn(s, tx, settings)
	t.known = make(map[domain.ID]knownRecord)
	err = guarded(func() (err error) {
		t.meta, err = readMeta(tx, s.knows)
		return err
	})
	if err != nil {
		s.rollback(tx)
		return nil, err
	}
	return t, nil
}

// bucket gives a bucket with all that was put into it.
func (t *txn) bucket(b bucket) *bolt.Bucket {
	if b == ixSuggested && len(t.stale) > 0 {
		t.fail(t.settleSuggested())
	}
	k := t.under(b)
	if len(t.pending[b]) > 0 {
		t.fail(t.flush(b, k))
	}
	return k
}

// fail remembers the first error of what came due while reading.
func (t *txn) fail(err error) {
	if t.failed == nil {
		t.failed = err
	}
}

// under is a bucket without what still waits to go into it.
func (t *txn) under(b bucket) *bolt.Bucket {
	if t.buckets[b] == nil {
		k := t.tx.Bucket(b.key())
		if k == nil {
			panic("the bucket " + b.name() + " is missing") // a guard makes it damage
		}
		k.FillPercent = b.fill()
		t.buckets[b] = k
	}
	return t.buckets[b]
}

// record gives a record as it stands in this transaction: the store's own, not to be changed or given out. Nil when there
// is none.
func (t *txn) record(id domain.ID) (domain.Record, error) {
	r, _, err := t.recordRaw(id)
	return r, err
}

// recordRaw gives a record with its payload, which while writing stays valid until the commit.
func (t *txn) recordRaw(id domain.ID) (domain.Record, []byte, error) {
	if k, ok := t.known[id]; ok {
		return k.Record, k.payload, nil
	}
	r, payload, err := t.read(id)
	if err == nil && t.known != nil {
		payload = append(t.alloc(len(payload))[:0], payload...) // its page may be written anew
		t.known[id] = knownRecord{r, payload}
	}
	return r, payload, err
}

// readOnly gives a record without keeping it, for a pass over very many before anything was put.
func (t *txn) readOnly(id domain.ID) (domain.Record, error) {
	r, _, err := t.read(id)
	return r, err
}

// read decodes a record from its bucket, with its payload.
func (t *txn) read(id domain.ID) (domain.Record, []byte, error) {
	b, ok := bucketOf(id.Kind())
	if !ok {
		return nil, nil, nil
	}
	key := idKey(id)
	var raw []byte
	if !t.tx.Writable() {
		raw = t.get(b, key)
	} else if raw = t.under(b).Get(key); raw == nil {
		return nil, nil, t.besideFault(b, key)
	}
	if raw == nil {
		return nil, nil, nil
	}
	payload, err := t.unseal(b, key, raw)
	if err != nil {
		return nil, nil, err
	}
	r, err := decodeRecord(id, payload)
	return r, payload, err
}

// newCursor gives a cursor over a bucket: one that trusts no page while only reading. For writing the file was opened, and all of
// it checked.
func (t *txn) newCursor(b bucket) cursor {
	if t.tx.Writable() {
		return t.bucket(b).Cursor()
	}
	return t.walk(b)
}

// get gives what stands under a key; nil when there is nothing.
func (t *txn) get(b bucket, key []byte) []byte {
	if t.tx.Writable() {
		return t.bucket(b).Get(key)
	}
	if t.getters[b] == nil {
		t.getters[b] = t.walk(b)
	}
	return t.getters[b].get(key)
}

// besideFault says what is wrong with the records beside the place of one that is not there, since one of them may be it.
func (t *txn) besideFault(b bucket, key []byte) error {
	c := t.under(b).Cursor()
	k, raw := c.Seek(key)
	for range 2 {
		if k == nil {
			k, raw = c.Last()
		}
		if k == nil {
			return nil
		}
		if err := b.entryFault(k, raw); err != nil {
			return err
		}
		if k, raw = c.Prev(); k == nil {
			return nil
		}
	}
	return nil
}

// cursor gives a cursor over a bucket; a scan within a scan of the same bucket has one of its own.
func (t *txn) cursor(b bucket) cursor {
	if t.tx.Writable() {
		t.bucket(b) // with all that was put into it
	}
	if c := t.cursors[b]; c != nil {
		t.cursors[b] = nil
		return c
	}
	return t.newCursor(b)
}

// scan calls f for every entry of an index whose key begins with prefix, in order, until f says false.
func (t *txn) scan(b bucket, prefix []byte, f func(key, value []byte) (bool, error)) error {
	return t.scanWhile(b, prefix, func(k []byte) bool { return bytes.HasPrefix(k, prefix) }, f)
}

// scanFrom calls f for every entry of an index from a key on.
func (t *txn) scanFrom(b bucket, from []byte, f func(key, value []byte) (bool, error)) error {
	return t.scanWhile(b, from, func([]byte) bool { return true }, f)
}

func (t *txn) scanWhile(b bucket, from []byte, while func(key []byte) bool, f func(key, value []byte) (bool, error)) error {
	c := t.cursor(b)
	defer func() { t.cursors[b] = c }()
	for k, raw := c.Seek(from); k != nil; k, raw = c.Next() {
		v, err := t.openEntry(b, k, raw)
		if err != nil {
			return err
		}
		if !while(k) {
			return nil
		}
		more, err := f(k, v)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// scanBack is scan from the end.
func (t *txn) scanBack(b bucket, prefix []byte, f func(key, value []byte) (bool, error)) error {
	c := t.newCursor(b)
	var k, raw []byte
	if len(prefix) == 0 {
		k, raw = c.Last()
	} else if k, _ = c.Seek(append(bytes.Clone(prefix), bytes.Repeat([]byte{0xff}, 40)...)); k == nil {
		k, raw = c.Last()
	} else {
		k, raw = c.Prev()
	}
	for ; k != nil; k, raw = c.Prev() {
		v, err := t.openEntry(b, k, raw)
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(k, prefix) {
			return nil
		}
		more, err := f(k, v)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// lookUp gives the value of one entry; nil when there is none.
func (t *txn) lookUp(b bucket, key []byte) ([]byte, error) {
	raw := t.get(b, key)
	if raw == nil {
		return nil, nil
	}
	v, err := t.openEntry(b, key, raw)
	if err == nil && v == nil {
		v = []byte{}
	}
	return v, err
}

// putEntry puts an index entry or small value.
func (t *txn) putEntry(b bucket, key, value []byte) {
	t.put(b, key, t.sealEntry(b, key, value))
}
