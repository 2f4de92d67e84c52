package widgets

// toggle adds the focused row to the selection or takes it out, and steps on,
// so that several are chosen by holding the key. It also ends a range.
func (l *List[T]) toggle() {
	if l.anchor != "" {
		l.fixRange()
		return
	}
	id := l.FocusedID()
	if id == "" {
		return
	}
	if _, ok := l.selected[id]; ok {
		delete(l.selected, id)
	} else {
		l.selected[id] = struct{}{}
	}
	l.move(1)
}

// rangeKey begins a range at the cursor, or ends the one begun.
func (l *List[T]) rangeKey() {
	if l.anchor != "" {
		l.fixRange()
		return
	}
	l.anchor = l.FocusedID()
}

// fixRange makes the rows of the open range part of the selection.
func (l *List[T]) fixRange() {
	for _, id := range l.rangeIDs() {
		l.selected[id] = struct{}{}
	}
	l.anchor = ""
}

// rangeBounds are the first and last line of the open range.
func (l *List[T]) rangeBounds() (from, to int, ok bool) {
	if l.anchor == "" || l.cursor < 0 {
		return 0, 0, false
	}
	at := -1
	for i := range l.view {
		if l.view[i].row >= 0 && l.itemID(i) == l.anchor {
			at = i
			break
		}
	}
	if at < 0 {
		return 0, 0, false
	}
	return min(at, l.cursor), max(at, l.cursor), true
}

func (l *List[T]) rangeIDs() []string {
	from, to, ok := l.rangeBounds()
	if !ok {
		return nil
	}
	var out []string
	for i := from; i <= to; i++ {
		if l.view[i].row >= 0 {
			out = append(out, l.itemID(i))
		}
	}
	return out
}

// Ranging says whether a range is open, and how many rows it holds.
func (l *List[T]) Ranging() (rows int, open bool) {
	return len(l.rangeIDs()), l.anchor != ""
}

// Selected are the chosen rows in the list's order, an open range included.
// Rows of folded groups stay chosen.
func (l *List[T]) Selected() []T {
	in := map[string]struct{}{}
	for _, id := range l.rangeIDs() {
		in[id] = struct{}{}
	}
	if len(in) == 0 && len(l.selected) == 0 {
		return nil
	}
	var out []T
	for _, g := range l.groups {
		for _, row := range g.Rows {
			id := l.id(row)
			_, a := in[id]
			_, b := l.selected[id]
			if a || b {
				out = append(out, row)
			}
		}
	}
	return out
}

// Chosen are the rows an action is for: the selection, else the focused row.
func (l *List[T]) Chosen() []T {
	if s := l.Selected(); len(s) > 0 {
		return s
	}
	if row, ok := l.Focused(); ok {
		return []T{row}
	}
	return nil
}

// ClearSelection forgets the selection and any open range; false when there was
// nothing to forget (so that esc can go on to mean something else).
func (l *List[T]) ClearSelection() bool {
	had := l.anchor != "" || len(l.selected) > 0
	l.anchor = ""
	clear(l.selected)
	return had
}

// dropGone takes ids out of the selection that no row has any more: an act on
// "12 selected" must never mean rows nobody can see.
func (l *List[T]) dropGone() {
	if len(l.selected) == 0 && l.anchor == "" {
		return
	}
	there := make(map[string]struct{}, len(l.selected))
	anchor := false
	for _, g := range l.groups {
		for _, row := range g.Rows {
			id := l.id(row)
			if _, ok := l.selected[id]; ok {
				there[id] = struct{}{}
			}
			anchor = anchor || id == l.anchor
		}
	}
	l.selected = there
	if !anchor {
		l.anchor = ""
	}
}
