package intake

import (
	"fmt"
	"strings"
	"testing"

	"homeward/domain"
)

const head903 = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"

func Test903(t *testing.T) {
	const file = head903 +
		"700001,12/03/2010,M,21/11/2025,22/11/2025\n" + // 2
		"700001,12/03/2010,A,01/12/2025,03/12/2025\n" + // 3
		"700002,01/01/2011,M,05/01/2026,\n" + // 4: open
		"700002,01/01/2011,M,09/01/2026,10/01/2026\n" + // 5: starts while 4 is open
		"700003,01/01/2011,A,01/02/2026,10/02/2026\n" + // 6
		"700003,01/01/2011,M,05/02/2026,06/02/2026\n" + // 7: overlaps 6
		"700004,01/01/2027,M,01/02/2026,02/02/2026\n" + // 8: born after now
		"700005,01/06/2025,M,01/02/2025,02/02/2025\n" + // 9: starts before birth
		"700006,,M,01/02/2025,02/02/2025\n" + // 10: no date of birth
		"700007,01/01/2011,,01/02/2025,02/02/2025\n" + // 11
		"700007,01/01/2011,X,01/02/2025,02/02/2025\n" + // 12
		"700007,01/01/2011,M,,02/02/2025\n" + // 13
		"700007,01/01/2011,M,31/02/2025,\n" + // 14
		"700007,01/01/2011,M,01/02/2025,2025-02-02\n" + // 15
		"700007,01/01/2011,M,02/02/2025,01/02/2025\n" + // 16
		"700007,01/01/2011,,,02/02/2025\n" + // 17
		"700001,12/03/2010,M,21/11/2025,22/11/2025\n" // 18: line 2 again
	desk := newDesk()
	rep := takeFile(t, desk, file, Options{Format: SSDA903})
	if got := counts(rep); got != "read 17 created 9 updated 0 unchanged 0 refused 8 children 5 referred 0" {
		t.Error(got, rep.RefusedRows)
	}
	warned, refused := map[int]string{}, map[int]string{}
	for _, w := range rep.Warnings {
		warned[w.Line] += w.Reason + "; "
	}
	for _, r := range rep.RefusedRows {
		refused[r.Line] += r.Column + " " + r.Reason + "; "
	}
	for line, want := range map[int]string{5: "rule 574: starts while the period of line 4", 7: "rule 574: overlaps the period of line 6",
		9: "rule 586: MIS_START is not after the date of birth; rule 571: MIS_END is not in the collection year 2025-26", 18: "stand on line 2: both are kept"} {
		if !strings.Contains(warned[line], want) {
			t.Errorf("line %d: warned %q, want %q", line, warned[line], want)
		}
	}
	for line, want := range map[int]string{8: "DOB", 11: "MISSING rule 565", 12: "MISSING rule 1006", 13: "MIS_START rule 564", 14: "MIS_START rule 1004",
		15: "MIS_END rule 1005", 16: "MIS_END rule 567", 17: "MISSING rule 566"} {
		if !strings.Contains(refused[line], want) {
			t.Errorf("line %d: refused %q, want %q", line, refused[line], want)
		}
	}
	m, a := desk.Episode("903-700001-M-20251121"), desk.Episode("903-700001-A-20251201")
	if m == nil || a == nil {
		t.Fatal("police_ref is not as promised")
	}
	if m.Category != "missing" || a.Category != "away" || m.LookedAfter != "yes" || !m.History {
		t.Errorf("%+v %+v", m, a)
	}
	if !m.MissingAt.DateOnly() || m.FoundAt != m.ReturnedAt || m.ReturnedAt.Date() != 20251122 || !m.ReturnedAt.DateOnly() {
		t.Errorf("missing: %v found %v returned %v", m.MissingAt, m.FoundAt, m.ReturnedAt)
	}
	if a.FoundAt != 0 || a.ReturnedAt.Date() != 20251203 {
		t.Errorf("away: found %v returned %v", a.FoundAt, a.ReturnedAt)
	}
	if e := desk.Episode("903-700001-M-20251121-2"); e == nil || e.ReturnedAt.Date() != 20251122 {
		t.Errorf("a second one of that child, type and day: %+v", e)
	}
	if e := desk.Episode("903-700002-M-20260105"); e == nil || e.Over() {
		t.Errorf("open: %+v", e)
	}
	if again := takeFile(t, desk, file, Options{Format: SSDA903}); again.Counts.Unchanged != 9 || again.Import != 0 {
		t.Error("again:", counts(again))
	}
	if dry := takeFile(t, newDesk(), file, Options{Format: SSDA903, DryRun: true}); counts(dry) != counts(rep) {
		t.Error("dry:", counts(dry))
	}
	if refer := takeFile(t, newDesk(), file, Options{Format: SSDA903, Refer: true}); refer.Referred != 8 {
		t.Error("with --refer:", counts(refer))
	}
}

