package clusters

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "clusters"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "clusters." + action, Keys: keys, Title: title, Group: group}
	}
	return append([]keymap.Binding{
		b("accept", "One interview for them", "Decide", "a"),
		b("dismiss", "Dismiss: an interview each", "Decide", "x"),
		b("add", "Add the new return", "Decide", "A"),
		b("leave_out", "Leave one out", "Decide", "l"),
		b("break_up", "Break up: an interview each again", "Decide", "B"),
		b("timeline", "The child's timeline", "Go", "t"),
		b("queue", "Show in the queue", "Go", "K"),
		b("open", "Step into the episodes", "View", "enter", "right"),
		b("copy", "Copy", "View", "y"),
		b("filter", "Filter", "View", "/"),
		b("sort", "Sort", "View", "s"),
		b("layout", "List, split, full", "View", "+"),
		b("clear", "One step back", "View", "esc", "left"),
	}, desk.ViewKeys(Name, false)...)
}
