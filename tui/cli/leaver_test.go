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
