package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/store/intake/intaketest"
)

// utc is a time as the tests below write it.
func utc(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestTimes holds each layout, offset and clock change of INTERFACES' referral CSV against the instant it means.
func TestTimes(t *testing.T) {
	for _, tt := range []struct {
		missing, returned string
		begin, end        string // UTC; "" with a fault
		fault             string // column: beginning of the reason
	}{
		{"2026-11-20 15:04", "2026-11-20T16:04", "2026-11-20 15:04:00", "2026-11-20 16:04:00", ""},
		{"2026-07-20 15:04", "2026-07-20T16:04:05", "2026-07-20 14:04:00", "2026-07-20 15:04:05", ""},
		{"2026-07-20T15:04+02:00", "2026-07-20T16:04:05Z", "2026-07-20 13:04:00", "2026-07-20 16:04:05", ""},
		{"20/07/2026 15:04", "21/07/2026", "2026-07-20 14:04:00", "2026-07-20 23:00:00", ""},
		{"2026-07-20", "2026-07-20 00:00", "2026-07-19 23:00:00", "2026-07-19 23:00:00", ""},
		// A time that comes twice takes the earlier, the later of the two where the earlier would precede the start.
		{"2026-10-24 22:00", "2026-10-25 01:30", "2026-10-24 21:00:00", "2026-10-25 00:30:00", ""},
		{"2026-10-25 01:30", "2026-10-25 01:45", "2026-10-25 00:30:00", "2026-10-25 00:45:00", ""},
		{"2026-10-25 01:45", "2026-10-25 01:30", "2026-10-25 00:45:00", "2026-10-25 01:30:00", ""},
		{"2026-10-25T01:45+00:00", "2026-10-25 01:50", "2026-10-25 01:45:00", "2026-10-25 01:50:00", ""},
		{"2026-10-25T01:45+00:00", "2026-10-25 01:30", "", "", "returned_at: returned_at is before missing_at"},
		{"2026-10-25T00:30:00Z", "2026-10-25T01:15:00+01:00", "", "", "returned_at: returned_at is before missing_at"},
		// One that does not exist is refused.
		{"2026-03-29 01:00", "", "", "", "missing_at: “2026-03-29 01:00” does not exist"},
		{"2026-03-29 00:59", "2026-03-29 02:00", "2026-03-29 00:59:00", "2026-03-29 01:00:00", ""},
		{"2026-03-29 00:30", "2026-03-29T01:30", "", "", "returned_at: “2026-03-29T01:30” does not exist"},
		{"2026-03-29T01:30+00:00", "2026-03-29T03:00+01:00", "2026-03-29 01:30:00", "2026-03-29 02:00:00", ""},
		// One after now is refused; now itself is not.
		{"2026-11-22 14:10", "2026-11-22T14:10:00", "2026-11-22 14:10:00", "2026-11-22 14:10:00", ""},
		{"2026-11-22 14:11", "", "", "", "missing_at: “2026-11-22 14:11” is after now"},
		{"2026-11-20 14:00", "2026-11-23", "", "", "returned_at: “2026-11-23” is after now"},
		// An end before the start is refused; where either is date-only the dates are compared.
		{"2026-11-20 14:00", "2026-11-20 13:59", "", "", "returned_at: returned_at is before missing_at"},
		{"2026-11-20 14:00", "2026-11-20", "2026-11-20 14:00:00", "2026-11-20 00:00:00", ""},
		{"2026-11-20", "2026-11-20", "2026-11-20 00:00:00", "2026-11-20 00:00:00", ""},
		{"2026-11-20", "2026-11-19 23:59", "", "", "returned_at: returned_at is before missing_at"},
		{"2026-11-20 00:01", "19/11/2026", "", "", "returned_at: returned_at is before missing_at"},
		{"20.11.2026 14:00", "", "", "", "missing_at: “20.11.2026 14:00” is not a time"},
		{"11/22/2026", "", "", "", "missing_at: “11/22/2026” is not a time"},
		{"2026-11-20 14:00+01:00", "", "2026-11-20 13:00:00", "", ""},
		{"", "2026-11-20", "", "", "missing_at: is required"},
	} {
		t.Run(tt.missing+"/"+tt.returned, func(t *testing.T) {
			desk := newDesk()
			rep := takeFile(t, desk, "police_ref,child_ref,missing_at,returned_at\nP1,C9,"+tt.missing+","+tt.returned+"\n", Options{})
			if tt.fault != "" {
				if rep.Counts.Refused != 1 || !strings.HasPrefix(rep.RefusedRows[0].Column+": "+rep.RefusedRows[0].Reason, tt.fault) || rep.RefusedRows[0].Line != 2 {
					t.Fatalf("got %+v, want %s", rep.RefusedRows, tt.fault)
				}
				return
			}
			e := desk.Episode("P1")
			if e == nil {
				t.Fatalf("refused: %+v", rep.RefusedRows)
			}
			if got := e.MissingAt.Time(); !got.Equal(utc(t, tt.begin)) {
				t.Errorf("missing at %v, want %s", got, tt.begin)
			}
			if tt.end != "" && !e.ReturnedAt.Time().Equal(utc(t, tt.end)) {
				t.Errorf("returned at %v, want %s", e.ReturnedAt.Time(), tt.end)
			}
			if (desk.Referral("P1") != nil) != (tt.returned != "") {
				t.Error("a referral is there exactly when the child is back")
			}
		})
	}
}

// edit is an act of a person between two imports.
func edit(t *testing.T, d *intaketest.Desk, line string) {
	t.Helper()
	e, err := domain.ParseAct([]byte(line))
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.Do(t.Context(), true, e)
	if err != nil || a[0].Refused != nil {
		t.Fatalf("%s: %v %v", line, err, a[0].Refused)
	}
}

// TestLaterFiles is what INTERFACES says of a row that comes again.
func TestLaterFiles(t *testing.T) {
	const head = "police_ref,child_ref,given_name,family_name,dob,risk,missing_at,returned_at,notified_at,child_phone,placement\n"
	const open = "P1,C9,Ada,Okafor,2011-03-14,high,2026-11-20 20:00,,,07700 900123,Elm House\n"
	for _, tt := range []struct {
		name        string
		first, then string
		act         string
		history     bool
		want        string // counts of the second
		check       func(t *testing.T, d *intaketest.Desk, second *Report)
	}{
		{name: "the same again", first: open, then: open, want: "read 1 created 0 updated 0 unchanged 1 refused 0 children 0 referred 0"},
		{name: "blanks erase nothing", first: open, then: "P1,C9,,,,,2026-11-20 20:00,,,,\n",
			want: "read 1 created 0 updated 0 unchanged 1 refused 0 children 0 referred 0",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if e := d.Episode("P1"); e.Risk != "high" || e.Placement != "Elm House" {
					t.Errorf("%+v", e)
				}
			}},
		{name: "the return raises the referral, received when notified", first: open,
			then: "P1,C9,,,,,2026-11-20 20:00,2026-11-21 09:00,2026-11-21 11:30,,\n",
			want: "read 1 created 0 updated 1 unchanged 0 refused 0 children 0 referred 1",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if at, byImport := domain.Received(d.Episode("P1"), d.Referral("P1")); byImport || !at.Time().Equal(utc(t, "2026-11-21 11:30:00")) {
					t.Errorf("received %v, by import %v", at, byImport)
				}
			}},
		{name: "notified before the return: received at the import", first: open,
			then: "P1,C9,,,,,2026-11-20 20:00,2026-11-21 09:00,2026-11-20 22:00,,\n",
			want: "read 1 created 0 updated 1 unchanged 0 refused 0 children 0 referred 1",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if at, byImport := domain.Received(d.Episode("P1"), d.Referral("P1")); !byImport || !at.Time().Equal(now()) {
					t.Errorf("received %v, by import %v", at, byImport)
				}
			}},
		{name: "notification blank: received at the import", first: open, then: "P1,C9,,,,,2026-11-20 20:00,2026-11-21 09:00,,,\n",
			want: "read 1 created 0 updated 1 unchanged 0 refused 0 children 0 referred 1",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if _, byImport := domain.Received(d.Episode("P1"), d.Referral("P1")); !byImport {
					t.Error("not by import")
				}
			}},
		{name: "a person's edit stays and the difference is told", first: open, act: `{"act":"episode.edit","episode":"P1","risk":"low"}`,
			then: "P1,C9,,,,medium,2026-11-20 20:00,,,,\n", want: "read 1 created 0 updated 1 unchanged 0 refused 0 children 0 referred 0",
			check: func(t *testing.T, d *intaketest.Desk, second *Report) {
				if e := d.Episode("P1"); e.Risk != "low" {
					t.Errorf("risk is %q", e.Risk)
				}
				if second.WarningCount != 1 || !strings.Contains(second.Warnings[0].Reason, "medium") || second.Warnings[0].Line != 2 {
					t.Errorf("warnings %+v", second.Warnings)
				}
			}},
		{name: "what the source said before does not come back over an edit", first: open, act: `{"act":"episode.edit","episode":"P1","risk":"low"}`,
			then: open, want: "read 1 created 0 updated 0 unchanged 1 refused 0 children 0 referred 0",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if e := d.Episode("P1"); e.Risk != "low" {
					t.Errorf("risk is %q", e.Risk)
				}
			}},
		{name: "a changed child_ref is refused", first: open, then: strings.Replace(open, "C9", "C10", 1),
			want: "read 1 created 0 updated 0 unchanged 0 refused 1 children 0 referred 0",
			check: func(t *testing.T, _ *intaketest.Desk, second *Report) {
				if r := second.RefusedRows[0]; r.Line != 2 || r.Column != "child_ref" {
					t.Errorf("%+v", r)
				}
			}},
		{name: "a return before the start that is known", first: "P1,C9,,,,,2026-11-10 20:00,2026-11-19 09:00,,,\n", then: "P1,C9,,,,,2026-11-20 20:00,,,,\n",
			want: "read 1 created 0 updated 0 unchanged 0 refused 1 children 0 referred 0"},
		{name: "history stays history", first: "P1,C9,Ada,Okafor,2011-03-14,high,2026-11-20 20:00,2026-11-21 09:00,,,\n", history: true, then: "P1,C9,,,,,2026-11-20 20:00,2026-11-21 09:30,,,\n",
			want: "read 1 created 0 updated 1 unchanged 0 refused 0 children 0 referred 0",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if d.Referral("P1") != nil || !d.Episode("P1").History {
					t.Error("a referral was raised from history")
				}
			}},
		{name: "history without a return is none any more in an ordinary file", first: open, history: true, then: "P1,C9,,,,,2026-11-20 20:00,2026-11-21 09:00,,,\n",
			want: "read 1 created 0 updated 1 unchanged 0 refused 0 children 0 referred 1",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if d.Referral("P1") == nil || d.Episode("P1").History {
					t.Error("the return of a child who was missing raises nothing")
				}
			}},
		{name: "names, dob and gender: what is known first stays", first: open, then: "P2,C9,Adah,Okafor,2011-03-15,high,2026-11-21 20:00,,,,\n",
			want: "read 1 created 1 updated 0 unchanged 0 refused 0 children 0 referred 0",
			check: func(t *testing.T, d *intaketest.Desk, second *Report) {
				if c := d.Child("P2"); c.GivenName != "Ada" || c.DOB.String() != "2011-03-14" {
					t.Errorf("%+v", c)
				}
				if second.WarningCount != 3 { // given_name, dob, and the episodes overlap
					t.Errorf("warnings %+v", second.Warnings)
				}
			}},
		{name: "a new number is added, none replaced", first: open, then: "P1,C9,,,,,2026-11-20 20:00,,,07700 900999,\n",
			want: "read 1 created 0 updated 1 unchanged 0 refused 0 children 0 referred 0",
			check: func(t *testing.T, d *intaketest.Desk, _ *Report) {
				if got := domain.Standing(d.Child("P1").Card.Phones); !slices.Equal(got, []string{"07700 900123", "07700 900999"}) {
					t.Errorf("phones %q", got)
				}
			}},
		{name: "overlapping episodes are a warning", first: open, then: "P2,C9,,,,,2026-11-21 09:00,2026-11-21 10:00,,,\n",
			want: "read 1 created 1 updated 0 unchanged 0 refused 0 children 0 referred 1",
			check: func(t *testing.T, _ *intaketest.Desk, second *Report) {
				if second.WarningCount != 1 || !strings.Contains(second.Warnings[0].Reason, "overlaps") {
					t.Errorf("%+v", second.Warnings)
				}
			}},
		{name: "two rows about one episode that contradict each other change nothing when they come again",
			first: open + strings.Replace(open, "high", "low", 1), then: open + strings.Replace(open, "high", "low", 1),
			want: "read 2 created 0 updated 0 unchanged 2 refused 0 children 0 referred 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			desk := newDesk()
			takeFile(t, desk, head+tt.first, Options{History: tt.history})
			if tt.act != "" {
				edit(t, desk, tt.act)
			}
			imports := len(desk.Imports)
			second := takeFile(t, desk, head+tt.then, Options{})
			if got := counts(second); got != tt.want {
				t.Fatalf("\n got %s %+v\nwant %s", got, second.RefusedRows, tt.want)
			}
			if c := second.Counts; c.Created+c.Updated == 0 && (len(desk.Imports) != imports || second.Import != 0) {
				t.Error("nothing changed, and yet there is a record of an import")
			}
			if tt.check != nil {
				tt.check(t, desk, second)
			}
			third := takeFile(t, desk, head+tt.then, Options{})
			if third.Counts.Created+third.Counts.Updated != 0 {
				t.Errorf("once more: %s", counts(third))
			}
		})
	}
}

