package cli_test

import (
	"strings"
	"testing"
)

// One interview over four episodes, from the booking to the signed-off and shared record: queue, clusters, timeline,
// follow-ups and the record say the same at every step, and what was held on Tuesday stays held on Tuesday though it was
// written on Thursday.
func TestAnInterviewOverFourEpisodesThroughTheProgram(t *testing.T) {
	t.Parallel()
	d := four(t)
	d.did(acceptFour)
	d.did(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	d.did(`{"act":"referral.book","referral":"R2","when":"2026-11-24T15:00:00Z","place":"school"}`)

	const held = "2026-11-24T15:10:00Z"
	pat := d.at("2026-11-24T16:00:00Z").as("pat")
	a := pat.did(`{"act":"interview.held","referral":"R3","held_at":"` + held + `","alone":"yes"}`)
	if text(a["interview"]) != "I1" || words(a["referrals"]) != "R1 R2 R3 R4" || words(a["followups"]) != "F1 F2" {
		t.Fatalf("held: %v", a)
	}
	for _, x := range []struct{ field, want string }{
		{"stage", "to_write_up to_write_up to_write_up to_write_up"}, {"next_due_at", strings.Repeat("2026-11-25T15:10:00Z ", 3) + "2026-11-25T15:10:00Z"},
		{"write_up_due_at", strings.Repeat("2026-11-27T15:10:00Z ", 3) + "2026-11-27T15:10:00Z"}, {"overdue", "false false false false"},
	} {
		if got := column(pat.list("queue"), "K1", x.field); got != x.want {
			t.Errorf("held, %s is %q and should be %q", x.field, got, x.want)
		}
	}
	due := map[string]string{}
	for _, f := range pat.list("followups") {
		due[text(f["kind"])] = text(f["due_at"])
	}
	if due["child"] != "2026-12-01T15:10:00Z" || due["share"] != "2026-11-25T15:10:00Z" {
		t.Errorf("held, due are %v", due)
	}

	thursday := d.at("2026-11-26T10:00:00Z").as("pat")
	thursday.did(`{"act":"interview.save","referral":"R1","record":{"confidentiality":{"explained":"yes"},"view":{"own_words":"I went to see my sister."},"judgement":{"likelihood":"medium"},"episodes":{"P2":{"during":{"where":"the arcade"}}},"intelligence":{"places":[{"name":"Stonebridge arcade"}]}}}`)
	thursday.did(`{"act":"interview.submit","interview":"I1"}`)
	if a, _ := thursday.does(nil, `{"act":"interview.approve","interview":"I1"}`); text(a[0]["code"]) != "forbidden" {
		t.Errorf("a practitioner signs off: %v", a)
	}
	if got := column(thursday.list("queue"), "K1", "stage"); got != "to_sign_off to_sign_off to_sign_off to_sign_off" {
		t.Errorf("submitted, the stages are %s", got)
	}
	d.at("2026-11-26T12:00:00Z").as("sam").did(`{"act":"interview.approve","interview":"I1","comment":"Clear."}`)
	end := d.at("2026-11-26T12:30:00Z").as("pat")
	end.did(`{"act":"interview.share","interview":"I1","audience":"social_worker","to":"Jo Hart","way":"secure email","purpose":"safety plan"}`)

	if got := column(end.list("queue"), "K1", "stage"); got != "" {
		t.Errorf("shared, the queue still has %s", got)
	}
	c := end.one()
	met := ""
	for _, m := range c["members"].([]any) {
		met += text(m.(map[string]any)["met"]) + " "
	}
	if text(c["state"]) != "interviewed" || text(c["held_at"]) != held || met != "false false false true " {
		t.Errorf("the cluster is %v, met %s", c["state"], met)
	}
	var record object
	decode(t, end.ends(0, "interview", "R4", "--format", "json").out, &record)
	if text(record["held_at"]) != held || text(record["state"]) != "signed_off" || text(record["signed_by"]) != "sam" || words(record["episodes"]) != "P1 P2 P3 P4" {
		t.Errorf("the record is held %v, %v, signed by %v", record["held_at"], record["state"], record["signed_by"])
	}
	if s := end.ends(0, "timeline", "K1", "--format", "json"); strings.Count(s.out, `"kind":"held"`) != 1 || !strings.Contains(s.out, `"at":"`+held+`","kind":"held"`) {
		t.Errorf("the timeline tells of the interview otherwise:\n%v", s)
	}
	for _, f := range end.list("followups") {
		if k := text(f["kind"]); k == "share" && text(f["done_at"]) != "2026-11-26T12:30:00Z" || k == "record" && text(f["due_at"]) != "2026-11-27T15:10:00Z" || k == "intelligence" && text(f["overdue"]) != "true" {
			t.Errorf("follow-up %v", f)
		}
	}
	d.ends(0, "check")
}
