package tui_test

import (
	"testing"

	"homeward/tui/tuitest"
)

// What a practitioner hears on the telephone goes on the card of any child, and nothing else of the card is theirs to change
// (DOMAIN §12).
func TestAPractitionerRecordsANumberOfAColleaguesChild(t *testing.T) {
	x := newTeam(t, "amira")
	x.now = tuitest.Now
	x.child("K1", "Moss", "joe")
	d := x.look(120, 40, tuitest.Now()).Press("1", "E").Sees("Phones", "Carer phones", "Prefers").SeesNot("Given name", "Lives at", "NHS number")
	d.Press("end").Type("; 07700 900999").Press("ctrl+d").Sees("changed child phone")
	if got := x.row(t, 1).Child.CardValue("child_phone"); got != "07700 900111\n07700 900999" {
		t.Errorf("the card has the numbers %q", got)
	}
}
