package widgets

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// letters tells a letter that answers from words that somebody types at a choice by mistake: the first one may answer, one
// straight after takes that back, and no more of them say anything until another key was pressed.
type letters struct {
	run      int // letters typed without another key between them
	answered bool
	was      int // what stood there before the first
	proposed bool
}

// first says that a letter may answer; withdraw that the one before it did and is to be taken back.
func (l *letters) typed() (first, withdraw bool) {
	l.run++
	return l.run == 1, l.run == 2 && l.answered
}

// choiceInput is one of a few, radio style.
type choiceInput struct {
	options  []Option
	at       int  // -1: not answered
	proposed bool // what it stands on was chosen by nobody: a letter takes its place
	focused  bool
	letters  letters
	said     string // why a key did nothing
}

func (c *choiceInput) value() string {
	if c.at < 0 {
		return ""
	}
	return c.options[c.at].Value
}

func (c *choiceInput) kept() string { return c.value() }

func (c *choiceInput) set(v string) { c.options, c.at = withOwn(c.options, v) }

// restore takes up what a draft kept: a person chose it.
func (c *choiceInput) restore(v string) {
	c.proposed = false
	c.set(v)
}

// withOwn finds a value among options. One that is none of them, kept by an older program say, becomes one: it is not lost
// because a form was opened.
func withOwn(options []Option, v string) ([]Option, int) {
	for i, o := range options {
		if o.Value == v {
			return options, i
		}
	}
	if v == "" {
		return options, -1
	}
	return append(slices.Clone(options), Option{Value: v, Label: v}), len(options)
}

func (c *choiceInput) focus(on bool) {
	if c.focused = on; !on {
		c.letters, c.said = letters{}, ""
	}
}

func (c *choiceInput) paste(string) { c.said = choiceWords }

// choiceWords say how a choice is answered, to somebody who types words at it.
const choiceWords = "no words here: left and right choose, backspace empties"

// answeredWords say how an answer is changed, to somebody who types a letter at it.
const answeredWords = "answered: left and right change it, backspace empties it"

func (c *choiceInput) key(k tea.KeyPressMsg) bool {
	n := len(c.options)
	if n == 0 {
		return false
	}
	if types(k) {
		c.letter(k.String())
		return true
	}
	switch k.String() {
	case "left":
		c.at = (max(c.at, 0) - 1 + n) % n
	case "right":
		c.at = (c.at + 1) % n
	case "backspace", "delete":
		c.at = -1
	default:
		return false
	}
	c.letters, c.said, c.proposed = letters{}, "", false
	return true
}

// letter answers where nothing is answered yet; space with the first option.
func (c *choiceInput) letter(key string) {
	first, withdraw := c.letters.typed()
	c.said = choiceWords
	switch i := optionByKey(c.options, key); {
	case withdraw:
		c.at, c.proposed = c.letters.was, c.letters.proposed
	case !first:
	case c.at >= 0 && !c.options[c.at].Blank && (!c.proposed || key == "space"):
		c.said = answeredWords
	case key == "space":
		c.answer(0)
	case i >= 0:
		c.answer(i)
	}
}

func (c *choiceInput) answer(i int) {
	c.letters.was, c.letters.proposed, c.letters.answered = c.at, c.proposed, true
	c.at, c.proposed, c.said = i, false, ""
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
	return saying(th, flow(th, c.parts(th), w), c.said, w)
}

// saying adds why a key did nothing.
func saying(th *theme.Theme, lines []string, said string, w int) []string {
	if said == "" {
		return lines
	}
	for _, l := range WrapLine(In(th.Muted, said), w) {
		lines = append(lines, l.Paint(th, w))
	}
	return lines
}

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
	letters letters
	last    string // what the first letter ticked
	said    string // why a key did nothing
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

func (m *multiInput) kept() string { return m.value() }

func (m *multiInput) set(v string) {
	clear(m.on)
	for _, s := range (Values{"": v}).List("") {
		m.options, _ = withOwn(m.options, s)
		m.on[s] = true
	}
}

func (m *multiInput) focus(on bool) {
	if m.focused = on; !on {
		m.letters, m.said = letters{}, ""
	}
}

func (m *multiInput) paste(string) { m.said = multiWords }

// multiWords say how boxes are ticked, to somebody who types words at them.
const multiWords = "no words here: left and right move, space ticks and unticks"

func (m *multiInput) key(k tea.KeyPressMsg) bool {
	n := len(m.options)
	if n == 0 {
		return false
	}
	s := k.String()
	if types(k) && (s != "space" || m.letters.run > 0) {
		m.letter(s)
		return true
	}
	switch s {
	case "left":
		m.at = (m.at - 1 + n) % n
	case "right":
		m.at = (m.at + 1) % n
	case "space":
		v := m.options[m.at].Value
		m.on[v] = !m.on[v]
	case "backspace", "delete":
		m.on[m.options[m.at].Value] = false
	default:
		return false
	}
	m.letters, m.said = letters{}, ""
	return true
}

// letter ticks a box; it never unticks one.
func (m *multiInput) letter(key string) {
	first, withdraw := m.letters.typed()
	m.said = multiWords
	i := optionByKey(m.options, key)
	switch {
	case withdraw:
		m.on[m.last] = false
	case first && i >= 0 && !m.on[m.options[i].Value]:
		m.at, m.last, m.letters.answered, m.said = i, m.options[i].Value, true, ""
		m.on[m.last] = true
	}
}

func (m *multiInput) view(th *theme.Theme, w int) []string {
	return saying(th, flow(th, m.parts(th), w), m.said, w)
}

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
		n, h := p.Width(), 1
		if x > 0 && x+flowGap+n > w {
			x, y = 0, y+1
		}
		if x > 0 {
			x += flowGap
		}
		if n > w { // wrapped: words are not cut
			h = len(WrapLine(p, w))
		}
		out[i] = Rect{X: x, Y: y, W: n, H: h}
		if x += n; h > 1 {
			x, y = w, y+h-1
		}
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
		if r.H > 1 {
			wrapped := WrapLine(parts[i], w)
			for _, l := range wrapped[:len(wrapped)-1] {
				lines = append(lines, l.Paint(th, w))
			}
			cur = wrapped[len(wrapped)-1]
			continue
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
		if y >= r.Y && y < r.Y+r.H && x >= r.X && x < r.X+r.W {
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
		c.at, c.proposed = i, false
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
