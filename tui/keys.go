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

// workKeys are the keys that work on every screen.
func workKeys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: keymap.Global, Action: "work." + action, Keys: keys, Title: title, Group: group}
	}
	return []keymap.Binding{
		b("find", "Find a child", "Go", "ctrl+f"),
		b("intake", "Intake", "Go", "i"),
		b("new_referral", "New referral", "Work", "n"),
		b("urgent", "Urgent note", "Work", "!"),
		b("my_day", "My day", "Go", "M"),
		b("followup", "Follow-up by hand", "Work", "W"),
		b("followups", "Follow-ups", "Go", "F"),
		{Scope: keymap.Dialog, Action: "work.timeline", Keys: []string{"t"}, Title: "The child's timeline", Group: "Dialog"},
		b("review", "Review", "Go"),
		b("answer", "Answer a question", "Work", "Q"),
		b("undo", "Undo my last change", "Work", "u"),
		b("history", "My changes of today", "Work", "H"),
		b("audit", "Audit log", "Go", "O"),
		b("here", "Who is here", "Go"),
		b("acts", "This sitting as acts", "Work", "@"),
		b("mask", "Mask names", "View", "m"),
		b("theme", "Next theme", "View", "T"),
		b("theme_menu", "Choose a theme", "View"),
	}
}

// KeysWith is the whole key map with the overrides of a configuration; its error names the one that cannot be.
func KeysWith(overrides map[string][]string) (*keymap.Map, error) {
	keys, err := Keys()
	if err != nil || len(overrides) == 0 {
		return keys, err
	}
	return keys.Override(overrides)
}

// Keys is the whole key map: the toolkit's, the work's and each screen's.
func Keys() (*keymap.Map, error) {
	var all []keymap.Binding
	all = append(all, workKeys()...)
	all = append(all, queue.Keys()...)
	all = append(all, timeline.Keys()...)
	all = append(all, clusters.Keys()...)
	all = append(all, followups.Keys()...)
	all = append(all, myday.Keys()...)
	all = append(all, intake.Keys()...)
	all = append(all, review.Keys()...)
	all = append(all, record.Keys()...)
	all = append(all, audit.Keys()...)
	return keymap.Default().With(all...)
}
