package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

func TestAChildIsKnownByReferenceElseByFoldedNameAndDateOfBirth(t *testing.T) {
	known := []string{"police_ref=P1", "child_ref=K1", "given_name=Zoë", "family_name=O'Neill-Smith", "dob=2011-03-14", "missing_at=2026-11-01"}
	for _, c := range []struct {
		what string
		row  []string
		same bool
	}{
		{"the same reference", []string{"child_ref=K1"}, true},
		{"the same reference, whatever the name", []string{"child_ref=K1", "given_name=Max", "family_name=Field", "dob=2009-01-01"}, true},
		{"the same name and birth under another reference: a person joins", []string{"child_ref=K2", "given_name=Zoë", "family_name=O'Neill-Smith", "dob=2011-03-14"}, false},
		{"the same name and birth, no reference", []string{"given_name=Zoë", "family_name=O'Neill-Smith", "dob=2011-03-14"}, true},
		{"spelt otherwise, folded the same", []string{"given_name=ZOE", "family_name=o’neill smith", "dob=14/03/2011"}, true},
		{"another day", []string{"given_name=Zoë", "family_name=O'Neill-Smith", "dob=2011-03-15"}, false},
		{"day and month swapped: a person decides", []string{"given_name=Zoë", "family_name=O'Neill-Smith", "dob=2011-03-12"}, false},
		{"names swapped: a person decides", []string{"given_name=O'Neill-Smith", "family_name=Zoë", "dob=2011-03-14"}, false},
		{"a close spelling: a person decides", []string{"given_name=Zoe", "family_name=ONeil-Smith", "dob=2011-03-14"}, false},
	} {
		tm := newTeam(t)
		tm.arrived(known...)
		out := tm.arrived(append([]string{"police_ref=P2", "missing_at=2026-11-10"}, c.row...)...)
		if same := tm.episode(2).Child == tm.child(1).ID; same != c.same || out.Row.ChildCreated == c.same {
			t.Errorf("%s: the same child %v, %+v", c.what, same, out.Row)
		}
	}
}

func TestWhereSeveralHaveTheNameNoneIsGuessed(t *testing.T) {
	tm := newTeam(t)
	name := []string{"given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-01"}
	tm.arrived(append([]string{"police_ref=P1", "child_ref=K1"}, name...)...)
	tm.arrived(append([]string{"police_ref=P2", "child_ref=K2"}, name...)...)
	if out := tm.arrived(append([]string{"police_ref=P3"}, name...)...); !out.Row.ChildCreated {
		t.Error("one of two children of the same name was chosen")
	}
	// Nor is the one that came without a reference: a person joins or moves.
	if tm.arrived(append([]string{"police_ref=P4"}, name...)...); tm.episode(4).Child == tm.episode(3).Child {
		t.Error("one of three children of the same name was chosen")
	}
	unchanged(t, "the same row", tm.arrived(append([]string{"police_ref=P4"}, name...)...))
}

func TestAChildWithoutAReferenceGoesByItsNumberEverAfter(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-01")
	if got := tm.child(1).ShownRef(); got != "C1" {
		t.Fatalf("goes by %q", got)
	}
	tm.do(`{"act":"child.edit","child_ref":"C1","known_as":"Vee"}`)
	for _, ref := range []string{"C1", "c1"} {
		tm.arrived("police_ref=P2"+ref, "child_ref="+ref, "missing_at=2026-11-02")
		unchanged(t, "its own number", tm.arrived("police_ref=P1", "child_ref="+ref, "missing_at=2026-11-01"))
		if got := tm.child(1).ShownRef(); got != "C1" {
			t.Errorf("after %s it goes by %q", ref, got)
		}
	}
	// The source learns its reference: both are accepted.
	tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-01")
	for i, ref := range []string{"K1", "C1"} {
		out := tm.arrived("police_ref=P9"+ref, "child_ref="+ref, "missing_at=2026-11-03")
		if out.Row.ChildCreated || tm.episode(uint64(4+i)).Child != tm.child(1).ID {
			t.Errorf("%s is another child", ref)
		}
	}
	if got := tm.child(1).ShownRef(); got != "K1" {
		t.Errorf("goes by %q", got)
	}
}

