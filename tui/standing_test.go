package tui_test

import (
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/store"
	"homeward/store/intake"
	"homeward/store/seed"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// At every size the header says of a rehearsal that it is one, and of a database that is not encrypted that it is not.
func TestTheHeaderSaysWhatTheDatabaseIs(t *testing.T) {
	for _, c := range []struct {
		name          string
		makeUp, plain bool
		says          string
	}{{"rehearsal", true, true, "PRACTICE"}, {"plain", false, true, "not encrypted"}, {"encrypted", false, false, ""}} {
		s := seed.Team("nobody")
		st, err := store.Open(filepath.Join(t.TempDir(), "team.db"), store.Options{Settings: &s, Clock: tuitest.Now, MakeUp: c.makeUp})
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close() //nolint:errcheck // at the end of the test
		d := st.Desk(domain.Actor{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator})
		for _, w := range []int{80, 120} {
			x := tuitest.New(t, w, 24, func(rt frame.Runtime) tea.Model {
				m, err := tui.Build(d, &intake.Clerk{Desk: d}, tui.Options{Runtime: rt, Live: "local", Theme: "dark", Plain: c.plain})
				if err != nil {
					t.Fatal(err)
				}
				return m
			})
			first, _, _ := strings.Cut(x.Settle().Frame(), "\n")
			for _, words := range []string{"PRACTICE", "not encrypted"} {
				if strings.Contains(first, words) != (words == c.says) {
					t.Errorf("%s at %d: %s", c.name, w, first)
				}
			}
		}
	}
}
