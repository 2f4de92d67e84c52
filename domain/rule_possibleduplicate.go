package domain

import (
	"cmp"

	"homeward/domain/spell"
	"math/bits"
	"slices"
	"strings"
)

// PossibleDuplicate is another child who may be the same one, and why (DOMAIN §2, Same child?). It is shown side by side and
// settled by a person; nothing is joined by itself.
type PossibleDuplicate struct {
	Other ID
	Why   string
}

// PossibleDuplicates finds the children who may be this one: the same name and date of birth under another reference, a close
// spelling, swapped names, day and month swapped, the same placement and first name.
func PossibleDuplicates(r Reader, c *Child) ([]PossibleDuplicate, error) {
	var out []PossibleDuplicate
	add := func(id ID, why string) error {
		if id == c.ID || slices.Contains(c.Joined, id) || slices.Contains(c.Different, id) {
			return nil
		}
		other, err := ChildNow(r, id) // the record of a child who was joined keeps its names, and leads on
		if err != nil || other == nil || other.ID == c.ID || c.knownApart(other) || other.knownApart(c) {
			return err
		}
		if !slices.ContainsFunc(out, func(l PossibleDuplicate) bool { return l.Other == other.ID }) {
			out = append(out, PossibleDuplicate{other.ID, why})
		}
		return nil
	}
	if c.JoinedTo != 0 {
		return nil, nil
	}
	key := NameKey(c.GivenName, c.FamilyName)
	if key != "" && c.DOB != 0 {
		born, err := r.ChildrenBorn(c.DOB)
		if err != nil {
			return nil, err
		}
		for _, b := range born {
			if why := alike(key, b.Names, c.DOB == b.DOB); why != "" {
				if err := add(b.ID, why); err != nil {
					return nil, err
				}
			}
		}
	}
	if c.Placement != "" && c.GivenName != "" {
		if n, err := r.PlacedAt(c.Placement, fewPlaced+1); err != nil || n > fewPlaced {
			return out, err // half a town is placed “at home”: a first name there says nothing
		}
		placed, err := r.ChildrenPlaced(c.Placement, c.GivenName)
		if err != nil {
			return nil, err
		}
		for _, id := range placed {
			if err := add(id, "same placement and first name"); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// fewPlaced is how many children share a placement at most for a first name there to say something: those who lived in one
// home within a few years (DOMAIN §2; the number is our assumption).
const fewPlaced = 12

// knownApart says that a person knows this child as another than that one, or than a record that was joined to it.
func (c *Child) knownApart(o *Child) bool {
	return slices.ContainsFunc(c.Different, func(d ID) bool { return d == o.ID || slices.Contains(o.Joined, d) })
}

// alike says why two folded names with the same date of birth (or, sameDay false, with day and month swapped) may be one
// child; "" when they are not alike.
func alike(a, b string, sameDay bool) string {
	if b == "" {
		return ""
	}
	swap := ""
	if !sameDay {
		swap = ", day and month of birth swapped"
	}
	given, family, _ := strings.Cut(b, "|")
	switch {
	case a == b:
		return "same name" + cmp.Or(swap, " and date of birth")
	case swapped(a, given, family):
		return "given and family name swapped" + swap
	case sameDay && closeSpelling(a, b):
		return "close spelling, same date of birth"
	}
	return ""
}

// swapped says that a is the two names the other way round, without making a string for every pair.
func swapped(a, given, family string) bool {
	return len(a) == len(given)+1+len(family) && strings.HasPrefix(a, family) && a[len(family)] == '|' && a[len(family)+1:] == given
}

// closeSpelling is one slip of the pen, two in a long name. Nearly all pairs are told apart by the letters they are made
// of: a file may hold thousands of children with the same placeholder for a date of birth.
func closeSpelling(a, b string) bool {
	limit := 1
	if len(a) >= 12 {
		limit = 2
	}
	x, plainA := letters(a)
	y, plainB := letters(b)
	if plainA && plainB && (bits.OnesCount32(x^y) > 2*limit || max(len(a)-len(b), len(b)-len(a)) > limit) {
		return false // each slip changes at most two letters of the set, and the length by one
	}
	return spell.Edits(a, b) <= limit
}

// letters is the set of a folded name's letters; plain says that all are ASCII, so that a letter is a byte.
func letters(s string) (set uint32, plain bool) {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return 0, false
		}
		set |= 1 << (s[i] & 31)
	}
	return set, true
}
