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

func (c *choiceInput) view(th *theme.Theme, w int) []string {
	var parts []Line
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
	return flow(th, parts, w)
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

func (m *multiInput) view(th *theme.Theme, w int) []string {
	var parts []Line
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
	return flow(th, parts, w)
}

// keyHint shows an option's key where its label does not begin with it.
func keyHint(th *theme.Theme, o Option) Line {
	if o.Key == "" {
		return nil
	}
	return Join(Say(" "), In(th.Key, o.Key))
}

// flow sets pieces one behind the other and breaks where a piece does not fit.
func flow(th *theme.Theme, parts []Line, w int) []string {
	var lines []string
	var cur Line
	for _, p := range parts {
		if len(cur) > 0 && cur.Width()+3+p.Width() > w {
			lines = append(lines, cur.Paint(th, w))
			cur = nil
		}
		if len(cur) > 0 {
			cur = append(cur, Span{Text: safe.Line("   ")})
		}
		cur = append(cur, p...)
	}
	return append(lines, cur.Paint(th, w))
}
