package domain_test

import (
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

const unheldLine = `{"act":"interview.unheld","interview":"I1","reason":"it was her sister"}`

func TestAnInterviewThatWasNotHeldIsTakenBack(t *testing.T) {
	tm := interviewed(t)
	tm.as("pat").do(`{"act":"interview.submit","interview":"I1"}`)
	tm.do(unheldLine)
	v := tm.interview(1)
	if v.HeldAt != 0 || v.SubmittedAt != 0 || v.Sheet.Get("", "view", "own_words").Text != "I was sad" {
		t.Errorf("%+v", v)
	}
	if got := tm.stages(3); got != "new new new" && got != "accepted accepted accepted" {
		t.Errorf("stages %s", got)
	}
	if cl := tm.cluster(1); cl.HeldAt != 0 || len(cl.Members) != 3 {
		t.Errorf("%+v", cl)
	}
	for kind, f := range tm.followUps("K1") {
		if f.Open() {
			t.Errorf("%s is still open", kind)
		}
	}
	cs := domain.ClocksOf(&tm.settings.Policy, tm.episode(1), tm.referral(1))
	if cs.Interview.Met != 0 || cs.Contact.Met != 0 || cs.Share.Start != 0 {
		t.Errorf("%+v", cs)
	}
	// Held after all, it raises what an interview raises, and its record goes on.
	tm.do(heldLine, 2, "2026-11-22T17:30:00Z")
	open := 0
	for _, f := range tm.followUps("K1") {
		if f.Open() {
			open++
		}
	}
	if tm.referral(1).Interview != v.ID || open < 2 {
		t.Errorf("R1 has %s, %d follow-ups are open", tm.referral(1).Interview, open)
	}
}

func TestAnUnheldInterviewHasItsBookingAgain(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z","interviewer":"Pat Lowe","place":"school"}`)
	tm.as("pat").do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.as("pia").refused(domain.Forbidden, "", nil, unheldLine)
	tm.as("pat").do(unheldLine)
	tm.stage(domain.StageBooked)
	if b := tm.referral(1).Booking(); b == nil || b.Place != "school" || b.Interviewer != "pat" {
		t.Errorf("%+v", b)
	}
}

func TestWhatWasSignedIsNeitherTakenBackNorCorrected(t *testing.T) {
	tm := interviewed(t)
	tm.as("pat").do(`{"act":"interview.submit","interview":"I1"}`)
	tm.as("sam").do(`{"act":"interview.approve","interview":"I1"}`)
	tm.refused(domain.Invalid, "interview", []string{"signed off by Sam Bright"}, unheldLine)
	tm.refused(domain.Invalid, "interview", []string{"signed off"}, `{"act":"interview.correct_held","interview":"I1","alone":"no","reason":"x"}`)
}

func TestHeldIsCorrected(t *testing.T) {
	tm := interviewed(t)
	tm.do(`{"act":"followup.redate","followup":"F1","due_at":"2026-12-04T10:00:00Z","reason":"she is away"}`)
	tm.as("pat")
	tm.refused(domain.Invalid, "held_at", []string{"before the return"}, `{"act":"interview.correct_held","interview":"I1","held_at":"2026-11-20T17:00:00Z","reason":"x"}`)
	tm.refused(domain.Invalid, "", []string{"nothing is corrected"}, `{"act":"interview.correct_held","interview":"I1","held_at":"2026-11-22T17:00:00Z","reason":"x"}`)
	tm.do(`{"act":"interview.correct_held","interview":"I1","held_at":"2026-11-22T11:00:00Z","interviewer":"Pia Moss","alone":"no","present":"her aunt","at_whose_wish":"the child's","reason":"I wrote the wrong hour"}`)
	v := tm.interview(1)
	if v.HeldAt != moment(t, "2026-11-22 11:00") || v.Interviewer != "pia" || v.Owner != "pia" || v.Sheet.Get("", "arrangements", "present").Text != "her aunt" || v.Sheet.Get("", "arrangements", "alone").Text != "no" {
		t.Errorf("%+v", v)
	}
	for n := uint64(1); n <= 3; n++ {
		if tm.referral(n).HeldAt != v.HeldAt {
			t.Errorf("R%d held %s", n, tm.referral(n).HeldAt)
		}
	}
	if tm.cluster(1).HeldAt != v.HeldAt {
		t.Error("so does the cluster")
	}
	fs := tm.followUps("K1")
	if fs["share"].Due != moment(t, "2026-11-23 11:00") || fs["share"].Owner != "pia" || fs["child"].Due != moment(t, "2026-12-04 10:00") {
		t.Errorf("share due %s with %s, child %s", fs["share"].Due, fs["share"].Owner, fs["child"].Due)
	}
	tm.as("pia").do(`{"act":"interview.submit","interview":"I1"}`)
	tm.on("2026-11-22 19:00").refused(domain.Invalid, "held_at", []string{"after its record was submitted"}, `{"act":"interview.correct_held","interview":"I1","held_at":"2026-11-22T18:30:00Z","reason":"x"}`)
}

func TestTheTimelineTellsAllContactsCopiesAndFlagsTakenBack(t *testing.T) {
	tm := interviewed(t)
	tm.as("sam")
	for _, l := range []string{
		`{"act":"contact.log","followup":"F1","way":"visit","with":"child","result":"spoke","note":"about the phone"}`,
		`{"act":"interview.share","interview":"I1","audience":"police","to":"PC 12","way":"email","purpose":"a place"}`,
		`{"act":"flag.set","episode":"P1","flag":"harm","reason":"said so"}`,
		`{"act":"flag.clear","episode":"P1","flag":"harm","reason":"another child's"}`,
		`{"act":"referral.front_door","referral":"R1","told_at":"2026-11-22T16:00:00Z","to":"MASH"}`,
		`{"act":"referral.carer_information","referral":"R1","text":"he was above the arcade","places":["Quay Arcade"],"people":["Moe"]}`,
	} {
		tm.do("%s", l)
	}
	tl, err := view.ReadTimeline(tm, tm.child(1))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]view.TimelineEvent{}
	for _, e := range tl.Events {
		got[e.Kind] = e
	}
	for kind, want := range map[string]string{
		"contact":      "visit with child: spoke, by Sam Bright: about the phone, about the follow-up F1",
		"shared":       "copy for PC 12 (police intelligence) by email, a place, by Sam Bright",
		"flag_cleared": "flag harm taken back: another child's",
		"front_door":   "front door (MASH) told, by Sam Bright",
		"carer_told":   "parent or carer told Sam Bright: he was above the arcade (named: Quay Arcade, Moe)",
		"held":         "interview held",
	} {
		if got[kind].Summary != want {
			t.Errorf("%s: %q, should be %q", kind, got[kind].Summary, want)
		}
	}
	if got["held"].Interview != 0 && got["held"].Interview.String() != "I1" || got["shared"].Interview.String() != "I1" || got["contact"].FollowUp.String() != "F1" {
		t.Errorf("%+v", got["held"])
	}
}
