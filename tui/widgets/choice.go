package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// choiceInput is one of a few, radio style.
type choiceInput struct {
	options []Option
	at      int // -1: not answered
	focused bool
}

func (c *choiceInput) value() string {
	if c.at < 0 {
		return ""
	}
	return c.options[c.at].Value
}

func (c *choiceInput) set(v string) {
	c.at = -1
	for i, o := range c.options {
		if o.Value == v {
			c.at = i
		}
	}
}

func (c *choiceInput) focus(on bool) { c.focused = on }
func (c *choiceInput) paste(string)  {}
func (c *choiceInput) typing() bool  { return true }

func (c *choiceInput) key(k tea.KeyPressMsg) bool {
	n := len(c.options)
	if n == 0 {
		return false
	}
	switch s := k.String(); s {
	case "left":
		c.at = (max(c.at, 0) - 1 + n) % n
	case "right", "space":
		c.at = (c.at + 1) % n
	case "backspace", "delete":
		c.at = -1
	default:
		i := optionByKey(c.options, s)
		if i < 0 {
			return false
		}
		c.at = i
	}
	return true
}

// optionByKey finds the option whose key was typed.
func optionByKey(options []Option, key string) int {
	for i, o := range options {
		if o.Key != "" && o.Key == key {
			return i
		}
	}
	return -1
}

func (c *choiceInput) view(th *theme.Theme, w int) []string { return flow(th, c.parts(th), w) }

func (c *choiceInput) parts(th *theme.Theme) (parts []Line) {
	for i, o := range c.options {
		mark, style := th.Glyphs.RadioOff, th.Text
		if i == c.at {
			mark, style = th.Glyphs.RadioOn, th.Strong
			if c.focused {
				style = th.Focus
			}
		}
		parts = append(parts, Join(In(style, mark+" "+o.Label), keyHint(th, o)))
	}
	return parts
}

// multiInput is any of a few, box style.
type multiInput struct {
	options []Option
	on      map[string]bool
	at      int
	focused bool
}

func (m *multiInput) value() string {
	var out []string
	for _, o := range m.options {
		if m.on[o.Value] {
			out = append(out, o.Value)
		}
	}
	return strings.Join(out, ";")
}

func (m *multiInput) set(v string) {
	clear(m.on)
	for _, s := range (Values{"": v}).List("") {
		m.on[s] = true
	}
}

func (m *multiInput) focus(on bool) { m.focused = on }
func (m *multiInput) paste(string)  {}
func (m *multiInput) typing() bool  { return true }

func (m *multiInput) key(k tea.KeyPressMsg) bool {
	n := len(m.options)
	if n == 0 {
		return false
	}
	switch s := k.String(); s {
	case "left":
		m.at = (m.at - 1 + n) % n
	case "right":
		m.at = (m.at + 1) % n
	case "space":
		v := m.options[m.at].Value
		m.on[v] = !m.on[v]
	default:
		i := optionByKey(m.options, s)
		if i < 0 {
			return false
		}
		m.at = i
		m.on[m.options[i].Value] = !m.on[m.options[i].Value]
	}
	return true
}

func (m *multiInput) view(th *theme.Theme, w int) []string { return flow(th, m.parts(th), w) }

func (m *multiInput) parts(th *theme.Theme) (parts []Line) {
	for i, o := range m.options {
		mark, style := th.Glyphs.BoxOff, th.Text
		if m.on[o.Value] {
			mark, style = th.Glyphs.BoxOn, th.Strong
		}
		if m.focused && i == m.at {
			style = th.Focus
		}
		parts = append(parts, Join(In(style, mark+" "+o.Label), keyHint(th, o)))
	}
	return parts
}

// keyHint shows an option's key where its label does not begin with it.
func keyHint(th *theme.Theme, o Option) Line {
	if o.Key == "" {
		return nil
	}
	return Join(Say(" "), In(th.Key, o.Key))
}

// flowGap is the room between two pieces.
const flowGap = 3

// flowPlaces says where each piece begins: one behind the other, and a new line where a piece does not fit.
func flowPlaces(parts []Line, w int) []Rect {
	out := make([]Rect, len(parts))
	x, y := 0, 0
	for i, p := range parts {
		n := p.Width()
		if x > 0 && x+flowGap+n > w {
			x, y = 0, y+1
		}
		if x > 0 {
			x += flowGap
		}
		out[i] = Rect{X: x, Y: y, W: n, H: 1}
		x += n
	}
	return out
}

// flow sets pieces where they belong.
func flow(th *theme.Theme, parts []Line, w int) []string {
	var lines []string
	var cur Line
	for i, r := range flowPlaces(parts, w) {
		if r.Y > len(lines) {
			lines = append(lines, cur.Paint(th, w))
			cur = nil
		}
		if r.X > 0 {
			cur = append(cur, Span{Text: safe.Line(spaces(flowGap))})
		}
		cur = append(cur, parts[i]...)
	}
	return append(lines, cur.Paint(th, w))
}

// flowHit is the piece at a cell, -1 where there is none.
func flowHit(parts []Line, w, x, y int) int {
	for i, r := range flowPlaces(parts, w) {
		if y == r.Y && x >= r.X && x < r.X+r.W {
			return i
		}
	}
	return -1
}

// pointed is an input that a click answers.
type pointed interface {
	// click answers with what stands at a cell of its view w cells wide; false where nothing does.
	click(th *theme.Theme, w, x, y int) bool
}

func (c *choiceInput) click(th *theme.Theme, w, x, y int) bool {
	i := flowHit(c.parts(th), w, x, y)
	if i >= 0 {
		c.at = i
	}
	return i >= 0
}

func (m *multiInput) click(th *theme.Theme, w, x, y int) bool {
	i := flowHit(m.parts(th), w, x, y)
	if i >= 0 {
		m.at = i
		m.on[m.options[i].Value] = !m.on[m.options[i].Value]
	}
	return i >= 0
}
