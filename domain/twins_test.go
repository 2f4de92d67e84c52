package domain_test

import (
	"slices"
	"strings"
	"testing"

	"homeward/domain"
)

// onlyTaken are the warnings of an answer that say whom a row was taken to be about.
func onlyTaken(out *domain.Outcome) []string {
	return slices.DeleteFunc(slices.Clone(out.Warnings), func(w string) bool { return !strings.HasPrefix(w, "taken to be") })
}

// A later row under a known number whose name or date of birth is one slip apart is taken, and somebody is asked: a twin's
// row must not bring a missing child back unseen.
func TestALaterRowOneSlipApartIsTakenAndAsksWhoItIs(t *testing.T) {
	jon := []string{"police_ref=P1", "child_ref=K1", "given_name=Jon", "family_name=Hill", "known_as=Jay", "dob=2011-03-14", "missing_at=2026-11-20 20:00"}
	back := "returned_at=2026-11-21 10:00"
	ask := func(what string) string {
		return "taken to be Jon Hill (K1), whose " + what + " is one slip apart: confirm it, or move the episode to another or a new child"
	}
	for _, c := range []struct {
		what string
		row  []string
		want string // "" where nobody is asked
	}{
		{"the same names", []string{"given_name=Jon", "family_name=Hill", "dob=2011-03-14", back}, ""},
		{"folded the same", []string{"given_name=JÓN", "family_name=hill", "dob=14/03/2011", back}, ""},
		{"what he is called", []string{"given_name=Jay", "family_name=Hill", "dob=2011-03-14", back}, ""},
		{"called by his name", []string{"given_name=Jonathan", "known_as=Jon", "family_name=Hill", "dob=2011-03-14", back}, ""},
		{"no name at all, by reference", []string{"child_ref=K1", back}, ""},
		{"another name, by reference", []string{"child_ref=K1", "given_name=Joan", "family_name=Hill", "dob=2011-03-14", back}, ""},
		{"the date of birth not known", []string{"given_name=Jon", "family_name=Hill", "dob=unknown", back}, ""},
		{"a twin", []string{"given_name=Joan", "family_name=Hill", "dob=2011-03-14", back}, ask("name")},
		{"a twin who is called the same", []string{"given_name=Joan", "known_as=Jay", "family_name=Hill", "dob=2011-03-14", back}, ask("name")},
		{"a twin of whom no date is known", []string{"given_name=Joan", "family_name=Hill", "dob=unknown", back}, ask("name")},
		{"the family name", []string{"given_name=Jon", "family_name=Hall", "dob=2011-03-14", back}, ask("name")},
		{"the names the other way round", []string{"given_name=Hill", "family_name=Jon", "dob=2011-03-14", back}, ask("name")},
		{"the next day", []string{"given_name=Jon", "family_name=Hill", "dob=2011-03-15", back}, ask("date of birth")},
		{"both", []string{"given_name=Joan", "family_name=Hill", "dob=2011-03-15", back}, ask("name and date of birth")},
		{"a twin found, not back", []string{"given_name=Joan", "family_name=Hill", "dob=2011-03-14", "found_at_time=2026-11-21 10:00"}, ask("name")},
		{"a twin's card", []string{"given_name=Joan", "family_name=Hill", "dob=2011-03-14", "child_phone=07700 900123"}, ask("name")},
		{"a twin of whom nothing new is said", []string{"given_name=Joan", "family_name=Hill", "dob=2011-03-14"}, ""},
	} {
		tm := newTeam(t)
		tm.arrived(jon...)
		row := append([]string{"police_ref=P1", "missing_at=2026-11-20 20:00"}, c.row...)
		out := tm.arrived(row...)
		asked, says := c.want != "", onlyTaken(out)
		if tm.episode(1).TakenToBe != asked || (out.Row.TakenToBe == "K1") != asked || asked && !slices.Equal(says, []string{c.want}) || !asked && len(says) > 0 {
			t.Errorf("%s: taken to be %v, %+v, says %q", c.what, tm.episode(1).TakenToBe, out.Row, says)
		}
		if !asked {
			continue
		}
		if tm.child(1).Name() != "Jon Hill" || tm.child(1).DOB != 20110314 {
			t.Errorf("%s: he is now %s, %s", c.what, tm.child(1).Name(), tm.child(1).DOB)
		}
		unchanged(t, c.what+" again", tm.arrived(row...))
		tm.do(`{"act":"child.confirm","episode":"P1"}`)
		unchanged(t, c.what+" again, confirmed", tm.arrived(row...))
		if out := tm.arrived(append(row, "school=Hill School")...); tm.episode(1).TakenToBe || len(onlyTaken(out)) > 0 || !out.Row.Updated {
			t.Errorf("%s: confirmed, the same spelling asks again: %q", c.what, out.Warnings)
		}
	}
}

