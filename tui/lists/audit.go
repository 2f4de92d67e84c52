package lists

import (
	"encoding/json"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// Audit is the list of `audit list`.
func Audit() List[view.AuditLine] {
	type row = *view.AuditLine
	return List[view.AuditLine]{
		{Name: "change", Value: func(e row, _ at) any { return e.ID }, At: 1, Head: "Line"},
		{Name: "at", Value: func(e row, _ at) any { return e.At }, At: 2, Head: "When", Text: func(e row, now at) string {
			if !e.Machine.IsZero() {
				return plain.When(e.At, now) + " (clock frozen; written " + plain.When(e.Machine, now) + ")"
			}
			return plain.When(e.At, now)
		}},
		{Name: "machine_at", Value: func(e row, _ at) any { return e.Machine }},
		{Name: "by", Value: func(e row, _ at) any { return e.By }, At: 3, Head: "Who"},
		{Name: "os_user", Value: func(e row, _ at) any { return e.OSUser }, At: 4, Head: "OS user"},
		{Name: "act", Value: func(e row, _ at) any { return e.Act }, At: 5, Head: "What"},
		{Name: "child_ref", Value: func(e row, _ at) any { return e.Ref() }, At: 6, Head: "Child"},
		{Name: "summary", Value: func(e row, _ at) any { return e.Summary }, At: 7},
		{Name: "undo_of", Value: func(e row, _ at) any { return e.UndoOf }},
		{Name: "content", Value: func(e row, _ at) any {
			if len(e.Content) == 0 {
				return nil
			}
			return json.RawMessage(e.Content)
		}},
		{Name: "touched", Value: func(e row, _ at) any {
			out := []plain.Row{}
			for _, t := range e.Touched {
				out = append(out, plain.Row{{Name: "id", Value: t.ID}, {Name: "before", Value: recordJSON(t.Before)}, {Name: "after", Value: recordJSON(t.After)}})
			}
			return out
		}},
	}
}

// recordJSON is a record as JSON, nil where it was not there.
func recordJSON(r domain.Record) any {
	if r == nil {
		return nil
	}
	b, err := json.Marshal(r)
	if err != nil {
		return nil
	}
	return json.RawMessage(b)
}
