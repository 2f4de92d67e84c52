package sshd_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"homeward/domain"
	"homeward/store"
	"homeward/tui"
	"homeward/tui/cli"
	"homeward/tui/frame"
	"homeward/tui/sshd"
	"homeward/tui/tuitest"
)

// inside is a server in this process, over a real store, for what has to be counted or broken from within.
type inside struct {
	testing.TB
	*site         // keys and clients
	sshd.Database // nil: a command breaks, and none of these tests has one that does not
	store         *store.Store
	server        *sshd.Server
	limits        atomic.Pointer[sshd.Limits]
	// dashboard makes one of the test's own; nil is the real one.
	dashboard func(context.Context) *frame.Model
	log       *heard
	// gone says that nobody is in the configuration any more.
	gone atomic.Bool
}

func (i *inside) Owner(wire []byte, _ string) (domain.Actor, error) {
	if i.gone.Load() {
		return domain.Actor{}, fmt.Errorf("nobody's")
	}
	for _, p := range team() {
		for _, k := range p.keys {
			known, _, _, _, err := gossh.ParseAuthorizedKey([]byte(i.site.key(k)))
			if err == nil && bytes.Equal(known.Marshal(), wire) {
				return domain.Actor{Login: p.login, Name: p.login, Role: domain.Role(p.role), OSUser: "test"}, nil
			}
		}
	}
	return domain.Actor{}, fmt.Errorf("nobody's")
}

func (i *inside) Login(name string) bool {
	return slices.ContainsFunc(team(), func(p person) bool { return p.login == name })
}

func (i *inside) Account(string) domain.Actor { return domain.Actor{} }
func (i *inside) Limits() sshd.Limits         { return *i.limits.Load() }

func (i *inside) Dashboard(ctx context.Context, who domain.Actor, _ sshd.Viewer) (*frame.Model, func(), error) {
	if i.dashboard != nil {
		return i.dashboard(ctx), func() {}, nil
	}
	return tui.Open(ctx, i.store.Desk(who), nil, tui.Options{Live: "ssh"})
}

func defaultLimits() sshd.Limits {
	return sshd.Limits{Sessions: 200, SessionsPerPerson: 200, Cells: 500_000, ConnectionsPerMinute: 100_000, LoginWithin: 10 * time.Second, Tries: 3,
		Width: 500, Height: 200, WriteWithin: 10 * time.Second}
}

