package intake

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"homeward/domain/view"
)

// workbook writes sheets as Excel does: a cell is text, a number, a time with a format, or a formula.
type workbook struct {
	*excelize.File
	testing.TB
}

// stamped is a time in a cell with a format.
type stamped struct {
	at     time.Time
	format string
}

func newWorkbook(t testing.TB) workbook { return workbook{excelize.NewFile(), t} }

// row writes cells from column A on.
func (w workbook) row(sheet string, row int, cells ...any) {
	w.Helper()
	for i, c := range cells {
		name, err := excelize.CoordinatesToCellName(i+1, row)
		if err != nil {
			w.Fatal(err)
		}
		v := c
		if s, ok := c.(stamped); ok {
			v = s.at
		}
		if c == nil {
			continue
		}
		if err := w.SetCellValue(sheet, name, v); err != nil {
			w.Fatal(err)
		}
		if s, ok := c.(stamped); ok {
			style, err := w.NewStyle(&excelize.Style{CustomNumFmt: &s.format})
			if err == nil {
				err = w.SetCellStyle(sheet, name, name, style)
			}
			if err != nil {
				w.Fatal(err)
			}
		}
	}
}

func (w workbook) bytes() []byte {
	w.Helper()
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		w.Fatal(err)
	}
	return b.Bytes()
}

func clockAt(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC)
}

// thisWeek is a workbook of three good rows under a merged title, one of them hidden, with a note beside the table, a sheet of notes,
// and one row for each thing that cannot be taken.
func thisWeek(t testing.TB) workbook {
	w := newWorkbook(t)
	w.row("Sheet1", 1, "Missing children, week 47")
	if err := w.MergeCell("Sheet1", "A1", "H1"); err != nil {
		t.Fatal(err)
	}
	w.row("Sheet1", 3, "police_ref", "given_name", "family_name", "dob", "child_phone", "missing_at", "returned_at", "looked_after", "nhs_number")
	const day, minute = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
	born := time.Date(2011, 3, 14, 0, 0, 0, 0, time.UTC)
	w.row("Sheet1", 4, 20260001, "Zara", "Ives", stamped{born, day}, "07700900123", stamped{clockAt(20, 22, 5), minute}, stamped{clockAt(21, 6, 40), minute}, true, 4505577104)
	w.row("Sheet1", 5, "0026/2", "Ben", "Okoro", stamped{born, "yyyy-mm-dd hh:mm:ss"}, 7700900124, stamped{clockAt(20, 0, 0), day}, stamped{clockAt(21, 0, 0), day}, "no", nil, "asked twice")
	w.row("Sheet1", 8, "N-3", "Li", "Wu", "14/03/2011", nil, "20/11/2026 10:00", "NULL")
	if err := w.SetRowVisible("Sheet1", 8, false); err != nil {
		t.Fatal(err)
	}
	if _, err := w.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	w.row("Notes", 1, "nothing to read")
	return w
}

func TestAWorkbookGoesInAsItsCSVDoes(t *testing.T) {
	file := thisWeek(t).bytes()
	desk := newDesk()
	rep, err := Run(t.Context(), desk, bytes.NewReader(file), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := counts(rep), "read 3 created 3 updated 0 unchanged 0 refused 0 children 3 referred 2"; got != want {
		t.Errorf("got %s\nwant %s\n%v", got, want, rep.RefusedRows)
	}
	notes := strings.Join(rep.FileNotes, "\n")
	for _, want := range []string{"the sheet “Sheet1” is read, the first of several", "“Notes”", "above the header, on line 3, is skipped: “Missing children, week 47”",
		"rows that are hidden in the spreadsheet are read like the others: 1, the first is row 8", "cells right of the last header belong to no column and are ignored: 1, the first is J5", "taken for blank: 1 cell"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no note says %q:\n%s", want, notes)
		}
	}
	if fmt.Sprint(rep.Sheets, rep.Sheet) != "[Sheet1 Notes]Sheet1" {
		t.Errorf("the sheets are %v, read was %s", rep.Sheets, rep.Sheet)
	}
	// The same as CSV changes nothing: every cell was taken as it is shown.
	csv := "police_ref,given_name,family_name,dob,child_phone,missing_at,returned_at,looked_after,nhs_number\n" +
		"20260001,Zara,Ives,2011-03-14,07700900123,2026-11-20 22:05,2026-11-21 06:40,yes,450 557 7104\n" +
		"0026/2,Ben,Okoro,2011-03-14,7700900124,2026-11-20,2026-11-21,no,\n" +
		"N-3,Li,Wu,14/03/2011,,20/11/2026 10:00,NULL,,\n"
	for name, again := range map[string]string{"CSV": csv, "the workbook": string(file)} {
		if got, want := counts(takeFile(t, desk, again, Options{})), "read 3 created 0 updated 0 unchanged 3 refused 0 children 0 referred 0"; got != want {
			t.Errorf("%s: got %s\nwant %s", name, got, want)
		}
	}
	// A stream that cannot be read twice gives the same.
	if got := counts(mustRun(t, newDesk(), io.MultiReader(bytes.NewReader(file)), Options{})); got != counts(rep) {
		t.Errorf("as a stream: %s", got)
	}
	if _, err := Run(t.Context(), desk, bytes.NewReader(file), Options{Sheet: "notes"}); err == nil || !strings.Contains(err.Error(), "the header lacks") {
		t.Errorf("another sheet: %v", err)
	}
	if _, err := Run(t.Context(), desk, bytes.NewReader(file), Options{Sheet: "Week"}); err == nil || !strings.Contains(err.Error(), "there is no sheet “Week”: the file has “Sheet1”, “Notes”") {
		t.Errorf("no such sheet: %v", err)
	}
	if _, err := Run(t.Context(), desk, strings.NewReader(csv), Options{Sheet: "Week"}); err == nil || !strings.Contains(err.Error(), "--sheet is for spreadsheets") {
		t.Errorf("a sheet of a CSV: %v", err)
	}
}

