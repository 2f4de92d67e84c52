package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

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

// team is a real database with the real dashboard on it and a clock that a test sets.
type team struct {
	t      testing.TB
	store  *store.Store
	desk   view.Desk
	folder string
	now    func() time.Time
	leave  func() // the dashboard opened last
	maps   map[string]intake.Map
}

// newTeam opens an empty database for one of the made-up people.
func newTeam(t testing.TB, login string) *team {
	t.Helper()
	x := &team{t: t, folder: t.TempDir(), now: tuitest.Now}
	s := seed.Team("nobody")
	st, err := store.Open(filepath.Join(t.TempDir(), "team.db"), store.Options{Settings: &s, Clock: func() time.Time { return x.now() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	actor, err := domain.ActorFor(&s, time.Time{}, "", login)
	if err != nil {
		t.Fatal(err)
	}
	x.store, x.desk = st, st.Desk(actor)
	return x
}

// look opens the dashboard in a window at a time; the one opened before is left.
func (x *team) look(w, h int, at time.Time) *tuitest.Driver {
	x.t.Helper()
	if x.leave != nil {
		x.leave()
	}
	d := tuitest.New(x.t, w, h, func(rt frame.Runtime) tea.Model {
		now := rt.Now
		x.now = now
		rt.Now = func() time.Time { return now().In(domain.London()) }
		m, err := tui.Build(x.desk, &intake.Clerk{Desk: x.desk, Folder: x.folder, Maps: x.maps}, tui.Options{Runtime: rt, Live: "local", Theme: "dark"})
		if err != nil {
			x.t.Fatal(err)
		}
		x.leave = m.Leave
		return m
	})
	return d.At(at)
}

// as gives the desk of another of the team.
func (x *team) as(login string) view.Desk {
	a, err := domain.ActorFor(x.desk.Settings(), time.Time{}, "", login)
	if err != nil {
		x.t.Fatal(err)
	}
	return x.store.Desk(a)
}

// log is the audit log, newest first, as the auditor reads it.
func (x *team) log(f view.AuditFilter) (out []*view.AuditLine) {
	x.t.Helper()
	q := view.AuditQuery{AuditFilter: f}
	for more := true; more; {
		page, err := x.as("ada").AuditLog(context.Background(), q)
		if err != nil {
			x.t.Fatal(err)
		}
		out, q.From, more = append(out, page.Lines...), page.Looked, page.More
	}
	return out
}

// do takes acts written as `homeward do` lines.
func (x *team) do(login string, lines ...string) {
	x.t.Helper()
	for _, l := range lines {
		e, err := domain.ParseAct([]byte(l))
		if err != nil {
			x.t.Fatalf("%s: %v", l, err)
		}
		answers, err := x.as(login).Do(context.Background(), true, e)
		if err != nil {
			x.t.Fatal(err)
		}
		if r := answers[0].Refused; r != nil {
			x.t.Fatalf("%s: %v", l, r)
		}
	}
}

// night writes the file that came overnight: n children who are back, an hour apart, told an hour later.
func (x *team) night(name string, n int, until time.Time, change func(i int, row map[string]string)) {
	x.t.Helper()
	cols := []string{"police_ref", "child_ref", "given_name", "family_name", "dob", "child_phone", "carer_name", "carer_phone", "risk", "flags",
		"missing_from", "missing_at", "returned_at", "notified_at", "warning", "placement"}
	given := []string{"Kai", "Amelia", "Tyler", "Zara", "Mohammed", "Ella", "Jayden", "Aisha", "Connor", "Chloe", "Malachi", "Freya"}
	family := []string{"Adeyemi", "Barker", "Clarke", "Dhillon", "Edwards", "Farah", "Grant", "Hussain", "Ivers", "Johnson", "Lambert", "Mbeki"}
	var b strings.Builder
	b.WriteString(strings.Join(cols, ",") + "\n")
	for i := range n {
		back := until.Add(-time.Duration(n-i) * time.Hour)
		row := map[string]string{
			"police_ref": fmt.Sprintf("MP-%03d", i+1), "child_ref": fmt.Sprintf("K%02d", i+1), "given_name": given[i%12], "family_name": family[i%12],
			"dob": fmt.Sprintf("201%d-0%d-1%d", i%4, i%9+1, i%9), "child_phone": fmt.Sprintf("07700 9001%02d", i), "risk": "medium",
			"missing_at": back.Add(-5 * time.Hour).Format("2006-01-02 15:04"), "returned_at": back.Format("2006-01-02 15:04"),
			"notified_at": back.Add(40 * time.Minute).Format("2006-01-02 15:04"),
		}
		if change != nil {
			change(i, row)
		}
		for j, c := range cols {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(row[c])
		}
		b.WriteByte('\n')
	}
	if err := os.WriteFile(filepath.Join(x.folder, name), []byte(b.String()), 0o600); err != nil {
		x.t.Fatal(err)
	}
}

// keys counts the keys of one step.
func keys(t testing.TB, d *tuitest.Driver, most int, press ...string) {
	t.Helper()
	d.ResetKeys().Press(press...)
	if d.Keys() > most {
		t.Errorf("%v took %d keys, at most %d are promised", press, d.Keys(), most)
	}
}
