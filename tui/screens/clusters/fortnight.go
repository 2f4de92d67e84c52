package clusters

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// axis is the time that the fortnight's drawing spans: whole calendar days in London, one beside the other and equally
// wide. A day of 23 or 25 hours is as wide as any: its hours are narrower or wider.
type axis struct {
	days []time.Time // the midnights, one more than there are days
	per  int         // cells a day
	from time.Time   // where the window begins: the start of the first episode
	till time.Time   // where it ends, the same clock time a fortnight later
}

// The widest and narrowest that a day is drawn.
const (
	mostCells  = 5
	leastCells = 1
)

// newAxis lays the days of a window in at most so many cells.
func newAxis(from, till domain.Moment, room int) axis {
	a := axis{from: from.Time(), till: till.Time()}
	last := domain.DateOf(a.till.Add(-time.Second)) // a window that ends at midnight does not open another day
	for d := domain.DateOf(a.from); d <= last.Days(1); d = d.Days(1) {
		a.days = append(a.days, d.Start())
	}
	a.per = max(leastCells, min(mostCells, room/max(1, a.n())))
	return a
}

// n is the number of days, w the cells they take.
func (a axis) n() int { return len(a.days) - 1 }
func (a axis) w() int { return a.n() * a.per }

// at is where a time stands, in cells from the left; outside the days it is beyond the ends.
func (a axis) at(t time.Time) float64 {
	if t.Before(a.days[0]) {
		return -1
	}
	for i := range a.n() {
		if t.Before(a.days[i+1]) {
			part := float64(t.Sub(a.days[i])) / float64(a.days[i+1].Sub(a.days[i]))
			return (float64(i) + part) * float64(a.per)
		}
	}
	if t.Equal(a.days[a.n()]) {
		return float64(a.w())
	}
	return float64(a.w()) + 1
}

// cells are those that a period covers, at least one, cut at the ends; before and after say that more of it lies there.
func (a axis) cells(from, to time.Time) (i, j int, before, after bool) {
	x, y := a.at(from), a.at(to)
	before, after = x < 0, y > float64(a.w())
	i = max(0, min(int(math.Floor(x)), a.w()-1))
	j = max(i+1, min(int(math.Ceil(y)), a.w()))
	return i, j, before, after
}

// look is how a period is drawn: what it is has a shape of its own, not a colour alone.
type look int

// Several periods in one cell: the later look wins.
const (
	lookNothing look = iota
	lookOut          // left out, or to be
	lookAdd          // could be added
	lookIn           // a member
	lookGone         // still missing at its end
)

// period is one stretch to draw.
type period struct {
	from, to time.Time
	look     look
}

// track draws periods on one line of the days. Inside the window every midnight has a dot and the weekends have dots all
// through, so that they are told apart without colour; outside it there is nothing.
func (a axis) track(th *theme.Theme, periods ...period) widgets.Line {
	signs := make([]string, a.w())
	drawn := make([]look, a.w())
	first, end, _, _ := a.cells(a.from, a.till)
	for x := range signs {
		signs[x], drawn[x] = " ", lookNothing
		if x >= first && x < end && (weekend(a.days[x/a.per]) || x%a.per == 0) {
			signs[x] = midDot(th)
		}
	}
	for _, p := range periods {
		i, j, before, after := a.cells(p.from, p.to)
		for x := i; x < j; x++ {
			if drawn[x] >= p.look {
				continue
			}
			drawn[x] = p.look
			signs[x], _ = p.look.drawn(th)
			switch {
			case before && x == i:
				signs[x] = th.Glyphs.Left
			case (after || p.look == lookGone) && x == j-1: // it goes on
				signs[x] = th.Glyphs.Right
			}
		}
	}
	var out widgets.Line
	for x := 0; x < len(signs); { // one span for a run of the same look
		y := x
		for y < len(signs) && drawn[y] == drawn[x] {
			y++
		}
		_, style := drawn[x].drawn(th)
		out = append(out, widgets.In(style, strings.Join(signs[x:y], ""))...)
		x = y
	}
	return out
}

