package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/store/keyring"
)

// A new data key. People go on working while everything is sealed anew, a little at a time. There is no mark of how far that came
// which somebody could forge: what is still sealed with a former key is found by looking. Killed anywhere it goes on when it is asked
// for again, or when a server begins; the former key is thrown away once nothing is sealed with it any more.

// resealAtOnce is how many entries are looked at in one transaction, so that nobody waits for their turn.
const resealAtOnce = 2_000

// ErrPlain says that a database is not encrypted.
var ErrPlain = errors.New("the database is not encrypted: homeward key init does that")

// Rotating says that a former data key is still in use: making another came to no end.
func (s *Store) Rotating() bool {
	r := s.ring.Load()
	return r != nil && len(r.Keys) > 1
}

// Rotate makes a new data key and seals everything with it; where that was begun before and came to no end it goes on. tell hears,
// from time to time, how many entries were looked at.
func (s *Store) Rotate(ctx context.Context, who domain.Actor, tell func(entries int)) error {
	if !s.Encrypted() {
		return &Problem{Kind: ErrPlain, Path: s.path}
	}
	if s.mode == Read {
		return &Problem{Kind: ErrReadOnly, Path: s.path}
	}
	if !s.rotating.TryLock() {
		return errors.New("everything is being sealed with a new key already")
	}
	defer s.rotating.Unlock()
	if err := s.newKey(ctx, who); err != nil {
		return s.named(err)
	}
	seen := 0
	for {
		former, err := s.resealAll(ctx, &seen, tell)
		if err != nil {
			return s.named(err)
		}
		if former == 0 {
			break
		}
	}
	if err := s.retextAll(ctx); err != nil {
		return s.named(err)
	}
	return s.named(s.dropFormer(ctx, who))
}

// newKey adds a data key and puts it into use, as far as that was not done before.
func (s *Store) newKey(ctx context.Context, who domain.Actor) error {
	if !s.Rotating() {
		ring := s.ring.Load().Clone()
		ring.Add()
		if err := s.sealKeys(ring); err != nil {
			return err
		}
	}
	seal, err := s.sealing()
	if err != nil || seal.epoch == s.ring.Load().Newest() {
		return err
	}
	seal.epoch = s.ring.Load().Newest()
	return s.resealed(ctx, seal, func(t *txn) error {
		if _, err := s.note(t, who, NoteKeys, "began to seal everything with a new key", 0); err != nil {
			return err
		}
		return s.keepSlots(t)
	})
}

// sealing is what the file says it is sealed with.
func (s *Store) sealing() (sealing, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.stopped(); err != nil {
		return sealing{}, err
	}
	m, err := metaOf(s.db, s.knows)
	return m.sealing, err
}

// sealKeys writes a ring into the file of keys, for the slots that are in it by now, and takes it into use.
func (s *Store) sealKeys(ring *keyring.Ring) error {
	return changeKeys(s.path, func(f *keyring.File) error {
		if err := f.Seal(ring); err != nil {
			return err
		}
		seal, err := s.sealing()
		if err != nil {
			return err
		}
		return s.hold(ring, seal)
	})
}

// keepSlots keeps a copy of the file of keys in the database.
func (s *Store) keepSlots(t *txn) error {
	b, err := os.ReadFile(KeysPath(s.path))
	if err == nil {
		t.putEntry(inMeta, []byte(metaSlots), b)
	}
	return err
}

// resealed commits a change after which the file is sealed otherwise. Nobody reads or writes while it is put into force.
func (s *Store) resealed(ctx context.Context, seal sealing, f func(*txn) error) error {
	if err := s.lockWriter(ctx); err != nil {
		return err
	}
	defer func() { <-s.writer }()
	if err := s.stopped(); err != nil {
		return err
	}
	t, err := s.beginWrite()
	if err != nil {
		return err
	}
	before := t.meta.head
	err = guarded(func() error {
		if err := f(t); err != nil {
			return err
		}
		t.putEntry(inMeta, []byte(metaRing), seal.bytes())
		return t.finish()
	})
	if err != nil {
		s.rollback(t.tx)
		return err
	}
	after := t.meta.head
	s.mu.Lock()
	err = s.commitGuarded(t.tx)
	if err == nil {
		err = s.hold(s.ring.Load(), seal)
		s.head.advance(after)
		s.mu.Unlock()
		return err
	}
	s.mu.Unlock()
	if err = s.lookAfter(after, before, err); err == nil {
		return nil
	}
	if now, err2 := s.sealing(); err2 == nil {
		err = errors.Join(err, s.hold(s.ring.Load(), now))
	}
	return err
}

// resealAll looks at everything that is sealed once, and seals with the newest key what is not. It gives how many that were.
func (s *Store) resealAll(ctx context.Context, seen *int, tell func(int)) (former int, err error) {
	for b := range bucketCount {
		if !b.enveloped() && !b.row().secret {
			continue
		}
		for from := []byte(nil); ; {
			var n int
			if err := s.write(ctx, func(t *txn) (err error) {
				from, n, err = t.reseal(b, from, seen)
				return err
			}); err != nil {
				return former, err
			}
			former += n
			if tell != nil {
				tell(*seen)
			}
			if from == nil {
				break
			}
		}
	}
	return former, nil
}

