package tui_test

import (
	"testing"
	"time"

	"homeward/domain"
)

// Booked, and the child forgot; booked again, and held. The first meeting stays on record, and no clock was cleared by it.
func TestForgottenAndRebooked(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.do("dee", oneBack, `{"act":"referral.assign","referral":"R1","to":"dee"}`)
	d := x.look(120, 40, at).Press("b").Type("today 11:00").Press("tab").Type("school").Press("ctrl+d").Sees("booked R1")
	d.At(at.Add(3 * time.Hour)).Sees("what came of i").Press("B").Sees("Did not attend").Press("n").Sees("R1: did not attend")
	if r := x.referral(t, 1); r.Stage != domain.StageAccepted || r.Bookings[0].Outcome != "did_not_attend" {
		t.Fatalf("R1 is %s, its booking %+v", r.Stage, r.Bookings)
	}
	d.Press("b").Type("today 15:00").Press("tab").Type("home").Press("ctrl+d").Sees("booked R1")
	d.At(at.Add(7 * time.Hour)).Sees("what came of i").Press("h").Sees("held").Press("ctrl+d").Sees("write up")
	r := x.referral(t, 1)
	if r.Stage != domain.StageToWriteUp || len(r.Bookings) != 2 || r.Bookings[1].Outcome != "held" || r.HeldAt.Local().Hour() != 15 {
		t.Errorf("R1 is %s, held %s, bookings %+v", r.Stage, r.HeldAt, r.Bookings)
	}
}

// The form of a move shows what the booking keeps: a place left alone stays, one emptied goes, and whether the child agrees to
// the new time is asked anew.
func TestAMovedBookingShowsWhatItKeeps(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.do("dee", oneBack, `{"act":"referral.book","referral":"R1","when":"2026-11-24T11:00:00Z","place":"Oak School","place_kind":"school","agreed_with_child":true}`)
	d := x.look(120, 40, at).Press("b").Sees("move the booking of R1", "Oak School", "(•) school").SeesNot("(•) Yes", "(•) No")
	d.Type("Wed 15:00").Press("ctrl+d").Sees("booked R1")
	if b := x.referral(t, 1).Booking(); b.Place != "Oak School" || b.PlaceKind != "school" || b.Agreed != nil {
		t.Errorf("moved: %+v", b)
	}
	d.Press("b").Type("Thu 15:00").Press("tab").Type("The library").Press("tab", "backspace", "ctrl+d").Sees("booked R1")
	if b := x.referral(t, 1).Booking(); b.Place != "The library" || b.PlaceKind != "" {
		t.Errorf("moved to another place: %+v", b)
	}
	d.Press("b").Type("Fri 15:00").Press("tab", "ctrl+u", "ctrl+d").Sees("booked R1")
	if b := x.referral(t, 1).Booking(); b.Place != "" {
		t.Errorf("the place was emptied: %+v", b)
	}
}

// A booking beyond six days is shown by its date, in another year by that; one very far away is asked about once.
func TestABookingFarAway(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.do("dee", oneBack)
	d := x.look(80, 24, at)
	for _, said := range [][2]string{{"Sun 11:00", "Sun 11:00"}, {"30/11 11:00", "Mon 30 Nov "}, {"9 Dec 10:00", "Wed 9 Dec "}} {
		d.Press("b").Type(said[0]).Press("ctrl+d").Sees("late " + said[1])
	}
	d.Press("b").Type("24 Feb 2028 10:00").Press("ctrl+d").Sees("in 458 days: is that the")
	d.Press("ctrl+d").Sees("late 24 Feb 2028 ")
}
