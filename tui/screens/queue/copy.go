package queue

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// copyOut offers what can be copied of a row.
func (q *screen) copyOut(r row) tea.Cmd {
	a := desk.About{Child: r.child(), Row: r.id(), Refs: desk.Refs(r.episode())}
	switch {
	case r.members != nil:
		a.Refs = nil
		for _, m := range r.members {
			a.Refs = append(a.Refs, desk.Refs(m.Episode)...)
		}
		a.Due = desk.DueLines(desk.StillOwed(r.ref)...)
	case r.ref != nil:
		a.Due = desk.DueLines(desk.StillOwed(r.ref)...)
	}
	return q.p.Copy(q.s, a)
}
