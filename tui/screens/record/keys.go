package record

import "homeward/tui/keymap"

// Name of the screen: its place, and the scope of its keys.
const Name = "record"

// Keys are the record's own, in the form in which users override them.
func Keys() []keymap.Binding {
	return append(keymap.In(Name,
		keymap.Binding{Action: "record.write", Keys: []string{"e", "enter"}, Title: "Write the record", Short: "Write", Words: "edit answer", Group: "Record"},
		keymap.Binding{Action: "record.held", Keys: []string{"h"}, Title: "Record that the interview was held", Short: "Held", Words: "done", Group: "Record"},
		keymap.Binding{Action: "record.submit", Keys: []string{"s"}, Title: "Submit for sign-off", Short: "Submit", Words: "finish", Group: "Record"},
		keymap.Binding{Action: "record.approve", Keys: []string{"a"}, Title: "Sign off", Words: "approve", Group: "Record"},
		keymap.Binding{Action: "record.send_back", Keys: []string{"b"}, Title: "Send back", Words: "refuse mend", Group: "Record"},
		keymap.Binding{Action: "record.share", Keys: []string{"S"}, Title: "Share a copy", Short: "Share", Words: "send paper", Group: "Record"},
		keymap.Binding{Action: "record.versions", Keys: []string{"v"}, Title: "Versions, and what changed", Short: "Versions", Words: "history", Group: "Record"},
		keymap.Binding{Action: "record.followups", Keys: []string{"f"}, Title: "Its follow-ups", Short: "Follow-ups", Words: "raised", Group: "Record"},
		keymap.Binding{Action: "record.correct_held", Title: "Correct when and how it was held", Words: "interview wrong time mend", Group: "Record", Quiet: true},
		keymap.Binding{Action: "record.unheld", Title: "Take back that it was held", Words: "interview mistake wrong child undo", Group: "Record", Quiet: true},
		keymap.Binding{Action: "record.late", Keys: []string{"l"}, Title: "Say why it is late", Short: "Why late", Words: "reason overdue", Group: "Record"},
		keymap.Binding{Action: "record.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "Go"},
		keymap.Binding{Action: "record.row", Keys: []string{"r"}, Title: "Its row in the queue", Short: "Row", Words: "show", Group: "Go"},
		keymap.Binding{Action: "record.next_section", Keys: []string{"right"}, Title: "Next section", Group: "View", Quiet: true},
		keymap.Binding{Action: "record.previous_section", Keys: []string{"left"}, Title: "Previous section", Group: "View", Quiet: true},
		keymap.Binding{Action: "record.layout", Keys: []string{"+"}, Title: "With or without the side", Words: "layout full", Group: "View", Quiet: true},
		keymap.Binding{Action: "record.back", Keys: []string{"esc"}, Title: "One step back", Short: "Back", Words: "leave", Group: "View"},
	), keymap.In(keymap.Writing,
		keymap.Binding{Action: "writing.next_field", Keys: []string{"tab"}, Title: "Next field", Group: "Writing", Quiet: true},
		keymap.Binding{Action: "writing.previous_field", Keys: []string{"shift+tab"}, Title: "Previous field", Group: "Writing", Quiet: true},
		keymap.Binding{Action: "writing.next_section", Keys: []string{"ctrl+n", "ctrl+pgdown"}, Title: "Next section", Group: "Writing"},
		keymap.Binding{Action: "writing.previous_section", Keys: []string{"ctrl+p", "ctrl+pgup"}, Title: "Previous section", Group: "Writing", Quiet: true},
		keymap.Binding{Action: "writing.next_empty", Keys: []string{"ctrl+g"}, Title: "Next empty field", Short: "Next empty", Group: "Writing"},
		keymap.Binding{Action: "writing.episode", Keys: []string{"ctrl+t"}, Title: "Another episode", Short: "Episode", Words: "cluster", Group: "Writing"},
		keymap.Binding{Action: "writing.save", Keys: []string{"ctrl+d"}, Title: "Save", Group: "Writing"},
		keymap.Binding{Action: "writing.not_asked", Keys: []string{"ctrl+y"}, Title: "Not asked", Group: "Writing"},
		keymap.Binding{Action: "writing.not_said", Keys: []string{"ctrl+o"}, Title: "Did not want to say", Short: "Not said", Group: "Writing"},
		keymap.Binding{Action: "writing.delete_row", Keys: []string{"ctrl+x"}, Title: "Delete the row", Short: "Delete row", Group: "Writing"},
		keymap.Binding{Action: "writing.afresh", Keys: []string{"ctrl+r"}, Title: "Throw away what is not saved", Group: "Writing", Quiet: true},
		keymap.Binding{Action: "writing.urgent", Keys: []string{"f2"}, Title: "Urgent note", Words: "say at once", Group: "Writing", Quiet: true},
		keymap.Binding{Action: "writing.help", Keys: []string{"f1"}, Title: "All keys", Words: "help", Group: "Writing"},
		keymap.Binding{Action: "writing.read", Keys: []string{"esc"}, Title: "Read the record", Short: "Read", Words: "stop leave", Group: "Writing"},
	)...)
}
