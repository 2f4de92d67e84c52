package domain_test

import (
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

func TestOnlyTheFirstTwoDeclinesSetATimeToAskAgain(t *testing.T) {
	tm := newTeam(t).back()
	declined := `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined"}`
	for i, want := range []string{"2026-11-23 18:00", "2026-11-24 09:00", ""} {
		tm.on([]string{"2026-11-22 18:00", "2026-11-23 09:00", "2026-11-24 09:30"}[i]).do("%s", declined)
		if got := domain.TryAgain(tm.referral(1).Attempts); got != moment(t, want) {
			t.Errorf("decline %d: ask again %v, should be %q", i+1, got, want)
		}
	}
	// One that was entered wrongly was no decline.
	tm.do(`{"act":"contact.strike","attempt":"A1","reason":"another child"}`)
	tm.do("%s", declined)
	if got := domain.TryAgain(tm.referral(1).Attempts); got != 0 {
		t.Errorf("the third that counts: ask again %v", got)
	}
	tm.do(`{"act":"contact.strike","attempt":"A2","reason":"another child"}`)
	tm.do(`{"act":"contact.strike","attempt":"A3","reason":"another child"}`)
	tm.do("%s", declined)
	if got := domain.TryAgain(tm.referral(1).Attempts); got != moment(t, "2026-11-25 09:30") {
		t.Errorf("the second that counts: ask again %v", got)
	}
}

func TestTheTimeToAskAgainIsThePolicysUnlessSomeoneSaysWhen(t *testing.T) {
	tm := newTeam(t)
	tm.settings.Policy.AskAgainAfter = domain.Days(3)
	tm.back().do(`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"declined"}`)
	if got := domain.TryAgain(tm.referral(1).Attempts); got != moment(t, "2026-11-25 18:00") {
		t.Errorf("policy says 3d: %v", got)
	}
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined","try_again_at":"2026-11-23T15:30:00Z"}`)
	if got := domain.TryAgain(tm.referral(1).Attempts); got != moment(t, "2026-11-23 15:30") {
		t.Errorf("she said half past three: %v", got)
	}
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer"}`)
	if got := domain.TryAgain(tm.referral(1).Attempts); got != 0 {
		t.Errorf("no answer sets none: %v", got)
	}
}

func TestAnAttemptEnteredWronglyIsStruckAndStaysVisible(t *testing.T) {
	tm := newTeam(t).back()
	out := tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","at":"2026-11-22T16:00:00Z"}`)
	if len(out.Made) != 1 || out.Made[0].String() != "A1" {
		t.Fatalf("made %v", out.Made)
	}
	met := func() domain.Moment {
		return domain.ClocksOf(&tm.settings.Policy, tm.episode(1), tm.referral(1)).Contact.Met
	}
	if met() != moment(t, "2026-11-22 16:00") {
		t.Errorf("contact met %v", met())
	}
	tm.do(`{"act":"contact.strike","attempt":"A1","reason":"that was her sister"}`)
	a := tm.referral(1).Attempts[0]
	if !a.Struck() || a.StruckBy != "dee" || a.StruckWhy != "that was her sister" || a.Result != "spoke" || met() != 0 {
		t.Errorf("%+v, contact met %v", a, met())
	}
	tm.refused(domain.Invalid, "attempt", []string{"struck already"}, `{"act":"contact.strike","attempt":"A1","reason":"x"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x"}`)
	tm.do(`{"act":"contact.log","followup":"F1","way":"email","with":"professional","result":"sent"}`)
	tm.do(`{"act":"contact.strike","attempt":"A2","reason":"wrong address"}`)
	f, err := tm.FollowUp(domain.NewID(domain.KindFollowUp, 1))
	if must(t, f, err); !f.Attempts[0].Struck() {
		t.Error("an attempt on a follow-up is not struck")
	}
}

func TestClosingAsDeclinedRecordsWhatWasDoneOrWhyNot(t *testing.T) {
	tm := newTeam(t).back()
	for _, result := range []string{"no_answer", "declined", "declined", "left_message"} {
		tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":%q}`, result)
	}
	tm.do(`{"act":"contact.strike","attempt":"A3","reason":"entered twice"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	tm.do(`{"act":"referral.close","referral":"R1","as":"declined","text":"does not see the point","declined_by":"child","helpline_given":true,"letter_sent":"she asked for none","carer_offered":true}`)
	tm.stage("declined")
	c := tm.referral(1).Closing
	if c.Asked != 1 || c.DeclinedBy != "child" || c.By != "dee" || c.Steps["helpline_given"] != "" || c.Steps["letter_sent"] != "she asked for none" || len(c.Steps) != 3 {
		t.Errorf("%+v", c)
	}
	if b := tm.referral(1).Booking(); b != nil {
		t.Errorf("closed, and a booking stands: %+v", b)
	}
	if f := tm.leadTold(); len(f) != 1 || f[0].Owner != "dee" {
		t.Errorf("nobody tells the lead professional: %+v", f)
	}
}

func TestClosingAsWithdrawnIsAnErrorTakenBackAndOwesNothing(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"entered twice"}`)
	if f := tm.leadTold(); len(f) != 0 {
		t.Errorf("%+v", f)
	}
	tm.refused(domain.Invalid, "helpline_given", nil, `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x","helpline_given":true}`)
	tm.refused(domain.Invalid, "police_told", nil, `{"act":"referral.close","referral":"R1","as":"declined","text":"x","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":true,"police_told":true}`)
	tm.refused(domain.Invalid, "declined_by", nil, `{"act":"referral.close","referral":"R1","as":"unable","text":"x","declined_by":"child","letter_sent":true,"social_worker_told":true,"police_told":true}`)
}

func TestAReasonLateIsForAnInterviewThatIsLate(t *testing.T) {
	line := `{"act":"referral.late","referral":"R1","reason":"could_not_reach","text":"no telephone"}`
	tm := newTeam(t).back()
	tm.on("2026-11-25 14:10").refused(domain.Invalid, "referral", []string{"not late", "Wed 25 Nov 2026 14:10"}, "%s", line)
	tm.on("2026-11-25 14:11").do("%s", line)
	if l := tm.referral(1).LateReason; l == nil || l.Reason != "could_not_reach" || l.Text != "no telephone" || l.By != "dee" {
		t.Errorf("%+v", l)
	}
	// Regulators measure from the return, whatever the policy: late by that is late, too.
	ws := newTeam(t, "west_sussex")
	ws.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-17 20:00", "returned_at=2026-11-18 14:10", "notified_at=2026-11-22 15:00")
	ws.do(`{"act":"referral.late","referral":"R1","reason":"late_notification"}`)
}

func TestFollowUps(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"named a man","at":"2026-11-22T17:30:00Z"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"professional","text":"ring the school","owner":"pat"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"service","text":"x","due_at":"2026-12-24T10:00:00Z"}`)
	for i, want := range []struct{ due, owner string }{
		{"2026-11-22 18:30", "dee"}, {"2026-11-29 18:00", "pat"}, {"2026-12-24 10:00", "dee"},
	} {
		f, err := tm.FollowUp(domain.NewID(domain.KindFollowUp, uint64(i+1)))
		if must(t, f, err); f.Due != moment(t, want.due) || f.Owner != want.owner || f.Child != tm.child(1).ID {
			t.Errorf("F%d: due %v, owner %s", i+1, f.Due, f.Owner)
		}
	}
	tm.refused(domain.Invalid, "due_at", nil, `{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"x","due_at":"2026-11-23T10:00:00Z"}`)
	tm.refused(domain.NotFound, "interview", nil, `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","interview":"I1"}`)
	tm.as("pia").do(`{"act":"followup.done","followup":"F1","found":"told the duty social worker, Ms Ray","next":"she rings back"}`)
	f, err := tm.FollowUp(domain.NewID(domain.KindFollowUp, 1))
	if must(t, f, err); f.Open() || f.DoneBy != "pia" || f.DoneAt != moment(t, "2026-11-22 18:00") || f.Found != "told the duty social worker, Ms Ray" || f.Next != "she rings back" {
		t.Errorf("%+v", f)
	}
	tm.refused(domain.Invalid, "followup", []string{"Pia Moss"}, `{"act":"followup.done","followup":"F1","found":"x"}`)
	tm.refused(domain.Invalid, "followup", []string{"done"}, `{"act":"contact.log","followup":"F1","way":"call","with":"professional","result":"spoke"}`)
}

func TestAFlagIsSetAndTakenBackByWhomAndWhy(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"flag.set","episode":"P1","flag":"exploitation","reason":"an older man waits at school"}`)
	if f := tm.episode(1).Flags; len(f) != 1 || f[0].By != "dee" || f[0].Why != "an older man waits at school" || f[0].At != moment(t, "2026-11-22 18:00") {
		t.Errorf("%+v", f)
	}
	tm.refused(domain.Invalid, "flag", nil, `{"act":"flag.set","episode":"E1","flag":"exploitation","reason":"x"}`)
	tm.do(`{"act":"flag.clear","episode":"E1","flag":"exploitation","reason":"her uncle"}`)
	tm.refused(domain.Invalid, "flag", nil, `{"act":"flag.clear","episode":"P1","flag":"exploitation","reason":"x"}`)
}
