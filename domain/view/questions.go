package view

import (
	"cmp"
	"fmt"

	"homeward/domain"
	"slices"
)

// Question is a note that asks for an answer, with what it is about. Number is the note's place among the referral's, from 1,
// by which acts name it: notes are only ever added at the end.
type Question struct {
	Child    *domain.Child
	Referral *domain.Referral
	Number   int
	Note     *domain.Note
}

// ID names the question for good.
func (q Question) ID() string { return fmt.Sprintf("%s note %d", q.Referral.ID, q.Number) }

// ReadQuestions answers what is asked of somebody and not answered, oldest first, whatever became of the referral; and which
// questions were answered since a time, the newest first.
func ReadQuestions(r domain.Reader, answeredSince domain.Moment) (open, answered []Question, err error) {
	ids, err := r.Questioned(answeredSince)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		ref, err := r.Referral(id)
		if err != nil {
			return nil, nil, err
		}
		if ref == nil {
			return nil, nil, domain.NotThere(id, 0)
		}
		child, err := r.Child(ref.Child)
		if err != nil {
			return nil, nil, err
		}
		if child == nil {
			return nil, nil, domain.NotThere(ref.Child, id)
		}
		for i := range ref.Notes {
			switch n := &ref.Notes[i]; {
			case n.Open():
				open = append(open, Question{child, ref, i + 1, n})
			case n.Ask && n.Answer.At.Unix() >= answeredSince.Unix():
				answered = append(answered, Question{child, ref, i + 1, n})
			}
		}
	}
	slices.SortStableFunc(open, func(a, b Question) int {
		return cmp.Or(cmp.Compare(a.Note.At.Unix(), b.Note.At.Unix()), cmp.Compare(a.Referral.ID, b.Referral.ID), cmp.Compare(a.Number, b.Number))
	})
	slices.SortStableFunc(answered, func(a, b Question) int {
		return cmp.Or(cmp.Compare(b.Note.Answer.At.Unix(), a.Note.Answer.At.Unix()), cmp.Compare(a.Referral.ID, b.Referral.ID), cmp.Compare(a.Number, b.Number))
	})
	return open, answered, nil
}
