package widgets

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// odd are the letters that fields lay out badly when left to themselves.
var odd = []string{"a", "bc ", " ", "é", "e\u0301", "\u0301", "山", "山田太郎", "\u1100", "\u1161", "\u11a8", "\u1100\u1161\u11a8", "\U0001f44d\U0001f3fd",
	"\U0001f3fd", "\U0001f1eb", "\U0001f1eb\U0001f1f7", "ﾊﾞ", "\uff9e", "\u0d4e", "\u3000", "\u00a0", "\u0e33", "\ufffd", "\x1b[31m", "\u202e", "\u0915\u094d\u0937", "ｱ", "…"}

// press makes the message of a key.
func press(name string) tea.KeyPressMsg {
	k := tea.KeyPressMsg{}
	for mod, m := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "shift+": tea.ModShift, "alt+": tea.ModAlt} {
		if rest, ok := strings.CutPrefix(name, mod); ok {
			name, k.Mod = rest, m
		}
	}
	codes := map[string]rune{"left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome,
		"end": tea.KeyEnd, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "space": tea.KeySpace}
	code, ok := codes[name]
	if !ok {
		code = []rune(name)[0]
	}
	k.Code = code
	if name == "space" {
		k.Text = " "
	} else if !ok && k.Mod == 0 {
		k.Text = name
	}
	return k
}

var fieldKeys = []string{"left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+a", "ctrl+e",
	"ctrl+left", "ctrl+right", "pgup", "pgdown", "enter", "space", "ctrl+backspace", "shift+backspace", "ctrl+v", "x"}

// Whatever is typed, the text stays safe and within its limit, and what is drawn
// is as wide as asked and shows one cursor.
func TestFieldsHoldUnderAnything(t *testing.T) {
	th := theme.Default()
	for name, kind := range map[string]Kind{"text": TextKind, "note": NoteKind} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				in := newInput(Field{Kind: kind, Limit: 40})
				in.focus(true)
				in.set(strings.Join(rapid.SliceOfN(rapid.SampledFrom(odd), 0, 20).Draw(t, "value"), ""))
				w := rapid.IntRange(4, 24).Draw(t, "w")
				for range rapid.IntRange(1, 40).Draw(t, "steps") {
					switch rapid.IntRange(0, 3).Draw(t, "what") {
					case 0:
						in.paste(strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(odd, "\n")), 0, 12).Draw(t, "paste"), ""))
					case 1:
						s := rapid.SampledFrom(odd).Draw(t, "letter")
						in.key(tea.KeyPressMsg{Text: s, Code: []rune(s)[0]})
					case 2:
						in.key(press(rapid.SampledFrom(fieldKeys).Draw(t, "key")))
					default:
						w = rapid.IntRange(4, 24).Draw(t, "w")
					}
					v := in.value()
					if safe.CleanNote(v) != v || utf8.RuneCountInString(v) > 41 {
						t.Fatalf("%q", v)
					}
					lines := in.view(th, w)
					for _, l := range lines {
						if Width(l) > w {
							t.Fatalf("%d wide in %d: %q", Width(l), w, l)
						}
					}
					on, err := underCursor(lines)
					if err != nil {
						t.Fatal(err)
					}
					want, err := letterOf(in)
					if err != nil {
						t.Fatal(err)
					}
					if !strings.HasPrefix(want, on) {
						t.Fatalf("the cursor shows %+q, not %+q: %q", on, want, lines)
					}
				}
			})
		})
	}
}

// underCursor is what the one cursor of a field shows.
func underCursor(lines []string) (string, error) {
	parts := strings.Split(strings.Join(lines, "\n"), "\x1b[7m")
	if len(parts) != 2 {
		return "", fmt.Errorf("%d cursors: %q", len(parts)-1, lines)
	}
	on, _, _ := strings.Cut(parts[1], "\x1b[m")
	if Width(on) == 0 {
		return "", fmt.Errorf("the cursor is not seen: %q", lines)
	}
	return on, nil
}

