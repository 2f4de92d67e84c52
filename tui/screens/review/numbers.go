package review

import (
	"cmp"
	"fmt"
	"slices"

	"homeward/domain"
)

// counted makes a number of its lines.
func counted(name string, lines []line) *number {
	return &number{name: name, value: fmt.Sprint(len(lines)), n: len(lines), lines: func() []line { return lines }}
}

// numberLines are numbers as lines; a number is known by its name.
func numberLines(list []*number) []line {
	var out []line
	for _, n := range list {
		out = append(out, line{id: "number " + cmp.Or(n.key, n.name), num: n})
	}
	return out
}

// groupNumbers are the figures of a group, each with its list.
func (c *screen) groupNumbers(key string) []*number {
	lines := c.linesOf(key)
	switch key {
	case groupWeeks:
		return c.measureNumbers()
	case groupPeople:
		return c.personNumbers(c.teamLoad())
	}
	out := []*number{counted("all of them", lines)}
	for _, column := range []string{colWhen, colWho, colWhat} {
		out = append(out, c.countBy(lines, column)...)
	}
	return out
}

// countBy counts lines by a column: each value with how many have it, the most first.
func (c *screen) countBy(lines []line, column string) []*number {
	by := map[string][]line{}
	var order []string
	for _, l := range lines {
		k := cmp.Or(c.value(&l, column), "not said")
		if of := l.child(); column == colChild && of != nil {
			k = of.ID.String() // two may have one name, and names may be masked meanwhile
		}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], l)
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(len(by[b]), len(by[a])) })
	var out []*number
	for _, k := range order {
		n := counted(cmp.Or(c.value(&by[k][0], column), "not said"), by[k])
		n.key, n.share, n.of = column+" "+k, float64(len(by[k]))/float64(len(lines)), fmt.Sprintf("of %d", len(lines))
		out = append(out, n)
	}
	return out
}

// percent says a share; of one in which clocks still run from where to where it can come.
func (n *number) percent(sep string) string {
	if n.most > n.share {
		return fmt.Sprintf("%.0f%s%.0f %%", n.share*100, sep, n.most*100)
	}
	return fmt.Sprintf("%.0f %%", n.share*100)
}

// loadOf finds a load by login; nil where nothing is theirs any more.
func (c *screen) loadOf(login string) *view.Load {
	for i := range c.have.People {
		if c.have.People[i].Login == login {
			return &c.have.People[i]
		}
	}
	return nil
}

// teamLoad is what all of them have together, what is with nobody too.
func (c *screen) teamLoad() *view.Load {
	var out view.Load
	for i := range c.have.People {
		l := &c.have.People[i]
		out.Open, out.Interviews = append(out.Open, l.Open...), out.Interviews+l.Interviews
		out.Overdue, out.Booked = append(out.Overdue, l.Overdue...), append(out.Booked, l.Booked...)
		out.ToWriteUp, out.Submitted = append(out.ToWriteUp, l.ToWriteUp...), append(out.Submitted, l.Submitted...)
		out.FollowUps, out.FollowUpsOverdue = append(out.FollowUps, l.FollowUps...), append(out.FollowUpsOverdue, l.FollowUpsOverdue...)
		out.Asked = append(out.Asked, l.Asked...)
	}
	return &out
}

// personNumbers are what somebody has, each with its list; none where nothing is theirs any more.
func (c *screen) personNumbers(l *view.Load) []*number {
	if l == nil {
		return nil
	}
	owed := make([]line, len(l.Overdue))
	for i, o := range l.Overdue {
		owed[i] = owedLine(o)
	}
	out := []*number{counted("interviews overdue", owed)}
	for _, b := range slices.Backward(view.Bands()) {
		if list := slices.DeleteFunc(slices.Clone(owed), func(x line) bool { return x.owed.Band() != b }); len(list) > 0 {
			out = append(out, counted("  "+b.String(), list))
		}
	}
	open := counted("open referrals", rowLines(l.Open))
	if l.Interviews != len(l.Open) {
		open.note = fmt.Sprintf("for %d interviews", l.Interviews)
	}
	out = append(out, open, counted("booked within 7 days", rowLines(l.Booked)), counted("to write up", rowLines(l.ToWriteUp)),
		counted("waiting for sign-off", rowLines(l.Submitted)), counted("follow-ups open", c.followUpLines(l.FollowUps)),
		counted("follow-ups overdue", c.followUpLines(l.FollowUpsOverdue)))
	var asked []line
	for i := range l.Asked {
		asked = append(asked, askedLine(&l.Asked[i]))
	}
	return append(out, counted("questions open", asked))
}

