// Package tuitest drives a program of the dashboard in a test: press keys, let
// commands settle, look at the whole frame. There is no clock and no goroutine
// of the library's in it, so a frame is the same on every machine.
package tuitest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// Now is the time in tests that choose none: a Monday in November, in the
// afternoon, in London.
func Now() time.Time { return time.Date(2026, time.November, 23, 14, 5, 0, 0, time.UTC) }

// settleSteps bounds how many commands may follow from one key: a program that
// never comes to rest is an error, not a test that hangs.
const settleSteps = 10000

// Driver holds a running program.
type Driver struct {
	t     testing.TB
	model tea.Model
	w, h  int
	now   time.Time
	read  time.Duration // how long the person looked before each key, by the machine's clock
	queue []tea.Cmd
	keys  int
	quit  bool
	sent  []tea.Msg
}

// New starts a program in a window of w by h. build is given the runtime that
// makes time stand still and delays pass at once.
func New(t testing.TB, w, h int, build func(rt frame.Runtime) tea.Model) *Driver {
	t.Helper()
	d := &Driver{t: t, w: w, h: h, now: Now()}
	d.model = build(frame.Runtime{Now: func() time.Time { return d.now }, Delay: widgets.NoDelay,
		Machine: func() time.Time { return d.now.Add(d.read) }})
	d.run(d.model.Init())
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// Send delivers a message and lets everything that follows from it settle.
func (d *Driver) Send(msg tea.Msg) *Driver {
	d.t.Helper()
	d.deliver(msg)
	return d.Settle()
}

// Post delivers a message without running the commands it leads to, for tests of
// what happens in between; Settle runs them.
func (d *Driver) Post(msg tea.Msg) *Driver {
	d.deliver(msg)
	return d
}

func (d *Driver) deliver(msg tea.Msg) {
	switch msg.(type) {
	case tea.QuitMsg:
		d.quit = true
		return
	}
	if msg == nil || d.quit {
		return
	}
	if msg = frame.Filter(d.model, msg); msg == nil {
		return
	}
	d.sent = append(d.sent, msg)
	var cmd tea.Cmd
	d.model, cmd = d.model.Update(msg)
	d.run(cmd)
}

func (d *Driver) run(cmd tea.Cmd) {
	if cmd != nil {
		d.queue = append(d.queue, cmd)
	}
}

// Settle runs commands until none is left. An action offered then that the key map does not know fails the test.
func (d *Driver) Settle() *Driver {
	d.t.Helper()
	for n := 0; len(d.queue) > 0; n++ {
		if n > settleSteps {
			d.t.Fatal("the program does not come to rest")
		}
		cmd := d.queue[0]
		d.queue = d.queue[1:]
		d.take(cmd())
	}
	if m, ok := d.model.(*frame.Model); ok {
		for _, a := range m.Actions() {
			if _, known := m.Session().Keys.Binding(a.ID); !known {
				d.t.Fatalf("%s is no action of the key map", a.ID)
			}
		}
	}
	return d
}

// take unpacks batches and sequences; both are slices of commands.
func (d *Driver) take(msg tea.Msg) {
	if msg == nil {
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			if cmd, _ := v.Index(i).Interface().(tea.Cmd); cmd != nil {
				d.queue = append(d.queue, cmd)
			}
		}
		return
	}
	d.deliver(msg)
}

// Press presses keys by name ("j", "enter", "ctrl+p", "shift+tab") one after the
// other, each with all that follows from it, and a second apart. Send and Post do not wait.
func (d *Driver) Press(keys ...string) *Driver {
	d.t.Helper()
	for _, k := range keys {
		d.keys++
		d.read += time.Second
		d.Send(Key(k))
	}
	return d
}

// Burst presses keys faster than anybody means them one by one: what they lead to comes after the last.
func (d *Driver) Burst(keys ...string) *Driver {
	d.t.Helper()
	d.read += time.Second
	for _, k := range keys {
		d.keys++
		d.read += 20 * time.Millisecond
		d.Post(Key(k))
	}
	return d.Settle()
}

