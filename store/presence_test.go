package store

import (
	"fmt"
	"sync"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

func whatPresent(d *Desk) []string {
	var out []string
	for _, p := range d.Present() {
		s := fmt.Sprintf("%s %s %s", p.Login, p.Doing, p.ID)
		if p.Mine {
			s += " mine"
		}
		s += fmt.Sprint(" ", p.Session)
		out = append(out, s)
	}
	return out
}

func lists(t *testing.T, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPresence(t *testing.T) {
	s := fresh(t)
	a, b, other := s.Desk(dee()), s.Desk(sam()), s.Desk(dee())
	feed, stop := b.Watch()
	defer stop()
	told := func(want int) {
		t.Helper()
		if len(feed) != want {
			t.Errorf("%d events, want %d", len(feed), want)
		}
		for len(feed) > 0 {
			if e := <-feed; e.Act != view.EventPresence || e.By != "dee" || e.Change != 0 {
				t.Errorf("%+v", e)
			}
		}
	}
	r1, r2 := domain.NewID(domain.KindReferral, 1), domain.NewID(domain.KindReferral, 2)
	a.Begin(domain.Here, 0, 0)
	ring := a.Begin(domain.Ringing, r1, 0)
	other.Begin(domain.Arranging, r2, 0)
	told(3)
	lists(t, whatPresent(a), "dee here  mine 1", "dee ringing R1 mine 1", "dee booking R2 2")
	lists(t, whatPresent(b), "dee here  1", "dee ringing R1 1", "dee booking R2 2")
	ring()
	ring() // again does nothing
	told(1)
	lists(t, whatPresent(b), "dee here  1", "dee booking R2 2")
	a.Leave()
	a.Leave()
	told(1)
	lists(t, whatPresent(b), "dee booking R2 1") // another session of hers goes on
	if got := b.Present()[0]; got.Name != "Dee Osei" || !got.Since.Equal(noon()) || got.Role != domain.Coordinator {
		t.Errorf("%+v", got)
	}
}

// It is no part of the record: nothing is written, and no state is read anew for it.
func TestPresenceWritesNothing(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	was := stateOf(t, d)
	end := d.Begin(domain.Ringing, was.Queue.Rows[0].Referral.ID, was.Queue.Rows[0].Child.ID)
	if st := stateOf(t, d); st != was {
		t.Error("a presence made another state")
	}
	end()
	r, err := s.AuditVerify(ctx)
	if err != nil || r.Lines != 1 {
		t.Errorf("%d lines, %v", r.Lines, err)
	}
}

func TestPresenceOfMany(t *testing.T) {
	s := fresh(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			d := s.Desk(dee())
			ch, stop := d.Watch()
			defer stop()
			for i := range 100 {
				end := d.Begin(domain.Ringing, domain.NewID(domain.KindReferral, uint64(i+1)), 0)
				d.Present()
				if i%2 == 0 {
					end()
				}
				select {
				case <-ch:
				default:
				}
			}
			d.Leave()
		})
	}
	wg.Wait()
	lists(t, whatPresent(s.Desk(sam())))
}
