package timeline

import "homeward/tui/theme"

// glyphs are the signs of the axis. Each is one cell wide; the row it stands on has a word.
type glyphs struct {
	full, half, thin string // of a cell that an episode fills: all, some, hardly any
	halfEnd, thinEnd string // the same at the right side of the cell
	unsure           string // the time was not recorded: somewhere in this day
	doubled          string // a duplicate, in no count
	onward           string // goes on: still missing, or past the edge
	shade            string // of a fortnight
	now, caret       string
	marks            [markKinds]string
}

func glyphsOf(th *theme.Theme) glyphs {
	g := th.Glyphs
	if th.ASCII {
		return glyphs{full: "#", half: "|", thin: "|", halfEnd: "|", thinEnd: "|", unsure: ":", doubled: "-", onward: ">", shade: "=", now: "|", caret: "^",
			marks: [markKinds]string{tried: ".", chased: "~", reached: "@", booked: "o", missed: "x", held: "@", raised: "o", done: "+", due: "'", dueOver: "!"}}
	}
	return glyphs{full: g.BarFull, half: "▌", thin: "▎", halfEnd: "▐", thinEnd: "▕", unsure: g.BarEmpty, doubled: g.H, onward: g.Right, shade: "▒", now: g.V, caret: "▲",
		marks: [markKinds]string{tried: g.Dot, chased: "~", reached: g.Selected, booked: "○", missed: g.Cross, held: g.Selected, raised: "○", done: g.Check, due: "'", dueOver: "!"}}
}

// markLetters stand for the marks where all of them share one row.
func markLetters() [markKinds]string {
	return [markKinds]string{tried: "c", chased: "c", reached: "C", booked: "b", missed: "x", held: "I", raised: "f", done: "F", due: "d", dueOver: "!"}
}
