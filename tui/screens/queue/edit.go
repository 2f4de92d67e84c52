package queue

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// recordReturn says that a missing child is back, or found: the one step that raises the referral.
func (q *screen) recordReturn() tea.Cmd {
	r, _ := q.List.Focused()
	e, now := r.missing.Episode, q.s.Now
	ref := e.ShownRef()
	past := func(id, label, value, hint string) widgets.Field {
		return desk.PastField(widgets.Field{ID: id, Label: label, Value: value, Proposed: true, Hint: hint}, now)
	}
	recorded := func(m domain.Moment) string {
		if m.IsZero() {
			return ""
		}
		return domain.Written(m)
	}
	// What is recorded stands, and a referral that was raised at the finding has its clocks running: a notice proposed anew
	// would move them.
	told := recorded(e.NotifiedAt)
	if told == "" && e.Referral.IsZero() {
		told = "now"
	}
	times := map[string]string{"returned_at": cmp.Or(recorded(e.ReturnedAt), "now"), "notified_at": told, "found_at_time": recorded(e.FoundAt)}
	return q.form("episode.edit "+e.ID.String()+" return", "back, or found", []widgets.Field{
		past("returned_at", "Returned", times["returned_at"], "08:20, yesterday 23:10; blank where the child was found and is not back"),
		past("notified_at", "Told us", times["notified_at"], "when the team heard of it; a clock that runs from it moves with it"),
		past("found_at_time", "Found", times["found_at_time"], "where found and returned differ: custody, hospital, another address"),
		{ID: "found_at", Label: "Found where", Value: e.FoundPlace},
		{ID: "prevention_interview", Label: "Police talk", Kind: widgets.NoteKind, Lines: 3, Value: e.Prevention, Hint: "the prevention interview: when, by whom, what was said"},
	}, nil, func(v widgets.Values) domain.Envelope {
		a := &domain.EditEpisode{Episode: ref, Fields: map[string]string{}}
		for f, was := range times {
			is := e.Value(column(f))
			switch m, err := desk.ParsePast(v[f], now()); {
			case v[f] == was && is != "": // it stands, seconds and all
			case v[f] == "" && is != "":
				a.Fields[f] = ""
			case v[f] != "" && err == nil && m.Canonical() != is:
				a.Fields[f] = m.Canonical()
			}
		}
		for _, f := range []string{"found_at", "prevention_interview"} {
			if v[f] != e.Value(column(f)) {
				a.Fields[f] = v[f]
			}
		}
		return domain.Envelope{Act: a, Version: e.Version}
	})
}

func column(name string) domain.Column {
	c, _ := domain.ColumnNamed(name)
	return c
}

// editChild changes the card.
func (q *screen) editChild() tea.Cmd {
	r, _ := q.List.Focused()
	c := r.child()
	labels := map[string]string{"child_phone": "Phones", "carer_name": "Carers", "carer_phone": "Carer phones", "address": "Lives at",
		"warning": "Warnings", "dob": "Date of birth", "summary": "Partnership", "communication": "Needs", "preferred_way": "Prefers", "nhs_number": "NHS number", "preferred_time": "Best time"}
	names := domain.CardFields()
	var intro []widgets.Line
	if q.p.Actor().Role == domain.Practitioner {
		intro = []widgets.Line{widgets.In(q.s.Theme.Info, "A coordinator changes the rest of the card.")}
		names = slices.DeleteFunc(names, func(name string) bool { return !domain.CardHeard(name) })
	}
	var fields []widgets.Field
	for _, name := range names {
		label := labels[name]
		if label == "" {
			label = desk.Sentence(domain.Words(name))
		}
		f := widgets.Field{ID: name, Label: label, Value: c.CardValue(name)}
		switch {
		case domain.CardList(name):
			f.Value = strings.ReplaceAll(f.Value, "\n", "; ")
			f.Hint = "several parted by ;"
		case domain.CardNote(name):
			f.Kind, f.Lines = widgets.NoteKind, 3
		case name == "dob":
			f.Value = bornText(c.DOB)
			f = desk.BornField(f, q.s.Now)
		}
		fields = append(fields, f)
	}
	return q.p.Decide(q.s, desk.Decision{Key: "child.edit " + c.ID.String(), Of: q.about(), Title: "card", Intro: intro, Fields: fields, Build: func(v widgets.Values) domain.Envelope {
		a := &domain.EditChild{ChildRef: c.ShownRef(), Fields: map[string]string{}}
		for i, name := range names {
			switch is := v[name]; {
			case is == strings.TrimSpace(fields[i].Value):
			case name == "dob":
				if is = desk.WrittenBorn(is, q.s.Now()); is != c.CardValue(name) {
					a.Fields[name] = is
				}
			default:
				a.Fields[name] = is
			}
		}
		return domain.Envelope{Act: a, Version: c.Version}
	}})
}

// bornText is a date of birth as a form shows and reads it; "" where it is not known.
func bornText(d domain.Date) string {
	if d == 0 {
		return ""
	}
	return domain.Written(domain.OnDate(d))
}

// confirm says that the child an episode was taken to be of is the right one.
func (q *screen) confirm() tea.Cmd {
	r, _ := q.List.Focused()
	e := r.episode()
	return q.p.Take(domain.Envelope{Act: &domain.ConfirmChild{Episode: e.ID.String()}, Version: e.Version})
}

// move asks whose the episode is instead.
func (q *screen) move() tea.Cmd {
	r, _ := q.List.Focused()
	return q.p.Move(r.episode(), r.child())
}

// editEpisode changes what is known of the episode.
func (q *screen) editEpisode() tea.Cmd {
	r, _ := q.List.Focused()
	return q.p.EditEpisode(q.s, r.child(), r.episode())
}