func (c *screen) followUpLines(list []*domain.FollowUp) []line {
	var out []line
	for _, f := range list {
		out = append(out, line{id: f.ID.String(), fu: f})
	}
	return out
}

// measureTitles name the measures of the weeks, in their order.
func measureTitles() []string {
	return []string{"contact in time", "72 h of return", "interview in time"}
}

// measureNumbers are the figures of all twelve weeks, one a measure.
func (c *screen) measureNumbers() []*number {
	if len(c.weeks) == 0 {
		return nil
	}
	var out []*number
	for m, title := range measureTitles() {
		sum := view.Together(c.weeks, m)
		n := figureOf(title, sum)
		for _, w := range c.weeks {
			n.spark = append(n.spark, sparkOf(w.Measures[m]))
		}
		n.lines = func() []line { return numberLines(c.weekNumbers(m)) }
		out = append(out, n)
	}
	return out
}

// sparkOf is the height of a week: its share once no clock of it runs any more.
func sparkOf(t view.Timeliness) float64 {
	share, ok := t.Share()
	switch {
	case !ok:
		return sparkNone
	case !t.Settled():
		return sparkRunning
	}
	return share
}

// figureOf is a measure as a number.
func figureOf(name string, t view.Timeliness) *number {
	n := &number{name: name, value: t.Words(), n: t.Of(), note: t.Rule, full: true}
	if share, ok := t.Share(); ok {
		n.share, n.most, n.of = share, float64(len(t.InTime)+len(t.Running))/float64(t.Of()), "of those back"
	}
	if k := len(t.NotRequired); k > 0 {
		n.value += fmt.Sprintf(" (%d of %d required)", len(t.InTime), t.Required())
	}
	return n
}

// weekNumbers are the weeks of one measure, the newest first, each with its parts behind it; then all of them together.
func (c *screen) weekNumbers(m int) []*number {
	var out []*number
	for _, w := range slices.Backward(c.weeks) {
		n := figureOf(view.ISOWeek(w.Monday)+"  from "+w.Monday.Start().In(domain.London()).Format("2 Jan"), w.Measures[m])
		n.spark = []float64{sparkOf(w.Measures[m])}
		monday := w.Monday
		n.lines = func() []line {
			for _, w := range c.weeks {
				if w.Monday == monday {
					return numberLines(partNumbers(&w.Measures[m]))
				}
			}
			return nil
		}
		out = append(out, n)
	}
	if len(c.weeks) > 0 {
		n := figureOf("all twelve weeks", view.Together(c.weeks, m))
		n.lines = func() []line { sum := view.Together(c.weeks, m); return numberLines(partNumbers(&sum)) }
		out = append(out, n)
	}
	return out
}

// partNumbers are the parts a figure is made of. Those in no figure stand last and say so.
func partNumbers(t *view.Timeliness) []*number {
	var out []*number
	for _, p := range t.Parts() {
		if len(p.Episodes) == 0 && !p.Counted {
			continue
		}
		var lines []line
		for _, e := range p.Episodes {
			lines = append(lines, line{id: e.ID.String(), ep: e})
		}
		n := counted(p.Name, lines)
		switch {
		case !p.Counted:
			n.note, n.quiet = "in no figure", true
		case t.Of() > 0:
			n.share, n.of = float64(n.n)/float64(t.Of()), fmt.Sprintf("of %d", t.Of())
		}
		out = append(out, n)
	}
	return out
}
