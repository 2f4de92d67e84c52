package store

import (
	"encoding/binary"
	"slices"

	"homeward/domain"
)

// The look-ups about clusters, each answered by an index.

func (w *world) Cluster(id domain.ID) (*domain.Cluster, error) { return as[domain.Cluster](w.own(id)) }

func (w *world) CandidatesOf(child domain.ID) (out []domain.Candidate, err error) {
	defer w.catch(&err)
	err = w.t.scan(ixCandidates, idKey(child), func(k, v []byte) (bool, error) {
		c, err := readCandidate(k, v)
		out = append(out, c)
		return true, err
	})
	if err != nil {
		return nil, err
	}
	domain.SortCandidates(out)
	closed, err := w.isClosed(child)
	if closed {
		for i := range out {
			out[i].PoliceRef = "" // as the episode itself has none for who may not see it
		}
	}
	return out, err
}

// SuggestedChildren come from the index, or where that was built with another policy and the database is shared, from the
// candidates.
func (w *world) SuggestedChildren() (out []domain.ID, err error) {
	if !w.t.s.policyOld {
		return w.ids(ixSuggested, nil)
	}
	defer w.catch(&err)
	err = w.t.eachSuggested(&w.t.settings.Policy, func(child domain.ID, _ []byte) error {
		out = append(out, child)
		return nil
	})
	return out, err
}

func (w *world) ClustersOf(child domain.ID) ([]*domain.Cluster, error) {
	ids, err := w.ids(ixClusters, idKey(child))
	if err != nil {
		return nil, err
	}
	return all(w, ids, w.Cluster)
}

func (w *world) StandingClusters(held bool) ([]domain.ID, error) {
	return w.ids(ixStanding, standingPrefix(held))
}

func (w *world) ChildrenMissingSince(since domain.Moment) (out []domain.ID, err error) {
	defer w.catch(&err)
	from := binary.BigEndian.AppendUint64(nil, uint64(since.Unix()+1)^1<<63)
	err = w.t.scanFrom(ixStarts, from, func(_, v []byte) (bool, error) {
		child, err := lastID(v)
		out = append(out, child)
		return true, err
	})
	slices.Sort(out)
	return slices.Compact(out), err
}
