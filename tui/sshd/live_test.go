package sshd_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"homeward/tui/tuitest"
)

// queued reads the queue as a script does.
func (h *site) queued() (rows []struct {
	Referral, Stage string
	ChildName       string `json:"child_name"`
	ChildRef        string `json:"child_ref"`
}) {
	h.Helper()
	s := h.ran(h.here("queue", "--format", "json"), "")
	if err := json.Unmarshal([]byte(s.out), &rows); err != nil || len(rows) == 0 {
		h.Fatalf("%v %+v", err, s)
	}
	return rows
}

// filtered shows one child in somebody's queue.
func filtered(x *tuitest.Terminal, ref, name string) *tuitest.Terminal {
	return x.Keys("1/child:" + ref + "\r").Sees(name).Keys("}")
}

// A supervisor over SSH, a coordinator over SSH and one at the machine's own terminal work on the same rows: what one does
// shows for the others, who else is at a row is said, and nobody loses a word.
func TestTogether(t *testing.T) {
	t.Parallel()
	h := open(t)
	if s := h.ran(h.here("import", "-"), header+"T1,TK1,Zena,Together,2011-05-06,2026-11-20 21:00,2026-11-21 03:00\n"); s.status != 0 {
		t.Fatalf("%+v", s)
	}
	dee := tuitest.Open(t, 120, 40, h.here()).Sees("[1 Queue]", "served")
	tom := h.views("tom", 120, 40).Sees("[1 Queue]")
	sam := h.views("sam", 80, 24).Sees("[1 Queue]")
	for _, x := range []*tuitest.Terminal{dee, tom, sam} {
		filtered(x, "TK1", "Zena Together")
	}
	dee.Keys("c").Sees("No answer").Keys("s").Sees("spoke")
	tom.Sees("Dee is ringing")
	sam.Sees("Dee is ringing")
	dee.Keys("\x1b").SeesNo("ctrl+d save")
	tom.SeesNo("Dee is ringing")
	// What a script does shows as well, and where the typed text stands it stays.
	tom.Keys("N").Sees("Note").Keys("half a thought").Sees("half a thought")
	referral := ""
	for _, r := range h.queued() {
		if r.ChildRef == "TK1" {
			referral = r.Referral
		}
	}
	act := fmt.Sprintf(`{"act":"referral.assign","referral":%q,"to":"amira"}`+"\n", referral)
	if s := h.ran(h.ssh("sam", "do", "-"), act); s.status != 0 {
		t.Fatalf("%+v", s)
	}
	dee.Sees("Amira")
	sam.Sees("Amira")
	tom.Sees("half a thought")
	// The line drops: what was typed is there when tom comes back.
	tom.Signal(os.Kill)
	h.until("tom's session ends", func() bool { return strings.Contains(h.log.String(), "dashboard ends") })
	tom = h.views("tom", 120, 40).Sees("[1 Queue]")
	filtered(tom, "TK1", "Zena Together").Keys("N").Sees("half a thought")
	for _, x := range []*tuitest.Terminal{dee, sam} {
		x.Keys("q")
		x.Ends()
	}
}

// A supervisor, from home: the worst overdue first, asked why, given to somebody else, a decision signed, and what a
// coordinator does meanwhile arrives.
func TestASupervisorsMorning(t *testing.T) {
	t.Parallel()
	h := open(t)
	file := header + "S1,SK1,Wanda,Worst,2011-05-06,2026-11-01 21:00,2026-11-02 03:00\nS2,SK2,Lena,Later,2011-05-06,2026-11-20 21:00,2026-11-21 03:00\nS3,SK3,Norah,Needless,2011-05-06,2026-11-20 21:00,2026-11-21 03:00\n"
	if s := h.ran(h.here("import", "-"), file); s.status != 0 {
		t.Fatalf("%+v", s)
	}
	ref := map[string]string{}
	for _, r := range h.queued() {
		ref[r.ChildRef] = r.Referral
	}
	acts := fmt.Sprintf(`{"act":"referral.assign","referral":%q,"to":"amira"}`+"\n"+`{"act":"referral.not_required","referral":%q,"reason":"other","text":"moved to Leeds"}`+"\n", ref["SK1"], ref["SK3"])
	if s := h.ran(h.here("do"), acts); s.status != 0 {
		t.Fatalf("%+v", s)
	}
	sam := h.views("sam", 120, 40).Sees("[1 Queue]", "Review").Keys("5").Sees("[5 Review", "Wanda Worst", "Amira")
	at := func() string {
		for line := range strings.SplitSeq(sam.Text(), "\n") {
			if strings.HasPrefix(line, "▸") {
				return line
			}
		}
		return ""
	}
	h.until("the worst overdue is under the cursor", func() bool { return strings.Contains(at(), "Wanda Worst") })
	sam.Keys("a").Sees("ctrl+d save").Keys("\x04").Sees("✓")
	amira := h.views("amira", 80, 24).Sees("1 to answer")
	amira.Keys("Q").Sees("Answer in words").Keys("w").Sees("ctrl+d save").Keys("nobody there").Sees("nobody there").Keys("\x04").SeesNo("1 to answer")
	sam.Sees("nobody there")
	h.until("the cursor stays", func() bool { return strings.Contains(at(), "Wanda Worst") })
	// A coordinator's change arrives without moving it.
	if s := h.ran(h.here("do"), fmt.Sprintf(`{"act":"referral.assign","referral":%q,"to":"tom"}`+"\n", ref["SK2"])); s.status != 0 {
		t.Fatalf("%+v", s)
	}
	sam.Sees("Tom")
	h.until("the cursor stays", func() bool { return strings.Contains(at(), "Wanda Worst") })
	sam.Keys("/needless\r").Sees("Norah Needless").Keys("}jS").Sees("ctrl+d save").Keys("\x04").SeesNo("ctrl+d save")
	for _, r := range h.queued() {
		if r.ChildRef == "SK3" {
			t.Errorf("signed off, and still there: %+v", r)
		}
	}
	sam.Keys("q")
	sam.Ends()
}

// Fifty sessions each press keys while ten thousand rows go in: the import is whole, every session goes on, nothing is damaged.
func TestFiftyAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("a crowd takes a while with the race detector")
	}
	h := open(t, "connections_per_minute = 1000")
	var crowd []*session
	for i := range 50 {
		x, err := h.connect([]string{"dee", "tom", "sam"}[i%3], 100, 30)
		if err != nil {
			t.Fatal(err)
		}
		h.until("a dashboard is there", func() bool { return strings.Contains(x.out.String(), "Queue") })
		crowd = append(crowd, x)
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for i, x := range crowd {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				case <-time.After(120 * time.Millisecond):
				}
				if _, err := io.WriteString(x.in, []string{"j", "k", "}", "j", "2", "1", "3", "1"}[(n+i)%8]); err != nil {
					t.Errorf("session %d ends: %v", i, err)
					return
				}
			}
		}()
	}
	s := h.ran(h.here("import", "-"), rows(10_000))
	close(stop)
	wg.Wait()
	if s.status != 0 || !strings.Contains(s.out, "created 10000") {
		t.Fatalf("%+v", s)
	}
	for _, x := range crowd {
		_, _ = io.WriteString(x.in, "1M")
	}
	for _, x := range crowd {
		h.sees(x, "[My day]")
	}
	for _, words := range [][]string{{"check"}, {"audit", "verify"}} {
		if s := h.ran(h.here(words...), ""); s.status != 0 {
			t.Errorf("%v: %+v", words, s)
		}
	}
}
