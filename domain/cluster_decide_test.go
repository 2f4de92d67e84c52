package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

func TestAcceptingMakesOneInterviewDueAfterTheLatestReturn(t *testing.T) {
	tm := dense(t)
	out := tm.do(acceptThree)
	if out.Named.String() != "CL1" || !strings.Contains(out.Summary, "CL1") {
		t.Errorf("answers %s, %q", out.Named, out.Summary)
	}
	tm.listed("accepted: P1 P2 P3")
	own := []string{"2026-11-18 02:00", "2026-11-21 06:00", "2026-11-24 09:30"}
	missed := []bool{true, true, false}
	for i, m := range tm.row().Members {
		if tm.inForce(uint64(i+1)) != moment(t, "2026-11-24 09:30") {
			t.Errorf("R%d is due %s", i+1, tm.inForce(uint64(i+1)))
		}
		if m.Return.Due != moment(t, own[i]) {
			t.Errorf("the return clock of R%d ends %s", i+1, m.Return.Due)
		}
		if met := m.Met(tm.now); (met != nil && !*met) != missed[i] {
			t.Errorf("R%d missed its own 72 hours: %v", i+1, met)
		}
	}
	if c := tm.cluster(1); c.By != "dee" || c.At != domain.At(tm.now) || c.Version != 1 {
		t.Errorf("the cluster says %+v", c)
	}
	tl, err := view.ReadTimeline(tm, tm.child(1))
	if err != nil || !strings.Contains(summaries(tl), "cluster CL1 accepted by Dee Osei") {
		t.Errorf("timeline:\n%s", summaries(tl))
	}
}

func TestTheFurthestStageItsBookingAndItsAssigneeBecomeCommon(t *testing.T) {
	tm := dense(t)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}`)
	tm.do(`{"act":"referral.accept","referral":"R3","responsible":"team"}`)
	tm.do(`{"act":"referral.assign","referral":"R2","to":"pia"}`)
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-23T16:00:00Z","place":"school"}`)
	before := tm.all()
	tm.do(acceptThree)
	for n := uint64(1); n <= 3; n++ {
		r := tm.referral(n)
		b := r.Booking()
		if r.Stage != domain.StageBooked || r.AssignedTo != "pia" || b == nil || b.When != moment(t, "2026-11-23 16:00") || b.Place != "school" || b.Interviewer != "pia" {
			t.Errorf("R%d is %s with %s, booked %+v", n, r.Stage, r.AssignedTo, b)
		}
	}
	if len(tm.referral(1).Attempts) != 1 || len(tm.referral(2).Attempts) != 0 {
		t.Error("earlier attempts stay with their own referral")
	}
	tm.undone(before)
}

func TestOfTwoBookingsOneStandsAndTheOtherIsSaidToHaveMoved(t *testing.T) {
	tm := dense(t)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z"}`)
	tm.do(`{"act":"referral.book","referral":"R3","when":"2026-11-23T11:00:00Z"}`)
	out := tm.do(acceptThree)
	for n := uint64(1); n <= 3; n++ {
		if b := tm.referral(n).Booking(); b == nil || b.When != moment(t, "2026-11-23 11:00") {
			t.Errorf("R%d is booked %+v", n, b)
		}
	}
	if b := tm.referral(1).Bookings[0]; b.Outcome != "moved" || !strings.Contains(strings.Join(out.Warnings, ";"), "R1") {
		t.Errorf("the other booking: %+v, warns %v", b, out.Warnings)
	}
}

