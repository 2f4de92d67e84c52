package domain_test

import (
	"strings"
	"testing"

	"homeward/domain"
)

const (
	gone1    = `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","dob":"2008-03-04","missing_at":"2026-11-20 10:00"}`
	back1    = `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","dob":"2012-03-04","missing_at":"2026-11-20 10:00","returned_at":"2026-11-21 10:00"}`
	found1   = `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","dob":"2012-03-04","missing_at":"2026-11-20 10:00","found_at_time":"2026-11-21 10:00"}`
	back2    = `{"act":"referral.new","police_ref":"P2","child_ref":"K1","missing_at":"2026-11-20 11:00","returned_at":"2026-11-21 10:00"}`
	died1    = `{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"the hospital rang"}`
	lives1   = `{"act":"child.lives","child_ref":"K1","reason":"it was a cousin"}`
	another  = `{"act":"episode.move","episode":"P1","new":{"given_name":"Anna","family_name":"Leigh","dob":"2012-01-01"},"reason":"another girl"}`
	heardNo  = `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined"}`
	declined = `{"act":"referral.close","referral":"R1","as":"declined","text":"x","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":"no"}`
	inError  = `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"recorded in error"}`
)

func ended(how string) string {
	return `{"act":"episode.end","episode":"P1","how":"` + how + `","on":"2026-11-21","reason":"x"}`
}

// What was said of a child and is not true of them keeps nobody off the lists and no interview closed, whatever puts it right.
func TestWhatIsNoFactOfTheChildKeepsNothingClosed(t *testing.T) {
	for _, c := range []struct {
		what  string
		lines []string
		desk  string // open referrals and who is missing
		gone  string // who is missing, and what is to be closed
		says  string // a warning of the last line
	}{
		{"the death of another child", []string{gone1, died1, another}, "missing P1", "P1", "P1 ended as died"},
		{"an end by the death of another child", []string{gone1, ended("died"), another}, "missing P1", "P1", "P1 ended as died"},
		{"the 18th birthday of another child", []string{gone1, ended("turned_18"), another}, "missing P1", "P1", "P1 ended as turned 18"},
		{"an end of the episode itself", []string{gone1, ended("moved_authority"), another}, "", "", "P1 stays ended (moved to another authority"},
		{"an 18th birthday that was not", []string{gone1, ended("turned_18"), `{"act":"child.edit","child_ref":"K1","dob":"2010-03-04"}`}, "missing P1", "P1", "P1 (turned 18, 2026-11-21)"},
		{"an 18th birthday of one whose date of birth comes later", []string{
			`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","missing_at":"2026-11-20 10:00"}`, ended("turned_18"),
			`{"act":"referral.new","police_ref":"P3","child_ref":"K1","dob":"2012-03-04","missing_at":"2026-11-10 10:00","returned_at":"2026-11-10 11:00"}`}, "R1 missing P1", "P1", "P1 (turned 18"},
		{"an 18th birthday, and the date of birth of another record", []string{
			`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","missing_at":"2026-11-20 10:00"}`, ended("turned_18"),
			`{"act":"referral.new","police_ref":"P3","child_ref":"K2","given_name":"Ann","family_name":"Lee","dob":"2012-03-04","missing_at":"2026-11-10 10:00","returned_at":"2026-11-10 11:00"}`,
			`{"act":"child.join","keep":"K2","other":"K1","reason":"one girl"}`}, "R1 missing P1", "P1", "P1 (turned 18"},
		{"another birthday that is 18 too", []string{gone1, ended("turned_18"), `{"act":"child.edit","child_ref":"K1","dob":"2008-03-05"}`}, "", "", ""},
		{"an interview given up for the death of another child", []string{back1, died1, another}, "R1", "", "R1 is new again"},
		{"one of an episode that came after the death", []string{`{"act":"referral.new","police_ref":"P9","child_ref":"K1","given_name":"Ann","missing_at":"2026-11-01 10:00"}`, died1,
			`{"act":"referral.new","police_ref":"P1","child_ref":"K1","missing_at":"2026-11-20 10:00","returned_at":"2026-11-21 10:00"}`, another}, "R1", "", "R1 is new again"},
		{"an interview given up for a death that was not", []string{back1, `{"act":"referral.accept","referral":"R1","responsible":"team"}`, died1, lives1}, "R1", "", "R1 is accepted again"},
		{"a withdrawal because it was a duplicate", []string{back1, back2, `{"act":"episode.duplicate","episode":"P1","of":"P2","reason":"x"}`, another}, "R1 R2", "", "R1 was closed as a duplicate"},
		{"a decline, which may be so of the other", []string{back1, heardNo, declined, another}, "", "", "R1 stays declined"},
		{"found in error, and then back", []string{found1, inError, `{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 10:00"}`}, "R1", "", ""},
		{"found in error, and then back by a row", []string{found1, inError, "row returned_at=2026-11-22 10:00"}, "R1", "", ""},
		{"found in error, and then back by a row of history", []string{found1, inError, "history returned_at=2026-11-22 10:00"}, "R1", "", ""},
		{"withdrawn, and the return corrected", []string{back1, inError, `{"act":"episode.edit","episode":"P1","returned_at":"2026-11-22 10:00"}`}, "", "", "R1 stays withdrawn"},
		{"back by a row of history", []string{gone1, "history returned_at=2026-11-22 10:00"}, "R1", "", ""},
	} {
		tm := newTeam(t).as("sam")
		said := ""
		for _, l := range c.lines {
			before := tm.all()
			var out *domain.Outcome
			var r *domain.Refusal
			if way, cell, row := strings.Cut(l, " "); row && (way == "row" || way == "history") {
				out, r = tm.arriveAs(way == "history", "police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 10:00", cell)
			} else {
				out, r = tm.try("%s", l)
			}
			if r != nil {
				t.Fatalf("%s: %s: %v", c.what, l, r)
			}
			if said = strings.Join(out.Warnings, "\n"); l == c.lines[len(c.lines)-1] && !strings.Contains(l, "=") {
				is := tm.all()
				tm.undone(before)
				if tm.do(`{"act":"redo"}`); tm.all() != is {
					t.Errorf("%s: done again, it is otherwise", c.what)
				}
			}
		}
		if got := tm.desk(); got != c.desk {
			t.Errorf("%s: the desk has %q, should be %q", c.what, got, c.desk)
		}
		if got := tm.gone(); got != c.gone {
			t.Errorf("%s: missing are %q, should be %q", c.what, got, c.gone)
		}
		if !strings.Contains(said, c.says) {
			t.Errorf("%s: said %q, without %q", c.what, said, c.says)
		}
	}
}

