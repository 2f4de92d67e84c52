package frame

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// The lines of the window that are not the page's.
const (
	headLines = 2 // header, tabs
	footLines = 1
)

// View draws the window, exactly as large as it is.
func (m *Model) View() (v tea.View) {
	w, h := m.s.w, m.s.h
	defer func() {
		if r := recover(); r != nil {
			m.fail(r, "drawing the page")
			v = m.page(m.crashView(w, h))
		}
	}()
	switch {
	case w <= 0 || h <= 0:
		return m.page("")
	case m.crash != nil:
		return m.page(m.crashView(w, h))
	case m.locked != nil:
		return m.page(m.lockView(w, h))
	case w < MinWidth || h < MinHeight:
		return m.page(tooSmall(m.s.Theme, w))
	}
	th := m.s.Theme
	body := ""
	if scr := m.screen(); scr != nil {
		body = scr.View(w, h-headLines-footLines)
	}
	lines := make([]string, 0, h)
	lines = append(lines, m.header(w), m.tabLine(w))
	lines = append(lines, strings.Split(widgets.Fit(body, w, h-headLines-footLines), "\n")...)
	lines = append(lines, m.footer(w))
	content := strings.Join(lines, "\n")
	if len(m.layers) > 0 {
		content = m.compose(content, w, h)
	}
	if toasts := m.toasts.Lines(th, w, max(1, h/3)); len(toasts) > 0 {
		lines = strings.Split(widgets.Fit(content, w, h), "\n")
		copy(lines[h-footLines-len(toasts):], toasts)
		content = strings.Join(lines, "\n")
	}
	return m.page(widgets.Fit(content, w, h))
}

