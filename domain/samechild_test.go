package domain_test

import (
	"strings"
	"testing"

	"homeward/domain"
)

// One number and two children: what a later row without a reference may say of who it is about, and what it may not.
func TestTwoChildrenUnderOneNumberAreNeverOne(t *testing.T) {
	known := []string{"police_ref=P1", "given_name=Ella", "family_name=Johnson", "known_as=Ellie", "dob=2012-03-04", "missing_at=2026-11-20 20:00"}
	for _, c := range []struct {
		what string
		says []string
		may  bool
	}{
		{"the same", nil, true},
		{"in capitals", []string{"given_name=ELLA", "family_name=JOHNSON"}, true},
		{"one slip", []string{"family_name=Jonson"}, true},
		{"two neighbours swapped", []string{"given_name=Elal"}, true},
		{"the other way round", []string{"given_name=Johnson", "family_name=Ella"}, true},
		{"what she is called", []string{"given_name=Ellie"}, true},
		{"called by her given name", []string{"given_name=Isabella", "known_as=Ella"}, true},
		{"a birthday one slip away", []string{"dob=2012-03-05"}, true},
		{"a year one slip away", []string{"dob=2011-03-04"}, true},
		{"day and month swapped", []string{"dob=2012-04-03"}, true},
		{"no known birthday", []string{"dob=unknown"}, true},
		{"a twin", []string{"given_name=Emma", "known_as="}, false},
		{"a twin with another letter twice", []string{"given_name=Etta", "known_as="}, false},
		{"a sister", []string{"given_name=Ruth", "known_as=", "dob=2014-09-30"}, false},
		{"another birthday", []string{"dob=2012-07-19"}, false},
		{"another year and day", []string{"dob=2010-03-01"}, false},
		{"another family", []string{"family_name=Okafor"}, false},
		{"twin, swapped", []string{"given_name=Johnson", "family_name=Emma", "known_as="}, false},
	} {
		tm := newTeam(t)
		tm.arrived(known...)
		row := append(append([]string{}, known...), c.says...)
		row = append(row, "returned_at=2026-11-21 10:00")
		out, r := tm.arrive(row...)
		switch {
		case c.may && r != nil:
			t.Errorf("%s: refused, %v", c.what, r)
		case c.may && !out.Row.Referred:
			t.Errorf("%s: the return is not taken", c.what)
		case !c.may && r == nil:
			t.Errorf("%s: taken, %+v", c.what, out.Row)
		case !c.may && (r.Code != domain.Invalid || r.Field != "police_ref" || !strings.Contains(r.Message, "P1")):
			t.Errorf("%s: %+v", c.what, r)
		case !c.may && tm.episode(1).ReturnedAt != 0:
			t.Errorf("%s: refused, and yet the return was taken", c.what)
		}
	}
}

// The child who has a reference is known by it: a row that gives a first reference to a child must be about that child.
func TestAFirstReferenceIsGivenToTheChildItIsOf(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "given_name=Ella", "family_name=Johnson", "dob=2012-03-04", "missing_at=2026-11-20 20:00")
	if _, r := tm.arrive("police_ref=P1", "child_ref=K2", "given_name=Emma", "family_name=Johnson", "dob=2012-03-04", "missing_at=2026-11-20 20:00"); r == nil || r.Field != "police_ref" {
		t.Errorf("the twin's reference: %+v", r)
	}
	tm.arrived("police_ref=P1", "child_ref=K1", "given_name=Ella", "family_name=Johnson", "missing_at=2026-11-20 20:00")
	if tm.child(1).Ref != "K1" {
		t.Errorf("the reference is %q", tm.child(1).Ref)
	}
}

// What a person changed, and what two records that were joined were called, says nothing against the source's own words.
func TestASourceGoesOnSayingWhatItAlwaysSaid(t *testing.T) {
	tm := newTeam(t)
	jo := []string{"police_ref=P1", "given_name=Jo", "family_name=Smith", "dob=2012-03-04", "missing_at=2026-11-20 20:00"}
	tm.arrived(jo...)
	tm.do(`{"act":"child.edit","child_ref":"C1","given_name":"Josephine","family_name":"Smythe-Jones","dob":"2013-11-28"}`)
	unchanged(t, "the row of a child whose card was corrected", tm.arrived(jo...))

	ann := []string{"police_ref=P2", "given_name=Annabel", "family_name=Hale", "dob=2011-02-03", "missing_at=2026-11-20 20:00"}
	tm.arrived(ann...)
	tm.do(`{"act":"child.join","keep":"C1","other":"C2","reason":"one girl, two names"}`)
	unchanged(t, "the row of a record that was joined", tm.arrived(ann...))

	tm.arrived("police_ref=P3", "child_ref=K3", "given_name=Robert", "family_name=Lee", "dob=2010-01-01", "missing_at=2026-11-20 20:00")
	bob := []string{"police_ref=P4", "child_ref=K3", "given_name=Bobby", "family_name=Lee", "dob=2010-01-01", "missing_at=2026-11-21 20:00"}
	tm.arrived(bob...) // with a warning: what is known first stays
	unchanged(t, "the row without its reference", tm.arrived(with(bob, "child_ref=")...))
}
