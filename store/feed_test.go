package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"homeward/domain"
)

func TestFeed(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	quick, stop := s.Desk(sam()).Watch()
	slow, stopSlow := s.Desk(sam()).Watch()
	defer stopSlow()
	a := did(t, d, "%s", referral(1))
	e := <-quick
	if e.Change != a.Change || e.Act != "referral.new" || e.By != "dee" || e.Child.Number() != 1 || len(e.IDs) != 3 {
		t.Errorf("%+v", e)
	}
	refused(t, d, domain.Conflict, "%s", referral(1))
	for i := range 3 * feedBuffer {
		did(t, d, "%s", referral(i+2))
		if e := <-quick; e.Act != "referral.new" {
			t.Fatalf("%+v", e)
		}
	}
	resyncs, n := 0, 0
	for len(slow) > 0 {
		n++
		if e := <-slow; e.Act == Resync {
			resyncs++
			if n != 1 {
				t.Error("the resync does not stand first")
			}
		}
	}
	if resyncs != 1 {
		t.Errorf("%d resyncs for a slow reader", resyncs)
	}
	stop()
	stop()
	if _, open := <-quick; open {
		t.Error("stopped and still open")
	}
	_ = s.Close()
	if _, open := <-slow; open {
		t.Error("closed and still open")
	}
	late, _ := d.Watch()
	if _, open := <-late; open {
		t.Error("a feed of a closed store is open")
	}
}

func TestManyAtOnce(t *testing.T) {
	s := fresh(t)
	var wg sync.WaitGroup
	const writers, each = 4, 15
	for w := range writers {
		wg.Go(func() {
			d := s.Desk(dee())
			ch, stop := d.Watch()
			defer stop()
			for i := range each {
				n := w*each + i
				if _, err := d.Do(ctx, false, act(t, "%s", referral(n)), act(t, `{"act":"referral.note","referral":"R1","text":"n%d"}`, n)); err != nil {
					t.Error(err)
				}
				if err := d.KeepDraft(ctx, fmt.Sprint(n), map[string]string{"a": "b"}); err != nil {
					t.Error(err)
				}
				select {
				case <-ch:
				default:
				}
			}
		})
		wg.Go(func() {
			d := s.Desk(sam())
			for range 4 * each {
				err := d.Ask(ctx, func(r domain.Reader) error {
					ids, err := r.OpenReferrals()
					for _, id := range ids {
						ref, err := r.Referral(id)
						if err != nil || ref == nil {
							return errors.Join(err, fmt.Errorf("%s is listed and not there", id))
						}
						if spans, err := r.SpansOf(ref.Child); err != nil || len(spans) == 0 {
							return errors.Join(err, fmt.Errorf("%s has no spans", ref.Child))
						}
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if _, err := d.Preview(ctx, act(t, "%s", referral(9999))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	_ = s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		if ids, _ := r.OpenReferrals(); len(ids) != writers*each {
			t.Errorf("%d referrals", len(ids))
		}
		return nil
	})
	clean(t, s)
}

func TestClosedWhileInUse(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for i := range 200 {
				_, err := d.Do(ctx, false, act(t, "%s", referral(w*200+i)))
				if err != nil && !errors.Is(err, ErrClosed) {
					t.Error(err)
				}
				if err != nil {
					return
				}
			}
		})
	}
	_ = d.Ask(ctx, func(domain.Reader) error { return nil })
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	if err := d.Ask(ctx, func(domain.Reader) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("%v", err)
	}
	clean(t, s)
}

// More changes at once than a reader could hold are one event for everybody; whose they were is told where they are one
// person's, so that who made them need not be told of them.
func TestManyChangesAreOneEvent(t *testing.T) {
	s := fresh(t)
	ch, stop := s.Desk(sam()).Watch()
	defer stop()
	var acts []domain.Envelope
	for i := range feedBuffer {
		acts = append(acts, act(t, "%s", referral(i+1)))
	}
	if _, err := s.Desk(dee()).Do(ctx, true, acts...); err != nil {
		t.Fatal(err)
	}
	if e := <-ch; e.Act != view.EventResync || e.By != "dee" || len(ch) != 0 {
		t.Errorf("%+v and %d more", e, len(ch))
	}
	several := []view.Event{{By: "dee"}, {By: "sam"}}
	if by := byOne(several); by != "" {
		t.Errorf("by %q", by)
	}
}
