package widgets

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/theme"
)

// Column describes one column as data. The list gives every column its least
// width, drops those of the highest Priority number while they do not fit, and
// shares what is left in order.
type Column[T any] struct {
	Title    string
	Min, Max int // Max 0: as wide as there is room
	Priority int // 0 is never dropped
	Align    Align
	Cell     func(th *theme.Theme, row T) Line
}

// Over is a column of rows that hold what the column is of, or stand for something else: of a row gives what it holds, or nil
// and the cell it has instead.
func Over[R, T any](c Column[*T], of func(th *theme.Theme, row R) (*T, Line)) Column[R] {
	return Column[R]{Title: c.Title, Min: c.Min, Max: c.Max, Priority: c.Priority, Align: c.Align, Cell: func(th *theme.Theme, row R) Line {
		held, instead := of(th, row)
		if held == nil {
			return instead
		}
		return c.Cell(th, held)
	}}
}

// Group is a header with its rows. A group that can fold takes the cursor on
// its header, so that it can be opened again.
type Group[T any] struct {
	Key    string
	Title  Line
	Fold   bool // can be folded
	Folded bool // starts folded; what the person chose later wins
	Rows   []T
}

// List shows any number of rows, drawing only those in the window. The cursor,
// the selection and what is folded hold ids and so survive every refresh.
type List[T any] struct {
	// Header shows the columns' titles.
	Header bool
	// Blurred draws the cursor as a mark only: another pane has the focus.
	Blurred bool
	// Empty is shown when there are no rows.
	Empty string
	// Mark puts a sign before a row, where none of the selection stands: "" for none; may be nil.
	Mark func(*theme.Theme, T) string

	keys    *keymap.Map
	id      func(T) string
	columns []Column[T]

	groups []Group[T]
	folded map[string]bool
	view   []item
	rows   int

	cursor   int // index in view, -1 when nothing can have it
	cursorID string
	top, h   int

	selected map[string]struct{}
	anchor   string // start of a range, "" when none

	fitW  int
	fit   []int
	shown []int
}

// item is a line of the list: a row, or a header where row is -1.
type item struct{ group, row int32 }

// NewList makes an empty list; id names a row for good.
func NewList[T any](keys *keymap.Map, id func(T) string, columns ...Column[T]) *List[T] {
	return &List[T]{keys: keys, id: id, columns: columns, cursor: -1, folded: map[string]bool{}, selected: map[string]struct{}{}, h: 20}
}

// SetColumns changes the columns.
func (l *List[T]) SetColumns(columns ...Column[T]) { l.columns, l.fitW = columns, 0 }

// SetRows replaces all rows; there are no headers.
func (l *List[T]) SetRows(rows []T) { l.SetGroups([]Group[T]{{Rows: rows}}) }

// SetGroups replaces all rows; the caller must not change them afterwards. The cursor stays on its row, or on the nearest
// that is left; ids that are gone leave the selection.
func (l *List[T]) SetGroups(groups []Group[T]) {
	near := l.neighbours()
	l.groups = groups
	l.rows = 0
	for _, g := range groups {
		l.rows += len(g.Rows)
	}
	l.layout()
	l.dropGone()
	l.cursor = l.nearest(near)
	l.settle()
}

// layout lists the lines that the groups and what is folded make.
func (l *List[T]) layout() {
	l.view = l.view[:0]
	for g := range l.groups {
		gr := &l.groups[g]
		if len(gr.Rows) == 0 {
			continue // a header over nothing says nothing
		}
		if gr.Key != "" || gr.Fold {
			l.view = append(l.view, item{int32(g), -1})
		}
		if l.isFolded(gr) {
			continue
		}
		for r := range gr.Rows {
			l.view = append(l.view, item{int32(g), int32(r)})
		}
	}
}

func (l *List[T]) isFolded(g *Group[T]) bool {
	if !g.Fold {
		return false
	}
	if f, ok := l.folded[g.Key]; ok {
		return f
	}
	return g.Folded
}

// headerMark begins the id of a header, so that no row's id can be taken for it.
const headerMark = "\x00"

// itemID names a line of the view.
func (l *List[T]) itemID(i int) string {
	it := l.view[i]
	if it.row < 0 {
		return headerMark + l.groups[it.group].Key
	}
	return l.id(l.groups[it.group].Rows[it.row])
}

// stops says whether the cursor may stand on a line.
func (l *List[T]) stops(i int) bool {
	return l.view[i].row >= 0 || l.groups[l.view[i].group].Fold
}

// neighbours lists the ids round the cursor, the best successor first.
func (l *List[T]) neighbours() []string {
	if l.cursor < 0 {
		return []string{l.cursorID}
	}
	out := []string{l.cursorID}
	const reach = 32
	for d := 1; d <= reach; d++ {
		for _, i := range []int{l.cursor + d, l.cursor - d} {
			if i >= 0 && i < len(l.view) && l.stops(i) && l.view[i].row >= 0 {
				out = append(out, l.itemID(i))
			}
		}
	}
	return out
}

