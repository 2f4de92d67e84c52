package review

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "review"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	return append(keymap.In(Name,
		keymap.Binding{Action: "review.open", Keys: []string{"enter"}, Title: "Open the list behind a number, or the page of a row", Short: "Open", Group: "View"},
		keymap.Binding{Action: "review.ask", Keys: []string{"a"}, Title: "Ask why, or something else", Short: "Ask why", Words: "question colleague", Group: "Work"},
		keymap.Binding{Action: "review.late", Keys: []string{"l"}, Title: "Say why it is late", Short: "Why late", Words: "reason overdue", Group: "Work"},
		keymap.Binding{Action: "review.assign", Keys: []string{"w"}, Title: "Give to somebody else", Short: "Give to", Words: "assign", Group: "Work"},
		keymap.Binding{Action: "review.sign_off", Keys: []string{"S"}, Title: "Sign off", Words: "approve decision record", Group: "Work"},
		keymap.Binding{Action: "review.send_back", Keys: []string{"x"}, Title: "Send back, or do not approve", Short: "Send back", Words: "refuse decision record", Group: "Work"},
		keymap.Binding{Action: "review.answer", Keys: []string{"A"}, Title: "Answer the question", Short: "Answer", Words: "asked", Group: "Work"},
		keymap.Binding{Action: "review.count", Keys: []string{"="}, Title: "Count by the marked column", Short: "Count", Words: "numbers", Group: "View"},
		keymap.Binding{Action: "review.left", Keys: []string{"left"}, Title: "Mark the column before", Group: "View", Quiet: true},
		keymap.Binding{Action: "review.right", Keys: []string{"right"}, Title: "Mark the next column", Group: "View", Quiet: true},
		keymap.Binding{Action: "review.row", Keys: []string{"o"}, Title: "Its row in the queue", Short: "In the queue", Words: "show", Group: "Go"},
		keymap.Binding{Action: "review.record", Keys: []string{"R"}, Title: "The interview's record", Short: "Record", Words: "write up read open", Group: "Go"},
		keymap.Binding{Action: "review.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "Go"},
		keymap.Binding{Action: "review.copy", Keys: []string{"y"}, Title: "Copy", Words: "clipboard reference number name card", Group: "View", Quiet: true},
		keymap.Binding{Action: "review.filter", Keys: []string{"/"}, Title: "Filter", Words: "find only search", Group: "View"},
		keymap.Binding{Action: "review.sort", Keys: []string{"s"}, Title: "Sort", Words: "order", Group: "View", Quiet: true},
		keymap.Binding{Action: "review.layout", Keys: []string{"+"}, Title: "List, split, full", Words: "layout side below detail", Group: "View", Quiet: true},
		keymap.Binding{Action: "review.clear", Keys: []string{"esc"}, Title: "One step back", Words: "clear filter selection", Group: "View", Quiet: true},
	), desk.ViewKeys(Name, false)...)
}
