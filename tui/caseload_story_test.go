package tui_test

import (
	"testing"

	"homeward/tui/tuitest"
)

// Amira is off sick: from the people of the review, or the palette, all that she holds goes to a colleague in one act; what moves is
// listed first, and one undo gives it back.
func TestACaseloadIsHandedOver(t *testing.T) {
	x := newTeam(t, "sam")
	x.now = tuitest.Now
	x.child("K1", "Adeyemi", "amira")
	x.child("K2", "Barker", "amira")
	x.owed("K1", "service", "amira", 3*60*60*1e9, "bus pass")
	d := x.look(120, 40, tuitest.Now()).Press("ctrl+p").Type("whole caseload").Press("enter").Sees("Hand over a whole caseload", "This will hand over all")
	d.Type("amira").Press("enter").Type("tom").Press("enter")
	d.Sees("Kai Adeyemi", "R1", "Kai Barker", "2 referrals", "follow-up").Type("Off sick").Press("ctrl+d").Sees("handed over from Amira Khan to")
	if a, b := x.referral(t, 1).AssignedTo, x.referral(t, 2).AssignedTo; a == "amira" || a != b {
		t.Errorf("they are with %s and %s", a, b)
	}
	d.Press("u").Sees("undo this?", "from Amira Khan").Press("enter").Sees("undone")
	if a, b := x.referral(t, 1).AssignedTo, x.referral(t, 2).AssignedTo; a != "amira" || b != "amira" {
		t.Errorf("undone, they are with %s and %s", a, b)
	}
}
