package tui_test

import (
	"testing"
	"time"

	"homeward/tui/desk"
	"homeward/tui/tuitest"
)

// A follow-up found undone is re-dated in time, is overdue all the same a week later, and is done: that it was late stays.
func TestFollowUpRedatedOverdueDone(t *testing.T) {
	x := aFew(t, "amira")
	at := tuitest.Now()
	d := x.look(120, 40, at).Press("4").Sees("[4 Follow-ups]", "yours; a shows everyone’s, 2 more", "Overdue 1", "Today 1").SeesNot("Barker profess", "substance service")
	d.Press("j", "j").Sees("Ring the head of year").Press("r").Type("yesterday").Sees("is past (").Press("ctrl+u").Type("Fri 10:00").Sees("Fri 27 Nov 2026 10:00, in 4 days").Press("tab").Type("The head is away").Press("ctrl+d")
	d.Sees("is due Fri 27 Nov", "This week 1", "re-dated", "The head is away").SeesNot("missed")
	later := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	d.At(later).Press("j", "k").Sees("Overdue 2", "▸ 71 h over", "re-dated; Ring").SeesNot("missed")
	d.Press("/").Type("kind:professional").Press("enter").Press("d").Sees("Kai Adeyemi: done").Type("She changed the timetable").Press("ctrl+d").Sees("professional F2 done")
	d.Press("esc").Sees("Overdue 1", "Done and dropped 2", "missed, re-dated", "She changed the timetable")
}

// What is next becomes a follow-up in the same form, and one undo takes both back.
func TestFollowUpRaisesTheNext(t *testing.T) {
	d := aFew(t, "amira").look(120, 40, tuitest.Now()).Press("4", "j", "d").Type("He is at his aunt’s and fine").Press("tab").Type("See him at school").Sees("nobody is reminded of it")
	d.Press("tab").Type("+3").Sees("child F7, due Thu 26 Nov").Press("ctrl+d").Sees("child F1 done", "See him at school", "This week 1")
	d.Press("u").Sees("all 2, which one key did", "Kai Adeyemi: child F1 done").Press("enter").Sees("Overdue 1").SeesNot("See him at school")
}

// Several at once: each with its own words or the same, and each one's result is told, the refused one's too.
func TestSeveralFollowUpsAtOnce(t *testing.T) {
	x := aFew(t, "amira")
	d := x.look(120, 40, tuitest.Now()).Press("4", "a", "j", "space", "space", "space").Sees("3 selected").Press("p").Sees("it is for one at a time")
	d.Press("d").Sees("F1 Kai Adeyemi", "F2 Kai Adeyemi", "F3 Kai Barker")
	d.Press("ctrl+d").Sees("say what was found of F1 too").Type("Spoke to them").Press("tab").Type("He is fine").Sees("F3 belongs to Joe Lund").Press("ctrl+d")
	d.Sees("What came of it", "✓ F1 Kai Adeyemi, child: ", "He is fine", "✓ F2", "Spoke to them", "✗ F3", "belongs to Joe Lund").Press("esc").Sees("Done and dropped 3", "50 h left   Kai Barker").SeesNot("selected")
}

// An urgent disclosure is noted by one and passed on by a colleague whose child it is not; it is neither moved nor dropped.
func TestUrgentPassedOn(t *testing.T) {
	x := aFew(t, "joe")
	d := x.look(120, 40, tuitest.Now()).Press("F").Sees("Urgent 1", "pass it on by", "Mon 23 Nov 15:05").Press("r").Sees("F5 is urgent and cannot wait: say to whom it was passed on").Press("x").Sees("Drop: F5 is urgent")
	d.Press("p").Sees("to whom was it passed on?").Type("DS Khan, front desk").Press("ctrl+d").Sees("urgent F5 done").SeesNot("1 urgent", "Urgent 1")
}

// One is written down without an interview, from the queue for the child under the cursor, and from the list.
func TestFollowUpByHand(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Adeyemi", "amira")
	d := x.look(120, 40, tuitest.Now()).Press("W").Sees("follow-up by hand", "Kai Adeyemi").Type("Ask for his bus pass").Sees("child F1, due Mon 30 Nov").Press("ctrl+d").Sees("child F1, due Mon 30 Nov")
	d.Press("4").Sees("Ask for his bus pass", "Dee Osei Mon 23 Nov 14:05", "Later 1").Press("A").Sees("follow-up by hand").Press("esc").Press("t").Sees("[2 Timeline]").Press("W").Sees("follow-up by hand", "Kai Adeyemi")
}

