package tui_test

import (
	"strings"
	"testing"

	"homeward/tui"
	"homeward/tui/tuitest"
)

// A supervisor's morning: the worst first, the reason asked for, one given to somebody with room, what waits signed off, and
// what a coordinator does meanwhile shows without moving the cursor.
func TestSupervisorsMorning(t *testing.T) {
	x := toReview(t, "sam")
	d := x.look(120, 40, tuitest.Now()).Press("5").Sees("▸ 7 d over    Kai Adeyemi", "no reason given")
	d.Press("a").Sees("Kai Adeyemi: ask a colleague (R1)", "The interview was due Mon 16 Nov", "It stands in their header").Press("ctrl+d").Sees("asked Joe Lund about R1", "▸ 7 d over", "asked 0 min ago, no answer")

	d.Press("j", "j").Sees("▸ 5 h over    Kai Clarke").Press("w").Sees("Kai Clarke: give R3 to", "Room today; tomorrow; what they have", "Amira Khan  2+3").Press("down", "down", "down", "enter").Sees("R3 is with Ruth Mensah").Press("ctrl+d").Sees("▸ 5 h over    Kai Clarke           Ruth")

	d.Press("}").Press("j").Sees("▸ ").Press("S").Sees("Kai Dhillon: sign off R4, not required: hospital", "On Ward 4").Press("ctrl+d").Sees("signed off R4 as not required", "To sign off 2")

	// A coordinator gives the worst a reason; it shows, and the cursor stays where it is.
	before := d.Frame()
	at := underCursor(before)
	x.do("dee", `{"act":"referral.late","referral":"R1","reason":"capacity","text":"Joe was ill"}`)
	x.tell(d)
	d.Sees("capacity").SeesNot("asked 0 min ago")
	if now := underCursor(d.Frame()); now != at {
		t.Errorf("the cursor went from\n%s\nto\n%s", at, now)
	}
}

// underCursor is the line under the cursor, as far as the list goes.
func underCursor(frame string) string {
	for l := range strings.SplitSeq(frame, "\n") {
		if strings.HasPrefix(l, "▸") {
			l, _, _ = strings.Cut(l, "│")
			return strings.TrimRight(l, " ")
		}
	}
	return ""
}

// Whoever was asked sees it in the header at any width, on their day, and answers from anywhere; the supervisor sees the answer.
func TestQuestionAskedAndAnswered(t *testing.T) {
	x := toReview(t, "joe")
	x.do("sam", `{"act":"referral.note","referral":"R1","to":"joe","text":"Why is it late?","ask":true,"about":"late"}`,
		`{"act":"referral.note","referral":"R7","to":"joe","text":"Which bus does he take?","ask":true}`)
	joe := x.look(80, 24, tuitest.Now()).Sees("2 to answer", "To answer 2", "Sam: Why is it late?")
	joe.Resize(60, 15).Sees("2 to answer").Resize(120, 40)
	joe.Press("1", "Q").Sees("2 questions wait for your answer").Press("j", "enter").Sees("Kai Grant: answer Sam (R7)", "Sam Price, Mon 23 Nov 14:05: Which bus").Type("The 25").Press("ctrl+d").Sees("answered Sam Price about R7", "1 to answer")
	joe.Press("Q").Sees("Give the reason late").Press("l").Sees("why is the interview of R1 late?").Press("c").SeesNot("to answer")

	sam := x.sit("sam", 120, 40)
	sam.Press("5").Sees("Asked 1 · answered within a week: 2", "The 25", "▸ 7 d over    Kai Adeyemi          Joe       could not reach")
}

// From a line of one's day straight to the answer.
func TestAnswerFromMyDay(t *testing.T) {
	x := toReview(t, "ruth")
	d := x.look(120, 40, tuitest.Now()).Sees("To answer 1", "Would you take him?")
	for range 12 {
		if strings.Contains(underCursor(d.Frame()), "Would you take him?") {
			break
		}
		d.Press("j")
	}
	d.Sees("enter Go to it").Press("enter").Sees("Kai Clarke: answer Sam").Type("Yes").Press("ctrl+d").SeesNot("To answer 1")
}

// Several at once: each one's result is told, the own decision's refusal too, and what is sent back says why.
func TestSeveralSignedOff(t *testing.T) {
	d := toReview(t, "sam").look(120, 40, tuitest.Now()).Press("5", "}", "j", "space", "space", "space").Sees("3 selected")
	d.Press("S").Sees(": sign off 3", "R4 Kai Dhillon", "signed off R4", "On Ward 4", "not possible, you decided this", "signed off the")
	d.Press("ctrl+d").Sees("What came of it", "✓ R4 Kai Dhillon", "✗ R5 Kai Edwards", "you decided this yourself", "✓ R8 Kai Hussain").Press("esc").Sees("To sign off 1 · 1 not yours to sign").SeesNot("selected")
	d.Press("k", "S").Sees("you decided this yourself")

	back := toReview(t, "sam").look(120, 40, tuitest.Now()).Press("5", "/").Type("record").Press("enter").Press("x").Sees("Kai Hussain: do not approve R8, record").Press("ctrl+d").Sees("What to do")
	back.Type("Say where the cousin lives.").Press("ctrl+d").Sees("sent the record of R8 back")
}

