package timeline

import (
	"time"

	"homeward/domain"
)

// label is a word under or over the axis, in the column where what it names begins.
type label struct {
	col  int
	text string
}

// scale is one way to divide the axis: the unit between two ticks, the least room of one in seconds, how it is written, and
// by what its larger divisions are named.
type scale struct {
	unit   unit
	least  int64
	layout string
	width  int
	major  int // index into majors, -1 for none
}

const (
	byDay = iota
	byMonth
	byYear
	byNothing = -1
)

// scales from fine to coarse.
func scales() []scale {
	const h, d = 3600, daySeconds
	return []scale{
		{unit{minutes, 60}, h, "15:04", 5, byDay}, {unit{hours, 2}, h, "15:04", 5, byDay}, {unit{hours, 3}, 2 * h, "15:04", 5, byDay},
		{unit{hours, 6}, 5 * h, "15:04", 5, byDay}, {unit{hours, 12}, 11 * h, "15:04", 5, byDay},
		{unit{days, 1}, 23 * h, "Mon 2", 6, byMonth}, {unit{days, 1}, 23 * h, "2", 2, byMonth},
		{unit{days, 7}, 7*d - h, "Mon 2", 6, byMonth}, {unit{days, 7}, 7*d - h, "2", 2, byMonth},
		{unit{months, 1}, 28 * d, "Jan", 3, byYear}, {unit{months, 3}, 90 * d, "Jan", 3, byYear}, {unit{months, 6}, 181 * d, "Jan", 3, byYear},
		{unit{months, 12}, 365 * d, "2006", 4, byNothing}, {unit{months, 24}, 730 * d, "2006", 4, byNothing}, {unit{months, 60}, 1826 * d, "2006", 4, byNothing},
		{unit{months, 120}, 3652 * d, "2006", 4, byNothing}, {unit{months, 240}, 7305 * d, "2006", 4, byNothing},
	}
}

// majors are the larger divisions and how they may be written, from long to short.
func majors(i int) (unit, []string) {
	switch i {
	case byDay:
		return unit{days, 1}, []string{"Monday 2 January 2006", "Mon 2 Jan 2006", "Mon 2 Jan", "2 Jan"}
	case byMonth:
		return unit{months, 1}, []string{"January 2006", "Jan 2006", "Jan"}
	}
	return unit{months, 12}, []string{"2006"}
}

// ticks divides an axis: the finest scale whose labels have room, and the larger divisions above it. The larger one that
// holds the left edge is named there, too.
func ticks(a *axis) (minor, major []label, every unit) {
	all := scales()
	s := all[len(all)-1]
	for _, x := range all {
		if x.unit.about() >= a.unit.about() && x.least >= int64(x.width+1)*a.unit.about() {
			s = x
			break
		}
	}
	for _, l := range beginnings(a, s.unit) {
		l.text = local(s.unit.floor(a.to(l.col) - 1)).Format(s.layout)
		minor = append(minor, l)
	}
	if s.major == byNothing {
		return minor, nil, s.unit
	}
	u, layouts := majors(s.major)
	marks := beginnings(a, u)
	if len(marks) == 0 || marks[0].col > 0 {
		marks = append([]label{{col: 0}}, marks...)
	}
	for i, m := range marks {
		room := a.cols() - m.col
		if i+1 < len(marks) {
			room = marks[i+1].col - m.col
		}
		t := local(u.floor(a.to(m.col) - 1))
		for _, layout := range layouts {
			if text := t.Format(layout); len(text) < room {
				major = append(major, label{m.col, text})
				break
			}
		}
	}
	return minor, major, s.unit
}

// beginnings are the columns in which a unit begins.
func beginnings(a *axis, u unit) []label {
	var out []label
	for c := range a.cols() {
		if u.floor(a.to(c)-1) >= a.from(c) {
			out = append(out, label{col: c})
		}
	}
	return out
}

func local(t int64) time.Time { return time.Unix(t, 0).In(domain.London()) }

// spanWords names a span of local time as short as it can be said: "Sun 22 Nov 2026 14:00–15:00", "22–25 Nov 2026".
func spanWords(from, to int64, u unit) string {
	a, b := local(from), local(to)
	if u.kind == minutes || u.kind == hours {
		return a.Format("Mon 2 Jan 2006 15:04") + "–" + b.Format("15:04")
	}
	b = local(to - 1)
	switch {
	case u.kind == days && u.n == 1:
		return a.Format("Mon 2 Jan 2006")
	case a.Year() != b.Year():
		return a.Format("2 Jan 2006") + " – " + b.Format("2 Jan 2006")
	case a.Month() != b.Month():
		return a.Format("2 Jan") + " – " + b.Format("2 Jan 2006")
	case u.kind == months && u.n == 1:
		return a.Format("January 2006")
	}
	return a.Format("2") + "–" + b.Format("2 Jan 2006")
}

// clockChange says what the clocks do within a span of less than two days, "" when nothing.
func clockChange(from, to int64) string {
	if to-from > 2*daySeconds {
		return ""
	}
	_, before := local(from).Zone()
	_, after := local(to).Zone()
	switch {
	case after > before:
		return "clocks go forward"
	case after < before:
		return "clocks go back"
	}
	return ""
}