// within starts it.
func within(t testing.TB, change func(*sshd.Limits)) *inside {
	t.Helper()
	h := &site{TB: t, dir: t.TempDir(), log: &heard{}}
	l := defaultLimits()
	if change != nil {
		change(&l)
	}
	i := &inside{TB: t, site: h, log: h.log}
	i.limits.Store(&l)
	for _, p := range team() {
		for _, k := range p.keys {
			h.key(k) // beforehand: many ask at once later
		}
	}
	var err error
	if i.store, err = store.Open(filepath.Join(h.dir, "hw.db"), store.Options{}); err != nil {
		t.Fatal(err)
	}
	i.server, err = sshd.New(sshd.Config{Served: i, Listen: "127.0.0.1:0", Database: i.store.Path(),
		Log: slog.New(slog.NewTextHandler(h.log, nil)), Every: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan cli.Endpoint, 1), make(chan error, 1)
	go func() { done <- i.server.Run(ctx, func(s cli.Endpoint) { ready <- s }) }()
	select {
	case s := <-ready:
		h.addr = s.Address
	case err := <-done:
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := i.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return i
}

// session is a dashboard as a client of our own has it.
type session struct {
	c   *gossh.Client
	s   *gossh.Session
	in  io.WriteCloser
	out *heard

	w, h int
}

// text is what its terminal shows.
func (x *session) text() string {
	s := tuitest.NewScreen(x.w, x.h)
	_, _ = io.WriteString(s, x.out.String())
	return s.Text()
}

// connect opens a dashboard.
func (h *site) connect(key string, w, hgt int) (*session, error) {
	c, err := h.dial(key)
	if err != nil {
		return nil, err
	}
	return connectOver(c, w, hgt)
}

func connectOver(c *gossh.Client, w, h int) (*session, error) {
	s, err := c.NewSession()
	if err != nil {
		_ = c.Close()
		return nil, err
	}
	x := &session{c: c, s: s, out: &heard{}, w: w, h: h}
	s.Stdout = x.out
	if x.in, err = s.StdinPipe(); err == nil {
		if err = s.RequestPty("xterm-256color", h, w, nil); err == nil {
			err = s.Shell()
		}
	}
	if err != nil {
		_ = c.Close()
	}
	return x, err
}

func (h *site) sees(x *session, text string) {
	h.Helper()
	h.until("the client sees "+text, func() bool { return strings.Contains(x.text(), text) })
}

// none waits until no session is left.
func (i *inside) none() {
	i.Helper()
	i.until("the sessions end", func() bool { return i.server.Sessions() == 0 })
}

// What is broken in one session ends that one, with a word, and nobody else's.
func TestOneBreaks(t *testing.T) {
	for _, where := range []string{"view", "update", "command", "init"} {
		t.Run(where, func(t *testing.T) {
			i := within(t, nil)
			i.dashboard = func(ctx context.Context) *frame.Model {
				return frame.New(frame.Config{Runtime: frame.RealTimeUntil(ctx), Start: frame.Place{Screen: "x"},
					Screens: map[string]frame.Factory{"x": func(*frame.Session, string) frame.Screen { return &broken{where: where} }}})
			}
			other, err := i.connect("tom", 80, 24)
			if err != nil {
				t.Fatal(err)
			}
			if where == "update" || where == "command" {
				i.sees(other, "fine")
			}
			x, err := i.connect("dee", 80, 24)
			if err != nil {
				t.Fatal(err)
			}
			if where == "update" || where == "command" {
				i.sees(x, "fine")
				_, _ = io.WriteString(x.in, "j") // a letter that no page knows never reaches one
			}
			i.sees(x, "Something went wrong")
			time.Sleep(700 * time.Millisecond) // it takes no key that was on its way when it opened
			_, _ = io.WriteString(x.in, "x")
			if err := x.s.Wait(); err == nil {
				t.Error("it ends as if nothing had happened")
			}
			if where == "update" || where == "command" {
				_, _ = io.WriteString(other.in, "k")
				i.sees(other, "pressed k")
			}
		})
	}
	t.Run("a command of the program", func(t *testing.T) {
		i := within(t, nil)
		c := i.client("dee")
		s, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run("queue"); err == nil {
			t.Error("it ends as if nothing had happened")
		}
		i.none()
		if !strings.Contains(i.log.String(), "a session broke") {
			t.Error("it is not logged")
		}
	})
}

// broken is a page that breaks in one place.
type broken struct {
	where string
	last  string
}

func (b *broken) Title() string { return "x" }
func (b *broken) Init() tea.Cmd {
	if b.where == "init" {
		panic("broken")
	}
	return nil
}

func (b *broken) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	b.last = k.String()
	if k.String() == "j" && b.where == "command" {
		return func() tea.Msg { panic("broken") }
	}
	if k.String() == "j" {
		panic("broken")
	}
	return nil
}

func (b *broken) View(int, int) string {
	if b.where == "view" {
		panic("broken")
	}
	return "fine, pressed " + b.last
}
func (b *broken) Actions() []frame.Action { return nil }

// Keys and messages that would stop the process or run another program do nothing behind SSH.
func TestNobodyStopsTheServer(t *testing.T) {
	i := within(t, nil)
	i.dashboard = func(ctx context.Context) *frame.Model {
		return frame.New(frame.Config{Runtime: frame.RealTimeUntil(ctx), Start: frame.Place{Screen: "x"},
			Screens: map[string]frame.Factory{"x": func(*frame.Session, string) frame.Screen { return &suspending{} }}})
	}
	x, err := i.connect("dee", 80, 24)
	if err != nil {
		t.Fatal(err)
	}
	i.sees(x, "fine")
	for _, k := range []string{"z", "\x1a", "e", "\x1b[B"} {
		_, _ = io.WriteString(x.in, k)
	}
	i.sees(x, "pressed down")
}

type suspending struct{ broken }

func (s *suspending) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.last = k.String()
		switch s.last {
		case "z", "ctrl+z":
			return tea.Suspend
		case "e":
			return tea.ExecProcess(nil, nil)
		}
	}
	return nil
}