// letterOf is the letter on which a field's cursor stands, a space behind the last one. A note shows every space as the plain
// one, and may break a line within a letter.
func letterOf(in input) (string, error) {
	var line []rune
	var pos int
	switch in := in.(type) {
	case *textField:
		line, pos = []rune(in.m.Value()), in.m.Position()
	case *noteField:
		_, _, line = in.split()
		pos = in.m.Column()
		if pos < len(line) && unicode.IsSpace(line[pos]) {
			line[pos] = ' '
		}
	}
	if insideLetter(line, pos) {
		return "", fmt.Errorf("the cursor stands at %d within a letter of %+q", pos, string(line))
	}
	letter, _, _, _ := uniseg.FirstGraphemeClusterInString(string(line[pos:])+" ", -1)
	return letter, nil
}

// A letter of several runes stays whole under the cursor and takes as many cells there as elsewhere, whatever the library
// reckons: the line is not broken again, and the cursor not lost.
func TestTheCursorStandsOnAWholeLetter(t *testing.T) {
	const tone = "\U0001f3fd"
	for _, c := range []struct {
		name string
		kind Kind
		text string
		keys string
		w    int
		on   string
		row  string // the line with the cursor
	}{
		{"a hand and its tone", TextKind, "\U0001f44d" + tone + "x", "home", 6, "\U0001f44d" + tone, "\U0001f44d" + tone + "x   "},
		{"a hand and its tone in a note", NoteKind, "\U0001f44d" + tone + "x", "home", 8, "\U0001f44d" + tone, "│ \U0001f44d" + tone + "x   "},
		{"a flag at the edge", NoteKind, "abc\U0001f1eb\U0001f1f7", "home right right right", 9, "\U0001f1eb\U0001f1f7", "│ abc\U0001f1eb\U0001f1f7  "},
		{"jamo of one syllable", NoteKind, "ab\u1100\u1161\u11a8", "home right right", 9, "\u1100\u1161\u11a8", "│ ab\u1100\u1161\u11a8   "},
		{"a lone tone", NoteKind, tone + "x", "home", 8, tone, "│ " + tone + "x   "},
		{"a lone tone at a letter beside jamo", NoteKind, "a" + tone + "a" + tone + "\u0d4e\u1161\u1161" + tone, "home right right", 7, "\u0d4e\u1161", ""},
		{"behind a lone tone at the end of a full line", NoteKind, "\uff9eaaa\u5c71aaaaaabc" + tone + " bc", "left left left", 20, " ",
			"│ \uff9eaaa\u5c71aaaaaabc" + tone + " bc "},
		{"signs wider than reckoned", NoteKind, "\u2630\u2630\u2630\u2630x", "left", 8, "x", ""},
		{"signs wider than reckoned, in one line", TextKind, "\u2630\u2630\u2630\u2630x", "left", 6, "x", ""},
		{"behind flags cut at the edge", TextKind, strings.Repeat("\U0001f1eb\U0001f1f7", 5), "end", 7, " ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := newInput(Field{Kind: c.kind})
			in.focus(true)
			in.set(c.text)
			th := theme.Default()
			in.view(th, c.w)
			for _, k := range strings.Fields(c.keys) {
				in.key(press(k))
			}
			lines := in.view(th, c.w)
			if on, err := underCursor(lines); err != nil || on != c.on {
				t.Errorf("the cursor shows %+q, not %+q: %v", on, c.on, err)
			}
			for _, l := range lines {
				if Width(l) != c.w {
					t.Errorf("%q is %d wide", l, Width(l))
				}
				if plain := ansi.Strip(l); c.row != "" && strings.Contains(l, "\x1b[7m") && plain != c.row {
					t.Errorf("%+q, not %+q", plain, c.row)
				}
			}
		})
	}
}

// What joins the letter behind the cursor takes the cursor along: it never stands within a letter.
func TestPastedTextJoinsItsLetters(t *testing.T) {
	for _, c := range []struct{ text, paste, want, on string }{
		{"e\u0301", "\ufffd\u0301", "?\u0301e\u0301", "e\u0301"}, // the library drops that sign, and its mark had no letter
		{"\u1161x", "\u1100", "\u1100\u1161x", "x"},
		{"\U0001f3fdx", "\U0001f44d", "\U0001f44d\U0001f3fdx", "x"},
	} {
		for _, kind := range []Kind{TextKind, NoteKind} {
			in := newInput(Field{Kind: kind})
			in.focus(true)
			in.set(c.text)
			in.key(press("home"))
			in.paste(c.paste)
			on, err := underCursor(in.view(theme.Default(), 20))
			if in.value() != c.want || err != nil || on != c.on {
				t.Errorf("%+q before %+q is %+q with the cursor on %+q (%v), not %+q on %+q", c.paste, c.text, in.value(), on, err, c.want, c.on)
			}
		}
	}
}

