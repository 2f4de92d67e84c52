package store

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// full is a closed database with some records in it.
func full(t testing.TB, n int) string {
	t.Helper()
	s := fresh(t)
	d := s.Desk(dee())
	for i := range n {
		did(t, d, "%s", referral(i+1))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.path
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRefusesWhatIsNoDatabase(t *testing.T) {
	exact := exactCopy(t, opens(t, full(t, 30), testOptions())) // the file itself has room to spare at its end
	good := read(t, exact)
	spoilt := func(f func(b []byte)) []byte {
		b := append([]byte(nil), good...)
		f(b)
		return b
	}
	other := filepath.Join(t.TempDir(), "other.db")
	db, err := bolt.Open(other, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err })
	_ = db.Close()
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"empty":        {nil, ErrDamaged},
		"text":         {[]byte("police_ref,missing_at\nP-1,2026-01-01\n"), ErrForeign},
		"long text":    {[]byte(strings.Repeat("police_ref,missing_at\n", 5000)), ErrForeign},
		"zeros":        {make([]byte, 1<<16), ErrForeign},
		"sqlite":       {append([]byte("SQLite format 3\x00"), make([]byte, 8192)...), ErrForeign},
		"other bolt":   {read(t, other), ErrForeign},
		"cut to 100":   {good[:100], ErrDamaged},
		"cut to 4096":  {good[:4096], ErrDamaged},
		"one page":     {good[:newPageSize], ErrDamaged},
		"cut to 12288": {good[:12288], ErrDamaged},
		"cut by half":  {good[:len(good)/2], ErrDamaged},
		"cut a page":   {good[:len(good)-newPageSize], ErrDamaged},
		"first header": {spoilt(func(b []byte) { b[16+50] ^= 1 }), ErrDamaged},
		"second":       {spoilt(func(b []byte) { b[newPageSize+16+50] ^= 1 }), ErrDamaged},
		"both":         {spoilt(func(b []byte) { b[16+50] ^= 1; b[newPageSize+16+50] ^= 1 }), ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hw.db")
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, mode := range []Mode{Write, Read} {
				o := testOptions()
				o.Mode = mode
				s, err := Open(path, o)
				if !errors.Is(err, c.want) {
					t.Errorf("mode %d: %v, want %v", mode, err, c.want)
				}
				if s != nil {
					_ = s.Close()
				}
			}
			if got := read(t, path); string(got) != string(c.content) {
				t.Error("the file was changed")
			}
			if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
				t.Errorf("left behind: %v", names)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hw.db")
	o := testOptions()
	o.Mode = Read
	if _, err := Open(path, o); !errors.Is(err, ErrMissing) {
		t.Errorf("read: %v", err)
	}
	o.Mode, o.MustExist = Write, true
	if _, err := Open(path, o); !errors.Is(err, ErrMissing) {
		t.Errorf("must exist: %v", err)
	}
	if _, err := Check(ctx, path, CheckOptions{}); !errors.Is(err, ErrMissing) {
		t.Errorf("check: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it was created")
	}
	lost := full(t, 1)
	if err := os.Remove(lost); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(lost, testOptions()); !errors.Is(err, ErrMislaid) {
		t.Errorf("with an audit head: %v", err)
	}
	if _, err := os.Stat(lost); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it was created")
	}
}

func TestFilesAreOurs(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	dir := filepath.Join(t.TempDir(), "share", "homeward")
	path := filepath.Join(dir, "hw.db")
	s := opens(t, path, testOptions())
	did(t, s.Desk(dee()), "%s", referral(1))
	if _, err := s.Backup(ctx, sam(), filepath.Join(dir, "copy.db"), nil); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	for p, want := range map[string]fs.FileMode{
		filepath.Dir(dir): 0o700, dir: 0o700, path: 0o600, path + ".head": 0o600, filepath.Join(dir, "copy.db"): 0o600,
	} {
		info, err := os.Stat(p)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", p, info.Mode(), err)
		}
	}
	if names, _ := os.ReadDir(dir); len(names) != 3 {
		t.Errorf("left behind: %v", names)
	}
}

func TestFolderIsLeftAsItIs(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	opens(t, filepath.Join(dir, "hw.db"), testOptions())
	if info, _ := os.Stat(dir); info.Mode().Perm() != 0o755 {
		t.Errorf("folder is %v", info.Mode())
	}
}

