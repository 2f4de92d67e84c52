package view

import (
	"fmt"

	"homeward/domain"
	"strings"
)

// Compared is one line of two children shown side by side (DOMAIN §2, Same child?).
type Compared struct {
	What        string
	Left, Right string
}

// Same says that both say the same, however it is spelt.
func (c Compared) Same() bool { return domain.Fold(c.Left) == domain.Fold(c.Right) }

// CompareChildren shows what two records of children say, beside each other: only what one of them says anything about.
func CompareChildren(r domain.Reader, left, right *domain.Child) ([]Compared, error) {
	var out []Compared
	add := func(what, l, r string) {
		if l != "" || r != "" {
			out = append(out, Compared{what, l, r})
		}
	}
	list := func(l []domain.Line) string { return strings.Join(domain.Standing(l), ", ") }
	add("reference", left.ShownRef(), right.ShownRef())
	add("given name", left.GivenName, right.GivenName)
	add("family name", left.FamilyName, right.FamilyName)
	add("known as", left.KnownAs, right.KnownAs)
	add("born", left.DOB.String(), right.DOB.String())
	add("gender", left.Gender, right.Gender)
	add("phone", list(left.Card.Phones), list(right.Card.Phones))
	add("carer", list(left.Card.Carers), list(right.Card.Carers))
	add("carer phone", list(left.Card.CarerPhones), list(right.Card.CarerPhones))
	add("lives", list(left.Card.Addresses), list(right.Card.Addresses))
	add("placement", left.Placement, right.Placement)
	add("social worker", left.Card.SocialWorker, right.Card.SocialWorker)
	l, err := historyOf(r, left)
	if err != nil {
		return nil, err
	}
	rr, err := historyOf(r, right)
	if err != nil {
		return nil, err
	}
	for i := range l {
		add([...]string{"episodes", "first", "last"}[i], l[i], rr[i])
	}
	return out, nil
}

// historyOf says how many episodes a child has, and when the first and the last began.
func historyOf(r domain.Reader, child *domain.Child) (out [3]string, err error) {
	spans, err := r.SpansOf(child.ID)
	if err != nil || len(spans) == 0 {
		return [3]string{"none"}, err
	}
	out[0] = fmt.Sprint(len(spans))
	if child.MissingIn(spans, domain.DateOf(r.Now())) != 0 {
		out[0] += ", missing now"
	}
	out[1], out[2] = spans[0].Start.String(), spans[len(spans)-1].Start.String()
	return out, nil
}
