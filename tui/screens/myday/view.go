package myday

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/keymap"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// build arranges the day for the list. The groups' titles are painted by it.
func (c *screen) build() {
	th := c.s.Theme
	c.painted = th
	var groups []widgets.Group[line]
	for i := range c.day.Lines {
		l := &c.day.Lines[i]
		if n := len(groups); n == 0 || groups[n-1].Key != l.Part.Title() {
			groups = append(groups, widgets.Group[line]{Key: l.Part.Title()})
		}
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, l)
	}
	for i := range groups {
		g := &groups[i]
		style := th.Group
		if g.Key == view.DayUrgent.Title() {
			style = th.Urgent
		}
		g.Title = widgets.Join(widgets.In(style, g.Key), widgets.In(th.Muted, fmt.Sprintf(" %d", len(g.Rows))))
		if g.Key == view.DayChanged.Title() {
			say := ", since " + plain.When(c.day.Since, c.s.Now())
			if c.day.More > 0 {
				say += fmt.Sprintf("; the newest of %d", len(g.Rows)+c.day.More)
			}
			g.Title = widgets.Join(g.Title, widgets.In(th.Muted, say))
		}
	}
	c.list.SetGroups(groups)
}

// View draws the page.
func (c *screen) View(w, h int) string {
	th := c.s.Theme
	switch {
	case c.err != nil:
		return widgets.Fit(desk.Notice(th, w, "Your day could not be read.", c.err.Error()), w, h)
	case c.day == nil:
		return widgets.Fit(desk.Notice(th, w, "Reading your day…"), w, h)
	case c.bare():
		drafts := c.unfinished()
		out := widgets.Fit(desk.Notice(th, w, "Nothing is before you today.",
			"Visits and calls of your referrals, records to write up, follow-ups due, notes to you and what others change on your rows stand here.",
			c.s.Key(keymap.Tab+"1")+" shows the queue, "+c.s.Keys.Hint("work.followups")+" everyone’s follow-ups."), w, h-len(drafts))
		return out + c.below(w, drafts)
	}
	if c.painted != th {
		c.build()
	}
	c.list.SetColumns(c.columns(w)...)
	p := c.panes(w, h)
	out := widgets.Fit(c.list.View(th, w, p.List.H), w, p.List.H) + "\n" + widgets.Rule(th, w, "") + "\n" + widgets.Fit(c.detail(w, p.Detail.H), w, p.Detail.H)
	return out + c.below(w, c.unfinished())
}

// below is the lines below the page.
func (c *screen) below(w int, lines []widgets.Line) string {
	out := ""
	for _, l := range lines {
		out += "\n" + widgets.Join(widgets.Say(" "), l).Paint(c.s.Theme, w)
	}
	return out
}

// bare says that the day was read and nothing is in it.
func (c *screen) bare() bool { return c.day != nil && len(c.day.Lines) == 0 }

// unfinished names what this person typed and did not save, and the key that goes on with it.
func (c *screen) unfinished() []widgets.Line {
	out := c.p.UnfinishedLines(c.s, 3)
	if len(out) > 0 {
		out = append(out, widgets.In(c.s.Theme.Muted, c.s.Key("work.drafts")+" goes on with it"))
	}
	return out
}

// panes shares the page between list and detail.
func (c *screen) panes(w, h int) desk.Panes {
	h -= len(c.unfinished())
	return desk.Below(w, h, min(detailLines, h/3))
}

// detailLines is the height of the lines about the focused one.
const detailLines = 8

func (c *screen) columns(w int) []widgets.Column[line] {
	nameMost := 16
	if w >= 100 {
		nameMost = 24
	}
	return []widgets.Column[line]{
		{Title: "When", Min: 12, Max: 16, Cell: c.when},
		{Title: "Child", Min: 12, Max: nameMost, Cell: func(th *theme.Theme, l line) widgets.Line {
			return widgets.In(th.Strong, desk.Mask(c.s, l.Child))
		}},
		{Title: "What", Min: 20, Cell: func(th *theme.Theme, l line) widgets.Line {
			return widgets.Join(c.marks(th, l), c.what(th, l))
		}},
	}
}

