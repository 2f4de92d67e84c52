package cli

import (
	"reflect"
	"strings"
	"testing"
)

// Every command that prints a list, and every part of the review, says what it is; no two are called alike.
func TestEveryListCommandIsWhole(t *testing.T) {
	walk := func(of string, all []lister) {
		seen := map[string]bool{}
		for _, l := range all {
			name, short := l.called()
			if name == "" || seen[name] || short == "" || strings.HasSuffix(short, ".") {
				t.Errorf("%s %q says %q", of, name, short)
			}
			seen[name] = true
			of := reflect.ValueOf(l)
			if of.FieldByName("rows").Len() == 0 || of.FieldByName("read").IsNil() || of.FieldByName("empty").String() == "" && name != "weeks" { // there are always weeks
				t.Errorf("%s has no columns, no reader, or does not say what is empty", name)
			}
			if cmd := l.command(&program{}); cmd.Flag("format") == nil || cmd.Name() != name {
				t.Errorf("%s %s is no command of its name with a format", of, name)
			}
		}
		if len(seen) < 6 {
			t.Errorf("%s: only %d", of, len(seen))
		}
	}
	walk("list", listings())
	walk("part of the review", reviewParts())
	for _, l := range listings() {
		if name, _ := l.called(); !Known(name) {
			t.Errorf("%s is no command", name)
		}
	}
}
