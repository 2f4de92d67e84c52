package sheet_test

import (
	"archive/zip"
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

// parts is a workbook written by hand: its sheet's rows, its styles' formats by number.
type parts struct {
	rows     string
	formats  []string
	shared   []string
	book     string // workbookPr
	sheets   string // in place of the one sheet
	links    string // beside those of the workbook
	before   string // of the sheet, in front of its rows
	after    string // behind its rows
	leaveOut string
	extra    map[string]string
}

func (p parts) bytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, text string) {
		if name == p.leaveOut {
			return
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	put("_rels/.rels", `<Relationships><Relationship Id="rId1" Type="`+doc+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	sheets := p.sheets
	if sheets == "" {
		sheets = `<sheet name="Data" sheetId="1" r:id="rId1"/>`
	}
	put("xl/workbook.xml", `<workbook xmlns:r="`+doc+`">`+p.book+`<sheets>`+sheets+`</sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="`+doc+`/worksheet" Target="worksheets/sheet1.xml"/>`+
		`<Relationship Id="rId2" Type="`+doc+`/styles" Target="/xl/styles.xml"/><Relationship Id="rId3" Type="`+doc+`/sharedStrings" Target="sharedStrings.xml"/>`+p.links+`</Relationships>`)
	var named, xfs strings.Builder
	for i, f := range p.formats {
		fmt.Fprintf(&named, `<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, strings.NewReplacer(`"`, "&quot;", "<", "&lt;").Replace(f))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, 200+i)
	}
	put("xl/styles.xml", `<styleSheet><numFmts>`+named.String()+`</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>`+xfs.String()+`</cellXfs></styleSheet>`)
	shared := ""
	for _, s := range p.shared {
		shared += "<si>" + s + "</si>"
	}
	put("xl/sharedStrings.xml", "<sst>"+shared+"</sst>")
	put("xl/worksheets/sheet1.xml", `<worksheet>`+p.before+`<sheetData>`+p.rows+`</sheetData>`+p.after+`</worksheet>`)
	for name, text := range p.extra {
		put(name, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read is the first sheet of a file, a row a line: its number and its cells.
func read(b []byte) ([]string, error) {
	book, err := sheet.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	rows, err := book.Rows(0)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for {
		row, err := rows.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		line := fmt.Sprint(row.Number)
		for _, c := range row.Cells {
			line += "|" + c.Text
			if c.Fault != "" {
				line += " ! " + c.Fault
			}
		}
		out = append(out, line)
	}
}

func TestACellIsWhatItShows(t *testing.T) {
	for _, c := range []struct{ name, cell, format, want string }{
		{"text", `<c r="A1" t="s"><v>0</v></c>`, "", "00123"},
		{"rich text without its reading aid", `<c r="A1" t="s"><v>1</v></c>`, "", "Zara Ives"},
		{"text in the sheet", `<c r="A1" t="inlineStr"><is><t>two&#10;lines_x000D_</t></is></c>`, "", "two\nlines\r"},
		{"no date: a telephone number", `<c r="A1"><v>7700900123</v></c>`, "", "7700900123"},
		{"as a program writes it", `<c r="A1"><v>7.700900123E9</v></c>`, "", "7700900123"},
		{"with a point", `<c r="A1"><v>4505577104.0</v></c>`, "", "4505577104"},
		{"its noise", `<c r="A1"><v>0.30000000000000004</v></c>`, "", "0.3"},
		{"noughts by its format", `<c r="A1" s="1"><v>7700900123</v></c>`, "00000000000", "07700900123"},
		{"noughts and spaces by its format", `<c r="A1" s="1"><v>450557710</v></c>`, `000\ 000\ 0000`, "045 055 7710"},
		{"money is a number", `<c r="A1" s="1"><v>12.5</v></c>`, `"£"#,##0.00`, "12.5"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "", "TRUE"},
		{"a formula's text", `<c r="A1" t="str"><f>B1&amp;"x"</f><v>N-1</v></c>`, "", "N-1"},
		{"a formula's number", `<c r="A1"><f>1+1</f><v>2</v></c>`, "", "2"},
		{"a formula's empty text", `<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>`, "", "|1"},
		{"a formula never reckoned", `<c r="A1"><f>1+1</f></c>`, "", " ! cell A1 is a formula whose result"},
		{"an error", `<c r="A1" t="e"><v>#REF!</v></c>`, "", "#REF! ! cell A1 shows the error #REF!"},
		{"a number that is none", `<c r="A1"><v>x</v></c>`, "", "x ! cell A1 is to hold a number"},

		{"a day", `<c r="A1" s="1"><v>46348</v></c>`, "dd/mm/yyyy", "2026-11-22"},
		{"a day behind which stands a time", `<c r="A1" s="1"><v>46348.59</v></c>`, "d mmm yy", "2026-11-22"},
		{"day and minute", `<c r="A1" s="1"><v>46348.5902777778</v></c>`, "dd/mm/yyyy hh:mm", "2026-11-22 14:10"},
		{"a fraction just short of the minute", `<c r="A1" s="1"><v>46348.590277777774</v></c>`, "dd/mm/yyyy hh:mm", "2026-11-22 14:10"},
		{"a fraction just short of midnight", `<c r="A1" s="1"><v>46347.999999999</v></c>`, "dd/mm/yyyy", "2026-11-22"},
		{"a minute shows its own seconds no more", `<c r="A1" s="1"><v>46348.5908</v></c>`, "dd/mm/yyyy hh:mm", "2026-11-22 14:10"},
		{"seconds", `<c r="A1" s="1"><v>46348.5908</v></c>`, "yyyy-mm-dd hh:mm:ss", "2026-11-22 14:10:45"},
		{"midnight is a time where one is shown", `<c r="A1" s="1"><v>46348</v></c>`, "dd/mm/yyyy h:mm AM/PM", "2026-11-22 00:00"},
		{"a long date of the system", `<c r="A1" s="1"><v>46348</v></c>`, `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, "2026-11-22"},
		{"signs in quotes are none", `<c r="A1" s="1"><v>46348</v></c>`, `"day "d mmmm yyyy`, "2026-11-22"},
		{"quotes alone make no date", `<c r="A1" s="1"><v>12</v></c>`, `0" days"`, "12"},
		{"a colour makes no date", `<c r="A1" s="1"><v>12</v></c>`, `[Red]0.0`, "12"},
		{"scientific makes no date", `<c r="A1" s="1"><v>1200</v></c>`, `0.00E+00`, "1200"},
		{"a time alone", `<c r="A1" s="1"><v>0.590277777777778</v></c>`, "hh:mm", "14:10"},
		{"a time alone of a day", `<c r="A1" s="1"><v>46348.590277777777</v></c>`, "hh:mm:ss", "14:10:00"},
		{"hours on and on", `<c r="A1" s="1"><v>1.5</v></c>`, "[h]:mm", "36:00"},
		{"a month without a day", `<c r="A1" s="1"><v>46348</v></c>`, "mmm yy", "46348 ! cell A1 shows a month or year without a day"},
		{"before any calendar", `<c r="A1" s="1"><v>-3</v></c>`, "dd/mm/yyyy", "-3 ! cell A1 has a date's format and a number that is no date"},
		{"no day", `<c r="A1" s="1"><v>0</v></c>`, "dd/mm/yyyy", "0 ! cell A1 shows a day that there never was"},
		{"29 February 1900", `<c r="A1" s="1"><v>60</v></c>`, "dd/mm/yyyy", "60 ! cell A1 shows a day that there never was"},
		{"1 March 1900", `<c r="A1" s="1"><v>61</v></c>`, "dd/mm/yyyy", "1900-03-01"},
		{"28 February 1900", `<c r="A1" s="1"><v>59</v></c>`, "dd/mm/yyyy", "1900-02-28"},
		{"the last day", `<c r="A1" s="1"><v>2958465</v></c>`, "dd/mm/yyyy", "9999-12-31"},
		{"written as ISO", `<c r="A1" s="1" t="d"><v>2026-11-22T14:10:00</v></c>`, "dd/mm/yyyy hh:mm", "2026-11-22 14:10"},
	} {
		p := parts{rows: `<row r="1">` + c.cell + `</row>`, shared: []string{"<t>00123</t>", "<r><t>Zara</t></r><r><t xml:space=\"preserve\"> Ives</t></r><rPh><t>no</t></rPh>"}}
		if c.format != "" {
			p.formats = []string{c.format}
		}
		got, err := read(p.bytes(t))
		if err != nil || len(got) != 1 || !strings.HasPrefix(got[0], "1|"+c.want) || !strings.Contains(c.want, "!") && got[0] != "1|"+c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
	for _, setting := range []string{`<workbookPr date1904="1"/>`, `<workbookPr date1904="true"/>`} {
		if got, err := read(parts{book: setting, formats: []string{"dd/mm/yyyy"}, rows: `<row r="1"><c r="A1" s="1"><v>44886</v></c></row>`}.bytes(t)); err != nil || got[0] != "1|2026-11-22" {
			t.Errorf("days from 1904: %q, %v", got, err)
		}
	}
}

func TestRowsKeepTheirNumbers(t *testing.T) {
	got, err := read(parts{rows: `<row r="2" hidden="1"><c r="C2"><v>1</v></c><c r="E2" s="1"/></row><row r="3"><c r="A3" t="inlineStr"><is><t> </t></is></c></row>` +
		`<row r="7"><c r="B7"><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row><row r="900"/>`}.bytes(t))
	want := "[2|||1 7||2 8|3|4]"
	if err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
}

// What another program writes, whole; excelize writes dates as Excel does.
func TestAWorkbookOfAnotherProgram(t *testing.T) {
	x := excelize.NewFile()
	at := time.Date(2026, 11, 22, 14, 10, 0, 0, time.UTC)
	day, _ := x.NewStyle(&excelize.Style{NumFmt: 14})
	stamp, _ := x.NewStyle(&excelize.Style{NumFmt: 22})
	for cell, v := range map[string]any{"A1": "ref", "B1": "00123", "C1": at, "D1": at, "E1": 7700900123, "F1": true, "G1": 4505577104.0, "A3": "Zoë"} {
		if err := x.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	_ = x.SetCellStyle("Sheet1", "C1", "C1", day)
	_ = x.SetCellStyle("Sheet1", "D1", "D1", stamp)
	if _, err := x.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := read(b.Bytes())
	if want := "[1|ref|00123|2026-11-22|2026-11-22 14:10|7700900123|TRUE|4505577104 3|Zoë]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
	book, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || book.Names() != "“Sheet1”, “Notes”" {
		t.Errorf("the sheets are %s, %v", book.Names(), err)
	}
	if i, err := book.Find(" notes"); err != nil || i != 1 {
		t.Errorf("notes is sheet %d, %v", i, err)
	}
	if _, err := book.Find("Nots"); err == nil || !strings.Contains(err.Error(), "“Sheet1”, “Notes”") {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// What is damaged or too large is refused, with what helps, and costs little.
func TestWhatIsNoSoundWorkbook(t *testing.T) {
	sound := parts{rows: `<row r="1"><c r="A1"><v>1</v></c></row>`}
	whole := sound.bytes(t)
	row := func(s string) []byte { return parts{rows: s}.bytes(t) }
	zipped := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, n := range names {
			w, _ := z.Create(n)
			_, _ = io.WriteString(w, "<x/>")
		}
		_ = z.Close()
		return b.Bytes()
	}
	many := make([]string, 10_001)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"cut off", whole[:len(whole)/2], "damaged"},
		{"nothing but its mark", []byte("PK\x03\x04"), "damaged"},
		{"Word", zipped("[Content_Types].xml", "word/document.xml"), "Word document"},
		{"OpenDocument", zipped("mimetype", "content.xml"), "OpenDocument"},
		{"binary workbook", zipped("xl/workbook.bin"), ".xlsb"},
		{"an archive", zipped("a.csv"), "an archive (zip)"},
		{"a part twice", zipped("a.xml", "A.xml"), "twice"},
		{"very many parts", zipped(many...), "more than 10000 files"},
		{"no list of sheets", parts{leaveOut: "xl/workbook.xml"}.bytes(t), "archive"},
		{"no such sheet", parts{leaveOut: "xl/worksheets/sheet1.xml"}.bytes(t), "is not in it"},
		{"no sheet at all", parts{sheets: " "}.bytes(t), "no sheet with rows"},
		{"shared text that is not there", row(`<row r="1"><c r="A1" t="s"><v>3</v></c></row>`), "text of cell A1"},
		{"a kind there is not", row(`<row r="1"><c r="A1" t="q"><v>3</v></c></row>`), "of the kind"},
		{"an open end", row(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2">`), "damaged"},
		{"marks crossed", row(`<row r="1"><c r="A1"><v>1</c></v></row>`), "damaged"},
		{"rows backwards", row(`<row r="3"/><row r="2"/>`), "stands behind row 3"},
		{"a row twice", row(`<row r="3"/><row r="3"/>`), "stands behind row 3"},
		{"cells backwards", row(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`), `stands the cell "A1"`},
		{"a cell of another row", row(`<row r="1"><c r="B2"><v>1</v></c></row>`), `stands the cell "B2"`},
		{"a cell beyond the last column", row(`<row r="1"><c r="ZZZ1"><v>1</v></c></row>`), `stands the cell "ZZZ1"`},
		{"an entity bomb", row(`<row r="1"><c r="A1" t="str"><v>&lol;</v></c></row>`), "damaged"},
		{"one endless cell", row(`<row r="1"><c r="A1" t="str"><v>` + noise(6<<20) + `</v></c></row>`), "too large"},
		{"a bomb", row(strings.Repeat(" ", 40<<20)), "too large"},
	} {
		rows, err := read(c.file)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d rows, %v; want %q", c.name, len(rows), err, c.want)
		}
	}
}

func TestTooManyCells(t *testing.T) {
	if testing.Short() {
		t.Skip("reads two million cells")
	}
	if _, err := read(parts{rows: cells(2_000_001)}.bytes(t)); err == nil || !strings.Contains(err.Error(), "more than 2000000 cells") {
		t.Errorf("%v", err)
	}
}

// A byte that fell over is noticed, or changes nothing that is read: no row is lost and no cell is another.
func TestAByteThatFellOver(t *testing.T) {
	whole := parts{rows: `<row r="1"><c r="A1" s="1"><v>46348.5</v></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>7</v></c></row>`,
		formats: []string{"dd/mm/yyyy hh:mm"}, shared: []string{"<t>x</t>"}}.bytes(t)
	want, err := read(whole)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		for _, bit := range []byte{1, 0x20, 0xff} {
			bent := bytes.Clone(whole)
			bent[i] ^= bit
			if got, err := read(bent); err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("byte %d: %v; want %v", i, got, want)
			}
		}
	}
}

// noise is text that hardly shrinks.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('a' + r.IntN(26))
	}
	return string(b)
}

// cells are rows of a hundred cells.
func cells(n int) string {
	var b strings.Builder
	for i := 0; i < n; i++ {
		if i%100 == 0 {
			if i > 0 {
				b.WriteString("</row>")
			}
			b.WriteString("<row>")
		}
		fmt.Fprintf(&b, "<c><v>%d</v></c>", i*7919)
	}
	return b.String() + "</row>"
}

// Whatever the bytes, reading ends, and never with a panic.
func FuzzOpen(f *testing.F) {
	f.Add(parts{rows: `<row r="1"><c r="A1" s="1"><v>46348.5</v></c><c r="B1" t="s"><v>0</v></c></row>`, formats: []string{"dd/mm/yyyy hh:mm"}, shared: []string{"<t>x</t>"}}.bytes(f))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(_ *testing.T, b []byte) { _, _ = read(b) })
}

// Whatever a format code and a number, what a cell shows is made of them without a panic, and a day it names exists.
func FuzzFormat(f *testing.F) {
	f.Add("dd/mm/yyyy hh:mm", "46348.5")
	f.Add(`[h]:mm:ss;"x`, "1e300")
	f.Add(`\`, "-0")
	f.Add(`[`, "60")
	f.Fuzz(func(t *testing.T, code, value string) {
		if strings.ContainsAny(code+value, "<>&\x00") || strings.ToValidUTF8(code+value, "") != code+value {
			return
		}
		_, _ = read(parts{formats: []string{code}, rows: `<row r="1"><c r="A1" s="1"><v>` + value + `</v></c></row>`}.bytes(t))
	})
}
