package domain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
)

// twoBoys are Ahmad Rahimi from Fernside Lodge and Ahmad Rahimi from Quay Street, of one birthday: U2 is the other boy's.
func twoBoys(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t)
	for i, row := range [][]string{
		{"missing_at=2026-11-12 20:00", "returned_at=2026-11-13 07:30", "notified_at=2026-11-13 08:00", "placement=Fernside Lodge", "child_phone=07700 900111"},
		{"missing_at=2026-11-14 16:00", "returned_at=2026-11-14 23:10", "notified_at=2026-11-15 08:00", "placement=22 Quay Street", "child_phone=07700 900222"},
		{"missing_at=2026-11-16 18:00", "returned_at=2026-11-17 23:10", "notified_at=2026-11-18 08:00", "placement=Fernside Lodge", "child_phone=07700 900111"},
	} {
		tm.arrived(append([]string{fmt.Sprint("police_ref=U", i+1), "given_name=Ahmad", "family_name=Rahimi", "dob=2010-01-01"}, row...)...)
	}
	return tm
}

const otherBoy = `{"act":"episode.move","episode":"U2","new":{"given_name":"Ahmad","family_name":"Rahimi","dob":"2010-01-01"},"reason":"another boy"}`

func TestAKnownChildIsTakenToBeUntilAPersonConfirmsIt(t *testing.T) {
	tm := newTeam(t)
	boy := []string{"given_name=Ahmad", "family_name=Rahimi", "dob=2010-01-01", "missing_at=2026-11-12 20:00"}
	first := tm.arrived(append([]string{"police_ref=U1"}, boy...)...)
	second := tm.arrived(append([]string{"police_ref=U2"}, boy...)...)
	withRef := tm.arrived("police_ref=U3", "child_ref=C1", "missing_at=2026-11-13 20:00")
	undated := tm.arrived("police_ref=U4", "given_name=Ahmad", "family_name=Rahimi", "dob=unknown", "missing_at=2026-11-13 20:00")
	for i, out := range []*domain.Outcome{first, second, withRef, undated} {
		n, want := uint64(i+1), i == 1
		if got := tm.episode(n).TakenToBe; got != want || (out.Row.TakenToBe == "C1") != want {
			t.Errorf("U%d is taken to be %v, %+v", n, got, out.Row)
		}
		says := slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, "taken to be Ahmad Rahimi (C1)") })
		if says != want {
			t.Errorf("U%d says %q", n, out.Warnings)
		}
	}
	if tm.episode(4).Child == tm.child(1).ID {
		t.Error("a boy whose birthday nobody knows was taken to be another")
	}
	tm.refused(domain.Invalid, "episode", []string{"U1", "nothing to confirm"}, `{"act":"child.confirm","episode":"U1"}`)
	tm.do(`{"act":"child.confirm","episode":"U2"}`)
	if tm.episode(2).TakenToBe {
		t.Error("confirmed, it is still taken to be")
	}
	tm.refused(domain.Invalid, "episode", nil, `{"act":"child.confirm","episode":"U2"}`)
	tm.do(`{"act":"undo"}`)
	if !tm.episode(2).TakenToBe {
		t.Error("the confirmation was undone, and it stands")
	}
}

