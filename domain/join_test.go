package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

const joinTwo = `{"act":"child.join","keep":"K1","other":"K2","reason":"one carer, one phone"}`

// twoRecords of one child: K1 with P1 and P2, K2 with Q1; three returns in a week, known under two references.
func twoRecords(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00")
	tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00")
	tm.returned("K2", "Q1", "2026-11-20 20:00", "2026-11-21 09:30", "child_phone=07700 900123", "known_as=Vee")
	return tm
}

func (tm *team) named(ref string) *domain.Child {
	tm.Helper()
	c, err := domain.ChildNamed(tm, ref)
	return must(tm, c, err)
}

// alike lists who may be the same child.
func (tm *team) alike(ref string) string {
	tm.Helper()
	l, err := domain.PossibleDuplicates(tm, tm.named(ref))
	if err != nil {
		tm.Fatal(err)
	}
	var out []string
	for _, o := range l {
		out = append(out, o.Other.String())
	}
	return strings.Join(out, " ")
}

func TestAJoinMovesAllThatWasRecordedAndTheOldReferenceFindsTheChild(t *testing.T) {
	tm := twoRecords(t)
	tm.do(`{"act":"contact.log","referral":"R3","way":"call","with":"child","result":"spoke"}`)
	tm.do(`{"act":"followup.add","child_ref":"K2","kind":"urgent","text":"a named adult"}`)
	tm.listed("")
	out := tm.do(joinTwo)
	if out.Named != tm.child(1).ID || tm.named("K2").ID != tm.child(1).ID || tm.named("K1").ID != tm.child(1).ID {
		t.Errorf("K2 finds %s", tm.named("K2").ID)
	}
	f, err := tm.FollowUpsOf(tm.child(1).ID)
	if err != nil || len(f) != 1 {
		t.Errorf("follow-ups of the kept child: %v %v", f, err)
	}
	if tm.episode(3).Child != tm.child(1).ID || tm.referral(3).Child != tm.child(1).ID || len(tm.referral(3).Attempts) != 1 {
		t.Error("the episode or its referral stayed behind")
	}
	if list, _ := tm.EpisodesOf(tm.child(2).ID); len(list) != 0 {
		t.Errorf("the other still has %v", list)
	}
	if kept := tm.child(1); kept.KnownAs != "Vee" || !slices.Equal(domain.Standing(kept.Card.Phones), []string{"07700 900123"}) {
		t.Errorf("the card of the kept child: %q %v", kept.KnownAs, kept.Card.Phones)
	}
	tm.listed("suggested: P1 P2 Q1")
	tm.do(`{"act":"followup.add","child_ref":"K2","kind":"other","text":"by the old reference"}`)
	if f, _ := tm.FollowUpsOf(tm.child(1).ID); len(f) != 2 {
		t.Error("an act that names the old reference goes elsewhere")
	}
}

func TestAJoinIsUndoneToTheVerySameRecords(t *testing.T) {
	tm := twoRecords(t)
	before := tm.all()
	tm.do(joinTwo)
	tm.undone(before)
	tm.listed("")
	if tm.named("K2").ID != tm.child(2).ID || tm.alike("K1") != "C2" {
		t.Error("K2 is not itself again")
	}
}

func TestAJoinIsNotUndoneOnceSomethingRestsOnIt(t *testing.T) {
	for what, line := range map[string]string{
		"an accepted cluster of both children's episodes": `{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","Q1"]}`,
		"a dismissed one":                             `{"act":"cluster.dismiss","child_ref":"K1","episodes":["P1","P2","Q1"],"reason":"x"}`,
		"a contact on what came with the other":       `{"act":"contact.log","referral":"R3","way":"call","with":"child","result":"spoke"}`,
		"a duplicate of what came with the other":     `{"act":"episode.duplicate","episode":"P2","of":"Q1","reason":"reported twice"}`,
		"what came with the other marked a duplicate": `{"act":"episode.duplicate","episode":"Q1","of":"P2","reason":"reported twice"}`,
		"a change of the card":                        `{"act":"child.edit","child_ref":"K1","known_as":"Ives"}`,
	} {
		tm := twoRecords(t)
		change := tm.do(joinTwo)
		_ = change
		id := tm.Changes()[len(tm.Changes())-1].ID
		tm.do("%s", line)
		tm.nothing(domain.Conflict, "of", nil, `{"act":"undo","of":"%s"}`, id)
		if t.Failed() {
			t.Fatalf("after %s", what)
		}
		tm.do(`{"act":"undo"}`)
		tm.do(`{"act":"undo","of":"%s"}`, id)
	}
}