// when is the time of a line in the words that matter for its part.
func (c *screen) when(th *theme.Theme, l line) widgets.Line {
	now := c.s.Now()
	clock := l.At.Local().Format("15:04")
	if l.At.Date() != domain.DateOf(now) {
		clock = plain.When(l.At, now)
	}
	switch l.Part {
	case view.DayUrgent:
		return widgets.In(th.Urgent, plain.Since(l.FollowUp.At, now)+" ago")
	case view.DayAsk:
		return widgets.In(th.DueSoon, clock)
	case view.DayRing:
		if l.At.Unix() <= now.Unix() {
			return widgets.In(th.DueSoon, clock+" late")
		}
		return widgets.In(th.Text, clock)
	case view.DayOwed:
		return widgets.In(desk.ClockStyle(th, l.Clock, now), desk.ClockWords(l.Clock, now))
	case view.DayWriteUp, view.DaySentBack:
		return widgets.In(desk.ClockStyle(th, l.WriteUp, now), desk.ClockWords(l.WriteUp, now))
	case view.DayFollowUp:
		style := th.DueSoon
		if l.FollowUp.Overdue(domain.At(now)) {
			style = th.Overdue
		}
		return widgets.In(style, plain.Left(l.At, now))
	case view.DayAnswer:
		return widgets.In(th.DueSoon, clock)
	case view.DayNote, view.DayChanged:
		return widgets.In(th.Muted, clock)
	default: // what is to be done, in words
	}
	return widgets.In(th.Text, clock)
}

// marks warn before what is to be done: a warning on the card, the child gone again.
func (c *screen) marks(th *theme.Theme, l line) widgets.Line {
	var out widgets.Line
	switch l.Part {
	case view.DayAnswer, view.DayNote, view.DayChanged:
		return nil
	default: // about a child
	}
	if n := len(desk.Warnings(th, l.Child)); n > 0 {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" ")...)
	}
	if l.MissingNow != 0 {
		out = append(out, widgets.In(th.Overdue, "missing again ")...)
	}
	return out
}

// what is to be done, or was said.
func (c *screen) what(th *theme.Theme, l line) widgets.Line {
	switch l.Part {
	case view.DayVisit, view.DayAsk:
		s := "visit"
		if l.Booking.Place != "" {
			s += " at " + c.told(l.Booking.Place)
		} else if l.Booking.PlaceKind != "" {
			s += " at " + domain.Words(l.Booking.PlaceKind)
		}
		line := widgets.Say(s)
		if a := l.Booking.Agreed; a != nil && *a {
			line = widgets.Join(line, widgets.In(th.Met, ", agreed"))
		} else {
			line = widgets.Join(line, widgets.In(th.DueSoon, ", not agreed yet"))
		}
		if who := l.Booking.Interviewer; who != c.p.Actor().Login && who != "" {
			line = widgets.Join(line, widgets.In(th.Info, ", with "+c.person(who)))
		}
		return c.falls(th, line, l)
	case view.DayRing:
		s := "ring again"
		if a := last(l.Referral.Attempts); a != nil {
			s += ": " + domain.Words(a.Result) + " (" + domain.Words(a.With) + ", " + plain.When(a.At, c.s.Now()) + ")"
		}
		return c.falls(th, widgets.Say(s), l)
	case view.DayOwed:
		return c.falls(th, widgets.Say(l.Clock.Name), l)
	case view.DayDecide:
		if l.Interview != nil {
			return c.falls(th, widgets.Say("record to sign off, submitted by "+c.person(l.Interview.SubmittedBy)), l)
		}
		as, by := l.Referral.Pending()
		return c.falls(th, widgets.Say(as.Words()+" to approve, decided by "+c.person(by)), l)
	case view.DaySentBack:
		b := l.Interview.SentBack()
		return c.falls(th, widgets.Join(widgets.In(th.Info, c.p.First(b.By)+": "), widgets.Say(c.told(b.Text))), l)
	case view.DayWriteUp:
		return c.falls(th, widgets.Say("interview held "+plain.When(l.Interview.HeldAt, c.s.Now())), l)
	case view.DayUrgent, view.DayFollowUp:
		return widgets.Join(widgets.In(th.Info, domain.Words(l.FollowUp.Kind)+": "), widgets.Say(c.told(l.FollowUp.Text)))
	case view.DayAnswer, view.DayNote:
		return widgets.Join(widgets.In(th.Info, c.p.First(l.Note.By)+": "), widgets.Say(c.told(l.Note.Text)))
	case view.DayChanged:
		return widgets.Join(widgets.In(th.Info, c.p.First(l.Change.By)+": "), widgets.Say(c.summary(l)))
	}
	return nil
}

