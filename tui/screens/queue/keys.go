package queue

import (
	"homeward/tui/desk"
	"homeward/tui/keymap"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "queue"

// Keys are the queue's own, in the form in which users override them.
func Keys() []keymap.Binding {
	return append(keymap.In(Name,
		keymap.Binding{Action: "queue.accept", Keys: []string{"a"}, Title: "Accept as proposed", Short: "Accept", Words: "new referral", Group: "Triage"},
		keymap.Binding{Action: "queue.accept_as", Keys: []string{"A"}, Title: "Accept and say who, asked and chosen", Short: "Accept and say who", Words: "responsible", Group: "Triage"},
		keymap.Binding{Action: "queue.not_required", Keys: []string{"x"}, Title: "Say that no interview is required", Short: "Not required", Group: "Triage"},
		keymap.Binding{Action: "queue.assign", Keys: []string{"w"}, Title: "Assign to somebody", Short: "Assign", Words: "give take with whom", Group: "Triage"},
		keymap.Binding{Action: "queue.flag", Keys: []string{"f"}, Title: "Set the flags", Short: "Flags", Words: "harm exploitation hospital", Group: "Triage"},
		keymap.Binding{Action: "queue.contact", Keys: []string{"c"}, Title: "Log a contact", Short: "Contact", Words: "attempt call rang visit text no answer message spoke", Group: "Contact"},
		keymap.Binding{Action: "queue.strike", Keys: []string{"X"}, Title: "Strike an attempt", Words: "contact out mistake", Group: "Contact"},
		keymap.Binding{Action: "queue.chase", Keys: []string{"C"}, Title: "Chase who has it elsewhere", Short: "Chase", Words: "remind other authority", Group: "Contact"},
		keymap.Binding{Action: "queue.book", Keys: []string{"b"}, Title: "Book or move the interview", Short: "Book", Words: "appointment", Group: "Interview"},
		keymap.Binding{Action: "queue.missed", Keys: []string{"B"}, Title: "Say what became of the booking", Short: "What became of it", Words: "missed cancelled refused appointment", Group: "Interview"},
		keymap.Binding{Action: "queue.held", Keys: []string{"h"}, Title: "Record that the interview was held", Short: "Held", Words: "done", Group: "Interview"},
		keymap.Binding{Action: "queue.record", Keys: []string{"R"}, Title: "The interview's record", Short: "Record", Words: "write up read open", Group: "Interview"},
		keymap.Binding{Action: "queue.late", Keys: []string{"l"}, Title: "Say why it is late", Short: "Why late", Words: "reason overdue", Group: "Interview"},
		keymap.Binding{Action: "queue.close", Keys: []string{"d"}, Title: "Close without an interview", Short: "Close", Words: "end", Group: "Ending"},
		keymap.Binding{Action: "queue.reopen", Keys: []string{"o"}, Title: "Reopen the referral", Short: "Reopen", Words: "open again", Group: "Ending"},
		keymap.Binding{Action: "queue.sign_off", Keys: []string{"S"}, Title: "Sign off", Words: "approve decision", Group: "Ending"},
		keymap.Binding{Action: "queue.return", Keys: []string{"r"}, Title: "Record the return", Words: "came back found home is", Group: "Missing"},
		keymap.Binding{Action: "queue.end_episode", Title: "End the episode without a return", Words: "turned 18 died moved authority never closed", Group: "Missing", Quiet: true},
		keymap.Binding{Action: "queue.pass_on", Keys: []string{"p"}, Title: "Say that it was passed on", Short: "Passed on", Words: "note told", Group: "Urgent"},
		keymap.Binding{Action: "queue.note", Keys: []string{"N"}, Title: "Note to a colleague", Words: "write tell", Group: "Record"},
		keymap.Binding{Action: "queue.edit_child", Keys: []string{"E"}, Title: "Edit the child's card", Words: "name phone address carer change", Group: "Record"},
		keymap.Binding{Action: "queue.edit_episode", Keys: []string{"e"}, Title: "Edit the episode", Words: "change correct", Group: "Record"},
		keymap.Binding{Action: "queue.choice", Title: "Record whom the child chose", Words: "asked independent wish", Group: "Triage", Quiet: true},
		keymap.Binding{Action: "queue.responsible", Title: "Change who is responsible", Words: "elsewhere authority social worker trusted adult", Group: "Triage", Quiet: true},
		keymap.Binding{Action: "queue.front_door", Title: "Record that the front door was told", Words: "MASH duty", Group: "Contact", Quiet: true},
		keymap.Binding{Action: "queue.carer_told", Title: "Keep what the carer told", Words: "parent information family", Group: "Contact", Quiet: true},
		keymap.Binding{Action: "queue.correct_held", Title: "Correct when and how it was held", Words: "interview wrong time mend", Group: "Interview", Quiet: true},
		keymap.Binding{Action: "queue.unheld", Title: "Take back that it was held", Words: "interview mistake wrong child", Group: "Interview", Quiet: true},
		keymap.Binding{Action: "queue.died", Title: "Record that the child died", Words: "death dead deceased", Group: "Record", Quiet: true},
		keymap.Binding{Action: "queue.restrict", Title: "Restrict the record to people, or open it", Words: "confidential private colleague who may see", Group: "Record", Quiet: true},
		keymap.Binding{Action: "queue.same", Keys: []string{"D"}, Title: "Same child?", Words: "join different duplicate twin", Group: "Record"},
		keymap.Binding{Action: "queue.confirm", Keys: []string{"="}, Title: "Confirm whose the episode is", Short: "Confirm", Words: "taken to be right child", Group: "Record", Quiet: true},
		keymap.Binding{Action: "queue.move", Keys: []string{"&"}, Title: "Move the episode to another child", Short: "Move", Words: "wrong child new twin", Group: "Record", Quiet: true},
		keymap.Binding{Action: "queue.duplicate", Keys: []string{"U"}, Title: "Same episode as another", Words: "duplicate twice", Group: "Record", Quiet: true},
		keymap.Binding{Action: "queue.cluster", Keys: []string{"K"}, Title: "The cluster or suggestion", Short: "Cluster", Words: "one interview fortnight", Group: "Go"},
		keymap.Binding{Action: "queue.seen", Keys: []string{"v"}, Title: "Mark what changed as seen", Short: "Seen", Group: "Record"},
		keymap.Binding{Action: "queue.open", Keys: []string{"enter"}, Title: "Open the detail or a group", Short: "Open", Group: "View"},
		keymap.Binding{Action: "queue.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "View"},
		keymap.Binding{Action: "queue.copy", Keys: []string{"y"}, Title: "Copy", Words: "clipboard reference number name card", Group: "View", Quiet: true},
		keymap.Binding{Action: "queue.filter", Keys: []string{"/"}, Title: "Filter", Words: "find only search", Group: "View"},
		keymap.Binding{Action: "queue.sort", Keys: []string{"s"}, Title: "Sort", Words: "order", Group: "View", Quiet: true},
		keymap.Binding{Action: "queue.layout", Keys: []string{"+"}, Title: "List, split, full", Words: "layout side below detail", Group: "View", Quiet: true},
		keymap.Binding{Action: "queue.clear", Keys: []string{"esc"}, Title: "Clear filter and selection", Words: "back", Group: "View", Quiet: true},
	), desk.ViewKeys(Name, true)...)
}