// drawn is the sign and the style of a look.
func (l look) drawn(th *theme.Theme) (string, theme.Style) {
	switch l {
	case lookOut:
		return th.Glyphs.BarEmpty, th.Muted
	case lookAdd:
		return "+", th.Info
	case lookIn:
		return th.Glyphs.BarFull, th.BarFill
	case lookGone:
		return th.Glyphs.BarFull, th.Overdue
	default: // nothing is there
	}
	return " ", th.Muted
}

// head are the lines above: the names of the days, and their dates as often as they fit.
func (a axis) head(th *theme.Theme) (names, dates widgets.Line) {
	letters := map[bool]int{true: 2, false: 1}[a.per >= 3]
	step := (2 + a.per) / a.per // a date takes two cells and a gap
	for i := range a.n() {
		d := a.days[i].In(domain.London())
		style := th.Label
		if weekend(d) {
			style = th.Strong
		}
		names = append(names, widgets.In(style, pad(d.Format("Mon")[:letters], a.per))...)
		if i%step == 0 {
			cells := a.per * min(step, a.n()-i)
			dates = append(dates, widgets.In(th.Label, pad(fmt.Sprint(d.Day()), cells))...)
		}
	}
	return names, dates
}

// ends is the line that marks where the window begins and ends.
func (a axis) ends(th *theme.Theme) widgets.Line {
	first, end, _, beyond := a.cells(a.from, a.till)
	till := a.till.In(domain.London())
	closing := "◂"
	switch {
	case beyond: // the first was taken out: the window of the others ends after the days drawn
		closing = th.Glyphs.Right
	case th.ASCII:
		closing = "<"
	}
	open := th.Glyphs.Cursor
	lefts := []string{open + " first " + a.from.In(domain.London()).Format("15:04"), open + " first", open}
	rights := []string{"window ends " + till.Format("Mon 2 Jan 15:04"), "window ends " + till.Format("2 Jan 15:04"), "ends " + till.Format("2 Jan 15:04"), "ends " + till.Format("15:04"), ""}
	for i, l := range lefts {
		few := 3 // the date of the end is worth more than the time of the beginning
		if i == len(lefts)-1 {
			few = len(rights)
		}
		for _, r := range rights[:few] {
			r = strings.TrimSpace(r + " " + closing)
			if gap := end - first - widgets.Width(l) - widgets.Width(r); gap >= 1 {
				return widgets.In(th.Info, strings.Repeat(" ", first)+l+strings.Repeat(" ", gap)+r)
			}
		}
	}
	return nil
}

// sign is a mark below the days.
type sign struct {
	at   time.Time
	text string
}

// below marks times under the days. The words of the last stand behind its arrow, those of the others before theirs,
// where there is room; a mark without room is left out, the later ones first.
func (a axis) below(th *theme.Theme, signs ...sign) widgets.Line {
	var in []sign
	for _, s := range signs {
		if x := a.at(s.at); x >= 0 && x <= float64(a.w()) {
			in = append(in, s)
		}
	}
	order := slices.Clone(in)
	slices.SortStableFunc(order, func(s, t sign) int { return s.at.Compare(t.at) })
	row := []rune(strings.Repeat(" ", a.w()))
	put := func(i int, text string) bool {
		t := []rune(text)
		if i < 0 || i+len(t) > len(row) || strings.TrimSpace(string(row[max(0, i-1):min(len(row), i+len(t)+1)])) != "" {
			return false
		}
		copy(row[i:], t)
		return true
	}
	for _, s := range in {
		i := min(int(a.at(s.at)), a.w()-1)
		behind := func() bool { return put(i, th.Glyphs.Up+" "+s.text) }
		before := func() bool { return put(i-len([]rune(s.text))-1, s.text+" "+th.Glyphs.Up) }
		if s == order[len(order)-1] {
			_ = behind() || before()
		} else {
			_ = before() || behind()
		}
	}
	if t := strings.TrimRight(string(row), " "); t != "" {
		return widgets.In(th.Info, t)
	}
	return nil
}

// midDot is the dot of the days.
func midDot(th *theme.Theme) string {
	if th.ASCII {
		return "."
	}
	return th.Glyphs.Dot
}

func weekend(t time.Time) bool {
	d := t.In(domain.London()).Weekday()
	return d == time.Saturday || d == time.Sunday
}

// pad fills a text up to w cells.
func pad(s string, w int) string {
	if n := w - widgets.Width(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}