// summary of a change; masked, it only says which act it was.
func (c *screen) summary(l line) string {
	if c.s.MaskNames {
		return domain.Words(strings.ReplaceAll(l.Change.Act, ".", " "))
	}
	return l.Change.Summary
}

// falls says on how many episodes one thing falls.
func (c *screen) falls(th *theme.Theme, line widgets.Line, l line) widgets.Line {
	if n := len(l.Also); n > 0 {
		return widgets.Join(line, widgets.In(th.Muted, fmt.Sprintf(", for %d episodes", n+1)))
	}
	return line
}

// last is the newest attempt that stands, by its time.
func last(attempts []domain.Attempt) *domain.Attempt {
	var out *domain.Attempt
	for i := range attempts {
		if a := &attempts[i]; !a.Struck() && (out == nil || a.At.Unix() >= out.At.Unix()) {
			out = a
		}
	}
	return out
}

func (c *screen) told(s string) string       { return desk.Told(c.s, s) }
func (c *screen) person(login string) string { return c.p.Settings().PersonName(login) }

// personAt is who had a login when something was done.
func (c *screen) personAt(login string, at domain.Moment) string {
	return c.p.Settings().PersonAt(login, at)
}

// atIt says who is about to do something with the line's referral or follow-up, or rings its child.
func (c *screen) atIt(l line) []widgets.Line {
	id, cluster := l.Child.ID, domain.ID(0)
	switch {
	case l.FollowUp != nil:
		id = l.FollowUp.ID
	case l.Referral != nil:
		id, cluster = l.Referral.ID, l.Referral.Cluster
	}
	return c.p.OthersLines(c.s, &desk.News{}, "", id, l.Child.ID, cluster)
}

// detail is what to know about the focused line: whose, the card's warnings, all of its text, how to reach them.
func (c *screen) detail(w, h int) string {
	th := c.s.Theme
	l, ok := c.list.Focused()
	if !ok {
		return ""
	}
	var more []string
	if l.Referral != nil {
		more = []string{l.Referral.ID.String(), l.Referral.StageOn(domain.DateOf(c.s.Now())).Words()}
	}
	lines := []widgets.Line{desk.TitleLine(c.s, l.Child, more...)}
	lines = append(lines, c.atIt(l)...)
	lines = append(lines, desk.Warnings(th, l.Child)...)
	if l.MissingNow != 0 {
		lines = append(lines, widgets.In(th.Overdue, th.Glyphs.Warn+" Missing again now ("+l.MissingNow.String()+")"))
	}
	text := c.what(th, l)
	if text.Width() > w-40 { // the list cut it
		lines = append(lines, widgets.WrapLine(text, w)...)
	}
	if e := l.WriteUp.Explain(); e != "" {
		lines = append(lines, widgets.In(th.Muted, e))
	}
	if l.Booking != nil {
		lines = append(lines, widgets.In(th.Muted, "booked by "+c.personAt(l.Booking.By, l.Booking.At)+", "+plain.When(l.Booking.At, c.s.Now())))
	}
	if l.FollowUp != nil {
		lines = append(lines, widgets.In(th.Muted, "due "+plain.When(l.FollowUp.Due, c.s.Now())+"; raised by "+c.personAt(l.FollowUp.By, l.FollowUp.At)+", "+plain.When(l.FollowUp.At, c.s.Now())))
	}
	lines = append(lines, desk.Reach(c.s, l.Child)...)
	var b strings.Builder
	for _, x := range lines[:min(h, len(lines))] {
		b.WriteString(x.Paint(th, w) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}
