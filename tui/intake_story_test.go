package tui_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"homeward/domain"
	"homeward/store/intake"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// A wrong file goes in from the screen, two of its rows are worked on, and it is taken back: these stay, each with its reason.
func TestAWrongFileIsTakenBackOnTheScreen(t *testing.T) {
	x := newTeam(t, "dee")
	at := tuitest.Now()
	x.night("wrong.csv", 4, at.Add(-time.Hour), func(int, map[string]string) {})
	d := x.look(120, 40, at).Press("i").Sees("wrong.csv").Press("enter").Sees("4 rows: 4 new").Press("t", "tab", "enter").Sees("4 new, 0 changed, 0 unchanged, 0 refused; 4 referrals raised")
	x.do("dee", `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}`)
	x.do("sam", `{"act":"episode.edit","episode":"E2","risk":"high"}`)
	d.Press("b").Sees("Take which import back?", "B1", "4 rows: 4 new, 0 changed, 0 unchanged, 0 refused").Golden("intake-past-120x40")
	d.Press("enter").Sees("Take B1 back?", "Each row on which nobody has built since will go").Press("enter").SeesNot("Took B1")
	d.Press("b", "enter", "tab", "enter").Sees("2 rows went, 2 stay.", "Line 2, ", "stays", "Line 3, ").Golden("intake-stays-120x40")
	d.Press("esc").Resize(80, 24).Press("b").Sees("B1", "taken back").Golden("intake-past-80x24")
	d.Press("esc", "esc", "1").Sees("To triage")
	x.look(80, 24, at).Press("i", "b").Sees("taken back")
}

// Of a workbook the first sheet is looked into, and another by a key.
func TestAnotherSheetOnTheScreen(t *testing.T) {
	x := newTeam(t, "dee")
	b := excelize.NewFile()
	put := func(sheet string, cells map[string]any) {
		t.Helper()
		for cell, v := range cells {
			if err := b.SetCellValue(sheet, cell, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	put("Sheet1", map[string]any{"A1": "police_ref", "B1": "child_ref", "C1": "missing_at", "A2": "N-1", "B2": "SC-1", "C2": time.Date(2026, 11, 20, 22, 5, 0, 0, time.UTC)})
	if _, err := b.NewSheet("Week 46"); err != nil {
		t.Fatal(err)
	}
	put("Week 46", map[string]any{"A1": "police_ref", "B1": "child_ref", "C1": "missing_at", "A2": "N-2", "B2": "SC-2", "C2": "2026-11-12", "A3": "N-3", "B3": "SC-3", "C3": "soon"})
	if err := b.SaveAs(filepath.Join(x.folder, "weeks.xlsx")); err != nil {
		t.Fatal(err)
	}
	d := x.look(120, 40, tuitest.Now()).Press("i").Sees("weeks.xlsx").Press("enter").Sees("weeks.xlsx, sheet Sheet1", "1 row: 1 new", "Week 46").Golden("intake-sheet-120x40")
	d.Press("w").Sees("Which sheet?").Press("j", "enter").Sees("weeks.xlsx, sheet Week 46", "2 rows: 1 new", "1 refused").Press("t").Sees("1 new and 0 changed").Press("tab", "enter").Sees("1 unchanged, 1 refused")
	d.Resize(80, 24).Golden("intake-sheet-80x24")
}

// A workbook that begins with a cover offers its sheets, and another system's headers the maps of the configuration; a path
// that is wrong keeps the form with what was typed.
func TestAFileThatFitsNothingOffersWhatThereIs(t *testing.T) {
	x := newTeam(t, "dee")
	b := excelize.NewFile()
	put := func(sheet, cell string, v any) {
		t.Helper()
		if err := b.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	put("Sheet1", "A1", "Weekly return")
	for _, name := range []string{"Notes", "Data"} {
		if _, err := b.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	put("Notes", "A1", "Nothing to add")
	for i, v := range []string{"police_ref", "child_ref", "missing_at"} {
		put("Data", string(rune('A'+i))+"1", v)
		put("Data", string(rune('A'+i))+"2", []string{"N-1", "SC-1", "2026-11-20 22:05"}[i])
	}
	if err := b.SaveAs(filepath.Join(x.folder, "weekly.xlsx")); err != nil {
		t.Fatal(err)
	}
	d := x.look(120, 40, tuitest.Now()).Press("i").Sees("weekly.xlsx").Press("enter").Sees("How is weekly.xlsx read?", "The sheet “Sheet1” has no header that fits", "Sheet Data", "Sheet Notes")
	d.Press("enter").Sees("weekly.xlsx, sheet Data", "1 row: 1 new").Press("esc").Sees("weekly.xlsx")
	d.Resize(80, 24).Press("enter").Sees("Sheet Data", "Sheet Notes").Press("esc")

	x.maps = map[string]intake.Map{"niche": {Columns: map[domain.Column][]string{domain.ColPoliceRef: {"Occurrence"}, domain.ColChildRef: {"Nominal"}, domain.ColMissingAt: {"Missing since"}}}}
	path := filepath.Join(x.folder, "niche.csv")
	if err := os.WriteFile(path, []byte("Occurrence,Nominal,Missing since\nN-7,SC-7,2026-11-20 22:05\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d = x.look(120, 40, tuitest.Now()).Press("i", "o").Type(path+"x").Press("ctrl+d").Sees("Open a file", "niche.csvx", "no such file")
	d.Press("backspace", "ctrl+d").Sees("How is niche.csv read?", "the header lacks police_ref", "Map niche").Press("enter").Sees("niche.csv", "1 row: 1 new")
}

// The form that mends a refused row begins at the field that was refused, also where the file calls it by another name.
func TestMendingBeginsAtWhatWasRefused(t *testing.T) {
	x := newTeam(t, "dee")
	x.maps = map[string]intake.Map{"niche": {Columns: map[domain.Column][]string{domain.ColPoliceRef: {"Occurrence"}, domain.ColChildRef: {"Nominal"}, domain.ColMissingAt: {"Missing since"}, domain.ColRisk: {"Grading"}}}}
	file := func(name, text string) string {
		t.Helper()
		path := filepath.Join(x.folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file("ours.csv", "police_ref,child_ref,missing_at,risk\nN-1,SC-1,2026-11-20 22:05,purple\n")
	theirs := file("niche.csv", "Occurrence,Nominal,Missing since,Grading\nN-7,SC-7,2026-11-20 22:05,purple\n")
	d := x.look(80, 24, tuitest.Now()).Press("i").Sees("ours.csv")
	form := func(want string) {
		t.Helper()
		if got := d.Model().(*frame.Model).Form().Focused(); got != want {
			t.Errorf("begins at %q", got)
		}
	}
	mends := func() {
		t.Helper()
		d.Sees("1 row: 0 new, 0 changed, 0 unchanged, 1 refused").SeesNot("takes it…", "takes i…", "leaves…").Press("j", "e").Sees("end line 2", "purple")
		form("risk")
		d.Press("ctrl+u").Type("high").Press("ctrl+d").Sees("The mended row went in.")
	}
	d.Press("j", "enter")
	mends()
	d.Press("esc", "o").Type(theirs).Press("ctrl+d").Sees("How is niche.csv read?").Press("enter")
	mends()
}
