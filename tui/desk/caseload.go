package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// HandOverCaseload asks to whom all that somebody still holds goes: who is ill, or has left. From is who, "" where that is asked.
func (p *Program) HandOverCaseload(s *frame.Session, from string) tea.Cmd {
	people := p.everybody()
	if from != "" && !slices.ContainsFunc(people, func(o widgets.Option) bool { return o.Value == from }) {
		people = append(people, widgets.Option{Value: from, Label: p.Settings().PersonName(from)}) // no user any more
	}
	whose := widgets.Field{ID: "from", Label: "From", Kind: widgets.ListKind, Required: true, Options: people, Value: from}
	to := p.TeamField(widgets.Field{ID: "to", Label: "To", Required: true})
	reason := widgets.Field{ID: "reason", Label: "Why", Hint: "off sick, left the team", Kind: widgets.TextKind, Required: true}
	build := func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.HandOverCaseload{From: v["from"], To: v["to"], Reason: v["reason"]}}
	}
	title := "Hand over a whole caseload"
	if from != "" {
		title = "Hand over all that " + p.Settings().PersonName(from) + " holds"
	}
	return p.OpenForm(s, OfNoChild(), "caseload.hand_over", widgets.FormConfig{
		Title: title, Fields: []widgets.Field{whose, to, reason}, PreviewTitle: "What it will do", Tall: 16,
		Preview: func(ctx context.Context, v widgets.Values) []widgets.Line { return p.caseloadLines(ctx, s, build, v) },
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			return p.Submit(ctx, nil, build(v))
		},
	}, nil)
}

// everybody are all of the configuration, those who have left too: they may still hold something.
func (p *Program) everybody() []widgets.Option {
	var out []widgets.Option
	for _, u := range p.Settings().Users {
		if u.Role != domain.Auditor {
			out = append(out, widgets.Option{Value: u.Login, Label: p.Settings().PersonName(u.Login)})
		}
	}
	return out
}

// caseloadMost is how many children a preview names.
const caseloadMost = 12

// caseloadLines say what would move: counted, then child by child. It can be looked at before the reason is written.
func (p *Program) caseloadLines(ctx context.Context, s *frame.Session, build func(widgets.Values) domain.Envelope, v widgets.Values) []widgets.Line {
	th := s.Theme
	if v["from"] == "" || v["to"] == "" {
		return []widgets.Line{widgets.In(th.Muted, "This will hand over all that one holds to another. Say from whom and to whom: what would move is listed here, with the meetings.")}
	}
	reasoned := widgets.Values{"from": v["from"], "to": v["to"], "reason": v["reason"]}
	if reasoned["reason"] == "" {
		reasoned["reason"] = "…"
	}
	f, err := p.Preview(ctx, build(reasoned))
	switch {
	case err != nil:
		return []widgets.Line{widgets.In(th.Error, err.Error())}
	case f.Refused != nil:
		return []widgets.Line{widgets.In(th.Warning, "Not possible: "+f.Refused.Message)}
	}
	out := []widgets.Line{widgets.Say("This will hand over all that they hold: " + f.Summary + ".")}
	for _, w := range f.Warnings {
		out = append(out, widgets.In(th.Warning, Sentence(w)+"."))
	}
	var order []domain.ID
	of := map[domain.ID][]string{}
	for _, t := range f.Touched {
		child := t.After.ChildID()
		if of[child] == nil {
			order = append(order, child)
		}
		words := t.ID.String()
		if r, ok := t.After.(*domain.Referral); ok {
			if b := r.Booking(); b != nil && r.Stage.BeforeInterview() {
				words += ", booked " + When(b.When, s.Now())
			}
		}
		of[child] = append(of[child], words)
	}
	err = p.Ask(ctx, func(r domain.Reader) error {
		for _, id := range order[:min(len(order), caseloadMost)] {
			child, err := r.Child(id)
			if err != nil {
				return err
			}
			name := id.String()
			if child != nil {
				name = Mask(s, child)
			}
			slices.Sort(of[id])
			out = append(out, widgets.Join(widgets.In(th.Strong, name+" "), widgets.In(th.Muted, strings.Join(of[id], "; "))))
		}
		return nil
	})
	if err != nil {
		return append(out, widgets.In(th.Error, err.Error()))
	}
	if n := len(order) - caseloadMost; n > 0 {
		out = append(out, widgets.In(th.Muted, fmt.Sprintf("and %d more children", n)))
	}
	return out
}