// Type types a text letter by letter.
func (d *Driver) Type(text string) *Driver {
	d.t.Helper()
	for _, r := range text {
		switch r {
		case ' ':
			d.Press("space")
		case '\n':
			d.Press("enter")
		default:
			d.Press(string(r))
		}
	}
	return d
}

// Paste pastes a text.
func (d *Driver) Paste(text string) *Driver {
	d.t.Helper()
	return d.Send(tea.PasteMsg{Content: text})
}

// Click clicks the left button at a cell of the window, as it is drawn.
func (d *Driver) Click(x, y int) *Driver {
	d.t.Helper()
	d.model.View() // a person clicks at what they see
	return d.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// ClickOn clicks at the first cell of a text in the frame.
func (d *Driver) ClickOn(text string) *Driver {
	d.t.Helper()
	for y, line := range strings.Split(d.Frame(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			return d.Click(widgets.Width(before), y)
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.Frame())
	return d
}

// Wheel turns the wheel at a cell of the window.
func (d *Driver) Wheel(x, y int, down bool) *Driver {
	d.t.Helper()
	d.model.View()
	button := tea.MouseWheelUp
	if down {
		button = tea.MouseWheelDown
	}
	return d.Send(tea.MouseWheelMsg{X: x, Y: y, Button: button})
}

// Resize changes the window.
func (d *Driver) Resize(w, h int) *Driver {
	d.t.Helper()
	d.w, d.h = w, h
	return d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// At sets the clock and delivers the minute.
func (d *Driver) At(now time.Time) *Driver {
	d.t.Helper()
	d.now = now
	return d.Send(frame.MinuteMsg{At: now})
}

// Keys is how many keys were pressed since the start or the last ResetKeys.
func (d *Driver) Keys() int { return d.keys }

// ResetKeys begins to count anew.
func (d *Driver) ResetKeys() *Driver {
	d.keys = 0
	return d
}

// Quit says whether the program has ended.
func (d *Driver) Quit() bool { return d.quit }

// Model is the program's model.
func (d *Driver) Model() tea.Model { return d.model }

// Messages are all messages delivered so far.
func (d *Driver) Messages() []tea.Msg { return d.sent }

// Frame is the whole window as text, its lines trimmed on the right.
func (d *Driver) Frame() string { return Text(d.model.View().Content, d.w, d.h) }

// StyledFrame is what the program draws, escape sequences made visible.
func (d *Driver) StyledFrame() string {
	return strings.ReplaceAll(d.model.View().Content, "\x1b", "␛")
}

// Sees fails the test unless every text stands in the frame.
func (d *Driver) Sees(texts ...string) *Driver {
	d.t.Helper()
	f := d.Frame()
	for _, s := range texts {
		if !strings.Contains(f, s) {
			d.t.Fatalf("%q is not on the screen:\n%s", s, f)
		}
	}
	return d
}

// SeesNot fails the test when one of the texts stands in the frame.
func (d *Driver) SeesNot(texts ...string) *Driver {
	d.t.Helper()
	f := d.Frame()
	for _, s := range texts {
		if strings.Contains(f, s) {
			d.t.Fatalf("%q is on the screen:\n%s", s, f)
		}
	}
	return d
}

// Text draws a view as the renderer does and returns its letters.
func Text(content string, w, h int) string {
	buf := uv.NewScreenBuffer(w, h)
	uv.NewStyledString(content).Draw(buf, buf.Bounds())
	return cells(w, h, func(x, y int) *uv.Cell { return buf.CellAt(x, y) })
}

// cells reads a screen, lines trimmed on the right.
func cells(w, h int, at func(x, y int) *uv.Cell) string {
	lines := make([]string, h)
	for y := range h {
		var b strings.Builder
		for x := 0; x < w; x++ {
			c := at(x, y)
			switch {
			case c == nil || (c.Content == "" && c.Width > 0):
				b.WriteByte(' ')
			default:
				b.WriteString(c.Content)
				x += max(0, c.Width-1)
			}
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// Key makes the key press that a terminal sends for a key of this name.
func Key(name string) tea.KeyPressMsg { return keymap.Press(name) }
