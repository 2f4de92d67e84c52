package clusters

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// within is a spot of the page as the list and the detail see it, below the line of the filter.
func (c *screen) within(at widgets.Spot) (widgets.Spot, desk.Panes) {
	at = desk.Under(at, desk.FilterLine(c.s.Theme, c.filter, filterFields(), at.W) != "", c.status() != "")
	return at, c.panes(at.W, at.H)
}

// ready says that the list is what the page shows.
func (c *screen) ready() bool { return c.p.ClustersErr == nil && len(c.p.Clusters) > 0 }

// Click moves to the row at a spot.
func (c *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	if !c.ready() {
		return nil, false
	}
	at, panes := c.within(at)
	if !c.list.ClickIn(at, panes.List) {
		return nil, false
	}
	c.reached, c.inside = true, false
	return c.moved(), !c.filter.Typing()
}

// Wheel scrolls the list or the detail.
func (c *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if !c.ready() {
		return nil
	}
	at, panes := c.within(at)
	switch {
	case c.text.WheelIn(at, panes.Detail, lines):
	case c.list.WheelIn(at, panes.List, lines):
		c.reached = true
		return c.moved()
	}
	return nil
}
