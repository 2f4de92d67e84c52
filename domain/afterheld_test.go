package domain_test

import (
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

const (
	heldLine    = `{"act":"interview.held","referral":"R%d","held_at":"%s"}`
	writtenLine = `{"act":"interview.save","referral":"R%d","record":{"arrangements":{"interviewer":"Pat","alone":"yes"},"confidentiality":{"explained":"yes"},"view":{"own_words":"I was sad"},"judgement":{"likelihood":"low"}}}`
	withdrawn   = `{"act":"referral.close","referral":"R%d","as":"withdrawn","text":"recorded twice"}`
	takenUp     = `{"act":"referral.reopen","referral":"R%d","reason":"it was no error"}`
)

// interviewed is a cluster of three whose interview Pat held on Sunday at 17:00 and wrote up.
func interviewed(t testing.TB) *team {
	t.Helper()
	tm := together(t)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("pat").do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.do(writtenLine, 1)
	return tm.as("dee")
}

func TestAWithdrawnMemberDoesNotHoldUpTheRecordOfTheOthers(t *testing.T) {
	for _, gone := range []int{1, 2, 3} {
		tm := interviewed(t)
		tm.do(withdrawn, gone)
		other := gone%3 + 1
		tm.as("pat").do(`{"act":"interview.submit","interview":"I1"}`)
		tm.as("sam").do(`{"act":"interview.send_back","interview":"I1","comment":"say more"}`)
		tm.as("pat").do(`{"act":"interview.save","referral":"R%d","record":{"view":{"wants":"a phone"}}}`, other)
		tm.do(`{"act":"interview.submit","interview":"I1"}`)
		tm.as("sam").do(`{"act":"interview.approve","interview":"I1"}`)
		for n := uint64(1); n <= 3; n++ {
			want := domain.StageToShare
			if int(n) == gone {
				want = domain.StageWithdrawn
			}
			if got := tm.referral(n).Stage; got != want {
				t.Errorf("R%d withdrawn: R%d is %s, should be %s", gone, n, got, want)
			}
		}
	}
}

func TestReopenedAfterItsInterviewItReturnsToWhatIsStillToDo(t *testing.T) {
	submit := func(tm *team) { tm.as("pat").do(`{"act":"interview.submit","interview":"I1"}`) }
	sign := func(tm *team) { submit(tm); tm.as("sam").do(`{"act":"interview.approve","interview":"I1"}`) }
	share := func(tm *team) {
		tm.as("pat").do(`{"act":"interview.share","interview":"I1","audience":"social_worker","to":"Jo","way":"email","purpose":"care"}`)
	}
	for _, c := range []struct {
		name string
		then func(*team)
		want domain.Stage
	}{
		{"held", func(*team) {}, domain.StageToWriteUp},
		{"submitted", submit, domain.StageToSignOff},
		{"signed off", sign, domain.StageToShare},
		{"shared", share, domain.StageToWriteUp},
		{"signed off and shared", func(tm *team) { sign(tm); share(tm) }, domain.StageDone},
		{"sharing dropped", func(tm *team) {
			sign(tm)
			tm.as("dee").do(`{"act":"followup.drop","followup":"F2","reason":"no social worker"}`)
		}, domain.StageDone},
	} {
		tm := interviewed(t)
		tm.do(withdrawn, 2)
		c.then(tm)
		tm.as("dee").do(takenUp, 2)
		if r := tm.referral(2); r.Stage != c.want || r.Interview != tm.referral(1).Interview || r.SignedAt != tm.interview(1).SignedAt {
			t.Errorf("%s: R2 is %s, should be %s; it has %s, signed %s", c.name, r.Stage, c.want, r.Interview, r.SignedAt)
		}
		if got := tm.interview(1).Sheet.Get("", "view", "own_words").Text; got != "I was sad" {
			t.Errorf("%s: the child's words are %q", c.name, got)
		}
		if c.want.Open() {
			tm.as("pat").refused(domain.Invalid, "referral", []string{"only while it is new, accepted or booked"}, heldLine, 2, "2026-11-22T17:30:00Z")
		}
	}
}

func TestClocksRunOnForWhatWasWithdrawnAndTakenUpAgain(t *testing.T) {
	tm := newTeam(t).back()
	tm.as("sam").do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.do(withdrawn, 1)
	tm.on("2026-12-20 12:00").do(takenUp, 1)
	tm.stage(domain.StageToWriteUp)
	cs := domain.ClocksOf(&tm.settings.Policy, tm.episode(1), tm.referral(1))
	if cs.WriteUp.Due != moment(t, "2026-11-25 17:00") || !cs.WriteUp.Over(tm.now) {
		t.Errorf("write-up due %s", cs.WriteUp.Due)
	}
}

func TestAMemberRefusedSignOffAfterTheOthersInterviewIsOwedItsOwn(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"referral.not_required","referral":"R1","reason":"other","text":"t"}`)
	tm.as("sue").do(heldLine, 2, "2026-11-22T09:00:00Z")
	out := tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":false,"comment":"no"}`)
	if r := tm.referral(1); r.Cluster != 0 || r.Stage != domain.StageNew || len(out.Warnings) == 0 {
		t.Fatalf("R1 is %s in %s; warned %q", r.Stage, r.Cluster, out.Warnings)
	}
	if due := tm.inForce(1); due != moment(t, "2026-11-18 02:00") {
		t.Errorf("due %s, its own is 72 h after its own return", due)
	}
	if row := tm.row(); len(row.Review) != 1 {
		t.Errorf("to be looked at again: %q", row.Review)
	}
	tm.as("sue").do(`{"act":"interview.save","referral":"R1","record":{"view":{"wants":"mine"}}}`)
	tm.do(heldLine, 1, "2026-11-22T17:45:00Z")
	if at := tm.cluster(1).HeldAt; at != moment(t, "2026-11-22 09:00") {
		t.Errorf("the interview of CL1 was at 09:00, it says %s", at)
	}
	if a, b := tm.referral(1).Interview, tm.referral(2).Interview; a == b || a == 0 {
		t.Errorf("R1 has %s, R2 %s", a, b)
	}
}

