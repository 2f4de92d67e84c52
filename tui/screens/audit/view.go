package audit

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/keymap"
	"homeward/tui/lists"
	"homeward/tui/plain"
	"homeward/tui/widgets"
)

// instead is what stands on the page where there is no list.
func (c *screen) instead(w int) string {
	th := c.s.Theme
	var refused *domain.Refusal
	switch {
	case errors.As(c.err, &refused):
		return desk.Notice(th, w, desk.Sentence(refused.Message)+".", "Who may read what stands in the configuration; a supervisor can look something up for you.")
	case c.err != nil:
		return desk.Notice(th, w, "The audit log could not be read.", c.err.Error())
	case !c.have:
		return desk.Notice(th, w, "Reading the audit log…")
	}
	return ""
}

// columns are the list's.
func (c *screen) columns(int) []widgets.Column[row] { return lists.Audit().Screen(lists.Of(c.p, c.s)) }

// status says what part of the log is shown.
func (c *screen) status() widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	var parts []string
	parts = append(parts, c.problems...)
	n := len(c.lines)
	filtered := c.Filter.Value() != ""
	switch {
	case c.load.Busy() && n == 0:
		parts = append(parts, "reading…")
	case filtered && len(c.problems) == 0 || n > 0 && filtered:
		parts = append(parts, fmt.Sprintf("%d match, back to %s", n, c.reach(now)))
	case n > 0:
		parts = append(parts, fmt.Sprintf("%s to %s, back to %s", c.lines[0].ID, c.lines[n-1].ID, c.reach(now)))
	}
	if c.more && n < pageLines && filtered {
		parts = append(parts, c.s.Keys.Hint(keymap.ListDown)+" looks further back")
	}
	if filtered && !c.Typing() {
		parts = append(parts, c.s.Keys.Hint("audit.clear")+" clears")
	}
	style := th.Muted
	if len(c.problems) > 0 {
		style = th.Warning
	}
	return widgets.In(style, " "+strings.Join(parts, "; "))
}

// reach says how far back the log was looked at.
func (c *screen) reach(now time.Time) string {
	switch {
	case c.looked == 0:
		return "its beginning"
	case !c.more:
		return fmt.Sprintf("%s (%s, where it begins)", plain.When(c.lookedAt, now), c.looked)
	}
	return fmt.Sprintf("%s (%s)", plain.When(c.lookedAt, now), c.looked)
}

// nothing says why the list is empty.
func (c *screen) nothing() string {
	switch {
	case c.Filter.Value() == "":
		return "Nothing was written yet."
	case c.more:
		return "Nothing so far matches the filter."
	}
	return "Nothing matches the filter."
}
