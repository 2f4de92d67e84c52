package frame

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// dialog gives a widget the shape of an overlay.
type dialog struct {
	title   string
	form    *widgets.Form // what it is, or
	menu    *widgets.Menu
	init    func() tea.Cmd
	update  func(tea.Msg) tea.Cmd
	view    func(w, h int) string
	wants   func(maxW, maxH int) (Where, int, int)
	actions []Action
	typing  func() bool
	undoes  func() bool
	draft   func() (Draft, bool)
	focused func() any
	clicked func(at widgets.Spot) (tea.Cmd, bool)
	wheeled func(at widgets.Spot, lines int)
}

func (d *dialog) Title() string                    { return d.title }
func (d *dialog) Update(msg tea.Msg) tea.Cmd       { return d.update(msg) }
func (d *dialog) View(w, h int) string             { return d.view(w, h) }
func (d *dialog) Wants(w, h int) (Where, int, int) { return d.wants(w, h) }
func (d *dialog) Actions() []Action                { return d.actions }
func (d *dialog) Typing() bool                     { return d.typing != nil && d.typing() }

// Undoes says whether ctrl+z takes back typing.
func (d *dialog) Undoes() bool {
	if d.undoes == nil {
		return d.Typing()
	}
	return d.undoes()
}

// Focused is the result that a menu would close with now, nil for what is no menu.
func (d *dialog) Focused() any {
	if d.focused == nil {
		return nil
	}
	return d.focused()
}

// Click hands a click to the widget.
func (d *dialog) Click(at widgets.Spot) (tea.Cmd, bool) {
	if d.clicked == nil {
		return nil, false
	}
	return d.clicked(at)
}

// Wheel hands the wheel to the widget.
func (d *dialog) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if d.wheeled != nil {
		d.wheeled(at, lines)
	}
	return nil
}

func (d *dialog) Init() tea.Cmd {
	if d.init == nil {
		return nil
	}
	return d.init()
}

func (d *dialog) Draft() (Draft, bool) {
	if d.draft == nil {
		return Draft{}, false
	}
	return d.draft()
}

// Form is the overlay of a form. It closes with what Submit returned, or with
// nil when it was left; leave is then handed the draft (nil when nothing was
// typed) before it closes, and may be nil. about names the draft for when the
// program ends while the form is open.
//
// Keys, Delay, OnDone and OnLeave of the configuration are set here. The widget
// is returned too, for finders that fill a field in.
func Form(s *Session, about string, c widgets.FormConfig, leave func(draft map[string]string)) (Overlay, *widgets.Form) {
	c.Context, c.Keys, c.Delay = s.ctx, s.Keys, s.Delay
	c.OnDone = func(result any) tea.Cmd {
		if result == nil {
			result = true // nil would say that the form was left
		}
		return s.Close(result)
	}
	c.OnLeave = func(draft widgets.Values) tea.Cmd {
		if leave != nil {
			leave(draft)
		}
		return s.Close(nil)
	}
	f := widgets.NewForm(c)
	tallest := 0 // hits and errors come and go; the box must not jump about
	return &dialog{
		title: c.Title, form: f, init: f.Init, update: f.Update, clicked: clickForm(s, f),
		view: func(w, h int) string { return f.View(s.Theme, w, h) },
		wants: func(maxW, maxH int) (Where, int, int) {
			w := min(maxW, 100)
			tallest = max(tallest, f.Height(s.Theme, w))
			return Centre, w, min(maxH, tallest)
		},
		actions: []Action{{ID: keymap.FormSave}, {ID: keymap.FormNext}, {ID: keymap.FormPrev}, {ID: keymap.FormClose}},
		typing:  func() bool { return true },
		undoes:  f.Undoes,
		draft: func() (Draft, bool) {
			v, ok := f.Draft()
			return Draft{About: about, Values: v}, ok
		},
	}, f
}

// clickForm is what a click in a form does: it never is the enter key, which could save.
func clickForm(s *Session, f *widgets.Form) func(widgets.Spot) (tea.Cmd, bool) {
	return func(at widgets.Spot) (tea.Cmd, bool) { return f.Click(s.Theme, at), false }
}

// Menu is the overlay of one-key choices; it closes with the choice's Result, or
// its index where that is nil.
func Menu(s *Session, title string, choices []widgets.Choice, intro ...widgets.Line) Overlay {
	return MenuAt(s, title, 0, choices, intro...)
}

// MenuAt is [Menu] with the cursor on a choice; 0 stands for the first that can be taken.
func MenuAt(s *Session, title string, at int, choices []widgets.Choice, intro ...widgets.Line) Overlay {
	m := widgets.NewMenu(s.Keys, title, choices, s.Close, func() tea.Cmd { return s.Close(nil) }).Intro(intro...)
	if at > 0 {
		m.Wheel(at)
	}
	return &dialog{
		title: title, menu: m, update: m.Update, focused: m.Focused,
		clicked: func(at widgets.Spot) (tea.Cmd, bool) { return nil, m.Click(at) },
		wheeled: func(_ widgets.Spot, lines int) { m.Wheel(lines) },
		view:    func(w, h int) string { return m.View(s.Theme, w, h) },
		wants: func(maxW, maxH int) (Where, int, int) {
			w, h := m.Size(maxW)
			return Centre, w, min(h, maxH)
		},
		actions: []Action{{ID: keymap.DialogChoose}, {ID: keymap.DialogClose}},
	}
}

// Confirm is the overlay of a question that stands on No; it closes with true or
// false.
func Confirm(s *Session, title string, text []widgets.Line, yes, no string) Overlay {
	return confirm(s, widgets.NewConfirm(s.Keys, title, text, yes, no, func(y bool) tea.Cmd { return s.Close(y) }))
}

func confirm(s *Session, c *widgets.Confirm) Overlay {
	return &dialog{
		title: c.Title(), update: c.Update,
		clicked: func(at widgets.Spot) (tea.Cmd, bool) { return nil, c.Click(s.Theme, at) },
		view:    func(w, h int) string { return c.View(s.Theme, w, h) },
		wants: func(maxW, maxH int) (Where, int, int) {
			w, h := c.Size(maxW)
			return Centre, w, min(h, maxH)
		},
		actions: []Action{{ID: keymap.DialogChoose}, {ID: keymap.DialogOther}, {ID: keymap.DialogClose}},
	}
}

// Reader is the overlay of a text to read and scroll.
func Reader(s *Session, title string, at Where, lines ...widgets.Line) Overlay {
	v := widgets.NewViewport(s.Keys, lines...)
	return &dialog{
		title: title,
		update: func(msg tea.Msg) tea.Cmd {
			if k, ok := msg.(tea.KeyPressMsg); ok && !v.Update(k) {
				switch s.Keys.Action(keymap.Dialog, k.String()) {
				case keymap.DialogClose, keymap.DialogChoose:
					return s.Close(nil)
				}
			}
			return nil
		},
		view:    func(w, h int) string { return v.View(s.Theme, w, h) },
		wheeled: func(at widgets.Spot, lines int) { v.WheelIn(at, widgets.Rect{W: at.W, H: at.H}, lines) },
		wants: func(maxW, maxH int) (Where, int, int) {
			w := 40
			for _, l := range lines {
				w = max(w, l.Width())
			}
			w = min(w, maxW, 96)
			h := 0
			for _, l := range lines {
				h += len(widgets.WrapLine(l, w))
			}
			return at, w, min(h, maxH)
		},
		actions: []Action{{ID: keymap.DialogScroll}, {ID: keymap.DialogClose}},
	}
}
