package intake

import (
	"bytes"
	"fmt"
)

// quoted reads a row in which a quote stands, over as many lines as it takes.
//
// A quote that is not closed swallows the rows behind it. So a row that breaks over a quote opened on an earlier line,
// and one whose quote is not closed within the caps, is refused by the line where that quote opened, and reading goes on
// with the line after: only the row at fault is lost.
func (r *csvReader) quoted() record {
	q := quotedRow{r: r, rec: record{line: r.line, at: -1}}
	r.scratch, r.ends = r.scratch[:0], r.ends[:0]
	for q.field() {
	}
	if q.broken {
		return q.giveUp()
	}
	raw := r.buf[r.pos : r.pos+q.i]
	if q.rec.fault != "" {
		q.rec.raw = rawText(raw)
	} else {
		text := string(r.scratch)
		f, start := r.fields[:0], 0
		for _, end := range r.ends {
			f = append(f, unguarded(text[start:end]))
			start = end
		}
		r.fields, q.rec.fields = f, f
		inspect(&q.rec, raw)
	}
	r.advance(q.i, q.breaks+q.lastBreak)
	return q.rec
}

// quotedRow is one such row under way.
type quotedRow struct {
	r         *csvReader
	rec       record
	i         int // bytes of the row that are read, from r.pos
	breaks    int // line breaks inside quotes so far
	lastBreak int // 1 once the break that ends the row is read
	opened    int // where the last quote opened, from r.pos
	openLine  int
	broken    bool
}

// at gives the byte i places behind those read; false behind the end of the file.
func (q *quotedRow) at(i int) (byte, bool) {
	for q.r.pos+q.i+i >= q.r.end {
		if !q.r.fill() {
			return 0, false
		}
	}
	return q.r.buf[q.r.pos+q.i+i], true
}

// fail notes the first fault of the row.
func (q *quotedRow) fail(format string, args ...any) {
	if q.rec.fault == "" {
		q.rec.fault, q.rec.at = fmt.Sprintf(format, args...), len(q.r.ends)
	}
}

// field reads one cell and what ends it; false when the row is over.
func (q *quotedRow) field() bool {
	start := len(q.r.scratch)
	if c, ok := q.at(0); ok && c == '"' {
		if !q.inQuotes() {
			return false
		}
		if c, ok := q.at(0); ok && c != ',' && c != '\n' && !q.crlf() {
			if q.openLine < q.r.line+q.breaks {
				q.fail("a quote opened on line %d is not closed there, or a quote inside the cell is not doubled", q.openLine)
				q.broken = true
				return false
			}
			q.fail("text follows the closing quote: a quote inside a cell is written twice")
		}
	}
	more := q.untilComma()
	if len(q.r.scratch)-start > maxField {
		q.fail("is longer than %d MiB: no cell is", maxField>>20)
	}
	q.r.ends = append(q.r.ends, len(q.r.scratch))
	return more && !q.broken
}

// crlf says that the line ends here with a carriage return and a line feed.
func (q *quotedRow) crlf() bool {
	if c, ok := q.at(0); !ok || c != '\r' {
		return false
	}
	c, ok := q.at(1)
	return !ok || c == '\n'
}

// inQuotes reads from an opening quote to its closing one; false when that is nowhere within the caps.
func (q *quotedRow) inQuotes() bool {
	r := q.r
	q.opened, q.openLine = q.i, r.line+q.breaks
	q.i++
	start, seen := len(r.scratch), 0
	for {
		rest := r.buf[r.pos+q.i : r.end]
		n := bytes.IndexByte(rest[min(seen, len(rest)):], '"')
		if n < 0 {
			seen = len(rest)
			if len(r.scratch)-start+seen > maxField || q.i+seen > maxRecord {
				q.fail("the quote opened on line %d is not closed within %d MiB", q.openLine, maxField>>20)
				q.broken = true
				return false
			}
			if !r.fill() {
				q.fail("the quote opened on line %d is never closed", q.openLine)
				q.broken = true
				return false
			}
			continue
		}
		n += min(seen, len(rest))
		seen = 0
		r.scratch = append(r.scratch, rest[:n]...)
		q.breaks += bytes.Count(rest[:n], []byte{'\n'})
		q.i += n + 1
		if len(r.scratch)-start > maxField || q.i > maxRecord {
			q.fail("the quote opened on line %d is not closed within %d MiB", q.openLine, maxField>>20)
			q.broken = true
			return false
		}
		if c, ok := q.at(0); !ok || c != '"' {
			return true
		}
		r.scratch = append(r.scratch, '"')
		q.i++
	}
}

// untilComma reads unquoted text up to the comma or line break that ends it, and that too; false when the row is over.
func (q *quotedRow) untilComma() bool {
	r := q.r
	for {
		c, ok := q.at(0)
		switch {
		case !ok:
			return false
		case c == ',':
			q.i++
			return true
		case c == '\n':
			q.i++
			q.lastBreak = 1
			return false
		case c == '\r' && q.crlf():
			q.i++
			continue
		case c == '\r':
			q.fail(bareReturns)
			q.rec.at = -1
		case c == '"':
			q.fail("a quote stands inside an unquoted cell: put the cell in quotes and write the quote twice")
		}
		r.scratch = append(r.scratch, c)
		q.i++
		if q.i > maxRecord {
			// Unquoted text of that length has its line break, if any, in the buffer's next reading: give the row up.
			q.fail("the row is longer than %d MiB: no row is", maxRecord>>20)
			q.opened, q.openLine, q.broken = q.i, r.line+q.breaks, true
			return false
		}
	}
}

// giveUp leaves the row behind up to the end of the line in which its last quote opened.
func (q *quotedRow) giveUp() record {
	r := q.r
	n := q.opened
	for {
		if i := bytes.IndexByte(r.buf[r.pos+n:r.end], '\n'); i >= 0 {
			n += i
			break
		}
		n = r.end - r.pos
		if n > 2*maxRecord || !r.fill() {
			break
		}
	}
	q.rec.raw = rawText(r.buf[r.pos : r.pos+n])
	r.advance(n+1, q.openLine-r.line+1)
	return q.rec
}

// rawText is a row as it stands, at most maxRaw bytes of it and always UTF-8.
func rawText(b []byte) string {
	b = bytes.TrimRight(b, "\r\n")
	if len(b) > maxRaw {
		b = b[:maxRaw]
	}
	return readable(b)
}