// An attempt is logged on a follow-up once the card's warnings were read.
func TestAttemptOnAFollowUp(t *testing.T) {
	d := aFew(t, "amira").look(120, 40, tuitest.Now()).Press("4", "j").Sees("! Dog at the address", "tried 1×").Press("c").Sees("read this first", "Dog at the address").Press("r", "m").Sees("left message", "tried 2×")
	d.Press("c", "r", "s").Sees("contact about F1").Press("a", "tab").Type("tomorrow 10:00").Press("ctrl+d").Sees("again Tue 24 Nov 10:00")
}

// A practitioner works on their own and an auditor reads.
func TestFollowUpRoles(t *testing.T) {
	d := aFew(t, "joe").look(120, 40, tuitest.Now()).Press("4", "a", "j").Sees("aunt").Press("d").Sees("Say what was found: F1 belongs to Amira Khan").Press("r").Sees("F1 belongs to Amira Khan: a practitioner may do this on their own")
	d.Press("j", "j").Sees("substance").Press("x").Sees("Kai Barker: drop")
	a := aFew(t, "ada").look(120, 40, tuitest.Now()).Press("4", "j").Press("d").Sees("an auditor may not").Press("c").Sees("an auditor may not").Press("A").Sees("an auditor may not")
	a.Press("p").Sees("an auditor may not").Press("t").Sees("[2 Timeline]")
}

// What a colleague does shows as it happens and the cursor stays; the row that was asked for is found though it is done.
func TestFollowUpsAreLive(t *testing.T) {
	x := aFew(t, "dee")
	d := x.look(120, 40, tuitest.Now()).Press("4", "j", "j").Sees("Ring the head of year")
	x.do("amira", `{"act":"followup.done","followup":"F1","found":"He is fine"}`)
	x.tell(d)
	d.Sees("Done and dropped 2", "▸ 3 h left", "Ring the head of year")
}

// From each line of the day to where it is worked on, and back to the same line.
func TestFromMyDay(t *testing.T) {
	x := aDay(t)
	d := x.look(120, 40, tuitest.Now()).Sees("enter Go to it").Press("enter").Sees("[4 Follow-ups]", "▸ 0 min ago").Press("[").Sees("[My day]")
	d.Press("j").Sees("▸ 13:00", "Elm House").Press("enter").Sees("[1 Queue]", "▸ Kai Clarke").Press("[").Sees("▸ 13:00")
	d.Press("j").Sees("▸ 5 h left", "contact").Press("j", "j").Sees("▸ 15:30", "asked for later").Press("c", "n").Sees("no answer   u undoes it").SeesNot("Ring today")
	d.Sees("▸ 67 h left", "enter Go to it").Press("enter").Sees("Record").SeesNot("[My day]").Press("[").Sees("[My day]", "▸ 67 h left")
	d.Press("4", "/").Type("ref:I1").Press("enter", "R").SeesNot("[4 Follow-ups]").Press("[").Sees("[4 Follow-ups]", "share")
	d.Press("M", "1").Sees("[1 Queue]").Press("M").Sees("[My day]")
}

// What others changed is told until one says that one has seen it, also after going away and coming back; the next session
// tells what came since this one.
func TestMyDayTellsWhatOthersChanged(t *testing.T) {
	x := newTeam(t, "amira")
	x.now = tuitest.Now
	x.child("K1", "Adeyemi", "amira")
	x.child("K2", "Barker", "joe")
	d := x.look(120, 40, tuitest.Now()).Sees("Changed by others 1", "Dee: R1 is with Amira Khan").SeesNot("Joe Lund")
	d.Press("v").SeesNot("Changed by others")
	later := tuitest.Now().Add(time.Hour)
	d.At(later)
	x.do("dee", `{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"spoke"}`, `{"act":"contact.log","referral":"R2","way":"call","with":"carer","result":"spoke"}`)
	x.tell(d)
	d.Sees("Changed by others 1", "call with carer, spoke").Press("1", "M").Sees("call with carer, spoke")
	x.look(120, 40, later.Add(time.Minute)).SeesNot("Changed by others")
	x.do("dee", `{"act":"contact.log","referral":"R1","way":"text","with":"carer","result":"sent"}`)
	x.look(120, 40, later.Add(time.Hour)).Sees("Changed by others 1", "text with carer, sent")
}

// tell says that the feed spoke.
func (x *team) tell(d *tuitest.Driver) { d.Send(desk.ChangedMsg{}) }
