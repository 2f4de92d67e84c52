package desk

import "homeward/tui/widgets"

// Pointing is a page of a list and a detail as the mouse sees it.
type Pointing struct {
	List interface {
		ClickIn(page widgets.Spot, area widgets.Rect) bool
		WheelIn(page widgets.Spot, area widgets.Rect, lines int) bool
	}
	Detail *widgets.Viewport // nil where it does not scroll
	Panes  func(w, h int) Panes
	// Filter and Status say that the page has their lines, above and below.
	Filter, Status bool
}

// within is a spot of the page as list and detail see it.
func (p Pointing) within(at widgets.Spot) (widgets.Spot, Panes) {
	at = Under(at, p.Filter, p.Status)
	return at, p.Panes(at.W, at.H)
}

// Click puts the list's cursor where the mouse clicked; false where no row is.
func (p Pointing) Click(at widgets.Spot) bool {
	at, panes := p.within(at)
	return p.List.ClickIn(at, panes.List)
}

// Wheel scrolls what is under the mouse; true when that was the list.
func (p Pointing) Wheel(at widgets.Spot, lines int) bool {
	at, panes := p.within(at)
	if p.Detail != nil && p.Detail.WheelIn(at, panes.Detail, lines) {
		return false
	}
	return p.List.WheelIn(at, panes.List, lines)
}
