package review

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// ask asks whoever has it: of an overdue interview why it is late, of anything else what one wants to know.
func (c *screen) ask() tea.Cmd {
	l, _ := c.List.Focused()
	if l.owed != nil {
		return c.p.AskAbout(c.s, l.referral(), l.child(), domain.AboutLate, l.owed.Row().Clocks.Interview.Due)
	}
	return c.p.AskAbout(c.s, l.referral(), l.child(), "", 0)
}

// late stores the reason late itself.
func (c *screen) late() tea.Cmd {
	l, _ := c.List.Focused()
	return c.p.LateReason(c.s, l.child(), l.referral().ID, l.referral().Version)
}

// answer answers a question, for the colleague who was asked or in their place.
func (c *screen) answer() tea.Cmd {
	l, _ := c.List.Focused()
	return c.p.AnswerTo(c.s, *l.question())
}

// assign gives the chosen referrals to somebody, with everybody's room beside it.
func (c *screen) assign() tea.Cmd {
	if who := c.whoseLoad(); who != "" {
		return c.p.HandOverCaseload(c.s, who)
	}
	rows := c.givable()
	to := c.p.TeamField(widgets.Field{ID: "to", Label: "To", Required: true, Options: c.roomOptions(), Hint: "with the interviews they have room for, today + tomorrow"})
	give := func(q *view.QueueRow, v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.Assign{Referral: q.Referral.ID.String(), To: v["to"]}, Version: q.Referral.Version}
	}
	if len(rows) == 1 {
		q := rows[0]
		id := q.Referral.ID.String()
		return c.p.Decide(c.s, desk.Decision{
			Key: "referral.assign " + id, Of: c.p.Of(c.s, q.Child), Title: "give " + id + " to", Fields: []widgets.Field{to}, Below: c.roomOfAll(), Tall: 8 + 2*len(c.roomOfAll()),
			Build: func(v widgets.Values) domain.Envelope { return give(q, v) },
		})
	}
	var called, ids []string
	var children []*domain.Child
	for _, q := range rows {
		children = append(children, q.Child)
		ids = append(ids, q.Referral.ID.String())
		called = append(called, q.Referral.ID.String()+" "+c.Mask(q.Child)+", with "+c.person(q.Referral.AssignedTo))
	}
	return c.p.DecideEach(c.s, desk.Several{
		Key: "referral.assign " + strings.Join(ids, " "), Of: c.p.Of(c.s, children...), Title: fmt.Sprintf("give %d referrals to", len(rows)), Fields: []widgets.Field{to},
		Called: called, Named: "referral", Below: c.roomOfAll(), Tall: 6 + 2*len(rows) + 2*len(c.roomOfAll()),
		Build: func(v widgets.Values) (out []domain.Envelope) {
			for _, q := range rows {
				out = append(out, give(q, v))
			}
			return out
		},
		Done: func() { c.List.ClearSelection() },
	})
}

// roomOptions offers the people with their room: "Amira Khan  2+3".
func (c *screen) roomOptions() []widgets.Option {
	out := c.p.PeopleOptions()
	for i := range out {
		if l := c.loadOf(out[i].Value); l != nil {
			out[i].Hint = fmt.Sprintf("%d+%d", l.Today.Free(), l.Tomorrow.Free())
		}
	}
	return out
}

// roomOfAll says what everybody has and how much room.
func (c *screen) roomOfAll() []widgets.Line {
	th := c.s.Theme
	out := []widgets.Line{widgets.In(th.Group, "Room today; tomorrow; what they have")}
	for _, l := range c.byRoom() {
		out = append(out, widgets.Join(widgets.In(th.Strong, c.p.First(l.Login)+" "), widgets.Say(roomWords(l.Today)+"; "+roomWords(l.Tomorrow)+"; "),
			widgets.In(th.Muted, fmt.Sprintf("%d open, %d overdue", len(l.Open), len(l.Overdue)))))
	}
	return out
}

// word is the act by which a supervisor says yes or no to a decision or a record.
func word(s *view.ToSign, yes bool, comment string) domain.Envelope {
	if v := s.Interview; v != nil {
		if yes {
			return domain.Envelope{Act: &domain.ApproveInterview{Interview: v.ID.String(), Comment: comment}, Version: v.Version}
		}
		return domain.Envelope{Act: &domain.SendBack{Interview: v.ID.String(), Comment: comment}, Version: v.Version}
	}
	return desk.SignReferral(s.Row().Referral, yes, comment)
}

// signOff says yes to what is chosen; each one's result is shown.
func (c *screen) signOff() tea.Cmd { return c.decideSign("review.sign_off", true) }

// sendBack says no, with what is to be done instead.
func (c *screen) sendBack() tea.Cmd { return c.decideSign("review.send_back", false) }

func (c *screen) decideSign(key string, yes bool) tea.Cmd {
	var list []desk.Signing
	lines := c.signable()
	for i := range lines {
		s := lines[i].sign
		list = append(list, desk.Signing{Child: s.Row().Child, ID: s.Row().Referral.ID.String(), What: signKind(s), Words: c.signDetail(s, desk.FormWords),
			Act: func(yes bool, comment string) domain.Envelope { return word(s, yes, comment) }})
	}
	return c.p.SignOff(c.s, key, list, yes, nil, func() { c.List.ClearSelection() })
}
