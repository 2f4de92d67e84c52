package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// place is a folder in which somebody restores: on a fresh machine, over a database, or where one was lost.
type place struct {
	path         string
	replace      bool
	before, head []byte // nil: not there
}

func (p *place) make(t testing.TB, what string) {
	t.Helper()
	p.path = filepath.Join(t.TempDir(), "hw.db")
	if what == "fresh" {
		return
	}
	s := opens(t, p.path, testOptions())
	for i := range 2 {
		did(t, s.Desk(dee()), "%s", referral(i))
	}
	_ = s.Close()
	p.head = read(t, headPath(p.path))
	if what == "lost" {
		if err := os.Remove(p.path); err != nil {
			t.Fatal(err)
		}
		return
	}
	p.before, p.replace = read(t, p.path), true
}

// nothingOrAll demands that after a kill there is either what was there before or all of the backup, and says which.
func (p *place) nothingOrAll(t testing.TB, referrals int) (all bool) {
	t.Helper()
	o := testOptions()
	o.Mode = Read
	rs, reading := Open(p.path, o)
	if reading == nil {
		_ = rs.Close()
	}
	o = testOptions()
	o.MustExist = true // a fresh machine shows that there is nothing
	s, err := Open(p.path, o)
	if err != nil {
		want := ErrMissing
		if p.head != nil {
			want = ErrMislaid
		}
		if p.before != nil || !errors.Is(err, want) || !errors.Is(reading, want) {
			t.Errorf("%v; to read: %v", err, reading)
		}
		if h, _ := os.ReadFile(headPath(p.path)); !bytes.Equal(h, p.head) {
			t.Error("the head that was there is not as it was")
		}
		if left := besideWith(p.path, restoringMark); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
		return false
	}
	restored := newest(t, s).Act == NoteRestore
	_ = s.Close()
	left, _ := os.ReadDir(filepath.Dir(p.path))
	if !restored {
		if reading != nil {
			t.Errorf("to read: %v", reading)
		}
		if len(left) != 2 {
			t.Errorf("left: %v", left)
		}
		holds(t, p.path, 2)
		return false
	}
	if want := 2 + len(besideWith(p.path, beforeMark)); len(left) != want {
		t.Errorf("left: %v", left)
	}
	holds(t, p.path, referrals)
	kept := false
	for _, k := range besideWith(p.path, beforeMark) {
		if b := read(t, k); !strings.HasSuffix(k, ".head") {
			kept = bytes.Equal(b, p.before)
		}
	}
	if kept != (p.before != nil) {
		t.Error("what was there before is not kept")
	}
	return true
}

// Killed behind any step, a restore has changed nothing or is whole once the database is opened.
func TestRestoreKilledAtEveryStep(t *testing.T) {
	backup := backedUp(t, 7)
	for _, what := range []string{"fresh", "replace", "lost"} {
		for i, step := range []string{"copied", "checked", "begun", "kept", "head", "renamed"} {
			t.Run(fmt.Sprint(what, " ", step), func(t *testing.T) {
				p := new(place)
				p.make(t, what)
				cmd := childCommand("restore", backup, p.path, step, strconv.FormatBool(p.replace))
				out, err := cmd.Output()
				if err == nil || !strings.HasSuffix(string(out), step+"\n") {
					t.Fatalf("it was not killed there: %s %v", out, err)
				}
				if all := p.nothingOrAll(t, 7); all != (i >= 4) {
					t.Errorf("restored: %v", all)
				}
				// The next restore is not hindered.
				o := bySam()
				o.Replace = true
				if _, err := Restore(ctx, backup, p.path, o); err != nil {
					t.Fatal(err)
				}
				holds(t, p.path, 7)
			})
		}
	}
	// A restore that was broken off before its last step is finished by the next one, too, which then finds a database.
	p := new(place)
	p.make(t, "fresh")
	_ = childCommand("restore", backup, p.path, "head", "false").Run()
	if _, err := Restore(ctx, backup, p.path, bySam()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	holds(t, p.path, 7)
}

// The same at moments of chance.
func TestRestoreKilledAtAnyMoment(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	backup := backedUp(t, 60)
	count := map[bool]int{}
	for i := range rounds {
		p := new(place)
		p.make(t, []string{"fresh", "replace", "lost"}[i%3])
		cmd := childCommand("restore", backup, p.path, "", strconv.FormatBool(p.replace))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(rand.IntN(70_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		count[p.nothingOrAll(t, 60)]++
		if t.Failed() {
			return
		}
	}
	t.Logf("%d times nothing, %d times all", count[false], count[true])
}

// Where there is no room, nothing is left of a copy, a backup or a restore, and it is said.
func TestNoRoomForCopies(t *testing.T) {
	s := fresh(t)
	for i := range 30 {
		did(t, s.Desk(dee()), "%s", referral(i))
	}
	_ = s.Close()
	dir := t.TempDir()
	if out, err := childCommand("full copy", s.path, backedUp(t, 30), dir).Output(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if left := besideWith(s.path, copyMark); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	holds(t, s.path, 30)
}
