package store

import (
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// returned are the episodes that ended within a time, as the index has them.
func returned(t *testing.T, s *Store, from, before domain.Moment) []domain.Return {
	t.Helper()
	var out []domain.Return
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) (err error) { out, err = r.Returned(from, before); return err }); err != nil {
		t.Fatal(err)
	}
	return out
}

// Those who are back within a time are found by the second, duplicates left out, and a return that is taken back is gone.
func TestReturned(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for n := 1; n <= 3; n++ {
		did(t, d, "%s", referral(n))
	}
	all := returned(t, s, 1, domain.At(noon().AddDate(1, 0, 0)))
	if len(all) != 3 {
		t.Fatalf("%v", all)
	}
	for _, v := range all {
		if v.Episode.Number() != v.Referral.Number() {
			t.Errorf("%v", v)
		}
		if got := returned(t, s, v.At, v.At+2); !slices.Contains(got, v) {
			t.Errorf("%v is not in its own second: %v", v, got)
		}
		if got := returned(t, s, v.At-20, v.At); slices.Contains(got, v) {
			t.Errorf("%v is before its return", v)
		}
		if got := returned(t, s, v.At+2, v.At+20); slices.Contains(got, v) {
			t.Errorf("%v is after its return", v)
		}
	}
	clean(t, s)
}

// What is asked is found while it is open, by when it was answered afterwards, and in a file of the program before.
func TestQuestioned(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for n := 1; n <= 3; n++ {
		did(t, d, "%s", referral(n))
	}
	questioned := func(since domain.Moment) (out []domain.ID) {
		t.Helper()
		if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) (err error) { out, err = r.Questioned(since); return err }); err != nil {
			t.Fatal(err)
		}
		return out
	}
	later := domain.At(noon().AddDate(0, 0, 1))
	did(t, d, `{"act":"referral.note","referral":"R1","to":"sam","text":"a"}`)
	if got := questioned(0); len(got) != 0 {
		t.Errorf("a note is no question: %v", got)
	}
	for range 2 {
		did(t, d, `{"act":"referral.note","referral":"R2","to":"sam","text":"a","ask":true}`)
	}
	did(t, d, `{"act":"referral.note","referral":"R3","to":"sam","text":"a","ask":true}`)
	if got := questioned(later); !slices.Equal(got, []domain.ID{aReferral(2), aReferral(3)}) {
		t.Errorf("open: %v", got)
	}
	did(t, s.Desk(sam()), `{"act":"referral.answer","referral":"R3","note":1,"text":"b"}`)
	did(t, s.Desk(sam()), `{"act":"referral.answer","referral":"R2","note":1,"text":"b"}`)
	if got := questioned(later); !slices.Equal(got, []domain.ID{aReferral(2)}) {
		t.Errorf("one of two is open: %v", got)
	}
	if got := questioned(domain.At(noon())); !slices.Equal(got, []domain.ID{aReferral(2), aReferral(3)}) {
		t.Errorf("answered since: %v", got)
	}
	clean(t, s)
}

// A file from before there was a review has the index of returns afterwards.
func TestFromSchema2Returns(t *testing.T) {
	s := fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	did(t, s.Desk(dee()), "%s", referral(2))
	want := returned(t, s, 1, domain.At(noon().AddDate(1, 0, 0)))
	_ = s.Close()
	tampered(t, s.path, func(tx *bolt.Tx) error { // as the program before left it
		if err := unsalt(tx); err != nil {
			return err
		}
		for b := range bucketCount {
			if b.since() == 3 {
				if err := tx.DeleteBucket([]byte(b.name())); err != nil {
					return err
				}
			}
		}
		return putMeta(tx, metaFormat, versionBytes(2))
	})
	headOf(t, s.path)
	s = opens(t, s.path, testOptions())
	if got := returned(t, s, 1, domain.At(noon().AddDate(1, 0, 0))); len(got) != 2 || !slices.Equal(got, want) {
		t.Errorf("%v, should be %v", got, want)
	}
	clean(t, s)
}
