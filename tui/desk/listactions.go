package desk

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
)

// actionID names an action of the screen.
func (l *ListPage[R, D]) actionID(id string) string { return l.c.Name + "." + id }

func (l *ListPage[R, D]) act(id string, why func() string, run func() tea.Cmd) frame.Action {
	return frame.Action{ID: l.actionID(id), Disabled: why, Run: run}
}

// OpenAction is that of enter; the page's own run is [ListPage.Open].
func (l *ListPage[R, D]) OpenAction(why func() string, run func() tea.Cmd) frame.Action {
	return l.act("open", why, run)
}

// FilterAction begins to type a filter.
func (l *ListPage[R, D]) FilterAction() frame.Action {
	return l.act("filter", nil, func() tea.Cmd {
		l.before = l.List.FocusedID()
		if l.c.Filtering != nil {
			l.c.Filtering()
		}
		l.Filter.Open()
		return nil
	})
}

// ListActions are the others of every list, which stand in help and palette: copy, sort, layout, one step back, views.
func (l *ListPage[R, D]) ListActions() []frame.Action {
	out := []frame.Action{l.act("copy", l.noCopy, l.copy)}
	if n := len(l.c.Orders); n > 0 {
		out = append(out, l.act("sort", nil, func() tea.Cmd {
			l.Order = (l.Order + 1) % n
			return l.Refresh()
		}))
	}
	out = append(out, l.act("layout", nil, l.nextLayout), l.act("clear", nil, l.Clear))
	return append(out, l.views.Actions()...)
}

// OnAny says that no row is under the cursor.
func (l *ListPage[R, D]) OnAny() string {
	if _, ok := l.List.Focused(); !ok {
		return cmp.Or(l.c.None, "nothing is focused")
	}
	return ""
}

// OnlyOne refuses what is for one row while several are selected.
func (l *ListPage[R, D]) OnlyOne() string {
	if n := len(l.List.Selected()); n > 1 {
		return fmt.Sprintf("it is for %s at a time, %d are selected; %s clears", cmp.Or(l.c.One, "one"), n, l.s.Key(l.actionID("clear")))
	}
	return ""
}

// ForOne is the reason of an action that is for one row.
func (l *ListPage[R, D]) ForOne(why func() string) func() string {
	return func() string { return cmp.Or(l.OnlyOne(), why()) }
}

// Why says why an act is not possible here: the role, then what only the page knows.
func (l *ListPage[R, D]) Why(act string, page func() string) func() string {
	return func() string { return cmp.Or(l.p.Why(act, nil), page()) }
}

// Open gives the detail the page, opens a group's line, and comes back.
func (l *ListPage[R, D]) Open() tea.Cmd {
	if _, header := l.List.FocusedGroup(); header {
		l.List.ToggleFold()
		return l.Moved()
	}
	if l.Layout == DetailOnly {
		l.Layout = Split
		return nil
	}
	if _, ok := l.List.Focused(); !ok {
		return nil
	}
	l.Layout = DetailOnly
	return l.Reach()
}

// Reach reads the row under the cursor as one that somebody went to, from its beginning.
func (l *ListPage[R, D]) Reach() tea.Cmd {
	l.reached = true
	l.Text.Top()
	return l.ReadFocused()
}

func (l *ListPage[R, D]) nextLayout() tea.Cmd {
	switch {
	case !l.c.TwoLayouts:
		l.Layout = (l.Layout + 1) % 3
	case l.Layout == Split:
		l.Layout = ListOnly
	default:
		l.Layout = Split
	}
	return nil
}

// Clear takes one step back: out of the detail, the selection, the filter.
func (l *ListPage[R, D]) Clear() tea.Cmd {
	switch {
	case l.c.Inner != nil && l.c.Inner():
	case l.Layout == DetailOnly:
		l.Layout = Split
	case l.List.ClearSelection():
	case l.Filter.Value() != "":
		at := l.List.FocusedID()
		l.Filter.Set("")
		cmd := l.filtered(false)
		if at == "" && l.List.Focus(l.before) { // nothing matched: back to where it began
			cmd = tea.Batch(cmd, l.Moved())
		}
		return cmd
	case l.c.Back != nil:
		return l.c.Back()
	}
	return nil
}

// FilterBy filters by a text that was not typed.
func (l *ListPage[R, D]) FilterBy(text string) tea.Cmd {
	l.before = l.List.FocusedID()
	l.Filter.Set(text)
	return l.filtered(false)
}

// filtered shows the list for another filter.
func (l *ListPage[R, D]) filtered(typed bool) tea.Cmd {
	if l.c.Filtered != nil {
		return l.c.Filtered(typed)
	}
	return l.Refresh()
}

// noCopy says why nothing can be copied.
func (l *ListPage[R, D]) noCopy() string {
	why := cmp.Or(l.p.NoCopy(), l.OnlyOne(), l.OnAny())
	if why == "" && l.c.NoCopy != nil {
		r, _ := l.List.Focused()
		return l.c.NoCopy(r)
	}
	return why
}

// copy offers what can be copied of the row under the cursor.
func (l *ListPage[R, D]) copy() tea.Cmd {
	r, _ := l.List.Focused()
	return l.c.Copy(r)
}
