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
