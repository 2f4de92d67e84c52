package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A copy of everything that a killed process never named is removed by the next backup beside it and by the next opening; one that
// is being made, and what only looks like one, stay.
func TestUnnamedCopiesGo(t *testing.T) {
	s := fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	there := t.TempDir()
	leave := func(dir, name string, content []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	copied := read(t, exactCopy(t, s))
	killed := leave(there, "x.new-0123456789ab", copied)
	mine := leave(there, "notes.new-0123456789ab", []byte("a text of somebody's"))
	begun := leave(there, "z.new-0123456789ab", nil)
	atWork := leave(there, "y.new-0123456789ab", copied)
	release, err := holdCopy(atWork)
	if err != nil {
		t.Fatal(err)
	}
	beside := leave(filepath.Dir(s.path), "hw.db.before-9.new-0123456789ab", copied)
	if _, err := s.Backup(ctx, dee(), filepath.Join(there, "b"), nil); err != nil {
		t.Fatal(err)
	}
	gone := func(path string, want bool) {
		t.Helper()
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	gone(killed, true)
	gone(mine, false)
	gone(begun, false)
	gone(atWork, false)
	release()
	reopen(t, s)
	gone(beside, true)
}

// By a link a database is the same one, with the files that stand beside it.
func TestADatabaseByALink(t *testing.T) {
	dir := t.TempDir()
	real, link, second := filepath.Join(dir, "real.db"), filepath.Join(dir, "l.db"), filepath.Join(dir, "m.db")
	if err := errors.Join(os.Symlink("real.db", link), os.Symlink(link, second)); err != nil {
		t.Fatal(err)
	}
	for i, path := range []string{second, link, real} { // made through the link
		got, err := Place{DB: path}.Database(nil)
		if err != nil || got != real {
			t.Fatalf("%s: %s, %v", path, got, err)
		}
		s, err := Open(got, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		did(t, s.Desk(dee()), "%s", referral(i+1))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	round := filepath.Join(dir, "round.db")
	if err := os.Symlink(round, round); err != nil {
		t.Fatal(err)
	}
	if got, err := (Place{DB: round}).Database(nil); err != nil || got != round {
		t.Errorf("%s, %v", got, err)
	}
}

// A bringing up to date that was cut off after its backup had its name is finished by the next opening; a backup of another state
// is left as it is.
func TestACutOffMigrationIsFinished(t *testing.T) {
	path := schema1(t)
	name := fmt.Sprintf("%s.before-%d", path, fileFormat)
	older := read(t, path)
	if err := os.WriteFile(name, older, 0o600); err != nil { // a copy as it was made, bit by bit
		t.Fatal(err)
	}
	s := opens(t, path, testOptions())
	if _, err := os.Stat(name + "-2"); err == nil {
		t.Error("a second backup of the same state")
	}
	clean(t, s)
	_ = s.Close()

	writeFiles(t, path, older, read(t, filepath.Join("testdata", "schema1.head")))
	other := fresh(t)
	if _, err := other.Backup(context.Background(), dee(), name+".x", nil); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+".x", name); err != nil {
		t.Fatal(err)
	}
	was := read(t, name)
	s = opens(t, path, testOptions())
	clean(t, s)
	if string(read(t, name)) != string(was) {
		t.Error("the other's backup was touched")
	}
	if r, err := Check(ctx, name+"-2", CheckOptions{NoHead: true}); err != nil || len(r.Findings) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
