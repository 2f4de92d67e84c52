package queue

import (
	"strings"
	"testing"

	"homeward/domain"
)

// Under Decisions every act is said in words, each in its own: not by the name it has for homeward do, and short where it is of the
// referral itself.
func TestWordsOfDecisions(t *testing.T) {
	said := map[string]string{}
	for _, act := range domain.ActNames() {
		words := decided(act)
		if words == "" || strings.ContainsAny(words, "._") || strings.HasPrefix(words, " ") {
			t.Errorf("%s is said as %q", act, words)
		}
		if before, twice := said[words]; twice {
			t.Errorf("%s and %s are both said as %q", before, act, words)
		}
		said[words] = act
		if strings.HasPrefix(act, "referral.") && len(words) > 20 {
			t.Errorf("%s is said in %d letters: %q", act, len(words), words)
		}
	}
	for act, want := range map[string]string{"referral.assign": "assign", "referral.not_required": "not required", "interview.held": domain.Does("interview.held")} {
		if got := decided(act); got != want {
			t.Errorf("%s is said as %q, not %q", act, got, want)
		}
	}
}
