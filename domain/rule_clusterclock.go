package domain

import (
	"cmp"
	"fmt"
	"slices"
)

// Records finds a record by its number, nil when there is none: the look-up a derived time needs.
type Records func(ID) (Record, error)

// RecordsOf looks up in a Reader.
func RecordsOf(r Reader) Records { return func(id ID) (Record, error) { return ReadRecord(r, id) } }

// LookUp finds a record of a kind; nil when it is not there.
func LookUp[T any](find Records, id ID) (*T, error) {
	rec, err := find(id)
	if err != nil || rec == nil {
		return nil, err
	}
	v, _ := any(rec).(*T)
	return v, nil
}

// Member is one episode of a cluster with its referral, read.
type Member struct {
	Episode  *Episode
	Referral *Referral
}

// MembersOf reads a cluster's members in the rule's order: start, return, police reference.
func MembersOf(find Records, c *Cluster) ([]Member, error) {
	out := make([]Member, 0, len(c.Members))
	for _, m := range c.Members {
		e, err := LookUp[Episode](find, m.Episode)
		if err != nil {
			return nil, err
		}
		r, err := LookUp[Referral](find, m.Referral)
		if err != nil {
			return nil, err
		}
		if e == nil || r == nil {
			return nil, NotThere(m.Referral, c.ID)
		}
		out = append(out, Member{e, r})
	}
	slices.SortFunc(out, func(a, b Member) int {
		return cmp.Or(cmp.Compare(a.Episode.MissingAt.Unix(), b.Episode.MissingAt.Unix()),
			cmp.Compare(a.Episode.ReturnedAt.Unix(), b.Episode.ReturnedAt.Unix()),
			cmp.Compare(a.Episode.ShownRef(), b.Episode.ShownRef()), cmp.Compare(a.Episode.ID, b.Episode.ID))
	})
	return out, nil
}

// ClusterInterview is the clock of the interview that covers several episodes: interview_within after the latest clock start
// among them (DOMAIN §5).
func ClusterInterview(p *Policy, members []Member, held Moment) Clock {
	own := make([]Clock, len(members))
	for i, m := range members {
		own[i] = ClocksOf(p, m.Episode, m.Referral).Interview
	}
	c := OneInterview(own)
	c.Met = held
	return c
}

// OneInterview is the clock of one interview in place of several, given the clocks these would have alone: it runs from
// the latest start among them (DOMAIN §5).
func OneInterview(own []Clock) Clock {
	var latest Clock
	for _, c := range own {
		if latest.Start == 0 || c.Start.Unix() > latest.Start.Unix() {
			latest = c
		}
	}
	latest.What = "last " + latest.What
	latest.Notes = append(slices.Clone(latest.Notes), fmt.Sprintf("one interview for %d episodes", len(own)))
	return latest
}

// ClocksInForce derives a referral's clocks with the interview clock in force: its cluster's where it is a member of one
// that was not broken up. The return-based clock stays its own: clustering never hides a missed 72 hours (DOMAIN §5).
func ClocksInForce(find Records, p *Policy, e *Episode, r *Referral) (Clocks, error) {
	cs := ClocksOf(p, e, r)
	if r.Cluster == 0 {
		return cs, nil
	}
	c, err := LookUp[Cluster](find, r.Cluster)
	if err != nil {
		return cs, err
	}
	if c == nil {
		return cs, NotThere(r.Cluster, r.ID)
	}
	members, err := MembersOf(find, c)
	if err != nil {
		return cs, err
	}
	cs.Interview = ClusterInterview(p, members, r.HeldAt)
	return cs, nil
}

// NextDue is the due time by which the store keeps open referrals in order; zero sorts last. A referral without its
// episode has none; its error is the look-up's.
func NextDue(s *Settings, find Records, r *Referral) (Moment, error) {
	e, err := LookUp[Episode](find, r.Episode)
	if err != nil || e == nil {
		return 0, err
	}
	cs, err := ClocksInForce(find, &s.Policy, e, r)
	return cs.NextDue(), err
}

// DueDependants are the referrals whose due time may change when a record does: an episode's own, and all members of the
// cluster it is in.
func DueDependants(find Records, rec Record) ([]ID, error) {
	var cluster ID
	var out []ID
	switch rec := rec.(type) {
	case *Episode:
		if rec.Referral == 0 {
			return nil, nil
		}
		out = append(out, rec.Referral)
		r, err := LookUp[Referral](find, rec.Referral)
		if err != nil || r == nil {
			return out, err
		}
		cluster = r.Cluster
	case *Referral:
		cluster = rec.Cluster
	case *Cluster:
		for _, m := range rec.Members {
			out = append(out, m.Referral)
		}
		return out, nil
	}
	if cluster == 0 {
		return out, nil
	}
	c, err := LookUp[Cluster](find, cluster)
	if err != nil || c == nil {
		return out, err
	}
	for _, m := range c.Members {
		if !slices.Contains(out, m.Referral) {
			out = append(out, m.Referral)
		}
	}
	return out, nil
}
