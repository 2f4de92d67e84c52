package desk

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// EditEpisode is the form of what is known of an episode; a practitioner's is the return only.
func (p *Program) EditEpisode(s *frame.Session, c *domain.Child, e *domain.Episode) tea.Cmd {
	var fields []widgets.Field
	for _, col := range domain.EpisodeColumns() {
		name := col.String()
		if col == domain.ColFlags || col.OfHistory() && !e.History || name == "police_ref" && e.PoliceRef != "" || p.Actor().Role == domain.Practitioner && !col.OfReturn() {
			continue // flags have a form with reasons
		}
		f := widgets.Field{ID: name, Label: Sentence(domain.Words(name)), Value: e.Value(col)}
		switch col.Kind() {
		case domain.CellTime:
			f.Hint = "22 Nov 14:10, yesterday 23:00, 22/11 14:10 or the day alone"
			f.Value = timeText(f.Value)
			f = PastField(f, s.Now)
		case domain.CellWord:
			f.Kind, f.Options = widgets.ChoiceKind, Options(col.Words())
		case domain.CellYesNo:
			f.Kind = widgets.YesNoKind
		case domain.CellNote:
			f.Kind, f.Lines = widgets.NoteKind, 3
		default: // a line of text
		}
		fields = append(fields, f)
	}
	start := map[string]string{}
	for _, f := range fields {
		start[f.ID] = f.Value
	}
	return p.Decide(s, Decision{Key: "episode.edit " + e.ID.String(), Of: p.Of(s, c), Title: "episode " + e.ShownRef(), Fields: fields, Build: func(v widgets.Values) domain.Envelope {
		a := &domain.EditEpisode{Episode: e.ShownRef(), Fields: map[string]string{}}
		for _, f := range fields {
			if v[f.ID] == strings.TrimSpace(start[f.ID]) {
				continue
			}
			a.Fields[f.ID] = v[f.ID]
			if col, _ := domain.ColumnNamed(f.ID); col.IsTime() && v[f.ID] != "" {
				if m, err := ParsePast(v[f.ID], s.Now()); err == nil {
					a.Fields[f.ID] = m.Canonical()
				}
			}
		}
		return domain.Envelope{Act: a, Version: e.Version}
	}})
}

// timeText is a column's canonical time as the form shows it.
func timeText(canonical string) string {
	if len(canonical) < 16 {
		return canonical
	}
	return strings.Replace(canonical[:16], "T", " ", 1)
}
