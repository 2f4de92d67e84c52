package review

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/widgets"
)

// detail are the lines about the line under the cursor: whose, what to know first, how it stands and why.
func (c *screen) detail(l *line, w int) []widgets.Line {
	switch {
	case l.load != nil:
		return c.loadDetail(l.load, w)
	case l.num != nil:
		return c.numberDetail(l.num)
	case l.fu != nil:
		return c.followUpDetail(l.fu, w)
	}
	th := c.s.Theme
	more := []string{}
	if r := l.referral(); r != nil {
		more = append(more, r.ID.String())
	}
	out := []widgets.Line{desk.TitleLine(c.s, l.child(), more...)}
	out = append(out, desk.Warnings(th, l.child())...)
	if r := l.referral(); r != nil {
		out = append(out, c.Others(*l, r.ID, r.Cluster)...)
	}
	switch {
	case l.owed != nil:
		out = append(out, c.owedDetail(l.owed, w)...)
	case l.sign != nil:
		out = append(out, c.signDetail(l.sign, w)...)
	case l.soon != nil:
		out = append(out, c.soonDetail(l.soon, w)...)
	case l.asked != nil:
		out = append(out, c.questionLines(l.asked)...)
	case l.ep != nil:
		return append(out, c.episodeDetail(l.ep, w)...)
	}
	if q := l.queueRow(); q != nil {
		out = append(out, c.rowDetail(q, w)...)
	}
	if r := l.referral(); r != nil {
		out = append(out, c.notes(l, r)...)
	}
	return out
}

func (c *screen) owedDetail(o *view.Owed, w int) []widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	k := o.Row().Clocks.Interview
	out := []widgets.Line{widgets.Join(widgets.In(th.Overdue, "Interview "+plain.Span(o.Late)+" over"), widgets.Say(", with "+c.person(o.Who())))}
	if n := len(o.Rows); n > 1 {
		var refs []string
		for _, r := range o.Rows {
			refs = append(refs, r.Episode.ShownRef())
		}
		out = append(out, widgets.In(th.Info, fmt.Sprintf("One interview for %d episodes: %s", n, strings.Join(refs, ", "))))
	}
	if r := o.Reason(); r != nil {
		said := reasonWords(r)
		if r.Text != "" {
			said += ": " + c.Told(r.Text)
		}
		out = append(out, widgets.Join(widgets.In(th.Label, "Reason "), widgets.Say(said+" ("+c.p.First(r.By)+", "+plain.When(r.At, now)+")")))
	} else {
		said := "No reason given"
		if c.p.Why("referral.late", nil) == "" {
			said += ": " + c.s.Keys.Hint("review.ask") + " asks, " + c.s.Keys.Hint("review.late") + " stores it"
		}
		out = append(out, widgets.In(th.Warning, said))
	}
	if o.Asked != nil {
		out = append(out, c.questionLines(o.Asked)...)
	}
	return append(out, widgets.In(th.Muted, k.Explain()))
}

// questionLines are a question with its answer.
func (c *screen) questionLines(q *view.Question) []widgets.Line {
	th, now, n := c.s.Theme, c.s.Now(), q.Note
	out := []widgets.Line{widgets.Join(widgets.In(th.Label, c.p.First(n.By)+" asked "+c.p.First(n.To)+", "+plain.When(n.At, now)+": "), widgets.Say(c.Told(n.Text)))}
	if n.Answer == nil {
		return append(out, widgets.In(th.Warning, "No answer yet; it stands in "+c.p.First(n.To)+"’s header"))
	}
	return append(out, widgets.Join(widgets.In(th.Label, c.p.First(n.Answer.By)+" answered, "+plain.When(n.Answer.At, now)+": "), widgets.Say(c.Told(n.Answer.Text))))
}

func (c *screen) signDetail(s *view.ToSign, w int) []widgets.Line {
	th, now, ref := c.s.Theme, c.s.Now(), s.Row().Referral
	var out []widgets.Line
	if s.Why != "" {
		out = append(out, widgets.In(th.Warning, desk.Sentence(s.Why)))
	} else if s.Unopened {
		out = append(out, widgets.In(th.Warning, "You have not opened this child’s record since"))
	}
	if v := s.Interview; v != nil {
		out = append(out, widgets.Say("Record of the interview, submitted by "+c.PersonAt(s.By, s.At)+" "+plain.When(s.At, now)),
			widgets.Join(widgets.In(th.Label, "Write-up "), widgets.In(desk.ClockStyle(th, s.WriteUp, now), desk.ClockWords(s.WriteUp, now))),
			widgets.In(th.Muted, c.s.Keys.Hint("review.open")+" on its line, not in a form, opens the record to read before it is signed"))
		if n := len(v.Versions); n > 1 {
			out = append(out, widgets.In(th.Muted, fmt.Sprintf("submitted %d times", n)))
		}
		return out
	}
	out = append(out, widgets.Say(desk.Sentence(signKind(s))+", decided by "+c.PersonAt(s.By, s.At)+" "+plain.When(s.At, now)))
	out = append(out, desk.DecisionWords(c.s, ref, w)...)
	if n := len(s.Rows); n > 1 {
		out = append(out, widgets.In(th.Info, fmt.Sprintf("It falls on %d episodes of %s", n, ref.Cluster)))
	}
	return out
}

