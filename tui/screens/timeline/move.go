package timeline

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// gutter is the room left of the axis for the names of its rows.
const gutter = 11

// mostAtFirst is the level at which a long story begins: near enough to tell the episodes of a fortnight apart.
const mostAtFirst = 6

// axis is the window on the child's time, laid out for the width there is. Another width keeps the cursor where it stood,
// as a part of the window.
func (v *screen) axis() *axis {
	w, _ := v.s.Size()
	cols := max(20, w-gutter-1)
	u := columnFor(levels()[v.spot.level], cols)
	if v.ax != nil && v.ax.cols() == cols && v.ax.unit == u && v.ax.first == u.index(v.spot.left) {
		return v.ax
	}
	if v.ax != nil && v.ax.cols() != cols && v.axLvl == v.spot.level {
		c := int64(v.ax.clamp(v.spot.at) * cols / v.ax.cols())
		v.spot.left = u.start(u.index(v.spot.at) - c)
	}
	v.ax, v.axLvl = newAxis(u, u.index(v.spot.left), cols), v.spot.level
	return v.ax
}

// start chooses what to show first: where one was with this child, else the last months with the entry asked for, or the
// newest episode, under the cursor.
func (v *screen) start() {
	old, known := v.m.spot[v.child]
	if known && v.begin == 0 {
		v.spot = old
		v.list.Focus(old.entry)
		v.reveal() // the window may have become another since
		return
	}
	v.ax = nil
	all := fitting(v.st.from, v.st.to, v.columns())
	v.spot.level, v.spot.at = min(mostAtFirst, all), v.s.Now().Unix()
	if known {
		v.spot.level = old.level
	}
	v.toEnd(v.spot.at)
	if v.spot.level == all {
		v.toEnd(v.st.to)
	}
	e := v.st.of(v.begin)
	for i := len(v.rows) - 1; e == nil && i >= 0; i-- {
		if !v.rows[i].event {
			e = v.rows[i]
		}
	}
	if e != nil {
		v.to(e)
	}
	v.keep()
}

func (v *screen) columns() int {
	w, _ := v.s.Size()
	return max(20, w-gutter-1)
}

// toEnd puts the window so that it ends soon after an instant.
func (v *screen) toEnd(t int64) {
	cols := v.columns()
	u := columnFor(levels()[v.spot.level], cols)
	v.spot.left = u.start(u.index(t) - int64(cols-1-margin(cols)))
}

// keep remembers where one is.
func (v *screen) keep() {
	v.spot.entry = v.list.FocusedID()
	v.m.spot[v.child] = v.spot
}

// to puts cursor and focus on an entry.
func (v *screen) to(e *entry) {
	v.list.Focus(e.id)
	v.spot.at = e.at.Unix()
	v.reveal()
}

// reveal moves the window so that the cursor is in it: not by a column, which would draw everything anew for each, but to
// the middle.
func (v *screen) reveal() {
	if a := v.axis(); !a.holds(v.spot.at) {
		v.spot.left = a.unit.start(a.unit.index(v.spot.at) - int64(a.cols()/2))
	}
	v.keep()
}

// followList brings the axis to the entry that the list focuses.
func (v *screen) followList() {
	if e := v.focused(); e != nil {
		v.spot.at = e.at.Unix()
		v.reveal()
	}
}

// step moves the cursor by columns and focuses what is there, or the nearest.
func (v *screen) step(by int) tea.Cmd {
	if v.st == nil {
		return nil
	}
	a := v.axis()
	i := a.first + int64(a.clamp(v.spot.at)+by)
	// Some of the story stays in the window: beyond it there is nothing to see.
	from, to, cols := a.unit.index(v.st.from), a.unit.index(v.st.to), int64(a.cols())
	i = max(from-cols/4, min(i, to+cols/4))
	v.spot.at = a.unit.start(i)
	if by > 1 || by < -1 {
		v.spot.left = a.unit.start(max(min(a.first, from-cols*3/4), min(a.first+int64(by), max(a.first, to-cols/4))))
	}
	v.reveal()
	v.pick(v.spot.at, a.unit.start(i+1))
	v.keep()
	return nil
}

func (v *screen) page(by int) tea.Cmd { return v.step(by * (v.columns() - margin(v.columns()))) }

// pick focuses what a column holds: what is focused already, an episode that begins there, another entry, an episode that
// goes on over it; else what is nearest in time.
func (v *screen) pick(from, to int64) {
	i, j := firstFrom(v.rows, from), firstFrom(v.rows, to)
	here := v.rows[i:j]
	if e := v.focused(); e != nil && slices.Contains(here, e) {
		return
	}
	if k := slices.IndexFunc(here, func(e *entry) bool { return !e.event }); k >= 0 {
		v.list.Focus(here[k].id)
		v.spot.at = here[k].at.Unix()
		return
	}
	if len(here) > 0 {
		v.list.Focus(here[0].id)
		v.spot.at = here[0].at.Unix()
		return
	}
	lo, hi := v.st.bars.touching(from, to)
	for k := hi - 1; k >= lo; k-- {
		if v.st.bars.bars[k].touches(from, to) {
			v.list.Focus(v.st.episodes[k].ID.String())
			return
		}
	}
	switch {
	case len(v.rows) == 0:
	case i == len(v.rows) || i > 0 && from-v.rows[i-1].at.Unix() <= v.rows[i].at.Unix()-from:
		v.list.Focus(v.rows[i-1].id)
	default:
		v.list.Focus(v.rows[i].id)
	}
}

// zoom keeps the cursor's instant in its column.
func (v *screen) zoom(by int) tea.Cmd {
	to := v.spot.level + by
	if v.st == nil || to < 0 || to >= len(levels()) {
		return nil
	}
	c := v.axis().clamp(v.spot.at)
	v.spot.level = to
	u := columnFor(levels()[to], v.columns())
	v.spot.left = u.start(u.index(v.spot.at) - int64(c))
	v.keep()
	return nil
}

// fit shows the whole story.
func (v *screen) fit() tea.Cmd {
	if v.st == nil {
		return nil
	}
	v.spot.level = fitting(v.st.from, v.st.to, v.columns())
	v.toEnd(v.st.to)
	v.reveal()
	return nil
}

// toNow puts the cursor on now and the window about it.
func (v *screen) toNow() tea.Cmd {
	if v.st == nil {
		return nil
	}
	v.spot.at = v.s.Now().Unix()
	v.toEnd(v.spot.at)
	a := v.axis()
	c := a.clamp(v.spot.at)
	v.pick(a.from(c), a.to(c))
	v.keep()
	return nil
}

// toEpisode goes to the next episode from the cursor, in a direction.
func (v *screen) toEpisode(dir int) tea.Cmd {
	if v.st == nil {
		return nil
	}
	i := slices.Index(v.rows, v.focused())
	if i < 0 {
		i = firstFrom(v.rows, v.spot.at)
	}
	for i += dir; i >= 0 && i < len(v.rows); i += dir {
		if !v.rows[i].event {
			v.to(v.rows[i])
			return nil
		}
	}
	return nil
}

// toFortnight goes to the first episode of the next shaded stretch, in a direction.
func (v *screen) toFortnight(dir int) tea.Cmd {
	if v.st == nil {
		return nil
	}
	list := v.st.fortnight
	for k := range list {
		f := &list[k]
		if dir < 0 {
			f = &list[len(list)-1-k]
		}
		if from := f.From.Unix(); dir > 0 && from > v.spot.at || dir < 0 && from < v.spot.at {
			if e := v.st.of(f.Episodes[0]); e != nil {
				v.to(e)
			}
			return nil
		}
	}
	return nil
}
