package lists_test

import (
	"slices"
	"testing"
	"time"

	"homeward/domain"
	"homeward/tui/lists"
	"homeward/tui/theme"
)

// screen is what a list has on the screen, whatever its rows are.
type screen struct {
	columns      []column
	always, hide []string
	withoutCell  []string // fields whose column draws nothing
	places       []int
}

// column is one of them: how wide it is at least and at most, without and with room for bars, and what it says of a row in
// which everything is filled.
type column struct {
	title         string
	min, max      int
	wideMin, wide int
	says, masked  string
}

// env is a session's, with names and texts or with both masked.
func env(masked bool) *lists.Env {
	show := func(s string) string {
		if masked {
			return "M"
		}
		return s
	}
	return &lists.Env{Now: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC), Me: "x", Masked: masked,
		Name: func(c *domain.Child) string { return show(c.Name()) }, Told: show, First: func(login string) string { return login }}
}

// onScreen draws every column of a list of one row that holds everything and of one that holds nothing.
func onScreen[T any](l lists.List[T], filled, blank *T) screen {
	s := screen{always: l.Always(), hide: l.MayHide()}
	for _, f := range l {
		if f.Screen == nil {
			continue
		}
		s.places = append(s.places, f.Screen.At)
		if f.Screen.Cell == nil {
			s.withoutCell = append(s.withoutCell, f.Name)
		}
	}
	if s.withoutCell != nil {
		return s
	}
	th := theme.Default()
	masked, wide := l.Screen(env(true)), l.Screen(env(false).Wide(200))
	for i, c := range l.Screen(env(false)) {
		c.Cell(th, blank)
		wide[i].Cell(th, blank)
		s.columns = append(s.columns, column{title: c.Title, min: c.Min, max: c.Max, wideMin: wide[i].Min, wide: wide[i].Max,
			says: c.Cell(th, filled).String(), masked: masked[i].Cell(th, filled).String()})
	}
	return s
}

// Every column of a screen has a title of its own, bounds and a cell that says something and a place of its own; it is hidden
// by a view or never is.
func TestEveryColumnOfAScreenIsWhole(t *testing.T) {
	found := 0
	for name, d := range allLists() {
		s, titles := d.screen, []string{}
		for _, field := range s.withoutCell {
			t.Errorf("%s: %s has a column and no cell", name, field)
		}
		for _, c := range s.columns {
			found++
			if c.title == "" || slices.Contains(titles, c.title) {
				t.Errorf("%s has a column %q, blank or twice", name, c.title)
			}
			titles = append(titles, c.title)
			if c.min < 1 || c.max != 0 && c.max < c.min || c.wideMin < c.min || c.max != 0 && c.wide-c.max != c.wideMin-c.min {
				t.Errorf("%s: %s is %d to %d cells wide, with bars %d to %d", name, c.title, c.min, c.max, c.wideMin, c.wide)
			}
			if c.says == "" {
				t.Errorf("%s: %s is blank in a row in which everything is filled", name, c.title)
			}
			if c.title == "Child" && c.masked == c.says {
				t.Errorf("%s: %s is %q, masked or not", name, c.title, c.says)
			}
		}
		if places := slices.Sorted(slices.Values(s.places)); len(slices.Compact(places)) != len(s.places) || slices.Contains(places, 0) {
			t.Errorf("%s: columns of the screen at %v", name, s.places)
		}
		if got, want := slices.Sorted(slices.Values(append(slices.Clone(s.always), s.hide...))), slices.Sorted(slices.Values(titles)); !slices.Equal(got, want) {
			t.Errorf("%s: always shown and hidden by a view %v, columns %v", name, got, want)
		}
	}
	if found < 24 {
		t.Errorf("only %d columns of a screen were looked at", found)
	}
}
