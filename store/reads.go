package store

import (
	"bytes"
	"slices"

	"homeward/domain"
)

// The look-ups a question or a decision makes, each answered by an index.

// ids collects where the keys with a prefix lead.
func (w *world) ids(b bucket, prefix []byte) (out []domain.ID, err error) {
	defer w.catch(&err)
	err = w.t.scan(b, prefix, func(k, _ []byte) (bool, error) {
		id, err := lastID(k)
		out = append(out, id)
		return true, err
	})
	return out, err
}

// byText finds what has exactly that text in an index of texts, the first made where there are several.
func (w *world) byText(b bucket, text string) (found domain.ID, err error) {
	defer w.catch(&err)
	if text == "" {
		return 0, nil
	}
	err = w.t.scan(b, w.t.texts.prefix(b, text), func(k, _ []byte) (bool, error) {
		found, err = lastID(k)
		return false, err
	})
	return found, err
}

func (w *world) ChildByRef(ref string) (domain.ID, error) { return w.byText(ixChildRef, ref) }

func (w *world) EpisodeByPoliceRef(ref string) (domain.ID, error) {
	if ref == "" {
		return 0, nil
	}
	return w.byText(ixPolice, ref)
}

func (w *world) ChildrenBorn(dob domain.Date) (out []domain.NamedChild, err error) {
	defer w.catch(&err)
	if dob == 0 {
		return nil, nil
	}
	err = w.t.alike(bornHint(dob), func(id domain.ID, k likeness) (bool, error) {
		if k.dob == 0 || bornHint(k.dob) != bornHint(dob) {
			return true, nil
		}
		closed, err := w.isClosed(id)
		if err == nil && !closed {
			out = append(out, domain.NamedChild{ID: id, DOB: k.dob, Names: k.names})
		}
		return true, err
	})
	return out, err
}

func (w *world) ChildrenPlaced(placement, given string) (out []domain.ID, err error) {
	defer w.catch(&err)
	p, g := domain.Fold(placement), domain.Fold(given)
	if p == "" || g == "" {
		return nil, nil
	}
	err = w.t.alike(placedHint(p), func(id domain.ID, k likeness) (bool, error) {
		if k.placement == p && k.given == g {
			out = append(out, id)
		}
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return w.open(out)
}

// PlacedAt counts those who are placed somewhere and have a name.
func (w *world) PlacedAt(placement string, most int) (n int, err error) {
	defer w.catch(&err)
	p := domain.Fold(placement)
	if p == "" {
		return 0, nil
	}
	err = w.t.alike(placedHint(p), func(_ domain.ID, k likeness) (bool, error) {
		if k.placement == p && k.given != "" {
			n++
		}
		return n < most, nil
	})
	return n, err
}

// policeHits is how many police references a search looks at.
const policeHits = 1000

func (w *world) Find(query string, limit int) (out []domain.ID, err error) {
	defer w.catch(&err)
	if limit <= 0 {
		return nil, nil
	}
	hits := map[domain.ID]bool{}
	if p := policeFold(query); p != "" {
		if err := w.t.policeHits(p, policeHits, func(child domain.ID) { hits[child] = true }); err != nil {
			return nil, err
		}
	}
	words := domain.SearchWords(query)
	if len(words) == 0 && len(hits) == 0 {
		return nil, nil
	}
	pats := make([][]byte, len(words))
	for i, s := range words {
		pats[i] = []byte(s)
	}
	err = w.t.scanBack(ixSearch, nil, func(k, v []byte) (bool, error) {
		id, err := lastID(k)
		if err != nil {
			return false, err
		}
		if hits[id] || len(pats) > 0 && holdsAll(v, pats) {
			closed, err := w.isClosed(id)
			if err != nil {
				return false, err
			}
			if !closed {
				out = append(out, id)
			}
		}
		return len(out) < limit, nil
	})
	return out, err
}

func holdsAll(line []byte, words [][]byte) bool {
	for _, p := range words {
		if !bytes.Contains(line, p) {
			return false
		}
	}
	return true
}

func (w *world) SpansOf(child domain.ID) (out []domain.EpisodeSpan, err error) {
	defer w.catch(&err)
	err = w.t.scan(ixSpans, idKey(child), func(k, v []byte) (bool, error) {
		s, err := readSpan(k, v)
		out = append(out, s)
		return true, err
	})
	return out, err
}

func (w *world) OpenEpisodes() ([]domain.ID, error)  { return w.ids(ixMissing, nil) }
func (w *world) LookAgains() ([]domain.ID, error)    { return w.ids(ixLookAgain, nil) }
func (w *world) OpenFollowUps() ([]domain.ID, error) { return w.ids(ixFollowUpDue, nil) }

func (w *world) OpenReferrals() ([]domain.ID, error) {
	ids, err := w.ids(ixDue, nil)
	if err != nil || !w.t.s.policyOld {
		return ids, err
	}
	return w.sortByDue(ids)
}

// sortByDue puts open referrals in order by the policy in force, where the index was built with another one and the
// database is shared, so that it cannot be built again.
func (w *world) sortByDue(ids []domain.ID) (out []domain.ID, err error) {
	defer w.catch(&err)
	keys := make([][]byte, 0, len(ids))
	for _, id := range ids {
		rec, err := w.t.record(id)
		if err != nil {
			return nil, err
		}
		r, ok := rec.(*domain.Referral)
		if !ok || r == nil {
			return nil, dangling(id)
		}
		due, err := dueOf(w.t.settings, r, w.t.record)
		if err != nil {
			return nil, err
		}
		keys = append(keys, timeIDKey(due, id))
	}
	slices.SortFunc(keys, bytes.Compare)
	for _, k := range keys {
		out = append(out, idAt(k[8:]))
	}
	return out, nil
}

func (w *world) AttemptOwners(attempt domain.ID) ([]domain.ID, error) {
	return w.ids(ixAttempt, idKey(attempt))
}
