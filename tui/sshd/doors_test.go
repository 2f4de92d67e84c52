package sshd_test

import (
	"net"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"homeward/tui/sshd"
)

// waiting is an OpenSSH client that came in and asks for nothing.
type waiting struct {
	h    *site
	who  string
	said *heard
	gone chan error
}

func (h *site) waits(key string) *waiting {
	h.Helper()
	cmd := h.sshWith(key, []string{"-N", "-o", "LogLevel=VERBOSE"})
	w := &waiting{h, key, &heard{}, make(chan error, 1)}
	cmd.Stderr = w.said
	cmd.Args = withoutLast(cmd, "LogLevel=ERROR")
	if err := cmd.Start(); err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { _ = cmd.Process.Kill() })
	go func() { w.gone <- cmd.Wait() }()
	h.until(key+" has come in", func() bool { return strings.Contains(w.said.String(), "Authenticated to") })
	return w
}

// withoutLast are a command's arguments without an option, of which ssh heeds the first.
func withoutLast(cmd *exec.Cmd, option string) (args []string) {
	for i, a := range cmd.Args {
		if a == option {
			args = args[:len(args)-1]
			continue
		}
		args = append(args, cmd.Args[i])
	}
	return args
}

func (w *waiting) ends() {
	w.h.Helper()
	select {
	case <-w.gone:
	case <-time.After(limit):
		w.h.Errorf("%s is held, and asks for nothing; the server says\n%s", w.who, w.h.log)
	}
}

func (w *waiting) stays() {
	w.h.Helper()
	select {
	case err := <-w.gone:
		w.h.Errorf("%s is dropped: %v\n%s", w.who, err, w.said)
	default:
	}
}

// Who came in and asks for nothing is dropped after a while; who did ask stays.
func TestAskedForNothing(t *testing.T) {
	t.Parallel()
	h := open(t, `login_within = "3s"`)
	dee := h.views("dee", 100, 30).Sees("[1 Queue]")
	w := h.waits("tom")
	w.ends()
	h.until("it is told", func() bool { return strings.Contains(h.log.String(), "it asked for nothing") })
	dee.Keys("M").Sees("[My day]").Keys("q")
	dee.Ends()

	i := within(t, func(l *sshd.Limits) { l.LoginWithin = 500 * time.Millisecond })
	idle := func(c *gossh.Client) {
		t.Helper()
		gone := make(chan struct{})
		go func() { _ = c.Wait(); close(gone) }()
		select {
		case <-gone:
		case <-time.After(limit):
			t.Error("it is held")
		}
	}
	idle(i.client("dee"))
	c := i.client("dee")
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	idle(c)
	idle(i.local())
}

