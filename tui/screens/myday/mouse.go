package myday

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/widgets"
)

// ready says that the list is what the page shows.
func (c *screen) ready() bool { return c.err == nil && c.day != nil && len(c.day.Lines) > 0 }

// Click moves to the line at a spot.
func (c *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	if !c.ready() || !c.list.ClickIn(at, c.panes(at.W, at.H).List) {
		return nil, false
	}
	c.reached = true
	return c.moved(), true
}

// Wheel scrolls the list.
func (c *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if !c.ready() || !c.list.WheelIn(at, c.panes(at.W, at.H).List, lines) {
		return nil
	}
	c.reached = true
	return c.moved()
}
