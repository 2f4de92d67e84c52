package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake/sheet"
)

// fileRows gives the rows of a file as often as they are needed, whatever it is: by what it holds, not by its name.
type fileRows struct {
	from  *fileTwice
	name  string // of the sheet asked for, "" for the first
	book  *sheet.Book
	tab   int
	size  int64
	notes []string
}

func newFileRows(src io.Reader, sheetName string) *fileRows {
	return &fileRows{from: newFileTwice(src), name: sheetName}
}

// open begins to read the rows from the first.
func (f *fileRows) open() (rowSource, error) {
	if f.book != nil {
		return f.sheetRows()
	}
	src, err := f.from.open()
	if err != nil {
		return nil, err
	}
	head := make([]byte, headBytes)
	n, err := io.ReadFull(src, head)
	if n == 0 && err != io.EOF {
		return nil, err
	}
	head = head[:n]
	if err := noTable(head); err != nil {
		return nil, err
	}
	whole := io.MultiReader(bytes.NewReader(head), src)
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		if f.name != "" {
			return nil, errors.New("--sheet is for spreadsheets, and this file is a CSV: leave it out")
		}
		return newCSVReader(whole), nil
	}
	if err := f.openBook(whole); err != nil {
		return nil, err
	}
	return f.sheetRows()
}

// openBook opens a workbook and finds its sheet. A stream is held in memory: a workbook begins at its end.
func (f *fileRows) openBook(whole io.Reader) error {
	at, ok := f.from.src.(io.ReaderAt)
	if ok && f.from.seek != nil {
		end, err := f.from.seek.Seek(0, io.SeekEnd)
		if err != nil {
			return err
		}
		f.size = end - f.from.at
		at = io.NewSectionReader(at, f.from.at, f.size)
	} else {
		b, err := io.ReadAll(io.LimitReader(whole, sheet.MaxFile+1))
		if err != nil {
			return err
		}
		at, f.size = bytes.NewReader(b), int64(len(b))
		f.from.kept = keptStream{} // b is the stream
	}
	book, err := sheet.Open(at, f.size)
	if err != nil {
		return err
	}
	if f.name != "" {
		f.tab, err = book.Find(f.name)
	} else {
		err = f.firstSheet(book)
	}
	f.book = book
	return err
}

// firstSheet is the first that is shown; the others that hold something are named.
func (f *fileRows) firstSheet(book *sheet.Book) error {
	for book.Tabs[f.tab].Hidden {
		if f.tab++; f.tab == len(book.Tabs) {
			f.tab = 0
			break
		}
	}
	holds, err := book.Holds(f.tab)
	if err != nil {
		return err
	}
	var others, names []string
	for _, i := range f.others(book) {
		name := "“" + book.Tabs[i].Name + "”"
		names = append(names, book.Tabs[i].Name)
		if book.Tabs[i].Hidden {
			name += " (hidden)"
		}
		others = append(others, name)
	}
	switch {
	case others == nil:
	case !holds:
		why := fmt.Errorf("the sheet “%s” is empty; name another with --sheet: the file has %s", book.Tabs[f.tab].Name, strings.Join(others, ", "))
		return &view.UnfitHeader{Why: why, Sheets: names}
	default:
		f.notes = append(f.notes, fmt.Sprintf("the sheet “%s” is read, the first of several that hold something; with --sheet one of the others is: %s", book.Tabs[f.tab].Name, someOf(others)))
	}
	return nil
}

// others are the sheets beside the one that is read that hold something.
func (f *fileRows) others(book *sheet.Book) (out []int) {
	for i := range book.Tabs {
		if i == f.tab {
			continue
		}
		if holds, err := book.Holds(i); err == nil && holds { // one that cannot be read is not asked for
			out = append(out, i)
		}
	}
	return out
}

// elsewhere adds to the error of a header that fits nothing the other sheets of the workbook, one whose header fits first.
func (f *fileRows) elsewhere(err error, settings *domain.Settings, o *Options) error {
	var unfit *view.UnfitHeader
	if !errors.As(err, &unfit) || f.book == nil {
		return err
	}
	var fitting, others []string
	for _, i := range f.others(f.book) {
		name := f.book.Tabs[i].Name
		if rows, err := f.book.Rows(i); err == nil {
			_, err = open(&sheetRows{rows: rows, size: f.size}, settings, o)
			rows.Close()
			if err == nil {
				fitting = append(fitting, name)
				continue
			}
		}
		others = append(others, name)
	}
	unfit.Sheet, unfit.Sheets = f.book.Tabs[f.tab].Name, append(fitting, others...)
	return err
}

// sheets are the sheets of the workbook, none of a CSV; read is the one that is read.
func (f *fileRows) sheets() (names []string, read string) {
	if f.book == nil {
		return nil, ""
	}
	for _, t := range f.book.Tabs {
		names = append(names, t.Name)
	}
	return names, f.book.Tabs[f.tab].Name
}

func (f *fileRows) sheetRows() (rowSource, error) {
	rows, err := f.book.Rows(f.tab)
	if err != nil {
		return nil, err
	}
	return &sheetRows{rows: rows, size: f.size, merged: mergedRows{ahead: f.book.Merged(f.tab)}}, nil
}

// sheetRows are the rows of a sheet as records: what stands in a cell is text, and its line is the row of the sheet.
type sheetRows struct {
	rows   *sheet.Rows
	size   int64 // of the file
	fields []string
	merged mergedRows
}

func (s *sheetRows) marked() bool  { return true } // a spreadsheet is to read what was refused
func (s *sheetRows) offset() int64 { return int64(s.rows.Done() * float64(s.size)) }

