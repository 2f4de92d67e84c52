package cli_test

import (
	"fmt"
	"strings"
	"testing"
)

// team is a configuration with one of each role and a second practitioner.
const team = `
[team]
authority = "Newham"
[[user]]
login = "dee"
name = "Dee Osei"
role = "coordinator"
[[user]]
login = "pat"
role = "practitioner"
[[user]]
login = "pia"
role = "practitioner"
[[user]]
login = "sam"
role = "supervisor"
[[user]]
login = "sue"
role = "supervisor"
[[user]]
login = "ada"
role = "auditor"
`

func newTeam(t testing.TB) *desk { t.Helper(); return newDesk(t).with(team).as("dee") }

// row finds one row of a list.
func (d *desk) row(list, field, is string) object {
	d.Helper()
	for _, r := range d.list(list) {
		if r[field] == is {
			return r
		}
	}
	return nil
}

const maxIsBack = `{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Max","family_name":"Hill","dob":"2012-05-06","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 14:10"}`

// Every act that a script can send today, once, and what becomes of it.
func TestEachActIsDoneByALine(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	first := d.did(adaIsBack)
	for field, want := range map[string]string{"line": "1", "ok": "true", "act": "referral.new", "id": "", "repeated": "false", "child_ref": "K1", "episode": "E1",
		"referral": "R1", "change": "X1", "version": "1"} {
		if got, there := first[field]; !there || text(got) != want {
			t.Errorf("%s: %v, should be %s", field, got, want)
		}
	}
	for _, c := range []struct {
		who, line string
		field     string // of the row of R1 in the queue afterwards, or of R2 where the act names it
		want      string
	}{
		{"dee", `{"act":"referral.accept","referral":"R1","responsible":"social_worker","who":"Jo","asked_child":true,"chose":"Jo","independent_offered":true}`, "stage responsible", "accepted social_worker"},
		{"dee", `{"act":"referral.chase","referral":"R1","whom":"Jo","note":"will ring"}`, "stage", "accepted"},
		{"dee", `{"act":"referral.assign","referral":"R1","to":"pat"}`, "assigned_to", "pat"},
		{"dee", `{"act":"child.edit","child_ref":"K1","known_as":"Addy"}`, "child_ref", "K1"},
		{"dee", `{"act":"flag.set","episode":"P1","flag":"harm","reason":"she said so"}`, "flags", "[harm"},
		{"dee", `{"act":"flag.clear","episode":"E1","flag":"harm","reason":"meant another child"}`, "flags", "["},
		{"dee", `{"act":"episode.edit","episode":"P1","risk":"high","returned_at":"2026-11-22 14:20"}`, "returned_at flags", "2026-11-22T14:20:00Z [high_risk"},
		{"pat", `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer","try_again_at":"2026-11-23T15:30:00Z"}`, "attempts contact_met_at try_again_at", "1  2026-11-23T15:30:00Z"},
		{"pat", `{"act":"contact.log","referral":"R1","way":"text","with":"carer","result":"spoke","at":"2026-11-22T16:00:00Z","note":"rings back"}`, "attempts contact_met_at next_due_at", "2 2026-11-22T16:00:00Z 2026-11-25T14:20:00Z"},
		{"pat", `{"act":"contact.strike","attempt":"A2","reason":"another child's mother"}`, "attempts contact_met_at next_due_at", "1  2026-11-23T14:30:00Z"},
		{"pia", `{"act":"contact.log","referral":"R1","way":"visit","with":"child","result":"declined"}`, "attempts declines", "2 1"},
		{"pat", `{"act":"referral.book","referral":"R1","when":"2026-11-24T15:00:00Z","interviewer":"pat","place":"her school","place_kind":"school","agreed_with_child":true}`, "stage booked_for", "booked 2026-11-24T15:00:00Z"},
		{"pat", `{"act":"referral.note","referral":"R1","to":"dee","text":"she likes football"}`, "stage", "booked"},
		{"pat", `{"act":"followup.add","child_ref":"K1","kind":"other","text":"ring the club","due_at":"2026-11-24T15:00:00Z"}`, "", ""},
		{"pia", `{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"named an adult"}`, "", ""},
		{"dee", `{"act":"contact.log","followup":"F2","way":"call","with":"professional","result":"spoke"}`, "", ""},
		{"pia", `{"act":"followup.done","followup":"F2","found":"duty desk has it","next":"they ring"}`, "", ""},
		{"pia", `{"act":"undo"}`, "", ""},
		{"dee", maxIsBack, "stage overdue", "new true"},
		{"dee", `{"act":"referral.late","referral":"R2","reason":"capacity","text":"two ill"}`, "overdue", "true"},
		{"dee", `{"act":"referral.not_required","referral":"R2","reason":"harm","text":"with the police","look_again_on":"2026-12-01","safe_with":"grandmother"}`, "stage", "to_approve"},
		{"sam", `{"act":"referral.sign_off","referral":"R2","approve":false,"comment":"ask again"}`, "stage", "new"},
		{"dee", `{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"declined"}`, "", ""},
		{"dee", `{"act":"referral.close","referral":"R2","as":"declined","text":"not now","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":"not at home"}`, "", ""},
		{"dee", `{"act":"referral.reopen","referral":"R2","reason":"rang us"}`, "stage", "new"},
		{"dee", `{"act":"referral.close","referral":"R2","as":"unable","text":"moved away","letter_sent":true,"social_worker_told":true,"police_told":"no number"}`, "stage", "to_approve"},
		{"sue", `{"act":"referral.sign_off","referral":"R2","approve":true}`, "", ""},
	} {
		a := d.as(c.who).did(c.line)
		if a["act"] == nil || a["change"] == nil || text(a["child_ref"]) == "" {
			t.Errorf("%s: %v", c.line, a)
		}
		if c.field == "" {
			continue
		}
		ref := "R1"
		if strings.Contains(c.line, "R2") || c.line == maxIsBack {
			ref = "R2"
		}
		r := d.row("queue", "referral", ref)
		var got []string
		for f := range strings.FieldsSeq(c.field) {
			got = append(got, text(r[f]))
		}
		if !strings.HasPrefix(strings.Join(got, " "), c.want) {
			t.Errorf("%s\n%s: %q, should be %q", c.line, c.field, got, c.want)
		}
	}
	if r := d.row("queue", "referral", "R2"); r != nil {
		t.Errorf("closed, and still in the queue: %v", r)
	}
	late := d.at("2026-11-24T18:00:00Z")
	late.as("pat").did(`{"act":"referral.missed","referral":"R1","how":"did_not_attend","note":"forgot"}`)
	if r := late.row("queue", "referral", "R1"); r["stage"] != "accepted" || r["booked_for"] != nil {
		t.Errorf("missed: %v", r)
	}
	late.did(`{"act":"referral.reopen","referral":"R2","reason":"found her"}`)
	if r := late.row("overdue", "referral", "R2"); r["reason_late"] != "capacity" {
		t.Errorf("the reason late is kept: %v", r)
	}
	d.sound()
}

