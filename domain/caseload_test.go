package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// Pat is ill: whatever Pat holds goes to Sue in one change, and nothing else moves.
func TestACaseloadIsHandedOverAtOnce(t *testing.T) {
	tm := played(t)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"pia"}`)
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-23T14:00:00Z","interviewer":"pat"}`) // Pia's, for Pat to hold
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"pat"}`)
	tm.do(`{"act":"followup.add","child_ref":"K2","kind":"service","text":"y","owner":"pat"}`)
	tm.do(`{"act":"followup.add","child_ref":"K2","kind":"other","text":"z","owner":"pia"}`)
	before := tm.recorded()
	out := tm.do(`{"act":"caseload.hand_over","from":"Pat Lowe","to":"sue","reason":"off sick"}`)
	for _, w := range []string{"1 referral, 2 meetings and 2 follow-ups", "from Pat Lowe to", "off sick"} {
		if !strings.Contains(out.Summary, w) {
			t.Errorf("%q does not say %q", out.Summary, w)
		}
	}
	r1, r2 := tm.referral(1), tm.referral(2)
	if r1.AssignedTo != "sue" || r1.Booking().Interviewer == "pat" || r2.AssignedTo != "pia" || r2.Booking().Interviewer != "sue" {
		t.Errorf("R1 is with %s, held by %s; R2 with %s, held by %s", r1.AssignedTo, r1.Booking().Interviewer, r2.AssignedTo, r2.Booking().Interviewer)
	}
	for n, want := range map[uint64]string{1: "sue", 2: "sue", 3: "pia"} {
		if f, err := tm.FollowUp(domain.NewID(domain.KindFollowUp, n)); err != nil || f.Owner != want {
			t.Errorf("F%d is %s's, want %s (%v)", n, f.Owner, want, err)
		}
	}
	if d := r1.Decisions[len(r1.Decisions)-1]; d.Act != "caseload.hand_over" || d.By != "dee" || !strings.Contains(d.Why, "off sick") {
		t.Errorf("R1 says %+v", d)
	}
	tm.refused(domain.Invalid, "from", []string{"Pat Lowe", "nothing"}, `{"act":"caseload.hand_over","from":"pat","to":"sue","reason":"x"}`)
	tm.do(`{"act":"undo"}`)
	for id, was := range before {
		if now := tm.recorded()[id]; now != was {
			t.Errorf("undone, %s is\n%s\nwas\n%s", id, now, was)
		}
	}
}

func TestACaseloadGoesOnlyToWhoMayHaveIt(t *testing.T) {
	tm := played(t)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	hand := `{"act":"caseload.hand_over","from":"pat","to":"%s","reason":"x"}`
	tm.refused(domain.Invalid, "to", []string{"auditor"}, hand, "ada")
	tm.refused(domain.Invalid, "to", []string{"Pat Lowe"}, hand, "pat")
	tm.refused(domain.Invalid, "to", []string{"nobody"}, hand, "nobody")
	tm.refused(domain.Invalid, "reason", nil, `{"act":"caseload.hand_over","from":"pat","to":"sue"}`)
	for _, who := range []string{"pat", "pia", "ada"} {
		tm.as(who).refused(domain.Forbidden, "", nil, hand, "sue")
	}
	tm.as("sam").until("pia", domain.DateOf(tm.now)-1)
	tm.refused(domain.Invalid, "to", []string{"left"}, hand, "pia")
	// Who left hands over all the same, and so does somebody who is no user any more.
	tm.until("pat", domain.DateOf(tm.now)-1).do(hand, "sue")
	if r := tm.referral(1); r.AssignedTo != "sue" {
		t.Errorf("R1 is with %s", r.AssignedTo)
	}
}

// What is restricted to others stays, is counted, and nothing is said of whose it is.
func TestACaseloadLeavesRestrictedChildrenWhereTheyAre(t *testing.T) {
	tm := played(t)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"followup.add","child_ref":"K2","kind":"other","text":"y","owner":"pat"}`)
	tm.as("sam").do(`{"act":"child.restrict","child_ref":"K1","to":["sam","pat"],"reason":"x"}`)
	out := tm.as("sam").do(`{"act":"caseload.hand_over","from":"pat","to":"sue","reason":"off sick"}`)
	if said := strings.Join(out.Warnings, "\n"); !strings.Contains(said, "1 record of restricted children") || strings.Contains(said, "K1") {
		t.Errorf("it warns %q", said)
	}
	if r := tm.referral(1); r.AssignedTo != "pat" {
		t.Errorf("the restricted child's referral went to %s", r.AssignedTo)
	}
	tm.refused(domain.Invalid, "from", []string{"restricted"}, `{"act":"caseload.hand_over","from":"pat","to":"sue","reason":"x"}`)
	tm.do(`{"act":"caseload.hand_over","from":"pat","to":"sam","reason":"x"}`)
	if r := tm.referral(1); r.AssignedTo != "sam" {
		t.Errorf("among those who may see it, it went to %s", r.AssignedTo)
	}
}

func TestACaseloadTakesAClusterAlongOnce(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 10:00")
	tm.arrived("police_ref=P2", "child_ref=K1", "missing_at=2026-11-12 20:00", "returned_at=2026-11-13 10:00")
	tm.arrived("police_ref=P3", "child_ref=K1", "missing_at=2026-11-14 20:00", "returned_at=2026-11-15 10:00")
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"]}`)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("pat").do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T12:00:00Z"}`)
	tm.as("sam").do(`{"act":"caseload.hand_over","from":"pat","to":"sue","reason":"off sick"}`)
	for n := range 3 {
		if r := tm.referral(uint64(n + 1)); r.AssignedTo != "sue" {
			t.Errorf("R%d is with %s", n+1, r.AssignedTo)
		}
	}
	if v := tm.interview(1); v.Owner != "sue" {
		t.Errorf("the record is %s's", v.Owner)
	}
}