// A boy is moved to a record of his own: everything about him, and nothing of the other, goes along.
func TestAnEpisodeGoesWithAllThatRestsOnIt(t *testing.T) {
	tm := twoBoys(t)
	tm.do(`{"act":"contact.log","referral":"R2","way":"call","with":"carer","result":"spoke"}`)
	tm.do(`{"act":"referral.note","referral":"R2","text":"his aunt rang"}`)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"dee"}`)
	tm.do(`{"act":"interview.save","referral":"R2","record":{"view":{"own_words":"mine"},"intelligence":{"places":[{"name":"the old mill"}]}}}`)
	tm.do(`{"act":"cluster.accept","child_ref":"C1","episodes":["U1","U2","U3"]}`)
	out := tm.do(otherBoy)
	if out.Summary != "moved U2 from C1 to C2 with R2, a new child" {
		t.Errorf("%q", out.Summary)
	}
	e, r, cl := tm.episode(2), tm.referral(2), tm.cluster(1)
	other := tm.child(2)
	switch {
	case e.Child != other.ID || r.Child != other.ID || e.TakenToBe:
		t.Errorf("%s is of %s, %s of %s", e.ID, e.Child, r.ID, r.Child)
	case r.Cluster != 0 || cl.Has(e.ID) || len(cl.Members) != 2:
		t.Errorf("%s is in %q, the cluster has %v", r.ID, r.Cluster, cl.Members)
	case len(r.Attempts) != 1 || len(r.Notes) != 1:
		t.Errorf("his attempts are %v, his notes %v", r.Attempts, r.Notes)
	case tm.child(1).Placement != "Fernside Lodge" || other.Placement != "22 Quay Street":
		t.Errorf("placed at %q and %q", tm.child(1).Placement, other.Placement)
	}
	if alike, err := domain.PossibleDuplicates(tm.Sandbox, other); err != nil || alike != nil {
		t.Errorf("a person said that they are two, and they may be one: %v %v", alike, err)
	}
	tm.do(`{"act":"undo"}`)
	if e, cl := tm.episode(2), tm.cluster(1); e.Child != tm.child(1).ID || !cl.Has(e.ID) || !e.TakenToBe {
		t.Errorf("undone, %s is of %s and the cluster has %v", e.ID, e.Child, cl.Members)
	}
	if gone, err := tm.Child(other.ID); gone != nil || err != nil {
		t.Errorf("undone, the new child is there: %v", err)
	}
}

// An interview held for it alone goes along, with what it raised and what it named.
func TestAnInterviewHeldForItAloneGoesWithIt(t *testing.T) {
	tm := twoBoys(t)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"dee"}`)
	tm.do(`{"act":"interview.held","referral":"R2","held_at":"2026-11-22T15:00:00Z"}`)
	tm.do(`{"act":"interview.save","referral":"R2","record":{"intelligence":{"places":[{"name":"the old mill"}]}}}`)
	tm.do(otherBoy)
	to := tm.child(2).ID
	v, r := tm.interview(1), tm.referral(2)
	if v.Child != to || r.Interview != v.ID || r.Stage != domain.StageToWriteUp || v.Parted != nil {
		t.Errorf("%+v, %s", v, r.Stage)
	}
	mine, err := tm.FollowUpsOf(to)
	theirs, err2 := tm.FollowUpsOf(tm.child(1).ID)
	if err != nil || err2 != nil || len(mine) == 0 || len(theirs) != 0 {
		t.Errorf("%d follow-ups went along, %d stayed", len(mine), len(theirs))
	}
	id, err := tm.NotedNamed(domain.NotedKey(domain.NotedPlace, "the old mill"))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := tm.Noted(id); must(t, n, err).Mentions[0].Child != to {
		t.Errorf("the place was named by %s", n.Mentions[0].Child)
	}
	tm.do(`{"act":"undo"}`)
	if v := tm.interview(1); v.Child != tm.child(1).ID {
		t.Errorf("undone, the interview is of %s", v.Child)
	}
}

