package tui_test

import (
	"testing"
	"time"

	"homeward/domain"
	"homeward/tui/tuitest"
)

// Words typed in a burst where no words are wanted are no commands: not in a menu, not after a key that was refused. Two keys
// that hands know by heart stay two keys, however fast.
func TestWordsAreNoCommands(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.do("dee", oneBack, `{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Mia","family_name":"Bell","dob":"2010-01-10","missing_at":"2026-11-22 11:00","returned_at":"2026-11-22 21:00"}`)
	d := x.look(120, 40, at)
	d.Burst("w", "p", "r", "b").Sees("Several letters at once", "assign R1").SeesNot("book the interview", "is with").Press("esc")
	if r := x.referral(t, 1); r.AssignedTo != "" {
		t.Errorf("R1 is with %s", r.AssignedTo)
	}
	d.Press("h").Sees("take it first")
	d.Press("esc")
	d.Burst("p", "r", "a", "n", "g", "space", "1").Sees("did nothing").SeesNot("New referral", "new referral", "accepted")
	if r := x.referral(t, 1); r.Stage != domain.StageNew {
		t.Errorf("R1 is %s", r.Stage)
	}
	d.Burst("j", "k", "a").Sees("accepted R1")
	d.Burst("c", "n").Sees("call with child, no answer")
}

// What somebody changed themselves before they opened a form is no conflict, however fast the keys came.
func TestOnesOwnChangeIsNoConflict(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.do("dee", oneBack)
	d := x.look(120, 40, at)
	d.Post(tuitest.Key("w")).Post(tuitest.Key("a")).Post(tuitest.Key("b")).Settle().Sees("book the interview of R1").SeesNot("It was changed", "While this was open")
	d.Type("tomorrow 10:00").Press("ctrl+d").Sees("booked R1")
	if r := x.referral(t, 1); r.AssignedTo == "" || r.Booking() == nil {
		t.Errorf("with %q, %+v", r.AssignedTo, r.Booking())
	}
}
