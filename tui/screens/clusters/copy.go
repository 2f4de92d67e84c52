package clusters

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// copyOut offers what can be copied of a cluster or suggestion.
func (c *screen) copyOut(r row) tea.Cmd {
	a := desk.About{Child: r.Child, Due: desk.DueLines(c.one(r))}
	if r.Cluster != nil {
		a.Row = r.Cluster.ID.String()
	}
	for _, m := range r.Members {
		a.Refs = append(a.Refs, desk.Refs(m.Episode)...)
	}
	return c.p.Copy(c.s, a)
}
