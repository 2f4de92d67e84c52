package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// backedUp is a backup of a database with some referrals, in a folder of its own.
func backedUp(t testing.TB, referrals int) string {
	t.Helper()
	s := fresh(t)
	for i := range referrals {
		did(t, s.Desk(dee()), "%s", referral(i))
	}
	file := filepath.Join(t.TempDir(), "Ana Hall.db")
	if _, err := s.Backup(ctx, sam(), file, nil); err != nil {
		t.Fatal(err)
	}
	return file
}

func bySam() RestoreOptions { return RestoreOptions{Who: sam(), Clock: noon} }

// holds demands that a database opens, is sound, and has so many referrals.
func holds(t testing.TB, path string, referrals int) {
	t.Helper()
	s := opens(t, path, testOptions())
	n := 0
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		ids, err := r.OpenReferrals()
		n = len(ids)
		return err
	}); err != nil || n != referrals {
		t.Errorf("%d referrals, want %d: %v", n, referrals, err)
	}
	if len(s.Notices()) > 0 || s.Created() {
		t.Errorf("notices %q, created %v", s.Notices(), s.Created())
	}
	if r, err := s.AuditVerify(ctx); err != nil || len(r.Findings) > 0 {
		t.Errorf("audit verify: %v %v", r.Findings, err)
	}
	clean(t, s)
}

func TestRestore(t *testing.T) {
	backup := backedUp(t, 7)
	was := read(t, backup)
	path := filepath.Join(t.TempDir(), "new", "place", "hw.db")
	r, err := Restore(ctx, backup, path, bySam())
	if err != nil {
		t.Fatal(err)
	}
	if r.Lines != 7 || r.Size != int64(len(was)) || r.Kept != "" || r.KeptHead != "" {
		t.Errorf("%+v", r)
	}
	if !bytes.Equal(read(t, backup), was) {
		t.Error("the backup was changed")
	}
	for _, p := range []string{path, headPath(path)} {
		if st, err := os.Stat(p); err != nil || st.Mode().Perm() != 0o600 {
			t.Error(p, st, err)
		}
	}
	if st, _ := os.Stat(filepath.Dir(path)); st.Mode().Perm() != 0o700 {
		t.Error(st.Mode())
	}
	if all, _ := os.ReadDir(filepath.Dir(path)); len(all) != 2 {
		t.Errorf("left: %v", all)
	}
	s := opens(t, path, testOptions())
	l := newest(t, s)
	if l.Act != NoteRestore || l.By != "sam" || !strings.Contains(l.Summary, "7 lines") || !strings.Contains(l.Summary, r.Sum) || strings.Contains(l.Summary, "Ana") {
		t.Errorf("the line: %+v", l)
	}
	_ = s.Close()
	holds(t, path, 7)

	// The same backup somewhere else is another database: their heads cannot be mistaken for each other.
	other := filepath.Join(t.TempDir(), "hw.db")
	if _, err := Restore(ctx, backup, other, bySam()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(headPath(path), read(t, headPath(other)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, testOptions()); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "another database") {
		t.Errorf("with the head of the other: %v", err)
	}
}

// What is there is kept, by its head too, and can be opened where it is.
func TestRestoreOverADatabase(t *testing.T) {
	backup := backedUp(t, 7)
	s := fresh(t)
	for i := range 3 {
		did(t, s.Desk(dee()), "%s", referral(i))
	}
	path := s.path
	if _, err := Restore(ctx, backup, path, bySam()); !errors.Is(err, ErrHeld) {
		t.Errorf("while it is open: %v", err)
	}
	o := bySam()
	o.Replace = true
	if _, err := Restore(ctx, backup, path, o); !errors.Is(err, ErrHeld) {
		t.Errorf("replacing it while it is open: %v", err)
	}
	_ = s.Close()
	before, head := read(t, path), read(t, headPath(path))
	if _, err := Restore(ctx, backup, path, bySam()); !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "--replace") || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("over a database: %v", err)
	}
	if all, _ := os.ReadDir(filepath.Dir(path)); len(all) != 2 || !bytes.Equal(before, read(t, path)) {
		t.Errorf("a refusal leaves %v", all)
	}
	var kept []string
	for i := range 3 { // twice within a second, too
		r, err := Restore(ctx, backup, path, o)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 && (!bytes.Equal(read(t, r.Kept), before) || !bytes.Equal(read(t, r.KeptHead), head)) {
			t.Error("what was there is not what is kept")
		}
		kept = append(kept, r.Kept)
		s := opens(t, path, testOptions())
		if l := newest(t, s); i == 0 && !strings.Contains(l.Summary, "ended at line 3") {
			t.Errorf("%+v", l)
		}
		_ = s.Close()
		holds(t, path, 7)
	}
	holds(t, kept[0], 3)
	holds(t, kept[1], 7)
	holds(t, kept[2], 7)
}

