package frame

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// Pointed is a screen or overlay that the mouse reaches. Where something stands it knows by the layout it draws with.
type Pointed interface {
	// Click points at a cell. enter says that a second click there is the enter key.
	Click(at widgets.Spot) (cmd tea.Cmd, enter bool)
	// Wheel scrolls what stands there by so many lines, up where negative.
	Wheel(at widgets.Spot, lines int) tea.Cmd
}

// How the mouse is read.
const (
	wheelLines  = 3
	doubleClick = 400 * time.Millisecond
)

// click is where and when the mouse clicked last.
type click struct {
	x, y int
	at   time.Time
}

// hot is a part of a line that does something when it is clicked.
type hot struct {
	from, to int // cells, to not included
	run      func() tea.Cmd
}

// hit runs what stands at a cell of a line.
func hit(spots []hot, x int) tea.Cmd {
	for _, s := range spots {
		if x >= s.from && x < s.to && s.run != nil {
			return s.run()
		}
	}
	return nil
}

func (m *Model) turnMouse() tea.Cmd {
	m.s.Mouse = !m.s.Mouse
	if m.s.Mouse {
		return m.s.Toast(widgets.Info, "The mouse is on. The terminal's own marking of text needs shift held down.")
	}
	return m.s.Toast(widgets.Info, "The mouse is off.")
}

// dead says that the mouse means nothing now.
func (m *Model) dead() bool {
	return !m.s.Mouse || m.locked != nil || m.s.w < MinWidth || m.s.h < MinHeight
}

// clicked does what a click means. Only keys are counted against idle time.
func (m *Model) clicked(c tea.MouseClickMsg) tea.Cmd {
	if m.dead() || c.Button != tea.MouseLeft {
		return nil
	}
	m.toasts.Clear(false)
	now, was := m.c.Runtime.Machine(), m.click1
	m.click1 = click{c.X, c.Y, now}
	second := !was.at.IsZero() && was.x == c.X && was.y == c.Y && now.Sub(was.at) <= doubleClick
	if second {
		m.click1 = click{}
	}
	w, h := m.s.w, m.s.h
	if c.Y == h-1 {
		_, spots := m.footerLine(w)
		return hit(spots, c.X)
	}
	if n := len(m.layers); n > 0 { // beside it nothing is meant: what is typed must not be lost by a slip
		at, ok := widgets.Spot{X: c.X, Y: c.Y, W: w, H: h}.In(m.placed(n-1, w, h))
		if !ok {
			return nil
		}
		return m.point(m.top(), at, second)
	}
	switch {
	case c.Y == 0:
		_, spots := m.headerLine(w)
		return hit(spots, c.X)
	case c.Y == 1:
		_, spots := m.tabsLine(w)
		return hit(spots, c.X)
	}
	return m.point(m.screen(), widgets.Spot{X: c.X, Y: c.Y - headLines, W: w, H: h - headLines - footLines}, second)
}

// point hands a click on; the second one on the same thing is the enter key.
func (m *Model) point(to any, at widgets.Spot, second bool) tea.Cmd {
	p, ok := to.(Pointed)
	if !ok {
		return nil
	}
	cmd, enter := p.Click(at)
	if !second || !enter {
		return cmd
	}
	return tea.Batch(cmd, m.drain(), m.plainKey(tea.KeyPressMsg{Code: tea.KeyEnter}))
}

// wheeled scrolls what is under the mouse.
func (m *Model) wheeled(wh tea.MouseWheelMsg) tea.Cmd {
	lines := wheelLines
	switch wh.Button {
	case tea.MouseWheelUp:
		lines = -wheelLines
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if m.dead() {
		return nil
	}
	w, h := m.s.w, m.s.h
	if n := len(m.layers); n > 0 {
		at, ok := widgets.Spot{X: wh.X, Y: wh.Y, W: w, H: h}.In(m.placed(n-1, w, h))
		if p, is := m.top().(Pointed); ok && is {
			return p.Wheel(at, lines)
		}
		return nil
	}
	if p, ok := m.screen().(Pointed); ok && wh.Y >= headLines && wh.Y < h-footLines {
		return p.Wheel(widgets.Spot{X: wh.X, Y: wh.Y - headLines, W: w, H: h - headLines - footLines}, lines)
	}
	return nil
}

// pressed is an action of the footer by the mouse: what it runs itself, or its key for whoever handles that.
func (m *Model) pressed(a Action) func() tea.Cmd {
	return func() tea.Cmd {
		if a.Run != nil {
			return m.run(a)
		}
		if keys := m.s.Keys.Keys(a.ID); len(keys) > 0 {
			return m.plainKey(keymap.Press(keys[0]))
		}
		return nil
	}
}
