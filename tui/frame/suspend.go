package frame

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/widgets"
)

// Suspension is what a program needs that its person may stop on their own terminal.
type Suspension struct {
	// Input is the terminal's, made by [GuardInput]: its reader steps aside while the program is stopped.
	Input any
	// Why says why the program cannot be stopped now, "" where it can: no shell would come back to it.
	Why func() string
}

// suspend stops the program, where that is possible; what is typed stays as it is.
func (m *Model) suspend() tea.Cmd {
	if m.c.Suspend == nil {
		return m.s.Toast(widgets.Info, "ctrl+z stops a program on its own terminal only; in a text field it takes typing back")
	}
	if why := m.c.Suspend.Why(); why != "" {
		return m.s.Toast(widgets.Info, "It cannot be stopped by ctrl+z: "+why)
	}
	return tea.Suspend
}

// resumed shows the time it is now, or the lock where the program stood still for so long.
func (m *Model) resumed() tea.Cmd {
	if m.c.Suspend != nil {
		if in, ok := m.c.Suspend.Input.(interface{ resume() }); ok {
			in.resume()
		}
	}
	if cmd, done := m.rested(); done {
		return cmd
	}
	return m.tell(MinuteMsg{m.s.Now()})
}

// undoes says whether ctrl+z takes back typing where the keys go now.
func (m *Model) undoes() bool {
	if o := m.top(); o != nil {
		if f, ok := o.(interface{ Undoes() bool }); ok {
			return f.Undoes()
		}
		return typing(o)
	}
	return typing(m.screen())
}

// filter is the program's own: it lets through a stop that its person asked for.
func (m *Model) filter(of tea.Model, msg tea.Msg) tea.Msg {
	if _, stop := msg.(tea.SuspendMsg); stop && m.c.Suspend != nil && m.c.Suspend.Why() == "" {
		if in, ok := m.c.Suspend.Input.(interface{ release() }); ok {
			in.release()
		}
		return msg
	}
	return Filter(of, msg)
}