func TestAChangedChildRefIsRefused(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-01")
	tm.arrived("police_ref=P2", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-01")
	tm.arrived("police_ref=P3", "given_name=Max", "family_name=Field", "dob=2011-03-14", "missing_at=2026-11-01")
	for _, c := range []struct{ police, child string }{
		{"P1", "K2"}, {"P1", "C2"}, {"P1", "C1"}, {"P2", "K1"}, {"P2", "C3"}, {"P2", "c3"}, {"P2", "C99"},
	} {
		_, r := tm.arrive("police_ref="+c.police, "child_ref="+c.child, "missing_at=2026-11-01")
		if r == nil || r.Code != domain.Invalid || r.Field != "child_ref" {
			t.Errorf("%s moved to %s: %+v", c.police, c.child, r)
		}
	}
	if a, b := tm.child(2).ShownRef(), tm.child(3).ShownRef(); a != "C2" || b != "C3" {
		t.Errorf("they go by %s and %s", a, b)
	}
}

func TestOfNamesBirthAndGenderWhatIsKnownFirstStays(t *testing.T) {
	for _, c := range []struct{ cell, known string }{
		{"given_name=Max", "Ivy"}, {"family_name=Field", "Stone"}, {"known_as=Bee", "Vee"}, {"dob=2011-03-15", "2011-03-14"}, {"gender=male", "female"},
		{"preferred_way=call", "text"},
	} {
		tm := newFirst(t)
		out := tm.arrived(with(first, c.cell)...)
		name, said, _ := strings.Cut(c.cell, "=")
		if got := tm.child(1).CardValue(name); got != c.known {
			t.Errorf("%s: now %q", c.cell, got)
		}
		if len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], name) || !strings.Contains(out.Warnings[0], said) || !strings.Contains(out.Warnings[0], c.known) {
			t.Errorf("%s: warns %q", c.cell, out.Warnings)
		}
		unchanged(t, c.cell+" again", tm.arrived(with(first, c.cell)...))
	}
	// What was not known is learnt.
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00")
	if out := tm.arrived(first...); len(out.Warnings) > 0 || tm.child(1).Name() != "Ivy Stone" || tm.child(1).DOB != 20110314 {
		t.Errorf("%s, %v, %q", tm.child(1).Name(), tm.child(1).DOB, out.Warnings)
	}
}

func TestWhatAPersonMendedOnAChildStays(t *testing.T) {
	tm := newFirst(t)
	tm.do(`{"act":"child.edit","child_ref":"K1","given_name":"Ivie","known_as":"","dob":"2011-03-15","preferred_way":""}`)
	unchanged(t, "the same row", tm.arrived(first...))
	unchanged(t, "a row that says what the person did", tm.arrived(with(first, "given_name=Ivie")...))
	out := tm.arrived(with(first, "given_name=Yve")...)
	if tm.child(1).GivenName != "Ivie" || len(out.Warnings) != 1 {
		t.Errorf("%s, %q", tm.child(1).GivenName, out.Warnings)
	}
	if c := tm.child(1); c.KnownAs != "" || c.Card.PreferredWay != "" || c.DOB != 20110315 {
		t.Errorf("%+v", c)
	}
}

func TestANewNumberIsAddedNoneReplacedAndNoneBroughtBack(t *testing.T) {
	for _, c := range []struct{ column, known, alike, other string }{
		{"child_phone", "07700 900123", "07700900123", "07700 900999"},
		{"carer_phone", "07700 900456", "07700-900-456", "020 7946 0000"},
		{"carer_name", "Ann Stone", "ann  stone", "Bob Stone"},
		{"address", "1 High St", "1, High St", "2 Low Rd"},
		{"warning", "dog", "Dog", "do not ring after nine"},
	} {
		tm := newFirst(t)
		unchanged(t, c.column+" spelt otherwise", tm.arrived(with(first, c.column+"="+c.alike)...))
		tm.arrived(with(first, c.column+"="+c.other)...)
		if got := tm.child(1).CardValue(c.column); got != c.known+"\n"+c.other {
			t.Errorf("%s: %q", c.column, got)
		}
		tm.do(`{"act":"child.edit","child_ref":"K1",%q:%q}`, c.column, c.other)
		unchanged(t, c.column+" that a person took away", tm.arrived(first...))
		if got := tm.child(1).CardValue(c.column); got != c.other {
			t.Errorf("%s: %q was brought back", c.column, got)
		}
	}
}

func TestTheENumberStandsWhereverAPoliceRefStands(t *testing.T) {
	tm := newTeam(t)
	out := tm.do(`{"act":"referral.new","child_ref":"K1","missing_at":"2026-11-21 20:00"}`)
	if out.Named.String() != "E1" || tm.episode(1).ShownRef() != "E1" {
		t.Fatalf("named %v", out.Named)
	}
	tm.do(`{"act":"flag.set","episode":"E1","flag":"harm","reason":"x"}`)
	tm.refused(domain.Conflict, "police_ref", nil, `{"act":"referral.new","police_ref":"E1","child_ref":"K1","missing_at":"2026-11-21 20:00"}`)
	if out := tm.arrived("police_ref=E1", "child_ref=K1", "missing_at=2026-11-21 20:00", "school=Hill School"); out.Row.Created || tm.value("school") != "Hill School" {
		t.Errorf("%+v", out.Row)
	}
	tm.do(`{"act":"episode.edit","episode":"E1","police_ref":"P1"}`)
	if out := tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-21 20:00", "returned_at=2026-11-22 10:00"); out.Row.Created || !out.Row.Referred {
		t.Errorf("the police's row of it: %+v", out.Row)
	}
	tm.do(`{"act":"flag.clear","episode":"P1","flag":"harm","reason":"x"}`)
	tm.refused(domain.Invalid, "police_ref", nil, `{"act":"episode.edit","episode":"P1","police_ref":"P2"}`)
	// A number a source uses itself is nobody else's.
	tm.arrived("police_ref=E3", "child_ref=K9", "missing_at=2026-11-21")
	tm.do(`{"act":"referral.new","child_ref":"K8","missing_at":"2026-11-20"}`)
	if e, err := tm.Episode(domain.NewID(domain.KindEpisode, 3)); err != nil || e != nil {
		t.Errorf("E3 stands for two episodes: %v %v", e, err)
	}
}
