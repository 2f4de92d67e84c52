package view

import (
	"cmp"

	"homeward/domain"
	"slices"
)

// NotedRow is one thing that children or their carers have named, counted across children and interviews, with all
// spellings found to be the same.
type NotedRow struct {
	Noted      *domain.Noted // the one kept; under the first spelling that is open to the reader
	Also       []string
	Merged     []domain.ID // the other spellings
	Address    string
	Children   int
	Interviews []domain.ID
	Referrals  []domain.ID // on which a parent or carer named it
	Episodes   []string    // police references
	LastNamed  domain.Moment
}

// ReadNoted lists what is named in the records of interviews and by carers: what is named about most children first, then in most interviews,
// then last.
func ReadNoted(r domain.Reader) ([]NotedRow, error) {
	ids, err := r.AllNoted()
	if err != nil {
		return nil, err
	}
	var out []NotedRow
	for _, id := range ids {
		n, err := r.Noted(id)
		if err != nil {
			return nil, err
		}
		if n == nil || n.Into != 0 {
			continue
		}
		row, err := notedRow(r, n)
		if err != nil {
			return nil, err
		}
		if row.Children > 0 { // else nobody names it any more
			out = append(out, row)
		}
	}
	slices.SortStableFunc(out, func(a, b NotedRow) int {
		return cmp.Or(cmp.Compare(b.Children, a.Children), cmp.Compare(len(b.Interviews), len(a.Interviews)),
			cmp.Compare(b.LastNamed.Unix(), a.LastNamed.Unix()), cmp.Compare(a.Noted.ID, b.Noted.ID))
	})
	return out, nil
}

func notedRow(r domain.Reader, n *domain.Noted) (NotedRow, error) {
	row := NotedRow{Noted: n}
	all, err := domain.Spellings(r, n)
	if err != nil {
		return row, err
	}
	var children, episodes []domain.ID
	var addressAt domain.Moment
	for i, s := range all {
		switch {
		case s.Name == "": // only children named it so who are closed to the reader
		case row.Noted.Name == "":
			row.Noted = row.Noted.Clone()
			row.Noted.Name = s.Name
		case i > 0:
			row.Also = append(row.Also, s.Name)
		}
		if i > 0 {
			row.Merged = append(row.Merged, s.ID)
		}
		for _, m := range s.Mentions {
			children = append(children, m.Child)
			if m.Interview != 0 {
				row.Interviews = append(row.Interviews, m.Interview)
			} else {
				row.Referrals = append(row.Referrals, m.Referral)
			}
			episodes = append(episodes, m.Episodes...)
			if row.LastNamed == 0 || row.LastNamed.Before(m.At) {
				row.LastNamed = m.At
			}
			if m.Address != "" && (row.Address == "" || addressAt.Before(m.At)) { // the last that was told
				row.Address, addressAt = m.Address, m.At
			}
		}
	}
	children, episodes = domain.Once(children), domain.Once(episodes)
	row.Interviews, row.Referrals = domain.Once(row.Interviews), domain.Once(row.Referrals)
	row.Children = len(children)
	for _, id := range episodes {
		e, err := r.Episode(id)
		if err != nil {
			return row, err
		}
		if e == nil {
			return row, domain.NotThere(id, n.ID)
		}
		row.Episodes = append(row.Episodes, e.ShownRef())
	}
	return row, nil
}
