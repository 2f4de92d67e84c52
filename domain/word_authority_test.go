package domain_test

import (
	"testing"

	"homeward/domain"
)

func TestAuthoritiesAreComparedByName(t *testing.T) {
	same := [][]string{
		{"Newham", "NEWHAM", "London Borough of Newham", "Newham Council", "london borough of newham council.", " Newham, "},
		{"Kent", "Kent County Council", "KENT COUNTY"},
		{"Durham", "County Durham", "Durham County Council"},
		{"Kensington & Chelsea", "kensington chelsea"},
		{"LB Newham"}, {"County Council"}, {"West Sussex"}, {"East Sussex"},
	}
	for i, a := range same {
		for j, b := range same {
			for _, x := range a {
				for _, y := range b {
					if (domain.AuthorityKey(x) == domain.AuthorityKey(y)) != (i == j) {
						t.Errorf("%q and %q: one is %v", x, y, i != j)
					}
				}
			}
		}
	}
}

func TestOutOfAreaAndWhereNoAuthorityIsSet(t *testing.T) {
	team := domain.Team{Authority: "Newham", Aliases: []string{"LB Newham"}}
	for _, c := range []struct {
		home, placed, care string
		out, ours          bool
	}{
		{"", "", "yes", false, true},
		{"home", "London Borough of Newham", "yes", false, true},
		{"lb newham", "", "yes", false, true},
		{"", "Kent", "yes", true, true},
		{"", "Kent", "no", false, true},
		{"Kent", "", "yes", true, false},
		{"Kent", "Kent County Council", "yes", false, false},
		{"Kent", "Essex", "yes", true, false},
	} {
		e := &domain.Episode{HomeAuthority: c.home, PlacementAuthority: c.placed, LookedAfter: c.care}
		if e.OutOfArea(&team) != c.out || e.Ours(&team) != c.ours || e.AreaUnknown(&team) {
			t.Errorf("%+v: out %v, ours %v", c, e.OutOfArea(&team), e.Ours(&team))
		}
		none := &domain.Team{}
		named := c.care == "yes" && (c.home != "" && c.home != "home" || c.placed != "")
		if e.OutOfArea(none) || e.AreaUnknown(none) != named {
			t.Errorf("%+v, no authority set: out %v, unknown %v", c, e.OutOfArea(none), e.AreaUnknown(none))
		}
	}
}
