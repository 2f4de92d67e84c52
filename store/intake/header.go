package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"homeward/domain"
	"homeward/domain/view"
)

// header is what the first row of a file says: which cell belongs to which of our columns.
type header struct {
	line  int      // where it stands
	names []string // as the file has them, without those we add to rejects
	keep  []int    // their places in a row
	width int      // cells a row must have
	cells []target
	// shown is the file's own name of a column, for a message to somebody who knows the file.
	shown    [domain.NumColumns]string
	twice    map[string]bool // names, folded, that stand more than once
	warnings []string
	mapped   *Map
	bom      bool
	blanks   blankWords
	ofSheet  bool                            // of a workbook
	order    [domain.NumColumns][orders]bool // of a date, noted already
}

// target is one cell of a row and the column it fills.
type target struct {
	at   int
	col  domain.Column
	when bool // a date or time, to be read by the map's layouts where there is one
	day  bool
	join string // what stands between it and the cell before it in the same column
}

// Columns that we add to rejects. A file that has them is a mended one: they are left out without a word.
const (
	lineColumn   = "line"
	reasonColumn = "reason"
)

// maxColumns is what a spreadsheet holds: a refused row is written back with as many cells.
const maxColumns = 16384

// plainHeader lists the cells of a header row without the columns of the rejects.
func plainHeader(rec record, bom bool) (*header, error) {
	if rec.fault != "" {
		return nil, fmt.Errorf("line %d, the header: %s", rec.line, rec.fault)
	}
	if rec.bad != nil {
		return nil, fmt.Errorf("line %d, the header: %s", rec.line, rec.bad[0].reason)
	}
	if len(rec.fields) > maxColumns {
		return nil, fmt.Errorf("line %d, the header: it has %d columns; no file has more than %d", rec.line, len(rec.fields), maxColumns)
	}
	h := &header{line: rec.line, width: len(rec.fields), bom: bom, twice: map[string]bool{}}
	seen := map[string]bool{}
	for i, f := range rec.fields {
		name := strings.TrimSpace(f)
		if under := rec.under(i); under != "" {
			h.warnings = append(h.warnings, "the header: "+under+"; what stands beneath is not read")
		}
		low := folded(name)
		if low != "" && seen[low] {
			h.twice[low] = true
		}
		seen[low] = true
		if low == lineColumn || low == reasonColumn {
			continue
		}
		h.names, h.keep = append(h.names, name), append(h.keep, i)
	}
	return h, nil
}

// referralHeader reads the header of a referral CSV: any order, unknown columns ignored with one warning, the required
// ones there (INTERFACES). With a map the headers are another system's, and ours are known as well.
func referralHeader(rec record, bom bool, m *Map, history bool) (*header, error) {
	h, err := plainHeader(rec, bom)
	if err != nil {
		return nil, err
	}
	h.mapped = m
	place := map[string]int{}
	for k, name := range h.names {
		place[folded(name)] = h.keep[k]
	}
	used := map[int]bool{}
	var past []string
	for col := range domain.NumColumns {
		theirs := m.headers(col)
		if col.OfHistory() && !history {
			for _, name := range append([]string{col.String()}, theirs...) {
				if at, ok := place[folded(name)]; ok && !used[at] {
					used[at], past = true, append(past, name)
				}
			}
			continue
		}
		found := 0
		for _, name := range theirs {
			if at, ok := place[folded(name)]; ok {
				if err := h.add(col, at, name, len(theirs) > 1); err != nil {
					return nil, err
				}
				used[at] = true
				found++
			}
		}
		if found > 0 && found < len(theirs) {
			if err := h.halfMapped(col, theirs, place); err != nil {
				return nil, err
			}
		}
		if at, ok := place[col.String()]; ok && !used[at] {
			if found > 0 {
				return nil, fmt.Errorf("the columns %q and %q are both %s", h.shown[col], col, col)
			}
			if err := h.add(col, at, col.String(), false); err != nil {
				return nil, err
			}
			used[at] = true
		}
	}
	if err := h.required(); err != nil {
		return nil, h.hint(err, m)
	}
	if past != nil {
		h.warnings = append(h.warnings, "what became of the interview is read with --history alone, and here it is not: "+strings.Join(past, ", "))
	}
	h.ignored(used)
	return h, nil
}

