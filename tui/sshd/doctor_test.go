package sshd_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"homeward/tui/tuitest"
)

// signs are what doctor says on the machine of the database, a line each: "well server: process 1 …".
func (h *site) signs() (out []string) {
	h.Helper()
	s := h.ran(h.here("doctor", "--format", "json"), "")
	var list []struct{ State, About, Found, Do string }
	if err := json.Unmarshal([]byte(s.out), &list); err != nil || s.status > 1 {
		h.Fatalf("%v: %+v", err, s)
	}
	for _, o := range list {
		out = append(out, o.State+" "+o.About+": "+o.Found+" -> "+o.Do)
	}
	return out
}

func (h *site) says(signs []string, begins string, pieces ...string) {
	h.Helper()
	for _, line := range signs {
		if !strings.HasPrefix(line, begins) {
			continue
		}
		missing := false
		for _, p := range pieces {
			missing = missing || !strings.Contains(line, p)
		}
		if !missing {
			return
		}
	}
	h.Errorf("should say %q %q:\n%s", begins, pieces, strings.Join(signs, "\n"))
}

// While a server runs, doctor looks at the files and asks the server for the rest, as the account with the rights to the file, also
// one that is nobody's in the configuration. Over SSH it is refused, and a server that does not answer holds it up for no minute.
func TestDoctorOfAServedDatabase(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.people[0].osUser = ""
	h.reload()
	lines := h.ran(h.here("audit", "verify"), "").out
	signs := h.signs()
	h.says(signs, "well database", h.db, "lines in its audit log")
	h.says(signs, "well server", fmt.Sprintf("process %d of %s", h.cmd.Process.Pid, tuitest.Account()), h.db+".sock, "+tuitest.Account()+"'s")
	h.says(signs, "well port", h.addr)
	h.says(signs, "well core dumps", "off for the server")
	h.says(signs, "well configuration", h.config) // the server's, since none was named
	h.says(signs, "well people", "5, each with a key")
	if after := h.ran(h.here("audit", "verify"), "").out; after != lines {
		t.Errorf("it wrote to the log: %s, before %s", after, lines)
	}
	for _, args := range [][]string{{"doctor"}, {"doctor", "--inside"}} {
		if s := h.ran(h.ssh("sam", args...), ""); s.status != 1 || s.out != "" || !strings.Contains(s.err, "on its own machine") {
			t.Errorf("%v over SSH: %+v", args, s)
		}
	}
	if s := h.ran(h.ssh("sam", "doctor", "--unit"), ""); s.status != 0 || !strings.Contains(s.out, "ExecStart=") {
		t.Errorf("%+v", s)
	}
	if err := h.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	signs = h.signs()
	if err := h.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	h.says(signs, "must server", "does not answer")
	h.says(signs, "remark database", "in use by")
	h.stop()
	h.says(h.signs(), "remark server", "none runs")
}

// The system writes no core dump of the program: not of a server, not of a dashboard, whatever the limit was that it began with.
func TestNoCoreDumps(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/limits"); err != nil {
		t.Skip("there is no /proc here")
	}
	none := regexp.MustCompile(`(?m)^Max core file size +0 +0 `)
	allowed := func(cmd *exec.Cmd) *exec.Cmd { // as many bytes as this process may allow
		return exec.Command("sh", append([]string{"-c", `ulimit -S -c "$(ulimit -H -c)"; exec "$@"`, "sh"}, cmd.Args...)...)
	}
	h := open(t)
	h.stop()
	before, err := allowed(exec.Command("cat", "/proc/self/limits")).Output()
	if err != nil || none.Match(before) {
		t.Logf("%v: nothing is allowed here anyway:\n%s", err, before)
	}
	h.out, h.log = &heard{}, &heard{}
	server := allowed(exec.Command(binary, "--config", h.config, "--db", h.db, "serve", "--listen", "127.0.0.1:0"))
	server.Env, server.Stdout, server.Stderr = h.environ(), h.out, h.log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	h.cmd = server
	h.until("the server is ready", func() bool { return strings.Contains(h.out.String(), "socket ") })
	other := open(t) // its dashboard is this process's own
	other.stop()
	cmd := allowed(other.here())
	cmd.Env = other.environ()
	x := tuitest.Open(t, 120, 40, cmd).Sees("Queue")
	for what, pid := range map[string]int{"server": server.Process.Pid, "dashboard": cmd.Process.Pid} {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
		if err != nil || !none.Match(b) {
			t.Errorf("%s: %v\n%s", what, err, b)
		}
		// What must not be dumped belongs to root in /proc, under every account; and its memory is nobody's to read.
		if os.Geteuid() != 0 {
			if _, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid)); err == nil {
				t.Errorf("%s: another process of this account can look into it", what)
			}
		}
	}
	x.Keys("q")
	x.Ends()
	h.stop()
}
