package followups

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// seen is an act on a follow-up as it was seen.
func seen(r row, a domain.Act) domain.Envelope {
	return domain.Envelope{Act: a, Version: r.FollowUp.Version}
}

// headed names a follow-up in the title of its form.
func headed(what string, r row) string {
	return what + ", " + domain.Words(r.FollowUp.Kind) + " (" + r.FollowUp.ID.String() + ")"
}

// whenField asks when something was done; it is now unless one says otherwise.
func (c *screen) whenField() widgets.Field {
	return desk.TimeField(widgets.Field{ID: "at", Label: "When", Value: "now", Proposed: true, Required: true}, c.s.Now, true)
}

func (c *screen) at(v widgets.Values) (m domain.Moment) {
	if v["at"] != "now" {
		m, _ = desk.ParseWhen(v["at"], c.s.Now(), true)
	}
	return m
}

// passOn says to whom an urgent one was passed on.
func (c *screen) passOn() tea.Cmd {
	r := c.targets()[0]
	id := r.FollowUp.ID.String()
	return c.p.Decide(c.s, desk.Decision{
		Key: "followup.done " + id, Of: c.p.Of(c.s, r.Child), Title: "urgent, to whom was it passed on?",
		Fields: []widgets.Field{
			{ID: "found", Label: "Passed on to", Hint: "who has it now, and what they said", Required: true},
			c.whenField(), {ID: "next", Label: "What next"},
		},
		Below: []widgets.Line{widgets.Say(c.Told(r.FollowUp.Text))},
		Build: func(v widgets.Values) domain.Envelope {
			e := seen(r, &domain.FinishFollowUp{FollowUp: id, Found: v["found"], Next: v["next"]})
			e.At = c.at(v)
			return e
		},
	})
}

// done says what was found and what next. What is next can be raised at once as a follow-up of its own, by giving it a time.
func (c *screen) done() tea.Cmd {
	rows := c.targets()
	if len(rows) > 1 {
		return c.doneAll(rows)
	}
	r, now := rows[0], c.s.Now
	if r.FollowUp.Kind == domain.FollowUrgent {
		return c.passOn()
	}
	f, id := r.FollowUp, r.FollowUp.ID.String()
	kind := "other"
	switch f.Kind {
	case domain.FollowShare, domain.FollowRecord, domain.FollowIntelligence, domain.FollowLeadTold:
	default:
		kind = f.Kind // what follows a visit is another visit
	}
	finish := func(v widgets.Values) domain.Envelope {
		e := seen(r, &domain.FinishFollowUp{FollowUp: id, Found: v["found"], Next: v["next"]})
		e.At = c.at(v)
		return e
	}
	raise := func(v widgets.Values) *domain.Envelope {
		if v["next"] == "" || v["by"] == "" {
			return nil
		}
		a := &domain.AddFollowUp{ChildRef: r.Child.ShownRef(), Kind: v["kind"], Text: v["next"]}
		if f.Interview != 0 {
			a.Interview = f.Interview.String()
		}
		a.Due, _ = desk.ParseDue(v["by"], now())
		return &domain.Envelope{Act: a}
	}
	th, said := c.s.Theme, widgets.Say(c.Told(f.Text))
	fields := []widgets.Field{
		{ID: "found", Label: "Found", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "what was done, with whom, what was found"},
		{ID: "next", Label: "What next", Hint: "what is to happen now; blank when nothing is"},
		desk.DueField(widgets.Field{ID: "by", Label: "By", Hint: "Fri, +7, Tue 10:00: raises what is next as a follow-up of yours; blank only notes it",
			Hide: func(v widgets.Values) bool { return v["next"] == "" }}, now),
		{ID: "kind", Label: "Kind", Kind: widgets.ChoiceKind, Value: kind, Proposed: true, Required: true, Options: desk.Options(domain.FollowUpKinds()[1:]),
			Hide: func(v widgets.Values) bool { return v["next"] == "" || v["by"] == "" }},
		c.whenField(),
	}
	on := c.p.On(c.s, finish(widgets.Values{"at": "now"}))
	return c.p.OpenFormOn(c.s, c.p.Of(c.s, r.Child), on, "followup.done "+id, widgets.FormConfig{
		Title: headed("done", r), PreviewTitle: "What it will do",
		Fields: fields,
		Preview: func(ctx context.Context, v widgets.Values) []widgets.Line {
			out := c.p.PreviewNamed(ctx, th, on.Rest(finish(v)), map[string]string{"found": "Found"})
			if line, wrong := desk.Wrong(th, fields, v); wrong {
				return append(out, line, widgets.Line{}, said)
			}
			if next := raise(v); next != nil {
				out = append(out, c.p.PreviewLines(ctx, th, *next)[:1]...) // the rest says it again
			} else if v["next"] != "" {
				out = append(out, widgets.In(th.Muted, "What is next is noted on it, and nobody is reminded of it."))
			}
			return append(out, widgets.Line{}, said)
		},
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			acts := []domain.Envelope{finish(v)}
			if next := raise(v); next != nil {
				acts = append(acts, *next)
			}
			return c.submit(ctx, on, acts)
		},
	}, nil)
}

