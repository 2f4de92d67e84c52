package sshd_test

import (
	"encoding/json"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A person's key opens the dashboard and runs commands with that person's role; every other way in is refused and logged.
func TestWhoComesIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	x := h.views("dee", 120, 40)
	x.Sees("[1 Queue]", "Dee", "coordinator").Keys("q")
	if code := x.Ends(); code != 0 {
		t.Errorf("leaving ends with %d", code)
	}
	for _, key := range []string{"sam", "sam2"} { // several keys a person
		if s := h.ran(h.ssh(key, "overdue", "--format", "json"), ""); s.status != 0 || !json.Valid([]byte(s.out)) {
			t.Errorf("%s: %+v", key, s)
		}
	}
	if s := h.ran(h.ssh("stranger", "queue"), ""); s.status != 255 || !strings.Contains(s.err, "Permission denied (publickey)") {
		t.Errorf("an unknown key: %+v", s)
	}
	// The name one gives changes nothing: sam's name with dee's key is dee.
	if s := h.ran(h.sshWith("dee", []string{"-l", "sam"}, "audit", "list"), ""); s.status == 0 || !strings.Contains(s.err, "supervisors and auditors") {
		t.Errorf("somebody else's name: %+v", s)
	}
	pw := h.sshWith("stranger", []string{"-o", "PreferredAuthentications=password,keyboard-interactive", "-o", "PubkeyAuthentication=no"}, "queue")
	if s := h.ran(pw, ""); s.status != 255 || !strings.Contains(s.err, "Permission denied (publickey)") {
		t.Errorf("a password: %+v", s)
	}
	h.until("the refusal is logged", func() bool { return strings.Contains(h.log.String(), "login refused") })
}

// What is no command of ours is refused by name; nothing is forwarded, nothing copied.
func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, words := range [][]string{{"rm", "-rf", "/"}, {"scp", "-t", "/tmp"}, {"sh"}, {"/bin/sh", "-c", "id"}, {"git-upload-pack", "x"}, {"queue;id"}, {"$(id)"}, {"`id`"}} {
		s := h.ran(h.ssh("sam", words...), "")
		if s.status != 2 || !strings.Contains(s.err, words[0]) || !strings.Contains(s.err, "is no command of homeward") || s.out != "" {
			t.Errorf("%v: %+v", words, s)
		}
	}
	for name, args := range map[string][]string{
		"a forwarded port":     {"-W", "127.0.0.1:1"},
		"a port to the server": {"-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"},
	} {
		if s := h.ran(h.sshWith("sam", args), ""); s.status == 0 {
			t.Errorf("%s went through: %+v", name, s)
		}
	}
	if s := h.ran(h.sshWith("sam", []string{"-s"}, "sftp"), ""); s.status == 0 {
		t.Errorf("sftp went through: %+v", s)
	}
	for _, want := range []string{"direct-tcpip", "tcpip-forward", "subsystem sftp", "command refused"} {
		h.until("the log has "+want, func() bool { return strings.Contains(h.log.String(), want) })
	}
	for _, words := range [][]string{{"serve"}, {"demo"}, {"config", "show"}, {"--db", "x.db", "queue"}, {"--config", "x", "queue"}, {"--user", "sam", "queue"},
		{"import", "/etc/passwd"}, {"do", "/etc/passwd"}, {"check", "--in-process"}} {
		s := h.ran(h.ssh("sam", words...), "")
		if s.status == 0 || s.out != "" || strings.Contains(s.err, "root:") {
			t.Errorf("%v: %+v", words, s)
		}
	}
	c := h.client("sam")
	first, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if ok, _ := first.SendRequest("auth-agent-req@openssh.com", true, nil); ok {
		t.Error("an agent is forwarded")
	}
	if ok, _ := first.SendRequest("x11-req", true, nil); ok {
		t.Error("a display is forwarded")
	}
	if _, err := c.NewSession(); err == nil {
		t.Error("a second session on one connection")
	}
}

// A role is the same by every route.
func TestRolesOverSSH(t *testing.T) {
	t.Parallel()
	h := open(t)
	rows := []struct{ Referral, Stage string }{}
	if err := json.Unmarshal([]byte(h.ran(h.ssh("sam", "queue", "--format", "json"), "").out), &rows); err != nil || len(rows) == 0 {
		t.Fatal(err, rows)
	}
	act := `{"act":"referral.assign","referral":"` + rows[0].Referral + `","to":"amira"}` + "\n"
	signOff := `{"act":"referral.sign_off","referral":"` + rows[0].Referral + `","approve":true}` + "\n"
	for _, c := range []struct {
		who, act, code string
		status         int
	}{{"ada", act, "forbidden", 3}, {"dee", signOff, "forbidden", 3}, {"amira", signOff, "forbidden", 3}, {"tom", act, "", 0}} {
		s := h.ran(h.ssh(c.who, "do", "-"), c.act)
		if s.status != c.status || c.code != "" && !strings.Contains(s.out, `"code":"`+c.code+`"`) {
			t.Errorf("%s: %s%+v", c.who, c.act, s)
		}
	}
	// The same over the socket, where the account is dee's.
	if s := h.ran(h.here("do", "-"), signOff); s.status != 3 || !strings.Contains(s.out, `"code":"forbidden"`) {
		t.Errorf("over the socket: %+v", s)
	}
	if s := h.ran(h.here("--user", "sam", "do", "-"), signOff); s.status == 0 || !strings.Contains(s.err, "--user") {
		t.Errorf("--user over the socket: %+v", s)
	}
	if s := h.ran(h.ssh("sam", "--now", "2026-01-01T08:00:00Z", "do", "-"), act); s.status != 3 || !strings.Contains(s.out, "--now") {
		t.Errorf("a frozen clock for an act: %+v", s)
	}
	if s := h.ran(h.ssh("sam", "--now", "2036-01-01T08:00:00Z", "missing", "--format", "json"), ""); s.status != 0 {
		t.Errorf("a frozen clock for a list: %+v", s)
	}
	if s := h.ran(h.ssh("ada", "audit", "list", "--by", "tom", "--act", "referral.assign"), ""); s.status != 0 || !strings.Contains(s.out, "ssh SHA256:") {
		t.Errorf("the log says by which key: %+v", s)
	}
}

