package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// maxTitle is how many lines may stand above the header.
const maxTitle = 10

// findHeader reads on from the first row to the header: a title may stand above it, which is skipped with a warning. Where
// no header is found, the error is a [view.UnfitHeader] with what the row lacks that comes nearest to one.
func (r *reader) findHeader(rec record, m *Map) (*header, error) {
	var nearest error
	most := -1
	var above []string
	for {
		h, err := referralHeader(rec, r.rows.marked(), m, r.history)
		if err == nil {
			if above != nil {
				h.warnings = append([]string{"above the header, on line " + fmt.Sprint(h.line) + ", is skipped: " + strings.Join(above, "; ")}, h.warnings...)
			}
			return h, nil
		}
		if n := knownHeaders(rec.fields, m); n > most {
			most, nearest = n, err
			if rec.line > 1 {
				nearest = fmt.Errorf("line %d, taken for the header: %w", rec.line, err)
			}
		}
		above = append(above, "“"+shorten(strings.TrimSpace(strings.Join(rec.fields, " ")+rec.raw))+"”")
		rec, err = r.rows.next()
		switch {
		case err == io.EOF:
			return nil, &view.UnfitHeader{Why: nearest}
		case err != nil:
			return nil, err
		case rec.line > maxTitle+1:
			return nil, &view.UnfitHeader{Why: nearest}
		}
	}
}

// knownHeaders counts the cells that are headers of ours or of the map.
func knownHeaders(cells []string, m *Map) int {
	n := 0
	for _, c := range cells {
		_, ours := domain.ColumnNamed(folded(c))
		if ours || m != nil && m.has(c) {
			n++
		}
	}
	return n
}

// has says that some column is read from a header of that name.
func (m *Map) has(name string) bool {
	for _, theirs := range m.Columns {
		if slices.ContainsFunc(theirs, func(h string) bool { return folded(h) == folded(name) }) {
			return true
		}
	}
	return false
}
