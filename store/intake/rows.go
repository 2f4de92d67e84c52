package intake

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// item is one row on its way to the desk: read and checked, not yet decided.
type item struct {
	line     int
	cells    []string // the file's own, for the rejects
	raw      string
	row      domain.Row
	act      *domain.ImportRow // nil where faults speak, and where a later row counts instead
	old      bool              // a later row counts instead
	warnings []string
	odd      []oddity
	orders   []ordered // of a date, met for the first time
	faults   []view.RowNote
}

// batch is a number of rows that are decided together.
type batch struct {
	items []item
	bytes int64 // of the file read when the batch was full
	err   error // of the file, io.EOF at its end; the items before it are good
}

// rowSource gives the rows of a file: a CSV, or one sheet of a spreadsheet.
type rowSource interface {
	// next reads a row; io.EOF behind the last.
	next() (record, error)
	// offset is how many bytes of the file are done.
	offset() int64
	// marked says that the file begins with a byte order mark.
	marked() bool
}

// reader turns a file into items. It belongs to one goroutine.
type reader struct {
	rows     rowSource
	head     *header
	of903    *file903 // nil for referrals
	settings *domain.Settings
	history  bool
	last     *lastRows // nil where no reference stands twice
	sheets   []string  // of the workbook, and the one that is read; none of a CSV
	sheet    string
	before   int // how many items the last batch had: the next is likely to have as many
}

