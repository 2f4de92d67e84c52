package domain

import "strings"

// SearchLine is what `ctrl+f` looks through for a child: names, nickname, reference, numbers, carers, placement, folded.
func SearchLine(c *Child) string {
	parts := []string{c.GivenName, c.FamilyName, c.KnownAs, c.Ref, c.ID.String(), c.Placement}
	for _, l := range [][]Line{c.Card.Phones, c.Card.Carers, c.Card.CarerPhones, c.Card.Addresses} {
		parts = append(parts, Standing(l)...)
	}
	var b strings.Builder
	for _, p := range parts {
		f := Fold(p)
		if f == "" {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(f)
		if d := digits(f); len(d) >= 5 && d != f {
			b.WriteByte(' ')
			b.WriteString(d)
		}
	}
	return b.String()
}
