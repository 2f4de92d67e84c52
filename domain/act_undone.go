package domain

import (
	"errors"
	"fmt"
	"slices"
)

// undone takes a change back: each record as it was before. It refuses where somebody has built on one since; of a row of an
// import, whose child others may have come to rest on, only what is the child's own then stays as it is.
func (c *decision) undone(ch *Change, childStays bool) (*Outcome, error) {
	out := &Outcome{Undoes: ch.ID, Summary: "undone: " + ch.Summary}
	made := map[ID]bool{}
	var given []ID // back, of those that were taken away
	for _, t := range ch.Touched {
		made[t.ID] = t.Before == nil
	}
	for _, t := range ch.Touched {
		if t.ID.Kind() == KindNoted {
			if err := c.unNote(ch, t, out); err != nil {
				return nil, err
			}
			continue
		}
		rec, err := ReadRecord(c, t.ID)
		if err != nil {
			return nil, err
		}
		if rec == nil && t.After == nil && t.Before != nil { // it took the record away
			out.put(t.Before)
			given = append(given, t.ID)
			continue
		}
		if rec == nil || t.After == nil {
			return nil, conflict("of", "%s is not as %s left it any more", t.ID, ch.ID)
		}
		if rec.RecordVersion() != t.Ver {
			err = c.builtUpon(ch, t, rec)
		}
		if err == nil && t.Before == nil {
			err = c.nothingRests(t.ID, made)
		}
		var refused *Refusal
		if childStays && t.ID.Kind() == KindChild && errors.As(err, &refused) {
			out.Warnings = append(out.Warnings, fmt.Sprintf("the record of %s stays: %s", rec.(*Child).ShownRef(), refused.Message))
			continue
		}
		if err != nil {
			return nil, err
		}
		if t.Before == nil {
			out.Delete = append(out.Delete, t.ID)
			continue
		}
		if e, ok := rec.(*Episode); ok && e.Child != t.Before.ChildID() {
			if err := c.noDuplicateRests(e, made); err != nil { // it would be of another child
				return nil, err
			}
			if err := c.stillItself(t.Before.ChildID(), made); err != nil {
				return nil, err
			}
		}
		if was, ok := t.Before.(*Episode); ok {
			if err := c.timesMayGoBack(rec.(*Episode), was, made); err != nil {
				return nil, err
			}
		}
		if was, ok := t.Before.(*Referral); ok {
			if err := c.notOfDuplicate(was, made); err != nil {
				return nil, err
			}
			if err := c.othersStayed(ch, was, rec.(*Referral), made); err != nil {
				return nil, err
			}
		}
		out.put(t.Before.WithVersion(rec.RecordVersion()))
		if out.Named == 0 {
			out.Named = t.ID
		}
	}
	if ch.Act == "child.join" {
		if err := c.undoJoin(ch, made, out); err != nil {
			return nil, err
		}
	}
	if err := c.followUpsGo(out); err != nil {
		return nil, err
	}
	out.Named = namedOf(given, out.Named)
	if err := c.refsAreFree(out); err != nil {
		return nil, err
	}
	return out, c.mayStand(ch, out)
}

// namedOf is the record whose version the answer of a redo carries: the referral it gives back, else the episode, else one that was
// changed, else whatever it gives back.
func namedOf(given []ID, changed ID) ID {
	for _, k := range []Kind{KindReferral, KindEpisode} {
		if i := slices.IndexFunc(given, func(id ID) bool { return id.Kind() == k }); i >= 0 {
			return given[i]
		}
	}
	if changed == 0 && len(given) > 0 {
		return given[0]
	}
	return changed
}

// interviewRests refuses to take an interview away that a follow-up or a referral names which stays.
func (c *decision) interviewRests(id ID, along map[ID]bool) error {
	v, err := c.Interview(id)
	if err != nil || v == nil {
		return err
	}
	fus, err := c.FollowUpsOf(v.Child)
	if err != nil {
		return err
	}
	for _, f := range fus {
		if _, goes := along[f.ID]; f.Interview == id && !goes {
			return restsOn(f.ID, id)
		}
	}
	for _, ref := range v.Referrals {
		r, err := c.Referral(ref)
		if err != nil {
			return err
		}
		if _, goes := along[ref]; r != nil && r.Interview == id && !goes {
			return restsOn(ref, id)
		}
	}
	return nil
}

