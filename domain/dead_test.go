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
// ended by it are open again, and what was closed or dropped stays so and is told.
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
	for _, say := range []string{"P1: without a return again", "R1 stays closed as unable", "F1 stays dropped"} {
		if !strings.Contains(said, say) {
			t.Errorf("%q does not say %q", said, say)
		}
	}
	if tm.named("K1").Died != nil || tm.episode(1).Ended != nil || tm.gone() != "P1" || tm.referral(1).Stage != domain.StageUnable {
		t.Errorf("%+v, %+v, %s, %s", tm.named("K1").Died, tm.episode(1).Ended, tm.gone(), tm.referral(1).Stage)
	}
	tm.do(`{"act":"referral.reopen","referral":"R1","reason":"she lives"}`)
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
