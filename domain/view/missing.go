package view

import (
	"cmp"

	"homeward/domain"
	"slices"
	"time"
)

// ReadMissing answers who is missing now, longest first.
func ReadMissing(r domain.Reader) ([]MissingRow, error) {
	return readMissing(newRowBuilder(r))
}

func readMissing(b *rowBuilder) ([]MissingRow, error) {
	ids, err := b.OpenEpisodes()
	if err != nil {
		return nil, err
	}
	var children []domain.ID
	open := map[domain.ID][]*domain.Episode{} // by start: the latest is the one a child is missing in
	for _, id := range ids {
		e, err := b.Episode(id)
		if err != nil {
			return nil, err
		}
		// History without an end says nothing about today: taking it in warned that it is not shown here.
		if e == nil || e.Over() || e.DuplicateOf != 0 || e.History {
			continue
		}
		if open[e.Child] == nil {
			children = append(children, e.Child)
		}
		open[e.Child] = append(open[e.Child], e)
	}
	var out []MissingRow
	for _, id := range children {
		row, err := b.missing(id, open[id])
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b MissingRow) int {
		return cmp.Or(cmp.Compare(a.Episode.MissingAt.Unix(), b.Episode.MissingAt.Unix()), cmp.Compare(a.Episode.ID, b.Episode.ID))
	})
	return out, nil
}

// missing is a child's one line: by the latest of the episodes they are missing in, with the worst risk and every flag of
// them all. Entered twice, the second time with less, a child must not look safer.
func (b *rowBuilder) missing(child domain.ID, open []*domain.Episode) (MissingRow, error) {
	k, err := b.child(child)
	if err != nil {
		return MissingRow{}, err
	}
	e := open[len(open)-1]
	row := MissingRow{Child: k.child, Episode: e, Risk: e.Risk, Missing: time.Duration(b.Now().Unix()-e.MissingAt.Unix()) * time.Second}
	set := map[string]bool{}
	for _, o := range open {
		if domain.HigherRisk(o.Risk, row.Risk) {
			row.Risk = o.Risk
		}
		for _, f := range b.flags(o, k, false) {
			set[f] = set[f] || f != domain.FlagNotBack || o == e // who was found, and went again, is missing
		}
	}
	row.Flags = domain.InFlagOrder(set)
	for _, a := range k.alert {
		row.Flags = append(row.Flags, domain.FlagAlert+a.Rule.Name)
	}
	for _, s := range k.spans {
		if s.Referral == 0 {
			continue
		}
		ref, err := b.Referral(s.Referral)
		if err != nil {
			return row, err
		}
		if ref != nil && ref.StageOn(b.today).BeforeInterview() {
			row.Meanwhile = append(row.Meanwhile, ref.ID)
		}
	}
	return row, nil
}
