package domain

import (
	"strings"
	"testing"
	"unicode"
)

// Every act is one that takes the place of something or one that only adds; a new act has to be thought about here.
func TestOverwrites(t *testing.T) {
	adds := map[string]bool{}
	for _, a := range []string{"contact.log", "contact.strike", "referral.chase", "referral.note", "followup.add", "child.different",
		"referral.new", "referral.seen", "intelligence.merge", "undo", "redo", "caseload.hand_over", "referral.choice", "referral.front_door", "referral.carer_information"} {
		adds[a] = true
	}
	replaces := map[string]bool{}
	for _, a := range []string{"child.confirm", "child.died", "child.lives", "child.edit", "child.join", "child.open", "child.restrict", "cluster.accept", "cluster.add", "cluster.break_up", "cluster.dismiss", "cluster.leave_out",
		"episode.duplicate", "episode.end", "episode.edit", "episode.move", "flag.clear", "flag.set", "followup.done", "followup.drop", "followup.redate",
		"interview.approve", "interview.held", "interview.save", "interview.send_back", "interview.share", "interview.submit",
		"referral.accept", "referral.answer", "referral.assign", "referral.book", "referral.close", "referral.late", "referral.missed", "referral.not_required",
		"interview.unheld", "interview.correct_held", "referral.reopen", "referral.responsible", "referral.sign_off"} {
		replaces[a] = true
	}
	for _, name := range ActNames() {
		a := newAct(name)
		n := a.Name()
		if adds[n] == replaces[n] {
			t.Errorf("%s: say here whether it takes the place of what others did meanwhile", n)
		}
		if Overwrites(a) != replaces[n] {
			t.Errorf("%s overwrites: %v", n, Overwrites(a))
		}
		if d := DoingOf(a); d == "" || d == Here || d.Verb() == Here.Verb() {
			t.Errorf("%s: doing %q", n, d)
		}
	}
	for act, want := range map[Act]Doing{&LogContact{}: Ringing, &Book{}: Arranging, &MissedBooking{}: Arranging, &SaveInterview{}: Writing,
		&EditChild{}: Editing, &EditEpisode{}: Editing, &SetFlag{}: Editing, &Accept{}: Deciding, &Close{}: Deciding} {
		if got := DoingOf(act); got != want {
			t.Errorf("%s: %s, want %s", act.Name(), got, want)
		}
	}
}

// Every act that a form can be about says in the future tense what it will do.
func TestEveryActSaysWhatItWillDo(t *testing.T) {
	for name, row := range actsByName() {
		if row.program {
			continue
		}
		will, ok := strings.CutPrefix(WillDo(row.new()), "This will ")
		if !ok || will == "" || strings.HasSuffix(will, ".") || !unicode.IsLower(rune(will[0])) {
			t.Errorf("%s: %q", name, will)
		}
	}
}
