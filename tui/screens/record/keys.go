package record

import "homeward/tui/keymap"

// Name of the screen: its place, and the scope of its keys.
const Name = "record"

// Keys are the record's own, in the form in which users override them.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "record." + action, Keys: keys, Title: title, Group: group}
	}
	w := func(action, title string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: keymap.Writing, Action: "writing." + action, Keys: keys, Title: title, Group: "Writing"}
	}
	return []keymap.Binding{
		b("write", "Write", "Record", "e", "enter"),
		b("held", "Held: when, by whom, where", "Record", "h"),
		b("submit", "Submit for sign-off", "Record", "s"),
		b("approve", "Sign off", "Record", "a"),
		b("send_back", "Send back", "Record", "b"),
		b("share", "Share a copy", "Record", "S"),
		b("versions", "Versions, and what changed", "Record", "v"),
		b("followups", "Its follow-ups", "Record", "f"),
		b("late", "Reason late", "Record", "l"),
		b("timeline", "The child's timeline", "Go", "t"),
		b("row", "Its row in the queue", "Go", "r"),
		b("next_section", "Next section", "View", "right"),
		b("previous_section", "Previous section", "View", "left"),
		b("layout", "With or without the side", "View", "+"),
		b("back", "Back", "View", "esc"),

		w("next_field", "Next field", "tab"),
		w("previous_field", "Previous field", "shift+tab"),
		w("next_section", "Next section", "ctrl+n", "ctrl+pgdown"),
		w("previous_section", "Previous section", "ctrl+p", "ctrl+pgup"),
		w("next_empty", "Next empty", "ctrl+g"),
		w("episode", "Another episode", "ctrl+t"),
		w("save", "Save", "ctrl+d"),
		w("not_asked", "Not asked", "ctrl+y"),
		w("not_said", "Did not want to say", "ctrl+o"),
		w("delete_row", "Delete the row", "ctrl+x"),
		w("afresh", "Throw away what is not saved", "ctrl+r"),
		w("urgent", "Urgent note", "f2"),
		w("help", "All keys", "f1"),
		w("read", "Read", "esc"),
	}
}
