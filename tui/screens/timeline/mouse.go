package timeline

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/widgets"
)

// listAt is where the list lies on the page; without height where there is none.
func (v *screen) listAt(w, h int) widgets.Rect {
	if v.err != nil || v.st == nil || v.full {
		return widgets.Rect{}
	}
	pl := planFor(w, h, len(v.head(w, h >= tall)))
	r := widgets.Rect{Y: pl.above(), W: w, H: pl.list}
	if pl.beside {
		r.W = listWidth(w)
	}
	return r
}

// Click moves to the entry at a spot.
func (v *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	if !v.list.ClickIn(at, v.listAt(at.W, at.H)) {
		return nil, false
	}
	v.followList()
	return nil, true
}

// Wheel scrolls the list, or the detail where it has the page.
func (v *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if v.full {
		v.detail.WheelIn(at, widgets.Rect{W: at.W, H: at.H}, lines)
		return nil
	}
	if v.list.WheelIn(at, v.listAt(at.W, at.H), lines) && v.st != nil {
		v.followList()
	}
	return nil
}