// A row that can be an episode is kept and warned about by the rule it breaks.
func Test903RulesThatRefuseNothing(t *testing.T) {
	file := head903 + "1,12/03/2012,M,10/04/2025,12/04/2025\n" + "2,12/03/2012,M,30/03/2026,02/04/2026\n" + "3,12/03/2012,M,01/04/2026,\n" +
		"4,01/06/2025,M,01/06/2025,02/06/2025\n" + "5,12/03/2012,A,20/11/2025,25/11/2025\n" + "5,12/03/2012,M,25/11/2025,26/11/2025\n" + "6,12/03/2012,M,30/03/2025,31/03/2025\n"
	rep := takeFile(t, newDesk(), file, Options{Format: SSDA903})
	if got := counts(rep); got != "read 7 created 7 updated 0 unchanged 0 refused 0 children 6 referred 0" {
		t.Error(got)
	}
	var got []string
	for _, w := range rep.Warnings {
		if rule, _, ok := strings.Cut(w.Reason, ":"); ok && strings.HasPrefix(rule, "rule") {
			got = append(got, fmt.Sprint(w.Line, " ", rule))
		}
	}
	if want := "[3 rule 571 4 rule 570 5 rule 586 8 rule 571]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

func Test903Header(t *testing.T) {
	for head, ok := range map[string]bool{
		head903: true, "\xef\xbb\xbf" + head903: true, "\"CHILD\",DOB,MISSING,MIS_START,MIS_END\r\n": true,
		"CHILD,DOB,MISSING,MIS_START,MIS_END,line,reason\n": true,
		"DOB,CHILD,MISSING,MIS_START,MIS_END\n":             false, "child,dob,missing,mis_start,mis_end\n": false,
		"CHILD,DOB,MISSING,MIS_START\n": false, "police_ref,missing_at,child_ref\n": false,
	} {
		if _, err := Run(t.Context(), newDesk(), strings.NewReader(head), Options{Format: SSDA903}); (err == nil) != ok {
			t.Errorf("%q: %v", head, err)
		}
	}
	if _, err := Run(t.Context(), newDesk(), strings.NewReader(head903), Options{Format: SSDA903, Map: &Map{}}); err == nil {
		t.Error("a map for an SSDA903 file was taken")
	}
	if _, err := Run(t.Context(), newDesk(), strings.NewReader(head903), Options{Format: "xml"}); err == nil {
		t.Error("an unknown format was taken")
	}
}

func Test903RejectsComeBackMended(t *testing.T) {
	out := &buffer{}
	desk := newDesk()
	takeFile(t, desk, head903+"1,01/01/2011,X,01/02/2025,\n", Options{Format: SSDA903, Rejects: out.open})
	want := "CHILD,DOB,MISSING,MIS_START,MIS_END,line,reason\n1,01/01/2011,X,01/02/2025,,2,\"MISSING rule 1006: “X” is neither M (missing) nor A (away)\"\n"
	if out.String() != strings.ReplaceAll(want, "\"", "") {
		t.Errorf("rejects\n%s", out.String())
	}
	mended := strings.Replace(out.String(), ",X,", ",A,", 1)
	if rep := takeFile(t, desk, mended, Options{Format: SSDA903}); rep.Counts.Created != 1 || desk.Episode("903-1-A-20250201") == nil {
		t.Error(counts(rep), rep.RefusedRows)
	}
}

func FuzzReadRow(f *testing.F) {
	f.Add("P1", "C1", "2026-11-20 20:00", "2026-11-21", "2011-03-14", "harm; hospital", "high", "home")
	f.Add("\x00", "'=", "2026-10-25 01:30", "26/10/2026 01:30", "29/02/2012", ";", "Very Low", "\u200b")
	s := newDesk().Settings()
	f.Fuzz(func(t *testing.T, ref, child, missing, returned, dob, flags, risk, authority string) {
		row := domain.Row{}
		row[domain.ColPoliceRef], row[domain.ColChildRef], row[domain.ColMissingAt], row[domain.ColReturnedAt] = ref, child, missing, returned
		row[domain.ColDOB], row[domain.ColFlags], row[domain.ColRisk], row[domain.ColHomeAuthority] = dob, flags, risk, authority
		notice, faults := domain.ReadRow(&row, s, now(), true)
		if (notice == nil) == (faults == nil) {
			t.Fatal("a row is read or at fault, and one of the two only")
		}
		if notice == nil {
			return
		}
		desk := newDesk()
		rep, err := RunRows(t.Context(), desk, []NumberedRow{{2, row}}, Options{})
		if err != nil || fmt.Sprint(rep.Counts) != "{1 1 0 0 0 1}" {
			t.Fatalf("%v %+v %+v", err, rep, row)
		}
		rep, err = RunRows(t.Context(), desk, []NumberedRow{{2, row}}, Options{})
		if err != nil || rep.Counts.Unchanged != 1 {
			t.Fatalf("again: %v %+v %q", err, rep, row)
		}
	})
}