// A database that is lost or spoilt is what a restore is for: of the one the head is kept, of the other both.
func TestRestoreWhereOneWasLost(t *testing.T) {
	backup := backedUp(t, 7)
	for what, content := range map[string]string{"lost": "", "empty": "0", "foreign": "some text", "damaged": "cut"} {
		s := fresh(t)
		did(t, s.Desk(dee()), "%s", referral(1))
		path := s.path
		_ = s.Close()
		o := bySam()
		o.Replace = what != "lost"
		var err error
		switch content {
		case "":
			err = os.Remove(path)
		case "0":
			err = os.Truncate(path, 0)
		case "cut":
			err = os.Truncate(path, 3*newPageSize)
		default:
			err = os.WriteFile(path, []byte(content), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		r, err := Restore(ctx, backup, path, o)
		if err != nil || (r.Kept == "") != (what == "lost") || r.KeptHead == "" {
			t.Errorf("%s: %+v %v", what, r, err)
			continue
		}
		holds(t, path, 7)
	}
}

func TestRestoreOfAnOlderFormat(t *testing.T) {
	path := schema1(t)
	to := filepath.Join(t.TempDir(), "hw.db")
	if _, err := Restore(ctx, path, to, bySam()); err != nil {
		t.Fatal(err)
	}
	if all, _ := os.ReadDir(filepath.Dir(to)); len(all) != 2 {
		t.Errorf("left: %v", all)
	}
	s := opens(t, to, testOptions())
	if len(s.Notices()) > 0 {
		t.Errorf("%q", s.Notices())
	}
	clean(t, s)
}

// A backup that is cut, spoilt, foreign, missing or in use is refused, and nothing is changed, whether something is there
// or not.
func TestBadBackupsAreRefused(t *testing.T) {
	good := read(t, backedUp(t, 7))
	spoilt := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 1
		return b
	}
	// Every copy: the first in the file may lie in a page that is free, where nothing is spoilt by it.
	record := bytes.ReplaceAll(good, []byte("Ana3"), []byte("AnaX"))
	cases := map[string]struct {
		file []byte
		kind error
	}{
		"missing":         {nil, ErrMissing},
		"empty":           {[]byte{}, ErrDamaged},
		"text":            {[]byte(strings.Repeat("police_ref\n", 2000)), ErrForeign},
		"cut":             {good[:len(good)/2], ErrDamaged},
		"cut by a page":   {good[:len(good)-newPageSize], ErrDamaged},
		"a record":        {record, ErrDamaged},
		"its header":      {spoilt(40), ErrDamaged},
		"its other half":  {append(bytes.Clone(good[:len(good)/2]), make([]byte, len(good)-len(good)/2)...), ErrDamaged},
		"headers of zero": {append(make([]byte, 2*newPageSize), good[2*newPageSize:]...), ErrForeign},
	}
	for what, c := range cases {
		backup := filepath.Join(t.TempDir(), "backup.db")
		if c.file != nil {
			if err := os.WriteFile(backup, c.file, 0o400); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(t.TempDir(), "hw.db")
		_, err := Restore(ctx, backup, path, bySam())
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), backup) || strings.Contains(err.Error(), restoringMark) {
			t.Errorf("%s: %v", what, err)
		}
		nothing(t, path)
		s := fresh(t)
		did(t, s.Desk(dee()), "%s", referral(1))
		_ = s.Close()
		before, head := read(t, s.path), read(t, headPath(s.path))
		o := bySam()
		o.Replace = true
		if _, err := Restore(ctx, backup, s.path, o); !errors.Is(err, c.kind) {
			t.Errorf("%s, over a database: %v", what, err)
		}
		if all, _ := os.ReadDir(filepath.Dir(s.path)); len(all) != 2 || !bytes.Equal(before, read(t, s.path)) || !bytes.Equal(head, read(t, headPath(s.path))) {
			t.Errorf("%s: changed, or left %v", what, all)
		}
		holds(t, s.path, 1)
	}

	s := fresh(t)
	path := filepath.Join(t.TempDir(), "hw.db")
	if _, err := Restore(ctx, s.path, path, bySam()); !errors.Is(err, ErrHeld) {
		t.Errorf("from a database that is open: %v", err)
	}
	nothing(t, path)
	_ = s.Close()
	if _, err := Restore(ctx, s.path, s.path, RestoreOptions{Replace: true}); err == nil {
		t.Error("a database was restored from itself")
	}
	dir := filepath.Join(t.TempDir(), "hw.db")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(ctx, backedUp(t, 1), dir, RestoreOptions{Replace: true}); !errors.Is(err, ErrForeign) {
		t.Errorf("over a folder: %v", err)
	}
}

func TestRestoreStops(t *testing.T) {
	backup := backedUp(t, 3)
	for _, step := range []string{"copied", "checked", "begun", "kept"} {
		s := fresh(t)
		did(t, s.Desk(dee()), "%s", referral(1))
		_ = s.Close()
		before := read(t, s.path)
		stopped, cancel := context.WithCancel(ctx)
		o := bySam()
		o.Replace = true
		o.step = func(done string) {
			if done == step {
				cancel()
			}
		}
		if _, err := Restore(stopped, backup, s.path, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", step, err)
		}
		if all, _ := os.ReadDir(filepath.Dir(s.path)); len(all) != 2 || !bytes.Equal(before, read(t, s.path)) {
			t.Errorf("%s: changed, or left %v", step, all)
		}
	}
}

// Two at once, or one and somebody who makes a new database, do not get into each other's way.
func TestRestoreHasTheFolder(t *testing.T) {
	backup := backedUp(t, 3)
	path := filepath.Join(t.TempDir(), "hw.db")
	o := bySam()
	var second, made error
	o.step = func(done string) {
		if done != "begun" {
			return
		}
		p := bySam()
		p.Wait = time.Millisecond
		_, second = Restore(ctx, backup, path, p)
		q := testOptions()
		q.Wait = time.Millisecond
		_, made = Open(path, q)
	}
	if _, err := Restore(ctx, backup, path, o); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(second, ErrHeld) || !errors.Is(made, ErrHeld) {
		t.Errorf("%v; %v", second, made)
	}
	holds(t, path, 3)
}
