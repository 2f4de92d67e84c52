package safe_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"homeward/domain/safe"
)

func TestHarmfulIsFound(t *testing.T) {
	for s, want := range map[string]rune{"": 0, "Zoë\tO'Neil\nJr.\r\n": 0, "a\rb": '\r', "a\x1b[31m": 0x1b, "a\u009b31m": 0x9b,
		"a\u202eb": 0x202e, "del\x7f": 0x7f, "\u2066x": 0x2066, "Ḿúltì": 0} {
		if r, _, _ := safe.FirstHarmful(s); r != want {
			t.Errorf("%q: %U, want %U", s, r, want)
		}
	}
	if _, before, _ := safe.FirstHarmful("éé\u009b"); before != 2 {
		t.Error(before)
	}
}

// Whatever stands in JSON comes back from the harmless form as it was, and nothing harmful or misspelt is in that.
func TestHarmlessJSONReadsBack(t *testing.T) {
	if got := string(safe.JSON([]byte("{\"a\":\"x\u009b\u202e \xff\"}"))); got != `{"a":"x\u009b\u202e �"}` {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		b, _ := json.Marshal(s)
		out := safe.JSON(b)
		var back string
		if err := json.Unmarshal(out, &back); err != nil || back != s {
			t.Fatalf("%q comes back as %q (%v)", s, back, err)
		}
		if r, _, found := safe.FirstHarmful(string(out)); found || !utf8.Valid(out) {
			t.Fatalf("%q holds %U", out, r)
		}
	})
}
