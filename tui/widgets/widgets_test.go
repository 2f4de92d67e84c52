package widgets_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"homeward/domain/safe"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := safe.CleanLine(rapid.StringMatching(`([a-zé山!]{0,12} ?){0,12}`).Draw(t, "text"))
		w := rapid.IntRange(2, 30).Draw(t, "w")
		all := ""
		for _, l := range widgets.WrapLine(widgets.Say(s), w) {
			if n := widgets.Width(strings.TrimRight(l.String(), " ")); n > w {
				t.Fatalf("%q is %d wide, not %d", l.String(), n, w)
			}
			all += l.String()
		}
		squeeze := strings.NewReplacer(" ", "")
		if squeeze.Replace(all) != squeeze.Replace(s) {
			t.Fatalf("%q became %q", s, all)
		}
	})
}

func TestPaintIsExact(t *testing.T) {
	th := theme.Default()
	rapid.Check(t, func(t *rapid.T) {
		var l widgets.Line
		for range rapid.IntRange(0, 4).Draw(t, "spans") {
			l = widgets.Join(l, widgets.In(th.Overdue, rapid.StringMatching(`[a-z山é ]{0,9}`).Draw(t, "s")))
		}
		w := rapid.IntRange(1, 30).Draw(t, "w")
		if got := widgets.Width(l.Paint(th, w)); got != w {
			t.Fatalf("%q painted %d wide, not %d", l.String(), got, w)
		}
	})
}

func TestBarShowsOverByShape(t *testing.T) {
	th, _ := theme.New("dark", true, true)
	if got := widgets.Bar(th, 0.5, false, false, 4).String(); got != "##.." {
		t.Errorf("%q", got)
	}
	if got := widgets.Bar(th, 7, true, false, 4).String(); got != "!!!!" {
		t.Errorf("%q", got)
	}
	zero := 0.0
	if got := widgets.Bar(th, zero/zero, false, false, 4).String(); got != "...." {
		t.Errorf("%q", got)
	}
}

func TestConfirmStandsOnNo(t *testing.T) {
	keys := keymap.Default()
	tests := []struct {
		keys string
		want string
	}{
		{"enter", "no"}, {"y", ""}, {"y enter", "no"}, {"tab enter", "yes"}, {"right enter", "yes"}, {"right left enter", "no"}, {"esc", "no"},
	}
	for _, tt := range tests {
		got := ""
		c := widgets.NewConfirm(keys, "Restore?", nil, "Restore", "Keep", func(y bool) tea.Cmd {
			got = map[bool]string{true: "yes", false: "no"}[y]
			return nil
		})
		for _, k := range strings.Fields(tt.keys) {
			c.Update(tuitest.Key(k))
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.keys, got, tt.want)
		}
	}
}

func TestToastsExpire(t *testing.T) {
	var ts widgets.Toasts
	now := tuitest.Now()
	for i := range 5 {
		ts.Add(widgets.Toast{Text: safe.Line("t"), At: now.Add(time.Duration(i) * time.Second)})
	}
	if len(ts.Shown()) != 3 || len(ts.Past()) != 5 {
		t.Error("three are shown, all are kept")
	}
	ts.Expire(now.Add(4 * time.Second))
	if len(ts.Shown()) != 1 {
		t.Errorf("%d", len(ts.Shown()))
	}
	ts.Clear(false)
	if len(ts.Shown()) != 0 || len(ts.Past()) != 5 {
		t.Error("clear")
	}
}

func TestFormHidesAndScrolls(t *testing.T) {
	th := theme.Default()
	var fields []widgets.Field
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		fields = append(fields, widgets.Field{ID: id, Label: "Field " + id})
	}
	fields[1].Hide = func(v widgets.Values) bool { return v["a"] != "x" }
	f := widgets.NewForm(widgets.FormConfig{Fields: fields, Delay: widgets.NoDelay})
	if _, ok := f.Values()["b"]; ok {
		t.Error("a hidden field has no value")
	}
	f.Update(tuitest.Key("tab"))
	if f.Focused() != "c" {
		t.Errorf("%s", f.Focused())
	}
	f.Update(tuitest.Key("shift+tab"))
	f.Update(tuitest.Key("shift+tab"))
	if v := tuitest.Text(f.View(th, 60, 4), 60, 4); f.Focused() != "h" || !strings.Contains(v, "Field h") || strings.Contains(v, "Field a") {
		t.Errorf("%s", v)
	}
	if n := strings.Count(f.View(th, 60, 4), "\n") + 1; n != 4 {
		t.Errorf("%d lines", n)
	}
}

// Typing, moving and deleting anywhere leaves safe text, a cursor inside it and
// lines no wider than asked.
func TestEditorProperties(t *testing.T) {
	th := theme.Default()
	keys := []string{"left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+left", "ctrl+right", "enter", "space", "a", "é", "山", "\u0301"}
	rapid.Check(t, func(t *rapid.T) {
		f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "n", Label: "N", Kind: widgets.NoteKind, Limit: 60}}})
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			if rapid.IntRange(0, 9).Draw(t, "paste?") == 0 {
				f.Update(tea.PasteMsg{Content: rapid.String().Draw(t, "paste")})
			} else {
				f.Update(tuitest.Key(rapid.SampledFrom(keys).Draw(t, "key")))
			}
			v := f.Values()["n"]
			if safe.CleanNote(v) != v {
				t.Fatalf("%q is not safe", v)
			}
			w := rapid.IntRange(24, 60).Draw(t, "w")
			for _, line := range strings.Split(f.View(th, w, 8), "\n") {
				if n := widgets.Width(line); n > w {
					t.Fatalf("%d wide in %d: %q", n, w, line)
				}
			}
		}
	})
}

