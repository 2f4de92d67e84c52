package timeline

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// View draws the page.
func (v *screen) View(w, h int) string {
	th := v.s.Theme
	switch {
	case v.err != nil:
		return widgets.Fit(widgets.In(th.Error, " The timeline could not be read: "+v.err.Error()).Paint(th, w), w, h)
	case v.child == 0:
		return widgets.Fit(v.prompt(w), w, h)
	case v.st == nil:
		return widgets.Fit(widgets.In(th.Muted, " Reading the timeline…").Paint(th, w), w, h)
	}
	head := v.head(w, h >= tall)
	if v.full {
		head = v.head(w, true) // with the rules of the alerts in full
		v.detail.SetLines(v.focusLines(w - 2)...)
		return widgets.Fit(paintAll(th, head, w)+widgets.Rule(th, w, "")+"\n"+v.detail.View(th, w, h-len(head)-1), w, h)
	}
	pl := planFor(w, h, len(head))
	var b strings.Builder
	b.WriteString(paintAll(th, head[:pl.head], w))
	if pl.title {
		b.WriteString(widgets.Rule(th, w, v.windowWords()) + "\n")
	}
	b.WriteString(paintAll(th, v.drawAxis(pl, w), w))
	if pl.legend {
		b.WriteString(legend(th, glyphsOf(th)).Paint(th, w) + "\n")
	}
	if pl.rule {
		b.WriteString(widgets.Rule(th, w, fmt.Sprintf("%s, %d", desk.Sentence(v.view.String()), len(v.rows))) + "\n")
	}
	b.WriteString(v.lower(pl, w))
	return widgets.Fit(b.String(), w, h)
}

// lower is the list with the focused entry beside or below it.
func (v *screen) lower(pl plan, w int) string {
	th := v.s.Theme
	if pl.beside {
		left := listWidth(w)
		lines := v.focusLines(w - left - 2)
		for i := range lines {
			lines[i] = widgets.Join(widgets.Say(" "), lines[i])
		}
		if len(lines) > pl.list {
			lines = append(lines[:max(0, pl.list-1)], widgets.In(th.Muted, " "+th.Glyphs.Down+" more: enter"))
		}
		right := strings.TrimSuffix(paintAll(th, lines, w-left-1), "\n")
		return widgets.Beside(th, pl.list, v.listView(left, pl.list), widgets.Fit(right, w-left-1, pl.list))
	}
	out := v.listView(w, pl.list)
	if pl.detail > 0 {
		out += "\n" + widgets.Rule(th, w, "") + "\n"
		lines := v.focusLines(w - 1)
		out += paintAll(th, lines[:min(len(lines), pl.detail-1)], w)
	}
	return out
}

func paintAll(th *theme.Theme, lines []widgets.Line, w int) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Paint(th, w) + "\n")
	}
	return b.String()
}

// windowWords names what the axis shows.
func (v *screen) windowWords() string {
	a := v.axis()
	unit := map[kind]string{minutes: "min", hours: "h", days: "days", months: "months"}[a.unit.kind]
	n := a.unit.n
	switch {
	case a.unit.kind == minutes && n == 60:
		n, unit = 1, "h"
	case n == 1:
		unit = strings.TrimSuffix(unit, "s")
	}
	return fmt.Sprintf("%s: %s to %s, a column is %d %s", longWords(a.end()-a.begin()), local(a.begin()).Format("2 Jan 2006"), local(a.end()-1).Format("2 Jan 2006"), n, unit)
}

// longWords is a length of time in the largest part that says it well.
func longWords(seconds int64) string {
	for _, x := range []struct {
		least, part int64
		name        string
	}{{2 * 365, 365, "years"}, {60, 30, "months"}, {21, 7, "weeks"}, {2, 1, "days"}} {
		if seconds >= x.least*daySeconds {
			return fmt.Sprintf("%d %s", (seconds+x.part*daySeconds/2)/(x.part*daySeconds), x.name)
		}
	}
	return fmt.Sprintf("%d hours", (seconds+1800)/3600)
}

// head says whose timeline it is: what to be careful of first, then who and where, how often, which alerts hold.
func (v *screen) head(w int, roomy bool) []widgets.Line {
	th, c := v.s.Theme, v.st.child
	var out []widgets.Line
	if t := v.warning(); t != "" {
		lines := widgets.WrapLine(widgets.In(th.Warning, " "+th.Glyphs.Warn+" "+t), w)
		if !roomy {
			lines = lines[:1]
			if len(widgets.WrapLine(widgets.In(th.Warning, " "+th.Glyphs.Warn+" "+t), w)) > 1 {
				lines[0] = widgets.In(th.Warning, " "+th.Glyphs.Warn+" "+t) // painting cuts it with an ellipsis
			}
		}
		out = append(out, lines[:min(len(lines), 3)]...)
	}
	name := widgets.Join(widgets.Say(" "), widgets.In(th.Title, desk.Mask(v.s, c)))
	if c.KnownAs != "" && !v.s.MaskNames {
		name = widgets.Join(name, widgets.Say(" “"+c.KnownAs+"”"))
	}
	if c.Died != nil {
		name = widgets.Join(name, widgets.In(th.Warning, " died "+c.Died.On.String()))
	}
	about := desk.AgeWords(c, v.s.Now())
	if !v.s.MaskNames {
		about = append(about, c.ShownRef())
	}
	name = widgets.Join(name, widgets.In(th.Muted, "  "+strings.Join(about, ", ")+"   "), v.where())
	if c.Placement != "" && !v.s.MaskNames {
		name = widgets.Join(name, widgets.In(th.Muted, "   "+c.Placement))
	}
	out = append(out, name, v.counts(w))
	if len(v.st.alerts) > 0 {
		var said []string
		for _, a := range v.st.alerts {
			switch name := domain.Words(a.Rule.Name); {
			case roomy:
				said = append(said, domain.Words(a.Rule.Name)+": "+a.Explain)
			case a.Rule.Days > 0:
				said = append(said, fmt.Sprintf("%s: %d", name, len(a.Episodes)))
			default:
				said = append(said, name)
			}
		}
		out = append(out, v.wrapped("Alerts", th.Flag, strings.Join(said, " "+th.Glyphs.Dot+" "), w, roomy)...)
	} else if roomy {
		out = append(out, widgets.Join(widgets.In(th.Label, " Alerts    "), widgets.In(th.Muted, "none in force")))
	}
	if len(v.st.alike) > 0 {
		var said []string
		for _, x := range v.st.alike {
			who := x.Child.Name() + ", " + x.Child.ShownRef()
			if v.s.MaskNames {
				who = x.Child.Masked()
			}
			said = append(said, "may be "+who+": "+x.Why)
		}
		out = append(out, v.wrapped("Twin?", th.Flag, strings.Join(said, " "+th.Glyphs.Dot+" "), w, roomy)...)
	}
	return out
}

