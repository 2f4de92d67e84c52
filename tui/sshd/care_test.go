package sshd_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"homeward/tui/tuitest"
)

// copies of the database that lie beside it.
func (h *site) copies() []string {
	left, _ := filepath.Glob(h.db + ".copy-*")
	return left
}

// A backup of a served database goes to the caller's folder, checked, while others work; it restores elsewhere. Over SSH there
// is none, and nothing is restored under people's feet.
func TestBackupOfAServedDatabase(t *testing.T) {
	t.Parallel()
	h := open(t)
	mine := h.path("mine")
	if err := os.Mkdir(mine, 0o700); err != nil {
		t.Fatal(err)
	}
	backup := func(name string) said {
		cmd := h.here("backup", name)
		cmd.Dir = mine
		return h.ran(cmd, "")
	}
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			line := fmt.Sprintf(`{"act":"referral.new","police_ref":"B%d","given_name":"Ada","family_name":"Night","dob":"2011-05-06","missing_at":"2026-01-02T21:00:00Z","returned_at":"2026-01-03T03:00:00Z"}`, n)
			if s := h.ran(h.here("do"), line); s.status != 0 {
				t.Errorf("%+v", s)
				return
			}
		}
	})
	const n = 3
	for i := range n {
		if s := backup(fmt.Sprintf("b%d.db", i)); s.status != 0 || !strings.Contains(s.out, "backed up and checked") || s.err != "" {
			t.Errorf("%+v", s)
		}
		for _, words := range [][]string{{"check"}, {"audit", "verify"}} {
			if s := h.ran(h.here(words...), ""); s.status != 0 {
				t.Errorf("%v: %+v", words, s)
			}
		}
	}
	close(stop)
	writing.Wait()
	if s := backup("b0.db"); s.status != 1 || !strings.Contains(s.err, "replaces nothing") {
		t.Errorf("over a file: %+v", s)
	}
	if s := backup("."); s.status != 1 || !strings.Contains(s.err, "folder") {
		t.Errorf("a folder: %+v", s)
	}
	if s := h.ran(h.ssh("sam", "backup", "b9.db"), ""); s.status == 0 || s.out != "" {
		t.Errorf("over SSH: %+v", s)
	}
	if s := h.ran(h.ssh("sam", "restore", "b0.db"), ""); s.status == 0 || !strings.Contains(s.err, "on its own machine") {
		t.Errorf("restore over SSH: %+v", s)
	}
	for _, args := range [][]string{{"restore", "mine/b0.db"}, {"restore", "mine/b0.db", "--replace"}} {
		if s := h.ran(h.here(args...), ""); s.status != 4 || !strings.Contains(s.err, "served") {
			t.Errorf("%v: %+v", args, s)
		}
	}
	if s := h.ran(h.ssh("sam", "check"), ""); s.status != 0 {
		t.Errorf("check over SSH: %+v", s)
	}
	if s := h.ran(h.ssh("tom", "check"), ""); s.status != 1 || !strings.Contains(s.err, "supervisors and auditors") {
		t.Errorf("a coordinator's check over SSH: %+v", s)
	}
	if s := h.ran(h.ssh("sam", "audit", "list", "--act", "backup"), ""); s.status != 0 || strings.Count(s.out, "backup of the whole database") != n || !strings.Contains(s.out, " dee ") {
		t.Errorf("%+v", s)
	}
	if left := h.copies(); len(left) > 0 {
		t.Errorf("left beside the database: %v", left)
	}
	all, _ := os.ReadDir(mine)
	if len(all) != n {
		t.Errorf("left with the caller: %v", all)
	}
	for _, e := range all {
		if st, err := e.Info(); err != nil || st.Mode().Perm() != 0o600 {
			t.Error(st, err)
		}
		db := h.path("restored-" + e.Name())
		at := *h
		at.db = db
		for _, words := range [][]string{{"restore", filepath.Join(mine, e.Name())}, {"check"}, {"audit", "verify"}} {
			if s := h.ran(at.here(words...), ""); s.status != 0 {
				t.Errorf("%s, %v: %+v", e.Name(), words, s)
			}
		}
	}
}

