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
	var out []MissingRow
	listed := map[domain.ID]bool{} // a child is missing once, since the earliest
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
		row := MissingRow{Child: k.child, Episode: e, Missing: time.Duration(b.Now().Unix()-e.MissingAt.Unix()) * time.Second}
		if err := b.meanwhile(&row, k.spans); err != nil {
			return nil, err
		}
		worst := *e
		worst.Risk = row.Risk
		row.Flags = b.flags(&worst, k, false)
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b MissingRow) int {
		return cmp.Or(cmp.Compare(a.Episode.MissingAt.Unix(), b.Episode.MissingAt.Unix()), cmp.Compare(a.Episode.ID, b.Episode.ID))
	})
	return out, nil
}

// meanwhile reads what else stands for a child who is missing: the highest risk of any episode the child is missing in
// (entered twice, the second time without it, a child must not look safer), and the referrals that still owe an interview.
func (b *rowBuilder) meanwhile(row *MissingRow, spans []domain.EpisodeSpan) error {
	row.Risk = row.Episode.Risk
	for _, s := range spans {
		if s.Referral != 0 {
			ref, err := b.Referral(s.Referral)
			if err != nil {
				return err
			}
			if ref != nil && ref.StageOn(b.today).BeforeInterview() {
				row.Meanwhile = append(row.Meanwhile, ref.ID)
			}
		}
		if s.End == 0 && !s.Duplicate && !s.History {
			e, err := b.Episode(s.ID)
			if err != nil {
				return err
			}
			if e != nil && domain.HigherRisk(e.Risk, row.Risk) {
				row.Risk = e.Risk
			}
		}
	}
	return nil
}
