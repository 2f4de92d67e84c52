package intake

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// Click moves to the file or the row at a spot.
func (v *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	at = desk.Under(at, true, false) // the head
	list := v.panes(at.W, at.H).List
	if v.open == nil {
		return nil, v.files.ClickIn(at, list)
	}
	return nil, v.rows.ClickIn(at, list)
}

// Wheel scrolls the list.
func (v *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	at = desk.Under(at, true, false)
	list := v.panes(at.W, at.H).List
	if v.open == nil {
		v.files.WheelIn(at, list, lines)
	} else {
		v.rows.WheelIn(at, list, lines)
	}
	return nil
}
