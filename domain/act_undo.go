package domain

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Undo takes back a change of one's own while nothing rests on it.
type Undo struct {
	Of string `json:"of,omitempty"`
}

// Name of the act.
func (a *Undo) Name() string { return "undo" }

func (a *Undo) shape(*Settings, time.Time) error { return nil }
func (a *Undo) target(Reader) (Record, error)    { return nil, nil }

// own is settled in decide, where the change is read.
func (a *Undo) own(Reader, Record, Actor) error { return nil }

func (a *Undo) decide(c *decision, _ Record) (*Outcome, error) {
	ch, err := a.change(c)
	if err != nil {
		return nil, err
	}
	switch {
	case ch.By != c.by:
		return nil, forbidden("%s was done by %s: everyone undoes their own changes only", ch.ID, c.Settings().PersonName(ch.By))
	case ch.UndoOf != 0:
		return nil, invalid("of", "%s is itself an undo, of %s: do the act again instead", ch.ID, ch.UndoOf)
	case ch.Undone != 0:
		return nil, conflict("of", "%s was undone already", ch.ID)
	case strings.HasPrefix(ch.Act, "import."):
		return nil, invalid("of", "%s is part of an import, which is taken back as a whole: homeward import --take-back", ch.ID)
	case len(ch.Touched) == 0:
		return nil, invalid("of", "%s changed no record", ch.ID)
	}
	return c.undone(ch, false)
}

// undone takes a change back: each record as it was before. It refuses where somebody has built on one since; of a row of an
// import, whose child others may have come to rest on, only what is the child's own then stays as it is.
func (c *decision) undone(ch *Change, childStays bool) (*Outcome, error) {
	out := &Outcome{Undoes: ch.ID, Summary: "undone: " + ch.Summary}
	made := map[ID]bool{}
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
		if rec == nil {
			return nil, conflict("of", "%s is not there any more", t.ID)
		}
		if rec.RecordVersion() != t.Ver {
			err = c.builtUpon(ch, t)
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
		return out, c.undoJoin(ch, made, out)
	}
	return out, nil
}

func (a *Undo) change(c *decision) (*Change, error) {
	if a.Of == "" {
		ch, err := c.LastChange(c.by)
		if err != nil {
			return nil, err
		}
		if ch == nil {
			return nil, notFound("of", "you have changed nothing that could be undone")
		}
		return ch, nil
	}
	return numbered(KindChange, "of", a.Of, c.Change)
}

// builtUpon refuses where a later change stands in the way, and names it. Changes that were undone, and the undos
// that took them back, leave the record as it was and stand in nobody's way.
func (c *decision) builtUpon(ch *Change, t Touched) error {
	later, err := c.laterChange(ch, t)
	if err != nil || later == nil {
		return err
	}
	return conflict("of", "%s was changed since by %s at %s (%s): %s cannot be undone any more",
		t.ID, c.Settings().PersonName(later.By), later.At.Local().Format("15:04"), later.Summary, ch.ID)
}

func (c *decision) laterChange(ch *Change, t Touched) (*Change, error) {
	rec := t.After
	if rec == nil {
		return nil, nil
	}
	changes, err := c.ChangesTo(rec.ChildID())
	if err != nil {
		return nil, err
	}
	for _, l := range changes {
		if l.ID <= ch.ID || l.Undone != 0 || l.UndoOf != 0 {
			continue
		}
		for _, lt := range l.Touched {
			if lt.ID == t.ID {
				return l, nil
			}
		}
	}
	return nil, nil
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
	return conflict("of", "%s rests on %s: it cannot be undone any more", what, on)
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

// othersStayed refuses to bring a referral back among the members of a cluster that went on without it: stage, booking and
// assignee of one interview are common (DOMAIN §5).
func (c *decision) othersStayed(ch *Change, was, is *Referral, along map[ID]bool) error {
	if was.Cluster == 0 || !was.Stage.BeforeInterview() || was.Cluster == is.Cluster && was.Stage == is.Stage {
		return nil
	}
	cl, err := c.Cluster(was.Cluster)
	if err != nil || cl == nil {
		return err // the undo gives it back, with all its members
	}
	changes, err := c.ChangesTo(cl.Child)
	if err != nil {
		return err
	}
	for _, l := range changes {
		if l.ID <= ch.ID || l.Undone != 0 || l.UndoOf != 0 {
			continue
		}
		for _, t := range l.Touched {
			if _, goes := along[t.ID]; goes || !cl.interviews(t.ID) {
				continue
			}
			if b, ok := t.Before.(*Referral); ok && t.After != nil && b.wentOn(t.After.(*Referral)) {
				return conflict("of", "%s went on since without %s (%s, by %s): %s cannot be undone any more", cl.ID, was.ID, l.Summary, c.Settings().PersonName(l.By), ch.ID)
			}
		}
	}
	return nil
}

// wentOn says that a later state of a referral has another stage, booking or assignee.
func (r *Referral) wentOn(later *Referral) bool {
	a, b := r.Booking(), later.Booking()
	return r.Stage != later.Stage || r.AssignedTo != later.AssignedTo || (a == nil) != (b == nil) || a != nil && !a.sameAs(b)
}
