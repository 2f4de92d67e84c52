package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// childOfCluster reads the child whose episodes a cluster covers.
func (c *decision) childOfCluster(cl *Cluster) (*Child, error) {
	child, err := c.Child(cl.Child)
	if err == nil && child == nil {
		err = NotThere(cl.Child, cl.ID)
	}
	return child, err
}

// AddToCluster adds a new return to an accepted cluster whose interview was not held and whose window it still fits.
type AddToCluster struct {
	Cluster string `json:"cluster"`
	Episode string `json:"episode"`
	Reason  string `json:"reason,omitempty" text:"note"`
}

// Name of the act.
func (a *AddToCluster) Name() string { return "cluster.add" }

func (a *AddToCluster) shape(*Settings, time.Time) error {
	return cmp.Or(need("cluster", a.Cluster), need("episode", a.Episode))
}
func (a *AddToCluster) target(w Reader) (Record, error) { return readCluster(w, a.Cluster) }

func (a *AddToCluster) decide(c *decision, t Record) (*Outcome, error) {
	cl := t.(*Cluster).Clone()
	child, err := c.childOfCluster(cl)
	if err != nil {
		return nil, err
	}
	e, err := c.episodeOf(child, "episode", a.Episode)
	if err != nil {
		return nil, err
	}
	members, err := MembersOf(RecordsOf(c), cl)
	if err != nil {
		return nil, err
	}
	k, err := c.addition(cl, members, e)
	if err != nil {
		return nil, err
	}
	_, r, err := c.outstanding(k)
	if err != nil {
		return nil, err
	}
	if why := AsksReason([]Member{{e, r}}); why != nil && a.Reason == "" {
		return nil, invalid("reason", "is required to add it to one interview: %s", strings.Join(why, "; "))
	}
	var refs []*Referral
	for _, m := range members {
		if m.outstanding() {
			refs = append(refs, c.working(m.Referral))
		}
	}
	cl.Members = append(cl.Members, ClusterMember{e.ID, r.ID})
	out := &Outcome{Named: cl.ID}
	out.put(cl)
	refs = append(refs, r)
	out.Warnings = c.shareClusterState(cl.ID, a.Name(), refs)
	if err := c.oneRecord(refs, cl.ID, out); err != nil {
		return nil, err
	}
	if a.Reason != "" {
		r.Decisions[len(r.Decisions)-1].Why += ": " + a.Reason
	}
	for _, r := range refs {
		out.put(r)
	}
	p := &c.Settings().Policy
	due := ClusterInterview(p, append(members, Member{e, r}), 0).Due
	others, err := c.CandidatesOf(cl.Child)
	if err != nil {
		return nil, err
	}
	before := PeriodOf(p, members)
	now := before.With(p, k)
	for _, o := range OutstandingOn(others, DateOf(c.Now())) {
		if o.Episode != k.Episode && cl.leftOut(o.Episode) == nil && before.With(p, o).Fits() && !now.With(p, o).Fits() {
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s would no longer fit: the window ends %s then", o.ShownRef(), now.Until))
		}
	}
	out.Summary = fmt.Sprintf("added %s to %s: one interview for %d episodes, due %s", e.ShownRef(), cl.ID, len(cl.Members), due)
	return out, nil
}

// addition finds an episode among those that could be added, or says why it cannot be.
func (c *decision) addition(cl *Cluster, members []Member, e *Episode) (Candidate, error) {
	list, err := c.CandidatesOf(cl.Child)
	if err != nil {
		return Candidate{}, err
	}
	list = OutstandingOn(list, DateOf(c.Now()))
	i := slices.IndexFunc(list, func(k Candidate) bool { return k.Episode == e.ID })
	if i < 0 {
		if cl.Has(e.ID) {
			return Candidate{}, invalid("episode", "%s belongs to %s already", e.ShownRef(), cl.ID)
		}
		return Candidate{}, c.noCandidate(e)
	}
	if p := cl.leftOut(e.ID); p != nil {
		return Candidate{}, invalid("episode", "%s was left out of %s by %s (%s): it has an interview of its own", e.ShownRef(), cl.ID, c.Settings().PersonAt(p.By, p.At), p.Why)
	}
	p := &c.Settings().Policy
	if !takesMore(members) {
		return Candidate{}, invalid("cluster", "no member of %s is outstanding: its ending comes first", cl.ID)
	}
	if x := PeriodOf(p, members).With(p, list[i]); !x.Fits() {
		return Candidate{}, invalid("episode", "%s does not fit: with it the period ends %s, the window %s", e.ShownRef(), x.To, x.Until)
	}
	return list[i], nil
}

