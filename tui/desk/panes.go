package desk

import "homeward/tui/widgets"

// Panes say where list and detail of a page lie; one that is not drawn has no height.
type Panes struct{ List, Detail widgets.Rect }

// ListAlone gives the list the page.
func ListAlone(w, h int) Panes { return Panes{List: widgets.Rect{W: w, H: h}} }

// DetailAlone gives the detail the page.
func DetailAlone(w, h int) Panes { return Panes{Detail: widgets.Rect{W: w, H: h}} }

// Below gives the detail so many lines under the list and a rule.
func Below(w, h, lines int) Panes {
	return Panes{List: widgets.Rect{W: w, H: h - lines - 1}, Detail: widgets.Rect{Y: h - lines, W: w, H: lines}}
}

// Side gives the list so many columns, and what is left behind the line between them, but for a margin, to the detail.
func Side(w, h, list, margin int) Panes {
	return Panes{List: widgets.Rect{W: list, H: h}, Detail: widgets.Rect{X: list + 1, W: w - list - 1 - margin, H: h}}
}

// Under is a spot of a page as its body sees it, between a line of the filter and one of the status.
func Under(at widgets.Spot, filter, status bool) widgets.Spot {
	if filter {
		at.Y--
		at.H--
	}
	if status {
		at.H--
	}
	return at
}
