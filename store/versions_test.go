package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// A file from when one number was both has none for its records, and is opened, read and written as one of record schema 3.
func TestAFileWithOneNumber(t *testing.T) {
	path := full(t, 3)
	tampered(t, path, func(tx *bolt.Tx) error { return tx.Bucket(inMeta.key()).Delete([]byte(metaRecords)) })
	numbers := func() (v versions, stored bool) {
		t.Helper()
		s := opens(t, path, readOnly())
		defer s.Close()
		m, err := metaOf(s.db, s.knows)
		if err != nil {
			t.Fatal(err)
		}
		_ = s.db.View(func(tx *bolt.Tx) error {
			stored = tx.Bucket(inMeta.key()).Get([]byte(metaRecords)) != nil
			return nil
		})
		return m.versions, stored
	}
	before := read(t, path)
	if v, _ := numbers(); v != (versions{fileFormat, lastSharedNumber}) {
		t.Errorf("read as %+v", v)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("reading it changed it")
	}
	s := opens(t, path, testOptions())
	did(t, s.Desk(dee()), "%s", referral(8))
	if len(s.Notices()) > 0 {
		t.Errorf("notices: %q", s.Notices())
	}
	clean(t, s)
	if v, stored := numbers(); stored != (recordSchema > lastSharedNumber) || v.records != recordSchema {
		t.Errorf("after a change: %+v, stored: %v", v, stored)
	}
}

func readOnly() Options {
	o := testOptions()
	o.Mode = Read
	return o
}

// A file takes on a newer record schema with the first thing that is stamped with it. From then on a program that does not
// know it refuses at opening and leaves the file alone; until then it reads on.
func TestNewerRecordSchema(t *testing.T) {
	path := full(t, 2)
	later := testOptions()
	later.knows = versions{fileFormat, recordSchema + 1}
	s := opens(t, path, later)
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error { _, err := r.OpenReferrals(); return err }); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	s = opens(t, path, testOptions())
	did(t, s.Desk(dee()), "%s", referral(5))
	_ = s.Close()

	s = opens(t, path, later)
	did(t, s.Desk(dee()), "%s", referral(6))
	if len(s.Notices()) > 0 {
		t.Errorf("it speaks of %q", s.Notices())
	}
	_ = s.Close()
	s = opens(t, path, later)
	for _, child := range []uint64{1, 4} { // one of each schema
		if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
			c, err := r.Child(domain.NewID(domain.KindChild, child))
			if c == nil {
				t.Errorf("C%d is gone", child)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
	_ = s.Close()

	before := read(t, path)
	for what, err := range map[string]error{
		"to write": opening(path, testOptions()),
		"to read":  opening(path, readOnly()),
		"check":    checking(path),
		"restore":  restoring(t, path),
	} {
		if newerOnly(err, path) != nil || !strings.Contains(err.Error(), "records of schema") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the file was changed")
	}
}

func opening(path string, o Options) error {
	s, err := Open(path, o)
	if err == nil {
		_ = s.Close()
	}
	return err
}

func checking(path string) error {
	_, err := Check(ctx, path, CheckOptions{Settings: settings()})
	return err
}

// restoring restores from a backup, which must come to nothing.
func restoring(t *testing.T, backup string) error {
	to := filepath.Join(t.TempDir(), "hw.db")
	_, err := Restore(ctx, backup, to, bySam())
	nothing(t, to)
	return err
}

// newerOnly says what is wrong with an error that is to say that a newer homeward wrote something.
func newerOnly(err error, names ...string) error {
	switch {
	case !errors.Is(err, ErrNewer) || errors.Is(err, ErrDamaged):
		return errors.New("it is of another kind")
	case strings.Contains(err.Error(), "damage") || strings.Contains(err.Error(), restoreAdvice):
		return errors.New("it speaks of damage")
	case !strings.Contains(err.Error(), "written by a newer homeward") || !strings.Contains(err.Error(), "use the newer program"):
		return errors.New("it does not say what to do")
	}
	for _, n := range names {
		if !strings.Contains(err.Error(), n) {
			return errors.New("it does not name " + n)
		}
	}
	return nil
}

// A restore that a newer homeward prepared and did not finish is left for that one.
func TestARestoreOfANewerHomewardIsLeft(t *testing.T) {
	path := full(t, 1)
	later := testOptions()
	later.knows = versions{fileFormat, recordSchema + 1}
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), later)
	did(t, s.Desk(dee()), "%s", referral(1))
	_ = s.Close()
	prepared := read(t, s.path)
	writeFiles(t, path, read(t, path), read(t, headPath(s.path)))
	if err := os.WriteFile(path+restoringMark, prepared, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{testOptions(), readOnly()} {
		if err := opening(path, o); newerOnly(err) != nil {
			t.Errorf("%v", err)
		}
	}
	if !bytes.Equal(prepared, read(t, path+restoringMark)) {
		t.Error("what was prepared was changed")
	}
}
