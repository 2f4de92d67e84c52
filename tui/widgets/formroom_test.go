package widgets_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// The last line of a form ends at a whole hint, however narrow the form is: how to save is the last that goes, and what is out
// of sight is marked.
func TestTheFootOfAFormEndsAtAWholeHint(t *testing.T) {
	whole := []string{"ctrl+d take it in   tab next field   esc close", "ctrl+d take it in   esc close", "ctrl+d take it in"}
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, SubmitTitle: "take it in", Fields: []widgets.Field{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}, {ID: "c", Label: "C"}}})
	for w := 22; w <= 90; w++ {
		for _, h := range []int{2, 9} {
			lines := strings.Split(strings.TrimRight(tuitest.Text(f.View(theme.Default(), w, h), w, h), "\n"), "\n")
			foot := strings.TrimSpace(lines[len(lines)-1])
			says := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(foot, "more")), theme.Default().Glyphs.Down))
			ok := false
			for _, want := range whole {
				ok = ok || says == want
			}
			if !ok || h == 2 != strings.Contains(foot, theme.Default().Glyphs.Down) {
				t.Errorf("%d by %d: %q", w, h, foot)
			}
		}
	}
}

// A click on a hint does what it says, also where others had no room.
func TestAClickOnTheFootDoesWhatItSays(t *testing.T) {
	for w := 24; w <= 90; w++ {
		for _, c := range []struct{ hint, does string }{{"take it in", "saved"}, {"next field", "b"}, {"close", "left"}} {
			did := ""
			f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, SubmitTitle: "take it in", Fields: []widgets.Field{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}, {ID: "c", Label: "C"}},
				Submit: func(context.Context, widgets.Values) (any, error) { did = "saved"; return 1, nil }, OnLeave: func(widgets.Values) tea.Cmd { did = "left"; return nil }})
			lines := strings.Split(tuitest.Text(f.View(theme.Default(), w, 2), w, 2), "\n")
			before, _, shown := strings.Cut(lines[1], c.hint)
			if !shown {
				continue
			}
			_ = flat(f.Click(theme.Default(), widgets.Spot{X: widgets.Width(before), Y: 1, W: w, H: 2}))
			if did == "" {
				did = f.Focused()
			}
			if did != c.does {
				t.Errorf("%d cells: a click on %q: %s", w, c.hint, did)
			}
		}
	}
}

// ctrl+r throws a draft away: a form that began without one says so, keeps what is typed, and the next key takes the word away.
func TestThrowingAwayWhereThereIsNoDraftSaysSo(t *testing.T) {
	const says = "ctrl+r: no draft to throw away"
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}}})
	view := func() string { return f.View(theme.Default(), 45, 2) } // as narrow as beside a preview at 80 columns
	f.Update(tuitest.Key("x"))
	f.Update(tuitest.Key("ctrl+r"))
	if v := view(); !strings.Contains(v, says) || f.Values()["a"] != "x" {
		t.Errorf("%q is kept, and the form shows\n%s", f.Values()["a"], v)
	}
	if f.Update(tuitest.Key("y")); strings.Contains(view(), says) || f.Values()["a"] != "xy" {
		t.Errorf("%q is kept, and the form shows\n%s", f.Values()["a"], view())
	}
	gone := false
	f = widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "a", Label: "A"}}, Draft: map[string]string{"a": "x"},
		Afresh: func() tea.Cmd { gone = true; return nil }})
	if f.Update(tuitest.Key("ctrl+r")); !gone {
		t.Error("a form that came back with a draft throws it away")
	}
}

