package store

import (
	"bytes"
	"maps"
	"slices"

	"homeward/domain"
)

// The suggested clusters of a child follow from its candidates and the policy. They are kept so that a list of them need
// not look at every child; what changes is a child's, so a transaction computes each child it touched once, at its end or
// when somebody looks.

// noteCandidate remembers the child whose candidates an entry changed.
func (t *txn) noteCandidate(e entry) {
	if e.in != ixCandidates {
		return
	}
	if t.stale == nil {
		t.stale = make(map[domain.ID]struct{})
	}
	t.stale[idAt(e.key)] = struct{}{}
}

// settleSuggested computes the suggestions of the children whose candidates changed.
func (t *txn) settleSuggested() error {
	if len(t.stale) == 0 {
		return nil
	}
	children := slices.Sorted(maps.Keys(t.stale))
	t.stale = nil     // before the buckets are looked into, which settles
	var changed []put // applied afterwards: a look into a bucket brings what waits to it
	var g candidateGroup
	for _, child := range children {
		g.begin(child)
		if err := t.scan(ixCandidates, idKey(child), func(k, v []byte) (bool, error) { g.add(k, v); return true, nil }); err != nil {
			return err
		}
		value, err := g.suggested(&t.settings.Policy)
		if err != nil {
			return err
		}
		var was []byte
		key := idKey(child)
		if err := t.scan(ixSuggested, key, func(_, v []byte) (bool, error) { was = v; return false, nil }); err != nil {
			return err
		}
		if !bytes.Equal(value, was) {
			changed = append(changed, put{key, value})
		}
	}
	for _, c := range changed {
		t.changed = true
		if c.value != nil {
			t.putEntry(ixSuggested, c.key, c.value)
		} else if err := t.bucket(ixSuggested).Delete(c.key); err != nil {
			return err
		}
	}
	return nil
}

// rebuildSuggested computes them all.
func (t *txn) rebuildSuggested() error {
	t.stale = nil
	if err := t.empty(ixSuggested); err != nil {
		return err
	}
	if err := t.eachSuggested(&t.settings.Policy, func(child domain.ID, value []byte) error {
		t.putEntry(ixSuggested, idKey(child), value)
		return nil
	}); err != nil {
		return err
	}
	return t.flushAll()
}

// eachSuggested searches all candidates in one pass and calls f for every child with suggestions, by number.
func (t *txn) eachSuggested(p *domain.Policy, f func(child domain.ID, value []byte) error) error {
	t.readAhead(ixCandidates)
	var g candidateGroup
	done := func() error {
		value, err := g.suggested(p)
		if err != nil || value == nil {
			return err
		}
		return f(g.child, value)
	}
	if err := t.scan(ixCandidates, nil, func(k, v []byte) (bool, error) {
		if len(k) < idSize {
			return false, malformed("the candidates for a cluster")
		}
		if child := idAt(k); child != g.child {
			if err := done(); err != nil {
				return false, err
			}
			g.begin(child)
		}
		g.add(k, v)
		return true, nil
	}); err != nil {
		return err
	}
	return done()
}

// candidateGroup collects one child's candidates as they are kept: most children have too few for a cluster, and of those
// nothing needs to be read.
type candidateGroup struct {
	child domain.ID
	raw   []put // of the transaction
	list  []domain.Candidate
}

func (g *candidateGroup) begin(child domain.ID) { g.child, g.raw = child, g.raw[:0] }

func (g *candidateGroup) add(key, value []byte) { g.raw = append(g.raw, put{key, value}) }

// suggested is what is kept of the child's suggestions; nil when it has none.
func (g *candidateGroup) suggested(p *domain.Policy) ([]byte, error) {
	near, err := g.near(p)
	if err != nil || !near {
		return nil, err
	}
	g.list = g.list[:0]
	for _, e := range g.raw {
		k, err := readCandidate(e.key, e.value)
		if err != nil {
			return nil, err
		}
		g.list = append(g.list, k)
	}
	list := domain.OutstandingOn(g.list, 0)
	var sets [][]domain.ID
	for _, c := range domain.SuggestClusters(p, list) {
		set := make([]domain.ID, 0, c[1]-c[0])
		for _, k := range list[c[0]:c[1]] {
			set = append(set, k.Episode)
		}
		sets = append(sets, set)
	}
	return suggestedValue(sets), nil
}

// near says whether enough candidates began within a window's length for any cluster to be. It goes by the bytes alone.
// The rule goes by returns, which with a date alone stand at the beginning of their day: an hour over a day before their
// start at most. Where one lies earlier nothing is left aside.
func (g *candidateGroup) near(p *domain.Policy) (bool, error) {
	const day = 24 * 60 * 60
	const slack = 2 * day
	n := max(p.ClusterMin, 1)
	if !p.Clusters || len(g.raw) < n {
		return false, nil
	}
	within := int64(p.ClusterWindow)*day + slack + day // the window may hold the hour the clocks go back
	for i := range g.raw {
		start, back, err := candidateTimes(g.raw[i])
		if err != nil {
			return false, err
		}
		if back < start-slack {
			return true, nil
		}
		if i < n-1 {
			continue
		}
		first, _, err := candidateTimes(g.raw[i-n+1])
		if err != nil {
			return false, err
		}
		if start-first <= within {
			return true, nil
		}
	}
	return false, nil
}
