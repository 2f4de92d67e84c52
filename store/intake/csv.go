package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// What a file may ask of our memory. No cell or row of a real file comes near; a quote that is never closed does.
const (
	maxField  = 1 << 20 // bytes of one cell
	maxRecord = 4 << 20 // bytes of one row, quotes and line breaks included
	readChunk = 256 << 10
	maxRaw    = 64 << 10 // bytes kept of a row that could not be split, for the rejects
)

// record is one row of a CSV file. Its fields are strings of their own; the slice is good until the next row is read.
type record struct {
	line   int // where it begins; the header is 1
	fields []string
	// fault says why the row cannot be taken, "" when it can; at is the field concerned, -1 for the row as a whole.
	fault string
	at    int
	// raw is the row as it stands in the file, of one whose fields could not be told apart; "" otherwise.
	raw string

	// Of a row of a spreadsheet alone:
	sheet   bool
	hidden  bool
	bad     []badCell
	merged  []openMerge // that reach it
	numbers []int       // places of numbers without a date's format
	dates   []int       // places of dates and times
	weight  int         // bytes it takes up
}

// csvReader reads RFC 4180 row by row. encoding/csv would do for good files, but takes NUL, a byte order mark and
// Windows-1252 without a word, and reads a whole file into memory after a quote that is never closed (STORAGE, Files
// that come in). A row at fault is told as such and reading goes on behind it.
type csvReader struct {
	src      io.Reader
	buf      []byte
	pos, end int   // unread bytes are buf[pos:end]
	off      int64 // bytes of the source before pos
	line     int   // line at pos
	err      error // of the source, io.EOF included

	fields  []string
	ends    []int  // of the fields of a row with quotes, in scratch
	scratch []byte // its text without the quotes
	bom     bool
	begun   bool
}

func newCSVReader(src io.Reader) *csvReader {
	return &csvReader{src: src, buf: make([]byte, readChunk), line: 1}
}

func (r *csvReader) offset() int64 { return r.off }
func (r *csvReader) marked() bool  { return r.bom }

// next reads a row. It gives io.EOF behind the last, and the source's error where that could not be read; a row at fault
// is no error. Empty lines and lines of nothing but commas are no rows.
func (r *csvReader) next() (record, error) {
	if !r.begun {
		if err := r.begin(); err != nil {
			return record{}, err
		}
	}
	for {
		n, err := r.lineEnd()
		if err != nil {
			return record{}, err
		}
		if n > maxRecord {
			return r.skipLong()
		}
		line := r.buf[r.pos : r.pos+n]
		if bytes.IndexByte(line, '"') >= 0 {
			rec := r.quoted()
			if blank(rec) {
				continue
			}
			return rec, nil
		}
		begins := r.line
		text := trimCR(line)
		rec := record{line: begins, at: -1}
		if len(text) > 0 {
			rec = r.plainLine(text)
		}
		r.advance(n+1, 1)
		if len(text) == 0 || blank(rec) {
			continue
		}
		return rec, nil
	}
}

// plainLine splits a line without quotes, which nearly every row is.
func (r *csvReader) plainLine(text []byte) record {
	rec := record{line: r.line, at: -1}
	s := string(text)
	f := r.fields[:0]
	start := 0
	for i := range len(s) {
		if s[i] == ',' {
			f = append(f, unguarded(s[start:i]))
			start = i + 1
		}
	}
	f = append(f, unguarded(s[start:]))
	r.fields, rec.fields = f, f
	if bytes.IndexByte(text, '\r') >= 0 {
		rec.fault, rec.raw = bareReturns, rawText(text)
	}
	inspect(&rec, text)
	return rec
}

// begin looks at the first bytes: a byte order mark is skipped, what is no CSV is refused with what to do.
func (r *csvReader) begin() error {
	r.begun = true
	for r.end < 4 && r.fill() {
	}
	head := r.buf[:r.end]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		r.bom = true
		r.advance(3, 0)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return errors.New("the file is UTF-16: save it as “CSV UTF-8 (comma delimited)”")
	}
	if r.endsInReturns() {
		return errReturns()
	}
	return nil
}

// lineEnd finds the end of the line at pos, reading on as needed: the number of bytes before the line break. It gives
// more than maxRecord for a line that is longer, io.EOF where nothing is left.
func (r *csvReader) lineEnd() (int, error) {
	seen := 0
	for {
		if i := bytes.IndexByte(r.buf[r.pos+seen:r.end], '\n'); i >= 0 {
			return seen + i, nil
		}
		seen = r.end - r.pos
		if seen > maxRecord {
			return seen, nil
		}
		if !r.fill() {
			switch {
			case r.err != io.EOF:
				return 0, r.err
			case seen == 0:
				return 0, io.EOF
			}
			return seen, nil
		}
	}
}

// fill reads more behind end and says whether any came.
func (r *csvReader) fill() bool {
	if r.err != nil {
		return false
	}
	if r.pos > 0 && r.end-r.pos <= len(r.buf)/2 {
		copy(r.buf, r.buf[r.pos:r.end])
		r.end -= r.pos
		r.pos = 0
	}
	if r.end == len(r.buf) {
		grown := make([]byte, 2*len(r.buf))
		r.end = copy(grown, r.buf[r.pos:r.end])
		r.buf, r.pos = grown, 0
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		r.err = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	r.err = io.ErrNoProgress
	return false
}

// advance leaves n bytes and some lines behind.
func (r *csvReader) advance(n, lines int) {
	n = min(n, r.end-r.pos) // the last line may lack its break
	r.pos += n
	r.off += int64(n)
	r.line += lines
}

// skipLong leaves a line behind that is longer than a row may be, without holding it.
func (r *csvReader) skipLong() (record, error) {
	rec := record{line: r.line, at: -1, raw: string(r.buf[r.pos : r.pos+maxRaw])}
	rec.fault = fmt.Sprintf("the row is longer than %d MiB: no row is", maxRecord>>20)
	for {
		if i := bytes.IndexByte(r.buf[r.pos:r.end], '\n'); i >= 0 {
			r.advance(i+1, 1)
			return rec, nil
		}
		r.advance(r.end-r.pos, 0)
		if !r.fill() {
			if r.err != io.EOF {
				return record{}, r.err
			}
			return rec, nil
		}
	}
}

// blank says that a row holds nothing: spreadsheets leave lines of bare commas behind.
func blank(rec record) bool {
	if rec.fault != "" {
		return false
	}
	for _, f := range rec.fields {
		if f != "" {
			return false
		}
	}
	return true
}

func trimCR(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}
