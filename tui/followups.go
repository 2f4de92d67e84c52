package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// followUps lists what must still happen for somebody, by due time; enter says what was found.
func (r *root) followUps() tea.Cmd {
	p, s := r.p, r.s
	return func() tea.Msg {
		var rows []domain.FollowUpRow
		err := p.Ask(context.Background(), func(rd domain.Reader) (err error) {
			rows, err = domain.ReadFollowUps(rd)
			return err
		})
		if err != nil {
			return frame.Toasted(widgets.Bad, err.Error())()
		}
		return openMsg{func() tea.Cmd { return r.showFollowUps(s, rows) }}
	}
}

func (r *root) showFollowUps(s *frame.Session, rows []domain.FollowUpRow) tea.Cmd {
	if len(rows) == 0 {
		return s.Toast(widgets.Info, "No follow-up is open.")
	}
	var choices []widgets.Choice
	names := map[domain.ID]string{}
	for _, row := range rows {
		names[row.FollowUp.ID] = desk.Mask(s, row.Child)
		f := row.FollowUp
		hint := r.p.Settings().PersonName(f.Owner) + ", due " + desk.When(f.Due, s.Now())
		if row.Overdue {
			hint += ", overdue"
		}
		if !s.MaskNames {
			hint += ": " + f.Text
		}
		choices = append(choices, widgets.Choice{Title: desk.Mask(s, row.Child) + ", " + domain.Words(f.Kind), Hint: hint, Result: f})
	}
	menu := frame.Menu(s, "Follow-ups not done, by due time; enter says what was found", choices)
	ways := r.withRecord(menu, func(result any) domain.ID {
		if f, ok := result.(*domain.FollowUp); ok && f.Interview != 0 {
			return f.Referral
		}
		return 0
	})
	return s.Open(r.withTimeline(ways, func(result any) (child, at domain.ID) {
		if f, ok := result.(*domain.FollowUp); ok {
			return f.Child, f.ID
		}
		return 0, 0
	}), func(result any) tea.Cmd {
		f, ok := result.(*domain.FollowUp)
		if !ok {
			return nil
		}
		return r.finish(f, names[f.ID])
	})
}

// finish says what came of a follow-up.
func (r *root) finish(f *domain.FollowUp, name string) tea.Cmd {
	id := f.ID.String()
	return r.p.Decide(r.s, desk.Decision{
		Key: "followup.done " + id, Title: name + ": " + domain.Words(f.Kind), Below: []widgets.Line{widgets.Say(f.Text)},
		Fields: []widgets.Field{
			{ID: "found", Label: "Found", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "what was done, with whom, what was found"},
			{ID: "next", Label: "What next"},
		},
		Build: func(v widgets.Values) domain.Envelope {
			return domain.Envelope{Act: &domain.FinishFollowUp{FollowUp: id, Found: v["found"], Next: v["next"]}, Version: f.Version}
		},
	})
}
