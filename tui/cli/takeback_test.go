package cli_test

import (
	"strings"
	"testing"
)

// wrongFile is another town's: two rows of new children, one of a known one, one that moves a known return, and a second of
// the first child's.
const (
	rightFile = `police_ref,child_ref,given_name,family_name,dob,missing_at,returned_at,notified_at,placement
P1,K1,Ann,Lee,2012-02-03,2026-11-17 10:00,2026-11-18 12:00,2026-11-18 13:00,Elm House
`
	wrongFile = `police_ref,child_ref,given_name,family_name,dob,missing_at,returned_at,notified_at,placement
W1,K8,Bea,Moss,2011-05-06,2026-11-18 10:00,2026-11-19 12:00,2026-11-19 13:00,Oak Lodge
W2,K9,Cai,Nye,2010-06-07,2026-11-18 10:00,2026-11-19 12:00,2026-11-19 13:00,Oak Lodge
W3,K1,Ann,Lee,2012-02-03,2026-11-18 20:00,2026-11-19 12:00,2026-11-19 13:00,Oak Lodge
P1,K1,Ann,Lee,2012-02-03,2026-11-17 10:00,2026-11-18 15:00,2026-11-18 13:00,Elm House
W5,K8,Bea,Moss,2011-05-06,2026-11-20 10:00,2026-11-20 12:00,2026-11-20 13:00,Oak Lodge
`
)

func TestAWrongFileIsTakenBackAsAWhole(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.ends(0, "import", d.write("right.csv", rightFile))
	before := d.ends(0, "queue", "--format", "csv").out
	d.ends(0, "import", d.write("wrong.csv", wrongFile))
	if n := len(d.list("queue")); n != 5 {
		t.Fatalf("%d rows are owed", n)
	}
	d.as("pat").ends(1, "import", "--take-back", "B2")
	d.as("sam").ends(1, "import", "--take-back", "B2") // everyone takes their own back
	d.as("dee").ends(1, "import", "--take-back", "B7")
	d.ends(2, "import", "--take-back", "B2", d.path("wrong.csv"))
	if s := d.ends(0, "import", "--take-back", "B2"); lacks(s.out, "took back B2", "5 rows", "0 stay") != nil {
		t.Error(s)
	}
	r := d.row("queue", "police_ref", "P1")
	if n := len(d.list("queue")); n != 1 || !strings.Contains(text(r["returned_at"]), "12:00") {
		t.Errorf("%d rows are owed, P1 is %v; before\n%s", n, r["returned_at"], before)
	}
	for _, gone := range []string{"K8", "K9"} {
		d.ends(1, "timeline", gone)
	}
	d.sound()
	d.ends(1, "import", "--take-back", "B2") // nothing of it stands
	d.ends(0, "import", d.path("wrong.csv")) // and it may come again
	if n := len(d.list("queue")); n != 5 {
		t.Errorf("taken in again, %d rows are owed", n)
	}
	d.sound()
}

// Two of its rows were worked on: these stay, each with its reason, and the others go.
func TestWhatSomebodyHasBuiltOnStaysWhenAFileIsTakenBack(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.ends(0, "import", d.write("right.csv", rightFile))
	d.ends(0, "import", d.write("wrong.csv", wrongFile))
	rang := text(d.row("queue", "police_ref", "W1")["referral"])
	d.as("pat").did(`{"act":"contact.log","referral":"` + rang + `","way":"call","with":"child","result":"spoke"}`)
	d.as("sam").did(`{"act":"episode.edit","episode":"P1","risk":"high"}`)
	s := d.as("dee").ends(3, "import", "--take-back", "B2")
	if lacks(s.out, "took back B2", "3 rows", "2 stay") != nil || lacks(s.err, "stays: line 2", "by pat", "stays: line 5", "by sam") != nil {
		t.Error(s)
	}
	q := d.list("queue")
	if column(q, "K8", "police_ref") != "W1" || column(q, "K1", "police_ref") != "P1" || column(q, "K9", "police_ref") != "" {
		t.Errorf("owed are %v", q)
	}
	d.sound()
}

