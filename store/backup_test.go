package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

func backups(t testing.TB, d view.Desk) view.Backups {
	t.Helper()
	b, err := d.Backups(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newest is the newest line of the log.
func newest(t testing.TB, s *Store) *view.AuditLine {
	t.Helper()
	page, err := s.Desk(sam()).AuditLog(ctx, view.AuditQuery{Limit: 1})
	if err != nil || len(page.Lines) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	return page.Lines[0]
}

// A backup stands in the log by who took it, before it has its name, and when it was made is kept once it has.
func TestBackupIsRecorded(t *testing.T) {
	s := fresh(t)
	s.frozen = false
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	if b := backups(t, d); !b.Last.IsZero() || b.Made != domain.At(noon()) {
		t.Errorf("before: %+v", b)
	}
	file := filepath.Join(t.TempDir(), "Ana Hall.db")
	c, err := s.Backup(ctx, sam(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(file)
	if err != nil || st.Mode().Perm() != 0o600 || st.Size() != c.Size || c.Lines != 1 || len(c.Sum) != 64 {
		t.Errorf("%+v %v %v", c, st, err)
	}
	l := newest(t, s)
	if l.Act != NoteBackup || l.By != "sam" || l.OSUser != "sam" || !strings.Contains(l.Summary, c.Sum) || strings.Contains(l.Summary, "Ana") {
		t.Errorf("the line: %+v", l)
	}
	if b := backups(t, d); b.Last != domain.At(noon()) {
		t.Errorf("after: %+v", b)
	}
	if err := s.BackedUp(ctx, Copied{At: noon().Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if b := backups(t, d); b.Last != domain.At(noon()) {
		t.Errorf("an older one that ended later counts: %+v", b)
	}
	clean(t, s)
}

// What fails leaves no file and says no backup was made.
func TestBackupThatFails(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	dir := t.TempDir()
	file := filepath.Join(dir, "b.db")
	left := func(what string) {
		t.Helper()
		if all, _ := os.ReadDir(dir); len(all) > 0 {
			t.Errorf("%s leaves %v", what, all)
		}
		if b := backups(t, d); !b.Last.IsZero() {
			t.Errorf("%s counts as a backup: %+v", what, b)
		}
	}
	bad := func(context.Context, string) (CheckReport, error) {
		return CheckReport{Findings: []Finding{{"record", "R1 is spoilt"}}}, nil
	}
	if _, err := s.Backup(ctx, sam(), file, bad); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "R1 is spoilt") {
		t.Errorf("a copy that is not good: %v", err)
	}
	left("a bad copy")
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Backup(stopped, sam(), file, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	left("one that was stopped")
	midway, cancel := context.WithCancel(ctx)
	if _, err := s.Backup(midway, sam(), file, func(context.Context, string) (CheckReport, error) { cancel(); return CheckReport{}, nil }); err == nil {
		t.Error("stopped before it was recorded, and kept")
	}
	left("one that could not be recorded")
	if _, err := s.Backup(ctx, sam(), filepath.Join(dir, "none", "b.db"), nil); err == nil {
		t.Error("no folder")
	}
	if l := newest(t, s); l.Act == NoteBackup {
		t.Errorf("the log speaks of one: %+v", l)
	}
	if err := os.Symlink("nowhere", file); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(ctx, sam(), file, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a link is followed: %v", err)
	}
}

func TestKeeper(t *testing.T) {
	if a := Keeper(settings(), time.Time{}, "dee"); a != dee() {
		t.Errorf("%+v", a)
	}
	a := Keeper(settings(), time.Time{}, "backup")
	if a.OSUser != "backup" || a.Role != "" {
		t.Errorf("%+v", a)
	}
	if _, ok := settings().User(a.Login); ok || strings.Trim(a.Login, "abcdefghijklmnopqrstuvwxyz0123456789._-") == "" {
		t.Errorf("%q could be somebody's login", a.Login)
	}
	s := fresh(t)
	file := filepath.Join(t.TempDir(), "b.db")
	if _, err := s.Backup(ctx, a, file, nil); err != nil {
		t.Fatal(err)
	}
	if l := newest(t, s); l.Act != NoteBackup || l.OSUser != "backup" {
		t.Errorf("%+v", l)
	}
}

// A process that is killed while it copies leaves copies of the whole database: the next to open it takes them away, and
// nothing else.
func TestLeftoverCopiesAreRemoved(t *testing.T) {
	s := fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	_ = s.Close()
	cmd := childCommand("snapshot", s.path)
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.ReadFull(out, make([]byte, 3*len("copied\n")))
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	mine := s.path + ".copy-of-mine"
	if err := os.WriteFile(mine, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if n := len(besideWith(s.path, copyMark)); n < 4 {
		t.Fatalf("%d copies were left: the test proves nothing", n-1)
	}
	o := testOptions()
	o.Mode = Read
	_ = opens(t, s.path, o).Close()
	if n := len(besideWith(s.path, copyMark)); n < 4 {
		t.Error("one who only reads removed them")
	}
	s = opens(t, s.path, testOptions())
	if left := besideWith(s.path, copyMark); len(left) != 1 || left[0] != mine {
		t.Errorf("left: %v", left)
	}
	clean(t, s)
}

// Sixty backups are taken while three thousand changes are written; all restore, check clean, and hold what was durable when
// they began.
func TestBackupsWhileOthersWrite(t *testing.T) {
	n, each := 60, 50
	if testing.Short() {
		n, each = 8, 25
	}
	s := fresh(t)
	d := s.Desk(sam())
	for i := range 20 {
		did(t, d, "%s", referral(i))
	}
	begun, ended := backedUpWhileWriting(t, s, n, each, func(k int, dir string) (Copied, error) {
		return s.Backup(ctx, sam(), filepath.Join(dir, "backup.db"), nil)
	})
	if r, err := s.AuditVerify(ctx); err != nil || len(r.Findings) > 0 || int(r.Lines) != 20+n*each+n {
		t.Errorf("%+v %v", r, err)
	}
	during := 0
	for k := range begun {
		if begun[k].Lines > ended[k].Lines {
			t.Errorf("backup %d holds %d lines, %d were durable when it began", k, ended[k].Lines, begun[k].Lines)
		}
		if ended[k].Sum == "" {
			t.Errorf("backup %d is nameless", k)
		}
		if ended[k].Lines > begun[k].Lines {
			during++
		}
	}
	t.Logf("%d of %d backups hold changes made since they began", during, n)
	clean(t, s)
}

// backedUpWhileWriting takes n backups, during each of which so many changes are written, and restores them. It gives the
// lines there were when each began, and what each held.
func backedUpWhileWriting(t *testing.T, s *Store, n, each int, backUp func(k int, dir string) (Copied, error)) (begun, held []Copied) {
	t.Helper()
	var next, allowed atomic.Int64
	room := sync.NewCond(&sync.Mutex{})
	over := false
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			d := s.Desk(sam())
			for {
				room.L.Lock()
				for next.Load() >= allowed.Load() && !over {
					room.Wait()
				}
				if over && next.Load() >= allowed.Load() {
					room.L.Unlock()
					return
				}
				i := int(next.Add(1))
				room.L.Unlock()
				line := referral(1000 + i)
				if i%5 > 0 {
					line = fmt.Sprintf(`{"act":"referral.note","referral":"R%d","text":"note %d"}`, i%20+1, i)
				}
				if got, err := d.Do(ctx, true, act(t, "%s", line)); err != nil || got[0].Refused != nil {
					t.Error(got, err)
					return
				}
			}
		})
	}
	dirs := make([]string, n)
	for k := range n {
		dirs[k] = t.TempDir()
		if t.Failed() {
			break
		}
		var before Copied
		if err := s.view(ctx, func(x *txn) error {
			m, err := readMetaGuarded(x)
			before.Lines = m.head.count
			return err
		}); err != nil {
			t.Fatal(err)
		}
		room.L.Lock()
		allowed.Add(int64(each))
		room.Broadcast()
		room.L.Unlock()
		c, err := backUp(k, dirs[k])
		if err != nil {
			t.Errorf("backup %d: %v", k, err)
		}
		begun, held = append(begun, before), append(held, c)
	}
	room.L.Lock()
	over = true
	room.Broadcast()
	room.L.Unlock()
	all.Wait()
	for k, dir := range dirs {
		path := filepath.Join(dir, "restored.db")
		// The check of the restored database below is the one that counts.
		trust := func(context.Context, string) (CheckReport, error) { return CheckReport{}, nil }
		r, err := Restore(ctx, filepath.Join(dir, "backup.db"), path, RestoreOptions{Who: sam(), Clock: noon, Frozen: true, Check: trust})
		if err != nil {
			t.Fatalf("backup %d: %v", k, err)
		}
		if r.Copied.Sum != held[k].Sum || r.Lines != held[k].Lines {
			t.Errorf("backup %d: restored %s, made %s", k, r.Copied, held[k])
		}
		report, err := Check(ctx, path, CheckOptions{Settings: settings()})
		if err != nil || len(report.Findings) > 0 || report.Lines != r.Lines+1 {
			t.Fatalf("backup %d: %+v %v", k, report, err)
		}
	}
	return begun, held
}

// The control: a copy of the file as it lies, made while changes are written, is not good, and both the check of a backup and
// a restore say so.
func TestCopyOfTheLiveFileControl(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for i := range 40 {
		did(t, d, "%s", referral(i))
	}
	st, err := os.Stat(exactCopy(t, s)) // the file itself has room to spare at its end
	if err != nil {
		t.Fatal(err)
	}
	live, err := os.Open(s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	file := filepath.Join(t.TempDir(), "cp.db")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	half := st.Size() / 2
	_, err = io.CopyN(out, live, half)
	for i := range 60 {
		did(t, d, "%s", referral(100+i))
	}
	_, err2 := io.Copy(out, live)
	if err := errors.Join(err, err2, out.Close()); err != nil {
		t.Fatal(err)
	}
	bad := func(err error) bool { return errors.Is(err, ErrDamaged) || errors.Is(err, ErrForeign) }
	if err := CheckCopy(ctx, file, nil); !bad(err) {
		t.Errorf("a torn copy passes: %v", err)
	}
	path := filepath.Join(t.TempDir(), "hw.db")
	if _, err := Restore(ctx, file, path, RestoreOptions{Who: sam()}); !bad(err) {
		t.Errorf("a torn copy is restored: %v", err)
	}
	nothing(t, path)
}

// nothing demands that a restore left nothing of a database.
func nothing(t testing.TB, path string) {
	t.Helper()
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) > 0 {
		t.Errorf("left: %v %v", left, err)
	}
}
