package tui_test

import (
	"strings"
	"testing"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/screens/timeline"
	"homeward/tui/tuitest"
)

// takenFor is a team with a boy who came twice under one name and birthday and no reference.
func takenFor(t *testing.T) (*team, *tuitest.Driver) {
	t.Helper()
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.do("dee", `{"act":"referral.new","police_ref":"U1","given_name":"Ahmad","family_name":"Rahimi","dob":"2010-01-01","missing_at":"2026-11-19 20:00","returned_at":"2026-11-20 07:30"}`,
		`{"act":"referral.new","police_ref":"U2","given_name":"Ahmad","family_name":"Rahimi","dob":"2010-01-01","missing_at":"2026-11-21 20:00","returned_at":"2026-11-22 07:30"}`)
	return x, x.look(120, 40, tuitest.Now()).Press("G").Sees("Ahmad Rahimi", "who?")
}

// Whom an episode was taken to be of is confirmed with one key, on its row and on the timeline.
func TestATakenChildIsConfirmed(t *testing.T) {
	_, d := takenFor(t)
	d.Press("g", "j").Press("=")
	if f := d.Frame(); !strings.Contains(f, "confirmed") {
		d.Press("j").Press("=")
	}
	d.Sees("U2 is an episode of C1: confirmed").SeesNot("who?")

	x, _ := takenFor(t)
	d = x.look(120, 40, tuitest.Now())
	d.Model().(*frame.Model).Session().Go(timeline.PlaceOf(domain.NewID(domain.KindChild, 1), domain.NewID(domain.KindEpisode, 2)))
	d.Send(frame.MinuteMsg{At: tuitest.Now()})
	d.Press("c").Sees("U2 is an episode of C1: confirmed")
}
