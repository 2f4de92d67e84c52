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

// giveBack moves one episode with its referral and what was written for it.
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
	list, err := c.InterviewsOf(from)
	if err != nil {
		return err
	}
	for _, v := range list {
		if !slices.Contains(v.Referrals, r.ID) {
			continue
		}
		if len(v.Referrals) > 1 {
			return conflict("of", "%s came since and was interviewed together with others (%s): %s cannot be undone any more", e.ShownRef(), v.ID, ch.ID)
		}
		v = v.Clone()
		if v.Child = to; v.Into != 0 && r.Interview == 0 {
			r.Interview, v.Into = v.ID, 0
		}
		out.put(v)
	}
	return nil
}

// followUpsGo sends, with what an undo gives back to another child, the follow-ups that came of it since. One that was raised by a
// record is of the child whose the record is.
func (c *decision) followUpsGo(out *Outcome) error {
	var left []ID
	for _, rec := range out.Put {
		if k := rec.RecordID().Kind(); k != KindReferral && k != KindInterview {
			continue
		}
		is, err := ReadRecord(c, rec.RecordID())
		if err != nil {
			return err
		}
		if is != nil && is.ChildID() != rec.ChildID() && !slices.Contains(left, is.ChildID()) {
			left = append(left, is.ChildID())
		}
	}
	for _, child := range left {
		list, err := c.FollowUpsOf(child)
		if err != nil {
			return err
		}
		for _, f := range list {
			if _, put := putAlready[*FollowUp](out, f.ID); put {
				continue
			}
			if err := c.followUpGoes(f.Clone(), out); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *decision) followUpGoes(f *FollowUp, out *Outcome) error {
	v, err := willBe[*Interview](c, out, f.Interview)
	if err != nil {
		return err
	}
	r, err := willBe[*Referral](c, out, f.Referral)
	if err != nil {
		return err
	}
	was := *f
	if v != nil {
		f.Child = v.Child
		if r != nil && r.Child != v.Child {
			f.isAbout(v)
		}
	} else if r != nil {
		f.Child = r.Child
	}
	if f.Child == was.Child && f.Referral == was.Referral {
		return nil
	}
	out.put(f)
	if f.Child != was.Child {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s goes with it", f.ID))
	}
	return nil
}
