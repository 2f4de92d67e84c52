package tuitest

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"homeward/tui/frame"
)

// Screen is a terminal that shows what it is sent.
type Screen struct {
	e    *vt.Emulator
	w, h int
}

// NewScreen makes a terminal of w by h.
func NewScreen(w, h int) *Screen { return &Screen{vt.NewEmulator(w, h), w, h} }

// Write sends bytes to the terminal. It is not asked for its colours: nobody reads what it would answer.
func (s *Screen) Write(b []byte) (int, error) {
	if _, err := s.e.Write(bytes.ReplaceAll(b, []byte(ansi.RequestBackgroundColor), nil)); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Text is what it shows.
func (s *Screen) Text() string {
	return cells(s.w, s.h, func(x, y int) *uv.Cell { return s.e.CellAt(x, y) })
}

// Cell is one cell of it.
func (s *Screen) Cell(x, y int) *uv.Cell { return s.e.CellAt(x, y) }

// Cursor is where the cursor stands.
func (s *Screen) Cursor() (x, y int) {
	p := s.e.CursorPosition()
	return p.X, p.Y
}

// Output collects what a running program writes.
type Output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write adds to it.
func (b *Output) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *Output) since(n int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()[n:]
}

// String is all of it so far.
func (b *Output) String() string { return b.since(0) }

// Stream is a real program that writes to memory.
type Stream struct {
	t    testing.TB
	p    *tea.Program
	out  *Output
	done chan error
	w, h int
	last tea.Model
}

// Run starts a model in the library's own program, with its renderer and timers.
func Run(t testing.TB, w, h int, m tea.Model) *Stream {
	t.Helper()
	s := &Stream{t: t, out: &Output{}, done: make(chan error, 1), w: w, h: h}
	s.p = tea.NewProgram(m, tea.WithInput(nil), tea.WithOutput(s.out), tea.WithWindowSize(w, h),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithoutSignalHandler(), tea.WithFilter(frame.Filter))
	go func() {
		last, err := s.p.Run()
		s.last = last
		s.done <- err
	}()
	t.Cleanup(func() { s.p.Kill() })
	return s
}

// Press sends keys.
func (s *Stream) Press(keys ...string) *Stream {
	for _, k := range keys {
		s.p.Send(Key(k))
	}
	return s
}

// Send sends a message.
func (s *Stream) Send(msg tea.Msg) *Stream {
	s.p.Send(msg)
	return s
}

// Rest waits until nothing was written for a while and returns all bytes so far.
func (s *Stream) Rest() string {
	n, quiet := -1, time.Now()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if got := len(s.out.since(0)); got != n {
			n, quiet = got, time.Now()
		} else if n > 0 && time.Since(quiet) > 120*time.Millisecond {
			break
		}
	}
	return s.out.since(0)
}

// Text is what a terminal shows of all that was written so far.
func (s *Stream) Text() string {
	scr := NewScreen(s.w, s.h)
	// A terminal in raw mode gets \n from the library where a line ends.
	_, _ = scr.Write([]byte(strings.ReplaceAll(s.Rest(), "\n", "\r\n")))
	return scr.Text()
}

// Wait waits for the program's end.
func (s *Stream) Wait() (tea.Model, error) {
	s.t.Helper()
	select {
	case err := <-s.done:
		return s.last, err
	case <-time.After(5 * time.Second):
		s.t.Fatal("the program does not end")
		return nil, nil
	}
}
