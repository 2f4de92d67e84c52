package clusters

import (
	"cmp"
	"slices"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// row is a line of the list: a suggestion or a cluster.
type row = *view.ClusterRow

// rowID names a line for good: CL3, or the first episode of a suggestion, which is in no other.
func rowID(r row) string {
	if r.Cluster != nil {
		return r.Cluster.ID.String()
	}
	return suggested + " " + r.Members[0].Episode.ID.String()
}

// suggested begins the id of a row that is a suggestion.
const suggested = "suggested"

// awaits says that somebody has to decide about a row: a suggestion nobody answered, a cluster to be looked at again, or
// one that a new return would fit.
func awaits(r row) bool {
	switch r.State {
	case view.ClusterSuggested:
		return true
	case view.ClusterAccepted, view.ClusterInterviewed:
		return len(r.Review)+len(r.Additions) > 0
	default: // somebody said no to it
	}
	return false
}

// ToDecide counts the suggestions nobody answered and the clusters to be looked at again.
func ToDecide(rows []view.ClusterRow) int {
	n := 0
	for i := range rows {
		if awaits(&rows[i]) {
			n++
		}
	}
	return n
}

// The groups of the list, by their keys.
const (
	groupDecide    = "To decide"
	groupAccepted  = "Accepted"
	groupHeld      = "Interviewed"
	groupDismissed = "Dismissed"
)

func groupOf(r row) string {
	switch {
	case awaits(r):
		return groupDecide
	case r.State == view.ClusterAccepted:
		return groupAccepted
	case r.State == view.ClusterInterviewed:
		return groupHeld
	}
	return groupDismissed
}

// How rows stand within their group, in the order of the page's names for it.
const (
	byDue = iota
	byName
	byStart
)

// groups are the rows that a filter keeps, as the list shows them. They come by due time.
func groups(th *theme.Theme, all []view.ClusterRow, by int, keep func(row) bool) []widgets.Group[row] {
	kept := map[string][]row{}
	for i := range all {
		if r := &all[i]; keep(r) {
			kept[groupOf(r)] = append(kept[groupOf(r)], r)
		}
	}
	var out []widgets.Group[row]
	for _, key := range []string{groupDecide, groupAccepted, groupHeld, groupDismissed} {
		rows := kept[key]
		if len(rows) == 0 {
			continue
		}
		switch by {
		case byName:
			slices.SortStableFunc(rows, func(a, b row) int { return desk.ByName(a.Child, b.Child) })
		case byStart:
			slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.From.Unix(), b.From.Unix()) })
		}
		fold := key == groupHeld || key == groupDismissed
		out = append(out, widgets.Group[row]{Key: key, Title: desk.GroupTitle(th, th.Group, key, len(rows)), Fold: fold, Folded: fold, Rows: rows})
	}
	return out
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// dueWords is a due time with how it stands to now.
func dueWords(c domain.Clock, now time.Time) string {
	if c.Start.IsZero() {
		return "–"
	}
	if !c.Met.IsZero() {
		return plain.When(c.Due, now) + ", " + desk.ClockWords(c, now)
	}
	return plain.When(c.Due, now) + ", " + plain.Left(c.Due, now)
}
