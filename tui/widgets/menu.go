package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/keymap"
	"homeward/tui/theme"
)

// Choice is one line of a menu, taken by its key alone or by the cursor.
type Choice struct {
	Key    string // one key; "" for the cursor only
	Title  string
	Hint   string
	Why    string // the reason why it cannot be taken now, "" when it can
	Result any    // what the menu closes with; nil stands for the choice's index
}

// Menu asks for one of a few with a single key.
type Menu struct {
	title   string
	intro   []Line
	choices []Choice
	keys    *keymap.Map
	at      int
	said    safe.Text
	pick    func(result any) tea.Cmd
	leave   func() tea.Cmd
}

// NewMenu makes a menu; pick is called with the result, leave on esc.
func NewMenu(keys *keymap.Map, title string, choices []Choice, pick func(any) tea.Cmd, leave func() tea.Cmd) *Menu {
	m := &Menu{title: title, choices: choices, keys: keys, pick: pick, leave: leave}
	for m.at < len(choices)-1 && choices[m.at].Why != "" {
		m.at++
	}
	return m
}

// Intro puts lines above the choices.
func (m *Menu) Intro(lines ...Line) *Menu {
	m.intro = lines
	return m
}

// Title is the menu's title.
func (m *Menu) Title() string { return m.title }

// Choices are the menu's.
func (m *Menu) Choices() []Choice { return m.choices }

// Focused is the result of the choice under the cursor, nil when there is none.
func (m *Menu) Focused() any {
	if m.at < 0 || m.at >= len(m.choices) {
		return nil
	}
	return m.choices[m.at].Result
}

// Update handles a key. A choice's own key comes first: it is what the menu is
// for.
func (m *Menu) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	s := k.String()
	for i, c := range m.choices {
		if c.Key != "" && c.Key == s {
			m.at = i
			return m.take()
		}
	}
	switch m.keys.Action(keymap.Dialog, s) {
	case keymap.DialogUp:
		m.at = max(0, m.at-1)
	case keymap.DialogDown:
		m.at = min(len(m.choices)-1, m.at+1)
	case keymap.DialogTop:
		m.at = 0
	case keymap.DialogBottom:
		m.at = len(m.choices) - 1
	case keymap.DialogChoose:
		return m.take()
	case keymap.DialogClose:
		if m.leave != nil {
			return m.leave()
		}
	}
	return nil
}

func (m *Menu) take() tea.Cmd {
	if m.at < 0 || m.at >= len(m.choices) {
		return nil
	}
	c := m.choices[m.at]
	if c.Why != "" {
		m.said = safe.Line(c.Title + ": " + c.Why)
		return nil
	}
	if m.pick == nil {
		return nil
	}
	if c.Result == nil {
		return m.pick(m.at)
	}
	return m.pick(c.Result)
}

// notNow stands before the reason why a choice cannot be taken.
const notNow = "not now: "

// introWidth is how wide the text above the choices may make a menu; what is longer wraps.
const introWidth = 74

// Size is how large the menu would like to be.
func (m *Menu) Size(maxW int) (w, h int) {
	w = Width(m.title) + 6
	for _, c := range m.choices {
		said := c.Hint
		if c.Why != "" {
			said = notNow + c.Why
		}
		w = max(w, m.keyWidth()+5+Width(c.Title)+2+Width(said))
	}
	for _, l := range m.intro {
		w = max(w, min(l.Width()+2, introWidth))
	}
	w = min(max(w, 36), maxW)
	h = 1
	for i := range m.choices {
		h += len(m.saidBelow(i, w)) + 1
	}
	for _, l := range m.intro {
		h += len(WrapLine(l, w-2))
	}
	if len(m.intro) > 0 {
		h++
	}
	return w, h
}

func (m *Menu) keyWidth() int {
	n := 1
	for _, c := range m.choices {
		n = max(n, Width(c.Key))
	}
	return n
}

// told is the hint of a choice, or why it cannot be taken.
func (m *Menu) told(i int) string {
	if why := m.choices[i].Why; why != "" {
		return notNow + why
	}
	return m.choices[i].Hint
}

// saidBelow is the hint of a choice in lines of its own, where it does not fit beside the title: a reason is never cut.
func (m *Menu) saidBelow(i, w int) []Line {
	indent := m.keyWidth() + 6
	said := m.told(i)
	if said == "" || m.keyWidth()+5+Width(m.choices[i].Title)+2+Width(said) <= w || w < indent+16 {
		return nil
	}
	return WrapLine(Say(said), w-indent-1)
}

// tall is how many lines a choice takes.
func (m *Menu) tall(i, w int) int { return 1 + len(m.saidBelow(i, w)) }

// window is the first choice drawn in h lines, and how many lines there are for choices.
func (m *Menu) window(w, h int) (first, room int) {
	room = max(1, h-1)
	for used := 0; first < m.at; first++ {
		used = 0
		for i := first; i <= m.at; i++ {
			used += m.tall(i, w)
		}
		if used <= room {
			break
		}
	}
	return first, room
}

// Click puts the cursor on the choice at a spot; false where there is none.
func (m *Menu) Click(at Spot) bool {
	above := 0
	for _, l := range m.intro {
		above += len(WrapLine(l, at.W-2))
	}
	if len(m.intro) > 0 {
		above++
	}
	first, room := m.window(at.W, at.H-above)
	y := at.Y - above
	if y < 0 || y >= room {
		return false
	}
	for i := first; i < len(m.choices); i++ {
		if y -= m.tall(i, at.W); y < 0 {
			m.at = i
			return true
		}
	}
	return false
}

// Wheel moves the cursor by so many choices.
func (m *Menu) Wheel(by int) { m.at = max(0, min(m.at+by, len(m.choices)-1)) }

// View draws the menu.
func (m *Menu) View(th *theme.Theme, w, h int) string {
	var out []string
	for _, l := range m.intro {
		for _, p := range WrapLine(l, w-2) {
			out = append(out, " "+p.Paint(th, w-1))
		}
	}
	if len(m.intro) > 0 {
		out = append(out, "")
	}
	kw := m.keyWidth()
	first, room := m.window(w, h-len(out))
	end := len(out) + room
	for i := first; i < len(m.choices) && len(out) < end; i++ {
		c := m.choices[i]
		mark, style, ground := " ", th.Text, theme.Style{}
		if c.Why != "" {
			style = th.Disabled
		}
		if i == m.at {
			mark, ground = th.Glyphs.Cursor, th.Focus
		}
		key := c.Key + spaces(kw-Width(c.Key))
		l := Join(Say(mark+" "), In(th.Key, key), Say("  "), In(style, c.Title))
		below := m.saidBelow(i, w)
		if said := m.told(i); said != "" && below == nil {
			l = Join(l, In(th.Muted, "  "+said))
		}
		for n, l := range append([]Line{l}, below...) {
			if n > 0 {
				l = Join(Say(spaces(kw+6)), In(th.Muted, l.String()))
			}
			if len(out) < end {
				var b strings.Builder
				l.paint(&b, th, w, Left, ground)
				out = append(out, b.String())
			}
		}
	}
	if !m.said.Empty() {
		out = append(out, Tell(th.Warning, m.said).Paint(th, w))
	}
	return strings.Join(out[:min(len(out), max(0, h))], "\n")
}
