// Package theme holds every look of the dashboard, by meaning. No other package
// makes a style. Blue stands against orange, never red against green; every
// state also has a word or a shape, because a terminal may show no colour at all.
package theme

import (
	"fmt"
	"slices"
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

// New makes a theme. noColour wins over the name; ascii chooses the glyphs. No
// name is the default; an unknown one is an error that lists the known ones.
func New(name string, noColour, ascii bool) (*Theme, error) {
	i := 0
	if name != "" {
		i = slices.IndexFunc(themes[:], func(r row) bool { return r.name == name })
	}
	if i < 0 {
		return nil, fmt.Errorf("no theme %q: there are %s", name, strings.Join(Names(), ", "))
	}
	p := themes[i].palette
	if noColour {
		p = noInks
	}
	t := build(p)
	t.Name, t.Dark, t.NoColor, t.ASCII, t.FlatFocus = themes[i].name, p.dark, p.ink == "", ascii, p.flat
	t.Glyphs = Unicode()
	if ascii {
		t.Glyphs = ASCII()
	}
	return t, nil
}

// Default is the default theme with unicode glyphs.
func Default() *Theme {
	t, err := New("", false, false)
	if err != nil {
		panic(err) // there is always a first one
	}
	return t
}

// build mixes the styles. Bold, underline and reverse carry the states where
// there is no colour.
func build(p palette) *Theme {
	c := lipgloss.Color
	ink := func(of string) lipgloss.Style {
		s := lipgloss.NewStyle()
		if of != "" {
			s = s.Foreground(c(of))
		}
		return s
	}
	ground := func(s lipgloss.Style, of string) lipgloss.Style {
		if of != "" {
			return s.Background(c(of))
		}
		return s
	}
	reverse := func(fg, bg string) lipgloss.Style {
		if bg == "" {
			return lipgloss.NewStyle().Reverse(true)
		}
		return lipgloss.NewStyle().Foreground(c(fg)).Background(c(bg))
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
