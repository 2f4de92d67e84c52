package review

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// noCopy says why nothing can be copied of a line.
func (c *screen) noCopy(l line) string {
	switch {
	case l.fu != nil:
		return "copy it among the follow-ups: " + c.s.Key("review.open") + " goes there"
	case l.child() == nil:
		return "it is about no one child"
	}
	return ""
}

// copyOut offers what can be copied of a line.
func (c *screen) copyOut(l line) tea.Cmd {
	a := desk.About{Child: l.child()}
	if r := l.referral(); r != nil {
		a.Row = r.ID.String()
	}
	for _, r := range l.rows() {
		a.Refs = append(a.Refs, desk.Refs(r.Episode)...)
	}
	if l.ep != nil {
		a.Refs = desk.Refs(l.ep.Episode)
	}
	if q := l.queueRow(); q != nil {
		a.Due = desk.DueLines(desk.StillOwed(q)...)
	}
	return c.p.Copy(c.s, a)
}
