package domain_test

import (
	"slices"
	"strings"
	"testing"

	"homeward/domain"
)

// Every act of the table against a child who is recorded as having died, with the referral in every stage: what is arranged with
// or sent to the child or family is refused by that rule, whatever the stage; what is put right, finished for the professionals
// or passed on can still be done.
func TestEachActOnAChildWhoDied(t *testing.T) {
	never := []string{"child.died", "child.join", "contact.log", "interview.held", "referral.book", "referral.missed", "referral.reopen"}
	done, said := map[string]bool{}, map[string]bool{}
	for _, act := range domain.ActNames() {
		for _, stage := range domain.Stages() {
			for _, who := range []string{"sam", "dee", "pat"} {
				tm := oneOfEach(t, stage, "pat", who)
				tm.named("K1").Died = &domain.Death{On: 20261101, Why: "x", By: "dee", At: moment(t, "2026-11-02 10:00")}
				_, r := tm.try("%s", lineOf(act, who))
				if r == nil {
					done[act] = true
				} else if strings.Contains(r.Message, "recorded as having died") {
					said[act] = true
				}
			}
		}
	}
	for _, act := range domain.ActNames() {
		switch {
		case slices.Contains(never, act) && done[act]:
			t.Errorf("%s was done", act)
		case slices.Contains(never, act) && !said[act]:
			t.Errorf("%s is refused in no stage because the child died", act)
		case !slices.Contains(never, act) && said[act] && !done[act]:
			t.Errorf("%s is refused because the child died: say so in this test, or let it be done", act)
		}
	}
	for _, act := range []string{"child.lives", "referral.note", "referral.close", "child.edit", "followup.done", "interview.approve", "interview.save"} {
		if !done[act] {
			t.Errorf("%s cannot be done any more", act)
		}
	}
}

// A death that was recorded in error is taken back by an act of its own, also once others have built on it: the episodes that
// ended by it are open again, the interviews given up for it are owed again, and what was dropped stays so and is told.
func TestADeathRecordedInErrorIsTakenBack(t *testing.T) {
	tm := newTeam(t)
	tm.openEpisode()
	tm.arrived("police_ref=P2", "child_ref=K1", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 08:00")
	tm.arrived("police_ref=P9", "child_ref=K9", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 08:00")
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"child","text":"see Ivy"}`)
	tm.refused(domain.Invalid, "child_ref", []string{"not recorded as having died"}, `{"act":"child.lives","child_ref":"K1","reason":"x"}`)
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"the hospital rang"}`)
	tm.do(`{"act":"child.edit","child_ref":"K1","language":"Welsh"}`) // undo is refused from now on
	tm.refused(domain.Invalid, "child_ref", []string{"child.lives"}, `{"act":"child.died","child_ref":"K1","on":"2026-11-20","reason":"x"}`)
	tm.as("pat").refused(domain.Forbidden, "", nil, `{"act":"child.lives","child_ref":"K1","reason":"x"}`)
	out := tm.as("dee").do(`{"act":"child.lives","child_ref":"K1","reason":"it was a cousin"}`)
	said := strings.Join(out.Warnings, "\n")
	for _, say := range []string{"P1 (died, 2026-11-21): that is no fact of this child", "R1 is new again", "F1 stays dropped"} {
		if !strings.Contains(said, say) {
			t.Errorf("%q does not say %q", said, say)
		}
	}
	if tm.named("K1").Died != nil || tm.episode(1).Ended != nil || tm.gone() != "P1" || tm.referral(1).Stage != domain.StageNew {
		t.Errorf("%+v, %+v, %s, %s", tm.named("K1").Died, tm.episode(1).Ended, tm.gone(), tm.referral(1).Stage)
	}
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"she did die"}`)
	if e := tm.episode(1); e.Ended == nil || tm.gone() != "" {
		t.Errorf("%+v, %s", e.Ended, tm.gone())
	}
}

// An episode on which something is owed is not moved to a child who died, where it would end unseen: the refusal says what
// helps.
func TestNothingOwedMovesToAChildWhoDied(t *testing.T) {
	tm := newTeam(t)
	tm.openEpisode()
	tm.arrived("police_ref=P2", "child_ref=K2", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 08:00")
	tm.arrived("police_ref=P3", "child_ref=K2", "missing_at=2026-11-14 20:00")
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"x"}`)
	tm.refused(domain.Invalid, "to", []string{"recorded as having died", "R1 is still owed", "referral.close", "child.lives"}, `{"act":"episode.move","episode":"P2","to":"K1","reason":"x"}`)
	tm.refused(domain.Invalid, "to", []string{"P3 has no return", "episode.end", "child.lives"}, `{"act":"episode.move","episode":"P3","to":"K1","reason":"x"}`)
	tm.refused(domain.Invalid, "other", []string{"having died"}, `{"act":"child.join","keep":"K1","other":"K2","reason":"x"}`)
	tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"hers"}`)
	tm.do(`{"act":"episode.move","episode":"P2","to":"K1","reason":"x"}`)
	tm.do(`{"act":"child.lives","child_ref":"K1","reason":"x"}`)
	tm.do(`{"act":"episode.move","episode":"P3","to":"K1","reason":"x"}`)
}

// ofChildren finds the records in hand by their child, too.
type ofChildren struct{ inHand }

func (h ofChildren) EpisodesOf(child domain.ID) ([]*domain.Episode, error) {
	return of[*domain.Episode](h, child), nil
}

func (h ofChildren) FollowUpsOf(child domain.ID) ([]*domain.FollowUp, error) {
	return of[*domain.FollowUp](h, child), nil
}

func (h ofChildren) InterviewsOf(child domain.ID) ([]*domain.Interview, error) {
	return of[*domain.Interview](h, child), nil
}

func of[R domain.Record](h ofChildren, child domain.ID) (out []R) {
	for _, r := range h.Records {
		if v, ok := r.(R); ok && r.ChildID() == child {
			out = append(out, v)
		}
	}
	return out
}

// Once a death is recorded, no act of the table opens anything of the child again that is for them or their family.
func TestNoActOpensAnythingOfAChildWhoDied(t *testing.T) {
	lines := []string{
		`{"act":"episode.edit","episode":"E1","returned_at":null}`,
		`{"act":"referral.sign_off","referral":"R1","approve":false}`,
		`{"act":"episode.move","episode":"E8","to":"K1","reason":"x"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"child","text":"x"}`,
	}
	for _, act := range domain.ActNames() {
		if act != "child.lives" && act != "undo" && act != "redo" {
			lines = append(lines, lineOf(act, "sam"))
		}
	}
	for _, line := range lines {
		for _, stage := range domain.Stages() {
			tm := oneOfEach(t, stage, "pat", "sue")
			hand := tm.Reader.(inHand)
			tm.Over(ofChildren{hand})
			tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-20","reason":"x"}`)
			hand.Who.Login, hand.Who.Name = "sam", "Sam Bright" // who decided nothing yet
			tm.Over(ofChildren{hand})
			if _, r := tm.try("%s", line); r == nil {
				tm.nothingOfTheDeadIsOpen()
				if t.Failed() {
					t.Fatalf("%s, %s", line, stage)
				}
			}
		}
	}
}

