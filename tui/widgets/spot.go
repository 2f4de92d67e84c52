package widgets

// Rect is a part of an area, in cells from its top left corner.
type Rect struct{ X, Y, W, H int }

// Spot is a cell that the mouse points at, with the size of the area it was drawn in: a widget laid out for that size
// knows what stands there.
type Spot struct{ X, Y, W, H int }

// In is the spot as seen from a part of the area; false when it lies elsewhere.
func (s Spot) In(r Rect) (Spot, bool) {
	at := Spot{X: s.X - r.X, Y: s.Y - r.Y, W: r.W, H: r.H}
	return at, at.X >= 0 && at.Y >= 0 && at.X < r.W && at.Y < r.H
}

// ClickIn puts the cursor on the line of the list that a spot of the page lies on; false where there is none. area is
// where the list was drawn last.
func (l *List[T]) ClickIn(page Spot, area Rect) bool {
	at, ok := page.In(area)
	if !ok {
		return false
	}
	if l.Header {
		at.Y--
	}
	i := l.top + at.Y
	if at.Y < 0 || at.Y >= l.h || i >= len(l.view) || !l.stops(i) {
		return false
	}
	l.cursor = i
	l.settle()
	return true
}

// WheelIn scrolls the list by so many lines when the spot lies on it; false when it does not. The cursor stays in sight.
func (l *List[T]) WheelIn(page Spot, area Rect, lines int) bool {
	if _, ok := page.In(area); !ok {
		return false
	}
	if len(l.view) == 0 {
		return true
	}
	l.top = max(0, min(l.top+lines, len(l.view)-l.h))
	switch {
	case l.cursor >= 0 && l.cursor < l.top:
		l.jump(l.top, 1)
	case l.cursor >= l.top+l.h:
		l.jump(l.top+l.h-1, -1)
	}
	return true
}

// WheelIn scrolls the text by so many lines when the spot lies on it; false when it does not.
func (v *Viewport) WheelIn(page Spot, area Rect, lines int) bool {
	if _, ok := page.In(area); !ok {
		return false
	}
	v.top += lines
	v.clamp()
	return true
}
