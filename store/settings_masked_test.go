package store

import (
	"slices"
	"strings"
	"testing"
)

// The roles whose names are masked at the start: none unless somebody says so, and only roles.
func TestWhoseNamesAreMasked(t *testing.T) {
	for text, want := range map[string][]string{"": nil, "[privacy]\nmask = []\n": {}, "[privacy]\nmask = [\"auditor\", \"practitioner\"]\n": {"auditor", "practitioner"}} {
		c, err := parsed("config.toml", text)
		if err != nil || !slices.Equal(c.Privacy.Mask, want) {
			t.Errorf("%q: %v %v", text, c, err)
		}
	}
	for _, text := range []string{"mask = [\"auditors\"]", "masks = []", "mask = true"} {
		if _, err := parsed("config.toml", "[privacy]\n"+text+"\n"); err == nil || !strings.Contains(err.Error(), "privacy.mask") && !strings.Contains(err.Error(), "auditor") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
