package review

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// How the overdue interviews stand, in the order of the page's names for it.
const (
	byLateness = iota
	byWho
)

// columns are those of every list. The marked one is that which = counts.
func (c *screen) columns(int) []widgets.Column[line] {
	if c.top().numbers {
		return numberColumns()
	}
	title := func(name, s string) string {
		if c.column == name {
			return "=" + s
		}
		return s
	}
	return []widgets.Column[line]{
		{Title: title(colWhen, "When"), Min: 10, Max: 11, Cell: c.whenCell},
		{Title: title(colChild, "Child"), Min: 13, Max: 20, Cell: c.childCell},
		{Title: title(colWho, "Who"), Min: 7, Max: 9, Priority: 1, Cell: c.whoCell},
		{Title: title(colWhat, "What"), Min: 14, Cell: c.whatCell},
	}
}

// numberColumns are those of a list of numbers.
func numberColumns() []widgets.Column[line] {
	share := func(n *number) string {
		if n.of == "" {
			return ""
		}
		return n.percent("–")
	}
	return []widgets.Column[line]{
		{Title: "Value", Min: 18, Max: 30, Cell: func(th *theme.Theme, l line) widgets.Line { return widgets.In(numberStyle(th, l.num), l.num.name) }},
		{Title: "Count", Min: 5, Max: 5, Align: widgets.Right, Cell: func(th *theme.Theme, l line) widgets.Line {
			return widgets.In(numberStyle(th, l.num), fmt.Sprint(l.num.n))
		}},
		{Title: "Share", Min: 7, Max: 9, Align: widgets.Right, Priority: 1, Cell: func(th *theme.Theme, l line) widgets.Line { return widgets.In(th.Muted, share(l.num)) }},
		{Title: "", Min: 12, Cell: func(th *theme.Theme, l line) widgets.Line {
			n := l.num
			var out widgets.Line
			switch {
			case n.full:
				return widgets.Join(sparks(th, n.spark), widgets.Say(" "+n.value))
			case n.of != "":
				cells := 12
				full := int(n.share*float64(cells) + 0.5)
				out = widgets.Join(widgets.In(th.BarFill, strings.Repeat(th.Glyphs.BarFull, full)), widgets.In(th.BarEmpty, strings.Repeat(th.Glyphs.BarEmpty, cells-full)))
			}
			if n.note != "" {
				out = widgets.Join(out, widgets.In(th.Muted, " "+n.note))
			}
			return out
		}},
	}
}

func numberStyle(th *theme.Theme, n *number) theme.Style {
	if n.quiet || n.n == 0 {
		return th.Muted
	}
	return th.Strong
}

// What stands for a week that has no height.
const (
	sparkRunning = -1 // clocks still run
	sparkNone    = -2 // nobody was back
)

// sparks draw weeks as small columns of their share, full at all in time. A week whose clocks still run is a dot and one in
// which nobody was back a gap: neither looks better or worse than it is.
func sparks(th *theme.Theme, weeks []float64) widgets.Line {
	steps := th.Glyphs.Spark
	var out widgets.Line
	for _, w := range weeks {
		switch {
		case w == sparkRunning:
			out = append(out, widgets.In(th.Muted, th.Glyphs.Dot)...)
		case w == sparkNone:
			out = append(out, widgets.In(th.Muted, " ")...)
		default:
			out = append(out, widgets.In(th.Info, steps[int(w*float64(len(steps)-1)+0.5)])...)
		}
	}
	return out
}

