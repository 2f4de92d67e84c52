package store

import (
	"bytes"
	"slices"

	"homeward/domain"
)

// entry is one entry of an index.
type entry struct {
	in    bucket
	key   []byte
	value []byte
}

// records finds records while entries are made: those of a transaction.
type records func(domain.ID) (domain.Record, error)

// entriesOf appends which index entries a record has, given the records it is read with. Putting and checking both go by it.
func entriesOf(out []entry, texts textKeys, s *domain.Settings, r domain.Record, find records) ([]entry, error) {
	switch r := r.(type) {
	case *domain.Child:
		return childEntries(out, texts, r), nil
	case *domain.Episode:
		return episodeEntries(out, texts, r), nil
	case *domain.Referral:
		return referralEntries(out, s, r, find)
	case *domain.Cluster:
		return clusterEntries(out, r), nil
	case *domain.Interview:
		return interviewEntries(out, r), nil
	case *domain.FollowUp:
		return followUpEntries(out, r), nil
	case *domain.Noted:
		return notedEntries(out, texts, r), nil
	}
	return out, nil
}

func childEntries(out []entry, texts textKeys, c *domain.Child) []entry {
	if c.Ref != "" {
		out = append(out, entry{ixChildRef, texts.withID(ixChildRef, c.Ref, c.ID), []byte(c.Ref)})
	}
	out = append(out, entry{ixAlike, idKey(c.ID), likenessOf(c).bytes()})
	return append(restrictedEntries(out, c), entry{ixSearch, idKey(c.ID), []byte(domain.SearchLine(c))})
}

func episodeEntries(out []entry, texts textKeys, e *domain.Episode) []entry {
	if e.PoliceRef != "" {
		out = append(out, entry{ixPolice, texts.withID(ixPolice, e.PoliceRef, e.ID), append(idKey(e.Child), e.PoliceRef...)})
	}
	if e.Child != 0 {
		out = append(out, entry{ixSpans, spanKey(e.Child, e.MissingAt, e.ID), spanValue(e)})
	}
	if e.Unsettled() {
		out = append(out, entry{ixMissing, timeIDKey(e.MissingAt, e.ID), nil})
	}
	return returnEntries(startEntries(out, e), e)
}

// startEntries keep by when they began the episodes that count.
func startEntries(out []entry, e *domain.Episode) []entry {
	if e.Child == 0 || e.MissingAt == 0 || e.DuplicateOf != 0 {
		return out
	}
	return append(out, entry{ixStarts, timeIDKey(e.MissingAt, e.ID), idKey(e.Child)})
}

// returnEntries keep by when they ended the episodes that count, so that a period's need no look at any other.
func returnEntries(out []entry, e *domain.Episode) []entry {
	if e.Child == 0 || e.ReturnedAt == 0 || e.DuplicateOf != 0 {
		return out
	}
	return append(out, entry{ixReturns, timeIDKey(e.ReturnedAt, e.ID), idKey(e.Referral)})
}

// questionEntries keep a referral by when what was asked about it was answered; what is open stands last.
func questionEntries(out []entry, r *domain.Referral) []entry {
	for _, at := range domain.QuestionTimes(r) {
		if e := (entry{ixQuestions, timeIDKey(at, r.ID), nil}); findEntry(out, e) < 0 {
			out = append(out, e)
		}
	}
	return out
}

func referralEntries(out []entry, s *domain.Settings, r *domain.Referral, find records) ([]entry, error) {
	if r.Stage.Open() {
		due, err := dueOf(s, r, find)
		if err != nil {
			return nil, err
		}
		out = append(out, entry{ixDue, timeIDKey(due, r.ID), nil})
	}
	if d := r.LookAgain(); r.Stage == domain.StageNotRequired && d != 0 {
		out = append(out, entry{ixLookAgain, dateIDKey(d, r.ID), nil})
	}
	out, err := candidateEntries(questionEntries(out, r), r, find)
	return attemptEntries(out, r.ID, r.Attempts), err
}

// dueOf is the time by which an open referral sorts. One without its episode is listed all the same, and Check reports it;
// one without the cluster it names cannot be told.
func dueOf(s *domain.Settings, r *domain.Referral, find records) (domain.Moment, error) {
	var failed error // the look-up's own
	due, err := domain.NextDue(s, func(id domain.ID) (domain.Record, error) {
		rec, err := find(id)
		if err != nil {
			failed = err
		}
		return rec, err
	}, r)
	if err != nil && failed == nil {
		err = flawf("%v", err)
	}
	return due, err
}