func TestWhatAcceptingRefuses(t *testing.T) {
	tm := dense(t)
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
	tm.returned("K1", "P0", "2026-10-01 20:00", "2026-10-02 02:00")
	tm.returned("K2", "Q1", "2026-11-20 20:00", "2026-11-21 09:30")
	accept := func(fields string) string { return `{"act":"cluster.accept","child_ref":"K1",` + fields + `}` }
	for _, c := range []struct {
		what  string
		code  domain.Code
		field string
		line  string
	}{
		{"fewer than cluster_min", domain.Invalid, "episodes", accept(`"episodes":["P1","P2"],"reason":"x"`)},
		{"none", domain.Invalid, "episodes", accept(`"episodes":[]`)},
		{"not said", domain.Invalid, "episodes", accept(`"reason":"x"`)},
		{"something left out without a reason", domain.Invalid, "reason", accept(`"episodes":["P1","P2","P3"]`)},
		{"an episode that is not suggested", domain.Invalid, "episodes", accept(`"episodes":["P0","P1","P2","P3"],"reason":"x"`)},
		{"unknown", domain.NotFound, "episodes", accept(`"episodes":["P1","P2","P9"],"reason":"x"`)},
		{"another child's", domain.Invalid, "episodes", accept(`"episodes":["P1","P2","Q1"],"reason":"x"`)},
		{"twice the same", domain.Invalid, "episodes", accept(`"episodes":["P1","P2","P2","P3"],"reason":"x"`)},
		{"twice the same under two names", domain.Invalid, "episodes", accept(`"episodes":["P1","P2","E2"],"reason":"x"`)},
		{"no child", domain.Invalid, "child_ref", `{"act":"cluster.accept","episodes":["P1","P2","P3"]}`},
		{"unknown child", domain.NotFound, "child_ref", `{"act":"cluster.accept","child_ref":"K9","episodes":["P1","P2","P3"]}`},
		{"an older version of the child", domain.Conflict, "version", accept(`"episodes":["P1","P2","P3","P4"],"version":7`)},
		{"an unknown field", domain.Invalid, "members", accept(`"members":["P1","P2","P3"]`)},
		{"dismissing a part", domain.Invalid, "episodes", dismissThree},
		{"dismissing without a reason", domain.Invalid, "reason", `{"act":"cluster.dismiss","child_ref":"K1","episodes":["P1","P2","P3","P4"]}`},
	} {
		t.Run(c.what, func(t *testing.T) {
			tm.TB = t
			tm.nothing(c.code, c.field, nil, "%s", c.line)
		})
	}
	tm.TB = t
	tm.listed("suggested: P1 P2 P3 P4")
	for _, who := range []string{"pat", "ada"} {
		tm.as(who).nothing(domain.Forbidden, "", nil, `{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3","P4"]}`)
		tm.nothing(domain.Forbidden, "", nil, `{"act":"cluster.dismiss","child_ref":"K1","episodes":["P1","P2","P3","P4"],"reason":"x"}`)
		for _, line := range []string{`{"act":"cluster.add","cluster":"CL1","episode":"P1"}`, `{"act":"cluster.leave_out","cluster":"CL1","episode":"P1","reason":"x"}`, `{"act":"cluster.break_up","cluster":"CL1","reason":"x"}`} {
			tm.nothing(domain.Forbidden, "", nil, "%s", line)
		}
	}
	tm.as("sam").do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P4","P3","P2","E1"]}`)
	tm.listed("accepted: P1 P2 P3 P4")
	tm.nothing(domain.Invalid, "episodes", nil, acceptThree)
}

func TestAMemberAtRiskAsksForAReason(t *testing.T) {
	for what, cell := range map[string]string{"high risk": "risk=high", "harm": "flags=harm", "exploitation": "flags=exploitation", "hospital": "flags=hospital"} {
		tm := newTeam(t)
		tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00")
		tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00", cell)
		tm.returned("K1", "P3", "2026-11-20 20:00", "2026-11-21 09:30")
		tm.nothing(domain.Invalid, "reason", []string{"P2", what}, acceptThree)
		tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"],"reason":"seen by the nurse"}`)
		cl := tm.row().Cluster
		if cl.Reason != "seen by the nurse" {
			t.Errorf("%s: the reason is %q", what, cl.Reason)
		}
		tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00", cell)
		tm.nothing(domain.Invalid, "reason", []string{"P4", what}, `{"act":"cluster.add","cluster":"%s","episode":"P4"}`, cl.ID)
		tm.do(`{"act":"cluster.add","cluster":"%s","episode":"P4","reason":"the same nurse"}`, cl.ID)
	}
	// The one at risk left out: that asks for a reason by itself.
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00", "risk=medium")
	tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00", "risk=low")
	tm.returned("K1", "P3", "2026-11-20 20:00", "2026-11-21 09:30", "risk=very_low")
	tm.do(acceptThree)
}

