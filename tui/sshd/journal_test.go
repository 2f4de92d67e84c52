package sshd_test

import (
	"os"
	"strings"
	"testing"
)

// line waits for a line of the journal that has all of some pieces.
func (h *site) line(pieces ...string) string {
	h.Helper()
	found := ""
	h.until("the journal says "+strings.Join(pieces, " "), func() bool {
		for l := range strings.Lines(h.log.String()) {
			missing := false
			for _, p := range pieces {
				missing = missing || !strings.Contains(l, p)
			}
			if !missing {
				found = l
				return true
			}
		}
		return false
	})
	return found
}

// The journal tells who leaves, after how long and why, and of wrong lock codes; nothing that anybody typed.
func TestTheJournalTellsOfSessions(t *testing.T) {
	t.Parallel()
	h := open(t)
	d := h.views("tom", 120, 40).Sees("Queue")
	d.Keys("q")
	d.Ends()
	h.line(`msg="dashboard ends"`, "person=tom", "after=", "why=left")

	d = h.views("amira", 120, 40).Sees("My day")
	d.Keys("\x0c").Sees("Choose one of at least 4")
	d.Keys("green7\r").Keys("green7\r").Sees("It is locked now")
	for n, wait := range []string{"Wait 1s", "Wait 2s", "Wait 4s", "Wait 8s", ""} {
		d.Keys("sesame\r")
		h.line(`msg="wrong lock code"`, "person=amira", "tries="+string(rune('1'+n)))
		if wait != "" {
			d.Sees(wait)
			d.Sees("You may try")
		}
	}
	d.Ends()
	h.line(`msg="dashboard ends"`, "person=amira", `why="wrong lock codes"`)

	d = h.views("sam", 120, 40).Sees("Queue")
	h.people[3].role = "coordinator"
	h.reload()
	d.Ends()
	h.line(`msg="dashboard ends"`, "person=sam", `why="their entry in the configuration changed"`)

	cut := h.sshWith("tom", []string{"-tt"})
	in, err := cut.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cut.Start(); err != nil {
		t.Fatal(err)
	}
	h.until("tom is in again", func() bool {
		return strings.Count(h.log.String(), `msg="dashboard begins" person=tom`) > 1
	})
	_ = cut.Process.Kill()
	_ = in.Close()
	_ = cut.Wait()
	h.line(`msg="dashboard ends"`, "person=tom", `why="the connection ended"`)

	last := h.views("dee", 120, 40).Sees("Queue")
	h.stop()
	last.Ends()
	h.line(`msg="dashboard ends"`, "person=dee", `why="the server stopped"`)
	if all := h.log.String(); strings.Contains(all, "sesame") || strings.Contains(all, "green7") {
		t.Error("what was typed is in the journal")
	}
}

// A server that begins says which files other accounts can get at, and what to do.
func TestTheJournalTellsOfWrongModes(t *testing.T) {
	t.Parallel()
	h := open(t)
	if strings.Contains(h.log.String(), "chmod") {
		t.Errorf("where all is well:\n%s", h.log)
	}
	h.stop()
	for path, mode := range map[string]os.FileMode{h.db: 0o640, h.config: 0o666} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	h.start()
	h.line("level=WARN", "hw.db can be read by other accounts", `do="chmod 600 `)
	h.line("level=WARN", "config.toml can be written by other accounts", `do="chmod go-w `)
	h.stop()
}
