package domain_test

import (
	"encoding/json"
	"strings"
	"testing"
	_ "time/tzdata"
	"unicode"

	"homeward/domain"
)

// nasty moves the cursor, turns the text round, hides in the middle of a word, and rings the bell.
const nasty = "\x1b[2J\x1b]0;x\x07Iv\u202ey\u200b \u2066St\u2069one\x9b31m\u0085"

// unsafe is the first character of a text that may do something to a terminal; 0 when there is none.
func unsafe(s string) rune {
	for _, r := range s {
		if r != '\n' && r != '\t' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)) {
			return r
		}
	}
	return 0
}

func (tm *team) checkSafe(what string) {
	tm.Helper()
	for _, ch := range tm.Changes() {
		texts := ch.Summary
		for _, x := range ch.Touched {
			b, err := json.Marshal(x.After)
			if err != nil {
				tm.Fatal(err)
			}
			var v any
			if err := json.Unmarshal(b, &v); err != nil {
				tm.Fatal(err)
			}
			texts += strings.Join(leaves(v), "\n")
		}
		if r := unsafe(texts); r != 0 {
			tm.Errorf("%s: %U is kept: %q", what, r, texts)
		}
	}
}

func leaves(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, leaves(x)...)
		}
		return out
	case map[string]any:
		var out []string
		for k, x := range v {
			out = append(append(out, k), leaves(x)...)
		}
		return out
	}
	return nil
}

// Each act of a script, with the text in every field that takes words of one's own: it is refused as it stands.
func TestTheTextOfAnActIsRefusedUnsafe(t *testing.T) {
	b, err := json.Marshal(nasty)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`{"act":"child.edit","child_ref":"K1","known_as":N,"address":[N,N],"concerns":N,"summary":N,"carer_name":N}`,
		`{"act":"episode.edit","episode":"P1","school":N,"notes":N,"prevention_interview":N,"placement":N}`,
		`{"act":"referral.new","police_ref":N,"child_ref":N,"given_name":N,"family_name":N,"address":N,"notes":N,"missing_at":"2026-11-21"}`,
		`{"act":"flag.set","episode":"P1","flag":"harm","reason":N}`,
		`{"act":"referral.accept","referral":"R1","responsible":"trusted_adult","who":N,"chose":N}`,
		`{"act":"referral.not_required","referral":"R1","reason":"harm","text":N,"look_again_on":"2026-12-01","safe_with":N}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","note":N}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","place":N,"interviewer":N}`,
		`{"act":"referral.chase","referral":"R1","whom":N,"note":N}`,
		`{"act":"referral.note","referral":"R1","text":N}`,
		`{"act":"referral.close","referral":"R1","as":"declined","text":N,"declined_by":"child","helpline_given":N,"letter_sent":N,"carer_offered":true}`,
		`{"act":"followup.add","child_ref":"K1","kind":"other","text":N}`,
	} {
		tm := newTeam(t).back()
		if _, r := tm.try("%s", strings.ReplaceAll(line, "N", string(b))); r == nil || !strings.Contains(r.Message, "control character") {
			t.Errorf("%s: %v", line, r)
		}
		tm.checkSafe(line)
	}
}

func TestTheTextOfAnActIsMadeSafeWhoeverMadeIt(t *testing.T) {
	tm := newTeam(t).back()
	yes := true
	for _, a := range []domain.Act{
		&domain.WriteNote{Referral: "R1", Text: nasty},
		&domain.Book{Referral: "R1", When: moment(t, "2026-11-23 10:00"), Place: new(nasty), Agreed: &yes},
		&domain.Close{Referral: "R1", As: domain.StageUnable, Text: nasty, LetterSent: &domain.StepDone{WhyNot: nasty},
			SocialWorkerTold: &domain.StepDone{Done: true}, PoliceTold: &domain.StepDone{WhyNot: nasty}},
		&domain.EditChild{ChildRef: "K1", Fields: map[string]string{"known_as": nasty, "child_phone": nasty + ";" + nasty}},
		&domain.EditEpisode{Episode: "P1", Fields: map[string]string{"notes": nasty, "school": nasty}},
		&domain.AddFollowUp{ChildRef: "K1", Kind: "other", Text: nasty},
	} {
		if _, err := tm.Take(domain.Envelope{Act: a}); err != nil {
			t.Errorf("%s: %v", a.Name(), err)
		}
	}
	for _, name := range domain.ColumnNames() {
		col, _ := domain.ColumnNamed(name)
		switch col.Kind() {
		case domain.CellText, domain.CellNote, domain.CellAuthority, domain.CellAnswer, domain.CellNHS:
		default: // no free text
			continue
		}
		tm.arrived("police_ref=N"+name, "child_ref=KN", "missing_at=2026-11-21", name+"="+nasty)
	}
	tm.checkSafe("acts and rows")
	no := false
	if _, err := tm.as("sam").Take(domain.Envelope{Act: &domain.SignOff{Referral: "R1", Approve: &no, Comment: "\x1b[2J\nsecond line"}}); err != nil {
		t.Error(err)
	}
	tm.checkSafe("sign-off")
}

func TestANoteKeepsItsLinesAndANameIsOneLine(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.note","referral":"R1","text":" first\n\tsecond "}`)
	if got := tm.referral(1).Notes[0].Text; got != "first\n\tsecond" {
		t.Errorf("%q", got)
	}
	tm.do(`{"act":"child.edit","child_ref":"K1","known_as":"Ivy\nStone","concerns":"one\ntwo"}`)
	if c := tm.child(1); c.KnownAs != "Ivy Stone" || c.Card.Concerns != "one\ntwo" {
		t.Errorf("%q, %q", c.KnownAs, c.Card.Concerns)
	}
	tm.do(`{"act":"episode.edit","episode":"P1","school":"Hill\nSchool","notes":"one\ntwo"}`)
	if e := tm.episode(1); e.School != "Hill School" || e.Notes != "one\ntwo" {
		t.Errorf("%q, %q", e.School, e.Notes)
	}
}

func TestARefusalSaysNothingUnsafe(t *testing.T) {
	tm := newTeam(t).back()
	b, err := json.Marshal(nasty)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`{"act":N}`, `{"act":"undo",N:1}`, `{"act":"undo","of":N}`, `{"act":"undo","at":N}`, `{"act":"undo","version":N}`, `{"act":"referral.new",N:"x"}`,
		`{"act":"referral.accept","referral":N,"responsible":"team"}`, `{"act":"referral.accept","referral":"R1","responsible":N}`,
		`{"act":"referral.assign","referral":"R1","to":N}`, `{"act":"child.edit","child_ref":N,"known_as":"x"}`, `{"act":"episode.edit","episode":N,"school":"x"}`,
		`{"act":"episode.edit","episode":"P1","returned_at":N}`, `{"act":"referral.new","child_ref":"K1","missing_at":N}`,
		`{"act":"referral.new","child_ref":"K1","missing_at":"2026-11-21","category":N,"risk":N,"flags":N}`, `{"act":"child.edit","child_ref":"K1","dob":N}`,
		`{"act":"followup.done","followup":N,"found":"x"}`, `{"act":"contact.strike","attempt":N,"reason":"x"}`, nasty, `{"act":"undo",}` + nasty,
	} {
		e, r := tm.try("%s", strings.ReplaceAll(line, "N", string(b)))
		if r == nil {
			t.Errorf("%s: done, %+v", line, e)
		} else if u := unsafe(r.Error()); u != 0 {
			t.Errorf("%s: says %U: %q", line, u, r.Error())
		}
	}
}
