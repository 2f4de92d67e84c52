package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// textField is one line of text. Its cursor is drawn by the program and stands
// still: a blinking one writes bytes while nobody does anything.
type textField struct {
	e       editor
	focused bool
	left    int // first letter shown
}

func newTextInput(f Field) *textField {
	limit := f.Limit
	if limit <= 0 {
		limit = textLimit
	}
	return &textField{e: editor{limit: limit, goal: -1}}
}

// value is cleaned once more: a mark whose space was trimmed has no base left.
func (t *textField) value() string  { return safe.CleanLine(strings.TrimSpace(t.e.String())) }
func (t *textField) set(s string)   { t.e.set(s); t.left = 0 }
func (t *textField) typing() bool   { return true }
func (t *textField) focus(on bool)  { t.focused = on }
func (t *textField) paste(s string) { t.e.insert(strings.TrimRight(s, "\r\n")) }

func (t *textField) key(k tea.KeyPressMsg) bool { return t.e.key(k) }

func (t *textField) view(th *theme.Theme, w int) []string {
	if !t.focused {
		if len(t.e.cells) == 0 {
			return []string{th.Border.Render(strings.Repeat("_", max(0, min(w, 16))))}
		}
		return []string{Cut(t.e.String(), w, th.Glyphs.Ellipsis)}
	}
	// Scroll so that the cursor and what it stands on are inside.
	t.left = min(t.left, t.e.pos)
	under := 1
	if t.e.pos < len(t.e.cells) {
		under = Width(t.e.cells[t.e.pos])
	}
	for t.left < t.e.pos && cellsWidth(t.e.cells[t.left:t.e.pos])+under > w {
		t.left++
	}
	end, used := t.left, 0
	for end < len(t.e.cells) && used+Width(t.e.cells[end]) <= w {
		used += Width(t.e.cells[end])
		end++
	}
	return []string{drawCursor(th, t.e.cells, t.left, end, t.e.pos)}
}

func cellsWidth(cells []string) int {
	n := 0
	for _, c := range cells {
		n += Width(c)
	}
	return n
}

// drawCursor draws letters with the text cursor among or behind them.
func drawCursor(th *theme.Theme, cells []string, from, to, pos int) string {
	if pos < from || pos > to {
		return strings.Join(cells[from:to], "")
	}
	under, rest := " ", ""
	if pos < to {
		under, rest = cells[pos], strings.Join(cells[pos+1:to], "")
	}
	return strings.Join(cells[from:pos], "") + th.Caret.Render(under) + rest
}

// noteField is text of several lines.
type noteField struct {
	e       editor
	lines   int
	w       int
	top     int
	focused bool
}

func newNoteInput(f Field) *noteField {
	n := &noteField{lines: f.Lines, w: 40, e: editor{limit: f.Limit, multi: true, goal: -1}}
	if n.e.limit <= 0 {
		n.e.limit = noteLimit
	}
	if n.lines <= 0 {
		n.lines = 4
	}
	return n
}

func (n *noteField) value() string  { return safe.CleanNote(strings.TrimSpace(n.e.String())) }
func (n *noteField) set(s string)   { n.e.set(s) }
func (n *noteField) typing() bool   { return true }
func (n *noteField) focus(on bool)  { n.focused = on }
func (n *noteField) paste(s string) { n.e.insert(s) }

// key hands a key to the text. Up on the first line and down on the last are
// not taken: they leave the field.
func (n *noteField) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up":
		return n.e.vertical(-1, n.w)
	case "down":
		return n.e.vertical(1, n.w)
	case "pgup":
		n.e.vertical(-n.lines, n.w)
		return true
	case "pgdown":
		n.e.vertical(n.lines, n.w)
		return true
	case "tab", "shift+tab":
		return false
	}
	return n.e.key(k)
}

func (n *noteField) view(th *theme.Theme, w int) []string {
	n.w = max(2, w-3) // a bar, a space, and room for the cursor behind a full line
	rows := n.e.rows(n.w)
	y, _ := n.e.where(rows)
	n.top = max(0, min(n.top, len(rows)-n.lines))
	n.top = min(n.top, y)
	n.top = max(n.top, y-n.lines+1)
	style := th.Border
	if n.focused {
		style = th.BorderOn
	}
	bar := style.Render(th.Glyphs.V) + " "
	out := make([]string, 0, n.lines)
	for i := n.top; i < n.top+n.lines; i++ {
		line := ""
		if i < len(rows) {
			r := rows[i]
			end := r.to
			if i != y || !n.focused {
				line = strings.Join(n.e.cells[r.from:end], "")
			} else {
				line = drawCursor(th, n.e.cells, r.from, end, n.e.pos)
			}
		}
		out = append(out, bar+line)
	}
	return out
}
