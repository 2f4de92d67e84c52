package desk

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// Layout is how list and detail share the page.
type Layout int

// The layouts, in the order in which a key goes through them.
const (
	Split Layout = iota
	ListOnly
	DetailOnly
)

// The sizes by which list and detail share the page.
const (
	sideBySide = 112 // columns from which they stand beside each other: below it the list would lose what it is for
	stripLines = 6   // of the detail under a list that is as wide as the window
	sideMargin = 2
)

// View draws the page.
func (l *ListPage[R, D]) View(w, h int) string {
	if s := l.c.Instead(w); s != "" {
		return widgets.Fit(s, w, h)
	}
	if l.painted != l.s.Theme || l.masked != l.s.MaskNames {
		l.Build() // another theme was chosen, the terminal said that its ground is light, or names were masked
	}
	top, bottom := l.top(w), l.bottom(w)
	if top != "" {
		h--
		top += "\n"
	}
	if bottom != "" {
		h--
		bottom = "\n" + bottom
	}
	return top + l.body(w, h) + bottom
}

// top is the line above the list, "" for none.
func (l *ListPage[R, D]) top(w int) string {
	s := FilterLine(l.s.Theme, l.Filter, l.c.Fields, l.c.Hint, w)
	if s == "" && l.c.Head != nil {
		return l.c.Head().Paint(l.s.Theme, w)
	}
	return s
}

// bottom is the line below the list, "" for none.
func (l *ListPage[R, D]) bottom(w int) string {
	if l.c.Status != nil {
		return l.c.Status().Paint(l.s.Theme, w)
	}
	if s := l.status(); s != "" {
		return widgets.In(l.s.Theme.Info, s).Paint(l.s.Theme, w)
	}
	return ""
}

// status says what is selected and how the list is filtered and sorted, where that is not as usual.
func (l *ListPage[R, D]) status() string {
	var parts []string
	clears := l.s.Key(l.actionID("clear"))
	if n, open := l.List.Ranging(); open {
		parts = append(parts, fmt.Sprintf("range: %d rows; %s ends it", n, l.s.Key(keymap.ListRange)))
	} else if n := len(l.List.Selected()); n > 0 {
		parts = append(parts, fmt.Sprintf("%d selected: %s are for all of them; %s clears", n, l.c.Selected, clears))
	}
	if l.c.Says != nil {
		parts = append(parts, l.c.Says()...)
	}
	if s := l.sorted(); s != "" {
		parts = append(parts, s)
	}
	if words := UnknownFields(l.Filter.Value(), l.c.Fields); len(words) > 0 {
		parts = append(parts, strings.Join(words, ", ")+": no such field; there are "+strings.Join(l.c.Fields, ", "))
	}
	if l.Filter.Value() != "" && !l.Typing() {
		parts = append(parts, fmt.Sprintf("%d match; %s clears the filter", l.List.Len(), clears))
		if l.s.MaskNames && l.List.Len() == 0 {
			parts = append(parts, "names are masked, and no filter finds them")
		}
	}
	return strings.Join(parts, "   ")
}

// sorted says how rows stand where that is not as they come.
func (l *ListPage[R, D]) sorted() string {
	switch {
	case l.Order == 0:
		return ""
	case l.c.Sorted != nil:
		return l.c.Sorted(l.c.Orders[l.Order])
	}
	return "sorted by " + l.c.Orders[l.Order]
}

// body draws list and detail where the panes say.
func (l *ListPage[R, D]) body(w, h int) string {
	th, p := l.s.Theme, l.panes(w, h)
	list, detail := p.List, p.Detail
	switch {
	case list.H == 0:
		return l.detailView(w, h, false)
	case detail.H == 0:
		return l.listView(w, h)
	case detail.Y > 0:
		strip := l.c.FullFrom == 0 || detail.H < l.c.FullFrom
		return l.listView(w, list.H) + "\n" + widgets.Rule(th, w, "") + "\n" + l.detailView(w, detail.H, strip)
	}
	return widgets.Beside(th, h, l.listView(list.W, h), l.detailView(detail.W, h, false))
}

// panes share the page between list and detail.
func (l *ListPage[R, D]) panes(w, h int) Panes {
	switch {
	case l.c.Panes != nil:
		return l.c.Panes(w, h)
	case l.Layout == DetailOnly:
		return DetailAlone(w, h)
	case l.Layout == ListOnly:
		return ListAlone(w, h)
	case w < sideBySide:
		return Below(w, h, min(stripLines, h/3))
	}
	return Side(w, h, w*l.c.Share/100, sideMargin)
}

func (l *ListPage[R, D]) listView(w, h int) string {
	cols := slices.DeleteFunc(l.c.Columns(w), func(c widgets.Column[R]) bool { return slices.Contains(l.Hidden, c.Title) })
	l.List.SetColumns(cols...)
	return widgets.Fit(l.List.View(l.s.Theme, w, h), w, h)
}

// detailView draws the detail, or the first of its lines.
func (l *ListPage[R, D]) detailView(w, h int, strip bool) string {
	th := l.s.Theme
	r, ok := l.List.Focused()
	if ok && l.c.Settled && l.seen != nil {
		r = l.seen.row
	}
	var s string
	switch {
	case !ok && l.c.OnGroup != nil:
		s = Notice(th, w, "", l.c.OnGroup())
	case !ok:
	case l.c.Draw != nil:
		s = l.c.Draw(r, w, h, strip)
	case strip:
		lines := l.c.Strip(r, w)
		s = Painted(th, w, lines[:min(h, len(lines))])
	default:
		l.Text.SetLines(l.c.Detail(r, w)...)
		s = l.Text.View(th, w, h)
	}
	return widgets.Fit(s, w, h)
}

// Click moves to the row at a spot; enter says that a second click there opens it.
func (l *ListPage[R, D]) Click(at widgets.Spot) (cmd tea.Cmd, enter bool) {
	at, panes, ok := l.under(at)
	if !ok || !l.List.ClickIn(at, panes.List) {
		return nil, false
	}
	l.reached = true
	if l.c.Clicked != nil {
		l.c.Clicked()
	}
	return l.step(), !l.Typing()
}

// Wheel scrolls the list or the detail.
func (l *ListPage[R, D]) Wheel(at widgets.Spot, lines int) tea.Cmd {
	at, panes, ok := l.under(at)
	if !ok || l.Text.WheelIn(at, panes.Detail, lines) || !l.List.WheelIn(at, panes.List, lines) {
		return nil
	}
	l.reached = true
	return l.step()
}

// under is a spot of the page as list and detail see it; false while something else stands on the page.
func (l *ListPage[R, D]) under(at widgets.Spot) (widgets.Spot, Panes, bool) {
	if l.c.Instead(at.W) != "" {
		return at, Panes{}, false
	}
	at = Under(at, l.top(at.W) != "", l.bottom(at.W) != "")
	return at, l.panes(at.W, at.H), true
}
