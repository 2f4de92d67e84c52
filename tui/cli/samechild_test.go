package cli_test

import (
	"strings"
	"testing"
)

// twins came under one number, with a neighbour who has one of his own.
const twins = `police_ref,given_name,family_name,dob,missing_at,returned_at,notified_at
HD/1187,Ella,Johnson,2012-03-04,2026-11-20 18:00,2026-11-21 09:00,2026-11-21 10:00
HD/1187,Emma,Johnson,2012-03-04,2026-11-20 18:00,2026-11-21 09:00,2026-11-21 10:00
HD/1188,Max,Hill,2011-05-06,2026-11-20 18:00,2026-11-21 09:00,2026-11-21 10:00
`

// A file with twins under one number: the second is refused by her line and no record is both; with numbers of their own
// both are owed an interview, and the file again changes nothing.
func TestTwinsUnderOneNumber(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	s := d.ends(3, "import", d.write("twins.csv", twins), "--rejects", d.path("bad.csv"))
	if missing := lacks(s.err, "line 3", "HD/1187", "never one"); missing != nil {
		t.Errorf("lacks %q: %s", missing, s.err)
	}
	if bad := d.read("bad.csv"); !strings.Contains(bad, "Emma") || strings.Contains(bad, "Max") {
		t.Errorf("the rejects are %s", bad)
	}
	if q := d.list("queue"); len(q) != 2 || d.row("queue", "child_name", "Ella Johnson") == nil {
		t.Fatalf("the queue is %v", q)
	}
	d.ends(0, "import", d.write("mended.csv", strings.Replace(d.read("bad.csv"), "HD/1187", "HD/1187/2", 1)))
	if q := d.list("queue"); len(q) != 3 || d.row("queue", "child_name", "Emma Johnson") == nil {
		t.Errorf("the queue is %v", q)
	}
	d.ends(3, "import", d.path("twins.csv"))
	if q := d.list("queue"); len(q) != 3 {
		t.Errorf("the same file again: %v", q)
	}
	d.sound()
}

// boys are two of one name and birthday, from two placements.
const boys = `police_ref,given_name,family_name,dob,missing_at,returned_at,notified_at,placement
U1,Ahmad,Rahimi,2010-01-01,2026-11-12 20:00,2026-11-13 07:30,2026-11-13 08:00,Fernside Lodge
U2,Ahmad,Rahimi,2010-01-01,2026-11-14 16:00,2026-11-14 23:10,2026-11-15 08:00,22 Quay Street
U3,Ahmad,Rahimi,2010-01-01,2026-11-16 18:00,2026-11-17 23:10,2026-11-18 08:00,Fernside Lodge
`

const moveTheOther = `{"act":"episode.move","episode":"U2","new":{"given_name":"Ahmad","family_name":"Rahimi","dob":"2010-01-01"},"reason":"another boy, other placement"}`

func takenIn(t *testing.T) *desk {
	t.Helper()
	d := newTeam(t)
	s := d.ends(0, "import", d.write("boys.csv", boys), "--format-out", "json")
	var n struct {
		Taken []struct {
			Line      int    `json:"line"`
			PoliceRef string `json:"police_ref"`
			ChildRef  string `json:"child_ref"`
		} `json:"taken_to_be"`
	}
	decode(t, s.out, &n)
	if len(n.Taken) != 2 || n.Taken[0].Line != 3 || n.Taken[0].PoliceRef != "U2" || n.Taken[1].ChildRef != "C1" {
		t.Fatalf("taken to be: %+v", n.Taken)
	}
	if !strings.Contains(s.err, "line 3: taken to be Ahmad Rahimi (C1)") {
		t.Errorf("%s", s.err)
	}
	return d
}