func (c *screen) whenCell(th *theme.Theme, l line) widgets.Line {
	now := c.s.Now()
	switch {
	case l.owed != nil:
		return widgets.In(th.Overdue, plain.Span(l.owed.Late)+" over")
	case l.sign != nil:
		return widgets.In(th.Text, plain.Since(l.sign.At, now)+" ago")
	case l.soon != nil:
		return widgets.In(th.DueSoon, plain.Left(l.soon.Clock.Due, now))
	case l.asked != nil && !l.asked.Note.Open():
		return widgets.In(th.Met, th.Glyphs.Check+" "+l.asked.Note.Answer.At.Local().Format("2 Jan"))
	case l.asked != nil:
		return widgets.In(th.Text, plain.Since(l.asked.Note.At, now)+" ago")
	case l.load != nil && len(l.load.Overdue) > 0:
		return widgets.In(th.Overdue, fmt.Sprintf("%d overdue", len(l.load.Overdue)))
	case l.load != nil:
		return widgets.In(th.Muted, "0 overdue")
	case l.num != nil:
		if l.num.of == "" {
			return widgets.In(th.Muted, "none back")
		}
		return widgets.In(th.Strong, l.num.percent("–"))
	case l.row != nil && l.row.Overdue:
		return widgets.In(th.Overdue, plain.Span(l.row.Late(now))+" over")
	case l.row != nil:
		return widgets.In(th.Text, plain.Left(l.row.NextDue, now))
	case l.fu != nil:
		style := th.Text
		if l.fu.Overdue(domain.At(now)) {
			style = th.Overdue
		}
		return widgets.In(style, plain.Left(l.fu.Due, now))
	}
	return widgets.In(th.Text, c.epWhen(l.ep))
}

func (c *screen) childCell(th *theme.Theme, l line) widgets.Line {
	switch {
	case l.load != nil && l.load.Login == "":
		return widgets.In(th.Strong, "with nobody")
	case l.load != nil:
		return widgets.In(th.Strong, l.load.Name)
	case l.num != nil:
		return widgets.In(th.Strong, l.num.name)
	case l.fu != nil:
		return widgets.In(th.Strong, l.fu.ID.String())
	}
	name := widgets.In(th.Strong, c.Mask(l.child()))
	if n := len(l.rows()); n > 1 {
		name = widgets.Join(widgets.In(th.Info, fmt.Sprintf("%d× ", n)), name)
	}
	return name
}

func (c *screen) whoCell(th *theme.Theme, l line) widgets.Line {
	if l.load != nil {
		return widgets.In(th.Muted, shortRole(l.load.Role))
	}
	switch login, ok := l.who(); {
	case !ok:
		return nil
	case login == "":
		return widgets.In(th.Warning, nobody)
	default:
		return widgets.In(th.Text, c.p.First(login))
	}
}

func shortRole(r domain.Role) string {
	switch r {
	case domain.Practitioner:
		return "pract."
	case domain.Coordinator:
		return "coord."
	case domain.Supervisor:
		return "superv."
	default: // an auditor has no work
	}
	return ""
}

func (c *screen) whatCell(th *theme.Theme, l line) widgets.Line {
	now := c.s.Now()
	switch {
	case l.owed != nil:
		return c.owedWords(th, l.owed)
	case l.sign != nil:
		out := widgets.In(th.Text, signKind(l.sign))
		if l.sign.Interview != nil && l.sign.WriteUp.Due != 0 {
			out = widgets.Join(out, widgets.Say(", "), widgets.In(desk.ClockStyle(th, l.sign.WriteUp, now), "write-up "+desk.ClockWords(l.sign.WriteUp, now)))
		}
		switch {
		case c.p.Why("referral.sign_off", nil) != "":
		case l.sign.Why != "":
			out = widgets.Join(widgets.In(th.Muted, "yours; "), out)
		case l.sign.Unopened:
			out = widgets.Join(widgets.In(th.Warning, "unread; "), out)
		}
		return out
	case l.soon != nil:
		return soonWords(th, l.soon, now)
	case l.asked != nil && l.asked.Note.Open():
		return widgets.In(th.Text, c.Told(l.asked.Note.Text))
	case l.asked != nil:
		return widgets.In(th.Text, c.Told(l.asked.Note.Answer.Text))
	case l.load != nil:
		return widgets.In(th.Text, loadWords(l.load))
	case l.num != nil:
		return widgets.Join(sparks(th, l.num.spark), widgets.Say(" "+l.num.value))
	case l.row != nil:
		out := l.row.Stage.Words()
		if l.row.Booked != nil {
			out += ", " + plain.When(l.row.Booked.When, now)
		}
		return widgets.In(th.Text, out)
	case l.fu != nil:
		return widgets.In(th.Text, domain.Words(l.fu.Kind)+": "+c.Told(l.fu.Text))
	}
	out := "back " + plain.When(l.ep.Episode.ReturnedAt, now)
	if l.ep.Referral != nil {
		out += ", " + l.ep.Referral.StageOn(domain.DateOf(now)).Words()
	}
	return widgets.In(th.Text, out)
}

