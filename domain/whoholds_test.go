package domain_test

import (
	"slices"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

func TestANameWrittenForALoginIsThePersonOfThatName(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat LOWE"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"Pia Moss"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"Sue Adeyemi"}`)
	tm.do(`{"act":"referral.note","referral":"R1","to":"Sam Bright","text":"x"}`)
	r := tm.referral(1)
	if r.AssignedTo != "pat" || r.Booking().Interviewer != "pia" || tm.followUps("K1")["other"].Owner != "sue" || r.Notes[0].To != "sam" {
		t.Errorf("%+v", r)
	}
	tm.do(`{"act":"referral.responsible","referral":"R1","responsible":"team","who":"Cai Rees"}`)
	if r := tm.referral(1); r.AssignedTo != "cai" || r.Who != "" {
		t.Errorf("with %s, who %q", r.AssignedTo, r.Who)
	}
	tm.settings.Users = append(slices.Clone(tm.settings.Users), domain.User{Login: "pat2", Name: "Pat Lowe", Role: domain.Practitioner})
	tm.refused(domain.Invalid, "to", []string{"2 people are called Pat Lowe", "pat or pat2"}, `{"act":"referral.assign","referral":"R1","to":"Pat Lowe"}`)
}

func TestNobodyIsGivenWorkTheyMayNotDo(t *testing.T) {
	tm := newTeam(t).back()
	for field, line := range map[string]string{
		"to":          `{"act":"referral.assign","referral":"R1","to":"ada"}`,
		"who":         `{"act":"referral.accept","referral":"R1","responsible":"team","who":"Ada Finch"}`,
		"interviewer": `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"ada finch"}`,
		"owner":       `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"ada"}`,
	} {
		tm.refused(domain.Invalid, field, []string{"Ada Finch is an auditor"}, "%s", line)
	}
	tm.as("sam").refused(domain.Invalid, "interviewer", []string{"auditor"}, `{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:00:00Z","interviewer":"ada"}`)
	tm.refused(domain.Invalid, "owner", []string{"did you mean"}, `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"patt"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"Jo Bell"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"Jo Bell","role":"youth worker","reach":"020 7946 0000"}`)
	if b := tm.referral(1).Booking(); b.Interviewer != "Jo Bell" || b.Role != "youth worker" || b.Reach != "020 7946 0000" {
		t.Errorf("%+v", b)
	}
}

func TestNobodySignsOffAnInterviewTheyHeldByWhateverName(t *testing.T) {
	for _, interviewer := range []string{"sue", "Sue Adeyemi"} {
		tm := newTeam(t).back()
		tm.do(`{"act":"referral.assign","referral":"R1","to":"dee"}`)
		tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:00:00Z","interviewer":"%s"}`, interviewer)
		tm.do(writtenLine, 1)
		tm.do(`{"act":"interview.submit","interview":"I1"}`)
		for _, line := range []string{`{"act":"interview.approve","interview":"I1"}`, `{"act":"interview.send_back","interview":"I1","comment":"x"}`} {
			tm.as("sue").refused(domain.Forbidden, "", []string{"you held it yourself"}, "%s", line)
		}
		tm.as("sam").do(`{"act":"interview.approve","interview":"I1"}`)
	}
	// Also where only the record says so.
	tm := newTeam(t).back()
	tm.as("sam").do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:00:00Z","interviewer":"pat"}`)
	tm.do(writtenLine, 1)
	tm.do(`{"act":"interview.save","referral":"R1","record":{"arrangements":{"interviewer":"Sue Adeyemi"}}}`)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	tm.as("sue").refused(domain.Forbidden, "", []string{"you held it yourself"}, `{"act":"interview.approve","interview":"I1"}`)
}

func TestMovingABookingKeepsWhatIsLeftOut(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pat","place":"the library","place_kind":"other","how_seen":"face_to_face","suggested_by":"the child","agreed_with_child":true}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T15:00:00Z"}`)
	b := tm.referral(1).Booking()
	if b.Place != "the library" || b.PlaceKind != "other" || b.HowSeen != "face_to_face" || b.SuggestedBy != "the child" || b.Agreed != nil || b.Interviewer != "pat" || b.When != moment(t, "2026-11-23 15:00") {
		t.Errorf("%+v", b)
	}
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z","interviewer":"Jo Bell","reach":"ring the school"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z","interviewer":"pia","place":"school"}`)
	if b := tm.referral(1).Booking(); b.Reach != "" || b.Interviewer != "pia" || b.Place != "school" {
		t.Errorf("%+v", b)
	}
}

