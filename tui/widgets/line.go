package widgets

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// Span is a piece of safe text in one style.
type Span struct {
	Text  safe.Text
	Style theme.Style
}

// Line is one line of styled text. Widgets take lines rather than strings, so
// that nothing unsafe and no escape sequence can be handed to them.
type Line []Span

// Say makes a line of one text in the terminal's own look.
func Say(text string) Line { return Line{{Text: safe.Line(text)}} }

// In makes a line of one text in a style.
func In(style theme.Style, text string) Line { return Line{{safe.Line(text), style}} }

// Tell makes a line of text that is already safe.
func Tell(style theme.Style, text safe.Text) Line { return Line{{text.Line(), style}} }

// Join puts lines one behind the other.
func Join(lines ...Line) Line {
	var out Line
	for _, l := range lines {
		out = append(out, l...)
	}
	return out
}

// Width is how many cells the line takes.
func (l Line) Width() int {
	n := 0
	for _, s := range l {
		n += Width(s.Text.String())
	}
	return n
}

// String is the line without its styles.
func (l Line) String() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text.String())
	}
	return b.String()
}

// Paint draws the line exactly w cells wide, cut with an ellipsis or filled with
// spaces.
func (l Line) Paint(th *theme.Theme, w int) string {
	var b strings.Builder
	l.paint(&b, th, w, Left, theme.Style{})
	return b.String()
}

// Align is where a text stands in its column.
type Align int

// The alignments.
const (
	Left Align = iota
	Right
)

// paint writes the line w cells wide on a ground.
func (l Line) paint(b *strings.Builder, th *theme.Theme, w int, align Align, ground theme.Style) {
	if w <= 0 {
		return
	}
	total := l.Width()
	if align == Right && total < w {
		b.WriteString(ground.Render(spaces(w - total)))
	}
	left := w
	for i, s := range l {
		text := s.Text.String()
		n := Width(text)
		rest := n > left
		if !rest && n == left && l[i+1:].Width() > 0 {
			rest = true
		}
		style := th.Over(s.Style, ground)
		if rest {
			text = cutMore(text, left, th.Glyphs.Ellipsis)
			b.WriteString(style.Render(text))
			left -= Width(text)
			break
		}
		b.WriteString(style.Render(text))
		left -= n
	}
	if left > 0 && (align == Left || total > w) {
		b.WriteString(ground.Render(spaces(left)))
	}
}

// Width is how many cells a text takes.
func Width(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}

// Cut shortens safe text to w cells, the last of them an ellipsis when
// something was lost.
func Cut(s string, w int, ellipsis string) string {
	switch {
	case w <= 0:
		return ""
	case Width(s) <= w:
		return s
	}
	return cutMore(s, w, ellipsis)
}

// cutMore ends in an ellipsis even when s alone would fit: more follows it.
func cutMore(s string, w int, ellipsis string) string {
	if w <= 0 {
		return ""
	}
	if Width(s) < w {
		return s + ellipsis
	}
	return ansi.Truncate(s, w-Width(ellipsis), "") + ellipsis
}

// Fit makes already painted lines exactly w by h: long ones are cut, missing
// ones filled. Panes of a screen are fitted before they are joined.
func Fit(view string, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	var b strings.Builder
	b.Grow(len(view) + h)
	for i := range h {
		line := view
		if j := strings.IndexByte(view, '\n'); j >= 0 {
			line, view = view[:j], view[j+1:]
		} else {
			view = ""
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		n := painted(line)
		if n > w { // a wide letter at the edge leaves a cell to fill
			line = ansi.Truncate(line, w, "")
			n = painted(line)
		}
		b.WriteString(line)
		b.WriteString(spaces(w - n))
	}
	return b.String()
}

// Beside puts fitted panes next to each other with a line between them.
func Beside(th *theme.Theme, h int, panes ...string) string {
	cols := make([][]string, len(panes))
	for i, p := range panes {
		cols[i] = strings.Split(p, "\n")
	}
	bar := th.Border.Render(th.Glyphs.V)
	var b strings.Builder
	for y := range h {
		if y > 0 {
			b.WriteByte('\n')
		}
		for i, c := range cols {
			if i > 0 {
				b.WriteString(bar)
			}
			if y < len(c) {
				b.WriteString(c[y])
			}
		}
	}
	return b.String()
}

// Rule is a line across, with a word in it when given.
func Rule(th *theme.Theme, w int, word string) string {
	if w <= 0 {
		return ""
	}
	if word == "" {
		return th.Border.Render(strings.Repeat(th.Glyphs.H, w))
	}
	word = Cut(safe.CleanLine(word), max(0, w-4), th.Glyphs.Ellipsis)
	rest := max(0, w-Width(word)-3)
	return th.Border.Render(th.Glyphs.H) + " " + th.Group.Render(word) + " " + th.Border.Render(strings.Repeat(th.Glyphs.H, rest))
}

const blank = "                                                                                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blank) {
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}
