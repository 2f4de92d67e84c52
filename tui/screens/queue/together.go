package queue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// together makes one line of the members of an accepted cluster, with the members behind it: there is one interview, and
// what is recorded on the line falls on each (DOMAIN §5). The most urgent member speaks for it.
func together(refs []*view.QueueRow) []row {
	members := map[domain.ID][]*view.QueueRow{}
	for i := range refs {
		if c := refs[i].Referral.Cluster; c != 0 {
			members[c] = append(members[c], refs[i])
		}
	}
	out := make([]row, 0, len(refs)+len(members))
	done := map[domain.ID]bool{}
	for i := range refs {
		c := refs[i].Referral.Cluster
		switch {
		case len(members[c]) < 2:
			out = append(out, row{ref: refs[i]})
		case !done[c]:
			done[c] = true
			out = append(out, row{ref: speaker(members[c]), members: members[c]})
			for _, m := range members[c] {
				out = append(out, row{ref: m, member: true})
			}
		}
	}
	return out
}

// speaker is the member whose clocks stand on the line: one that is not waiting for sign-off, then the one due first.
func speaker(members []*view.QueueRow) *view.QueueRow {
	return slices.MinFunc(members, func(a, b *view.QueueRow) int {
		waits := func(q *view.QueueRow) int {
			if q.Stage == domain.StageToApprove {
				return 1
			}
			return 0
		}
		due := func(q *view.QueueRow) int64 {
			if s := q.Step(); s != 0 {
				return s.Unix()
			}
			return 1 << 62
		}
		return cmp.Or(cmp.Compare(waits(a), waits(b)), cmp.Compare(due(a), due(b)), cmp.Compare(a.Referral.ID, b.Referral.ID))
	})
}

// cluster is the cluster whose line or member the row is; zero for any other.
func (r row) cluster() domain.ID {
	if r.members != nil || r.member {
		return r.ref.Referral.Cluster
	}
	return 0
}

// any says that something holds for the row, or for a member of a cluster's line.
func (r row) any(f func(row) bool) bool {
	if r.members == nil {
		return f(r)
	}
	return slices.ContainsFunc(r.members, func(m *view.QueueRow) bool { return f(row{ref: m, member: true}) })
}

// shown drops what a filter leaves out, and the members of lines that are folded.
func shown(rows []row, keep func(row) bool, open map[domain.ID]bool) []row {
	var out []row
	var line domain.ID // the cluster's line that was kept last
	for _, r := range rows {
		switch {
		case r.members != nil:
			if line = 0; keep(r) || r.any(keep) {
				line = r.cluster()
				out = append(out, r)
			}
		case r.member:
			if line == r.cluster() && open[line] {
				out = append(out, r)
			}
		case keep(r):
			out = append(out, r)
		}
	}
	return out
}

// allFlags are a row's; of a cluster's line those of every member.
func (r row) allFlags() []string {
	if r.members == nil {
		return r.ref.Flags
	}
	var out []string
	for _, m := range r.members {
		for _, f := range m.Flags {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// clusterName is a child's name on a cluster's line, with how many episodes it stands for; of its members which one they are.
func clusterName(th *theme.Theme, r row, name string, open bool) widgets.Line {
	if r.member {
		return widgets.In(th.Text, "  "+r.ref.Episode.ShownRef())
	}
	sign := th.Glyphs.Folded
	if open {
		sign = th.Glyphs.Open
	}
	return widgets.Join(widgets.In(th.Info, fmt.Sprintf("%s%d× ", sign, len(r.members))), widgets.In(th.Strong, name))
}

// unfold opens or closes a cluster's line; false where the cursor is on none. Closing it from a member goes to the line.
func (q *screen) unfold() bool {
	r, ok := q.List.Focused()
	if !ok || r.members == nil {
		return false
	}
	q.unfolded[r.cluster()] = !q.unfolded[r.cluster()]
	q.Build()
	return true
}

// focusOn puts the cursor on a row, opening the line it is folded into.
func (q *screen) focusOn(id string) bool {
	if q.List.Focus(id) {
		return true
	}
	for _, r := range q.rows {
		if r.member && (r.id() == id || r.ref.Episode.ID.String() == id) {
			q.unfolded[r.cluster()] = true
			q.Build()
			return q.List.Focus(r.id())
		}
	}
	return false
}

// aboutOne refuses on a cluster's line what is about one episode.
func (q *screen) aboutOne(action string) string {
	switch strings.TrimPrefix(action, "queue.") {
	case "not_required", "flag", "edit_episode", "seen", "duplicate":
	default:
		return ""
	}
	if r, ok := q.List.Focused(); ok && r.members != nil {
		return "it is about one episode: enter opens the line"
	}
	return ""
}

// clusterLines tell in the detail of what cluster a referral is, and each member's own 72 hours.
func (q *screen) clusterLines(o *desk.Writer, r *view.QueueRow) {
	if r.Referral.Cluster == 0 {
		if i := slices.IndexFunc(q.rows, func(x row) bool { return x.fits != 0 && x.ref.Referral.ID == r.Referral.ID }); i >= 0 {
			o.Say(widgets.In(o.Theme.Info, "It would still fit "+q.rows[i].fits.String()+", the one interview that stands for this child: "+q.s.Key("queue.cluster")+" goes there, "+q.s.Key("clusters.add")+" adds it"))
		}
		return
	}
	th, now := o.Theme, q.s.Now()
	var own []widgets.Line
	for i := range q.p.Queue.Rows {
		m := &q.p.Queue.Rows[i]
		if m.Referral.Cluster != r.Referral.Cluster {
			continue
		}
		own = append(own, widgets.Join(widgets.In(th.Text, fmt.Sprintf("  %s back %s ", m.Episode.ShownRef(), plain.Day(m.Episode.ReturnedAt.Date(), q.s.Now()))),
			desk.ClockLine(th, m.Clocks.Return, now, 0)))
	}
	o.Say(widgets.In(th.Info, fmt.Sprintf("%s: one interview for %d episodes; attempts, booking and ending fall on all (%s shows it). Their own 72 hours:", r.Referral.Cluster, len(own), q.s.Key("queue.cluster"))))
	o.Say(own...)
}

// showCluster goes to the clusters screen, to the cluster or suggestion of the focused row.
func (q *screen) showCluster() tea.Cmd {
	r, _ := q.List.Focused()
	if r.fits != 0 {
		return q.p.Cluster(r.fits)
	}
	return q.p.Cluster(r.ref.Referral.ID)
}

// timeline goes to the child's timeline, at what the row is about.
func (q *screen) timeline() tea.Cmd {
	r, _ := q.List.Focused()
	id := domain.ID(0)
	switch {
	case r.ref != nil:
		id = r.ref.Referral.ID
	case r.missing != nil:
		id = r.missing.Episode.ID
	case r.urgent != nil:
		id = r.urgent.FollowUp.ID
	}
	return q.p.Timeline(r.child().ID, id)
}

// toCluster says why there is no cluster to go to.
func (q *screen) toCluster() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	if r, _ := q.List.Focused(); r.ref.Referral.Cluster == 0 && !r.ref.Suggested && r.fits == 0 {
		return "no cluster is suggested for it, and it is in none"
	}
	return ""
}
