package record

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// slotKind is what one can stand on in a section.
type slotKind int

const (
	whole slotKind = iota // a field
	other                 // the words behind "other"
	cell                  // a column of a row
	add                   // below the rows: one more
)

// slot is one thing that is typed in: a field, or a part of one.
type slot struct {
	kind  slotKind
	field *domain.SheetField
	row   int
	col   *domain.SheetField
}

// id tells slots of a section apart, so that the focus survives a change of the rows elsewhere.
func (s slot) id() string {
	col := ""
	if s.col != nil {
		col = s.col.Name
	}
	return fmt.Sprintf("%s/%d/%d/%s", s.field.Name, s.kind, s.row, col)
}

// label of a slot; a row's first cell has its number.
func (s slot) label() string {
	switch s.kind {
	case other:
		return "Other, in words"
	case cell:
		if s.col == &s.field.Columns[0] {
			return fmt.Sprintf("%d  %s", s.row+1, desk.Sentence(s.col.Title))
		}
		return "   " + desk.Sentence(s.col.Title)
	default: // the field itself
	}
	return s.field.Title
}

const otherWord = "other"

// slotsOf are a section's, in order; rows as many as there are now.
func slotsOf(sec *domain.SheetSection, at func(field string) domain.Value) []slot {
	var out []slot
	for i := range sec.Fields {
		f := &sec.Fields[i]
		v := at(f.Name)
		switch f.Kind {
		case domain.FieldRows:
			for r := range v.Rows {
				for c := range f.Columns {
					out = append(out, slot{cell, f, r, &f.Columns[c]})
				}
			}
			out = append(out, slot{kind: add, field: f})
		case domain.FieldMulti:
			out = append(out, slot{kind: whole, field: f})
			if slices.ContainsFunc(v.List, isOther) {
				out = append(out, slot{kind: other, field: f})
			}
		default:
			out = append(out, slot{kind: whole, field: f})
		}
	}
	return out
}

func isOther(w string) bool { return w == otherWord || strings.HasPrefix(w, otherWord+":") }

// get is the text a slot's field begins with.
func (s slot) get(v domain.Value) string {
	switch s.kind {
	case other:
		for _, w := range v.List {
			if isOther(w) {
				_, own, _ := strings.Cut(w, ":")
				return strings.TrimSpace(own)
			}
		}
		return ""
	case cell:
		if s.row < len(v.Rows) {
			return v.Rows[s.row][s.col.Name]
		}
		return ""
	case add:
		return ""
	default: // the field itself
	}
	if s.field.Kind == domain.FieldMulti {
		var words []string
		for _, w := range v.List {
			word, _, _ := strings.Cut(w, ":")
			words = append(words, word)
		}
		return strings.Join(words, ";")
	}
	if s.field.Options == nil && standsFor(v.Text) {
		return "" // "not asked" is no text to go on writing
	}
	return v.Text
}

// set puts what was typed in a slot into its field's answer.
func (s slot) set(v domain.Value, text string) domain.Value {
	switch s.kind {
	case other:
		out := domain.Value{}
		for _, w := range v.List {
			if isOther(w) {
				if w = otherWord; text != "" {
					w += ": " + text
				}
			}
			out.List = append(out.List, w)
		}
		return out
	case cell:
		out := domain.Value{}
		for i, r := range v.Rows {
			if r = maps.Clone(r); i == s.row {
				if r == nil {
					r = map[string]string{}
				}
				if r[s.col.Name] = text; text == "" {
					delete(r, s.col.Name)
				}
			}
			out.Rows = append(out.Rows, r)
		}
		return out
	case add:
		return v
	default: // the field itself
	}
	if s.field.Kind != domain.FieldMulti {
		return domain.Value{Text: text}
	}
	own := slot{kind: other, field: s.field}.get(v)
	out := domain.Value{List: widgets.Values{"": text}.List("")}
	if own != "" {
		return slot{kind: other, field: s.field}.set(out, own)
	}
	return out
}

// standsFor says that a word stands for an answer that was not given.
func standsFor(text string) bool { return text == domain.NotAsked || text == domain.NotSaid }

// isName says that a slot names a person: one of the team, or anybody.
func (s slot) isName() bool {
	return s.kind == cell && s.field.Name == "actions" && s.col.Name == "owner" || s.kind == whole && s.field.Name == "interviewer"
}

// entry is the widget in which a slot is typed; nil where nothing is. Named makes a field of a person's name.
func (s slot) entry(v domain.Value, named func(widgets.Field) widgets.Field) *widgets.Entry {
	f := widgets.Field{Value: s.get(v), Limit: 0}
	of := s.field
	if s.kind == cell {
		of = s.col
	}
	switch {
	case s.kind == add:
		return nil
	case s.isName():
		f = named(f)
	case s.kind == other:
	case of.Kind == domain.FieldText || s.kind == cell && of.Name == "about":
		f.Kind = widgets.NoteKind
	case of.Kind == domain.FieldChoice:
		f.Kind, f.Options = widgets.ChoiceKind, options(of.Options)
	case of.Kind == domain.FieldMulti:
		f.Kind, f.Options = widgets.MultiKind, options(of.Options)
	}
	return widgets.NewEntry(f)
}

// options have their letters, and "other" always has o: it is the one looked for when nothing fits.
func options(words []string) []widgets.Option {
	var out []widgets.Option
	if i := slices.Index(words, otherWord); i < 0 {
		out = desk.Options(words)
	} else {
		first := desk.Options(slices.Concat([]string{otherWord}, words[:i], words[i+1:]))
		out = append(first[1:], first[0])
	}
	for i := range out {
		out[i].Blank = standsFor(out[i].Value)
	}
	return out
}

// note says that a slot's entry takes several lines: enter is a new one.
func (s slot) note() bool {
	return s.kind == whole && s.field.Kind == domain.FieldText || s.kind == cell && s.col.Name == "about"
}