func TestWhatIsLeftOutIsNotOfferedToThatClusterAgain(t *testing.T) {
	tm := dense(t)
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P3","P4"],"reason":"her mother was there on P2"}`)
	tm.listed("accepted: P1 P3 P4")
	if tm.additions() != "" || tm.inForce(2) != moment(t, "2026-11-21 06:00") {
		t.Errorf("additions %q, R2 due %s", tm.additions(), tm.inForce(2))
	}
	tm.nothing(domain.Invalid, "episode", []string{"left out", "her mother"}, `{"act":"cluster.add","cluster":"CL1","episode":"P2"}`)
	// To other clusters it is offered still.
	tm.returned("K1", "P5", "2026-11-22 04:00", "2026-11-22 06:00")
	tm.returned("K1", "P6", "2026-11-22 08:00", "2026-11-22 10:00")
	tm.listed("accepted: P1 P3 P4; suggested: P2 P5 P6")
}

func TestADismissedSuggestionShowsAsDismissedAndAFourthMakesANewOne(t *testing.T) {
	tm := dense(t)
	before := tm.all()
	tm.do(dismissThree)
	tm.listed("dismissed: P1 P2 P3")
	if d := tm.row().Dismissed; d == nil || d.By != "dee" || d.Why != "each wants its own talk" {
		t.Errorf("dismissed %+v", d)
	}
	q, err := view.ReadQueue(tm)
	if err != nil || slices.ContainsFunc(q.Rows, func(r view.QueueRow) bool { return r.Suggested }) {
		t.Errorf("the queue offers what was dismissed: %v", err)
	}
	tm.nothing(domain.Invalid, "episodes", []string{"already"}, dismissThree)
	tm.undone(before)
	tm.listed("suggested: P1 P2 P3")
	tm.do(dismissThree)
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
	tm.listed("suggested: P1 P2 P3 P4")
	tm.do(`{"act":"episode.duplicate","episode":"P4","of":"P3","reason":"x"}`)
	tm.listed("dismissed: P1 P2 P3")
	tm.do(acceptThree) // somebody thinks again
	tm.listed("accepted: P1 P2 P3")
}

func TestAnAdditionIsOfferedAndTakenWhileItFits(t *testing.T) {
	tm := together(t)
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T16:00:00Z"}`)
	tm.on("2026-11-29 10:00")
	tm.returned("K1", "P4", "2026-11-27 20:00", "2026-11-28 20:00") // on day fourteen to the minute
	tm.returned("K1", "P5", "2026-11-27 21:00", "2026-11-28 20:01")
	if tm.additions() != "P4" {
		t.Fatalf("additions %q", tm.additions())
	}
	tm.nothing(domain.Invalid, "episode", []string{"does not fit"}, `{"act":"cluster.add","cluster":"CL1","episode":"P5"}`)
	tm.nothing(domain.Invalid, "episode", []string{"already"}, `{"act":"cluster.add","cluster":"CL1","episode":"P1"}`)
	tm.nothing(domain.NotFound, "episode", nil, `{"act":"cluster.add","cluster":"CL1","episode":"P9"}`)
	tm.nothing(domain.NotFound, "cluster", nil, `{"act":"cluster.add","cluster":"CL9","episode":"P4"}`)
	tm.nothing(domain.Conflict, "version", nil, `{"act":"cluster.add","cluster":"CL1","episode":"P4","version":9}`)
	before := tm.all()
	tm.do(`{"act":"cluster.add","cluster":"CL1","episode":"P4","version":1}`)
	tm.listed("accepted: P1 P2 P3 P4")
	r := tm.referral(4)
	if tm.inForce(1) != moment(t, "2026-12-01 20:00") || r.Stage != domain.StageBooked || r.Booking() == nil || r.Booking().When != moment(t, "2026-11-23 16:00") {
		t.Errorf("due %s, R4 is %s, booked %+v", tm.inForce(1), r.Stage, r.Booking())
	}
	if tm.cluster(1).Version != 2 {
		t.Errorf("the cluster is at version %d", tm.cluster(1).Version)
	}
	tm.undone(before)
}