// In a low window, too, every word of the decisions can be read before they are signed.
func TestEveryWordCanBeReadBeforeItIsSigned(t *testing.T) {
	d := toReview(t, "sam").look(80, 24, tuitest.Now()).Press("5", "}", "j", "space", "space", "space", "S").Sees("more: pgdown")
	read := d.Frame()
	for range 12 {
		d.Press("pgdown")
		read += d.Frame()
	}
	for _, words := range []string{"On Ward 4", "R5 Kai Edwards", "R8 Kai Hussain", "pgup goes back"} {
		if !strings.Contains(read, words) {
			t.Errorf("%q cannot be read:\n%s", words, d.Frame())
		}
	}
	d.Press("pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup").Sees("more: pgdown")
	d.Type("read").Press("ctrl+d").Sees("What came of it")
}

// Several are given to one person, with everybody's room beside it.
func TestSeveralGiven(t *testing.T) {
	d := toReview(t, "sam").look(120, 40, tuitest.Now()).Press("5", "space", "space").Sees("2 selected").Press("w").Sees("Kai Adeyemi, Kai Barker: give 2 referrals to", "R1 Kai Adeyemi, with Joe Lund", "R2 Kai Barker, with Amira Khan")
	d.Press("down", "down", "down", "enter").Sees("with Joe Lund: R1 is", "with Amira Khan: R2 is").Press("ctrl+d").Sees("What came of it", "✓ R1", "✓ R2").Press("esc").SeesNot("selected")
}

// Each number opens the list behind it, counts in a column too, and from the last list a row leads to where it is worked on.
func TestNumbersOpenTheirLists(t *testing.T) {
	d := toReview(t, "sam").look(120, 40, tuitest.Now()).Press("5", "=").Sees("by who   3", "Amira Khan", "33 %").Press("enter").Sees("by who › ", "over")
	d.Press("esc", "esc").Sees("3 overdue, 2 without a reason", "▸ 7 d over")
	d.Press("right", "=").Sees("by what", "no reason given                    2", "67 %").Press("enter").Sees("by what › no reason given   2", "Kai Adeyemi", "Kai Clarke").SeesNot("Kai Barker")
	d.Press("enter").Sees("[1 Queue]", "▸ Kai Adeyemi").Press("[").Sees("by what › no reason given   2")
	d.Press("esc", "esc", "}", "}", "}", "}").Sees("▸▾ Who has how much").Press("enter").Sees("Who has how much   ", "interviews overdue                 3", "open referrals                     8").Press("enter").Sees("interviews overdue   3", "Kai Barker")
	d.Press("esc", "esc", "/").Type("who:amira").Press("enter").SeesNot("Kai Clarke", "Kai Adeyemi").Sees("Kai Barker", "match; esc clears the filter")
}

// What is masked stays masked in every list, also in one that was opened by its name.
func TestReviewMasksNames(t *testing.T) {
	d := toReview(t, "sam").look(120, 40, tuitest.Now()).Press("5", "left", "=").Sees("by child", "Kai Adeyemi").Press("enter").Sees("by child › Kai Adeyemi")
	d.Press("m").SeesNot("Adeyemi", "Kai ").Sees("by child › K.A. K1").Press("esc").SeesNot("Adeyemi", "Barker").Sees("K.B. K2")
	d.Press("m").Sees("Kai Barker").Press("m").SeesNot("Barker")
}

// The review follows the others by the feed: what they changed is marked on its row and told where one looks, the list behind a
// number is the newest, and the cursor stays on its row.
func TestReviewFollowsTheOthers(t *testing.T) {
	x := toReview(t, "sam")
	sam := x.sit("sam", 120, 40)
	sam.Press("5", "j").Sees("▸ 50 h over   Kai Barker")
	x.do("dee", `{"act":"contact.log","referral":"R3","way":"call","with":"carer","result":"left_message"}`,
		`{"act":"referral.assign","referral":"R1","to":"ruth"}`)
	sam.hear().Sees("▸ 50 h over   Kai Barker", "•7 d over    Kai Adeyemi          Ruth", "•5 h over    Kai Clarke")
	sam.Press("j").Sees("▸ 5 h over    Kai Clarke", "• Dee Osei, 14:05: ")
	sam.Press("=").Sees("Ruth Mensah                        1", "by who   3")
	x.do("dee", `{"act":"referral.assign","referral":"R3","to":"ruth"}`)
	sam.hear().Sees("by who   2", "Ruth Mensah                        2")
	sam.Press("enter").Sees("by who › ")
	x.do("amira", `{"act":"interview.held","referral":"R2","held_at":"2026-11-23T13:30:00Z"}`)
	sam.hear().Press("esc", "esc").Sees("2 overdue", "▸ 5 h over    Kai Clarke")
}

