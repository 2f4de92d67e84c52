package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Join says that two records are one child (DOMAIN §2, Same child?): all that was recorded of the other goes to the one
// kept, whose names stay; the other's reference leads there from now on. Clusters, alerts and counts follow, because
// they are derived.
type Join struct {
	Keep   string `json:"keep"`
	Other  string `json:"other"`
	Reason string `json:"reason" text:"note"`
}

// Name of the act.
func (a *Join) Name() string { return "child.join" }

func (a *Join) shape(*Settings, time.Time) error {
	return cmp.Or(need("keep", a.Keep), need("other", a.Other), need("reason", a.Reason))
}

func (a *Join) target(w Reader) (Record, error) { return childIn(w, "keep", a.Keep) }

func (a *Join) decide(c *decision, t Record) (*Outcome, error) {
	keep := t.(*Child).Clone()
	rec, err := c.otherChild("other", a.Other)
	if err != nil {
		return nil, err
	}
	other := rec.Clone()
	if other.ID == keep.ID {
		return nil, invalid("other", "%s and %s name the same child", a.Keep, a.Other)
	}
	if err := alikeRestricted(c.Settings(), keep, other); err != nil {
		return nil, err
	}
	if (keep.Died == nil) != (other.Died == nil) {
		return nil, invalid("other", "one of the two is recorded as having died and the other is not: record it of both first (child.died), or they are not one child")
	}
	out := &Outcome{Named: keep.ID, Summary: fmt.Sprintf("joined %s to %s", other.ShownRef(), keep.ShownRef())}
	n, err := c.move(other.ID, keep.ID, out)
	if err != nil {
		return nil, err
	}
	out.Summary += fmt.Sprintf(": %s came with it", episodes(n))
	keep.takeOver(other)
	other.JoinedTo, other.JoinedBy, other.JoinedAt, other.JoinedWhy = keep.ID, c.by, c.at, a.Reason
	spans, err := c.SpansOf(keep.ID)
	if err != nil {
		return nil, err
	}
	var newestFirst Moment
	for _, r := range out.Put {
		if e, ok := r.(*Episode); ok {
			for _, o := range overlaps(e, spans) {
				out.Warnings = append(out.Warnings, e.ShownRef()+" "+o)
			}
			if e.Placement != "" && newest(e, spans) && e.MissingAt.Unix() >= newestFirst.Unix() {
				newestFirst, keep.Placement = e.MissingAt, e.Placement
			}
		}
	}
	out.put(keep, other)
	return out, nil
}

func episodes(n int) string {
	if n == 1 {
		return "1 episode"
	}
	return fmt.Sprintf("%d episodes", n)
}

// move gives all records of one child to another and says how many episodes these were.
func (c *decision) move(from, to ID, out *Outcome) (n int, err error) {
	list, err := c.EpisodesOf(from)
	if err != nil {
		return 0, err
	}
	for _, e := range list {
		e = e.Clone()
		e.Child = to
		out.put(e)
		if e.Referral == 0 {
			continue
		}
		r, err := c.referralOf(e)
		if err != nil {
			return 0, err
		}
		r = r.Clone()
		r.Child = to
		out.put(r)
	}
	fus, err := c.FollowUpsOf(from)
	if err != nil {
		return 0, err
	}
	for _, f := range fus {
		f = f.Clone()
		f.Child = to
		out.put(f)
	}
	interviews, err := c.InterviewsOf(from)
	if err != nil {
		return 0, err
	}
	for _, v := range interviews {
		v = v.Clone()
		v.Child = to
		out.put(v)
	}
	clusters, err := c.ClustersOf(from)
	if err != nil {
		return 0, err
	}
	for _, cl := range clusters {
		cl = cl.Clone()
		cl.Child = to
		out.put(cl)
	}
	return len(list), nil
}

// takeOver adds to a child's card what the other's says more; what both say stays as it is here, and the other record
// keeps its own words.
func (c *Child) takeOver(o *Child) {
	if c.Ref == "" && o.Ref != "" {
		c.Ref, o.Ref, o.GaveRef = o.Ref, "", o.Ref
	}
	for _, name := range CardFields() {
		mine, theirs := c.cardText(name), o.cardText(name)
		if mine != nil && *mine == "" {
			*mine = *theirs
			if name == "summary" {
				c.Card.SummaryBy, c.Card.SummaryAt = o.Card.SummaryBy, o.Card.SummaryAt
			}
		}
	}
	if c.DOB == 0 {
		c.DOB = o.DOB
	}
	if c.Placement == "" {
		c.Placement = o.Placement
	}
	for col := range NumColumns {
		mine, theirs := c.Card.lines(col), o.Card.lines(col)
		if mine == nil {
			continue
		}
		for _, l := range *theirs {
			if !hasLine(*mine, l.Text) {
				*mine = append(*mine, l)
			}
		}
	}
	c.Joined = append(append(c.Joined, o.ID), o.Joined...)
	c.Dismissed = append(c.Dismissed, o.Dismissed...)
	for _, d := range o.Different {
		if !slices.Contains(c.Different, d) {
			c.Different = append(c.Different, d)
		}
	}
	same := append([]ID{c.ID}, c.Joined...)
	c.Different = slices.DeleteFunc(c.Different, func(d ID) bool { return slices.Contains(same, d) })
	for _, w := range o.Warned {
		if !slices.Contains(c.Warned, w) {
			c.Warned = append(c.Warned, w)
		}
	}
	// What the rows of the other say, as it is known or as it was before a person changed it, says nothing new next time.
	for _, name := range []string{"given_name", "family_name", "known_as", "dob", "gender", "preferred_way"} {
		mine := c.CardValue(name)
		for _, said := range []string{o.CardValue(name), o.Edited[name]} {
			m := Mismatch{Column: name, Known: mine, Said: said}
			if said != "" && Fold(said) != Fold(mine) && !slices.Contains(c.Warned, m) {
				c.Warned = append(c.Warned, m)
			}
		}
	}
}

