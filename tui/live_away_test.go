package tui_test

import (
	"context"
	"io"
	"testing"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
)

// Whoever comes back reads in one line what happened to their rows, and their day shows as many.
func TestWhileYouWereAway(t *testing.T) {
	x := threeBack(t)
	a := x.sit("dee", 120, 40)
	a.SeesNot("While you were away") // the first time
	a.Press("c", "n")                // R1: the last hand is hers
	a.leave()
	x.clock(after(60))
	x.do("tom", `{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"spoke"}`, `{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z"}`,
		`{"act":"contact.log","referral":"R2","way":"call","with":"carer","result":"spoke"}`,
		`{"act":"referral.new","police_ref":"H1","child_ref":"H1","given_name":"Zara","family_name":"High","dob":"2011-01-10","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 20:00","risk":"high"}`,
		`{"act":"referral.new","police_ref":"L1","child_ref":"L1","given_name":"Lou","family_name":"Low","dob":"2011-01-10","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 20:00"}`)
	x.clock(after(18 * 60))
	b := x.sit("dee", 120, 40)
	b.Sees("While you were away: 2 changes on your rows, 1 new at high risk: M shows them. 1 other new").Golden("live-away-120x40")
	b.Press("M").SeesNot("While you were away").Sees("Changed by others 3, since Mon 23 Nov 14:05", "call with carer, spoke", "Zara High")
	b.Press("v").SeesNot("Changed by others")
	b.leave()
	c := x.sit("dee", 80, 24)
	c.SeesNot("While you were away").Press("M").SeesNot("Changed by others")
}

// A practitioner is told of what is with them, on a narrow screen too.
func TestWhileAPractitionerWasAway(t *testing.T) {
	x := threeBack(t)
	x.do("dee", `{"act":"referral.assign","referral":"R1","to":"joe"}`)
	a := x.sit("joe", 80, 24)
	a.Press("j")
	a.leave()
	x.clock(after(60))
	x.do("dee", `{"act":"referral.note","referral":"R1","text":"look"}`, `{"act":"referral.note","referral":"R2","text":"look"}`)
	x.sit("joe", 80, 24).Sees("While you were away: 1 change on your rows: M shows them").Golden("live-away-80x24")
}

// What was pressed last is kept while one works, not only at the end: a connection that drops loses some minutes at most.
func TestSeenIsKeptMeanwhile(t *testing.T) {
	x := threeBack(t)
	a := x.sit("dee", 120, 40)
	kept := func() string {
		p, err := a.desk.Preference(t.Context(), "seen")
		if err != nil {
			t.Fatal(err)
		}
		return p["at"]
	}
	x.clock(after(1), a)
	if got := kept(); got != "" {
		t.Errorf("kept %s though no key was pressed", got)
	}
	a.Press("j")
	x.clock(after(2), a)
	if got := kept(); got != "2026-11-23T14:06:00Z" {
		t.Errorf("kept %s", got)
	}
	a.Press("j")
	x.clock(after(3), a)
	if got := kept(); got != "2026-11-23T14:06:00Z" {
		t.Errorf("kept %s again within three minutes", got)
	}
	x.clock(after(4), a)
	a.Press("j")
	x.clock(after(30), a)
	if got := kept(); got != "2026-11-23T14:09:00Z" {
		t.Errorf("kept %s", got)
	}
}

// However a run ends, nobody is at anything any more.
func TestRunLeaves(t *testing.T) {
	x := threeBack(t)
	a, b := x.sit("dee", 120, 40), x.sit("tom", 120, 40)
	b.Press("c", "s")
	a.hear().Sees("Tom is ringing", "2 here")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	err := frame.Run(b.Model().(*frame.Model), tea.WithContext(over), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24))
	if err == nil {
		t.Error("a run whose context is over says nothing")
	}
	a.hear().SeesNot("Tom is ringing", "2 here")
}