func (s *sheetRows) next() (record, error) {
	row, err := s.rows.Next()
	if err != nil {
		s.rows.Close()
		return record{}, err
	}
	rec := record{line: row.Number, at: -1, sheet: true, hidden: row.Hidden}
	s.fields = s.fields[:0]
	for i, c := range row.Cells {
		text := unguarded(c.Text)
		rec.weight += len(text) + 16
		if c.Fault != "" {
			rec.bad = append(rec.bad, badCell{at: i, reason: c.Fault})
		} else if reason := notText(text); reason != "" {
			rec.bad = append(rec.bad, badCell{at: i, reason: "cell " + sheet.CellName(i+1, row.Number) + " " + reason})
			text = readable([]byte(text))
		}
		switch {
		case c.Number:
			rec.numbers = append(rec.numbers, i)
		case c.Date:
			rec.dates = append(rec.dates, i)
		}
		s.fields = append(s.fields, text)
	}
	rec.fields = s.fields
	rec.merged, err = s.merged.at(row.Number, rec.fields)
	return rec, err
}

func notText(s string) string {
	switch {
	case len(s) > maxField:
		return fmt.Sprintf("is longer than %d MiB: no cell is", maxField>>20)
	case strings.IndexByte(s, 0) >= 0:
		return "holds a NUL: the file is damaged"
	}
	return ""
}

// badCell is a cell of a spreadsheet that shows nothing that could be taken.
type badCell struct {
	at     int
	reason string
}

// fitted gives a row of a sheet as many cells as the header has. Sheets hold no cell where nothing stands, and people write
// beside a table: such a cell is told and belongs to no column.
func (r *reader) fitted(rec *record, it *item) {
	if rec.hidden {
		it.odd = append(it.odd, oddity{hiddenRow, "row", fmt.Sprint(rec.line)})
	}
	for at := r.head.width; at < len(rec.fields); at++ {
		if strings.TrimSpace(rec.fields[at]) != "" {
			it.odd = append(it.odd, oddity{besideTable, "cell", sheet.CellName(at+1, rec.line)})
		}
	}
	if len(rec.fields) > r.head.width {
		rec.fields = rec.fields[:r.head.width]
	}
	for len(rec.fields) < r.head.width {
		rec.fields = append(rec.fields, "")
	}
	for _, at := range rec.dates {
		if r.of903 == nil && r.head.refers(at) {
			rec.bad = append(rec.bad, badCell{at: at, reason: "cell " + sheet.CellName(at+1, rec.line) + " is a date: the spreadsheet took a reference for one, " +
				"and what it was is lost. Format the column as text and type the reference again"})
		}
	}
	if r.of903 != nil {
		for _, at := range rec.dates {
			if at >= r.head.width {
				continue
			}
			if d, ok := domain.ParseDate(rec.fields[at][:min(10, len(rec.fields[at]))]); ok && r.head.dated(at, true) {
				y, m, day := d.Parts()
				rec.fields[at] = fmt.Sprintf("%02d/%02d/%04d%s", day, m, y, strings.TrimSuffix(strings.TrimSuffix(rec.fields[at][10:], " 00:00"), " 00:00:00"))
			}
		}
	}
}

// badCells says of each cell in a column that is read what is wrong with it. An error that is one of the blank words, as #N/A
// is, means blank.
func (r *reader) badCells(rec *record, it *item) {
	r.mergedCells(rec, it)
	for _, bad := range rec.bad {
		if bad.at >= r.head.width || !r.head.reads(bad.at, r.of903 != nil) {
			continue
		}
		if word := strings.TrimPrefix(strings.TrimSpace(rec.fields[bad.at]), "#"); r.of903 == nil && r.head.blanks.has(word) {
			rec.fields[bad.at] = word
			continue
		}
		it.faults = append(it.faults, r.noteAt(rec.line, bad.at, bad.reason))
	}
}

// ofWorkbook says that the rows are those of a sheet.
func (r *reader) ofWorkbook() bool {
	_, ok := r.rows.(*sheetRows)
	return ok
}

// reads says that something is read from the cells at a place.
func (h *header) reads(at int, all bool) bool {
	for _, t := range h.cells {
		if t.at == at {
			return true
		}
	}
	return all
}

// refers says that a place holds a reference by which a child or an episode is known.
func (h *header) refers(at int) bool {
	for _, t := range h.cells {
		if t.at == at && (t.col == domain.ColPoliceRef || t.col == domain.ColChildRef || t.col == domain.ColNHSNumber) {
			return true
		}
	}
	return false
}

// undated adds to the refusal of a date what is behind it in a spreadsheet: a number that has no date's format.
func (r *reader) undated(rec *record, it *item) {
	for i := range it.faults {
		f := &it.faults[i]
		for _, at := range rec.numbers {
			if at < r.head.width && r.columnAt(at) == f.Column && r.head.dated(at, r.of903 != nil) {
				f.Reason += "; in the spreadsheet cell " + sheet.CellName(at+1, rec.line) + " is a number: give it a date's format there"
			}
		}
	}
}

// dated says that a place holds a date or time.
func (h *header) dated(at int, of903 bool) bool {
	if of903 {
		k := slices.Index(h.keep, at)
		return k == 1 || k == 3 || k == 4
	}
	for _, t := range h.cells {
		if when, _ := timeColumn(t.col); t.at == at && when {
			return true
		}
	}
	return false
}

// dayAlone takes the midnight off a date of birth: databases write one behind every date they hand to a spreadsheet.
func dayAlone(row *domain.Row) {
	for c := range domain.NumColumns {
		if c.Kind() == domain.CellDate {
			day, clock, _ := strings.Cut(row[c], " ")
			if _, ok := domain.ParseDate(day); ok && (clock == "00:00" || clock == "00:00:00") {
				row[c] = day
			}
		}
	}
}
