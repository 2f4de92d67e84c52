package cli_test

import (
	"strings"
	"testing"
)

// Pat's last day is Sunday 22 November 2026. Until then nothing changes; from Monday Pat stays out, is given nothing, keeps the
// name, and what Pat still has is listed in the review until Pia takes it over.
func TestWhoLeavesKeepsTheirNameAndNothingElse(t *testing.T) {
	t.Parallel()
	d := newDesk(t).with(strings.Replace(team, "login = \"pat\"\n", "login = \"pat\"\nuntil = \"2026-11-22\"\n", 1)).as("dee")
	d.did(adaIsBack, maxIsBack, `{"act":"referral.assign","referral":"R1","to":"pat"}`)
	d.as("pat").did(`{"act":"referral.note","referral":"R1","text":"Rang twice."}`)

	monday := d.at("2026-11-23T09:00:00Z")
	for _, words := range [][]string{{"queue"}, {"review", "people"}, {"do"}} {
		if s := monday.as("pat").ends(1, words...); !strings.Contains(s.err, "left on 2026-11-22") || s.out != "" {
			t.Errorf("%v: %s", words, s)
		}
	}
	if r := monday.refused("invalid", "to", `{"act":"referral.assign","referral":"R2","to":"pat"}`); !strings.Contains(text(r["message"]), "left on 2026-11-22") {
		t.Errorf("%v", r)
	}
	left := func() object {
		for _, row := range monday.as("sam").list("review", "people") {
			if text(row["login"]) == "pat" {
				return row
			}
		}
		return nil
	}
	if row := left(); text(row["left"]) != "2026-11-22" || text(row["open_referrals"]) != "1" || text(row["today_free"]) != "0" {
		t.Errorf("%v", row)
	}
	monday.did(`{"act":"referral.assign","referral":"R1","to":"pia"}`)
	if row := left(); row != nil {
		t.Errorf("Pat still has %v", row)
	}
	d.sound()
}

// Pat is taken out of the configuration altogether. Pat keeps the last known name, marked, in everything Pat did; what Pat still
// has is listed in the review until somebody takes it over; and the log says what changed, key by key. Then the login is given to
// somebody else: what Pat did stays Pat's.
func TestWhoIsTakenOutKeepsTheirName(t *testing.T) {
	t.Parallel()
	team := strings.Replace(team, "login = \"pat\"\n", "login = \"pat\"\nname = \"Pat Vale\"\n", 1)
	d := newDesk(t).with(team).as("dee").at("2026-11-22T15:00:00Z")
	d.did(adaIsBack, `{"act":"referral.assign","referral":"R1","to":"pat"}`)
	d.as("pat").did(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer"}`)

	pat := team[strings.Index(team, "[[user]]\nlogin = \"pat\""):]
	pat = pat[:strings.Index(pat[1:], "[[user]]")+1]
	monday := d.at("2026-11-23T09:00:00Z").with(strings.Replace(team, pat, "", 1))
	// Reading needs no writing before it knows.
	if s := monday.as("sam").ends(0, "review", "people"); lacks(s.out, "pat", "2026-11-23") != nil {
		t.Error(s)
	}
	if s := monday.ends(0, "timeline", "K1"); lacks(s.out, "no answer, by Pat Vale (removed)") != nil {
		t.Error(s)
	}
	line := monday.as("sam").list("audit", "list", "--act", "settings")
	if len(line) != 1 || text(line[0]["summary"]) != "pat is taken out" {
		t.Fatalf("%v", line)
	}
	if s := monday.as("sam").ends(0, "audit", "show", text(line[0]["change"])); lacks(s.out, "user.pat.role", "practitioner → not set", "user.pat.name", "Pat Vale → not set") != nil {
		t.Error(s)
	}
	for _, row := range monday.as("sam").list("review", "people") {
		if text(row["login"]) == "pat" && (text(row["open_referrals"]) != "1" || text(row["left"]) != "2026-11-23" || text(row["today_free"]) != "0") {
			t.Errorf("%v", row)
		}
	}

	tuesday := d.at("2026-11-24T09:00:00Z").with(strings.Replace(team, pat, strings.Replace(pat, "Pat Vale", "Pat Moss", 1), 1))
	tuesday.as("pat").did(`{"act":"contact.log","referral":"R1","way":"text","with":"child","result":"sent"}`)
	s := tuesday.ends(0, "timeline", "K1")
	if lacks(s.out, "no answer, by Pat Vale (pat then)", "sent, by Pat Moss") != nil || strings.Contains(s.out, "no answer, by Pat Moss") {
		t.Error(s)
	}
	if s := tuesday.refused("forbidden", "", `{"act":"contact.strike","attempt":"A1","reason":"x"}`); !strings.Contains(text(s["message"]), "Pat Vale (pat then)") {
		t.Error(s)
	}
	d.sound()
}

// Every change of the settings by which the database is opened is in the log, key by key, with no key of a person in it; opening
// it under the same ones writes nothing.
func TestOpeningUnderOtherSettingsIsInTheLog(t *testing.T) {
	t.Parallel()
	d := newDesk(t).with(team).as("dee")
	d.did(adaIsBack)
	d.did(maxIsBack)
	sam := d.as("sam")
	if got := sam.list("audit", "list", "--act", "settings"); len(got) != 0 {
		t.Fatalf("%v", got)
	}
	other := d.with("profile = \"west_sussex\"\n[policy]\nwrite_up_within = \"48h\"\n[[alert]]\nname = \"often\"\ncount = 4\ndays = 20\n" + team)
	other.did(`{"act":"referral.note","referral":"R1","text":"x"}`)
	other.did(`{"act":"referral.note","referral":"R1","text":"y"}`)
	lines := sam.list("audit", "list", "--act", "settings")
	if len(lines) != 1 || lacks(text(lines[0]["summary"]), "profile is west_sussex, was statutory", "policy.write_up_within is 48h, was 72h") != nil {
		t.Fatalf("%v", lines)
	}
	s := other.as("sam").ends(0, "audit", "show", text(lines[0]["change"]), "--format", "json")
	if lacks(s.out, `"policy.write_up_within":"72h → 48h"`, `"policy.clusters":"true → false"`, `"alert.often":"not set → 4 in 20 days"`) != nil || strings.Contains(s.out, "ssh-") {
		t.Error(s)
	}
	other.sound()
}
