package timeline

import (
	"slices"
	"testing"

	"homeward/tui/theme"

	"pgregory.net/rapid"
)

func drawBars(r *rapid.T, mid int64) []bar {
	var out []bar
	t := mid - rapid.Int64Range(0, 90*daySeconds).Draw(r, "first")
	for range rapid.IntRange(0, 60).Draw(r, "n") {
		t += rapid.Int64Range(0, 6*daySeconds).Draw(r, "gap")
		b := bar{from: t, to: t + rapid.SampledFrom([]int64{0, 60, 2 * 3600, daySeconds, 21 * daySeconds}).Draw(r, "long")}
		out = append(out, b)
	}
	return out
}

// Each bar of the window has at least one cell, no two share one, and what finds no lane is counted.
func TestEveryEpisodeIsSeen(t *testing.T) {
	mid := at(t, "2026-03-20T12:00:00Z")
	rapid.Check(t, func(r *rapid.T) {
		x := indexBars(drawBars(r, mid))
		l := levels()[rapid.IntRange(0, len(levels())-1).Draw(r, "level")]
		cols := rapid.IntRange(20, 110).Draw(r, "cols")
		u := columnFor(l, cols)
		a := newAxis(u, u.index(mid)-int64(cols)/2, cols)
		most := rapid.IntRange(1, 5).Draw(r, "lanes")
		got := layBars(a, x, most)
		seen := map[int]bool{}
		taken := map[[2]int]int{}
		for _, s := range got.segs {
			b := x.bars[s.bar]
			if s.c0 > s.c1 || s.c0 < 0 || s.c1 >= cols || s.lane < 0 || s.lane >= got.lanes || got.lanes > most {
				r.Fatalf("%+v", s)
			}
			if a.holds(b.from) && s.c0 != a.col(b.from) || a.holds(b.to-1) && b.to > b.from && s.c1 != a.col(b.to-1) {
				r.Fatalf("%+v is drawn %+v", b, s)
			}
			seen[s.bar] = true
			for c := s.c0; c <= s.c1; c++ {
				if other, ok := taken[[2]int{s.lane, c}]; ok {
					r.Fatalf("bars %d and %d share cell %d of lane %d", other, s.bar, c, s.lane)
				}
				taken[[2]int{s.lane, c}] = s.bar
			}
		}
		for _, s := range got.segs { // one that ends where another begins is set off from it
			if _, ok := taken[[2]int{s.lane, s.c1 + 1}]; ok != s.cut {
				r.Fatalf("cut is %v of %+v", s.cut, s)
			}
		}
		for i, b := range x.bars {
			if b.touches(a.begin(), a.end()) == seen[i] {
				continue
			}
			if seen[i] {
				r.Fatalf("%+v is drawn and not in the window", b)
			}
			if n := got.crowd[a.clamp(b.from)]; n < 1 {
				r.Fatalf("%+v is neither drawn nor counted", b)
			}
		}
	})
}

func TestTwoHoursAndThreeWeeksAreToScale(t *testing.T) {
	from := at(t, "2026-11-02T12:00:00Z")
	x := indexBars([]bar{{from: from, to: from + 2*3600, sureFrom: from, sureTo: from + 2*3600},
		{from: from + 3*3600, to: from + 21*daySeconds, sureFrom: from, sureTo: from + 21*daySeconds}})
	a := newAxis(unit{days, 2}, unit{days, 2}.index(from)-3, 60)
	got := layBars(a, x, 3)
	if len(got.segs) != 2 || got.segs[0].lane == got.segs[1].lane || got.segs[0].c0 != got.segs[0].c1 || got.segs[1].c1-got.segs[1].c0 != 11 {
		t.Errorf("%+v", got)
	}
	g := glyphsOf(theme.Default())
	if short, long := barSign(a, x.bars[0], got.segs[0], got.segs[0].c0, g), barSign(a, x.bars[1], got.segs[1], got.segs[1].c0+1, g); short != g.thin || long != g.full {
		t.Errorf("two hours are %q, a day of three weeks is %q", short, long)
	}
	// Two hours over the edge of two columns look no longer than they are.
	edge := a.from(20)
	b := bar{from: edge - 3600, to: edge + 3600, sureFrom: edge - 3600, sureTo: edge + 3600}
	s := layBars(a, indexBars([]bar{b}), 1).segs[0]
	if barSign(a, b, s, 19, g) != g.thinEnd || barSign(a, b, s, 20, g) != g.thin {
		t.Errorf("%+v", s)
	}
}

