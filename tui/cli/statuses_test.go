package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const adaIsBack = `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ada","family_name":"Okafor","dob":"2011-02-03","missing_at":"2026-11-20 20:00","returned_at":"2026-11-22 14:10","notified_at":"2026-11-22 14:30"}`

const rows = "police_ref,child_ref,given_name,family_name,dob,missing_at,returned_at,notified_at\n" +
	"P1,K1,Ada,Okafor,2011-02-03,2026-11-20 20:00,2026-11-22 14:10,2026-11-22 14:30\n"

// readers are the commands that make no database.
func readers() [][]string {
	return [][]string{{"queue"}, {"missing"}, {"overdue"}, {"timeline", "K1"}, {"check"}, {"audit", "verify"}, {"audit", "list"},
		{"queue", "--format", "json"}, {"missing", "--format", "csv"}}
}

func TestReadingAMissingDatabaseFailsAndMakesNone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, args := range readers() {
		s := d.ends(1, args...)
		if s.out != "" || lacks(s.err, d.db, "does not exist") != nil || strings.Count(s.err, "\n") != 1 {
			t.Errorf("%v: %v", args, s)
		}
	}
	if files, _ := filepath.Glob(d.path("hw*")); len(files) > 0 {
		t.Errorf("made %v", files)
	}
}

func TestWritingMakesADatabaseAndSaysSo(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"do"}, {"import", "-"}, {"import", "-", "--format-out", "json"}} {
		d := newDesk(t)
		d.db = d.path("new/folder/hw.db")
		s := d.run(rows, args...)
		if args[0] == "do" {
			d = newDesk(t)
			d.db = d.path("new/folder/hw.db")
			s = d.run(adaIsBack, args...)
		}
		if s.status != 0 || lacks(s.err, "new database", d.db) != nil || strings.Contains(s.out, d.db) {
			t.Errorf("%v: %v", args, s)
		}
		s = d.run(rows, "import", "-")
		if strings.Contains(s.err, "new database") {
			t.Errorf("said again: %v", s)
		}
		d.onlyOurs()
	}
}