func TestBigPasteIsQuickEnough(t *testing.T) {
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "n", Label: "N", Kind: widgets.NoteKind}}})
	f.Update(tea.PasteMsg{Content: strings.Repeat("wörd ", 13000)})
	if n := len([]rune(f.Values()["n"])); n > 20000 {
		t.Errorf("%d letters", n)
	}
	f.View(theme.Default(), 80, 20)
}

func TestTypedSearchTextNeverVanishes(t *testing.T) {
	saved := false
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "who", Label: "Who", Kind: widgets.FindKind}},
		OnDone: func(any) tea.Cmd { saved = true; return nil }})
	f.Update(tuitest.Key("a"))
	f.Update(tuitest.Key("ctrl+d"))
	if saved || !strings.Contains(f.View(theme.Default(), 60, 6), "choose one of the hits") {
		t.Error("an optional search with text in it must not be saved as empty")
	}
	draft, ok := f.Draft()
	again := widgets.NewForm(widgets.FormConfig{Fields: []widgets.Field{{ID: "who", Label: "Who", Kind: widgets.FindKind}}, Draft: draft})
	if v := again.View(theme.Default(), 60, 6); !ok || !strings.Contains(v, "a") {
		t.Errorf("%q", v)
	}
}

func TestFitIsExact(t *testing.T) {
	for _, s := range []string{"a山山山", "山", "", "x\ny\nz\nw"} {
		for _, line := range strings.Split(widgets.Fit(s, 4, 3), "\n") {
			if widgets.Width(line) != 4 {
				t.Errorf("%q: %q", s, line)
			}
		}
	}
}

func TestSavingFormCannotBeLeft(t *testing.T) {
	left := false
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "n", Label: "N"}},
		Submit:  func(context.Context, widgets.Values) (any, error) { return 1, nil },
		OnLeave: func(widgets.Values) tea.Cmd { left = true; return nil }})
	f.Update(tuitest.Key("a"))
	f.Update(tuitest.Key("enter"))
	if v := f.View(theme.Default(), 80, 8); f.Saving() || !strings.Contains(v, "save,") {
		t.Errorf("enter saves, or does not say which key does:\n%s", v)
	}
	f.Update(tuitest.Key("ctrl+d"))
	f.Update(tuitest.Key("esc"))
	if !f.Saving() || left {
		t.Error("a draft of what is being saved would be a ghost")
	}
}

// What happened while a form was open stands on top wherever the focus is, within a third of its height, and saving that is
// refused asks anew what the answers would do.
func TestFormNotice(t *testing.T) {
	th := theme.Default()
	var fields []widgets.Field
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		fields = append(fields, widgets.Field{ID: id, Label: "Field " + id})
	}
	happened, asked := 0, 0
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: fields,
		Notice: func() []widgets.Line {
			var out []widgets.Line
			for i := range happened {
				out = append(out, widgets.Say(fmt.Sprint("happened ", i+1)))
			}
			return out
		},
		Preview: func(context.Context, widgets.Values) []widgets.Line { asked++; return nil },
		Submit:  func(context.Context, widgets.Values) (any, error) { return nil, errors.New("not now") },
	})
	before := f.Height(th, 60)
	for range 7 {
		f.Update(tuitest.Key("tab"))
	}
	happened = 1
	if f.Height(th, 60) != before+1 {
		t.Errorf("%d lines, %d without a notice", f.Height(th, 60), before)
	}
	view := tuitest.Text(f.View(th, 60, 9), 60, 9)
	if !strings.HasPrefix(strings.TrimSpace(view), "happened 1") || !strings.Contains(view, "Field h") {
		t.Errorf("%s", view)
	}
	happened = 9
	if view = tuitest.Text(f.View(th, 60, 9), 60, 9); strings.Count(view, "happened") != 3 || !strings.Contains(view, "Field h") {
		t.Errorf("%s", view)
	}
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok {
			for _, c := range all {
				run(c)
			}
			return
		}
		run(f.Update(msg))
	}
	run(f.Again())
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if run(f.Update(tuitest.Key("ctrl+d"))); asked != 2 {
		t.Errorf("asked %d times after a refusal", asked)
	}
}

// A row can carry a mark, where none of the selection stands.
func TestListMark(t *testing.T) {
	l := widgets.NewList(keymap.Default(), func(s string) string { return s }, widgets.Column[string]{Title: "X", Min: 5, Cell: func(th *theme.Theme, s string) widgets.Line { return widgets.Say(s) }})
	l.Mark = func(th *theme.Theme, s string) string {
		if s == "b" {
			return ""
		}
		return th.Glyphs.Bullet
	}
	l.SetRows([]string{"a", "b", "c"})
	l.Update(tuitest.Key("space"))
	if got := tuitest.Text(l.View(theme.Default(), 8, 3), 8, 3); got != " ●a\n▸ b\n •c\n" {
		t.Errorf("%q", got)
	}
}