// An age that was wrong opens again what was not required of one too young.
func TestTooYoungThatWasNotIsRequired(t *testing.T) {
	for _, last := range []string{
		`{"act":"child.edit","child_ref":"K1","dob":"2012-03-04"}`,
		another,
	} {
		tm := newTeam(t).as("sam")
		tm.settings.Policy.AgeFloor = 10
		tm.do("%s", strings.Replace(back1, "2012-03-04", "2019-03-04", 1))
		tm.as("dee").do(`{"act":"referral.not_required","referral":"R1","reason":"under_age","text":"x"}`)
		tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":true}`)
		if tm.desk() != "" {
			t.Fatal(tm.desk())
		}
		out := tm.do("%s", last)
		if tm.desk() != "R1" || !strings.Contains(strings.Join(out.Warnings, "\n"), "R1 is new again") {
			t.Errorf("%s: %q, said %q", last, tm.desk(), out.Warnings)
		}
	}
	tm := newTeam(t).as("dee")
	tm.settings.Policy.AgeFloor = 10
	tm.do("%s", strings.Replace(back1, "2012-03-04", "2019-03-04", 1))
	tm.do(`{"act":"referral.not_required","referral":"R1","reason":"under_age","text":"x"}`)
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":true}`)
	tm.settings.Policy.AgeFloor = 5 // another policy since: what was decided stands
	tm.do(`{"act":"child.edit","child_ref":"K1","known_as":"Annie"}`)
	if tm.desk() != "" {
		t.Error(tm.desk())
	}
}

// The attempt on which a closing as declined rests is not struck while it stands so.
func TestADeclineIsNotStruckUnderItsClosing(t *testing.T) {
	strike := `{"act":"contact.strike","attempt":%q,"reason":"I rang another child"}`
	tm := newTeam(t)
	tm.do("%s", back1)
	tm.do("%s", heardNo)
	tm.do("%s", heardNo)
	tm.do("%s", declined)
	tm.do(strike, "A1") // another says so too
	tm.nothing(domain.Invalid, "attempt", []string{"R1 is closed as declined by the child", "no attempt but A2", "referral.reopen"}, strike, "A2")
	tm.do(`{"act":"referral.reopen","referral":"R1","reason":"nobody was asked"}`)
	tm.do(strike, "A2")
	if tm.desk() != "R1" {
		t.Error(tm.desk())
	}
}

// The return of an episode is not taken back while a duplicate of it says that the child is back: the interview it gave up would be
// owed by nobody.
func TestTheOriginalOfADuplicateKeepsItsReturn(t *testing.T) {
	tm := newTeam(t)
	tm.do("%s", back1)
	tm.do("%s", back2)
	tm.do(`{"act":"episode.duplicate","episode":"P1","of":"P2","reason":"x"}`)
	tm.nothing(domain.Invalid, "returned_at", []string{"P1 is a duplicate of P2", "is back", "take that back first"}, `{"act":"episode.edit","episode":"P2","returned_at":null}`)
	tm.do(`{"act":"episode.edit","episode":"P1","returned_at":null}`)
	tm.do(`{"act":"episode.edit","episode":"P2","returned_at":null}`)
	if tm.desk() != "missing P2" {
		t.Error(tm.desk())
	}
	tm.do(`{"act":"episode.edit","episode":"P2","returned_at":"2026-11-22 10:00"}`)
	if tm.desk() != "R2" {
		t.Error(tm.desk())
	}
}
