package tui_test

import (
	"fmt"
	"testing"

	"homeward/tui/tuitest"
)

// A person who loses a referral is told at once, in their session, by whom and what became of it; so is who gets it. What one does
// oneself, and what is simply done, is no news.
func TestWhoLosesAReferralIsTold(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	for i, family := range []string{"Moss", "Lowe", "Zqsecret", "Barker", "Vaughan", "Stone"} {
		x.child(fmt.Sprintf("K%d", i+1), family, "amira")
	}
	amira, joe := x.sit("amira", 120, 40), x.sit("joe", 120, 40)
	amira.Press("1").Sees("Kai Moss")
	joe.Press("1")
	x.do("dee", `{"act":"referral.assign","referral":"R1","to":"joe"}`)
	amira.hear().Sees("R1, Kai Moss: it is with Joe Lund now, by Dee Osei")
	joe.hear().Sees("R1, Kai Moss, is with you now, by Dee Osei").SeesNot("it is with")
	x.do("dee", `{"act":"referral.close","referral":"R2","as":"withdrawn","text":"x"}`)
	amira.hear().Sees("R2, Kai Lowe: it is closed as withdrawn, by Dee Osei")
	x.do("sam", `{"act":"child.restrict","child_ref":"K3","to":["sam"],"reason":"x"}`)
	amira.hear().Sees("R3, restricted C3: it is restricted to others now, by Sam").SeesNot("Zqsecret")
	// Several at once are one line.
	x.do("dee", `{"act":"referral.assign","referral":"R4","to":"joe"}`, `{"act":"referral.assign","referral":"R5","to":"joe"}`)
	amira.hear().Sees("2 of your referrals are not with you any more: Kai Barker, Kai Vaughan, by Dee Osei")
	joe.hear().Sees("2 referrals are with you now: Kai Barker, Kai Vaughan, by Dee Osei")
	// What Amira hands over herself is told to Joe alone.
	x.do("amira", `{"act":"referral.assign","referral":"R6","to":"joe"}`)
	amira.hear().SeesNot("R6, Kai Stone: it")
	joe.hear().Sees("R6, Kai Stone, is with you now, by Amira Khan")
}
