package followups

import (
	"fmt"
	"strings"

	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// The sizes by which list and detail share the page.
const (
	sideBySide = 112 // columns from which they stand beside each other
	stripLines = 6   // of the detail, where they do not
)

// View draws the page.
func (c *screen) View(w, h int) string {
	th := c.s.Theme
	switch {
	case c.err != nil:
		return widgets.Fit(desk.Notice(th, w, "The follow-ups could not be read.", c.err.Error()), w, h)
	case c.have == nil:
		return widgets.Fit(desk.Notice(th, w, "Reading the follow-ups…"), w, h)
	case c.filter.Value() == "" && !c.filter.Typing() && c.list.Len() == 0:
		return widgets.Fit(desk.Notice(th, w, c.nothing()...), w, h)
	}
	if c.painted != th {
		c.build()
	}
	top := desk.FilterLine(th, c.filter, filterFields(), w)
	if top != "" {
		h--
		top += "\n"
	}
	bottom := ""
	if status := c.status(); status != "" {
		h--
		bottom = "\n" + widgets.In(th.Info, status).Paint(th, w)
	}
	return top + c.body(w, h) + bottom
}

func (c *screen) body(w, h int) string {
	th, p := c.s.Theme, c.panes(w, h)
	list, detail := p.List, p.Detail
	switch {
	case list.H == 0:
		return widgets.Fit(c.detailView(w, h), w, h)
	case detail.H == 0:
		return c.listView(w, h)
	case detail.Y > 0:
		return c.listView(w, list.H) + "\n" + widgets.Rule(th, w, "") + "\n" + widgets.Fit(c.strip(w, detail.H), w, detail.H)
	}
	return widgets.Beside(th, h, c.listView(list.W, h), widgets.Fit(c.detailView(detail.W, h), detail.W, h))
}

// panes shares the page between list and detail.
func (c *screen) panes(w, h int) desk.Panes {
	switch {
	case c.layout == detailOnly:
		return desk.DetailAlone(w, h)
	case c.layout == listOnly:
		return desk.ListAlone(w, h)
	case w < sideBySide:
		return desk.Below(w, h, min(stripLines, h/3))
	}
	return desk.Side(w, h, w*66/100, 2)
}

func (c *screen) listView(w, h int) string {
	c.list.SetColumns(c.columns()...)
	return widgets.Fit(c.list.View(c.s.Theme, w, h), w, h)
}

// detailView draws the row under the cursor; it scrolls when it has the page to itself.
func (c *screen) detailView(w, h int) string {
	th := c.s.Theme
	r, ok := c.list.Focused()
	if !ok {
		return desk.Notice(th, w, "", c.s.Key("followups.open")+" opens the group.")
	}
	lines := append([]widgets.Line{desk.TitleLine(c.s, r.Child, r.FollowUp.ID.String())}, c.warnings(th, r)...)
	lines = append(lines, c.standsLine(th, r), widgets.Line{})
	c.text.SetLines(append(lines, c.below(r, w)...)...)
	return c.text.View(th, w, h)
}

// strip is the detail in a few lines: whose, what to know first, how it stands, what it is.
func (c *screen) strip(w, h int) string {
	th := c.s.Theme
	r, ok := c.list.Focused()
	if !ok {
		return desk.Notice(th, w, "", c.s.Key("followups.open")+" opens the group.")
	}
	lines := []widgets.Line{desk.TitleLine(c.s, r.Child, r.FollowUp.ID.String())}
	if warn := c.warnings(th, r); len(warn) > 1 {
		lines = append(lines, widgets.Join(warn[0], widgets.In(th.Muted, fmt.Sprintf("   and %d more", len(warn)-1))))
	} else {
		lines = append(lines, warn...)
	}
	lines = append(lines, c.standsLine(th, r))
	for _, l := range c.below(r, w) {
		if l.Width() > 0 {
			lines = append(lines, widgets.WrapLine(l, w)...)
		}
	}
	var b strings.Builder
	for _, l := range lines[:min(h, len(lines))] {
		b.WriteString(l.Paint(th, w) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// nothing says why the list is empty, and what would stand here.
func (c *screen) nothing() []string {
	if n := len(c.have.open); n > 0 && !c.everyone() {
		return []string{"No follow-up is yours to do.", fmt.Sprintf("%s shows everyone’s: %d are open.", c.s.Keys.Hint("followups.everyone"), n)}
	}
	return []string{
		"No follow-up is open.",
		"Holding an interview raises that the child is seen again and that the record is shared; the record's plan raises the rest.",
		c.s.Keys.Hint("followups.add") + " writes one down by hand.",
	}
}
