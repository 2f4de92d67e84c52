package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"homeward/domain"
)

// The test program runs itself as a child for what must happen in another process.
const childMode = "HOMEWARD_STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		os.Exit(child(mode, os.Args[1:]))
	}
	os.Exit(m.Run())
}

func childCommand(mode string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childMode+"="+mode)
	cmd.Stderr = os.Stderr
	return cmd
}

func child(mode string, args []string) int {
	switch mode {
	case "long work": // one of longWorks, by its place, in a folder
		n, err := strconv.Atoi(args[0])
		if err == nil {
			err = longWorks()[n].child(args[1])
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	case "hold": // opens the database and holds it until its input ends
		s, err := Open(args[0], testOptions())
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println("held")
		_, _ = io.ReadAll(os.Stdin)
		_ = s.Close()
		return 0
	case "stream":
		return childStream(args[0], args[1])
	case "use":
		return childUse(args[0])
	case "full":
		return childFull(args[0])
	case "check":
		rings, err := readRings(os.Stdin)
		if err == nil {
			err = CheckToPipe(context.Background(), os.Stdout, args[0], CheckOptions{Settings: settings(), Rings: rings})
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	case "restore":
		return childRestore(args[0], args[1], args[2], args[3] == "true")
	case "full copy":
		return childFullCopy(args[0], args[1], args[2])
	case "snapshot": // makes copies for ever
		s, err := Open(args[0], testOptions())
		for err == nil {
			_, _, err = s.Snapshot(ctx)
			fmt.Println("copied")
		}
		fmt.Fprintln(os.Stderr, err)
	case "hang":
		time.Sleep(time.Hour)
	case "crash":
		panic("as bbolt would")
	}
	return 1
}

// childStream takes in new referrals for ever, and prints each one's number once it is answered.
func childStream(path, from string) int {
	n, _ := strconv.Atoi(from)
	s, err := Open(path, testOptions())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	d := s.Desk(dee())
	for {
		size := 1 + n%7
		acts := make([]domain.Envelope, 0, size)
		for i := range size {
			e, err := domain.ParseAct([]byte(referral(n + i)))
			if err != nil {
				return 1
			}
			e.ID = fmt.Sprintf("act-%d", n+i)
			acts = append(acts, e)
		}
		got, err := d.Do(ctx, true, acts...)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		for i, a := range got {
			if a.Refused != nil {
				fmt.Fprintln(os.Stderr, a.Refused)
				return 1
			}
			if _, err := os.Stdout.WriteString(fmt.Sprintf("%d\n", n+i)); err != nil {
				return 1
			}
		}
		n += size
	}
}

// childFullCopy copies a database, backs it up and restores it where there is no room.
func childFullCopy(path, backup, dir string) int {
	signal.Ignore(syscall.SIGXFSZ)
	s, err := Open(path, testOptions())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 100 << 10, Max: 100 << 10}); err != nil {
		return 1
	}
	_, err = s.Backup(ctx, sam(), filepath.Join(dir, "b.db"), nil)
	_, _, err2 := s.Snapshot(ctx)
	_, err3 := Restore(ctx, backup, filepath.Join(dir, "hw.db"), RestoreOptions{Who: sam()})
	for _, err := range []error{err, err2, err3} {
		if !errors.Is(err, ErrDiskFull) {
			fmt.Println("not said to be full:", err)
			return 1
		}
	}
	if err := s.Close(); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// childRestore restores, and kills itself behind a step.
func childRestore(backup, path, step string, replace bool) int {
	_, err := Restore(ctx, backup, path, RestoreOptions{Who: sam(), Replace: replace, Clock: noon, step: func(done string) {
		fmt.Println(done)
		if done == step {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// childUse opens a database both ways, reads all of it and writes to it. It ends with 0 when all went well, with 5 when
// something was reported; anything else is a crash.
func childUse(path string) int {
	for _, mode := range []Mode{Read, Write} {
		o := encryptedOptions()
		o.Mode, o.MustExist = mode, true
		if err := useAll(path, o); err != nil {
			fmt.Println(err)
			if errors.Is(err, ErrDamaged) || errors.Is(err, ErrForeign) || errors.Is(err, ErrNewer) {
				return 5
			}
			return 4
		}
	}
	return 0
}

func useAll(path string, o Options) error {
	s, err := Open(path, o)
	if err != nil {
		return err
	}
	defer s.Close()
	if len(s.Notices()) > 0 {
		return fmt.Errorf("%w: %s", ErrDamaged, s.Notices()[0])
	}
	d := s.Desk(dee())
	err = d.Ask(ctx, func(r domain.Reader) error {
		for n := uint64(1); n <= 40; n++ {
			if _, err := r.Child(domain.NewID(domain.KindChild, n)); err != nil {
				return err
			}
			if _, err := r.EpisodesOf(domain.NewID(domain.KindChild, n)); err != nil {
				return err
			}
			if _, err := r.Referral(domain.NewID(domain.KindReferral, n)); err != nil {
				return err
			}
			if _, err := r.ChangesTo(domain.NewID(domain.KindChild, n)); err != nil {
				return err
			}
		}
		for _, list := range []func() ([]domain.ID, error){r.OpenEpisodes, r.OpenReferrals, r.LookAgains, r.OpenFollowUps} {
			if _, err := list(); err != nil {
				return err
			}
		}
		_, err := r.Find("hall", 100)
		return err
	})
	if err != nil || o.Mode == Read {
		return err
	}
	e, err := domain.ParseAct([]byte(referral(77777)))
	if err != nil {
		return err
	}
	got, err := d.Do(ctx, true, e)
	if err != nil {
		return err
	}
	if got[0].Refused != nil {
		return fmt.Errorf("%w: %v", ErrDamaged, got[0].Refused)
	}
	return s.Close()
}

// childFull writes until a limit on the file's size stops it, as a full disk would, and says what came of it.
func childFull(path string) int {
	signal.Ignore(syscall.SIGXFSZ)
	s, err := Open(path, testOptions())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	info, err := os.Stat(path)
	if err != nil {
		return 1
	}
	limit := syscall.Rlimit{Cur: uint64(info.Size()) + 3<<20, Max: uint64(info.Size()) + 3<<20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return 1
	}
	d := s.Desk(dee())
	kept := 0
	for n := 0; n < 100_000; n += 50 {
		acts := make([]domain.Envelope, 0, 50)
		for i := range 50 {
			e, _ := domain.ParseAct([]byte(referral(n + i)))
			acts = append(acts, e)
		}
		got, err := d.Do(ctx, true, acts...)
		if err != nil {
			if !errors.Is(err, ErrDiskFull) {
				fmt.Println("not said to be full:", err)
				return 1
			}
			// It goes on: questions are answered, and there is no more than was acknowledged.
			err = d.Ask(ctx, func(r domain.Reader) error {
				ids, err := r.OpenReferrals()
				if len(ids) != kept {
					return fmt.Errorf("%d referrals, %d were acknowledged", len(ids), kept)
				}
				return err
			})
			if err != nil {
				fmt.Println(err)
				return 1
			}
			_ = s.Close()
			return 0
		}
		kept += len(got)
	}
	fmt.Println("the limit was never reached")
	return 1
}
