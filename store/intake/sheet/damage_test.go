package sheet_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"homeward/store/intake/sheet"
)

// A cell whose parts do not fit together never shows another value, nor a blank that nobody typed.
func TestACellThatDoesNotFitTogether(t *testing.T) {
	const reckoned = "is a formula whose result is not in the file"
	for _, c := range []struct{ name, cell, want string }{
		{"a formula with an empty result that is no text", `<c r="A1"><f>B1</f><v/></c>`, reckoned},
		{"a formula of yes and no without a result", `<c r="A1" t="b"><f>B1</f><v></v></c>`, reckoned},
		{"a formula's date without a result", `<c r="A1" t="d"><f>B1</f><v> </v></c>`, reckoned},
		{"a formula's text without a result", `<c r="A1" t="str"><f>B1</f></c>`, reckoned},
		{"a part of a shared formula without a result", `<c r="A1"><f t="shared" si="0"/></c>`, reckoned},
		{"text that stands where numbers do", `<c r="A1"><is><t>x</t></is></c>`, "holds text and says that it holds none"},
		{"text of its own where shared text is to be", `<c r="A1" t="str"><is><t>x</t></is></c>`, "holds text and says that it holds none"},
		{"a value where text of its own is to be", `<c r="A1" t="inlineStr"><v>7</v></c>`, "is to hold text and holds “7”"},
		{"yes and no that is neither", `<c r="A1" t="b"><v>2</v></c>`, "is to hold TRUE or FALSE and holds “2”"},
	} {
		got, err := read(parts{rows: `<row r="1">` + c.cell + `</row>`}.bytes(t))
		if err != nil || len(got) != 1 || !strings.Contains(got[0], "! cell A1 "+c.want) {
			t.Errorf("%s: %q, %v; want the fault %q", c.name, got, err, c.want)
		}
	}
	for _, c := range []struct{ cell, want string }{
		{`<c r="A1" t="b"/><c r="B1"><v>1</v></c>`, "[1||1]"},
		{`<c r="A1" t="d"/><c r="B1"><v>1</v></c>`, "[1||1]"},
		{`<c r="A1" t="inlineStr"/><c r="B1"><v>1</v></c>`, "[1||1]"},
		{`<c r="A1" t="b"><v>true</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="b"><v>false</v></c>`, "[1|TRUE|FALSE|FALSE]"},
		{`<c r="A1" s="0"><v>46348</v></c>`, "[1|46348]"},
	} {
		if got, err := read(parts{rows: `<row r="1">` + c.cell + `</row>`}.bytes(t)); err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, %v; want %s", c.cell, got, err, c.want)
		}
	}
}

// A format is the cell's own: neither its column's nor its row's, which are those of cells that are not there. Cells under a
// merge keep what is theirs, and nothing is filled down into them.
func TestACellStandsForItself(t *testing.T) {
	p := parts{formats: []string{"dd/mm/yyyy"}, rows: `<row r="1" s="1" customFormat="1"><c r="A1"><v>40000</v></c></row>` +
		`<row r="2"><c r="A2"><v>1</v></c><c r="B2"/><c r="C2"><v>3</v></c></row>`}
	p.before = `<cols><col min="1" max="9" width="9" style="1"/></cols>`
	p.after = `<mergeCells count="1"><mergeCell ref="A2:D2"/></mergeCells>`
	if got, err := read(p.bytes(t)); err != nil || fmt.Sprint(got) != "[1|40000 2|1||3]" {
		t.Errorf("%v, %v", got, err)
	}
}