func TestWhatAJoinRefuses(t *testing.T) {
	tm := twoRecords(t)
	tm.nothing(domain.Invalid, "other", []string{"same child"}, `{"act":"child.join","keep":"K1","other":"K1","reason":"x"}`)
	tm.nothing(domain.NotFound, "other", nil, `{"act":"child.join","keep":"K1","other":"K9","reason":"x"}`)
	tm.nothing(domain.NotFound, "keep", nil, `{"act":"child.join","keep":"K9","other":"K1","reason":"x"}`)
	tm.nothing(domain.Invalid, "reason", nil, `{"act":"child.join","keep":"K1","other":"K2"}`)
	for _, who := range []string{"pat", "ada"} {
		tm.as(who).nothing(domain.Forbidden, "", nil, joinTwo)
		tm.nothing(domain.Forbidden, "", nil, `{"act":"child.different","keep":"K1","other":"K2","reason":"x"}`)
		tm.nothing(domain.Forbidden, "", nil, `{"act":"episode.duplicate","episode":"P1","of":"P2","reason":"x"}`)
	}
	tm.as("dee").do(joinTwo)
	tm.nothing(domain.Invalid, "other", []string{"same child"}, joinTwo)
	tm.nothing(domain.Invalid, "other", []string{"same child"}, `{"act":"child.different","keep":"K1","other":"K2","reason":"x"}`)
	tm.nothing(domain.Conflict, "version", nil, `{"act":"child.join","keep":"K1","other":"K2","reason":"x","version":1}`)
}

func TestAChildJoinedTwiceOverIsFoundByEveryOldReference(t *testing.T) {
	tm := twoRecords(t)
	tm.returned("K3", "S1", "2026-11-19 20:00", "2026-11-19 23:00")
	tm.do(joinTwo)
	before := tm.all()
	tm.do(`{"act":"child.join","keep":"K3","other":"K2","reason":"x"}`) // K2 is K1 by now
	for _, ref := range []string{"K1", "K2", "K3"} {
		if got := tm.named(ref).ID; got != tm.child(3).ID {
			t.Errorf("%s finds %s", ref, got)
		}
	}
	if got := tm.clusters("K1"); got != "suggested: P1 P2 S1 Q1" {
		t.Errorf("clusters %q", got)
	}
	tm.undone(before)
	tm.listed("suggested: P1 P2 Q1")
}

func TestAJoinTakesAClusterAndADismissalAlong(t *testing.T) {
	for _, line := range []string{acceptThree, dismissThree} {
		tm := dense(t)
		tm.returned("K2", "Q1", "2026-10-20 20:00", "2026-10-21 09:30")
		tm.do("%s", line)
		want := tm.clusters("K1")
		before := tm.all()
		tm.do(`{"act":"child.join","keep":"K2","other":"K1","reason":"x"}`)
		if got := tm.clusters("K2"); got != want {
			t.Errorf("after the join %q, before %q", got, want)
		}
		tm.undone(before)
		tm.listed(want)
	}
}

func TestOnceJoinedOrKnownAsDifferentNobodyIsAskedAgain(t *testing.T) {
	tm := twoRecords(t)
	if tm.alike("K1") != "C2" || tm.alike("K2") != "C1" {
		t.Fatalf("alike are %q and %q", tm.alike("K1"), tm.alike("K2"))
	}
	before := tm.all()
	tm.do(joinTwo)
	if tm.alike("K1") != "" {
		t.Errorf("joined, and still like %s", tm.alike("K1"))
	}
	tm.undone(before)
	tm.do(`{"act":"child.different","keep":"K1","other":"K2","reason":"cousins"}`)
	if tm.alike("K1") != "" || tm.alike("K2") != "" {
		t.Error("different, and still alike")
	}
	tm.nothing(domain.Invalid, "other", nil, `{"act":"child.different","keep":"K2","other":"K1","reason":"cousins"}`)
	tm.undone(before)
	if tm.alike("K1") != "C2" {
		t.Error("undone, and still different")
	}
}

