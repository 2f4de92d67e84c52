package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// ClockWords says how a clock stands: "5 h left", "2 h over", "met", "met 3 h late"; "" when it has not started.
func ClockWords(c domain.Clock, now time.Time) string {
	switch {
	case c.Start.IsZero():
		return ""
	case c.MetLate():
		return "met " + plain.Span(time.Duration(c.Met.Unix()-c.Due.Unix())*time.Second) + " late"
	case !c.Met.IsZero():
		return "met"
	}
	return plain.Left(c.Due, now)
}

// ClockStyle is the look of a clock's words: over, due within the next hours, met.
func ClockStyle(th *theme.Theme, c domain.Clock, now time.Time) theme.Style {
	left := c.Left(now)
	switch {
	case c.Over(now), c.MetLate():
		return th.Overdue
	case !c.Met.IsZero():
		return th.Met
	case left < 4*time.Hour:
		return th.DueSoon
	}
	return th.Text
}

// ClockLine draws a clock as bar and words.
func ClockLine(th *theme.Theme, c domain.Clock, now time.Time, cells int) widgets.Line {
	words := ClockWords(c, now)
	if words == "" {
		return widgets.In(th.Muted, "–")
	}
	total := c.Due.Unix() - c.Start.Unix()
	used := now.Unix()
	if !c.Met.IsZero() {
		used = c.Met.Unix()
	}
	fraction := 1.0
	if total > 0 {
		fraction = float64(used-c.Start.Unix()) / float64(total)
	}
	if cells < 1 {
		return widgets.In(ClockStyle(th, c, now), words)
	}
	return widgets.Clock(th, fraction, c.Over(now) || c.MetLate(), !c.Met.IsZero(), cells, ClockStyle(th, c, now), words)
}

// When is a moment for people, without the year where it is this one's.
func When(m domain.Moment, now time.Time) string { return plain.When(m, now) }

// Foretell says in a command what an act would do: its stage, what it does to the clocks, what comes next.
func (p *Program) Foretell(ctx context.Context, th *theme.Theme, e domain.Envelope) []widgets.Line {
	f, err := p.Preview(ctx, e)
	if err != nil {
		return []widgets.Line{widgets.In(th.Error, err.Error())}
	}
	if f.Refused != nil {
		if f.Refused.Field == "" || f.Refused.Code != domain.Invalid {
			return []widgets.Line{widgets.In(th.Warning, "Not possible: "+f.Refused.Message)}
		}
		said := domain.Words(f.Refused.Message)
		if field := domain.Words(f.Refused.Field); !strings.HasPrefix(said, field) {
			said = field + " " + said
		}
		return []widgets.Line{widgets.In(th.Muted, "Not yet: "+said)}
	}
	out := []widgets.Line{widgets.Say(Sentence(f.Summary) + ".")}
	for _, t := range f.Touched {
		out = append(out, p.foretold(ctx, th, f, t)...)
	}
	for _, w := range f.Warnings {
		out = append(out, widgets.In(th.Warning, Sentence(domain.Words(w))+"."))
	}
	return out
}

