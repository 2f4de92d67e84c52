package lists

import (
	"time"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Env is what a session knows that draws a list.
type Env struct {
	Now time.Time
	Me  string // the login of who looks
	// Masked says that names are: then no text that somebody wrote is shown either.
	Masked bool
	Name   func(c *domain.Child) string // a child's name, masked or not
	Told   func(text string) string     // what somebody wrote, "…" while names are masked
	First  func(login string) string    // what a colleague is called
	Bars   bool                         // there is room for a bar before a clock's words
}

// Of is what a session knows now.
func Of(p *desk.Program, s *frame.Session) *Env {
	return &Env{Now: s.Now(), Me: p.Actor().Login, Masked: s.MaskNames, First: p.First,
		Name: func(c *domain.Child) string { return desk.Mask(s, c) }, Told: func(text string) string { return desk.Told(s, text) }}
}

const (
	barCells = 4  // of the bar before a clock's words
	barsFrom = 92 // the width of a list from which there is room for bars
)

// Wide says how wide the list is: from a width on its clocks have bars.
func (e *Env) Wide(w int) *Env {
	e.Bars = w >= barsFrom
	return e
}

// clock draws a clock, with its bar where there is room.
func (e *Env) clock(th *theme.Theme, c domain.Clock) widgets.Line {
	cells := 0
	if e.Bars {
		cells = barCells
	}
	return desk.ClockLine(th, c, e.Now, cells)
}