// noCandidate says why an episode cannot be in a cluster.
func (c *decision) noCandidate(e *Episode) error {
	why := "the child is still missing"
	switch {
	case e.DuplicateOf != 0:
		why = "it is a duplicate of " + e.DuplicateOf.String()
	case !e.Over():
	case e.Referral == 0:
		why = "it has no referral"
	default:
		r, err := c.Referral(e.Referral)
		if err != nil {
			return err
		}
		switch {
		case r == nil:
			return NotThere(e.Referral, e.ID)
		case r.Cluster != 0:
			why = "it belongs to " + r.Cluster.String()
		default:
			why = fmt.Sprintf("%s is %s", r.ID, r.StageOn(DateOf(c.Now())).Words())
		}
	}
	return invalid("episode", "%s cannot be added: %s", e.ShownRef(), why)
}

// LeaveOut takes one member out of an accepted cluster: it gets an interview of its own and is not offered to it again.
type LeaveOut struct {
	Cluster string `json:"cluster"`
	Episode string `json:"episode"`
	Reason  string `json:"reason" text:"note"`
}

// Name of the act.
func (a *LeaveOut) Name() string { return "cluster.leave_out" }

func (a *LeaveOut) shape(*Settings, time.Time) error {
	return cmp.Or(need("cluster", a.Cluster), need("episode", a.Episode), need("reason", a.Reason))
}
func (a *LeaveOut) target(w Reader) (Record, error) { return readCluster(w, a.Cluster) }

func (a *LeaveOut) decide(c *decision, t Record) (*Outcome, error) {
	cl := t.(*Cluster).Clone()
	rec, err := readEpisode(c, a.Episode)
	if err == nil {
		err = MayOpen(c, rec)
	}
	if err != nil {
		return nil, err
	}
	e := rec.(*Episode)
	if !cl.Has(e.ID) {
		return nil, invalid("episode", "%s is no member of %s", e.ShownRef(), cl.ID)
	}
	r, err := c.referralOf(e)
	if err != nil {
		return nil, err
	}
	r = c.working(r)
	out := &Outcome{Named: cl.ID, Summary: fmt.Sprintf("left %s out of %s: it has an interview of its own", e.ShownRef(), cl.ID)}
	if err := c.leaves(r, PartedLeftOut, a.Reason, out); err != nil {
		return nil, err
	}
	c.step(r, a.Name(), r.Stage, a.Reason)
	if b := r.Booking(); b != nil {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s is still booked for %s: move or cancel that, or hold both then", r.ID, b.When))
	}
	out.put(r)
	return out, nil
}

// BreakUp ends an accepted cluster: what was recorded stays, each member has its own clock back, and the set counts as
// dismissed (DOMAIN §5).
type BreakUp struct {
	Cluster string `json:"cluster"`
	Reason  string `json:"reason" text:"note"`
}

// Name of the act.
func (a *BreakUp) Name() string { return "cluster.break_up" }

func (a *BreakUp) shape(*Settings, time.Time) error {
	return cmp.Or(need("cluster", a.Cluster), need("reason", a.Reason))
}
func (a *BreakUp) target(w Reader) (Record, error) { return readCluster(w, a.Cluster) }

func (a *BreakUp) decide(c *decision, t Record) (*Outcome, error) {
	cl := t.(*Cluster).Clone()
	child, err := c.childOfCluster(cl)
	if err != nil {
		return nil, err
	}
	child = child.Clone()
	out := &Outcome{Named: cl.ID, Summary: fmt.Sprintf("broke up %s of %s: %d interviews again", cl.ID, child.ShownRef(), len(cl.Members))}
	cl.BrokenUp = &BrokenUp{Why: a.Reason, By: c.by, At: c.at}
	out.put(cl)
	var set []ID
	var rs []*Referral
	booked := 0
	for _, m := range cl.Members {
		set = append(set, m.Episode)
		r, err := c.Referral(m.Referral)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return nil, NotThere(m.Referral, cl.ID)
		}
		r = c.working(r)
		r.Cluster = 0
		c.step(r, a.Name(), r.Stage, a.Reason)
		if r.Booking() != nil {
			booked++
		}
		rs = append(rs, r)
		out.put(r)
	}
	if err := c.recordStaysWith(rs, out); err != nil {
		return nil, err
	}
	c.dismiss(child, set, a.Reason)
	out.put(child)
	if booked > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%d of them stay booked for the same meeting: move or cancel those it is not for", booked))
	}
	return out, nil
}
