package followups

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// How rows stand within their group, in the order of the page's names for it.
const (
	byDue = iota
	byChild
	byOwner
	byKind
)

// groups are the rows that are shown, as the list shows them.
func (c *screen) groups() []widgets.Group[row] {
	th, now := c.s.Theme, c.s.Now()
	keep, me := matcher(c.Filter.Value(), c.Person), c.p.Actor().Login
	kept := map[view.FollowUpPart][]row{}
	for _, list := range [][]view.FollowUpRow{c.have.open, c.have.ended} {
		for i := range list {
			if r := &list[i]; (c.everyone() || r.Mine(me)) && keep(r) {
				kept[r.Part(now)] = append(kept[r.Part(now)], r)
			}
		}
	}
	var out []widgets.Group[row]
	for part := view.PartUrgent; part <= view.PartEnded; part++ {
		rows := kept[part]
		if len(rows) == 0 {
			continue
		}
		slices.SortStableFunc(rows, func(a, b row) int {
			switch c.Order {
			case byChild:
				return desk.ByName(a.Child, b.Child)
			case byOwner:
				return cmp.Compare(c.Person(a.FollowUp.Owner), c.Person(b.FollowUp.Owner))
			case byKind:
				return cmp.Compare(a.FollowUp.Kind, b.FollowUp.Kind)
			}
			return 0 // as they were read
		})
		style := th.Group
		switch part {
		case view.PartUrgent:
			style = th.Urgent
		case view.PartOverdue:
			style = th.Overdue
		default: // as any group
		}
		title := desk.GroupTitle(th, style, part.Title(), len(rows))
		fold := part == view.PartEnded
		if fold {
			title = widgets.Join(title, widgets.In(th.Muted, ", of the last four weeks"))
		}
		out = append(out, widgets.Group[row]{Key: part.Title(), Title: title, Fold: fold, Folded: fold, Rows: rows})
	}
	return out
}

// columns are the list's.
func (c *screen) columns(int) []widgets.Column[row] {
	quiet := func(th *theme.Theme, r row, style theme.Style) theme.Style {
		if !r.FollowUp.Open() {
			return th.Muted
		}
		return style
	}
	return []widgets.Column[row]{
		{Title: "Due", Min: 10, Max: 11, Cell: c.dueCell},
		{Title: "Child", Min: 12, Max: 20, Cell: func(th *theme.Theme, r row) widgets.Line {
			return widgets.In(quiet(th, r, th.Strong), c.Mask(r.Child))
		}},
		{Title: "Kind", Min: 8, Max: 12, Cell: func(th *theme.Theme, r row) widgets.Line {
			return widgets.In(quiet(th, r, th.Text), shortKind(r.FollowUp.Kind))
		}},
		{Title: "Owner", Min: 7, Max: 9, Priority: 1, Cell: func(th *theme.Theme, r row) widgets.Line {
			style := th.Text
			if r.FollowUp.Owner == c.p.Actor().Login {
				style = th.Muted // one's own name needs no reading
			}
			return widgets.In(quiet(th, r, style), c.p.First(r.FollowUp.Owner))
		}},
		{Title: "What", Min: 14, Cell: func(th *theme.Theme, r row) widgets.Line {
			f, marks := r.FollowUp, c.marks(th, r)
			if len(marks) > 0 {
				marks = append(marks, widgets.Say("; ")...)
			}
			switch {
			case f.Dropped != nil:
				return widgets.Join(marks, widgets.In(th.Muted, c.Told(f.Dropped.Why)))
			case f.DoneAt != 0:
				return widgets.Join(marks, widgets.In(th.Muted, c.Told(f.Found)))
			}
			return widgets.Join(marks, widgets.In(th.Text, c.Told(f.Text)))
		}},
	}
}

// dueCell says how long there is, or what became of it.
func (c *screen) dueCell(th *theme.Theme, r row) widgets.Line {
	f, now := r.FollowUp, c.s.Now()
	day := func(m domain.Moment) string { return m.Local().Format("2 Jan") }
	switch {
	case f.Dropped != nil:
		return widgets.In(th.Muted, "drop "+day(f.Dropped.At))
	case f.DoneAt != 0:
		return widgets.In(th.Muted, th.Glyphs.Check+" "+day(f.DoneAt))
	case f.Kind == domain.FollowUrgent:
		return widgets.In(th.Urgent, plain.Since(f.At, now)+" ago")
	}
	return widgets.In(dueStyle(th, r, c), plain.Left(f.Due, now))
}

// dueStyle is the look of a due time: over, today, later.
func dueStyle(th *theme.Theme, r row, c *screen) theme.Style {
	switch r.Part(c.s.Now()) {
	case view.PartUrgent:
		return th.Urgent
	case view.PartOverdue:
		return th.Overdue
	case view.PartToday:
		return th.DueSoon
	default: // later, or over
	}
	return th.Text
}

// marks say what is special about a row: its due time was missed or moved, somebody was tried, the child is gone again.
func (c *screen) marks(th *theme.Theme, r row) widgets.Line {
	var out []widgets.Line
	say := func(style theme.Style, s string) { out = append(out, widgets.In(style, s)) }
	f := r.FollowUp
	if f.Open() && r.MissingNow != 0 {
		say(th.Overdue, "missing again")
	}
	if words := missedWords(r); words != "" {
		say(th.Warning, words)
	}
	if n, _ := domain.Counts(f.Attempts); n > 0 {
		say(th.Muted, fmt.Sprintf("tried %d×", n))
	}
	return desk.Commas(out...)
}

// missedWords say that a due time passed or was moved; "" where neither shows more than the due time itself: one that is
// overdue says so already.
func missedWords(r row) string {
	f, missed := r.FollowUp, r.Missed
	if f.Open() {
		missed = f.Missed(f.Due) // an earlier due time than the one in force
	}
	var words []string
	if missed {
		words = append(words, "missed")
	}
	if len(f.Redates) > 0 {
		words = append(words, "re-dated")
	}
	return strings.Join(words, ", ")
}

// shortKind is a kind in words short enough for a list.
func shortKind(kind string) string {
	switch kind {
	case "risk_assessment":
		return "risk assess."
	case "professional":
		return "profess."
	case "intelligence":
		return "intelligence"
	}
	return domain.Words(kind)
}
