package view

import (
	"cmp"

	"homeward/domain"
	"slices"
)

// Arrange puts rows as the desk works them: by group, high risk first among those to triage, then by next step. Members of
// one accepted cluster stand together where the most urgent of them does, in its group: they are one interview (DESIGN,
// Clusters).
func Arrange(rows []QueueRow) {
	lead := map[domain.ID]*QueueRow{} // of a cluster: a copy of the member that speaks for it
	for i := range rows {
		c := rows[i].Referral.Cluster
		if c == 0 {
			continue
		}
		if l := lead[c]; l == nil || urgency(&rows[i], l) < 0 {
			v := rows[i]
			lead[c] = &v
		}
	}
	speaks := func(row *QueueRow) *QueueRow {
		if l := lead[row.Referral.Cluster]; l != nil {
			return l
		}
		return row
	}
	for i := range rows {
		rows[i].Group = speaks(&rows[i]).Group
	}
	slices.SortStableFunc(rows, func(a, b QueueRow) int {
		if a.Referral.Cluster != 0 && a.Referral.Cluster == b.Referral.Cluster {
			return cmp.Or(cmp.Compare(a.Episode.MissingAt.Unix(), b.Episode.MissingAt.Unix()),
				cmp.Compare(a.Episode.ReturnedAt.Unix(), b.Episode.ReturnedAt.Unix()), cmp.Compare(a.Referral.ID, b.Referral.ID))
		}
		return urgency(speaks(&a), speaks(&b))
	})
}

// urgency compares two rows as the desk works them.
func urgency(a, b *QueueRow) int {
	if c := cmp.Compare(a.Group, b.Group); c != 0 {
		return c
	}
	if a.Group == GroupTriage {
		if c := cmp.Compare(riskRank(a.Episode.Risk), riskRank(b.Episode.Risk)); c != 0 {
			return c
		}
	}
	// After a file came in, many are to be rung by the same time: the interview that is due first goes first.
	return cmp.Or(byDue(a.Step(), b.Step(), 0, 0), byDue(a.Clocks.Interview.Due, b.Clocks.Interview.Due, a.Referral.ID, b.Referral.ID))
}

// riskRank sorts high risk before everything else; the other levels count alike at triage.
func riskRank(risk string) int {
	if risk == domain.RiskHigh {
		return 0
	}
	return 1
}