// While somebody is at a decision the review says so, and the second to save is told what the first did.
func TestTwoSupervisorsAtOnce(t *testing.T) {
	x := toReview(t, "sam")
	x.do("sam", `{"act":"referral.note","referral":"R1","to":"joe","text":"Why?","ask":true,"about":"late"}`)
	sam, joe := x.sit("sam", 120, 40), x.sit("joe", 120, 40)
	joe.Press("1", "Q", "w").Sees("Kai Adeyemi: answer Sam").Type("He has been away")
	sam.hear().Press("5", "A").Sees("Kai Adeyemi: Why?").Press("w").Type("He told me").Press("ctrl+d").Sees("answered Sam Price about R1")
	joe.hear().Sees("While this was open: Sam Price").Press("ctrl+d").Sees("Not saved", "He has been away").Press("ctrl+d").Sees("it was answered by Sam Price")
}

// What is copied of a line is recorded first, of whom; a person and a number have nothing to copy, and say so.
func TestCopyFromTheReview(t *testing.T) {
	x := toReview(t, "sam")
	d := x.look(120, 40, tuitest.Now()).Press("5", "y").Sees("Kai Adeyemi: copy", "R1", "K1-1", "interview due ").Press("l").Sees("Copied the police reference")
	if got := clipboard(d); len(got) != 1 || got[0] != "K1-1" {
		t.Errorf("copied %q", got)
	}
	if log := x.notes("copy"); len(log) != 1 || log[0] != "sam: copied the police reference of K1 to the clipboard [C1]" {
		t.Errorf("the log says %q", log)
	}
	d.Press("m", "y").Sees("K.A. K1: copy").SeesNot("Adeyemi").Press("n", "m")
	if got := clipboard(d); len(got) != 2 || got[1] != "K.A. K1" {
		t.Errorf("masked, %q was copied", got)
	}
	d.Press("j", "space", "space", "y").Sees("it is for one at a time, 2 are selected").Press("esc", "=", "y").Sees("it is about no one child")
	if n := len(clipboard(d)); n != 2 {
		t.Errorf("%d things were copied", n)
	}
	a := toReview(t, "ada").look(120, 40, tuitest.Now()).Press("5", "y").Sees("Copy: an auditor may not")
	if n := len(clipboard(a)); n != 0 {
		t.Errorf("an auditor copied %d things", n)
	}
}

// A view is of the review itself: taken in the list behind a number, it leads back to it. The review may begin with one.
func TestViewsOfTheReview(t *testing.T) {
	x := toReview(t, "sam")
	d := x.look(120, 40, tuitest.Now()).Press("5", "/").Type("who:joe").Press("enter", "L", "s").Type("Joe's").Press("ctrl+d").Sees("View saved: Joe's")
	d.Press("esc").Sees("Kai Barker").Press("=").Sees("by who").Press("L", "1").Sees("who:joe", "Kai Adeyemi").SeesNot("Kai Barker", "by who")
	d.Press("L", "b", "1").Sees("begins with Joe's")
	x.look(120, 40, tuitest.Now()).Press("5").Sees("who:joe", "Kai Adeyemi").SeesNot("Kai Barker")
}

// The mouse goes to a line, and a second click opens what is behind it; on a group's line too. The wheel over the detail
// scrolls that.
func TestTheMouseInTheReview(t *testing.T) {
	x := toReview(t, "sam")
	d := x.sits("sam", 120, 40, func(o *tui.Options) { o.Mouse = true }).Press("5")
	d.ClickOn("Who has how much").Sees("▸▾ Who has how much").ClickOn("Who has how much").Sees("Who has how much   ", "interviews overdue")
	d.Press("esc").ClickOn("Kai Barker").Sees("▸ 50 h over   Kai Barker")
	d.Click(18, cursorAt(d)).Click(18, cursorAt(d)).Sees("[1 Queue]", "Kai Barker")

	d = x.sits("sam", 120, 15, func(o *tui.Options) { o.Mouse = true }).Press("5").Sees("Kai Adeyemi")
	before := d.Frame()
	if d.Wheel(100, 6, true); d.Frame() == before || underCursor(d.Frame()) != underCursor(before) {
		t.Errorf("the wheel over the detail leaves\n%s\nit was\n%s", d.Frame(), before)
	}
	if d.Wheel(100, 6, false); d.Frame() != before {
		t.Errorf("and back it leaves\n%s", d.Frame())
	}
}

// What the supervisor has not opened since it was decided is marked until they open it; a decision is signed from the line of
// its overdue interview as well, with its words before them.
func TestSigningWhatWasRead(t *testing.T) {
	x := newTeam(t, "sam")
	x.now = tuitest.Now
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Lowe","missing_at":"2026-11-10 20:00","returned_at":"2026-11-11 09:00"}`,
		`{"act":"referral.not_required","referral":"R1","reason":"other","text":"seen by the hospital team"}`)
	d := x.look(120, 40, tuitest.Now()).Press("5").Sees("unread; not required: other")
	d.Press("S").Sees("Kai Lowe: sign off R1, not required: other", "seen by the hospital team", "You have not opened this").Press("esc")
	d.Press("t").Press("1", "5").SeesNot("unread;")
	d.Press("g", "j").Press("S").Sees("Kai Lowe: sign off R1").Press("ctrl+d").Sees("signed off R1 as not required")
}
