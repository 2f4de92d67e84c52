package intake

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"
)

// merged is a workbook with a title, a header, five rows and blocks of merged cells.
func merged(t *testing.T, blocks ...[2]string) []byte {
	w := newWorkbook(t)
	w.row("Sheet1", 1, "Missing children, week 47")
	w.row("Sheet1", 3, "police_ref", "child_ref", "given_name", "family_name", "dob", "missing_at", "returned_at", "placement", "colour")
	for i, name := range []string{"Ann", "Bea", "Cai", "Dan", "Eve"} {
		w.row("Sheet1", 4+i, "P"+name, "K"+name, name, "Lee", "2011-03-14", "2026-11-20 10:00", "2026-11-21 10:00", "Elm House", "red")
	}
	for _, b := range append(blocks, [2]string{"A1", "I1"}) {
		if err := w.MergeCell("Sheet1", b[0], b[1]); err != nil {
			t.Fatal(err)
		}
	}
	return w.bytes()
}

// Which row a value in merged cells is meant for nobody can tell: the row that has it keeps it, and those beneath are refused with
// the cell and what to do. A merged title above the header, and merged cells in a column that is not read, are in nobody's way.
func TestRowsUnderMergedCellsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		blocks  [][2]string
		created int
		says    []string
	}{
		"none":                  {nil, 5, nil},
		"down a column":         {[][2]string{{"H4", "H6"}}, 3, []string{"5 placement cell H5 lies under the merged cells H4:H6: unmerge them and fill each cell", "6 placement cell H6"}},
		"to the end":            {[][2]string{{"H7", "H20"}}, 4, []string{"8 placement cell H8 lies under the merged cells H7:H20"}},
		"across":                {[][2]string{{"C5", "D5"}}, 4, []string{"5 family_name cell D5 lies under the merged cells C5:D5"}},
		"a block":               {[][2]string{{"C5", "D6"}}, 3, []string{"5 family_name cell D5", "6 given_name cell C6", "6 family_name cell D6"}},
		"the header":            {[][2]string{{"H3", "H4"}}, 4, []string{"4 placement cell H4 lies under the merged cells H3:H4"}},
		"a column that is none": {[][2]string{{"I4", "I8"}}, 5, nil},
		"two":                   {[][2]string{{"A4", "A5"}, {"H7", "H8"}}, 3, []string{"5 police_ref cell A5", "8 placement cell H8"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := merged(t, c.blocks...)
			for _, dry := range []bool{true, false} {
				rep := mustRun(t, newDesk(), io.MultiReader(bytes.NewReader(file)), Options{DryRun: dry})
				var got []string
				for _, n := range rep.RefusedRows {
					got = append(got, strings.Join([]string{strconv.Itoa(n.Line), n.Column, n.Reason}, " "))
				}
				all := strings.Join(got, "\n")
				if rep.Counts.Created != c.created || rep.Counts.Refused != 5-c.created {
					t.Errorf("dry %v: created %d, refused %d\n%s", dry, rep.Counts.Created, rep.Counts.Refused, all)
				}
				for _, say := range c.says {
					if !strings.Contains(all, say) {
						t.Errorf("dry %v: nothing says %q\n%s", dry, say, all)
					}
				}
			}
		})
	}
}

// A header that lies under merged cells has no name: what stands beneath it is told as not read.
func TestAHeaderUnderMergedCellsIsTold(t *testing.T) {
	rep := mustRun(t, newDesk(), bytes.NewReader(merged(t, [2]string{"G3", "H3"})), Options{})
	if notes := strings.Join(rep.FileNotes, "\n"); rep.Counts.Created != 5 || !strings.Contains(notes, "the header: cell H3 lies under the merged cells G3:H3") {
		t.Errorf("%+v\n%s", rep.Counts, notes)
	}
}

// Of one reference the last row counts that can be read: one under merged cells is none.
func TestARowUnderMergedCellsCountsInsteadOfNone(t *testing.T) {
	w := newWorkbook(t)
	w.row("Sheet1", 1, "police_ref", "child_ref", "missing_at", "placement")
	w.row("Sheet1", 2, "P1", "K1", "2026-11-20 10:00", "Elm House")
	w.row("Sheet1", 3, "P2", "K2", "2026-11-20 10:00", "Oak House")
	w.row("Sheet1", 4, "P1", "K1", "2026-11-20 10:00")
	if err := w.MergeCell("Sheet1", "D3", "D4"); err != nil {
		t.Fatal(err)
	}
	rep := mustRun(t, newDesk(), bytes.NewReader(w.bytes()), Options{})
	if rep.Counts.Created != 2 || rep.Counts.Refused != 1 || rep.RefusedRows[0].Line != 4 {
		t.Errorf("%+v %v", rep.Counts, rep.RefusedRows)
	}
}
