package myday

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// copyOut offers what can be copied of the focused line.
func (c *screen) copyOut() tea.Cmd {
	l, _ := c.list.Focused()
	a := desk.About{Child: l.Child, Due: desk.DueLines(l.Clock, l.WriteUp)}
	switch {
	case l.FollowUp != nil:
		a.Row = l.FollowUp.ID.String()
	case l.Referral != nil:
		a.Row = l.Referral.ID.String()
	}
	return c.p.Copy(c.s, a)
}
