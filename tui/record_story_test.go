package tui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/tuitest"
)

// one is a child who is back, with Amira, to be visited at half past one.
func one(t *testing.T, login string) *team {
	x := newTeam(t, login)
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_from":"Beacon Lodge","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 20:00","social_worker":"Ruth Mensah"}`,
		`{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.assign","referral":"R1","to":"amira"}`)
	return x
}

// interview reads a referral's interview.
func (x *team) interview(t *testing.T, n uint64) *view.InterviewView {
	t.Helper()
	var v *view.InterviewView
	err := x.desk.Ask(context.Background(), func(r domain.Reader) (err error) {
		v, err = view.ReadInterview(r, domain.NewID(domain.KindReferral, n))
		return err
	})
	if err != nil || v == nil {
		t.Fatalf("R%d: %v", n, err)
	}
	return v
}

// An interview from the booking to the record that is signed off and shared, sent back once, all by keys.
func TestAnInterview(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	x := one(t, "amira")
	d := x.look(120, 40, noon).Press("1")
	d.Press("1", "}", "j", "b").Type("today 13:30").Press("tab").Type("school, quiet room").Press("ctrl+d").Sees("visit 13:30")

	// Prepared before it is held: what is known stands beside.
	d.Press("R").Sees("Prepared, unsigned").Press("e").Sees("Known already", "Arrangements")
	d.Press("ctrl+n", "ctrl+n").Sees("Beacon Lodge").Press("ctrl+n", "ctrl+n", "ctrl+n").Type("He liked art club last time; begin there.").Press("esc")
	d.Sees("He liked art club last time; begin there.").Press("esc")

	// Held: one short step from the row, and the row says what comes next.
	d.At(noon.Add(150 * time.Minute))
	d.ResetKeys().Press("B", "h").Sees("Mon 23 Nov 13:30", "booked → to").Press("tab", "tab", "s", "tab", "y", "ctrl+d")
	if d.Keys() > 8 {
		t.Errorf("holding the interview took %d keys", d.Keys())
	}
	d.Sees("interview of R1 held Mon 23 Nov 2026 13:30", "write up")
	v := x.interview(t, 1)
	if v.Interview.HeldAt.IsZero() || v.Interview.Sheet.Get("", "arrangements", "alone").Text != "yes" || v.Interview.Sheet.Get("", "view", "own_words").Blank() {
		t.Errorf("after holding it the record says %+v", v.Interview.Sheet)
	}

	// Written: choices by their letter, long text, "other" in words, rows.
	d.Press("R", "e", "ctrl+g").Press("y").Press("ctrl+n").Press("y", "tab").Type("Her social worker").Press("tab", "tab").Press("y", "tab", "y", "tab")
	d.Type("An older boy gave him a phone").Press("tab").Type("police").Press("tab").Press("y", "tab", "n", "tab").Type("risk of exploitation")
	d.Press("ctrl+n").Press("n", "tab", "w", "tab").Type("A friend from his old school\nwho drives").Press("tab", "tab", "c", "right", "o", "tab").Type("the row about the phone").Press("tab", "f")
	d.Sees("Other, in words", "● 5 not saved").Press("ctrl+n")
	if got := x.interview(t, 1).Interview.Sheet.Get("", "before", "push").List; fmt.Sprint(got) != "[conflict_at_home other: the row about the phone]" {
		t.Errorf("the push factors are %q", got)
	}
	if got := x.interview(t, 1).Interview.Sheet.Get("", "confidentiality", "disclosures").Rows; len(got) != 1 || got[0]["agreed"] != "no" || got[0]["what"] != "An older boy gave him a phone" {
		t.Errorf("the disclosures are %v", got)
	}
	d.Press("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n").Sees("Places, hot spots, addresses").Press("enter").Type("The arches").Press("tab").Type("Canal Street").Press("tab", "tab", "enter").Type("second").Press("ctrl+x")
	d.SeesNot("second").Press("ctrl+n", "ctrl+n").Sees("Actions: each becomes a follow-up").Press("enter", "s", "tab").Type("Art club, Tuesdays").Press("esc").Sees("Art club, Tuesdays", "The arches; Canal Street").Press("g")
	d.Sees("Push factors: conflict at home, other: the row about the phone", "A friend from his old school", "An older boy gave him a phone; police", "risk of exploitation")

	// Submitting says what is missing, a key for each.
	d.Press("s").Sees("Submitting asks for what is blank, 1 answer:", "Judgement, Likelihood of going missing again").Press("n")
	d.Sees("submit the record of R1 for sign-off", "to write up → to sign off", "It will raise a follow-up: service", "It will raise a follow-up: intelligence").Press("s")
	d.Sees("Submitted, unsigned: it waits for sign-off")
	d.Press("a").Sees("Sign off: a practitioner may not").Press("e").Sees("R1 is to sign off: its record is written until it is submitted")

	// Somebody else reads it and sends it back; it is mended and submitted again.
	sam := *x
	sam.desk, sam.leave = x.as("sam"), nil
	s := sam.look(120, 40, noon.Add(3*time.Hour)).Press("1")
	s.Press("}").Sees("sign off").Press("R").Sees("Submitted 1×").Press("b").Sees("to sign off → to").Type("Say how likely it is").Press("ctrl+d")
	s.Sees("sent back Mon 23 Nov 14:30, Sam Price: Say")
	d.At(noon.Add(3*time.Hour)).Press("[", "]").Sees("sent back Mon 23 Nov 14:30, Sam Price: Say")
	d.Press("e", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n").Sees("▸ Likelihood").Press("h", "tab").Type("He says he will go again").Press("esc", "s", "s").Sees("Submitted 2×")
	d.Press("v").Sees("2 answers changed since 1").Press("enter").Sees("was: not asked", "is:  high").Press("esc")
	s.At(noon.Add(4*time.Hour)).Press("a").Type("Clear now").Press("ctrl+d").Sees("Signed off", "Clear now")

	// Shared: the copy is previewed, with what is left out.
	d.At(noon.Add(4*time.Hour)).Press("[", "]", "S").Sees("Police intelligence").Press("p").Sees("Left out:", "Their view: In their own words", "Intelligence (1)").Golden("record-share").Press("esc", "S", "w")
	d.Type("Ruth Mensah, child care team").Press("tab", "tab").Type("the plan").Press("ctrl+d").Sees("(secure email), for the plan, Amira Khan", "done Mon 23 Nov 16:00")
	if r := x.referral(t, 1); r.Stage != domain.StageDone {
		t.Errorf("at the end R1 is %s", r.Stage)
	}
}

// What is typed and not saved is there again in another session, marked; what is left by a section is saved.
func TestWritingComesBack(t *testing.T) {
	x := one(t, "amira")
	at := tuitest.Now()
	x.look(120, 40, at).Press("1", "}", "j", "R", "e", "ctrl+n", "tab").Type("Only the plan").Sees("● 1 not saved")
	if v := x.interview(t, 1); v.Interview.ID != 0 {
		t.Fatal("it was saved before anybody asked for it")
	}
	d := x.look(80, 24, at).Press("1", "}", "j", "R").Sees("Not saved yet: 1 answer typed by you").Press("e").Sees("Only the plan", "1 came back").Golden("record-back-80x24")
	d.Press("ctrl+d").SeesNot("not saved")
	if got := x.interview(t, 1).Interview.Sheet.Get("", "confidentiality", "shared").Text; got != "Only the plan" {
		t.Errorf("saved is %q", got)
	}
	if keys, err := x.desk.DraftKeys(context.Background()); err != nil || len(keys) != 0 {
		t.Errorf("after saving, drafts are left: %v %v", keys, err)
	}
	d.Type(", and no more").Press("ctrl+r", "tab", "enter").Sees("Only the plan").SeesNot("no more")
}

// Somebody else saves the record while it is written: both are told apart, and what is typed stands.
func TestTwoWrite(t *testing.T) {
	x := one(t, "amira")
	d := x.look(120, 40, tuitest.Now()).Press("1", "}", "j", "R", "e", "ctrl+n", "tab").Type("Only the plan").Press("ctrl+d").Type(", and no more")
	x.do("sam", `{"act":"interview.save","referral":"R1","record":{"confidentiality":{"shared":"Everything","kept":"Nothing"}}}`)
	d.Press("ctrl+d").Sees("Not saved:", "Sam Price saved meanwhile", "stays confidential", "Only the plan, and no more", "Sam Price saved: Everything").Golden("record-conflict")
	d.Press("ctrl+d").SeesNot("Not saved:", "meanwhile")
	got := x.interview(t, 1).Interview.Sheet
	if got.Get("", "confidentiality", "shared").Text != "Only the plan, and no more" || got.Get("", "confidentiality", "kept").Text != "Nothing" {
		t.Errorf("saved is %+v", got)
	}
	d.Press("esc").Sees("What stays confidential: Nothing  (Sam Price)")
}

// A pasted text may hold anything and be long: it is saved safe, and the page stays as wide as the window.
func TestHostilePaste(t *testing.T) {
	x := one(t, "amira")
	d := x.look(80, 24, tuitest.Now()).Press("1", "}", "j", "R", "e", "ctrl+n", "tab")
	d.Paste("\x1b]0;owned\x07red \x1b[31mred\x1b[0m \u202eright to left\u202c a" + strings.Repeat("\u0301", 40) + " שלום عربى 👩‍👩‍👧 \u200b\ufeffend\r\nsecond line")
	d.Paste(strings.Repeat("word ", 5000)).Press("tab").Press("shift+tab", "ctrl+d").SeesNot("\u202e")
	got := x.interview(t, 1).Interview.Sheet.Get("", "confidentiality", "shared").Text
	if n := len([]rune(got)); n < 15000 || n > 20000 {
		t.Errorf("%d letters were saved", n)
	}
	if strings.ContainsAny(got, "\x1b\x07\u202e\u200b") || !strings.Contains(got, "שלום") || !strings.Contains(got, "\nsecond line") {
		t.Errorf("saved is %q", got[:200])
	}
	for i, l := range strings.Split(d.Frame(), "\n") {
		if n := len([]rune(l)); n > 84 { // combining marks are letters of their own
			t.Errorf("line %d is %d wide: %q", i, n, l)
		}
	}
}

// An interview held late asks why, once; the record and the list of follow-ups lead to each other.
func TestHeldLate(t *testing.T) {
	x := one(t, "amira")
	d := x.look(120, 40, time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)).Press("1", "}", "j", "h", "ctrl+d").Sees("why is the interview of R1 late?").Press("esc")
	d.Press("R", "l").Sees("why is the interview of R1 late?").Press("w").Sees("In words").Type("hosp").Press("enter").Type("He was in for two nights").Press("esc")
	d.Press("l", "o").Type("He was with his father until Wednesday").Press("ctrl+d")
	if r := x.referral(t, 1); r.LateReason == nil || !strings.Contains(r.LateReason.Text, "father") {
		t.Errorf("the reason late is %+v", r.LateReason)
	}
	d.Press("l").Sees("the reason is given").Press("esc").Press("F").Sees("See how the child is").Press("R").Sees("[Record]", "child: See how the")
	d.Press("f", "enter").Type("All well").Press("ctrl+d").Sees("done Thu 26 Nov 09:00")
	// Something that cannot wait is noted in the middle of a sentence.
	d.Press("e", "ctrl+n", "tab").Type("She said").Press("f2").Sees("urgent, stands").Type("A man waits outside school").Press("ctrl+d").Sees("She said").Type(" so.").Press("esc").Sees("She said so.")
}

func BenchmarkWriting(b *testing.B) {
	x := newTeam(b, "amira")
	x.do("dee", oneBack, `{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.assign","referral":"R1","to":"amira"}`)
	d := x.look(120, 40, tuitest.Now()).Press("1", "}", "j", "R", "e", "ctrl+n", "tab").Paste(strings.Repeat("word ", 3990)).Press("ctrl+d")
	b.ResetTimer()
	for i := range b.N {
		d.Post(tuitest.Key([]string{"a", "backspace"}[i%2])).Model().View()
	}
}
