package cli_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// ids of follow-ups as a list has them.
func ids(rows []object) string {
	var out []string
	for _, r := range rows {
		out = append(out, text(r["id"]))
	}
	return strings.Join(out, " ")
}

// A follow-up from an interview and one by hand, through re-dating, an attempt, done and dropped: the list says at each
// moment what is owed, by whom and what was missed.
func TestFollowUpsFromOwedToDone(t *testing.T) {
	d := newTeam(t) // Sunday 22 November, 18:00
	if s := d.ends(2, "followups", "--format", "xml"); !strings.Contains(s.err, "table, json or csv") {
		t.Error(s)
	}
	d.did(adaIsBack)
	if s := d.ends(0, "followups"); s.out != "No follow-up is open, and none ended lately.\n" {
		t.Error(s)
	}
	d.did(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	d.as("pat").did(heldR1)
	d.did(`{"act":"followup.add","child_ref":"K1","kind":"service","text":"Refer to the youth club","owner":"pia","due_at":"2026-11-22T19:00:00Z"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"A man waits at the gate"}`)
	rows := d.list("followups")
	if got := ids(rows); got != "F4 F3 F2 F1" { // urgent above all, service 19:00, share in a day, child in a week
		t.Fatalf("by due time: %s", got)
	}
	child := rows[3]
	for field, want := range map[string]string{"child_ref": "K1", "kind": "child", "owner": "pat", "due_at": "2026-11-29T17:00:00Z", "done_at": "", "overdue": "false",
		"interview": "I1", "outcome": "", "version": "1", "missed": "false", "dropped_at": "", "referral": "R1", "attempts": "0", "redates": "[]"} {
		v, ok := child[field]
		if !ok || text(v) != want {
			t.Errorf("%s of F1 is %v (%v), should be %q", field, v, ok, want)
		}
	}
	if got := ids(d.as("pia").list("followups", "--mine")); got != "F4 F3" {
		t.Errorf("Pia’s own and the urgent one: %s", got)
	}

	// An hour too late it is given another day: what was missed stays missed.
	late := d.at("2026-11-22T20:00:00Z")
	late.as("pia").did(`{"act":"contact.log","followup":"F3","way":"call","with":"professional","result":"no_answer"}`,
		`{"act":"followup.redate","followup":"F3","due_at":"2026-11-24T10:00:00Z","reason":"The club is shut on Sundays"}`)
	service := late.list("followups")[2]
	if text(service["id"]) != "F3" || text(service["overdue"]) != "false" || text(service["missed"]) != "true" || text(service["attempts"]) != "1" {
		t.Errorf("re-dated: %v", service)
	}
	if list, _ := service["redates"].([]any); len(list) != 1 || fmt.Sprint(list[0].(map[string]any)["reason"]) != "The club is shut on Sundays" {
		t.Errorf("its history: %v", service["redates"])
	}
	if s := late.ends(0, "followups"); !strings.Contains(s.out, "missed, re-dated, tried 1×") {
		t.Error(s)
	}

	// Done, dropped and passed on: the newest first below what is open, for 28 days; --all has them for ever.
	done := d.at("2026-11-25T09:00:00Z")
	done.as("pat").did(`{"act":"followup.done","followup":"F4","found":"DS Khan has it","next":"a strategy meeting"}`)
	done.as("pia").did(`{"act":"followup.drop","followup":"F3","reason":"He does not want to"}`)
	if got := ids(done.list("followups")); got != "F2 F1 F3 F4" && got != "F2 F1 F4 F3" {
		t.Errorf("open, then ended: %s", got)
	}
	for _, r := range done.list("followups") {
		want := map[string][2]string{"F4": {"DS Khan has it", ""}, "F3": {"He does not want to", "2026-11-25T09:00:00Z"}}[text(r["id"])]
		if text(r["outcome"]) != want[0] || text(r["dropped_at"]) != want[1] {
			t.Errorf("%v: outcome %v, dropped %v", r["id"], r["outcome"], r["dropped_at"])
		}
	}
	year := d.at("2027-11-25T09:00:00Z")
	if got := ids(year.list("followups")); got != "F2 F1" {
		t.Errorf("a year later: %s", got)
	}
	if got := strings.Fields(ids(year.list("followups", "--all"))); len(got) != 4 || !slices.Contains(got, "F3") {
		t.Errorf("all of them: %v", got)
	}
	table, err := csv.NewReader(strings.NewReader(done.ends(0, "followups", "--format", "csv").out)).ReadAll()
	if err != nil || len(table) != 5 || table[0][0] != "id" {
		t.Errorf("%v: %v", err, table)
	}
	done.sound()
}

// Who reads the list may be anybody; what one finishes is one's own.
func TestFollowUpsAreReadByAll(t *testing.T) {
	d := newTeam(t)
	d.did(adaIsBack, `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"pat"}`)
	if got := ids(d.as("ada").list("followups")); got != "F1" {
		t.Errorf("an auditor reads %s", got)
	}
	d.as("ada").refused("forbidden", "", `{"act":"followup.done","followup":"F1","found":"x"}`)
	d.as("pia").refused("forbidden", "", `{"act":"followup.done","followup":"F1","found":"x"}`)
	d.as("pat").did(`{"act":"followup.done","followup":"F1","found":"x"}`)
}
