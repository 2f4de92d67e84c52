package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"homeward/tui/cli"
	"homeward/tui/tuitest"
)

// signs gives what doctor says of one thing in one state, and ends with a status.
func (d *desk) signs(status int, about, state string) (found []string) {
	d.Helper()
	var list []object
	decode(d, d.ends(status, "doctor", "--format", "json").out, &list)
	for _, o := range list {
		if o["about"] == about && o["state"] == state {
			found = append(found, text(o["found"])+" -> "+text(o["do"]))
		}
	}
	return found
}

// doctor ends with 0 where nothing must be done and with 1 where something must, in every format, and writes nothing. The disk of
// the person who runs the tests may be full, so that is left out.
func TestDoctorCommand(t *testing.T) {
	t.Parallel()
	d := newDesk(t).with("[[user]]\nlogin = \"sam\"\nrole = \"supervisor\"\nos_user = \"" + tuitest.Account() + "\"\n")
	d.did(adaIsBack)
	if err := os.Chmod(d.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if len(d.signsAnyway("disk", "must")) > 0 {
		t.Skip("the disk here is nearly full")
	}
	before := d.read("hw.db") + d.read("hw.db.head")
	s := d.ends(0, "doctor")
	if s.err != "" || lacks(s.out, "STATE", "ABOUT", "FOUND", "well    database", d.db, "remark  backups", "To do: homeward --config "+d.config+" --db "+d.db+" backup FILE makes one now") != nil {
		t.Error(s)
	}
	if strings.Contains(s.out, "Ada") || strings.Contains(s.out, "Okafor") || strings.Contains(s.out, "K1") {
		t.Errorf("names a child: %v", s)
	}
	if csv := d.ends(0, "doctor", "--format", "csv").out; !strings.HasPrefix(csv, "state,about,found,do\r\n") {
		t.Error(csv)
	}
	if err := os.Chmod(d.db, 0o640); err != nil {
		t.Fatal(err)
	}
	s = d.ends(1, "doctor")
	if first := strings.Split(s.out, "\n")[1]; lacks(first, "must", "modes", "0640", "chmod 600 "+d.db) != nil || !strings.Contains(s.err, "1 thing must be done") {
		t.Error(s)
	}
	if out := d.signs(1, "modes", "must"); len(out) != 1 {
		t.Error(out)
	}
	if err := exec.Command("sh", "-c", strings.TrimSpace(strings.Split(d.signs(1, "modes", "must")[0], "-> ")[1])).Run(); err != nil {
		t.Error(err)
	}
	d.ends(0, "doctor") // what it said to do mends it
	if before != d.read("hw.db")+d.read("hw.db.head") {
		t.Error("it wrote to the database")
	}
	d.ends(2, "doctor", "more")
	d.with("[serve]\nlisten = 5\n")
	if out := d.signs(1, "configuration", "must"); len(out) != 1 || !strings.Contains(out[0], "config.toml:2") {
		t.Error(out)
	}
	d.with("[keys]\n\"no.such_action\" = [\"x\"]\n")
	if out := d.signs(1, "configuration", "must"); len(out) != 1 || !strings.Contains(out[0], "no.such_action") {
		t.Error(out)
	}
	d.config = d.path("none.toml")
	if out := d.signs(1, "configuration", "must"); len(out) != 1 || !strings.Contains(out[0], "there is no configuration file") {
		t.Error(out)
	}
	d.config = ""
	pid, letGo := d.hold()
	if out := d.signs(0, "database", "remark"); len(out) != 1 || lacks(out[0], "in use by", strconv.Itoa(pid)) != nil {
		t.Error(out)
	}
	letGo()
	d.db = d.path("none.db")
	if out := d.signs(1, "database", "must"); len(out) != 1 || !strings.Contains(out[0], "does not exist") {
		t.Error(out)
	}
	if _, err := os.Stat(d.db); err == nil {
		t.Error("it made a database")
	}
}

// signsAnyway is signs whatever the status is.
func (d *desk) signsAnyway(about, state string) (found []string) {
	d.Helper()
	var list []object
	decode(d, d.run("", "doctor", "--format", "json").out, &list)
	for _, o := range list {
		if o["about"] == about && o["state"] == state {
			found = append(found, text(o["found"]))
		}
	}
	return found
}

// The unit is what systemd takes, and one that leaves little to it.
func TestTheUnit(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := d.ends(0, "doctor", "--unit")
	if s.out != cli.Unit() || s.err != "" {
		t.Fatal(s)
	}
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	const there = "/usr/local/bin/homeward"
	if !strings.Contains(s.out, "ExecStart="+there+" serve ") {
		t.Fatal(s.out)
	}
	unit := d.write("homeward.service", strings.ReplaceAll(s.out, there, binary))
	for _, args := range [][]string{{"verify", unit}, {"security", "--offline=yes", "--threshold=20", unit}} {
		cmd := exec.Command(verify, args...)
		cmd.Env = append(os.Environ(), "SYSTEMD_PAGER=cat")
		out, err := cmd.CombinedOutput()
		if err != nil || args[0] == "verify" && len(out) > 0 {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	wrong := d.write(filepath.Base("wrong.service"), strings.Replace(cli.Unit(), there, "/no/such/program", 1))
	if exec.Command(verify, "verify", wrong).Run() == nil {
		t.Error("a unit whose program is not there is found sound: the test shows nothing")
	}
}
