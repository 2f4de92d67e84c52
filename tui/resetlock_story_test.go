package tui_test

import (
	"strings"
	"testing"
	"time"

	"homeward/domain/view"
	"homeward/store"
	"homeward/tui"
	"homeward/tui/tuitest"
)

// Dee has forgotten their lock code: a supervisor finds the way by its words, the locked screen says what to do, and who comes in
// again chooses another. What only coordinators are says why not.
func TestAForgottenLockCode(t *testing.T) {
	x := two(t)
	locks := func(o *tui.Options) { o.LockAfter = 15 * time.Minute }
	choose := func(d *tuitest.Driver, code string) {
		d.Press("ctrl+l").Type(code).Press("enter").Type(code).Press("enter")
	}
	d := x.sits("dee", 120, 40, locks)
	choose(d, "forgotten")
	d.Sees("It is locked now")

	other := x.sits("tom", 120, 40, nil)
	other.Press(":").Type("forgot code").Sees("Reset somebody's lock code", "for supervisors").Press("esc")

	s := x.sits("sam", 120, 40, nil)
	s.Press(":").Type("forgot code").Sees("Reset somebody's lock code").Press("enter")
	s.Sees("Whose lock code", "ctrl+c")
	s.Press("enter").Sees("The lock code of Dee")
	if got := x.notes(store.NoteLockCode); len(got) != 1 || got[0] != "sam: took away the lock code of dee, who chooses another []" {
		t.Error(got)
	}

	d.Type("forgotten").Press("enter").Sees("taken it away", "come in again")
	again := x.sits("dee", 120, 40, locks).Sees("no lock code yet")
	choose(again, "another")
	again.Sees("It is locked now").Type("another").Press("enter").SeesNot("Lock code")
	if kept, err := x.desk.Preference(t.Context(), view.LockPreference); err != nil || strings.Contains(strings.Join(values(kept), " "), "another") {
		t.Error(kept, err)
	}
}

func values(m map[string]string) (out []string) {
	for _, v := range m {
		out = append(out, v)
	}
	return out
}
