package widgets

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/keymap"
)

// grace is how long after the last key to save something that came in meanwhile may be read before it is saved over.
const grace = 500 * time.Millisecond

// pause has nothing saved for a moment: a key pressed twice must not answer what nobody has read.
func (f *Form) pause() tea.Cmd {
	f.holding = true
	return f.hold.After(f.c.Delay, grace)
}

// key handles a key. While what others did is still to be read, each key puts off the moment from which saving counts.
func (f *Form) key(k tea.KeyPressMsg) tea.Cmd {
	if f.holding && !f.saving {
		return tea.Batch(f.pause(), f.press(k))
	}
	return f.press(k)
}

func (f *Form) press(k tea.KeyPressMsg) tea.Cmd {
	s := k.String()
	f.idle = ""
	if f.saving {
		return nil // leaving now would keep a draft of what may just be saved
	}
	if s == "esc" || !types(k) && f.c.Keys.Action(keymap.Dialog, s) == keymap.DialogClose {
		return f.leave() // esc always: the way out must not be lost with a setting
	}
	if f.at < 0 {
		return nil
	}
	action := f.c.Keys.Action(keymap.Form, s)
	if action == keymap.FormSave {
		return f.submit()
	}
	if action == keymap.FormMore && f.turnPanel(1) || action == keymap.FormBack && f.turnPanel(-1) {
		return nil
	}
	switch _, theirs := f.mine[f.c.Fields[f.at].ID]; {
	case action == keymap.FormMine && theirs:
		return f.takeMine()
	case action == keymap.FormAfresh && f.c.Afresh != nil:
		return f.c.Afresh()
	case action == keymap.FormAfresh:
		f.idle = f.c.Keys.Hint(keymap.FormAfresh) + ": no draft to throw away"
		return nil
	}
	pick := action == keymap.FormPick
	if fi := f.finds[f.at]; fi != nil && pick && fi.looking() {
		fi.said = safe.Line("still looking: enter again once the hits are there")
		return nil
	}
	if fi := f.finds[f.at]; fi != nil && fi.listKey(s, pick) {
		if pick && f.c.Fields[f.at].Quick {
			f.changed(f.at)
			return f.submit()
		}
		if pick {
			return tea.Batch(f.changed(f.at), f.shift(1))
		}
		return nil
	}
	if l, ok := f.inputs[f.at].(*listInput); ok {
		if cmd, taken := f.inList(l, s, pick); taken {
			return cmd
		}
	}
	if f.c.Fields[f.at].Kind == NoteKind && f.inputs[f.at].key(k) {
		return f.changed(f.at)
	}
	if s == "up" || s == "down" {
		if cmd, taken := f.stepDay(s); taken {
			return cmd
		}
	}
	switch action {
	case keymap.FormNext:
		return f.shift(1)
	case keymap.FormPrev:
		return f.shift(-1)
	}
	if s == "enter" {
		switch {
		case f.next(f.at, 1) >= 0:
			return f.shift(1)
		case f.c.EnterSaves:
			return f.submit()
		}
		f.idle = "enter does not save, " + f.c.Keys.Hint(keymap.FormSave) + " does"
		return nil
	}
	if !f.inputs[f.at].key(k) {
		return nil
	}
	if fi := f.finds[f.at]; fi != nil {
		fi.edited()
		return tea.Batch(f.changed(f.at), f.search.After(f.c.Delay, Settle))
	}
	return f.changed(f.at)
}