// onlyOurs proves that nobody else can read what was written.
func (d *desk) onlyOurs() {
	d.Helper()
	err := filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == d.dir {
			return err
		}
		i, err := e.Info()
		if err != nil {
			return err
		}
		if want := map[bool]fs.FileMode{true: 0o700, false: 0o600}[e.IsDir()]; i.Mode().Perm() != want {
			d.Errorf("%s is %v, should be %v", path, i.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
}

func TestDefaultPlacesAndPermissions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.db = ""
	if s := d.run(rows+"P2,K2,,,,never,,\n", "import", "-", "--rejects", "rejects.csv"); s.status != 3 || lacks(s.err, d.path("data/homeward/homeward.db")) != nil {
		t.Error(s)
	}
	d.ends(0, "timeline", "K1")
	d.ends(0, "check")
	d.onlyOurs()
	for _, f := range []string{"data/homeward/homeward.db", "data/homeward/homeward.db.head", "rejects.csv"} {
		if _, err := os.Stat(d.path(f)); err != nil {
			t.Error(err)
		}
	}

	// The configuration of the default place counts, and a database named in it.
	if err := os.MkdirAll(d.path("conf/homeward"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.write("conf/homeward/config.toml", "[store]\ndatabase = \""+d.path("other.db")+"\"\n")
	if s := d.ends(1, "queue"); lacks(s.err, d.path("other.db")) != nil {
		t.Error(s)
	}
	if s := d.ends(0, "config", "show"); lacks(s.out, "other.db", "config.toml") != nil {
		t.Error(s)
	}
}

func TestTheEnvironmentNamesWhatTheFlagsDo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(adaIsBack)
	bare := *d
	bare.db, bare.now = "", ""
	bare.env = []string{"HOMEWARD_DB=" + d.db, "HOMEWARD_NOW=2026-11-25T14:10:01Z"}
	if rows := bare.list("overdue"); len(rows) != 1 || text(rows[0]["late_s"]) != "1" {
		t.Errorf("a second late: %v", rows)
	}
	if rows := bare.at("2026-11-25T14:10:00Z").list("overdue"); len(rows) != 0 {
		t.Errorf("the flag goes before the environment, and on the second it is not over: %v", rows)
	}
	bare.env = append(bare.env, "HOMEWARD_CONFIG="+d.write("c.toml", "profile = \"west_sussex\"\n"))
	if row := bare.list("queue")[0]; text(row["interview_due_at"]) != "2026-11-25T14:30:00Z" {
		t.Errorf("west_sussex counts from the notification: %v", row)
	}
	bare.db = d.path("none.db")
	bare.ends(1, "queue")
}

func TestTheClockStandsStill(t *testing.T) {
	t.Parallel()
	d := newDesk(t).at("2026-11-22T15:00:00+09:00") // 06:00 in London
	d.did(`{"act":"referral.new","police_ref":"P1","child_ref":"K1","missing_at":"2026-11-21 20:00","returned_at":"2026-11-22 06:00"}`)
	d.refused("invalid", "returned_at", `{"act":"referral.new","police_ref":"P2","child_ref":"K1","missing_at":"2026-11-21 20:00","returned_at":"2026-11-22 06:01"}`)
	if row := d.list("queue")[0]; row["received_at"] != "2026-11-22T06:00:00Z" || row["receipt_recorded"] != true {
		t.Errorf("received when it was taken, at the frozen time: %v", row)
	}
	d.now = ""
	line := d.list("audit", "list")[0]
	if line["at"] != "2026-11-22T06:00:00Z" || text(line["machine_at"]) == "" || line["machine_at"] == line["at"] {
		t.Errorf("the audit line carries the machine's time too: %v", line)
	}
}

func TestWrongUsageEndsWithTwo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(adaIsBack)
	file := d.write("rows.csv", rows)
	for _, args := range [][]string{{"queue", "--colour"}, {"nonsense"}, {"queue", "more"}, {"timeline"}, {"timeline", "a", "b"}, {"import"}, {"import", "a", "b"},
		{"queue", "--format", "xml"}, {"queue", "--format"}, {"import", file, "--format", "xlsx"}, {"import", file, "--format-out", "xml"}, {"import", file, "--refer"},
		{"import", file, "--format", "ssda903", "--refer", "--history"}, {"import", file, "--rejects", file}, {"do", "a", "b"}, {"audit"}, {"config"}, {"audit", "lost"},
		{"queue", "--now", "yesterday"}, {"queue", "--now", "2026-11-22"}, {"queue", "--now", "2026-11-22T08:00:00"}, {"demo", "--children", "0", "--keep", "x.db"},
		{"demo", "--children", "many"}, {"audit", "list", "--since", "soon"}} {
		s := d.ends(2, args...)
		if s.out != "" || s.err == "" || !strings.HasPrefix(s.err, "homeward: ") || strings.Count(s.err, "\n") > 2 {
			t.Errorf("%v: %v", args, s)
		}
	}
	for _, env := range []string{"HOMEWARD_NOW=late"} {
		other := *d
		other.now, other.env = "", []string{env}
		if s := other.ends(2, "queue"); lacks(s.err, "late", "2026-11-22T08:00:00Z") != nil {
			t.Error(s)
		}
	}
}

// A word that is no command is refused in whatever way it is asked about, with the command it may be meant for; each command
// there is has a help.
func TestHelpIsOfCommandsThereAre(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, c := range []struct{ args, says string }{
		{"nonsense", `unknown command "nonsense" for "homeward"`},
		{"nonsense --help", `unknown command "nonsense" for "homeward"`},
		{"--help nonsense", `unknown command "nonsense" for "homeward"`},
		{"help nonsense", `unknown command "nonsense" for "homeward"`},
		{"quue", "did you mean queue?"},
		{"quue -h", "did you mean queue?"},
		{"help quue", "did you mean queue?"},
		{"audit lst --help", `unknown command "lst" for "homeward audit": did you mean list?`},
		{"audit lst", "did you mean list?"},
		{"help audit lst", "did you mean list?"},
		{"config shw --help", "did you mean show?"},
	} {
		if s := d.ends(2, strings.Fields(c.args)...); s.out != "" || lacks(s.err, c.says, "Try homeward --help.") != nil {
			t.Errorf("%s: %v", c.args, s)
		}
	}
	commands := [][]string{{}, {"audit", "verify"}, {"audit", "list"}, {"config", "show"}, {"config", "check"}, {"completion"}}
	_, list, _ := strings.Cut(d.ends(0, "--help").out, "Available Commands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		commands = append(commands, strings.Fields(line)[:1])
	}
	if len(commands) < 20 {
		t.Error("the help names few commands: ", commands)
	}
	for _, c := range commands {
		line := "homeward " + strings.Join(c, " ")
		for _, args := range [][]string{append(slices.Clone(c), "--help"), append([]string{"help"}, c...)} {
			if s := d.ends(0, args...); lacks(s.out, "Usage:", strings.TrimSpace(line)) != nil || s.err != "" {
				t.Errorf("%v: %v", args, s)
			}
		}
	}
	if s := d.ends(0, "import", "none.csv", "--help"); lacks(s.out, "homeward import FILE") != nil { // a word that is no command's name
		t.Error(s)
	}
}

// INTERFACES: version, commit, file format.
func TestVersion(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := d.ends(0, "--version")
	if !regexp.MustCompile(`^homeward \S+\n(commit [0-9a-f]{40}.*\n)?file format [1-9]\d*, record schema [1-9]\d*\n$`).MatchString(s.out) || s.err != "" {
		t.Error(s)
	}
	if lacks(d.ends(0, "--help").out, "--version") != nil {
		t.Error("the help does not name --version")
	}
}

func TestFailuresEndWithOneAndSayWhat(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(adaIsBack)
	for _, c := range []struct {
		args []string
		says []string
	}{
		{[]string{"timeline", "K9"}, []string{"K9"}},
		{[]string{"import", "none.csv"}, []string{"none.csv"}},
		{[]string{"import", "."}, []string{"folder"}},
		{[]string{"do", "none.jsonl"}, []string{"none.jsonl"}},
		{[]string{"queue", "--config", "none.toml"}, []string{"none.toml"}},
		{[]string{"import", d.write("a.csv", "a,b\n1,2\n")}, []string{"police_ref"}},
		{[]string{"import", d.write("b.csv", "")}, []string{"the file is empty"}},
		{[]string{"import", d.write("c.csv", rows), "--map", "mosaic"}, []string{"mosaic"}},
	} {
		s := d.ends(1, c.args...)
		if lacks(s.err, c.says...) != nil || s.out != "" || !strings.HasPrefix(s.err, "homeward: ") {
			t.Errorf("%v: %v", c.args, s)
		}
	}
	if s := d.run("", "do"); s.status != 0 || s.out != "" {
		t.Errorf("no acts: %v", s)
	}
	before := d.ends(0, "audit", "list").out
	if s := d.run(strings.ReplaceAll(rows, "P1,K1", "P1,K2"), "import", "-"); s.status != 3 || lacks(s.err, "line 2", "child_ref") != nil {
		t.Errorf("a changed child_ref: %v", s)
	}
	if d.ends(0, "audit", "list").out != before {
		t.Error("what was refused was recorded")
	}
}

func TestTheDashboardNeedsATerminal(t *testing.T) {
	t.Parallel()
	for _, term := range []string{"TERM=dumb", "TERM=", "TERM=xterm"} {
		d := newDesk(t)
		d.env = []string{term}
		for _, args := range [][]string{{}, {"demo"}} {
			s := d.ends(1, args...)
			if s.out != "" || strings.Count(s.err, "\n") != 1 || lacks(s.err, "homeward queue") != nil {
				t.Errorf("%s %v: %v", term, args, s)
			}
		}
		if files, _ := filepath.Glob(d.path("hw*")); len(files) > 0 {
			t.Errorf("made %v", files)
		}
	}
}
