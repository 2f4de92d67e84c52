package domain

import (
	"cmp"
	"slices"
)

// What a Sandbox says of clusters: like its lists, the base's without what was changed here, and what was made here.

// CandidatesOf a child, here and in the base.
func (w *Sandbox) CandidatesOf(child ID) ([]Candidate, error) {
	base, err := w.Reader.CandidatesOf(child)
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(slices.Clone(base), func(k Candidate) bool {
		_, e := w.records[k.Episode]
		_, r := w.records[k.Referral]
		return e || r
	})
	// An episode changed here may have its referral in the base, and the other way round.
	looked := map[ID]bool{}
	for _, rec := range w.records {
		var id ID
		switch rec := rec.(type) {
		case *Episode:
			id = rec.Referral
		case *Referral:
			id = rec.ID
		}
		if id == 0 || looked[id] {
			continue
		}
		looked[id] = true
		r, err := w.Referral(id)
		if err != nil {
			return nil, err
		}
		if r == nil || r.Child != child {
			continue
		}
		e, err := w.Episode(r.Episode)
		if err != nil {
			return nil, err
		}
		if k, ok := CandidateOf(e, r); ok {
			out = append(out, k)
		}
	}
	SortCandidates(out)
	return out, nil
}

// SuggestedChildren of the base, and those here that have a suggestion now.
func (w *Sandbox) SuggestedChildren() ([]ID, error) {
	base, err := w.Reader.SuggestedChildren()
	if err != nil {
		return nil, err
	}
	ask := map[ID]bool{}
	for _, id := range base {
		ask[id] = true
	}
	for _, rec := range w.records {
		if rec != nil && rec.ChildID() != 0 {
			ask[rec.ChildID()] = true
		}
	}
	var out []ID
	for id := range ask {
		list, err := w.CandidatesOf(id)
		if err != nil {
			return nil, err
		}
		if len(SuggestClusters(&w.Settings().Policy, OutstandingOn(list, 0))) > 0 {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Cluster reads one.
func (w *Sandbox) Cluster(id ID) (*Cluster, error) {
	if c, ok := here[*Cluster](w, id); ok {
		return c, nil
	}
	return w.Reader.Cluster(id)
}

// ClustersOf a child, here and in the base.
func (w *Sandbox) ClustersOf(child ID) ([]*Cluster, error) {
	list, err := w.Reader.ClustersOf(child)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(c *Cluster) bool { _, ok := w.records[c.ID]; return ok })
	for _, rec := range w.records {
		if c, ok := rec.(*Cluster); ok && c.Child == child {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *Cluster) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// StandingClusters are those that were not broken up.
func (w *Sandbox) StandingClusters(held bool) ([]ID, error) {
	base, err := w.Reader.StandingClusters(held)
	return w.list(base, err, func(r Record) bool {
		c, ok := r.(*Cluster)
		return ok && c.Stands() && (c.HeldAt != 0) == held
	})
}

// ChildrenMissingSince adds the children whose episodes began here.
func (w *Sandbox) ChildrenMissingSince(t Moment) ([]ID, error) {
	base, err := w.Reader.ChildrenMissingSince(t)
	if err != nil {
		return nil, err
	}
	ask := map[ID]bool{}
	for _, id := range base {
		ask[id] = true
	}
	for _, rec := range w.records {
		switch rec := rec.(type) {
		case *Episode:
			ask[rec.Child] = true
		case *Child:
			ask[rec.ID] = true // joined here: its episodes went elsewhere
		}
	}
	var out []ID
	for id := range ask {
		spans, err := w.SpansOf(id)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(spans, func(s EpisodeSpan) bool { return !s.Duplicate && s.Start.Unix() > t.Unix() }) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}
