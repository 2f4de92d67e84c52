package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/tui/tuitest"
)

// file writes what came overnight: returns of one child, days before the fixed now.
func (x *team) file(name string, rows ...string) {
	x.t.Helper()
	old, err := filepath.Glob(filepath.Join(x.folder, "*.csv")) // one file waits at a time
	if err != nil {
		x.t.Fatal(err)
	}
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			x.t.Fatal(err)
		}
	}
	text := "police_ref,child_ref,given_name,family_name,dob,missing_at,returned_at,notified_at\n" + strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(x.folder, name), []byte(text), 0o600); err != nil {
		x.t.Fatal(err)
	}
}

// back is a row of such a file: gone for five hours, that many days ago.
func back(ref string, daysAgo int) string {
	at := tuitest.Now().AddDate(0, 0, -daysAgo).Add(-3 * time.Hour)
	f := func(t time.Time) string { return t.Format("2006-01-02T15:04:05Z") }
	return fmt.Sprintf("%s,K7,Ruby,Hall,2011-02-03,%s,%s,%s", ref, f(at.Add(-5*time.Hour)), f(at), f(at.Add(time.Hour)))
}

// of is a child's referrals as they stand, by the police reference of their episode.
func (x *team) of(child string) map[string]*domain.Referral {
	x.t.Helper()
	out := map[string]*domain.Referral{}
	if err := x.desk.Ask(context.Background(), func(r domain.Reader) error {
		c, err := domain.ChildNamed(r, child)
		if err != nil {
			return err
		}
		eps, err := r.EpisodesOf(c.ID)
		if err != nil {
			return err
		}
		for _, e := range eps {
			ref, err := r.Referral(e.Referral)
			if err != nil {
				return err
			}
			out[e.PoliceRef] = ref
		}
		return nil
	}); err != nil {
		x.t.Fatal(err)
	}
	return out
}

// The third return of a fortnight arrives in a file, the mark appears, one interview is accepted for the three; a fourth
// return arrives and is added; the child declines once for all four; it is broken up, and all of it taken back.
func TestFortnight(t *testing.T) {
	x := newTeam(t, "dee")
	now := tuitest.Now()
	x.file("monday.csv", back("MP-1", 9), back("MP-2", 5))
	d := x.look(120, 40, now).Press("i", "enter", "t", "tab", "enter", "esc", "esc")
	d.Sees("To triage 2").SeesNot("CL?")
	x.file("tuesday.csv", back("MP-3", 1))
	d.Press("i").Sees("tuesday.csv").Press("enter", "t", "tab", "enter", "esc", "esc").Sees("To triage 3", "CL?", "1 cluster?")

	// From the mark to the suggestion, one key accepts, and back: one line in place of three.
	d.Press("K").Sees("? suggested", "What accepting would change")
	keys(t, d, 1, "a")
	d.Sees("one interview for 3 episodes of K7").Press("[").Sees("To triage 1", "3× Ruby Hall")
	due := x.of("K7")["MP-3"]
	for ref, r := range x.of("K7") {
		if r.Cluster == 0 || r.Cluster != due.Cluster {
			t.Errorf("%s is in no common cluster", ref)
		}
	}
	d.Press("enter").Sees("MP-1", "MP-2", "MP-3").Golden("fortnight-line-open-120x40")
	x.look(80, 24, now).Press("enter").Golden("fortnight-line-open-80x24")
	d = x.look(120, 40, now)

	// A fourth comes home. The cluster asks to be looked at, and takes it in.
	x.file("wednesday.csv", back("MP-4", 0))
	d.Press("i").Sees("wednesday.csv").Press("enter", "t", "tab", "enter", "esc", "esc").Sees("To triage 2").Press("3").Sees("+1 new return").Press("A").Sees("added MP-4 to CL1")
	d.Press("1").Sees("To triage 1", "4× Ruby Hall")

	// She declines once, and it stands on all four; the preview said so. What is about one episode is asked of one.
	d.Press("g").Press("x").Sees("it is about one episode: enter opens the line")
	d.Press("c", "d", "c").Sees("It will fall on 4 episodes").Press("ctrl+d").Sees("declined")
	attempt := domain.ID(0)
	for ref, r := range x.of("K7") {
		if len(r.Attempts) != 1 || attempt != 0 && r.Attempts[0].ID != attempt || r.Attempts[0].Result != "declined" {
			t.Errorf("attempts of %s are %+v", ref, r.Attempts)
		}
		attempt = r.Attempts[0].ID
	}

	// Broken up: four lines and four clocks again, the decline stays on each; taken back, it is one line again.
	d.Press("3", "B").Type("Two of them were with her sister.").Press("ctrl+d").Sees("broke up CL1").Press("1").SeesNot("4×")
	for ref, r := range x.of("K7") {
		if r.Cluster != 0 || len(r.Attempts) != 1 {
			t.Errorf("after breaking up %s is in %s with %d attempts", ref, r.Cluster, len(r.Attempts))
		}
	}
	d.Press("u", "enter").Sees("4× Ruby Hall")
	for range 3 {
		d.Press("u", "enter")
	}
	d.Sees("To triage 4", "CL?").SeesNot("×")
	for ref, r := range x.of("K7") {
		if r.Cluster != 0 || len(r.Attempts) != 0 || r.Stage != domain.StageNew {
			t.Errorf("all taken back, %s is %s in %s", ref, r.Stage, r.Cluster)
		}
	}
}
