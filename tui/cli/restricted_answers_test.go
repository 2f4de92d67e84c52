package cli_test

import (
	"fmt"
	"strings"
	"testing"
)

// What others did on a restricted child is in no answer to somebody who may not see the child: not in the refusal of an undo, nor
// where an act's id was used, nor in what a row of a file does not fit.
func TestNoAnswerTellsOfARestrictedChild(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	dee, pat, sam := d.as("dee"), d.as("pat"), d.as("sam")
	d.did(secretRow, `{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Ann","family_name":"Lee","dob":"2012-05-06","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`,
		`{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.accept","referral":"R2","responsible":"team"}`)
	chosen := text(dee.did(`{"act":"referral.choice","referral":"R1","asked_child":true,"chose":"Zqchosen","id":"dee-1"}`)["change"])
	called := `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","note":"Zqnote","id":"pat-1"}`
	pat.did(`{"act":"referral.carer_information","referral":"R1","text":"Zqtext","places":["Zqpier"],"people":["Zqman"]}`)
	sam.did(called)
	pat.did(`{"act":"referral.carer_information","referral":"R2","text":"said so","places":["the pier","the wood"]}`)
	merged := text(sam.did(`{"act":"intelligence.merge","keep":"N1","other":"N3","reason":"Zqreason"}`)["change"])
	sam.did(`{"act":"child.restrict","child_ref":"ZQ1","to":["sam","pat"],"reason":"Zqreason"}`)

	for what, by := range map[string]*desk{
		`{"act":"undo","of":"` + chosen + `"}`: dee, `{"act":"undo"}`: dee,
		`{"act":"intelligence.merge","keep":"N4","other":"N2","reason":"x"}`: d.as("sue"), `{"act":"intelligence.merge","keep":"N2","other":"N4","reason":"x"}`: d.as("sue"),
		`{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"spoke","id":"pat-1"}`: dee,
	} {
		code, field := "forbidden", ""
		if by == dee && strings.Contains(what, "pat-1") {
			code, field = "conflict", "id"
		}
		answer := by.refused(code, field, what)
		if leak := leaks(said{out: fmt.Sprint(answer)}); leak != nil {
			t.Errorf("%s tells %v: %v", what, leak, answer)
		}
	}
	d.as("ada").refused("forbidden", "", called)
	same := dee.did(called)
	if leak := leaks(said{out: fmt.Sprint(same)}); leak != nil || same["repeated"] != true {
		t.Errorf("the same act again tells %v: %v", leak, same)
	}

	// The other spelling is told by its own name, under the number of the one kept.
	var names []string
	for _, n := range dee.list("intelligence") {
		names = append(names, text(n["id"])+" "+text(n["name"]))
	}
	if got := strings.Join(names, ", "); got != "N1 the pier, N4 the wood" {
		t.Errorf("what is noted: %s", got)
	}
	for _, id := range []string{merged, chosen} {
		s := d.as("ada").run("", "audit", "show", id)
		s.out = strings.ReplaceAll(s.out, "zqreason", "")
		if leak := leaks(s); leak != nil {
			t.Errorf("the log shows %v of %s:\n%s", leak, id, s.out)
		}
	}
	if answer := d.as("pia").did(`{"act":"referral.carer_information","referral":"R2","text":"said so","places":["Zqpier"]}`); strings.Contains(fmt.Sprint(answer), "R1") {
		t.Errorf("who else named it is told: %v", answer)
	}

	// Rows that do not fit the child are refused, and what they do not fit is not told; guessing leaves a trace.
	before := len(sam.tried("dee"))
	for name, row := range map[string]string{"another reference": "ZQ-77,K9,Bob,Ross,2012-01-01", "another name": "ZQ-77,,Bob,Ross,2012-01-01"} {
		for _, flag := range []string{"--dry-run", ""} {
			file := d.write("rows.csv", "police_ref,child_ref,given_name,family_name,dob,missing_at\n"+row+",2026-11-18 20:00\n")
			args := []string{"import", file, "--rejects", d.path("rejects.csv")}
			if flag != "" {
				args = []string{"import", file, flag}
			}
			s := dee.run("", args...)
			told := strings.ReplaceAll(s.out+s.err, "ZQ-77", "")
			if flag == "" {
				told += strings.ReplaceAll(d.read("rejects.csv"), "ZQ-77", "")
			}
			if leak := leaks(said{out: told}); leak != nil || s.status == 0 || !strings.Contains(told, "restricted to pat and sam") || strings.Contains(told, "name is") {
				t.Errorf("%s %s tells %v\n%v", name, flag, leak, s)
			}
		}
	}
	if after := len(sam.tried("dee")); after <= before {
		t.Errorf("%d tries of dee before, %d after", before, after)
	}
	d.sound()
}

// tried are the lines of the log that say somebody tried to do something about a child restricted to others.
func (d *desk) tried(by string) (out []string) {
	for _, line := range d.list("audit", "list") {
		if text(line["act"]) == "refused" && text(line["by"]) == by {
			out = append(out, text(line["summary"]))
		}
	}
	return out
}
