package tui_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/store/intake"
	"homeward/store/seed"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// made is the dashboard on the made-up team, as one of its people sees it at a fixed time.
func made(t testing.TB, w, h int, login string, change func(*tui.Options)) *tuitest.Driver {
	t.Helper()
	s := seed.Team("nobody")
	clock := seed.NewClock(tuitest.Now())
	clock.Run(false)
	st := demo(t, &s, clock)
	actor, err := domain.ActorFor(&s, time.Time{}, "", login)
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.New(t, w, h, func(rt frame.Runtime) tea.Model {
		rt.Now = func() time.Time { return clock.Now().In(domain.London()) }
		o := tui.Options{Runtime: rt, Live: "demo", Theme: "dark"}
		if change != nil {
			change(&o)
		}
		d := st.Desk(actor)
		m, err := tui.Build(d, &intake.Clerk{Desk: d}, o)
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}

// The queue with every kind of row, at both sizes, and in every way of showing it.
func TestQueueFrames(t *testing.T) {
	for _, f := range []struct {
		name string
		w, h int
		o    func(*tui.Options)
		keys []string
	}{
		{"queue-120x40", 120, 40, nil, nil},
		{"queue-80x24", 80, 24, nil, nil},
		{"queue-200x50", 200, 50, nil, []string{"}", "}"}},
		{"queue-list", 120, 40, nil, []string{"+"}},
		{"queue-full-80x24", 80, 24, nil, []string{"}", "}", "enter"}},
		{"queue-missing-open", 120, 40, nil, []string{"}", "enter", "j"}},
		{"queue-masked", 120, 40, nil, []string{"m"}},
		{"queue-ascii", 120, 40, func(o *tui.Options) { o.ASCII = true }, nil},
		{"queue-narrowest", 60, 15, nil, nil},
		{"queue-help", 120, 40, nil, []string{"}", "}", "?"}},
		{"queue-palette", 80, 24, nil, []string{"}", "}", "ctrl+p", "c", "l"}},
		{"queue-filter", 120, 40, nil, []string{"/", "f", "l", "a", "g", ":", "h", "i", "g", "h", "enter"}},
		{"queue-sign-off", 120, 40, nil, []string{"/", "s", "t", "a", "g", "e", ":", "t", "o", "_", "a", "enter", "S"}},
	} {
		t.Run(f.name, func(t *testing.T) { made(t, f.w, f.h, "dee", f.o).Press(f.keys...).Golden(f.name) })
	}
	made(t, 59, 15, "dee", nil).Sees("window too small (needs 60×15)")
}

// No colour means no colour, and every state has a word or a shape all the same.
func TestNoColour(t *testing.T) {
	d := made(t, 120, 40, "dee", func(o *tui.Options) { o.NoColour = true })
	coloured := made(t, 120, 40, "dee", nil)
	if d.Frame() != coloured.Frame() {
		t.Error("without colour the frame says something else than with it")
	}
	for _, seq := range []string{"[38;", "[48;", "[3", "[9"} {
		if i := indexSeq(d.StyledFrame(), seq); i >= 0 {
			t.Errorf("the frame without colour holds the colour %q", d.StyledFrame()[i:i+12])
			break
		}
	}
}

func indexSeq(s, seq string) int {
	for i := 0; i+len(seq)+2 < len(s); i++ {
		if s[i] == 0x1b && s[i+1:i+1+len(seq)] == seq && s[i+len(seq)+1] >= '0' && s[i+len(seq)+1] <= '9' {
			return i
		}
	}
	return -1
}

// What a role may not do stays in help with the reason, and its key says so.
func TestRolesOnTheScreen(t *testing.T) {
	made(t, 120, 40, "amira", nil).Press("1", "}", "}", "a").Sees("Accept as proposed: a practitioner may not")
	made(t, 120, 40, "ada", nil).Press("1", "}", "}", "c").Sees("Log a contact: an auditor may not").Press("n").Sees("New referral: an auditor may not")
}

// The intake screen: a file with rows that are new, doubtful and refused, and one mended in place.
func TestIntakeScreen(t *testing.T) {
	x := newTeam(t, "dee")
	at := tuitest.Now()
	x.do("dee", `{"act":"referral.new","police_ref":"OLD-1","child_ref":"X1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-20 10:00"}`)
	x.night("police.csv", 6, at.Add(-time.Hour), func(i int, row map[string]string) {
		switch i {
		case 2:
			row["returned_at"] = "2026-11-23 25:10"
		case 3:
			row["risk"] = "enormous"
		}
	})
	d := x.look(120, 40, at).Press("i").Sees("police.csv").Press("enter").Sees("6 rows: 4 new, 0 changed, 0 unchanged, 2 refused").Golden("intake-120x40")
	d.Press("j", "e").Sees("mend line 4").Press("ctrl+u").Type("2026-11-23 09:10").Press("ctrl+d").Sees("The mended row went in", "Mended here: they are in 1", "or they stay out 1")
	d.Press("t").Sees("Take in police.csv?", "and 0 changed will go in", "refused stay out").Golden("intake-sure-120x40")
	d.Press("enter").Sees("4 new, 0 changed, 1 unchanged").Press("t", "tab", "enter").Sees("4 new, 0 changed, 0 unchanged, 2 refused")
	d.Resize(80, 24).Golden("intake-80x24")
	if _, err := os.Stat(filepath.Join(x.folder, "police.csv")); err != nil {
		t.Error("the file is gone:", err)
	}
}

// A form left by esc comes back with its text, also in another session.
func TestDraftComesBack(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 20:00"}`)
	x.look(120, 40, tuitest.Now()).Press("x", "o", "tab").Type("He is with his father in Leeds").Press("esc").SeesNot("Leeds")
	d := x.look(120, 40, tuitest.Now()).Press("x").Sees("Your unfinished text is back", "He is with his father in Leeds")
	d.Press("tab", "ctrl+d").Sees("waits for sign-off as not required")
	x.look(120, 40, tuitest.Now()).Press("}").SeesNot("Leeds in")
	if keys, err := x.desk.DraftKeys(context.Background()); err != nil || len(keys) != 0 {
		t.Errorf("after saving, drafts are left: %v %v", keys, err)
	}
}
