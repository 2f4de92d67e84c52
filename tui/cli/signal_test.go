package cli_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A named pipe that nobody writes to is given up, too.
func TestASignalEndsWhoWaitsForAPipe(t *testing.T) {
	t.Parallel()
	for _, c := range []string{"import", "do"} {
		d := newDesk(t)
		pipe := filepath.Join(t.TempDir(), "pipe")
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		cmd := d.command(ctx, c, pipe)
		var errOut bytes.Buffer
		cmd.Stderr = &errOut
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond)
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if ctx.Err() != nil || cmd.ProcessState.ExitCode() != 1 || strings.Contains(errOut.String(), "panic") {
			t.Errorf("%s: status %d: %s", c, cmd.ProcessState.ExitCode(), &errOut)
		}
		cancel()
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
			var out, errOut bytes.Buffer
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
			time.Sleep(300 * time.Millisecond)
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
