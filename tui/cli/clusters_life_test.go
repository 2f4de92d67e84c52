package cli_test

import (
	"strings"
	"testing"
)

// fourReturns of one child in a week, the last on Sunday 22 November at 09:30.
const fourReturns = `police_ref,child_ref,given_name,family_name,dob,risk,missing_at,returned_at,notified_at
P1,K1,Ivy,Stone,2011-03-14,low,2026-11-14 20:00,2026-11-15 02:00,2026-11-15 09:00
P2,K1,Ivy,Stone,2011-03-14,low,2026-11-16 20:00,2026-11-17 06:00,2026-11-17 09:00
P3,K1,Ivy,Stone,2011-03-14,medium,2026-11-18 20:00,2026-11-19 22:15,2026-11-20 09:00
P4,K1,Ivy,Stone,2011-03-14,low,2026-11-21 20:00,2026-11-22 09:30,2026-11-22 10:00
Q1,K2,Max,Hill,2012-05-06,low,2026-11-20 20:00,2026-11-21 02:00,2026-11-21 09:00
`

const acceptFour = `{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3","P4"]}`

// four is a desk with these taken in.
func four(t testing.TB) *desk {
	t.Helper()
	d := newTeam(t)
	d.ends(0, "import", d.write("in.csv", fourReturns))
	return d
}

// column gives a field of the rows of a child's list, in order, parted by spaces.
func column(rows []object, ref, field string) string {
	var out []string
	for _, r := range rows {
		if r["child_ref"] == ref {
			out = append(out, text(r[field]))
		}
	}
	return strings.Join(out, " ")
}

// one is the only row of `clusters`.
func (d *desk) one() object {
	d.Helper()
	rows := d.list("clusters")
	if len(rows) != 1 {
		d.Fatalf("%d clusters: %v", len(rows), rows)
	}
	return rows[0]
}

// words of a list in JSON.
func words(v any) string {
	var out []string
	for _, x := range v.([]any) {
		out = append(out, text(x))
	}
	return strings.Join(out, " ")
}

func TestFourReferralsBecomeOneInterview(t *testing.T) {
	t.Parallel()
	d := four(t)
	c := d.one()
	for field, want := range map[string]string{"id": "", "state": "suggested", "child_ref": "K1", "period_from": "2026-11-14T20:00:00Z", "period_to": "2026-11-22T09:30:00Z",
		"interview_due_at": "2026-11-25T09:30:00Z"} {
		if v, there := c[field]; !there || text(v) != want {
			t.Errorf("suggested, %s: %v, should be %q", field, v, want)
		}
	}
	if words(c["episodes"]) != "P1 P2 P3 P4" || words(c["referrals"]) != "R1 R2 R3 R4" || words(c["additions"]) != "" || text(c["explain"]) == "" || c["warnings"] == nil {
		t.Errorf("suggested %v", c)
	}
	if q := d.list("queue"); column(q, "K1", "suggested_cluster") != "true true true true" || column(q, "K2", "suggested_cluster") != "false" || column(q, "K1", "cluster") != "   " {
		t.Errorf("the queue marks %q", column(q, "K1", "suggested_cluster"))
	}

	a := d.did(acceptFour)
	for field, want := range map[string]string{"ok": "true", "act": "cluster.accept", "cluster": "CL1", "version": "1", "child_ref": "K1", "line": "1", "repeated": "false"} {
		if text(a[field]) != want {
			t.Errorf("the answer's %s: %v, should be %s", field, a[field], want)
		}
	}
	if !strings.HasPrefix(text(a["change"]), "X") {
		t.Errorf("the answer's change: %v", a["change"])
	}
	q := d.list("queue")
	due := "2026-11-25T09:30:00Z"
	if column(q, "K1", "cluster") != "CL1 CL1 CL1 CL1" || column(q, "K1", "interview_due_at") != strings.Join([]string{due, due, due, due}, " ") || column(q, "K2", "interview_due_at") != "2026-11-24T02:00:00Z" {
		t.Errorf("the queue: %q due %q", column(q, "K1", "cluster"), column(q, "K1", "interview_due_at"))
	}
	for ref, own := range map[string]string{"R1": "2026-11-18T02:00:00Z", "R2": "2026-11-20T06:00:00Z", "R3": "2026-11-22T22:15:00Z", "R4": "2026-11-25T09:30:00Z"} {
		r := d.row("queue", "referral", ref)
		if text(r["return_due_at"]) != own || r["overdue"] != false || r["suggested_cluster"] != false {
			t.Errorf("%s: own clock %v, overdue %v", ref, r["return_due_at"], r["overdue"])
		}
	}
	c = d.one()
	met := ""
	for _, m := range c["members"].([]any) {
		met += text(m.(map[string]any)["met"]) + ","
	}
	if text(c["id"]) != "CL1" || text(c["state"]) != "accepted" || text(c["interview_due_at"]) != due || words(c["episodes"]) != "P1 P2 P3 P4" || met != "false,false,,," {
		t.Errorf("accepted %v, met %s", c, met)
	}
	if s := d.ends(0, "timeline", "K1"); lacks(s.out, "CL1", "P1, P2, P3, P4", "Dee Osei") != nil {
		t.Errorf("timeline lacks %v:\n%v", lacks(s.out, "CL1", "P1, P2, P3, P4", "Dee Osei"), s)
	}
	if s := d.as("sam").ends(0, "audit", "list"); lacks(s.out, "cluster.accept", "CL1") != nil {
		t.Errorf("audit list lacks %v", lacks(s.out, "cluster.accept", "CL1"))
	}
	if o := d.list("overdue"); len(o) != 0 {
		t.Errorf("overdue: %v", o)
	}
	d.sound()
}

