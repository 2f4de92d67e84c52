package intake

import (
	"fmt"
	"strings"
	"testing"

	"homeward/domain"
)

// A SQL Server writes an open end as NULL or as 9999-12-31: the child is missing now, and the file says so once.
func TestBlankWordsAndFarEnds(t *testing.T) {
	m := &Map{Columns: map[domain.Column][]string{domain.ColPoliceRef: {"id"}, domain.ColChildRef: {"person"}, domain.ColMissingAt: {"start", "clock"}, domain.ColReturnedAt: {"end"}}}
	file := "id,person,start,clock,end,risk\n" +
		"1,A,2026-11-17 22:10:00.000,NULL,NULL,n/a\n" +
		"2,B,2026-11-17,18:00,9999-12-31 00:00:00.000, - \n" +
		"3,C,17/11/2026,null,01/01/2100,high\n" +
		"4,D,17 Nov 2026,,1 January 2100,nullable\n" +
		"5,E,2026-11-17,18:00,2099-12-31,high\n" +
		"6,F,2026-11-17,9999-12-31,,high\n"
	desk := newDesk()
	rep := takeFile(t, desk, file, Options{Map: m})
	if got := counts(rep); got != "read 6 created 3 updated 0 unchanged 0 refused 3 children 3 referred 0" {
		t.Error(got, rep.RefusedRows)
	}
	for _, ref := range []string{"1", "2", "3"} {
		if e := desk.Episode(ref); e == nil || e.Over() {
			t.Errorf("%s: %+v", ref, e)
		}
	}
	if e := desk.Episode("2"); e != nil && (e.MissingAt.DateOnly() || e.Risk != "") {
		t.Errorf("%+v", e)
	}
	want := []string{"a cell that says NULL, N/A or - is taken for blank: 5 cells, the first on line 2: risk “n/a”",
		"an end in 2100 or later is taken for blank: the child is not back yet: 3 cells, the first on line 3: end “9999-12-31 00:00:00.000”"}
	if fmt.Sprint(rep.FileNotes) != fmt.Sprint(want) {
		t.Errorf("%q", rep.FileNotes)
	}

	desk = newDesk()
	rep = takeFile(t, desk, "police_ref,child_ref,missing_at,notes,school\nP1,A,2026-11-17,none yet,NULL\n", Options{BlankWords: []string{"None yet"}})
	if e := desk.Episode("P1"); e == nil || e.Notes != "" || e.School != "NULL" || len(rep.FileNotes) != 1 {
		t.Errorf("%+v %q", e, rep.FileNotes)
	}
	desk = newDesk()
	takeFile(t, desk, "police_ref,child_ref,missing_at,notes\nP1,A,2026-11-17,-\n", Options{BlankWords: []string{}})
	if e := desk.Episode("P1"); e == nil || e.Notes != "-" {
		t.Errorf("no word means blank: %+v", e)
	}
}

// Two children under one occurrence: a map makes the key of two columns, one of which is the child's reference too.
func TestKeyOfSeveralColumns(t *testing.T) {
	m := &Map{Columns: map[domain.Column][]string{domain.ColPoliceRef: {"Step ID", "Person ID"}, domain.ColChildRef: {"Person ID"}, domain.ColMissingAt: {"On"}}}
	desk := newDesk()
	rep := takeFile(t, desk, "Step ID,Person ID,On\nHD/1187,K801,2026-11-20\nHD/1187,K802,2026-11-20\nHD/1188, ,2026-11-20\n,K803,2026-11-20\n", Options{Map: m})
	if got := counts(rep); got != "read 4 created 2 updated 0 unchanged 0 refused 2 children 2 referred 0" {
		t.Error(got)
	}
	for _, k := range []string{"K801", "K802"} {
		if e := desk.Episode("HD/1187/" + k); e == nil {
			t.Errorf("no episode HD/1187/%s", k)
		} else if c := desk.Child("HD/1187/" + k); c.Ref != k {
			t.Errorf("%s belongs to %s", k, c.Ref)
		}
	}
	if why := rep.RefusedRows[0]; why.Column != "police_ref" || !strings.Contains(why.Reason, "made of Step ID and Person ID, of which one is blank") {
		t.Errorf("%+v", why)
	}
	_, err := Run(t.Context(), newDesk(), strings.NewReader("Step ID,child_ref,On\nHD/1187,K801,2026-11-20\n"), Options{Map: m})
	if err == nil || err.Error() != "the map makes police_ref of Step ID and Person ID; the file has no Person ID" {
		t.Errorf("%v", err)
	}
}

