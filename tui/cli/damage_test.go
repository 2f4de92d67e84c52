package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

// filled is a desk whose database has some dozens of records.
func filled(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	if s := d.run(makeFile(3, 60, at(t, now)).file(), "import", "-"); s.status != 3 {
		t.Fatal(s)
	}
	return d
}

// everyCommand are all commands that open the database, with what they read.
func everyCommand() [][]string {
	return append(readers(), []string{"do"}, []string{"import", "-"})
}

// damaged spoils a database and proves that no command takes it, hangs or falls over, and that none touches the file:
// check and audit verify end with 5, the others with 1, each with the file's name.
func (d *desk) damaged(what string, says ...string) {
	d.Helper()
	before, err := os.ReadFile(d.db)
	if err != nil {
		d.Fatal(err)
	}
	for _, args := range everyCommand() {
		want := 1
		if args[0] == "check" || args[0] == "audit" && args[1] == "verify" {
			want = 5
		}
		s := d.run(rows, args...)
		if s.out = clip(s.out); s.status != want || lacks(s.out+s.err, append(says, d.db)...) != nil || want == 1 && s.out != "" {
			d.Errorf("%s, %v: should end with %d and say %q\n%v", what, args, want, says, s)
		}
	}
	if after, err := os.ReadFile(d.db); err != nil || !bytes.Equal(before, after) {
		d.Errorf("%s: the file was changed (%v)", what, err)
	}
}

func TestADamagedDatabaseIsRefusedByEveryCommand(t *testing.T) {
	t.Parallel()
	source := filled(t)
	whole, head := source.read("hw.db"), source.read("hw.db.head")
	for _, c := range []struct {
		what, content string
		says          []string
	}{
		{"no byte", "", []string{"0 bytes", "restore"}},
		{"a text file", "police_ref,child_ref\nP1,K1\n" + strings.Repeat("x", 5000), nil},
		{"cut in the middle", whole[:6*4096], []string{"restore"}},
		{"cut behind the first pages", whole[:8192], []string{"restore"}},
		{"cut to a few bytes", whole[:100], nil},
		{"zeroes", strings.Repeat("\x00", len(whole)), nil},
		{"both first pages lost", strings.Repeat("\x00", 8192) + whole[8192:], nil},
	} {
		d := newDesk(t)
		d.write("hw.db", c.content)
		d.write("hw.db.head", head)
		d.damaged(c.what, c.says...)
	}
}

func TestALostDatabaseIsNotMadeAnew(t *testing.T) {
	t.Parallel()
	d := filled(t)
	if err := os.Rename(d.db, d.path("elsewhere")); err != nil {
		t.Fatal(err)
	}
	for _, args := range everyCommand() {
		s := d.run(rows, args...)
		if s.status != 1 && s.status != 5 || lacks(s.out+s.err, d.db, "lost, moved or renamed", "restore from backup") != nil {
			t.Errorf("%v: %v", args, s)
		}
	}
	if _, err := os.Stat(d.db); err == nil {
		t.Error("a new database was made beside the head of the lost one")
	}
	if err := os.Rename(d.path("elsewhere"), d.db); err != nil {
		t.Fatal(err)
	}
	d.sound()
}

func TestFlippedBytesAreFoundByCheck(t *testing.T) {
	t.Parallel()
	d := filled(t)
	whole, head := d.read("hw.db"), d.read("hw.db.head")
	// Names and texts of records, wherever they stand in the file.
	found := 0
	for _, piece := range []string{"Ada1 ", "Ada1\"", "Ada2\"", "MP/00007", "MP/00010"} {
		for from := 0; ; {
			i := strings.Index(whole[from:], piece)
			if i < 0 {
				break
			}
			from += i
			spoilt := []byte(whole)
			spoilt[from+2] ^= 0x20
			d.write("hw.db", string(spoilt))
			d.write("hw.db.head", head)
			s := d.run("", "check")
			if s.status == 5 {
				found++
				if lacks(s.err, "restore") != nil || s.out == "" {
					t.Errorf("byte %d: %v", from+2, s)
				}
			} else if s.status != 0 { // a page that is free no longer counts
				t.Errorf("byte %d: %v", from+2, s)
			}
			for _, args := range [][]string{{"queue"}, {"missing"}, {"audit", "verify"}, {"timeline", "LA-0001"}} {
				if s := d.run("", args...); s.status != 0 && s.status != 1 && s.status != 5 {
					t.Errorf("byte %d, %v: %v", from+2, args, s)
				}
			}
			from += len(piece)
			if testing.Short() && found > 3 {
				break
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d flips were found", found)
	}
	d.write("hw.db", whole)
	d.write("hw.db.head", head)
	d.ends(0, "check") // the control
}

func TestTheAuditLogIsHeldAgainstItsHead(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(adaIsBack)
	old, oldHead := d.read("hw.db"), d.read("hw.db.head")
	d.did(`{"act":"referral.note","referral":"R1","text":"rang the school"}`)
	d.sound()
	newer, head := d.read("hw.db"), d.read("hw.db.head")

	d.write("hw.db", old) // yesterday's file
	for _, args := range [][]string{{"audit", "verify"}, {"check"}} {
		if s := d.ends(5, args...); lacks(s.out+s.err, "restore") != nil {
			t.Error(s)
		}
	}
	if s := d.run(adaIsBack, "do"); s.status != 1 || s.out != "" {
		t.Errorf("acts on yesterday's file: %v", s)
	}

	d.write("hw.db", newer)
	for _, c := range []struct{ what, head string }{{"yesterday's", oldHead}, {"none", ""}, {"spoilt", strings.ToUpper(head)}} {
		d.write("hw.db.head", c.head)
		if c.head == "" {
			if err := os.Remove(d.path("hw.db.head")); err != nil {
				t.Fatal(err)
			}
		}
		s := d.run("", "audit", "verify")
		if c.what == "yesterday's" { // a head one commit behind is what a crash leaves
			continue
		}
		if s.status != 5 {
			t.Errorf("%s head: %v", c.what, s)
		}
	}
	d.write("hw.db.head", head)
	d.sound()
}

func TestAnotherProcessHoldsTheDatabase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(adaIsBack)
	pid, letGo := d.hold()
	done := make(chan string)
	all := [][]string{{"do"}, {"import", "-"}, {"timeline", "K1"}, {"queue"}, {"missing"}, {"overdue"}, {"audit", "list"}, {"audit", "verify"}, {"check"}}
	for _, args := range all {
		go func() {
			s := d.run(rows, args...)
			if s.status != 4 || s.out != "" || lacks(s.err, d.db, "in use", fmt.Sprint(pid)) != nil {
				done <- fmt.Sprintf("%v: %v", args, s)
				return
			}
			done <- ""
		}()
	}
	for range all {
		if fault := <-done; fault != "" {
			t.Error(fault)
		}
	}

	// Who waits is served once the other is through.
	waiting := make(chan said)
	go func() { waiting <- d.run("", "queue") }()
	letGo()
	if s := <-waiting; s.status != 0 || lacks(s.out, "R1") != nil {
		t.Errorf("a list that waited: %v", s)
	}
	d.sound()
}
