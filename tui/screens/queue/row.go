package queue

import (
	"cmp"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/lists"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// row is a line of the queue: a referral, a child who is missing, or an urgent note. Exactly one of the three is set.
type row struct {
	ref     *view.QueueRow // of a cluster's line: the member that speaks for it
	missing *view.MissingRow
	urgent  *view.UrgentRow

	fits    domain.ID        // the accepted cluster to which it could be added
	members []*view.QueueRow // of a cluster's line, in order of start
	member  bool             // stands under a cluster's line
}

// id names the row for good: R12, E12, F12, or CL12 for a cluster's line.
func (r row) id() string {
	switch {
	case r.members != nil:
		return r.ref.Referral.Cluster.String()
	case r.ref != nil:
		return r.ref.Referral.ID.String()
	case r.missing != nil:
		return r.missing.Episode.ID.String()
	case r.urgent != nil:
		return r.urgent.FollowUp.ID.String()
	}
	return ""
}

func (r row) child() *domain.Child {
	switch {
	case r.ref != nil:
		return r.ref.Child
	case r.missing != nil:
		return r.missing.Child
	case r.urgent != nil:
		return r.urgent.Child
	}
	return nil
}

func (r row) episode() *domain.Episode {
	switch {
	case r.ref != nil:
		return r.ref.Episode
	case r.missing != nil:
		return r.missing.Episode
	}
	return nil
}

func (r row) group() view.Group {
	switch {
	case r.urgent != nil:
		return view.GroupUrgent
	case r.missing != nil && r.missing.ToClose != "":
		return view.GroupToClose
	case r.missing != nil:
		return view.GroupMissing
	}
	return r.ref.Group
}

// How rows stand within their group, in the order of the page's names for it.
const (
	byNextStep = iota
	byName
	byReceived
	byWho
)

// arrange puts all rows of a queue in order, once: a filter then only leaves some out.
func arrange(q *view.Queue, clusters []view.ClusterRow, by int) []row {
	out := make([]row, 0, len(q.Urgent)+len(q.Missing)+len(q.ToClose)+len(q.Rows)+len(q.NotUntil))
	for i := range q.Urgent {
		out = append(out, row{urgent: &q.Urgent[i]})
	}
	for i := range q.Missing {
		out = append(out, row{missing: &q.Missing[i]})
	}
	for i := range q.ToClose {
		out = append(out, row{missing: &q.ToClose[i]})
	}
	all := q.Arranged()
	refs := make([]*view.QueueRow, len(all))
	for i := range all {
		refs[i] = &all[i]
	}
	switch by {
	case byName:
		slices.SortStableFunc(refs, func(a, b *view.QueueRow) int { return desk.ByName(a.Child, b.Child) })
	case byReceived:
		slices.SortStableFunc(refs, func(a, b *view.QueueRow) int { return cmp.Compare(a.Received.Unix(), b.Received.Unix()) })
	case byWho:
		slices.SortStableFunc(refs, func(a, b *view.QueueRow) int { return cmp.Compare(a.Referral.AssignedTo, b.Referral.AssignedTo) })
	}
	out = append(out, together(refs)...)
	fits := map[domain.ID]domain.ID{}
	for i := range clusters {
		for _, k := range clusters[i].Additions {
			fits[k.Referral] = clusters[i].ID()
		}
	}
	for i, r := range out {
		if r.ref != nil {
			out[i].fits = fits[r.ref.Referral.ID]
		}
	}
	for i := range q.NotUntil {
		out = append(out, row{ref: &q.NotUntil[i]})
	}
	return out
}

// groups are the rows that are shown, as the list shows them.
func groups(th *theme.Theme, rows []row, called func(*domain.Child) string) []widgets.Group[row] {
	byGroup := map[view.Group][]row{}
	lines := map[view.Group]int{} // a cluster is one interview, also while its members are shown
	for _, r := range rows {
		byGroup[r.group()] = append(byGroup[r.group()], r)
		if !r.member {
			lines[r.group()]++
		}
	}
	var out []widgets.Group[row]
	for g := view.GroupUrgent; g <= view.GroupLookAgain; g++ {
		rows := byGroup[g]
		if len(rows) == 0 {
			continue
		}
		style := th.Group
		switch g {
		case view.GroupUrgent:
			style = th.Urgent
		case view.GroupContactLate, view.GroupOverdue:
			style = th.Overdue
		default: // as any group
		}
		title := desk.GroupTitle(th, style, g.Title(), lines[g])
		fold := g == view.GroupMissing || g == view.GroupLookAgain
		if g == view.GroupMissing {
			title = widgets.Join(title, widgets.In(th.Text, longest(rows, called)))
		}
		out = append(out, widgets.Group[row]{Key: g.Title(), Title: title, Fold: fold, Folded: fold, Rows: rows})
	}
	return out
}

// longest says on the folded line who is missing, those at high risk first, and how long the longest.
func longest(rows []row, called func(*domain.Child) string) string {
	var high, rest []string
	for _, r := range rows {
		if name := called(r.missing.Child); r.missing.Risk == domain.RiskHigh {
			high = append(high, name+" (high risk)")
		} else {
			rest = append(rest, name)
		}
	}
	return ", longest " + plain.Span(rows[0].missing.Missing) + ": " + strings.Join(append(high, rest...), ", ")
}

// columns are the list's, so wide. A row that is more than a referral, or none, has cells of its own.
func (q *screen) columns(w int) []widgets.Column[row] {
	e := lists.Of(q.p, q.s).Wide(w)
	cols, urgent, missing := lists.Queue().Screen(e), urgentCells(e), missingCells(e)
	out := make([]widgets.Column[row], len(cols))
	for i, c := range cols {
		out[i] = widgets.Over(c, func(th *theme.Theme, r row) (*view.QueueRow, widgets.Line) {
			switch {
			case r.urgent != nil:
				return nil, cellOf(urgent, c.Title, th, r.urgent)
			case r.missing != nil:
				return nil, cellOf(missing, c.Title, th, r.missing)
			case c.Title == "Child" && r.cluster() != 0:
				return nil, clusterName(th, r, e.Name(r.child()), q.unfolded[r.cluster()])
			case c.Title == "Flags" && (r.members != nil || r.fits != 0):
				moved := r.any(func(m row) bool { return m.ref.Referral.Moved != nil })
				return nil, lists.Special(th, r.ref, r.allFlags(), r.fits, moved)
			}
			return r.ref, nil
		})
	}
	return q.withOthers(out)
}

// urgentCells are those of an urgent note in the queue's columns, by their titles; blank where there is none.
func urgentCells(e *lists.Env) map[string]func(*theme.Theme, *view.UrgentRow) widgets.Line {
	type cell = func(*theme.Theme, *view.UrgentRow) widgets.Line
	return map[string]cell{
		"Child": func(th *theme.Theme, u *view.UrgentRow) widgets.Line { return widgets.In(th.Strong, e.Name(u.Child)) },
		"Contact": func(th *theme.Theme, u *view.UrgentRow) widgets.Line {
			return widgets.In(th.Urgent, plain.Since(u.FollowUp.At, e.Now)+" ago")
		},
		"Next": func(th *theme.Theme, _ *view.UrgentRow) widgets.Line { return widgets.In(th.Strong, "pass on") },
		"Who": func(th *theme.Theme, u *view.UrgentRow) widgets.Line {
			return widgets.In(th.Muted, e.First(u.FollowUp.Owner))
		},
		"Flags": func(th *theme.Theme, u *view.UrgentRow) widgets.Line {
			return widgets.In(th.Flag, e.Told(u.FollowUp.Text))
		},
	}
}

// missingCells are those of a child who is missing.
func missingCells(e *lists.Env) map[string]func(*theme.Theme, *view.MissingRow) widgets.Line {
	type cell = func(*theme.Theme, *view.MissingRow) widgets.Line
	return map[string]cell{
		"Child": func(th *theme.Theme, m *view.MissingRow) widgets.Line { return widgets.In(th.Strong, e.Name(m.Child)) },
		"Contact": func(th *theme.Theme, m *view.MissingRow) widgets.Line {
			if m.ToClose != "" {
				return widgets.In(th.Muted, "since "+plain.Day(m.Episode.MissingAt.Date(), e.Now))
			}
			return widgets.In(th.Text, "gone "+plain.Span(m.Missing))
		},
		"Interview": func(th *theme.Theme, m *view.MissingRow) widgets.Line {
			if m.ToClose != "" {
				return widgets.In(th.DueSoon, m.ToClose)
			}
			if m.Episode.FoundNotBack() {
				return widgets.In(th.DueSoon, "not back")
			}
			return widgets.In(th.Muted, orDash(domain.Words(m.Risk), " risk"))
		},
		"Next": func(th *theme.Theme, m *view.MissingRow) widgets.Line {
			if len(m.Meanwhile) == 0 {
				return nil
			}
			return widgets.In(th.Muted, "owed "+m.Meanwhile[0].String())
		},
		"Flags": func(th *theme.Theme, m *view.MissingRow) widgets.Line {
			return widgets.In(th.Flag, domain.ShortFlags(m.Flags))
		},
	}
}

// cellOf is a row's own cell of a column, blank where it has none there.
func cellOf[T any](cells map[string]func(*theme.Theme, *T) widgets.Line, title string, th *theme.Theme, r *T) widgets.Line {
	if cell := cells[title]; cell != nil {
		return cell(th, r)
	}
	return nil
}

func orDash(s, after string) string {
	if s == "" {
		return "–"
	}
	return s + after
}
