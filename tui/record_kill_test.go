package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/store"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// recordOpen is the dashboard of a killed desk with R1's record open to be written.
func recordOpen(t *testing.T, d view.Desk) *tuitest.Driver {
	w := tuitest.New(t, 120, 40, func(rt frame.Runtime) tea.Model {
		m, err := tui.Build(d, &intake.Clerk{Desk: d}, tui.Options{Runtime: rt, Theme: "dark"})
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
	return w.Press("1", "}", "j", "R")
}

// TestWritingUntilKilled is the child: it writes a record without ever saving it, and says how many words are typed.
func TestWritingUntilKilled(t *testing.T) {
	path := os.Getenv(killedDesk)
	if path == "" {
		t.Skip("runs as the child of TestKilledInARecord")
	}
	w := recordOpen(t, dee(t, openKilled(t, path))).Press("e", "ctrl+n", "tab").Sees("Confidentiality first")
	for n := range 400 {
		w.Type(fmt.Sprintf("%d ", n))
		fmt.Printf("saved %d\n", n+1)
	}
	select {} // until it is killed
}

// The program is killed while a record is typed: every word that had the time to be kept is back, marked as not saved.
func TestKilledInARecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "team.db")
	st := openKilled(t, path)
	for _, l := range []string{oneBack, `{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.assign","referral":"R1","to":"dee"}`} {
		e, err := domain.ParseAct([]byte(l))
		if err != nil {
			t.Fatal(err)
		}
		if a, err := dee(t, st).Do(context.Background(), true, e); err != nil || a[0].Refused != nil {
			t.Fatal(err, a)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	typed := typeAndKill(t, "TestWritingUntilKilled", path, 300*time.Millisecond)
	st = openKilled(t, path)
	d := dee(t, st)
	recordOpen(t, d).Sees("Not saved yet: 1 answer").Press("e").Sees("came back", "not saved").Press("ctrl+d").SeesNot("not saved")
	var text string
	if err := d.Ask(context.Background(), func(r domain.Reader) error {
		v, err := view.ReadInterview(r, domain.NewID(domain.KindReferral, 1))
		if err == nil {
			text = v.Interview.Sheet.Get("", "confidentiality", "shared").Text
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var want []string
	for n := range typed {
		want = append(want, fmt.Sprint(n))
	}
	if !strings.HasPrefix(text, strings.Join(want, " ")) {
		t.Errorf("%d words were typed, back is %q", typed, text)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := store.Check(context.Background(), path, store.CheckOptions{Settings: st.Settings()})
	if err != nil || len(r.Findings) > 0 {
		t.Fatal(err, r.Findings)
	}
}
