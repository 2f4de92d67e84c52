package review

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "review"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "review." + action, Keys: keys, Title: title, Group: group}
	}
	return append([]keymap.Binding{
		b("open", "Open: the list behind a number, a row's own page", "View", "enter"),
		b("ask", "Ask why, or ask something", "Work", "a"),
		b("late", "Reason late", "Work", "l"),
		b("assign", "Give to somebody", "Work", "w"),
		b("sign_off", "Sign off", "Work", "S"),
		b("send_back", "Not approved, or send back", "Work", "x"),
		b("answer", "Answer the question", "Work", "A"),
		b("count", "Count by the marked column", "View", "="),
		b("left", "Mark the column before", "View", "left"),
		b("right", "Mark the next column", "View", "right"),
		b("row", "Its row in the queue", "Go", "o"),
		b("record", "The interview's record", "Go", "R"),
		b("timeline", "The child's timeline", "Go", "t"),
		b("copy", "Copy", "View", "y"),
		b("filter", "Filter", "View", "/"),
		b("sort", "Sort", "View", "s"),
		b("layout", "List, split, full", "View", "+"),
		b("clear", "One step back", "View", "esc"),
	}, desk.ViewKeys(Name, false)...)
}
