package domain_test

import (
	"strings"
	"testing"

	"homeward/domain"
)

// Somebody who was recorded as having held an interview never signs its record off, also once that was corrected or taken back.
func TestWhoWasRecordedAsTheInterviewerSignsNothingOff(t *testing.T) {
	const record = `{"act":"interview.save","referral":"R1","record":{"arrangements":{"alone":"yes","interviewer":"Pat"},"confidentiality":{"explained":"yes"},"view":{"own_words":"x"},"judgement":{"likelihood":"low"}}}`
	for _, lines := range [][]string{
		{`{"act":"interview.correct_held","interview":"I1","interviewer":"pat","reason":"it was pat"}`},
		{`{"act":"interview.unheld","interview":"I1","reason":"x"}`, `{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:40:00Z","interviewer":"pat"}`},
	} {
		tm := newTeam(t).back().as("sam")
		tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:30:00Z","interviewer":"sam"}`)
		for _, l := range lines {
			tm.do("%s", l)
		}
		tm.as("pat").do(record)
		tm.do(`{"act":"interview.submit","interview":"I1"}`)
		tm.as("sam").nothing(domain.Forbidden, "", []string{"you were recorded as having held it yourself"}, `{"act":"interview.approve","interview":"I1"}`)
		tm.as("sue").do(`{"act":"interview.approve","interview":"I1"}`)
	}
}

// Once a child died, submitting the record raises nothing that is for them or their family, a service of the plan neither.
func TestSubmittingAfterADeathRaisesNoService(t *testing.T) {
	tm := newTeam(t).back().as("sam")
	tm.do(heldLine, 1, "2026-11-22T15:30:00Z")
	tm.do(`{"act":"interview.save","referral":"R1","record":{"arrangements":{"alone":"yes","interviewer":"Pat"},"confidentiality":{"explained":"yes"},"view":{"own_words":"x"},"judgement":{"likelihood":"low"},"plan":{"actions":[{"kind":"service","text":"mentor","owner":"pat","due":"2026-12-05"}]}}}`)
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-22","reason":"x"}`)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	if f := tm.followUps("K1")["service"]; f != nil && f.Open() {
		t.Errorf("%s is to be done", f.ID)
	}
}

// What is recorded all the same is told of.
func TestWhatIsTakenIsWarnedOf(t *testing.T) {
	for _, c := range []struct{ before, line, says string }{
		{`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:30:00Z","interviewer":"pat"}`, `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`, "the interview of R1 was held Sun 22 Nov 2026 15:30, and its record stays"},
		{"", `{"act":"child.edit","child_ref":"K1","dob":"2026-11-22"}`, "P1 began Sat 21 Nov 2026 20:00, which is not after the date of birth"},
		{"", `{"act":"child.edit","child_ref":"K1","given_name":null,"family_name":""}`, "nothing is left of the name: the child is listed as K1 alone"},
		{"", `{"act":"child.edit","child_ref":"K1","dob":"2011-03-15"}`, ""},
		{"", `{"act":"child.edit","child_ref":"K1","given_name":""}`, ""},
		{"", `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`, ""},
	} {
		tm := newTeam(t).back().as("sam")
		if c.before != "" {
			tm.do("%s", c.before)
		}
		if said := strings.Join(tm.do("%s", c.line).Warnings, "\n"); !strings.Contains(said, c.says) || c.says == "" && said != "" {
			t.Errorf("%s: said %q", c.line, said)
		}
	}
}

// A letter and a leaflet do not speak.
func TestALetterDoesNotSpeak(t *testing.T) {
	for _, way := range domain.Ways() {
		tm := newTeam(t).back()
		_, r := tm.try(`{"act":"contact.log","referral":"R1","way":%q,"with":"child","result":"spoke"}`, way)
		if refused := r != nil && r.Field == "result"; refused != domain.Posted(way) {
			t.Errorf("%s: %v", way, r)
		}
		tm.do(`{"act":"contact.log","referral":"R1","way":%q,"with":"child","result":"sent"}`, way)
	}
}

// A version that the record never had is refused as what it is.
func TestAVersionNewerThanOurs(t *testing.T) {
	tm := newTeam(t).back()
	tm.refused(domain.Conflict, "version", []string{"R1 is at version 1, and 9 is newer than any it has had"}, `{"act":"referral.assign","referral":"R1","to":"pat","version":9}`)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat","version":1}`)
	tm.refused(domain.Conflict, "version", []string{"since you saw it: it is at version 2, you saw 1"}, `{"act":"referral.assign","referral":"R1","to":"pia","version":1}`)
}

// What nobody can see in a cell is taken out of a text, which is said, and never out of a reference: without it that may be
// another child's.
func TestControlCharactersInARow(t *testing.T) {
	tm := newTeam(t)
	out := tm.arrived("police_ref=P1", "child_ref=K1", "given_name=A\u202enn", "family_name=Lee", "missing_at=2026-11-20 10:00", "notes=two\r\nlines")
	if said := strings.Join(out.Warnings, "\n"); said != "given_name holds a control character (U+202E), which is taken out: “Ann” is kept" || tm.child(1).GivenName != "Ann" {
		t.Errorf("%q, %q", said, tm.child(1).GivenName)
	}
	for _, cell := range []string{"police_ref=P\x001", "child_ref=K\u009b1"} {
		_, r := tm.arrive("police_ref=P2", "child_ref=K2", "missing_at=2026-11-20 10:00", cell)
		if r == nil || !strings.Contains(r.Message, "holds a control character") {
			t.Errorf("%q: %v", cell, r)
		}
	}
}