// Somebody who is taken out of the configuration is out at once, whatever they are doing; so is a key, and a role.
func TestTakenOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	tom, sam, dee := h.views("tom", 100, 30), h.views("sam2", 100, 30), h.views("dee", 100, 30)
	for _, x := range []interface{ Text() string }{tom, sam, dee} {
		h.until("the dashboard is there", func() bool { return strings.Contains(x.Text(), "[1 Queue]") || strings.Contains(x.Text(), "[1") })
	}
	h.people = []person{h.people[0], h.people[2], {"sam", "supervisor", []string{"sam"}, "", ""}, h.people[4]}
	h.people[1].until = "2020-01-01"
	h.reload()
	if tom.Ends() != 0 || !strings.Contains(tom.Text(), "Your entry in the configuration has changed") {
		t.Errorf("tom reads\n%s", tom.Text())
	}
	sam.Ends()
	if s := h.ran(h.ssh("tom", "queue"), ""); s.status != 255 {
		t.Errorf("tom comes in again: %+v", s)
	}
	if s := h.ran(h.ssh("sam", "queue"), ""); s.status != 0 {
		t.Errorf("sam's other key: %+v", s)
	}
	if s := h.ran(h.ssh("amira", "queue"), ""); s.status != 255 || !strings.Contains(h.log.String(), "Amira left on 2020-01-01") {
		t.Errorf("amira, who has left, comes in: %+v", s)
	}
	dee.Keys("j").Sees("Dee")
	if s := h.ran(h.ssh("ada", "audit", "list", "--act", "settings"), ""); !strings.Contains(s.out, "tom is taken out") {
		t.Errorf("the log: %+v", s)
	}
	// A configuration that is wrong changes nothing.
	good, err := os.ReadFile(h.config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(h.config, append(good, "[nonsense]\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := h.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	h.until("it is told", func() bool { return strings.Contains(h.log.String(), "stays in force") })
	if s := h.ran(h.ssh("sam", "queue"), ""); s.status != 0 {
		t.Errorf("after a wrong configuration: %+v", s)
	}
	// So does one that has lost its people.
	h.people = nil
	h.write()
	if err := h.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	h.until("it is told", func() bool { return strings.Contains(h.log.String(), "no [[user]] entries any more") })
	if s := h.ran(h.ssh("sam", "queue"), ""); s.status != 0 {
		t.Errorf("after a configuration without people: %+v", s)
	}
	dee.Keys("q")
	dee.Ends()
}

// The window may change at any time; what is shown follows it.
func TestResize(t *testing.T) {
	t.Parallel()
	h := open(t)
	x := h.views("dee", 120, 40).Sees("[1 Queue]", "│")
	x.Resize(80, 24).SeesNo("│").Sees("[1 Queue]")
	for i := range 60 {
		x.Resize(60+i, 15+i/2)
	}
	x.Resize(140, 45).Sees("[1 Queue]", "│")
	x.Resize(40, 10).Sees("too small")
	x.Resize(100, 30).Sees("[1 Queue]").Keys("q")
	if code := x.Ends(); code != 0 {
		t.Error(code)
	}
}

// SIGTERM tells everybody, keeps what is being typed, and ends within ten seconds; a client that reads nothing does not
// hold it up.
func TestStops(t *testing.T) {
	t.Parallel()
	h := open(t)
	x := h.views("dee", 120, 40).Sees("[1 Queue]", "Carer phone") // a row is in focus
	x.Keys("!").Sees("rgent, stands")
	x.Keys("half a sentence").Sees("half a sentence")
	asleep := h.views("tom", 120, 40).Sees("[1 Queue]")
	asleep.Signal(syscall.SIGSTOP)
	began := time.Now()
	h.stop()
	if took := time.Since(began); took > 30*time.Second { // ten on a machine with nothing else to do
		t.Errorf("it took %s", took)
	}
	x.Ends()
	if !strings.Contains(x.Text(), "homeward is being stopped") {
		t.Errorf("dee reads\n%s", x.Text())
	}
	if _, err := os.Stat(h.db + ".sock"); err == nil {
		t.Error("the socket is left over")
	}
	h.start()
	y := h.views("dee", 120, 40).Sees("[1 Queue]", "Carer phone")
	y.Keys("!").Sees("half a sentence", "unfinished text is back")
}
