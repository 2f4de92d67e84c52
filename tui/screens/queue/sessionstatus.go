package queue

import (
	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// What others do and did, on the rows and in the detail: who is about to ring, and what changed since one looked.

// records are those a row stands for: its referral and episode, every member's on a cluster's line.
func (r row) records() []domain.ID {
	var out []domain.ID
	switch {
	case r.urgent != nil:
		return []domain.ID{r.urgent.FollowUp.ID}
	case r.missing != nil:
		return []domain.ID{r.missing.Episode.ID}
	case r.members == nil:
		return []domain.ID{r.ref.Referral.ID, r.ref.Episode.ID}
	}
	for _, m := range r.members {
		out = append(out, m.Referral.ID, m.Episode.ID)
	}
	return out
}

// inCluster is the one a row's referral is in, zero for none.
func (r row) inCluster() domain.ID {
	if r.ref == nil {
		return 0
	}
	return r.ref.Referral.Cluster
}

// withOthers says in the columns who is doing something with a row, instead of what is to be done next.
func (q *screen) withOthers(cols []widgets.Column[row]) []widgets.Column[row] {
	for i := range cols {
		cell := cols[i].Cell
		if cols[i].Title == "Next" {
			cols[i].Cell = func(th *theme.Theme, r row) widgets.Line {
				if who := q.p.With(r.records()[0], r.child().ID, r.inCluster()); len(who) > 0 {
					return widgets.In(th.DueSoon, q.p.DoingWords(who[0]))
				}
				return cell(th, r)
			}
		}
	}
	return cols
}

// othersLines tell in the detail who is about to do what with it, and what others did since one looked last.
func (q *screen) othersLines(o *desk.Writer, r row) {
	o.Say(q.Others(r, r.records()[0], r.inCluster())...)
}
