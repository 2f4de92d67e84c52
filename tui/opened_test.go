package tui_test

import (
	"slices"
	"strings"
	"testing"

	"homeward/tui/tuitest"
)

// Whatever puts one child's record before somebody is recorded, once an hour; a list is not (DOMAIN §12).
func TestOpenedWhereverARecordIsBeforeSomebody(t *testing.T) {
	for _, c := range []struct {
		what  string
		login string
		keys  []string
		want  string // whose records were opened
	}{
		{"the queue at the start", "dee", nil, ""},
		{"the first row's card form, nobody having moved", "dee", []string{"E"}, "K1"},
		{"the first row's contact menu", "dee", []string{"c"}, "K1"},
		{"the first row's booking", "dee", []string{"b"}, "K1"},
		{"another row", "dee", []string{"j"}, "K2"},
		{"another row and back", "dee", []string{"j", "k"}, "K1 K2"},
		{"the detail", "dee", []string{"enter"}, "K1"},
		{"two compared", "dee", []string{"D"}, "K1 K2"},
		{"the record", "dee", []string{"R"}, "K1"},
		{"the timeline", "dee", []string{"t"}, "K1"},
		{"who was looked for, while it is only found", "dee", []string{"ctrl+f", "B", "a", "r", "k"}, ""},
		{"who was looked for", "dee", []string{"ctrl+f", "B", "a", "r", "k", "enter", "enter"}, "K2"},
		{"who was looked for over a form", "dee", []string{"n", "ctrl+f", "B", "a", "r", "k", "enter", "enter"}, "K2"},
		{"the follow-ups at the start", "dee", []string{"4"}, ""},
		{"a follow-up's form", "dee", []string{"4", "d"}, "K1"},
		{"a follow-up in full", "dee", []string{"4", "enter"}, "K1"},
		{"the clusters at the start", "dee", []string{"3"}, ""},
		{"my day at the start", "amira", nil, ""},
		{"a line of my day", "amira", []string{"c"}, "K1"},
		{"the audit log at the start", "ada", []string{"j", "j"}, ""},
		{"a line of the audit log", "ada", []string{"G", "enter"}, "K1"},
		{"my changes of today", "dee", []string{"H"}, ""},
		{"a record by an auditor", "ada", []string{"1", "R"}, "K1"},
	} {
		x := newTeam(t, c.login)
		x.now = tuitest.Now
		for _, ref := range []string{"K1", "K2"} { // one name and one date of birth under two references
			x.child(ref, "Barker", "amira")
		}
		x.owed("K1", "service", "amira", 3*60*60*1e9, "bus pass")
		before := len(x.log(view.AuditFilter{Act: "opened"}))
		d := x.look(120, 40, tuitest.Now()).Press(c.keys...)
		var got []string
		lines := x.log(view.AuditFilter{Act: "opened"})
		for _, l := range lines[:len(lines)-before] {
			if l.By != c.login {
				t.Errorf("%s: by %s", c.what, l.By)
			}
			got = append(got, l.Ref())
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s (%v): opened are %q, not %q\n%s", c.what, c.keys, s, c.want, d.Frame())
		}
	}
}
