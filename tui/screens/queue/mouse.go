package queue

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// pointing is the page as the mouse sees it, so wide; false while the list is not what it shows.
func (q *screen) pointing(w int) (desk.Pointing, bool) {
	if q.p.QueueErr != nil || q.p.Queue == nil || q.nothing() {
		return desk.Pointing{}, false
	}
	return desk.Pointing{List: q.list, Detail: q.detail, Panes: q.panes,
		Filter: desk.FilterLine(q.s.Theme, q.filter, filterFields(), w) != "", Status: q.status() != ""}, true
}

// Click moves to the row at a spot.
func (q *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	if p, ok := q.pointing(at.W); !ok || !p.Click(at) {
		return nil, false
	}
	q.reached = true
	return q.moved(), !q.filter.Typing()
}

// Wheel scrolls the list or the detail.
func (q *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if p, ok := q.pointing(at.W); !ok || !p.Wheel(at, lines) {
		return nil
	}
	q.reached = true
	return q.moved()
}
