package store

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain/view"
)

// A file that is removed or replaced while it is served takes no act: each is refused with what to do, nothing calls it sound,
// screens hear of it, what is left can be saved, and put back it goes on.
func TestTheFileIsGone(t *testing.T) {
	for name, take := range map[string]func(v *Served) error{
		"removed":  func(v *Served) error { return os.Remove(v.Path()) },
		"moved":    func(v *Served) error { return os.Rename(v.Path(), v.Path()+".away") },
		"replaced": func(v *Served) error { return os.Rename(exactCopy(t, v.Store), v.Path()) },
		"a folder": func(v *Served) error {
			return errors.Join(os.Rename(v.Path(), v.Path()+".away"), os.Mkdir(v.Path(), 0o700))
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := serving(t)
			d := v.Desk(dee())
			did(t, d, "%s", referral(1))
			events, stop := d.Watch()
			defer stop()
			if err := take(v); err != nil {
				t.Fatal(err)
			}
			_, err := d.Do(ctx, true, act(t, "%s", referral(2)))
			if !errors.Is(err, ErrGone) || !strings.Contains(err.Error(), "Move it back") || d.Trouble() == "" {
				t.Errorf("%v, %q", err, d.Trouble())
			}
			if e := <-events; e.Act != view.EventResync {
				t.Errorf("%+v", e)
			}
			found, err := v.Check(ctx)
			if err != nil || len(found.Findings) != 1 {
				t.Errorf("%v, %v", found, err)
			}
			if found, err = v.VerifyAudit(ctx); err != nil || len(found.Findings) == 0 {
				t.Errorf("%v, %v", found, err)
			}
			if st, err := d.State(ctx); err != nil || len(st.Queue.Rows) != 1 {
				t.Errorf("what is open can be read: %v", err)
			}
			saved := filepath.Join(t.TempDir(), "saved.db")
			if _, err := v.Backup(ctx, dee(), saved, nil); err != nil {
				t.Fatal(err)
			}
			if r, err := Check(ctx, saved, CheckOptions{NoHead: true}); err != nil || len(r.Findings) > 0 {
				t.Errorf("%+v, %v", r, err)
			}
			if name != "moved" {
				return
			}
			if err := os.Rename(v.Path()+".away", v.Path()); err != nil {
				t.Fatal(err)
			}
			did(t, d, "%s", referral(2))
			if d.Trouble() != "" {
				t.Error(d.Trouble())
			}
		})
	}
}

// A database in the place of one that was open keeps its own audit head.
func TestTheHeadOfAnotherFileStays(t *testing.T) {
	s, other := fresh(t), fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	did(t, other.Desk(dee()), "%s", referral(1))
	did(t, other.Desk(dee()), "%s", referral(2))
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	did(t, s.Desk(dee()), "%s", referral(3)) // the head has yet to be written
	for _, side := range []string{"", ".head"} {
		if err := os.Rename(other.path+side, s.path+side); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	opens(t, s.path, testOptions())
}

// The server's log says what keeps acts from being kept, once in a while, and when that is over.
func TestTheLogHearsOfTrouble(t *testing.T) {
	v := serving(t)
	log := &strings.Builder{}
	m := &minder{log: slog.New(slog.NewTextHandler(log, nil)), last: map[error]time.Time{}}
	tell := m.tell
	v.trouble.Store(&tell)
	v.commit = func(tx *bolt.Tx) error { _ = tx.Rollback(); return syscall.ENOSPC }
	for i := range 3 {
		if _, err := v.Desk(dee()).Do(ctx, true, act(t, "%s", referral(i))); !errors.Is(err, ErrDiskFull) {
			t.Fatal(err)
		}
	}
	if strings.Count(log.String(), "the disk is full") != 1 || strings.Contains(log.String(), "Ada") {
		t.Error(log)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := v.Desk(dee()).Do(stopped, true, act(t, "%s", referral(4))); err == nil || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("a person who gave up is no trouble: %v, %s", err, log)
	}
	if err := os.Rename(v.Path(), v.Path()+".away"); err != nil {
		t.Fatal(err)
	}
	said := &said{}
	minding, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { v.Mind(minding, slog.New(slog.NewTextHandler(said, nil))); close(done) }()
	for !strings.Contains(said.text(), "removed or moved away") {
		time.Sleep(time.Millisecond)
	}
	end()
	<-done
}

// said is a log that is read while it is written.
type said struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *said) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
