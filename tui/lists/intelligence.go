package lists

import (
	"strings"

	"homeward/domain/view"
	"homeward/tui/plain"
)

// Intelligence is the list of `intelligence`.
func Intelligence() List[view.NotedRow] {
	type row = *view.NotedRow
	return List[view.NotedRow]{
		{Name: "id", Value: func(n row, _ at) any { return n.Noted.ID }, At: 1, Head: "ID"},
		{Name: "version", Value: func(n row, _ at) any { return n.Noted.Version }},
		{Name: "what", Value: func(n row, _ at) any { return n.Noted.What }, At: 2, Head: "What"},
		{Name: "name", Value: func(n row, _ at) any { return n.Noted.Name }, At: 3, Head: "Name", Text: func(n row, _ at) string {
			if n.Also == nil {
				return n.Noted.Name
			}
			return n.Noted.Name + " (also " + strings.Join(n.Also, ", ") + ")"
		}},
		{Name: "address", Value: func(n row, _ at) any { return n.Address }, At: 4, Head: "Address"},
		{Name: "children", Value: func(n row, _ at) any { return n.Children }, At: 5, Head: "Children"},
		{Name: "interviews", Value: func(n row, _ at) any { return plain.Texts(n.Interviews) }, At: 6, Head: "Interviews", Text: func(n row, _ at) string { return strings.Join(plain.Texts(n.Interviews), ", ") }},
		{Name: "episodes", Value: func(n row, _ at) any { return plain.Texts(n.Episodes) }, At: 8, Head: "Episodes", Text: func(n row, _ at) string { return strings.Join(n.Episodes, ", ") }},
		{Name: "last_named_at", Value: func(n row, _ at) any { return n.LastNamed }, At: 9, Head: "Last named", Text: func(n row, now at) string { return plain.When(n.LastNamed, now) }},
		{Name: "merged", Value: func(n row, _ at) any { return plain.Texts(n.Merged) }},
		{Name: "referrals", Value: func(n row, _ at) any { return plain.Texts(n.Referrals) }, At: 7, Head: "Carer told", Text: func(n row, _ at) string { return strings.Join(plain.Texts(n.Referrals), ", ") }},
	}
}
