package clusters

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
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
	return "suggested " + r.Members[0].Episode.ID.String()
}

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

// stateSign is the shape of a state; its word stands beside it.
func stateSign(th *theme.Theme, s view.ClusterState) string {
	switch s {
	case view.ClusterSuggested:
		return "?"
	case view.ClusterAccepted:
		return th.Glyphs.Check
	case view.ClusterInterviewed:
		return th.Glyphs.Selected
	default: // dismissed
	}
	return th.Glyphs.Cross
}

func stateWord(r row) string {
	if r.Cluster == nil {
		return string(r.State)
	}
	return r.Cluster.ID.String() + " " + string(r.State)
}

// columns are the list's. Names and free text are drawn by the screen, which knows whether they are masked.
func columns(name func(*domain.Child) string, told, person func(string) string, now func() time.Time, bars bool) []widgets.Column[row] {
	cells, dueMin := 0, 11
	if bars {
		cells, dueMin = 4, 16
	}
	quiet := func(th *theme.Theme, r row, style theme.Style) theme.Style {
		if r.State == view.ClusterDismissed {
			return th.Muted
		}
		return style
	}
	return []widgets.Column[row]{
		{Title: "Child", Min: 13, Max: 26, Cell: func(th *theme.Theme, r row) widgets.Line {
			return widgets.In(quiet(th, r, th.Strong), name(r.Child))
		}},
		{Title: "State", Min: 15, Max: 19, Cell: func(th *theme.Theme, r row) widgets.Line {
			return widgets.In(quiet(th, r, th.Text), stateSign(th, r.State)+" "+stateWord(r))
		}},
		{Title: "Episodes", Min: 8, Max: 8, Priority: 1, Cell: func(th *theme.Theme, r row) widgets.Line {
			return widgets.In(quiet(th, r, th.Text), fmt.Sprint(len(r.Members)))
		}},
		{Title: "Between", Min: 15, Max: 16, Priority: 2, Cell: func(th *theme.Theme, r row) widgets.Line {
			return widgets.In(quiet(th, r, th.Text), between(r))
		}},
		{Title: "Interview", Min: dueMin, Max: dueMin + 2, Cell: func(th *theme.Theme, r row) widgets.Line {
			switch r.State {
			case view.ClusterDismissed:
				return widgets.In(th.Muted, "an interview each")
			case view.ClusterInterviewed:
				return widgets.In(desk.ClockStyle(th, r.Interview, now()), "held "+r.Interview.Met.Local().Format("2 Jan"))
			default: // its interview is still to be held
			}
			return desk.ClockLine(th, r.Interview, now(), cells)
		}},
		{Title: "Look at", Min: 20, Cell: func(th *theme.Theme, r row) widgets.Line {
			if d := r.Dismissed; d != nil && r.State == view.ClusterDismissed {
				return widgets.In(th.Muted, person(d.By)+": "+told(d.Why))
			}
			return marks(th, r)
		}},
	}
}

// between are the days of a row's period.
func between(r row) string {
	from, to := r.From.Local(), r.To.Local()
	layout := "2 Jan"
	if from.Month() == to.Month() {
		layout = "2"
	}
	return from.Format(layout) + " – " + to.Format("2 Jan")
}

// marks say in the list what is special about a row, what asks for a decision first.
func marks(th *theme.Theme, r row) widgets.Line {
	var out []widgets.Line
	say := func(style theme.Style, s string) { out = append(out, widgets.In(style, s)) }
	if len(r.Review) > 0 {
		say(th.Flag, th.Glyphs.Warn+" review")
	}
	if n := len(r.Additions); n > 0 {
		say(th.Flag, fmt.Sprintf("+%d new return%s", n, plural(n)))
	}
	if r.MissingNow != 0 {
		say(th.Overdue, "missing now")
	}
	if r.State != view.ClusterInterviewed {
		if words := riskWords(r); words != nil {
			say(th.Warning, strings.Join(words, ", "))
		}
	}
	return desk.Commas(out...)
}

// riskWords are high risk and the flags among the members, each once.
func riskWords(r row) []string {
	var out []string
	if slices.ContainsFunc(r.Members, func(m view.ClusterPart) bool { return m.Episode.Risk == domain.RiskHigh }) {
		out = append(out, "high risk")
	}
	for _, f := range domain.FlagWords() {
		if slices.ContainsFunc(r.Members, func(m view.ClusterPart) bool { return m.Episode.HasFlag(f) }) {
			out = append(out, f)
		}
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
