package frame

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// pasteLimit is the most that a paste may hold: a larger one would make a field
// slow, and no note is that long.
const pasteLimit = 64 << 10

// key decides who gets a key.
func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	lockAfter, _ := m.idleLimits()
	over := m.c.Code != nil && m.locked == nil && lockAfter > 0 && m.idle() >= lockAfter
	gap := m.c.Runtime.Machine().Sub(m.key1)
	early := m.typed()
	switch {
	case m.locked != nil:
		return m.lockKey(k)
	case over:
		return m.lock(false) // the machine slept past the time: whoever woke it sees nothing
	}
	if m.s.w < MinWidth || m.s.h < MinHeight { // nobody decides on a page that is not drawn
		if k.String() == "ctrl+c" {
			return m.quit(false)
		}
		return nil
	}
	m.s.LastKey = m.s.Now()
	if cmd, taken := m.inBurst(k, gap); taken {
		return cmd
	}
	m.toasts.Clear(k.Text != "" && m.takesText())
	// Before any field: leaving must always be possible.
	if k.String() == "ctrl+c" {
		return m.quit(!m.asking)
	}
	if m.unread(early) {
		return nil
	}
	if k.String() == "ctrl+z" && !m.undoes() {
		return m.suspend()
	}
	if k.Mod&(tea.ModAlt|tea.ModMeta) != 0 {
		return m.altKey(k)
	}
	return m.plainKey(k)
}

// altKey undoes what the terminal made of esc and a letter typed at once.
func (m *Model) altKey(k tea.KeyPressMsg) tea.Cmd {
	rest := k
	rest.Mod &^= tea.ModAlt | tea.ModMeta
	if !unicode.IsPrint(k.Code) {
		return m.plainKey(rest) // alt and an arrow: just the arrow
	}
	if rest.Text == "" && rest.Mod&tea.ModCtrl == 0 {
		r := k.Code
		switch {
		case k.ShiftedCode != 0 && k.Mod&tea.ModShift != 0:
			r = k.ShiftedCode
		case k.Mod&tea.ModShift != 0:
			r = unicode.ToUpper(r)
		}
		rest.Text = string(r)
	}
	first := m.plainKey(tea.KeyPressMsg{Code: tea.KeyEscape})
	first = tea.Batch(first, m.drain()) // what esc closed is closed before the letter
	return tea.Batch(first, m.plainKey(rest))
}

func (m *Model) plainKey(k tea.KeyPressMsg) tea.Cmd {
	key := k.String()
	globalID := m.s.Keys.Action(keymap.Global, key)
	if a, ok := m.global(globalID); ok && m.s.about(a).Anywhere {
		return m.run(a)
	}
	if o := m.top(); o != nil {
		if a, ok := m.bound(o.Actions(), key); ok && (!typing(o) || len(key) > 1 && key != "space") {
			return m.run(a)
		}
		if globalID == keymap.ShowHelp && !typing(o) {
			return m.openHelp()
		}
		return o.Update(k)
	}
	scr := m.screen()
	if scr == nil {
		return nil
	}
	if typing(scr) {
		return scr.Update(k)
	}
	if id := m.s.Keys.Action(keymap.Scope(m.Place().Screen), key); id != "" {
		if a, ok := find(scr.Actions(), id); ok {
			return m.run(a)
		}
	}
	if a, ok := m.global(globalID); ok {
		return m.run(a)
	}
	if k.Text != "" && m.s.Keys.Action(keymap.List, key) == "" {
		return m.means(key, scr)
	}
	return scr.Update(k)
}

// means says of a letter that it means nothing on a page: somebody who knows it from another would take silence for done.
func (m *Model) means(key string, scr Screen) tea.Cmd {
	m.burst.refused = true
	return m.s.Toast(widgets.Info, keymap.Help(key)+" does nothing on this page ("+scr.Title()+"): "+m.s.Keys.Hint(keymap.ShowHelp)+" shows what does")
}

// bound finds the action of an overlay that a key is for, where the overlay
// leaves the running of it to the frame.
func (m *Model) bound(actions []Action, key string) (Action, bool) {
	for _, a := range actions {
		if a.Run == nil {
			continue
		}
		for _, k := range m.s.Keys.Keys(a.ID) {
			if k == key {
				return a, true
			}
		}
	}
	return Action{}, false
}

