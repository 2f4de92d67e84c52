package lists

import (
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// Alerts is the list of `alerts`.
func Alerts() List[view.AlertRow] {
	type row = *view.AlertRow
	return List[view.AlertRow]{
		{Name: "rule", Value: func(a row, _ at) any { return a.Rule.Name }, At: 1, Head: "Rule", Text: func(a row, _ at) string { return domain.Words(a.Rule.Name) }},
		{Name: "child_ref", Value: func(a row, _ at) any { return a.Child.ShownRef() }, At: 3, Head: "Ref"},
		{Name: "child_name", Value: func(a row, _ at) any { return a.Child.Name() }, At: 2, Head: "Child"},
		{Name: "version", Value: func(a row, _ at) any { return a.Child.Version }},
		{Name: "episodes", Value: func(a row, _ at) any { return a.Refs }, At: 4, Head: "Episodes", Text: func(a row, _ at) string { return strings.Join(a.Refs, ", ") }},
		{Name: "explain", Value: func(a row, _ at) any { return a.Explain }, At: 5, Head: "Why", Text: func(a row, _ at) string { return domain.Words(a.Explain) }},
	}
}
