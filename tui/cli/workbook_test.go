package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// book writes a workbook whose second row is good and whose third has no reference.
func book(t testing.TB, path string) {
	t.Helper()
	x := excelize.NewFile()
	at := time.Date(2026, 11, 20, 22, 5, 0, 0, time.UTC)
	for cell, v := range map[string]any{"A1": "police_ref", "B1": "child_ref", "C1": "missing_at", "A2": "0017", "B2": "C-1", "C2": at, "B3": "C-2", "C3": at} {
		if err := x.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := x.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	if err := x.SetCellValue("Notes", "A1", "by hand"); err != nil {
		t.Fatal(err)
	}
	if err := x.SaveAs(path + ".xlsx"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".xlsx", path); err != nil {
		t.Fatal(err)
	}
}

// A workbook goes in by its path or on standard input, whatever its name, locally and through a server.
func TestAWorkbookIsImported(t *testing.T) {
	for _, name := range []string{"week.xlsx", "week.csv"} {
		d := newDesk(t)
		book(t, d.path(name))
		s := d.ends(3, "import", d.path(name), "--dry-run")
		if missing := lacks(s.out+s.err, "dry run", "read 2, created 1", "refused: line 3: police_ref is required", "“Notes”"); missing != nil {
			t.Errorf("%s lacks %q:\n%s", name, missing, s)
		}
		s = d.ends(3, "import", d.path(name), "--sheet", "sheet1", "--rejects", d.path("rejects.csv"))
		if missing := lacks(s.out+s.err, "read 2, created 1", "the refused rows are in"); missing != nil || strings.Contains(s.err, "Notes") {
			t.Errorf("%s lacks %q:\n%s", name, missing, s)
		}
		if got := d.read("rejects.csv"); !strings.Contains(got, ",C-2,2026-11-20 22:05,3,") {
			t.Errorf("the rejects: %s", got)
		}
		file, err := os.ReadFile(d.path(name))
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(binary, "--db", d.db, "--now", d.now, "import", "-")
		cmd.Env, cmd.Stdin = d.environ(), bytes.NewReader(file)
		out, _ := cmd.CombinedOutput()
		if !strings.Contains(string(out), "read 2, created 0, updated 0, unchanged 1, refused 1") {
			t.Errorf("on standard input: %s", out)
		}
		s = d.ends(1, "import", d.path(name), "--sheet", "Week")
		if missing := lacks(s.err, "there is no sheet “Week”", "“Sheet1”, “Notes”"); missing != nil {
			t.Errorf("no such sheet lacks %q: %s", missing, s)
		}
		if e := d.list("missing", "--format", "json"); len(e) != 1 || text(e[0]["missing_at"]) != "2026-11-20T22:05:00Z" {
			t.Errorf("missing: %v", e)
		}
		d.sound()
	}
}

// A CSV whose name says workbook is read as what it is.
func TestACSVNamedWorkbook(t *testing.T) {
	d := newDesk(t)
	s := d.ends(0, "import", d.write("x.xlsx", "police_ref,child_ref,missing_at\nN-1,C-1,2026-11-20\n"))
	if missing := lacks(s.out, "created 1"); missing != nil {
		t.Errorf("lacks %q: %s", missing, s)
	}
}
