package tui_test

import (
	"fmt"
	"testing"
	"time"

	"homeward/tui"
	"homeward/tui/tuitest"
)

// spell makes an episode of a child by hand: gone and back so long before the tests' now.
func (x *team) spell(child, ref string, gone, back time.Duration, more string) {
	x.t.Helper()
	at := func(d time.Duration) string { return tuitest.Now().Add(-d).Format(time.RFC3339) }
	x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":%q,"child_ref":%q,"given_name":"Kai","family_name":%q,"dob":"2010-01-10","missing_from":"Elm House",`+
		`"missing_at":%q,"returned_at":%q,"notified_at":%q%s}`, ref, child, "Adeyemi "+child, at(gone), at(back), at(back-30*time.Minute), more))
}

// threeTimes is a child with three episodes within a fortnight.
func (x *team) threeTimes(child string, last time.Duration, more string) {
	for i, days := range []int{9, 5, 0} {
		back := last + time.Duration(days)*24*time.Hour
		x.spell(child, fmt.Sprintf("%s-%d", child, i+1), back+time.Duration(8+5*i)*time.Hour, back, more)
	}
}

const highRisk = `,"risk":"high"`

// The clusters screen with none, one and several, at both sizes and in every way of showing it.
func TestClusterFrames(t *testing.T) {
	at := tuitest.Now()
	none := newTeam(t, "dee")
	none.look(120, 40, at).Press("3").Sees("No three outstanding episodes of one child lie within 14 days.").Golden("clusters-none-120x40")
	none.look(80, 24, at).Press("3").Golden("clusters-none-80x24")

	one := newTeam(t, "dee")
	one.threeTimes("K1", 20*time.Hour, "")
	one.look(120, 40, at).Sees("1 cluster?", "Clusters 1").Press("3").Sees("? suggested", "3 interviews → 1").Golden("clusters-one-120x40")
	one.look(80, 24, at).Press("3").Golden("clusters-one-80x24")
	one.look(80, 24, at).Press("3", "enter").Golden("clusters-one-episodes-80x24")
	one.look(60, 15, at).Press("3").Golden("clusters-one-60x15")
	one.look(60, 15, at).Press("3", "enter").Golden("clusters-one-episodes-60x15")

	for _, f := range []struct {
		name string
		w, h int
		o    func(*tui.Options)
		keys []string
	}{
		{"clusters-demo-120x40", 120, 40, nil, nil},
		{"clusters-demo-80x24", 80, 24, nil, nil},
		{"clusters-demo-dismissed", 120, 40, nil, []string{"G", "enter", "j"}},
		{"clusters-demo-masked", 120, 40, nil, []string{"m", "enter"}},
		{"clusters-demo-ascii", 120, 40, func(o *tui.Options) { o.ASCII = true }, []string{"enter"}},
		{"clusters-demo-full", 120, 40, nil, []string{"+", "+"}},
		{"clusters-demo-help", 120, 40, nil, []string{"?"}},
		{"clusters-demo-200x50", 200, 50, nil, []string{"enter"}},
	} {
		t.Run(f.name, func(t *testing.T) { made(t, f.w, f.h, "dee", f.o).Press("3").Press(f.keys...).Golden(f.name) })
	}
}

// Accepted and flagged for review: too few are left.
func TestClusterForReview(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 20*time.Hour, "")
	x.do("dee", `{"act":"cluster.accept","child_ref":"K1","episodes":["K1-1","K1-2","K1-3"]}`,
		`{"act":"cluster.leave_out","cluster":"CL1","episode":"K1-2","reason":"He wants to speak of that night by itself."}`)
	d := x.look(120, 40, tuitest.Now()).Sees("Clusters 1").Press("3").Sees("! review", "Look at it again: 2 left, 3 needed", "left out").Golden("clusters-review-120x40")
	d.Resize(80, 24).Golden("clusters-review-80x24")
}

// A child who is missing again: the open episode is drawn to the end of the days, and nobody can take it in or out.
func TestClusterMissingNow(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 20*time.Hour, "")
	x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"K1-4","child_ref":"K1","risk":"high","missing_at":%q}`, tuitest.Now().Add(-6*time.Hour).Format(time.RFC3339)))
	d := x.look(120, 40, tuitest.Now()).Press("3").Sees("missing now", "Missing again now (E4)", "█›", "missing     Mon 23 08:05").Golden("clusters-missing-120x40")
	d.Press("enter", "G", "space").Sees("In or out: the child is still missing in it").Press("enter").Sees("[1 Queue]")
}

// A key faster than the reading adds all the same.
func TestClusterAddAtOnce(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 20*time.Hour, "")
	x.do("dee", `{"act":"cluster.accept","child_ref":"K1","episodes":["K1-1","K1-2","K1-3"]}`)
	x.spell("K1", "K1-4", 9*time.Hour, 4*time.Hour, "")
	d := x.look(120, 40, tuitest.Now())
	d.Post(tuitest.Key("3")).Post(tuitest.Key("A")).Settle().Sees("added K1-4 to CL1")
}

// Sixty episodes of one child in a fortnight: the days stay, the episodes scroll.
func TestClusterOfSixty(t *testing.T) {
	x := newTeam(t, "dee")
	for i := range 60 {
		back := time.Duration(60-i) * 5 * time.Hour
		more := ""
		if i%20 == 7 {
			more = highRisk
		}
		x.spell("K1", fmt.Sprintf("S-%02d", i+1), back+3*time.Hour, back, more)
	}
	d := x.look(120, 40, tuitest.Now()).Press("3").Sees("60 interviews → 1", "and 55 more").Golden("clusters-sixty-120x40")
	d.Press("enter", "G").Sees("47–60 of 60", "S-60, R60").Golden("clusters-sixty-last-120x40")
	d.Resize(80, 24).Golden("clusters-sixty-last-80x24")
}

// No colour: the same words and shapes.
func TestClustersWithoutColour(t *testing.T) {
	plain := made(t, 120, 40, "dee", func(o *tui.Options) { o.NoColour = true }).Press("3", "enter")
	if plain.Frame() != made(t, 120, 40, "dee", nil).Press("3", "enter").Frame() {
		t.Error("without colour the frame says something else than with it")
	}
}

// What a role may not do is said, and everything can be read.
func TestClusterRoles(t *testing.T) {
	for login, who := range map[string]string{"amira": "a practitioner", "ada": "an auditor"} {
		d := made(t, 120, 40, login, nil).Press("3").Sees("To decide", "Why they fit")
		d.Press("B").Sees("Break up into an interview each: " + who + " may not").Press("a").Sees("Accept as one interview: " + who + " may not")
		d.Press("enter", "space").Sees("In or out: " + who + " may not")
	}
}