// settled is how many goroutines there are once those that end have ended.
func settled(most int) int {
	n := 0
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		runtime.GC()
		if n = runtime.NumGoroutine(); n <= most {
			return n
		}
	}
	return n
}

// Five hundred connects and disconnects of every rude kind leave nothing behind: no goroutine, no memory.
func TestNothingIsLeftBehind(t *testing.T) {
	i := within(t, func(l *sshd.Limits) { l.LoginWithin, l.WriteWithin = 2*time.Second, 2*time.Second })
	rude := map[string]func() error{
		"leaves with q": func() error {
			x, err := i.connect("dee", 100, 30)
			if err != nil {
				return err
			}
			i.sees(x, "Queue")
			_, _ = io.WriteString(x.in, "qjjjjjq") // and keys after it in the same read
			_ = x.s.Wait()
			return x.c.Close()
		},
		"drops the connection": func() error {
			x, err := i.connect("dee", 100, 30)
			if err != nil {
				return err
			}
			i.sees(x, "Queue")
			return x.c.Close()
		},
		"drops it at once": func() error {
			x, err := i.connect("dee", 100, 30)
			if err != nil {
				return err
			}
			return x.c.Close()
		},
		"closes the channel and stays": func() error {
			x, err := i.connect("dee", 100, 30)
			if err != nil {
				return err
			}
			i.sees(x, "Queue")
			_ = x.s.Close()
			_ = x.c.Wait() // the server ends it
			return nil
		},
		"ends its input": func() error {
			x, err := i.connect("dee", 100, 30)
			if err != nil {
				return err
			}
			_ = x.in.Close()
			_ = x.s.Wait()
			return x.c.Close()
		},
		"a terminal and no shell": func() error {
			c, err := i.dial("dee")
			if err != nil {
				return err
			}
			s, err := c.NewSession()
			if err != nil {
				return err
			}
			_ = s.RequestPty("xterm", 30, 100, nil)
			return c.Close()
		},
		"leaves in the handshake": func() error {
			c, err := net.Dial("tcp", i.addr)
			if err != nil {
				return err
			}
			_, _ = io.WriteString(c, "SSH-2.0-rude\r\n\x00\x00\x00")
			return c.Close()
		},
		"resizes while it leaves": func() error {
			x, err := i.connect("dee", 100, 30)
			if err != nil {
				return err
			}
			for n := range 40 {
				_ = x.s.WindowChange(15+n, 60+n)
			}
			return x.c.Close()
		},
	}
	round := func(n int) {
		t.Helper()
		var wg sync.WaitGroup
		for name, do := range rude {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for range n {
					if err := do(); err != nil && !strings.Contains(err.Error(), "closed") {
						t.Errorf("%s: %v", name, err)
						return
					}
				}
			}()
		}
		wg.Wait()
		i.none()
	}
	round(2) // what is made once is made
	base := settled(0x7fffffff)
	base = settled(base)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	times := 63 // of eight kinds
	if testing.Short() {
		times = 6
	}
	round(times)
	if n := settled(base + 2); n > base+2 {
		b := make([]byte, 1<<20)
		t.Errorf("%d goroutines, %d before:\n%s", n, base, b[:runtime.Stack(b, true)])
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("the heap grew by %d KiB over %d sessions", grown>>10, 8*times)
	}
}