// typing says whether letters are text for x.
func typing(x any) bool {
	t, ok := x.(Typer)
	return ok && t.Typing()
}

// takesText says whether letters are text for whoever has the keys now.
func (m *Model) takesText() bool {
	if o := m.top(); o != nil {
		return typing(o)
	}
	return typing(m.screen())
}

func find(actions []Action, id string) (Action, bool) {
	for _, a := range actions {
		if a.ID == id {
			return a, true
		}
	}
	return Action{}, false
}

// run does an action, or says why it cannot be done now.
func (m *Model) run(a Action) tea.Cmd {
	if why := a.reason(); why != "" {
		m.burst.refused = true
		return m.s.Toast(widgets.Warn, m.s.about(a).Title+": "+why)
	}
	if a.Run == nil {
		return nil
	}
	return a.Run()
}

// globals are the frame's own actions and those of the program.
func (m *Model) globals() []Action {
	s := m.s
	var out []Action
	if m.c.Global != nil {
		out = append(out, m.c.Global()...)
	}
	out = append(out,
		Action{ID: keymap.ShowHelp, Run: s.ShowHelp},
		Action{ID: keymap.Palette, Run: s.ShowPalette},
		Action{ID: keymap.Messages, Run: m.openMessages},
		Action{ID: keymap.Mouse, Run: m.turnMouse},
		Action{ID: keymap.Back, Run: s.Back, Disabled: func() string {
			if m.at == 0 {
				return "this is where you began"
			}
			return ""
		}},
		Action{ID: keymap.Forward, Run: s.Forward, Disabled: func() string {
			if m.at >= len(m.past)-1 {
				return "there is nothing further"
			}
			return ""
		}},
	)
	for i, t := range m.c.Tabs {
		if i >= 9 {
			break
		}
		out = append(out, Action{ID: tabAction(i), Run: func() tea.Cmd { return s.Go(t.to()) }})
	}
	if n := len(m.c.Tabs); n > 1 {
		turn := func(by int) func() tea.Cmd {
			return func() tea.Cmd { return s.Go(m.c.Tabs[(m.tabAt()+by+n)%n].to()) }
		}
		out = append(out, Action{ID: keymap.NextTab, Run: turn(1)}, Action{ID: keymap.PrevTab, Run: turn(-1)})
	}
	if m.c.Suspend != nil {
		out = append(out, Action{ID: keymap.Suspend, Run: m.suspend, Disabled: m.c.Suspend.Why})
	}
	if m.c.Code != nil {
		out = append(out, Action{ID: keymap.Lock, Run: s.Lock}, Action{ID: keymap.LockCode, Run: m.chooseCode})
	}
	return append(out, Action{ID: keymap.Quit, Run: s.Quit})
}

// tabAction is the action that leads to a tab.
func tabAction(i int) string { return keymap.Tab + string(rune('1'+i)) }

func (m *Model) global(id string) (Action, bool) {
	if id == "" {
		return Action{}, false
	}
	return find(m.globals(), id)
}

// tabAt is the tab shown; off the tabs, the one before the first.
func (m *Model) tabAt() int {
	at := -1
	for i, t := range m.c.Tabs {
		if t.Place == m.Place() {
			return i
		}
		if t.Goes != nil && t.Place.Screen == m.Place().Screen {
			at = i
		}
	}
	return at
}

// paste hands pasted text to whoever takes text, capped and made safe. Outside a
// field it means nothing: its letters must not act as keys.
func (m *Model) paste(p tea.PasteMsg) tea.Cmd {
	if m.locked != nil {
		m.locked.paste(p)
		return nil
	}
	text := p.Content
	cut := len(text) > pasteLimit
	if cut {
		text = strings.ToValidUTF8(text[:pasteLimit], "")
	}
	text = safe.CleanNote(text)
	var to interface{ Update(tea.Msg) tea.Cmd }
	if o := m.top(); o != nil {
		to = o
	} else if scr := m.screen(); scr != nil {
		to = scr
	}
	if to == nil || !typing(to) {
		return nil
	}
	if cut {
		m.s.Toast(widgets.Warn, "The paste was cut to 64 KiB")
	}
	return to.Update(tea.PasteMsg{Content: text})
}
