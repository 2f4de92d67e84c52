package tui_test

import (
	"testing"

	"homeward/tui/tuitest"
)

// Undo names what it would take back, and whose, before it does; esc leaves it. Redo likewise. Both are the same change, back and
// forth, as often as one likes.
func TestUndoAndRedoNameTheChild(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Adeyemi", "amira")
	x.child("K2", "Barker", "amira")
	d := x.look(120, 40, tuitest.Now()).Press("u").Sees("ndo this?") // what was entered for the test, by dee
	d.Press("esc").Press("Z").Sees("You have undone nothing that could be done again.")
	d.Press("c", "n").Sees("call with child, no answer", "u undoes it")
	tries := func() int { return len(x.referral(t, 1).Attempts) }
	if tries() != 1 {
		t.Fatalf("%d attempts", tries())
	}
	d.Press("u").Sees("ndo this? enter undoes it", "14:05  Kai Adeyemi: R1: call with child, no answer").Press("esc")
	if tries() != 1 {
		t.Error("esc undid it")
	}
	for range 2 {
		d.Press("u", "enter").Sees("Kai Adeyemi: undone: R1: call with child, no answer", "Z does it again")
		if tries() != 0 {
			t.Errorf("undone, and there are %d attempts", tries())
		}
		d.Press("Z").Sees("o this again? enter does it", "Kai Adeyemi: R1: call with child, no answer").Press("enter").Sees("Kai Adeyemi: redone: R1: call with child", "u undoes it")
		if tries() != 1 {
			t.Errorf("redone, and there are %d attempts", tries())
		}
	}
	// Somebody built on it: it is named with the reason, and stays.
	x.do("amira", `{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"no_answer"}`)
	d.Press("u").Sees("Not undone: 14:05", "Kai Adeyemi", "changed since by Amira Khan").SeesNot("ndo this?")
	// Masked, nothing of it is said but which act it was.
	d.Press("m", "u").SeesNot("Adeyemi", "no answer by")
}

// The changes of today: enter opens what a change was about, its own keys undo it and do it again, and one that cannot be says why.
func TestTheChangesOfTodayOpenAndTurn(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Adeyemi", "amira")
	x.child("K2", "Barker", "amira")
	d := x.look(120, 40, tuitest.Now()).Press("c", "n").Press("j", "c", "m")
	x.do("amira", `{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"no_answer"}`)
	d.Press("H").Sees("My changes of today: enter opens, u undoes, Z does it again", "Kai Barker: R2: call with child, left message", "stays: R1 was changed since by Amira Khan")
	// The newest first: it is undone, and done again.
	d.Press("u").Sees("Kai Barker: undone: R2: call with child, left message").SeesNot("My changes of today")
	d.Press("H").Sees("undone: R2").Press("j").Press("u").Sees("undone already")
	d.Press("Z").Sees("Kai Barker: redone: R2: call with child, left message")
	if n := len(x.referral(t, 2).Attempts); n != 1 {
		t.Errorf("redone, and there are %d attempts", n)
	}
	d.Press("H", "j", "j", "j", "u").Sees("changed since by Amira Khan")
	d.Press("enter").Sees("Adeyemi", "no answer").SeesNot("My changes of today")
	if n := len(x.referral(t, 1).Attempts); n != 2 {
		t.Errorf("opening changed something: %d attempts", n)
	}
}

// The words of what was undone lie in its form again, are counted and marked, and go with the redo.
func TestWordsOfWhatWasUndoneAreADraft(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Adeyemi", "amira")
	d := x.look(120, 40, tuitest.Now()).Press("N").Type("Ring the school first.").Press("ctrl+d").SeesNot("1 draft")
	r := x.referral(t, 1)
	if len(r.Notes) != 1 {
		t.Fatalf("notes: %+v\n%s", r.Notes, d.Frame())
	}
	d.Press("u", "enter").Sees("Its words are kept as a draft ✎", "1 draft")
	if n := len(x.referral(t, 1).Notes); n != 0 {
		t.Errorf("undone, and there are %d notes", n)
	}
	d.Press("N").Sees("Your unfinished text is back", "Ring the school first.").Press("esc")
	// Redone: the words are recorded, and lie in no form any more.
	d.Press("Z", "enter").Sees("redone").SeesNot("1 draft")
	if n := len(x.referral(t, 1).Notes); n != 1 {
		t.Errorf("redone, and there are %d notes", n)
	}
	d.Press("u", "enter").Sees("1 draft")
	// Gone on with: the draft is saved as a new note, once.
	d.Press("N").Type(" And the aunt.").Press("ctrl+d").SeesNot("1 draft")
	if n := x.referral(t, 1).Notes; len(n) != 1 || n[0].Text != "Ring the school first. And the aunt." {
		t.Errorf("notes: %+v", n)
	}
	// Another text lies typed in that form: it is not overwritten.
	d.Press("N").Type("Quite another matter.").Press("esc").Sees("1 draft").Press("u", "enter").Sees("What lies typed in its form stays")
	d.Press("N").Sees("Quite another matter.")
}
