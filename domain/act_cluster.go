package domain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// AcceptCluster makes one interview of a suggestion (DOMAIN §5). Episodes are the police references (or E-numbers) of the
// suggestion less those left out; leaving any out needs a reason, and so does a member at risk.
type AcceptCluster struct {
	ChildRef string   `json:"child_ref"`
	Episodes []string `json:"episodes"`
	Reason   string   `json:"reason,omitempty" text:"note"`
}

// Name of the act.
func (a *AcceptCluster) Name() string { return "cluster.accept" }

func (a *AcceptCluster) shape(*Settings, time.Time) error {
	return cmp.Or(need("child_ref", a.ChildRef), someEpisodes(a.Episodes))
}

func someEpisodes(refs []string) error {
	if len(refs) == 0 {
		return invalid("episodes", "is required: the police references of the suggestion")
	}
	for i, r := range refs {
		if r == "" {
			return invalid("episodes", "one of them is blank")
		}
		if slices.Contains(refs[:i], r) {
			return invalid("episodes", "%s stands there twice", r)
		}
	}
	return nil
}

func (a *AcceptCluster) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

func (a *AcceptCluster) decide(c *decision, t Record) (*Outcome, error) {
	child := t.(*Child)
	chosen, from, err := c.ofSuggestion(child, a.Episodes)
	if err != nil {
		return nil, err
	}
	p := &c.Settings().Policy
	if len(chosen) < p.ClusterMin {
		return nil, invalid("episodes", "%d are too few for one interview: at least %d (policy cluster_min)", len(chosen), p.ClusterMin)
	}
	id, err := c.NextID(KindCluster)
	if err != nil {
		return nil, err
	}
	cl := &Cluster{ID: id, Child: child.ID, By: c.by, At: c.at, Reason: a.Reason}
	var refs []*Referral
	var members []Member
	var left []string
	for _, k := range from.Members {
		m := ClusterMember{k.Episode, k.Referral}
		if !slices.Contains(chosen, k.Episode) {
			left = append(left, k.ShownRef())
			cl.Parted = append(cl.Parted, Parted{ClusterMember: m, How: PartedLeftOut, Why: a.Reason, By: c.by, At: c.at})
			continue
		}
		cl.Members = append(cl.Members, m)
		e, r, err := c.outstanding(k)
		if err != nil {
			return nil, err
		}
		refs, members = append(refs, r), append(members, Member{e, r})
	}
	if a.Reason == "" {
		if left != nil {
			return nil, invalid("reason", "is required: %s is left out", strings.Join(left, ", "))
		}
		if why := AsksReason(members); why != nil {
			return nil, invalid("reason", "is required for one interview: %s", strings.Join(why, "; "))
		}
	}
	out := &Outcome{Named: id}
	out.put(cl)
	out.Warnings = c.shareClusterState(id, a.Name(), refs)
	if err := c.oneRecord(refs, id, out); err != nil {
		return nil, err
	}
	for _, r := range refs {
		out.put(r)
	}
	out.Summary = fmt.Sprintf("one interview for %d episodes of %s, due %s (%s)", len(refs), child.ShownRef(), ClusterInterview(p, members, 0).Due, id)
	if left != nil {
		out.Summary += ", without " + strings.Join(left, ", ")
	}
	return out, nil
}

// outstanding reads a candidate with a working copy of its referral.
func (c *decision) outstanding(k Candidate) (*Episode, *Referral, error) {
	e, err := c.Episode(k.Episode)
	if err != nil {
		return nil, nil, err
	}
	r, err := c.Referral(k.Referral)
	if err != nil {
		return nil, nil, err
	}
	if e == nil || r == nil {
		return nil, nil, NotThere(k.Referral, k.Episode)
	}
	if c.at.Before(e.ReturnedAt) {
		return nil, nil, notYet(c.at, followed{at: e.ReturnedAt, what: "the return of " + e.ShownRef()})
	}
	return e, c.working(r), nil
}

