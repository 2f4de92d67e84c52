package domain_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// whole is a line of each act with every field it takes, of the right kind (INTERFACES, Acts).
var whole = map[string]string{
	"referral.new":          `"child_ref":"K1","missing_at":"2026-11-21 20:00","dob":"2011-03-14","flags":"harm;hospital","looked_after":true`,
	"child.edit":            `"child_ref":"K1","known_as":"Bee","child_phone":["07700 900123","07700 900124"],"dob":null`,
	"episode.edit":          `"episode":"P1","returned_at":"2026-11-22 14:10","risk":"high"`,
	"flag.set":              `"episode":"P1","flag":"harm","reason":"x"`,
	"flag.clear":            `"episode":"P1","flag":"harm","reason":"x"`,
	"referral.accept":       `"referral":"R1","responsible":"team","who":"x","asked_child":true,"chose":"x","independent_offered":false`,
	"referral.assign":       `"referral":"R1","to":"pat"`,
	"referral.responsible":  `"referral":"R1","responsible":"trusted_adult","who":"x","asked_child":true,"chose":"x","independent_offered":true`,
	"referral.seen":         `"referral":"R1"`,
	"referral.not_required": `"referral":"R1","reason":"hospital","text":"x","look_again_on":"2026-12-01","safe_with":"the ward"`,
	"referral.sign_off":     `"referral":"R1","approve":false,"comment":"x"`,
	"contact.log":           `"referral":"R1","way":"call","with":"child","result":"asked_for_later","note":"x","try_again_at":"2026-11-23T15:30:00Z"`,
	"contact.strike":        `"attempt":"A1","reason":"x"`,
	"referral.book":         `"referral":"R1","when":"2026-11-23T10:00:00Z","interviewer":"pat","place":"x","place_kind":"school","agreed_with_child":true`,
	"referral.missed":       `"referral":"R1","how":"did_not_attend","note":"x"`,
	"referral.chase":        `"referral":"R1","whom":"x","note":"x"`,
	"referral.answer":       `"referral":"R1","note":1,"text":"x"`,
	"referral.note":         `"referral":"R1","to":"pat","text":"x"`,
	"referral.close":        `"referral":"R1","as":"declined","text":"x","declined_by":"child","helpline_given":true,"letter_sent":"no address","carer_offered":true`,
	"referral.reopen":       `"referral":"R1","reason":"x"`,
	"referral.late":         `"referral":"R1","reason":"capacity","text":"x"`,
	"followup.add":          `"child_ref":"K1","kind":"other","text":"x","owner":"pat","due_at":"2026-11-30T10:00:00Z"`,
	"followup.done":         `"followup":"F1","found":"x","next":"x"`,
	"intelligence.merge":    `"keep":"N1","other":"N2","reason":"x"`,
	"undo":                  `"of":"X1"`,
	"redo":                  `"of":"X1"`,
	"caseload.hand_over":    `"from":"pat","to":"sam","reason":"x"`,
}

func TestEveryActReadsAllItsFieldsAndNoOther(t *testing.T) {
	known := map[string]bool{}
	for _, name := range domain.ActNames() {
		known[name] = true
	}
	for name, fields := range whole {
		if !known[name] {
			t.Errorf("no act %s", name)
			continue
		}
		line := fmt.Sprintf(`{"act":%q,"at":"2026-11-22T10:00:00Z","id":"a-1","version":7,%s}`, name, fields)
		e, err := domain.ParseAct([]byte(line))
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if e.Act.Name() != name || e.ID != "a-1" || e.Version != 7 || e.At != moment(t, "2026-11-22 10:00") || string(e.Content) != line {
			t.Errorf("%s: read as %+v", line, e)
		}
	}
	for _, name := range domain.ActNames() {
		line := fmt.Sprintf(`{"act":%q,"id":"a-1","colour":"red"}`, name)
		e, err := domain.ParseAct([]byte(line))
		if r := refusal(t, errOr(err)); r.Code != domain.Invalid || r.Field != "colour" {
			t.Errorf("%s: %+v", line, r)
		}
		if e.Act == nil || e.Act.Name() != name || e.ID != "a-1" {
			t.Errorf("%s: the answer could not name the act and its id: %+v", line, e)
		}
	}
}

// wrong are values of each kind for a field that takes another.
func wrong(v any) []string {
	switch v.(type) {
	case string, nil:
		return []string{`{"a":1}`, `[[1]]`}
	case bool:
		return []string{`"perhaps"`, `7`, `{}`}
	case []any:
		return []string{`{"a":1}`, `[1,2]`}
	}
	return []string{`{}`, `[]`}
}

