package followups

import (
	"cmp"
	"slices"

	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/lists"
	"homeward/tui/widgets"
)

// How rows stand within their group, in the order of the page's names for it.
const (
	byDue = iota
	byChild
	byOwner
	byKind
)

// groups are the rows that are shown, as the list shows them.
func (c *screen) groups() []widgets.Group[row] {
	th, now := c.s.Theme, c.s.Now()
	keep, me := c.matcher(), c.p.Actor().Login
	kept := map[view.FollowUpPart][]row{}
	for _, list := range [][]view.FollowUpRow{c.have.open, c.have.ended} {
		for i := range list {
			if r := &list[i]; (c.everyone() || r.Mine(me)) && keep(r) {
				kept[r.Part(now)] = append(kept[r.Part(now)], r)
			}
		}
	}
	var out []widgets.Group[row]
	for part := view.PartUrgent; part <= view.PartEnded; part++ {
		rows := kept[part]
		if len(rows) == 0 {
			continue
		}
		slices.SortStableFunc(rows, func(a, b row) int {
			switch c.Order {
			case byChild:
				return desk.ByName(a.Child, b.Child)
			case byOwner:
				return cmp.Compare(c.Person(a.FollowUp.Owner), c.Person(b.FollowUp.Owner))
			case byKind:
				return cmp.Compare(a.FollowUp.Kind, b.FollowUp.Kind)
			}
			return 0 // as they were read
		})
		style := th.Group
		switch part {
		case view.PartUrgent:
			style = th.Urgent
		case view.PartOverdue:
			style = th.Overdue
		default: // as any group
		}
		title := desk.GroupTitle(th, style, part.Title(), len(rows))
		fold := part == view.PartEnded
		if fold {
			title = widgets.Join(title, widgets.In(th.Muted, ", of the last four weeks"))
		}
		out = append(out, widgets.Group[row]{Key: part.Title(), Title: title, Fold: fold, Folded: fold, Rows: rows})
	}
	return out
}

// columns are the list's.
func (c *screen) columns(int) []widgets.Column[row] {
	return lists.FollowUps().Screen(lists.Of(c.p, c.s))
}
