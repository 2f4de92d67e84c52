package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"homeward/tui/tuitest"
)

// files of a desk's folder beside those that tests put there.
func (d *desk) beside(name string) []string {
	d.Helper()
	all, err := filepath.Glob(d.path(name + "*"))
	if err != nil {
		d.Fatal(err)
	}
	for i := range all {
		all[i] = filepath.Base(all[i])
	}
	return all
}

// hold opens the database in a process of its own until the test lets go of it.
func (d *desk) hold() (pid int, letGo func()) {
	d.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	holder := d.command(ctx, "do")
	in, err := holder.StdinPipe()
	if err != nil {
		d.Fatal(err)
	}
	out, err := holder.StdoutPipe()
	if err != nil {
		d.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		d.Fatal(err)
	}
	_, _ = io.WriteString(in, `{"act":"referral.note","referral":"R1","text":"hold the line"}`+"\n")
	if answer, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.Contains(answer, `"ok":true`) {
		d.Fatalf("%v %s", err, answer)
	}
	return holder.Process.Pid, func() {
		_ = in.Close()
		if err := holder.Wait(); err != nil {
			d.Error(err)
		}
		cancel()
	}
}

func TestBackup(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if s := d.ends(1, "backup", "b.db"); lacks(s.err, d.db, "does not exist") != nil || len(d.beside("")) > 0 {
		t.Errorf("of no database: %v, %v", s, d.beside(""))
	}
	d.did(adaIsBack)
	s := d.ends(0, "backup", "b.db")
	if lacks(s.out, "b.db", "1 lines", "SHA-256") != nil || s.err != "" {
		t.Error(s)
	}
	st, err := os.Stat(d.path("b.db"))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Error(st, err)
	}
	if s := d.ends(0, "audit", "list", "--act", "backup"); lacks(s.out, "backup of the whole database: 1 lines") != nil || strings.Contains(s.out, "b.db") {
		t.Error(s)
	}
	was := d.read("b.db")
	for name, args := range map[string][]string{"a file that is there": {"backup", "b.db"}, "a folder": {"backup", "."}, "the database": {"backup", "hw.db"},
		"no such folder": {"backup", "none/b.db"}} {
		if s := d.ends(1, args...); s.out != "" || s.err == "" {
			t.Errorf("%s: %v", name, s)
		}
	}
	d.ends(2, "backup")
	d.ends(2, "backup", "-")
	d.ends(2, "backup", "a", "b")
	if d.read("b.db") != was {
		t.Error("a backup was replaced")
	}
	pid, letGo := d.hold()
	if s := d.ends(4, "backup", "c.db"); lacks(s.err, "in use", d.db, fmt.Sprint(pid)) != nil {
		t.Error(s)
	}
	letGo()
	d.sound()
	if left := d.beside(""); len(left) != 3 { // hw.db, its head, b.db
		t.Errorf("left: %v", left)
	}
}

// Whoever has the rights to the file may back it up, and see whether it is sound, also where the account is nobody's.
func TestBackupByAnAccountThatIsNobodys(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(adaIsBack)
	d.with("[[user]]\nlogin = \"dee\"\nname = \"Dee\"\nrole = \"supervisor\"\nos_user = \"somebody-else\"\n")
	d.ends(1, "queue")
	d.ends(0, "backup", "b.db")
	d.ends(0, "check")
	d.ends(0, "audit", "verify")
	if s := d.as("dee").ends(0, "audit", "list", "--act", "backup"); lacks(s.out, "account:"+tuitest.Account()) != nil {
		t.Error(s)
	}
	d.db = d.path("other.db")
	d.ends(0, "restore", "b.db")
	d.sound()
	d.as("dee").ends(0, "backup", "c.db")
	d.as("nobody").ends(1, "backup", "d.db")
	d.as("nobody").ends(1, "restore", "c.db", "--replace")
	if s := d.as("dee").ends(0, "audit", "list", "--act", "backup", "--format", "json"); lacks(s.out, `"by": "dee"`) != nil && lacks(s.out, `"by":"dee"`) != nil {
		t.Error(s)
	}
}

