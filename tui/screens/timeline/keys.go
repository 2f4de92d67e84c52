package timeline

import "homeward/tui/keymap"

// Name of the screen: its place, and the scope of its keys.
const Name = "timeline"

// Keys are the timeline's own, in the form in which users override them. Up and down, page, first and last are the list's;
// { and } go to the previous and the next episode.
func Keys() []keymap.Binding {
	return keymap.In(Name,
		keymap.Binding{Action: "timeline.in", Keys: []string{"+", "="}, Title: "Zoom in", Words: "closer", Group: "Axis"},
		keymap.Binding{Action: "timeline.out", Keys: []string{"-", "_"}, Title: "Zoom out", Short: "Out", Words: "wider", Group: "Axis"},
		keymap.Binding{Action: "timeline.fit", Keys: []string{"0"}, Title: "Show all of it", Short: "All", Words: "zoom whole", Group: "Axis"},
		keymap.Binding{Action: "timeline.earlier", Keys: []string{"left", "h"}, Title: "Earlier", Words: "move", Group: "Axis", Quiet: true},
		keymap.Binding{Action: "timeline.later", Keys: []string{"right", "l"}, Title: "Later", Words: "move", Group: "Axis", Quiet: true},
		keymap.Binding{Action: "timeline.page_earlier", Keys: []string{"<", "shift+left", ","}, Title: "A window earlier", Words: "page move", Group: "Axis", Quiet: true},
		keymap.Binding{Action: "timeline.page_later", Keys: []string{">", "shift+right", "."}, Title: "A window later", Words: "page move", Group: "Axis", Quiet: true},
		keymap.Binding{Action: "timeline.previous_episode", Keys: []string{"("}, Title: "Previous episode", Short: "Before", Group: "Axis"},
		keymap.Binding{Action: "timeline.next_episode", Keys: []string{")"}, Title: "Next episode", Short: "Next", Group: "Axis"},
		keymap.Binding{Action: "timeline.previous_fortnight", Keys: []string{"S"}, Title: "Previous fortnight with three", Words: "cluster", Group: "Axis", Quiet: true},
		keymap.Binding{Action: "timeline.next_fortnight", Keys: []string{"s"}, Title: "Next fortnight with three", Words: "cluster", Group: "Axis", Quiet: true},
		keymap.Binding{Action: "timeline.now", Keys: []string{"t"}, Title: "Now", Words: "today", Group: "Axis", Quiet: true},
		keymap.Binding{Action: "timeline.open", Keys: []string{"enter"}, Title: "Open or close the detail", Short: "Detail", Words: "full", Group: "View"},
		keymap.Binding{Action: "timeline.row", Keys: []string{"r"}, Title: "Its row in the queue", Short: "In the queue", Words: "show", Group: "Record"},
		keymap.Binding{Action: "timeline.reopen", Keys: []string{"o"}, Title: "Reopen the referral", Short: "Reopen", Words: "open again", Group: "Record"},
		keymap.Binding{Action: "timeline.carer_told", Title: "Keep what the carer told", Words: "parent information family", Group: "Record", Quiet: true},
		keymap.Binding{Action: "timeline.lives", Title: "Take back that the child died", Words: "death dead alive error wrong", Group: "Record", Quiet: true},
		keymap.Binding{Action: "timeline.edit_episode", Keys: []string{"e"}, Title: "Edit the episode", Short: "Edit", Words: "change correct", Group: "Record"},
		keymap.Binding{Action: "timeline.confirm", Keys: []string{"c"}, Title: "Confirm whose the episode is", Short: "Confirm", Words: "taken to be right child", Group: "Record", Quiet: true},
		keymap.Binding{Action: "timeline.move", Keys: []string{"&"}, Title: "Move the episode to another child", Short: "Move", Words: "wrong child new twin", Group: "Record", Quiet: true},
		keymap.Binding{Action: "timeline.cluster", Keys: []string{"K"}, Title: "The cluster or suggestion", Short: "Cluster", Words: "one interview fortnight", Group: "Record"},
		keymap.Binding{Action: "timeline.record", Keys: []string{"R"}, Title: "The interview's record", Short: "Record", Words: "write up read open", Group: "Record"},
		keymap.Binding{Action: "timeline.copy", Keys: []string{"y"}, Title: "Copy", Words: "clipboard reference number name card", Group: "View", Quiet: true},
		keymap.Binding{Action: "timeline.view", Keys: []string{"v"}, Title: "Show all, episodes or work", Short: "What is shown", Words: "hide kinds", Group: "View"},
		keymap.Binding{Action: "timeline.find", Keys: []string{"/"}, Title: "Find a child", Words: "another timeline", Group: "View"},
		keymap.Binding{Action: "timeline.back", Keys: []string{"esc"}, Title: "One step back", Short: "Back", Group: "View"},
	)
}
