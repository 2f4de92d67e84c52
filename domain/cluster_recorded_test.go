package domain_test

import (
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

func TestWhatIsRecordedWhileAClusterStandsFallsOnEveryMember(t *testing.T) {
	tm := together(t)
	each := func(what string, is func(*domain.Referral) bool) {
		t.Helper()
		for n := uint64(1); n <= 3; n++ {
			if !is(tm.referral(n)) {
				t.Errorf("%s: not R%d", what, n)
			}
		}
	}
	out := tm.do(`{"act":"contact.log","referral":"R2","way":"call","with":"carer","result":"declined","at":"2026-11-18T12:00:00Z"}`)
	if out.Named.String() != "R2" || len(out.Made) != 1 {
		t.Errorf("answers %s, made %v", out.Named, out.Made)
	}
	each("an attempt, whatever its time", func(r *domain.Referral) bool { return len(r.Attempts) == 1 && r.Attempts[0].ID == out.Made[0] })
	tm.do(`{"act":"contact.strike","attempt":"A1","reason":"another carer"}`)
	each("struck", func(r *domain.Referral) bool { return r.Attempts[0].Struck() })
	tm.do(`{"act":"referral.book","referral":"R3","when":"2026-11-22T18:30:00Z"}`)
	each("booked", func(r *domain.Referral) bool {
		return r.Stage == domain.StageBooked && r.Booking().When == moment(t, "2026-11-22 18:30")
	})
	tm.on("2026-11-22 19:00").do(`{"act":"referral.missed","referral":"R1","how":"did_not_attend"}`)
	each("missed", func(r *domain.Referral) bool {
		return r.Stage == domain.StageAccepted && r.Bookings[0].Outcome == "did_not_attend"
	})
	tm.do(saidNo)
	before := tm.all()
	tm.do(declinedLine)
	each("declined", func(r *domain.Referral) bool { return r.Stage == domain.StageDeclined && r.Closing != nil })
	if fs, _ := tm.FollowUpsOf(tm.child(1).ID); len(fs) != 1 {
		t.Errorf("the lead professional is told %d times of one interview", len(fs))
	}
	tm.listed("")
	tm.do(`{"act":"referral.reopen","referral":"R3","reason":"she rang"}`)
	each("reopened", func(r *domain.Referral) bool { return r.Stage == domain.StageAccepted })
	tm.listed("accepted: P1 P2 P3")
	tm.do(`{"act":"undo"}`)
	tm.undone(before)
}

func TestUnableAndItsSignOffFallOnEveryMember(t *testing.T) {
	for _, approve := range []string{"true", "false"} {
		tm := together(t)
		tm.do(unableLine)
		if tm.stages(3) != "to_approve to_approve to_approve" {
			t.Errorf("stages %s", tm.stages(3))
		}
		tm.listed("accepted: P1 P2 P3")
		tm.nothing(domain.Forbidden, "", nil, `{"act":"referral.sign_off","referral":"R2","approve":%s}`, approve)
		before := tm.as("sam").all()
		tm.do(`{"act":"referral.sign_off","referral":"R2","approve":%s,"comment":"x"}`, approve)
		want, listed := "unable unable unable", ""
		if approve == "false" {
			want, listed = "new new new", "accepted: P1 P2 P3"
		}
		if tm.stages(3) != want {
			t.Errorf("approve %s: stages %s", approve, tm.stages(3))
		}
		tm.listed(listed)
		tm.undone(before)
	}
}

func TestWithdrawnAndNotRequiredFallOnOne(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`)
	if tm.stages(3) != "to_approve new new" {
		t.Errorf("stages %s", tm.stages(3))
	}
	tm.listed("accepted: P1 P2 P3") // a member until somebody else signs it off
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-23T16:00:00Z"}`)
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":false,"comment":"ask her"}`)
	if r := tm.referral(1); tm.stages(3) != "booked booked booked" || r.Booking() == nil || r.Booking().When != moment(t, "2026-11-23 16:00") {
		t.Errorf("back among the others: %s", tm.stages(3))
	}
	tm.as("dee").do(`{"act":"referral.close","referral":"R2","as":"withdrawn","text":"x"}`)
	tm.listed("accepted: P1 P3")
	if tm.stages(3) != "booked withdrawn booked" || tm.referral(2).Cluster != 0 {
		t.Errorf("stages %s", tm.stages(3))
	}
	// Reopened it is outstanding again, by itself, and may come back.
	tm.do(`{"act":"referral.reopen","referral":"R2","reason":"it was no error"}`)
	if tm.additions() != "P2" || tm.inForce(2) != moment(t, "2026-11-21 06:00") {
		t.Errorf("additions %q, due %s", tm.additions(), tm.inForce(2))
	}
	tm.do(`{"act":"cluster.add","cluster":"CL1","episode":"P2"}`)
	tm.listed("accepted: P1 P2 P3")
}

func TestEarlierAttemptsStayWithTheirOwnReferral(t *testing.T) {
	tm := dense(t)
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","at":"2026-11-15T12:00:00Z"}`)
	tm.do(acceptThree)
	tm.do(`{"act":"contact.log","referral":"R3","way":"text","with":"child","result":"agreed"}`)
	for n, want := range map[uint64]string{1: "2026-11-15 12:00", 2: "2026-11-22 18:00", 3: "2026-11-22 18:00"} {
		row, err := view.ReadQueueRow(tm, tm.referral(n).ID)
		if met := must(t, row, err).Clocks.Contact.Met; met != moment(t, want) {
			t.Errorf("the contact clock of R%d was met %s", n, met)
		}
	}
	tm.do(`{"act":"cluster.leave_out","cluster":"CL1","episode":"P1","reason":"x"}`)
	tm.do(`{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"spoke"}`)
	if len(tm.referral(1).Attempts) != 2 || len(tm.referral(3).Attempts) != 2 {
		t.Errorf("R1 has %d attempts, R3 %d", len(tm.referral(1).Attempts), len(tm.referral(3).Attempts))
	}
}

func TestThePractitionerWhoHasOneMemberHasThemAll(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"pat"}`)
	tm.as("pat").do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z"}`)
	if tm.stages(3) != "booked booked booked" || tm.referral(3).AssignedTo != "pat" {
		t.Errorf("stages %s, R3 with %q", tm.stages(3), tm.referral(3).AssignedTo)
	}
	tm.as("pia").nothing(domain.Forbidden, "", nil, `{"act":"referral.missed","referral":"R1","how":"cancelled_by_us"}`)
}
