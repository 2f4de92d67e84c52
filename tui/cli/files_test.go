package cli_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"
)

const history = "CHILD,DOB,MISSING,MIS_START,MIS_END\r\n" +
	"Q1,03/02/2011,M,20/11/2026,21/11/2026\r\n" +
	"Q1,03/02/2011,A,01/09/2026,03/09/2026\r\n" +
	"Q2,29/02/2012,M,28/03/2026,29/03/2026\r\n" +
	"Q3,05/06/2013,M,24/10/2026,25/10/2026\r\n" +
	"Q4,05/07/2013,M,01/11/2026,\r\n" +
	"Q5,05/07/2013,X,01/11/2026,02/11/2026\r\n" +
	"Q6,05/07/2013,M,31/11/2026,\r\n"

func TestHistoryOfThe903RaisesNoReferralsUnlessTold(t *testing.T) {
	t.Parallel()
	for _, refer := range []bool{false, true} {
		d := newDesk(t)
		d.write("missing.csv", history)
		args := []string{"import", "missing.csv", "--format", "ssda903", "--rejects", "rejects.csv", "--format-out", "json"}
		if refer {
			args = append(args, "--refer")
		}
		s := d.ends(3, args...)
		var c struct {
			Read, Created, Updated, Unchanged, Refused int
			ChildrenCreated                            int `json:"children_created"`
		}
		decode(t, s.out, &c)
		if c.Read != 7 || c.Created != 5 || c.Refused != 2 || c.ChildrenCreated != 4 {
			t.Errorf("refer %v: %v", refer, s)
		}
		if lacks(s.err, "line 7", "MISSING", "line 8", "MIS_START") != nil {
			t.Error(s)
		}
		if r := d.read("rejects.csv"); !strings.HasPrefix(r, "CHILD,DOB,MISSING,MIS_START,MIS_END,line,reason") || strings.Count(r, "\n") != 3 {
			t.Error(r)
		}
		want := map[bool]string{false: "", true: "903-Q2-M-20260328 903-Q1-A-20260901 903-Q3-M-20261024 903-Q1-M-20261120"}[refer]
		var refs []string
		for _, r := range d.list("queue") {
			refs = append(refs, text(r["police_ref"]))
			if !strings.Contains(text(r["date_only"]), "returned_at") {
				t.Errorf("days alone: %v", r)
			}
		}
		if strings.Join(refs, " ") != want {
			t.Errorf("refer %v: %v", refer, refs)
		}
		if refer {
			if r := d.row("queue", "police_ref", "903-Q2-M-20260328"); r["interview_due_at"] != "2026-04-01T01:00:00+01:00" {
				t.Errorf("72 h from the start of 29 March, a day of 23 hours: %v", r["interview_due_at"])
			}
		}
		// The same file again changes nothing, and history stays history.
		before := d.ends(0, "audit", "list").out
		decode(t, d.ends(3, args...).out, &c)
		if c.Unchanged != 5 || c.Created+c.Updated != 0 || d.ends(0, "audit", "list").out != before {
			t.Errorf("refer %v, again: %v", refer, c)
		}
		d.ends(0, "timeline", "Q1")
		d.sound()
	}
}

func TestHistoryOfReferralsRaisesNone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, args := range [][]string{{"import", "-", "--history"}, {"import", "-"}} { // it stays history when imported again
		if s := d.run(rows, args...); s.status != 0 {
			t.Error(s)
		}
		if q := d.list("queue"); len(q) != 0 {
			t.Errorf("%v: %v", args, q)
		}
	}
	if s := d.ends(0, "timeline", "K1"); lacks(s.out, "Ada Okafor", "P1") != nil {
		t.Error(s)
	}
}

func TestAnotherSystemsHeadersByAMap(t *testing.T) {
	t.Parallel()
	d := newDesk(t).with("[intake.map.mosaic]\ndates = [\"d mmm yyyy hh:mm\"]\npolice_ref = \"Occurrence No\"\nchild_ref = \"Person ID\"\n" +
		"missing_at = [\"Date Missing\", \"Time Missing\"]\nreturned_at = \"Returned\"\n")
	file := "Occurrence No,Person ID,Date Missing,Time Missing,Returned\nX1,K1,1 Nov 2026,09:30,2 Nov 2026 10:00\nX2,K1,1 Nov 2026,25:30,\n"
	if s := d.run(file, "import", "-", "--map", "mosaic", "--rejects", "rejects.csv"); s.status != 3 {
		t.Fatal(s)
	}
	if r := d.row("queue", "police_ref", "X1"); r["returned_at"] != "2026-11-02T10:00:00Z" {
		t.Errorf("%v", r)
	}
	if r := d.read("rejects.csv"); !strings.HasPrefix(r, "Occurrence No,Person ID,Date Missing,Time Missing,Returned,line,reason\n") || lacks(r, "X2,K1,", ",3,") != nil {
		t.Error(r)
	}
	// Mended it goes in by the same map.
	d.write("rejects.csv", strings.Replace(d.read("rejects.csv"), "25:30", "09:45", 1))
	d.ends(0, "import", "rejects.csv", "--map", "mosaic")
	if r := d.row("missing", "police_ref", "X2"); r["missing_at"] != "2026-11-01T09:45:00Z" {
		t.Errorf("%v", r)
	}
}

