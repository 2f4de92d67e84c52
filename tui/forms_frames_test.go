package tui_test

import (
	"testing"
	"time"

	"homeward/domain"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// The forms in the smallest window that is promised: nothing that is needed is cut, and what is out of sight is marked.
func TestFormFrames(t *testing.T) {
	t.Run("closing", func(t *testing.T) {
		made(t, 80, 24, "dee", nil).Press("}", "}", "j", "d").Golden("form-close-menu-80x24").Press("u").Golden("form-close-80x24")
	})
	t.Run("booking", func(t *testing.T) {
		d := made(t, 80, 24, "dee", func(o *tui.Options) { o.ASCII = true }).Press("}", "}", "j", "b").Sees("read this first").Press("r")
		d.Type("last Thursday").Press("ctrl+d").Golden("form-book-ascii-80x24")
	})
	t.Run("a draft that comes back", func(t *testing.T) {
		x := newTeam(t, "dee")
		began := tuitest.Now()
		x.now = func() time.Time { return began.Add(-time.Hour) }
		x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai-Alexander","family_name":"Featherstonehaugh-Adeyemi","dob":"2011-03-14","missing_at":"2026-11-22T08:00:00Z","returned_at":"2026-11-22T18:00:00Z"}`,
			`{"act":"child.edit","child_ref":"K1","address":"1 Old Road"}`)
		d := x.look(80, 24, began).Press("1", "E").Sees("Kai-Alexander")
		d.Model().(*frame.Model).Form().Go("address")
		d.Press("ctrl+u").Type("2 New Street").Press("esc").Sees("1 draft")
		later := began.Add(time.Hour)
		x.now = func() time.Time { return later }
		x.do("tom", `{"act":"child.edit","child_ref":"K1","warning":"Dog at the address","address":"3 Third Lane"}`)
		d = x.look(80, 24, later).Press("1", "E").Golden("form-draft-80x24")
		d.Model().(*frame.Model).Form().Go("address")
		d.Press("shift+tab", "tab").Golden("form-draft-field-80x24").Press("ctrl+d").Golden("form-draft-saved-80x24")
		var address string
		if err := x.desk.Ask(t.Context(), func(r domain.Reader) error {
			c, err := domain.ChildNamed(r, "K1")
			address = c.CardValue("address")
			return err
		}); err != nil || address != "3 Third Lane" {
			t.Errorf("the address is %q, %v", address, err)
		}
	})
}
