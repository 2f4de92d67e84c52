package tui_test

import (
	"testing"
	"time"

	"homeward/tui/tuitest"
)

// One call about two returns of a child: both rows are selected, the attempt stands on both, and one undo takes it from both. Rows of
// two children are no one call.
func TestOneCallAboutTwoReturns(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ada","family_name":"Lee","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`,
		`{"act":"referral.new","police_ref":"P2","child_ref":"K1","given_name":"Ada","family_name":"Lee","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`,
		`{"act":"referral.new","police_ref":"P3","child_ref":"K2","given_name":"Max","family_name":"Hill","missing_at":"2026-11-20 21:00","returned_at":"2026-11-21 10:00"}`)
	d := x.look(120, 40, tuitest.Now().Add(time.Minute))
	attempts := func() (out []int) {
		for n := uint64(1); n <= 3; n++ {
			out = append(out, len(x.referral(t, n).Attempts))
		}
		return out
	}
	d.Press("g").Press("space").Press("space").Press("c").Sees("R1, R2").Press("n")
	if got := attempts(); got[0] != 1 || got[1] != 1 || got[2] != 0 {
		t.Errorf("attempts %v\n%s", got, d.Frame())
	}
	d.Press("esc").Press("g").Press("space").Press("space").Press("space").Press("c").Sees("one call is about one child, and Ada Lee and Max Hill are selected").Press("esc")
	d.Press("u").Press("enter")
	if got := attempts(); got[0]+got[1]+got[2] != 0 {
		t.Errorf("attempts after undoing %v", got)
	}
}
