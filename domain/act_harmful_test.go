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

// Half a character is no text: the decoder would keep another in its place.
func TestHalfACharacterIsRefused(t *testing.T) {
	for line, field := range map[string]string{
		`{"act":"child.edit","child_ref":"K1","warning":"lone \udc00 w"}`:                             "warning",
		`{"act":"child.edit","child_ref":"K1","warning":"\ud800"}`:                                    "warning",
		`{"act":"child.edit","child_ref":"K1","warning":"\ud83d\ud83d\ude00"}`:                        "warning",
		`{"act":"child.edit","child_ref":"K1","warning":"\\\udc00"}`:                                  "warning",
		`{"act":"interview.save","referral":"R1","record":{"view":{"own_words":"x\uD800y"}}}`:         "record",
		`{"act":"interview.save","referral":"R1","record":{"vi\udc00ew":{}}}`:                         "record",
		`{"act":"referral.note","referral":"R1","text":"x","id":"\ud800"}`:                            "id",
		`{"act":"episode.move","episode":"P1","new":{"given_name":"Zo\udc00","dob":""},"reason":"x"}`: "new",
	} {
		_, err := domain.ParseAct([]byte(line))
		var r *domain.Refusal
		if !errors.As(err, &r) || r.Code != domain.Invalid || r.Field != field || !strings.Contains(r.Message, "half a character") {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, line := range []string{
		`{"act":"child.edit","child_ref":"K1","warning":"\ud83d\ude00 Zo\u00eb"}`,
		`{"act":"child.edit","child_ref":"K1","warning":"\\udc00, and \ufffd"}`,
	} {
		if _, err := domain.ParseAct([]byte(line)); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// A field that is given twice is refused by its name, in an object within the line too: neither is lost without a word.
func TestAFieldIsGivenOnce(t *testing.T) {
	for line, want := range map[string][2]string{
		`{"act":"contact.log","referral":"R1","referral":"R2","way":"call","with":"child","result":"spoke"}`:      {"referral", "referral"},
		`{"act":"contact.log","referral":["R1"],"way":"call","with":"child","result":"spoke","referral":["R2"]}`:  {"referral", "referral"},
		`{"act":"referral.note","act":"referral.assign","referral":"R1","to":"pam"}`:                              {"act", "act"},
		`{"act":"referral.note","referral":"R1","text":"x","id":"a","id":"b"}`:                                    {"id", "id"},
		`{"act":"referral.note","referral":"R1","text":"x","version":1,"version":2}`:                              {"version", "version"},
		`{"act":"referral.new","police_ref":"D1","police_ref":"D2","given_name":"A","family_name":"B"}`:           {"police_ref", "police_ref"},
		`{"act":"interview.save","referral":"R1","record":{"before":{"account":"a"},"before":{"account":"b"}}}`:   {"record", "before"},
		`{"act":"interview.save","referral":"R1","record":{"before":{"account":"a","account":"b"}}}`:              {"record", "account"},
		`{"act":"interview.save","referral":"R1","record":{"intelligence":{"places":[{"name":"a","name":"b"}]}}}`: {"record", "name"},
		`{"act":"interview.save","referral":"R1","record":{"intelligence":{"places":[{"name":"a","NAME":"b"}]}}}`: {"record", "NAME"},
		`{"act":"episode.move","episode":"P1","new":{"given_name":"A","dob":"","given_name":"B"},"reason":"x"}`:   {"new", "given_name"},
		`{"act":"episode.move","episode":"P1","new":{"given_name":"A","dob":"","Given_Name":"B"},"reason":"x"}`:   {"new", "Given_Name"},
		`{"act":"interview.save","referral":"R1","record":{"":1,"":2}}`:                                           {"record", ""},
		`{"act":"referral.note","referral":"R1","t\u0065xt":"x","text":"y"}`:                                      {"text", "text"},
	} {
		e, err := domain.ParseAct([]byte(line))
		var r *domain.Refusal
		if !errors.As(err, &r) || r.Code != domain.Invalid || r.Field != want[0] || !strings.Contains(r.Message, "gives "+want[1]+" twice") {
			t.Errorf("%s: %v (%s)", line, err, e.Act.Name())
		}
	}
	for _, line := range []string{ // the same name in two objects, and as a value
		`{"act":"interview.save","referral":"R1","record":{"intelligence":{"places":[{"name":"name"},{"name":"a"}]}}}`,
		`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P1"],"reason":"episodes"}`,
	} {
		if _, err := domain.ParseAct([]byte(line)); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}