// wrapped is a label with a text that may take two lines where there is room.
func (v *screen) wrapped(name string, style theme.Style, text string, w int, roomy bool) []widgets.Line {
	l := widgets.In(style, text)
	lead := widgets.In(v.s.Theme.Label, fmt.Sprintf(" %-9s ", name))
	parts := widgets.WrapLine(l, w-lead.Width())
	if !roomy || len(parts) < 2 {
		return []widgets.Line{widgets.Join(lead, l)}
	}
	return []widgets.Line{widgets.Join(lead, parts[0]), widgets.Join(widgets.Say(strings.Repeat(" ", lead.Width())), parts[1])}
}

// warning is what stands above everything that is done with the child.
func (v *screen) warning() string {
	k := &v.st.child.Card
	var all []string
	if d := v.st.child.Died; d != nil {
		return "Died " + d.On.Start().In(domain.London()).Format("Mon 2 Jan 2006")
	}
	if k.DoNotContact != "" {
		all = append(all, "Do not contact: "+k.DoNotContact)
	}
	all = append(all, domain.Standing(k.Warnings)...)
	if len(all) > 0 && v.s.MaskNames {
		return "there is a warning on the card"
	}
	return strings.Join(all, " "+v.s.Theme.Glyphs.Dot+" ")
}

// where says where the child is now.
func (v *screen) where() widgets.Line {
	th, now := v.s.Theme, v.s.Now()
	if e := v.st.missing(domain.DateOf(v.s.Now())); e != nil {
		say := "Missing now"
		if e.FoundNotBack() {
			say = "Found, not back"
		}
		say += ", " + plain.Span(now.Sub(e.MissingAt.Time()))
		if e.Risk != "" {
			say += ", " + domain.Words(e.Risk) + " risk"
		}
		say += ", since " + desk.When(e.MissingAt, now)
		return widgets.In(th.Overdue, say)
	}
	var back domain.Moment
	for _, e := range v.st.episodes {
		if e.ReturnedAt.Unix() > back.Unix() && e.DuplicateOf == 0 {
			back = e.ReturnedAt
		}
	}
	if back.IsZero() {
		return widgets.In(th.Muted, "not missing")
	}
	return widgets.In(th.Text, "Back since "+desk.When(back, now))
}

// counts is how often the child went missing: by start in the windows of the alerts, duplicates left out.
func (v *screen) counts(w int) widgets.Line {
	th := v.s.Theme
	muted := func(s string) widgets.Line { return widgets.In(th.Muted, s) }
	line := widgets.In(th.Label, " Episodes  ")
	list := view.CountEpisodes(v.s.Now(), v.st.spans, 30, 90, 365)
	year := list[len(list)-1]
	days, history := "days", "history"
	if w < 100 {
		days, history = "d", "hist"
	}
	for _, c := range list {
		line = widgets.Join(line, widgets.In(th.Strong, fmt.Sprint(c.Episodes)), widgets.In(th.Text, fmt.Sprintf(" in %d %s", c.Days, days)))
		switch {
		case c.History == 0 || year.History == year.Episodes && c.Days < year.Days:
		case year.History == year.Episodes:
			line = widgets.Join(line, muted(", all "+history))
		default:
			line = widgets.Join(line, muted(fmt.Sprintf(" (%d %s)", c.History, history)))
		}
		line = widgets.Join(line, muted(" "+th.Glyphs.Dot+" "))
	}
	n, doubled := 0, 0
	var first domain.Moment
	for _, s := range v.st.spans {
		if s.Duplicate {
			doubled++
			continue
		}
		if n++; n == 1 {
			first = s.Start
		}
	}
	line = widgets.Join(line, widgets.In(th.Strong, fmt.Sprint(n)), widgets.In(th.Text, " in all"))
	for _, more := range []struct {
		say  bool
		text string
	}{{doubled > 0, fmt.Sprintf(" and %d duplicate", doubled)}, {n > 0, ", since " + first.Local().Format("2 Jan 2006")}} {
		if more.say && line.Width()+len(more.text) <= w {
			line = widgets.Join(line, muted(more.text))
		}
	}
	return line
}
