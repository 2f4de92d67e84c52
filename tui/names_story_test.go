package tui_test

import (
	"testing"
	"time"
)

// A name one slip from a colleague's takes neither the colleague nor somebody new unasked; anybody else stays as typed and is
// asked what they are and how to reach them.
func TestWhoHoldsItIsChosenOrTyped(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.do("dee", oneBack)
	d := x.look(120, 40, at).Press("b").Type("today 11:00").Press("tab", "tab", "tab").Sees("Interviewer", "Amira Khan  of the team").SeesNot("How to reach")

	d.Type("Amirra Khan").Sees("Amira Khan, of the team? As typed it", "as typed: Amirra Khan").Press("ctrl+d")
	d.Sees("Amira Khan, of the team? Down and")
	if b := x.referral(t, 1).Bookings; len(b) != 0 {
		t.Fatalf("a slip was booked: %+v", b)
	}
	d.Press("down", "enter").SeesNot("Amirra", "Their role").Press("ctrl+d").Sees("booked R1")
	if b := x.referral(t, 1).Bookings; len(b) != 1 || b[0].Interviewer != "amira" || x.referral(t, 1).AssignedTo != "amira" {
		t.Fatalf("the colleague taken: %+v", b)
	}

	d.Press("b").Type("today 12:00").Press("tab", "tab", "tab", "backspace").Type("Mo Farah").Sees("outside the team", "Their role", "How to reach them")
	d.Press("tab").Type("advocate").Press("tab").Type("07700 900123").Press("ctrl+d").Sees("booked R1")
	b := x.referral(t, 1).Bookings
	if last := b[len(b)-1]; last.Interviewer != "Mo Farah" || last.Role != "advocate" || last.Reach != "07700 900123" {
		t.Errorf("somebody outside the team: %+v", last)
	}
}

// Who is given work is chosen: typing makes the list shorter, and no auditor is in it.
func TestWhoIsGivenWorkIsChosen(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", oneBack)
	d := x.look(120, 40, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)).Press("N").Type("Ring school").Press("tab").Sees("Joe Lund")
	d.Type("joe").Sees("Joe Lund").SeesNot("( ) Amira Khan").Press("enter", "ctrl+d")
	if n := x.referral(t, 1).Notes; len(n) != 1 || n[0].To != "joe" {
		t.Errorf("notes: %+v", n)
	}
	d.Press("ctrl+p").Type("Follow-up by hand").Press("enter", "tab", "tab", "tab").Sees("Owner").Press("backspace").Sees("Amira Khan").SeesNot("Ada")
}
