package followups

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// pointing is the page as the mouse sees it, so wide; false while the list is not what it shows.
func (c *screen) pointing(w int) (desk.Pointing, bool) {
	if c.err != nil || c.have == nil {
		return desk.Pointing{}, false
	}
	return desk.Pointing{List: c.list, Detail: c.text, Panes: c.panes,
		Filter: desk.FilterLine(c.s.Theme, c.filter, filterFields(), w) != "", Status: c.status() != ""}, true
}

// Click moves to the row at a spot.
func (c *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	if p, ok := c.pointing(at.W); !ok || !p.Click(at) {
		return nil, false
	}
	c.reached = true
	return c.moved(), !c.filter.Typing()
}

// Wheel scrolls the list or the detail.
func (c *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if p, ok := c.pointing(at.W); !ok || !p.Wheel(at, lines) {
		return nil
	}
	c.reached = true
	return c.moved()
}
