package tui

import (
	"homeward/tui/keymap"
	"homeward/tui/screens/audit"
	"homeward/tui/screens/clusters"
	"homeward/tui/screens/followups"
	"homeward/tui/screens/intake"
	"homeward/tui/screens/myday"
	"homeward/tui/screens/queue"
	"homeward/tui/screens/record"
	"homeward/tui/screens/review"
	"homeward/tui/screens/timeline"
)

// workKeys are the actions of every screen, and of menus in which a child is chosen.
func workKeys() []keymap.Binding {
	return append(keymap.In(keymap.Global,
		keymap.Binding{Action: "work.find", Keys: []string{"ctrl+f"}, Title: "Find a child", Words: "name reference search", Group: "Go", Quiet: true, Anywhere: true},
		keymap.Binding{Action: "work.intake", Keys: []string{"i"}, Title: "Intake", Words: "import files", Group: "Go", Quiet: true},
		keymap.Binding{Action: "work.new_referral", Keys: []string{"n"}, Title: "New referral", Words: "child episode", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.urgent", Keys: []string{"!"}, Title: "Urgent note", Words: "say at once", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.my_day", Keys: []string{"M"}, Title: "My day", Words: "mine today", Group: "Go", Quiet: true},
		keymap.Binding{Action: "work.followup", Keys: []string{"W"}, Title: "Follow-up by hand", Words: "new add write down", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.followups", Keys: []string{"F"}, Title: "Follow-ups", Group: "Go", Quiet: true},
		keymap.Binding{Action: "work.review", Title: "Review", Words: "supervisor", Group: "Go", Quiet: true},
		keymap.Binding{Action: "work.answer", Keys: []string{"Q"}, Title: "Answer a question", Words: "asked why", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.drafts", Keys: []string{"P"}, Title: "Go on with what is not saved", Words: "drafts unfinished typed text", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.undo", Keys: []string{"u"}, Title: "Undo my last change", Words: "back", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.redo", Keys: []string{"Z"}, Title: "Redo what I undid last", Words: "again forward", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.history", Keys: []string{"H"}, Title: "My changes of today", Words: "undo history", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.caseload", Title: "Hand over a whole caseload", Words: "sick ill left leave all give assign everything", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.reset_lock", Title: "Reset somebody's lock code", Words: "forgotten forgot password pin unlock", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.audit", Keys: []string{"O"}, Title: "Audit log", Words: "who did read", Group: "Go", Quiet: true},
		keymap.Binding{Action: "work.here", Title: "Who is here", Words: "people others", Group: "Go", Quiet: true},
		keymap.Binding{Action: "work.acts", Keys: []string{"@"}, Title: "This session as acts", Words: "what I did lines for homeward do", Group: "Work", Quiet: true},
		keymap.Binding{Action: "work.mask", Keys: []string{"m"}, Title: "Mask names", Words: "hide show initials", Group: "View", Quiet: true},
		keymap.Binding{Action: "work.theme", Keys: []string{"T"}, Title: "Next theme", Words: "colours looks", Group: "View", Quiet: true},
		keymap.Binding{Action: "work.theme_menu", Title: "Choose a theme", Words: "colours looks contrast blind", Group: "View", Quiet: true},
		keymap.Binding{Action: keymap.Tab + "1", Keys: []string{"1"}, Title: "Queue", Words: "tab", Group: "Go", Quiet: true},
		keymap.Binding{Action: keymap.Tab + "2", Keys: []string{"2"}, Title: "Timeline", Words: "tab", Group: "Go", Quiet: true},
		keymap.Binding{Action: keymap.Tab + "3", Keys: []string{"3"}, Title: "Clusters", Words: "tab", Group: "Go", Quiet: true},
		keymap.Binding{Action: keymap.Tab + "4", Keys: []string{"4"}, Title: "Follow-ups", Words: "tab", Group: "Go", Quiet: true},
		keymap.Binding{Action: keymap.Tab + "5", Keys: []string{"5"}, Title: "Review", Words: "tab", Group: "Go", Quiet: true},
	), keymap.In(keymap.Dialog,
		keymap.Binding{Action: "work.timeline", Keys: []string{"t"}, Title: "The child's timeline", Short: "Timeline", Group: "Dialog"},
		keymap.Binding{Action: "history.undo", Keys: []string{"u"}, Title: "Undo this change", Short: "Undo", Group: "Dialog"},
		keymap.Binding{Action: "history.redo", Keys: []string{"Z"}, Title: "Do this change again", Short: "Redo", Group: "Dialog"},
	)...)
}

// KeysWith is the whole key map with the overrides of a configuration; its error names the one that cannot be.
func KeysWith(overrides map[string][]string) (*keymap.Map, error) {
	keys, err := Keys()
	if err != nil || len(overrides) == 0 {
		return keys, err
	}
	return keys.Override(overrides)
}

// keyPlace is one place where keys hold, as the README calls it. One that is a screen has its own keys; the others are the
// toolkit's.
type keyPlace struct {
	scope keymap.Scope
	name  string
	keys  func() []keymap.Binding
}

// keyPlaces are the closed list, in the README's order.
func keyPlaces() []keyPlace {
	return []keyPlace{
		{scope: keymap.Global, name: "On every screen"},
		{scope: keymap.List, name: "In every list"},
		{queue.Name, "Queue", queue.Keys},
		{timeline.Name, "Timeline", timeline.Keys},
		{clusters.Name, "Clusters", clusters.Keys},
		{followups.Name, "Follow-ups", followups.Keys},
		{review.Name, "Review", review.Keys},
		{myday.Name, "My day", myday.Keys},
		{record.Name, "An interview’s record", record.Keys},
		{scope: keymap.Writing, name: "Writing the record"},
		{intake.Name, "Intake", intake.Keys},
		{audit.Name, "Audit log", audit.Keys},
		{scope: keymap.Form, name: "In a form"},
		{scope: keymap.Dialog, name: "In a menu or a question"},
	}
}

// Keys is the whole key map: the toolkit's, the work's and each screen's.
func Keys() (*keymap.Map, error) {
	all := workKeys()
	for _, p := range keyPlaces() {
		if p.keys != nil {
			all = append(all, p.keys()...)
		}
	}
	return keymap.Default().With(all...)
}
