package myday

import "homeward/tui/keymap"

// Name of the screen: its place, and the scope of its keys.
const Name = "myday"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	return keymap.In(Name,
		keymap.Binding{Action: "myday.go", Keys: []string{"enter"}, Title: "Go to it", Words: "open", Group: "Go"},
		keymap.Binding{Action: "myday.contact", Keys: []string{"c"}, Title: "Log an attempt", Short: "Attempt", Words: "contact call rang visit", Group: "Work"},
		keymap.Binding{Action: "myday.seen", Keys: []string{"v"}, Title: "Mark what changed as seen", Short: "Seen", Group: "Work"},
		keymap.Binding{Action: "myday.record", Keys: []string{"R"}, Title: "The interview's record", Short: "Record", Words: "write up read open", Group: "Go"},
		keymap.Binding{Action: "myday.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "Go"},
		keymap.Binding{Action: "myday.copy", Keys: []string{"y"}, Title: "Copy", Words: "clipboard reference number name card", Group: "View", Quiet: true},
		keymap.Binding{Action: "myday.row", Keys: []string{"o"}, Title: "Its row in the queue", Short: "In the queue", Words: "show", Group: "Go"},
	)
}
