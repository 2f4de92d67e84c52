package audit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Actions are what can be done with the focused line, the most important first.
func (c *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "audit." + id, Disabled: why, Run: run}
	}
	out := []frame.Action{
		act("open", c.onLine, c.open),
		act("filter", nil, func() tea.Cmd {
			c.layout = min(c.layout, listOnly)
			c.before = c.list.FocusedID()
			c.filter.Open()
			return nil
		}),
		act("timeline", c.onChild, c.timeline),
		act("child", c.onChild, func() tea.Cmd { l, _ := c.list.Focused(); return c.only("child", l.Ref()) }),
		act("person", c.onLine, func() tea.Cmd { l, _ := c.list.Focused(); return c.only("by", l.By) }),
		act("newest", nil, c.newest),
		act("layout", nil, c.turn),
		act("clear", nil, c.clear),
	}
	return out
}

func (c *screen) onLine() string {
	if _, ok := c.list.Focused(); !ok {
		return "nothing is focused"
	}
	return ""
}

func (c *screen) onChild() string {
	l, ok := c.list.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case len(l.Whose) == 0:
		return l.ID.String() + " is about no child who is here"
	}
	return ""
}

// timeline shows the child's; which one, where the line speaks of several.
func (c *screen) timeline() tea.Cmd {
	l, _ := c.list.Focused()
	if len(l.Whose) == 1 {
		return c.p.Timeline(l.Whose[0].ID, 0)
	}
	var choices []widgets.Choice
	for _, child := range l.Whose {
		choices = append(choices, widgets.Choice{Title: c.named(child), Result: child.ID})
	}
	return c.s.Open(frame.Menu(c.s, "Whose timeline?", choices), func(result any) tea.Cmd {
		if id, ok := result.(domain.ID); ok {
			return c.p.Timeline(id, 0)
		}
		return nil
	})
}

// named is a child by name and reference, as this sitting shows it.
func (c *screen) named(child *domain.Child) string {
	if c.s.MaskNames {
		return child.Masked()
	}
	return desk.Mask(c.s, child) + ", " + child.ShownRef()
}

// only adds a field to the filter, in the place of what stood there for it.
func (c *screen) only(field, value string) tea.Cmd {
	c.before = c.list.FocusedID()
	words := []string{field + ":" + value}
	for w := range strings.FieldsSeq(c.filter.Value()) {
		if !strings.HasPrefix(strings.ToLower(w), field+":") {
			words = append(words, w)
		}
	}
	c.filter.Set(strings.Join(words, " "))
	c.layout = min(c.layout, listOnly)
	return c.again()
}

// again reads for another filter at once; the cursor stays on its line where that is still wanted.
func (c *screen) again() tea.Cmd {
	c.lines = nil
	return c.afresh()
}

func (c *screen) newest() tea.Cmd {
	if len(c.lines) > 0 {
		c.list.Focus(rowID(c.lines[0]))
		c.moved()
	}
	return c.afresh()
}

// turn goes from the list beside what stands in the line to the list alone and back.
func (c *screen) turn() tea.Cmd {
	switch c.layout {
	case split:
		c.layout = listOnly
	default:
		c.layout = split
	}
	return nil
}

// clear takes one step back: out of the detail, out of the filter.
func (c *screen) clear() tea.Cmd {
	switch {
	case c.layout == detailOnly:
		c.layout = split
	case c.filter.Value() != "":
		at := c.list.FocusedID()
		if at == "" {
			at = c.before // nothing matched: back to where it began
		}
		c.filter.Set("")
		c.list.Focus(at)
		return c.again()
	}
	return nil
}
