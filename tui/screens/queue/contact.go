package queue

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// warned shows the card's warnings and goes on once they are acknowledged (DOMAIN §2: before an attempt or a booking).
func (q *screen) warned(c *domain.Child, then func() tea.Cmd) tea.Cmd {
	o := &writer{th: q.s.Theme, w: 60}
	q.warnings(o, c)
	if len(o.lines) == 0 {
		return then()
	}
	menu := frame.Menu(q.s, "Read this first: "+q.name(c), []widgets.Choice{{Key: "r", Title: "I have read it", Result: true}}, o.lines...)
	return q.s.Open(menu, func(result any) tea.Cmd {
		if result != true {
			return nil
		}
		return then()
	})
}

// contact asks what came of an attempt: the most common answers are one key, the others open the form.
func (q *screen) contact() tea.Cmd {
	r, _ := q.focused()
	return q.warned(r.child(), func() tea.Cmd { return q.contactMenu(r.ref) })
}

func (q *screen) contactMenu(r *domain.QueueRow) tea.Cmd {
	form := func(result string) domain.LogContact {
		return domain.LogContact{Way: "call", With: domain.WithChild, Result: result}
	}
	quick := func(result string) domain.LogContact { l := form(result); l.Note = quickMark; return l }
	menu := frame.Menu(q.s, "Contact about "+r.Referral.ID.String(), []widgets.Choice{
		{Key: "n", Title: "No answer", Hint: "a call to the child, just now", Result: quick(domain.ResultNoAnswer)},
		{Key: "m", Title: "Left a message", Hint: "a call to the child, just now", Result: quick(domain.ResultLeftMessage)},
		{Key: "s", Title: "Spoke …", Hint: "when to ring again, with whom, note", Result: form(domain.ResultSpoke)},
		{Key: "g", Title: "Agreed to meet …", Result: form(domain.ResultAgreed)},
		{Key: "d", Title: "Declined …", Hint: "sets when to ask again", Result: form(domain.ResultDeclined)},
		{Key: "l", Title: "Asked for later …", Result: form(domain.ResultAskedForLater)},
		{Key: "u", Title: "Unsuitable time …", Result: form(domain.ResultUnsuitableTime)},
		{Key: "t", Title: "Text sent", Hint: "to the child, just now", Result: domain.LogContact{Way: "text", With: domain.WithChild, Result: domain.ResultSent, Note: quickMark}},
		{Key: "p", Title: "Letter posted", Hint: "to the child, just now", Result: domain.LogContact{Way: "letter", With: domain.WithChild, Result: domain.ResultSent, Note: quickMark}},
		{Key: "o", Title: "Another …", Hint: "any way, anyone, any result", Result: form("")},
	}, q.beside(r)...)
	return q.s.Open(menu, func(result any) tea.Cmd {
		l, ok := result.(domain.LogContact)
		if !ok {
			return nil
		}
		l.Referral = r.Referral.ID.String()
		if l.Note == quickMark {
			l.Note = ""
			return q.p.Take(domain.Envelope{Act: &l})
		}
		return q.contactForm(r, l)
	})
}

// beside is what stands beside an attempt: how to reach the child and what worked before (DOMAIN §4).
func (q *screen) beside(r *domain.QueueRow) []widgets.Line {
	th, k := q.s.Theme, &r.Child.Card
	if q.s.MaskNames {
		return []widgets.Line{widgets.In(th.Muted, "names and numbers are masked: m shows them")}
	}
	var out []widgets.Line
	for _, l := range []string{
		prefixed("Phone ", strings.Join(domain.Standing(k.Phones), ", ")),
		prefixed("Carer ", strings.TrimSpace(strings.Join(domain.Standing(k.Carers), ", ")+" "+strings.Join(domain.Standing(k.CarerPhones), ", "))),
		prefixed("Prefers ", strings.TrimSpace(domain.Words(k.PreferredWay)+" "+k.PreferredTime)),
		prefixed("Speaks ", k.Language), prefixed("Needs ", k.Communication),
	} {
		if l != "" {
			out = append(out, widgets.Say(l))
		}
	}
	if f := q.focus.focus; f != nil && f.Row.Referral.ID == r.Referral.ID {
		for _, w := range f.Worked {
			out = append(out, widgets.In(th.Info, desk.Sentence(w)))
		}
		for _, h := range f.Hints {
			out = append(out, widgets.In(th.Info, desk.Sentence(h)))
		}
	}
	return out
}

