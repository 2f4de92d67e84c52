package tui_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/tuitest"
)

// clusters of the desk as they are now, by state.
func (x *team) clusters(t *testing.T) map[view.ClusterState][]view.ClusterRow {
	t.Helper()
	out := map[view.ClusterState][]view.ClusterRow{}
	if err := x.desk.Ask(context.Background(), func(r domain.Reader) error {
		rows, err := view.ReadClusters(r)
		for _, row := range rows {
			out[row.State] = append(out[row.State], row)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// A suggestion is accepted with one key, a new return comes and is added, one is left out, and all of it is taken back.
func TestClusterStory(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 20*time.Hour, "")
	x.threeTimes("K2", 30*time.Hour, "")
	d := x.look(120, 40, tuitest.Now()).Press("3").Sees("To decide 2")

	// The one due first stands first; accepting it is one key, and one stays with it.
	keys(t, d, 1, "a")
	d.Sees("one interview for 3 episodes of K2", "Accepted 1", "To decide 1", "CL1 accepted   3 episodes")
	if c := x.clusters(t)[view.ClusterAccepted]; len(c) != 1 || c[0].Child.Ref != "K2" {
		t.Fatalf("accepted are %+v", c)
	}
	d.Press("a").Sees("CL1 is accepted already").Press("x").Sees("B breaks it up")

	// Undone and done again: the cursor stays with the child.
	d.Press("u", "enter").Sees("To decide 2", "Adeyemi K2  16, K2   ? suggested").Press("a").Sees("CL2 accepted   3 episodes")

	// A new return: the cluster asks to be looked at, one key adds it.
	x.spell("K2", "K2-4", 9*time.Hour, 4*time.Hour, "")
	d.At(tuitest.Now().Add(time.Minute)).Sees("To decide 2", "+1 new return", "What adding K2-4 would change", "3 episodes → 4, one interview", "fall on all 4")
	keys(t, d, 1, "A")
	d.Sees("added K2-4 to CL2", "CL2 accepted   4 episodes", "Accepted 1")

	// One of them is left out after all: of the list asked for, of the episode under the cursor at once; the reason is asked.
	d.Press("l").Sees("leave which one out of CL2?", "K2-2").Press("esc").Press("enter", "j", "l").Sees("leave K2-2 out of CL2", "an interview of its own").
		Type("A different matter.").Press("ctrl+d").Sees("left K2-2 out of CL2", "CL2 accepted   3 episodes", "left out")
	d.Press("l").Sees("Leave one out: it is no member")

	// Broken up: the episodes count as dismissed, and one stays with them.
	d.Press("B").Sees("break up CL2", "1 interview → 3").Type("They were never one story.").Press("ctrl+d").Sees("broke up CL2", "? suggested   4 episodes")
	if c := x.clusters(t); len(c[view.ClusterAccepted]) != 0 {
		t.Errorf("after breaking up, accepted are %d", len(c[view.ClusterAccepted]))
	}
	for range 3 {
		d.Press("u", "enter")
	}
	d.Sees("CL2 accepted   3 episodes", "+1 new return")
}

// High risk asks for a reason, and so does leaving one out; too few cannot be accepted. The unfinished reason comes back.
func TestClusterReasons(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 20*time.Hour, highRisk)
	x.spell("K1", "K1-4", 8*time.Hour, 3*time.Hour, "")
	d := x.look(120, 40, tuitest.Now()).Press("3").Sees("It asks for a reason: K1-1 high risk")
	d.Press("a").Sees("Asks for a reason: K1-1 high risk; K1-2").Type("One plan").Press("esc").Press("a").Sees("Your unfinished text is back", "One plan").Press("esc")

	// Stepping in, the first is taken out: the window moves, and the reason for that is asked.
	d.Press("space").Sees("▸[x]!").Press("space").Sees("▸[ ]!", "K1-1 is left out: an interview of its own", "3 interviews → 1")
	d.Press("j", "space").Sees("2 of 4 are in, at least 3 are needed").Press("a").Sees("Accept as one interview: 2 of 4 are in").Press("space")
	d.At(tuitest.Now().Add(time.Minute)).Sees("K1-1 is left out") // what was chosen holds when something changes
	d.Press("a").Sees("K1-1 left out; K1-2 high risk").Press("ctrl+d").Sees("needed").Type("He named one flat for three of them.").Press("ctrl+d")
	d.Sees("one interview for 3 episodes of K1", "without K1-1", "CL1 accepted")
	c := x.clusters(t)[view.ClusterAccepted]
	if len(c) != 1 || c[0].Cluster.Reason != "He named one flat for three of them." || len(c[0].Cluster.Parted) != 1 {
		t.Errorf("accepted is %+v", c)
	}
}

// Dismissing goes on to the next to decide; the dismissed one is folded away with its reason and can be accepted after all.
func TestClusterDismissed(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 30*time.Hour, "")
	x.threeTimes("K2", 20*time.Hour, "")
	d := x.look(120, 40, tuitest.Now()).Press("3", "x").Sees(": dismiss, 3 interviews, one each", "3 episodes keep an interview each").
		Type("Three different matters.").Press("ctrl+d").Sees("stay with an interview each", "To decide 1", "Dismissed 1", "Adeyemi K2  16, K2   ? suggested")
	d.Press("x").Type("These too.").Press("ctrl+d").SeesNot("To decide").Sees("Dismissed 2")
	d.Press("G", "enter", "G").Sees("Dee: Three different mat", "Dee Osei, Mon 23 Nov 14:05: These too.", "What accepting it after all would change")
	d.Press("x").Sees("Dismiss, an interview each: Dee Osei dismissed it already").Press("a").Sees("CL1 accepted")
}

// From the queue to the cluster and back, to the timeline and back: each way returns to where one was.
func TestClusterWays(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 30*time.Hour, "")
	x.threeTimes("K2", 20*time.Hour, "")
	d := x.look(120, 40, tuitest.Now()).Press("G").Sees("▸").Press("K").Sees("[3 Clusters 2]", "What accepting would change")
	d.Press("a").Sees("CL1 accepted").Press("esc").Sees("[1 Queue]")
	d.Press("3").Press("enter", "j", "enter").Sees("[1 Queue]").Press("[").Sees("[3 Clusters").Press("esc")
	d.Press("t").Sees("[2 Timeline]").Press("[").Sees("[3 Clusters")
	d.Press("/").Type("state:accepted").Press("enter").Sees("1 match").Press("esc").SeesNot("1 match")
	d.Press("s").Sees("sorted by name")
}