// TestColumns is what INTERFACES says of words, booleans and the child without a reference.
func TestColumns(t *testing.T) {
	run := func(t *testing.T, file string) (*intaketest.Desk, *Report) {
		t.Helper()
		desk := newDesk()
		return desk, takeFile(t, desk, file, Options{})
	}
	t.Run("children without a reference", func(t *testing.T) {
		desk, rep := run(t, "police_ref,family_name,given_name,dob,missing_at\n"+
			"P1,O’Neill-Smith,Zoë,14/03/2011,2026-11-01\nP2,oneill smith,Zoe,2011-03-14,2026-11-03\nP3,O'Neill,Zoe,2011-03-14,2026-11-05\n")
		if got := counts(rep); got != "read 3 created 3 updated 0 unchanged 0 refused 0 children 2 referred 0" {
			t.Error(got)
		}
		if c := desk.Child("P2"); c.ShownRef() != "C1" || desk.Child("P1").ID != c.ID {
			t.Errorf("%+v", c)
		}
		again := takeFile(t, desk, "police_ref,child_ref,missing_at\nP4,C1,2026-11-10\n", Options{})
		if again.Counts.ChildrenCreated != 0 || desk.Child("P4").ID != desk.Child("P1").ID {
			t.Error("the printed C-number is not accepted as child_ref")
		}
	})
	t.Run("booleans", func(t *testing.T) {
		for i, w := range []string{"yes", "no", "true", "false", "1", "0", "y", "n", "YES", "No"} {
			desk, _ := run(t, "police_ref,child_ref,missing_at,looked_after\nP1,X1,2026-11-20,"+w+"\n")
			if want := []string{"yes", "no"}[i%2]; desk.Episode("P1").LookedAfter != want {
				t.Errorf("%s is %q", w, desk.Episode("P1").LookedAfter)
			}
		}
	})
	t.Run("out of area", func(t *testing.T) {
		for cells, want := range map[string]bool{"yes,,": false, "yes,home,Newham": false, "yes,home,Essex": true, "yes,Essex,": true, "yes,Essex,essex": false, "no,home,Essex": false} {
			desk, _ := run(t, "police_ref,child_ref,missing_at,looked_after,home_authority,placement_authority\nP1,X1,2026-11-20,"+cells+"\n")
			if desk.Episode("P1").OutOfArea(&desk.Settings().Team) != want {
				t.Errorf("%s: out of area %v", cells, !want)
			}
		}
	})
	t.Run("words", func(t *testing.T) {
		desk, rep := run(t, "police_ref,child_ref,missing_at,category,risk,status,flags\nP1,X1,2026-11-20,Absent,Very low,In need,hospital; harm\n"+
			"P2,X1,2026-11-20,runaway,,,\nP3,X1,2026-11-20,,urgent,,\nP4,X1,2026-11-20,,,fine,\nP5,X1,2026-11-20,,,,harm;late\n")
		e := desk.Episode("P1")
		if e == nil || e.Category != "absent" || e.Risk != "very_low" || e.Status != "in_need" || e.Value(domain.ColFlags) != "harm;hospital" {
			t.Errorf("%+v", e)
		}
		var got []string
		for _, r := range rep.RefusedRows {
			got = append(got, fmt.Sprint(r.Line, " ", r.Column))
		}
		if want := []string{"3 category", "4 risk", "5 status", "6 flags"}; !slices.Equal(got, want) {
			t.Errorf("refused %q, want %q", got, want)
		}
	})
	t.Run("all faults of a row at once, by the line where it begins", func(t *testing.T) {
		_, rep := run(t, "police_ref,child_ref,missing_at,notes,risk,dob\nP1,X1,2026-11-20,\"two\nlines\",,\n,X1,later,\"and\ntwo\",awful,soon\n")
		var got []string
		for _, r := range rep.RefusedRows {
			got = append(got, fmt.Sprint(r.Line, " ", r.Column))
		}
		if want := []string{"4 police_ref", "4 dob", "4 risk", "4 missing_at"}; !slices.Equal(got, want) || rep.Counts.Refused != 1 {
			t.Errorf("refused %q, want %q", got, want)
		}
	})
	t.Run("free text refuses nothing", func(t *testing.T) {
		long := strings.Repeat("Ω‘\x1b[31m", 2000)
		desk, rep := run(t, "police_ref,child_ref,missing_at,gender,placement_kind,preferred_way,social_worker,prevention_interview\nP1,X1,2026-11-20,"+
			strings.Join([]string{long, "any", "any", "any", "any"}, ",")+"\n")
		if rep.Counts.Created != 1 || strings.Contains(desk.Child("P1").Gender, "\x1b") {
			t.Errorf("%+v", rep.RefusedRows)
		}
	})
}