// A row that changed nothing asks nobody; when the same spelling brings the child back, somebody is asked.
func TestASlipThatChangedNothingIsAskedAboutWhenItDoes(t *testing.T) {
	tm := newTeam(t)
	amir := []string{"police_ref=P1", "given_name=Amir", "family_name=Said", "dob=2011-03-14", "missing_at=2026-11-20 20:00"}
	tm.arrived(amir...)
	samir := with(amir, "given_name=Samir")
	tm.arrived(samir...)
	if tm.episode(1).TakenToBe {
		t.Fatal("nothing changed and somebody is asked")
	}
	out := tm.arrived(with(samir, "returned_at=2026-11-21 10:00")...)
	if got := onlyTaken(out); !slices.Equal(got, []string{"taken to be Amir Said (C1), whose name is one slip apart: confirm it, or move the episode to another or a new child"}) || !out.Row.Referred {
		t.Errorf("%+v, %q", out.Row, out.Warnings)
	}
	// Another of his episodes, and another spelling, are asked about for themselves.
	tm.do(`{"act":"child.confirm","episode":"P1"}`)
	tm.arrived(with(amir, "police_ref=P2")...)
	tm.do(`{"act":"child.confirm","episode":"P2"}`)
	if tm.arrived(with(with(samir, "police_ref=P2"), "returned_at=2026-11-21 11:00")...); !tm.episode(2).TakenToBe {
		t.Error("a spelling met in one episode brings the child back in another unseen")
	}
	if tm.arrived(with(with(amir, "given_name=Amira"), "returned_at=2026-11-21 12:00")...); !tm.episode(1).TakenToBe {
		t.Error("a third name is not asked about")
	}
}

// Moved to the twin, the episode is hers: his row is not taken for hers unseen, and what it says otherwise of her is no
// difference of his.
func TestATwinsRowAfterTheMoveAsksToo(t *testing.T) {
	tm := newTeam(t)
	jon := []string{"police_ref=P1", "given_name=Jon", "family_name=Hill", "dob=2011-03-14", "missing_at=2026-11-20 20:00"}
	tm.arrived(jon...)
	tm.arrived(with(with(jon, "given_name=Joan"), "returned_at=2026-11-21 10:00")...)
	tm.do(`{"act":"episode.move","episode":"P1","new":{"given_name":"Joan","family_name":"Hill","dob":"2011-03-14"},"reason":"his sister"}`)
	unchanged(t, "her row", tm.arrived(with(with(jon, "given_name=Joan"), "returned_at=2026-11-21 10:00")...))
	out := tm.arrived(with(jon, "returned_at=2026-11-21 12:00")...)
	if want := "taken to be Joan Hill (C2), whose name is one slip apart: confirm it, or move the episode to another or a new child"; !tm.episode(1).TakenToBe || !slices.Equal(onlyTaken(out), []string{want}) {
		t.Errorf("%q", out.Warnings)
	}
	if len(tm.child(1).Warned) > 0 {
		t.Errorf("of him it is said %v", tm.child(1).Warned)
	}
}