// Somebody who is killed while a backup comes to them leaves nothing beside the database, and the server goes on.
func TestBackupThatIsKilled(t *testing.T) {
	t.Parallel()
	h := open(t)
	for i := range 8 {
		cmd := h.here("backup", fmt.Sprintf("killed%d.db", i))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i*15) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	h.until("the copies are gone", func() bool { return len(h.copies()) == 0 })
	if s := h.ran(h.here("backup", "whole.db"), ""); s.status != 0 {
		t.Errorf("%+v", s)
	}
	if s := h.ran(h.here("check"), ""); s.status != 0 || len(h.copies()) > 0 {
		t.Errorf("%+v, %v", s, h.copies())
	}
}

// An account that serves and is nobody's in the configuration, as a service's mostly is, looks after the database through the
// socket and sees nothing else.
func TestTheServicesOwnAccount(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.people[0].osUser = ""
	h.reload()
	for _, words := range [][]string{{"backup", "b.db"}, {"check"}, {"audit", "verify"}} {
		if s := h.ran(h.here(words...), ""); s.status != 0 {
			t.Errorf("%v: %+v", words, s)
		}
	}
	for _, words := range [][]string{{"queue"}, {"missing"}, {"timeline", "C1"}, {"audit", "list"}, {"do"}, {"import", "-"}, {"intelligence"}, {"followups"}} {
		if s := h.ran(h.here(words...), header); s.status != 1 || s.out != "" || !strings.Contains(s.err, "belongs to nobody") {
			t.Errorf("%v: %+v", words, s)
		}
	}
	x := tuitest.Open(t, 120, 40, h.here())
	if code := x.Ends(); code != 1 || !strings.Contains(x.Text(), "belongs to nobody") {
		t.Errorf("status %d:\n%s", code, x.Text())
	}
	if s := h.ran(h.ssh("sam", "audit", "list", "--act", "backup"), ""); s.status != 0 || !strings.Contains(s.out, "account:"+tuitest.Account()) {
		t.Errorf("%+v", s)
	}
}

// Other settings come into force while people look at them: due times follow, and what is wrong changes nothing.
func TestOtherSettingsWhilePeopleWork(t *testing.T) {
	t.Parallel()
	h := open(t)
	x := h.views("tom", 120, 40).Sees("To triage 1", "Red").Keys("jj").Sees("+ 72 h")
	explained := func() string { return h.ran(h.ssh("tom", "queue", "--format", "json"), "").out }
	if !strings.Contains(explained(), "+ 72 h") {
		t.Fatalf("%s", explained())
	}
	h.serve = "[policy]\ninterview_within = \"48h\"\n"
	h.reload()
	if s := explained(); !strings.Contains(s, "+ 48 h") {
		t.Errorf("%s", s)
	}
	if s := h.ran(h.here("check"), ""); s.status != 0 {
		t.Errorf("%+v", s)
	}
	x.Sees("+ 48 h") // their screen followed by itself
	for _, wrong := range []string{"[policy]\ninterview_within = \"soon\"\n", "[keys]\n\"no.such_action\" = [\"x\"]\n"} {
		h.serve = wrong
		h.write()
		n := strings.Count(h.log.String(), "stays in force")
		if err := h.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		h.until("it is refused", func() bool { return strings.Count(h.log.String(), "stays in force") > n })
		if s := explained(); !strings.Contains(s, "+ 48 h") {
			t.Errorf("%s", s)
		}
	}
	x.Keys("q")
	x.Ends()
	h.serve = ""
	h.reload()
	h.stop()
	if s := h.ran(h.here("check"), ""); s.status != 0 {
		t.Errorf("%+v", s)
	}
}
