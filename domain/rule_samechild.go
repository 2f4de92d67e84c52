package domain

import (
	"slices"
	"strings"

	"homeward/domain/spell"
)

// mayBe says whether a row without a reference of the child may speak of one of these records: "" where it may, else what
// is not alike. Names are alike when they are equal, one slip apart, the other way round or the name somebody likes to be
// called; dates of birth when either is not known, or they are equal, one slip or a swap of day and month apart
// (INTERFACES, Referral CSV). What a person changed counts as it was before, too: the source goes on saying it.
func (n *SourceRow) mayBe(records []*Child, of ID) string {
	what := "name"
	for _, c := range records {
		if !namesAlike(n, c, of) {
			continue
		}
		if bornAlike(n.dob, c, of) {
			return ""
		}
		what = "date of birth"
	}
	return what
}

// unlike says what of a row that may speak of one of these records is not the same there but only a slip or a swap apart, and
// was in no row of the episode before about which somebody was asked: "" where nothing is. A name that somebody likes to be
// called is theirs; two children may be called alike at home, so it tells no given name that differs.
func (n *SourceRow) unlike(records []*Child, of ID) string {
	what := ""
	for _, c := range records {
		if !namesAlike(n, c, of) || !bornAlike(n.dob, c, of) {
			continue
		}
		given := same([]string{n.said[ColGivenName]}, append(called(c, of, "given_name", c.GivenName), called(c, of, "known_as", c.KnownAs)...)) ||
			n.said[ColKnownAs] != "" && same([]string{n.said[ColKnownAs]}, called(c, of, "given_name", c.GivenName))
		named := given && same([]string{n.said[ColFamilyName]}, called(c, of, "family_name", c.FamilyName))
		born := n.dob == 0 || same([]string{n.dob.String()}, called(c, of, "dob", c.DOB.String()))
		switch {
		case named && born:
			return ""
		case what != "":
		case named:
			what = "date of birth"
		case born:
			what = "name"
		default:
			what = "name and date of birth"
		}
	}
	return what
}

// same says that two lists of names have one in common, folded, or that one of them says nothing.
func same(said, known []string) bool {
	know := folded(known...)
	return know[0] == "" || slices.ContainsFunc(folded(said...), func(s string) bool { return s == "" || slices.Contains(know, s) })
}

// meets keeps what a row of an episode says otherwise of a child's names and date of birth, once somebody is asked about it:
// the same spelling again is met, and asks nobody.
func (c *Child) meets(n *SourceRow, of ID) {
	for _, col := range []Column{ColGivenName, ColFamilyName, ColDOB} {
		said, known := n.said[col], c.CardValue(col.String())
		m := Mismatch{Column: col.String(), Known: known, Said: said, Episode: of}
		if said == "" || known == "" || Fold(said) == Fold(known) {
			continue
		}
		c.Warned = slices.DeleteFunc(c.Warned, func(w Mismatch) bool {
			return w.Column == m.Column && w.Said == m.Said && (w.Episode == 0 || w.Episode == of)
		})
		c.Warned = append(c.Warned, m)
	}
}

// WrittenOtherwise is how rows of an episode write the child's names and date of birth otherwise.
func (c *Child) WrittenOtherwise(of ID) []Mismatch {
	return slices.DeleteFunc(slices.Clone(c.Warned), func(m Mismatch) bool {
		return m.Episode != of || m.Column != ColGivenName.String() && m.Column != ColFamilyName.String() && m.Column != ColDOB.String()
	})
}

// namesAlike compares the names of a row with all that a child is or was said to be called.
func namesAlike(n *SourceRow, c *Child, of ID) bool {
	given := called(c, of, "given_name", c.GivenName)
	given = append(given, called(c, of, "known_as", c.KnownAs)...)
	family := called(c, of, "family_name", c.FamilyName)
	for _, g := range folded(n.said[ColGivenName], n.said[ColKnownAs]) {
		for _, f := range folded(n.said[ColFamilyName]) {
			for _, cg := range folded(given...) {
				for _, cf := range folded(family...) {
					if oneSlip(g, f, cg, cf) {
						return true
					}
				}
			}
		}
	}
	return false
}

// folded are the names of a list that say something, folded; one blank where none does.
func folded(names ...string) []string {
	var out []string
	for _, name := range names {
		if f := Fold(name); f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	if out == nil {
		return []string{""}
	}
	return out
}

// called is what a child has in a column, had before a person changed it, and was said to have by the rows of an episode.
func called(c *Child, of ID, column, now string) []string {
	out := []string{now, c.Edited[column]}
	for _, w := range c.Warned {
		if w.Episode == of && w.Column == column {
			out = append(out, w.Said)
		}
	}
	return out
}

// oneSlip says that two folded names, given and family, are equal, at most one slip of the pen apart, or the other way
// round. A part that one of them lacks is not compared.
func oneSlip(g1, f1, g2, f2 string) bool {
	if g1 == "" || g2 == "" {
		g1, g2 = "", ""
	}
	if f1 == "" || f2 == "" {
		f1, f2 = "", ""
	}
	return g1 == f2 && f1 == g2 || spell.Edits(g1+"|"+f1, g2+"|"+f2) <= 1
}

// bornAlike says that a date of birth may be a child's.
func bornAlike(said Date, c *Child, of ID) bool {
	if said == 0 {
		return true
	}
	unknown := true
	for _, known := range called(c, of, "dob", c.DOB.String()) {
		if known = strings.TrimSpace(known); known == "" {
			continue
		}
		unknown = false
		if s := said.String(); spell.Edits(s, known) <= 1 || SwapDay(said).String() == known {
			return true
		}
	}
	return unknown
}