func TestARefusalSaysCodeFieldAndWhy(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(adaIsBack, maxIsBack)
	before := d.as("sam").ends(0, "audit", "list", "--format", "json").out
	for _, c := range []struct{ code, field, line string }{
		{"invalid", "", `this is no JSON`},
		{"invalid", "", `["referral.accept"]`},
		{"invalid", "act", `{"act":"referral.eat","referral":"R1"}`},
		{"invalid", "act", `{"referral":"R1"}`},
		{"invalid", "colour", `{"act":"referral.accept","referral":"R1","responsible":"team","colour":"red"}`},
		{"invalid", "responsible", `{"act":"referral.accept","referral":"R1","responsible":"nobody"}`},
		{"invalid", "responsible", `{"act":"referral.accept","referral":"R1"}`},
		{"invalid", "referral", `{"act":"referral.accept","referral":1,"responsible":"team"}`},
		{"not_found", "referral", `{"act":"referral.accept","referral":"R99","responsible":"team"}`},
		{"not_found", "child_ref", `{"act":"child.edit","child_ref":"K99","known_as":"x"}`},
		{"not_found", "episode", `{"act":"flag.set","episode":"P99","flag":"harm","reason":"x"}`},
		{"not_found", "attempt", `{"act":"contact.strike","attempt":"A99","reason":"x"}`},
		{"not_found", "followup", `{"act":"followup.done","followup":"F99","found":"x"}`},
		{"invalid", "at", `{"act":"referral.accept","referral":"R1","responsible":"team","at":"2026-11-22T18:00:01Z"}`},
		{"invalid", "at", `{"act":"referral.accept","referral":"R1","responsible":"team","at":"2026-11-22"}`},
		{"invalid", "id", `{"act":"referral.accept","referral":"R1","responsible":"team","id":"` + strings.Repeat("x", 65) + `"}`},
		{"conflict", "police_ref", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","missing_at":"2026-11-20"}`},
		{"invalid", "missing_at", `{"act":"referral.new","police_ref":"P3","child_ref":"K1"}`},
		{"invalid", "missing_at", `{"act":"referral.new","police_ref":"P3","child_ref":"K1","missing_at":"2026-03-29 01:30"}`},
		{"invalid", "returned_at", `{"act":"referral.new","police_ref":"P3","child_ref":"K1","missing_at":"2026-11-20 20:00","returned_at":"2026-11-20 19:59"}`},
		{"invalid", "flag", `{"act":"flag.set","episode":"P1","flag":"high_risk","reason":"x"}`},
		{"invalid", "to", `{"act":"referral.assign","referral":"R1","to":"ada"}`},
		{"invalid", "to", `{"act":"referral.assign","referral":"R1","to":"nobody"}`},
		{"invalid", "look_again_on", `{"act":"referral.not_required","referral":"R1","reason":"harm","text":"x","safe_with":"y"}`},
		{"invalid", "safe_with", `{"act":"referral.not_required","referral":"R1","reason":"hospital","text":"x","look_again_on":"2026-12-01"}`},
		{"invalid", "declined_by", `{"act":"referral.close","referral":"R1","as":"declined","text":"x","helpline_given":true,"letter_sent":true,"carer_offered":true}`},
		{"invalid", "police_told", `{"act":"referral.close","referral":"R1","as":"unable","text":"x","letter_sent":true,"social_worker_told":true}`},
		{"invalid", "letter_sent", `{"act":"referral.close","referral":"R1","as":"unable","text":"x","letter_sent":false,"social_worker_told":true,"police_told":true}`},
		{"forbidden", "", `{"act":"referral.sign_off","referral":"R1","approve":true}`},
		{"conflict", "version", `{"act":"referral.accept","referral":"R1","responsible":"team","version":2}`},
		{"invalid", "version", `{"act":"referral.accept","referral":"R1","responsible":"team","version":"1"}`},
	} {
		d.refused(c.code, c.field, c.line)
	}
	if after := d.as("sam").ends(0, "audit", "list", "--format", "json").out; after != before {
		t.Errorf("a refusal left something behind: %s", strings.TrimPrefix(after, before))
	}
	// A step in the wrong stage says which stage it is in.
	if r := d.refused("invalid", "referral", `{"act":"referral.reopen","referral":"R1","reason":"x"}`); lacks(text(r["message"]), "new") != nil {
		t.Error(r)
	}
}

func TestVersionsAreHeldAgainstWhatTheCallerSaw(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(adaIsBack)
	for want := 2; want < 5; want++ {
		a := d.did(fmt.Sprintf(`{"act":"referral.note","referral":"R1","text":"x","version":%d}`, want-1))
		if text(a["version"]) != fmt.Sprint(want) || text(d.row("queue", "referral", "R1")["version"]) != fmt.Sprint(want) {
			t.Errorf("every act adds one: %v", a)
		}
		d.refused("conflict", "version", fmt.Sprintf(`{"act":"referral.note","referral":"R1","text":"x","version":%d}`, want-1))
	}
	if v := text(d.row("queue", "referral", "R1")["version"]); v != "4" {
		t.Error("a refusal changed the version: ", v)
	}
	v := d.did(`{"act":"flag.set","episode":"P1","flag":"harm","reason":"x"}`)["version"]
	d.refused("conflict", "version", `{"act":"flag.clear","episode":"P1","flag":"harm","reason":"x","version":1}`)
	d.did(fmt.Sprintf(`{"act":"flag.clear","episode":"P1","flag":"harm","reason":"x","version":%v}`, v))
}
