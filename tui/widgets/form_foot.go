package widgets

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/theme"
)

// footGap stands between the parts of a form's last line.
const footGap = 3

// footPart is a hint in the last line of a form, and what a click on it does; nil: nothing.
type footPart struct {
	line Line
	run  func() tea.Cmd
}

// footParts are how to save, to go on and to leave, as many as so many cells hold, beside the mark of what is out of sight: how to
// save is the last that goes. Why the last key did nothing comes before how to go on.
func (f *Form) footParts(th *theme.Theme, w int, mark string) []footPart {
	hint := func(key, does string, run func() tea.Cmd) footPart {
		return footPart{Join(In(th.Key, key), In(th.Muted, " "+does)), run}
	}
	save := hint(f.c.Keys.Hint(keymap.FormSave), f.c.SubmitTitle, f.submit)
	next := hint(f.c.Keys.Hint(keymap.FormNext), "next field", func() tea.Cmd { return f.shift(1) })
	leave := hint("esc", "close", f.leave)
	ways := [][]footPart{{save, next, leave}, {save, leave}, {save}}
	if f.idle != "" {
		why := footPart{In(th.Warning, f.idle), nil}
		ways = [][]footPart{{save, why}, {why}}
	}
	room := w - 1
	if mark != "" {
		room -= Width(mark) + 1
	}
	for _, parts := range ways {
		if footWidth(parts) <= room {
			return parts
		}
	}
	return ways[len(ways)-1]
}

func footWidth(parts []footPart) int {
	n := -footGap
	for _, p := range parts {
		n += p.line.Width() + footGap
	}
	return n
}

// footMark says that fields are out of sight above or below.
func (f *Form) footMark(th *theme.Theme, more bool) string {
	mark := ""
	if f.top > 0 {
		mark = th.Glyphs.Up
	}
	if more {
		mark += th.Glyphs.Down
	}
	return mark
}

// foot says how to save, go on and leave. In a narrow window the mark of what is out of sight stands alone: it must show before
// the rest is told.
func (f *Form) foot(th *theme.Theme, w int, more bool) string {
	if f.saving {
		return In(th.Muted, " saving"+th.Glyphs.Ellipsis).Paint(th, w)
	}
	mark := f.footMark(th, more)
	l := Say(" ")
	for i, p := range f.footParts(th, w, mark) {
		if i > 0 {
			l = Join(l, Say(spaces(footGap)))
		}
		l = Join(l, p.line)
	}
	if mark == "" {
		return l.Paint(th, w)
	}
	if long := Join(l, In(th.Muted, "   "+mark+" more")); long.Width() <= w {
		return long.Paint(th, w)
	}
	return l.Paint(th, max(0, w-Width(mark)-1)) + " " + In(th.Key, mark).Paint(th, Width(mark))
}

// clickFoot does what the foot says at a cell.
func (f *Form) clickFoot(th *theme.Theme, w, x int, more bool) tea.Cmd {
	from := 1
	for _, p := range f.footParts(th, w, f.footMark(th, more)) {
		if x >= from && x < from+p.line.Width() && p.run != nil {
			return p.run()
		}
		from += p.line.Width() + footGap
	}
	return nil
}
