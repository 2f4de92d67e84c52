package domain

import (
	"cmp"
	"slices"
	"time"
)

// ReadMissing answers who is missing now, longest first.
func ReadMissing(r Reader) ([]MissingRow, error) {
	return readMissing(newRowBuilder(r))
}

func readMissing(b *rowBuilder) ([]MissingRow, error) {
	ids, err := b.OpenEpisodes()
	if err != nil {
		return nil, err
	}
	var out []MissingRow
	listed := map[ID]bool{} // a child is missing once, since the earliest
	for _, id := range ids {
		e, err := b.Episode(id)
		if err != nil {
			return nil, err
		}
		// History without an end says nothing about today: taking it in warned that it is not shown here.
		if e == nil || e.Over() || e.DuplicateOf != 0 || e.History || listed[e.Child] {
			continue
		}
		listed[e.Child] = true
		if e, err = b.worst(e); err != nil {
			return nil, err
		}
		k, err := b.child(e.Child)
		if err != nil {
			return nil, err
		}
		out = append(out, MissingRow{Child: k.child, Episode: e, Flags: b.flags(e, k, false),
			Missing: time.Duration(b.Now().Unix()-e.MissingAt.Unix()) * time.Second})
	}
	slices.SortFunc(out, func(a, b MissingRow) int {
		return cmp.Or(cmp.Compare(a.Episode.MissingAt.Unix(), b.Episode.MissingAt.Unix()), cmp.Compare(a.Episode.ID, b.Episode.ID))
	})
	return out, nil
}

// worst gives an open episode the highest risk of any the child is missing in: entered twice, the second time without it,
// a child must not look safer.
func (b *rowBuilder) worst(e *Episode) (*Episode, error) {
	k, err := b.child(e.Child)
	if err != nil {
		return nil, err
	}
	words := RiskWords()
	for _, s := range k.spans {
		if s.ID == e.ID || s.End != 0 || s.Duplicate || s.History {
			continue
		}
		other, err := b.Episode(s.ID)
		if err != nil {
			return nil, err
		}
		if other == nil || other.Risk == "" {
			continue
		}
		if e.Risk == "" || slices.Index(words, other.Risk) < slices.Index(words, e.Risk) {
			e = e.Clone()
			e.Risk = other.Risk
		}
	}
	return e, nil
}

// openFollowUps reads what is not done: the urgent ones stand on the queue, of the others it says how many are overdue.
func (q *Queue) openFollowUps(r Reader) error {
	rows, err := ReadFollowUps(r)
	if err != nil {
		return err
	}
	for _, f := range rows {
		if f.FollowUp.Kind == KindUrgent {
			q.Urgent = append(q.Urgent, UrgentRow{f.FollowUp, f.Child})
			continue
		}
		q.FollowUps++
		if f.Overdue {
			q.FollowUpsOverdue++
		}
	}
	return nil
}
