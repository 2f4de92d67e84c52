package spell_test

import (
	"homeward/domain/spell"
	"slices"
	"testing"
)

func TestTheNearestWord(t *testing.T) {
	words := []string{"child", "carer", "professional"}
	for in, want := range map[string]string{"chidl": "child", "carers": "carer", "profesional": "professional", "child": "child"} {
		if got := spell.Nearest(in, words); got != want {
			t.Errorf("%s is nearest to %s", in, got)
		}
	}
	if got := spell.Nearest("x", nil); got != "" || !slices.Contains(words, spell.Nearest("", words)) {
		t.Errorf("%q", got)
	}
}
