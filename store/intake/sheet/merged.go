package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Merge is a block of cells that show one value: that of the first. The others hold nothing, or what nobody sees.
type Merge struct{ Left, Top, Right, Bottom int }

// String is the block as a spreadsheet writes it, like A2:A4.
func (m Merge) String() string {
	return CellName(m.Left, m.Top) + ":" + CellName(m.Right, m.Bottom)
}

// Merged are the merged cells of a sheet, by their first row. They stand behind the rows: they are known once a sheet was read to its
// end.
func (b *Book) Merged(tab int) []Merge { return b.merged[tab] }

// merge takes the merged cells of a reference in.
func (r *Rows) merge(ref string) error {
	first, last, block := strings.Cut(ref, ":")
	var m Merge
	var ok, also bool
	m.Left, m.Top, ok = place(first)
	if m.Right, m.Bottom, also = m.Left, m.Top, true; block {
		m.Right, m.Bottom, also = place(last)
	}
	switch {
	case !ok || !also || m.Right < m.Left || m.Bottom < m.Top:
		return damaged("in the sheet %q stand the merged cells %q", r.tab, ref)
	case len(r.merged) == maxMerged:
		return errTooLarge(fmt.Sprintf("the sheet %q has more than %d merged cells", r.tab, maxMerged))
	case m.Left == m.Right && m.Top == m.Bottom:
		return nil
	}
	at, _ := slices.BinarySearchFunc(r.merged, m, func(a, b Merge) int { return cmp.Or(cmp.Compare(a.Top, b.Top), cmp.Compare(a.Left, b.Left)) })
	r.merged = slices.Insert(r.merged, at, m)
	return nil
}
