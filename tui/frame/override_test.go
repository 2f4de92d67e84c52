package frame_test

import (
	"strings"
	"testing"

	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// The keys of forms, questions and menus follow their overrides, and esc leaves all the same.
func TestOverridesInDialogs(t *testing.T) {
	x := &sample{}
	x.config = func(c *frame.Config) {
		keys, err := c.Keys.Override(map[string][]string{
			"form.next": {"f2"}, "form.save": {"f5"}, "form.pick": {"f6"}, "dialog.close": {"f10"}, "dialog.choose": {"f7"}, "dialog.down": {"f8"}, "dialog.other": {"f9"},
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Keys = keys
	}
	d := tuitest.New(t, 120, 40, x.build)
	d.Press("n").Type("ada").Sees("Ada Byron", "f5 Save", "f2 Next field", "f10 Close").Press("f6").Sees("Ada Byron").Press("f2", "f2", "f2", "f2").Type("hello").Press("f5")
	if want := `note J0 to=ada kind=plain flags= told= text="hello"`; strings.Join(x.log, ",") != want {
		t.Errorf("%q", x.log)
	}
	d.Press("n").Type("x").Press("f10").SeesNot("Note on").Press("n").Press("esc").SeesNot("Note on")
	d.Press("c", "f8", "f7").Press("c").Sees("f7 Choose", "f10 Close").Press("f10").SeesNot("Call about")
	if len(x.log) != 2 || x.log[1] != "call J0 left_message" {
		t.Errorf("%q", x.log)
	}
	d.Press("n", "f2").Type("9").Press("ctrl+c").Sees("Leave?").Press("f10").SeesNot("Leave?").Press("ctrl+c", "f9", "f7")
	if !d.Quit() {
		t.Error("the other button was not reached")
	}
}
