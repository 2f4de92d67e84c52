package sshd_test

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"homeward/tui/sshd"
)

// Whoever connects and says nothing, or authenticates and asks for nothing, is not waited for.
func TestSilence(t *testing.T) {
	t.Parallel()
	i := within(t, func(l *sshd.Limits) { l.LoginWithin = 500 * time.Millisecond })
	mute, err := net.Dial("tcp", i.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	_ = mute.SetDeadline(time.Now().Add(limit))
	if _, err := io.Copy(io.Discard, mute); err != nil {
		t.Errorf("a connection that says nothing is held: %v", err)
	}
	idle := i.client("dee")
	if _, err := idle.NewSession(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() { _ = idle.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(limit):
		t.Error("a session that asks for nothing is held")
	}
	i.none()
}

// Sessions are limited in all and for one person, connections by address and minute, keys by connection.
func TestLimits(t *testing.T) {
	t.Parallel()
	i := within(t, func(l *sshd.Limits) { l.Sessions, l.SessionsPerPerson, l.ConnectionsPerMinute = 3, 2, 12 })
	view := func(key string) (*session, error) { return i.connect(key, 80, 24) }
	var open []*session
	for _, key := range []string{"dee", "dee", "tom"} {
		x, err := view(key)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, x)
	}
	if _, err := view("tom"); err == nil || !strings.Contains(err.Error(), "3 sessions already") {
		t.Errorf("a fourth session: %v", err)
	}
	_ = open[2].c.Close()
	i.until("one leaves", func() bool { return i.server.Sessions() == 2 })
	if _, err := view("dee"); err == nil || !strings.Contains(err.Error(), "you have 2 sessions already") {
		t.Errorf("a person's third: %v", err)
	}
	refused := false
	for range 20 {
		c, err := net.Dial("tcp", i.addr)
		if err != nil {
			t.Fatal(err)
		}
		_ = c.SetDeadline(time.Now().Add(limit))
		n, _ := c.Read(make([]byte, 8))
		refused = refused || n == 0
		_ = c.Close()
	}
	if !refused || !strings.Contains(i.log.String(), "connection refused: too many") {
		t.Error("more connections a minute than are allowed")
	}
	tries := within(t, func(l *sshd.Limits) { l.Tries = 2 })
	var signers []gossh.Signer
	for n := range 5 {
		signers = append(signers, tries.signer(fmt.Sprint("stranger", n)))
	}
	signers = append(signers, tries.signer("dee"))
	_, err := gossh.Dial("tcp", tries.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(signers...)}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err == nil {
		t.Error("as many keys as one likes")
	}
}

func (h *site) signer(key string) gossh.Signer {
	h.Helper()
	h.key(key)
	s, err := h.load(key)
	if err != nil {
		h.Fatal(err)
	}
	return s
}

// A flood of variables, of sizes, of requests, a window as large as a city: none of it costs the server more than a window.
func TestFloods(t *testing.T) {
	t.Parallel()
	i := within(t, nil)
	other, err := i.connect("tom", 80, 24)
	if err != nil {
		t.Fatal(err)
	}
	i.sees(other, "Queue")
	c := i.client("dee")
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for n := range 300 {
		_ = s.Setenv(fmt.Sprint("LC_", n), strings.Repeat("x", 10_000))
	}
	if err := s.Setenv("LC_ALL", strings.Repeat("x", 300)); err == nil {
		t.Error("a variable of any length is taken")
	}
	if err := s.Setenv("LD_PRELOAD", "/tmp/x.so"); err == nil {
		t.Error("any variable is taken")
	}
	x := &session{c: c, s: s, out: &heard{}, w: 500, h: 200}
	s.Stdout = x.out
	x.in, _ = s.StdinPipe()
	if err := s.RequestPty("xterm-256color", 65535, 65535, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	i.until("the large window is drawn, as large as is allowed", func() bool { return strings.Contains(x.out.String(), "Queue") })
	for n := range 5000 {
		_ = s.WindowChange(10+n%90, 20+n%180)
	}
	x.w, x.h = 90, 30
	_ = s.WindowChange(30, 90)
	i.sees(x, "[1 Queue]")
	// Keys by the hundred thousand keep busy whoever sends them.
	flood := make(chan struct{})
	go func() {
		defer close(flood)
		_, _ = io.WriteString(x.in, strings.Repeat("jk", 50_000))
	}()
	for _, k := range [][2]string{{"M", "[My day]"}, {"1", "[1 Queue]"}, {"M", "[My day]"}} {
		_, _ = io.WriteString(other.in, k[0])
		i.sees(other, k[1])
	}
	_ = c.Close()
	<-flood
}

// stalls opens a dashboard whose client can stop reading.
func (i *inside) stalls() (*session, *stalling) {
	t := i.TB
	t.Helper()
	raw, err := net.Dial("tcp", i.addr)
	if err != nil {
		t.Fatal(err)
	}
	stall := &stalling{Conn: raw, stopped: make(chan struct{})}
	conn, chans, reqs, err := gossh.NewClientConn(stall, i.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(i.signer("dee"))}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	x, err := connectOver(gossh.NewClient(conn, chans, reqs), 120, 40)
	if err != nil {
		t.Fatal(err)
	}
	i.sees(x, "Queue")
	return x, stall
}

// hammer presses keys until what lies between is full, or the connection ends.
func (x *session) hammer() {
	for range 2000 {
		if _, err := io.WriteString(x.in, "?\x1b"); err != nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// Whoever is taken out is out at once, also where their client reads nothing and has long to begin again.
func TestAStalledClientIsTakenOut(t *testing.T) {
	t.Parallel()
	i := within(t, func(l *sshd.Limits) { l.WriteWithin = time.Hour })
	x, stall := i.stalls()
	stall.stop()
	go x.hammer()
	time.Sleep(2 * time.Second) // until the server waits for it; sooner only makes this easier
	i.gone.Store(true)
	i.server.Review()
	i.none()
	_ = stall.Conn.Close()
}

// A client that stops reading is dropped after a while; meanwhile everybody else is told of everything.
func TestAStalledClient(t *testing.T) {
	t.Parallel()
	i := within(t, func(l *sshd.Limits) { l.WriteWithin = 2 * time.Second })
	x, stall := i.stalls()
	other, err := i.connect("tom", 80, 24)
	if err != nil {
		t.Fatal(err)
	}
	i.sees(other, "Queue")
	stall.stop()
	go x.hammer()
	_, _ = io.WriteString(other.in, "M")
	i.sees(other, "[My day]")
	i.until("the stalled client is dropped", func() bool { return i.server.Sessions() == 1 })
	_, _ = io.WriteString(other.in, "1")
	i.sees(other, "[1 Queue]")
	_ = stall.Conn.Close()
}

// stalling is a connection whose client stops reading.
type stalling struct {
	net.Conn
	mu      sync.Mutex
	stopped chan struct{}
	is      bool
}

func (s *stalling) stop() {
	s.mu.Lock()
	s.is = true
	s.mu.Unlock()
}

func (s *stalling) Read(b []byte) (int, error) {
	s.mu.Lock()
	is := s.is
	s.mu.Unlock()
	if is {
		<-s.stopped // never
	}
	return s.Conn.Read(b)
}

// One person's windows take so much together and no more: a further one is drawn smaller and says what to do, and
// everybody else has all of theirs.
func TestOnePersonsWindows(t *testing.T) {
	t.Parallel()
	i := within(t, func(l *sshd.Limits) { l.Cells = 30_000 })
	view := func(key string) *session {
		t.Helper()
		x, err := i.connect(key, 200, 100)
		if err != nil {
			t.Fatal(err)
		}
		i.sees(x, "Queue")
		return x
	}
	foot := func(x *session) int { // the line of the footer
		lines := strings.Split(strings.TrimRight(x.text(), "\n "), "\n")
		return len(lines)
	}
	first, second, tom := view("dee"), view("dee"), view("tom")
	i.sees(second, "Drawn smaller: you have many large windows open. Close one, then resize this.")
	for x, want := range map[*session]int{first: 100, second: 50, tom: 100} {
		i.until(fmt.Sprint("a window of ", want, " lines"), func() bool { return foot(x) == want })
	}
	_ = first.c.Close()
	i.until("one leaves", func() bool { return i.server.Sessions() == 2 })
	if err := second.s.WindowChange(99, 200); err != nil {
		t.Fatal(err)
	}
	second.h = 99
	i.until("there is room again", func() bool { return foot(second) == 99 })
}
