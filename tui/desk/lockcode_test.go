package desk

import (
	"fmt"
	"strings"
	"testing"
)

// A code is itself and no other, its hash tells nothing of it, and two of the same differ.
func TestCodes(t *testing.T) {
	a, err := hashCode("blue7 ä")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := hashCode("blue7 ä")
	if a["hash"] == b["hash"] || a["salt"] == b["salt"] {
		t.Error("the same code twice is kept the same")
	}
	if strings.Contains(fmt.Sprint(a), "blue") {
		t.Error("the code is kept")
	}
	for code, want := range map[string]bool{"blue7 ä": true, "blue7 a": false, "": false, "BLUE7 Ä": false, "blue7 ä ": false} {
		if got, err := sameCode(a, code); got != want || err != nil {
			t.Errorf("%q: %v %v", code, got, err)
		}
	}
}

// What is kept may be damaged or planted: it never unlocks, and it never costs more than so much.
func TestDamagedCode(t *testing.T) {
	for field, value := range map[string]string{"way": "plain", "time": "0", "memory": "99999999", "salt": "%", "hash": "", "": ""} {
		kept, err := hashCode("1234")
		if err != nil {
			t.Fatal(err)
		}
		kept[field] = value
		if field == "" {
			kept = map[string]string{"hash": ""}
		}
		if ok, err := sameCode(kept, "1234"); ok || err == nil {
			t.Errorf("%s = %q: %v %v", field, value, ok, err)
		}
	}
	if ok, _ := sameCode(map[string]string{"way": "argon2id", "time": "1", "memory": "8", "salt": "", "hash": ""}, ""); ok {
		t.Error("an empty hash is no code")
	}
}
