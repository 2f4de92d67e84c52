package tuitest

import (
	"testing"

	"homeward/domain/safe"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Whatever a name holds: on a terminal it stays in its cell, changes no colour
// of its neighbours and moves no cursor.
func FuzzSafeTextStaysInItsCell(f *testing.F) {
	for _, s := range []string{
		"Ada", "\x1b[31mred", "\x1b]0;title\x07", "a\rb", "\u009b2J", "x\u202ey", "e\u0301\u0301\u0301\u0301",
		"\u0301start", "山田", "\U0001f469\u200d\U0001f469", "\x1b[10;10H", "\x1bP+q\x1b\\", "\x1b]8;;http://x\x07link", "\xff\xfe", "\t\t\t",
	} {
		f.Add(s)
	}
	th := theme.Default()
	const w, at = 40, 12
	f.Fuzz(func(t *testing.T, s string) {
		scr := NewScreen(w, 3)
		line := widgets.Join(widgets.Say("[")).Paint(th, 1) + widgets.In(th.Overdue, s).Paint(th, at-1) + "|after"
		_, _ = scr.Write([]byte("above\r\n" + line + "\r\nbelow"))
		row := func(y, from int, want string) {
			t.Helper()
			for i, r := range want {
				c := scr.Cell(from+i, y)
				if c == nil || c.Content != string(r) {
					t.Fatalf("%q (%q): row %d is\n%s", s, safe.CleanLine(s), y, scr.Text())
				}
				if c.Style.Fg != nil || c.Style.Bg != nil || c.Link.URL != "" {
					t.Fatalf("%q: the style bleeds", s)
				}
			}
		}
		row(0, 0, "above")
		row(1, 0, "[")
		row(1, at, "|after")
		row(2, 0, "below")
		if x, y := scr.Cursor(); x != len("below") || y != 2 {
			t.Fatalf("%q: cursor at %d,%d", s, x, y)
		}
		for x := len("above"); x < w; x++ {
			if c := scr.Cell(x, 0); c != nil && c.Content != " " && c.Content != "" {
				t.Fatalf("%q leaves its row", s)
			}
		}
	})
}
