package plain

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// ClusterRow is a row of `clusters` (INTERFACES, JSON).
func ClusterRow(c *view.ClusterRow, now time.Time) Row {
	episodes, referrals := []string{}, []string{}
	members := []Row{}
	stage, assigned := "", ""
	var booked domain.Moment
	for _, m := range c.Members {
		episodes = append(episodes, m.Episode.ShownRef())
		referrals = append(referrals, m.Referral.ID.String())
		var met any
		if v := m.Met(now); v != nil {
			met = *v
		}
		members = append(members, Row{{"episode", m.Episode.ID}, {"police_ref", m.Episode.PoliceRef}, {"referral", m.Referral.ID}, {"missing_at", m.Episode.MissingAt},
			{"returned_at", m.Episode.ReturnedAt}, {"return_due_at", m.Return.Due}, {"met", met}})
		if c.Cluster != nil && m.Referral.Stage != domain.StageToApprove || stage == "" && c.Cluster != nil {
			stage, assigned = string(m.Referral.Stage), m.Referral.AssignedTo
			if b := m.Referral.Booking(); b != nil {
				booked = b.When
			}
		}
	}
	additions := []string{}
	for _, k := range c.Additions {
		additions = append(additions, k.ShownRef())
	}
	leftOut := []string{}
	if c.Cluster != nil {
		for _, p := range c.Cluster.Parted {
			if p.How == domain.PartedLeftOut {
				leftOut = append(leftOut, p.Episode.String())
			}
		}
	}
	reason := ""
	if c.Dismissed != nil {
		reason = c.Dismissed.Why
	}
	return Row{
		{"id", c.ID()}, {"version", c.Version()}, {"state", string(c.State)},
		{"child_ref", c.Child.ShownRef()}, {"child_name", c.Child.Name()},
		{"episodes", episodes}, {"referrals", referrals}, {"members", members}, {"additions", additions}, {"left_out", leftOut},
		{"period_from", c.From}, {"period_to", c.To}, {"window_ends_at", c.Until}, {"interview_due_at", c.Interview.Due},
		{"held_at", c.Interview.Met}, {"stage", stage}, {"assigned_to", assigned}, {"booked_for", booked},
		{"asks_reason", texts(c.Asks)}, {"review", texts(c.Review)}, {"warnings", texts(c.Warnings)},
		{"dismissed_because", reason}, {"explain", c.Explain},
	}
}

// texts makes a list of what has words, never null.
func texts[T any](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return out
}

// ClusterColumns are the table of `clusters`.
func ClusterColumns(rows []view.ClusterRow, now time.Time) []Column {
	at := func(f func(*view.ClusterRow) string) func(int) string {
		return func(i int) string { return f(&rows[i]) }
	}
	return []Column{
		{"CLUSTER", at(func(c *view.ClusterRow) string {
			if c.Cluster == nil {
				return string(c.State)
			}
			return c.ID().String() + " " + string(c.State)
		})},
		{"CHILD", at(func(c *view.ClusterRow) string { return c.Child.Name() })},
		{"REF", at(func(c *view.ClusterRow) string { return c.Child.ShownRef() })},
		{"DUE", at(func(c *view.ClusterRow) string {
			if c.Interview.Met != 0 {
				return "held " + When(c.Interview.Met, now)
			}
			return When(c.Interview.Due, now)
		})},
		{"PERIOD", at(func(c *view.ClusterRow) string { return When(c.From, now) + " to " + When(c.To, now) })},
		{"EPISODES", at(func(c *view.ClusterRow) string {
			var refs []string
			for _, m := range c.Members {
				refs = append(refs, m.Episode.ShownRef())
			}
			return strings.Join(refs, ", ")
		})},
		{"MORE", at(func(c *view.ClusterRow) string {
			var refs []string
			for _, k := range c.Additions {
				refs = append(refs, "+ "+k.ShownRef())
			}
			return strings.Join(refs, ", ")
		})},
		{"LOOK AT", at(func(c *view.ClusterRow) string { return strings.Join(c.Warnings, "; ") })},
	}
}

// AlertRow is a row of `alerts`.
func AlertRow(a *view.AlertRow) Row {
	refs := a.Refs
	if refs == nil {
		refs = []string{}
	}
	return Row{{"rule", a.Rule.Name}, {"child_ref", a.Child.ShownRef()}, {"child_name", a.Child.Name()}, {"version", a.Child.Version},
		{"episodes", refs}, {"explain", a.Explain}}
}

// AlertColumns are the table of `alerts`.
func AlertColumns(rows []view.AlertRow) []Column {
	return []Column{
		{"RULE", func(i int) string { return domain.Words(rows[i].Rule.Name) }},
		{"CHILD", func(i int) string { return rows[i].Child.Name() }},
		{"REF", func(i int) string { return rows[i].Child.ShownRef() }},
		{"EPISODES", func(i int) string { return strings.Join(rows[i].Refs, ", ") }},
		{"WHY", func(i int) string { return domain.Words(rows[i].Explain) }},
	}
}
