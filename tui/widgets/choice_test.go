package widgets_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

func optionsOf(words ...string) (out []widgets.Option) {
	for _, w := range words {
		out = append(out, widgets.Option{Value: w, Label: strings.ReplaceAll(w, "_", " "), Key: w[:1]})
	}
	return out
}

// What keys make of a field of each kind; a key in quotes is typed letter by letter.
func TestWhatKeysMakeOfAChoice(t *testing.T) {
	few := optionsOf("home", "school", "club")
	many := optionsOf("no_answer", "left_message", "spoke", "agreed", "declined", "asked_for_later", "unsuitable_time")
	people := []widgets.Option{{Value: "amira", Label: "Amira Khan"}, {Value: "joe", Label: "Joe Reid"}, {Value: "dee", Label: "Dee Osei"}}
	for _, c := range []struct {
		name  string
		field widgets.Field
		keys  string
		want  string
	}{
		{"a letter answers", widgets.Field{Kind: widgets.ChoiceKind, Options: few}, "s", "school"},
		{"a second takes it back", widgets.Field{Kind: widgets.ChoiceKind, Options: few}, "s c", ""},
		{"words answer nothing", widgets.Field{Kind: widgets.ChoiceKind, Options: few}, "s c h o o l space h", ""},
		{"a letter that is none, then one that is", widgets.Field{Kind: widgets.ChoiceKind, Options: few}, "x s", ""},
		{"after another key a letter answers again", widgets.Field{Kind: widgets.ChoiceKind, Options: few}, "x backspace s", "school"},
		{"a letter changes no answer", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club"}, "s", "club"},
		{"nor does a space", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club"}, "space", "club"},
		{"arrows do", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club"}, "left", "school"},
		{"backspace empties", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club"}, "backspace", ""},
		{"what is none of the options stays", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "barn"}, "s", "barn"},
		{"a letter changes a proposal that nobody chose", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club", Proposed: true}, "s", "school"},
		{"a second brings it back", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club", Proposed: true}, "s o", "club"},
		{"a space leaves it", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club", Proposed: true}, "space", "club"},
		{"chosen with an arrow it is an answer", widgets.Field{Kind: widgets.ChoiceKind, Options: few, Value: "club", Proposed: true}, "left h", "school"},
		{"yes", widgets.Field{Kind: widgets.YesNoKind}, "y", "yes"},
		{"yes, they said", widgets.Field{Kind: widgets.YesNoKind}, "y e s", ""},
		{"a box is ticked", widgets.Field{Kind: widgets.MultiKind, Options: few}, "h right s", "home;school"},
		{"and not unticked by a letter", widgets.Field{Kind: widgets.MultiKind, Options: few, Value: "home"}, "h", "home"},
		{"words tick nothing", widgets.Field{Kind: widgets.MultiKind, Options: few, Value: "home"}, "s o space c", "home"},
		{"space ticks", widgets.Field{Kind: widgets.MultiKind, Options: few}, "right space", "school"},
		{"a list is typed in", widgets.Field{Kind: widgets.ChoiceKind, Options: many}, "d e c enter", "declined"},
		{"any word of it", widgets.Field{Kind: widgets.ChoiceKind, Options: many}, "l a enter", "asked_for_later"},
		{"leaving takes the one that is left", widgets.Field{Kind: widgets.ChoiceKind, Options: many}, "s p tab", "spoke"},
		{"and none of several", widgets.Field{Kind: widgets.ChoiceKind, Options: many, Value: "spoke"}, "a tab", "spoke"},
		{"arrows and enter", widgets.Field{Kind: widgets.ChoiceKind, Options: many}, "down down enter", "left_message"},
		{"arrows alone answer nothing", widgets.Field{Kind: widgets.ChoiceKind, Options: many}, "down down tab", ""},
		{"backspace empties a list", widgets.Field{Kind: widgets.ChoiceKind, Options: many, Value: "spoke"}, "backspace", ""},
		{"words are none of the list", widgets.Field{Kind: widgets.ChoiceKind, Options: many, Value: "spoke"}, "n o space w a y enter", "spoke"},
		{"a person is chosen", widgets.Field{Kind: widgets.NameKind, Options: people}, "a m enter", "amira"},
		{"by login", widgets.Field{Kind: widgets.NameKind, Options: people}, "j o e tab", "Joe"},
		{"or typed", widgets.Field{Kind: widgets.NameKind, Options: people}, "M o space F tab", "Mo F"},
		{"as typed", widgets.Field{Kind: widgets.NameKind, Options: people}, "J o e down enter", "Joe"},
	} {
		c.field.ID, c.field.Label = "x", "X"
		if c.name == "by login" {
			c.want = "joe"
		}
		f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{c.field, {ID: "y", Label: "Y"}}})
		for _, k := range strings.Fields(c.keys) {
			f.Update(tuitest.Key(k))
			f.View(theme.Default(), 60, 12)
		}
		if v := f.Values(); v["x"] != c.want || v["y"] != "" {
			t.Errorf("%s: %s makes %q", c.name, c.keys, v)
		}
	}
}

// A name that is nearly one of the team's is asked about, once: neither the person of the team nor somebody new is taken
// unasked, and what was typed stays.
func TestANearlyKnownNameIsAskedAbout(t *testing.T) {
	saved := 0
	var waits []tea.Msg
	make := func() *widgets.Form {
		saved, waits = 0, nil
		return widgets.NewForm(widgets.FormConfig{Delay: func(_ time.Duration, msg tea.Msg) tea.Cmd { waits = append(waits, msg); return nil },
			Fields: []widgets.Field{{ID: "who", Label: "Who", Kind: widgets.NameKind,
				Options: []widgets.Option{{Value: "amira", Label: "Amira Khan", Hint: "of the team"}, {Value: "sam", Label: "Sam Greenwood", Hint: "of the team"}},
				Near: func(v string) string {
					return map[string]string{"Amira Kahn": "amira", "Sam Green": "sam"}[v]
				}}, {ID: "note", Label: "Note"}}, OnDone: func(any) tea.Cmd { saved++; return nil }})
	}
	settle := func(f *widgets.Form) {
		for _, m := range waits {
			f.Update(m)
		}
	}
	f := make()
	f.Update(tea.PasteMsg{Content: "Amira Kahn"})
	f.Update(tuitest.Key("ctrl+d"))
	f.Update(tuitest.Key("ctrl+d"))
	if v := f.View(theme.Default(), 60, 14); saved != 0 || !strings.Contains(v, "team?") {
		t.Errorf("saved %d times:\n%s", saved, v)
	}
	settle(f)
	f.Update(tuitest.Key("ctrl+d"))
	if saved != 1 || f.Values()["who"] != "Amira Kahn" {
		t.Errorf("saved %d times, %v", saved, f.Values())
	}

	f = make()
	f.Update(tea.PasteMsg{Content: "Amira Kahn"})
	f.Update(tuitest.Key("ctrl+d"))
	for _, k := range []string{"down", "enter"} {
		f.Update(tuitest.Key(k))
	}
	if is := f.Values()["who"]; is != "amira" {
		t.Errorf("the line taken makes %q", is)
	}

	for _, key := range []string{"enter", "tab"} { // a whole name that another only begins with stays
		f = make()
		f.Update(tea.PasteMsg{Content: "Sam Green"})
		f.Update(tuitest.Key(key))
		if is := f.Values()["who"]; is != "Sam Green" || f.Focused() != "note" {
			t.Errorf("%s makes %q of Sam Green, on %s", key, is, f.Focused())
		}
		f.Update(tuitest.Key("ctrl+d"))
		if saved != 0 || f.Focused() != "who" {
			t.Errorf("%s, saved: Sam Green is not asked about", key)
		}
	}
}

// Where two are called the same, the name alone takes neither.
func TestOneNameOfTwoPeopleTakesNeither(t *testing.T) {
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "who", Label: "Who", Kind: widgets.NameKind,
		Options: []widgets.Option{{Value: "sam1", Label: "Sam Lee"}, {Value: "sam2", Label: "Sam Lee"}}}, {ID: "note", Label: "Note"}}})
	f.Update(tea.PasteMsg{Content: "Sam Lee"})
	f.Update(tuitest.Key("tab"))
	if is := f.Values()["who"]; is != "Sam Lee" {
		t.Errorf("it makes %q", is)
	}
}

