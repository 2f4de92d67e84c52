package sshd_test

import (
	"os/exec"
	"strings"
	"testing"

	"homeward/tui/tuitest"
)

// encrypts encrypts the database with a passphrase, in a terminal.
func (h *site) encrypts(passphrase string) {
	h.Helper()
	cmd := exec.Command(binary, "--db", h.db, "--config", h.config, "key", "init", "--no-recovery")
	cmd.Env, cmd.Dir = h.environ(), h.dir
	tuitest.Open(h, 100, 30, cmd).Sees("A passphrase of your own").Keys(passphrase + "\r").Sees("Once more").Keys(passphrase + "\r").Sees("encrypted.")
}

// A server without a key is sealed: who has a key of SSH and the passphrase opens it, and it serves from then on.
func TestASealedServerIsOpenedOverSSH(t *testing.T) {
	h := open(t)
	h.stop()
	const passphrase = "correct horse battery staple"
	h.encrypts(passphrase)
	h.begin()
	h.until("it says where it waits", func() bool { return strings.Contains(h.log.String(), "address=") })
	h.addr, _, _ = strings.Cut(after(h.log.String(), "address="), " ")
	if s := h.ran(h.ssh("nobody"), ""); s.status == 0 || strings.Contains(s.out, "sealed") {
		t.Error("somebody who is nobody:", s)
	}
	h.views("dee", 80, 24).Sees("homeward is sealed", "Passphrase").Keys("something else\r").Sees("opens nothing here").Keys(passphrase + "\r").Sees("It is open")
	h.until("it serves", func() bool { return strings.Contains(h.out.String(), "socket ") })
	first, _, _ := strings.Cut(h.out.String(), "\n")
	h.addr = strings.TrimPrefix(first, "listening on ")
	if s := h.ran(h.ssh("dee", "queue"), ""); s.status != 0 || !strings.Contains(s.out, "REFERRAL") {
		t.Error(s)
	}
	if log := h.log.String(); strings.Contains(log, passphrase) || !strings.Contains(log, "wrong passphrase") || !strings.Contains(log, "person=dee") {
		t.Error("the journal:", log)
	}
	// What the account does about the keys while it is served: the server says it in the log, and seals everything anew.
	if s := h.ran(h.here("key", "rotate"), ""); s.status != 0 || !strings.Contains(s.out, "new key") {
		t.Error(s)
	}
	if s := h.ran(h.here("key", "init", "--no-recovery"), ""); s.status == 0 || !strings.Contains(s.err, "served") {
		t.Error(s)
	}
	if s := h.ran(h.ssh("sam", "key", "rotate"), ""); s.status == 0 || !strings.Contains(s.err, "on its own machine") {
		t.Error(s)
	}
	if s := h.ran(h.ssh("sam", "audit", "list", "--act", "keys"), ""); strings.Count(s.out, "keys") < 3 {
		t.Error(s)
	}
	if s := h.ran(h.here("check"), ""); s.status != 0 || strings.Contains(s.out, "without a key") {
		t.Error(s)
	}
	h.stop()
}

// after is the word behind a mark.
func after(text, mark string) string {
	_, rest, _ := strings.Cut(text, mark)
	word, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(word)
}
