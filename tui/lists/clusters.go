package lists

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Clusters is the list of `clusters` (INTERFACES, JSON).
func Clusters() List[view.ClusterRow] {
	type row = *view.ClusterRow
	type shown = Shown[view.ClusterRow]
	return List[view.ClusterRow]{
		{Name: "id", Value: func(c row, _ at) any { return c.ID() }, At: 1, Head: "Cluster", Text: func(c row, _ at) string { return stateWord(c) }},
		{Name: "version", Value: func(c row, _ at) any { return c.Version() }},
		{Name: "state", Value: func(c row, _ at) any { return string(c.State) },
			Screen: &shown{At: 2, Title: "State", Min: 15, Max: 19, Cell: func(_ *Env, th *theme.Theme, c row) widgets.Line {
				return widgets.In(dismissed(th, c, th.Text), ClusterState(th, c))
			}}},
		{Name: "child_ref", Value: func(c row, _ at) any { return c.Child.ShownRef() }, At: 3, Head: "Ref"},
		{Name: "child_name", Value: func(c row, _ at) any { return c.Child.Name() }, At: 2, Head: "Child",
			Screen: &shown{At: 1, Min: 13, Max: 26, Cell: func(e *Env, th *theme.Theme, c row) widgets.Line {
				return widgets.In(dismissed(th, c, th.Strong), e.Name(c.Child))
			}}},
		{Name: "episodes", Value: func(c row, _ at) any { return memberEpisodes(c) }, At: 6, Head: "Episodes", Text: func(c row, _ at) string { return strings.Join(memberEpisodes(c), ", ") },
			Screen: &shown{At: 3, Min: 8, Max: 8, Priority: 1, Cell: func(_ *Env, th *theme.Theme, c row) widgets.Line {
				return widgets.In(dismissed(th, c, th.Text), fmt.Sprint(len(c.Members)))
			}}},
		{Name: "referrals", Value: func(c row, _ at) any { return memberReferrals(c) }},
		{Name: "members", Value: members},
		{Name: "additions", Value: func(c row, _ at) any { return additions(c) }, At: 7, Head: "More", Text: func(c row, _ at) string {
			var refs []string
			for _, ref := range additions(c) {
				refs = append(refs, "+ "+ref)
			}
			return strings.Join(refs, ", ")
		}},
		{Name: "left_out", Value: func(c row, _ at) any { return leftOut(c) }},
		{Name: "period_from", Value: func(c row, _ at) any { return c.From }, At: 5, Head: "Period", Text: func(c row, now at) string { return plain.When(c.From, now) + " to " + plain.When(c.To, now) },
			Screen: &shown{At: 4, Title: "Between", Min: 15, Max: 16, Priority: 2, Cell: func(_ *Env, th *theme.Theme, c row) widgets.Line {
				return widgets.In(dismissed(th, c, th.Text), between(c))
			}}},
		{Name: "period_to", Value: func(c row, _ at) any { return c.To }},
		{Name: "window_ends_at", Value: func(c row, _ at) any { return c.Until }},
		{Name: "interview_due_at", Value: func(c row, _ at) any { return c.Interview.Due }, At: 4, Head: "Due", Text: func(c row, now at) string {
			if c.Interview.Met != 0 {
				return "held " + plain.When(c.Interview.Met, now)
			}
			return plain.When(c.Interview.Due, now)
		}, Screen: &shown{At: 5, Title: "Interview", Min: 11, Max: 13, Bar: true, Cell: clusterInterview}},
		{Name: "held_at", Value: func(c row, _ at) any { return c.Interview.Met }},
		{Name: "stage", Value: func(c row, _ at) any { stage, _, _ := standing(c); return stage }},
		{Name: "assigned_to", Value: func(c row, _ at) any { _, who, _ := standing(c); return who }},
		{Name: "booked_for", Value: func(c row, _ at) any { _, _, booked := standing(c); return booked }},
		{Name: "asks_reason", Value: func(c row, _ at) any { return plain.Texts(c.Asks) }},
		{Name: "review", Value: func(c row, _ at) any { return plain.Texts(c.Review) }},
		{Name: "warnings", Value: func(c row, _ at) any { return plain.Texts(c.Warnings) }, At: 8, Head: "Look at", Text: func(c row, _ at) string { return strings.Join(c.Warnings, "; ") },
			Screen: &shown{At: 6, Min: 20, Cell: clusterLook}},
		{Name: "dismissed_because", Value: func(c row, _ at) any {
			if c.Dismissed != nil {
				return c.Dismissed.Why
			}
			return ""
		}},
		{Name: "explain", Value: func(c row, _ at) any { return c.Explain }},
	}
}

// memberEpisodes are the episodes of a cluster as people know them.
func memberEpisodes(c *view.ClusterRow) []string {
	out := []string{}
	for _, m := range c.Members {
		out = append(out, m.Episode.ShownRef())
	}
	return out
}

func memberReferrals(c *view.ClusterRow) []string {
	out := []string{}
	for _, m := range c.Members {
		out = append(out, m.Referral.ID.String())
	}
	return out
}

// members are the episodes of a cluster, each with the clock of its own return.
func members(c *view.ClusterRow, now at) any {
	out := []plain.Row{}
	for _, m := range c.Members {
		var met any
		if v := m.Met(now); v != nil {
			met = *v
		}
		out = append(out, plain.Row{{Name: "episode", Value: m.Episode.ID}, {Name: "police_ref", Value: m.Episode.PoliceRef}, {Name: "referral", Value: m.Referral.ID}, {Name: "missing_at", Value: m.Episode.MissingAt},
			{Name: "returned_at", Value: m.Episode.ReturnedAt}, {Name: "return_due_at", Value: m.Return.Due}, {Name: "met", Value: met}})
	}
	return out
}

func additions(c *view.ClusterRow) []string {
	out := []string{}
	for _, k := range c.Additions {
		out = append(out, k.ShownRef())
	}
	return out
}

// leftOut are the episodes that were left out of a cluster that stands.
func leftOut(c *view.ClusterRow) []string {
	out := []string{}
	if c.Cluster != nil {
		for _, p := range c.Cluster.Parted {
			if p.How == domain.PartedLeftOut {
				out = append(out, p.Episode.String())
			}
		}
	}
	return out
}

// standing is what the members of a cluster that stands have in common: the stage, with whom it is and for when it is booked.
// A member that waits for a supervisor's word on its own stands for all only where no other can.
func standing(c *view.ClusterRow) (stage, assigned string, booked domain.Moment) {
	if c.Cluster == nil {
		return "", "", booked
	}
	for _, m := range c.Members {
		if m.Referral.Stage != domain.StageToApprove || stage == "" {
			stage, assigned = string(m.Referral.Stage), m.Referral.AssignedTo
			if b := m.Referral.Booking(); b != nil {
				booked = b.When
			}
		}
	}
	return stage, assigned, booked
}
