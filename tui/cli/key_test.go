package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"homeward/tui/tuitest"
)

const oneReferral = `{"act":"referral.new","child_ref":"ZQ-1","police_ref":"ZQ-P1","family_name":"Zqstone","given_name":"Ivy","dob":"2011-03-14",` +
	`"missing_at":"2026-11-20T06:00:00Z","returned_at":"2026-11-21T06:00:00Z"}`

// encrypts makes a database with one referral and encrypts it with a key file.
func encrypts(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	if s := d.run(oneReferral, "do"); s.status != 0 {
		t.Fatal(s)
	}
	s := d.ends(0, "key", "init", "--no-recovery", "--key-file", "server.key")
	if !strings.Contains(s.out, "encrypted.") {
		t.Fatal(s)
	}
	return d
}

// keyed is the same desk with its key file.
func (d *desk) keyed() *desk {
	other := *d
	other.env = append([]string{"HOMEWARD_KEY_FILE=" + d.path("server.key")}, d.env...)
	return &other
}

// leakless holds that no file of a folder says a word.
func leakless(t *testing.T, dir string, words ...string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, w := range words {
			if bytes.Contains(bytes.ToLower(b), []byte(strings.ToLower(w))) {
				t.Errorf("%s says %s", path, w)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestAnEncryptedDatabase(t *testing.T) {
	d := encrypts(t)
	k := d.keyed()
	if s := k.ends(0, "queue"); !strings.Contains(s.out, "Zqstone") {
		t.Error(s)
	}
	if s := d.ends(1, "queue"); !strings.Contains(s.err, "encrypted") || !strings.Contains(s.err, "--key-file") || strings.Count(s.err, "\n") != 1 {
		t.Error(s)
	}
	if s := d.ends(0, "check"); !strings.Contains(s.out, "without a key") {
		t.Error(s)
	}
	if s := k.ends(0, "check"); strings.Contains(s.out, "without") {
		t.Error(s)
	}
	if s := d.ends(0, "audit", "verify"); !strings.Contains(s.out, "without a key: none of the 2 lines") {
		t.Error(s)
	}
	if s := k.ends(0, "audit", "verify"); !strings.Contains(s.out, "has the hash") {
		t.Error(s)
	}
	if s := d.ends(0, "backup", "sealed.db"); !strings.Contains(s.err, "does not say that it was made") {
		t.Error(s)
	}
	k.ends(0, "backup", "said.db")
	leakless(t, d.dir, "Zqstone", "ZQ-1", "ZQ-P1")
	for _, backup := range []string{"sealed.db", "said.db"} {
		if s := d.ends(0, "key", "test", "--key-file", "server.key", backup); !strings.Contains(s.out, "can be opened and read") {
			t.Error(s)
		}
	}
	if s := d.ends(1, "key", "test", "said.db"); !strings.Contains(s.err, "in a terminal") {
		t.Error(s)
	}
	// The database and its keys are lost: a backup is enough.
	for _, f := range []string{"", ".head", ".keys"} {
		if err := os.Remove(d.db + f); err != nil {
			t.Fatal(err)
		}
	}
	if s := d.ends(1, "restore", "said.db"); !strings.Contains(s.err, "encrypted") {
		t.Error(s)
	}
	k.ends(0, "restore", "said.db")
	if s := k.ends(0, "queue"); !strings.Contains(s.out, "Zqstone") {
		t.Error(s)
	}
	k.ends(0, "check")
}

func TestSlots(t *testing.T) {
	d := encrypts(t)
	k := d.keyed()
	if s := k.ends(1, "key", "remove", "server"); !strings.Contains(s.err, "last slot") {
		t.Error(s)
	}
	k.ends(0, "key", "add", "--name", "spare", "--new-key-file", "spare.key")
	if s := d.ends(1, "key", "add", "--name", "more", "--new-key-file", "more.key"); !strings.Contains(s.err, "--key-file") {
		t.Error(s)
	}
	if _, err := os.Stat(d.path("more.key")); err == nil {
		t.Error("a key file was made for a slot that there is not")
	}
	if s := d.ends(0, "key", "list"); !strings.Contains(s.out, "spare") || !strings.Contains(s.out, "server") {
		t.Error(s)
	}
	if s := k.ends(0, "key", "remove", "server"); !strings.Contains(s.out, "key rotate") {
		t.Error(s)
	}
	if s := k.ends(1, "queue"); !strings.Contains(s.err, "opens none") {
		t.Error(s)
	}
	spare := *d
	spare.env = []string{"HOMEWARD_KEY_FILE=" + d.path("spare.key")}
	spare.ends(0, "key", "rotate")
	if s := spare.ends(0, "audit", "list"); strings.Count(s.out, "slot") < 2 {
		t.Error(s)
	}
	spare.ends(0, "check")
	if s := k.ends(1, "key", "init", "--no-recovery"); !strings.Contains(s.err, "encrypted already") {
		t.Error(s)
	}
	plain := newDesk(t)
	if s := plain.run(oneReferral, "do"); s.status != 0 {
		t.Fatal(s)
	}
	for _, args := range [][]string{{"key", "list"}, {"key", "rotate"}, {"key", "add", "--name", "x", "--new-key-file", "x.key"}, {"key", "remove", "x"}} {
		if s := plain.ends(1, args...); !strings.Contains(s.err, "not encrypted: homeward key init") {
			t.Error(args, s)
		}
	}
	for _, args := range [][]string{{"key", "init"}, {"key", "init", "--no-recovery"}} {
		if s := plain.ends(2, args...); !strings.Contains(s.err, "in a terminal") {
			t.Error(args, s)
		}
	}
	plain.ends(0, "check")
	none := newDesk(t)
	none.ends(1, "key", "init", "--no-recovery", "--key-file", "k")
	if _, err := os.Stat(none.path("k")); err == nil {
		t.Error("a key file was made for no database")
	}
}

// In a terminal one is asked for a passphrase, is shown the recovery passphrase and types it back, and is asked once by each command.
func TestPassphrases(t *testing.T) {
	d := newDesk(t)
	d.now = "" // the prompts know no frozen clock
	if s := d.run(oneReferral, "do"); s.status != 0 {
		t.Fatal(s)
	}
	const mine = "correct horse battery staple"
	x := tuitest.Open(t, 100, 30, d.command(context.Background(), "key", "init"))
	x.Sees("A passphrase of your own").Keys("short\r").Sees("12 characters").Keys(mine + "\r").Sees("Once more").Keys("something else\r").Sees("They differ")
	x.Keys(mine + "\r").Keys(mine + "\r").Sees("Type it back")
	recovery := recoveryOn(t, x.Text())
	x.Keys("aaaa-bbbb\r").Sees("That is not it").Keys(strings.ToUpper(strings.ReplaceAll(recovery, "-", " ")) + "\r").Sees("encrypted.")
	x.SeesNo(mine)
	leakless(t, d.dir, "Zqstone", recovery)

	x = tuitest.Open(t, 100, 30, d.command(context.Background(), "queue"))
	x.Sees("Passphrase").Keys("wrong\r").Sees("That opens nothing here").Keys(mine + "\r").Sees("Ivy Zqstone")
	x = tuitest.Open(t, 100, 30, d.command(context.Background()))
	x.Sees("Passphrase").Keys(mine + "\r").Sees("Ivy Zqstone").Keys("qy")
	if s := d.ends(1, "queue"); !strings.Contains(s.err, "encrypted") {
		t.Error(s)
	}
	d.ends(0, "backup", "b.db")
	x = tuitest.Open(t, 100, 30, d.command(context.Background(), "key", "test", "b.db"))
	x.Sees("the one on paper").Keys(recovery+"\r").Sees("can be opened and read", "recovery")
	x = tuitest.Open(t, 100, 30, d.command(context.Background(), "key", "add", "--name", "lee"))
	x.Sees("The passphrase of the new slot").Keys("another one of four words\r").Sees("Once more").Keys("another one of four words\r").Sees("to allow this").Keys(recovery + "\r").Sees("added the slot")
	x = tuitest.Open(t, 100, 30, d.command(context.Background(), "missing"))
	x.Sees("Passphrase").Keys("another one of four words\r").Sees("missing")
}

// recoveryOn finds the recovery passphrase on a screen.
func recoveryOn(t *testing.T, screen string) string {
	t.Helper()
	for line := range strings.Lines(screen) {
		if w := strings.TrimSpace(line); len(w) == 29 && strings.Count(w, "-") == 5 {
			return w
		}
	}
	t.Fatalf("no recovery passphrase on\n%s", screen)
	return ""
}

// Beyond this machine nothing is served that is not encrypted, unless the configuration says so.
func TestServingBeyondThisMachine(t *testing.T) {
	d := newDesk(t)
	d.now = ""
	if s := d.run(oneReferral, "do"); s.status != 0 {
		t.Fatal(s)
	}
	if s := d.ends(1, "serve", "--listen", "0.0.0.0:0"); !strings.Contains(s.err, "not encrypted") || !strings.Contains(s.err, "key init") {
		t.Error(s)
	}
}

// Whatever was lost of an encrypted database, doctor never sends anybody to a backup where the database itself is whole, and what it
// says leads on.
func TestWhatWasLostIsFoundAgain(t *testing.T) {
	d := encrypts(t)
	d.now = ""
	k := d.keyed()
	k.ends(0, "key", "add", "--name", "spare", "--new-key-file", "spare.key")
	doctor := func(d *desk, status int, says ...string) {
		t.Helper()
		s := d.run("", "doctor")
		if s.status != status || strings.Contains(s.out, "restore --replace") {
			t.Fatal(s)
		}
		for _, w := range says {
			if !strings.Contains(s.out, w) {
				t.Errorf("doctor does not say %q:\n%s", w, s.out)
			}
		}
	}
	k.ends(0, "backup", "b.db")
	doctor(k, 0, "encrypted; 2 slots")
	doctor(d, 0, "what is in it was not looked at")
	if err := os.Remove(d.db + ".keys"); err != nil {
		t.Fatal(err)
	}
	doctor(k, 0, "are missing; the database has a copy")
	if s := d.ends(0, "key", "list"); !strings.Contains(s.out, "spare") {
		t.Error(s)
	}
	if s := k.run(oneNote, "do"); s.status != 0 || !strings.Contains(s.err, "were put back") {
		t.Error(s)
	}
	if _, err := os.Stat(d.db + ".keys"); err != nil {
		t.Error(err)
	}
	if err := os.Remove(d.path("server.key")); err != nil {
		t.Fatal(err)
	}
	lost := d.with("[store]\nkey_file = \"" + d.path("server.key") + "\"\n")
	doctor(lost, 1, "the key file is not there", "key remove server")
	if s := lost.ends(1, "queue"); !strings.Contains(s.err, "server.key is not there") || !strings.Contains(s.err, "in a terminal") {
		t.Error(s)
	}
	spare := *lost
	spare.env = []string{"HOMEWARD_KEY_FILE=" + d.path("spare.key")}
	spare.ends(0, "key", "remove", "server")
	spare.ends(0, "key", "add", "--name", "server", "--new-key-file", "server.key")
	lost.ends(0, "queue")
	doctor(lost, 0)
}

const oneNote = `{"act":"referral.note","referral":"R1","text":"she rang"}`
