package frame

import (
	"io"
	"reflect"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/widgets"
)

// blank is a screen on which letters are text where typing says so.
type blank struct{ typing bool }

func (b *blank) Title() string          { return "blank" }
func (b *blank) Init() tea.Cmd          { return nil }
func (b *blank) Update(tea.Msg) tea.Cmd { return nil }
func (b *blank) View(int, int) string   { return "" }
func (b *blank) Actions() []Action      { return nil }
func (b *blank) Typing() bool           { return b.typing }

// stops says whether a command, or one of those it is made of, asks to stop the program.
func stops(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	msg := cmd()
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			if one, _ := v.Index(i).Interface().(tea.Cmd); stops(one) {
				return true
			}
		}
	}
	_, stop := msg.(tea.SuspendMsg)
	return stop
}

// ctrl+z stops the program on its own terminal, from a list, a menu and a choice; in a text field it takes typing back, and
// on any other terminal it does nothing but say so.
func TestCtrlZStopsOnlyAtHome(t *testing.T) {
	text := func(m *Model) { // a form of a text and a choice
		o, _ := Form(m.s, "x", widgets.FormConfig{Fields: []widgets.Field{{ID: "a", Label: "A"},
			{ID: "b", Label: "B", Kind: widgets.YesNoKind}}}, nil)
		m.open(o, nil)
	}
	choice := func(m *Model) { text(m); m.Form().Go("b") }
	menu := func(m *Model) { m.open(Menu(m.s, "Menu", []widgets.Choice{{Key: "z", Title: "Z"}}), nil) }
	for _, c := range []struct {
		name  string
		local *Suspension
		open  func(*Model)
		want  bool
	}{
		{"a list", &Suspension{Why: func() string { return "" }}, func(*Model) {}, true},
		{"a menu", &Suspension{Why: func() string { return "" }}, menu, true},
		{"a choice of a form", &Suspension{Why: func() string { return "" }}, choice, true},
		{"a text field", &Suspension{Why: func() string { return "" }}, text, false},
		{"a screen that is typed in", &Suspension{Why: func() string { return "" }}, func(m *Model) { m.screen().(*blank).typing = true }, false},
		{"no shell", &Suspension{Why: func() string { return "no shell" }}, func(*Model) {}, false},
		{"another's terminal", nil, func(*Model) {}, false},
		{"another's terminal, a choice", nil, choice, false},
	} {
		m := New(Config{Start: Place{Screen: "blank"}, Screens: map[string]Factory{"blank": func(*Session, string) Screen { return &blank{} }}, Suspend: c.local,
			Runtime: Runtime{Now: func() time.Time { return time.Unix(0, 0) }, Delay: widgets.NoDelay}})
		m.Init()
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		c.open(m)
		_, cmd := m.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})
		if got := stops(cmd); got != c.want {
			t.Errorf("%s: it stops: %v", c.name, got)
		}
		if passed := m.filter(m, tea.SuspendMsg{}) != nil; passed != (c.local != nil && c.local.Why() == "") {
			t.Errorf("%s: a stop passes: %v", c.name, passed)
		}
		if c.local == nil && len(m.toasts.Past()) != 1 {
			t.Errorf("%s: it says nothing", c.name)
		}
	}
}

// While the program is being stopped its reader steps aside, and what is typed for the shell reaches nobody; the first key
// after it goes on does.
func TestKeysForTheShellAreNotOurs(t *testing.T) {
	r, w := io.Pipe()
	g := GuardInput(r).(*guarded)
	buf, waits := make([]byte, 16), make(chan int)
	go func() { n, _ := g.Read(buf); waits <- n }()
	g.release()
	if n := <-waits; n != 0 {
		t.Fatalf("%d bytes", n)
	}
	if _, err := io.WriteString(w, "fg\r"); err != nil {
		t.Fatal(err)
	}
	for { // until the pump has them
		g.mu.Lock()
		got := len(g.read)
		g.mu.Unlock()
		if got > 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	g.resume()
	go func() { n, _ := g.Read(buf); waits <- n }()
	if _, err := io.WriteString(w, "j"); err != nil {
		t.Fatal(err)
	}
	if n := <-waits; n != 1 || buf[0] != 'j' {
		t.Errorf("%d bytes: %q", n, buf[:n])
	}
	_ = w.Close()
}
