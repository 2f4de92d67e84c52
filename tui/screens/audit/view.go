package audit

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/keymap"
	"homeward/tui/plain"
	"homeward/tui/theme"
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
func (c *screen) columns(int) []widgets.Column[row] {
	quiet := func(th *theme.Theme, l row, style theme.Style) theme.Style {
		if l.Note || l.Undone != 0 {
			return th.Muted
		}
		return style
	}
	return []widgets.Column[row]{
		{Title: "When", Min: 5, Max: 5, Cell: func(th *theme.Theme, l row) widgets.Line {
			return widgets.In(th.Muted, l.At.Local().Format("15:04"))
		}},
		{Title: "Who", Min: 6, Max: 8, Cell: func(th *theme.Theme, l row) widgets.Line { return widgets.In(quiet(th, l, th.Strong), l.By) }},
		{Title: "Did", Min: 15, Max: 21, Cell: func(th *theme.Theme, l row) widgets.Line { return widgets.In(quiet(th, l, th.Text), l.Act) }},
		{Title: "Child", Min: 9, Max: 18, Priority: 1, Cell: func(th *theme.Theme, l row) widgets.Line {
			return widgets.In(quiet(th, l, th.Text), c.childCell(l))
		}},
		{Title: "What", Min: 12, Cell: func(th *theme.Theme, l row) widgets.Line {
			return widgets.Join(c.marks(th, l), widgets.In(quiet(th, l, th.Text), c.said(l)))
		}},
	}
}

func (c *screen) childCell(l row) string {
	if len(l.Whose) == 0 {
		return l.Ref()
	}
	name := c.Mask(l.Whose[0])
	if n := len(l.Children) - 1; n > 0 {
		name += fmt.Sprintf(" +%d", n)
	}
	return name
}

// said is what was done in words; while names are masked, which records it touched.
func (c *screen) said(l row) string {
	if !c.s.MaskNames {
		return l.Summary
	}
	var ids []string
	for _, id := range l.Records {
		ids = append(ids, id.String())
	}
	return strings.Join(ids, ", ")
}

// marks say what is special about a line.
func (c *screen) marks(th *theme.Theme, l row) widgets.Line {
	var out widgets.Line
	if l.Undone != 0 {
		out = widgets.Join(out, widgets.In(th.Warning, "undone by "+l.Undone.String()+"; "))
	}
	if l.UndoOf != 0 {
		out = widgets.Join(out, widgets.In(th.Warning, "takes back "+l.UndoOf.String()+"; "))
	}
	if l.Machine != 0 {
		out = widgets.Join(out, widgets.In(th.Warning, "clock frozen; "))
	}
	return out
}

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
