package frame

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/widgets"
)

// Ending is why a dashboard ended, in words for the journal of a server.
type Ending string

// The endings a dashboard knows of itself; "" where it was ended from outside ([EndMsg]), or has not ended.
const (
	EndedByPerson Ending = "left"
	EndedIdle     Ending = "no key was pressed for too long"
	EndedCodes    Ending = "wrong lock codes"
)

// Ended is why it ended. It is for who waits for the program, once that is over.
func (m *Model) Ended() Ending { return m.ending }

// endFor leaves at once, for a reason.
func (m *Model) endFor(why Ending) tea.Cmd {
	m.ending = why
	return m.quit(false)
}

// wrongCodeTyped tells the journal, where there is one, of one more wrong lock code; what was typed is told to nobody.
func (m *Model) wrongCodeTyped(tries int) {
	if m.c.WrongCode != nil {
		m.c.WrongCode(tries)
	}
}

// quit leaves, asking first when typed text is about.
func (m *Model) quit(ask bool) tea.Cmd {
	drafts := m.drafts()
	var lying []widgets.Line
	if m.c.Unfinished != nil {
		lying = m.c.Unfinished()
	}
	if ask && len(drafts)+len(lying) > 0 && !m.asking {
		m.asking = true
		var text []widgets.Line
		switch {
		case len(drafts) == 0:
		case m.c.SaveDrafts == nil:
			text = append(text, widgets.Say("What you typed is not saved and would be lost."))
		default:
			text = append(text, widgets.Say("What you typed is not saved. It will be kept as a draft."))
		}
		return m.open(Confirm(m.s, "Leave?", append(text, lying...), "Leave", "Stay"), func(result any) tea.Cmd {
			m.asking = false
			if yes, _ := result.(bool); yes {
				return m.quit(false)
			}
			return nil
		})
	}
	if m.ending == "" && !m.endedOutside {
		m.ending = EndedByPerson
	}
	m.saveDrafts(drafts)
	m.left = true
	return tea.Quit
}

// drafts gathers all unsaved text. It is also called when something is broken,
// so one bad form must not take the others' text along.
func (m *Model) drafts() []Draft {
	var out []Draft
	ask := func(x any) {
		defer func() { _ = recover() }()
		if d, ok := x.(Drafter); ok {
			if draft, some := d.Draft(); some {
				out = append(out, draft)
			}
		}
	}
	seen := map[Screen]bool{}
	for _, v := range m.past {
		if !seen[v.screen] {
			seen[v.screen] = true
			ask(v.screen)
		}
	}
	for _, l := range m.layers {
		ask(l.overlay)
	}
	return out
}

// saveDrafts hands typed text over and says whether that went well. A panic in
// the hook ends nothing: the program is already leaving.
func (m *Model) saveDrafts(d []Draft) (kept bool) {
	defer func() {
		if recover() != nil {
			kept = false
		}
	}()
	if m.c.SaveDrafts == nil || len(d) == 0 {
		return false
	}
	m.c.SaveDrafts(d)
	return true
}
