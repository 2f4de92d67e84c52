package audit

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "audit"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "audit." + action, Keys: keys, Title: title, Group: group}
	}
	return append([]keymap.Binding{
		b("open", "Open what it changed", "View", "enter"),
		b("timeline", "The child's timeline", "Go", "t"),
		b("copy", "Copy", "View", "y"),
		b("filter", "Filter", "View", "/"),
		b("child", "Only this child", "View", "c"),
		b("person", "Only this person", "View", "p"),
		b("newest", "The newest line", "View", "N"),
		b("layout", "List, split, full", "View", "+"),
		b("clear", "One step back", "View", "esc"),
	}, desk.ViewKeys(Name, false)...)
}
