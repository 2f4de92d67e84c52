// Package theme holds every look of the dashboard, by meaning. No other package
// makes a style. Blue stands against orange, never red against green; every
// state also has a word or a shape, because a terminal may show no colour at all.
package theme

import (
	"fmt"
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Theme is a set of styles and glyphs. It is never changed once made, so that
// any number of sessions may share one.
type Theme struct {
	Name    string
	Dark    bool
	NoColor bool
	ASCII   bool
	// FlatFocus says that the inks do not read on the focused row's ground: it is drawn in one.
	FlatFocus bool

	// What the work means.
	Urgent  Style // act now
	Overdue Style // a clock is over
	DueSoon Style // a clock will be over soon
	Met     Style // a clock was met
	Flag    Style // a warning about a child
	Good    Style
	Warning Style
	Error   Style
	Info    Style

	// How the page is built.
	Text     Style
	Strong   Style
	Muted    Style
	Title    Style
	Label    Style
	Group    Style
	Header   Style
	Footer   Style
	Key      Style
	Tab      Style
	TabOn    Style
	Border   Style
	BorderOn Style
	Match    Style // the letters that a search hit

	// Where one is.
	Focus    Style // the row or field under the cursor
	Selected Style // a row of the selection
	Disabled Style
	Caret    Style // the text cursor in a field
	Button   Style
	ButtonOn Style

	BarFill  Style
	BarEmpty Style
	BarOver  Style
	BarMet   Style

	Glyphs Glyphs
}

// Names lists the themes that [New] knows, the default first.
func Names() []string {
	return []string{"dark", "light", "high_contrast", "high_contrast_light", "colour_blind", "plain"}
}

// New makes a theme. noColour wins over the name; ascii chooses the glyphs. An
// unknown name is an error that lists the known ones.
func New(name string, noColour, ascii bool) (*Theme, error) {
	p, ok := palettes()[name]
	switch {
	case name == "":
		p, name = palettes()["dark"], "dark"
	case !ok:
		return nil, fmt.Errorf("no theme %q: there are %s", name, strings.Join(Names(), ", "))
	}
	if noColour {
		p = palettes()["plain"]
	}
	t := build(p)
	t.Name, t.Dark, t.NoColor, t.ASCII, t.FlatFocus = name, p.dark, p.ink == nil, ascii, p.flat
	t.Glyphs = Unicode()
	if ascii {
		t.Glyphs = ASCII()
	}
	return t, nil
}

// Default is the dark theme with unicode glyphs.
func Default() *Theme {
	t, err := New("dark", false, false)
	if err != nil {
		panic(err) // "dark" is always known
	}
	return t
}

// palette names the few inks a theme mixes its styles from. A nil ink leaves
// the terminal's own colour.
type palette struct {
	dark, flat                           bool // flat: inks do not read on the focused row's ground
	ink, dim, blue, orange, yellow, pale color.Color
	line, ground, focus, onFocus, strong color.Color
}

// palettes makes the table anew each time: nothing in a package may be changed
// by one session for another.
func palettes() map[string]palette {
	c := lipgloss.Color
	return map[string]palette{
		"dark": { // each ink is chosen so that its nearest of 16 colours still reads
			dark: true, ink: c("#d0d7de"), dim: c("#9e9e9e"), blue: c("#6cb6ff"), orange: c("#ff9f43"),
			yellow: c("#ffee58"), pale: c("#a5d6ff"), line: c("#6c6c6c"), ground: c("#21262d"),
			focus: c("#1f4b99"), onFocus: c("#ffffff"), strong: c("#ffffff"),
		},
		"light": {
			flat: true, ink: c("#1f2328"), dim: c("#59636e"), blue: c("#0550ae"), orange: c("#bc4c00"),
			yellow: c("#6c5300"), pale: c("#0969da"), line: c("#767676"), ground: c("#e4e4e4"),
			focus: c("#0550ae"), onFocus: c("#ffffff"), strong: c("#000000"),
		},
		// AAA, 7:1, on black, on the header's ground and where one is: a test computes it.
		"high_contrast": {
			dark: true, flat: true, ink: c("#ffffff"), dim: c("#d0d0d0"), blue: c("#00ffff"), orange: c("#ffb000"),
			yellow: c("#ffff00"), pale: c("#ffffff"), line: c("#c0c0c0"), ground: c("#262626"),
			focus: c("#ffff00"), onFocus: c("#000000"), strong: c("#ffffff"),
		},
		"high_contrast_light": {
			flat: true, ink: c("#000000"), dim: c("#303030"), blue: c("#002f86"), orange: c("#7a2300"),
			yellow: c("#493800"), pale: c("#002f86"), line: c("#404040"), ground: c("#e8e8e8"),
			focus: c("#000000"), onFocus: c("#ffffff"), strong: c("#000000"),
		},
		// Chosen so that over, soon, met and told stay apart for protanopes, deuteranopes and tritanopes: a test simulates it.
		"colour_blind": {
			dark: true, flat: true, ink: c("#e4e4e4"), dim: c("#a8a8a8"), blue: c("#3d8bff"), orange: c("#e8702a"),
			yellow: c("#ffee58"), pale: c("#c0d8ff"), line: c("#767676"), ground: c("#1b1f24"),
			focus: c("#1f4b99"), onFocus: c("#ffffff"), strong: c("#ffffff"),
		},
		"plain": {dark: true},
	}
}

// build mixes the styles. Bold, underline and reverse carry the states where
// there is no colour.
func build(p palette) *Theme {
	ink := func(c color.Color) lipgloss.Style {
		s := lipgloss.NewStyle()
		if c != nil {
			s = s.Foreground(c)
		}
		return s
	}
	ground := func(s lipgloss.Style, c color.Color) lipgloss.Style {
		if c != nil {
			return s.Background(c)
		}
		return s
	}
	reverse := func(fg, bg color.Color) lipgloss.Style {
		if bg == nil {
			return lipgloss.NewStyle().Reverse(true)
		}
		return lipgloss.NewStyle().Foreground(fg).Background(bg)
	}
	n := newStyle
	return &Theme{
		Urgent: n(ink(p.orange).Bold(true).Reverse(true)), Overdue: n(ink(p.orange).Bold(true)),
		DueSoon: n(ink(p.yellow)), Met: n(ink(p.blue)), Flag: n(ink(p.yellow).Bold(true)),
		Good: n(ink(p.blue)), Warning: n(ink(p.yellow).Bold(true)), Error: n(ink(p.orange).Bold(true)),
		Info: n(ink(p.pale)),

		Text: n(lipgloss.NewStyle()), Strong: n(ink(p.strong).Bold(true)), Muted: n(ink(p.dim)),
		Title: n(ink(p.strong).Bold(true)), Label: n(ink(p.dim)), Group: n(ink(p.pale).Bold(true)),
		Header: n(ground(ink(p.ink), p.ground)), Footer: n(ink(p.dim)), Key: n(ink(p.pale).Bold(true)),
		Tab: n(ink(p.dim)), TabOn: n(ink(p.strong).Bold(true).Underline(true)),
		Border: n(ink(p.line)), BorderOn: n(ink(p.pale)), Match: n(ink(p.yellow).Underline(true)),

		Focus: n(reverse(p.onFocus, p.focus).Bold(true)), Selected: n(ground(ink(p.pale), p.ground).Bold(true)),
		Disabled: n(ink(p.dim)), Caret: n(lipgloss.NewStyle().Reverse(true)),
		Button: n(ground(ink(p.ink), p.ground)), ButtonOn: n(reverse(p.onFocus, p.focus).Bold(true)),

		BarFill: n(ink(p.blue)), BarEmpty: n(ink(p.line)), BarOver: n(ink(p.orange).Bold(true)), BarMet: n(ink(p.dim)),
	}
}
