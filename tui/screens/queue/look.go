package queue

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
)

// orderNames are the orders as a saved view names them.
func orderNames() (out []string) {
	for o := range orders {
		out = append(out, o.String())
	}
	return out
}

// Look is how the list is shown now.
func (q *screen) Look() desk.Look {
	l := desk.LookOf(q.filter, int(q.layout), int(q.order), orderNames())
	l.Hidden = slices.Clone(q.hidden)
	return l
}

// Take shows the list so.
func (q *screen) Take(l desk.Look) tea.Cmd {
	at, by := l.Put(q.filter, orderNames())
	q.layout, q.order = layout(at), order(by)
	q.hidden = nil
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
