package queue

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// Look is how the list is shown now.
func (q *screen) Look() desk.Look {
	l := desk.Look{Filter: q.filter.Value(), Layout: desk.Layouts()[q.layout], Hidden: slices.Clone(q.hidden)}
	if q.order != 0 {
		l.Sort = q.order.String()
	}
	return l
}

// Take shows the list so.
func (q *screen) Take(l desk.Look) tea.Cmd {
	q.filter.Set(l.Filter)
	q.order, q.layout = 0, split
	for o := range orders {
		if o.String() == l.Sort {
			q.order = o
		}
	}
	for i, name := range desk.Layouts() {
		if name == l.Layout {
			q.layout = layout(i)
		}
	}
	q.hidden = q.hidden[:0:0]
	for _, name := range l.Hidden {
		if slices.Contains(mayHide(), name) {
			q.hidden = append(q.hidden, name)
		}
	}
	return q.refresh()
}

// mayHide are the columns that can be hidden. Whose row it is, its clocks and the words that warn are always shown.
func mayHide() []string { return []string{"Next", "Who", "Stage", "Tried"} }

func alwaysShown() []string { return []string{"Child", "Contact", "Interview", "Flags"} }