func TestWhoIsDifferentFromAChildIsDifferentFromTheOneItIsJoinedTo(t *testing.T) {
	tm := twoRecords(t)
	tm.returned("K3", "S1", "2026-11-01 20:00", "2026-11-01 23:00")
	tm.do(`{"act":"child.different","keep":"K1","other":"K2","reason":"cousins"}`)
	tm.do(`{"act":"child.join","keep":"K3","other":"K2","reason":"x"}`)
	if tm.alike("K1") != "" || tm.alike("K3") != "" {
		t.Errorf("K3 is K2, whom somebody knows as another than K1; alike: %q and %q", tm.alike("K1"), tm.alike("K3"))
	}
}

// again takes the very rows in a second time and checks that they change nothing.
func (tm *team) again(rows ...[]string) {
	tm.Helper()
	before := tm.all()
	for _, r := range rows {
		out := tm.arrived(r...)
		if out.Row != (domain.RowVerdict{}) || len(out.Put) != 0 {
			tm.Errorf("row %v again: %+v, %v", r, out.Row, out.Warnings)
		}
	}
	if tm.all() != before {
		tm.Error("the same rows again changed something")
	}
}

func TestRowsOfAJoinedChildGoToTheKeptOneAndTheSameFileChangesNothing(t *testing.T) {
	one := []string{"police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "known_as=Ive", "gender=f", "preferred_way=text",
		"missing_at=2026-11-14 20:00", "returned_at=2026-11-15 02:00", "child_phone=07700 900111"}
	two := []string{"police_ref=Q1", "child_ref=K2", "given_name=Ivie", "family_name=Stone-Hall", "dob=2011-04-14", "known_as=Vee", "gender=female", "preferred_way=call",
		"missing_at=2026-11-20 20:00", "returned_at=2026-11-21 09:30", "child_phone=07700 900222"}
	tm := newTeam(t)
	tm.arrived(one...)
	tm.arrived(two...)
	tm.again(one, two)
	tm.do(joinTwo)
	tm.again(one, two, one)
	for ref, row := range map[string][]string{
		"Q2": {"child_ref=K2", "given_name=Ivie", "family_name=Stone-Hall", "dob=2011-04-14"},
		"Q3": {"given_name=Ivie", "family_name=Stone-Hall", "dob=2011-04-14"},
		"Q4": {"child_ref=K1"},
	} {
		row = append(row, "police_ref="+ref, "missing_at=2026-11-22 09:00", "returned_at=2026-11-22 11:00")
		out := tm.arrived(row...)
		if out.Row.ChildCreated {
			t.Errorf("%s made a child anew", ref)
		}
		id, _ := tm.EpisodeByPoliceRef(ref)
		if e, err := tm.Episode(id); must(t, e, err).Child != tm.child(1).ID {
			t.Errorf("%s is of %s", ref, e.Child)
		}
		tm.again(row)
	}
	tm.again(one, two)
}

func TestRowsWithoutAReferenceStayWithTheChildTheyWereJoinedTo(t *testing.T) {
	tm := twoRecords(t) // K1 and K2, both Ivy Stone of one day
	plain := func(ref string) []string {
		return []string{"police_ref=" + ref, "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-22 09:00", "returned_at=2026-11-22 11:00"}
	}
	if out := tm.arrived(plain("N1")...); !out.Row.ChildCreated {
		t.Fatal("of two with that name none is meant: a third is made for a person to join")
	}
	tm.again(plain("N1"))
	tm.do(`{"act":"child.join","keep":"K1","other":"C3","reason":"x"}`)
	tm.again(plain("N1"))
	if out := tm.arrived(plain("N2")...); !out.Row.ChildCreated {
		t.Error("K1 and K2 both have that name still, and one of them was meant")
	}
	tm.do(`{"act":"child.join","keep":"K1","other":"C4","reason":"x"}`)
	tm.do(`{"act":"child.join","keep":"K1","other":"K2","reason":"x"}`)
	if out := tm.arrived(plain("N3")...); out.Row.ChildCreated || out.Row.TakenToBe != "K1" {
		t.Errorf("all are K1, and the same name made a child anew: %+v", out.Row)
	}
	tm.again(plain("N1"), plain("N2"), plain("N3"))
	if tm.named("C3").ID != tm.child(1).ID {
		t.Errorf("C3 finds %s", tm.named("C3").ID)
	}
}
