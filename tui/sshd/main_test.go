// Package sshd_test proves the served dashboard on the real program: with the OpenSSH client as people use it, and with a
// client of our own where one has to be ruder than OpenSSH is.
package sshd_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	_ "time/tzdata"

	gossh "golang.org/x/crypto/ssh"

	"homeward/tui/tuitest"
)

var binary string

func TestMain(m *testing.M) {
	if path := os.Getenv("HOMEWARD_TEST_DIAL"); path != "" {
		os.Exit(knock(path))
	}
	if path := os.Getenv("HOMEWARD_TEST_LISTEN"); path != "" {
		os.Exit(pretend(path))
	}
	os.Exit(tuitest.Main(m, func(path string) { binary = path }))
}

// knock connects to a socket as whoever this process is, and says with its status whether a word came back: 0 for one.
func knock(path string) int {
	conn, err := net.Dial("unix", path)
	if err != nil {
		fmt.Println(err)
		return 3
	}
	_ = conn.SetDeadline(time.Now().Add(limit))
	if n, _ := conn.Read(make([]byte, 16)); n > 0 {
		return 0
	}
	return 4
}

// pretend listens on a socket as the account of this process, and hangs up on everybody, until its input ends.
func pretend(path string) int {
	l, err := net.Listen("unix", path)
	if err != nil {
		fmt.Println(err)
		return 3
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_ = conn.Close()
		}
	}()
	fmt.Println("listening")
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = l.Close()
	return 0
}

// limit is how long anything may take before it counts as hanging: long, since the machine may be busy with other tests.
const limit = 4 * time.Minute

// site is a folder with a served database and the keys of its people.
type site struct {
	testing.TB
	dir, db, config, addr string
	people                []person
	serve                 string // lines of [serve]
	cmd                   *exec.Cmd
	out, log              *heard
}

type person struct {
	login, role string
	keys        []string // names of key files
	osUser      string
	until       string
}

// heard is what a process says.
type heard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.Write(b)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.String()
}

// team is two coordinators, a practitioner, a supervisor and an auditor, each with a key; the account that runs the tests
// is dee's.
func team() []person {
	return []person{{"dee", "coordinator", []string{"dee"}, tuitest.Account(), ""}, {"tom", "coordinator", []string{"tom"}, "", ""}, {"amira", "practitioner", []string{"amira"}, "", ""},
		{"sam", "supervisor", []string{"sam", "sam2"}, "", ""}, {"ada", "auditor", []string{"ada"}, "", ""}}
}

// open makes a site and serves it. Each serve line is one of [serve].
func open(t testing.TB, serve ...string) *site {
	t.Helper()
	dir, err := os.MkdirTemp("", "hw") // short: a socket's path has a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	h := &site{TB: t, dir: dir, db: filepath.Join(dir, "hw.db"), people: team(), serve: strings.Join(serve, "\n")}
	h.write()
	h.made(4)
	h.start()
	return h
}

// made fills the database with a made-up team's work.
func (h *site) made(children int) {
	h.Helper()
	cmd := exec.Command(binary, "demo", "--children", fmt.Sprint(children), "--keep", h.db)
	cmd.Env = h.environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		h.Fatalf("%v\n%s", err, out)
	}
}

func (h *site) path(name string) string { return filepath.Join(h.dir, name) }

func (h *site) environ() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + h.dir, "XDG_DATA_HOME=" + h.path("data"), "XDG_CONFIG_HOME=" + h.path("conf"),
		"TMPDIR=" + os.TempDir(), "TERM=xterm-256color", "LANG=C.UTF-8"}
}

// key makes a key pair where there is none and gives the public line.
func (h *site) key(name string) string {
	h.Helper()
	path := h.path("key-" + name)
	if b, err := os.ReadFile(path + ".pub"); err == nil {
		return strings.TrimSpace(string(b))
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		h.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(private, name)
	if err != nil {
		h.Fatal(err)
	}
	wire, err := gossh.NewPublicKey(public)
	if err != nil {
		h.Fatal(err)
	}
	line := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(wire))) + " " + name
	for file, content := range map[string][]byte{path: pem.EncodeToMemory(block), path + ".pub": []byte(line)} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			h.Fatal(err)
		}
	}
	return line
}

// write writes the configuration as the people now are.
func (h *site) write() {
	h.Helper()
	var b strings.Builder
	b.WriteString("[team]\nauthority = \"Riverside\"\n[serve]\n" + h.serve + "\n")
	for _, p := range h.people {
		fmt.Fprintf(&b, "[[user]]\nlogin = %q\nname = %q\nrole = %q\n", p.login, strings.ToUpper(p.login[:1])+p.login[1:], p.role)
		if p.osUser != "" {
			fmt.Fprintf(&b, "os_user = %q\n", p.osUser)
		}
		if p.until != "" {
			fmt.Fprintf(&b, "until = %q\n", p.until)
		}
		var keys []string
		for _, k := range p.keys {
			keys = append(keys, fmt.Sprintf("%q", h.key(k)))
		}
		fmt.Fprintf(&b, "keys = [%s]\n", strings.Join(keys, ", "))
	}
	h.config = h.path("config.toml")
	if err := os.WriteFile(h.config, []byte(b.String()), 0o600); err != nil {
		h.Fatal(err)
	}
}

