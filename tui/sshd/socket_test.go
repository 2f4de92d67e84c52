package sshd_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"homeward/tui/tuitest"
)

const header = "police_ref,child_ref,given_name,family_name,dob,missing_at,returned_at\n"

// night is a file of referrals; the last row is refused.
func night(n int) string {
	var b strings.Builder
	b.WriteString(header)
	for i := range n {
		fmt.Fprintf(&b, "NIGHT%d,NK%d,Ada,Night,2011-05-06,2026-01-%02d 21:00,2026-01-%02d 03:00\n", i, i, i%20+1, i%20+2)
	}
	b.WriteString("NIGHTX,NKX,Ada,Night,2011-05-06,never,\n")
	return b.String()
}

// Every command works on a served database through the socket: with files of the caller's folder, with standard input, with
// its exit status; over SSH with standard input only.
func TestCommandsThroughTheSocket(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := os.WriteFile(h.path("overnight.csv"), []byte(night(300)), 0o600); err != nil {
		t.Fatal(err)
	}
	// A file by its name beside the caller, and one that is made there.
	s := h.ran(h.here("import", "overnight.csv", "--rejects", "mend.csv", "--history"), "")
	if s.status != 3 || !strings.Contains(s.out, "read 301, created 300") || !strings.Contains(s.err, "line 302") {
		t.Fatalf("%+v", s)
	}
	st, err := os.Stat(h.path("mend.csv"))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", st, err)
	}
	if b, _ := os.ReadFile(h.path("mend.csv")); !bytes.Contains(b, []byte("NIGHTX,NKX,Ada,Night")) {
		t.Errorf("the refused row: %s", b)
	}
	if s := h.ran(h.here("import", "overnight.csv", "--history"), ""); s.status != 3 || !strings.Contains(s.out, "unchanged 300") {
		t.Errorf("again: %+v", s)
	}
	if s := h.ran(h.here("import", "overnight.csv", "--rejects", "./overnight.csv"), ""); s.status != 2 {
		t.Errorf("its own rejects: %+v", s)
	}
	if s := h.ran(h.here("import", "none.csv"), ""); s.status != 1 || !strings.Contains(s.err, "there is no file none.csv") {
		t.Errorf("no file: %+v", s)
	}
	if s := h.ran(h.ssh("dee", "import", "-", "--history"), strings.Replace(night(20), "NIGHT", "SSH", -1)); s.status != 3 || !strings.Contains(s.out, "created 20") {
		t.Errorf("over SSH: %+v", s)
	}
	page := h.ran(h.here("queue", "--format", "csv"), "").out
	ref := strings.SplitN(strings.SplitN(page, "\n", 2)[1], ",", 2)[0]
	if s := h.ran(h.here("form", ref, "--out", "sheet.html"), ""); s.status != 0 {
		t.Errorf("form: %+v", s)
	}
	if s := h.ran(h.here("form", ref, "--out", "sheet.html"), ""); s.status != 1 || !strings.Contains(s.err, "is there already") {
		t.Errorf("a page is replaced unasked: %+v", s)
	}
	if s := h.ran(h.here("form", ref, "--out", "sheet.html", "--force"), ""); s.status != 0 {
		t.Errorf("--force: %+v", s)
	}
	if s := h.ran(h.ssh("dee", "form", ref, "--out", "-"), ""); s.status != 0 || !strings.Contains(s.out, "</html>") {
		t.Errorf("a page over SSH: %+v", s)
	}
	if s := h.ran(h.ssh("dee", "form", ref, "--out", "sheet2.html"), ""); s.status == 0 || !strings.Contains(s.err, "server") {
		t.Errorf("a page at the server's: %+v", s)
	}
	for _, words := range [][]string{{"queue"}, {"overdue"}, {"missing"}, {"clusters"}, {"followups"}, {"alerts"}, {"audit", "verify"}, {"check"}, {"intelligence"}} {
		if s := h.ran(h.here(words...), ""); s.status != 0 {
			t.Errorf("%v: %+v", words, s)
		}
	}
	if s := h.ran(h.here("lost"), ""); s.status != 2 {
		t.Errorf("wrong usage: %+v", s)
	}
	left, _ := filepath.Glob(h.path(".*"))
	if len(left) > 0 {
		t.Errorf("left lying: %v", left)
	}
}