func TestTheDemoWithoutATerminalMakesASoundDatabase(t *testing.T) {
	t.Parallel()
	for _, now := range []string{"", now, "2026-03-29T02:30:00+01:00"} {
		d := newDesk(t).at(now)
		d.db = ""
		d.ends(0, "demo", "--keep", "demo.db", "--children", "25", "--seed", "7")
		d.db = d.path("demo.db")
		d.sound()
		if out := d.ends(1, "demo", "--keep", "demo.db"); lacks(out.err, "demo.db", "exists") != nil || out.out != "" {
			t.Error(out)
		}
		if now != "" {
			if len(d.list("queue")) == 0 || len(d.list("missing")) == 0 {
				t.Error("a made-up team has work to do")
			}
			again := newDesk(t).at(now)
			again.db = ""
			again.ends(0, "demo", "--keep", "demo.db", "--children", "25", "--seed", "7")
			again.db = again.path("demo.db")
			if a, b := d.ends(0, "queue", "--format", "json").out, again.ends(0, "queue", "--format", "json").out; a != b {
				t.Errorf("the same seed makes the same team: %s", difference(a, b))
			}
		}
	}
}

func TestTheConfigurationIsCheckedAndShown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.db = d.path("none/hw.db")
	if s := d.ends(0, "config", "check"); s.out == "" || s.err != "" {
		t.Error(s)
	}
	d.with("profile = \"west_sussex\"\n[policy]\ncluster_min = 4\n")
	if s := d.ends(0, "config", "check"); lacks(s.out, d.config) != nil {
		t.Error(s)
	}
	s := d.ends(0, "config", "show")
	for setting, value := range map[string][]string{"policy.interview_clock": {"notified", "west_sussex"}, "policy.cluster_min": {"4", "config.toml"}, "policy.contact_within": {"24h", ""}} {
		found := false
		for line := range strings.Lines(s.out) {
			found = found || strings.HasPrefix(line, setting+" ") && lacks(line, value...) == nil
		}
		if !found {
			t.Errorf("%s should be %v:\n%s", setting, value, s.out)
		}
	}
	d.with("profil = \"newham\"\n[policy]\ninterview_within = \"soon\"\ninterview_clok = \"found\"\n[[user]]\nlogin = \"Dee Osei\"\nrole = \"boss\"\n")
	s = d.ends(1, "config", "check")
	if lacks(s.err, "profile", "interview_within", "interview_clock", "role") != nil || s.out != "" {
		t.Error(s)
	}
	for _, args := range [][]string{{"queue"}, {"do"}, {"check"}, {"config", "show"}} {
		if s := d.ends(1, args...); lacks(s.err, "profil") != nil || s.out != "" {
			t.Errorf("%v: %v", args, s)
		}
	}
	if _, err := os.Stat(d.path("none")); err == nil {
		t.Error("the configuration needs no database")
	}
}

func TestCompletionIsPrinted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, shell := range []string{"bash", "zsh", "fish"} {
		if s := d.ends(0, "completion", shell); lacks(s.out, "homeward") != nil || s.err != "" {
			t.Errorf("%s: %v", shell, s)
		}
	}
	if s := d.ends(0, "__complete", "queue", "--format", ""); lacks(s.out, "table", "json", "csv") != nil {
		t.Error(s)
	}
}

func TestAReaderThatStopsListeningHarmsNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.run(makeFile(3, 300, at(t, now)).file(), "import", "-")
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := d.command(ctx, "queue", "--format", "json")
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = out.Read(make([]byte, 10))
	_ = out.Close() // as `| head` does
	_ = cmd.Wait()
	if ctx.Err() != nil || strings.Contains(errOut.String(), "goroutine") {
		t.Errorf("%v %s", ctx.Err(), errOut.String())
	}
	d.sound()
}

// Where refused rows go is settled before a row goes in; a file of an earlier run is left alone, and said.
func TestWhereRefusedRowsGo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if s := d.run(rows, "import", "-", "--rejects", "-", "--dry-run"); s.status != 2 || lacks(s.err, "leave one of the two out") != nil {
		t.Error(s)
	}
	d.ends(1, "queue") // there is no database: nothing went in
	out := d.run(rows+"PX,KX,,,,never,,\n", "import", "-", "--rejects", "-")
	if out.status != 3 || lacks(out.err, "refused 1", "the refused rows are on standard output") != nil || !strings.HasPrefix(out.out, "police_ref,") || strings.Count(out.out, "\n") != 2 {
		t.Error(out)
	}
	if s := d.run(strings.Replace(out.out, "never", "2026-11-20", 1), "import", "-", "--rejects", "-"); s.status != 0 || s.out != "" || lacks(s.err, "created 1") != nil {
		t.Error(s)
	}
	if s := d.run(rows+"PX,KX,,,,never,,\n", "import", "-"); lacks(s.err, "with --rejects FILE, or - for standard output") != nil {
		t.Error(s)
	}
	d.write("mend.csv", "of yesterday")
	if s := d.run(rows, "import", "-", "--rejects", "mend.csv"); s.status != 0 || lacks(s.err, "mend.csv was there before and is not of this run") != nil || d.read("mend.csv") != "of yesterday" {
		t.Error(s)
	}
	if s := d.run(rows+"PX,KX,,,,never,,\n", "import", "-", "--rejects", "mend.csv"); s.status != 3 || lacks(d.read("mend.csv"), "PX,KX") != nil {
		t.Error(s, d.read("mend.csv"))
	}
}
