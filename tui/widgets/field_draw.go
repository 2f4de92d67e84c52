package widgets

import (
	"strings"

	"github.com/rivo/uniseg"

	"homeward/tui/theme"
)

// The fields show their cursor on a single rune and reckon widths by other tables than the screen. A letter of several
// runes falls apart at the cursor and then takes more cells than it was laid out for: a hand and the tone of its skin take
// four instead of two. So they draw without colours and with room to spare, and what they drew is taken apart here: the
// cursor stands on a whole letter, and the line is as wide as asked.

// How the library marks its cursor. Safe text holds no escape, so nothing else looks like it.
const (
	markOn  = "\x1b[7m"
	markOff = "\x1b[m"
)

// drawnLine is a line of a field: what stands before the cursor, under it and behind it. Without a cursor all is behind.
type drawnLine struct{ before, under, after string }

func takeApart(line string) drawnLine {
	before, rest, ok := strings.Cut(line, markOn)
	if !ok {
		return drawnLine{after: line}
	}
	first, after, _ := strings.Cut(rest, markOff)
	all := first + after
	letter, _, _, _ := uniseg.FirstGraphemeClusterInString(all, -1)
	if i := strings.LastIndexByte(letter, ' '); i > 0 {
		letter = letter[:i] // what a line is filled with belongs to no letter
	}
	return drawnLine{before, letter, all[len(letter):]}
}

// fit makes the line w cells wide. The cursor stays inside: what is too much before it goes first, then what is behind,
// with the sign for more.
func (l drawnLine) fit(w int, more string) drawnLine {
	if Width(l.under) > w {
		l.under = spaces(w)
	}
	text := strings.TrimRight(l.after, " ")
	least := Width(l.under) + min(Width(text), Width(more))
	for l.before != "" && Width(l.before)+least > w {
		_, l.before, _, _ = uniseg.FirstGraphemeClusterInString(l.before, -1)
	}
	room := w - Width(l.before) - Width(l.under)
	if text = Cut(text, room, more); Width(text) > room {
		text = ""
	}
	l.after = text + spaces(room-Width(text))
	return l
}

func (l drawnLine) paint(th *theme.Theme) string {
	return th.Text.Render(l.before) + th.Caret.Render(l.under) + th.Text.Render(l.after)
}
