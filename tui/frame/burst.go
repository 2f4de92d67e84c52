package frame

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/widgets"
)

// Words that somebody types where no words are wanted are no commands: letters that come as fast as nobody means them one by
// one, in a menu or straight after a key that was refused, do nothing, and it is said.

const (
	// burstGap is the most time between two letters of a burst.
	burstGap = 80 * time.Millisecond
	// burstRest is the pause after which a letter counts again.
	burstRest = 400 * time.Millisecond
)

// burst follows letters that come fast.
type burst struct {
	refused  bool            // the last key was refused
	dropping bool            // letters are dropped until there is a pause
	held     tea.KeyPressMsg // a letter at a menu that waits whether another follows
	gen      uint64          // of the letter held; 0 while none is
	nth      uint64
}

// heldMsg says that nothing followed a letter that was held.
type heldMsg struct{ gen uint64 }

// inBurst takes a letter that belongs to a burst; gap is the time since the key before.
func (m *Model) inBurst(k tea.KeyPressMsg, gap time.Duration) (tea.Cmd, bool) {
	b := &m.burst
	text, fast := k.Text != "" && !m.takesText(), gap > 0 && gap < burstGap
	switch {
	case text && b.dropping && gap > 0 && gap < burstRest:
		return nil, true
	case text && b.refused && fast:
		b.dropping, b.refused = true, false
		return m.s.Toast(widgets.Info, "Letters typed straight after it are no commands: they did nothing."), true
	case text && b.gen != 0:
		b.gen, b.dropping = 0, true
		return m.s.Toast(widgets.Info, "Several letters at once choose nothing: one at a time."), true
	}
	b.refused, b.dropping, b.gen = false, false, 0
	if d, ok := m.top().(*dialog); ok && d.menu != nil && text && fast {
		b.nth++
		b.held, b.gen = k, b.nth
		return m.s.Delay(burstGap, heldMsg{b.gen}), true
	}
	return nil, false
}

// heldKey gives a menu the letter that nothing followed.
func (m *Model) heldKey(msg heldMsg) tea.Cmd {
	if m.burst.gen != msg.gen {
		return nil
	}
	m.burst.gen = 0
	return m.plainKey(m.burst.held)
}
