package cli_test

import (
	"strings"
	"testing"
)

// oneChildTwice is a file in which Ivy has two references, and Max one.
const oneChildTwice = `police_ref,child_ref,given_name,family_name,dob,known_as,gender,risk,missing_at,returned_at,notified_at
P1,K1,Ivy,Stone,2011-03-14,Ive,f,low,2026-11-14 20:00,2026-11-15 02:00,2026-11-15 09:00
P2,K1,Ivy,Stone,2011-03-14,Ive,f,low,2026-11-16 20:00,2026-11-17 06:00,2026-11-17 09:00
Q1,K2,Ivy,Stone-Hall,2011-03-14,Vee,female,low,2026-11-18 20:00,2026-11-19 22:15,2026-11-20 09:00
M1,K3,Max,Hill,2012-05-06,,,low,2026-11-20 20:00,2026-11-21 02:00,2026-11-21 09:00
`

const joinTwo = `{"act":"child.join","keep":"K1","other":"K2","reason":"one carer, one phone"}`

// unchanged takes a file in again and checks that nothing comes of it.
func (d *desk) unchanged(file string, rows int) {
	d.Helper()
	queue := d.ends(0, "queue", "--format", "json").out
	var n struct{ Read, Created, Updated, Unchanged, Refused, Children_created int }
	decode(d, d.ends(0, "import", file, "--format-out", "json").out, &n)
	if n.Unchanged != rows || n.Created+n.Updated+n.Refused+n.Children_created != 0 {
		d.Errorf("the same file again: %+v", n)
	}
	if after := d.ends(0, "queue", "--format", "json").out; after != queue {
		d.Errorf("the same file again changed the queue:\n%s\nwas\n%s", after, queue)
	}
}

func TestTwoRecordsOfOneChildAreJoinedByLineAndTheFileChangesNothing(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	file := d.write("in.csv", oneChildTwice)
	d.ends(0, "import", file)
	d.unchanged(file, 4)
	if rows := d.list("clusters"); len(rows) != 0 {
		t.Fatalf("clusters %v", rows)
	}
	before := d.list("queue")
	a := d.did(joinTwo)
	if text(a["child_ref"]) != "K1" || text(a["version"]) != "2" || !strings.HasPrefix(text(a["change"]), "X") {
		t.Errorf("answers %v", a)
	}
	if c := d.one(); text(c["state"]) != "suggested" || words(c["episodes"]) != "P1 P2 Q1" || text(c["child_ref"]) != "K1" {
		t.Errorf("one child, three returns: %v", c)
	}
	q := d.list("queue")
	if column(q, "K1", "police_ref") == "" || column(q, "K2", "police_ref") != "" || len(q) != len(before) {
		t.Errorf("the queue: %q and %q", column(q, "K1", "police_ref"), column(q, "K2", "police_ref"))
	}
	if al := d.list("alerts"); column(al, "K1", "rule") != "3_in_30_days 3_in_90_days" || column(al, "K2", "rule") != "" {
		t.Errorf("alerts: %v", al)
	}
	for _, ref := range []string{"K1", "K2"} {
		if s := d.ends(0, "timeline", ref); lacks(s.out, "P1", "P2", "Q1", "one carer, one phone") != nil {
			t.Errorf("the timeline of %s lacks %v", ref, lacks(s.out, "P1", "P2", "Q1", "one carer, one phone"))
		}
	}
	d.unchanged(file, 4)
	d.ends(0, "import", d.write("more.csv", "police_ref,child_ref,given_name,family_name,dob,risk,missing_at,returned_at,notified_at\n"+
		"Q2,K2,Ivy,Stone-Hall,2011-03-14,low,2026-11-21 20:00,2026-11-21 22:15,2026-11-22 09:00\n"+
		"Q3,,Ivy,Stone-Hall,2011-03-14,low,2026-11-22 03:00,2026-11-22 04:15,2026-11-22 09:00\n"))
	if c := d.one(); words(c["episodes"]) != "P1 P2 Q1 Q2 Q3" {
		t.Errorf("a row of the old reference, one of the old name: %v", c["episodes"])
	}
	d.refused("invalid", "other", joinTwo)
	d.refused("not_found", "other", `{"act":"child.join","keep":"K1","other":"K9","reason":"x"}`)
	d.as("pat").refused("forbidden", "", joinTwo)
	d.sound()
}

func TestAJoinIsUndoneByLine(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.ends(0, "import", d.write("in.csv", oneChildTwice))
	before := d.ends(0, "queue", "--format", "json").out
	a := d.did(joinTwo)
	d.did(`{"act":"cluster.accept","child_ref":"K2","episodes":["P1","P2","Q1"]}`) // by the old reference
	d.refused("conflict", "of", `{"act":"undo","of":"`+text(a["change"])+`"}`)
	d.did(`{"act":"undo"}`, `{"act":"undo","of":"`+text(a["change"])+`"}`)
	if after := d.ends(0, "queue", "--format", "json").out; versionless(after) != versionless(before) {
		t.Errorf("undone, the queue is\n%s\nwas\n%s", after, before)
	}
	if rows := d.list("clusters"); len(rows) != 0 {
		t.Errorf("clusters %v", rows)
	}
	d.did(`{"act":"child.different","keep":"K1","other":"K2","reason":"cousins"}`)
	if r := d.row("queue", "police_ref", "Q1"); strings.Contains(text(r["flags"]), "possible_duplicate") {
		t.Errorf("different, and yet %v", r["flags"])
	}
	d.refused("invalid", "other", `{"act":"child.different","keep":"K2","other":"K1","reason":"cousins"}`)
	d.sound()
}

func TestADuplicateLeavesTheListsByLine(t *testing.T) {
	t.Parallel()
	d := four(t)
	d.did(acceptFour)
	a := d.did(`{"act":"episode.duplicate","episode":"P4","of":"P3","reason":"reported twice"}`)
	if text(a["referral"]) != "R4" || text(a["cluster"]) != "CL1" {
		t.Errorf("answers %v", a)
	}
	if c := d.one(); words(c["episodes"]) != "P1 P2 P3" || text(c["interview_due_at"]) != "2026-11-22T22:15:00Z" {
		t.Errorf("the cluster: %v", c)
	}
	if r := d.row("queue", "police_ref", "P4"); r != nil {
		t.Errorf("on the queue: %v", r)
	}
	for _, al := range d.list("alerts") {
		if strings.Contains(words(al["episodes"]), "P4") {
			t.Errorf("counted: %v", al)
		}
	}
	d.refused("invalid", "referral", `{"act":"referral.reopen","referral":"R4","reason":"x"}`)
	d.refused("invalid", "of", `{"act":"episode.duplicate","episode":"P2","of":"P4","reason":"x"}`)
	d.refused("invalid", "of", `{"act":"episode.duplicate","episode":"P2","of":"Q1","reason":"x"}`)
	d.did(`{"act":"undo"}`)
	if c := d.one(); words(c["episodes"]) != "P1 P2 P3 P4" {
		t.Errorf("undone: %v", c)
	}
	d.sound()
}
