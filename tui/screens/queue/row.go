package queue

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
	out := make([]row, 0, len(q.Urgent)+len(q.Missing)+len(q.Rows)+len(q.NotUntil))
	for i := range q.Urgent {
		out = append(out, row{urgent: &q.Urgent[i]})
	}
	for i := range q.Missing {
		out = append(out, row{missing: &q.Missing[i]})
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

// columns are the list's, as data. The name is drawn by the screen, which knows whether names are masked.
func columns(name func(*domain.Child) string, person, told func(string) string, now func() time.Time, open map[domain.ID]bool, bars bool) []widgets.Column[row] {
	cells, clockMin := 0, 11
	if bars {
		cells, clockMin = 4, 16
	}
	clock := func(of func(*view.QueueRow) domain.Clock) func(*theme.Theme, row) widgets.Line {
		return func(th *theme.Theme, r row) widgets.Line {
			if r.ref == nil || r.group() == view.GroupLookAgain {
				return nil
			}
			c := of(r.ref)
			if c.MetLate() {
				return widgets.In(th.Overdue, "met late") // how late stands in the detail
			}
			return desk.ClockLine(th, c, now(), cells)
		}
	}
	return []widgets.Column[row]{
		{Title: "Child", Min: 13, Max: 26, Cell: func(th *theme.Theme, r row) widgets.Line {
			return nameCell(th, r, name(r.child()), open[r.cluster()])
		}},
		{Title: "Contact", Min: clockMin, Max: clockMin + 2, Cell: func(th *theme.Theme, r row) widgets.Line {
			switch {
			case r.missing != nil:
				return widgets.In(th.Text, "gone "+plain.Span(r.missing.Missing))
			case r.urgent != nil:
				return widgets.In(th.Urgent, plain.Span(time.Duration(now().Unix()-r.urgent.FollowUp.At.Unix())*time.Second)+" ago")
			case r.group() == view.GroupLookAgain:
				return widgets.In(th.Muted, "until "+shortDay(r.ref.Referral.LookAgain()))
			}
			if q := r.ref; !q.Referral.HeldAt.IsZero() && q.Clocks.Contact.Met.IsZero() {
				return widgets.In(th.Muted, "–") // nobody needs to be reached any more
			}
			return clock(func(q *view.QueueRow) domain.Clock { return q.Clocks.Contact })(th, r)
		}},
		{Title: "Interview", Min: clockMin, Max: clockMin + 2, Cell: func(th *theme.Theme, r row) widgets.Line {
			switch {
			case r.missing != nil && r.missing.Episode.FoundNotBack():
				return widgets.In(th.DueSoon, "not back")
			case r.missing != nil:
				return widgets.In(th.Muted, orDash(domain.Words(r.missing.Risk), " risk"))
			}
			return clock(func(q *view.QueueRow) domain.Clock { return q.Clocks.Interview })(th, r)
		}},
		{Title: "Next", Min: 15, Max: 18, Priority: 2, Cell: func(th *theme.Theme, r row) widgets.Line { return next(th, r, now()) }},
		{Title: "Who", Min: 9, Max: 13, Priority: 1, Cell: func(th *theme.Theme, r row) widgets.Line {
			switch {
			case r.urgent != nil:
				return widgets.In(th.Muted, person(r.urgent.FollowUp.Owner))
			case r.ref == nil:
				return nil
			case r.ref.Referral.Responsible.Elsewhere():
				return widgets.In(th.Info, r.ref.Referral.Responsible.Short())
			case r.ref.Referral.AssignedTo == "":
				return widgets.In(th.Muted, "nobody")
			}
			return widgets.In(th.Text, person(r.ref.Referral.AssignedTo))
		}},
		{Title: "Stage", Min: 8, Max: 10, Priority: 4, Cell: func(th *theme.Theme, r row) widgets.Line {
			if r.ref == nil {
				return nil
			}
			return widgets.In(th.Muted, r.ref.Stage.Words())
		}},
		{Title: "Tried", Min: 5, Max: 7, Priority: 5, Cell: func(th *theme.Theme, r row) widgets.Line {
			if r.ref == nil || r.ref.Attempts == 0 {
				return nil
			}
			s := fmt.Sprintf("%d×", r.ref.Attempts)
			if r.ref.Declines > 0 {
				s += fmt.Sprintf(" %d no", r.ref.Declines)
			}
			return widgets.In(th.Muted, s)
		}},
		{Title: "Flags", Min: 8, Max: 48, Priority: 3, Cell: func(th *theme.Theme, r row) widgets.Line {
			if r.urgent != nil {
				return widgets.In(th.Flag, told(r.urgent.FollowUp.Text))
			}
			return flags(th, r)
		}},
	}
}

func orDash(s, after string) string {
	if s == "" {
		return "–"
	}
	return s + after
}

func shortDay(d domain.Date) string { return d.Start().In(domain.London()).Format("Mon 2 Jan") }

// next is what to do about the row next: "ring 15:30", the booking, the chase.
func next(th *theme.Theme, r row, now time.Time) widgets.Line {
	at := func(m domain.Moment) string {
		if domain.DateOf(now) == m.Date() {
			return m.Local().Format("15:04")
		}
		return m.Local().Format("Mon 15:04")
	}
	switch q := r.ref; {
	case r.urgent != nil:
		return widgets.In(th.Strong, "pass on")
	case r.missing != nil:
		if len(r.missing.Meanwhile) > 0 {
			return widgets.In(th.Muted, "owed "+r.missing.Meanwhile[0].String())
		}
		return nil
	case q.Stage == domain.StageToApprove:
		return widgets.In(th.Info, q.Stage.Task())
	case q.Stage.Open() && !q.Stage.BeforeInterview():
		return after(th, q, now, at)
	case q.Booked != nil && q.MissingNow != 0:
		return widgets.In(th.DueSoon, "missing: move?")
	case q.Booked != nil && q.Booked.When.Unix() <= now.Unix():
		return widgets.In(th.DueSoon, "what came of it?")
	case !q.TryAgain.IsZero() && q.Stage.BeforeInterview() && q.Booked == nil:
		if q.TryAgain.Unix() <= now.Unix() {
			return widgets.In(th.DueSoon, "ring "+at(q.TryAgain)+" late")
		}
		return widgets.In(th.Text, "ring "+at(q.TryAgain))
	case q.Booked != nil && q.Clocks.Interview.Running() && q.Booked.When.Unix() > q.InterviewDue.Unix():
		return widgets.In(th.DueSoon, "late: "+at(q.Booked.When))
	case q.Booked != nil:
		return widgets.In(th.Met, "visit "+at(q.Booked.When))
	case !q.ChaseDue.IsZero():
		if q.ChaseDue.Unix() <= now.Unix() {
			return widgets.In(th.DueSoon, "chase")
		}
		return widgets.In(th.Muted, "chase "+at(q.ChaseDue))
	case q.Stage == domain.StageNew:
		return widgets.In(th.Text, q.Stage.Task())
	case q.Clocks.Contact.Met.IsZero() && q.Stage.BeforeInterview():
		return widgets.In(th.Text, "contact")
	}
	return widgets.In(th.Text, r.ref.Stage.Task())
}

// after is what is owed once the interview was held: writing up and signing off, or sharing where that is due first. It
// never waits for the record.
func after(th *theme.Theme, q *view.QueueRow, now time.Time, at func(domain.Moment) string) widgets.Line {
	what, c := q.Stage.Task(), q.Clocks.WriteUp
	if share := q.Clocks.Share; share.Running() && (q.Stage == domain.StageToShare || !c.Running() || share.Due.Unix() < c.Due.Unix()) {
		what, c = domain.StageToShare.Task(), share
	}
	switch {
	case c.Over(now):
		return widgets.In(th.DueSoon, what+" "+at(c.Due)+" late")
	case c.Running():
		return widgets.In(th.Text, what+" "+at(c.Due))
	}
	return widgets.In(th.Text, what)
}

// flags names what makes a row special, most serious first.
func flags(th *theme.Theme, r row) widgets.Line {
	var set []string
	switch {
	case r.ref != nil:
		set = r.allFlags()
	case r.missing != nil:
		set = r.missing.Flags
	}
	line := widgets.In(th.Flag, domain.ShortFlags(set))
	if r.ref == nil {
		return line
	}
	// What asks for a decision first: a narrow column shows the beginning.
	ask := ""
	switch {
	case r.fits != 0:
		ask = "+" + r.fits.String()
	case r.ref.Suggested:
		ask = "CL?"
	}
	if ask != "" {
		if line.Width() > 0 {
			ask += ", "
		}
		line = widgets.Join(widgets.In(th.Info, ask), line)
	}
	var more []string
	if r.any(func(m row) bool { return m.ref.Referral.Moved != nil }) {
		more = append(more, "moved")
	}
	if r.ref.ByImport {
		more = append(more, "receipt?")
	}
	if len(more) == 0 {
		return line
	}
	sep := ""
	if line.Width() > 0 {
		sep = ", "
	}
	return widgets.Join(line, widgets.In(th.Info, sep+strings.Join(more, ", ")))
}
