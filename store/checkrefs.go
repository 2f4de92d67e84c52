package store

import (
	"fmt"
	"slices"

	"homeward/domain"
)

// referenceFaults says where a record refers to what is not there, or does not refer back.
func referenceFaults(r domain.Record, find records) []string {
	if _, batch := r.(*domain.Import); batch {
		return nil
	}
	f := refs{of: r.RecordID(), find: find}
	if n, ok := r.(*domain.Noted); ok {
		f.noted(n)
		return f.out
	}
	if r.ChildID() == 0 {
		f.say("%s speaks of no child", f.of)
	} else if r.ChildID() != f.of {
		if c, ok := f.there(r.ChildID(), "the child").(*domain.Child); ok && c.JoinedTo != 0 {
			f.say("%s speaks of %s, which was joined to %s", f.of, c.ID, c.JoinedTo)
		}
	}
	switch r := r.(type) {
	case *domain.Child:
		f.joined(r)
	case *domain.Episode:
		if ref, ok := f.there(r.Referral, "the referral").(*domain.Referral); ok && ref.Episode != r.ID {
			f.say("%s names the referral %s, which is of %s", r.ID, ref.ID, ref.Episode)
		}
		if e, ok := f.there(r.DuplicateOf, "the episode").(*domain.Episode); ok && e.Child != r.Child {
			f.say("%s is a duplicate of %s, which is of another child", r.ID, e.ID)
		}
	case *domain.Referral:
		if e, ok := f.there(r.Episode, "the episode").(*domain.Episode); ok && e.Child != r.Child {
			f.say("%s and its episode %s are of two children", r.ID, e.ID)
		}
		if r.Episode == 0 {
			f.say("%s has no episode", r.ID)
		}
		if !slices.Contains(domain.Stages(), r.Stage) {
			f.say("%s is in the stage %q, which this program does not know: no list has it", r.ID, r.Stage)
		}
		f.clustered(r)
		f.interviewed(r)
	case *domain.Cluster:
		f.members(r)
	case *domain.Interview:
		f.covered(r)
	case *domain.FollowUp:
		f.there(r.Referral, "the referral")
		f.ofOneChild(r.Child, r.Interview, "interview")
	}
	return f.out
}

// refs collects the faults of one record.
type refs struct {
	of   domain.ID
	find records
	out  []string
}

func (f *refs) say(format string, args ...any) { f.out = append(f.out, fmt.Sprintf(format, args...)) }

// there finds what is referred to; nil where nothing is, which is a fault, and where it cannot be read, which is one of
// that record.
func (f *refs) there(id domain.ID, what string) domain.Record {
	if id == 0 {
		return nil
	}
	rec, err := f.find(id)
	if err != nil {
		return nil
	}
	if rec == nil {
		f.say("%s names %s %s, which is missing", f.of, what, id)
	}
	return rec
}

// record finds what is reported elsewhere when it is missing; nil then.
func (f *refs) record(id domain.ID) domain.Record {
	rec, err := f.find(id)
	if err != nil {
		return nil
	}
	return rec
}

// joined: children that were found to be one name each other.
func (f *refs) joined(c *domain.Child) {
	if to, ok := f.there(c.JoinedTo, "the child").(*domain.Child); ok && !slices.Contains(to.Joined, c.ID) {
		f.say("%s was joined to %s, which does not name it", c.ID, to.ID)
	}
	for _, id := range c.Joined {
		if from, ok := f.there(id, "the child").(*domain.Child); ok && !f.leadsTo(from, c.ID) {
			f.say("%s names %s as joined to it, which says otherwise", c.ID, from.ID)
		}
	}
}

// leadsTo follows joins, of which one may have been to a child that was joined later itself.
func (f *refs) leadsTo(c *domain.Child, to domain.ID) bool {
	met := map[domain.ID]bool{}
	for c != nil && c.JoinedTo != 0 && !met[c.ID] {
		if c.JoinedTo == to {
			return true
		}
		met[c.ID] = true
		rec, err := f.find(c.JoinedTo)
		if err != nil {
			return true // that record is reported where it stands
		}
		c, _ = rec.(*domain.Child)
	}
	return false
}

// clustered: the cluster a referral is in stands and has it.
func (f *refs) clustered(r *domain.Referral) {
	c, ok := f.there(r.Cluster, "the cluster").(*domain.Cluster)
	switch {
	case !ok:
	case !c.Stands():
		f.say("%s is in %s, which was broken up", r.ID, c.ID)
	case !slices.Contains(c.Members, domain.ClusterMember{Episode: r.Episode, Referral: r.ID}):
		f.say("%s is in %s, which does not have it", r.ID, c.ID)
	}
}

// members: those of a cluster are there, of its child, and while it stands say that they are in it.
func (f *refs) members(c *domain.Cluster) {
	for _, m := range c.Members {
		if m.Episode == 0 || m.Referral == 0 {
			f.say("%s has a member without episode or referral", c.ID)
		}
		if e, ok := f.there(m.Episode, "the episode").(*domain.Episode); ok && e.Child != c.Child {
			f.say("%s and its episode %s are of two children", c.ID, e.ID)
		}
		r, ok := f.there(m.Referral, "the referral").(*domain.Referral)
		switch {
		case !ok:
		case r.Child != c.Child:
			f.say("%s and its referral %s are of two children", c.ID, r.ID)
		case c.Stands() && r.Cluster != c.ID:
			f.say("%s has %s, which does not say so", c.ID, r.ID)
		}
	}
}

// ofOneChild: a record that is named is there, and of the child that the one naming it is of.
func (f *refs) ofOneChild(child, id domain.ID, what string) {
	if r := f.there(id, "the "+what); r != nil && r.ChildID() != child {
		f.say("%s and its %s %s are of two children", f.of, what, id)
	}
}

// interviewed: the interview a referral names covers it, by itself or with its cluster. Who belongs to an interview that
// is only prepared may have changed since it was last saved; the cluster says who does.
func (f *refs) interviewed(r *domain.Referral) {
	v, ok := f.there(r.Interview, "the interview").(*domain.Interview)
	if ok && !slices.Contains(v.Referrals, r.ID) && (v.Cluster == 0 || v.Cluster != r.Cluster) {
		f.say("%s names the interview %s, which does not cover it", r.ID, v.ID)
	}
}

// covered: what an interview covers is there and of its child, each referral with its episode. A referral need not name it
// back: of two interviews prepared apart, one goes on once their referrals are in one cluster.
func (f *refs) covered(v *domain.Interview) {
	if len(v.Referrals) == 0 || len(v.Episodes) == 0 {
		f.say("%s covers nothing", v.ID)
	}
	f.ofOneChild(v.Child, v.Cluster, "cluster")
	for _, id := range v.Episodes {
		f.ofOneChild(v.Child, id, "episode")
	}
	for _, id := range v.Referrals {
		f.ofOneChild(v.Child, id, "referral")
		if r, _ := f.record(id).(*domain.Referral); r != nil && !slices.Contains(v.Episodes, r.Episode) {
			f.say("%s covers %s without its episode %s", v.ID, r.ID, r.Episode)
		}
	}
}
