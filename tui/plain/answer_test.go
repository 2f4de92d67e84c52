package plain

import (
	"strings"
	"testing"

	"homeward/domain"
)

// An answer carries the version of the record the act names, and null where there is none, or is none any more.
func TestAnswerOfNoRecordHasNoVersion(t *testing.T) {
	for version, want := range map[uint64]string{0: `"version":null`, 3: `"version":3`} {
		var b strings.Builder
		if err := Object(&b, Answer(1, &domain.Answer{Act: "undo", Version: version})); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%d: %s, %v", version, b.String(), err)
		}
	}
}