func TestAClusterIsBrokenUpAndThatIsUndone(t *testing.T) {
	t.Parallel()
	d := four(t)
	d.did(acceptFour, `{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"agreed"}`)
	if q := d.list("queue"); column(q, "K1", "attempts") != "1 1 1 1" || column(q, "K1", "contact_met_at") != strings.TrimSpace(strings.Repeat("2026-11-22T18:00:00Z ", 4)) {
		t.Errorf("the call fell on %q", column(q, "K1", "attempts"))
	}
	queue, clusters := d.ends(0, "queue", "--format", "json").out, d.one()
	a := d.did(`{"act":"cluster.break_up","cluster":"CL1","reason":"each wants its own","version":1}`)
	if text(a["cluster"]) != "CL1" || text(a["version"]) != "2" {
		t.Errorf("answers %v", a)
	}
	if c := d.one(); text(c["state"]) != "dismissed" || c["id"] != nil || words(c["episodes"]) != "P1 P2 P3 P4" {
		t.Errorf("broken up: %v", c)
	}
	q := d.list("queue")
	if column(q, "K1", "cluster") != "   " || column(q, "K1", "suggested_cluster") != "false false false false" || column(q, "K1", "attempts") != "1 1 1 1" {
		t.Errorf("the queue: %v", q)
	}
	if o := d.list("overdue"); column(o, "K1", "police_ref") != "P1 P2" {
		t.Errorf("overdue by their own clocks: %q", column(o, "K1", "police_ref"))
	}
	d.refused("invalid", "cluster", `{"act":"cluster.add","cluster":"CL1","episode":"P1"}`)
	u := d.did(`{"act":"undo"}`)
	if text(u["cluster"]) != "CL1" || !strings.HasPrefix(text(u["change"]), "X") {
		t.Errorf("undo answers %v", u)
	}
	c := d.one()
	clusters["version"], c["version"] = nil, nil
	if text(c["state"]) != "accepted" || len(c) != len(clusters) || text(c["members"]) != text(clusters["members"]) || text(c["explain"]) != text(clusters["explain"]) {
		t.Errorf("undone: %v", c)
	}
	if after := d.ends(0, "queue", "--format", "json").out; versionless(after) != versionless(queue) {
		t.Errorf("undone, the queue is\n%s\nwas\n%s", after, queue)
	}
	d.sound()
}

