package safe_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"homeward/domain/safe"
)

// What is written reads back as it was, whatever it is made of.
func TestJSONStringsReadBack(t *testing.T) {
	for s, want := range map[string]string{
		"":                 `""`,
		"plain & <simple>": `"plain & <simple>"`,
		"a \"word\", a \\": `"a \"word\", a \\"`,
		"two\nlines":       `"two\nlines"`,
		"Zoë & <b>":        `"Zoë & <b>"`,
	} {
		if got := string(safe.AppendJSON(nil, s)); got != want {
			t.Errorf("%q is written %s, want %s", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		var back string
		if err := json.Unmarshal(safe.AppendJSON([]byte("x"), s)[1:], &back); err != nil || back != s {
			t.Fatalf("%q comes back as %q (%v)", s, back, err)
		}
	})
}