// ofSuggestion finds the one current suggestion to which all the named episodes of a child belong.
func (c *decision) ofSuggestion(child *Child, refs []string) (chosen []ID, from Suggestion, err error) {
	if !c.Settings().Policy.Clusters {
		return nil, from, invalid("", "the policy makes no clusters (policy clusters)")
	}
	for _, ref := range refs {
		e, err := c.episodeOf(child, "episodes", ref)
		if err != nil {
			return nil, from, err
		}
		if slices.Contains(chosen, e.ID) {
			return nil, from, invalid("episodes", "%s stands there twice", ref)
		}
		chosen = append(chosen, e.ID)
	}
	all, err := SuggestionsFor(c, child)
	if err != nil {
		return nil, from, err
	}
	for _, s := range all {
		if !slices.ContainsFunc(chosen, func(e ID) bool { return !s.Has(e) }) {
			return chosen, s, nil
		}
	}
	var sets []string
	for _, s := range all {
		var in []string
		for _, k := range s.Members {
			in = append(in, k.ShownRef())
		}
		sets = append(sets, strings.Join(in, ", "))
	}
	if sets == nil {
		return nil, from, invalid("episodes", "nothing is suggested for %s now: look at the list of clusters", child.ShownRef())
	}
	return nil, from, invalid("episodes", "these do not belong to one current suggestion; suggested is %s", strings.Join(sets, " and "))
}

// episodeOf finds an episode of a child that a field of an act names.
func (c *decision) episodeOf(child *Child, field, ref string) (*Episode, error) {
	rec, err := readEpisode(c, ref)
	if err != nil {
		return nil, atField(err, field)
	}
	if err := MayOpen(c, rec); err != nil {
		return nil, err
	}
	e := rec.(*Episode)
	if e.Child != child.ID {
		return nil, invalid(field, "%s is no episode of %s", ref, child.ShownRef())
	}
	return e, nil
}

// atField says of a refusal at which field of the act it is.
func atField(err error, field string) error {
	var no *Refusal
	if errors.As(err, &no) {
		no.Field = field
	}
	return err
}

// DismissCluster says no to a suggestion, with a reason. A suggestion with exactly these members shows as dismissed; one
// that a new return makes larger is a new one.
type DismissCluster struct {
	ChildRef string   `json:"child_ref"`
	Episodes []string `json:"episodes"`
	Reason   string   `json:"reason" text:"note"`
}

// Name of the act.
func (a *DismissCluster) Name() string { return "cluster.dismiss" }

func (a *DismissCluster) shape(*Settings, time.Time) error {
	return cmp.Or(need("child_ref", a.ChildRef), someEpisodes(a.Episodes), need("reason", a.Reason))
}

func (a *DismissCluster) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

func (a *DismissCluster) decide(c *decision, t Record) (*Outcome, error) {
	child := t.(*Child).Clone()
	chosen, from, err := c.ofSuggestion(child, a.Episodes)
	if err != nil {
		return nil, err
	}
	if len(chosen) != len(from.Members) {
		return nil, invalid("episodes", "a suggestion is dismissed as a whole, and this one has %d members", len(from.Members))
	}
	if d := from.Dismissed; d != nil {
		return nil, invalid("episodes", "%s dismissed it already at %s: %s", c.Settings().PersonAt(d.By, d.At), d.At, d.Why)
	}
	c.dismiss(child, chosen, a.Reason)
	return &Outcome{Put: []Record{child}, Named: child.ID, Summary: fmt.Sprintf("%d episodes of %s stay with an interview each", len(chosen), child.ShownRef())}, nil
}

func (c *decision) dismiss(child *Child, episodes []ID, why string) {
	set := slices.Sorted(slices.Values(episodes))
	child.Dismissed = append(child.Dismissed, Dismissal{Episodes: set, Why: why, By: c.by, At: c.at})
}
