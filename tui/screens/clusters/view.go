package clusters

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/lists"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// The heights by which list and detail share the page.
const (
	stripLines  = 6  // of the detail, where there is no room for more
	detailLines = 13 // from so many on the fortnight is drawn episode by episode
	insideLines = 20 // with fewer, stepping into the episodes gives them the page
)

// View draws the page.
func (c *screen) View(w, h int) string {
	c.List.Blurred = c.inside
	return c.page.View(w, h)
}

// instead is what stands on the page where there is no list.
func (c *screen) instead(w int) string {
	th := c.s.Theme
	switch {
	case c.p.ClustersErr != nil:
		return desk.Notice(th, w, "The clusters could not be read.", c.p.ClustersErr.Error())
	case c.p.Clusters == nil:
		return desk.Notice(th, w, "Reading the clusters…")
	case len(c.p.Clusters) == 0:
		return desk.Notice(th, w, nothing(&c.p.Settings().Policy)...)
	}
	return ""
}

// panes share the page between list and detail. Stepping into the episodes of a low window gives them the page.
func (c *screen) panes(w, h int) desk.Panes {
	_, _, lines := c.List.Window()
	rest := h - min(max(4, lines+1), h*2/5) - 1
	switch {
	case c.Layout == desk.DetailOnly || c.inside && (rest < insideLines || c.Layout == desk.ListOnly):
		return desk.DetailAlone(w, h)
	case c.Layout == desk.ListOnly:
		return desk.ListAlone(w, h)
	case rest < detailLines:
		return desk.Below(w, h, min(stripLines, h/3))
	}
	return desk.Below(w, h, rest)
}

// titleLine says whose it is and what it is.
func (c *screen) titleLine(th *theme.Theme, r row) widgets.Line {
	count := fmt.Sprintf("%d episodes", len(r.Members))
	if in, left := choose(r, c.out[rowID(r)]); left != nil {
		count = fmt.Sprintf("%d of %d episodes in", len(in), len(r.Members))
	}
	return widgets.Join(desk.TitleLine(c.s, r.Child), widgets.Say("   "), widgets.In(th.Strong, lists.ClusterState(th, r)), widgets.In(th.Muted, "   "+count))
}

// dueLine is the one due time, of those chosen.
func (c *screen) dueLine(th *theme.Theme, r row, w int) widgets.Line {
	now, cells := c.s.Now(), 8
	if w < 70 {
		cells = 0
	}
	if r.State == view.ClusterInterviewed {
		return widgets.Join(widgets.Say("One interview held "+plain.When(r.Interview.Met, now)+", "), widgets.In(desk.ClockStyle(th, r.Interview, now), desk.ClockWords(r.Interview, now)))
	}
	one := c.one(r)
	what := "One interview due "
	if r.Cluster == nil {
		what = "One interview would be due "
	}
	return widgets.Join(widgets.In(th.Strong, what+plain.When(one.Due, now)+"  "), desk.ClockLine(th, one, now, cells))
}

// one is the clock of the one interview: of those chosen, where somebody took some out.
func (c *screen) one(r row) domain.Clock {
	if len(c.out[rowID(r)]) == 0 {
		return r.Interview
	}
	in, _ := choose(r, c.out[rowID(r)])
	one, _ := together(in)
	return one
}

// warnings stand above everything else, what asks for a decision first.
func (c *screen) warnings(th *theme.Theme, r row) []widgets.Line {
	out := c.others(r)
	for _, s := range r.Review {
		out = append(out, widgets.In(th.Overdue, th.Glyphs.Warn+" Look at it again: "+s))
	}
	if n := len(r.Additions); n > 0 && r.State == view.ClusterAccepted {
		say := fmt.Sprintf("+ %d new return%s would fit%s: %s adds", n, plural(n), map[bool]string{true: ", each by itself"}[n > 1], c.s.Key("clusters.add"))
		if next := c.next(r); next != nil && n == 1 {
			say += fmt.Sprintf(" it, due %s → %s", plain.When(r.Interview.Due, c.s.Now()), plain.When(next.one.Due, c.s.Now()))
		}
		out = append(out, widgets.In(th.Flag, say))
	}
	rest := r.Warnings[min(len(r.Review), len(r.Warnings)):]
	if n := len(r.Asks); n > 0 && n <= len(rest) && slices.Equal(rest[:n], r.Asks) { // one line for all of them
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" "+strings.ReplaceAll(strings.Join(r.Asks, "; "), ": ", " ")))
		rest = rest[n:]
	}
	for _, s := range rest {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" "+desk.Sentence(s)))
	}
	return out
}

// draw draws a row, in a few lines where there is no room for more.
func (c *screen) draw(r row, w, h int, strip bool) string {
	around, _ := c.Detail()
	if strip {
		lines := c.strip(r, around, w)
		return desk.Painted(c.s.Theme, w, lines[:min(h, len(lines))])
	}
	return c.detailView(r, around, w, h)
}