// A draft holds what a person changed, and nothing else.
func TestADraftHoldsWhatWasTouched(t *testing.T) {
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "a", Label: "A", Value: "one"}, {ID: "b", Label: "B", Value: "two"},
		{ID: "c", Label: "C", Hide: func(v widgets.Values) bool { return v["b"] == "twoy" }}}})
	if d, ok := f.Draft(); ok {
		t.Errorf("%v", d)
	}
	for _, k := range []string{"tab", "x", "backspace"} {
		f.Update(tuitest.Key(k))
	}
	if d, ok := f.Draft(); ok {
		t.Errorf("typed and taken back: %v", d)
	}
	for _, k := range []string{"tab", "w", "shift+tab", "y"} {
		f.Update(tuitest.Key(k))
	}
	if d, _ := f.Draft(); len(d) != 2 || d["b"] != "twoy" || d["c"] != "w" {
		t.Errorf("%v", d)
	}
}

// What was refused can be read before a key pressed twice saves over it.
func TestNothingIsSavedBeforeARefusalCanBeRead(t *testing.T) {
	var waits []tea.Msg
	saves := 0
	f := widgets.NewForm(widgets.FormConfig{Delay: func(_ time.Duration, msg tea.Msg) tea.Cmd { waits = append(waits, msg); return nil },
		Fields: []widgets.Field{{ID: "a", Label: "A"}},
		Submit: func(context.Context, widgets.Values) (any, error) {
			saves++
			return nil, errors.New("Not saved: Dee was first")
		}})
	save := func() {
		if cmd := f.Update(tuitest.Key("ctrl+d")); cmd != nil {
			f.Update(cmd())
		}
	}
	save()
	save()
	save()
	if saves != 1 {
		t.Fatalf("saved %d times", saves)
	}
	f.Update(waits[len(waits)-2]) // of the key before: another was pressed since
	if save(); saves != 1 {
		t.Fatalf("saved %d times", saves)
	}
	f.Update(waits[len(waits)-1])
	if save(); saves != 2 {
		t.Errorf("saved %d times", saves)
	}
	f.Update(waits[len(waits)-1])

	// Somebody else changes what it is about in the middle of typing: each key puts off the moment from which saving counts.
	f.Again()
	change := waits[len(waits)-1]
	f.Update(tuitest.Key("x"))
	f.Update(change)
	if save(); saves != 2 {
		t.Errorf("saved %d times, half a second after the change and not after the last key", saves)
	}
	f.Update(waits[len(waits)-1])
	if save(); saves != 3 {
		t.Errorf("saved %d times", saves)
	}
}