// versionless is a list in JSON without its versions.
func versionless(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		if !strings.Contains(line, `"version"`) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

func TestAClusterIsAddedToAndLeftByLine(t *testing.T) {
	t.Parallel()
	d := four(t)
	d.refused("invalid", "reason", `{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"]}`)
	d.did(`{"act":"cluster.accept","child_ref":"K1","episodes":["P2","P3","P4"],"reason":"the first was another matter"}`)
	c := d.one()
	id := text(c["id"])
	if words(c["episodes"]) != "P2 P3 P4" || words(c["additions"]) != "" {
		t.Errorf("left out and offered again: %v", c)
	}
	d.refused("invalid", "episode", `{"act":"cluster.add","cluster":"`+id+`","episode":"P1"}`)
	late := d.write("late.csv", "police_ref,child_ref,risk,missing_at,returned_at,notified_at\nL1,K1,high,2026-11-20 20:00,2026-11-20 23:00,2026-11-22 17:30\n")
	d.ends(0, "import", late)
	if c := d.one(); words(c["additions"]) != "L1" {
		t.Errorf("a late notification: %v", c["additions"])
	}
	d.refused("invalid", "reason", `{"act":"cluster.add","cluster":"`+id+`","episode":"L1"}`)
	d.refused("conflict", "version", `{"act":"cluster.add","cluster":"`+id+`","episode":"L1","reason":"same night out","version":9}`)
	d.as("pat").refused("forbidden", "", `{"act":"cluster.add","cluster":"`+id+`","episode":"L1","reason":"x"}`)
	a := d.did(`{"act":"cluster.add","cluster":"` + id + `","episode":"L1","reason":"same night out","version":1}`)
	if text(a["version"]) != "2" || words(d.one()["episodes"]) != "P2 P3 L1 P4" {
		t.Errorf("added: %v", a)
	}
	for _, ref := range []string{"P2", "P3"} {
		d.did(`{"act":"cluster.leave_out","cluster":"` + id + `","episode":"` + ref + `","reason":"x"}`)
	}
	c = d.row("clusters", "id", id)
	if words(c["episodes"]) != "L1 P4" || text(c["state"]) != "accepted" || words(c["warnings"]) == "" {
		t.Errorf("two are left: %v", c)
	}
	if r := d.row("queue", "police_ref", "P3"); r["cluster"] != nil || text(r["interview_due_at"]) != "2026-11-22T22:15:00Z" {
		t.Errorf("P3 is by itself: %v", r)
	}
	if c := d.row("clusters", "state", "suggested"); words(c["episodes"]) != "P1 P2 P3" {
		t.Errorf("left out of one, they may be another: %v", c)
	}
	d.sound()
}

func TestADismissalByLineHoldsUntilAnotherReturn(t *testing.T) {
	t.Parallel()
	d := four(t)
	a := d.did(`{"act":"cluster.dismiss","child_ref":"K1","episodes":["P1","P2","P3","P4"],"reason":"each wants its own","id":"once"}`)
	if a["cluster"] != nil || text(a["version"]) != "2" || text(a["child_ref"]) != "K1" {
		t.Errorf("answers %v", a)
	}
	if again := d.did(`{"act":"cluster.dismiss","child_ref":"K1","episodes":["P1","P2","P3","P4"],"reason":"each wants its own","id":"once"}`); again["repeated"] != true {
		t.Errorf("the same line again: %v", again)
	}
	if c := d.one(); text(c["state"]) != "dismissed" {
		t.Errorf("%v", c)
	}
	d.at("2026-11-23T09:00:00Z").did(`{"act":"referral.new","police_ref":"P5","child_ref":"K1","missing_at":"2026-11-22 20:00","returned_at":"2026-11-23 02:00"}`)
	if c := d.at("2026-11-23T09:00:00Z").one(); text(c["state"]) != "suggested" || words(c["episodes"]) != "P1 P2 P3 P4 P5" {
		t.Errorf("%v", c)
	}
	got, status := d.at("2026-11-23T09:00:00Z").does([]string{"--keep-going"}, acceptFour, `{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3","P4","P5"]}`)
	if status != 3 || len(got) != 2 || got[0]["ok"] != false || got[0]["field"] != "reason" || got[1]["ok"] != true {
		t.Errorf("status %d, %v", status, got)
	}
	d.sound()
}
