package frame

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Runtime is what a program takes from the world outside it. A test gives a
// fixed clock, delays that pass at once and no minute.
type Runtime struct {
	Now   func() time.Time
	Delay widgets.Delay
	// Machine is the machine's own clock, which runs on where Now is frozen: idle time and double clicks are counted by it.
	// Default: Now.
	Machine func() time.Time
	Minute  bool // whether the frame asks for a message at each full minute
}

// RealTime is the runtime of a real session.
func RealTime() Runtime {
	return Runtime{Now: time.Now, Delay: widgets.RealDelay, Machine: time.Now, Minute: true}
}

// RealTimeUntil is the runtime of a session that shares its process with others: nothing waits for longer than the context.
func RealTimeUntil(ctx context.Context) Runtime {
	rt := RealTime()
	rt.Delay = func(d time.Duration, msg tea.Msg) tea.Cmd {
		return func() tea.Msg {
			t := time.NewTimer(d)
			defer t.Stop()
			select {
			case <-t.C:
				return msg
			case <-ctx.Done():
				return nil
			}
		}
	}
	return rt
}

// Session is what one person has open: what every screen needs to know and the few
// things it may ask of the frame. It belongs to one program and is used only
// from Update and View, never from a command.
//
// Open, Close, Go, Back, Toast and the like take effect as soon as the current
// Update or action returns, before the next key: two keys typed at once (open a
// menu, choose from it) can therefore never reach the wrong place. They return
// nil so that an action may end with `return s.Open(…)`.
type Session struct {
	Theme *theme.Theme
	Keys  *keymap.Map
	Now   func() time.Time
	Delay widgets.Delay

	Who  safe.Text // the person's name
	Role safe.Text
	Team safe.Text

	// Mouse says whether the terminal is asked to report the mouse.
	Mouse bool

	// MaskNames asks every screen to show initials instead of names.
	MaskNames bool

	// LastKey is when a key was pressed last; the zero time before the first.
	LastKey time.Time

	ctx     context.Context // ends with the program
	w, h    int
	ops     []func(*Model) tea.Cmd
	loaders uint64
	themed  bool // a saved choice: the terminal's ground does not count
}

// Context ends with the program. A command asks with it; take it before the command is made. What must not be given up half
// way, because a person decided or typed it, goes without its end: context.WithoutCancel.
func (s *Session) Context() context.Context { return s.ctx }

// Size is the window's size.
func (s *Session) Size() (w, h int) { return s.w, s.h }

// Narrow says whether the window asks for the layout without a side pane.
func (s *Session) Narrow() bool { return s.w < NarrowWidth }

// Key is how a sentence names the key of an action: the palette where it was given none.
func (s *Session) Key(action string) string {
	if k := s.Keys.Hint(action); k != "" {
		return k
	}
	return "the palette"
}

// about is what the key map says of an action. One that it does not know is shown by its id, for a test to find.
func (s *Session) about(a Action) keymap.Binding {
	if b, ok := s.Keys.Binding(a.ID); ok {
		return b
	}
	return keymap.Binding{Action: a.ID, Title: a.ID}
}

// Open lays an overlay over the screen. When it closes, then is called with its
// result, or with nil when it was left by esc. then runs inside the frame's
// Update and may change the opener's state.
func (s *Session) Open(o Overlay, then func(result any) tea.Cmd) tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.open(o, then) })
}

// OpenLate is Open for a question that is read first and opens behind the key that asked for it: keys that were on their way
// decide nothing. It takes none until nobody has typed for half a second; ctrl+c works always.
func (s *Session) OpenLate(o Overlay, then func(result any) tea.Cmd) tea.Cmd {
	return s.later(func(m *Model) tea.Cmd {
		cmd := m.open(o, then)
		m.layers[len(m.layers)-1].late = true
		return cmd
	})
}

// OpenUntil is Open for an overlay about which something has to be ended when it goes: gone is called once however it
// does, closed, or dropped when another place is shown.
func (s *Session) OpenUntil(o Overlay, gone func(), then func(result any) tea.Cmd) tea.Cmd {
	return s.later(func(m *Model) tea.Cmd {
		cmd := m.open(o, then)
		m.layers[len(m.layers)-1].gone = gone
		return cmd
	})
}

// Do does an action of the page that is shown, as its key would.
func (s *Session) Do(action string) tea.Cmd {
	return s.later(func(m *Model) tea.Cmd {
		if scr := m.screen(); scr != nil && len(m.layers) == 0 {
			if a, ok := find(scr.Actions(), action); ok {
				return m.run(a)
			}
		}
		return nil
	})
}

// Asked says that something was asked of the frame in this Update: an overlay to open, a place to go to.
func (s *Session) Asked() bool { return len(s.ops) > 0 }

// Close closes the top overlay with a result.
func (s *Session) Close(result any) tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.close(result) })
}

// Go shows a place and remembers where one was.
func (s *Session) Go(p Place) tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.goTo(p) })
}

// Back returns to the place shown before, Forward undoes that.
func (s *Session) Back() tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.step(-1) })
}

// Forward goes to the place that Back left.
func (s *Session) Forward() tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.step(+1) })
}

// Toast shows a short message over the footer until the next key or minute.
func (s *Session) Toast(kind widgets.ToastKind, text string) tea.Cmd {
	t := safe.Line(text)
	return s.later(func(m *Model) tea.Cmd {
		m.said(kind, t)
		return nil
	})
}

// Notice is a toast for what must not be missed: it stays until a key that is no text, however many minutes pass.
func (s *Session) Notice(kind widgets.ToastKind, text string) tea.Cmd {
	t := safe.Line(text)
	return s.later(func(m *Model) tea.Cmd {
		m.toasts.Add(widgets.Toast{Kind: kind, Text: t, At: s.Now(), Stay: true, Masked: s.MaskNames})
		return nil
	})
}

// SetTheme changes the looks; the terminal's own ground no longer counts.
func (s *Session) SetTheme(t *theme.Theme) {
	s.Theme, s.themed = t, true
}

// Quit leaves the program, asking first when typed text would be lost.
func (s *Session) Quit() tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.quit(true) })
}

// Lock hides everything until the same person unlocks.
func (s *Session) Lock() tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.lock(true) })
}

// ShowPalette opens the search over all actions.
func (s *Session) ShowPalette() tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.openPalette() })
}

// ShowHelp opens the list of everything that can be done here.
func (s *Session) ShowHelp() tea.Cmd {
	return s.later(func(m *Model) tea.Cmd { return m.openHelp() })
}

func (s *Session) later(op func(*Model) tea.Cmd) tea.Cmd {
	s.ops = append(s.ops, op)
	return nil
}

// Toasted shows a toast from a command.
func Toasted(kind widgets.ToastKind, text string) tea.Cmd {
	return func() tea.Msg { return toastMsg{kind, text} }
}

type (
	toastMsg struct {
		kind widgets.ToastKind
		text string
	}
)

// MinuteMsg comes at each full minute. Screens redraw their clocks from the
// session's Now; most need not handle it.
type MinuteMsg struct{ At time.Time }

// EndMsg ends the program from outside, at once: what is typed is handed over as drafts, nobody is asked.
type EndMsg struct{}

// ResumeMsg tells a screen that it is shown again, by back or forward, or that an
// overlay above it closed after a change. It should load afresh.
type ResumeMsg struct{}
