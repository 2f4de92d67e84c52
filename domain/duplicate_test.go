package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

const secondTwice = `{"act":"episode.duplicate","episode":"P2","of":"P1","reason":"one night, reported twice"}`

// alerting is dense under the rule of three in thirty days and one for who is still missing.
func alerting(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t)
	tm.settings.Alerts = []domain.AlertRule{
		{Name: "three", Count: 3, Days: 30},
		{Name: "day", MissingFor: domain.Hours(24)},
	}
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00")
	tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00")
	tm.returned("K1", "P3", "2026-11-20 20:00", "2026-11-21 09:30")
	return tm
}

// alerts in force, as "rule: episodes" each.
func (tm *team) alerts() string {
	tm.Helper()
	rows, err := view.ReadAlerts(tm)
	if err != nil {
		tm.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, r.Rule.Name+" "+r.Child.ShownRef()+": "+strings.Join(r.Refs, " "))
	}
	return strings.Join(out, "; ")
}

// open are the referrals the queue has, and who is missing now.
func (tm *team) desk() string {
	tm.Helper()
	q, err := view.ReadQueue(tm)
	if err != nil {
		tm.Fatal(err)
	}
	var out []string
	for _, r := range q.Rows {
		out = append(out, r.Referral.ID.String())
	}
	for _, m := range q.Missing {
		out = append(out, "missing "+m.Episode.ShownRef())
	}
	return strings.Join(out, " ")
}

func TestADuplicateLeavesEveryCount(t *testing.T) {
	tm := alerting(t)
	if tm.alerts() != "three K1: P1 P2 P3" || tm.desk() != "R1 R2 R3" {
		t.Fatalf("alerts %q, desk %q", tm.alerts(), tm.desk())
	}
	tm.listed("suggested: P1 P2 P3")
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-24T10:00:00Z"}`)
	before := tm.all()
	out := tm.do(secondTwice)
	if out.Named != tm.episode(2).ID || len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "R1") {
		t.Errorf("named %s, warns %v", out.Named, out.Warnings)
	}
	if tm.alerts() != "" || tm.desk() != "R1 R3" || tm.stages(3) != "new withdrawn new" || tm.referral(2).Booking() != nil {
		t.Errorf("alerts %q, desk %q, stages %s", tm.alerts(), tm.desk(), tm.stages(3))
	}
	tm.listed("")
	e := tm.episode(2)
	if e.DuplicateOf != tm.episode(1).ID || e.DuplicateBy != "dee" || e.DuplicateAt == 0 || e.DuplicateWhy != "one night, reported twice" {
		t.Errorf("the episode says %+v", e)
	}
	if tl, err := view.ReadTimeline(tm, tm.child(1)); err != nil || !strings.Contains(summaries(tl), "P2 marked a duplicate of E1") {
		t.Errorf("timeline %v", summaries(tl))
	}
	tm.undone(before)
	if tm.alerts() != "three K1: P1 P2 P3" || tm.desk() != "R2 R1 R3" && tm.desk() != "R1 R2 R3" {
		t.Errorf("undone: alerts %q, desk %q", tm.alerts(), tm.desk())
	}
}

func summaries(tl *view.Timeline) string {
	var b strings.Builder
	for _, e := range tl.Events {
		b.WriteString(e.Kind + " " + e.Summary + "\n")
	}
	return b.String()
}

func TestADuplicateOfAnOpenEpisodeIsMissingOnce(t *testing.T) {
	tm := alerting(t)
	tm.arrived("police_ref=P4", "child_ref=K1", "missing_at=2026-11-21 12:00")
	tm.arrived("police_ref=P5", "child_ref=K1", "missing_at=2026-11-21 12:30")
	if tm.alerts() != "three K1: P1 P2 P3 P4 P5; day K1: P4 P5" {
		t.Fatalf("alerts %q", tm.alerts())
	}
	tm.do(`{"act":"episode.duplicate","episode":"P4","of":"P5","reason":"x"}`)
	if tm.desk() != "R1 R2 R3 missing P5" || tm.alerts() != "three K1: P1 P2 P3 P5; day K1: P5" {
		t.Errorf("desk %q, alerts %q", tm.desk(), tm.alerts())
	}
	// The return of the duplicate raises nothing; that of the other does.
	tm.do(`{"act":"episode.edit","episode":"P4","returned_at":"2026-11-22 10:00"}`)
	tm.do(`{"act":"episode.edit","episode":"P5","returned_at":"2026-11-22 10:00"}`)
	if tm.episode(4).Referral != 0 || tm.episode(5).Referral == 0 {
		t.Errorf("referrals %s and %s", tm.episode(4).Referral, tm.episode(5).Referral)
	}
	tm.listed("suggested: P1 P2 P3 P5")
}

