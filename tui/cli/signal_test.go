package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"homeward/tui/tuitest"
)

// A named pipe that nobody writes to is given up, too.
func TestASignalEndsWhoWaitsForAPipe(t *testing.T) {
	t.Parallel()
	for _, c := range []string{"import", "do"} {
		for rest := 300 * time.Millisecond; ; rest *= 4 {
			d := newDesk(t)
			pipe := filepath.Join(t.TempDir(), "pipe")
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
			cmd := d.command(ctx, c, pipe)
			var errOut tuitest.Output
			cmd.Stderr = &errOut
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(rest)
			if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			over := ctx.Err()
			cancel()
			if over == nil && cmd.ProcessState.ExitCode() < 0 && rest < 10*time.Second {
				continue // it had not begun to listen to signals: a slow machine
			}
			if over != nil || cmd.ProcessState.ExitCode() != 1 || strings.Contains(errOut.String(), "panic") {
				t.Errorf("%s: status %d: %s", c, cmd.ProcessState.ExitCode(), errOut.String())
			}
			break
		}
	}
}

// Whoever is told to end while nothing comes ends, and lets the database go.
func TestASignalEndsWhoWaitsForInput(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args  []string
		first string
	}{{[]string{"do"}, adaIsBack + "\n"}, {[]string{"import", "-"}, rows}, {[]string{"import", "-"}, "police_ref,"}} {
		for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			d := newDesk(t)
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
			cmd := d.command(ctx, c.args...)
			var out, errOut tuitest.Output
			cmd.Stdout, cmd.Stderr = &out, &errOut
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := in.Write([]byte(c.first)); err != nil {
				t.Fatal(err)
			}
			// It waits for more once there is a database, and what was sent has its answer.
			waits := func() bool {
				_, err := os.Stat(d.db)
				return err == nil && (c.args[0] != "do" || strings.Contains(out.String(), "\n"))
			}
			for !waits() && ctx.Err() == nil {
				time.Sleep(10 * time.Millisecond)
			}
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if ctx.Err() != nil {
				t.Fatalf("%v waits on after %v", c.args, sig)
			}
			if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(errOut.String(), "stopped before the end") {
				t.Errorf("%v after %v: status %d\n%s%s", c.args, sig, cmd.ProcessState.ExitCode(), out.String(), errOut.String())
			}
			cancel()
			_ = in.Close()
			d.sound()
			if n := len(d.list("queue")); c.args[0] == "do" && (n != 1 || !strings.Contains(out.String(), `"ok":true`)) {
				t.Errorf("what was answered is kept: %d, %s", n, out.String())
			}
		}
	}
}
