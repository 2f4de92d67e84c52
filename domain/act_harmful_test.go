package domain_test

import (
	"errors"
	"strings"
	"testing"

	"homeward/domain"
)

// A text that nobody can see all of, or that is none, is refused with where it stands, in any field of any act, its id too.
func TestHarmfulTextIsRefused(t *testing.T) {
	for line, field := range map[string]string{
		`{"act":"referral.note","referral":"R1","text":"bad ` + "\xff\xfe" + ` bytes"}`:               "text",
		`{"act":"referral.note","referral":"R1","text":"x","id":"A` + "\u009b" + `2J"}`:               "id",
		`{"act":"referral.note","referral":"R1","text":"x","id":"A\u009b2J"}`:                         "id",
		`{"act":"referral.note","referral":"R1","text":"a\u001b[31m"}`:                                "text",
		`{"act":"child.edit","child_ref":"K1","known_as":"a` + "\u202e" + `b"}`:                       "known_as",
		`{"act":"referral.new","given_name":"A` + "\u2066" + `","family_name":"B"}`:                   "given_name",
		`{"act":"interview.save","referral":"R1","record":{"arrangements":{"place":"a\u0007"}}}`:      "record",
		`{"act":"meeting.open","week":"2026-W47","present":["a","b\u0000"]}`:                          "",
		`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P` + "\u0085" + `"],"reason":""}`: "episodes",
		`{"act":"nobody` + "\u009b" + `"}`:                                                            "act",
	} {
		e, err := domain.ParseAct([]byte(line))
		var r *domain.Refusal
		if !errors.As(err, &r) || r.Code != domain.Invalid || field != "" && r.Field != field {
			t.Errorf("%q: %v", line, err)
		}
		if strings.ContainsAny(e.ID+e.Act.Name(), "\u009b\x1b") {
			t.Errorf("%q: its answer says %q %q", line, e.Act.Name(), e.ID)
		}
	}
	for _, line := range []string{`{"act":"referral.note","referral":"R1","text":"two\nlines,\ta tab, Zoë, 日本"}`, `{"act":"referral.note","referral":"R1","text":"from\r\nWindows"}`} {
		if _, err := domain.ParseAct([]byte(line)); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
}
