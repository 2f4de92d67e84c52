package frame_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// pressed is a page that counts its keys.
type pressed struct{ keys *int }

func (p *pressed) Title() string { return "x" }
func (p *pressed) Init() tea.Cmd { return nil }
func (p *pressed) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		*p.keys++
	}
	return nil
}
func (p *pressed) View(int, int) string    { return "the page" }
func (p *pressed) Actions() []frame.Action { return nil }

// In a window too small to be drawn no key acts: nobody decides on what is not seen. Leaving is always possible.
func TestNoKeyActsUnseen(t *testing.T) {
	keys := 0
	d := tuitest.New(t, 120, 40, func(rt frame.Runtime) tea.Model {
		return frame.New(frame.Config{Runtime: rt, Start: frame.Place{Screen: "x"},
			Screens: map[string]frame.Factory{"x": func(*frame.Session, string) frame.Screen { return &pressed{&keys} }}})
	})
	d.Press("z")
	for _, size := range [][2]int{{40, 10}, {59, 40}, {120, 14}, {20, 5}} {
		d.Resize(size[0], size[1]).Press("z", "enter", "q", "ctrl+p").Sees("60×15")
	}
	if d.Resize(60, 15).Press("z"); keys != 2 || d.Quit() {
		t.Errorf("%d keys came to the page, left: %t", keys, d.Quit())
	}
	if d.Resize(40, 10).Press("ctrl+c"); !d.Quit() {
		t.Error("one cannot leave")
	}
}

// The times after which a screen locks and ends may change while it is open.
func TestIdleLimitsChange(t *testing.T) {
	after := time.Duration(0)
	now := tuitest.Now()
	d := tuitest.New(t, 80, 24, func(rt frame.Runtime) tea.Model {
		rt.Machine = func() time.Time { return now }
		keys := 0
		return frame.New(frame.Config{Runtime: rt, Start: frame.Place{Screen: "x"}, Code: &frame.Code{}, LockAfter: time.Nanosecond,
			Idle:    func() (time.Duration, time.Duration) { return after, 0 },
			Screens: map[string]frame.Factory{"x": func(*frame.Session, string) frame.Screen { return &pressed{&keys} }}})
	})
	now = now.Add(10 * time.Minute)
	if d.Press("z"); d.Model().(*frame.Model).Locked() {
		t.Error("locked by the time it began with")
	}
	after = 5 * time.Minute
	now = now.Add(10 * time.Minute)
	if d.Press("z"); !d.Model().(*frame.Model).Locked() {
		t.Error("not locked by the time in force now")
	}
}