func TestNoPermission(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("the administrator may write everywhere")
	}
	path := full(t, 1)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, testOptions()); !errors.Is(err, ErrNoPermission) {
		t.Errorf("%v", err)
	}
}

func TestHeldByAnother(t *testing.T) {
	path := full(t, 3)
	cmd := childCommand("hold", path)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer in.Close()
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("child said %q", line)
	}
	held := func(what string, f func() error) {
		t.Helper()
		began := time.Now()
		err := f()
		var p *Problem
		if !errors.Is(err, ErrHeld) || !errors.As(err, &p) {
			t.Errorf("%s: %v", what, err)
			return
		}
		if p.PID != cmd.Process.Pid || !strings.Contains(err.Error(), fmt.Sprint(cmd.Process.Pid)) {
			t.Errorf("%s names process %d, it is %d: %v", what, p.PID, cmd.Process.Pid, err)
		}
		if d := time.Since(began); d > 3*time.Second {
			t.Errorf("%s waited %s", what, d)
		}
	}
	held("write", func() error { _, err := Open(path, testOptions()); return err })
	o := testOptions()
	o.Mode = Read
	held("read", func() error { _, err := Open(path, o); return err })
	held("check", func() error { _, err := Check(ctx, path, CheckOptions{Wait: 100 * time.Millisecond}); return err })
	// Once it lets go, who waited gets it.
	time.AfterFunc(200*time.Millisecond, func() { _ = in.Close() })
	s, err := Open(path, testOptions())
	if err != nil {
		t.Fatalf("after it let go: %v", err)
	}
	_ = s.Close()
}

func TestNewerAndOlder(t *testing.T) {
	path := full(t, 2)
	o := testOptions()
	next := fileFormat + 1
	o.knows, o.migrations = versions{next, recordSchema}, []migration{{next, "a bucket more", func(t *txn) error {
		_, err := t.tx.CreateBucket([]byte("more"))
		return err
	}}}
	o.Mode = Read
	if _, err := Open(path, o); !errors.Is(err, ErrOlder) {
		t.Errorf("older, to read: %v", err)
	}
	before := read(t, path)
	bad := o
	bad.Mode, bad.migrations = Write, []migration{{next, "falls over", func(t *txn) error {
		_, _ = t.tx.CreateBucket([]byte("more"))
		panic("half-way")
	}}}
	if _, err := Open(path, bad); err == nil {
		t.Error("a migration that falls over is no error")
	}
	if string(read(t, path)) != string(before) {
		t.Error("a failed migration left a trace")
	}
	backup := fmt.Sprintf("%s.before-%d", path, next)
	_ = os.Remove(backup)

	o.Mode = Write
	s := opens(t, path, o)
	if len(s.Notices()) != 1 {
		t.Errorf("notices: %q", s.Notices())
	}
	did(t, s.Desk(dee()), "%s", referral(9))
	_ = s.Close()
	if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("backup: %v %v", info, err)
	}
	old := opens(t, backup, func() Options { o := testOptions(); o.Mode = Read; return o }())
	_ = old.Close()

	for _, mode := range []Mode{Read, Write} {
		now := testOptions()
		now.Mode = mode
		before := read(t, path)
		if _, err := Open(path, now); !errors.Is(err, ErrNewer) {
			t.Errorf("newer: %v", err)
		}
		if string(read(t, path)) != string(before) {
			t.Error("a newer file was changed")
		}
	}
}

func TestBackupWhileInUse(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 2; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			e, _ := d.Do(ctx, true, act(t, "%s", referral(i)))
			_ = e
		}
	}()
	for i := range 5 {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("copy%d.db", i))
		if _, err := s.Backup(ctx, sam(), file, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Backup(ctx, sam(), file, nil); !errors.Is(err, fs.ErrExist) {
			t.Errorf("over an existing file: %v", err)
		}
		r, err := Check(ctx, file, CheckOptions{NoHead: true, Settings: settings()})
		if err != nil || len(r.Findings) > 0 {
			t.Fatalf("%v %v", err, r.Findings)
		}
	}
	close(stop)
	<-done
	clean(t, s)
}

func writeFiles(t testing.TB, path string, file, head []byte) {
	t.Helper()
	if err := errors.Join(os.WriteFile(path, file, 0o600), os.WriteFile(path+".head", head, 0o600)); err != nil {
		t.Fatal(err)
	}
}