// One that covers the other boy's episodes stays with them, flagged, and the moved one is owed its own.
func TestASharedInterviewStaysAndTheMovedOneIsOwedItsOwn(t *testing.T) {
	tm := twoBoys(t)
	tm.do(`{"act":"cluster.accept","child_ref":"C1","episodes":["U1","U2","U3"]}`)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"dee"}`)
	tm.do(`{"act":"interview.held","referral":"R2","held_at":"2026-11-22T15:00:00Z"}`)
	out := tm.do(otherBoy)
	v, r, cl := tm.interview(1), tm.referral(2), tm.cluster(1)
	switch {
	case v.Child != tm.child(1).ID || !slices.Equal(v.Referrals, []domain.ID{tm.referral(1).ID, tm.referral(3).ID}):
		t.Errorf("the interview is of %s, for %v", v.Child, v.Referrals)
	case len(v.Parted) != 1 || v.Parted[0].Episode != tm.episode(2).ID || v.Parted[0].How != domain.PartedMovedAfter:
		t.Errorf("it is not flagged: %+v", v.Parted)
	case r.HeldAt != 0 || r.Interview != 0 || r.Stage != domain.StageAccepted:
		t.Errorf("R2 is %s, held %s by %s", r.Stage, r.HeldAt, r.Interview)
	case tm.referral(1).Stage != domain.StageToWriteUp || cl.Has(tm.episode(2).ID):
		t.Errorf("R1 is %s, the cluster has %v", tm.referral(1).Stage, cl.Members)
	case !slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, "owed an interview of its own") }):
		t.Errorf("%q", out.Warnings)
	}
	fus, err := tm.FollowUpsOf(tm.child(1).ID)
	if err != nil || len(fus) == 0 {
		t.Fatalf("the follow-ups of the interview went: %v", err)
	}
	for _, f := range fus {
		if f.Referral == r.ID {
			t.Errorf("%s is of the interview that stays and names the referral that went", f.ID)
		}
	}
	tm.do(`{"act":"referral.assign","referral":"R2","to":"dee"}`)
	tm.do(`{"act":"interview.held","referral":"R2","held_at":"2026-11-22T16:00:00Z"}`)
	if tm.referral(2).Interview == tm.referral(1).Interview {
		t.Error("the two boys have one record")
	}
}

// The same file again changes nothing, by whatever the row is known, and what is new in it goes to the right boy.
func TestAFileGoesOnSayingWhatItSaidBeforeTheMove(t *testing.T) {
	tm := twoBoys(t)
	tm.do(otherBoy)
	row := []string{"police_ref=U2", "given_name=Ahmad", "family_name=Rahimi", "dob=2010-01-01", "missing_at=2026-11-14 16:00",
		"returned_at=2026-11-14 23:10", "notified_at=2026-11-15 08:00", "placement=22 Quay Street", "child_phone=07700 900222"}
	unchanged(t, "the same row", tm.arrived(row...))
	tm.arrived(with(row, "child_phone=07700 900333")...)
	if got := tm.child(2).Card.Phones; len(got) != 1 || got[0].Text != "07700 900333" {
		t.Errorf("his numbers are %v", got)
	}
	tm = newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-20 20:00")
	tm.arrived("police_ref=P2", "child_ref=K2", "given_name=Max", "family_name=Field", "dob=2012-05-15", "missing_at=2026-11-20 20:00")
	tm.do(`{"act":"episode.move","episode":"P1","to":"K2","reason":"typed wrongly"}`)
	unchanged(t, "a row that names the first child", tm.arrived("police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-20 20:00"))
	unchanged(t, "a row that names the right child", tm.arrived("police_ref=P1", "child_ref=K2", "missing_at=2026-11-20 20:00"))
	if _, r := tm.arrive("police_ref=P1", "child_ref=K9", "missing_at=2026-11-20 20:00"); r == nil || r.Field != "child_ref" {
		t.Errorf("a third child: %+v", r)
	}
}

func TestWhatCannotBeMoved(t *testing.T) {
	tm := twoBoys(t)
	tm.arrived("police_ref=P9", "child_ref=K9", "missing_at=2026-11-20 20:00")
	for _, c := range []struct {
		field, say, line string
	}{
		{"reason", "required", `{"act":"episode.move","episode":"U2","to":"K9"}`},
		{"to", "required", `{"act":"episode.move","episode":"U2","reason":"x"}`},
		{"to", "exclude", `{"act":"episode.move","episode":"U2","to":"K9","new":{"given_name":"A","dob":"unknown"},"reason":"x"}`},
		{"to", "already", `{"act":"episode.move","episode":"U2","to":"C1","reason":"x"}`},
		{"new", "given_name", `{"act":"episode.move","episode":"U2","new":{"dob":"unknown"},"reason":"x"}`},
		{"new", "dob", `{"act":"episode.move","episode":"U2","new":{"given_name":"A"},"reason":"x"}`},
		{"new", "not a date", `{"act":"episode.move","episode":"U2","new":{"given_name":"A","dob":"last May"},"reason":"x"}`},
		{"new", "after now", `{"act":"episode.move","episode":"U2","new":{"given_name":"A","dob":"2027-01-01"},"reason":"x"}`},
		{"new", "school", `{"act":"episode.move","episode":"U2","new":{"given_name":"A","dob":"unknown","school":"Hill"},"reason":"x"}`},
	} {
		tm.refused(domain.Invalid, c.field, []string{c.say}, "%s", c.line)
	}
	tm.refused(domain.NotFound, "to", nil, `{"act":"episode.move","episode":"U2","to":"K77","reason":"x"}`)
	tm.refused(domain.NotFound, "episode", nil, `{"act":"episode.move","episode":"U9","to":"K9","reason":"x"}`)
	tm.as("pat").refused(domain.Forbidden, "", nil, `{"act":"episode.move","episode":"U2","to":"K9","reason":"x"}`)
}

// What was found to be the same episode goes along; what it was found to be the same as does not hold it back.
func TestDuplicatesAndAMove(t *testing.T) {
	tm := twoBoys(t)
	tm.do(`{"act":"episode.duplicate","episode":"U3","of":"U2","reason":"told twice"}`)
	tm.do(otherBoy)
	if to := tm.child(2).ID; tm.episode(3).Child != to || tm.referral(3).Child != to || tm.episode(3).DuplicateOf != tm.episode(2).ID {
		t.Errorf("the duplicate is of %s", tm.episode(3).Child)
	}
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"episode.move","episode":"U3","new":{"given_name":"Ahmad","dob":"unknown"},"reason":"x"}`)
	if e := tm.episode(3); e.DuplicateOf != 0 || e.Child == tm.episode(2).Child {
		t.Errorf("U3 is of %s, a duplicate of %q", e.Child, e.DuplicateOf)
	}
	if r := tm.referral(3); r.Stage != domain.StageNew || r.Closing != nil {
		t.Errorf("it is no duplicate any more, and R3 is %s", r.Stage)
	}
}
