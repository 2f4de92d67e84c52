package timeline

import (
	"time"

	"homeward/domain"
)

// kind is the calendar part in which a unit counts.
type kind int

const (
	minutes kind = iota // n divides 60
	hours               // n divides 24; more than one
	days                // counted from a Monday, so that seven of them are a week
	months              // n months, counted from January
)

// unit is a length of local calendar time in Europe/London: what one column of the axis stands for, or the distance of two
// labels. Units of a kind are numbered through; every instant lies in exactly one of them.
//
// Up to an hour they are elapsed time: the offset of the zone is whole hours, so that they begin at whole clock times on
// every day, and the day of 23 hours has 23 of them. Longer ones begin at local clock times: the one that holds a clock
// change is an hour shorter or longer than its neighbours.
type unit struct {
	kind kind
	n    int
}

const daySeconds = 24 * 60 * 60

// monday is the number, counted from 1 January 1970, of a day that was a Monday.
const monday = 4

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// dayNumber counts local days from 1 January 1970.
func dayNumber(d domain.Date) int64 {
	y, m, day := d.Parts()
	return floorDiv(time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Unix(), daySeconds)
}

// index is the number of the unit in which an instant (Unix seconds) lies.
func (u unit) index(t int64) int64 {
	if u.kind == minutes {
		return floorDiv(t, int64(u.n)*60)
	}
	l := time.Unix(t, 0).In(domain.London())
	switch u.kind {
	case hours:
		return dayNumber(domain.DateOf(l))*int64(24/u.n) + int64(l.Hour()/u.n)
	case days:
		return floorDiv(dayNumber(domain.DateOf(l))-monday, int64(u.n))
	default: // months
	}
	return floorDiv(int64(l.Year())*12+int64(l.Month())-1, int64(u.n))
}

// start is the instant at which a unit begins.
func (u unit) start(i int64) int64 {
	switch u.kind {
	case minutes:
		return i * int64(u.n) * 60
	case hours:
		per := int64(24 / u.n)
		day := floorDiv(i, per)
		return onDay(day, int(i-day*per)*u.n)
	case days:
		return onDay(i*int64(u.n)+monday, 0)
	default: // months
	}
	m := i * int64(u.n)
	t, _ := domain.Wall(int(floorDiv(m, 12)), time.Month(m-12*floorDiv(m, 12)+1), 1, 0, 0, 0)
	return t.Unix()
}

// floor is the beginning of the unit in which an instant lies.
func (u unit) floor(t int64) int64 { return u.start(u.index(t)) }

// onDay is a whole local hour of a day.
func onDay(day int64, hour int) int64 {
	y, m, d := time.Unix(day*daySeconds, 0).UTC().Date()
	t, _ := domain.Wall(y, m, d, hour, 0, 0)
	return t.Unix()
}

// about is how many seconds a unit has, give or take a clock change and the length of months.
func (u unit) about() int64 {
	switch u.kind {
	case minutes:
		return int64(u.n) * 60
	case hours:
		return int64(u.n) * 3600
	case days:
		return int64(u.n) * daySeconds
	default: // months, about
	}
	return int64(u.n) * 30 * daySeconds
}

// axis is the window on a child's time: a row of columns, each one unit long. A column is the span [from, to) of real time.
type axis struct {
	unit  unit
	first int64   // number of the first column's unit
	edges []int64 // where each column begins; one more for the end of the last
}

// newAxis lays out columns that begin with the unit of that number.
func newAxis(u unit, first int64, cols int) *axis {
	a := &axis{unit: u, first: first, edges: make([]int64, cols+1)}
	for i := range a.edges {
		a.edges[i] = u.start(first + int64(i))
	}
	return a
}

func (a *axis) cols() int        { return len(a.edges) - 1 }
func (a *axis) from(c int) int64 { return a.edges[c] }
func (a *axis) to(c int) int64   { return a.edges[c+1] }
func (a *axis) begin() int64     { return a.edges[0] }
func (a *axis) end() int64       { return a.edges[len(a.edges)-1] }

// holds says that an instant lies in the window.
func (a *axis) holds(t int64) bool { return t >= a.begin() && t < a.end() }

// col is the column of an instant; below zero or from cols on for one outside the window.
func (a *axis) col(t int64) int {
	switch {
	case t < a.begin():
		return -1
	case t >= a.end():
		return a.cols()
	}
	return int(a.unit.index(t) - a.first)
}

// clamp is the column of an instant, or the nearest at the edge.
func (a *axis) clamp(t int64) int { return max(0, min(a.col(t), a.cols()-1)) }

// level is one step of the zoom: how much time the window shows at least.
type level struct {
	name    string
	seconds int64
}

// levels are the steps, from a day to years.
func levels() []level {
	const d = daySeconds
	return []level{
		{"1 day", d}, {"3 days", 3 * d}, {"1 week", 7 * d}, {"2 weeks", 14 * d}, {"1 month", 31 * d}, {"3 months", 92 * d},
		{"6 months", 184 * d}, {"1 year", 366 * d}, {"2 years", 731 * d}, {"3 years", 1096 * d}, {"5 years", 1827 * d}, {"10 years", 3653 * d}, {"20 years", 7305 * d},
	}
}

// columnFor is the smallest unit of which that many columns show a level.
func columnFor(l level, cols int) unit {
	units := []unit{{minutes, 5}, {minutes, 10}, {minutes, 15}, {minutes, 20}, {minutes, 30}, {minutes, 60}, {hours, 2}, {hours, 3}, {hours, 4},
		{hours, 6}, {hours, 8}, {hours, 12}, {days, 1}, {days, 2}, {days, 3}, {days, 4}, {days, 5}, {days, 7}, {days, 10}, {days, 14}, {days, 21},
		{months, 1}, {days, 35}, {days, 42}, {months, 2}, {months, 3}, {months, 4}, {months, 6}}
	for _, u := range units {
		if u.about()*int64(cols) >= l.seconds {
			return u
		}
	}
	return unit{months, 24}
}

// fitting is the closest level at which that many columns show everything between two instants, with room at the end.
func fitting(from, to int64, cols int) int {
	all := levels()
	for i, l := range all {
		u := columnFor(l, cols)
		if u.index(to)-u.index(from)+1+int64(margin(cols)) <= int64(cols) {
			return i
		}
	}
	return len(all) - 1
}

// margin is how many columns stay free behind now, so that what is booked and due is seen to come.
func margin(cols int) int { return max(2, cols/16) }