// What goes along with an episode to a child who died is settled there as the death settled what was open: the family's is dropped,
// the rest is a supervisor's, and the answer says so.
func TestAnEpisodeMovedToAChildWhoDiedBringsNothingOpen(t *testing.T) {
	tm := newTeam(t).back()
	tm.arrived("police_ref=P9", "child_ref=K9", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 08:00")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"dee"}`)
	tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:00:00Z"}`)
	tm.do(`{"act":"child.died","child_ref":"K9","on":"2026-11-21","reason":"x"}`)
	said := strings.Join(tm.do(`{"act":"episode.move","episode":"P1","to":"K9","reason":"x"}`).Warnings, "\n")
	fus, err := tm.FollowUpsOf(tm.named("K9").ID)
	if err != nil || len(fus) == 0 {
		t.Fatal(fus, err)
	}
	dropped := 0
	for _, f := range fus {
		switch {
		case f.Kind == domain.FollowChild && f.Dropped == nil, f.Kind == domain.FollowShare && (!f.Open() || f.Owner != "sam"):
			t.Errorf("%+v", f)
		case f.Dropped != nil:
			dropped++
			if !strings.Contains(said, f.ID.String()+" dropped") {
				t.Errorf("%q does not say that %s is dropped", said, f.ID)
			}
		}
	}
	if dropped == 0 {
		t.Error("nothing is dropped")
	}
	tm.nothingOfTheDeadIsOpen()
	tm.do(`{"act":"undo"}`)
	if fus, _ = tm.FollowUpsOf(tm.named("K1").ID); len(fus) == 0 || fus[0].Owner != "dee" {
		t.Errorf("undone: %+v", fus)
	}
}

// A duplicate that is moved is none any more: without a return it is as open as any other.
func TestAnOpenDuplicateDoesNotMoveToAChildWhoDied(t *testing.T) {
	tm := newTeam(t).back()
	tm.arrived("police_ref=P7", "child_ref=K1", "missing_at=2026-11-21 20:30")
	tm.arrived("police_ref=P9", "child_ref=K9", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 08:00")
	tm.do(`{"act":"episode.duplicate","episode":"P7","of":"P1","reason":"x"}`)
	tm.do(`{"act":"child.died","child_ref":"K9","on":"2026-11-21","reason":"x"}`)
	tm.refused(domain.Invalid, "to", []string{"P7 has no return"}, `{"act":"episode.move","episode":"P7","to":"K9","reason":"x"}`)
}

// What is put right of a child who died is settled at once: an interview that was not held is owed no more than any other.
func TestPuttingRightOfAChildWhoDiedOpensNothing(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.assign","referral":"R1","to":"dee"}`)
	tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:00:00Z"}`)
	tm.arrived("police_ref=P2", "child_ref=K1", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 10:00")
	tm.do(`{"act":"referral.close","referral":"R2","as":"withdrawn","text":"x"}`)
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"x"}`)
	out := tm.do(`{"act":"interview.unheld","interview":"I1","reason":"x"}`)
	if said := strings.Join(out.Warnings, "\n"); tm.referral(1).Stage != domain.StageUnable || !strings.Contains(said, "R1 closed as unable") {
		t.Errorf("%s, %q", tm.referral(1).Stage, said)
	}
	out = tm.do(`{"act":"episode.edit","episode":"P2","returned_at":null}`)
	if said := strings.Join(out.Warnings, "\n"); tm.episode(2).Ended == nil || !strings.Contains(said, "P2 ended") {
		t.Errorf("%+v, %q", tm.episode(2).Ended, said)
	}
}