func TestAMemberTakenUpAfterTheOthersInterviewIsOwedItsOwn(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"referral.not_required","referral":"R1","reason":"other","text":"t"}`)
	tm.do(`{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"declined"}`)
	tm.do(`{"act":"referral.close","referral":"R2","as":"declined","declined_by":"child","text":"no","helpline_given":true,"letter_sent":true,"carer_offered":true}`)
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":false,"comment":"no"}`)
	tm.as("sue").do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.as("dee").do(takenUp, 3)
	for n := uint64(2); n <= 3; n++ {
		if r := tm.referral(n); r.Cluster != 0 || r.Stage != domain.StageNew || r.Interview != 0 {
			t.Errorf("%s is %s in %s with %s", r.ID, r.Stage, r.Cluster, r.Interview)
		}
	}
	if cl := tm.cluster(1); len(cl.Members) != 1 || len(cl.Parted) != 2 || cl.HeldAt != moment(t, "2026-11-22 17:00") {
		t.Errorf("%+v", cl)
	}
}

func TestADuplicateOfAWithdrawnOneLeavesNobodyOwed(t *testing.T) {
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-20 10:00", "2026-11-21 12:00")
	tm.returned("K1", "P2", "2026-11-20 10:05", "2026-11-21 12:00")
	tm.do(withdrawn, 2)
	tm.refused(domain.Invalid, "of", []string{"the other way round", "reopen R2"}, `{"act":"episode.duplicate","episode":"P1","of":"P2","reason":"the same"}`)
	tm.do(`{"act":"episode.duplicate","episode":"P2","of":"P1","reason":"the same"}`)
	tm.stage(domain.StageNew)
}

func TestARecordThatAnotherTookInIsRefusedByName(t *testing.T) {
	tm := dense(t)
	tm.as("sue").do(`{"act":"interview.save","referral":"R1","record":{"view":{"wants":"a"}}}`)
	tm.do(`{"act":"interview.save","referral":"R2","record":{"view":{"wants":"b"}}}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"share","text":"share it","interview":"I2"}`)
	tm.do(acceptThree)
	tm.as("sam")
	for _, line := range []string{
		`{"act":"interview.submit","interview":"I2"}`,
		`{"act":"interview.approve","interview":"I2"}`,
		`{"act":"interview.send_back","interview":"I2","comment":"x"}`,
		`{"act":"interview.share","interview":"I2","audience":"police","to":"x","way":"email","purpose":"x"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","interview":"I2"}`,
	} {
		tm.refused(domain.Invalid, "interview", []string{"I2 was taken into I1"}, "%s", line)
	}
	// What was to be shared is the record that took it in, once it was held.
	for _, line := range []string{`{"act":"followup.done","followup":"F1","found":"x"}`, `{"act":"followup.drop","followup":"F1","reason":"x"}`} {
		tm.refused(domain.Invalid, "followup", []string{"not held yet"}, "%s", line)
	}
	tm.do(heldLine, 1, "2026-11-22T17:00:00Z")
	tm.do(`{"act":"followup.done","followup":"F1","found":"sent"}`)
	if tm.referral(3).SharedAt != 0 {
		t.Error("R3 was shared by what somebody added")
	}
}

// Only the follow-up that holding raised, or a copy to the social worker, meets the share clock; one that somebody added, for a
// school, is a step more, and no other ends it.
func TestAShareThatIsAddedMeetsNoClock(t *testing.T) {
	for _, how := range []string{`{"act":"followup.done","followup":%q,"found":"told"}`, `{"act":"followup.drop","followup":%q,"reason":"x"}`} {
		tm := newTeam(t).back().as("sue")
		tm.do(heldLine, 1, "2026-11-22T15:30:00Z")
		of := map[string]string{}
		for kind, f := range tm.followUps("K1") {
			of[kind] = f.ID.String()
		}
		out := tm.do(`{"act":"followup.add","child_ref":"K1","kind":"share","text":"to the school","interview":"I1"}`)
		added := out.Named.String()
		tm.do(how, added)
		if r := tm.referral(1); r.SharedAt != 0 || r.NotShared {
			t.Errorf("%s: R1 is shared %s, not shared %v", how, r.SharedAt, r.NotShared)
		}
		tm.do(how, of["share"])
		if r := tm.referral(1); (r.SharedAt == 0) != r.NotShared {
			t.Errorf("%s: R1 is shared %s, not shared %v", how, r.SharedAt, r.NotShared)
		}
	}
	tm := newTeam(t).back().as("sue")
	tm.do(heldLine, 1, "2026-11-22T15:30:00Z")
	added := tm.do(`{"act":"followup.add","child_ref":"K1","kind":"share","text":"to the school","interview":"I1"}`).Named
	tm.do(`{"act":"interview.share","interview":"I1","audience":"social_worker","to":"Jo","way":"email","purpose":"x"}`)
	if f, err := tm.FollowUp(added); err != nil || !f.Open() || tm.referral(1).SharedAt == 0 {
		t.Errorf("%v: the school was told, says %+v", err, f)
	}
}
