package audit

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "audit"

// Keys are the screen's own, in the form in which users override them.
func Keys() []keymap.Binding {
	return append(keymap.In(Name,
		keymap.Binding{Action: "audit.open", Keys: []string{"enter"}, Title: "What the line changed, and back", Short: "What it changed", Words: "open detail", Group: "View"},
		keymap.Binding{Action: "audit.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "Go"},
		keymap.Binding{Action: "audit.copy", Keys: []string{"y"}, Title: "Copy", Words: "clipboard reference number name card", Group: "View", Quiet: true},
		keymap.Binding{Action: "audit.filter", Keys: []string{"/"}, Title: "Filter", Words: "find only search", Group: "View"},
		keymap.Binding{Action: "audit.child", Keys: []string{"c"}, Title: "Only this child", Words: "filter", Group: "View"},
		keymap.Binding{Action: "audit.person", Keys: []string{"p"}, Title: "Only this person", Words: "filter who", Group: "View"},
		keymap.Binding{Action: "audit.newest", Keys: []string{"N"}, Title: "The newest line", Words: "first top", Group: "View", Quiet: true},
		keymap.Binding{Action: "audit.layout", Keys: []string{"+"}, Title: "List, split, full", Words: "layout side below detail", Group: "View", Quiet: true},
		keymap.Binding{Action: "audit.clear", Keys: []string{"esc"}, Title: "One step back", Words: "clear filter", Group: "View", Quiet: true},
	), desk.ViewKeys(Name, false)...)
}
