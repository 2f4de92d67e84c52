package review

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
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
		return widgets.Fit(desk.Notice(th, w, "The review could not be read.", c.err.Error()), w, h)
	case c.have == nil:
		return widgets.Fit(desk.Notice(th, w, "Reading the review…"), w, h)
	}
	if c.painted != th || c.masked != c.s.MaskNames { // titles and numbers hold names
		c.build()
	}
	top := desk.FilterLine(th, c.filter, filterFields(), w)
	if top == "" {
		top = c.head().Paint(th, w)
	}
	bottom := ""
	if status := c.status(); status != "" {
		h--
		bottom = "\n" + widgets.In(th.Info, status).Paint(th, w)
	}
	return top + "\n" + c.body(w, h-1) + bottom
}

// head says in one line how things stand, or where one is.
func (c *screen) head() widgets.Line {
	th, h := c.s.Theme, c.have
	if len(c.levels) > 1 {
		return widgets.Join(widgets.In(th.Title, " "+c.place()), widgets.In(th.Muted, fmt.Sprintf("   %d; esc goes back", c.top().list.Len())))
	}
	if len(h.Overdue) == 0 {
		return widgets.Join(widgets.In(th.Met, " No interview is overdue"), widgets.Say(c.headRest()))
	}
	unsaid := countOf(h.Overdue, func(o *view.Owed) bool { return o.Reason() == nil })
	out := widgets.In(th.Overdue, fmt.Sprintf(" %d overdue", len(h.Overdue)))
	if unsaid > 0 {
		out = widgets.Join(out, widgets.In(th.Warning, fmt.Sprintf(", %d without a reason", unsaid)))
	}
	return widgets.Join(out, widgets.Say(c.headRest()))
}

func (c *screen) headRest() string {
	h := c.have
	dot := " " + c.s.Theme.Glyphs.Dot + " "
	soon := countOf(h.Soon, func(b *view.Breach) bool { return b.Clock.Name == "interview" })
	out := fmt.Sprintf("%s%d to sign off%s%d more late within 24 h", dot, len(h.SignOff), dot, soon)
	if n := len(h.Asked); n > 0 {
		out += fmt.Sprintf("%s%d not answered", dot, n)
	}
	return out
}

func (c *screen) body(w, h int) string {
	th := c.s.Theme
	switch {
	case c.layout == detailOnly:
		return widgets.Fit(c.detailView(w, h), w, h)
	case c.layout == listOnly:
		return c.listView(w, h)
	case w < sideBySide:
		strip := min(stripLines, h/3)
		return c.listView(w, h-strip-1) + "\n" + widgets.Rule(th, w, "") + "\n" + widgets.Fit(c.strip(w, strip), w, strip)
	}
	left := w * 64 / 100
	return widgets.Beside(th, h, c.listView(left, h), widgets.Fit(c.detailView(w-left-3, h), w-left-3, h))
}

func (c *screen) listView(w, h int) string {
	list := c.top().list
	if c.top().numbers {
		list.SetColumns(c.numberColumns()...)
	} else {
		list.SetColumns(c.columns()...)
	}
	return widgets.Fit(list.View(c.s.Theme, w, h), w, h)
}

// detailView draws the line under the cursor; it scrolls when it has the page to itself.
func (c *screen) detailView(w, h int) string {
	th := c.s.Theme
	l, ok := c.focused()
	if !ok {
		return c.groupView(w)
	}
	c.text.SetLines(c.detail(&l, w)...)
	return c.text.View(th, w, h)
}

// groupView stands beside a group's title.
func (c *screen) groupView(w int) string {
	return desk.Notice(c.s.Theme, w, "", "enter opens the numbers of this group, "+c.s.Keys.Hint("list.fold")+" folds it.")
}

// strip is the detail in a few lines.
func (c *screen) strip(w, h int) string {
	th := c.s.Theme
	l, ok := c.focused()
	if !ok {
		return c.groupView(w)
	}
	var lines []widgets.Line
	for _, x := range c.detail(&l, w) {
		if x.Width() > 0 {
			lines = append(lines, widgets.WrapLine(x, w)...)
		}
	}
	var b strings.Builder
	for _, x := range lines[:min(h, len(lines))] {
		b.WriteString(x.Paint(th, w) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// pair is a label with plain words.
func pair(label, value string) widgets.Pair {
	return widgets.Pair{Label: label, Value: widgets.Say(value)}
}

// stageOf is a referral's stage today in words.
func (c *screen) stageOf(r *domain.Referral) string {
	return r.StageOn(domain.DateOf(c.s.Now())).Words()
}
