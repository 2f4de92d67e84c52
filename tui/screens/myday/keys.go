package myday

import "homeward/tui/keymap"

// Name of the screen: its place, and the scope of its keys.
const Name = "myday"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "myday." + action, Keys: keys, Title: title, Group: group}
	}
	return []keymap.Binding{
		b("go", "Go to it", "Go", "enter"),
		b("contact", "Log an attempt", "Work", "c"),
		b("seen", "Seen what changed", "Work", "v"),
		b("record", "The interview's record", "Go", "R"),
		b("timeline", "The child's timeline", "Go", "t"),
		b("copy", "Copy", "View", "y"),
		b("row", "Its row in the queue", "Go", "o"),
	}
}
