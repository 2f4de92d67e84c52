package followups

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// orderNames are the orders as a saved view names them.
func orderNames() (out []string) {
	for o := range orders {
		out = append(out, o.String())
	}
	return out
}

// Look is how the list is shown now.
func (c *screen) Look() desk.Look {
	return desk.LookOf(c.filter, int(c.layout), int(c.order), orderNames())
}

// Take shows the list so.
func (c *screen) Take(l desk.Look) tea.Cmd {
	at, by := l.Put(c.filter, orderNames())
	c.layout, c.order = layout(at), order(by)
	return c.refresh()
}