func (c *screen) soonDetail(b *view.Breach, w int) []widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	out := []widgets.Line{widgets.Join(widgets.In(th.DueSoon, desk.Sentence(domain.Words(b.Clock.Name))+" "+plain.Left(b.Clock.Due, now)),
		widgets.Say(", due "+plain.When(b.Clock.Due, now)+", with "+c.person(b.Row().Referral.AssignedTo)))}
	if b.Clock.Name == "interview" {
		out = append(out, soonWords(th, b, now))
		if b.Booked != view.BookedInTime {
			out = append(out, c.roomLines()...)
		}
	}
	return append(out, widgets.In(th.Muted, b.Clock.Explain()))
}

// roomLines say who has room today and tomorrow, the most first.
func (c *screen) roomLines() []widgets.Line {
	th := c.s.Theme
	out := []widgets.Line{widgets.In(th.Group, "Who has room: today, tomorrow")}
	for _, l := range c.byRoom() {
		if l.Role != domain.Practitioner {
			continue
		}
		out = append(out, widgets.Join(widgets.In(th.Strong, c.p.First(l.Login)+" "), widgets.Say(roomWords(l.Today)+"; "+roomWords(l.Tomorrow)),
			widgets.In(th.Muted, fmt.Sprintf("; %d open, %d overdue", len(l.Open), len(l.Overdue)))))
	}
	return out
}

// byRoom are the people, practitioners before the others, those with the most room first.
func (c *screen) byRoom() []view.Load {
	out := slices.DeleteFunc(slices.Clone(c.have.People), func(l view.Load) bool { return l.Login == "" || l.Role == "" })
	slices.SortStableFunc(out, func(a, b view.Load) int {
		if holds := a.Role == domain.Practitioner; holds != (b.Role == domain.Practitioner) {
			if holds {
				return -1
			}
			return 1
		}
		return (b.Today.Free() + b.Tomorrow.Free()) - (a.Today.Free() + a.Tomorrow.Free())
	})
	return out
}

// rowDetail says how a referral stands.
func (c *screen) rowDetail(q *view.QueueRow, w int) []widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	var booked string
	if q.Booked != nil {
		booked = plain.When(q.Booked.When, now)
		if q.Booked.Interviewer != "" {
			booked += " with " + c.person(q.Booked.Interviewer)
		}
	}
	tried := fmt.Sprintf("%d times", q.Attempts)
	if q.Declines > 0 {
		tried += fmt.Sprintf(", declined %d", q.Declines)
	}
	clock := func(label string, k domain.Clock) widgets.Pair {
		return widgets.Pair{Label: label, Value: widgets.In(desk.ClockStyle(th, k, now), desk.ClockWords(k, now))}
	}
	list := []widgets.Pair{desk.Pair("Stage", q.Stage.Words()), desk.Pair("Assigned", c.person(q.Referral.AssignedTo)), clock("Contact", q.Clocks.Contact),
		clock("Interview", q.Clocks.Interview), clock("From return", q.Clocks.Return), desk.Pair("Tried", tried), desk.Pair("Booked", booked), desk.Pair("Flags", desk.FlagWords(q.Flags))}
	if len(q.Referral.Attempts) > 0 {
		a := q.Referral.Attempts[len(q.Referral.Attempts)-1]
		said := plain.When(a.At, now) + " " + domain.Words(a.Way) + ", " + domain.Words(a.With) + ": " + domain.Words(a.Result)
		if a.Note != "" {
			said += ". " + c.Told(a.Note)
		}
		list = append(list, desk.Pair("Last try", said))
	}
	return append([]widgets.Line{{}}, desk.Pairs(th, w, list...)...)
}

// notes are what was asked and written about a referral beside the question the line itself is about, the newest first.
func (c *screen) notes(l *line, r *domain.Referral) []widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	var out []widgets.Line
	for i := len(r.Notes) - 1; i >= 0; i-- {
		n := &r.Notes[i]
		if q := l.asked; q != nil && q.Number == i+1 {
			continue
		}
		if o := l.owed; o != nil && o.Asked != nil && o.Asked.Referral.ID == r.ID && o.Asked.Number == i+1 {
			continue
		}
		if n.Ask {
			out = append(out, c.questionLines(&view.Question{Referral: r, Number: i + 1, Note: n})...)
			continue
		}
		out = append(out, widgets.Join(widgets.In(th.Label, plain.When(n.At, now)+" "+c.p.First(n.By)+": "), widgets.Say(c.Told(n.Text))))
	}
	if out != nil {
		out = append([]widgets.Line{{}, widgets.In(th.Group, "Notes")}, out...)
	}
	return out
}

