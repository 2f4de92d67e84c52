package lists

import (
	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// Missing is the list of `missing`.
func Missing() List[view.MissingRow] {
	type row = *view.MissingRow
	return List[view.MissingRow]{
		{Name: "child_ref", Value: func(m row, _ at) any { return m.Child.ShownRef() }, At: 2, Head: "Ref"},
		{Name: "child_name", Value: func(m row, _ at) any { return m.Child.Name() }, At: 1, Head: "Child"},
		{Name: "episode", Value: func(m row, _ at) any { return m.Episode.ID }, At: 3, Head: "Episode", Text: func(m row, _ at) string { return m.Episode.ShownRef() }},
		{Name: "version", Value: func(m row, _ at) any { return m.Episode.Version }},
		{Name: "police_ref", Value: func(m row, _ at) any { return m.Episode.PoliceRef }},
		{Name: "missing_at", Value: func(m row, _ at) any { return m.Episode.MissingAt }, At: 4, Head: "Since", Text: func(m row, now at) string { return plain.When(m.Episode.MissingAt, now) }},
		{Name: "missing_s", Value: func(m row, _ at) any { return m.Missing }, At: 5, Head: "Missing", Text: func(m row, _ at) string { return plain.Span(m.Missing) }},
		{Name: "category", Value: func(m row, _ at) any { return m.Episode.Category }, At: 7, Head: "Now", Text: func(m row, _ at) string {
			if m.Episode.FoundNotBack() {
				return "found, not back"
			}
			return domain.Words(m.Episode.Category)
		}},
		{Name: "risk", Value: func(m row, _ at) any { return m.Risk }, At: 6, Head: "Risk", Text: func(m row, _ at) string { return domain.Words(m.Risk) }},
		{Name: "found_not_back", Value: func(m row, _ at) any { return m.Episode.FoundNotBack() }},
		{Name: "flags", Value: func(m row, _ at) any { return m.Flags }},
		{Name: "open_referrals", Value: func(m row, _ at) any { return plain.Texts(m.Meanwhile) }},
	}
}

// ToClose is the list of `review to-close`: open episodes of children who are not missing now, with why.
func ToClose() List[view.MissingRow] {
	return append(Missing(), Field[view.MissingRow]{Name: "to_close", Value: func(m *view.MissingRow, _ at) any { return m.ToClose }, At: 8, Head: "To close"})
}
