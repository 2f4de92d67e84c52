package followups

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// Look is how the list is shown now.
func (c *screen) Look() desk.Look {
	l := desk.Look{Filter: c.filter.Value(), Layout: desk.Layouts()[c.layout]}
	if c.order != 0 {
		l.Sort = c.order.String()
	}
	return l
}

// Take shows the list so.
func (c *screen) Take(l desk.Look) tea.Cmd {
	c.filter.Set(l.Filter)
	c.order, c.layout = 0, split
	for o := range orders {
		if o.String() == l.Sort {
			c.order = o
		}
	}
	for i, name := range desk.Layouts() {
		if name == l.Layout {
			c.layout = layout(i)
		}
	}
	return c.refresh()
}
