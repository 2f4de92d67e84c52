package tui_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// What changes nothing that is shown costs a terminal not one byte, though it was heard and read.
func TestUnseenChangesCostNoBytes(t *testing.T) {
	x := threeBack(t)
	c := &counted{Desk: x.as("dee")}
	m, err := tui.Build(c, &intake.Clerk{Desk: c}, tui.Options{Live: "live", Theme: "dark", WatchEvents: true,
		Runtime: frame.Runtime{Now: func() time.Time { return tuitest.Now().In(domain.London()) }, Delay: widgets.NoDelay}})
	if err != nil {
		t.Fatal(err)
	}
	s := tuitest.Run(t, 120, 40, m)
	t.Cleanup(m.Leave)
	n := len(s.Rest())
	until := func(what string, done func() bool) {
		t.Helper()
		for range 2000 {
			if done() {
				return
			}
			time.Sleep(time.Millisecond)
		}
		t.Fatalf("%s was not heard", what)
	}
	quiet := func(what string) {
		t.Helper()
		if more := len(s.Rest()) - n; more != 0 {
			t.Errorf("%s: %d bytes\n%q", what, more, s.Rest()[n:])
		}
	}
	tom := x.as("tom")
	end := tom.Begin(domain.Ringing, domain.NewID(domain.KindReferral, 99), domain.NewID(domain.KindChild, 99))
	quiet("somebody rings about a child who is on no row")
	end()
	quiet("and ends it")
	c.states.Store(0)
	x.do("tom", `{"act":"child.edit","child_ref":"K3","language":"Somali"}`)
	until("a card", func() bool { return c.states.Load() > 0 })
	quiet("a card that is not shown")
	c.states.Store(0)
	for i := range 200 {
		x.do("tom", fmt.Sprintf(`{"act":"child.edit","child_ref":"K3","language":"L%d"}`, i))
	}
	until("many of them", func() bool { return c.states.Load() > 0 })
	quiet("two hundred of them")
	x.do("tom", `{"act":"referral.book","referral":"R2","when":"2026-11-24T10:00:00Z"}`) // the control: this one shows
	if more := len(s.Rest()) - n; more == 0 {
		t.Error("a booking on a row that is shown was not drawn")
	}
}

// Several people at once at the keys, over the states they share, while another changes what these hold: nobody changes a
// state that was handed out, whatever they press.
func TestSharedStatesAreOnlyRead(t *testing.T) {
	x := fifteen(t)
	x.now = tuitest.Now
	type kept struct {
		st   *view.State
		text string
	}
	var mu sync.Mutex
	var all []kept
	remember := func(d view.Desk) {
		st, err := d.State(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		b, err := json.Marshal([]any{st.Queue, st.Clusters})
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, kept{st, string(b)})
	}
	keys := []string{"j", "k", "s", "+", "m", "enter", "esc", "}", "{", "1", "3", "4", "M", "T", "space", "V", "/", "a", "c", "n", "esc", "b", "esc", "x", "esc", "t", "[", "G", "g", "?", "esc", "u", "enter", "w", "esc", "R", "e", "esc", "["}
	var wg sync.WaitGroup
	for i, login := range []string{"dee", "tom", "sam", "amira"} {
		s := x.sit(login, 120, 40)
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 7))
			for range 60 {
				s.Press(keys[r.IntN(len(keys))])
				s.hear()
				s.Frame()
				remember(s.desk)
			}
			s.leave()
		})
	}
	wg.Go(func() {
		d := x.as("sam")
		for i := range 60 {
			e := domain.Envelope{Act: &domain.WriteNote{Referral: fmt.Sprintf("R%d", i%15+1), Text: fmt.Sprint("note ", i)}}
			if _, err := d.Do(t.Context(), true, e); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	for i, k := range all {
		b, err := json.Marshal([]any{k.st.Queue, k.st.Clusters})
		if err != nil || string(b) != k.text {
			t.Fatalf("the %dth of %d states was changed by somebody who looked at it", i, len(all))
		}
	}
}