func TestMarksAreCountedByColumn(t *testing.T) {
	mid := at(t, "2026-10-25T00:30:00Z")
	rapid.Check(t, func(r *rapid.T) {
		var marks []mark
		for range rapid.IntRange(0, 80).Draw(r, "n") {
			marks = append(marks, mark{mid + rapid.Int64Range(-9*daySeconds, 9*daySeconds).Draw(r, "at"),
				markRow(rapid.IntRange(0, int(markRows)-1).Draw(r, "row")), markKind(rapid.IntRange(0, int(markKinds)-1).Draw(r, "kind"))})
		}
		slices.SortFunc(marks, func(a, b mark) int { return int(a.at - b.at) })
		a := newAxis(unit{hours, 3}, unit{hours, 3}.index(mid)-30, 60)
		got := buckets(a, marks)
		for row := range got {
			for c, b := range got[row] {
				n, most := 0, markKind(-1)
				for _, m := range marks {
					if int(m.row) == row && m.at >= a.from(c) && m.at < a.to(c) {
						n, most = n+1, max(most, m.kind)
					}
				}
				if b.n != n || n > 0 && b.kind != most {
					r.Fatalf("row %d column %d: %+v, should be %d of %d", row, c, b, n, most)
				}
			}
		}
	})
}

// Labels stand in the column of what they name, and have room.
func TestLabelsHaveRoom(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		mid := rapid.Int64Range(at(t, "2020-01-01T00:00:00Z"), at(t, "2028-12-01T00:00:00Z")).Draw(r, "mid")
		cols := rapid.IntRange(40, 190).Draw(r, "cols")
		u := columnFor(levels()[rapid.IntRange(0, len(levels())-1).Draw(r, "level")], cols)
		a := newAxis(u, u.index(mid), cols)
		minor, major, _ := ticks(a)
		for _, list := range [][]label{minor, major} {
			end := 0
			for _, l := range list {
				if l.col < end || l.text == "" {
					r.Fatalf("%v in %v columns: %+v", u, cols, list)
				}
				end = l.col + len(l.text)
			}
		}
		if len(minor) < 2 {
			r.Fatalf("%v in %d columns: %+v", u, cols, minor)
		}
	})
}

func TestLabelsOfTheNightTheClocksGoBack(t *testing.T) {
	u := unit{minutes, 10}
	a := newAxis(u, u.index(at(t, "2026-10-24T23:00:00Z")), 25*6)
	minor, major, _ := ticks(a)
	var hours []string
	for _, l := range minor {
		hours = append(hours, l.text)
	}
	if want := []string{"00:00", "01:00", "01:00", "02:00", "03:00"}; !slices.Equal(hours[:5], want) || len(hours) != 25 || hours[24] != "23:00" {
		t.Errorf("%q", hours)
	}
	if len(major) != 1 || major[0].text != "Sunday 25 October 2026" {
		t.Errorf("%+v", major)
	}
	if clockChange(a.from(0), a.to(40)) != "clocks go back" || clockChange(a.from(13), a.to(13)) != "" {
		t.Error("the change is not named")
	}
}

func TestTheYearIsNamedWhereItBegins(t *testing.T) {
	u := unit{days, 4}
	a := newAxis(u, u.index(at(t, "2026-09-10T00:00:00Z")), 100)
	_, major, _ := ticks(a)
	if len(major) != 2 || major[0] != (label{0, "2026"}) || major[1].text != "2027" || a.col(at(t, "2027-01-01T00:00:00Z")) != major[1].col {
		t.Errorf("%+v", major)
	}
}