// nearest finds the line of the first of the ids that is still there; failing
// that, the line where the cursor stood.
func (l *List[T]) nearest(ids []string) int {
	rank := make(map[string]int, len(ids))
	for i, id := range slices.Backward(ids) {
		if id != "" {
			rank[id] = i
		}
	}
	best, at := len(ids), -1
	if len(rank) > 0 {
		for i := range l.view {
			if r, ok := rank[l.itemID(i)]; ok && r < best && l.stops(i) {
				if best, at = r, i; r == 0 {
					break
				}
			}
		}
	}
	if at >= 0 {
		return at
	}
	return l.seek(max(0, min(l.cursor, len(l.view)-1)), 1)
}

// seek is the next line from i on that the cursor may take, in a direction and
// then in the other.
func (l *List[T]) seek(i, dir int) int {
	for j := i; j >= 0 && j < len(l.view); j += dir {
		if l.stops(j) {
			return j
		}
	}
	for j := i; j >= 0 && j < len(l.view); j -= dir {
		if l.stops(j) {
			return j
		}
	}
	return -1
}

// settle remembers whose line the cursor stands on.
func (l *List[T]) settle() {
	if l.cursor >= 0 && l.cursor < len(l.view) {
		l.cursorID = l.itemID(l.cursor)
	} else {
		l.cursor, l.cursorID = -1, ""
	}
}

// Len is the number of rows, folded ones included.
func (l *List[T]) Len() int { return l.rows }

// Focused returns the row under the cursor; false on a header or in an empty list.
func (l *List[T]) Focused() (row T, ok bool) {
	if l.cursor < 0 || l.view[l.cursor].row < 0 {
		return row, false
	}
	it := l.view[l.cursor]
	return l.groups[it.group].Rows[it.row], true
}

// FocusedID is the id of the row under the cursor, "" when there is none.
func (l *List[T]) FocusedID() string {
	if row, ok := l.Focused(); ok {
		return l.id(row)
	}
	return ""
}

// FocusedGroup is the key of the group the cursor is in; header says that it
// stands on its header.
func (l *List[T]) FocusedGroup() (key string, header bool) {
	if l.cursor < 0 {
		return "", false
	}
	it := l.view[l.cursor]
	return l.groups[it.group].Key, it.row < 0
}

// Focus puts the cursor on a row, opening its group; false when it is not there.
// Asked before the rows are loaded, it holds for when they come.
func (l *List[T]) Focus(id string) bool {
	for g := range l.groups {
		for r := range l.groups[g].Rows {
			if l.id(l.groups[g].Rows[r]) != id {
				continue
			}
			if l.isFolded(&l.groups[g]) {
				l.folded[l.groups[g].Key] = false
				l.layout()
			}
			l.cursor = slices.Index(l.view, item{int32(g), int32(r)})
			l.settle()
			return true
		}
	}
	if l.rows == 0 {
		l.cursor, l.cursorID = -1, id
	}
	return false
}

// ToggleFold opens or folds the group the cursor is in; false when it cannot.
func (l *List[T]) ToggleFold() bool {
	if l.cursor < 0 {
		return false
	}
	g := &l.groups[l.view[l.cursor].group]
	if !g.Fold {
		return false
	}
	l.folded[g.Key] = !l.isFolded(g)
	key := headerMark + g.Key
	l.layout()
	l.cursor = l.nearest([]string{key})
	l.settle()
	return true
}

// Update moves the cursor and the selection. It returns true when the key was
// the list's.
func (l *List[T]) Update(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	action := l.keys.Action(keymap.List, k.String())
	switch action {
	case keymap.ListUp:
		l.move(-1)
	case keymap.ListDown:
		l.move(1)
	case keymap.ListPageUp:
		l.jump(l.cursor-max(1, l.h-1), 1)
	case keymap.ListPageDown:
		l.jump(l.cursor+max(1, l.h-1), -1)
	case keymap.ListTop:
		l.jump(0, 1)
	case keymap.ListBottom:
		l.jump(len(l.view)-1, -1)
	case keymap.ListNextPart:
		l.part(1)
	case keymap.ListPrevPart:
		l.part(-1)
	case keymap.ListFold:
		return l.ToggleFold()
	case keymap.ListSelect:
		l.toggle()
	case keymap.ListRange:
		l.rangeKey()
	default:
		return false
	}
	return true
}

// move steps to the next line that the cursor may take.
func (l *List[T]) move(dir int) {
	for i := l.cursor + dir; i >= 0 && i < len(l.view); i += dir {
		if l.stops(i) {
			l.cursor = i
			break
		}
	}
	l.settle()
}

// jump goes to a line, or the nearest that the cursor may take.
func (l *List[T]) jump(i, dir int) {
	if len(l.view) == 0 {
		return
	}
	l.cursor = l.seek(max(0, min(i, len(l.view)-1)), dir)
	l.settle()
}

// part goes to the first row of the next or previous group.
func (l *List[T]) part(dir int) {
	if l.cursor < 0 {
		return
	}
	here := l.view[l.cursor].group
	for i := l.cursor + dir; i >= 0 && i < len(l.view); i += dir {
		if g := l.view[i].group; g != here && l.stops(i) {
			for dir < 0 && i > 0 && l.view[i-1].group == g && l.stops(i-1) {
				i--
			}
			l.cursor = i
			break
		}
	}
	l.settle()
}
