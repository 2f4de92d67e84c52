package intake

import (
	"errors"
	"slices"
	"strings"

	"homeward/store/intake/sheet"
)

// A value in merged cells is shown once and is kept in the first of them alone. Which of the rows beneath it is meant for nobody can
// tell: it is filled into none, and each of them is refused.

// mergedRows follows the merged cells of a sheet down its rows.
type mergedRows struct {
	ahead []sheet.Merge // by their first row
	open  []openMerge   // that reach the row at hand
}

// openMerge is one of them, with whether its first cell holds something.
type openMerge struct {
	sheet.Merge
	holds bool
}

// maxMergedAcross is how many may lie beside each other; a sheet made by hand has a few.
const maxMergedAcross = 256

// at goes on to a row and gives the merged cells that reach it.
func (m *mergedRows) at(row int, fields []string) ([]openMerge, error) {
	m.open = slices.DeleteFunc(m.open, func(o openMerge) bool { return o.Bottom < row })
	for len(m.ahead) > 0 && m.ahead[0].Top <= row {
		o := openMerge{Merge: m.ahead[0]}
		o.holds = o.Top == row && cellAt(fields, o.Left-1) != "" // a row that is left out holds nothing
		if m.ahead = m.ahead[1:]; o.Bottom >= row {
			m.open = append(m.open, o)
		}
	}
	if len(m.open) > maxMergedAcross {
		return nil, errors.New("the spreadsheet has too many merged cells beside each other: unmerge them, fill each cell and import it again")
	}
	return slices.Clone(m.open), nil
}

func cellAt(fields []string, at int) string {
	if at >= len(fields) {
		return ""
	}
	return strings.TrimSpace(fields[at])
}

// under says what is wrong with a cell that lies under merged cells which hold something, and is not the first of them; "" of any
// other.
func (rec *record) under(at int) string {
	for _, o := range rec.merged {
		if at < o.Left-1 || at >= o.Right || at == o.Left-1 && rec.line == o.Top || !o.holds && cellAt(rec.fields, at) == "" {
			continue
		}
		return "cell " + sheet.CellName(at+1, rec.line) + " lies under the merged cells " + o.String() + ": unmerge them and fill each cell"
	}
	return ""
}

// mergedCells says of each cell in a column that is read what it lies under.
func (r *reader) mergedCells(rec *record, it *item) {
	if rec.merged == nil {
		return
	}
	for at := range r.head.width {
		if !r.head.reads(at, r.of903 != nil) {
			continue
		}
		if why := rec.under(at); why != "" {
			it.faults = append(it.faults, r.noteAt(rec.line, at, why))
		}
	}
}