// A key costs no command: a cursor that blinks writes while nobody does anything,
// and ctrl+v would read the clipboard of the machine the program runs on.
func TestFieldsStartNothing(t *testing.T) {
	none := func(time.Duration, tea.Msg) tea.Cmd { return nil }
	f := NewForm(FormConfig{Delay: none, Fields: []Field{{ID: "a", Label: "A"}, {ID: "n", Label: "N", Kind: NoteKind}}})
	for range 2 {
		for _, k := range append(fieldKeys, "alt+b", "ctrl+left") {
			if k == "up" || k == "down" || k == "enter" {
				continue
			}
			if cmd := f.Update(press(k)); cmd != nil {
				t.Errorf("%s starts %T", k, cmd())
			}
		}
		f.Update(press("tab"))
	}
	text, note := newTextInput(Field{}), newNoteInput(Field{})
	if text.m.Focus() != nil || note.m.Focus() != nil {
		t.Error("the focus starts something")
	}
	for _, k := range fieldKeys {
		if _, cmd := text.m.Update(press(k)); cmd != nil {
			t.Errorf("text: %s starts %T", k, cmd())
		}
		if k == "ctrl+left" {
			continue // in an empty text the library never comes back: see edit
		}
		if _, cmd := note.m.Update(press(k)); cmd != nil {
			t.Errorf("note: %s starts %T", k, cmd())
		}
	}
}

