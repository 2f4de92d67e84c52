package audit

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/lists"
	"homeward/tui/widgets"
)

// head are the lines that say who, when and what; they show no record.
func (c *screen) head(l row, w int) []widgets.Line {
	th := c.s.Theme
	title := widgets.Join(widgets.In(th.Title, l.Act), widgets.In(th.Muted, "  "+l.ID.String()))
	who := c.p.Settings().PersonAt(l.By, l.At)
	if who != l.By {
		who += " (" + l.By + ")"
	}
	if l.Role != "" {
		who += ", " + string(l.Role)
	}
	when, machine := l.At.Local().Format("Mon 2 Jan 2006 15:04:05"), ""
	if l.Machine != 0 {
		when += ", by a clock that was frozen"
		machine = l.Machine.Local().Format("Mon 2 Jan 2006 15:04:05") + ", by the machine’s clock"
	}
	happened := ""
	if l.For != 0 && l.For != l.At {
		happened = l.For.String()
	}
	var children []string
	for _, child := range l.Whose {
		children = append(children, c.named(child))
	}
	pairs := []widgets.Pair{desk.Pair("Who", who), desk.Pair("Account", l.OSUser), desk.Pair("When", when), desk.Pair("Written", machine), desk.Pair("Happened", happened),
		desk.Pair("Child", strings.Join(children, "; ")), desk.Pair("What", lists.AuditSaid(lists.Of(c.p, c.s), l)), desk.Pair("Undo", strings.Join(lists.UndoMarks(l), "; ")), desk.Pair("Given id", c.Told(l.ActID))}
	return append([]widgets.Line{title}, desk.Pairs(th, w, pairs...)...)
}

// detail is what stands about a line, with its records where they were opened.
func (c *screen) detail(l row, w int) []widgets.Line {
	if of, ok := c.Detail(); ok {
		return append(append(c.head(of, w), widgets.Line{}), c.records(of, w)...)
	}
	lines := append(c.head(l, w), widgets.Line{})
	said := c.invitation(l)
	if c.Layout == desk.DetailOnly {
		said = "Reading…"
	}
	return append(lines, widgets.In(c.s.Theme.Muted, said))
}

// invitation says what opening the line would show.
func (c *screen) invitation(l row) string {
	key := c.s.Keys.Hint("audit.open")
	switch {
	case !l.Opens():
		return "Nothing was changed: somebody read this, or took it out."
	case len(l.Whose) == 0:
		return key + " shows what it changed."
	case len(l.Records) == 1:
		return key + " shows what it changed in 1 record. That you opened the child’s record is recorded."
	}
	return fmt.Sprintf("%s shows what it changed in %d records. That you opened the child’s record is recorded.", key, len(l.Records))
}

// detailView is the line with its records, with the page to itself.

// records are the act as it was given and what it changed.
func (c *screen) records(l row, w int) []widgets.Line {
	th := c.s.Theme
	if !l.Opens() {
		return []widgets.Line{widgets.In(th.Muted, c.invitation(l))}
	}
	var out []widgets.Line
	pairs := func(list []widgets.Pair) {
		out = append(out, widgets.Pairs(th, w, list...)...)
	}
	var given []widgets.Pair
	for _, g := range l.Gives() {
		given = append(given, widgets.Pair{Label: g.Field, Value: widgets.Say(c.Told(g.Text))})
	}
	if len(given) > 0 {
		out = append(out, widgets.In(th.Group, givenTitle(l)))
		pairs(given)
		out = append(out, widgets.Line{})
	}
	for _, t := range l.Touched {
		what := "changed"
		switch {
		case t.Before == nil:
			what = "made"
		case t.After == nil:
			what = "taken away"
		}
		head := desk.Sentence(t.ID.Kind().Word()) + " " + t.ID.String() + " " + what
		if t.After != nil {
			head += fmt.Sprintf(", version %d", t.Ver)
		}
		out = append(out, widgets.In(th.Group, head))
		var list []widgets.Pair
		for _, d := range view.RecordDifferences(t) {
			list = append(list, widgets.Pair{Label: d.Field, Value: c.difference(t, d)})
		}
		if len(list) == 0 {
			out = append(out, widgets.In(th.Muted, "nothing but its version"))
		}
		pairs(list)
		out = append(out, widgets.Line{})
	}
	return out
}

// difference is one field before and after; of a record that was made or taken away only what it holds.
func (c *screen) difference(t domain.Touched, d view.Difference) widgets.Line {
	th := c.s.Theme
	was, is := c.Told(d.Was), c.Told(d.Is)
	switch {
	case t.Before == nil:
		return widgets.Say(is)
	case t.After == nil:
		return widgets.In(th.Muted, was)
	case was == "":
		return widgets.Join(widgets.In(th.Muted, "nothing → "), widgets.Say(is))
	case is == "":
		return widgets.Join(widgets.In(th.Muted, was+" → "), widgets.In(th.Warning, "nothing"))
	}
	return widgets.Join(widgets.In(th.Muted, was+" → "), widgets.Say(is))
}

// givenTitle stands over the fields of a line.
func givenTitle(l row) string {
	if l.Note {
		return "What changed"
	}
	return "As it was given"
}
