package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// stateText is a state as it would be printed, whoever asked for it.
func stateText(t testing.TB, st *view.State) string {
	t.Helper()
	b, err := json.Marshal(struct {
		Q *view.Queue
		C []view.ClusterRow
	}{st.Queue, st.Clusters})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// afresh reads the state by itself.
func afresh(t testing.TB, d *Desk) string {
	t.Helper()
	var st *view.State
	if err := d.Ask(ctx, func(r domain.Reader) (err error) { st, err = view.ReadState(r); return err }); err != nil {
		t.Fatal(err)
	}
	return stateText(t, st)
}

func stateOf(t testing.TB, d *Desk) *view.State {
	t.Helper()
	st, err := d.State(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// The same moment is the same state for everybody; a commit, the next minute and other settings are another one. What only
// the log or a draft keeps is none.
func TestStateIsShared(t *testing.T) {
	now := noon()
	var mu sync.Mutex
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	set := func(to time.Time) { mu.Lock(); defer mu.Unlock(); now = to }
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), Options{Settings: settings(), Clock: clock})
	a, b := s.Desk(dee()), s.Desk(sam())
	empty := stateOf(t, a)
	if len(empty.Queue.Rows) != 0 || empty.Clusters == nil {
		t.Errorf("%+v", empty)
	}
	if stateOf(t, b) != empty {
		t.Error("two states of one moment")
	}
	did(t, a, "%s", referral(1))
	one := stateOf(t, b)
	if one == empty || len(one.Queue.Rows) != 1 || one.Last <= empty.Last {
		t.Errorf("after a referral %d rows, last line %s after %s", len(one.Queue.Rows), one.Last, empty.Last)
	}
	refused(t, a, domain.Conflict, "%s", referral(1))
	if err := a.Opened(ctx, one.Queue.Rows[0].Child.ID); err != nil {
		t.Fatal(err)
	}
	if err := a.KeepDraft(ctx, "x", map[string]string{"a": "b"}); err != nil {
		t.Fatal(err)
	}
	if stateOf(t, a) != one {
		t.Error("what changes no record made another state")
	}
	set(noon().Add(59 * time.Second))
	if stateOf(t, a) != one {
		t.Error("another state within the minute")
	}
	set(noon().Add(time.Minute))
	next := stateOf(t, a)
	if next == one || stateText(t, next) != afresh(t, b) {
		t.Error("the minute's turn is not seen")
	}
	set(noon())
	if stateOf(t, a) == next {
		t.Error("a clock set back is not seen")
	}
	s.settings.Store(settings()) // as a file read anew would give them
	if st := stateOf(t, a); st == next || stateOf(t, b) != st {
		t.Error("other settings are not seen")
	}
}

// Whatever is done by whomever, the state is what a reading of one's own would give, and it stays as it was handed out.
func TestStateIsWhatWasReadAlone(t *testing.T) {
	s := fresh(t)
	a, b := s.Desk(dee()), s.Desk(sam())
	type held struct {
		st   *view.State
		text string
	}
	var all []held
	look := func() {
		st := stateOf(t, b)
		if got, want := stateText(t, st), afresh(t, a); got != want {
			t.Fatalf("after %d states:\n%s\nalone:\n%s", len(all), got, want)
		}
		all = append(all, held{st, stateText(t, st)})
	}
	for i := range 12 {
		did(t, a, "%s", referral(i+1))
		look()
		did(t, a, `{"act":"referral.accept","referral":"R%d","responsible":"team"}`, i+1)
		look()
	}
	did(t, a, `{"act":"undo"}`)
	look()
	for i, h := range all {
		if stateText(t, h.st) != h.text {
			t.Errorf("the %dth state was changed after it was handed out", i+1)
		}
	}
}

// Many who ask while somebody writes never see less than what they know was done.
func TestStateWhileManyWrite(t *testing.T) {
	s := fresh(t)
	const writers, readers, each = 3, 8, 20
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			d := s.Desk(dee())
			for i := range each {
				if _, err := d.Do(ctx, true, act(t, "%s", referral(w*each+i))); err != nil {
					t.Error(err)
				}
				st, err := d.State(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				if n := len(st.Queue.Rows); n < i+1 {
					t.Errorf("%d rows after %d of one's own", n, i+1)
				}
			}
		})
	}
	for range readers {
		wg.Go(func() {
			d, n := s.Desk(sam()), 0
			for range each {
				st, err := d.State(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				if len(st.Queue.Rows) < n {
					t.Errorf("%d rows after %d", len(st.Queue.Rows), n)
				}
				n = len(st.Queue.Rows)
			}
		})
	}
	wg.Wait()
	if st := stateOf(t, s.Desk(sam())); len(st.Queue.Rows) != writers*each {
		t.Errorf("%d rows at the end", len(st.Queue.Rows))
	}
}

// One who gives up waiting gives up alone; a closed store says so, and is asked again the next time.
func TestStateErrors(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := d.State(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	did(t, d, "%s", referral(1))
	if st := stateOf(t, d); len(st.Queue.Rows) != 1 {
		t.Errorf("%d rows", len(st.Queue.Rows))
	}
	did(t, d, "%s", referral(2))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := d.State(ctx); !errors.Is(err, ErrClosed) {
			t.Errorf("%v", err)
		}
	}
}

// BenchmarkFiftySessions is one commit and what fifty sessions then read, with 1,000 open referrals: each by itself, and
// shared.
func BenchmarkFiftySessions(b *testing.B) {
	s := fresh(b)
	d := s.Desk(dee())
	var acts []domain.Envelope
	for i := range 1000 {
		acts = append(acts, act(b, "%s", referral(i+1)))
	}
	if _, err := d.Do(ctx, true, acts...); err != nil {
		b.Fatal(err)
	}
	var desks []*Desk
	for range 50 {
		desks = append(desks, s.Desk(sam()))
	}
	for _, how := range []struct {
		name string
		read func(*Desk) error
	}{
		{"alone", func(d *Desk) error {
			return d.Ask(ctx, func(r domain.Reader) error { _, err := view.ReadState(r); return err })
		}},
		{"shared", func(d *Desk) error { _, err := d.State(ctx); return err }},
	} {
		b.Run(how.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				did(b, d, `{"act":"referral.note","referral":"R1","text":"%s"}`, fmt.Sprint(n))
				var wg sync.WaitGroup
				for _, x := range desks {
					wg.Go(func() {
						if err := how.read(x); err != nil {
							b.Error(err)
						}
					})
				}
				wg.Wait()
			}
		})
	}
}