func mustRun(t testing.TB, d view.Desk, src io.Reader, o Options) *Report {
	t.Helper()
	rep, err := Run(t.Context(), d, src, o)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// What a cell shows and cannot be taken refuses its row, by the row of the sheet and the cell; where nothing is read from it, it
// is nobody's business.
func TestCellsThatRefuseTheirRow(t *testing.T) {
	w := newWorkbook(t)
	w.row("Sheet1", 1, "police_ref", "child_ref", "missing_at", "returned_at", "their own")
	at := stamped{clockAt(20, 22, 5), "dd/mm/yyyy hh:mm"}
	w.row("Sheet1", 2, "N-1", "C-1", at)
	w.row("Sheet1", 3, "N-2", "C-2", 46346.5)
	w.row("Sheet1", 4, "N-3", "C-3", stamped{clockAt(20, 0, 0), "mmm yy"})
	w.row("Sheet1", 5, "N-4", "C-4", at)
	w.row("Sheet1", 6, nil, "C-5", at)
	_ = w.SetCellFormula("Sheet1", "D5", "A5+1") // never reckoned
	_ = w.SetCellFormula("Sheet1", "E2", "A2+1")
	out := &buffer{}
	rep := takeFile(t, newDesk(), string(w.bytes()), Options{Rejects: out.open})
	var got []string
	for _, r := range rep.RefusedRows {
		got = append(got, fmt.Sprintf("%d %s: %s", r.Line, r.Column, r.Reason))
	}
	want := []string{
		"3 missing_at: “46346.5” is not a time: write 2026-11-22 14:10, 22/11/2026 14:10, 22 Nov 2026 14:10 or the date alone; in the spreadsheet cell C3 is a number: give it a date's format there",
		"4 missing_at: cell C4 shows a month or year without a day: give the cell a format with day, month and year",
		"5 returned_at: cell D5 is a formula whose result is not in the file: open the file in Excel, save it and import it again",
		"6 police_ref: is required: it is how a row is known again",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("refused:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if rep.Counts.Created != 1 {
		t.Errorf("%d went in, want the one good row", rep.Counts.Created)
	}
	// The rejects are a CSV that goes in once it is mended.
	text := out.String()
	if !strings.HasPrefix(text, "\ufeffpolice_ref,child_ref,missing_at,returned_at,their own,line,reason\n") || !strings.Contains(text, "\n,C-5,2026-11-20 22:05,,,6,") {
		t.Errorf("the rejects:\n%s", text)
	}
	mended := strings.NewReplacer("46346.5", "20/11/2026 12:00", "46346,", "20/11/2026,", "\n,C-5", "\nN-5,C-5").Replace(text)
	if got := counts(takeFile(t, newDesk(), mended, Options{})); !strings.HasPrefix(got, "read 4 created 4") {
		t.Errorf("mended: %s\n%s", got, mended)
	}
}

// What a spreadsheet took for a date is no reference any more: two of them can be one day.
func TestAReferenceThatBecameADate(t *testing.T) {
	w := newWorkbook(t)
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	w.row("Sheet1", 1, "police_ref", "child_ref", "missing_at")
	w.row("Sheet1", 2, stamped{day, "yyyy-mm-dd"}, "C-1", stamped{day, "dd/mm/yyyy"})
	w.row("Sheet1", 3, "N-2", stamped{day, "mmm-yy"}, stamped{day, "dd/mm/yyyy"})
	w.row("Sheet1", 4, "N-3", "C-3", stamped{day, "dd/mm/yyyy"})
	rep := takeFile(t, newDesk(), string(w.bytes()), Options{})
	if rep.Counts.Created != 1 || len(rep.RefusedRows) != 2 {
		t.Fatalf("%+v", rep.RefusedRows)
	}
	for i, cell := range []string{"cell A2", "cell B3"} {
		if r := rep.RefusedRows[i]; !strings.Contains(r.Reason, cell+" ") {
			t.Errorf("%+v", r)
		}
	}
}

func TestTheLookedAfterReturnAsAWorkbook(t *testing.T) {
	w := newWorkbook(t)
	w.row("Sheet1", 1, "CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
	const day = "dd/mm/yyyy"
	w.row("Sheet1", 2, 1234, stamped{time.Date(2005, 3, 12, 0, 0, 0, 0, time.UTC), day}, "M", stamped{time.Date(2017, 11, 21, 0, 0, 0, 0, time.UTC), "yyyy-mm-dd"}, "22/11/2017")
	w.row("Sheet1", 3, 1235, "12/03/2005", "A", 43060, nil)
	desk := newDesk()
	rep := takeFile(t, desk, string(w.bytes()), Options{Format: SSDA903})
	if got, want := counts(rep), "read 2 created 1 updated 0 unchanged 0 refused 1 children 1 referred 0"; got != want || !strings.Contains(rep.RefusedRows[0].Reason, "cell D3 is a number") {
		t.Errorf("got %s\nwant %s\n%v", got, want, rep.RefusedRows)
	}
	if got := counts(takeFile(t, desk, "CHILD,DOB,MISSING,MIS_START,MIS_END\n1234,12/03/2005,M,21/11/2017,22/11/2017\n", Options{Format: SSDA903})); !strings.HasPrefix(got, "read 1 created 0 updated 0 unchanged 1") {
		t.Errorf("as CSV: %s", got)
	}
}

// A workbook that breaks off takes nothing in, wherever it breaks off.
func TestADamagedWorkbookTakesNothingIn(t *testing.T) {
	w := newWorkbook(t)
	w.row("Sheet1", 1, "police_ref", "child_ref", "missing_at")
	for i := range 2000 {
		w.row("Sheet1", i+2, fmt.Sprintf("N-%d", i), fmt.Sprintf("C-%d", i), "2026-11-20")
	}
	file := w.bytes()
	at := bytes.Index(file, []byte("xl/worksheets/sheet1.xml"))
	for _, n := range []int{at + 200, at + 2000, len(file) - 100} {
		for name, bent := range map[string][]byte{"a byte": bytes.Clone(file), "cut": file[:n]} {
			if name == "a byte" {
				bent[n] ^= 0x41
			}
			desk := newDesk()
			rep, err := Run(t.Context(), desk, bytes.NewReader(bent), Options{BatchRows: 100})
			if len(desk.Acts) > 0 {
				t.Errorf("%s at %d: %v went in, %v, %v", name, n, desk.Acts[:1], rep, err)
			}
			if err == nil || !strings.Contains(err.Error(), "damaged") {
				t.Errorf("%s at %d: %v", name, n, err)
			}
		}
	}
}

func TestOfSeveralSheets(t *testing.T) {
	w := newWorkbook(t)
	if _, err := w.NewSheet("Two"); err != nil {
		t.Fatal(err)
	}
	w.row("Two", 1, "police_ref", "child_ref", "missing_at")
	w.row("Two", 2, "N-1", "C-1", "2026-11-20")
	if _, err := Run(t.Context(), newDesk(), bytes.NewReader(w.bytes()), Options{}); err == nil || !strings.Contains(err.Error(), "the sheet “Sheet1” is empty; name another with --sheet: the file has “Two”") {
		t.Errorf("the first is empty: %v", err)
	}
	if got := counts(takeFile(t, newDesk(), string(w.bytes()), Options{Sheet: "Two"})); !strings.HasPrefix(got, "read 1 created 1") {
		t.Errorf("the second: %s", got)
	}
	// Hidden, the first is not the first that is seen.
	w.SetActiveSheet(1)
	if err := w.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	if got := counts(takeFile(t, newDesk(), string(w.bytes()), Options{})); !strings.HasPrefix(got, "read 1 created 1") {
		t.Errorf("the first shown: %s", got)
	}
}

// Whatever a file is that holds no rows, it is told what it is and what helps, by what it holds and not by its name.
func TestWhatIsNoTable(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"old Excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "an old Excel workbook (.xls), or one that is protected by a password"},
		{"a web page", "\r\n<html><table><tr><td>x</td></tr></table>", "is a web page"},
		{"XML", "<?xml version=\"1.0\"?><Workbook/>", "is XML"},
		{"PDF", "%PDF-1.7\n", "is a PDF"},
		{"RTF", "{\\rtf1 x}", "text document"},
		{"gzip", "\x1f\x8b\x08\x00", "is an archive"},
		{"an empty archive", "PK\x05\x06" + strings.Repeat("\x00", 18), "nothing to read"},
		{"a mark and no more", "PK\x03\x04....", "damaged"},
		{"UTF-16", "\xff\xfep\x00o\x00", "UTF-16"},
	} {
		for _, o := range []Options{{}, {Format: SSDA903}} {
			desk := newDesk()
			_, err := Run(t.Context(), desk, strings.NewReader(c.file), o)
			if err == nil || !strings.Contains(err.Error(), c.want) || len(desk.Acts) != 0 {
				t.Errorf("%s: %v; want %q", c.name, err, c.want)
			}
		}
	}
}