// reseal seals anew what is sealed with a former key, among the next entries of a bucket from a key on; next is where to go on.
func (t *txn) reseal(b bucket, from []byte, seen *int) (next []byte, former int, err error) {
	var anew []put
	c := t.bucket(b).Cursor()
	k, raw := c.Seek(from)
	for n := 0; k != nil; k, raw = c.Next() {
		if n++; n > resealAtOnce {
			next = append([]byte(nil), k...)
			break
		}
		*seen++
		if b.epochOf(raw) == t.box.epoch {
			continue
		}
		kept, err := t.kept(b, k, raw)
		if err != nil {
			return nil, 0, err
		}
		key := append(t.alloc(len(k))[:0], k...)
		anew = append(anew, put{key, t.sealAs(b, key, raw, kept)})
	}
	for _, p := range anew {
		t.put(b, p.key, p.value)
	}
	return next, len(anew), nil
}

// epochOf is the number of the data key that an entry is sealed with; 0 where it is not.
func (b bucket) epochOf(raw []byte) uint32 {
	if b.enveloped() {
		if len(raw) < sealSize+epochSize || raw[1] != codecSealed {
			return 0
		}
		raw = raw[sealSize:]
	}
	if len(raw) < epochSize {
		return 0
	}
	return binary.BigEndian.Uint32(raw)
}

// retextAll makes the keys of texts by the newest data key, all in one commit.
func (s *Store) retextAll(ctx context.Context) error {
	seal, err := s.sealing()
	if err != nil || seal.texts == seal.epoch {
		return err
	}
	seal.texts = seal.epoch
	as, err := newBox(s.ring.Load(), seal.epoch, seal.texts)
	if err != nil {
		return err
	}
	return s.resealed(ctx, seal, func(t *txn) error {
		for b := range bucketCount {
			if b.row().texts {
				if err := t.retextBucket(b, as.texts); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (t *txn) retextBucket(b bucket, by textKeys) error {
	var all []put
	c := t.bucket(b).Cursor()
	for k, raw := c.First(); k != nil; k, raw = c.Next() {
		kept, err := t.kept(b, k, raw)
		if err != nil {
			return err
		}
		key, err := by.retext(b, k, kept)
		if err != nil {
			return err
		}
		all = append(all, put{key, t.sealAs(b, key, raw, kept)})
	}
	if err := t.empty(b); err != nil {
		return err
	}
	for _, p := range all {
		t.put(b, p.key, p.value)
	}
	return nil
}

// dropFormer throws the former data keys away, once it has looked that nothing is sealed with them.
func (s *Store) dropFormer(ctx context.Context, who domain.Actor) error {
	if err := s.view(ctx, func(t *txn) error { return guarded(func() error { return t.noneFormer() }) }); err != nil {
		return err
	}
	ring := s.ring.Load().Clone()
	newest := ring.Newest()
	for _, n := range slices.Sorted(maps.Keys(ring.Keys)) {
		if n != newest {
			ring.Drop(n)
		}
	}
	if err := s.sealKeys(ring); err != nil {
		return err
	}
	return s.write(ctx, func(t *txn) error {
		if _, err := s.note(t, who, NoteKeys, "sealed everything with a new key and threw the former one away", 0); err != nil {
			return err
		}
		return s.keepSlots(t)
	})
}

func (t *txn) noneFormer() error {
	if t.box.texts.key == nil {
		return fmt.Errorf("the keys of texts have no data key")
	}
	for b := range bucketCount {
		if !b.enveloped() && !b.row().secret {
			continue
		}
		c := t.newCursor(b)
		for k, raw := c.First(); k != nil; k, raw = c.Next() {
			if n := b.epochOf(raw); n != t.box.epoch {
				return fmt.Errorf("an entry of %s is still sealed with key %d", b.name(), n)
			}
		}
	}
	return nil
}

// SlotsKept writes into the log which slots were added or removed since it was last said, and keeps a copy of them in the database.
func (s *Store) SlotsKept(ctx context.Context, who domain.Actor) error {
	if !s.Encrypted() || s.mode == Read {
		return nil
	}
	beside, err := readKeys(s.path)
	if err != nil || beside == nil {
		return err
	}
	s.mu.RLock()
	var inside *keyring.File
	if err = s.stopped(); err == nil {
		inside, err = keysIn(s.db)
	}
	s.mu.RUnlock()
	if err != nil || inside == nil || inside.Ring != beside.Ring || inside.Serial >= beside.Serial {
		return err
	}
	return s.named(s.write(ctx, func(t *txn) error {
		if said := slotChanges(inside.Slots, beside.Slots); said != "" {
			if _, err := s.note(t, who, NoteKeys, said, 0); err != nil {
				return err
			}
		}
		return s.keepSlots(t)
	}))
}

// slotChanges says which slots are there and were not, and the other way round.
func slotChanges(was, is []keyring.Slot) string {
	var said []string
	missing := func(word string, from, in []keyring.Slot) {
		for _, s := range from {
			if !slices.ContainsFunc(in, func(o keyring.Slot) bool { return o.Name == s.Name && o.Public == s.Public }) {
				said = append(said, fmt.Sprintf("%s the slot %q (%s)", word, s.Name, s.Kind))
			}
		}
	}
	missing("added", is, was)
	missing("removed", was, is)
	return strings.Join(said, ", ")
}
