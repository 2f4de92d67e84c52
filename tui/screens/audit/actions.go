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
		c.OpenAction(c.OnAny, c.Open),
		c.FilterAction(),
		act("timeline", c.onChild, c.timeline),
		act("child", c.onChild, func() tea.Cmd { l, _ := c.List.Focused(); return c.only("child", l.Ref()) }),
		act("person", c.OnAny, func() tea.Cmd { l, _ := c.List.Focused(); return c.only("by", l.By) }),
		{ID: "audit.newest", Run: c.newest},
	}
	return append(out, c.ListActions()...)
}

func (c *screen) onChild() string {
	if why := c.OnAny(); why != "" {
		return why
	}
	l, _ := c.List.Focused()
	return c.aboutNobody(l)
}

// aboutNobody says that a line is about no child.
func (c *screen) aboutNobody(l row) string {
	if len(l.Whose) == 0 {
		return l.ID.String() + " is about no child who is here"
	}
	return ""
}

// timeline shows the child's.
func (c *screen) timeline() tea.Cmd {
	l, _ := c.List.Focused()
	return c.oneOf(l, "Whose timeline?", func(child *domain.Child) tea.Cmd { return c.p.Timeline(child.ID, 0) })
}

// oneOf goes on with the child a line is about; where it speaks of several it asks which.
func (c *screen) oneOf(l row, question string, then func(*domain.Child) tea.Cmd) tea.Cmd {
	if len(l.Whose) == 1 {
		return then(l.Whose[0])
	}
	var choices []widgets.Choice
	for _, child := range l.Whose {
		choices = append(choices, widgets.Choice{Title: c.named(child), Result: child})
	}
	return c.s.Open(desk.Menu(c.s, desk.OfNoChild(), question, choices), func(result any) tea.Cmd {
		if child, ok := result.(*domain.Child); ok {
			return then(child)
		}
		return nil
	})
}

// named is a child by name and reference, as this session shows it.
func (c *screen) named(child *domain.Child) string {
	if c.s.MaskNames {
		return child.Masked()
	}
	return c.Mask(child) + ", " + child.ShownRef()
}

// only adds a field to the filter, in the place of what stood there for it.
func (c *screen) only(field, value string) tea.Cmd {
	words := []string{field + ":" + value}
	for w := range strings.FieldsSeq(c.Filter.Value()) {
		if !strings.HasPrefix(strings.ToLower(w), field+":") {
			words = append(words, w)
		}
	}
	c.toList()
	return c.FilterBy(strings.Join(words, " "))
}

// toList leaves a line that has the page: a filter is about the list.
func (c *screen) toList() { c.Layout = min(c.Layout, desk.ListOnly) }

func (c *screen) newest() tea.Cmd {
	if len(c.lines) > 0 {
		c.List.Focus(rowID(c.lines[0]))
	}
	return tea.Batch(c.Moved(), c.afresh())
}
