package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"homeward/tui/tuitest"
)

// threeBack are three children who are back, a day ago.
func threeBack(t testing.TB) *team {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.night("night.csv", 3, tuitest.Now().Add(-20*60*60*1e9), nil)
	for i, name := range []string{"Kai", "Amelia", "Tyler"} {
		family := []string{"Adeyemi", "Barker", "Clarke"}[i]
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"P%d","child_ref":"K%d","given_name":"%s","family_name":"%s","dob":"2010-01-1%d","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 2%d:00","notified_at":"2026-11-22 2%d:30","child_phone":"07700 90010%d"}`, i+1, i+1, name, family, i, i, i, i))
	}
	return x
}

// One rings: the other's row says so, beside it and in the form, until the form is closed.
func TestTheOtherRings(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	a.hear().Sees("live, 2 here")
	b.Press("c")
	a.hear().Sees("Tom is ringing", "! Tom is ringing this child since 14:05")
	x.clock(after(2), a, b)
	a.Press("c").Sees("contact about R1", "! Tom is ringing this child since 14:05").Golden("live-ringing-menu-120x40")
	b.hear().Sees("! Dee is ringing this child since 14:07")
	a.Press("esc")
	b.hear().Press("s") // spoke: the form is open now, and it is still ringing
	a.hear().Sees("Tom is ringing").Golden("live-ringing-120x40")
	a.Resize(80, 24).Sees("Tom is ringing").Golden("live-ringing-80x24").Resize(120, 40)
	b.Press("esc")
	a.hear().SeesNot("Tom is ringing")
	// A form that is dropped because one goes elsewhere is no longer open.
	b.Press("c", "s")
	a.hear().Sees("Tom is ringing")
	b.Press("ctrl+f").Type("Tyler").Press("enter")
	if a.hear(); strings.Contains(b.Frame(), "[2 Timeline]") {
		a.SeesNot("Tom is ringing")
	}
	b.leave()
	a.hear().SeesNot("Tom is ringing", "2 here")
}

// Others write a record, book, decide: the row says which.
func TestWhatTheOtherDoes(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	b.Press("b")
	a.hear().Sees("Tom is booking", "! Tom is booking the interview since")
	b.Press("esc", "x", "w")
	a.hear().Sees("Tom is deciding", "! Tom is deciding about R1")
	b.Press("esc", "E")
	a.hear().Sees("Tom is editing")
	b.Press("esc")
	a.hear().SeesNot("Tom is")
	sam := x.sit("sam", 120, 40)
	sam.Press("R", "e")
	a.hear().Sees("Sam is writing", "Sam is writing the record").Press("R").Sees("Sam is writing the record")
	sam.Press("esc")
	a.hear().SeesNot("Sam is writing")
	sam.Press("e")
	a.hear().Sees("Sam is writing")
	sam.Press("ctrl+f").Type("Tyler").Press("enter")
	if strings.Contains(sam.Frame(), "Timeline]") {
		a.hear().SeesNot("Sam is writing")
		sam.Press("[")
		a.hear().Sees("Sam is writing")
	}
}

// Who is here, by the palette.
func TestWhoIsHere(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	x.clock(after(3), a, b)
	b.Press("c")
	a.hear().Press("ctrl+p").Type("who is here").Press("enter").Sees("Dee Osei, coordinator, since Mon 23 Nov 14:05 (this window)", "Tom Hale, coordinator", "ringing, R1, since Mon 23 Nov 14:08").Golden("live-who-is-here-120x40")
	// A second window of the same person rings nobody.
	x.sit("tom", 80, 24)
	if f := a.hear().Press("esc", "ctrl+p").Type("who is here").Press("enter").Frame(); strings.Count(f, "Tom Hale") != 2 || strings.Count(f, "ringing, R1") != 1 {
		t.Errorf("%s", f)
	}
}

// What somebody else does to the child one looks at is said; what they do elsewhere is a mark on its row, until one looks.
func TestWhatOthersDid(t *testing.T) {
	x := threeBack(t)
	a := x.sit("dee", 120, 40)
	x.clock(after(5), a)
	x.do("tom", `{"act":"referral.note","referral":"R1","text":"look"}`, `{"act":"referral.book","referral":"R2","when":"2026-11-24T10:00:00Z"}`)
	a.hear().Sees("Tom Hale, 14:10: note on R1", "•Amelia Barker", "▸ Kai Adeyemi", "visit Tue 10:00").SeesNot("Tom Hale, 14:10: R2").Golden("live-changed-120x40")
	a.Resize(80, 24).Golden("live-changed-80x24").Resize(120, 40)
	for range 3 {
		if a.Press("j"); strings.Contains(a.Frame(), "▸ Amelia") {
			break
		}
	}
	a.Sees("▸ Amelia Barker", "• Tom Hale, 14:10: ").SeesNot("•Amelia Barker")
	a.Press("g")
	a.Press("m").SeesNot("Tom Hale, 14:10")
}

// Both book: the second is told at once, sees what was decided, keeps what was typed, and may save on top of it.
func TestBothBook(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 80, 24)
	for _, s := range []*session{a, b} {
		s.hear().Press("b").Type("Tue 16:00").Press("tab").Type("Library")
	}
	x.clock(after(4), a, b)
	a.Press("ctrl+d").Sees("booked")
	b.hear().Sees("While this was open: Dee Osei, 14:09:", "Tue 16:00", "Library").Golden("live-while-typing-80x24")
	b.Press("ctrl+d").Sees("Not saved: R1 was changed while this was", "Dee Osei, 14:09:", "Library").Golden("live-conflict-80x24")
	b.Resize(120, 40).Golden("live-conflict-120x40")
	b.Press("ctrl+d").SeesNot("Not saved").Sees("booked")
	a.hear().Sees("Tom Hale, 14:09:")
}

// Where the other has done it already, saving again is not offered: it could not be.
func TestBothSignOff(t *testing.T) {
	x := threeBack(t)
	x.do("dee", `{"act":"referral.not_required","referral":"R1","reason":"other","text":"moved"}`)
	a, b := x.sit("sam", 120, 40), x.sit("sam", 120, 40)
	for _, s := range []*session{a, b} {
		s.hear().Press("/").Type("stage:to_approve").Press("enter", "}", "S", "n").Type("Ask again")
	}
	x.clock(after(4), a, b)
	a.Press("ctrl+d")
	b.hear().Press("ctrl+d").Sees("Not saved: R1", "cannot be done any more").SeesNot("saves it on top")
}

// Two cards are edited at once: the second is told which fields the first gave what content.
func TestBothEditTheCard(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	a.Press("E", "tab", "tab").Type("KJ")
	b.Press("E").Press("tab", "tab").Type("Kaya").Press("ctrl+d").Sees("changed known as")
	a.hear().Sees("While this was open: Tom Hale, 14:05: changed known as of K1")
	a.Press("ctrl+d").Sees("Not saved: The card of K1 was changed", "known as: nothing → Kaya", "KJ")
	a.Press("ctrl+d").Sees("“KJ”")
}

// Two telephone calls at once are two calls.
func TestBothRang(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	a.Press("c", "s", "c").Press("tab", "tab").Type("she is well")
	b.Press("c", "s", "c", "ctrl+d").Sees("spoke")
	a.hear().Sees("While this was open: Tom Hale, 14:05:").Press("ctrl+d").SeesNot("Not saved").Sees("spoke")
	if n := len(x.referral(t, 1).Attempts); n != 2 {
		t.Errorf("%d attempts", n)
	}
}

// A file of many goes in at one desk: at the other the cursor stays on its child and the detail where it was scrolled.
func TestImportElsewhere(t *testing.T) {
	x := threeBack(t)
	x.night("many.csv", 60, tuitest.Now().Add(-30*60*60*1e9), func(i int, row map[string]string) {
		row["police_ref"], row["child_ref"] = fmt.Sprintf("N-%d", i), fmt.Sprintf("N%d", i)
	})
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	a.Press("j").Sees("▸ Amelia Barker").Press("space", "k", "c", "s", "c", "tab").Type("16:00")
	b.Press("i", "j")
	for range 4 {
		if f := b.Frame(); strings.Contains(f, "many.csv") && strings.Contains(f, "▸ many.csv") {
			break
		}
		b.Press("k")
	}
	b.Press("enter", "t", "tab", "enter").Sees("60 new")
	a.hear().Sees("16:00", "contact about R2").Press("esc").Sees("▸●Amelia Barker", "1 selected", "63 new", "•Tyler")
	// Whom it touched is marked; not at the desk that took the file in.
	b.hear().Press("1").SeesNot("•Tyler")
}

// An urgent note of somebody else is told on every screen until a key; not to who wrote it.
func TestUrgentNoteArrives(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	a.Press("3")
	b.Press("!").Type("A man waits at the gate").Press("ctrl+d").SeesNot("Urgent, Kai")
	b.hear().SeesNot("! Urgent, Kai")
	a.hear().Sees("! Urgent, Kai Adeyemi, by Tom Hale: A man waits at the gate").Golden("live-urgent-120x40")
	x.clock(after(3), a, b)
	a.Sees("! Urgent, Kai Adeyemi") // the minute does not take it away
	a.Press("1").SeesNot("! Urgent, Kai Adeyemi").Sees("1 urgent")
	// What is typed does not take it away either.
	a.Press("/").Type("k")
	x.do("tom", `{"act":"followup.add","child_ref":"K2","kind":"urgent","text":"Another"}`)
	a.hear().Type("a").Sees("! Urgent, Amelia Barker").Resize(80, 24).Golden("live-urgent-80x24").Press("esc").SeesNot("! Urgent, Amelia Barker")
}

// New at high risk, by whom; reopening an old one is no news, and one's own making is none.
func TestHighRiskArrives(t *testing.T) {
	x := threeBack(t)
	a := x.sit("dee", 120, 40)
	back := `{"act":"referral.new","police_ref":"%s","child_ref":"%s","given_name":"Zara","family_name":"%s","dob":"2011-01-10","missing_at":"2026-11-22 10:00",%s"risk":"high"}`
	x.do("tom", fmt.Sprintf(back, "H1", "H1", "High", `"returned_at":"2026-11-22 20:00",`))
	a.hear().Sees("! New referral at high risk: Zara High, R4, by Tom Hale").Press("j", "k")
	x.do("dee", fmt.Sprintf(back, "H2", "H2", "Mine", `"returned_at":"2026-11-22 20:00",`))
	a.hear().SeesNot("! New referral at high risk")
	x.do("tom", fmt.Sprintf(back, "H3", "H3", "Gone", ""))
	a.hear().Sees("! Missing now at high risk: Zara Gone, by Tom Hale").Press("j", "k")
	x.do("tom", `{"act":"referral.close","referral":"R4","as":"withdrawn","text":"wrong"}`)
	a.hear()
	x.do("tom", `{"act":"referral.reopen","referral":"R4","reason":"not wrong"}`)
	a.hear().SeesNot("! New referral at high risk").Press("j", "k")
	for i := range 5 {
		x.do("tom", fmt.Sprintf(back, fmt.Sprint("H1", i), fmt.Sprint("H1", i), fmt.Sprint("Many", i), `"returned_at":"2026-11-22 20:00",`))
	}
	a.hear().Sees("! 5 new referrals at high risk: Zara Many0, Zara Many1, Zara Many2 and 2 more, by Tom Hale")
}