// A title above the header is skipped with a warning, up to ten lines of it; lines are counted as the file has them.
func TestTitleAboveTheHeader(t *testing.T) {
	row := "police_ref,child_ref,missing_at,risk\nP1,A,2026-11-17,\nP2,A,2026-11-17,huge\n"
	for _, c := range []struct{ above, note string }{
		{"Missing daily extract\r\n\r\n", "above the header, on line 3, is skipped: “Missing daily extract”"},
		{"Made by \"Fred\",,,\n\"Week\n47\",,\n", "above the header, on line 4, is skipped: “Made by \"Fred\",,,”; “Week\n47”"},
		{strings.Repeat("a title\n", 10), "above the header, on line 11"},
	} {
		rep := takeFile(t, newDesk(), c.above+row, Options{})
		if got := counts(rep); !strings.HasPrefix(got, "read 2 created 1 updated 0 unchanged 0 refused 1") {
			t.Errorf("%q: %s", c.above, got)
		}
		if len(rep.FileNotes) != 1 || !strings.HasPrefix(rep.FileNotes[0], c.note) {
			t.Errorf("%q: %q", c.above, rep.FileNotes)
		}
		if line := strings.Count(c.above, "\n") + 3; rep.RefusedRows[0].Line != line {
			t.Errorf("%q: refused on line %d, not %d", c.above, rep.RefusedRows[0].Line, line)
		}
	}
	for _, c := range []struct{ file, want string }{
		{strings.Repeat("a title\n", 11) + row, "the header lacks police_ref"},
		{"A title\npolice_ref,child_ref,when\nP1,A,2026-11-17\n", "line 2, taken for the header: the header lacks missing_at"},
		{"police_ref,child_ref,when\nP1,A,2026-11-17\n", "the header lacks missing_at"},
	} {
		if _, err := Run(t.Context(), newDesk(), strings.NewReader(c.file), Options{}); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v", c.file, err)
		}
	}
}

func TestUnusedColumnsAlike(t *testing.T) {
	rep := takeFile(t, newDesk(), "police_ref,child_ref,missing_at,Notes2,zip,Notes2\nP1,A,2026-11-17,a,b,c\n", Options{})
	if rep.Counts.Created != 1 || fmt.Sprint(rep.FileNotes) != "[columns that are not known are ignored: Notes2 (more than once), zip]" {
		t.Errorf("%+v %q", rep.Counts, rep.FileNotes)
	}
	m := &Map{Columns: map[domain.Column][]string{domain.ColNotes: {"Notes2"}}}
	if _, err := Run(t.Context(), newDesk(), strings.NewReader("police_ref,child_ref,missing_at,notes2,NOTES2\n"), Options{Map: m}); err == nil || !strings.Contains(err.Error(), "more than once") {
		t.Errorf("%v", err)
	}
}

// A refusal of a file with headers of its own speaks of its columns alone, and gives both times.
func TestARefusalSpeaksOfTheFilesOwnColumns(t *testing.T) {
	m := &Map{Columns: map[domain.Column][]string{domain.ColPoliceRef: {"Ref"}, domain.ColChildRef: {"Person"}, domain.ColMissingAt: {"Date Missing"}, domain.ColFoundAtTime: {"Date Found"}}}
	rep := takeFile(t, newDesk(), "Ref,Person,Date Missing,Date Found\nP1,K1,2026-11-20 10:00,2026-11-19 09:00\n", Options{Map: m})
	if len(rep.RefusedRows) != 1 {
		t.Fatal(rep.RefusedRows)
	}
	const want = "Date Found is before Date Missing: Thu 19 Nov 2026 09:00, and Fri 20 Nov 2026 10:00"
	if n := rep.RefusedRows[0]; n.Column != "Date Found" || n.Reason != want {
		t.Errorf("%q, %q; want %q", n.Column, n.Reason, want)
	}
	rep = takeFile(t, newDesk(), "police_ref,child_ref,missing_at,returned_at\nP1,K1,2026-11-20 10:00,2026-11-19 09:00\n", Options{})
	if n := rep.RefusedRows[0]; n.Reason != "returned_at is before missing_at: Thu 19 Nov 2026 09:00, and Fri 20 Nov 2026 10:00" {
		t.Errorf("%q", n.Reason)
	}
}