// What is in order for the archive and not for a workbook is refused: never is it a shorter sheet, or another.
func TestAWorkbookThatDoesNotFitTogether(t *testing.T) {
	one := `<row r="1"><c r="A1"><v>1</v></c></row>`
	part := func(text string) []byte {
		return parts{leaveOut: "xl/worksheets/sheet1.xml", extra: map[string]string{"xl/worksheets/Sheet1.xml": text}}.bytes(t)
	}
	link := func(id, kind, target string) []byte {
		return parts{links: `<Relationship Id="` + id + `" Type="x/` + kind + `" Target="` + target + `"/>`, rows: one, extra: map[string]string{"xl/other.xml": "<x/>"}}.bytes(t)
	}
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"a sheet with nothing in its part", part(""), "holds no rows"},
		{"a sheet of blanks", part(" \n"), "holds no rows"},
		{"a sheet without a place for rows", part("<worksheet/>"), "holds no rows"},
		{"another thing in the sheet's place", part("<styleSheet><cellXfs/></styleSheet>"), "holds no rows"},
		{"rows in two places", part("<worksheet><sheetData>" + one + "</sheetData><sheetData/></worksheet>"), "holds its rows twice"},
		{"rows 3, 5, 3", parts{rows: `<row r="3"/><row r="5"/><row r="3"/>`}.bytes(t), "stands behind row 5"},
		{"a cell twice", parts{rows: `<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`}.bytes(t), `stands the cell "A1"`},
		{"a cell in small letters", parts{rows: `<row r="1"><c r="a1"><v>1</v></c></row>`}.bytes(t), `stands the cell "a1"`},
		{"two values in a cell", parts{rows: `<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`}.bytes(t), "cell A1 in the sheet \"Data\" holds two values"},
		{"two texts in a cell", parts{rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is><is><t>b</t></is></c></row>`}.bytes(t), "holds two values"},
		{"shared text whose number is none", parts{shared: []string{"<t>x</t>"}, rows: `<row r="1"><c r="A1" t="s"><v>O</v></c></row>`}.bytes(t), "text of cell A1"},
		{"a format that is not there", parts{rows: `<row r="1"><c r="A1" s="7"><v>46348</v></c></row>`}.bytes(t), "format of cell A1"},
		{"a format whose number is none", parts{rows: `<row r="1"><c r="A1" s="x"><v>46348</v></c></row>`}.bytes(t), "format of cell A1"},
		{"one reference for two parts", link("rId1", "worksheet", "other.xml"), "rId1"},
		{"shared text in two parts", link("rId9", "sharedStrings", "other.xml"), "sharedStrings"},
		{"two sheets of one name", parts{rows: one, sheets: `<sheet name="Data" r:id="rId1"/><sheet name="DATA" r:id="rId1"/>`}.bytes(t), `two sheets with the name "DATA"`},
		{"marks in marks without end", parts{rows: strings.Repeat("<x>", 2000) + strings.Repeat("</x>", 2000)}.bytes(t), "damaged"},
	} {
		if rows, err := read(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v; want %q", c.name, rows, err, c.want)
		}
	}
}

// A value in very many pieces costs what its length costs; put together one by one it would take hours.
func TestAValueInManyPieces(t *testing.T) {
	const n = 1_500_000
	var s strings.Builder
	for i := range n {
		s.WriteString(noiseMark[i%len(noiseMark)])
	}
	file := parts{rows: `<row r="1"><c r="A1" t="str"><v>` + s.String() + `</v></c></row>`}.bytes(t)
	got, err := read(file)
	if err != nil || len(got) != 1 || len(got[0]) != n+len("1|") {
		t.Errorf("%d rows, %v", len(got), err)
	}
}

var noiseMark = func() []string {
	out := make([]string, 4096)
	r := rand.New(rand.NewPCG(5, 6))
	for i := range out {
		out[i] = fmt.Sprintf("<!--%x--><![CDATA[%c]]>", r.Uint32(), 'a'+rune(r.IntN(26)))
	}
	return out
}()

// whole is a workbook as a program writes it: several sheets, shared and rich text, dates, a formula, a merge, a hidden row.
func whole(t testing.TB) []byte {
	x := excelize.NewFile()
	day, stamp := "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
	d, _ := x.NewStyle(&excelize.Style{CustomNumFmt: &day})
	m, _ := x.NewStyle(&excelize.Style{CustomNumFmt: &stamp})
	at := time.Date(2026, 11, 22, 14, 10, 0, 0, time.UTC)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 300 {
		must(x.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &[]any{fmt.Sprint("N-", i), fmt.Sprint("Zoë ", i%17), at.AddDate(0, 0, i), at.Add(time.Duration(i) * time.Hour), 7700900000 + i, i%2 == 0}))
	}
	must(x.SetCellStyle("Sheet1", "C1", "C300", d))
	must(x.SetCellStyle("Sheet1", "D1", "D300", m))
	must(x.MergeCell("Sheet1", "H1", "J2"))
	must(x.SetRowVisible("Sheet1", 9, false))
	must(x.SetCellRichText("Sheet1", "K3", []excelize.RichTextRun{{Text: "two "}, {Text: "runs"}}))
	_, err := x.NewSheet("Notes")
	must(err)
	must(x.SetCellStr("Notes", "A1", "by hand"))
	var b bytes.Buffer
	must(x.Write(&b))
	return b.Bytes()
}

// A workbook that was cut off, or in which bytes fell over, were lost, doubled or blotted out, is refused, or gives exactly what it
// gave: no row less, no other cell.
func TestADamagedWorkbookIsNeverAnother(t *testing.T) {
	file := whole(t)
	want, err := read(file)
	if err != nil || len(want) != 300 {
		t.Fatalf("%d rows, %v", len(want), err)
	}
	n := 1500
	if testing.Short() {
		n = 150
	}
	r := rand.New(rand.NewPCG(20261122, 1))
	refused := 0
	for i := range n {
		bent := bytes.Clone(file)
		at := r.IntN(len(bent))
		to := min(len(bent), at+1+r.IntN(64))
		what := ""
		switch i % 6 {
		case 0:
			what, bent = "cut", bent[:at]
		case 1:
			what, bent[at] = "a byte", bent[at]^byte(1+r.IntN(255))
		case 2:
			what, bent = "bytes lost", append(bent[:at], bent[to:]...)
		case 3:
			what, bent = "bytes doubled", append(append(bytes.Clone(bent[:to]), bent[at:to]...), bent[to:]...)
		case 4:
			what = "bytes blotted out"
			clear(bent[at:to])
		case 5:
			what = "bytes of elsewhere"
			copy(bent[at:to], file[r.IntN(len(file)):])
		}
		got, err := read(bent)
		if err != nil {
			refused++
			continue
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%d, %s at %d to %d: %d rows without an error, and they are not those of the file", i, what, at, to, len(got))
		}
	}
	if refused < n*8/10 {
		t.Errorf("of %d damaged files %d were refused: the damage does not reach what is read", n, refused)
	}
}

// Nothing that is read touches a disk: a folder for temporary files that does not exist is not missed.
func TestNothingTouchesADisk(t *testing.T) {
	dir := t.TempDir()
	for _, v := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(v, dir+"/none")
	}
	var rows strings.Builder
	for i := range 20_000 { // more than libraries hold in memory
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>`, i+1, i+1, noise(1000))
	}
	file := parts{rows: rows.String(), shared: []string{"<t>" + noise(1<<20) + "</t>"}}.bytes(t)
	book, err := sheet.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := book.Rows(0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	n := 0
	for ; err == nil; n++ {
		_, err = r.Next()
	}
	if err != io.EOF || n != 20_001 {
		t.Errorf("%d rows, %v", n-1, err)
	}
}

// Merged cells are known once the sheet was read to its end, by their first row; what is no block of cells is damage.
func TestMergedCells(t *testing.T) {
	p := parts{rows: `<row r="1"><c r="A1"><v>1</v></c></row>`}
	p.after = `<mergeCells count="3"><mergeCell ref="C9:D9"/><mergeCell ref="A2:A4"/><mergeCell ref="B7"/></mergeCells>`
	file := p.bytes(t)
	b, err := sheet.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(0)
	for err == nil {
		if b.Merged(0) != nil {
			t.Error("known before the end")
		}
		_, err = rows.Next()
	}
	if err != io.EOF || fmt.Sprint(b.Merged(0)) != "[A2:A4 C9:D9]" {
		t.Errorf("%v, %v", b.Merged(0), err)
	}
	for _, ref := range []string{"A2:A1", "A2:", ":A2", "A2:4", "x", "", "A2:A4:A6"} {
		p.after = `<mergeCells><mergeCell ref="` + ref + `"/></mergeCells>`
		if got, err := read(p.bytes(t)); err == nil || !strings.Contains(err.Error(), "the merged cells") {
			t.Errorf("%q: %v, %v", ref, got, err)
		}
	}
}
