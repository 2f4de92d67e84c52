package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Cell is one cell as it is shown.
type Cell struct {
	Text string
	// Fault says why what it shows cannot be taken, "" when it can; Text is then what stands there.
	Fault string
	// Number says that it is a number without a date's format.
	Number bool
	Date   bool // it is a date or time
}

// Row is one row that holds something.
type Row struct {
	Number int // as the spreadsheet counts, from 1
	Hidden bool
	Cells  []Cell // up to the last that holds something; good until the next row is read
}

// Rows reads the rows of one sheet.
type Rows struct {
	book   *Book
	at     int
	tab    string
	merged []Merge
	d      *decoder
	end    io.Closer
	number int
	cells  []Cell
	seen   int // cells so far
	in     int // 0 before the sheet's rows, then inRows, then behindRows
	err    error
}

const (
	inRows = iota + 1
	behindRows
)

// Rows begins to read a sheet.
func (b *Book) Rows(tab int) (*Rows, error) {
	d, end, err := b.open(b.Tabs[tab].part, maxSheet)
	if err != nil {
		return nil, err
	}
	d.what = fmt.Sprintf("the sheet %q", b.Tabs[tab].Name)
	return &Rows{book: b, at: tab, tab: b.Tabs[tab].Name, d: d, end: end}, nil
}

// Holds says whether a sheet holds anything.
func (b *Book) Holds(tab int) (bool, error) {
	r, err := b.Rows(tab)
	if err != nil {
		return false, err
	}
	defer r.Close()
	_, err = r.Next()
	if err == io.EOF {
		return false, nil
	}
	return err == nil, err
}

// Close leaves the sheet.
func (r *Rows) Close() { _ = r.end.Close() } // only read: nothing is lost

// Done is the share of the sheet that is read, from 0 to 1.
func (r *Rows) Done() float64 {
	if r.d.meter.size <= 0 {
		return 1
	}
	return min(1, float64(r.d.meter.read)/float64(r.d.meter.size))
}

// Next reads the next row that holds something. It gives io.EOF behind the last row of a sheet that is whole; any other
// error is of the file, and what came before it may lack its other half.
func (r *Rows) Next() (Row, error) {
	for r.err == nil {
		var t xml.Token
		if t, r.err = r.d.next(); r.err == io.EOF && r.in != behindRows {
			r.err = damaged("the part of the sheet %q holds no rows nor a place for them", r.tab)
		}
		el, ok := t.(xml.StartElement)
		switch {
		case r.err == io.EOF:
			r.book.merged[r.at] = r.merged
			continue
		case r.err != nil:
			continue
		case !ok:
			if end, ok := t.(xml.EndElement); ok && end.Name.Local == "sheetData" {
				r.in = behindRows
			}
			continue
		case el.Name.Local == "sheetData":
			if r.in != 0 {
				r.err = damaged("the sheet %q holds its rows twice", r.tab)
			}
			r.in = inRows
			continue
		case el.Name.Local == "mergeCell" && r.in == behindRows:
			r.err = r.merge(attr(el, "ref"))
			continue
		case el.Name.Local != "row" || r.in != inRows: // the place of a drawing has rows too
			continue
		}
		row, err := r.row(el)
		if err != nil {
			r.err = err
			break
		}
		if len(row.Cells) > 0 {
			return row, nil
		}
	}
	return Row{}, r.err
}

// row reads one row.
func (r *Rows) row(el xml.StartElement) (Row, error) {
	number := r.number + 1
	if at := attr(el, "r"); at != "" {
		n, err := strconv.Atoi(at)
		if err != nil || n < number || n > maxRow {
			return Row{}, damaged("in the sheet %q row %q stands behind row %d", r.tab, at, r.number)
		}
		number = n
	}
	if r.number = number; number > maxRow {
		return Row{}, damaged("the sheet %q has more rows than a sheet can", r.tab)
	}
	row := Row{Number: number, Hidden: isTrue(attr(el, "hidden"))}
	r.cells = r.cells[:0]
	last := 0 // column read last
	for {
		t, err := r.d.next()
		switch {
		case err == io.EOF:
			return row, damaged("the sheet %q breaks off in row %d", r.tab, number)
		case err != nil:
			return row, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				row.Cells = held(r.cells)
				return row, nil
			}
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			if r.seen++; r.seen > maxCells {
				return row, errTooLarge(fmt.Sprintf("the sheet %q has more than %d cells", r.tab, maxCells))
			}
			col := last + 1
			if at := attr(t, "r"); at != "" {
				c, n, ok := place(at)
				if !ok || n != number || c <= last {
					return row, damaged("in row %d of the sheet %q stands the cell %q", number, r.tab, at)
				}
				col = c
			}
			if last = col; col > maxColumn {
				return row, damaged("row %d of the sheet %q has more cells than a row can", number, r.tab)
			}
			cell, err := r.cell(t, CellName(col, number))
			if err != nil {
				return row, err
			}
			if cell == (Cell{}) {
				continue
			}
			for len(r.cells) < col-1 {
				r.cells = append(r.cells, Cell{})
			}
			r.cells = append(r.cells, cell)
		}
	}
}