// What somebody else decides meanwhile never moves the keys on to another child.
func TestClusterOfAnotherHand(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 30*time.Hour, "")
	x.threeTimes("K2", 20*time.Hour, "")
	d := x.look(120, 40, tuitest.Now()).Press("3").Sees("Adeyemi K1  16, K1   ? suggested")
	x.do("tom", `{"act":"cluster.dismiss","child_ref":"K1","episodes":["K1-1","K1-2","K1-3"],"reason":"No."}`)
	d.At(tuitest.Now().Add(time.Minute)).Sees("Adeyemi K1  16, K1   ✗ dismissed", "To decide 1", "Tom: No.")
}

// Opening a child's cluster is recorded as opening the row of the queue is.
func TestClusterOpened(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 30*time.Hour, "")
	x.threeTimes("K2", 20*time.Hour, "")
	opened := func() int { return len(x.log(view.AuditFilter{Act: "opened"})) }
	d := x.look(120, 40, tuitest.Now()).Press("3")
	before := opened()
	d.Press("j")
	if n := opened(); n != before+1 {
		t.Errorf("moving to a child's cluster recorded %d openings, before it were %d", n, before)
	}
}

// Before it happens: which stage, booking and worker become common, and whose meeting gives way.
func TestClusterWhatBecomesCommon(t *testing.T) {
	x := newTeam(t, "dee")
	x.threeTimes("K1", 20*time.Hour, "")
	x.do("dee", `{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.assign","referral":"R1","to":"amira"}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-25T10:00:00Z","place":"school","interviewer":"amira"}`,
		`{"act":"referral.assign","referral":"R2","to":"joe"}`, `{"act":"referral.book","referral":"R2","when":"2026-11-24T16:00:00Z","place":"Elm House","interviewer":"joe"}`)
	d := x.look(120, 40, tuitest.Now()).Press("3").Sees("Stage", "booked, new → booked for all", "Tue 24 Nov 2026 16:00, Elm House for all", "Amira Khan, Joe Lund, nobody → Joe Lund for all",
		"R1 was booked for Wed 25 Nov 2026 10:00").Golden("clusters-common-120x40")
	d.Press("enter").Sees("K1-1, R1 booked, with Amira Khan, booked Wed 25 Nov 10:00").Resize(80, 24).Golden("clusters-common-80x24")
	d.Resize(120, 40).Press("a").Sees("CL1 accepted", "booked, with Joe Lund", "Booked   Tue 24 Nov 16:00 Elm House")
}

// Any keys in any window: nothing breaks.
func TestClusterAnyKeys(t *testing.T) {
	all := []string{"j", "k", "g", "G", "enter", "esc", "left", "right", "space", "a", "x", "A", "l", "B", "u", "m", "s", "+", "/", "t", "[", "K", "3", "z", "}", "ctrl+d", "pgdown", "pgup", "tab", "T", "1", "r"}
	d := made(t, 80, 24, "dee", nil)
	r := rand.New(rand.NewPCG(7, 11))
	for i := range 700 {
		k := all[r.IntN(len(all))]
		if i%3 == 0 {
			d.Press("3")
		}
		if i%50 == 0 {
			d.Resize(60+r.IntN(90), 15+r.IntN(40))
		}
		if d.Press(k); strings.Contains(d.Frame(), "went wrong") || d.Quit() {
			t.Fatalf("after key %d, %q:\n%s", i, k, d.Frame())
		}
	}
}