// folded is a header as headers are compared.
func folded(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// add says that a cell fills a column; several cells of one column are joined, those of a key by a slash.
func (h *header) add(col domain.Column, at int, name string, several bool) error {
	if h.twice[folded(name)] {
		return fmt.Errorf("the header has the column %q more than once: which of them is meant cannot be known", strings.TrimSpace(name))
	}
	t := target{at: at, col: col, join: " "}
	if several && col.Kind() == domain.CellRef {
		t.join = keyJoin
	}
	t.when, t.day = timeColumn(col)
	if n := len(h.cells); n > 0 && h.cells[n-1].col == col {
		h.cells[n-1].when = false // joined first, read once
	}
	h.cells = append(h.cells, t)
	if h.shown[col] == "" {
		h.shown[col] = name
	}
	return nil
}

// keyJoin stands between the columns of a key that is made of several.
const keyJoin = "/"

// halfMapped speaks of a column for which the file lacks some of the map's headers: a key made of the others would make two
// children one; anything else is less than the map promises.
func (h *header) halfMapped(col domain.Column, theirs []string, place map[string]int) error {
	var lacks []string
	for _, name := range theirs {
		if _, ok := place[folded(name)]; !ok {
			lacks = append(lacks, name)
		}
	}
	if col.Kind() == domain.CellRef {
		return fmt.Errorf("the map makes %s of %s; the file has no %s", col, strings.Join(theirs, " and "), strings.Join(lacks, " and "))
	}
	h.warnings = append(h.warnings, fmt.Sprintf("the map makes %s of %s; the file has no %s", col, strings.Join(theirs, " and "), strings.Join(lacks, " and ")))
	return nil
}

// ignored warns about the columns that nothing is read from.
func (h *header) ignored(used map[int]bool) {
	var unknown []string
	for k, name := range h.names {
		if used[h.keep[k]] || name == "" || slices.Contains(unknown, name) {
			continue
		}
		unknown = append(unknown, name)
	}
	for i, name := range unknown {
		if h.twice[folded(name)] {
			unknown[i] += " (more than once)"
		}
	}
	if unknown != nil {
		h.warnings = append(h.warnings, "columns that are not known are ignored: "+someOf(unknown))
	}
}

// required checks that a row can be known again and its child identified.
func (h *header) required() error {
	var missing []string
	for _, c := range domain.ColumnsOfAnyRow() {
		if h.shown[c] == "" {
			missing = append(missing, c.String())
		}
	}
	if h.shown[domain.ColChildRef] == "" {
		var three []string
		for _, c := range domain.ColumnsWithoutRef() {
			if h.shown[c] == "" {
				three = append(three, c.String())
			}
		}
		if three != nil {
			missing = append(missing, "child_ref (or "+strings.Join(three, ", ")+")")
		}
	}
	if missing != nil {
		return errors.New("the header lacks " + strings.Join(missing, " and "))
	}
	return nil
}

// hint adds what is most often behind a header that fits nothing.
func (h *header) hint(err error, m *Map) error {
	switch {
	case len(h.names) == 1 && strings.Contains(h.names[0], ";"):
		return fmt.Errorf("%w: the columns are separated by semicolons; save the file with commas (“CSV UTF-8 (comma delimited)”) or as an Excel workbook (.xlsx)", err)
	case len(h.names) == 1 && strings.Contains(h.names[0], "\t"):
		return fmt.Errorf("%w: the columns are separated by tabs; save the file with commas (“CSV UTF-8 (comma delimited)”) or as an Excel workbook (.xlsx)", err)
	case slices.Equal(h.names, header903()):
		return fmt.Errorf("%w: this is an SSDA903 Missing file, use --format ssda903", err)
	case m == nil:
		return fmt.Errorf("%w: it has %s; another system's headers are named in [intake.map.NAME] of the configuration and chosen with --map NAME; import --suggest-map FILE prints one to begin with", err, shorten(strings.Join(h.names, ", ")))
	}
	return fmt.Errorf("%w: it has %s; see the map's columns in the configuration", err, shorten(strings.Join(h.names, ", ")))
}

// shorten keeps a message to a line or two.
func shorten(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + " …"
	}
	return s
}

