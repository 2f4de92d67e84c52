package safe

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, line, note string }{
		{"plain", "Ada Lovelace", "Ada Lovelace", "Ada Lovelace"},
		{"accents stay", "Zoë Ní Dhónaill", "Zoë Ní Dhónaill", "Zoë Ní Dhónaill"},
		{"wide stays", "山田 太郎", "山田 太郎", "山田 太郎"},
		{"newline and tab", "a\nb\tc", "a b c", "a\nb\tc"},
		{"windows newline", "a\r\nb", "a b", "a\nb"},
		{"lone return", "a\rb", "a b", "a\nb"},
		{"line separator", "a\u2028b", "a b", "a\nb"},
		{"colour keeps its letters", "\x1b[31mhello", "[31mhello", "[31mhello"},
		{"c1 as utf-8", "a\u009b31mb", "a31mb", "a31mb"},
		{"raw c1 byte", "a\x9b31mb", "a\ufffd31mb", "a\ufffd31mb"},
		{"title", "\x1b]0;x\x07y", "]0;xy", "]0;xy"},
		{"bidi", "ab\u202ecd\u2066e", "abcde", "abcde"},
		{"joiner and tags", "a\u200db\U000e0041c", "abc", "abc"},
		{"private use", "a\ue000b", "ab", "ab"},
		{"pile of marks", "e\u0301\u0302\u0303\u0304x", "e\u0301\u0302x", "e\u0301\u0302x"},
		{"mark without a base", "\u0301a", "\u25cc\u0301a", "\u25cc\u0301a"},
		{"mark after a newline", "a\n\u0301", "a \u0301", "a\n\u25cc\u0301"},
		{"mark behind a control", "\x1b\u0301", "\u25cc\u0301", "\u25cc\u0301"},
		{"cut rune", "a\xe2\x82", "a\ufffd\ufffd", "a\ufffd\ufffd"},
		{"replacement stays", "a\ufffdb", "a\ufffdb", "a\ufffdb"},
		{"nul and delete", "a\x00b\x7fc", "abc", "abc"},
		{"empty", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := CleanLine(tt.in); got != tt.line {
				t.Errorf("line %q, want %q", got, tt.line)
			}
			if got := CleanNote(tt.in); got != tt.note {
				t.Errorf("note %q, want %q", got, tt.note)
			}
		})
	}
}

func TestCleanTextIsNotCopied(t *testing.T) {
	for _, s := range []string{"Ring the carer after six.", "Zoë 山田"} {
		if n := testing.AllocsPerRun(50, func() { _ = Line(s) }); n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func TestJSONCleansAgain(t *testing.T) {
	var got struct{ Name Text }
	if err := json.Unmarshal([]byte(`{"Name":"a\u001b[2Jb\nc"}`), &got); err != nil {
		t.Fatal(err)
	}
	if got.Name.String() != "a[2Jb\nc" {
		t.Errorf("%q", got.Name)
	}
	b, err := json.Marshal(got)
	if err != nil || string(b) != `{"Name":"a[2Jb\nc"}` {
		t.Errorf("%s, %v", b, err)
	}
	if got.Name.Line().String() != "a[2Jb c" || got.Name.Len() != 7 || got.Name.Empty() {
		t.Errorf("line %q", got.Name.Line())
	}
	if err := json.Unmarshal([]byte(`{"Name":7}`), &got); err == nil {
		t.Error("a number is no text")
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"Ada", "\x1b[31m", "e\u0301\u0302\u0303", "\xff\u202e\n\t\r", "\U000e0041\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, note := CleanLine(s), CleanNote(s)
		if CleanLine(line) != line || CleanNote(note) != note {
			t.Fatalf("cleaning %q twice changes it", s)
		}
		if strings.ContainsAny(line, "\n\t\r") {
			t.Fatalf("line %q", line)
		}
		for _, out := range []string{line, strings.NewReplacer("\n", "", "\t", "").Replace(note)} {
			if !utf8.ValidString(out) {
				t.Fatalf("%q is not UTF-8", out)
			}
			for _, r := range out {
				if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) {
					t.Fatalf("%q keeps %U", s, r)
				}
			}
		}
		for _, out := range []string{line, note} {
			marks, at := 0, true
			for _, r := range out {
				if unicode.Is(unicode.M, r) {
					marks++
				} else {
					marks = 0
				}
				if marks > maxMarks || (marks == 1 && at) {
					t.Fatalf("%q: marks", out)
				}
				at = r == '\n'
			}
		}
		if utf8.ValidString(s) {
			if a, b := visible(s), visible(line); a != b {
				t.Fatalf("%q lost something visible: %q", s, line)
			}
		}
	})
}

// visible is what a reader would see of a text, marks left aside.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !unwanted(r) && r != noBase {
			b.WriteRune(r)
		}
	}
	return b.String()
}
