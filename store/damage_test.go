package store

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/store/keyring"
)

// sound is a file for spoiling, as small as it can be, with its head.
func sound(t *testing.T) (file, head []byte) {
	t.Helper()
	s := fresh(t)
	d := s.Desk(dee())
	for i := range 400 { // enough that most of the file is in use: a flip in an empty page proves nothing
		a := did(t, d, "%s", referral(i+1))
		if i%3 == 0 {
			ref := kind(t, a, domain.KindReferral)
			did(t, d, `{"act":"contact.log","referral":"%s","way":"call","with":"child","result":"no_answer","id":"c-%d"}`, ref, i)
		}
	}
	exact := exactCopy(t, s)
	_ = s.Close()
	return read(t, exact), read(t, s.path+".head")
}

// TestSpoiltAnywhere flips bytes all over the file. Whoever uses it then must end by itself, and not in a crash; and when
// neither the use nor the check reports anything, then everything must still be there.
func TestSpoiltAnywhere(t *testing.T) {
	file, head := sound(t)
	t.Run("plain", func(t *testing.T) { spoiltAnywhere(t, file, head, nil, nil) })
	path := filepath.Join(t.TempDir(), "hw.db")
	writeFiles(t, path, file, head)
	encrypted(t, path)
	s := opens(t, path, encryptedOptions())
	rings := s.Rings()
	exact := exactCopy(t, s)
	_ = s.Close()
	t.Run("encrypted", func(t *testing.T) {
		spoiltAnywhere(t, read(t, exact), read(t, headPath(path)), read(t, KeysPath(path)), rings)
	})
}

// flips is how many files are spoilt: go test ./store -run SpoiltAnywhere -args -flips 2500.
var flips = flag.Int("flips", 150, "how many files are spoilt")

func spoiltAnywhere(t *testing.T, file, head, keys []byte, rings []*keyring.Ring) {
	rounds := *flips
	if testing.Short() {
		rounds = 30
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(childMode, "check")
	var reported, unharmed, next atomic.Int64
	var wg sync.WaitGroup
	dir := t.TempDir()
	for range 4 {
		wg.Go(func() {
			for {
				round := int(next.Add(1))
				if round > rounds {
					return
				}
				r := rand.New(rand.NewPCG(7, uint64(round)))
				b := append([]byte(nil), file...)
				what := spoil(r, b, round)
				path := filepath.Join(dir, fmt.Sprintf("%d.db", round))
				_ = os.WriteFile(path, b, 0o600)
				_ = os.WriteFile(path+".head", head, 0o600)
				if keys != nil {
					_ = os.WriteFile(path+".keys", keys, 0o600)
				}

				report, err := CheckInChild(ctx, self, []string{path}, 20*time.Second, rings)
				if err != nil && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrNewer) {
					t.Errorf("round %d (%s): check: %v", round, what, err)
				}
				found := err != nil || len(report.Findings) > 0
				for _, f := range report.Findings {
					if strings.Contains(f.Text, "crash") || strings.Contains(f.Text, "did not end") {
						t.Logf("round %d (%s): %s", round, what, f)
					}
				}

				use, cancel := context.WithTimeout(ctx, 20*time.Second)
				cmd := exec.CommandContext(use, self, path)
				cmd.Env = append(os.Environ(), childMode+"=use")
				out, err := cmd.CombinedOutput()
				cancel()
				var exit *exec.ExitError
				switch {
				case err == nil:
					if !found {
						unharmed.Add(1)
						if got := contents(t, path); got != len(file) && got == 0 {
							t.Errorf("round %d (%s): nothing reported, nothing there", round, what)
						}
					} else {
						reported.Add(1)
					}
				case errors.As(err, &exit) && exit.ExitCode() == 5:
					reported.Add(1)
					if !found {
						t.Errorf("round %d (%s): using it met damage that the check did not find: %s", round, what, out)
					}
				default:
					t.Errorf("round %d (%s): using it ended with %v: %.1500s", round, what, err, out)
				}
				_ = os.Remove(path)
			}
		})
	}
	wg.Wait()
	t.Logf("%d reported, %d in bytes that nothing uses", reported.Load(), unharmed.Load())
	if reported.Load() < int64(rounds)/4 {
		t.Errorf("only %d of %d were reported", reported.Load(), rounds)
	}
}