// someOf lists the first of many names.
func someOf(names []string) string {
	const told = 30
	more := ""
	if len(names) > told {
		more = fmt.Sprintf(" and %d more", len(names)-told)
		names = names[:told]
	}
	short := make([]string, len(names))
	for i, n := range names {
		short[i] = shorten(n)
	}
	return strings.Join(short, ", ") + more
}

// row puts the cells of a record under our columns of the item.
func (h *header) row(fields []string, it *item) {
	row := &it.row
	var begun, lacks [domain.NumColumns]bool // of a key
	for _, t := range h.cells {
		cell := fields[t.at]
		if cell != "" && h.blanks.has(cell) {
			it.odd = append(it.odd, oddity{blankWord, h.name(t.col), cell})
			cell = ""
		}
		if t.join == keyJoin {
			cell = strings.TrimSpace(cell)
			begun[t.col], lacks[t.col] = begun[t.col] || cell != "", lacks[t.col] || cell == ""
		}
		switch {
		case cell == "":
		case row[t.col] != "":
			row[t.col] += t.join + cell
		default:
			row[t.col] = cell
		}
	}
	for c := range domain.NumColumns {
		if begun[c] && lacks[c] {
			it.faults = append(it.faults, view.RowNote{Line: it.line, Column: c.String(), Own: c.String(), Reason: "is made of " + strings.Join(h.mapped.headers(c), " and ") +
				", of which one is blank: without it two children may be one"})
		}
	}
	for _, t := range h.cells {
		if t.when {
			if h.ordered(t.col, it); row[t.col] == "" {
				continue
			}
			row[t.col] = h.mapped.read(row[t.col], t.day)
		}
		if row[t.col] != "" && domain.FarEnd(t.col, row[t.col]) {
			it.odd = append(it.odd, oddity{farEnd, h.name(t.col), row[t.col]})
			row[t.col] = ""
		}
	}
	if h.ofSheet {
		dayAlone(row)
	}
}

// ordered looks at the order of day and month in a cell: it refuses one that is not as the map says, and notes the first of each.
func (h *header) ordered(c domain.Column, it *item) {
	cell := it.row[c]
	o, refused := h.mapped.order(cell)
	if refused != "" {
		it.faults = append(it.faults, view.RowNote{Line: it.line, Column: h.name(c), Own: c.String(), Reason: refused})
		it.row[c] = ""
	}
	if o != noOrder && !h.order[c][o] {
		h.order[c][o] = true
		it.orders = append(it.orders, ordered{c, o, h.name(c), cell})
	}
}

// name is how the file calls a column; ours where the file has none.
func (h *header) name(c domain.Column) string {
	if n := h.shown[c]; n != "" {
		return n
	}
	return c.String()
}

// inTheirs puts the file's own names of columns in the place of ours. Ours of one word are words of everyday speech too, and stay.
func (h *header) inTheirs(text string) string {
	if h == nil || h.mapped == nil || !strings.Contains(text, "_") {
		return text
	}
	var out strings.Builder
	for text != "" {
		n := strings.IndexFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
		switch {
		case n < 0:
			n = len(text)
		case n == 0:
			_, n = utf8.DecodeRuneInString(text)
		}
		word := text[:n]
		if c, ours := domain.ColumnNamed(word); ours && strings.Contains(word, "_") {
			word = h.name(c)
		}
		out.WriteString(word)
		text = text[n:]
	}
	return out.String()
}

// own are the cells of a row under the file's own headers.
func (h *header) own(fields []string) []string {
	out := make([]string, len(h.keep))
	for k, at := range h.keep {
		if at < len(fields) {
			out[k] = fields[at]
		}
	}
	return out
}
