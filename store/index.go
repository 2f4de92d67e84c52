package store

import (
	"bytes"
	"slices"

	"homeward/domain"
)

// entry is one entry of an index.
type entry struct {
	in    bucket
	key   []byte
	value []byte
}

// records finds records while entries are made: those of a transaction.
type records func(domain.ID) (domain.Record, error)

// entriesOf says which index entries a record has, given the records it is read with. Putting and checking both go by it.
func entriesOf(s *domain.Settings, r domain.Record, find records) ([]entry, error) {
	switch r := r.(type) {
	case *domain.Child:
		return childEntries(r), nil
	case *domain.Episode:
		return episodeEntries(r), nil
	case *domain.Referral:
		return referralEntries(s, r, find)
	case *domain.FollowUp:
		return followUpEntries(r), nil
	}
	return nil, nil
}

func childEntries(c *domain.Child) []entry {
	out := make([]entry, 0, 4)
	if c.Ref != "" {
		out = append(out, entry{ixChildRef, textIDKey(c.Ref, c.ID), nil})
	}
	if c.DOB != 0 {
		v := appendDate(make([]byte, 0, 40), c.DOB)
		out = append(out, entry{ixBorn, bornKey(c.DOB, c.ID), append(v, domain.NameKey(c.GivenName, c.FamilyName)...)})
	}
	if p := placedText(c.Placement, c.GivenName); p != "" {
		out = append(out, entry{ixPlaced, textIDKey(p, c.ID), nil})
	}
	return append(out, entry{ixSearch, idKey(c.ID), []byte(domain.SearchLine(c))})
}

func episodeEntries(e *domain.Episode) []entry {
	out := make([]entry, 0, 3)
	if e.PoliceRef != "" {
		out = append(out, entry{ixPolice, textIDKey(policeText(e.PoliceRef), e.ID), idKey(e.Child)})
	}
	if e.Child != 0 {
		out = append(out, entry{ixSpans, spanKey(e.Child, e.MissingAt, e.ID), spanValue(e)})
	}
	if !e.Over() {
		out = append(out, entry{ixMissing, timeIDKey(e.MissingAt, e.ID), nil})
	}
	return out
}

func referralEntries(s *domain.Settings, r *domain.Referral, find records) ([]entry, error) {
	out := make([]entry, 0, 1+len(r.Attempts))
	if r.Stage.Open() {
		due, err := dueOf(s, r, find)
		if err != nil {
			return nil, err
		}
		out = append(out, entry{ixDue, timeIDKey(due, r.ID), nil})
	}
	if d := r.LookAgain(); r.Stage == domain.StageNotRequired && d != 0 {
		out = append(out, entry{ixLookAgain, dateIDKey(d, r.ID), nil})
	}
	return attemptEntries(out, r.ID, r.Attempts), nil
}

// dueOf is the time by which an open referral sorts.
func dueOf(s *domain.Settings, r *domain.Referral, find records) (domain.Moment, error) {
	rec, err := find(r.Episode)
	if err != nil {
		return 0, err
	}
	e, ok := rec.(*domain.Episode)
	if !ok || e == nil {
		return 0, nil // Check reports a referral without its episode; it is listed all the same
	}
	return domain.NextDue(s, e, r), nil
}

func followUpEntries(f *domain.FollowUp) []entry {
	out := make([]entry, 0, 2+len(f.Attempts))
	if f.Child != 0 {
		out = append(out, entry{ixFollowUps, pairKey(f.Child, f.ID), nil})
	}
	if f.Open() {
		out = append(out, entry{ixFollowUpDue, timeIDKey(f.Due, f.ID), nil})
	}
	return attemptEntries(out, f.ID, f.Attempts)
}

// attemptEntries lead from attempts to what they stand in; one of a cluster stands in each of its members.
func attemptEntries(out []entry, owner domain.ID, attempts []domain.Attempt) []entry {
	for i := range attempts {
		e := entry{ixAttempt, pairKey(attempts[i].ID, owner), nil}
		if attempts[i].ID != 0 && findEntry(out, e) < 0 {
			out = append(out, e)
		}
	}
	return out
}

// alongside are the records whose entries depend on this one.
func alongside(r domain.Record) domain.ID {
	if e, ok := r.(*domain.Episode); ok {
		return e.Referral
	}
	return 0
}

// sameEntries says of two states of a child that they have the same index entries, without making these: rows of a file
// speak of the same children again and again, and a child's entries are the dearest.
func sameEntries(before, after domain.Record) bool {
	b, ok1 := before.(*domain.Child)
	a, ok2 := after.(*domain.Child)
	return ok1 && ok2 && b.Ref == a.Ref && b.GivenName == a.GivenName && b.FamilyName == a.FamilyName &&
		b.KnownAs == a.KnownAs && b.DOB == a.DOB && b.Placement == a.Placement &&
		slices.Equal(b.Card.Phones, a.Card.Phones) && slices.Equal(b.Card.Carers, a.Card.Carers) &&
		slices.Equal(b.Card.CarerPhones, a.Card.CarerPhones) && slices.Equal(b.Card.Addresses, a.Card.Addresses)
}

// reindex makes the difference between the entries before and after.
func (t *txn) reindex(before, after []entry) error {
	for _, b := range before {
		if i := findEntry(after, b); i < 0 {
			if err := t.bucket(b.in).Delete(b.key); err != nil {
				return err
			}
		}
	}
	for _, a := range after {
		if i := findEntry(before, a); i >= 0 && bytes.Equal(before[i].value, a.value) {
			continue
		}
		t.putEntry(a.in, a.key, a.value)
	}
	return nil
}

func findEntry(in []entry, e entry) int {
	for i := range in {
		if in[i].in == e.in && bytes.Equal(in[i].key, e.key) {
			return i
		}
	}
	return -1
}

// refreshDue rebuilds the index of due times when it was built with another policy.
func (s *Store) refreshDue() error {
	want := s.settings.Policy.Fingerprint()
	t, err := s.beginWrite()
	if err != nil {
		return err
	}
	if t.meta.policy == want {
		s.rollback(t.tx)
		return nil
	}
	err = guarded(func() error {
		if err := t.rebuildDue(); err != nil {
			return err
		}
		return putMeta(t.tx, metaPolicy, []byte(want))
	})
	if err != nil {
		s.rollback(t.tx)
		return err
	}
	return t.tx.Commit()
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
	name := []byte(ixDue.name())
	t.buckets[ixDue], t.cursors[ixDue] = nil, nil
	if err := t.tx.DeleteBucket(name); err != nil {
		return err
	}
	if _, err := t.tx.CreateBucket(name); err != nil {
		return err
	}
	for _, id := range open {
		rec, err := t.record(id)
		if err != nil {
			return err
		}
		r, ok := rec.(*domain.Referral)
		if !ok || r == nil {
			return flawf("the index of open referrals names %s, which is missing", id)
		}
		due, err := dueOf(t.s.settings, r, t.record)
		if err != nil {
			return err
		}
		t.putEntry(ixDue, timeIDKey(due, id), nil)
	}
	return t.flushAll()
}
