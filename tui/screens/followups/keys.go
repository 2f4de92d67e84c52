package followups

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "followups"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	return append(keymap.In(Name,
		keymap.Binding{Action: "followups.pass_on", Keys: []string{"p"}, Title: "Say that it was passed on", Short: "Passed on", Words: "note told", Group: "Urgent"},
		keymap.Binding{Action: "followups.done", Keys: []string{"d"}, Title: "Say what was found", Short: "Done", Words: "finish came of it", Group: "Work"},
		keymap.Binding{Action: "followups.redate", Keys: []string{"r"}, Title: "Give another due time", Short: "Re-date", Words: "later move date", Group: "Work"},
		keymap.Binding{Action: "followups.drop", Keys: []string{"x"}, Title: "Drop", Words: "cancel not needed", Group: "Work"},
		keymap.Binding{Action: "followups.contact", Keys: []string{"c"}, Title: "Log an attempt", Short: "Attempt", Words: "contact call rang visit", Group: "Work"},
		keymap.Binding{Action: "followups.add", Keys: []string{"A"}, Title: "Add one by hand", Short: "Add", Words: "new follow-up write down", Group: "Work"},
		keymap.Binding{Action: "followups.everyone", Keys: []string{"a"}, Title: "Mine or everyone's", Short: "Mine, all", Words: "all show", Group: "View"},
		keymap.Binding{Action: "followups.record", Keys: []string{"R"}, Title: "The interview's record", Short: "Record", Words: "write up read open", Group: "Go"},
		keymap.Binding{Action: "followups.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "Go"},
		keymap.Binding{Action: "followups.row", Keys: []string{"o"}, Title: "Its row in the queue", Short: "In the queue", Words: "show", Group: "Go"},
		keymap.Binding{Action: "followups.open", Keys: []string{"enter"}, Title: "Open the detail or a group", Short: "Open", Group: "View"},
		keymap.Binding{Action: "followups.copy", Keys: []string{"y"}, Title: "Copy", Words: "clipboard reference number name card", Group: "View", Quiet: true},
		keymap.Binding{Action: "followups.filter", Keys: []string{"/"}, Title: "Filter", Words: "find only search", Group: "View"},
		keymap.Binding{Action: "followups.sort", Keys: []string{"s"}, Title: "Sort", Words: "order", Group: "View", Quiet: true},
		keymap.Binding{Action: "followups.layout", Keys: []string{"+"}, Title: "List, split, full", Words: "layout side below detail", Group: "View", Quiet: true},
		keymap.Binding{Action: "followups.clear", Keys: []string{"esc"}, Title: "One step back", Words: "clear filter selection", Group: "View", Quiet: true},
	), desk.ViewKeys(Name, false)...)
}
