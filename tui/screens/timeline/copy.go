package timeline

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
)

// copyOut offers what can be copied of the child and the entry under the cursor.
func (v *screen) copyOut() tea.Cmd {
	a := desk.About{Child: v.st.child}
	if e := v.focused(); e != nil {
		a.Refs = desk.Refs(e.episode)
		id := e.fu
		if id == 0 {
			id = e.ref
		}
		if id == 0 && e.episode != nil {
			id = e.episode.ID
		}
		if id != 0 {
			a.Row = id.String()
		}
		if c, ok := v.st.clocks[e.ref]; ok {
			a.Due = desk.DueLines(v.owed(e.ref, c)...)
		}
	}
	return v.p.Copy(v.s, a)
}

// owed are the clocks of a referral that matter still: until it is held contact and interview, then what follows.
func (v *screen) owed(ref domain.ID, c domain.Clocks) []domain.Clock {
	if r := v.st.refs[ref]; r != nil && !r.HeldAt.IsZero() {
		return []domain.Clock{c.Share, c.WriteUp}
	}
	return []domain.Clock{c.Contact, c.Interview}
}