// spoil changes a bit, a byte, a run of bytes or a page.
func spoil(r *rand.Rand, b []byte, round int) string {
	at := r.IntN(len(b))
	if round%5 == 0 {
		at = r.IntN(2 * newPageSize) // the headers
	}
	if round%5 == 1 {
		at = at/newPageSize*newPageSize + r.IntN(64) // the head of a page
	}
	switch round % 4 {
	case 0:
		b[at] ^= 1 << r.IntN(8)
		return fmt.Sprintf("a bit at %d", at)
	case 1:
		b[at] = byte(r.IntN(256))
		return fmt.Sprintf("a byte at %d", at)
	case 2:
		for i := at; i < len(b) && i < at+16; i++ {
			b[i] = byte(r.IntN(256))
		}
		return fmt.Sprintf("16 bytes at %d", at)
	}
	from, to := at/newPageSize*newPageSize, r.IntN(len(b)/newPageSize)*newPageSize
	copy(b[to:to+newPageSize], b[from:from+newPageSize])
	return fmt.Sprintf("page %d over page %d", from/newPageSize, to/newPageSize)
}

// contents counts the children a reader sees.
func contents(t *testing.T, path string) (n int) {
	o := encryptedOptions()
	o.Mode = Read
	s, err := Open(path, o)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer s.Close()
	_ = s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		for i := uint64(1); ; i++ {
			if c, err := r.Child(domain.NewID(domain.KindChild, i)); c == nil || err != nil {
				return err
			}
			n++
		}
	})
	return n
}

func TestCheckInChild(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := full(t, 3)
	run := func(mode string, limit time.Duration) (CheckReport, error) {
		t.Setenv(childMode, mode)
		return CheckInChild(ctx, self, []string{path}, limit, nil)
	}
	r, err := run("check", time.Minute)
	if err != nil || len(r.Findings) != 0 || r.Lines != 3 || r.Records["children"] != 3 {
		t.Errorf("%+v %v", r, err)
	}
	for _, mode := range []string{"hang", "crash"} {
		r, err = run(mode, 500*time.Millisecond)
		if err != nil || len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Text, "damaged") {
			t.Errorf("%s: %+v %v", mode, r, err)
		}
	}
	s := opens(t, path, testOptions())
	r, err = run("check", time.Minute)
	var p *Problem
	if !errors.Is(err, ErrHeld) || !errors.As(err, &p) || p.PID != os.Getpid() {
		t.Errorf("held: %+v %v", r, err)
	}
	_ = s.Close()
	if _, err := CheckInChild(ctx, filepath.Join(t.TempDir(), "nothing"), nil, time.Second, nil); err == nil {
		t.Error("a program that is not there")
	}
}

// Damage met while the database is open becomes an error for who met it, also when the question drops the error.
func TestDamageWhileOpen(t *testing.T) {
	s := fresh(t)
	a := did(t, s.Desk(dee()), "%s", referral(1))
	_ = s.Close()
	id := kind(t, a, domain.KindChild)
	tampered(t, s.path, func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(inChildren.name()))
		v := append([]byte(nil), b.Get(idKey(id))...)
		v[20] ^= 1
		return b.Put(idKey(id), v)
	})
	s = opens(t, s.path, testOptions())
	d := s.Desk(dee())
	err := d.Ask(ctx, func(r domain.Reader) error {
		_, _ = r.Child(id)
		return nil
	})
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "restore from backup") {
		t.Errorf("ask: %v", err)
	}
	if _, err := d.Do(ctx, false, act(t, `{"act":"child.edit","child_ref":"C1","known_as":"An"}`)); !errors.Is(err, ErrDamaged) {
		t.Errorf("do: %v", err)
	}
	// A file cut under our feet faults; that too is an error.
	if err := os.Truncate(s.path, 8192); err != nil {
		t.Fatal(err)
	}
	err = d.Ask(ctx, func(r domain.Reader) error {
		_, err := r.OpenReferrals()
		return err
	})
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("cut: %v", err)
	}
	if _, err := d.Do(ctx, false, act(t, "%s", referral(5))); !errors.Is(err, ErrDamaged) {
		t.Errorf("do on a cut file: %v", err)
	}
}