func TestWhoIsBookedHoldsAndWrites(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pia"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z","interviewer":"pat"}`)
	if r := tm.referral(1); r.AssignedTo != "pia" {
		t.Errorf("it stays with the person who has it, not %s", r.AssignedTo)
	}
	tm.as("pat").do(`{"act":"interview.save","referral":"R1","record":{"view":{"wants":"x"}}}`)
	tm.do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.do(writtenLine, 1)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	// What nobody has goes to the person who is booked.
	tm.as("dee").returned("K2", "P9", "2026-11-20 10:00", "2026-11-21 12:00")
	tm.as("dee").do(`{"act":"referral.book","referral":"R2","when":"2026-11-23T10:00:00Z","interviewer":"pat"}`)
	if r := tm.referral(2); r.AssignedTo != "pat" {
		t.Errorf("R2 is with %q", r.AssignedTo)
	}
}

func TestAHandOverMovesWhatTheFormerHolderHad(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"of another","owner":"pat"}`)
	tm.as("pat").do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pia"}`)
	fs := tm.followUps("K1")
	if fs["share"].Owner != "pia" || fs["child"].Owner != "pia" || fs["other"].Owner != "pat" || tm.interview(1).Owner != "pia" || tm.interview(1).Interviewer != "pat" {
		t.Errorf("share with %s, other with %s, record with %s", fs["share"].Owner, fs["other"].Owner, tm.interview(1).Owner)
	}
	tm.as("pat").refused(domain.Forbidden, "", nil, `{"act":"referral.assign","referral":"R1","to":"pat"}`)
	// The meeting that was arranged goes along, and it is said.
	tm.as("dee").returned("K2", "P9", "2026-11-20 10:00", "2026-11-21 12:00")
	tm.as("dee").do(`{"act":"referral.book","referral":"R2","when":"2026-11-23T10:00:00Z","interviewer":"pat"}`)
	out := tm.do(`{"act":"referral.assign","referral":"R2","to":"pia"}`)
	if b := tm.referral(2).Booking(); b.Interviewer != "pia" || len(out.Warnings) != 1 {
		t.Errorf("booked with %s, warned %q", b.Interviewer, out.Warnings)
	}
}

func TestAnybodyMayAskTheChildAndLaterToo(t *testing.T) {
	tm := newTeam(t).back()
	tm.as("pia").do(`{"act":"referral.choice","referral":"R1","chose":"her youth worker","independent_offered":true}`)
	if r := tm.referral(1); !r.AskedChild || r.Chose != "her youth worker" || !r.IndependentOffered || r.Stage != domain.StageNew {
		t.Errorf("%+v", r)
	}
	tm.refused(domain.Invalid, "asked_child", nil, `{"act":"referral.choice","referral":"R1"}`)
	tm.refused(domain.Invalid, "chose", nil, `{"act":"referral.choice","referral":"R1","asked_child":false,"chose":"Mo"}`)
	tm.as("dee").do(`{"act":"referral.responsible","referral":"R1","responsible":"social_worker","who":"Jo Bell"}`)
	tm.do(withdrawn, 1)
	tm.as("pia").do(`{"act":"referral.choice","referral":"R1","asked_child":false}`)
	tm.do(`{"act":"referral.carer_information","referral":"R1","text":"he was above the arcade"}`)
	tm.as("dee").do(`{"act":"referral.front_door","referral":"R1","told_at":"2026-11-22T17:00:00Z"}`)
	tm.refused(domain.Invalid, "told_at", []string{"future"}, `{"act":"referral.front_door","referral":"R1","told_at":"2026-11-22T19:00:00Z"}`)
	tm.refused(domain.Invalid, "told_at", []string{"before"}, `{"act":"referral.front_door","referral":"R1","told_at":"2026-10-22T19:00:00Z"}`)
}

