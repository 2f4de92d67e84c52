package queue

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "queue"

// Keys are the queue's own, in the form in which users override them.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "queue." + action, Keys: keys, Title: title, Group: group}
	}
	return append([]keymap.Binding{
		b("accept", "Accept as proposed", "Triage", "a"),
		b("accept_as", "Accept: who, asked, chosen", "Triage", "A"),
		b("not_required", "Not required", "Triage", "x"),
		b("assign", "Assign", "Triage", "w"),
		b("flag", "Flags", "Triage", "f"),
		b("contact", "Log contact", "Contact", "c"),
		b("strike", "Strike an attempt", "Contact", "X"),
		b("chase", "Chase", "Contact", "C"),
		b("book", "Book or move", "Interview", "b"),
		b("missed", "What became of the booking", "Interview", "B"),
		b("held", "Held: when, by whom, where", "Interview", "h"),
		b("record", "The interview's record", "Interview", "R"),
		b("late", "Reason late", "Interview", "l"),
		b("close", "Close without interview", "Ending", "d"),
		b("reopen", "Reopen", "Ending", "o"),
		b("sign_off", "Sign off", "Ending", "S"),
		b("return", "Record the return", "Missing", "r"),
		b("pass_on", "Passed on", "Urgent", "p"),
		b("note", "Note to a colleague", "Record", "N"),
		b("edit_child", "Edit the child's card", "Record", "E"),
		b("edit_episode", "Edit the episode", "Record", "e"),
		b("same", "Same child?", "Record", "D"),
		b("duplicate", "Same episode as another", "Record", "U"),
		b("cluster", "The cluster or suggestion", "Go", "K"),
		b("seen", "Seen what changed", "Record", "v"),
		b("open", "Open the detail", "View", "enter"),
		b("timeline", "The child's timeline", "View", "t"),
		b("copy", "Copy", "View", "y"),
		b("filter", "Filter", "View", "/"),
		b("sort", "Sort", "View", "s"),
		b("layout", "List, split, full", "View", "+"),
		b("clear", "Clear filter and selection", "View", "esc"),
	}, desk.ViewKeys(Name, true)...)
}
