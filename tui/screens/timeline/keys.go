package timeline

import "homeward/tui/keymap"

// Name of the screen: its place, and the scope of its keys.
const Name = "timeline"

// Keys are the timeline's own, in the form in which users override them. Up and down, page, first and last are the list's;
// { and } go to the previous and the next episode.
func Keys() []keymap.Binding {
	b := func(action, title, group string, keys ...string) keymap.Binding {
		return keymap.Binding{Scope: Name, Action: "timeline." + action, Keys: keys, Title: title, Group: group}
	}
	return []keymap.Binding{
		b("in", "Zoom in", "Axis", "+", "="),
		b("out", "Zoom out", "Axis", "-", "_"),
		b("fit", "Show all of it", "Axis", "0"),
		b("earlier", "Earlier", "Axis", "left", "h"),
		b("later", "Later", "Axis", "right", "l"),
		b("page_earlier", "A window earlier", "Axis", "<", "shift+left", ","),
		b("page_later", "A window later", "Axis", ">", "shift+right", "."),
		b("previous_episode", "Previous episode", "Axis", "("),
		b("next_episode", "Next episode", "Axis", ")"),
		b("previous_fortnight", "Previous fortnight with three", "Axis", "S"),
		b("next_fortnight", "Next fortnight with three", "Axis", "s"),
		b("now", "Now", "Axis", "t"),
		b("open", "Open", "View", "enter"),
		b("row", "Its row in the queue", "Record", "r"),
		b("reopen", "Reopen the referral", "Record", "o"),
		b("edit_episode", "Edit the episode", "Record", "e"),
		b("cluster", "The cluster or suggestion", "Record", "K"),
		b("record", "The interview's record", "Record", "R"),
		b("copy", "Copy", "View", "y"),
		b("view", "All, episodes, work", "View", "v"),
		b("find", "Another child", "View", "/"),
		b("back", "Back", "View", "esc"),
	}
}
