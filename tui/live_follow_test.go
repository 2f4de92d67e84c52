package tui_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// counted is a desk that counts what is read of it.
type counted struct {
	view.Desk
	states, asks atomic.Int64
}

func (c *counted) State(ctx context.Context) (*view.State, error) {
	c.states.Add(1)
	return c.Desk.State(ctx)
}

func (c *counted) Ask(ctx context.Context, q func(domain.Reader) error) error {
	c.asks.Add(1)
	return c.Desk.Ask(ctx, q)
}

// pauses are delays that pass when the test says so.
type pauses struct {
	mu   sync.Mutex
	held []tea.Msg
	of   []time.Duration
}

func (p *pauses) delay(d time.Duration, msg tea.Msg) tea.Cmd {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held, p.of = append(p.held, msg), append(p.of, d)
	return nil
}

// pass lets every pause end that has begun, and says how long the longest was.
func (p *pauses) pass(d *tuitest.Driver) time.Duration {
	p.mu.Lock()
	held, of := p.held, p.of
	p.held, p.of = nil, nil
	p.mu.Unlock()
	longest := time.Duration(0)
	for i, m := range held {
		longest = max(longest, of[i])
		d.Send(m)
	}
	return longest
}

// paused opens a dashboard on a counted desk with pauses.
func paused(t testing.TB, x *team) (*tuitest.Driver, *counted, *pauses) {
	c, p := &counted{Desk: x.as("dee")}, &pauses{}
	d := tuitest.New(t, 120, 40, func(rt frame.Runtime) tea.Model {
		rt.Now = func() time.Time { return x.now().In(domain.London()) }
		rt.Delay = p.delay
		m, err := tui.Build(c, &intake.Clerk{Desk: c, Folder: x.folder}, tui.Options{Runtime: rt, Live: "local", Theme: "dark"})
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
	return d, c, p
}

func told(act, by string, child uint64) view.Event {
	return view.Event{Act: act, By: by, Child: domain.NewID(domain.KindChild, child), At: tuitest.Now()}
}

// A burst of changes is one reading at once and one more after a rest, however many they are; what only says who is here, or
// what this session did itself, is none.
func TestBurstIsOneReading(t *testing.T) {
	x := threeBack(t)
	d, c, p := paused(t, x)
	p.pass(d)
	if p.pass(d); c.states.Load() != 1 {
		t.Errorf("%d readings at the start", c.states.Load())
	}
	c.states.Store(0)
	x.do("tom", `{"act":"referral.note","referral":"R1","text":"one"}`)
	for i := range 1000 { // before anything of it was read
		d.Post(desk.ChangedMsg{Events: []view.Event{told("referral.note", "tom", uint64(i%3+1))}})
	}
	if d.Settle(); c.states.Load() != 1 {
		t.Errorf("%d readings of a burst", c.states.Load())
	}
	for range 1000 { // after it was read, while it rests
		d.Send(desk.ChangedMsg{Events: []view.Event{told("referral.note", "tom", 1)}})
	}
	if c.states.Load() != 1 {
		t.Errorf("%d readings while resting", c.states.Load())
	}
	if rest := p.pass(d); rest < 250*time.Millisecond || c.states.Load() != 2 {
		t.Errorf("%d readings after a rest of %v", c.states.Load(), rest)
	}
	p.pass(d)
	p.pass(d)
	if c.states.Load() != 2 {
		t.Errorf("%d readings though nothing more was told", c.states.Load())
	}
	c.states.Store(0)
	c.asks.Store(0)
	for range 10 {
		d.Send(desk.ChangedMsg{Events: []view.Event{{Act: view.EventPresence, By: "tom"}}})
		p.pass(d)
	}
	if c.states.Load() != 0 || c.asks.Load() != 0 {
		t.Errorf("%d and %d readings for who is here", c.states.Load(), c.asks.Load())
	}
	d.Send(desk.ChangedMsg{Events: []view.Event{{Act: view.EventResync}}})
	if c.states.Load() != 1 {
		t.Errorf("%d readings after a resync", c.states.Load())
	}
}

// What one does oneself is read once, at once; its own event, whichever comes first, brings no second reading of the detail.
func TestOwnChangeIsReadOnce(t *testing.T) {
	for _, first := range []string{"event", "answer"} {
		t.Run(first, func(t *testing.T) {
			x := threeBack(t)
			d, c, p := paused(t, x)
			p.pass(d)
			p.pass(d)
			events, stop := c.Watch()
			defer stop()
			d.Press("c")
			p.pass(d)
			c.states.Store(0)
			hear := func() {
				var list []view.Event
				for len(events) > 0 {
					list = append(list, <-events)
				}
				d.Send(desk.ChangedMsg{Events: list})
			}
			d.Press("n").Sees("no answer")
			hear()
			p.pass(d)
			p.pass(d)
			if c.states.Load() != 1 {
				t.Errorf("%d readings", c.states.Load())
			}
			if first == "event" {
				// Another window of the same person: its changes are read, after the rest.
				x.do("dee", `{"act":"referral.note","referral":"R1","text":"elsewhere"}`)
				hear()
				p.pass(d)
				d.Sees("elsewhere")
			}
		})
	}
}

// fifteen is a team with enough of everything to scroll.
func fifteen(t testing.TB) *team {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	for i := range 15 {
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"P%02d","child_ref":"K%02d","given_name":"Child%02d","family_name":"Name","dob":"2010-01-01","missing_at":"2026-11-22 0%d:00","returned_at":"2026-11-22 20:%02d","notified_at":"2026-11-22 20:%02d"}`, i+1, i+1, i+1, i%10, i, i))
		x.do("dee", fmt.Sprintf(`{"act":"followup.add","child_ref":"K%02d","kind":"other","text":"thing %02d","owner":"dee","due_at":"2026-11-2%dT10:00:00Z"}`, i+1, i+1, 4+i%5))
	}
	return x
}

// focus is the line the cursor is on, without what may move in it.
func focus(s *session) string {
	for l := range strings.SplitSeq(s.Frame(), "\n") {
		if strings.HasPrefix(l, "▸") {
			return strings.TrimSpace(l[:min(len(l), 40)])
		}
	}
	return ""
}

// On every screen what another did shows without a key, and the cursor, the selection, the scroll and what is typed stay.
func TestEveryScreenFollows(t *testing.T) {
	later := "2026-11-24T10:00:00Z"
	for _, f := range []struct {
		name  string
		keys  []string
		typed string
		does  []string // by tom
		shows []string
		stays []string
	}{
		{"queue", []string{"j", "j", "space"}, "", []string{`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"wrong"}`, `{"act":"referral.book","referral":"R3","when":"` + later + `"}`}, []string{"visit Tue 10:00", "13 new"}, []string{"1 selected"}},
		{"queue's detail", []string{"j", "enter"}, "", []string{`{"act":"contact.log","referral":"R2","way":"call","with":"carer","result":"spoke","note":"well"}`}, []string{"██░░ met"}, nil},
		{"queue's filter", []string{"/"}, "child0", []string{`{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.assign","referral":"R1","to":"joe"}`}, []string{"Joe"}, []string{"/ child0"}},
		{"follow-ups", []string{"4", "j", "j", "space"}, "", []string{`{"act":"followup.done","followup":"F1","found":"well"}`}, []string{"Done and dropped 1", "14 follow-ups"}, []string{"1 selected"}},
		{"timeline", []string{"j", "t"}, "", []string{`{"act":"contact.log","referral":"R2","way":"text","with":"child","result":"sent"}`}, []string{"text with child"}, []string{"Child02 Name"}},
		{"my day", []string{"M", "j"}, "", []string{`{"act":"followup.add","child_ref":"K05","kind":"urgent","text":"now"}`}, []string{"Urgent 1"}, nil},
		{"record", []string{"j", "R"}, "", []string{`{"act":"interview.held","referral":"R2","held_at":"2026-11-23T13:00:00Z"}`}, []string{"Held     Mon 23 Nov 13:00"}, nil},
		{"a form", []string{"j", "N"}, "half a word", []string{`{"act":"referral.note","referral":"R2","text":"x"}`}, []string{"While this was open: Tom Hale"}, []string{"half a word", "note on R2"}},
		{"a menu", []string{"j", "c"}, "", []string{`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"wrong"}`}, []string{"14 new"}, []string{"contact about R2", "▸ n  No answer"}},
		{"clusters", []string{"3"}, "", []string{`{"act":"referral.new","police_ref":"X1","child_ref":"K02","missing_at":"2026-11-20 01:00","returned_at":"2026-11-20 02:00"}`,
			`{"act":"referral.new","police_ref":"X2","child_ref":"K02","missing_at":"2026-11-21 01:00","returned_at":"2026-11-21 02:00"}`}, []string{"Child02 Name"}, nil},
		{"intake", []string{"i"}, "", []string{`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"wrong"}`}, []string{"14 new"}, []string{"many.csv"}},
	} {
		for _, size := range [][2]int{{120, 40}, {80, 24}} {
			t.Run(fmt.Sprintf("%s/%d", f.name, size[0]), func(t *testing.T) {
				x := fifteen(t)
				x.night("many.csv", 1, tuitest.Now(), nil)
				a := x.sit("dee", size[0], size[1])
				a.hear().Press(f.keys...).Type(f.typed)
				was := focus(a)
				if f.name == "record" {
					x.do("dee", `{"act":"referral.assign","referral":"R2","to":"dee"}`)
					x.do("dee", f.does...)
				} else {
					x.do("tom", f.does...)
				}
				a.hear()
				a.Sees(f.stays...)
				if !seesAny(a, f.shows) {
					t.Errorf("none of %q is on the screen:\n%s", f.shows, a.Frame())
				}
				if is := focus(a); was != "" && f.name != "clusters" && f.name != "record" && name(is) != name(was) {
					t.Errorf("the cursor went from %q to %q:\n%s", was, is, a.Frame())
				}
			})
		}
	}
}

// name is the part of a line by which a row is known.
func name(line string) string {
	for w := range strings.FieldsSeq(line) {
		if strings.HasPrefix(w, "Child") {
			return w
		}
	}
	return ""
}

func seesAny(s *session, texts []string) bool {
	for _, x := range texts {
		if strings.Contains(s.Frame(), x) {
			return true
		}
	}
	return false
}

// Two look into the same file: once one took it in, the other's page says that there is nothing left to do.
func TestFileTakenInElsewhere(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	for _, s := range []*session{a, b} {
		s.Press("i", "enter").Sees("3 rows:")
	}
	b.Press("t", "tab", "enter").Sees("3 new")
	a.hear().Sees("0 new, 0 changed, 3 unchanged")
}

// A practitioner's day says that somebody rings the child.
func TestRingingOnTheDay(t *testing.T) {
	x := threeBack(t)
	x.do("dee", `{"act":"referral.assign","referral":"R1","to":"joe"}`, `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"asked_for_later","try_again_at":"2026-11-23T16:00:00Z"}`)
	a, b := x.sit("joe", 80, 24), x.sit("tom", 120, 40)
	a.Sees("[My day]", "Ring today 1")
	b.Press("/").Type("kai").Press("enter", "c")
	a.hear().Sees("! Tom is ringing this child")
}

// Of an accepted cluster every member's row says that somebody rings about one of them.
func TestRingingInACluster(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	for i := range 3 {
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"P%d","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-2%d 10:00","returned_at":"2026-11-2%d 20:00"}`, i+1, i, i))
	}
	x.do("dee", `{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"]}`)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	a.Press("enter")
	a.hear()
	b.Press("enter", "j", "j", "b") // at the second member
	a.hear()
	if n := strings.Count(a.Frame(), "Tom is booking"); n != 5 { // line, three members, the detail
		t.Errorf("%d times:\n%s", n, a.Frame())
	}
	a.Golden("live-cluster-120x40").Resize(80, 24).Golden("live-cluster-80x24")
	b.Press("esc")
	a.hear().SeesNot("Tom is booking")
}

// The bell rings with a notice where it is wanted, at most once in ten seconds.
func TestBell(t *testing.T) {
	x := threeBack(t)
	quiet := x.sit("dee", 120, 40)
	loud := x.sit("dee", 120, 40, func(o *tui.Options) { o.Bell = true })
	rings := func(s *session) (n int) {
		for _, m := range s.Messages() {
			if r, ok := m.(tea.RawMsg); ok && r.Msg == "\a" {
				n++
			}
		}
		return n
	}
	note := func(i int) {
		x.do("tom", fmt.Sprintf(`{"act":"followup.add","child_ref":"K%d","kind":"urgent","text":"x"}`, i))
		quiet.hear()
		loud.hear()
	}
	note(1)
	note(2)
	if n := rings(loud); n != 1 {
		t.Errorf("%d rings for two notices at once", n)
	}
	x.now = func() time.Time { return tuitest.Now().Add(9 * time.Second) }
	note(3)
	if n := rings(loud); n != 1 {
		t.Errorf("%d rings within ten seconds", n)
	}
	x.now = func() time.Time { return tuitest.Now().Add(11 * time.Second) }
	note(1)
	if n, q := rings(loud), rings(quiet); n != 2 || q != 0 {
		t.Errorf("%d rings, and %d where none is wanted", n, q)
	}
}
