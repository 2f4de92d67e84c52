// Package lists describes every list the program shows, each as one table of fields: what scripts get as JSON and CSV, what
// people read in the table of a command, and the columns of the screen. A field or a column is added here and nowhere else.
package lists

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// List describes the rows of one list: a line of it is one field, for scripts, for the table, and for the screen.
type List[T any] []Field[T]

// Field is one field of a list.
type Field[T any] struct {
	// Name is its name in JSON and CSV, where fields stand in the list's order; "" where it is for people alone.
	Name string
	// Value is what scripts get (see [plain.Field]).
	Value func(r *T, now time.Time) any
	// At is its place among the columns of the table for people, the smallest first; 0 where it is not in it.
	At int
	// Head is the word for it: it stands over that column in capitals, and over the screen's as it is. It may be blank.
	Head string
	// Text is what people read in the table; nil where that is the value as CSV has it.
	Text func(r *T, now time.Time) string
	// Screen is its column on the screen; nil where it has none.
	Screen *Shown[T]
}

// Shown is how a field stands on the screen: one column (see [widgets.Column]).
type Shown[T any] struct {
	// At is its place among the columns, the smallest first.
	At int
	// Title stands over it where the screen has another word than Head.
	Title string
	// Min and Max bound its width in cells; Max 0: as wide as there is room.
	Min, Max int
	// Priority says how early it goes where there is no room, the highest first; 0 never.
	Priority int
	// Bar makes it wider by the bar of a clock where there is room for one ([Env.Bars]).
	Bar bool
	// Hide says that a saved view may leave it out. Who is meant, the clocks and what warns always stay.
	Hide bool
	Cell func(e *Env, th *theme.Theme, r *T) widgets.Line
}

// Header are the names of the fields, for CSV.
func (l List[T]) Header() []string {
	var out []string
	for i := range l {
		if l[i].Name != "" {
			out = append(out, l[i].Name)
		}
	}
	return out
}

// Rows are the rows for scripts.
func (l List[T]) Rows(rows []T, now time.Time) []plain.Row {
	out := make([]plain.Row, 0, len(rows))
	for i := range rows {
		row := make(plain.Row, 0, len(l)+1)
		for j := range l {
			if l[j].Name != "" {
				row = append(row, plain.Field{Name: l[j].Name, Value: l[j].Value(&rows[i], now)})
			}
		}
		out = append(out, row)
	}
	return out
}

// Columns are the table for people.
func (l List[T]) Columns(rows []T, now time.Time) []plain.Column {
	shown := slices.DeleteFunc(slices.Clone(l), func(f Field[T]) bool { return f.At == 0 })
	slices.SortStableFunc(shown, func(a, b Field[T]) int { return cmp.Compare(a.At, b.At) })
	out := make([]plain.Column, len(shown))
	for j, f := range shown {
		out[j] = plain.Column{Title: strings.ToUpper(f.Head), Cell: func(i int) string {
			if f.Text == nil {
				return plain.Text(f.Value(&rows[i], now))
			}
			return f.Text(&rows[i], now)
		}}
	}
	return out
}

// Screen are the columns of the screen, for a session that knows so much.
func (l List[T]) Screen(e *Env) []widgets.Column[*T] {
	shown := l.onScreen()
	out := make([]widgets.Column[*T], len(shown))
	for i, f := range shown {
		s, wider := f.Screen, 0
		if s.Bar && e.Bars {
			wider = barCells + 1 // and the space behind it
		}
		out[i] = widgets.Column[*T]{Title: f.title(), Min: s.Min + wider, Max: s.Max, Priority: s.Priority,
			Cell: func(th *theme.Theme, r *T) widgets.Line { return s.Cell(e, th, r) }}
		if s.Max > 0 {
			out[i].Max += wider
		}
	}
	return out
}

// MayHide are the titles of the columns that a saved view may leave out, in their order.
func (l List[T]) MayHide() []string { return l.titles(true) }

// Always are the titles of those that no view leaves out.
func (l List[T]) Always() []string { return l.titles(false) }

func (l List[T]) titles(hide bool) []string {
	var out []string
	for _, f := range l.onScreen() {
		if f.Screen.Hide == hide {
			out = append(out, f.title())
		}
	}
	return out
}

// onScreen are the fields that have a column on the screen, in the order of these.
func (l List[T]) onScreen() List[T] {
	out := slices.DeleteFunc(slices.Clone(l), func(f Field[T]) bool { return f.Screen == nil })
	slices.SortStableFunc(out, func(a, b Field[T]) int { return cmp.Compare(a.Screen.At, b.Screen.At) })
	return out
}

// title stands over a field's column on the screen.
func (f *Field[T]) title() string { return cmp.Or(f.Screen.Title, f.Head) }
