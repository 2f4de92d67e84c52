package frame

import (
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// everything are the actions that can be reached from here: those of what is
// focused first, then the program's.
func (m *Model) everything() []Action {
	var out []Action
	if o := m.top(); o != nil {
		return append(out, o.Actions()...)
	}
	if scr := m.screen(); scr != nil {
		out = append(out, scr.Actions()...)
	}
	return append(out, m.globals()...)
}

// palette is the search over all actions.
type palette struct {
	m       *Model
	actions []Action
	filter  *widgets.Filter
	hits    []Action
	at      int
}

func (m *Model) openPalette() tea.Cmd {
	p := &palette{m: m, actions: m.everything(), filter: widgets.NewFilter()}
	p.filter.Open()
	p.search()
	return m.open(p, func(result any) tea.Cmd {
		if a, ok := result.(Action); ok {
			return m.run(a)
		}
		return nil
	})
}

func (p *palette) Title() string     { return "Find an action" }
func (p *palette) Typing() bool      { return true }
func (p *palette) Actions() []Action { return nil }

func (p *palette) Wants(maxW, maxH int) (Where, int, int) {
	return Centre, min(maxW, 72), min(maxH, 16)
}

func (p *palette) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if s := k.String(); len(s) > 1 && p.m.s.Keys.Action(keymap.Global, s) == keymap.Palette {
			return p.m.s.Close(nil) // its key again; a letter is typed
		}
		switch k.String() {
		case "esc":
			return p.m.s.Close(nil)
		case "up":
			p.at = max(0, p.at-1)
			return nil
		case "down":
			p.at = max(0, min(len(p.hits)-1, p.at+1))
			return nil
		case "enter":
			if p.at < len(p.hits) {
				return p.m.s.Close(p.hits[p.at])
			}
			return nil
		}
	}
	if p.filter.Update(msg) {
		p.search()
	}
	return nil
}

// search orders the actions by how well they fit what is typed.
func (p *palette) search() {
	q := p.filter.Value()
	type hit struct {
		a     Action
		score int
	}
	var hits []hit
	for _, a := range p.actions {
		if s, ok := p.m.s.about(a).Match(q); ok {
			hits = append(hits, hit{a, s})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].score > hits[j].score })
	p.hits, p.at = nil, 0
	for _, h := range hits {
		p.hits = append(p.hits, h.a)
	}
}

func (p *palette) View(w, h int) string {
	th := p.m.s.Theme
	out := []string{p.filter.View(th, w), widgets.Rule(th, w, "")}
	first, room := p.window(h)
	if len(p.hits) == 0 {
		out = append(out, widgets.In(th.Muted, " nothing is called that").Paint(th, w))
	}
	for i := first; i < min(len(p.hits), first+room); i++ {
		mark := "  "
		if i == p.at {
			mark = th.Glyphs.Cursor + " "
		}
		l := actionLine(p.m.s, p.hits[i], mark, 0)
		if i == p.at {
			l = onGround(th, l, th.Focus)
		}
		out = append(out, l.Paint(th, w))
	}
	return strings.Join(out, "\n")
}

// paletteHead is how many lines stand above the hits.
const paletteHead = 2

// window is the first hit drawn and how many there is room for.
func (p *palette) window(h int) (first, room int) {
	room = max(1, h-paletteHead)
	return max(0, p.at-room+1), room
}

// Click puts the cursor on a hit.
func (p *palette) Click(at widgets.Spot) (tea.Cmd, bool) {
	first, room := p.window(at.H)
	i := first + at.Y - paletteHead
	if at.Y < paletteHead || at.Y-paletteHead >= room || i >= len(p.hits) {
		return nil, false
	}
	p.at = i
	return nil, true
}

// Wheel moves the cursor over the hits.
func (p *palette) Wheel(_ widgets.Spot, lines int) tea.Cmd {
	p.at = max(0, min(len(p.hits)-1, p.at+lines))
	return nil
}

// actionLine is an action as palette and help show it.
func actionLine(s *Session, a Action, mark string, keyWidth int) widgets.Line {
	th := s.Theme
	title, style := s.about(a).Title, th.Text
	why := a.reason()
	if why != "" {
		style = th.Disabled
	}
	keys := s.Keys.Hints(a.ID)
	var l widgets.Line
	if keyWidth > 0 {
		if palette := s.Keys.Hint(keymap.Palette); keys == "" && palette != "" {
			keys = "by " + palette
		}
		l = widgets.Join(widgets.Say(mark), widgets.In(th.Key, keys+strings.Repeat(" ", max(0, keyWidth-widgets.Width(keys)))), widgets.Say("  "), widgets.In(style, title))
	} else {
		l = widgets.Join(widgets.Say(mark), widgets.In(style, title))
		if keys != "" {
			l = widgets.Join(l, widgets.Say("  "), widgets.In(th.Key, keys))
		}
	}
	if why != "" {
		l = widgets.Join(l, widgets.In(th.Muted, "  not now: "+why))
	}
	return l
}

// openHelp lists everything that can be done with what is focused, by group.
func (m *Model) openHelp() tea.Cmd {
	th := m.s.Theme
	var order []string
	groups := map[string][]widgets.Line{}
	add := func(group string, l widgets.Line) {
		if _, ok := groups[group]; !ok {
			order = append(order, group)
		}
		groups[group] = append(groups[group], l)
	}
	const keyWidth = 18
	for _, a := range m.everything() {
		add(m.s.about(a).Group, actionLine(m.s, a, "  ", keyWidth))
	}
	if m.top() == nil {
		for _, b := range m.s.Keys.Bindings() {
			if b.Scope == keymap.List {
				add(b.Group, actionLine(m.s, Action{ID: b.Action}, "  ", keyWidth))
			}
		}
	}
	var lines []widgets.Line
	for i, g := range order {
		if i > 0 {
			lines = append(lines, widgets.Line{})
		}
		lines = append(lines, widgets.In(th.Group, g))
		lines = append(lines, groups[g]...)
	}
	return m.open(Reader(m.s, "All keys", Centre, lines...), nil)
}
