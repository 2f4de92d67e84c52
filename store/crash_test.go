package store

import (
	"bufio"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// acknowledged runs a child that takes referrals in and gives the numbers it had answered when it was killed: a while after so
// many answers, or after its start where answers is 0.
func acknowledged(t *testing.T, path string, from, answers int, after time.Duration) []int {
	t.Helper()
	cmd := childCommand("stream", path, strconv.Itoa(from))
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) }
	if answers == 0 {
		kill()
	}
	var got []int
	for sc := bufio.NewScanner(out); sc.Scan(); {
		n, err := strconv.Atoi(sc.Text())
		if err != nil {
			break // the kill cut the line
		}
		if got = append(got, n); len(got) == answers {
			kill()
		}
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child ended by itself: %v", err)
	}
	return got
}

func TestKilledAtAnyMoment(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 6
	}
	path := filepath.Join(t.TempDir(), "hw.db")
	next, total := 0, 0
	for round := range rounds {
		// At any moment, and every other time a moment after so many answers: how fast the machine is must not decide what
		// the test proves.
		answers := 0
		if round%2 == 1 {
			answers = 2 + rand.IntN(60)
		}
		got := acknowledged(t, path, next, answers, time.Duration(20+rand.IntN(250))*time.Millisecond)
		s, err := Open(path, testOptions())
		if err != nil {
			if errors.Is(err, ErrMissing) && len(got) == 0 {
				continue
			}
			t.Fatalf("round %d: %v", round, err)
		}
		err = s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
			for _, n := range got {
				id, err := r.EpisodeByPoliceRef(policeRef(n))
				if err != nil {
					return err
				}
				if id == 0 {
					t.Errorf("round %d: %d was acknowledged and is lost", round, n)
				}
			}
			for r, n := r, next; ; n++ { // what was not acknowledged may be there too: begin behind it
				id, err := r.EpisodeByPoliceRef(policeRef(n))
				if err != nil || id == 0 {
					next = n
					return err
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		total += len(got)
		if round%5 == 4 || round == rounds-1 {
			clean(t, s)
		} else {
			_ = s.Close()
		}
		if t.Failed() {
			return
		}
	}
	if total < rounds {
		t.Errorf("only %d acts were acknowledged in %d rounds: the test proves nothing", total, rounds)
	}
	t.Logf("%d acknowledged acts, none lost", total)
}

func policeRef(n int) string {
	s := referral(n)
	i := strings.Index(s, "P-")
	return s[i : i+strings.IndexByte(s[i:], '"')]
}

// The control of the test above: a program that answers before it has committed loses acts in the same way of killing.
func TestKilledControl(t *testing.T) {
	s := fresh(t)
	s.commit = func(tx *bolt.Tx) error { return tx.Rollback() }
	got, err := s.Desk(dee()).Do(ctx, true, act(t, "%s", referral(1)))
	if err != nil || got[0].Refused != nil {
		t.Fatalf("%v %v", got, err)
	}
	_ = s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		if id, _ := r.EpisodeByPoliceRef(policeRef(1)); id != 0 {
			t.Error("the control kept what it never committed")
		}
		return nil
	})
}

func TestCommitOfUnknownOutcome(t *testing.T) {
	failed := errors.New("input/output error")
	for _, kept := range []bool{true, false} {
		s := fresh(t)
		d := s.Desk(dee())
		did(t, d, "%s", referral(1))
		s.commit = func(tx *bolt.Tx) error {
			if kept {
				_ = tx.Commit()
			} else {
				_ = tx.Rollback()
			}
			return failed
		}
		_, err := d.Do(ctx, true, act(t, "%s", referral(2)))
		var unknown *domain.UnknownOutcome
		if !errors.As(err, &unknown) || unknown.Kept != kept || !errors.Is(err, failed) {
			t.Fatalf("kept %v: %v", kept, err)
		}
		s.commit = (*bolt.Tx).Commit
		if err := d.Ask(ctx, func(r domain.Reader) error {
			id, err := r.EpisodeByPoliceRef(policeRef(2))
			if (id != 0) != kept {
				t.Errorf("said kept %v, found %v", kept, id)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		did(t, d, "%s", referral(3)) // it goes on
		clean(t, s)
	}
}

func TestCommitThatCannotBeLookedAt(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	s.commit = func(tx *bolt.Tx) error {
		_ = tx.Rollback()
		_ = os.Truncate(s.path, 100)
		return errors.New("input/output error")
	}
	if _, err := d.Do(ctx, true, act(t, "%s", referral(2))); !errors.Is(err, ErrStopped) {
		t.Fatalf("%v", err)
	}
	if _, err := d.Do(ctx, true, act(t, "%s", referral(2))); !errors.Is(err, ErrStopped) {
		t.Errorf("then: %v", err)
	}
	if err := d.Ask(ctx, func(domain.Reader) error { return nil }); !errors.Is(err, ErrStopped) {
		t.Errorf("ask: %v", err)
	}
}

func TestDiskFull(t *testing.T) {
	s := fresh(t)
	_ = s.Close()
	out, err := childCommand("full", s.path).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s = opens(t, s.path, testOptions())
	clean(t, s)
}

func TestPanickingDecisionHarmsNoOther(t *testing.T) {
	s := fresh(t)
	decide := s.decide
	s.decide = func(w domain.World, e domain.Envelope) (*domain.Outcome, error) {
		if e.ID == "bad" {
			_, _ = w.NextID(domain.KindChild)
			var c *domain.Child
			_ = c.Ref
		}
		return decide(w, e)
	}
	bad := act(t, "%s", referral(2))
	bad.ID = "bad"
	got, err := s.Desk(dee()).Do(ctx, false, act(t, "%s", referral(1)), bad, act(t, "%s", referral(3)))
	if err != nil || len(got) != 3 || got[0].Refused != nil || got[1].Refused == nil || got[2].Refused != nil {
		t.Fatalf("%+v %v", got, err)
	}
	clean(t, s)
}

func TestCancelled(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	stopped, cancel := context.WithCancel(ctx)
	decide := s.decide
	s.decide = func(w domain.World, e domain.Envelope) (*domain.Outcome, error) {
		cancel()
		return decide(w, e)
	}
	if _, err := d.Do(stopped, false, act(t, "%s", referral(1)), act(t, "%s", referral(2))); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	_ = d.Ask(ctx, func(r domain.Reader) error {
		if ids, _ := r.OpenReferrals(); len(ids) != 0 {
			t.Errorf("kept %v", ids)
		}
		return nil
	})
}
