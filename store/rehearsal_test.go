package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What a rehearsal takes, and what a database that is none.
func TestRehearsals(t *testing.T) {
	at := noon()
	frozen := func(when time.Time) Options {
		return Options{Settings: settings(), Clock: func() time.Time { return when }, Frozen: true}
	}
	going := func(when time.Time) Options {
		return Options{Settings: settings(), Clock: func() time.Time { return when }}
	}
	acts := func(path string, o Options, n int) (string, bool) {
		t.Helper()
		s := opens(t, path, o)
		defer s.Close() //nolint:errcheck // looked at by the next opening
		d := s.Desk(dee())
		p, err := d.Preview(ctx, act(t, "%s", referral(n)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Do(ctx, false, act(t, "%s", referral(n)))
		if err != nil {
			t.Fatal(err)
		}
		if (p.Refused == nil) != (got[0].Refused == nil) {
			t.Errorf("previewed %v, done %v", p.Refused, got[0].Refused)
		}
		if got[0].Refused != nil {
			return got[0].Refused.Message, d.Practice()
		}
		return "", d.Practice()
	}
	path := filepath.Join(t.TempDir(), "rehearsal.db")
	for i, c := range []struct {
		o    Options
		says string
	}{
		{frozen(at), ""},
		{frozen(at.Add(time.Hour)), ""},
		{frozen(at.Add(time.Hour)), ""}, // the same moment again
		{frozen(at), "come to Sun 22 Nov 2026 13:00"},
		{going(at.Add(2 * time.Hour)), ""},
		{going(at.Add(time.Hour)), "nothing is recorded before that"},
	} {
		if said, practice := acts(path, c.o, i+1); !practice || (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("rehearsal, %d: %q, practice %v", i, said, practice)
		}
	}
	path = filepath.Join(t.TempDir(), "real.db")
	for i, c := range []struct {
		o    Options
		says string
	}{
		{going(at), ""},
		{frozen(at.Add(time.Hour)), "no rehearsal"},
		{going(at.Add(-time.Hour)), ""}, // a clock that was set back keeps nobody from working
	} {
		if said, practice := acts(path, c.o, i+1); practice || (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("real, %d: %q, practice %v", i, said, practice)
		}
	}
}

// The mark goes along into a backup, through a restore and through encryption.
func TestARehearsalStaysOne(t *testing.T) {
	s := fresh(t)
	planted(t, s, 1)
	backup := s.path + ".copy"
	if _, err := s.Backup(ctx, dee(), backup, nil); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	encrypted(t, s.path)
	restored := filepath.Join(t.TempDir(), "hw.db")
	if _, err := Restore(ctx, backup, restored, RestoreOptions{Who: dee(), Clock: noon, Frozen: true}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.path, restored} {
		if s := opens(t, path, encryptedOptions()); !s.Practice() || s.Encrypted() == (path == restored) {
			t.Errorf("%s: practice %v, encrypted %v", path, s.Practice(), s.Encrypted())
		}
	}
}
