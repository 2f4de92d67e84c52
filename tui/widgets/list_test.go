package widgets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

func newList() *widgets.List[string] {
	l := widgets.NewList(keymap.Default(), func(s string) string { return s },
		widgets.Column[string]{Title: "A", Min: 6, Cell: func(th *theme.Theme, s string) widgets.Line { return widgets.In(th.Text, s) }},
		widgets.Column[string]{Title: "B", Min: 4, Max: 6, Priority: 1, Align: widgets.Right, Cell: func(th *theme.Theme, s string) widgets.Line { return widgets.In(th.Overdue, s) }})
	l.Empty = "none"
	return l
}

func names(from, to int) (out []string) {
	for i := from; i < to; i++ {
		out = append(out, fmt.Sprintf("r%d", i))
	}
	return out
}

func press(l *widgets.List[string], keys ...string) {
	for _, k := range keys {
		l.Update(tuitest.Key(k))
	}
}

func TestListCursorSurvivesRefresh(t *testing.T) {
	l := newList()
	l.SetRows(names(0, 10))
	press(l, "j", "j", "j")
	rows := names(0, 10)
	slices.Reverse(rows)
	l.SetRows(rows)
	if l.FocusedID() != "r3" {
		t.Fatalf("%s", l.FocusedID())
	}
	l.SetRows(slices.DeleteFunc(slices.Clone(rows), func(s string) bool { return s == "r3" }))
	if l.FocusedID() != "r2" { // reversed: r2 stood below r3
		t.Errorf("the next row takes its place, not %s", l.FocusedID())
	}
	l.SetRows(nil)
	if l.FocusedID() != "" || !strings.Contains(l.View(theme.Default(), 40, 5), "none") {
		t.Error("empty")
	}
	l.SetRows(names(0, 3))
	if l.FocusedID() != "r0" && l.FocusedID() != "r2" {
		t.Errorf("%s", l.FocusedID())
	}
}

func TestListPagesAtTheEdge(t *testing.T) {
	l, th := newList(), theme.Default()
	l.SetRows(names(0, 100))
	l.View(th, 40, 10)
	scrolls, last := 0, 0
	for range 99 {
		press(l, "j")
		l.View(th, 40, 10)
		if top, _, _ := l.Window(); top != last {
			scrolls, last = scrolls+1, top
		}
	}
	if scrolls > 13 || l.FocusedID() != "r99" {
		t.Errorf("%d scrolls, at %s", scrolls, l.FocusedID())
	}
	press(l, "g")
	l.View(th, 40, 10)
	if top, _, _ := l.Window(); top != 0 || l.FocusedID() != "r0" {
		t.Error("home")
	}
}

func TestListGroupsFold(t *testing.T) {
	l, th := newList(), theme.Default()
	groups := []widgets.Group[string]{{Key: "Now", Rows: []string{"a"}}, {Key: "Gone"}, {Key: "Later", Fold: true, Folded: true, Rows: []string{"b", "c"}}}
	l.SetGroups(groups)
	press(l, "j")
	if key, header := l.FocusedGroup(); key != "Later" || !header {
		t.Fatalf("%s %v", key, header)
	}
	press(l, "z", "j")
	if l.FocusedID() != "b" {
		t.Errorf("%s", l.FocusedID())
	}
	l.SetGroups(groups)
	if l.FocusedID() != "b" {
		t.Error("what was opened stays open")
	}
	press(l, "z")
	if v := tuitest.Text(l.View(th, 30, 6), 30, 6); strings.Contains(v, "b") || strings.Contains(v, "Gone") {
		t.Errorf("%s", v)
	}
	if !l.Focus("c") || l.FocusedID() != "c" {
		t.Error("focusing a hidden row opens its group")
	}
}

func TestListSelection(t *testing.T) {
	l := newList()
	l.SetRows(names(0, 10))
	press(l, "space", "j", "V", "j", "j")
	if n, open := l.Ranging(); n != 3 || !open || l.Status().String() != "range of 3 rows, 4 rows in all" {
		t.Errorf("%d %v %s", n, open, l.Status())
	}
	press(l, "V")
	if got := fmt.Sprint(l.Selected()); got != "[r0 r2 r3 r4]" || l.Status().String() != "4 rows selected" {
		t.Errorf("%s %s", got, l.Status())
	}
	l.SetRows(names(3, 10))
	if got := fmt.Sprint(l.Chosen()); got != "[r3 r4]" {
		t.Errorf("gone rows leave the selection: %s", got)
	}
	if !l.ClearSelection() || l.ClearSelection() || len(l.Chosen()) != 1 {
		t.Error("clear")
	}
}

func TestListColumnsDrop(t *testing.T) {
	l, th := newList(), theme.Default()
	l.Header = true
	l.SetRows([]string{"x"})
	if v := l.View(th, 10, 3); strings.Contains(v, "B") {
		t.Error("the second column does not fit")
	}
	if v := tuitest.Text(l.View(th, 30, 3), 30, 3); !strings.Contains(v, "B") {
		t.Errorf("%s", v)
	}
}

// Whatever is pressed and refreshed: the cursor is on a row that is there, it is
// inside the window, and every line is exactly as wide as asked.
func TestListProperties(t *testing.T) {
	th := theme.Default()
	rapid.Check(t, func(t *rapid.T) {
		l := newList()
		var rows []string
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				rows = rapid.SliceOfNDistinct(rapid.StringMatching("[a-zé山]{1,9}"), 0, 40, rapid.ID[string]).Draw(t, "rows")
				cut := rapid.IntRange(0, len(rows)).Draw(t, "cut")
				l.SetGroups([]widgets.Group[string]{{Key: "one", Rows: rows[:cut]}, {Key: "two", Rows: rows[cut:], Fold: true, Folded: rapid.Bool().Draw(t, "fold")}})
			default:
				press(l, rapid.SampledFrom([]string{"j", "k", "g", "G", "pgup", "pgdown", "z", "space", "V", "{", "}"}).Draw(t, "key"))
			}
			w, h := rapid.IntRange(8, 60).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h")
			view := l.View(th, w, h)
			lines := strings.Split(view, "\n")
			if len(lines) > h {
				t.Fatalf("%d lines in %d", len(lines), h)
			}
			for _, line := range lines {
				if n := widgets.Width(line); n > w {
					t.Fatalf("a line of %d in %d: %q", n, w, line)
				}
			}
			_, header := l.FocusedGroup()
			id := l.FocusedID()
			if id == "" && !header && len(rows) > 0 {
				t.Fatal("there are rows and no cursor")
			}
			if id != "" && !slices.Contains(rows, id) {
				t.Fatalf("cursor on %q, which is gone", id)
			}
			if len(rows) > 0 && !strings.Contains(view, th.Glyphs.Cursor) {
				t.Fatal("the cursor is not in the window")
			}
			for _, s := range l.Selected() {
				if !slices.Contains(rows, s) {
					t.Fatalf("%q is selected and gone", s)
				}
			}
		}
	})
}

func BenchmarkListKeyAndFrame(b *testing.B) {
	l, th := newList(), theme.Default()
	l.SetRows(names(0, 100_000))
	key := tuitest.Key("j")
	l.View(th, 120, 40)
	for b.Loop() {
		l.Update(key)
		l.View(th, 120, 40)
	}
}

func BenchmarkListRefresh(b *testing.B) {
	l := newList()
	rows := names(0, 100_000)
	l.SetRows(rows)
	press(l, "G")
	for b.Loop() {
		l.SetRows(rows)
	}
}
