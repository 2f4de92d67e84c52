package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/rivo/uniseg"

	"homeward/domain/safe"
)

// editor holds text being typed, as the letters a person sees. It is our own:
// the library's fields read the clipboard of the machine the program runs on,
// which behind SSH is the server's, and take seconds over a large paste.
//
// What enters is cleaned at once, so a field never holds anything unsafe.
type editor struct {
	cells []string // one letter each, with its marks; "\n" in notes
	pos   int      // the letter the cursor stands before
	limit int
	multi bool
	goal  int // the column that up and down aim for, -1 when none
}

func (e *editor) String() string { return strings.Join(e.cells, "") }

func (e *editor) clean(s string) string {
	if e.multi {
		return strings.ReplaceAll(safe.CleanNote(s), "\t", "    ")
	}
	return safe.CleanLine(s)
}

// set replaces the text; the cursor goes behind it.
func (e *editor) set(s string) {
	e.cells = e.cut(letters(e.clean(s)), 0)
	e.pos, e.goal = len(e.cells), -1
}

// cut keeps what the limit allows beside n letters that stay.
func (e *editor) cut(cells []string, n int) []string {
	return cells[:max(0, min(len(cells), e.limit-n))]
}

// insert puts text before the cursor. The letter before it is cleaned along: a
// mark typed behind it joins it, and never more than it may carry.
func (e *editor) insert(s string) {
	from := e.pos
	if from > 0 && e.cells[from-1] != "\n" {
		from--
	}
	in := letters(e.clean(strings.Join(e.cells[from:e.pos], "") + s))
	rest := len(e.cells) - (e.pos - from)
	in = e.cut(in, rest)
	cells := make([]string, 0, rest+len(in))
	cells = append(append(append(cells, e.cells[:from]...), in...), e.cells[e.pos:]...)
	e.cells, e.pos, e.goal = cells, from+len(in), -1
}

// remove takes the letters between two places out.
func (e *editor) remove(from, to int) {
	from, to = max(0, from), min(len(e.cells), to)
	if from >= to {
		return
	}
	e.cells = append(e.cells[:from:from], e.cells[to:]...)
	e.pos, e.goal = from, -1
}

// key edits; false when the key means nothing here.
func (e *editor) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left":
		e.place(e.pos - 1)
	case "right":
		e.place(e.pos + 1)
	case "ctrl+left":
		e.place(e.wordLeft())
	case "ctrl+right":
		e.place(e.wordRight())
	case "home":
		e.place(e.lineStart())
	case "end", "ctrl+e":
		e.place(e.lineEnd())
	case "backspace", "shift+backspace", "ctrl+h":
		e.remove(e.pos-1, e.pos)
	case "delete":
		e.remove(e.pos, e.pos+1)
	case "ctrl+w", "ctrl+backspace":
		e.remove(e.wordLeft(), e.pos)
	case "ctrl+u":
		e.remove(e.lineStart(), e.pos)
	case "ctrl+k":
		end := e.lineEnd()
		pos := e.pos
		e.remove(pos, end)
	case "enter", "shift+enter":
		if !e.multi {
			return false
		}
		e.insert("\n")
	default:
		if k.Text == "" || k.Mod&^tea.ModShift != 0 && k.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
			return false
		}
		e.insert(k.Text)
	}
	return true
}

func (e *editor) place(to int) {
	e.pos, e.goal = max(0, min(to, len(e.cells))), -1
}

func (e *editor) lineStart() int {
	i := e.pos
	for i > 0 && e.cells[i-1] != "\n" {
		i--
	}
	return i
}

func (e *editor) lineEnd() int {
	i := e.pos
	for i < len(e.cells) && e.cells[i] != "\n" {
		i++
	}
	return i
}

func gap(s string) bool { return s == " " || s == "\n" }

func (e *editor) wordLeft() int {
	i := e.pos
	for i > 0 && gap(e.cells[i-1]) {
		i--
	}
	for i > 0 && !gap(e.cells[i-1]) {
		i--
	}
	return i
}

func (e *editor) wordRight() int {
	i := e.pos
	for i < len(e.cells) && !gap(e.cells[i]) {
		i++
	}
	for i < len(e.cells) && gap(e.cells[i]) {
		i++
	}
	return i
}

// row is a line on the screen: the letters from, up to to.
type row struct{ from, to int }

// rows breaks the text into lines of at most w cells, at spaces where it can.
func (e *editor) rows(w int) []row {
	w = max(1, w)
	var out []row
	from, used, brk := 0, 0, -1
	for i, c := range e.cells {
		if c == "\n" {
			out = append(out, row{from, i})
			from, used, brk = i+1, 0, -1
			continue
		}
		n := Width(c)
		if used+n > w {
			at := i
			if c != " " && brk > from {
				at = brk
			}
			out = append(out, row{from, at})
			from, brk = at, -1
			used = 0
			for _, c := range e.cells[from:i] {
				used += Width(c)
			}
		}
		used += n
		if c == " " {
			brk = i + 1
		}
	}
	return append(out, row{from, len(e.cells)})
}

// where says on which of the rows the cursor stands, and in which column.
func (e *editor) where(rows []row) (y, x int) {
	for i, r := range rows {
		if e.pos >= r.from && (e.pos <= r.to) {
			// At a soft break the cursor belongs to the line that follows.
			if e.pos == r.to && i+1 < len(rows) && rows[i+1].from == r.to {
				continue
			}
			y = i
			break
		}
	}
	for _, c := range e.cells[rows[y].from:e.pos] {
		x += Width(c)
	}
	return y, x
}

// vertical moves by screen lines; false at the first or last one.
func (e *editor) vertical(dir, w int) bool {
	rows := e.rows(w)
	y, x := e.where(rows)
	if e.goal >= 0 {
		x = e.goal
	}
	to := max(0, min(y+dir, len(rows)-1))
	if to == y {
		return false
	}
	pos, used := rows[to].from, 0
	end := rows[to].to
	if to+1 < len(rows) && rows[to+1].from == end && end > pos {
		end-- // the place behind a soft break is the next line's
	}
	for pos < end && used+Width(e.cells[pos]) <= x {
		used += Width(e.cells[pos])
		pos++
	}
	e.pos, e.goal = pos, x
	return true
}

// letters splits a text into what a person sees as letters.
func letters(s string) []string {
	plain := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			plain = false
			break
		}
	}
	out := make([]string, 0, len(s))
	if plain {
		for i := range len(s) {
			out = append(out, s[i:i+1])
		}
		return out
	}
	for g := uniseg.NewGraphemes(s); g.Next(); {
		out = append(out, g.Str())
	}
	return out
}