// Rows of a child whom who takes the file back may not see stay, and nothing is said of the child; the rest goes, and somebody who
// may see the child finishes. A dry run says the same.
func TestRowsOfARestrictedChildStayWhenAFileIsTakenBack(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.ends(0, "import", d.write("right.csv", rightFile))
	d.ends(0, "import", d.write("wrong.csv", wrongFile))
	sam := d.as("sam")
	sam.did(`{"act":"child.restrict","child_ref":"K9","to":["sam"],"reason":"x"}`)
	dee := d.as("dee")
	for _, args := range [][]string{{"--dry-run"}, nil} {
		s := dee.ends(3, append([]string{"import", "--take-back", "B2"}, args...)...)
		if lacks(s.out, "B2: 4 rows; 1 stay") != nil || lacks(s.err, "stays: line 3", "restricted child", "somebody who may see the child") != nil {
			t.Errorf("%v: %s", args, s)
		}
		for _, leak := range []string{"K9", "Cai", "Nye", "W2", "sam", "Sam"} {
			if strings.Contains(s.out+s.err, leak) {
				t.Errorf("%v: %q is told: %s", args, leak, s)
			}
		}
		if want := map[bool]int{true: 5, false: 2}[args != nil]; len(dee.list("queue")) != want {
			t.Errorf("%v: %d rows are owed", args, len(dee.list("queue")))
		}
	}
	dee.ends(3, "import", "--take-back", "B2")         // as before
	d.as("sue").ends(3, "import", "--take-back", "B2") // she may not see the child either
	if s := sam.ends(0, "import", "--take-back", "B2", "--dry-run"); lacks(s.out, "1 row; 0 stay") != nil {
		t.Error(s)
	}
	if s := sam.ends(0, "import", "--take-back", "B2"); lacks(s.out, "1 row; 0 stay") != nil {
		t.Error(s)
	}
	if n := len(sam.list("queue")); n != 1 {
		t.Errorf("%d rows are owed", n)
	}
	sam.ends(1, "import", "--take-back", "B2")
	d.sound()
}

// The night's file says a child is back; a colleague finds that she is not and takes the return back by hand. The same row the
// next day changes nothing; one that says something new of it is reported and changes nothing; the colleague's word stands
// until they record the return themselves.
func TestAReturnTakenBackByAColleagueAfterAnImport(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.ends(0, "import", d.write("night.csv", rightFile))
	raised := text(d.row("queue", "police_ref", "P1")["referral"])
	if raised == "" {
		t.Fatal("the return raised no referral")
	}
	d.as("sam").did(`{"act":"episode.edit","episode":"P1","returned_at":null}`)
	back := func(when string) {
		t.Helper()
		if n := len(d.list("missing")); n != 1 || len(d.list("queue")) != 0 {
			t.Errorf("%s: %d are missing, %d rows are owed; the child is missing again and nothing is owed\n%s", when, n, len(d.list("queue")), d.run("", "queue").out)
		}
		d.sound()
	}
	back("taken back")
	s := d.ends(0, "import", d.path("night.csv"))
	if lacks(s.out, "updated 0, unchanged 1", "nothing new") != nil {
		t.Errorf("the same file: %s", s)
	}
	back("the same file again")
	later := strings.Replace(strings.Replace(rightFile, "2026-11-18 12:00", "2026-11-18 15:00", 1), "Elm House", "Oak House", 1)
	dry := d.ends(0, "import", d.write("later.csv", later), "--dry-run")
	s = d.ends(0, "import", d.path("later.csv"))
	for _, said := range []said{dry, s} {
		if lacks(said.err, "line 2: returned at: the source now says", "15:00", "a person took it back, and blank it stays: record it by hand if it is right") != nil {
			t.Errorf("a changed row: %s", said)
		}
	}
	back("a changed row")
	if s := d.ends(0, "import", d.path("later.csv")); lacks(s.out, "nothing new") != nil {
		t.Errorf("the changed row again: %s", s)
	}
	// Recorded by hand, it is owed again.
	d.as("sam").did(`{"act":"episode.edit","episode":"P1","returned_at":"2026-11-18 15:00"}`)
	if n := len(d.list("missing")); n != 0 || text(d.row("queue", "police_ref", "P1")["returned_at"]) != "2026-11-18T15:00:00Z" {
		t.Errorf("recorded by hand: %d missing, %v", n, d.list("queue"))
	}
	d.sound()
}
