package queue

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// within is a spot of the page as the list and the detail see it, below the line of the filter.
func (q *screen) within(at widgets.Spot) (widgets.Spot, desk.Panes) {
	at = desk.Under(at, desk.FilterLine(q.s.Theme, q.filter, filterFields(), at.W) != "", q.status() != "")
	return at, q.panes(at.W, at.H)
}

// ready says that the list is what the page shows.
func (q *screen) ready() bool { return q.p.QueueErr == nil && q.p.Queue != nil && !q.nothing() }

// Click moves to the row at a spot.
func (q *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	if !q.ready() {
		return nil, false
	}
	at, panes := q.within(at)
	if !q.list.ClickIn(at, panes.List) {
		return nil, false
	}
	q.reached = true
	return q.moved(), !q.filter.Typing()
}

// Wheel scrolls the list or the detail.
func (q *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if !q.ready() {
		return nil
	}
	at, panes := q.within(at)
	switch {
	case q.detail.WheelIn(at, panes.Detail, lines):
	case q.list.WheelIn(at, panes.List, lines):
		q.reached = true
		return q.moved()
	}
	return nil
}