func TestOneConversationAboutSeveralReferralsIsLoggedOnce(t *testing.T) {
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00")
	tm.returned("K1", "P2", "2026-11-20 20:00", "2026-11-21 02:00")
	tm.returned("K2", "P3", "2026-11-20 20:00", "2026-11-21 02:00")
	out := tm.do(`{"act":"contact.log","referral":["R2","R1"],"way":"call","with":"child","result":"agreed"}`)
	if len(out.Made) != 1 || len(out.Put) != 2 || tm.referral(1).Attempts[0].ID != tm.referral(2).Attempts[0].ID {
		t.Errorf("made %v, put %d", out.Made, len(out.Put))
	}
	tm.do(`{"act":"contact.strike","attempt":"A1","reason":"x"}`)
	if !tm.referral(1).Attempts[0].Struck() || !tm.referral(2).Attempts[0].Struck() {
		t.Error("struck on both")
	}
	one := `,"way":"call","with":"child","result":"agreed"}`
	tm.refused(domain.Invalid, "referral", []string{"two children"}, `{"act":"contact.log","referral":["R1","R3"]%s`, one)
	tm.refused(domain.Invalid, "referral", []string{"twice"}, `{"act":"contact.log","referral":["R1","R1"]%s`, one)
	tm.refused(domain.NotFound, "referral", nil, `{"act":"contact.log","referral":["R1","R9"]%s`, one)
	tm.refused(domain.Invalid, "referral", []string{"names none"}, `{"act":"contact.log","referral":[]%s`, one)
	tm.do(withdrawn, 2)
	tm.refused(domain.Invalid, "referral", []string{"R2 is withdrawn"}, `{"act":"contact.log","referral":["R1","R2"]%s`, one)
}

func TestOnlyWhoWasAskedDeclined(t *testing.T) {
	tm := newTeam(t).back()
	tm.refused(domain.Invalid, "declined_by", []string{"anybody declined"}, declinedLine)
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"declined"}`)
	tm.refused(domain.Invalid, "declined_by", []string{"the child declined"}, declinedLine)
	tm.do(saidNo)
	tm.do(`{"act":"contact.strike","attempt":"A2","reason":"another child"}`)
	tm.refused(domain.Invalid, "declined_by", nil, declinedLine)
	for given, to := range map[string]string{`true`: "carer", `"child"`: "child", `"both"`: "both", `"no number"`: ""} {
		tm := newTeam(t).back()
		tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"declined"}`)
		tm.do(`{"act":"referral.close","referral":"R1","as":"declined","text":"x","declined_by":"carer","helpline_given":%s,"letter_sent":true,"carer_offered":true,"carer_information":"he has a new phone"}`, given)
		r := tm.referral(1)
		if r.Closing.HelplineTo != to || (r.Closing.Steps["helpline_given"] == "") != (to != "") || len(r.CarerTold) != 1 {
			t.Errorf("%s: given to %q, %+v", given, r.Closing.HelplineTo, r.Closing.Steps)
		}
	}
}

func TestUnderAgeNeedsADateOfBirth(t *testing.T) {
	tm := newTeam(t, "west_sussex")
	tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00", "returned_at=2026-11-21 10:00")
	tm.refused(domain.Invalid, "reason", []string{"date of birth is not known"}, `{"act":"referral.not_required","referral":"R1","reason":"under_age","text":"looks young"}`)
	tm.do(`{"act":"child.edit","child_ref":"K1","dob":"2018-02-01"}`)
	tm.do(`{"act":"referral.not_required","referral":"R1","reason":"under_age","text":"she is 8"}`)
}