// candidateEntries has what one interview could cover together with others, by the child it is owed to.
func candidateEntries(out []entry, r *domain.Referral, find records) ([]entry, error) {
	rec, err := find(r.Episode)
	if err != nil {
		return nil, err
	}
	e, _ := rec.(*domain.Episode)
	k, ok := domain.CandidateOf(e, r)
	if !ok || r.Child == 0 {
		return out, nil
	}
	return append(out, entry{ixCandidates, spanKey(r.Child, k.Start, k.Episode), candidateValue(k)}), nil
}

func clusterEntries(out []entry, c *domain.Cluster) []entry {
	if c.Child != 0 {
		out = append(out, entry{ixClusters, pairKey(c.Child, c.ID), nil})
	}
	if c.Stands() {
		out = append(out, entry{ixStanding, standingKey(c.HeldAt != 0, c.ID), nil})
	}
	return out
}

func interviewEntries(out []entry, v *domain.Interview) []entry {
	if v.Child == 0 {
		return out
	}
	return append(out, entry{ixInterviews, pairKey(v.Child, v.ID), nil})
}

func notedEntries(out []entry, texts textKeys, n *domain.Noted) []entry {
	k := n.Key()
	if k == "" {
		return out
	}
	return append(out, entry{ixNoted, texts.withID(ixNoted, k, n.ID), []byte(k)})
}

func followUpEntries(out []entry, f *domain.FollowUp) []entry {
	if f.Child != 0 {
		out = append(out, entry{ixFollowUps, pairKey(f.Child, f.ID), nil})
	}
	if f.Open() {
		out = append(out, entry{ixFollowUpDue, timeIDKey(f.Due, f.ID), nil})
	}
	return attemptEntries(endedEntries(out, f), f.ID, f.Attempts)
}

// endedEntries keep by when they ended the follow-ups that were done or given up.
func endedEntries(out []entry, f *domain.FollowUp) []entry {
	if f.Open() {
		return out
	}
	return append(out, entry{ixEnded, timeIDKey(f.EndedAt(), f.ID), nil})
}

// attemptEntries lead from attempts to what they stand in; one of a cluster stands in each of its members.
func attemptEntries(out []entry, owner domain.ID, attempts []domain.Attempt) []entry {
	for i := range attempts {
		e := entry{ixAttempt, pairKey(attempts[i].ID, owner), nil}
		if attempts[i].ID != 0 && findEntry(out, e) < 0 {
			out = append(out, e)
		}
	}
	return out
}

// sameEntries says of two states of a child that they have the same index entries, without making these: rows of a file
// speak of the same children again and again, and a child's entries are the dearest.
func sameEntries(before, after domain.Record) bool {
	b, ok1 := before.(*domain.Child)
	a, ok2 := after.(*domain.Child)
	return ok1 && ok2 && b.Ref == a.Ref && b.GivenName == a.GivenName && b.FamilyName == a.FamilyName &&
		b.KnownAs == a.KnownAs && b.DOB == a.DOB && b.Placement == a.Placement && b.Restricted == a.Restricted &&
		slices.Equal(b.Card.Phones, a.Card.Phones) && slices.Equal(b.Card.Carers, a.Card.Carers) &&
		slices.Equal(b.Card.CarerPhones, a.Card.CarerPhones) && slices.Equal(b.Card.Addresses, a.Card.Addresses)
}

// reindex makes the difference between the entries before and after.
func (t *txn) reindex(before, after []entry) error {
	for _, b := range before {
		if i := findEntry(after, b); i < 0 {
			if err := t.bucket(b.in).Delete(b.key); err != nil {
				return err
			}
			t.noteCandidate(b)
		}
	}
	for _, a := range after {
		if i := findEntry(before, a); i >= 0 && bytes.Equal(before[i].value, a.value) {
			continue
		}
		t.putEntry(a.in, a.key, a.value)
		t.noteCandidate(a)
		t.s.hints.note(a)
	}
	return nil
}

func findEntry(in []entry, e entry) int {
	for i := range in {
		if in[i].in == e.in && bytes.Equal(in[i].key, e.key) {
			return i
		}
	}
	return -1
}
