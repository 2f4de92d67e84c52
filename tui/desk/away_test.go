package desk_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/store"
	"homeward/store/seed"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/tuitest"
)

// blank is a screen with nothing on it.
type blank struct{}

func (blank) Title() string           { return "Blank" }
func (blank) Init() tea.Cmd           { return nil }
func (blank) Update(tea.Msg) tea.Cmd  { return nil }
func (blank) View(int, int) string    { return "" }
func (blank) Actions() []frame.Action { return nil }

// Somebody comes back to a screen that rested, as after a lock: one line tells what happened meanwhile, and their day begins
// there.
func TestReturned(t *testing.T) {
	now, set := tuitest.Now(), seed.Team("nobody")
	st, err := store.Open(filepath.Join(t.TempDir(), "team.db"), store.Options{Settings: &set, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	do := func(login string, lines ...string) {
		t.Helper()
		a, err := domain.ActorFor(&set, time.Time{}, "", login)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			e, err := domain.ParseAct([]byte(l))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := st.Desk(a).Do(context.Background(), true, e); err != nil || got[0].Refused != nil {
				t.Fatal(got, err)
			}
		}
	}
	do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 20:00"}`,
		`{"act":"referral.assign","referral":"R1","to":"joe"}`)
	joe, err := domain.ActorFor(&set, time.Time{}, "", "joe")
	if err != nil {
		t.Fatal(err)
	}
	p := desk.New(st.Desk(joe), nil)
	keys, err := keymap.Default().With(keymap.Binding{Scope: keymap.Global, Action: "work.my_day", Keys: []string{"M"}, Title: "My day", Group: "Go"})
	if err != nil {
		t.Fatal(err)
	}
	type back struct{ since time.Time }
	d := tuitest.New(t, 100, 20, func(rt frame.Runtime) tea.Model {
		return frame.New(frame.Config{Runtime: rt, Keys: keys, Screens: map[string]frame.Factory{"blank": func(*frame.Session, string) frame.Screen { return blank{} }},
			Start: frame.Place{Screen: "blank"}, Init: p.Init, Update: func(s *frame.Session, msg tea.Msg) tea.Cmd {
				if b, ok := msg.(back); ok {
					return p.Returned(s, b.since)
				}
				return p.Update(s, msg)
			}})
	})
	if at, known := p.Since(); !known || at != 0 {
		t.Errorf("at first %v, %v", at, known)
	}
	left := now
	d.Send(back{left}).SeesNot("While you were away") // nothing happened
	now = now.Add(time.Hour)
	do("dee", `{"act":"referral.note","referral":"R1","text":"a"}`, `{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z"}`)
	d.Send(back{left}).Sees("While you were away: 2 changes on your rows: M shows them.")
	if at, known := p.Since(); !known || at != domain.At(left) {
		t.Errorf("the day begins %v, %v", at, known)
	}
	fresh := false
	for _, m := range d.Messages() {
		_, is := m.(desk.FreshMsg)
		fresh = fresh || is
	}
	if !fresh {
		t.Error("the screens were not told")
	}
}
