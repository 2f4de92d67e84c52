package domain

import (
	"fmt"
	"slices"
)

// undoJoin gives back, when a join is undone, what came since by the other record's names or reference: an episode of a
// file belongs to the child it was told of. One that stands in a cluster with the kept child's is in the way.
func (c *decision) undoJoin(ch *Change, moved map[ID]bool, out *Outcome) error {
	for _, t := range ch.Touched {
		was, _ := t.Before.(*Child)
		is, _ := t.After.(*Child)
		if was == nil || is == nil || was.JoinedTo == is.JoinedTo {
			continue
		}
		list, err := c.EpisodesOf(is.JoinedTo)
		if err != nil {
			return err
		}
		for _, e := range list {
			if _, goes := moved[e.ID]; goes || e.Via == 0 || e.Via != is.ID && !slices.Contains(is.Joined, e.Via) {
				continue
			}
			if err := c.giveBack(e.Clone(), is.ID, ch, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// giveBack moves one episode with its referral and what was raised for it.
func (c *decision) giveBack(e *Episode, to ID, ch *Change, out *Outcome) error {
	from := e.Child
	if err := c.noDuplicateRests(e, map[ID]bool{}); err != nil {
		return err
	}
	if e.DuplicateOf != 0 {
		return conflict("of", "%s came since and is marked a duplicate of %s: %s cannot be undone any more", e.ID, e.DuplicateOf, ch.ID)
	}
	if e.Child = to; e.Via == to {
		e.Via = 0
	}
	out.put(e)
	out.Warnings = append(out.Warnings, fmt.Sprintf("%s came since and goes back with it", e.ShownRef()))
	if e.Referral == 0 {
		return nil
	}
	r, err := c.referralOf(e)
	if err != nil {
		return err
	}
	if r.Cluster != 0 {
		return conflict("of", "%s came since and belongs to %s: leave it out or break that up first", e.ShownRef(), r.Cluster)
	}
	r = r.Clone()
	r.Child = to
	out.put(r)
	if r.Interview != 0 {
		v, err := c.Interview(r.Interview)
		if err != nil {
			return err
		}
		if v == nil {
			return NotThere(r.Interview, r.ID)
		}
		if len(v.Referrals) > 1 {
			return conflict("of", "%s came since and was interviewed together with others (%s): %s cannot be undone any more", e.ShownRef(), v.ID, ch.ID)
		}
		v = v.Clone()
		v.Child = to
		out.put(v)
	}
	fus, err := c.FollowUpsOf(from)
	if err != nil {
		return err
	}
	for _, f := range fus {
		if f.Referral == r.ID {
			f = f.Clone()
			f.Child = to
			out.put(f)
		}
	}
	return nil
}
