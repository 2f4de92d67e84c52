package desk

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// reload reads what the list shows afresh.
func (l *ListPage[R, D]) reload(since Changes) tea.Cmd {
	if l.c.Reload != nil {
		return l.c.Reload(since)
	}
	return l.Refresh()
}

// ready says that there is something to arrange.
func (l *ListPage[R, D]) ready() bool { return l.c.Ready == nil || l.c.Ready() }

// Refresh arranges the rows anew of what was read last. Cursor and selection hold ids and stay.
func (l *ListPage[R, D]) Refresh() tea.Cmd {
	if !l.ready() {
		return nil
	}
	was := l.List.FocusedID()
	key, after := "", []string(nil)
	if l.acted {
		key, after = l.pile(was)
	}
	l.Build()
	wentOn := key != "" && l.groupOf(was) != key
	if wentOn {
		l.goOn(key, after)
	}
	l.acted = false
	if l.c.Placed != nil {
		l.c.Placed(was, wentOn)
	}
	l.askedFor = ""
	return l.Moved()
}

// Build arranges the rows for the list. The groups' titles are painted by it, and may hold names.
func (l *ListPage[R, D]) Build() {
	if !l.ready() {
		return
	}
	l.painted, l.masked = l.s.Theme, l.s.MaskNames
	l.groups = l.c.Groups()
	l.List.SetGroups(l.groups)
	if l.c.Empty != nil {
		l.List.Empty = l.c.Empty()
	}
	l.inFocus() // rows that stand on the screen are rows a key may already speak of
}

// inFocus is the row under the cursor, and says whose child that is.
func (l *ListPage[R, D]) inFocus() (r R, ok bool) {
	r, ok = l.List.Focused()
	l.p.Child = nil
	if ok {
		l.p.Child = l.c.Child(r)
	}
	return r, ok
}

// pile is the group a row stands in, and the rows to go on with when it leaves: those behind it, then those before.
func (l *ListPage[R, D]) pile(id string) (key string, after []string) {
	for _, g := range l.groups {
		at := slices.IndexFunc(g.Rows, func(r R) bool { return l.c.ID(r) == id })
		if at < 0 {
			continue
		}
		for _, r := range g.Rows[at+1:] {
			after = append(after, l.c.ID(r))
		}
		for _, r := range slices.Backward(g.Rows[:at]) {
			after = append(after, l.c.ID(r))
		}
		return g.Key, after
	}
	return "", nil
}

// groupOf is the key of the group a row stands in now, "" where it is in none.
func (l *ListPage[R, D]) groupOf(id string) string {
	for _, g := range l.groups {
		if slices.ContainsFunc(g.Rows, func(r R) bool { return l.c.ID(r) == id }) {
			return g.Key
		}
	}
	return ""
}

// goOn keeps the cursor with the pile somebody is working through, when what they did moved the row to another.
func (l *ListPage[R, D]) goOn(key string, after []string) {
	for _, id := range after {
		if l.groupOf(id) == key {
			l.List.Focus(id)
			return
		}
	}
}

// Moved says whose child is in focus, and asks for the detail of the row under the cursor once that rests.
func (l *ListPage[R, D]) Moved() tea.Cmd {
	r, ok := l.inFocus()
	if l.c.Focused != nil {
		l.c.Focused(r, ok)
	}
	if !ok {
		if !l.c.Unopened {
			l.askedFor, l.seen = "", nil
		}
		return nil
	}
	id := l.c.ID(r)
	if l.at != id && !l.c.Settled {
		l.Text.Top()
	}
	l.at = id
	switch {
	case l.c.Unopened, l.askedFor == l.about(r):
		return nil
	case l.askedFor == "" && l.seen != nil && l.seen.id == id:
		return l.ReadFocused() // the same row, afresh: nothing to wait for
	}
	return l.rest()
}
