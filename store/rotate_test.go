package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"homeward/store/keyring"
)

// sealedWith counts the entries of a file by the number of the data key.
func sealedWith(t testing.TB, s *Store) map[uint32]int {
	t.Helper()
	out := map[uint32]int{}
	if err := s.view(ctx, func(x *txn) error {
		for b := range bucketCount {
			if !b.enveloped() && !b.row().secret {
				continue
			}
			c := x.newCursor(b)
			for k, raw := c.First(); k != nil; k, raw = c.Next() {
				out[b.epochOf(raw)]++
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRotateWhilePeopleWork(t *testing.T) {
	s := fresh(t)
	words := planted(t, s, 40)
	_ = s.Close()
	encrypted(t, s.path)
	s = opens(t, s.path, encryptedOptions())
	before := answers(t, s)
	var work sync.WaitGroup
	done := make(chan struct{})
	for i := range 2 {
		work.Go(func() {
			d := s.Desk(dee())
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				got, err := d.Do(ctx, false, act(t, `{"act":"referral.note","referral":"R%d","text":"while it is sealed anew %d"}`, 1+(n+i)%40, n))
				if err != nil || got[0].Refused != nil {
					t.Error(got, err)
					return
				}
				if keys, err := d.DraftKeys(ctx); err != nil || len(keys) != 40 {
					t.Errorf("%d drafts, %v", len(keys), err)
				}
				if n%8 == 0 {
					if err := d.KeepDraft(ctx, fmt.Sprintf("Zqplace%dx", n%40), map[string]string{"field": fmt.Sprintf("Zqdraft%dx", n%40)}); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	told := 0
	if err := s.Rotate(ctx, dee(), func(n int) { told = n }); err != nil {
		t.Fatal(err)
	}
	close(done)
	work.Wait()
	if told < 100 || s.Rotating() {
		t.Errorf("told of %d entries, rotating %v", told, s.Rotating())
	}
	if by := sealedWith(t, s); len(by) != 1 || by[2] == 0 {
		t.Errorf("by data key: %v", by)
	}
	if after := answers(t, s); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	if read := allWords(t, s); slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "Zqnote") && !strings.Contains(read, w) }) {
		t.Error("a note is not found again")
	}
	cleanWith(t, s)
	f, err := Keys(s.path)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := f.Open(keyring.Key{Passphrase: testPassphrase})
	if err != nil || len(ring.Keys) != 1 || ring.Newest() != 2 {
		t.Errorf("the ring: %v %v", ring, err)
	}
	cleanWith(t, opens(t, s.path, encryptedOptions()))
}

// However far it came, it goes on when it is asked for again; meanwhile everything can be read.
func TestRotateGoesOn(t *testing.T) {
	s := fresh(t)
	planted(t, s, 30)
	_ = s.Close()
	encrypted(t, s.path)
	s = opens(t, s.path, encryptedOptions())
	before := answers(t, s)
	for step := 1; ; step++ {
		cut, stop := context.WithCancel(ctx)
		n := 0
		err := s.Rotate(cut, dee(), func(int) {
			if n++; n == step {
				stop()
			}
		})
		stop()
		_ = s.Close()
		s = opens(t, s.path, encryptedOptions())
		if after := answers(t, s); after != before {
			t.Fatalf("cut off at step %d: other answers", step)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) || !s.Rotating() {
			t.Fatalf("step %d: %v, rotating %v", step, err, s.Rotating())
		}
		if ring := s.ring.Load(); len(ring.Keys) != 2 {
			t.Fatalf("step %d: %d data keys: it began anew", step, len(ring.Keys))
		}
	}
	if s.Rotating() {
		t.Error("it came to no end")
	}
	cleanWith(t, s)
}

// Who lost their slot opens what was there before, and nothing after another data key was made.
func TestWhoLostTheirSlotOpensNothingNew(t *testing.T) {
	s := fresh(t)
	planted(t, s, 3)
	_ = s.Close()
	encrypted(t, s.path)
	const leaver = "a long passphrase of somebody else"
	if err := ChangeKeys(s.path, withPassphrase(testPassphrase), func(f *keyring.File, r *keyring.Ring) error {
		return f.AddPassphrase(r, "lee", keyring.Passphrase, leaver, cheapCost(), time.Now())
	}); err != nil {
		t.Fatal(err)
	}
	o := testOptions()
	o.Unlock = withPassphrase(leaver)
	s = opens(t, s.path, o)
	if err := s.SlotsKept(ctx, dee()); err != nil {
		t.Fatal(err)
	}
	backup := s.path + ".monday"
	if _, err := s.Backup(ctx, dee(), backup, nil); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	if err := ChangeKeys(s.path, withPassphrase(testPassphrase), func(f *keyring.File, r *keyring.Ring) error { return f.Remove(r, "lee") }); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.path, o); !errors.Is(err, ErrSealed) {
		t.Errorf("the database: %v", err)
	}
	slots, made, err := TestKeys(backup, withPassphrase(leaver))
	if err != nil || len(slots) != 2 || made.IsZero() {
		t.Errorf("the backup from before: %v %v %v", slots, made, err)
	}
	s = opens(t, s.path, encryptedOptions())
	if err := s.Rotate(ctx, dee(), nil); err != nil {
		t.Fatal(err)
	}
	old, err := keysIn(s.db)
	if err != nil || len(old.Slots) != 1 {
		t.Errorf("the copy in the database: %v %v", old, err)
	}
	// The backup from before is put back: her slot does not come back with it.
	_ = s.Close()
	if _, err := Restore(ctx, backup, s.path, RestoreOptions{Replace: true, Who: dee(), Unlock: withPassphrase(testPassphrase)}); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.path, o); !errors.Is(err, ErrSealed) {
		t.Errorf("the restored database: %v", err)
	}
	s = opens(t, s.path, encryptedOptions())
	if !s.Rotating() {
		t.Error("what is sealed with the former key counts as sealed with the newest")
	}
	if err := s.Rotate(ctx, dee(), nil); err != nil {
		t.Fatal(err)
	}
	cleanWith(t, s)
}

// Of children who share a birthday and a home nothing in the file shows that they do: no key of an index and no value is there twice.
func TestEqualThingsLookDifferent(t *testing.T) {
	s := fresh(t)
	for i := range 12 {
		did(t, s.Desk(dee()), `{"act":"referral.new","child_ref":"C%da","police_ref":"P%d","family_name":"Stone%d","given_name":"Ivy","dob":"2011-03-14","placement":"Elm Road",
			"missing_at":"2026-11-10T06:00:00Z"}`, i, i, i)
	}
	_ = s.Close()
	encrypted(t, s.path)
	s = opens(t, s.path, encryptedOptions())
	seen := map[string]string{}
	if err := s.view(ctx, func(x *txn) error {
		for b := range bucketCount {
			c := x.newCursor(b)
			for k, raw := c.First(); k != nil; k, raw = c.Next() {
				parts := []string{}
				if b.enveloped() || b.row().secret {
					parts = append(parts, string(raw[sealSize:]))
				}
				if b.row().texts && b != ixActor && b != inDrafts && b != inOpened { // of these a login's are together
					parts = append(parts, string(k[:textSize]))
				}
				for _, p := range parts {
					if at := fmt.Sprintf("%s %x", b.name(), k); seen[p] != "" {
						t.Errorf("%s shows the same as %s", at, seen[p])
					} else {
						seen[p] = at
					}
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(seen) < 100 {
		t.Errorf("only %d things were looked at", len(seen))
	}
}
