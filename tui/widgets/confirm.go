package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/theme"
)

// Confirm asks before something that cannot be undone. It stands on No; a letter
// alone never means yes, since a reply of the terminal cut in two can type one.
type Confirm struct {
	title    string
	text     []Line
	yes, no  string
	onYes    bool
	keys     *keymap.Map
	answered func(yes bool) tea.Cmd
}

// NewConfirm makes a dialog; yes names the button that does it ("Restore"),
// no the other one ("Keep").
func NewConfirm(keys *keymap.Map, title string, text []Line, yes, no string, answered func(bool) tea.Cmd) *Confirm {
	return &Confirm{title: title, text: text, yes: yes, no: no, keys: keys, answered: answered}
}

// Title is the dialog's title.
func (c *Confirm) Title() string { return c.title }

// Update handles a key.
func (c *Confirm) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if k.String() == "esc" {
		return c.answered(false)
	}
	switch c.keys.Action(keymap.Dialog, k.String()) {
	case keymap.DialogClose:
		return c.answered(false)
	case keymap.DialogOther:
		c.onYes = !c.onYes
	case keymap.DialogChoose:
		return c.answered(c.onYes)
	}
	return nil
}

// Size is how large the dialog would like to be.
func (c *Confirm) Size(maxW int) (w, h int) {
	w = max(40, Width(c.title)+4)
	for _, l := range c.text {
		w = max(w, l.Width()+4)
	}
	w = min(w, maxW)
	for _, l := range c.text {
		h += len(WrapLine(l, w-2))
	}
	return w, h + 2
}

// View draws the dialog.
func (c *Confirm) View(th *theme.Theme, w, h int) string {
	var out []string
	for _, l := range c.text {
		for _, p := range WrapLine(l, w-2) {
			out = append(out, " "+p.Paint(th, w-1))
		}
	}
	out = out[:min(len(out), max(0, h-2))]
	out = append(out, "")
	l := Join(Say(" "), button(th, c.no, !c.onYes), Say("   "), button(th, c.yes, c.onYes), In(th.Muted, "   "+th.Glyphs.Left+th.Glyphs.Right+" and enter"))
	return strings.Join(append(out, l.Paint(th, w)), "\n")
}

func button(th *theme.Theme, name string, on bool) Line {
	if on {
		return In(th.ButtonOn, th.Glyphs.Cursor+" "+name+" ")
	}
	return In(th.Button, "  "+name+" ")
}

// Click moves to the button at a spot; false where there is none.
func (c *Confirm) Click(th *theme.Theme, at Spot) bool {
	lines := 0
	for _, l := range c.text {
		lines += len(WrapLine(l, at.W-2))
	}
	if at.Y != min(lines, max(0, at.H-2))+1 {
		return false
	}
	no := 1 + button(th, c.no, false).Width()
	yes := no + 3
	switch {
	case at.X >= 1 && at.X < no:
		c.onYes = false
	case at.X >= yes && at.X < yes+button(th, c.yes, false).Width():
		c.onYes = true
	default:
		return false
	}
	return true
}
