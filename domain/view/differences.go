package view

import "homeward/domain"

// Differences name the fields of a card or an episode that a change gave another content, with both. Of other records the
// change's summary says what was decided.
func Differences(t domain.Touched) []Difference {
	var out []Difference
	add := func(field, was, is string) {
		if was != is {
			out = append(out, Difference{field, was, is})
		}
	}
	switch is := t.After.(type) {
	case *domain.Child:
		if was, ok := t.Before.(*domain.Child); ok && was != nil {
			for _, f := range domain.CardFields() {
				add(f, was.CardValue(f), is.CardValue(f))
			}
		}
	case *domain.Episode:
		if was, ok := t.Before.(*domain.Episode); ok && was != nil {
			for _, col := range domain.EpisodeColumns() {
				add(col.String(), was.Value(col), is.Value(col))
			}
		}
	}
	return out
}

// Difference is one field before and after a change.
type Difference struct{ Field, Was, Is string }

// ChangesSince are the changes to one record that took it past a version, oldest first.
func ChangesSince(r domain.Reader, id, child domain.ID, version uint64) ([]*domain.Change, error) {
	all, err := r.ChangesTo(child)
	if err != nil {
		return nil, err
	}
	var out []*domain.Change
	for _, c := range all {
		for _, t := range c.Touched {
			if t.ID == id && t.Ver > version {
				out = append(out, c)
				break
			}
		}
	}
	return out, nil
}