// detailView draws a row: warnings, the fortnight, what is chosen, why, and what would change.
func (c *screen) detailView(r row, around *around, w, h int) string {
	th, now := c.s.Theme, c.s.Now()
	var top []widgets.Line
	top = append(top, c.titleLine(th, r), c.dueLine(th, r, w))
	warn := c.warnings(th, r)
	if most := max(1, h/8); len(warn) > most {
		top = append(top, warn[:most-1]...)
		top = append(top, widgets.Join(warn[most-1], widgets.In(th.Muted, fmt.Sprintf("   and %d more below", len(warn)-most))))
	} else {
		top = append(top, warn...)
		warn = slices.DeleteFunc(warn, func(l widgets.Line) bool { return l.Width() <= w }) // what was cut is read below
	}
	list := c.entries()
	a := c.axis(r, w)
	names, dates := a.head(th)
	lead := strings.Repeat(" ", leadCells)
	room := w - leadCells - a.w() - 1
	top = append(top, widgets.Join(widgets.Say(lead), a.ends(th)),
		widgets.Join(widgets.Say(lead), names), widgets.Join(widgets.Say(lead), dates, widgets.Say(" "), widgets.In(th.Label, wordHeads(room))))
	rest := h - len(top) - 1
	rows := min(len(list), max(2, rest-max(3, h/3)))
	at := c.cursor(list)
	from := max(0, min(at-rows/2, len(list)-rows))
	for i := from; i < min(len(list), from+rows); i++ {
		top = append(top, list[i].line(th, a, now, w, c.inside && i == at, r.Cluster == nil))
	}
	foot := a.below(th, sign{now, "now"}, sign{c.one(r).Due.Time(), "due"})
	if rows < len(list) {
		foot = widgets.Join(foot, widgets.Say(strings.Repeat(" ", max(1, a.w()+1-foot.Width()))), widgets.In(th.Muted, fmt.Sprintf("%d–%d of %d", from+1, from+rows, len(list))))
	}
	if foot != nil {
		top = append(top, widgets.Join(widgets.Say(lead), foot))
	}
	drawn := desk.Painted(th, w, top[:min(h, len(top))])
	if left := h - len(top); left > 0 {
		c.Text.SetLines(c.below(r, around, list, warn, w, h < insideLines)...)
		drawn += "\n" + c.Text.View(th, w, left)
	}
	return drawn
}

// axis of a row: the window of those chosen begins with the first of them, the days stay where they are.
func (c *screen) axis(r row, w int) axis {
	a := newAxis(r.From, r.Until, (w-leadCells-1)*4/7)
	if out := c.out[rowID(r)]; len(out) > 0 {
		in, _ := choose(r, out)
		var first domain.Moment
		for _, m := range in {
			if s := m.Episode.MissingAt; first.IsZero() || s.Unix() < first.Unix() {
				first = s
			}
		}
		if !first.IsZero() {
			a.from = first.Time()
			a.till = domain.AddDays(a.from, c.p.Settings().Policy.ClusterWindow)
		}
	}
	return a
}

// strip is the detail in six lines: whose, what to look at, the fortnight with all episodes on one line, the due time.
func (c *screen) strip(r row, around *around, w int) []widgets.Line {
	th := c.s.Theme
	a := c.axis(r, w*7/4)
	var periods []period
	for _, e := range c.entries() {
		periods = append(periods, e.period(c.s.Now()))
	}
	names, dates := a.head(th)
	warn := c.warnings(th, r)
	lines := []widgets.Line{c.titleLine(th, r)}
	if len(warn) > 0 {
		if len(warn) > 1 {
			warn[0] = widgets.Join(warn[0], widgets.In(th.Muted, fmt.Sprintf("   and %d more", len(warn)-1)))
		}
		lines = append(lines, warn[0])
	} else if d := r.Dismissed; d != nil {
		lines = append(lines, widgets.In(th.Muted, "Dismissed by "+c.PersonAt(d.By, d.At)+": "+c.Told(d.Why)))
	}
	due := c.dueLine(th, r, w)
	if in, _ := choose(r, c.out[rowID(r)]); r.Cluster == nil && c.tooFew(r) == "" { // one key accepts: what that means stands here, too
		due = widgets.Join(widgets.In(th.Strong, fmt.Sprintf("%d interviews → 1, due %s", len(in), plain.When(c.one(r).Due, c.s.Now()))), widgets.Say("; attempts, booking, ending fall on all"))
	}
	if len(lines) == 1 {
		lines, due = append(lines, due), nil
	}
	lead := widgets.Say(" ")
	lines = append(lines, widgets.Join(lead, names), widgets.Join(lead, a.track(th, periods...)), widgets.Join(lead, dates))
	if due != nil {
		lines = append(lines[:2:2], append([]widgets.Line{due}, lines[2:]...)...)
	} else {
		lines = append(lines, widgets.In(th.Muted, r.Interview.Explain()))
	}
	return lines
}

// nothing says why there is neither cluster nor suggestion, and what would stand here.
func nothing(p *domain.Policy) []string {
	if !p.Clusters {
		return []string{"The policy makes no clusters: every episode has an interview of its own.", "Where policy clusters = true, episodes that one interview could cover are suggested here."}
	}
	return []string{
		fmt.Sprintf("No %s outstanding episodes of one child lie within %d days.", number(p.ClusterMin), p.ClusterWindow),
		"Where they do, they are suggested here as one interview: which, why they fit, when it would be due,",
		"and what accepting would change. Nothing becomes one interview until a person accepts it.",
	}
}

func number(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}
