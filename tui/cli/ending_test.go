package cli_test

import (
	"strings"
	"testing"
)

// A child who is 18 by now is not among those missing, their episode is ended by a line; one who died is sent nothing.
func TestEndingsByLines(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Bo","family_name":"Hill","dob":"2005-01-02","missing_at":"2026-11-18 20:00"}`)
	d.did(`{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Ada","family_name":"Vale","dob":"2012-05-06","missing_at":"2026-11-18 20:00","found_at_time":"2026-11-19 14:10"}`)
	if rows := d.list("missing"); len(rows) != 1 || text(rows[0]["police_ref"]) != "P2" {
		t.Errorf("missing: %v", rows)
	}
	d.did(`{"act":"episode.end","episode":"P1","how":"turned_18","on":"2026-11-18","reason":"closed by the police"}`)
	d.did(`{"act":"child.died","child_ref":"K2","on":"2026-11-20","reason":"the hospital rang"}`)
	for _, list := range []string{"missing", "queue"} {
		if rows := d.list(list); len(rows) != 0 {
			t.Errorf("%s: %v", list, rows)
		}
	}
	d.refused("invalid", "", `{"act":"referral.reopen","referral":"R1","reason":"x"}`)
	d.refused("invalid", "kind", `{"act":"followup.add","child_ref":"K2","kind":"child","text":"x"}`)
	d.ends(1, "letter", "R1", "--to", "carer", "--out", "l.html")
	d.did(`{"act":"undo"}`)
	if rows := d.list("missing"); len(rows) != 1 {
		t.Errorf("undone, missing: %v", rows)
	}
	d.sound()
}

// What is to be closed is a list for scripts too: children who are 18 by now or died and have an episode without a return.
func TestWhatIsToBeClosedIsAList(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ivy","family_name":"Stone","dob":"2008-11-20","missing_at":"2026-11-18 20:00"}`,
		`{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Max","family_name":"Hill","dob":"2011-11-20","missing_at":"2026-11-18 20:00"}`)
	for _, who := range []string{"dee", "sam", "ada"} {
		rows := d.as(who).list("review", "to-close")
		if len(rows) != 1 || text(rows[0]["child_ref"]) != "K1" || text(rows[0]["to_close"]) != "18 by now" || text(rows[0]["police_ref"]) != "P1" {
			t.Errorf("%s: %v", who, rows)
		}
	}
	if s := d.ends(0, "review", "to-close"); lacks(s.out, "Ivy Stone", "18 by now") != nil {
		t.Error(s)
	}
	d.did(`{"act":"episode.end","episode":"P1","how":"turned_18","on":"2026-11-20","reason":"x"}`)
	if s := d.ends(0, "review", "to-close", "--format", "csv"); strings.Contains(s.out, "K1") {
		t.Error(s)
	}
	d.sound()
}
