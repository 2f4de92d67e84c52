package tui

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/screens/queue"
)

// leads are the ways from any screen to where more is shown. Only the root knows which screen that is.
func (r *root) leads() desk.Leads {
	return desk.Leads{
		Row: func(id string) tea.Cmd {
			r.p.Want = id
			return r.s.Go(frame.Place{Screen: queue.Name})
		},
		Timeline: r.openChild,
		Cluster:  func(string) tea.Cmd { return nil },
	}
}