// owedWords say why an interview is late, whether somebody was asked, and what is arranged.
func (c *screen) owedWords(th *theme.Theme, o *view.Owed) widgets.Line {
	var out widgets.Line
	switch r := o.Reason(); {
	case r != nil:
		out = widgets.In(th.Text, reasonWords(r))
	case o.Asked != nil && o.Asked.Note.Open():
		out = widgets.In(th.Info, "asked "+plain.Since(o.Asked.Note.At, c.s.Now())+" ago, no answer")
	case o.Asked != nil:
		out = widgets.In(th.Info, "answered: "+c.Told(o.Asked.Note.Answer.Text))
	default:
		out = widgets.In(th.Warning, "no reason given")
	}
	if ref := o.Row().Referral; ref.Responsible.Elsewhere() {
		out = widgets.Join(out, widgets.In(th.Muted, ", with the "+ref.Responsible.Words()))
	}
	if b := o.Row().Booked; b != nil {
		out = widgets.Join(out, widgets.In(th.Muted, ", booked "+plain.When(b.When, c.s.Now())))
	}
	if s := o.Row().Stage; s.Waits() {
		out = widgets.Join(out, widgets.In(th.Muted, ", "+s.Task()))
	}
	return out
}

// soonWords say which clock it is, and for an interview what is arranged.
func soonWords(th *theme.Theme, b *view.Breach, now time.Time) widgets.Line {
	out := widgets.In(th.Text, domain.Words(b.Clock.Name))
	if b.Clock.Name != "interview" {
		return out
	}
	style := th.Warning
	if b.Booked == view.BookedInTime {
		style = th.Met
	}
	words := b.Booked.String()
	if k := b.Row().Booked; k != nil {
		words += ", " + plain.When(k.When, now)
	}
	return widgets.Join(out, widgets.Say(": "), widgets.In(style, words))
}

// roomWords say what fits on a day: "2 of 3 free, 4 h left"; a day on which they do not work is "away".
func roomWords(r view.Room) string {
	if r.Known && r.Left <= 0 {
		return "off"
	}
	out := fmt.Sprintf("%d of %d free", r.Free(), r.Capacity)
	if r.Known {
		out += ", " + plain.Span(r.Left) + " left"
	}
	return out
}

// roomBrief is the room of two days where there is little of it: "room 2 today, 3 tomorrow", "off today, room 3 tomorrow".
func roomBrief(l *view.Load) string {
	off := func(r view.Room) bool { return r.Known && r.Left <= 0 }
	switch {
	case off(l.Today) && off(l.Tomorrow):
		return "off today and tomorrow"
	case off(l.Today):
		return fmt.Sprintf("off today, room %d tomorrow", l.Tomorrow.Free())
	case off(l.Tomorrow):
		return fmt.Sprintf("room %d today, off tomorrow", l.Today.Free())
	}
	return fmt.Sprintf("room %d today, %d tomorrow", l.Today.Free(), l.Tomorrow.Free())
}

// loadWords are what somebody has in one line, first how much and how much room.
func loadWords(l *view.Load) string {
	parts := []string{fmt.Sprintf("%d open", len(l.Open))}
	switch {
	case l.LeftOn != 0:
		parts = append(parts, "left "+l.LeftOn.String())
	case l.Login != "":
		parts = append(parts, roomBrief(l))
	}
	for _, x := range []struct {
		n    int
		what string
	}{{len(l.Booked), "booked"}, {len(l.ToWriteUp), "to write up"}, {len(l.Submitted), "to sign off"}, {len(l.FollowUps), "to follow up"}, {len(l.Asked), "to answer"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
		if n := len(l.FollowUpsOverdue); x.what == "to follow up" && n > 0 {
			parts[len(parts)-1] += fmt.Sprintf(" (%d over)", n)
		}
	}
	return strings.Join(parts, ", ")
}
