package intake

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/store/intake/intaketest"
)

func TestLayouts(t *testing.T) {
	for _, tt := range []struct{ layout, cell, want string }{
		{"dd/mm/yyyy hh:mm", "20/11/2026 15:04", "2026-11-20T15:04:00"},
		{"dd.mm.yy", "20.11.26", "2026-11-20"},
		{"d mmm yyyy, h:mm am/pm", "5 NOV 2026, 3:04 pm", "2026-11-05T15:04:00"},
		{"dd-mmm-yyyy hh:mm:ss", "05-Nov-2026 15:04:09", "2026-11-05T15:04:09"},
		{"mmmm d, yyyy", "November 5, 2026", "2026-11-05"},
		{"yyyymmdd", "20261105", "2026-11-05"},
		{"yyyy-mm-ddThh:mm:ssz", "2026-07-05T15:04:09+02:00", "2026-07-05T15:04:09+02:00"},
		{"02/01/2006 15:04", "20/11/2026 15:04", "2026-11-20T15:04:00"},
		{"1/2/2006 3:04 PM", "11/20/2026 3:04 PM", "2026-11-20T15:04:00"},
		{"dd/mm/yyyy hh:mm", "2026-11-20 15:04", "2026-11-20 15:04"}, // ours stay
		{"dd/mm/yyyy hh:mm", "31/02/2026 15:04", "31/02/2026 15:04"},
	} {
		l, err := ParseLayout(tt.layout)
		if err != nil {
			t.Errorf("%s: %v", tt.layout, err)
			continue
		}
		if got := (&Map{Layouts: []Layout{l}}).read(tt.cell, false); got != tt.want {
			t.Errorf("%s: %q is read %q, want %q", tt.layout, tt.cell, got, tt.want)
		}
	}
	for _, bad := range []string{"", "hh:mm", "dd/mm", "dd/mm/yyyy hh", "dd/xx/yyyy", "yyyyy", "02/01 15:04", "1/2/2006 3:04"} {
		if l, err := ParseLayout(bad); err == nil {
			t.Errorf("%q was taken as %+v", bad, l)
		}
	}
}

func niche(t *testing.T) map[string]Map {
	t.Helper()
	var layouts []Layout
	for _, s := range []string{"dd.mm.yyyy hh:mm", "dd.mm.yyyy", "d mmm yy"} {
		l, err := ParseLayout(s)
		if err != nil {
			t.Fatal(err)
		}
		layouts = append(layouts, l)
	}
	return map[string]Map{"niche": {Layouts: layouts, Columns: map[domain.Column][]string{
		domain.ColPoliceRef: {"Occurrence No"}, domain.ColChildRef: {"Person"}, domain.ColDOB: {"Born"},
		domain.ColMissingAt: {"Date Missing", "Time Missing"}, domain.ColReturnedAt: {"Returned"},
	}}}
}

func TestMap(t *testing.T) {
	maps := niche(t)
	m := maps["niche"]
	desk, out := newDesk(), &buffer{}
	file := "Person,occurrence no,Date Missing,Time Missing,Returned,Born,risk,Colour\n" +
		"C9,N1,20.11.2026,21:15,21.11.2026 08:30,14 Mar 11,high,blue\n" +
		"C9,N2,25.10.2026,,25.10.2026 01:30,,,blue\n" +
		"C9,N3,32.10.2026,10:00,,,,blue\n"
	rep := takeFile(t, desk, file, Options{Map: &m, Rejects: out.open})
	if got := counts(rep); got != "read 3 created 2 updated 0 unchanged 0 refused 1 children 1 referred 2" {
		t.Fatal(got, rep.RefusedRows)
	}
	e := desk.Episode("N1")
	if e.MissingAt.Canonical() != "2026-11-20T21:15:00Z" || e.ReturnedAt.Canonical() != "2026-11-21T08:30:00Z" || e.Risk != "high" || desk.Child("N1").DOB != 20110314 {
		t.Errorf("%+v", e)
	}
	if e := desk.Episode("N2"); !e.MissingAt.DateOnly() || e.MissingAt.Date() != 20261025 {
		t.Errorf("a blank time leaves the date alone: %v", e.MissingAt)
	}
	if r := rep.RefusedRows[0]; r.Column != "Date Missing" || r.Line != 4 {
		t.Errorf("the column is not as the file calls it: %+v", r)
	}
	if !strings.HasPrefix(out.String(), "Person,occurrence no,Date Missing,Time Missing,Returned,Born,risk,Colour,line,reason\nC9,N3,32.10.2026,10:00,,,,blue,4,") {
		t.Errorf("rejects are not under the file's own headers:\n%s", out.String())
	}
	mended := takeFile(t, desk, strings.Replace(out.String(), "32.10", "31.10", 1), Options{Map: &m})
	if mended.Counts.Created != 1 {
		t.Error(counts(mended))
	}
	if _, err := Run(t.Context(), desk, strings.NewReader("Person,police_ref,Occurrence No,missing_at\n"), Options{Map: &m}); err == nil {
		t.Error("two columns for one of ours were taken")
	}
}