func (c *screen) loadDetail(l *view.Load, w int) []widgets.Line {
	th := c.s.Theme
	out := []widgets.Line{widgets.Join(widgets.In(th.Title, desk.Sentence(c.person(l.Login))), widgets.In(th.Muted, "  "+string(l.Role)))}
	switch {
	case l.LeftOn != 0:
		out = append(out, widgets.In(th.Warning, "Left on "+l.LeftOn.String()+": what they have waits for somebody to take it over"))
	case l.Login != "":
		out = append(out, widgets.Pairs(th, w, desk.Pair("Today", roomWords(l.Today)), desk.Pair("Tomorrow", roomWords(l.Tomorrow)))...)
	}
	for _, n := range c.personNumbers(l) {
		style := th.Text
		if strings.HasSuffix(n.name, "overdue") && n.n > 0 {
			style = th.Overdue
		}
		line := widgets.Join(widgets.In(th.Strong, fmt.Sprintf("%4d ", n.n)), widgets.In(style, n.name))
		if n.note != "" {
			line = widgets.Join(line, widgets.In(th.Muted, ", "+n.note))
		}
		out = append(out, line)
	}
	return append(out, widgets.Line{}, widgets.In(th.Muted, c.s.Keys.Hint("review.open")+" opens these numbers, each with its list. Room is by the hours and the capacity of the configuration."))
}

// numberDetail says what a figure is: its definition, its parts.
func (c *screen) numberDetail(n *number) []widgets.Line {
	th := c.s.Theme
	out := []widgets.Line{widgets.In(th.Title, desk.Sentence(strings.TrimSpace(n.name))), widgets.In(th.Strong, n.value)}
	if n.of != "" {
		out = append(out, widgets.Say(n.percent(" to ")+" "+n.of))
	}
	if n.most > n.share {
		out = append(out, widgets.In(th.Muted, "Clocks still run: the first if none of them is met in time, the second if all are."))
	}
	if n.note != "" {
		out = append(out, widgets.In(th.Muted, n.note))
	}
	if len(n.spark) > 1 {
		out = append(out, widgets.Line{}, widgets.In(th.Group, "Week by week, the newest last"))
		for i, w := range c.weeks {
			t := &w.Measures[slices.IndexFunc(measureTitles(), func(s string) bool { return s == n.name })]
			out = append(out, widgets.Join(widgets.In(th.Label, view.ISOWeek(w.Monday)+" "), sparks(th, n.spark[i:i+1]), widgets.Say(" "+t.Words())))
		}
		out = append(out, widgets.Line{}, widgets.In(th.Muted, "Episodes with a return in the week, duplicates left out. Those not required stay in it."))
	}
	return append(out, widgets.Line{}, widgets.In(th.Muted, c.s.Keys.Hint("review.open")+" opens what is behind it."))
}

func (c *screen) followUpDetail(f *domain.FollowUp, w int) []widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	return append([]widgets.Line{widgets.In(th.Title, f.ID.String()+" "+domain.Words(f.Kind)), widgets.Say(c.Told(f.Text))},
		widgets.Pairs(th, w, desk.Pair("Due", plain.When(f.Due, now)+", "+plain.Left(f.Due, now)), desk.Pair("Owner", c.person(f.Owner)))...)
}

func (c *screen) episodeDetail(e *view.WeekEpisode, w int) []widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	list := []widgets.Pair{desk.Pair("Episode", e.Episode.ShownRef()), desk.Pair("Returned", plain.When(e.Episode.ReturnedAt, now))}
	if e.Referral == nil {
		return append(widgets.Pairs(th, w, list...), widgets.In(th.Muted, "No referral was raised for it: history. It is in no figure."))
	}
	list = append(list, desk.Pair("Stage", c.stageOf(e.Referral)))
	var why []widgets.Line
	for _, k := range []domain.Clock{e.Clocks.Contact, e.Clocks.Return, e.Clocks.Interview} {
		list = append(list, widgets.Pair{Label: desk.Sentence(k.Name), Value: widgets.In(desk.ClockStyle(th, k, now), desk.ClockWords(k, now))})
		why = append(why, widgets.In(th.Muted, k.Explain()))
	}
	if r := e.Referral.LateReason; r != nil {
		list = append(list, desk.Pair("Reason late", reasonWords(r)))
	}
	return append(widgets.Pairs(th, w, list...), why...)
}
