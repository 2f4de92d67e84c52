package desk

import (
	"errors"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
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

// FlagWords are a row's flags as people read them.
func FlagWords(flags []string) string {
	return strings.ReplaceAll(strings.Join(flags, ", "), "_", " ")
}

// Options offers the words of a list, each with the first letter of its own as its key.
func Options(words []string) []widgets.Option { return KeyedOptions(words, nil) }

// KeyedOptions are [Options] of which some have another key: one that hands know.
func KeyedOptions(words []string, keys map[string]string) []widgets.Option {
	var out []widgets.Option
	used := map[string]bool{}
	for _, k := range keys {
		used[k] = true
	}
	for _, w := range words {
		key := keys[w]
		for _, c := range w {
			if key != "" {
				break
			}
			if k := string(c); c != '_' && !used[k] {
				key, used[k] = k, true
				break
			}
		}
		out = append(out, widgets.Option{Value: w, Label: domain.Words(w), Key: key})
	}
	return out
}

// First is what a colleague is called: the first name of a login.
func (p *Program) First(login string) string {
	first, _, _ := strings.Cut(p.Settings().PersonName(login), " ")
	return first
}

// Told is text somebody wrote, which may hold any name, as a session shows it.
func Told(s *frame.Session, text string) string {
	if s.MaskNames && text != "" {
		return "…"
	}
	return text
}

// Done is what an act did, as a session shows it: while names are masked, which act it was.
func Done(s *frame.Session, act, summary string) string {
	if s.MaskNames {
		return domain.Words(strings.ReplaceAll(act, ".", " "))
	}
	return summary
}

// Why says why an act may not be done to a record as it stands, in the act's own words ([domain.Why]); "" where it may. A nil
// record asks about the role alone. The others are what stands on the screen too and the act may ask of: the episode of a
// referral, the referral of an interview.
func (p *Program) Why(act string, t domain.Record, others ...domain.Record) string {
	me := p.Actor()
	if _, ok := me.Role.May(act); !ok {
		return me.Role.A() + " may not" // the menu itself names the act
	}
	return whyNot(domain.Why(p.inHand(append([]domain.Record{t}, others...)...), act, t))
}

// WhyClose says why a referral may not be closed in one of the ways ([domain.WhyClose]); "" where it may.
func (p *Program) WhyClose(ref *domain.Referral, as domain.Stage) string {
	return whyNot(domain.WhyClose(p.inHand(ref), ref, as))
}

// inHand reads what stands on the screen already.
func (p *Program) inHand(records ...domain.Record) domain.InHand {
	return domain.InHand{EmptyReader: domain.EmptyReader{Time: p.Now(), Who: p.Actor(), Config: p.Settings()}, Records: records}
}

// whyNot is a refusal as a menu has it: the field it is at is the act's.
func whyNot(err error) string {
	var refused *domain.Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		return refused.Message
	}
	return err.Error()
}

// StillOwed are the clocks that matter at the stage of a row of the queue: contact and interview before it, what follows after it.
func StillOwed(r *view.QueueRow) []domain.Clock {
	if r.Referral.HeldAt.IsZero() {
		return []domain.Clock{r.Clocks.Contact, r.Clocks.Interview}
	}
	return []domain.Clock{r.Clocks.Share, r.Clocks.WriteUp, r.Clocks.Interview}
}
