package queue

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// contact asks what came of an attempt; of several referrals of one child that are selected, of one call about all of them.
func (q *screen) contact() tea.Cmd {
	r, _ := q.List.Focused()
	rows := q.List.Chosen()
	if focused := r.id(); !slices.ContainsFunc(rows, func(o row) bool { return o.id() == focused }) {
		r = rows[0] // what is selected is meant
	}
	if r.ref == nil {
		return nil
	}
	c := desk.Contact{Referral: r.ref.Referral.ID, Child: r.child(), With: domain.WithChild, Beside: q.beside(r.ref)}
	for _, o := range rows {
		if o.ref != nil && o.ref.Referral.ID != c.Referral {
			c.Also = append(c.Also, o.ref.Referral.ID)
		}
	}
	return q.p.LogContact(q.s, c)
}

// ofOneChild refuses, beside what else there is against it, one call about rows of several children.
func (q *screen) ofOneChild(why func() string) func() string {
	return func() string {
		rows := q.List.Chosen()
		for _, o := range rows {
			if o.ref == nil {
				return cmp.Or(q.OnlyOne(), why())
			}
			if o.child().ID != rows[0].child().ID {
				return "one call is about one child, and " + desk.Mask(q.s, rows[0].child()) + " and " + desk.Mask(q.s, o.child()) + " are selected; " + q.s.Key("queue.clear") + " clears"
			}
		}
		return why()
	}
}

// beside is what stands beside an attempt: how to reach the child and what worked before (DOMAIN §4).
func (q *screen) beside(r *view.QueueRow) []widgets.Line {
	out := desk.Reach(q.s, r.Child)
	if q.s.MaskNames {
		return out
	}
	if f := q.focusOf(r); f != nil {
		for _, l := range slices.Concat(f.Worked, f.Hints) {
			out = append(out, widgets.In(q.s.Theme.Info, desk.Sentence(l)))
		}
	}
	return out
}

// ownAttempts are the focused referral's attempts that this person entered and that stand.
func (q *screen) ownAttempts() []domain.Attempt {
	r, ok := q.List.Focused()
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
		choices = append(choices, widgets.Choice{Key: key, Title: q.p.AttemptLine(q.s, a).String(), Result: a.ID.String()})
	}
	return q.s.Open(desk.Menu(q.s, q.about(), "strike which attempt? It stays visible as struck.", choices), func(result any) tea.Cmd {
		id, ok := result.(string)
		if !ok {
			return nil
		}
		return q.p.Strike(q.s, q.about(), id)
	})
}

// about is the child of the focused row.
func (q *screen) about() desk.Of {
	r, _ := q.List.Focused()
	return q.p.Of(q.s, r.child())
}

// reason is the form of an act that asks for nothing but why.
func (q *screen) reason(key, title, label, hint string, act func(reason string) domain.Envelope) tea.Cmd {
	return q.p.Reason(q.s, q.about(), key, title, label, hint, act, nil)
}