// Duplicate says that an episode is the same one as another of the child: it then leaves every count and is listed as what
// it is (DOMAIN §2, Same episode?). The interview it would owe is the other's.
type Duplicate struct {
	Episode string `json:"episode"`
	Of      string `json:"of"`
	Reason  string `json:"reason" text:"note"`
}

// Name of the act.
func (a *Duplicate) Name() string { return "episode.duplicate" }

func (a *Duplicate) shape(*Settings, time.Time) error {
	return cmp.Or(need("episode", a.Episode), need("of", a.Of), need("reason", a.Reason))
}

func (a *Duplicate) target(w Reader) (Record, error) { return readEpisode(w, a.Episode) }

func (a *Duplicate) decide(c *decision, t Record) (*Outcome, error) {
	e := t.(*Episode).Clone()
	child, err := childOf(c, e)
	if err != nil {
		return nil, err
	}
	of, err := c.episodeOf(child, "of", a.Of)
	if err != nil {
		return nil, err
	}
	switch {
	case of.ID == e.ID:
		return nil, invalid("of", "%s cannot be a duplicate of itself", e.ShownRef())
	case e.DuplicateOf != 0:
		return nil, invalid("episode", "%s is a duplicate of %s already", e.ShownRef(), e.DuplicateOf)
	case of.DuplicateOf != 0:
		return nil, invalid("of", "%s is itself a duplicate of %s: name that one", of.ShownRef(), of.DuplicateOf)
	}
	if err := c.noDuplicates(e); err != nil {
		return nil, err
	}
	out := &Outcome{Named: e.ID, Summary: fmt.Sprintf("%s is a duplicate of %s", e.ShownRef(), of.ShownRef())}
	if err := c.noLongerOwed(e, of, a.Reason, out); err != nil {
		return nil, err
	}
	e.DuplicateOf, e.DuplicateBy, e.DuplicateAt, e.DuplicateWhy = of.ID, c.by, c.at, a.Reason
	out.put(e)
	return out, nil
}

// noDuplicates refuses to make a duplicate of an episode that others are duplicates of.
func (c *decision) noDuplicates(e *Episode) error {
	list, err := c.EpisodesOf(e.Child)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.DuplicateOf == e.ID {
			return invalid("episode", "%s is a duplicate of %s: mark them the other way round", o.ShownRef(), e.ShownRef())
		}
	}
	return nil
}

// noLongerOwed withdraws the referral of a duplicate while no interview was held, so that the child is asked once; what
// was recorded on it stays there. It refuses where the other episode owes no interview that could stand for this one.
func (c *decision) noLongerOwed(e, of *Episode, why string, out *Outcome) error {
	if e.Referral == 0 {
		return nil
	}
	rec, err := c.referralOf(e)
	if err != nil {
		return err
	}
	r := c.working(rec)
	if !r.Stage.BeforeInterview() && r.LookAgain() == 0 {
		return c.notAmong(r, why, out)
	}
	if of.Referral == 0 {
		return invalid("of", "%s owes an interview (%s) and %s has no referral: mark them the other way round, or record the return of %s first", e.ShownRef(), r.ID, of.ShownRef(), of.ShownRef())
	}
	others, err := c.referralOf(of)
	if err != nil {
		return err
	}
	if others.Stage == StageWithdrawn {
		return invalid("of", "%s owes an interview (%s) and the referral of %s (%s) is withdrawn: mark them the other way round, or reopen %s first", e.ShownRef(), r.ID, of.ShownRef(), others.ID, others.ID)
	}
	if b := r.Booking(); b != nil {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%s was booked for %s: book %s instead if that meeting stands", r.ID, b.When, of.Referral))
		b.Outcome, b.OutcomeBy, b.OutcomeAt, b.Note = "closed", c.by, c.at, "duplicate of "+of.ShownRef()
	}
	if err := c.leaves(r, PartedDuplicate, why, out); err != nil {
		return err
	}
	r.NotRequired = nil
	r.Closing = &Closing{As: StageWithdrawn, Text: "duplicate of " + of.ShownRef() + ": " + why, By: c.by, At: c.at}
	c.step(r, "episode.duplicate", StageWithdrawn, "duplicate of "+of.ShownRef())
	out.put(r)
	return nil
}

// notAmong takes a duplicate whose referral is closed out of a cluster without an interview yet: reopened, that one would
// be for the others.
func (c *decision) notAmong(r *Referral, why string, out *Outcome) error {
	if r.Cluster == 0 {
		return nil
	}
	cl, err := c.clusterOf(r)
	if err != nil || !cl.Outstanding() {
		return err
	}
	out.put(r)
	return c.leaves(r, PartedDuplicate, why, out)
}