// held cuts the empty cells at the end off.
func held(cells []Cell) []Cell {
	for n := len(cells); n > 0; n-- {
		if c := cells[n-1]; strings.TrimSpace(c.Text) != "" || c.Fault != "" {
			return cells[:n]
		}
	}
	return nil
}

// cell reads one cell.
func (r *Rows) cell(el xml.StartElement, name string) (Cell, error) {
	var value, inline string
	var formula, valued, texted bool
	for {
		t, err := r.d.next()
		switch {
		case err == io.EOF:
			return Cell{}, damaged("the sheet %q breaks off in cell %s", r.tab, name)
		case err != nil:
			return Cell{}, err
		}
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "c" {
			break
		}
		in, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch mark := in.Name.Local; {
		case mark == "v" && valued, mark == "is" && texted:
			return Cell{}, damaged("cell %s in the sheet %q holds two values", name, r.tab)
		case mark == "f":
			formula = true
			_, err = r.d.plain("f")
		case mark == "v":
			valued = true
			value, err = r.d.plain("v")
		case mark == "is":
			texted = true
			inline, err = r.d.richText("is")
		}
		if err != nil {
			return Cell{}, err
		}
	}
	kind := attr(el, "t")
	if kind != "str" { // a text may be blanks, or be empty
		value = strings.TrimSpace(value)
	}
	fault := ""
	switch {
	case formula && !texted && (!valued || kind != "str" && value == ""):
		fault = "is a formula whose result is not in the file: open the file in Excel, save it and import it again"
	case texted && kind != "inlineStr":
		value, fault = inline, "holds text and says that it holds none: type it anew"
	case kind == "inlineStr" && value != "":
		fault = "is to hold text and holds “" + value + "”: type it anew"
	}
	if fault != "" {
		return Cell{Text: value, Fault: "cell " + name + " " + fault}, nil
	}
	return r.shown(el, kind, name, value, inline)
}

// shown is what a cell shows, by its kind and its format.
func (r *Rows) shown(el xml.StartElement, kind, name, value, inline string) (Cell, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(r.book.strings) {
			return Cell{}, damaged("the text of cell %s in the sheet %q is not in it", name, r.tab)
		}
		return Cell{Text: r.book.strings[i]}, nil
	case "inlineStr":
		return Cell{Text: inline}, nil
	case "str":
		return Cell{Text: unescaped(value)}, nil
	case "e":
		return Cell{Text: value, Fault: "cell " + name + " shows the error " + value + ": put right what it is reckoned from, or empty it"}, nil
	case "b", "d", "n", "":
		if value == "" {
			return Cell{}, nil
		}
	default:
		return Cell{}, damaged("cell %s in the sheet %q is of the kind %q, which there is not", name, r.tab, kind)
	}
	if kind == "b" {
		return trueOrFalse(value, name), nil
	}
	f, ok := r.format(el)
	if !ok {
		return Cell{}, damaged("the format of cell %s in the sheet %q is not in it", name, r.tab)
	}
	if kind == "d" {
		return dayAndTime(value, f, name), nil
	}
	return number(value, f, r.book.from1904, name), nil
}

func trueOrFalse(value, name string) Cell {
	switch strings.ToLower(value) {
	case "1", "true":
		return Cell{Text: "TRUE"}
	case "0", "false":
		return Cell{Text: "FALSE"}
	}
	return Cell{Text: value, Fault: "cell " + name + " is to hold TRUE or FALSE and holds “" + value + "”: type it anew"}
}

// format is that of a cell's own style, the first where it names none; a workbook may have no styles at all. What its column
// or its row has is the format of cells that are not there.
func (r *Rows) format(el xml.StartElement) (format, bool) {
	i, at := 0, attr(el, "s")
	if at != "" {
		var err error
		if i, err = strconv.Atoi(at); err != nil {
			return format{}, false
		}
	}
	switch {
	case i == 0 && len(r.book.formats) == 0:
		return format{}, true
	case i < 0 || i >= len(r.book.formats):
		return format{}, false
	}
	return r.book.formats[i], true
}

// place reads the name of a cell: its column and row, from 1.
func place(name string) (col, row int, ok bool) {
	i := 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && i < 4; i++ {
		col = col*26 + int(name[i]-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	return col, row, err == nil && i > 0 && col <= maxColumn && row > 0
}

// CellName is the name of a cell, like C5.
func CellName(col, row int) string { return ColumnName(col) + strconv.Itoa(row) }

// ColumnName is the letters above a column, from 1.
func ColumnName(col int) string {
	s := ""
	for ; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}

// Find is the place of the sheet of a name; letter case and spaces around it do not count.
func (b *Book) Find(name string) (int, error) {
	for _, same := range []func(string) bool{func(s string) bool { return s == name }, func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), strings.TrimSpace(name)) }} {
		for i, t := range b.Tabs {
			if same(t.Name) {
				return i, nil
			}
		}
	}
	return 0, errors.New("there is no sheet “" + name + "”: the file has " + b.Names())
}

// Names lists the sheets for a message.
func (b *Book) Names() string {
	var out []string
	for _, t := range b.Tabs {
		s := "“" + t.Name + "”"
		if t.Hidden {
			s += " (hidden)"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}
