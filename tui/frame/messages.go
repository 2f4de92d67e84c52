package frame

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/widgets"
)

// openMessages lists what was said in this session, the newest first. What was said while names were shown is not shown
// again while they are masked.
func (m *Model) openMessages() tea.Cmd {
	th, past := m.s.Theme, m.toasts.Past()
	if len(past) == 0 {
		return m.s.Toast(widgets.Info, "Nothing was said in this session yet.")
	}
	var lines []widgets.Line
	for _, t := range slices.Backward(past) {
		text := widgets.Tell(th.Text, t.Text)
		if m.s.MaskNames && !t.Masked {
			text = widgets.In(th.Muted, "said while names were shown")
		}
		mark, style := t.Mark(th)
		lines = append(lines, widgets.Join(widgets.In(th.Muted, t.At.Format("15:04")+" "), widgets.In(style, mark+" "), text))
	}
	return m.open(Reader(m.s, "Messages of this session, the newest first", Centre, lines...), nil)
}