func TestRejects(t *testing.T) {
	const file = "\xef\xbb\xbfpolice_ref,child_ref,missing_at,notes,colour\n" +
		"P1,C9,2026-11-20,fine,red\n" + // 2
		"P2,C9,never,=1+1,red\n" + // 3
		"P3,C9,2026-11-20,\"two\r\nlines\"\n" + // 4: a cell short
		"P4,C9,2026-11-20,Zo\xeb,red\n" + // 6
		"P5,C9,2026-11-20,\"open,red\n" + // 7
		"P6,C9,soon,\"'-x, \"\"y\"\"\",red\n" // 8
	out, desk := &buffer{}, newDesk()
	rep := takeFile(t, desk, file, Options{Rejects: out.open})
	if rep.Counts.Refused != 5 || rep.Counts.Created != 1 {
		t.Fatal(counts(rep), rep.RefusedRows)
	}
	r := newCSVReader(bytes.NewReader(out.Bytes()))
	var rows [][]string
	for {
		rec, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil || rec.fault != "" {
			t.Fatal(err, rec)
		}
		rows = append(rows, slices.Clone(rec.fields))
	}
	if !r.bom {
		t.Error("the spreadsheet that wrote a byte order mark wants one back")
	}
	for i, want := range [][]string{
		{"police_ref", "child_ref", "missing_at", "notes", "colour", "line", "reason"},
		{"P2", "C9", "never", "=1+1", "red", "3"},
		{"P3,C9,2026-11-20,two\r\nlines", "", "", "", "", "4"},
		{"P4", "C9", "2026-11-20", "Zoë", "red", "6"},
		{"P5,C9,2026-11-20,\"open,red", "", "", "", "", "7"},
		{"P6", "C9", "soon", "-x, \"y\"", "red", "8"},
	} {
		if len(rows) <= i || !slices.Equal(rows[i][:len(want)], want) {
			t.Fatalf("row %d is %q, want %q", i, rows[i], want)
		}
	}
	if strings.Contains(out.String(), ",=1+1") || !strings.Contains(out.String(), ",'=1+1,") {
		t.Error("a formula stands in the rejects")
	}
	// As they are they go in nowhere, but for the row whose letters were only in another encoding.
	if again := takeFile(t, desk, out.String(), Options{}); again.Counts.Created != 1 || again.Counts.Refused != 4 {
		t.Error("not mended:", counts(again))
	}
}

func TestClerk(t *testing.T) {
	clerk := Clerk{Desk: newDesk(), Maps: niche(t)}
	if _, err := clerk.TakeIn(t.Context(), view.IntakeFile{Map: "nich", Source: strings.NewReader("")}); err == nil || !strings.Contains(err.Error(), `the nearest is "niche"`) {
		t.Error(err)
	}
	if _, err := clerk.TakeIn(t.Context(), view.IntakeFile{Path: filepath.Join(t.TempDir(), "none.csv")}); err == nil {
		t.Error("no file, no error")
	}
	if _, err := clerk.TakeIn(t.Context(), view.IntakeFile{Path: t.TempDir()}); err == nil {
		t.Error("a folder is no file")
	}
	file, _ := intaketest.Referrals(3, 300, now())
	var told int64
	rep, err := clerk.TakeIn(t.Context(), view.IntakeFile{Source: bytes.NewReader(file), Progress: func(b int64, _ int) { told = b }})
	if err != nil || told != int64(len(file)) {
		t.Errorf("%v, progress told %d of %d bytes", err, told, len(file))
	}
	rows, fore, err := clerk.Foresee(t.Context(), view.IntakeFile{Source: bytes.NewReader(file)}, 50)
	if err != nil || len(rows) != 50 || fore.Counts.Unchanged+fore.Counts.Refused != 50 || len(fore.FileNotes) != 2 {
		t.Errorf("%v %d %+v %q", err, len(rows), fore.Counts, fore.FileNotes)
	}
	if rep.Counts.Read == 0 {
		t.Error("nothing was read")
	}
}

func TestWaiting(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"old.csv", "new.CSV", "notes.txt", ".half.csv"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
		at := now().Add(time.Duration(i) * time.Hour)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	clerk := Clerk{Folder: dir}
	folder, files, err := clerk.Waiting(t.Context())
	if err != nil || folder != dir || len(files) != 2 || files[0].Name != "new.CSV" || files[1].Size != 7 || files[1].Modified != domain.At(now()) {
		t.Errorf("%v %s %+v", err, folder, files)
	}
	if _, err := Waiting(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "[intake] folder") {
		t.Error(err)
	}
	if folder, files, err := (&Clerk{}).Waiting(t.Context()); folder != "" || files != nil || err != nil {
		t.Error(folder, files, err)
	}
}
