package lists

import (
	"encoding/json"
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Audit is the list of `audit list`: lines without what they contain.
func Audit() List[view.AuditLine] {
	type row = *view.AuditLine
	type shown = Shown[view.AuditLine]
	return List[view.AuditLine]{
		{Name: "change", Value: func(e row, _ at) any { return e.ID }, At: 1, Head: "Line"},
		{Name: "at", Value: func(e row, _ at) any { return e.At }, At: 2, Head: "When", Text: func(e row, now at) string {
			if !e.Machine.IsZero() {
				return plain.When(e.At, now) + " (clock frozen; written " + plain.When(e.Machine, now) + ")"
			}
			return plain.When(e.At, now)
		}, Screen: &shown{At: 1, Min: 5, Max: 5, Cell: func(_ *Env, th *theme.Theme, e row) widgets.Line {
			return widgets.In(th.Muted, e.At.Local().Format("15:04")) // the day stands over the lines
		}}},
		{Name: "machine_at", Value: func(e row, _ at) any { return e.Machine }},
		{Name: "happened_at", Value: func(e row, _ at) any { return e.For }},
		{Name: "by", Value: func(e row, _ at) any { return e.By }, At: 3, Head: "Who",
			Screen: &shown{At: 2, Min: 6, Max: 8, Cell: func(_ *Env, th *theme.Theme, e row) widgets.Line {
				return widgets.In(undone(th, e, th.Strong), e.By)
			}}},
		{Name: "os_user", Value: func(e row, _ at) any { return e.OSUser }, At: 4, Head: "OS user"},
		{Name: "role", Value: func(e row, _ at) any { return string(e.Role) }},
		{Name: "act", Value: func(e row, _ at) any { return e.Act }, At: 5, Head: "What",
			Screen: &shown{At: 3, Title: "Did", Min: 15, Max: 21, Cell: func(_ *Env, th *theme.Theme, e row) widgets.Line {
				return widgets.In(undone(th, e, th.Text), e.Act)
			}}},
		{Name: "child_ref", Value: func(e row, _ at) any { return e.Ref() }, At: 6, Head: "Child",
			Screen: &shown{At: 4, Min: 9, Max: 18, Priority: 1, Cell: func(env *Env, th *theme.Theme, e row) widgets.Line {
				return widgets.In(undone(th, e, th.Text), AuditChild(env, e))
			}}},
		{Name: "records", Value: func(e row, _ at) any { return plain.Texts(e.Records) }},
		{Name: "summary", Value: func(e row, _ at) any { return e.Summary }, At: 7,
			Screen: &shown{At: 5, Title: "What", Min: 12, Cell: func(env *Env, th *theme.Theme, e row) widgets.Line {
				return widgets.Join(auditMarks(th, e), widgets.In(undone(th, e, th.Text), AuditSaid(env, e)))
			}}},
		{Name: "undo_of", Value: func(e row, _ at) any { return e.UndoOf }},
		{Name: "undone_by", Value: func(e row, _ at) any { return e.Undone }},
	}
}

// AuditOpened is one line as `audit show` prints it, with what it contains.
func AuditOpened() List[view.AuditLine] {
	type row = *view.AuditLine
	return append(Audit(), List[view.AuditLine]{
		{Name: "id", Value: func(e row, _ at) any { return e.ActID }},
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
	}...)
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

// undone quietens a note and what was taken back.
func undone(th *theme.Theme, e *view.AuditLine, style theme.Style) theme.Style {
	if e.Note || e.Undone != 0 {
		return th.Muted
	}
	return style
}

// AuditChild is the child a line of the audit log is about, with how many others.
func AuditChild(env *Env, e *view.AuditLine) string {
	if len(e.Whose) == 0 {
		return e.Ref()
	}
	name := env.Name(e.Whose[0])
	if n := len(e.Children) - 1; n > 0 {
		name += fmt.Sprintf(" +%d", n)
	}
	return name
}

// AuditSaid is what was done in words; while names are masked, which records it touched.
func AuditSaid(env *Env, e *view.AuditLine) string {
	if !env.Masked {
		return e.Summary
	}
	return strings.Join(e.RecordIDs(), ", ")
}

// UndoMarks say what a line took back or did again, and what took it back and stands.
func UndoMarks(e *view.AuditLine) []string {
	var out []string
	again := e.Act == (&domain.Redo{}).Name()
	switch {
	case e.Undone == 0:
	case e.UndoOf != 0 && !again:
		out = append(out, "redone by "+e.Undone.String())
	default:
		out = append(out, "undone by "+e.Undone.String())
	}
	switch {
	case e.UndoOf == 0:
	case again:
		out = append(out, "does again what "+e.UndoOf.String()+" took back")
	default:
		out = append(out, "takes back "+e.UndoOf.String())
	}
	return out
}

// auditMarks say what is special about a line.
func auditMarks(th *theme.Theme, e *view.AuditLine) widgets.Line {
	var out widgets.Line
	for _, m := range UndoMarks(e) {
		out = widgets.Join(out, widgets.In(th.Warning, m+"; "))
	}
	if e.Machine != 0 {
		out = widgets.Join(out, widgets.In(th.Warning, "clock frozen; "))
	}
	return out
}
