package desk

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Restricting a child's records to named people, and opening them again (DOMAIN §12).

// NoRestrict says why this person may not restrict a child's records or open them, "" where they may.
func (p *Program) NoRestrict(c *domain.Child) string {
	if c.Restricted != nil {
		return p.Why("child.open", c)
	}
	return p.Why("child.restrict", c)
}

// Restrict asks who may see a child's records; of one that is restricted already first whether that changes or ends.
func (p *Program) Restrict(s *frame.Session, c *domain.Child) tea.Cmd {
	if c.Restricted == nil {
		return p.restrictTo(s, c)
	}
	return s.Open(Menu(s, p.Of(s, c), "restricted to "+c.Restricted.Names(p.Settings()), []widgets.Choice{
		{Key: "w", Title: "Change who may see it", Result: p.restrictTo},
		{Key: "o", Title: "Open it to the team again", Result: p.unrestrict},
	}), func(result any) tea.Cmd {
		if next, ok := result.(func(*frame.Session, *domain.Child) tea.Cmd); ok {
			return next(s, c)
		}
		return nil
	})
}

func (p *Program) restrictTo(s *frame.Session, c *domain.Child) tea.Cmd {
	to := widgets.Field{ID: "to", Label: "Who may see it", Kind: widgets.MultiKind, Required: true,
		Hint: "one of them must be a supervisor; everybody else sees that a row is there and whose it is"}
	for _, u := range p.Settings().Users {
		if u.Left(domain.DateOf(s.Now())) {
			continue
		}
		to.Options = append(to.Options, widgets.Option{Value: u.Login, Label: p.Settings().PersonName(u.Login)})
	}
	if c.Restricted != nil {
		to.Value = strings.Join(c.Restricted.To, ";")
	} else if p.Actor().Role == domain.Supervisor {
		to.Value = p.Actor().Login
	}
	return p.Decide(s, Decision{Key: "child.restrict " + c.ID.String(), Of: p.Of(s, c), Title: "restrict the record",
		Fields: []widgets.Field{to, {ID: "reason", Label: "Why", Kind: widgets.NoteKind, Lines: 3, Required: true}},
		Build: func(v widgets.Values) domain.Envelope {
			return domain.Envelope{Act: &domain.Restrict{ChildRef: c.ShownRef(), To: v.List("to"), Reason: v["reason"]}, Version: c.Version}
		}})
}

func (p *Program) unrestrict(s *frame.Session, c *domain.Child) tea.Cmd {
	return p.Reason(s, p.Of(s, c), "child.open "+c.ID.String(), "open the record to the team", "Why", "", func(reason string) domain.Envelope {
		return domain.Envelope{Act: &domain.Unrestrict{ChildRef: c.ShownRef(), Reason: reason}, Version: c.Version}
	}, nil)
}

// RestrictedLine says to whom a child's records are restricted; an empty line where they are not.
func (p *Program) RestrictedLine(s *frame.Session, c *domain.Child) widgets.Line {
	switch {
	case c.Restricted == nil:
		return widgets.Line{}
	case c.Hidden:
		return widgets.In(s.Theme.Warning, "restricted to "+c.Restricted.Names(p.Settings())+": ask one of them. Whose the work is and its times are all that is shown")
	}
	return widgets.In(s.Theme.Muted, "restricted to "+c.Restricted.Names(p.Settings()))
}