// Enter takes no hit of what was typed before: while the search looks it says so, and enter again takes what was found.
func TestEnterWaitsForTheHits(t *testing.T) {
	var waits []tea.Msg
	f := widgets.NewForm(widgets.FormConfig{Delay: func(_ time.Duration, msg tea.Msg) tea.Cmd { waits = append(waits, msg); return nil },
		Fields: []widgets.Field{{ID: "who", Label: "Who", Kind: widgets.FindKind, Find: func(_ context.Context, query string) ([]widgets.Option, error) {
			return []widgets.Option{{Value: query + "1", Label: query}}, nil
		}}, {ID: "b", Label: "B"}}})
	view := func() string { return tuitest.Text(f.View(theme.Default(), 60, 10), 60, 10) }
	found := func() {
		t.Helper()
		last := waits[len(waits)-1]
		cmd := f.Update(last)
		if !strings.Contains(view(), "looking") {
			t.Error("a search that runs does not say so\n", view())
		}
		f.Update(tuitest.Key("enter"))
		if f.Values()["who"] != "" || f.Focused() != "who" {
			t.Errorf("enter took %q while the search ran", f.Values()["who"])
		}
		f.Update(cmd())
	}
	f.Update(tuitest.Key("k"))
	if f.Update(tuitest.Key("enter")); f.Focused() != "who" || !strings.Contains(view(), "still looking: enter again once the") || !strings.Contains(view(), " hits are there") {
		t.Error("enter before the search began\n", view())
	}
	f.Update(tuitest.Key("i"))
	found()
	f.Update(tuitest.Key("m")) // the hits that are shown are of what was typed before
	if f.Update(tuitest.Key("enter")); f.Values()["who"] != "" || !strings.Contains(view(), "still looking") {
		t.Errorf("enter took %q, a hit of what was typed before", f.Values()["who"])
	}
	found()
	if f.Update(tuitest.Key("enter")); f.Values()["who"] != "kim1" || f.Focused() != "b" {
		t.Errorf("enter took %q", f.Values()["who"])
	}
}

// At 80 columns what a form would do stands beside the fields, with room for both: labels are whole, an answer has at least
// twenty cells, and the preview is as wide as it must be.
func TestRoomAtEightyColumns(t *testing.T) {
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, PreviewTitle: "What it will do",
		Fields: []widgets.Field{{ID: "a", Label: "Independent offered", Required: true}, {ID: "b", Label: "By", Value: "the social worker of the other team"}},
		Preview: func(context.Context, widgets.Values) []widgets.Line {
			return []widgets.Line{widgets.Say("This will accept R1.")}
		}})
	if cmd := f.Init(); cmd != nil {
		for _, msg := range flat(cmd) {
			f.Update(msg)
		}
	}
	v := tuitest.Text(f.View(theme.Default(), 78, 10), 78, 10)
	for _, want := range []string{"Independent  ", "offered *  ", "the social worker of", "─ What it will do", "This will accept R1."} {
		if !strings.Contains(v, want) {
			t.Errorf("%q is not whole:\n%s", want, v)
		}
	}
	first, _, _ := strings.Cut(v, "\n")
	fields, _, beside := strings.Cut(first, "│")
	if n := widgets.Width(fields); !beside || 78-n-1 < 28 || n-widgets.Width("▸ Independent      ") < 20 {
		t.Errorf("the fields have %d cells:\n%s", n, v)
	}
	low := tuitest.Text(f.View(theme.Default(), 50, 14), 50, 14)
	if !strings.Contains(low, "This will accept R1.") || !strings.Contains(low, "offered *") || strings.Contains(low, "│") {
		t.Errorf("below the fields in a narrow window:\n%s", low)
	}
}

// flat runs a command and those it is made of.
func flat(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		var out []tea.Msg
		for _, c := range msg {
			out = append(out, flat(c)...)
		}
		return out
	case nil:
		return nil
	default:
		return []tea.Msg{msg}
	}
}

// A toast is told whole, in as many lines as it takes, its words behind its mark; of several the newest are seen.
func TestToastsAreToldWhole(t *testing.T) {
	var all widgets.Toasts
	say := func(text string) { all.Add(widgets.Toast{Kind: widgets.Warn, Text: safe.Line(text)}) }
	long := "P3 began 21 Nov 2026 20:00, after the death that is recorded of K1, 20 Nov 2026: correct one of them first, on the child’s timeline"
	say("The first.")
	say(long)
	lines := all.Lines(theme.Default(), 60, 8)
	text := ""
	for _, l := range lines {
		l = strings.TrimRight(tuitest.Text(l, 60, 1), "\n ")
		if widgets.Width(l) > 60 || strings.HasSuffix(l, "…") {
			t.Errorf("%q", l)
		}
		text += strings.TrimSpace(strings.ReplaceAll(l, theme.Default().Glyphs.Warn, "")) + " "
	}
	if len(lines) != 4 || strings.TrimSpace(text) != "The first. "+long {
		t.Errorf("%d lines: %q", len(lines), text)
	}
	if lines := all.Lines(theme.Default(), 60, 3); len(lines) != 3 || strings.Contains(strings.Join(lines, ""), "first.") {
		t.Errorf("the newest goes before: %q", lines)
	}
	if lines := all.Lines(theme.Default(), 60, 2); len(lines) != 2 || !strings.Contains(tuitest.Text(lines[0], 60, 1), "P3 began") || !strings.Contains(lines[1], "…") {
		t.Errorf("where there is no room for all of it: %q", lines)
	}
}
