package followups

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "followups"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "followups." + action, Keys: keys, Title: title, Group: group}
	}
	return append([]keymap.Binding{
		b("pass_on", "Passed on", "Urgent", "p"),
		b("done", "Done: what was found", "Work", "d"),
		b("redate", "Another due time", "Work", "r"),
		b("drop", "Drop", "Work", "x"),
		b("contact", "Log an attempt", "Work", "c"),
		b("add", "Add one by hand", "Work", "A"),
		b("everyone", "Mine or everyone's", "View", "a"),
		b("record", "The interview's record", "Go", "R"),
		b("timeline", "The child's timeline", "Go", "t"),
		b("row", "Its row in the queue", "Go", "o"),
		b("open", "Open the detail", "View", "enter"),
		b("copy", "Copy", "View", "y"),
		b("filter", "Filter", "View", "/"),
		b("sort", "Sort", "View", "s"),
		b("layout", "List, split, full", "View", "+"),
		b("clear", "One step back", "View", "esc"),
	}, desk.ViewKeys(Name, false)...)
}
