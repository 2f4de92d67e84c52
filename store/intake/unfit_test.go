package intake

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// A workbook whose first sheet is a cover names its other sheets, the one that fits first, and how to read it; a header of
// another system names the maps that there are.
func TestAHeaderThatFitsNothingSaysWhatThereIsInstead(t *testing.T) {
	w := newWorkbook(t)
	w.row("Sheet1", 1, "Weekly return of missing children")
	w.row("Sheet1", 3, "Made by", "the control room")
	w.sheet("Notes 46")
	w.row("Notes 46", 1, "Nothing to add")
	w.sheet("Data")
	w.row("Data", 1, "police_ref", "child_ref", "missing_at")
	w.row("Data", 2, "P1", "K1", "2026-11-20 20:00")
	w.sheet("Blank")
	cover := w.bytes()
	const foreign = "Niche Ref,Nominal,Missing From\nP1,K1,2026-11-20 20:00\n"
	niche := Map{Columns: map[domain.Column][]string{domain.ColPoliceRef: {"Occurrence"}}}
	for _, c := range []struct {
		what, file, sheet, chosen string
		maps                      map[string]Map
		says, starts              string
		want                      view.UnfitHeader
	}{
		{what: "a cover", file: string(cover),
			starts: "the sheet “Sheet1” has no header that fits; the workbook's other sheets that hold something: Data, Notes 46; --sheet Data reads that one. Of “Sheet1” itself: ",
			want:   view.UnfitHeader{Sheet: "Sheet1", Sheets: []string{"Data", "Notes 46"}}},
		{what: "a sheet that was chosen", file: string(cover), sheet: "Notes 46",
			starts: "the sheet “Notes 46” has no header that fits; the workbook's other sheets that hold something: Data, Sheet1; --sheet Data reads that one. Of “Notes 46” itself: the header lacks",
			want:   view.UnfitHeader{Sheet: "Notes 46", Sheets: []string{"Data", "Sheet1"}}},
		{what: "another system's", file: foreign, maps: map[string]Map{"niche": niche, "athena": niche},
			starts: "the header lacks police_ref", says: "; the configuration has the maps athena, niche: --map athena reads it by that",
			want: view.UnfitHeader{Maps: []string{"athena", "niche"}}},
		{what: "the wrong map", file: foreign, chosen: "niche", maps: map[string]Map{"niche": niche, "athena": niche},
			starts: "the header lacks police_ref", says: "; the configuration has the map athena: --map athena reads it by that",
			want: view.UnfitHeader{Maps: []string{"athena"}}},
		{what: "another system's, and no map", file: foreign, starts: "the header lacks police_ref"},
	} {
		clerk := &Clerk{Desk: newDesk(), Maps: c.maps}
		read := map[string]func(context.Context, view.IntakeFile) error{
			"import": func(ctx context.Context, f view.IntakeFile) error { _, err := clerk.TakeIn(ctx, f); return err },
			"look": func(ctx context.Context, f view.IntakeFile) error {
				_, _, err := clerk.Preview(ctx, f, 10)
				return err
			},
		}
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		for how, do := range read {
			for where, f := range map[string]view.IntakeFile{"a file": {Path: path}, "a stream": {Source: bytes.NewReader([]byte(c.file))}} {
				f.Sheet, f.Map, f.Format = c.sheet, c.chosen, Referrals
				err := do(t.Context(), f)
				var unfit *view.UnfitHeader
				if !errors.As(err, &unfit) {
					t.Fatalf("%s, %s of %s: %v", c.what, how, where, err)
				}
				got := *unfit
				got.Why = nil
				if says := err.Error(); !reflect.DeepEqual(got, c.want) || !strings.HasPrefix(says, c.starts) || !strings.HasSuffix(says, c.says) {
					t.Errorf("%s, %s of %s: %+v\n%s", c.what, how, where, got, says)
				}
			}
		}
	}
}

// A first sheet that holds nothing gives the others too.
func TestAnEmptyFirstSheetGivesTheOthers(t *testing.T) {
	w := newWorkbook(t)
	w.sheet("Two")
	w.row("Two", 1, "police_ref", "child_ref", "missing_at")
	_, err := Run(t.Context(), newDesk(), bytes.NewReader(w.bytes()), Options{})
	var unfit *view.UnfitHeader
	if !errors.As(err, &unfit) || !reflect.DeepEqual(unfit.Sheets, []string{"Two"}) || err.Error() != "the sheet “Sheet1” is empty; name another with --sheet: the file has “Two”" {
		t.Errorf("%v", err)
	}
}

// sheet adds one.
func (w workbook) sheet(name string) {
	w.Helper()
	if _, err := w.NewSheet(name); err != nil {
		w.Fatal(err)
	}
}
