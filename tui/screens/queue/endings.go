package queue

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// endEpisode says how an open episode ended without a return.
func (q *screen) endEpisode() tea.Cmd {
	r, _ := q.List.Focused()
	e := r.missing.Episode
	how := ""
	if r.missing.Child.GrownUp(domain.DateOf(q.s.Now())) {
		how = domain.EndTurned18
	}
	var ways []widgets.Option
	for _, w := range domain.Endings() {
		ways = append(ways, widgets.Option{Value: w, Label: domain.EndingWords(w)})
	}
	return q.form("episode.end "+e.ID.String(), e.ShownRef()+" ended without a return", []widgets.Field{
		{ID: "how", Label: "How", Kind: widgets.ChoiceKind, Value: how, Proposed: true, Required: true, Options: ways},
		q.dayThatWas("On"),
		{ID: "reason", Label: "Why", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "who says so, and what is known"},
	}, nil, func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.EndEpisode{Episode: e.ID.String(), How: v["how"], On: q.day(v["on"]), Reason: v["reason"]}, Version: e.Version}
	})
}

// died records that the child died.
func (q *screen) died() tea.Cmd {
	r, _ := q.List.Focused()
	c := r.child()
	return q.form("child.died "+c.ID.String(), "died", []widgets.Field{
		q.dayThatWas("On"),
		{ID: "reason", Label: "Said by", Kind: widgets.NoteKind, Lines: 3, Required: true, Hint: "who says so, and what is known"},
	}, nil, func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.ChildDied{ChildRef: c.ShownRef(), On: q.day(v["on"]), Reason: v["reason"]}, Version: c.Version}
	})
}

// dayThatWas is the field of the day on which something was.
func (q *screen) dayThatWas(label string) widgets.Field {
	return desk.PastField(widgets.Field{ID: "on", Label: label, Required: true, Hint: "today, 22/11, 22/11/2026"}, q.s.Now)
}

// day is the day that was said; zero where it cannot be read.
func (q *screen) day(v string) domain.Date {
	m, err := desk.ParsePast(v, q.s.Now())
	if err != nil || m == 0 {
		return 0
	}
	return m.Date()
}
