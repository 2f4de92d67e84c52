package record

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/widgets"
)

// Click goes, while it is written, to the section or to the answer at a spot.
func (v *screen) Click(at widgets.Spot) (tea.Cmd, bool) {
	if v.v == nil || !v.writing {
		return nil, false
	}
	sh := shapeFor(at.W)
	if in, ok := at.In(widgets.Rect{W: sh.list, H: at.H}); ok {
		if in.Y < len(domain.Sections()) && in.Y != v.sec {
			return v.turn(in.Y - v.sec), false
		}
		return nil, false
	}
	in, ok := at.In(widgets.Rect{X: sh.list + 1, W: sh.form, H: at.H})
	if !ok {
		return nil, false
	}
	_, spans := v.formLines(sh.form, at.H, sh.side == 0)
	for i, s := range spans {
		if line := v.top + in.Y; line >= s.from && line < s.to {
			if i != v.at {
				v.stand(i)
			}
			break
		}
	}
	return nil, false
}

// Wheel scrolls the page, or goes from answer to answer while it is written.
func (v *screen) Wheel(at widgets.Spot, lines int) tea.Cmd {
	switch {
	case v.v == nil:
	case v.writing && lines > 0 && v.at < len(v.slots)-1:
		return v.move(+1)
	case v.writing && lines < 0 && v.at > 0:
		return v.move(-1)
	case v.writing: // past the ends of a section nothing is saved by a wheel
	default:
		v.page.WheelIn(at, widgets.Rect{W: at.W, H: at.H}, lines)
	}
	return nil
}
