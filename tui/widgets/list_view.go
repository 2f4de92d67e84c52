package widgets

import (
	"slices"
	"strings"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// markWidth is the room before the columns: cursor mark, selection mark.
const markWidth = 2

// View draws the list w cells wide and h lines high.
func (l *List[T]) View(th *theme.Theme, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	var b strings.Builder
	l.layoutColumns(w - markWidth)
	if l.Header {
		b.WriteString(l.headLine(th, w))
		if h--; h == 0 {
			return b.String()
		}
		b.WriteByte('\n')
	}
	if len(l.view) == 0 {
		b.WriteString(In(th.Muted, "  "+l.Empty).Paint(th, w))
		return b.String()
	}
	l.scroll(h)
	from, to, open := l.rangeBounds()
	for i := l.top; i < min(l.top+h, len(l.view)); i++ {
		if i > l.top {
			b.WriteByte('\n')
		}
		it := l.view[i]
		if it.row < 0 {
			l.groupLine(&b, th, w, i)
			continue
		}
		l.rowLine(&b, th, i, open && i >= from && i <= to)
	}
	return b.String()
}

// scroll keeps the cursor in the window. A cursor that leaves it turns the page
// instead of pushing it by a line: fewer bytes, and the eye finds rows again.
func (l *List[T]) scroll(h int) {
	l.h = h
	top := l.top
	switch {
	case l.cursor < 0:
		top = 0
	case l.cursor >= top+h:
		top = l.cursor - min(1, h-1)
		if l.cursor >= l.top+2*h { // far away: a jump
			top = l.cursor - h + 1
		}
	case l.cursor < top:
		top = l.cursor - h + 1 + min(1, h-1)
		if l.cursor < l.top-h {
			top = l.cursor
		}
	}
	top = max(0, min(top, len(l.view)-h))
	if l.cursor >= 0 && l.cursor < top { // a clamp must not lose the cursor
		top = l.cursor
	}
	// The header above the first row is worth its line.
	if top > 0 && top == l.cursor && l.view[top].row == 0 && h > 1 {
		top--
	}
	l.top = top
}

// Window is the first line drawn and the number of lines, for "rows 40–80".
func (l *List[T]) Window() (top, shown, all int) {
	return l.top, min(l.h, len(l.view)-l.top), len(l.view)
}

// layoutColumns decides which columns fit and how wide each is.
func (l *List[T]) layoutColumns(w int) {
	if l.fitW == w && l.fit != nil {
		return
	}
	l.fitW = w
	l.shown = l.shown[:0]
	for i := range l.columns {
		l.shown = append(l.shown, i)
	}
	need := func() int {
		n := len(l.shown) - 1
		for _, i := range l.shown {
			n += l.columns[i].Min
		}
		return n
	}
	for need() > w {
		worst := -1
		for at, i := range l.shown {
			if p := l.columns[i].Priority; p > 0 && (worst < 0 || p >= l.columns[l.shown[worst]].Priority) {
				worst = at
			}
		}
		if worst < 0 {
			break
		}
		l.shown = slices.Delete(l.shown, worst, worst+1)
	}
	l.fit = make([]int, len(l.shown))
	left := w - (len(l.shown) - 1)
	for at, i := range l.shown {
		l.fit[at] = max(0, min(l.columns[i].Min, left))
		left -= l.fit[at]
	}
	for left > 0 { // a cell at a time, so that columns grow evenly
		grew := false
		for at, i := range l.shown {
			if c := l.columns[i]; left > 0 && (c.Max == 0 || l.fit[at] < c.Max) {
				l.fit[at]++
				left--
				grew = true
			}
		}
		if !grew {
			break
		}
	}
}

func (l *List[T]) headLine(th *theme.Theme, w int) string {
	var b strings.Builder
	b.WriteString(spaces(min(w, markWidth)))
	for at, i := range l.shown {
		if at > 0 {
			b.WriteByte(' ')
		}
		c := l.columns[i]
		In(th.Label, c.Title).paint(&b, th, l.fit[at], c.Align, theme.Style{})
	}
	return b.String()
}

func (l *List[T]) groupLine(b *strings.Builder, th *theme.Theme, w, i int) {
	g := &l.groups[l.view[i].group]
	ground := theme.Style{}
	mark := " "
	if i == l.cursor {
		mark = th.Glyphs.Cursor
		if !l.Blurred {
			ground = th.Focus
		}
	}
	sign := ""
	if g.Fold {
		sign = th.Glyphs.Open + " "
		if l.isFolded(g) {
			sign = th.Glyphs.Folded + " "
		}
	}
	title := g.Title
	if len(title) == 0 {
		title = In(th.Group, g.Key)
	}
	Join(Say(mark), In(th.Group, sign), title).paint(b, th, w, Left, ground)
}

func (l *List[T]) rowLine(b *strings.Builder, th *theme.Theme, i int, inRange bool) {
	it := l.view[i]
	row := l.groups[it.group].Rows[it.row]
	_, chosen := l.selected[l.id(row)]
	chosen = chosen || inRange
	ground := theme.Style{}
	cursor, pick := " ", " "
	if l.Mark != nil {
		if sign := l.Mark(th, row); sign != "" {
			pick = sign
		}
	}
	if chosen {
		pick, ground = th.Glyphs.Selected, th.Selected
	}
	if i == l.cursor {
		cursor = th.Glyphs.Cursor
		if !l.Blurred {
			ground = th.Focus
		}
	}
	b.WriteString(ground.Render(cursor + pick))
	for at, c := range l.shown {
		if at > 0 {
			b.WriteString(ground.Render(" "))
		}
		l.columns[c].Cell(th, row).paint(b, th, l.fit[at], l.columns[c].Align, ground)
	}
	if used := l.usedWidth(); used < l.fitW {
		b.WriteString(ground.Render(spaces(l.fitW - used)))
	}
}

func (l *List[T]) usedWidth() int {
	n := len(l.fit) - 1
	for _, w := range l.fit {
		n += w
	}
	return max(0, n)
}

// Status says in words what is chosen, "" when nothing.
func (l *List[T]) Status() safe.Text {
	n := len(l.Selected())
	if rows, open := l.Ranging(); open {
		return safe.Line("range of " + count(rows) + ", " + count(n) + " in all")
	}
	if n == 0 {
		return safe.Text{}
	}
	return safe.Line(count(n) + " selected")
}