// nothingRests refuses to take away a record on which another one rests that the same change did not make.
func (c *decision) nothingRests(id ID, made map[ID]bool) error {
	rests := func(on ID) error { return restsOn(on, id) }
	switch id.Kind() {
	case KindChild:
		spans, err := c.SpansOf(id)
		if err != nil {
			return err
		}
		for _, s := range spans {
			if _, goes := made[s.ID]; !goes {
				return rests(s.ID)
			}
		}
		fus, err := c.FollowUpsOf(id)
		if err != nil {
			return err
		}
		for _, f := range fus {
			if _, goes := made[f.ID]; !goes {
				return rests(f.ID)
			}
		}
	case KindInterview:
		return c.interviewRests(id, made)
	case KindEpisode:
		e, err := c.Episode(id)
		if err != nil {
			return err
		}
		if e == nil {
			return NotThere(id, 0)
		}
		if e.Referral != 0 && !made[e.Referral] {
			return rests(e.Referral)
		}
		return c.noDuplicateRests(e, nil)
	default: // nothing rests on a record of another kind
	}
	return nil
}

func restsOn(what, on ID) error {
	return conflict("of", "%s rests on %s: it cannot be taken back any more", what, on)
}

// noDuplicateRests refuses to take an episode away from its child while another, which does not go along, is a duplicate of it.
func (c *decision) noDuplicateRests(e *Episode, along map[ID]bool) error {
	list, err := c.EpisodesOf(e.Child)
	if err != nil {
		return err
	}
	for _, o := range list {
		if _, goes := along[o.ID]; o.DuplicateOf == e.ID && !goes {
			return restsOn(o.ID, e.ID)
		}
	}
	return nil
}

// stillItself refuses to give an episode back to a child who was joined to another since.
func (c *decision) stillItself(id ID, along map[ID]bool) error {
	child, err := c.Child(id)
	if _, goes := along[id]; err != nil || child == nil || goes || child.JoinedTo == 0 {
		return err
	}
	return conflict("of", "%s was joined to %s since: it cannot be undone any more", child.ShownRef(), child.JoinedTo)
}

// notOfDuplicate refuses to open a referral again whose episode was found to be a duplicate since: no interview of its own
// is owed.
func (c *decision) notOfDuplicate(was *Referral, along map[ID]bool) error {
	if _, goes := along[was.Episode]; goes || !was.Stage.BeforeInterview() && was.LookAgain() == 0 {
		return nil
	}
	e, err := c.Episode(was.Episode)
	if err != nil || e == nil || e.DuplicateOf == 0 {
		return err
	}
	return conflict("of", "%s was marked a duplicate of %s since: %s would owe an interview of its own", e.ShownRef(), e.DuplicateOf, was.ID)
}

// timesMayGoBack refuses times that would make a fact impossible that was recorded since of a referral which stays: a contact
// before the child was missing, a cluster with a child who is not back.
func (c *decision) timesMayGoBack(is, was *Episode, along map[ID]bool) error {
	if _, goes := along[is.Referral]; goes || is.Referral == 0 {
		return nil
	}
	r, err := c.Referral(is.Referral)
	if err != nil || r == nil {
		return err
	}
	switch {
	case is.Over() && !was.Over() && r.Cluster != 0:
		return conflict("of", "%s came into %s since, with this return: leave it out first", is.ShownRef(), r.Cluster)
	case is.Located() && !was.Located():
		return conflict("of", "%s was worked on since, with this return: take the return back by an edit", r.ID)
	}
	var refused *Refusal
	if err := c.stillPossible(is, was); errors.As(err, &refused) {
		return conflict("of", "%s", refused.Message)
	} else if err != nil {
		return err
	}
	return nil
}

// refsAreFree refuses to give back a reference that belongs to another record by now.
func (c *decision) refsAreFree(out *Outcome) error {
	for _, rec := range out.Put {
		var ref string
		var find func(string) (ID, error)
		switch r := rec.(type) {
		case *Episode:
			ref, find = r.PoliceRef, c.EpisodeByPoliceRef
		case *Child:
			ref, find = r.Ref, c.ChildByRef
		}
		if ref == "" {
			continue
		}
		has, err := find(ref)
		if err != nil {
			return err
		}
		leaves := func(r Record) bool {
			e, ok := r.(*Episode)
			return r.RecordID() == has && ok && e.PoliceRef != ref
		}
		if has != 0 && has != rec.RecordID() && !slices.Contains(out.Delete, has) && !slices.ContainsFunc(out.Put, leaves) {
			return conflict("of", "%s belongs to %s by now: %s cannot have it back", ref, has, rec.RecordID())
		}
	}
	return nil
}
