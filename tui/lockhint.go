package tui

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// lockHint tells whoever has no lock code yet to choose one before the first pause locks them out: a screen that locked by
// itself can then only be left.
func (r *root) lockHint() tea.Msg {
	lockAfter := r.o.LockAfter
	if r.o.Idle != nil {
		lockAfter, _ = r.o.Idle()
	}
	if lockAfter <= 0 {
		return nil
	}
	if has, err := r.p.LockCode().Has(r.p.Context()); err != nil || has {
		return nil // what cannot be read is said when it is needed
	}
	return frame.Toasted(widgets.Info, "You have no lock code yet: choose one ("+r.s.Keys.Hint(keymap.Palette)+", Choose my lock code), or a screen that locks can only be left.")()
}