// local is a connection of our own to the socket.
func (i *inside) local() *gossh.Client {
	i.Helper()
	path, err := sshd.SocketPath(i.store.Path())
	if err != nil {
		i.Fatal(err)
	}
	raw, err := net.Dial("unix", path)
	if err != nil {
		i.Fatal(err)
	}
	conn, chans, reqs, err := gossh.NewClientConn(raw, path, &gossh.ClientConfig{User: "x", HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		i.Fatal(err)
	}
	return gossh.NewClient(conn, chans, reqs)
}

// Who is taken out, or has left, and came in and asked for nothing, is out at once as well.
func TestTakenOutWhileIdle(t *testing.T) {
	t.Parallel()
	h := open(t, `login_within = "10m"`)
	removed, left, dee := h.waits("tom"), h.waits("amira"), h.waits("dee")
	h.people = []person{h.people[0], h.people[2], h.people[3]}
	h.people[1].until = "2020-01-01"
	h.reload()
	removed.ends()
	left.ends()
	dee.stays()
	h.stop() // which nothing holds up
	dee.ends()

	// Likewise where they have a channel, and no session yet.
	i := within(t, func(l *sshd.Limits) { l.LoginWithin = time.Hour })
	c := i.client("dee")
	if _, err := c.NewSession(); err != nil {
		t.Fatal(err)
	}
	i.gone.Store(true)
	i.server.Review()
	i.none()
	_ = c.Wait()
}

// Somebody's last day ends at midnight, without a word from the configuration.
func TestTheLastDayEnds(t *testing.T) {
	t.Parallel()
	i := within(t, func(l *sshd.Limits) { l.LoginWithin = time.Hour })
	idle := i.client("tom")
	x, err := i.connect("dee", 100, 30)
	if err != nil {
		t.Fatal(err)
	}
	i.sees(x, "Queue")
	i.gone.Store(true)
	i.none()
	_ = idle.Wait()
}

// from dials as if from another machine.
func (h *site) from(address string) net.Conn {
	h.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	conn, err := d.Dial("tcp", h.addr)
	if err != nil {
		h.Skipf("this machine has no further loopback addresses: %v", err)
	}
	h.Cleanup(func() { _ = conn.Close() })
	return conn
}

// Two addresses that hold all the connections they can keep nobody else out, nor, for longer than a moment, their own people.
func TestRoomAtTheDoor(t *testing.T) {
	t.Parallel()
	h := open(t, `login_within = "10m"`)
	var closed atomic.Int32
	for range 60 {
		for _, address := range []string{"127.0.0.2", "127.0.0.3"} {
			conn := h.from(address)
			go func() {
				_, _ = conn.Read(make([]byte, 1<<10)) // its greeting
				if _, err := conn.Read(make([]byte, 1)); err != nil {
					closed.Add(1)
				}
			}()
		}
	}
	s := h.ran(h.sshWith("dee", []string{"-b", "127.0.0.4"}, "queue", "--format", "json"), "")
	if s.status != 0 || !strings.HasPrefix(s.out, "[") {
		t.Errorf("from elsewhere: %+v", s)
	}
	h.until("no more of them are held than there are places", func() bool { return closed.Load() >= 20 })
	time.Sleep(time.Second) // until they are no longer newcomers
	if s := h.ran(h.sshWith("tom", []string{"-b", "127.0.0.2"}, "queue", "--format", "json"), ""); s.status != 0 {
		t.Errorf("from the same address: %+v", s)
	}
	if n := strings.Count(h.log.String(), "from=127.0.0.2\n"); n != 1 {
		t.Errorf("%d lines of one address:\n%s", n, h.log)
	}
}

// What was typed in place of a name may be a password: the journal has a name only where it is somebody's login.
func TestNamesInTheJournal(t *testing.T) {
	t.Parallel()
	h := open(t)
	if s := h.ran(h.sshWith("stranger", []string{"-b", "127.0.0.5", "-l", "hunter2-Zaphod"}, "queue"), ""); s.status != 255 {
		t.Skipf("this machine has no further loopback addresses: %+v", s)
	}
	h.until("the refusal is told", func() bool { return strings.Contains(h.log.String(), "login refused") })
	if s := h.ran(h.sshWith("stranger", []string{"-b", "127.0.0.6", "-l", "sam"}, "queue"), ""); s.status != 255 {
		t.Errorf("%+v", s)
	}
	h.until("a login is told", func() bool { return strings.Contains(h.log.String(), "name=sam") })
	_ = h.ran(h.sshWith("sam", []string{"-s", "-l", "hunter2-Zaphod"}, "hunter2-Zaphod"), "")
	c := h.client("sam")
	if _, _, err := c.OpenChannel("hunter2-Zaphod", nil); err == nil {
		t.Error("a channel of any kind")
	}
	_, _, _ = c.SendRequest("hunter2-Zaphod", true, nil)
	_ = c.Close()
	h.until("what was asked for is told", func() bool { return strings.Contains(h.log.String(), `type="subsystem another"`) })
	h.stop()
	if strings.Contains(h.log.String(), "hunter2") {
		t.Errorf("the journal has what was typed:\n%s", h.log)
	}
}
