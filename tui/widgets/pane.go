package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/keymap"
	"homeward/tui/theme"
)

// Bar is a clock as a bar. Over is full and of another shape, so that it is seen
// without colour. fraction is the time used, 0 to 1.
func Bar(th *theme.Theme, fraction float64, over, met bool, cells int) Line {
	if cells <= 0 {
		return nil
	}
	g := th.Glyphs
	if over {
		return In(th.BarOver, strings.Repeat(g.BarOver, cells))
	}
	if !(fraction > 0) { // NaN too
		fraction = 0
	}
	n := int(min(fraction, 1)*float64(cells) + 0.5)
	style := th.BarFill
	if met {
		style = th.BarMet
	}
	return Join(In(style, strings.Repeat(g.BarFull, n)), In(th.BarEmpty, strings.Repeat(g.BarEmpty, cells-n)))
}

// Clock is a bar with its words: "█████░░ 5 h left". style is the words' look.
func Clock(th *theme.Theme, fraction float64, over, met bool, cells int, style theme.Style, words string) Line {
	return Join(Bar(th, fraction, over, met, cells), Say(" "), In(style, words))
}

// Pair is one line of a pane: a label and what stands beside it. An empty label
// continues the one above; a pair with only a label is a heading.
type Pair struct {
	Label string
	Value Line
}

// Pairs sets labels and values in two columns, w cells wide; long values wrap.
func Pairs(th *theme.Theme, w int, pairs ...Pair) []Line {
	lw := 0
	for _, p := range pairs {
		if len(p.Value) > 0 {
			lw = max(lw, Width(p.Label))
		}
	}
	lw = min(lw, max(6, w/3))
	var out []Line
	for _, p := range pairs {
		if len(p.Value) == 0 {
			if p.Label == "" {
				out = append(out, Line{})
			} else {
				out = append(out, In(th.Group, p.Label))
			}
			continue
		}
		label := safe.CleanLine(Cut(safe.CleanLine(p.Label), lw, th.Glyphs.Ellipsis))
		for i, part := range WrapLine(p.Value, max(1, w-lw-1)) {
			if i > 0 {
				label = ""
			}
			out = append(out, Join(In(th.Label, label+spaces(lw-Width(label)+1)), part))
		}
	}
	return out
}

// Viewport shows lines that may be longer than the window and scrolls them.
type Viewport struct {
	keys  *keymap.Map
	lines []Line
	top   int
	h     int
	wrapW int
	laid  []Line
}

// NewViewport makes a viewport.
func NewViewport(keys *keymap.Map, lines ...Line) *Viewport {
	return &Viewport{keys: keys, lines: lines}
}

// SetLines replaces the text; the place read stays.
func (v *Viewport) SetLines(lines ...Line) { v.lines, v.wrapW = lines, 0 }

// Top goes to the beginning.
func (v *Viewport) Top() { v.top = 0 }

// At is the first line in the window, as laid out at the width drawn last.
func (v *Viewport) At() int { return v.top }

// Go makes a line the first in the window, as far as the text reaches.
func (v *Viewport) Go(line int) { v.top = line }

// Update scrolls; true when the key was for it.
func (v *Viewport) Update(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	switch v.keys.Action(keymap.Dialog, k.String()) {
	case keymap.DialogUp:
		v.top--
	case keymap.DialogDown:
		v.top++
	case keymap.DialogPageUp:
		v.top -= max(1, v.h-1)
	case keymap.DialogPageDown:
		v.top += max(1, v.h-1)
	case keymap.DialogTop:
		v.top = 0
	case keymap.DialogBottom:
		v.top = len(v.laid)
	default:
		return false
	}
	v.clamp()
	return true
}

func (v *Viewport) clamp() { v.top = max(0, min(v.top, len(v.laid)-v.h)) }

// View draws the part in the window.
func (v *Viewport) View(th *theme.Theme, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	if w != v.wrapW {
		v.wrapW, v.laid = w, nil
		for _, l := range v.lines {
			v.laid = append(v.laid, WrapLine(l, w)...)
		}
	}
	v.h = h
	v.clamp()
	var out []string
	for _, l := range v.laid[v.top:min(len(v.laid), v.top+h)] {
		out = append(out, l.Paint(th, w))
	}
	if v.top+h < len(v.laid) && len(out) > 0 {
		out[len(out)-1] = In(th.Muted, th.Glyphs.Down+" more below").Paint(th, w)
	}
	return strings.Join(out, "\n")
}

// Filter is the one line in which a list's filter is typed.
type Filter struct {
	text   *textField
	open   bool
	whole  bool // the text that stood there is marked whole: what is typed takes its place
	before string
}

// NewFilter makes a closed, empty filter.
func NewFilter() *Filter { return &Filter{text: newTextInput(Field{Limit: 200})} }

// Open begins typing. A filter that is there is marked whole: the first letter takes its place, an arrow or end goes on with it.
func (f *Filter) Open() {
	f.open, f.before = true, f.text.value()
	f.whole = f.before != ""
	f.text.focus(true)
}

// Typing says whether letters go to the filter.
func (f *Filter) Typing() bool { return f.open }

// Value is the filter's text.
func (f *Filter) Value() string { return f.text.value() }

// Set replaces the text.
func (f *Filter) Set(s string) { f.text.set(s) }

// Update types; changed says that the text is another one. enter keeps it and
// goes back to the list, esc brings back what stood there before.
func (f *Filter) Update(msg tea.Msg) (changed bool) {
	was := f.text.value()
	whole := f.whole
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		f.whole = false
		switch msg.String() {
		case "enter", "down":
			f.open = false
		case "esc":
			f.open = false
			f.text.set(f.before)
		case "backspace", "delete":
			if whole {
				f.text.set("")
				break
			}
			f.text.key(msg)
		default:
			if whole && msg.Text != "" {
				f.text.set("")
			}
			f.text.key(msg)
		}
	case tea.PasteMsg:
		if f.whole = false; whole {
			f.text.set("")
		}
		f.text.paste(msg.Content)
	}
	f.text.focus(f.open)
	return f.text.value() != was
}

// View draws the line; empty when closed and without text.
func (f *Filter) View(th *theme.Theme, w int) string {
	if !f.open && f.text.value() == "" {
		return ""
	}
	head := In(th.Key, " / ")
	if f.whole {
		return head.Paint(th, 3) + In(th.Selected, f.text.value()).Paint(th, max(1, w-3))
	}
	return head.Paint(th, 3) + f.text.view(th, max(1, w-3))[0]
}
