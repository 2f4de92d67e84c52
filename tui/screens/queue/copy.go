package queue

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// copyOut offers what can be copied of the focused row.
func (q *screen) copyOut() tea.Cmd {
	r, _ := q.focused()
	a := desk.About{Child: r.child(), Row: r.id(), Refs: desk.Refs(r.episode())}
	switch {
	case r.members != nil:
		a.Refs = nil
		for _, m := range r.members {
			a.Refs = append(a.Refs, desk.Refs(m.Episode)...)
		}
		a.Due = desk.DueLines(stillOwed(r.ref)...)
	case r.ref != nil:
		a.Due = desk.DueLines(stillOwed(r.ref)...)
	}
	return q.p.Copy(q.s, a)
}