func TestADuplicateLeavesItsClusterAndTheOthersStay(t *testing.T) {
	tm := together(t)
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
	tm.do(`{"act":"cluster.add","cluster":"CL1","episode":"P4"}`)
	before := tm.all()
	tm.do(`{"act":"episode.duplicate","episode":"P4","of":"P2","reason":"x"}`)
	tm.listed("accepted: P1 P2 P3")
	if tm.inForce(1) != moment(t, "2026-11-24 09:30") || tm.referral(4).Cluster != 0 || tm.stages(4) != "new new new withdrawn" {
		t.Errorf("due %s, stages %s", tm.inForce(1), tm.stages(4))
	}
	if len(tm.row().Review) != 0 {
		t.Errorf("three are enough: %v", tm.row().Review)
	}
	tm.do(`{"act":"episode.duplicate","episode":"P3","of":"P2","reason":"x"}`)
	if len(tm.row().Review) != 1 {
		t.Errorf("two are too few: %v", tm.row().Review)
	}
	tm.do(`{"act":"undo"}`)
	tm.undone(before)
}

func TestADuplicateNotRequiredUntilADateStaysAwayOnThatDate(t *testing.T) {
	tm := dense(t)
	tm.do(`{"act":"referral.not_required","referral":"R2","reason":"hospital","text":"x","look_again_on":"2026-11-24","safe_with":"ward"}`)
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R2","approve":true}`)
	tm.as("dee").do(secondTwice)
	tm.on("2026-11-24 09:00")
	if tm.desk() != "R1 R3" {
		t.Errorf("desk %q, stages %s", tm.desk(), tm.stages(3))
	}
	tm.nothing(domain.Invalid, "referral", []string{"duplicate"}, `{"act":"referral.reopen","referral":"R2","reason":"x"}`)
}

func TestReopeningTheOthersDoesNotReopenADuplicate(t *testing.T) {
	tm := together(t)
	tm.do(saidNo)
	tm.do(declinedLine)
	tm.do(secondTwice)
	tm.do(`{"act":"referral.reopen","referral":"R1","reason":"she rang"}`)
	if tm.desk() != "R1 R3" || tm.stages(3) != "new declined new" {
		t.Errorf("desk %q, stages %s", tm.desk(), tm.stages(3))
	}
	tm.listed("accepted: P1 P3")
}

func TestWhatADuplicateRefuses(t *testing.T) {
	tm := dense(t)
	tm.returned("K2", "Q1", "2026-11-14 20:00", "2026-11-15 02:00")
	tm.arrived("police_ref=P4", "child_ref=K1", "missing_at=2026-11-22 12:00")
	dup := `{"act":"episode.duplicate","episode":"%s","of":"%s","reason":"x"}`
	tm.nothing(domain.Invalid, "of", []string{"itself"}, dup, "P1", "P1")
	tm.nothing(domain.Invalid, "of", []string{"K1"}, dup, "P1", "Q1")
	tm.nothing(domain.NotFound, "of", nil, dup, "P1", "P9")
	tm.nothing(domain.NotFound, "episode", nil, dup, "P9", "P1")
	tm.nothing(domain.Invalid, "of", []string{"R1", "other way round"}, dup, "P1", "P4")
	tm.nothing(domain.Invalid, "reason", nil, `{"act":"episode.duplicate","episode":"P1","of":"P2"}`)
	tm.do(secondTwice)
	tm.nothing(domain.Invalid, "episode", []string{"already"}, dup, "P2", "P3")
	tm.nothing(domain.Invalid, "of", []string{"itself a duplicate"}, dup, "P3", "P2")
	tm.nothing(domain.Invalid, "episode", []string{"other way round"}, dup, "P1", "P3")
	tm.do(dup, "P4", "P1")
	tm.nothing(domain.Conflict, "version", nil, `{"act":"episode.duplicate","episode":"P3","of":"P1","reason":"x","version":9}`)
}

func TestTheRowOfADuplicateComesAgainAndRaisesNothing(t *testing.T) {
	tm := dense(t)
	tm.arrived("police_ref=P4", "child_ref=K1", "missing_at=2026-11-20 20:30")
	tm.do(`{"act":"episode.duplicate","episode":"P4","of":"P3","reason":"x"}`)
	row := []string{"police_ref=P4", "child_ref=K1", "missing_at=2026-11-20 20:30", "returned_at=2026-11-21 09:00"}
	if out := tm.arrived(row...); out.Row.Referred || tm.desk() != "R1 R2 R3" {
		t.Errorf("%+v, desk %q", out.Row, tm.desk())
	}
	tm.again(row)
	tm.listed("suggested: P1 P2 P3")
}
