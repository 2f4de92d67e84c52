package store

import (
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"homeward/domain/view"
	"homeward/store/keyring"
)

// kills is how often each work is killed, at moments drawn by chance: go test ./store -run KilledAtARandomMoment -args -kills 100.
var kills = flag.Int("kills", 8, "how often each long work is killed")

// longWork is what must be finished when it is asked for again, wherever it was killed.
type longWork struct {
	name  string
	ready func(t *testing.T, dir string) // the files it begins with
	child func(dir string) error         // does it, in a process of its own
	done  func(s *Store) bool            // says that it came to its end
}

func longWorks() []longWork {
	db := func(dir string) string { return filepath.Join(dir, "hw.db") }
	return []longWork{
		{"encrypting", func(t *testing.T, dir string) { copyTo(t, workedOn(t), db(dir)) },
			func(dir string) error {
				ring := keyring.NewRing()
				f := keyring.New(ring)
				for _, n := range []view.NewSlot{{Name: SlotServer, KeyFile: filepath.Join(dir, "key")}, {Name: "ada", Passphrase: testPassphrase}} {
					if err := addSlot(f, ring, n, cheapCost()); err != nil {
						return err
					}
				}
				_, err := Encrypt(ctx, db(dir), testOptions(), f, ring, dee(), nil)
				return err
			}, (*Store).Encrypted},
		{"sealing anew", func(t *testing.T, dir string) { copyTo(t, workedOn(t), db(dir)); encrypted(t, db(dir)) },
			func(dir string) error {
				s, err := Open(db(dir), encryptedOptions())
				if err != nil {
					return err
				}
				return s.Rotate(ctx, dee(), nil)
			}, func(s *Store) bool { return s.ring.Load().Newest() > 1 && !s.Rotating() }},
		{"migrating", func(t *testing.T, dir string) { copyTo(t, older(t, "format4"), db(dir)) },
			func(dir string) error {
				_, err := Open(db(dir), testOptions())
				return err
			}, func(s *Store) bool { return true }},
		{"restoring", func(t *testing.T, dir string) {
			copyTo(t, workedOn(t), db(dir))
			encrypted(t, db(dir))
			s := opens(t, db(dir), encryptedOptions())
			if _, err := s.Backup(ctx, dee(), filepath.Join(dir, "backup"), nil); err != nil {
				t.Fatal(err)
			}
			did(t, s.Desk(dee()), `{"act":"referral.note","referral":"R1","text":"after the backup"}`)
			_ = s.Close()
		},
			func(dir string) error {
				_, err := Restore(ctx, filepath.Join(dir, "backup"), db(dir), RestoreOptions{Replace: true, Who: dee(), Unlock: withPassphrase(testPassphrase)})
				return err
			}, func(s *Store) bool { return strings.Contains(lastWords(s), "restored") }},
	}
}

// workedOn is a database that takes a while to be written anew.
func workedOn(t *testing.T) string {
	t.Helper()
	s := fresh(t)
	planted(t, s, 30)
	d := s.Desk(dee())
	for i := range 300 {
		did(t, d, `{"act":"referral.note","referral":"R%d","text":"note %d"}`, 1+i%30, i)
	}
	_ = s.Close()
	return s.path
}

func copyTo(t *testing.T, from, to string) {
	t.Helper()
	writeFiles(t, to, read(t, from), read(t, headPath(from)))
}

// lastWords are those of the newest lines of the log.
func lastWords(s *Store) string {
	var words []string
	_ = s.view(ctx, func(x *txn) error {
		m, err := readMeta(x.tx, s.knows)
		for seq := m.head.count; err == nil && seq > 0 && seq+3 > m.head.count; seq-- {
			l, _, err := x.line(seq)
			if err != nil || l == nil {
				return err
			}
			words = append(words, l.Summary)
		}
		return err
	})
	return strings.Join(words, "; ")
}

// TestKilledAtARandomMoment kills each work anywhere. Afterwards the database opens, is clean, and says all it said before; and the work
// comes to its end when it is asked for again.
func TestKilledAtARandomMoment(t *testing.T) {
	for i, w := range longWorks() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			first := t.TempDir()
			w.ready(t, first)
			took := timed(t, i, first)
			killed, rounds := 0, *kills
			if testing.Short() {
				rounds = min(rounds, 2)
			}
			for range rounds {
				dir := t.TempDir()
				for _, f := range []string{"hw.db", "hw.db.head", "hw.db.keys", "backup"} {
					if b, err := os.ReadFile(filepath.Join(first, "before", f)); err == nil {
						if err := os.WriteFile(filepath.Join(dir, f), b, 0o600); err != nil {
							t.Fatal(err)
						}
					}
				}
				if killedAfter(t, i, dir, time.Duration(rand.Int64N(int64(took)*11/10+1))) {
					killed++
				}
				sound := stillSound(t, dir)
				cmd := childCommand("long work", strconv.Itoa(i), dir)
				if out, err := cmd.Output(); err != nil && !(w.name == "encrypting" && sound) {
					t.Fatalf("asked again: %v %s", err, out)
				}
				s := opens(t, filepath.Join(dir, "hw.db"), encryptedOptions())
				if !w.done(s) {
					t.Error("it came to no end")
				}
				soundWithKeys(t, s)
				if t.Failed() {
					return
				}
			}
			t.Logf("killed %d times of %d within %s", killed, rounds, took)
		})
	}
}

// timed runs the work once to its end and says how long that takes; what it began with is kept under "before".
func timed(t *testing.T, work int, dir string) time.Duration {
	t.Helper()
	keep := filepath.Join(dir, "before")
	if err := os.Mkdir(keep, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"hw.db", "hw.db.head", "hw.db.keys", "backup"} {
		if b, err := os.ReadFile(filepath.Join(dir, f)); err == nil {
			if err := os.WriteFile(filepath.Join(keep, f), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	began := time.Now()
	if out, err := childCommand("long work", strconv.Itoa(work), dir).Output(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	return time.Since(began)
}

// killedAfter starts the work and kills it, and says whether it was still at it.
func killedAfter(t *testing.T, work int, dir string, after time.Duration) bool {
	t.Helper()
	c, stop := context.WithTimeout(ctx, after)
	defer stop()
	cmd := exec.CommandContext(c, os.Args[0], strconv.Itoa(work), dir)
	cmd.Env = append(os.Environ(), childMode+"=long work")
	return cmd.Run() != nil
}

// stillSound holds that the database can be used as it is, and says whether it is encrypted.
func stillSound(t *testing.T, dir string) bool {
	t.Helper()
	s := opens(t, filepath.Join(dir, "hw.db"), encryptedOptions())
	sealed := s.Encrypted()
	soundWithKeys(t, s)
	return sealed
}

// soundWithKeys closes a store and checks it, with its keys where it has some.
func soundWithKeys(t *testing.T, s *Store) {
	t.Helper()
	if r, err := s.AuditVerify(ctx); err != nil || len(r.Findings) > 0 {
		t.Errorf("%v %v", r, err)
	}
	rings := s.Rings()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err := Check(ctx, s.path, CheckOptions{Settings: s.Settings(), Rings: rings}); err != nil || len(r.Findings) > 0 || r.Sealed {
		t.Errorf("%v %v", r, err)
	}
}
