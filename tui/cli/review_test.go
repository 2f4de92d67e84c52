package cli_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
)

// What a supervisor looks over, printed for scripts: each part, at a moment, by those who may.
func TestReview(t *testing.T) {
	t.Parallel()
	d := newTeam(t) // Sunday 22 November, 18:00
	d.did(adaIsBack, maxIsBack, `{"act":"referral.assign","referral":"R1","to":"pat"}`, `{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`)
	for _, who := range []string{"dee", "pat"} {
		if s := d.as(who).ends(1, "review"); !strings.Contains(s.err, "the review is for supervisors") || s.out != "" {
			t.Errorf("%s: %s", who, s)
		}
	}
	d.as("sam").did(`{"act":"referral.note","referral":"R2","to":"pat","text":"Would you take him?","ask":true}`)
	sam, ada := d.as("sam").at("2026-11-23T13:10:00Z"), d.as("ada").at("2026-11-23T13:10:00Z")

	late := sam.list("review") // R2 was back on Thursday 14:10, its 72 hours ended on Sunday at 14:10
	if len(late) != 1 || fmt.Sprint(late[0]["referrals"]) != "[R2]" || text(late[0]["late_s"]) != fmt.Sprint(23*3600) || text(late[0]["late"]) != "under a day" ||
		late[0]["assigned_to"] != nil || late[0]["reason_late"] != nil {
		t.Errorf("overdue: %v", late)
	}
	if sign := ada.list("review", "sign-off"); len(sign) != 1 || text(sign[0]["what"]) != "not_required" || text(sign[0]["by"]) != "dee" {
		t.Errorf("to sign off: %v", sign)
	}
	for _, row := range sam.list("review", "soon") {
		if clock := text(row["clock"]); clock == "interview" {
			t.Errorf("R1's interview is due in two days: %v", row)
		}
	}
	asked := sam.list("review", "asked")
	if len(asked) != 1 || text(asked[0]["note"]) != "1" || asked[0]["answer"] != nil {
		t.Errorf("asked: %v", asked)
	}
	d.as("pat").at("2026-11-23T12:00:00Z").did(`{"act":"referral.answer","referral":"R2","note":1,"text":"Yes"}`)
	if asked = sam.list("review", "asked"); text(asked[0]["answer"]) != "Yes" || text(asked[0]["answered_by"]) != "pat" {
		t.Errorf("answered: %v", asked)
	}
	for _, row := range sam.list("review", "people") {
		if login := text(row["login"]); login == "pat" && (text(row["open_referrals"]) != "1" || text(row["capacity"]) != "3") {
			t.Errorf("Pat: %v", row)
		}
	}
	weeks := sam.list("review", "weeks")
	if len(weeks) != 36 {
		t.Fatalf("%d figures, should be three of twelve weeks", len(weeks))
	}
	for _, row := range weeks {
		if text(row["week"]) == "2026-W47" && text(row["measure"]) == "return" {
			for field, want := range map[string]string{"numerator": "0", "denominator": "2", "denominator_required": "2", "still_running": "1", "missed": "1", "from": "2026-11-16", "to": "2026-11-22"} {
				if text(row[field]) != want {
					t.Errorf("%s of the week: %v, should be %s", field, row[field], want)
				}
			}
		}
	}
	table, err := csv.NewReader(strings.NewReader(ada.ends(0, "review", "weeks", "--format", "csv").out)).ReadAll()
	if err != nil || len(table) != 37 {
		t.Errorf("%d lines of CSV, %v", len(table), err)
	}
	if s := sam.ends(0, "review"); !strings.Contains(s.out, "23 h") || !strings.Contains(s.out, "no reason given") {
		t.Error(s)
	}
	sam.ends(2, "review", "everything")
}