// start starts the server and waits until it can be reached.
func (h *site) start() {
	h.Helper()
	h.begin()
	h.until("the server is ready", func() bool { return strings.Contains(h.out.String(), "socket ") })
	first, _, _ := strings.Cut(h.out.String(), "\n")
	h.addr = strings.TrimPrefix(first, "listening on ")
}

// begin starts the server.
func (h *site) begin() {
	h.Helper()
	h.out, h.log = &heard{}, &heard{}
	h.cmd = exec.Command(binary, "--config", h.config, "--db", h.db, "serve", "--listen", "127.0.0.1:0")
	h.cmd.Env, h.cmd.Stdout, h.cmd.Stderr, h.cmd.Dir = h.environ(), h.out, h.log, h.dir
	if err := h.cmd.Start(); err != nil {
		h.Fatal(err)
	}
	log := h.log
	h.Cleanup(func() {
		_ = h.cmd.Process.Kill()
		_, _ = h.cmd.Process.Wait()
		if h.Failed() {
			h.Logf("the server says\n%s", log)
		}
	})
}

// until waits for something that is to happen.
func (h *site) until(what string, is func() bool) {
	h.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if is() {
			return
		}
	}
	h.Fatalf("%s: it does not happen; the server says\n%s", what, h.log)
}

// stop ends the server as an operator does.
func (h *site) stop() {
	h.Helper()
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		h.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- h.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			h.Fatalf("the server ended badly: %v\n%s", err, h.log)
		}
	case <-time.After(limit):
		h.Fatalf("the server does not end\n%s", h.log)
	}
}

// reload has the server read its configuration again.
func (h *site) reload() {
	h.Helper()
	n := strings.Count(h.log.String(), "read again")
	h.write()
	if err := h.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		h.Fatal(err)
	}
	h.until("the configuration is read again", func() bool { return strings.Count(h.log.String(), "read again") > n })
}

// ssh is the OpenSSH client with a key, and a command.
func (h *site) ssh(key string, words ...string) *exec.Cmd { return h.sshWith(key, nil, words...) }

// sshWith is the same with further options of the client.
func (h *site) sshWith(key string, options []string, words ...string) *exec.Cmd {
	h.Helper()
	path, err := exec.LookPath("ssh")
	if err != nil {
		h.Skip("there is no OpenSSH client here")
	}
	host, port, _ := net.SplitHostPort(h.addr)
	h.key(key)
	args := append([]string{"-F", "none", "-p", port, "-i", h.path("key-" + key), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
		"-o", "StrictHostKeyChecking=accept-new", "-o", "UserKnownHostsFile=" + h.path("known"), "-o", "LogLevel=ERROR"}, options...)
	cmd := exec.Command(path, append(append(args, host, "--"), words...)...)
	if len(words) == 0 {
		cmd.Args = cmd.Args[:len(cmd.Args)-1]
	}
	cmd.Env = h.environ()
	return cmd
}

// said is what a command left behind.
type said struct {
	status   int
	out, err string
}

// ran runs a command to its end.
func (h *site) ran(cmd *exec.Cmd, stdin string) said {
	h.Helper()
	left := tuitest.Finish(h, cmd, stdin, limit)
	return said{left.Status, left.Out, left.Err}
}

// here is a command on this machine, which finds the server by its socket.
func (h *site) here(args ...string) *exec.Cmd {
	cmd := exec.Command(binary, append([]string{"--db", h.db}, args...)...)
	cmd.Env, cmd.Dir = h.environ(), h.dir
	return cmd
}

// views opens a dashboard with the OpenSSH client.
func (h *site) views(key string, w, hgt int) *tuitest.Terminal {
	h.Helper()
	return tuitest.Open(h, w, hgt, h.sshWith(key, []string{"-tt"}))
}

// client is a connection of our own with somebody's key.
func (h *site) client(key string) *gossh.Client {
	h.Helper()
	c, err := h.dial(key)
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { _ = c.Close() })
	return c
}

func (h *site) dial(key string) (*gossh.Client, error) {
	h.key(key)
	signer, err := h.load(key)
	if err != nil {
		return nil, err
	}
	return gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(signer)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: limit})
}

// load reads a private key.
func (h *site) load(key string) (gossh.Signer, error) {
	b, err := os.ReadFile(h.path("key-" + key))
	if err != nil {
		return nil, err
	}
	return gossh.ParsePrivateKey(b)
}