// foretold compares one record before and after.
func (p *Program) foretold(ctx context.Context, th *theme.Theme, f *domain.Foresight, t domain.Touched) []widgets.Line {
	if e, ok := t.After.(*domain.Episode); ok {
		return p.movedBy(ctx, th, t, e)
	}
	after, ok := t.After.(*domain.Referral)
	if !ok {
		if fu, is := t.After.(*domain.FollowUp); is && t.Before == nil {
			return []widgets.Line{widgets.Say(fmt.Sprintf("Raises a follow-up: %s, due %s.", domain.Words(fu.Kind), fu.Due))}
		}
		return nil
	}
	ep := p.episodeIn(ctx, f, after.Episode)
	if ep == nil {
		return nil
	}
	policy, now := &p.Settings().Policy, p.Now()
	is := domain.ClocksOf(policy, ep, after)
	var out []widgets.Line
	before, had := t.Before.(*domain.Referral)
	if !had {
		for _, c := range []domain.Clock{is.Contact, is.Interview} {
			out = append(out, widgets.Join(widgets.Say(Sentence(c.Name)+" "), widgets.In(ClockStyle(th, c, now), "due "+c.Due.String())))
		}
		return out
	}
	if before.Stage != after.Stage {
		out = append(out, widgets.Say(fmt.Sprintf("Stage: %s → %s.", before.Stage.Words(), after.Stage.Words())))
	}
	was := domain.ClocksOf(policy, ep, before)
	for i, c := range []domain.Clock{is.Contact, is.Interview} {
		w := []domain.Clock{was.Contact, was.Interview}[i]
		switch {
		case w.Met.IsZero() && !c.Met.IsZero():
			out = append(out, widgets.Join(widgets.Say(Sentence(c.Name)+" clock: "), widgets.In(ClockStyle(th, c, now), ClockWords(c, now))))
		case !c.Met.IsZero() || !after.Stage.BeforeInterview():
		default:
			out = append(out, widgets.Join(widgets.Say(Sentence(c.Name)+" clock runs on: "), widgets.In(ClockStyle(th, c, now), ClockWords(c, now))))
		}
	}
	if m := domain.TryAgain(after.Attempts); !m.IsZero() && m != domain.TryAgain(before.Attempts) {
		out = append(out, widgets.Say("Try again "+When(m, now)+"."))
	}
	if !after.Stage.Open() && before.Stage.Open() {
		out = append(out, widgets.Say("It leaves the queue. No clock is cleared: what was missed stays missed."))
	}
	return out
}

// movedBy says what a changed episode does to the clocks of a referral that stands already.
func (p *Program) movedBy(ctx context.Context, th *theme.Theme, t domain.Touched, is *domain.Episode) []widgets.Line {
	was, had := t.Before.(*domain.Episode)
	if !had || was.Referral.IsZero() {
		return nil
	}
	var ref *domain.Referral
	if err := p.Ask(ctx, func(r domain.Reader) (err error) { ref, err = r.Referral(was.Referral); return err }); err != nil || ref == nil {
		return nil
	}
	policy, now := &p.Settings().Policy, p.Now()
	before, after := domain.ClocksOf(policy, was, ref), domain.ClocksOf(policy, is, ref)
	var out []widgets.Line
	for i, c := range []domain.Clock{after.Contact, after.Interview} {
		b := []domain.Clock{before.Contact, before.Interview}[i]
		if b.Due != c.Due {
			out = append(out, widgets.Join(widgets.Say(Sentence(c.Name)+" due "+When(b.Due, now)+" → "), widgets.In(ClockStyle(th, c, now), When(c.Due, now))))
		}
	}
	if out == nil {
		out = append(out, widgets.In(th.Muted, "No due time moves."))
	}
	return out
}

// episodeIn finds an episode as an act would leave it.
func (p *Program) episodeIn(ctx context.Context, f *domain.Foresight, id domain.ID) *domain.Episode {
	for _, t := range f.Touched {
		if e, ok := t.After.(*domain.Episode); ok && t.ID == id {
			return e
		}
	}
	var ep *domain.Episode
	_ = p.Ask(ctx, func(r domain.Reader) (err error) { ep, err = r.Episode(id); return err })
	return ep
}

// FlagWords are a row's flags as people read them.
func FlagWords(flags []string) string {
	return strings.ReplaceAll(strings.Join(flags, ", "), "_", " ")
}

// Options offers the words of a list, each with the first letter of its own as its key.
func Options(words []string) []widgets.Option {
	var out []widgets.Option
	used := map[string]bool{}
	for _, w := range words {
		key := ""
		for _, c := range w {
			if k := string(c); c != '_' && !used[k] {
				key, used[k] = k, true
				break
			}
		}
		out = append(out, widgets.Option{Value: w, Label: domain.Words(w), Key: key})
	}
	return out
}
