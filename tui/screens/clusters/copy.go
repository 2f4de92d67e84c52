package clusters

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// copyOut offers what can be copied of the focused cluster or suggestion.
func (c *screen) copyOut() tea.Cmd {
	r, _ := c.list.Focused()
	a := desk.About{Child: r.Child, Due: desk.DueLines(c.one(r))}
	if r.Cluster != nil {
		a.Row = r.Cluster.ID.String()
	}
	for _, m := range r.Members {
		a.Refs = append(a.Refs, desk.Refs(m.Episode)...)
	}
	return c.p.Copy(c.s, a)
}