// ctrl+z takes a step of typing back, ctrl+y does it again; no key takes a paragraph away.
func TestTypingIsTakenBack(t *testing.T) {
	for name, kind := range map[string]widgets.Kind{"a line": widgets.TextKind, "a note": widgets.NoteKind} {
		f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "x", Label: "X", Kind: kind, Value: "kept"}}})
		for _, c := range []struct{ keys, want string }{
			{"end space o n e", "kept one"}, {"space t w o", "kept one two"}, {"ctrl+z", "kept one"}, {"ctrl+z ctrl+z", "kept"}, {"ctrl+z ctrl+z", "kept"},
			{"ctrl+y ctrl+y", "kept one"}, {"ctrl+y ctrl+y ctrl+y", "kept one two"}, {"ctrl+w ctrl+z", "kept one two"},
		} {
			for _, k := range strings.Fields(c.keys) {
				f.Update(tuitest.Key(k))
			}
			if is := f.Values()["x"]; is != c.want {
				t.Errorf("%s: after %s it is %q, want %q", name, c.keys, is, c.want)
			}
		}
		f.Update(tea.PasteMsg{Content: " pasted"})
		f.Update(tuitest.Key("ctrl+z"))
		if is := f.Values()["x"]; is != "kept one two" {
			t.Errorf("%s: after a paste is taken back it is %q", name, is)
		}
	}
	f := widgets.NewForm(widgets.FormConfig{Delay: widgets.NoDelay, Fields: []widgets.Field{{ID: "x", Label: "X", Kind: widgets.NoteKind, Value: "a long paragraph"}}})
	for _, k := range []string{"ctrl+u", "home", "ctrl+k"} {
		if f.Update(tuitest.Key(k)); f.Values()["x"] != "a long paragraph" {
			t.Errorf("%s takes a paragraph away", k)
		}
	}
}

// A reason that does not fit beside its choice stands below it, whole, and a click there is a click on the choice.
func TestAReasonOfAMenuIsNeverCut(t *testing.T) {
	m := widgets.NewMenu(keymap.Default(), "close", []widgets.Choice{
		{Key: "d", Title: "Declined", Why: "no attempt says that anybody declined: log first who declined, and when", Result: "d"},
		{Key: "u", Title: "Unable", Hint: "could not be reached", Result: "u"},
	}, nil, nil)
	w, h := m.Size(40)
	if w != 40 || h != 6 {
		t.Fatalf("%d by %d", w, h)
	}
	text := tuitest.Text(m.View(theme.Default(), w, h), w, h)
	if got := strings.Join(strings.Fields(text), " "); !strings.Contains(got, "not now: no attempt says that anybody declined: log first who declined, and when") {
		t.Errorf("cut:\n%s", text)
	}
	for y, want := range []string{"d", "d", "d", "d", "u"} {
		if !m.Click(widgets.Spot{X: 3, Y: y, W: w, H: h}) || m.Focused() != want {
			t.Errorf("line %d is of %v, want %s", y, m.Focused(), want)
		}
	}
	for y, title := range map[int]string{0: "Declined", 4: "Unable"} {
		m.Click(widgets.Spot{X: 3, Y: y, W: w, H: h})
		if low := tuitest.Text(m.View(theme.Default(), w, 3), w, 3); !strings.Contains(low, title) {
			t.Errorf("%s is out of sight in a low window:\n%s", title, low)
		}
		m.Wheel(-9)
	}
}