func TestAValueOfTheWrongKindIsInvalidAtItsField(t *testing.T) {
	for name, fields := range whole {
		var m map[string]any
		if err := json.Unmarshal([]byte("{"+fields+"}"), &m); err != nil {
			t.Fatal(err)
		}
		for field, v := range m {
			for _, bad := range wrong(v) {
				if field == "looked_after" || field == "helpline_given" || field == "carer_offered" {
					bad = `{"a":1}` // these take text and truth values alike
				}
				line := fmt.Sprintf(`{"act":%q,%q:%s}`, name, field, bad)
				_, err := domain.ParseAct([]byte(line))
				if r := refusal(t, errOr(err)); r.Code != domain.Invalid || r.Field != field {
					t.Errorf("%s: %+v", line, r)
				}
			}
		}
	}
	for _, c := range []struct{ field, line string }{
		{"at", `{"act":"undo","at":"yesterday"}`},
		{"at", `{"act":"undo","at":5}`},
		{"at", `{"act":"undo","at":"2026-11-22 10:00"}`},
		{"version", `{"act":"undo","version":"7"}`},
		{"version", `{"act":"undo","version":-1}`},
		{"version", `{"act":"undo","version":1.5}`},
		{"id", `{"act":"undo","id":7}`},
		{"act", `{"act":7}`},
		{"act", `{}`},
		{"act", `{"act":""}`},
		{"act", `{"act":null}`},
		{"act", `{"act":"referral.explode","id":"a"}`},
		{"act", `{"act":"import.row"}`},
		{"act", `{"act":"REFERRAL.ACCEPT"}`},
		{"Referral", `{"act":"referral.accept","Referral":"R1"}`},
		{"", ``}, {"", `null`}, {"", `[]`}, {"", `"undo"`}, {"", `{"act":"undo"`}, {"", `{"act":"undo"}}`}, {"", `{"act":"undo"}]`}, {"", `{"act":"undo"} {"act":"undo"}`},
	} {
		_, err := domain.ParseAct([]byte(c.line))
		if r := refusal(t, errOr(err)); r.Code != domain.Invalid || r.Field != c.field || r.Message == "" {
			t.Errorf("%s: %+v, should be invalid at %q", c.line, r, c.field)
		}
	}
}

func TestARefusalOfAnUnknownNameTellsTheNearest(t *testing.T) {
	for line, near := range map[string]string{
		`{"act":"referal.accept"}`:                       "referral.accept",
		`{"act":"contact.lgo"}`:                          "contact.log",
		`{"act":"referral.accept","responsable":"team"}`: "responsible",
		`{"act":"contact.log","try_agian_at":"x"}`:       "try_again_at",
		`{"act":"referral.new","missing_form":"school"}`: "missing_from",
	} {
		_, err := domain.ParseAct([]byte(line))
		if r := refusal(t, errOr(err)); !strings.Contains(r.Message, `"`+near+`"`) {
			t.Errorf("%s: %s", line, r.Message)
		}
	}
}