// quickMark tells a menu's answer that needs no form; it never reaches an act.
const quickMark = "\x00"

// contactForm asks for the rest of an attempt; "ring again" comes first because it is what is typed most.
func (q *screen) contactForm(r *domain.QueueRow, l domain.LogContact) tea.Cmd {
	now := q.s.Now
	id := r.Referral.ID.String()
	card := q.beside(r)
	build := func(v widgets.Values) domain.Envelope {
		act := &domain.LogContact{Referral: id, Way: v["way"], With: v["with"], Result: v["result"], Note: v["note"]}
		if v["again"] != "" {
			act.TryAgain, _ = desk.ParseWhen(v["again"], now(), false)
		}
		e := domain.Envelope{Act: act}
		if v["at"] != "now" {
			e.At, _ = desk.ParseWhen(v["at"], now(), true)
		}
		return e
	}
	return q.formWith("contact.log "+id+" "+l.Result, "Contact about "+id+": "+domain.Words(l.Result),
		[]widgets.Field{
			{ID: "again", Label: "Ring again", Hint: "15:30, tomorrow 10:00, Tue 9:00; blank for none", Check: desk.CheckWhen(now, false), Reads: desk.ReadsWhen(now, false)},
			{ID: "with", Label: "With", Kind: widgets.ChoiceKind, Value: l.With, Options: desk.Options(domain.Withs())},
			{ID: "note", Label: "Note", Kind: widgets.NoteKind, Lines: 3},
			{ID: "result", Label: "Result", Kind: widgets.ChoiceKind, Value: l.Result, Options: desk.Options(domain.Results()), Required: true},
			{ID: "way", Label: "Way", Kind: widgets.ChoiceKind, Value: l.Way, Options: desk.Options(domain.Ways())},
			{ID: "at", Label: "When", Value: "now", Proposed: true, Required: true, Check: desk.CheckWhen(now, true), Reads: desk.ReadsWhen(now, true)},
		}, map[string]string{"try_again_at": "again"}, card, build)
}

// ownAttempts are the focused referral's attempts that this person entered and that stand.
func (q *screen) ownAttempts() []domain.Attempt {
	r, ok := q.focused()
	if !ok || r.ref == nil {
		return nil
	}
	var out []domain.Attempt
	for _, a := range r.ref.Referral.Attempts {
		if !a.Struck() && a.By == q.p.Actor().Login {
			out = append([]domain.Attempt{a}, out...)
		}
	}
	return out
}

// strike chooses an attempt that was entered wrongly, and asks why.
func (q *screen) strike() tea.Cmd {
	var choices []widgets.Choice
	for i, a := range q.ownAttempts() {
		key := ""
		if i < 9 {
			key = fmt.Sprint(i + 1)
		}
		choices = append(choices, widgets.Choice{Key: key, Title: attemptLine(q.s.Theme, a, q).String(), Result: a.ID.String()})
	}
	return q.s.Open(frame.Menu(q.s, "Strike which attempt? It stays visible as struck.", choices), func(result any) tea.Cmd {
		id, ok := result.(string)
		if !ok {
			return nil
		}
		return q.reason("contact.strike "+id, "Strike "+id, "What was wrong with it", "", func(why string) domain.Envelope {
			return domain.Envelope{Act: &domain.StrikeContact{Attempt: id, Reason: why}}
		})
	})
}

// reason is the form of an act that asks for nothing but why.
func (q *screen) reason(key, title, label, hint string, act func(reason string) domain.Envelope) tea.Cmd {
	return q.p.Reason(q.s, key, title, label, hint, act, nil)
}
