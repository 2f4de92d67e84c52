package audit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/lists"
)

// copyOut offers what a line of the log shows, and nothing else of the child: passing by a line opens no record, and neither
// does copying it.
func (c *screen) copyOut(l row) tea.Cmd {
	return c.oneOf(l, "Whose name or reference?", func(child *domain.Child) tea.Cmd {
		return c.p.Copy(c.s, desk.About{Child: child, Row: l.ID.String(), Line: c.asText(l), NoCard: true})
	})
}

// asText is a line as the list shows it.
func (c *screen) asText(l row) string {
	env := lists.Of(c.p, c.s)
	return strings.Join([]string{l.ID.String(), l.At.RFC3339(), l.By, l.Act, lists.AuditChild(env, l), lists.AuditSaid(env, l)}, "  ")
}