// openTwice reads the header of a file that was read to its end before: which row of a reference counts shows there, and of
// which year an SSDA903 file is.
func openTwice(ctx context.Context, src io.Reader, desk view.Desk, o *Options) (*reader, error) {
	from, settings := newFileRows(src, o.Sheet), desk.Settings()
	begin := func() (*reader, error) {
		rows, err := from.open()
		if err != nil {
			return nil, err
		}
		r, err := open(rows, settings, o)
		return r, from.elsewhere(err, settings, o)
	}
	if err := mayImport(ctx, desk); err != nil { // said before a stream is waited for
		return nil, err
	}
	var last *lastRows
	year := 0
	done := make(chan error, 1)
	go func() {
		var err error
		if o.Format == SSDA903 {
			year, err = collectionYear(ctx, begin)
		} else {
			last, err = findLastRows(ctx, begin, desk.Now())
		}
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r, err := begin()
	if err == nil && r.of903 != nil {
		r.of903.year = year
	} else if err == nil {
		r.last = last
	}
	if err == nil {
		r.head.warnings = append(from.notes, r.head.warnings...)
		r.sheets, r.sheet = from.sheets()
	}
	return r, err
}

// open reads the header. Its errors are of the file as a whole.
func open(rows rowSource, settings *domain.Settings, o *Options) (*reader, error) {
	r := &reader{rows: rows, settings: settings, history: o.history()}
	rec, err := r.rows.next()
	if err == io.EOF {
		return nil, fmt.Errorf("the file is empty: not even a header is there; ask the source to send it again")
	}
	if err != nil {
		return nil, err
	}
	switch o.Format {
	case Referrals, "":
		if r.head, err = r.findHeader(rec, o.Map); err == nil {
			r.head.blanks = o.blankWords()
		}
	case SSDA903:
		if o.Map != nil {
			return nil, fmt.Errorf("an SSDA903 file has one header for everybody: --map is for referrals")
		}
		r.of903 = &file903{}
		r.head, err = ssda903Header(rec, r.rows.marked())
	default:
		return nil, fmt.Errorf("there is no format %q: use %s or %s", o.Format, Referrals, SSDA903)
	}
	if err == nil {
		r.head.ofSheet = rec.sheet
	}
	return r, err
}

// batchBytes of a file end a batch before its rows do: a few thousand rows of the longest kind would fill the memory.
const batchBytes = 8 << 20

// batch reads up to n rows. It does not look at the records kept: what needs those is decided later.
func (r *reader) batch(n int, now time.Time) batch {
	b := batch{items: make([]item, 0, min(n, max(r.before, 1000)))}
	weight := 0
	for begun := r.rows.offset(); len(b.items) < n && b.err == nil && weight < batchBytes && r.rows.offset()-begun < batchBytes; {
		var rec record
		if rec, b.err = r.rows.next(); b.err == nil {
			b.items = append(b.items, r.item(rec, now))
			if rec.sheet {
				weight += rec.weight + 16*r.head.width
			}
		}
	}
	b.bytes, r.before = r.rows.offset(), len(b.items)
	return b
}

func (r *reader) item(rec record, now time.Time) item {
	it := item{line: rec.line, raw: rec.raw}
	if rec.sheet {
		r.fitted(&rec, &it)
	}
	switch {
	case rec.raw != "":
	case len(rec.fields) == r.head.width:
		it.cells = r.head.own(rec.fields)
	default: // which cell is which cannot be known
		it.raw = rawText([]byte(strings.Join(rec.fields, ",")))
	}
	switch {
	case rec.fault != "" && rec.at >= 0:
		it.faults = append(it.faults, r.noteAt(rec.line, rec.at, rec.fault))
		return it
	case rec.fault != "":
		it.faults = append(it.faults, view.RowNote{Line: rec.line, Reason: rec.fault})
		return it
	case len(rec.fields) != r.head.width:
		it.faults = append(it.faults, view.RowNote{Line: rec.line,
			Reason: fmt.Sprintf("the row has %d cells, the header %d: a comma too many or too few", len(rec.fields), r.head.width)})
		return it
	}
	if r.badCells(&rec, &it); it.faults != nil {
		return it
	}
	if r.of903 != nil {
		it.warnings, it.faults = r.of903.row(it.cells, rec.line, &it.row)
		for i := range it.faults {
			it.faults[i].Line = rec.line
		}
		r.undated(&rec, &it)
	} else {
		r.head.row(rec.fields, &it)
	}
	if it.faults == nil {
		it.read(r.head, r.settings, now)
		r.undated(&rec, &it)
		if it.act == nil {
			return it
		}
		it.act.History = r.history
		if line := r.last.countsInstead(&it); line > 0 {
			it.act, it.old = nil, true
			it.warnings = append(it.warnings, fmt.Sprintf("line %d says %s once more: that row counts, and this one is left out", line, r.head.name(domain.ColPoliceRef)))
		}
	}
	return it
}

// read checks the row by itself; head may be nil for a row that came from no file.
func (it *item) read(head *header, s *domain.Settings, now time.Time) {
	notice, faults := domain.ReadRow(&it.row, s, now, true)
	for _, f := range faults {
		name := f.Column.String()
		if head != nil {
			name = head.name(f.Column)
		}
		it.faults = append(it.faults, view.RowNote{Line: it.line, Column: name, Own: f.Column.String(), Reason: head.inTheirs(f.Reason)})
	}
	if faults == nil {
		for i, w := range notice.Warnings {
			notice.Warnings[i] = head.inTheirs(w)
		}
		it.act = &domain.ImportRow{Row: it.row, Read: notice, Line: it.line}
	}
}

// columnAt is the header over a cell, "" behind the last.
func (r *reader) columnAt(at int) string {
	for k, i := range r.head.keep {
		if i == at {
			return r.head.names[k]
		}
	}
	return ""
}

// noteAt is a note about the cell at a place of a row.
func (r *reader) noteAt(line, at int, reason string) view.RowNote {
	n := view.RowNote{Line: line, Column: r.columnAt(at), Reason: reason}
	for _, t := range r.head.cells {
		if t.at == at {
			n.Own = t.col.String()
			break
		}
	}
	return n
}

// ahead reads batches in a goroutine of its own until the file ends or the context is done. One batch waits to be
// taken, no more: reading is quicker than deciding, and a batch of rows is the most that an import holds in memory.
func (r *reader) ahead(ctx context.Context, n int, now func() time.Time) <-chan batch {
	out := make(chan batch)
	go func() {
		defer close(out)
		for {
			b := r.batch(n, now())
			select {
			case out <- b:
			case <-ctx.Done():
				return
			}
			if b.err != nil {
				return
			}
		}
	}()
	return out
}
