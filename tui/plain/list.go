package plain

import (
	"cmp"
	"slices"
	"time"
)

// List describes the rows of one list: a line of it is one field, for scripts and for people.
type List[T any] []ListField[T]

// ListField is one field of a list.
type ListField[T any] struct {
	// Name is its name in JSON and CSV, where fields stand in the list's order; "" where it is for people alone.
	Name string
	// Value is what scripts get (see [Field]).
	Value func(r *T, now time.Time) any
	// At is its place among the columns of the table for people, the smallest first; 0 where it is not in it.
	At int
	// Head stands over that column; it may be blank.
	Head string
	// Text is what people read there; nil where that is the value as CSV has it.
	Text func(r *T, now time.Time) string
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
func (l List[T]) Rows(rows []T, now time.Time) []Row {
	out := make([]Row, 0, len(rows))
	for i := range rows {
		row := make(Row, 0, len(l)+1)
		for j := range l {
			if l[j].Name != "" {
				row = append(row, Field{l[j].Name, l[j].Value(&rows[i], now)})
			}
		}
		out = append(out, row)
	}
	return out
}

// Columns are the table for people.
func (l List[T]) Columns(rows []T, now time.Time) []Column {
	shown := slices.DeleteFunc(slices.Clone(l), func(f ListField[T]) bool { return f.At == 0 })
	slices.SortStableFunc(shown, func(a, b ListField[T]) int { return cmp.Compare(a.At, b.At) })
	out := make([]Column, len(shown))
	for j, f := range shown {
		out[j] = Column{f.Head, func(i int) string {
			if f.Text == nil {
				return text(f.Value(&rows[i], now))
			}
			return f.Text(&rows[i], now)
		}}
	}
	return out
}