// page makes the library's view. The title is fixed: it is written as it is, and
// a window title is read by people passing.
func (m *Model) page(content string) tea.View {
	if m.s.Theme.ASCII {
		content = theme.Typed(content)
	}
	v := tea.NewView(content)
	v.AltScreen = true
	v.WindowTitle = "homeward"
	if m.s.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// tooSmall is all that a window without room shows.
func tooSmall(th *theme.Theme, w int) string {
	text := "window too small (needs 60×15)"
	if w < 32 {
		text = "needs 60×15"
	}
	return widgets.Say(text).Paint(th, w)
}

// compose lays the overlays over the page, between tabs and footer.
func (m *Model) compose(base string, w, h int) string {
	th := m.s.Theme
	layers := []*lipgloss.Layer{lipgloss.NewLayer(base)}
	for i, l := range m.layers {
		r := m.placed(i, w, h)
		inside := box(th, l.overlay.Title(), l.overlay.View(r.W, r.H), r.W, r.H)
		layers = append(layers, lipgloss.NewLayer(inside).X(r.X-1).Y(r.Y-1).Z(len(layers)))
	}
	// The compositor alone would grow past the window.
	return lipgloss.NewCanvas(w, h).Compose(lipgloss.NewCompositor(layers...)).Render()
}

// placed is where the inside of an overlay lies, within its border.
func (m *Model) placed(i, w, h int) widgets.Rect {
	top, room := 1, h-1-footLines
	at, ow, oh := m.layers[i].overlay.Wants(w-2, room-2)
	ow, oh = max(1, min(ow, w-2)), max(1, min(oh, room-2))
	x, y := (w-ow-2)/2, top+(room-oh-2)/2
	switch at {
	case Side:
		oh = room - 2
		x, y = w-ow-2, top
	case Full:
		ow, oh, x, y = w-2, room-2, 0, top
	case Bottom:
		ow, x, y = w-2, 0, top+room-oh-2
	default: // Centre: as it is
	}
	return widgets.Rect{X: x + 1, Y: y + 1, W: ow, H: oh}
}

// header says whose desk this is and how it stands. What does not fit goes in a
// fixed order; the counts marked Keep and who is here never go.
func (m *Model) header(w int) string {
	l, _ := m.headerLine(w)
	return onGround(m.s.Theme, l, m.s.Theme.Header).Paint(m.s.Theme, w)
}

// headerLine is the header and its counts that lead somewhere.
func (m *Model) headerLine(w int) (widgets.Line, []hot) {
	th := m.s.Theme
	var spots []hot
	var counts []Count
	if m.c.Header != nil {
		counts = m.c.Header()
	}
	now := m.s.Now()
	live := ""
	if m.c.Live != nil {
		live = m.c.Live()
	}
	team, role, clock, short := m.s.Team.String(), m.s.Role.String(), now.Format("Mon 2 Jan 15:04"), w < NarrowWidth
	if short {
		team = ""
	}
	var left, right widgets.Line
	build := func() bool {
		left, right, spots = nil, nil, nil
		if team != "" {
			left = widgets.Join(left, widgets.In(th.Strong, team), widgets.Say("  "))
		}
		for _, c := range counts {
			label := c.Long
			if short && c.Short != "" {
				label = c.Short
			}
			part := widgets.In(c.Style, strings.TrimSuffix(c.Value+" "+label, " "))
			from := left.Width() + 1 // behind the margin
			spots = append(spots, hot{from, from + part.Width(), c.Goes})
			left = widgets.Join(left, part, widgets.Say("  "))
		}
		quiet := func(s string) {
			if s != "" {
				right = widgets.Join(right, widgets.Say("  "), widgets.In(th.Muted, s))
			}
		}
		quiet(live)
		if !m.s.Who.Empty() {
			right = widgets.Join(right, widgets.Say("  "), widgets.Tell(th.Strong, m.s.Who))
		}
		quiet(role)
		quiet(clock)
		return left.Width()+right.Width()+3 <= w
	}
	drops := []func(){
		func() { clock = now.Format("15:04") },
		func() { short = true },
		func() { team = "" },
		func() { live = "" },
		func() { role = "" },
	}
	for i := 0; !build(); i++ {
		if i < len(drops) {
			drops[i]()
			continue
		}
		n := lastLoose(counts)
		if n < 0 {
			break
		}
		counts = append(append([]Count{}, counts[:n]...), counts[n+1:]...)
	}
	gap := max(1, w-1-left.Width()-right.Width()-1)
	return widgets.Join(widgets.Say(" "), left, widgets.Say(strings.Repeat(" ", gap)), right, widgets.Say(" ")), spots
}

// lastLoose is the last count that may be dropped.
func lastLoose(counts []Count) int {
	for i := len(counts) - 1; i >= 0; i-- {
		if !counts[i].Keep {
			return i
		}
	}
	return -1
}

// onGround lays every part of a line on one ground.
func onGround(th *theme.Theme, l widgets.Line, ground theme.Style) widgets.Line {
	out := make(widgets.Line, len(l))
	for i, s := range l {
		out[i] = widgets.Span{Text: s.Text, Style: th.Over(s.Style, ground)}
	}
	return out
}

// tabLine shows the tabs; the one shown stands in brackets, whatever the colours.
func (m *Model) tabLine(w int) string {
	l, _ := m.tabsLine(w)
	return l.Paint(m.s.Theme, w)
}

// tabsLine is the line of tabs, and where each leads.
func (m *Model) tabsLine(w int) (widgets.Line, []hot) {
	th := m.s.Theme
	at := m.tabAt()
	var spots []hot
	build := func(titles bool) widgets.Line {
		l := widgets.Say(" ")
		spots = nil
		for i, t := range m.c.Tabs {
			name := string(rune('1' + i))
			if titles || i == at {
				name += " " + m.s.about(Action{ID: tabAction(i)}).Label()
			}
			if t.Count != nil {
				if n := t.Count(); n != "" && titles {
					name += " " + n
				}
			}
			part := widgets.In(th.Tab, " "+name+" ")
			if i == at {
				part = widgets.In(th.TabOn, "["+name+"]")
			}
			spots = append(spots, hot{l.Width(), l.Width() + part.Width(), func() tea.Cmd { return m.s.Go(t.to()) }})
			l = widgets.Join(l, part)
		}
		if at < 0 && m.screen() != nil {
			l = widgets.Join(l, widgets.In(th.TabOn, "["+m.screen().Title()+"]"))
		}
		return l
	}
	l := build(true)
	if l.Width() > w {
		l = build(false)
	}
	return l, spots
}

// footer says what can be done with what is focused, the most important first.
func (m *Model) footer(w int) string {
	l, _ := m.footerLine(w)
	return l.Paint(m.s.Theme, w)
}

// footerLine is the footer, and what each part of it does.
func (m *Model) footerLine(w int) (widgets.Line, []hot) {
	th := m.s.Theme
	var spots []hot
	var actions []Action
	if o := m.top(); o != nil {
		actions = o.Actions()
	} else if scr := m.screen(); scr != nil {
		actions = scr.Actions()
	}
	l := widgets.Say(" ")
	last := widgets.Join(widgets.In(th.Key, m.s.Keys.Hint(keymap.ShowHelp)), widgets.In(th.Footer, " "+m.s.about(Action{ID: keymap.ShowHelp}).Label()+" "))
	if m.top() != nil && typing(m.top()) || m.top() == nil && typing(m.screen()) {
		last = nil // it would be a letter
	}
	for _, a := range actions {
		about, key := m.s.about(a), m.s.Keys.Hint(a.ID)
		if about.Quiet || a.Aside || key == "" || a.reason() != "" {
			continue
		}
		part := widgets.Join(widgets.In(th.Key, key), widgets.In(th.Footer, " "+about.Label()+"   "))
		if l.Width()+part.Width()+last.Width() > w {
			break
		}
		spots = append(spots, hot{l.Width(), l.Width() + part.Width() - 3, m.pressed(a)})
		l = widgets.Join(l, part)
	}
	if gap := w - l.Width() - last.Width(); gap > 0 {
		l = widgets.Join(l, widgets.Say(strings.Repeat(" ", gap)))
	}
	if last.Width() > 0 {
		spots = append(spots, hot{l.Width(), l.Width() + last.Width(), m.s.ShowHelp})
	}
	return widgets.Join(l, last), spots
}
