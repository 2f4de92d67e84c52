package clusters

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "clusters"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	return append(keymap.In(Name,
		keymap.Binding{Action: "clusters.accept", Keys: []string{"a"}, Title: "Accept as one interview", Words: "cluster suggestion join make them", Group: "Decide"},
		keymap.Binding{Action: "clusters.choose", KeysOf: keymap.ListSelect, Title: "Take an episode in or leave it out", Short: "In or out", Words: "select", Group: "Decide"},
		keymap.Binding{Action: "clusters.dismiss", Keys: []string{"x"}, Title: "Dismiss, an interview each", Short: "Dismiss", Words: "no cluster suggestion", Group: "Decide"},
		keymap.Binding{Action: "clusters.add", Keys: []string{"A"}, Title: "Add the new return", Words: "episode", Group: "Decide"},
		keymap.Binding{Action: "clusters.leave_out", Keys: []string{"l"}, Title: "Leave one out", Words: "remove episode", Group: "Decide"},
		keymap.Binding{Action: "clusters.break_up", Keys: []string{"B"}, Title: "Break up into an interview each", Short: "Break up", Words: "undo cluster", Group: "Decide"},
		keymap.Binding{Action: "clusters.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "Go"},
		keymap.Binding{Action: "clusters.queue", Keys: []string{"K"}, Title: "Its row in the queue", Short: "In the queue", Words: "show", Group: "Go"},
		keymap.Binding{Action: "clusters.open", Keys: []string{"enter", "right"}, Title: "Step into the episodes, then to the queue", Short: "Step in", Words: "open", Group: "View"},
		keymap.Binding{Action: "clusters.copy", Keys: []string{"y"}, Title: "Copy", Words: "clipboard reference name card", Group: "View", Quiet: true},
		keymap.Binding{Action: "clusters.filter", Keys: []string{"/"}, Title: "Filter", Words: "find only search", Group: "View"},
		keymap.Binding{Action: "clusters.sort", Keys: []string{"s"}, Title: "Sort", Words: "order", Group: "View", Quiet: true},
		keymap.Binding{Action: "clusters.layout", Keys: []string{"+"}, Title: "List, split, full", Words: "layout side below detail", Group: "View", Quiet: true},
		keymap.Binding{Action: "clusters.clear", Keys: []string{"esc", "left"}, Title: "One step back", Words: "clear filter", Group: "View", Quiet: true},
	), desk.ViewKeys(Name, false)...)
}
