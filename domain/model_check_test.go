package domain_test

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// check holds what the program derives against the world: what is suggested, accepted, due, met, to be added or looked at
// again, and what the queue says of each referral.
func (pl *play) check() string {
	if f := pl.w.consistent(); f != "" {
		return f
	}
	var want []string
	for id := range pl.w.children {
		want = append(want, pl.w.rows(id)...)
	}
	rows, err := view.ReadClusters(pl.tm)
	if err != nil {
		return err.Error()
	}
	var got, each []string
	for _, r := range rows {
		got = append(got, pl.shown(r))
	}
	for id := range pl.w.children {
		rows, err := clustersOf(pl.tm, id)
		if err != nil {
			return err.Error()
		}
		for _, r := range rows {
			each = append(each, pl.shown(r))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	slices.Sort(each)
	if !slices.Equal(want, got) {
		return fmt.Sprintf("clusters are\n    %s\n  and should be\n    %s", strings.Join(got, "\n    "), strings.Join(want, "\n    "))
	}
	if !slices.Equal(want, each) {
		return fmt.Sprintf("child by child, clusters are\n    %s\n  and should be\n    %s", strings.Join(each, "\n    "), strings.Join(want, "\n    "))
	}
	return pl.queue()
}

// consistent checks what must hold of the records themselves.
func (w *world) consistent() string {
	in := map[domain.ID]domain.ID{}
	for _, c := range w.clusters {
		if c.BrokenUp != nil {
			continue
		}
		var lead *domain.Referral
		for _, m := range c.Members {
			e, r := w.episodes[m.Episode], w.referrals[m.Referral]
			switch {
			case in[m.Episode] != 0:
				return fmt.Sprintf("%s is in %s and in %s", m.Episode, in[m.Episode], c.ID)
			case e == nil || r == nil || e.Referral != r.ID || r.Episode != e.ID:
				return fmt.Sprintf("%s has %s and %s, which do not belong together", c.ID, m.Episode, m.Referral)
			case e.Child != c.Child || r.Child != c.Child:
				return fmt.Sprintf("%s is of %s and has %s of %s", c.ID, c.Child, m.Episode, e.Child)
			case r.Cluster != c.ID:
				return fmt.Sprintf("%s is in %s and says %q", r.ID, c.ID, r.Cluster)
			}
			in[m.Episode] = c.ID
			if !outstanding(w.stage(r)) {
				continue
			}
			if lead == nil {
				lead = r
			}
			if common(r) != common(lead) {
				return fmt.Sprintf("one interview, and yet %s is %s, %s is %s", r.ID, common(r), lead.ID, common(lead))
			}
		}
	}
	for _, r := range w.referrals {
		if in[r.Episode] != r.Cluster {
			return fmt.Sprintf("%s says %q, it is in %q", r.ID, r.Cluster, in[r.Episode])
		}
	}
	for _, e := range w.episodes {
		if of := w.episodes[e.DuplicateOf]; e.DuplicateOf != 0 && (of == nil || of.Child != e.Child || of.DuplicateOf != 0) {
			return fmt.Sprintf("%s is a duplicate of %s, which is not one of its child's own", e.ID, e.DuplicateOf)
		}
		if w.children[e.Child].JoinedTo != 0 {
			return fmt.Sprintf("%s is of %s, who was joined", e.ID, e.Child)
		}
	}
	return ""
}

// common is what members of one cluster that are outstanding have in common: stage, booking, assignee.
func common(r *domain.Referral) string {
	s := fmt.Sprint(r.Stage, " with ", r.AssignedTo)
	if n := len(r.Bookings); n > 0 && r.Bookings[n-1].Outcome == "" {
		b := r.Bookings[n-1]
		s += fmt.Sprint(", booked for ", b.When, " with ", b.Interviewer, " at ", b.Place)
	}
	return s
}

// rows are the suggestions and clusters of a child.
func (w *world) rows(child domain.ID) (out []string) {
	for _, list := range w.suggested(child) {
		out = append(out, w.line(w.rowState(child, list), 0, child, list, w.due(list), nil, 0))
	}
	for _, c := range w.clusters {
		if c.Child != child || c.BrokenUp != nil {
			continue
		}
		state := "accepted"
		if c.HeldAt != 0 {
			state = "interviewed"
		}
		list := w.members(c)
		owed := slices.ContainsFunc(c.Members, func(m domain.ClusterMember) bool { return isOpen(w.stage(w.referrals[m.Referral])) })
		if !owed && (c.HeldAt == 0 || list == nil) {
			continue // all were closed, or went out of it
		}
		out = append(out, w.line(state, c.ID, child, list, w.due(list), w.additions(c), w.reviews(c)))
	}
	return out
}

func (w *world) line(state string, id, child domain.ID, list []*domain.Episode, due int64, add []*domain.Episode, reviews int) string {
	s := fmt.Sprint(state, " ", id, " of ", child, ":")
	for _, e := range list {
		s += " " + e.ShownRef() + w.met(e)
	}
	s += fmt.Sprint(" due ", due)
	for _, e := range add {
		s += " +" + e.ShownRef()
	}
	return s + fmt.Sprint(" reviews ", reviews)
}

// met says whether a member's own 72 hours from its return were kept: "?" while they run.
func (w *world) met(e *domain.Episode) string {
	due := since(e, e.ReturnedAt) + 72*3600
	held := w.referrals[e.Referral].HeldAt
	switch {
	case held != 0 && held.Unix() <= due:
		return "(met)"
	case held != 0 || w.now.Unix() > due:
		return "(missed)"
	}
	return "(?)"
}

// shown is a row of the program in the same words.
func (pl *play) shown(r view.ClusterRow) string {
	s := fmt.Sprint(r.State, " ", r.ID(), " of ", r.Child.ID, ":")
	for _, m := range r.Members {
		met := "(?)"
		if v := m.Met(pl.w.now); v != nil {
			met = map[bool]string{true: "(met)", false: "(missed)"}[*v]
		}
		s += " " + m.Episode.ShownRef() + met
	}
	s += fmt.Sprint(" due ", r.Interview.Due.Unix())
	for _, k := range r.Additions {
		s += " +" + k.ShownRef()
	}
	return s + fmt.Sprint(" reviews ", len(r.Review))
}

// queue checks the row of each open referral, and that there is no other.
func (pl *play) queue() string {
	q, err := view.ReadQueue(pl.tm)
	if err != nil {
		return err.Error()
	}
	suggested := map[domain.ID]bool{}
	for id := range pl.w.children {
		for _, row := range pl.w.suggested(id) {
			for _, e := range row {
				suggested[e.ID] = pl.w.rowState(id, row) == "suggested"
			}
		}
	}
	open := map[domain.ID]bool{}
	for id, r := range pl.w.referrals {
		if isOpen(pl.w.stage(r)) {
			open[id] = true
		}
	}
	for _, row := range q.Rows {
		r := row.Referral
		e := pl.w.episodes[r.Episode]
		due, own := pl.w.inForce(r), since(e, e.ReturnedAt)+72*3600
		over := due != 0 && r.HeldAt == 0 && pl.w.now.Unix() > due
		if e.ReturnedAt == 0 {
			own = 0
		}
		switch {
		case !open[r.ID]:
			return fmt.Sprintf("%s is %s and on the queue", r.ID, pl.w.stage(r))
		case row.Stage != pl.w.stage(r):
			return fmt.Sprintf("%s is %s on the queue, should be %s", r.ID, row.Stage, pl.w.stage(r))
		case row.InterviewDue.Unix() != due:
			return fmt.Sprintf("the interview of %s is due %d, should be %d", r.ID, row.InterviewDue.Unix(), due)
		case row.Clocks.Return.Due.Unix() != own || row.Clocks.Return.Met != r.HeldAt:
			return fmt.Sprintf("%s has the return clock %+v", r.ID, row.Clocks.Return)
		case row.Overdue != over:
			return fmt.Sprintf("%s is overdue %v, should be %v", r.ID, row.Overdue, over)
		case row.Suggested != suggested[e.ID]:
			return fmt.Sprintf("%s is in a suggestion %v, should be %v", r.ID, row.Suggested, suggested[e.ID])
		case e.DuplicateOf != 0 && r.HeldAt == 0:
			return fmt.Sprintf("%s is a duplicate's and on the queue", r.ID)
		}
		delete(open, r.ID)
	}
	for id := range open {
		return fmt.Sprintf("%s is %s and not on the queue", id, pl.w.referrals[id].Stage)
	}
	return ""
}

// rowState says whether exactly these were dismissed.
func (w *world) rowState(child domain.ID, list []*domain.Episode) string {
	for _, d := range w.children[child].Dismissed {
		if len(d.Episodes) == len(list) && !slices.ContainsFunc(list, func(e *domain.Episode) bool { return !slices.Contains(d.Episodes, e.ID) }) {
			return "dismissed"
		}
	}
	return "suggested"
}