func TestFieldsHaveNoColourOfTheirOwn(t *testing.T) {
	th, err := theme.New("dark", true, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []input{newTextInput(Field{}), newNoteInput(Field{})} {
		for _, on := range []bool{false, true} {
			for _, s := range []string{"", "some text\nand more"} {
				in.focus(on)
				in.set(s)
				if v := strings.Join(in.view(th, 30), "\n"); strings.Contains(strings.NewReplacer("\x1b[7m", "", "\x1b[m", "").Replace(v), "\x1b") {
					t.Errorf("%q", v)
				}
			}
		}
	}
}

func TestFieldEditing(t *testing.T) {
	tests := []struct {
		name  string
		kind  Kind
		start string
		keys  string
		want  string
	}{
		{"word back", TextKind, "one two", "ctrl+w x", "one x"},
		{"to the start", TextKind, "one two", "ctrl+left ctrl+u", "two"},
		{"to the end", TextKind, "one two", "home ctrl+right ctrl+k", "one"},
		{"a letter with its mark", TextKind, "Zoe\u0308", "backspace", "Zo"},
		{"under the cursor", TextKind, "e\u0308x", "home delete", "x"},
		{"over a letter with its mark", TextKind, "e\u0308x", "home right y", "e\u0308yx"},
		{"the last letter of a line", NoteKind, "ab\ncd", "up left delete", "a\ncd"},
		{"the end of a line", NoteKind, "ab\ncd", "up delete", "abcd"},
		{"word back at the start", NoteKind, "  a", "home ctrl+left x", "x  a"},
		{"word back in nothing", NoteKind, "", "ctrl+left x", "x"},
		{"home in a wrapped line", NoteKind, "ab\ncd", "home x", "ab\nxcd"},
		{"line by line", NoteKind, "ab\ncd", "up x", "abx\ncd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := newInput(Field{Kind: tt.kind})
			in.focus(true)
			in.set(tt.start)
			in.view(theme.Default(), 30)
			for _, k := range strings.Fields(tt.keys) {
				in.key(press(k))
			}
			if got := in.value(); got != strings.TrimSpace(tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// The cursor shows the letter it stands on, at the edge of a long text too.
func TestCursorShowsItsLetter(t *testing.T) {
	in := newTextInput(Field{})
	in.focus(true)
	in.set("abcdefghijklmnopqrstuvwxyz")
	in.key(press("home"))
	for i := range 26 {
		if v := in.view(theme.Default(), 10)[0]; !strings.Contains(v, "\x1b[7m"+string(rune('a'+i))) {
			t.Fatalf("%d: %q", i, v)
		}
		in.key(press("right"))
	}
}

func TestNoteIsLeftAtItsEnds(t *testing.T) {
	in := newNoteInput(Field{})
	in.focus(true)
	in.set("a long line that goes on and on\nb")
	in.view(theme.Default(), 14)
	for k, most := range map[string]int{"up": 4, "down": 4} {
		moves := 0
		for in.key(press(k)) {
			if moves++; moves > most {
				t.Fatalf("%s never leaves", k)
			}
		}
		if k == "up" && moves == 0 {
			in.key(press("end"))
		}
	}
}

func TestNoteLimits(t *testing.T) {
	in := newNoteInput(Field{Limit: 5})
	in.focus(true)
	in.paste("山田\n太郎次郎")
	if got := in.value(); got != "山田\n太郎" {
		t.Errorf("characters are counted, not cells: %q", got)
	}
	if !in.key(press("enter")) || !in.key(press("x")) || utf8.RuneCountInString(in.m.Value()) != 5 {
		t.Errorf("%q", in.m.Value())
	}
	many := newNoteInput(Field{})
	many.focus(true)
	many.paste(strings.Repeat("a\n", noteLines+5))
	many.key(press("enter"))
	if n := many.m.LineCount(); n != noteLines {
		t.Errorf("%d lines", n)
	}
	long := strings.Repeat("a\n", noteLines+5) + "end"
	many.set(long)
	many.paste("\nx")
	if many.value() != long {
		t.Error("a longer note written elsewhere was cut")
	}
}

// worst are the texts that cost fields the most.
var worst = map[string]string{
	"words":    strings.Repeat("wörd ", 300000),
	"letters":  strings.Repeat("x", 1<<20),
	"spaces":   strings.Repeat(" ", 1<<20),
	"wide":     strings.Repeat("山", 1<<18),
	"lines":    strings.Repeat("x\n", 1<<19),
	"marks":    strings.Repeat("e\u0301\u0302", 1<<17),
	"jamo":     strings.Repeat("\u1161", 1<<18),
	"tones":    strings.Repeat("\U0001f3fd", 1<<17),
	"prepends": strings.Repeat("\u0d4e", 1<<18),
	"flags":    strings.Repeat("\U0001f1eb", 1<<18),
}

// No paste freezes a field. The bound is wide, for busy machines; BenchmarkPaste
// says what it costs.
func TestNoPasteFreezes(t *testing.T) {
	for name, s := range worst {
		for _, in := range []input{newTextInput(Field{}), newNoteInput(Field{})} {
			in.focus(true)
			from := time.Now()
			in.paste(s)
			in.view(theme.Default(), 120)
			if d := time.Since(from); d > 2*time.Second {
				t.Errorf("%s: %T takes %v", name, in, d)
			}
		}
	}
}

func BenchmarkPaste(b *testing.B) {
	for name, s := range worst {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				in := newNoteInput(Field{})
				in.focus(true)
				in.paste(s)
				in.view(theme.Default(), 120)
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	texts := map[string]string{"empty": "", "typical": strings.Repeat("Rang the carer, no answer. ", 20)}
	for name, s := range worst {
		texts[name] = s
	}
	for name, s := range texts {
		b.Run(name, func(b *testing.B) {
			in := newNoteInput(Field{})
			in.focus(true)
			in.paste(s)
			in.key(press("backspace"))
			th := theme.Default()
			for i := 0; b.Loop(); i++ {
				in.key(press([]string{"x", "backspace"}[i%2]))
				in.view(th, 120)
			}
		})
	}
}

func BenchmarkTextKey(b *testing.B) {
	in := newTextInput(Field{})
	in.focus(true)
	in.paste(strings.Repeat("wörd ", 99))
	th := theme.Default()
	for i := 0; b.Loop(); i++ {
		in.key(press([]string{"x", "backspace"}[i%2]))
		in.view(th, 60)
	}
}
