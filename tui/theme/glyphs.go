package theme

import "strings"

// Glyphs are the signs the screens draw with. A sign never stands alone for a
// state: a word stands beside it.
type Glyphs struct {
	Cursor   string // marks the focused row
	Selected string // marks a row of the selection
	Bullet   string
	Check    string
	Cross    string
	Warn     string
	Flag     string
	Dot      string // separates words in one line
	Ellipsis string
	Arrow    string // from what to what
	Pencil   string // something typed is not saved
	Open     string // a group that shows its rows
	Folded   string // a group that hides them
	Left     string
	Right    string
	Up       string
	Down     string
	RadioOn  string
	RadioOff string
	BoxOn    string
	BoxOff   string

	BarFull  string // time used of a clock
	BarEmpty string // time left
	BarOver  string // the clock is over: another shape, not only another colour
	Spark    []string

	H, V                                   string // lines
	TopLeft, TopRight, BotLeft, BotRight   string // corners
	TeeLeft, TeeRight, TeeDown, TeeUp, Mid string // joints
}

// Unicode is the glyph set for terminals that show more than ASCII. It keeps to
// signs that are one cell wide everywhere.
func Unicode() Glyphs {
	return Glyphs{
		Cursor: "▸", Selected: "●", Bullet: "•", Check: "✓", Cross: "✗", Warn: "!", Flag: "⚑",
		Dot: "·", Ellipsis: "…", Arrow: "→", Pencil: "✎", Open: "▾", Folded: "▸", Left: "‹", Right: "›", Up: "↑", Down: "↓",
		RadioOn: "(•)", RadioOff: "( )", BoxOn: "[x]", BoxOff: "[ ]",
		BarFull: "█", BarEmpty: "░", BarOver: "▓",
		Spark: []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
		H:     "─", V: "│", TopLeft: "╭", TopRight: "╮", BotLeft: "╰", BotRight: "╯",
		TeeLeft: "├", TeeRight: "┤", TeeDown: "┬", TeeUp: "┴", Mid: "┼",
	}
}

// Typed writes printers' signs as a typewriter has them, each in as many cells: our sentences and what people wrote are read
// on terminals without them, too. Letters of names stay what they are.
func Typed(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '–', '—', '‐', '‑', '−':
			return '-'
		case '‘', '’', '′':
			return '\''
		case '“', '”', '″':
			return '"'
		case '…', '·':
			return '.'
		case '•':
			return '*'
		case '×':
			return 'x'
		case '→':
			return '>'
		case '←':
			return '<'
		case '\u00a0':
			return ' '
		}
		return r
	}, s)
}

// ASCII is the glyph set for everything else.
func ASCII() Glyphs {
	return Glyphs{
		Cursor: ">", Selected: "*", Bullet: "-", Check: "+", Cross: "x", Warn: "!", Flag: "!",
		Dot: "-", Ellipsis: "~", Arrow: ">", Pencil: "%", Open: "v", Folded: ">", Left: "<", Right: ">", Up: "^", Down: "v",
		RadioOn: "(*)", RadioOff: "( )", BoxOn: "[x]", BoxOff: "[ ]",
		BarFull: "#", BarEmpty: ".", BarOver: "!",
		Spark: []string{"_", ".", "-", "=", "+", "*", "%", "#"},
		H:     "-", V: "|", TopLeft: "+", TopRight: "+", BotLeft: "+", BotRight: "+",
		TeeLeft: "+", TeeRight: "+", TeeDown: "+", TeeUp: "+", Mid: "+",
	}
}