// A command in the middle of a script leaves the script's own input alone, as it does where nothing is served.
func TestInputIsTakenWhenItIsRead(t *testing.T) {
	t.Parallel()
	h := open(t)
	cmd := exec.Command("sh", "-c", `while read -r x; do "$0" --db "$1" missing --format json >/dev/null && echo "$x"; done`, binary, h.db)
	cmd.Env = h.environ()
	if s := h.ran(cmd, "one\ntwo\nthree\n"); s.out != "one\ntwo\nthree\n" {
		t.Errorf("%+v", s)
	}
}

// Input that waits gets its answers at once; told to end, the command says so, and what was answered is kept.
func TestActsThroughTheSocketAsTheyCome(t *testing.T) {
	t.Parallel()
	h := open(t)
	cmd := h.here("do")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, errOut := &heard{}, &heard{}
	cmd.Stdout, cmd.Stderr = out, errOut
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		fmt.Fprintf(in, `{"act":"referral.new","given_name":"Ada","family_name":"Wait","dob":"2011-05-06","missing_at":"2026-01-0%dT21:00:00Z","id":"w%d"}`+"\n", i+1, i)
		h.until("an answer", func() bool { return strings.Count(out.String(), `"ok":true`) == i+1 })
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(limit):
		t.Fatal("it does not end")
	}
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(errOut.String(), "stopped before the end") {
		t.Errorf("status %d: %s", cmd.ProcessState.ExitCode(), errOut)
	}
	if s := h.ran(h.here("check"), ""); s.status != 0 {
		t.Errorf("%+v", s)
	}
}

// Plain homeward joins the server; where none runs it opens the database itself, and a socket that a killed server left
// over is no hindrance.
func TestAttach(t *testing.T) {
	t.Parallel()
	h := open(t)
	x := tuitest.Open(t, 120, 40, h.here())
	x.Sees("[1 Queue]", "Dee", "served")
	ssh := h.views("tom", 120, 40).Sees("[1 Queue]", "ssh")
	x.Resize(80, 24).SeesNo("│").Keys("q")
	if code := x.Ends(); code != 0 {
		t.Errorf("status %d", code)
	}
	ssh.Keys("q")
	ssh.Ends()
	if err := h.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = h.cmd.Process.Wait()
	y := tuitest.Open(t, 120, 40, exec.Command(h.here().Path, "--db", h.db, "--config", h.config))
	y.Sees("[1 Queue]", "local").Keys("q")
	if code := y.Ends(); code != 0 {
		t.Errorf("status %d", code)
	}
}

// A server that is killed gives the terminal back, and says what is kept.
func TestTheServerDies(t *testing.T) {
	t.Parallel()
	h := open(t)
	x := tuitest.Open(t, 120, 40, h.here()).Sees("[1 Queue]")
	if err := h.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if code := x.Ends(); code != 1 || !strings.Contains(x.Text(), "the server has gone") || strings.Contains(x.Text(), "[1 Queue]") {
		t.Errorf("status %d:\n%s", code, x.Text())
	}
}

// Only the account that serves, and root, come in by the socket.
func TestTheSocketIsOnesOwn(t *testing.T) {
	t.Parallel()
	h := open(t)
	st, err := os.Stat(h.db + ".sock")
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Fatal(st, err)
	}
	for _, name := range []string{"hw.db.hostkey", "hw.db", "hw.db.head"} {
		if st, err := os.Stat(h.path(name)); err != nil || st.Mode().Perm() != 0o600 {
			t.Error(name, st, err)
		}
	}
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	// With the file's rights out of the way it is the kernel's word that counts.
	for _, p := range []string{h.dir, h.db + ".sock"} {
		if err := os.Chmod(p, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for as, want := range map[uint32]int{0: 0, 65534: 4} {
		cmd := exec.Command(copied(t, os.Args[0], h.path(fmt.Sprint("other", as))))
		cmd.Env = []string{"HOMEWARD_TEST_DIAL=" + h.db + ".sock"}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: as, Gid: as}}
		if s := h.ran(cmd, ""); s.status != want {
			t.Errorf("account %d: %+v", as, s)
		}
	}
	h.until("it is logged", func() bool { return strings.Contains(h.log.String(), "connection to the socket refused") })
	// The client, too, wants to know whose socket it is.
	cmd := h.here("queue")
	cmd.Path = copied(t, binary, h.path("homeward"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if s := h.ran(cmd, ""); s.status == 0 || s.out != "" {
		t.Errorf("somebody else: %+v", s)
	}
}

// copied puts a program where every account may run it.
func copied(t testing.TB, from, to string) string {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o755); err != nil {
		t.Fatal(err)
	}
	return to
}