// A boy taken to be another is moved to a record of his own out of an accepted cluster: clocks, suggestion, alerts and
// flags follow for both, and undo gives it all back.
func TestABoyIsMovedToHisOwnRecordOutOfACluster(t *testing.T) {
	t.Parallel()
	d := takenIn(t)
	for ref, want := range map[string]string{"U1": "false", "U2": "true", "U3": "true"} {
		r := d.row("queue", "police_ref", ref)
		if text(r["taken_to_be"]) != want || strings.Contains(text(r["flags"]), "taken_to_be") != (want == "true") {
			t.Errorf("%s: %v, flags %v", ref, r["taken_to_be"], r["flags"])
		}
	}
	d.did(`{"act":"child.confirm","episode":"U3"}`)
	d.did(`{"act":"cluster.accept","child_ref":"C1","episodes":["U1","U2","U3"]}`)
	alerts := column(d.list("alerts"), "C1", "rule")
	d.did(moveTheOther)
	q := d.list("queue")
	if column(q, "C1", "police_ref") != "U1 U3" && column(q, "C1", "police_ref") != "U3 U1" || column(q, "C2", "police_ref") != "U2" {
		t.Errorf("the queue: C1 %q, C2 %q", column(q, "C1", "police_ref"), column(q, "C2", "police_ref"))
	}
	his := d.row("queue", "police_ref", "U2")
	if his["cluster"] != nil || text(his["interview_due_at"]) != text(his["return_due_at"]) || strings.Contains(text(his["flags"]), "possible_duplicate") {
		t.Errorf("his own: %v", his)
	}
	if c := d.one(); words(c["episodes"]) != "U1 U3" || !strings.Contains(text(c["warnings"]), "2 left") {
		t.Errorf("the cluster: %v", c)
	}
	if a := d.list("alerts"); column(a, "C1", "rule") != "" || column(a, "C2", "rule") != "" {
		t.Errorf("the alerts of one boy out of two stand: %v", a)
	}
	d.unchanged(d.path("boys.csv"), 3)
	d.sound()
	d.did(`{"act":"undo"}`)
	if a := column(d.list("alerts"), "C1", "rule"); a != alerts || a == "" {
		t.Errorf("undone, the alerts are %q, were %q", a, alerts)
	}
	if c := d.one(); words(c["episodes"]) != "U1 U2 U3" {
		t.Errorf("undone, the cluster is %v", c)
	}
	d.sound()
}

// Moved after one interview for three: that stays with the others, to be looked at again, and he is owed his own.
func TestABoyIsMovedAfterASharedInterview(t *testing.T) {
	t.Parallel()
	d := takenIn(t)
	d.did(`{"act":"cluster.accept","child_ref":"C1","episodes":["U1","U2","U3"]}`, `{"act":"referral.assign","referral":"R2","to":"dee"}`,
		`{"act":"interview.held","referral":"R2","held_at":"2026-11-22T10:00:00Z"}`)
	a := d.did(moveTheOther)
	if !strings.Contains(text(a["warnings"]), "owed an interview of its own") {
		t.Errorf("%v", a)
	}
	his, theirs := d.row("queue", "police_ref", "U2"), d.row("queue", "police_ref", "U1")
	if text(his["stage"]) != "accepted" || text(theirs["stage"]) != "to_write_up" || text(his["child_ref"]) != "C2" {
		t.Errorf("his %v, theirs %v", his, theirs)
	}
	if c := d.one(); words(c["episodes"]) != "U1 U3" || !strings.Contains(text(c["warnings"]), "moved to another child after the interview") {
		t.Errorf("the cluster: %v", c)
	}
	if f := d.list("followups"); column(f, "C2", "kind") != "" || column(f, "C1", "kind") == "" {
		t.Errorf("the follow-ups: %v", f)
	}
	d.sound()
	d.did(`{"act":"interview.held","referral":"R2","held_at":"2026-11-22T11:00:00Z"}`)
	if f := d.list("followups"); column(f, "C2", "kind") == "" {
		t.Errorf("his own follow-ups: %v", f)
	}
	d.sound()
}
