package review

import (
	"fmt"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// instead is what stands on the page where there is no list.
func (c *screen) instead(w int) string {
	th := c.s.Theme
	switch {
	case c.err != nil:
		return desk.Notice(th, w, "The review could not be read.", c.err.Error())
	case c.have == nil:
		return desk.Notice(th, w, "Reading the review…")
	}
	return ""
}

// head says in one line how things stand, or where one is.
func (c *screen) head() widgets.Line {
	th, h := c.s.Theme, c.have
	if len(c.levels) > 1 {
		return widgets.Join(widgets.In(th.Title, " "+c.place()), widgets.In(th.Muted, fmt.Sprintf("   %d; esc goes back", c.List.Len())))
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

// stageOf is a referral's stage today in words.
func (c *screen) stageOf(r *domain.Referral) string {
	return r.StageOn(domain.DateOf(c.s.Now())).Words()
}
