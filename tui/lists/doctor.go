package lists

import (
	"homeward/domain/safe"
	"homeward/domain/view"
)

// Doctor is the list of `doctor`.
func Doctor() List[view.Sign] {
	type row = *view.Sign
	return List[view.Sign]{
		{Name: "state", Value: func(s row, _ at) any { return string(s.State) }, At: 1, Head: "State"},
		{Name: "about", Value: func(s row, _ at) any { return s.About }, At: 2, Head: "About"},
		{Name: "found", Value: func(s row, _ at) any { return s.Found }, At: 3, Head: "Found", Text: func(s row, _ at) string {
			if s.Do == "" {
				return safe.CleanLine(s.Found)
			}
			return safe.CleanLine(s.Found + ". To do: " + s.Do)
		}},
		{Name: "do", Value: func(s row, _ at) any { return s.Do }},
	}
}