func TestBackupOfADamagedDatabase(t *testing.T) {
	t.Parallel()
	d := filled(t)
	whole := d.read("hw.db")
	spoilt := []byte(whole)
	// every name of a record, so that one of a record in force is among them
	for from := 0; ; {
		i := bytes.Index(spoilt[from:], []byte("Ada2"))
		if i < 0 {
			break
		}
		from += i
		spoilt[from+2] ^= 1
	}
	d.write("hw.db", string(spoilt))
	if s := d.ends(1, "backup", "b.db"); lacks(s.err, "damaged") != nil || len(d.beside("b.db")) > 0 {
		t.Errorf("%v, left %v", s, d.beside("b.db"))
	}
}

func TestRestoreCommand(t *testing.T) {
	t.Parallel()
	d := filled(t)
	want := d.ends(0, "queue", "--format", "json").out
	d.ends(0, "backup", "b.db")

	// a fresh machine
	other := newDesk(t)
	other.write("b.db", d.read("b.db"))
	s := other.ends(0, "restore", "b.db")
	if lacks(s.out, "restored: "+other.db, "lines of the audit log", "SHA-256") != nil || s.err != "" {
		t.Error(s)
	}
	other.sound()
	if got := other.ends(0, "queue", "--format", "json").out; got != want {
		t.Errorf("the queue is another one:\n%s\n%s", clip(got), clip(want))
	}
	if s := other.ends(0, "audit", "list", "--act", "restore"); lacks(s.out, "restored from a backup", "clock frozen") != nil || strings.Contains(s.out, "b.db") {
		t.Error(s)
	}

	// over a database
	if s := other.ends(1, "restore", "b.db"); lacks(s.err, other.db, "move it away", "--replace") != nil || s.out != "" {
		t.Error(s)
	}
	_, letGo := other.hold()
	for _, args := range [][]string{{"restore", "b.db"}, {"restore", "b.db", "--replace"}} {
		if s := other.ends(4, args...); lacks(s.err, other.db, "in use") != nil {
			t.Errorf("%v: %v", args, s)
		}
	}
	letGo()
	before := other.read("hw.db")
	if s := other.ends(0, "restore", "b.db", "--replace"); lacks(s.out, "kept, as it was before", "hw.db.before-restore-", ".head") != nil {
		t.Error(s)
	}
	kept := other.beside("hw.db.before-restore-")
	if len(kept) != 2 || other.read(kept[0]) != before {
		t.Errorf("kept: %v", kept)
	}
	other.sound()
	old := *other
	old.db = other.path(kept[0])
	old.sound()

	// a lost one, and a spoilt one
	if err := os.Remove(other.db); err != nil {
		t.Fatal(err)
	}
	other.ends(0, "restore", "b.db")
	other.sound()
	other.write("hw.db", "spoilt")
	other.ends(1, "restore", "b.db")
	other.ends(0, "restore", "b.db", "--replace")
	other.sound()
}

// A backup that is no good is refused, and nothing is changed.
func TestRestoreOfABadBackup(t *testing.T) {
	t.Parallel()
	d := filled(t)
	d.ends(0, "backup", "b.db")
	good := d.read("b.db")
	at := strings.Index(good, "Ada2") + 2
	d.write("cut.db", good[:len(good)/2])
	d.write("flipped.db", good[:at]+"~"+good[at+1:])
	d.write("foreign.db", strings.Repeat("police_ref,child_ref\n", 1000))
	d.write("empty.db", "")
	other := newDesk(t)
	other.dir = d.dir
	for _, name := range []string{"cut.db", "flipped.db", "foreign.db", "empty.db", "none.db", "."} {
		for _, db := range []string{d.db, d.path("fresh.db")} {
			other.db = db
			before := d.beside("")
			if s := other.ends(1, "restore", name, "--replace"); s.out != "" || strings.Count(s.err, "\n") != 1 {
				t.Errorf("%s: %v", name, s)
			}
			if after := d.beside(""); strings.Join(after, " ") != strings.Join(before, " ") {
				t.Errorf("%s: left %v", name, after)
			}
		}
		d.sound()
	}
	d.ends(2, "restore")
	other.db = d.path("fresh.db")
	other.ends(0, "restore", "b.db") // the control
	other.sound()
}