// Each line has one word or field wrong; nothing else is.
func TestWordsThatAreNoneOfTheList(t *testing.T) {
	tm := newTeam(t).back()
	for _, c := range []struct{ field, line string }{
		{"referral", `{"act":"referral.accept","responsible":"team"}`},
		{"referral", `{"act":"referral.seen"}`},
		{"episode", `{"act":"flag.set","flag":"harm","reason":"x"}`},
		{"episode", `{"act":"episode.edit","notes":"x"}`},
		{"child_ref", `{"act":"followup.add","kind":"other","text":"x"}`},
		{"child_ref", `{"act":"child.edit","known_as":"x"}`},
		{"followup", `{"act":"followup.done","found":"x"}`},
		{"attempt", `{"act":"contact.strike","reason":"x"}`},
		{"flag", `{"act":"flag.set","episode":"P1","flag":"high_risk","reason":"derived, never set"}`},
		{"reason", `{"act":"flag.set","episode":"P1","flag":"harm","reason":" "}`},
		{"responsible", `{"act":"referral.accept","referral":"R1"}`},
		{"to", `{"act":"referral.assign","referral":"R1"}`},
		{"to", `{"act":"referral.assign","referral":"R1","to":"kim"}`},
		{"to", `{"act":"referral.assign","referral":"R1","to":"ada"}`},
		{"to", `{"act":"referral.note","referral":"R1","text":"x","to":"kim"}`},
		{"text", `{"act":"referral.note","referral":"R1"}`},
		{"to", `{"act":"referral.note","referral":"R1","text":"x","ask":true}`},
		{"to", `{"act":"referral.note","referral":"R1","text":"x","ask":true,"to":"ada"}`},
		{"about", `{"act":"referral.note","referral":"R1","text":"x","ask":true,"to":"pat","about":"lunch"}`},
		{"ask", `{"act":"referral.note","referral":"R1","text":"x","to":"pat","about":"late"}`},
		{"note", `{"act":"referral.answer","referral":"R1","text":"x"}`},
		{"text", `{"act":"referral.answer","referral":"R1","note":1}`},
		{"reason", `{"act":"referral.not_required","referral":"R1","reason":"holiday","text":"x"}`},
		{"text", `{"act":"referral.not_required","referral":"R1","reason":"other"}`},
		{"look_again_on", `{"act":"referral.not_required","referral":"R1","reason":"harm","text":"x","safe_with":"x"}`},
		{"look_again_on", `{"act":"referral.not_required","referral":"R1","reason":"police_investigation","text":"x","safe_with":"x"}`},
		{"safe_with", `{"act":"referral.not_required","referral":"R1","reason":"hospital","text":"x","look_again_on":"2026-12-01"}`},
		{"look_again_on", `{"act":"referral.not_required","referral":"R1","reason":"harm","text":"x","safe_with":"x","look_again_on":"2026-02-30"}`},
		{"approve", `{"act":"referral.sign_off","referral":"R1"}`},
		{"referral", `{"act":"contact.log","way":"call","with":"child","result":"spoke"}`},
		{"followup", `{"act":"contact.log","referral":"R1","followup":"F1","way":"call","with":"child","result":"spoke"}`},
		{"way", `{"act":"contact.log","referral":"R1","way":"pigeon","with":"child","result":"spoke"}`},
		{"with", `{"act":"contact.log","referral":"R1","way":"call","with":"friend","result":"spoke"}`},
		{"result", `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"maybe"}`},
		{"try_again_at", `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer","try_again_at":"2026-11-23"}`},
		{"reason", `{"act":"contact.strike","attempt":"A1"}`},
		{"when", `{"act":"referral.book","referral":"R1"}`},
		{"when", `{"act":"referral.book","referral":"R1","when":"2026-11-23"}`},
		{"place_kind", `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","place_kind":"moon"}`},
		{"how", `{"act":"referral.missed","referral":"R1","how":"forgot"}`},
		{"whom", `{"act":"referral.chase","referral":"R1","note":"x"}`},
		{"note", `{"act":"referral.chase","referral":"R1","whom":"x"}`},
		{"as", `{"act":"referral.close","referral":"R1","as":"not_required","text":"x"}`},
		{"text", `{"act":"referral.close","referral":"R1","as":"withdrawn"}`},
		{"declined_by", `{"act":"referral.close","referral":"R1","as":"declined","text":"x","helpline_given":true,"letter_sent":true,"carer_offered":true}`},
		{"declined_by", `{"act":"referral.close","referral":"R1","as":"declined","declined_by":"professional","text":"x","helpline_given":true,"letter_sent":true,"carer_offered":true}`},
		{"helpline_given", `{"act":"referral.close","referral":"R1","as":"declined","declined_by":"child","text":"x","letter_sent":true,"carer_offered":true}`},
		{"letter_sent", `{"act":"referral.close","referral":"R1","as":"declined","declined_by":"child","text":"x","helpline_given":true,"carer_offered":true}`},
		{"carer_offered", `{"act":"referral.close","referral":"R1","as":"declined","declined_by":"child","text":"x","helpline_given":true,"letter_sent":true,"carer_offered":false}`},
		{"carer_offered", `{"act":"referral.close","referral":"R1","as":"declined","declined_by":"child","text":"x","helpline_given":true,"letter_sent":true,"carer_offered":" "}`},
		{"letter_sent", `{"act":"referral.close","referral":"R1","as":"unable","text":"x","social_worker_told":true,"police_told":true}`},
		{"social_worker_told", `{"act":"referral.close","referral":"R1","as":"unable","text":"x","letter_sent":true,"police_told":true}`},
		{"police_told", `{"act":"referral.close","referral":"R1","as":"unable","text":"x","letter_sent":true,"social_worker_told":true}`},
		{"reason", `{"act":"referral.reopen","referral":"R1"}`},
		{"reason", `{"act":"referral.late","referral":"R1","reason":"busy"}`},
		{"text", `{"act":"referral.late","referral":"R1","reason":"other"}`},
		{"kind", `{"act":"followup.add","child_ref":"K1","kind":"chat","text":"x"}`},
		{"text", `{"act":"followup.add","child_ref":"K1","kind":"other"}`},
		{"owner", `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"kim"}`},
		{"found", `{"act":"followup.done","followup":"F1"}`},
		{"", `{"act":"child.edit","child_ref":"K1"}`},
		{"", `{"act":"episode.edit","episode":"P1"}`},
		{"risk", `{"act":"episode.edit","episode":"P1","risk":"enormous"}`},
		{"returned_at", `{"act":"episode.edit","episode":"P1","returned_at":"soon"}`},
		{"missing_at", `{"act":"episode.edit","episode":"P1","missing_at":""}`},
		{"dob", `{"act":"child.edit","child_ref":"K1","dob":"soon"}`},
		{"missing_at", `{"act":"referral.new","child_ref":"K9"}`},
		{"given_name", `{"act":"referral.new","missing_at":"2026-11-21 20:00"}`},
	} {
		tm.refused(domain.Invalid, c.field, nil, "%s", c.line)
	}
}

// A version says what was seen of a record, and nobody has seen one of version 0: leaving it out, or null, checks none.
func TestNoActIsTakenWithVersionZero(t *testing.T) {
	tm := newTeam(t).back()
	for _, v := range []string{"0", "-1", "0.5", `"1"`, "-0"} {
		tm.refused(domain.Invalid, "version", nil, `{"act":"referral.note","referral":"R1","text":"x","version":%s}`, v)
	}
	tm.do(`{"act":"referral.note","referral":"R1","text":"x","version":null}`)
	tm.refused(domain.Conflict, "version", nil, `{"act":"referral.accept","referral":"R1","responsible":"team","version":1}`)
}
