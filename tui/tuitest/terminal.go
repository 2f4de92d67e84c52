package tuitest

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a real program may take to show something: generous, because the machine may be doing other things.
const patience = 60 * time.Second

// Terminal is a real program in a terminal of its own, looked at as a person would: the OpenSSH client, say.
type Terminal struct {
	t   testing.TB
	cmd *exec.Cmd
	tty *os.File

	mu    sync.Mutex
	e     *vt.Emulator
	w, h  int
	bytes int
	ended chan struct{}
}

// Open starts a program in a terminal of w by h. It ends with the test.
func Open(t testing.TB, w, h int, cmd *exec.Cmd) *Terminal {
	t.Helper()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		t.Fatal(err)
	}
	x := &Terminal{t: t, cmd: cmd, tty: tty, e: vt.NewEmulator(w, h), w: w, h: h, ended: make(chan struct{})}
	go func() { _, _ = io.Copy(tty, x.e) }() // what a terminal answers by itself
	go func() {
		defer close(x.ended)
		b := make([]byte, 32<<10)
		for {
			n, err := tty.Read(b)
			x.mu.Lock()
			_, _ = x.e.Write(b[:n])
			x.bytes += n
			x.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_, _ = cmd.Process.Wait()
		_ = tty.Close()
		<-x.ended // the emulator itself is left as it is: its Close races with its own Read
	})
	return x
}

// Keys sends what a keyboard sends.
func (x *Terminal) Keys(s string) *Terminal {
	x.t.Helper()
	if _, err := io.WriteString(x.tty, s); err != nil {
		x.t.Fatalf("typing %q: %v", s, err)
	}
	return x
}

// Text is what the terminal shows.
func (x *Terminal) Text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return cells(x.w, x.h, func(c, r int) *uv.Cell { return x.e.CellAt(c, r) })
}

// Bytes is how much was sent to it.
func (x *Terminal) Bytes() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.bytes
}

// Sees waits until every text stands on the screen.
func (x *Terminal) Sees(texts ...string) *Terminal {
	x.t.Helper()
	return x.until(func(screen string) string {
		for _, s := range texts {
			if !strings.Contains(screen, s) {
				return s + " does not come"
			}
		}
		return ""
	})
}

// SeesNo waits until none of the texts stands on the screen.
func (x *Terminal) SeesNo(texts ...string) *Terminal {
	x.t.Helper()
	return x.until(func(screen string) string {
		for _, s := range texts {
			if strings.Contains(screen, s) {
				return s + " does not go"
			}
		}
		return ""
	})
}

func (x *Terminal) until(wrong func(screen string) string) *Terminal {
	x.t.Helper()
	why := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if why = wrong(x.Text()); why == "" {
			return x
		}
	}
	x.t.Fatalf("%s:\n%s", why, x.Text())
	return x
}

// Resize changes the window.
func (x *Terminal) Resize(w, h int) *Terminal {
	x.t.Helper()
	x.mu.Lock()
	x.w, x.h = w, h
	x.e.Resize(w, h)
	x.mu.Unlock()
	if err := pty.Setsize(x.tty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		x.t.Fatal(err)
	}
	return x
}

// Signal sends a signal to the program: SIGSTOP makes it a machine that fell asleep.
func (x *Terminal) Signal(sig os.Signal) *Terminal {
	x.t.Helper()
	if err := x.cmd.Process.Signal(sig); err != nil {
		x.t.Fatal(err)
	}
	return x
}

// Ends waits for the program's end and gives its exit status, -1 where a signal ended it.
func (x *Terminal) Ends() int {
	x.t.Helper()
	select {
	case <-x.ended:
	case <-time.After(patience):
		x.t.Fatalf("the program does not end:\n%s", x.Text())
	}
	_ = x.cmd.Wait()
	return x.cmd.ProcessState.ExitCode()
}