// submit takes acts of which the first decides whether the form stays open: once it is done, a form that came back would
// do it a second time. What became of the others is told.
func (c *screen) submit(ctx context.Context, on *desk.Subject, acts []domain.Envelope) (any, error) {
	acts[0] = on.Rest(acts[0])
	answers, err := c.p.Do(ctx, true, acts...)
	if len(answers) > 0 && answers[0].Refused != nil {
		return nil, on.Refused(ctx, acts[0], nil, answers[0].Refused)
	}
	if len(answers) == 0 && err != nil {
		return nil, err
	}
	return desk.DoneMsg{Acts: acts, Answers: answers, Err: err}, nil
}

// redate gives other due times, with the reason.
func (c *screen) redate() tea.Cmd {
	rows, now := c.targets(), c.s.Now
	due := desk.DueField(widgets.Field{ID: "due", Label: "Due", Required: true, Hint: "Fri, +7, 24/11, Tue 10:00; a day alone means 17:00"}, now)
	why := widgets.Field{ID: "reason", Label: "Why", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "what was missed stays missed"}
	return c.decide("followup.redate", "re-date", rows, []widgets.Field{due, why}, map[string]string{"due_at": "due"}, func(r row, v widgets.Values) domain.Envelope {
		a := &domain.RedateFollowUp{FollowUp: r.FollowUp.ID.String(), Reason: v["reason"]}
		a.Due, _ = desk.ParseDue(v["due"], now())
		return seen(r, a)
	})
}

// drop gives follow-ups up, with the reason.
func (c *screen) drop() tea.Cmd {
	why := widgets.Field{ID: "reason", Label: "Why", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "why it is not to happen any more"}
	return c.decide("followup.drop", "drop", c.targets(), []widgets.Field{why}, nil, func(r row, v widgets.Values) domain.Envelope {
		return seen(r, &domain.DropFollowUp{FollowUp: r.FollowUp.ID.String(), Reason: v["reason"]})
	})
}

// decide is the form of a decision about one follow-up or the same about several.
func (c *screen) decide(act, title string, rows []row, fields []widgets.Field, names map[string]string, build func(row, widgets.Values) domain.Envelope) tea.Cmd {
	if len(rows) > 1 {
		return c.decideAll(act, fmt.Sprintf("%s %d follow-ups", title, len(rows)), rows, fields, build)
	}
	r := rows[0]
	return c.p.Decide(c.s, desk.Decision{
		Key: act + " " + r.FollowUp.ID.String(), Of: c.p.Of(c.s, r.Child), Title: headed(title, r), Fields: fields, Names: names,
		Below: []widgets.Line{widgets.Say(c.Told(r.FollowUp.Text))},
		Build: func(v widgets.Values) domain.Envelope { return build(r, v) },
	})
}

// mostOwn is how many of several follow-ups have a field of their own in the form that says they are done.
const mostOwn = 12

// outcomeForAll says that several are done: what was found, for all or for each.
func (c *screen) doneAll(rows []row) tea.Cmd {
	fields := []widgets.Field{{ID: "found", Label: "For all", Kind: widgets.NoteKind, Lines: 2, Hint: "what was done and found, where one text is true of all of them"}}
	for _, r := range rows[:min(len(rows), mostOwn)] {
		hint := c.Mask(r.Child) + ", " + domain.Words(r.FollowUp.Kind)
		if t := c.Told(r.FollowUp.Text); t != "" {
			hint += ": " + t
		}
		fields = append(fields, widgets.Field{ID: rowID(r), Label: rowID(r) + " " + c.Mask(r.Child), Hint: hint + ". Blank: as for all"})
	}
	return c.decideAll("followup.done", fmt.Sprintf("done, %d follow-ups", len(rows)), rows, fields, func(r row, v widgets.Values) domain.Envelope {
		found := v[rowID(r)]
		if found == "" {
			found = v["found"]
		}
		return seen(r, &domain.FinishFollowUp{FollowUp: rowID(r), Found: found})
	})
}

// decideAll decides the same about several follow-ups: one that is refused stops none of the others, and each one's result
// is told.
func (c *screen) decideAll(act, title string, rows []row, fields []widgets.Field, build func(row, widgets.Values) domain.Envelope) tea.Cmd {
	var called []string
	var children []*domain.Child
	for _, r := range rows {
		children = append(children, r.Child)
		called = append(called, r.FollowUp.ID.String()+" "+c.Mask(r.Child)+", "+domain.Words(r.FollowUp.Kind))
	}
	return c.p.DecideEach(c.s, desk.Several{
		Key: act + " " + keysOf(rows), Of: c.p.Of(c.s, children...), Title: title, Fields: fields, Called: called, Named: "followup",
		Build: func(v widgets.Values) (out []domain.Envelope) {
			for _, r := range rows {
				out = append(out, build(r, v))
			}
			return out
		},
		Check: func(v widgets.Values) error {
			if act != "followup.done" || v["found"] != "" {
				return nil
			}
			for _, r := range rows {
				if v[rowID(r)] == "" {
					return &widgets.FieldError{Field: "found", Message: "say what was found of " + rowID(r) + " too, or for all"}
				}
			}
			return nil
		},
		Done: func() { c.List.ClearSelection() },
	})
}

// keysOf names several follow-ups in the key of their draft.
func keysOf(rows []row) string {
	var ids []string
	for _, r := range rows {
		ids = append(ids, rowID(r))
	}
	return strings.Join(ids, " ")
}
