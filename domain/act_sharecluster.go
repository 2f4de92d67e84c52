package domain

import (
	"fmt"
	"slices"
)

// affectedReferrals gives working copies of the referrals a decision about one of them falls on: the one it names first,
// and while its cluster stands every other member that is in one of the stages. There is one interview: what is recorded
// about it is written to each (DOMAIN §5). No stages: those in which the act may be taken, else every open one.
func (c *decision) affectedReferrals(t Record, stages ...Stage) ([]*Referral, error) {
	r := c.working(t)
	out := []*Referral{r}
	if r.Cluster == 0 {
		return out, nil
	}
	cl, err := c.clusterOf(r)
	if err != nil {
		return nil, err
	}
	switch {
	case stages != nil:
	case c.act.stages != nil:
		stages = c.act.stages()
	default:
		stages = openStages()
	}
	for _, m := range cl.Members {
		if m.Referral == r.ID {
			continue
		}
		rec, err := c.Referral(m.Referral)
		if err != nil {
			return nil, err
		}
		if rec == nil {
			return nil, NotThere(m.Referral, cl.ID)
		}
		o := c.working(rec)
		if slices.Contains(stages, o.Stage) {
			out = append(out, o)
		}
	}
	return out, nil
}

// clusterOf reads the cluster a referral is a member of.
func (c *decision) clusterOf(r *Referral) (*Cluster, error) {
	cl, err := c.Cluster(r.Cluster)
	if err != nil {
		return nil, err
	}
	if cl == nil {
		return nil, NotThere(r.Cluster, r.ID)
	}
	return cl, nil
}

// outcomeForAll is the outcome of a decision that fell on several referrals, the one it names first.
func outcomeForAll(rs []*Referral, format string, args ...any) *Outcome {
	out := done(rs[0], format, args...)
	for _, r := range rs[1:] {
		out.put(r)
	}
	if len(rs) > 1 {
		out.Summary += fmt.Sprintf(" (one interview for %d episodes, %s)", len(rs), rs[0].Cluster)
	}
	return out
}

// leaves takes a referral out of its cluster when the one interview is not for its episode any more. The cluster stays as
// it is otherwise, also with too few members: that is for a person to look at (DOMAIN §5).
func (c *decision) leaves(r *Referral, how, why string, out *Outcome) error {
	if r.Cluster == 0 {
		return nil
	}
	cl, put := putAlready[*Cluster](out, r.Cluster)
	if !put {
		is, err := c.clusterOf(r)
		if err != nil {
			return err
		}
		cl = is.Clone()
		out.put(cl)
	}
	cl.part(Parted{ClusterMember: ClusterMember{r.Episode, r.ID}, How: how, Why: why, By: c.by, At: c.at})
	r.Cluster = 0
	if err := c.withoutRecord(r, out); err != nil {
		return err
	}
	if n := len(cl.Members); cl.Outstanding() && n < c.Settings().Policy.ClusterMin {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s has %d left and needs %d: look at it again", cl.ID, n, c.Settings().Policy.ClusterMin))
	}
	return nil
}

// putAlready finds what the decision changes already, to be changed further.
func putAlready[T Record](out *Outcome, id ID) (found T, ok bool) {
	for _, r := range out.Put {
		if r.RecordID() == id {
			found, ok = r.(T)
			return found, ok
		}
	}
	return found, false
}

// shareClusterState makes what the members of a cluster have in common common: the furthest stage, its booking and its
// assignee (DOMAIN §5). Of several members in that stage the one whose meeting comes first counts, then the one that began
// first. It says what became of the other bookings.
func (c *decision) shareClusterState(cl ID, act string, members []*Referral) (warnings []string) {
	lead := members[0]
	for _, r := range members[1:] {
		if d := furthest(r.Stage, lead.Stage); d > 0 || d == 0 && sooner(r.Booking(), lead.Booking(), c.now()) {
			lead = r
		}
	}
	worker := c.commonWorker(lead, members)
	for _, r := range members {
		if b := r.Booking(); b != nil && !b.sameAs(lead.Booking()) {
			b.Outcome, b.OutcomeBy, b.OutcomeAt, b.Note = "moved", c.by, c.at, "one interview for "+cl.String()
			warnings = append(warnings, fmt.Sprintf("%s was booked for %s: the meeting of %s stands instead, tell who expects it", r.ID, b.When, lead.ID))
		}
		if b := lead.Booking(); b != nil && r.Booking() == nil {
			r.Bookings = append(r.Bookings, *b)
		}
		if r.AssignedTo != "" && r.AssignedTo != worker {
			warnings = append(warnings, fmt.Sprintf("%s was with %s and goes to %s", r.ID, c.Settings().PersonName(r.AssignedTo), c.Settings().PersonName(worker)))
		}
		if r.Responsible != "" && r.Responsible != lead.Responsible {
			warnings = append(warnings, fmt.Sprintf("for %s the %s was responsible, now the %s", r.ID, r.Responsible.Words(), lead.Responsible.Words()))
		}
		r.Responsible, r.Who, r.AssignedTo = lead.Responsible, lead.Who, worker
		if r.Cluster != cl || r.Stage != lead.Stage {
			r.Cluster = cl
			c.step(r, act, lead.Stage, "one interview, "+cl.String())
		}
	}
	return warnings
}

// commonWorker is who has the one interview: the lead's assignee, else the first there is. Who has left keeps what they have and
// gets nothing more of it: one who is here goes before them, and where there is none, the one who decides.
func (c *decision) commonWorker(lead *Referral, members []*Referral) string {
	worker, same := lead.AssignedTo, true
	for _, r := range members {
		if same = same && r.AssignedTo == lead.AssignedTo; r.AssignedTo == "" {
			continue
		}
		if worker == "" || c.here(worker) != worker && c.here(r.AssignedTo) == r.AssignedTo {
			worker = r.AssignedTo
		}
	}
	if same {
		return worker
	}
	return c.here(worker)
}

// sameAs says that two referrals speak of one meeting.
func (b *Booking) sameAs(o *Booking) bool {
	return o != nil && b.When == o.When && b.At == o.At && b.By == o.By && b.Interviewer == o.Interviewer && b.Place == o.Place
}

// sooner says that a meeting is to be kept rather than another: one still to come before one that is past, then the
// earlier.
func sooner(a, b *Booking, now Moment) bool {
	if a == nil || b == nil {
		return false
	}
	if past := a.When.Unix() < now.Unix(); past != (b.When.Unix() < now.Unix()) {
		return !past
	}
	return a.When.Unix() < b.When.Unix()
}
