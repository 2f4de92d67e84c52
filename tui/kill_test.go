package tui_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
	"homeward/store/intake"
	"homeward/store/seed"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// killedDesk names, for the child process, the database on which it types and saves until it is killed.
const killedDesk = "HOMEWARD_TEST_KILLED_DESK"

func openKilled(t testing.TB, path string) *store.Store {
	t.Helper()
	s := seed.Team("nobody")
	st, err := store.Open(path, store.Options{Settings: &s, Clock: tuitest.Now})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func dee(t testing.TB, st *store.Store) view.Desk {
	t.Helper()
	a, err := domain.ActorFor(st.Settings(), time.Time{}, "", "dee")
	if err != nil {
		t.Fatal(err)
	}
	return st.Desk(a)
}

// TestTypingUntilKilled is the child: it fills in the contact form, saves, and says how many are saved; then it begins the
// next, so that a kill falls on typing, drafts and saving alike.
func TestTypingUntilKilled(t *testing.T) {
	path := os.Getenv(killedDesk)
	if path == "" {
		t.Skip("runs as the child of TestKilledInAForm")
	}
	d := dee(t, openKilled(t, path))
	dropDrafts(t, d)
	w := tuitest.New(t, 120, 40, func(rt frame.Runtime) tea.Model {
		m, err := tui.Build(d, &intake.Clerk{Desk: d}, tui.Options{Runtime: rt, Theme: "dark"})
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
	for n := len(attempts(t, d)); ; n++ {
		w.Press("c", "s", "c", "tab", "tab").Type(fmt.Sprintf("attempt %d", n)).Press("ctrl+d")
		if !strings.Contains(w.Frame(), "call with child, spoke") {
			t.Fatal(w.Frame())
		}
		fmt.Printf("saved %d\n", n+1)
	}
}

// dropDrafts throws away what the killed program left: it holds a part of an attempt that was being typed, or all of one.
func dropDrafts(t testing.TB, d view.Desk) {
	t.Helper()
	ctx := context.Background()
	keys, err := d.DraftKeys(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		v, err := d.Draft(ctx, k)
		if err != nil {
			t.Fatal(err)
		}
		if whole := "attempt 9999"; v["note"] != "" && v["note"][:min(8, len(v["note"]))] != whole[:min(8, len(v["note"]))] {
			t.Fatalf("the draft says %q", v["note"])
		}
		if err := d.KeepDraft(ctx, k, nil); err != nil {
			t.Fatal(err)
		}
	}
}

func attempts(t testing.TB, d view.Desk) []domain.Attempt {
	t.Helper()
	var out []domain.Attempt
	err := d.Ask(context.Background(), func(r domain.Reader) error {
		ref, err := r.Referral(domain.NewID(domain.KindReferral, 1))
		if ref != nil {
			out = ref.Attempts
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The program is killed at any moment of typing and saving a form: the database opens, it is sound, and everything that
// was said to be saved is there.
func TestKilledInAForm(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	path := filepath.Join(t.TempDir(), "team.db")
	st := openKilled(t, path)
	e, err := domain.ParseAct([]byte(oneBack))
	if err != nil {
		t.Fatal(err)
	}
	if a, err := dee(t, st).Do(context.Background(), true, e); err != nil || a[0].Refused != nil {
		t.Fatal(err, a)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		saved := typeAndKill(t, "TestTypingUntilKilled", path, time.Duration(rng.IntN(400))*time.Millisecond)
		st := openKilled(t, path)
		got := attempts(t, dee(t, st))
		if len(got) < saved {
			t.Fatalf("round %d: %d attempts were said to be saved, %d are there", round, saved, len(got))
		}
		for i, a := range got {
			if a.Note != fmt.Sprintf("attempt %d", i) {
				t.Fatalf("round %d: attempt %d says %q", round, i, a.Note)
			}
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
		s := st.Settings()
		r, err := store.Check(context.Background(), path, store.CheckOptions{Settings: s})
		if err != nil || len(r.Findings) > 0 {
			t.Fatalf("round %d: %v %v", round, err, r.Findings)
		}
	}
}

// typeAndKill runs the child, kills it a while after its first save, and gives how many saves it had told of.
func typeAndKill(t *testing.T, child, path string, after time.Duration) (saved int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+child+"$", "-test.v")
	cmd.Env = append(os.Environ(), killedDesk+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, ok := strings.CutPrefix(lines.Text(), "saved ")
		if !ok {
			said = append(said, lines.Text())
			continue
		}
		if saved == 0 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		if saved, err = strconv.Atoi(n); err != nil {
			t.Fatal(err)
		}
	}
	_ = cmd.Wait() // killed
	if saved == 0 {
		t.Fatalf("the child saved nothing: %s", strings.Join(said, "\n"))
	}
	return saved
}
