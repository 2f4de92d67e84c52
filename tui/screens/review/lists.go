package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/widgets"
)

// level is one list over which somebody came to the one they look at: the review itself, the numbers of something, the rows
// behind a number. Its lines are made anew of what was read last, so that it follows what others do.
type level struct {
	title func() string // as it is called now: names may be masked meanwhile
	lines func() []line // nil for the review itself, which has groups
	list  *widgets.List[line]

	shown   string // the title as it was when the list was arranged
	numbers bool   // it is a list of numbers
}

// top is the level that is shown.
func (c *screen) top() *level { return c.levels[len(c.levels)-1] }

// The groups of the review, by the key of their title.
const (
	groupOverdue = "overdue"
	groupSign    = "sign"
	groupSoon    = "soon"
	groupAsked   = "asked"
	groupPeople  = "people"
	groupWeeks   = "weeks"
	groupClocks  = "clocks"
)

// groupKeys are the groups in the order in which they stand.
func groupKeys() []string {
	return []string{groupOverdue, groupSign, groupSoon, groupAsked, groupPeople, groupWeeks, groupClocks}
}

// groupTitle names a group.
func groupTitle(key string) string {
	switch key {
	case groupOverdue:
		return "Overdue interviews"
	case groupSign:
		return "To sign off"
	case groupSoon:
		return "Interviews late within 24 h"
	case groupAsked:
		return "Asked"
	case groupPeople:
		return "Who has how much"
	case groupWeeks:
		return "The last twelve weeks"
	}
	return "Other clocks late within 24 h"
}

// empty says why the list that is shown has no lines.
func (c *screen) empty() string {
	if len(c.levels) > 1 {
		return "Nothing is behind this number now."
	}
	return "Nothing matches the filter; esc clears it."
}

// groups are the lines of the level that is shown.
func (c *screen) groups() []widgets.Group[line] {
	for _, v := range c.levels[1:] {
		v.shown = strings.TrimSpace(v.title())
	}
	v, keep := c.top(), c.matcher()
	kept := func(all []line) []line {
		return slices.DeleteFunc(slices.Clone(all), func(l line) bool { return !keep(l) })
	}
	if v.lines != nil {
		all := v.lines()
		v.numbers = len(all) > 0 && all[0].num != nil
		return []widgets.Group[line]{{Rows: kept(all)}}
	}
	var out []widgets.Group[line]
	for _, key := range groupKeys() {
		out = append(out, widgets.Group[line]{Key: key, Title: c.titleOf(key), Fold: true, Folded: key == groupClocks, Rows: kept(c.linesOf(key))})
	}
	return out
}

// linesOf are a group's lines.
func (c *screen) linesOf(key string) []line {
	h := c.have
	var out []line
	switch key {
	case groupOverdue:
		for i := range h.Overdue {
			out = append(out, owedLine(&h.Overdue[i]))
		}
		if c.Order == byWho {
			slices.SortStableFunc(out, func(a, b line) int { return cmp.Compare(c.value(&a, colWho), c.value(&b, colWho)) })
		}
	case groupSign:
		for i := range h.SignOff {
			out = append(out, signLine(&h.SignOff[i]))
		}
	case groupSoon, groupClocks:
		for i := range h.Soon {
			if (h.Soon[i].Clock.Name == "interview") == (key == groupSoon) {
				out = append(out, soonLine(&h.Soon[i]))
			}
		}
	case groupAsked:
		for _, list := range [][]view.Question{h.Asked, h.Answered} {
			for i := range list {
				out = append(out, askedLine(&list[i]))
			}
		}
	case groupPeople:
		for i := range h.People {
			if l := &h.People[i]; worthALine(l) {
				out = append(out, line{id: "person " + l.Login, load: l})
			}
		}
	case groupWeeks:
		for i, n := range c.measureNumbers() {
			out = append(out, line{id: fmt.Sprint("measure ", i), num: n})
		}
	}
	return out
}

// worthALine leaves out who is no practitioner and has nothing: whose room nobody plans with.
func worthALine(l *view.Load) bool {
	return l.Role == domain.Practitioner || len(l.Open)+len(l.Booked)+len(l.ToWriteUp)+len(l.Submitted)+len(l.FollowUps)+len(l.Asked) > 0
}

func owedLine(o *view.Owed) line { return line{id: o.Row().Referral.ID.String() + " late", owed: o} }
func signLine(s *view.ToSign) line {
	return line{id: s.Row().Referral.ID.String() + " sign", sign: s}
}
func askedLine(q *view.Question) line { return line{id: q.ID(), asked: q} }
func soonLine(b *view.Breach) line {
	return line{id: b.Row().Referral.ID.String() + " " + b.Clock.Name, soon: b}
}

func rowLines(rows []*view.QueueRow) []line {
	var out []line
	for _, r := range rows {
		out = append(out, line{id: r.Referral.ID.String(), row: r})
	}
	return out
}

// episodes counts the referrals of several lines.
func episodes(lines []line) int {
	n := 0
	for i := range lines {
		n += len(lines[i].rows())
	}
	return n
}

// titleOf heads a group: how many, and what one asks first about them.
func (c *screen) titleOf(key string) widgets.Line {
	th, h := c.s.Theme, c.have
	lines := c.linesOf(key)
	style, more := th.Group, ""
	add := func(format string, args ...any) { more += " " + th.Glyphs.Dot + " " + fmt.Sprintf(format, args...) }
	switch key {
	case groupOverdue:
		style = th.Overdue
		if n := episodes(lines); n != len(lines) {
			more = fmt.Sprintf(", %d episodes", n)
		}
		for _, b := range slices.Backward(view.Bands()) {
			if n := countOf(h.Overdue, func(o *view.Owed) bool { return o.Band() == b }); n > 0 {
				add("%s: %d", b.Short(), n)
			}
		}
	case groupSign:
		own := countOf(h.SignOff, func(s *view.ToSign) bool { return s.Why != "" })
		if own > 0 && c.p.Why("referral.sign_off", nil) == "" {
			add("%d not yours to sign", own)
		}
	case groupSoon:
		add("booked in time: %d", countOf(h.Soon, func(b *view.Breach) bool {
			return b.Clock.Name == "interview" && b.Booked == view.BookedInTime
		}))
	case groupClocks:
		for _, name := range view.SoonClocks()[1:] {
			if n := countOf(h.Soon, func(b *view.Breach) bool { return b.Clock.Name == name }); n > 0 {
				add("%s: %d", domain.Words(name), n)
			}
		}
	case groupAsked:
		return widgets.Join(widgets.In(style, fmt.Sprintf("Asked %d", len(h.Asked))), widgets.In(th.Muted, fmt.Sprintf(" %s answered within a week: %d", th.Glyphs.Dot, len(h.Answered))))
	case groupPeople:
		return widgets.In(style, groupTitle(key))
	case groupWeeks:
		return widgets.Join(widgets.In(style, groupTitle(key)), widgets.In(th.Muted, c.weeksNote()))
	}
	return widgets.Join(widgets.In(style, fmt.Sprintf("%s %d", groupTitle(key), len(lines))), widgets.In(th.Muted, more))
}

func countOf[T any](list []T, is func(*T) bool) int {
	n := 0
	for i := range list {
		if is(&list[i]) {
			n++
		}
	}
	return n
}
