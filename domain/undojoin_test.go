package domain_test

import (
	"testing"

	"homeward/domain"
)

// What a file brought by the other's reference after two children were joined goes back with it when the join is undone.
func TestAJoinUndoneGivesBackWhatCameByTheOthersReference(t *testing.T) {
	tm := newTeam(t)
	row := func(ref, child, given string) {
		t.Helper()
		if _, r := tm.arrive("police_ref="+ref, "child_ref="+child, "given_name="+given, "family_name=Hale", "dob=2011-02-03",
			"missing_at=2026-11-20 10:00", "returned_at=2026-11-20 15:00"); r != nil {
			t.Fatal(r)
		}
	}
	row("P1", "K1", "Ann")
	row("P2", "K2", "Anne")
	tm.do(`{"act":"child.join","keep":"K1","other":"K2","reason":"seen both"}`)
	row("P3", "K2", "Anne")
	row("P4", "K1", "Ann")
	of := func(ref string) string {
		t.Helper()
		id, err := tm.EpisodeByPoliceRef(ref)
		if err != nil {
			t.Fatal(err)
		}
		e, err := tm.Episode(id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := tm.Referral(e.Referral)
		if err != nil {
			t.Fatal(err)
		}
		if r.Child != e.Child {
			t.Errorf("%s and its referral are of two children", ref)
		}
		c, err := tm.Child(e.Child)
		if err != nil {
			t.Fatal(err)
		}
		return c.Ref
	}
	for _, ref := range []string{"P1", "P2", "P3", "P4"} {
		if of(ref) != "K1" {
			t.Errorf("joined, %s is of %s", ref, of(ref))
		}
	}
	// In a cluster with the kept child's it is in the way; broken up it is not.
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3","P4"]}`)
	tm.refused(domain.Conflict, "of", nil, `{"act":"undo","of":"%s"}`, tm.Changes()[2].ID)
	tm.do(`{"act":"undo"}`)
	out := tm.do(`{"act":"undo","of":"%s"}`, tm.Changes()[2].ID)
	if len(out.Warnings) != 1 {
		t.Errorf("warnings are %q", out.Warnings)
	}
	for ref, want := range map[string]string{"P1": "K1", "P2": "K2", "P3": "K2", "P4": "K1"} {
		if got := of(ref); got != want {
			t.Errorf("parted again, %s is of %s and should be of %s", ref, got, want)
		}
	}
	row("P3", "K2", "Anne")
}
