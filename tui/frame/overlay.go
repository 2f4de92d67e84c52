package frame

import tea "charm.land/bubbletea/v2"

// Where is where an overlay wants to be drawn.
type Where int

// The places of an overlay.
const (
	Centre Where = iota // in the middle, as large as it asks
	Side                // at the right edge, full height
	Full                // all of the page between tabs and footer
	Bottom              // full width, above the footer
)

// Overlay is something laid over the screen: a form, a menu, a finder. It takes
// the keys until it closes, and may open another above itself; closing that one
// brings back the field and cursor left. An overlay closes itself by
// [Session.Close], with a result for whoever opened it; nil means it was left.
//
// An overlay may also be a [Typer] and a [Drafter].
type Overlay interface {
	// Title stands in the frame drawn round the overlay.
	Title() string
	// Update gets every message while the overlay is open; keys only while it is
	// on top. esc comes here too: an overlay decides what leaving it means.
	Update(msg tea.Msg) tea.Cmd
	// View draws the inside, at most w wide and h high.
	View(w, h int) string
	// Wants says where to draw it and how large its inside would like to be;
	// the frame gives what there is.
	Wants(maxW, maxH int) (at Where, w, h int)
	// Actions are for the footer and help; keys are handled by Update.
	Actions() []Action
}

// layer is an open overlay and what to do with its result.
type layer struct {
	overlay Overlay
	then    func(any) tea.Cmd
	gone    func() // however it ends; may be nil
	late    bool   // it opened behind a key that others may have followed: it takes none until the keys have rested
}

// Hider is a screen that wants to know when another takes its place. It is told by ResumeMsg when it is shown again.
type Hider interface{ Hidden() }
