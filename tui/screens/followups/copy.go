package followups

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
)

// copyOut offers what can be copied of a follow-up.
func (c *screen) copyOut(r row) tea.Cmd {
	a := desk.About{Child: r.Child, Row: r.FollowUp.ID.String()}
	if due := r.FollowUp.Due; !due.IsZero() {
		a.Due = []string{r.FollowUp.ID.String() + " " + domain.Words(r.FollowUp.Kind) + " due " + due.Local().Format("Mon 2 Jan 2006 15:04")}
	}
	return c.p.Copy(c.s, a)
}
