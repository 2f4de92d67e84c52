package sshd_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file is sent over SSH and what is refused of it comes back the same way, is mended and sent again; one that waits on the
// server is taken in by its name, and of the server's other files none is read.
func TestRejectsComeBackOverSSH(t *testing.T) {
	t.Parallel()
	h := open(t)
	folder := h.path("night")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	h.serve += "\n[intake]\nfolder = \"" + folder + "\""
	h.reload()
	const head = "police_ref,child_ref,given_name,family_name,dob,missing_at\n"
	file := head + "S1,SK1,Ann,Lee,2012-02-03,2026-01-10 10:00\nS2,SK2,Bo,Ray,2012-02-04,10th of Jan\n"
	s := h.ran(h.ssh("dee", "import", "-", "--rejects", "-"), file)
	if s.status != 3 || !strings.Contains(s.err, "created 1") || !strings.Contains(s.err, "line 3: missing_at") {
		t.Fatalf("%+v", s)
	}
	if !strings.HasPrefix(s.out, strings.TrimSpace(head)+",line,reason\nS2,SK2,Bo,Ray,2012-02-04,10th of Jan,3,") || strings.Count(s.out, "\n") != 2 {
		t.Errorf("what came back is no file to mend: %q", s.out)
	}
	s = h.ran(h.ssh("dee", "import", "-", "--rejects", "-"), strings.Replace(s.out, "10th of Jan", "2026-01-10", 1))
	if s.status != 0 || s.out != "" || !strings.Contains(s.err, "created 1") {
		t.Errorf("mended: %+v", s)
	}

	if err := os.WriteFile(filepath.Join(folder, "night.csv"), []byte(head+"S3,SK3,Cy,Dow,2012-02-05,2026-01-11\nS4,,,,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s = h.ran(h.ssh("dee", "import", "--waiting", "night.csv", "--rejects", "-"), "")
	if s.status != 3 || !strings.Contains(s.err, "created 1") || !strings.Contains(s.out, "\nS4,") {
		t.Errorf("from the folder: %+v", s)
	}
	// Fetched once more, nothing else changes.
	s = h.ran(h.ssh("dee", "import", "--waiting", "night.csv", "--rejects", "-"), "")
	if s.status != 3 || !strings.Contains(s.err, "created 0, updated 0, unchanged 1") || !strings.Contains(s.out, "\nS4,") {
		t.Errorf("once more: %+v", s)
	}
	for _, name := range []string{"../hw.db", "config.toml", "../config.toml", h.config, "none.csv"} {
		if s := h.ran(h.ssh("dee", "import", "--waiting", name), ""); s.status != 1 || s.out != "" || !strings.Contains(s.err, "it holds night.csv") {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := h.ran(h.ssh("amira", "import", "--waiting", "night.csv", "--rejects", "-"), ""); s.status == 0 || s.out != "" || strings.Contains(s.err, "S4") {
		t.Errorf("a practitioner: %+v", s)
	}
	// A suggestion takes the same way.
	if s := h.ran(h.ssh("dee", "import", "--suggest-map", "-"), head+"S1,SK1,Ann,Lee,2012-02-03,2026-01-10\n"); s.status != 0 || !strings.Contains(s.out, "[intake.map.theirs]") {
		t.Errorf("a suggestion: %+v", s)
	}
	// In the dashboard over SSH a path of the server is refused.
	y := h.views("dee", 120, 40)
	y.Sees("all keys").Keys("i").Sees("night.csv").Keys("o").Sees("Open a file").Keys(h.config + "\x04").Sees("a file of the server")
}
