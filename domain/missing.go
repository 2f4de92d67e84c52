package domain

import (
	"cmp"
	"fmt"
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

func readUrgent(b *rowBuilder) ([]UrgentRow, error) {
	ids, err := b.OpenFollowUps()
	if err != nil {
		return nil, err
	}
	var out []UrgentRow
	for _, id := range ids {
		f, err := b.FollowUp(id)
		if err != nil {
			return nil, err
		}
		if f == nil || f.Kind != KindUrgent || !f.Open() {
			continue
		}
		c, err := b.Child(f.Child)
		if err != nil {
			return nil, err
		}
		if c == nil {
			return nil, fmt.Errorf("child %s of %s is not there: run homeward check", f.Child, f.ID)
		}
		out = append(out, UrgentRow{f, c})
	}
	return out, nil
}