func TestHeaders(t *testing.T) {
	for _, tt := range []struct{ name, head, want string }{
		{"any order", "missing_at,child_ref,police_ref", ""},
		{"the three", "dob,given_name,missing_at,family_name,police_ref", ""},
		{"case and spaces", " Police_Ref ,CHILD_REF,missing_at", ""},
		{"no police_ref", "child_ref,missing_at", "the header lacks police_ref"},
		{"no missing_at", "child_ref,police_ref", "the header lacks missing_at"},
		{"no child", "police_ref,missing_at,given_name", "the header lacks child_ref (or family_name, dob)"},
		{"twice", "police_ref,missing_at,child_ref,missing_at", `the header has the column "missing_at" more than once`},
		{"unknown twice", "police_ref,missing_at,child_ref,x,X", ""},
		{"semicolons", "police_ref;missing_at;child_ref", "separated by semicolons"},
		{"tabs", "police_ref\tmissing_at\tchild_ref", "separated by tabs"},
		{"a 903 file", "CHILD,DOB,MISSING,MIS_START,MIS_END", "use --format ssda903"},
		{"unclosed", "police_ref,\"missing_at,child_ref\n1,2,3", "line 1, the header: the quote opened on line 1"},
		{"empty", "", "the file is empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Run(t.Context(), newDesk(), strings.NewReader(tt.head), Options{})
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	rep := takeFile(t, newDesk(), "police_ref,zip,child_ref,missing_at,wire,line,reason\n", Options{})
	if len(rep.FileNotes) != 1 || !strings.HasSuffix(rep.FileNotes[0], ": zip, wire") {
		t.Errorf("unknown columns: %q; one warning, and line and reason are ours", rep.FileNotes)
	}
}

func TestPreviewWords(t *testing.T) {
	desk := newDesk()
	takeFile(t, desk, "police_ref,child_ref,given_name,family_name,dob,missing_at\nP1,C9,Ada,Okafor,2011-03-14,2026-11-20 20:00\n", Options{})
	file := "police_ref,child_ref,given_name,family_name,dob,missing_at,returned_at,child_phone\n" +
		"P1,C9,,,,2026-11-20 20:00,,\n" +
		"P1,C9,,,,2026-11-20 20:00,2026-11-21 09:00,07700 900123\n" +
		"P2,C77,Ada,Okafor,2011-03-14,2026-11-21 20:00,,\n" +
		"P3,C78,Bea,Khan,2010-01-02,2026-11-21 20:00,,\n" +
		"P4,C78,Bea,Khan,soon,2026-11-21 20:00,,\n" +
		"P5,C78,Bea\n"
	acts := len(desk.Acts)
	rows, rep, err := Preview(context.Background(), desk, strings.NewReader(file), Options{}, 0)
	if err != nil || len(desk.Acts) != acts {
		t.Fatal(err, desk.Acts)
	}
	var verdicts []string
	for _, r := range rows {
		verdicts = append(verdicts, r.Verdict)
	}
	if want := []string{Unchanged, Changed, Doubtful, New, Refused, Refused}; !slices.Equal(verdicts, want) {
		t.Fatalf("verdicts %q, want %q", verdicts, want)
	}
	if got, want := rows[1].Changes, []string{"raises a referral", "returned_at: – → Sat 21 Nov 2026 09:00", "child_phone: also 07700 900123"}; !slices.Equal(sorted(got), sorted(want)) {
		t.Errorf("changes %q, want %q", got, want)
	}
	if len(rows[2].Alike) != 1 || !strings.HasPrefix(rows[2].Alike[0], "C9 Ada Okafor: ") {
		t.Errorf("alike %q", rows[2].Alike)
	}
	if rows[4].Notes[0].Column != "dob" || rows[4].Row[domain.ColDOB] != "soon" || rows[5].Notes[0].Reason == "" || rep.Counts.Refused != 2 {
		t.Errorf("%+v %+v", rows[4].Notes, rows[5].Notes)
	}

	mended := rows[4].Row
	mended[domain.ColDOB] = "2010-01-02"
	clerk := Clerk{Desk: desk}
	one, err := clerk.TakeRow(t.Context(), mended)
	if err != nil || one.Counts.Created != 1 || desk.Episode("P4") == nil {
		t.Errorf("%v %+v", err, one)
	}
	few, rep, err := Preview(t.Context(), desk, strings.NewReader(file), Options{}, 2)
	if err != nil || len(few) != 2 || !rep.Stopped {
		t.Errorf("a bounded preview: %v, %d rows, %+v", err, len(few), rep)
	}
}

func sorted(s []string) []string { s = slices.Clone(s); slices.Sort(s); return s }
