package desk

import (
	"context"
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// PreviewLines say in a command what an act would do: its stage, what it does to the clocks, what comes next.
func (p *Program) PreviewLines(ctx context.Context, th *theme.Theme, e domain.Envelope) []widgets.Line {
	return p.PreviewNamed(ctx, th, e, nil)
}

// Labels are a form's labels by the names of an act's fields.
func Labels(fields []widgets.Field, names map[string]string) map[string]string {
	out := map[string]string{}
	for _, f := range fields {
		out[f.ID] = f.Label
	}
	for field, id := range names {
		if label := out[id]; label != "" {
			out[field] = label
		}
	}
	return out
}

// PreviewNamed is [Program.PreviewLines] in which what is missing goes by the form's labels.
func (p *Program) PreviewNamed(ctx context.Context, th *theme.Theme, e domain.Envelope, labels map[string]string) []widgets.Line {
	f, err := p.Preview(ctx, e)
	if err != nil {
		return []widgets.Line{widgets.In(th.Error, err.Error())}
	}
	if f.Refused != nil {
		if f.Refused.Code == domain.Conflict && f.Refused.Field == "version" {
			return []widgets.Line{widgets.In(th.Warning, "It was changed since this was opened: saving says by whom and how, saving again puts yours on top.")}
		}
		if f.Refused.Field == "" || f.Refused.Code != domain.Invalid {
			out := []widgets.Line{widgets.In(th.Warning, "Not possible: "+f.Refused.Message)}
			if f.Refused.Code == domain.Invalid {
				out = append(out, widgets.In(th.Muted, domain.WillDo(e.Act)+", once that is right."))
			}
			return out
		}
		said := domain.Words(f.Refused.Message)
		if label := labels[f.Refused.Field]; label != "" {
			return []widgets.Line{widgets.Say(domain.WillDo(e.Act) + "."), widgets.In(th.Muted, "Not yet: “"+label+"”"+joined(said))}
		}
		field := domain.Words(f.Refused.Field)
		if field == "text" || field == "comment" {
			field = "the reason" // as forms call it
		}
		if !strings.HasPrefix(said, field) {
			said = field + " " + said
		}
		return []widgets.Line{widgets.Say(domain.WillDo(e.Act) + "."), widgets.In(th.Muted, "Not yet: "+said)}
	}
	out := []widgets.Line{widgets.Say(domain.WillDo(e.Act) + ", recorded as: " + f.Summary + ".")}
	for _, w := range f.Warnings { // before what may be cut off in a low window
		out = append(out, widgets.In(th.Warning, Sentence(domain.Words(w))+"."))
	}
	told := teller{p: p, th: th, f: f}
	err = p.Ask(ctx, func(r domain.Reader) (err error) {
		more, err := told.all(r)
		out = append(out, more...)
		return err
	})
	if err != nil {
		return append(out, widgets.In(th.Error, err.Error()))
	}
	return out
}

// joined is what is said of a field behind its label: a sentence of its own after a colon.
func joined(said string) string {
	switch first, _, _ := strings.Cut(said, " "); first {
	case "is", "must", "has", "needs", "holds", "may", "can", "cannot", "says", "names", "lies", "was":
		return " " + said
	}
	return ": " + said
}

// teller compares the records before and after an act.
type teller struct {
	p             *Program
	th            *theme.Theme
	f             *domain.Preview
	before, after domain.Records
}

// fallen is a referral on which an act falls, with its clocks in force before and after it.
type fallen struct {
	was, is     *domain.Referral
	episode     *domain.Episode
	before, now domain.Clocks
	raised      bool // made by the act
	owed        bool // an interview is still owed after it
}

func (t *teller) all(r domain.Reader) ([]widgets.Line, error) {
	t.before, t.after = t.f.Before(r), t.f.After(r)
	var out []widgets.Line
	var falls []fallen
	for _, x := range t.f.Touched {
		switch is := x.After.(type) {
		case *domain.Referral:
			if was, had := x.Before.(*domain.Referral); had && was.Child != is.Child {
				continue // a join moves it as it is, with its clocks
			}
			f, err := t.fall(x, is)
			if err != nil {
				return nil, err
			}
			if f != nil {
				falls = append(falls, *f)
			}
		case *domain.FollowUp:
			if x.Before == nil {
				out = append(out, widgets.Say(fmt.Sprintf("It will raise a follow-up: %s, due %s.", domain.Words(is.Kind), is.Due)))
			}
		case *domain.Episode:
			more, err := t.movedBy(x, is)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	switch {
	case len(falls) == 1:
		return append(t.one(falls[0]), out...), nil
	case len(falls) > 1:
		return append(t.many(falls), out...), nil
	}
	return out, nil
}

// fall reads one referral with its clocks; nil where its episode is not there.
func (t *teller) fall(x domain.Touched, is *domain.Referral) (*fallen, error) {
	rec, err := t.after(is.Episode)
	if err != nil {
		return nil, err
	}
	e, ok := rec.(*domain.Episode)
	if !ok || e == nil {
		return nil, nil
	}
	f := &fallen{is: is, episode: e, owed: is.Stage.BeforeInterview()}
	policy := &t.p.Settings().Policy
	if f.now, err = domain.ClocksInForce(t.after, policy, e, is); err != nil {
		return nil, err
	}
	was, had := x.Before.(*domain.Referral)
	if !had {
		f.raised = true
		return f, nil
	}
	f.was = was
	if rec, err = t.before(was.Episode); err != nil {
		return nil, err
	}
	if e, ok = rec.(*domain.Episode); !ok || e == nil {
		e = f.episode
	}
	f.before, err = domain.ClocksInForce(t.before, policy, e, was)
	return f, err
}

// one tells of an act that falls on one referral.
func (t *teller) one(f fallen) []widgets.Line {
	now := t.p.Now()
	var out []widgets.Line
	if f.raised {
		for _, c := range []domain.Clock{f.now.Contact, f.now.Interview} {
			if c.Start.IsZero() {
				out = append(out, widgets.Say(Sentence(c.Name)+" "+c.Explain()+"."))
				continue
			}
			out = append(out, widgets.Join(widgets.Say(Sentence(c.Name)+" "), widgets.In(ClockStyle(t.th, c, now), "will be due "+c.Due.String())))
		}
		return out
	}
	if f.was.Stage != f.is.Stage {
		out = append(out, widgets.Say(fmt.Sprintf("Stage will be: %s → %s.", f.was.Stage.Words(), f.is.Stage.Words())))
	}
	return append(out, t.clocks(f)...)
}

// clocks tells what becomes of a referral's clocks.
func (t *teller) clocks(f fallen) []widgets.Line {
	now := t.p.Now()
	var out []widgets.Line
	for i, c := range []domain.Clock{f.now.Contact, f.now.Interview} {
		w := []domain.Clock{f.before.Contact, f.before.Interview}[i]
		is := widgets.In(ClockStyle(t.th, c, now), ClockWords(c, now))
		switch {
		case w.Met.IsZero() && !c.Met.IsZero():
			out = append(out, widgets.Join(widgets.Say(Sentence(c.Name)+" clock will be: "), is))
		case !c.Met.IsZero() || !f.owed:
		case w.Due != c.Due:
			out = append(out, t.moves("", w, c))
		case c.Start.IsZero():
			out = append(out, widgets.Say(Sentence(c.Name)+" clock "+c.Explain()+"."))
		default:
			out = append(out, widgets.Join(widgets.Say(Sentence(c.Name)+" clock will run on: "), is))
		}
	}
	if m := domain.TryAgain(f.is.Attempts); !m.IsZero() && m != domain.TryAgain(f.was.Attempts) {
		out = append(out, widgets.Say("It will ask to try again "+When(m, now)+"."))
	}
	if !f.is.Stage.Open() && f.was.Stage.Open() {
		out = append(out, widgets.Say("It will leave the queue. No clock will be cleared: what was missed stays missed."))
	}
	return out
}

// moves says that a due time moves, and where a clock that was missed would count as running again: a missed clock does not
// go away unseen. whose is the episode, where there are several.
func (t *teller) moves(whose string, was, is domain.Clock) widgets.Line {
	now := t.p.Now()
	name := Sentence(was.Name)
	if whose != "" {
		name = whose + " " + was.Name
	}
	to := widgets.In(ClockStyle(t.th, is, now), When(is.Due, now))
	switch {
	case is.Start.IsZero():
		to = widgets.Say("nothing, it has not started")
	case was.Start.IsZero():
		return widgets.Join(widgets.Say(name+" will be due: "), to)
	}
	line := widgets.Join(widgets.Say(name+" will be due: "+When(was.Due, now)+" → "), to)
	if was.Over(now) && !is.Over(now) {
		line = widgets.Join(line, widgets.In(t.th.Warning, ". It was missed, and will not be any more"))
	}
	return line
}

// many tells of an act that falls on all members of a cluster: one interview (DOMAIN §5).
func (t *teller) many(falls []fallen) []widgets.Line {
	now := t.p.Now()
	var refs, stages []string
	due, late := 0, 0
	for _, f := range falls {
		refs = append(refs, f.episode.ShownRef())
		if f.was != nil && f.was.Stage != f.is.Stage {
			if s := fmt.Sprintf("Stage will be: %s → %s.", f.was.Stage.Words(), f.is.Stage.Words()); len(stages) == 0 || stages[len(stages)-1] != s {
				stages = append(stages, s)
			}
		}
		if f.before.Interview.Due != f.now.Interview.Due {
			due++
		}
		if f.now.Return.Over(now) || f.now.Return.MetLate() {
			late++
		}
	}
	out := []widgets.Line{widgets.In(t.th.Strong, fmt.Sprintf("It will fall on %d episodes: %s.", len(falls), strings.Join(refs, ", ")))}
	for _, s := range stages {
		out = append(out, widgets.Say(s))
	}
	if due == 0 {
		return append(out, t.clocks(falls[0])...)
	}
	for _, f := range falls {
		out = append(out, t.moves(f.episode.ShownRef(), f.before.Interview, f.now.Interview))
	}
	if late > 0 {
		out = append(out, widgets.In(t.th.Overdue, fmt.Sprintf("%d of %d missed their own 72 hours; that stays so.", late, len(falls))))
	}
	return out
}

// movedBy says what a changed episode does to the clocks of a referral that stands already.
func (t *teller) movedBy(x domain.Touched, is *domain.Episode) ([]widgets.Line, error) {
	was, had := x.Before.(*domain.Episode)
	if !had || was.Referral.IsZero() || was.Child != is.Child {
		return nil, nil
	}
	clocks := func(find domain.Records, e *domain.Episode) (c domain.Clocks, err error) {
		rec, err := find(was.Referral)
		ref, ok := rec.(*domain.Referral)
		if err != nil || !ok || ref == nil {
			return c, err
		}
		return domain.ClocksInForce(find, &t.p.Settings().Policy, e, ref)
	}
	before, err := clocks(t.before, was)
	if err != nil {
		return nil, err
	}
	after, err := clocks(t.after, is)
	if err != nil {
		return nil, err
	}
	var out []widgets.Line
	for i, c := range []domain.Clock{after.Contact, after.Interview} {
		if b := []domain.Clock{before.Contact, before.Interview}[i]; b.Due != c.Due {
			out = append(out, t.moves("", b, c))
		}
	}
	if out == nil {
		out = append(out, widgets.In(t.th.Muted, "No due time will move."))
	}
	return out, nil
}
