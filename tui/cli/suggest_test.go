package cli_test

import (
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Files as systems write them. Every name, number and date is made up.
var theirFiles = []struct {
	name, file    string
	says, not     []string
	counts        string
	words         string // what a person fills in
	missing, dob  string // of the first row, as it is known after the import
	child, police string
}{
	{
		name: "a police system",
		file: "Missing persons extract,,,,,,,,,,,,\n" +
			"Niche Occ No,Person ID,Forename,Surname,D.O.B.,Sex,Date/Time Reported Missing,Date/Time Missing From,Date/Time Found,Risk Grading,Found Location,Officer Collar,Circumstances\n" +
			"2000100/26,70011,Zara,Ives,14/03/11,F,20/11/26 22:40,20/11/26 22:05,21/11/26 06:40,Medium Risk,Park,1234,left after tea\n" +
			"2000100/26,70012,Ben,Okoro,01/02/12,M,20/11/26 22:40,20/11/26 22:05,21/11/26 06:40,Standard,Park,1234,with Z\n" +
			"2000231/26,70013,Li,Wu,05/06/10,F,18/11/26 09:00,17/11/26 23:30,,High,,5678,not back\n",
		says: []string{`police_ref = ["Niche Occ No", "Person ID"]`, `child_ref = "Person ID"`, `given_name = "Forename"`, `family_name = "Surname"`, `dob = "D.O.B."`, `gender = "Sex"`,
			`reported_at = "Date/Time Reported Missing"`, `missing_at = "Date/Time Missing From"`, `found_at_time = "Date/Time Found"`, `risk = "Risk Grading"`, `found_at = "Found Location"`, `notes = "Circumstances"`,
			`"d/m/yy hh:mm"`, `#   "Officer Collar": 3 of 3 rows, like 4 digits`, "#name = \"Standard\"", "another person than before, so the person is part of the key"},
		not:    []string{"Zara", "Okoro", "left after tea", "70011", "1234", "2000100"},
		words:  "[[risk]]\nname = \"Standard\"\ncounts_as = \"medium\"\n",
		counts: "read 3, created 3", police: "2000100/26/70011", missing: "2026-11-20T22:05:00Z",
	},
	{
		name: "a case system",
		file: "Mosaic ID,NHS Number,First Name,Last Name,Date of Birth,CLA (Y/N),Legal Status,Missing Episode ID,Date Missing,Time Missing,Date Returned,Time Returned,Placement Type,Allocated Worker,Col 9\n" +
			"900001,450 557 7104,Zara,Ives,14/03/2011,Y,CIN,M-1,20/11/2026,22:05,21/11/2026,06:40,Residential,J Roe,\n" +
			"900002,,Ben,Okoro,01/02/2012,N,,M-2,19/11/2026,07:15,20/11/2026,18:00,,J Roe,\n",
		says: []string{`child_ref = "Mosaic ID"`, `nhs_number = "NHS Number"`, `looked_after = "CLA (Y/N)"`, `status = "Legal Status"`, `police_ref = "Missing Episode ID"`,
			`missing_at = ["Date Missing", "Time Missing"]`, `returned_at = ["Date Returned", "Time Returned"]`, `placement_kind = "Placement Type"`, `social_worker = "Allocated Worker"`,
			`#name = "CIN"`, `"Col 9": it holds nothing here`, "a date and its time in columns of their own"},
		not:    []string{"Zara", "J Roe", "450 557", "dates ="},
		words:  "[[status]]\nname = \"CIN\"\ncounts_as = \"in_need\"\n",
		counts: "read 2, created 2", police: "M-1", missing: "2026-11-20T22:05:00Z",
	},
	{
		name: "month first, headers run together, numbers nobody named",
		file: "UniqueX,ForenameS,FamilyName,DateOfBirth,MissingSince,ReturnDate,Ref No,HealthId\n" +
			"1,Zara,Ives,03/14/2011,11/20/2026 10:05 PM,11/21/2026 6:40 AM,A-77,4505577104\n" +
			"2,Ben,Okoro,02/01/2012,11/19/2026 7:15 AM,11/20/2026 6:00 PM,A-78,4010232137\n" +
			"3,Li,Wu,06/25/2010,11/05/2026 1:00 PM,11/06/2026 2:00 PM,A-79,4505577104\n",
		says: []string{`dates = ["m/d/yyyy`, "month first", `dob = "DateOfBirth"`, `missing_at = "MissingSince"`, `returned_at = "ReturnDate"`, `police_ref = "Ref No"`, `nhs_number = "HealthId"`, "by its values: numbers whose check digit"},
		not:  []string{"Zara", "4505577104"}, counts: "read 3, created 3", police: "A-77", missing: "2026-11-20T22:05:00Z",
	},
	{
		name: "either way round, and only the report's time",
		file: "URN,Surname,Forename,DOB,Date Reported,Status\nU1,Ives,Zara,03/04/2011,03/04/2026 10:00,Open\nU2,Okoro,Ben,05/06/2012,05/06/2026 11:00,Open\n",
		says: []string{`missing_at = "Date Reported"`, "ASK the source", "03/04 is 3 April or 4 March", `police_ref = "URN"`},
		not:  []string{"Zara"}, counts: "read 2, created 2", police: "U1", missing: "2026-04-03T10:00:00+01:00", words: "[[status]]\nname = \"Open\"\ncounts_as = \"not_open\"\n",
	},
}

// What is suggested is a configuration, and the file goes in by it.
func TestASuggestedMapIsOneThatWorks(t *testing.T) {
	for _, c := range theirFiles {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			path := d.write("theirs.csv", c.file)
			s := d.ends(0, "import", "--suggest-map", path, "--map", "theirs")
			if missing := lacks(s.out, c.says...); missing != nil {
				t.Errorf("it lacks %q:\n%s", missing, s.out)
			}
			for _, private := range c.not {
				if strings.Contains(s.out+s.err, private) {
					t.Errorf("it shows %q:\n%s", private, s.out)
				}
			}
			if _, err := os.Stat(d.db); err == nil {
				t.Error("it made a database")
			}
			d = d.with(s.out + c.words)
			d.ends(0, "config", "check")
			in := d.ends(0, "import", path, "--map", "theirs")
			if missing := lacks(in.out, c.counts, "refused 0"); missing != nil {
				t.Errorf("it lacks %q: %s\n%s", missing, in, s.out)
			}
			of := append(d.list("missing"), d.list("queue")...)
			row := object{}
			for _, r := range of {
				if text(r["police_ref"]) == c.police {
					row = r
				}
			}
			if got := text(row["missing_at"]); c.missing != "" && got != c.missing && text(row["police_ref"]) != "" && row["missing_at"] != nil {
				t.Errorf("%s is missing since %s, want %s", c.police, got, c.missing)
			}
			if text(row["police_ref"]) == "" {
				t.Errorf("%s is on no list: %v", c.police, of)
			}
			again := d.ends(0, "import", path, "--map", "theirs")
			if missing := lacks(again.out, "nothing new"); missing != nil {
				t.Errorf("again: %s", again)
			}
		})
	}
}

func TestASuggestionFromAWorkbook(t *testing.T) {
	d := newDesk(t)
	book(t, d.path("week.xlsx"))
	s := d.ends(0, "import", "--suggest-map", d.path("week.xlsx"))
	if missing := lacks(s.out, "Its headers are our own: it goes in without a map.", "[intake.map.theirs]", `missing_at = "missing_at"`, "“Notes”"); missing != nil {
		t.Errorf("it lacks %q:\n%s", missing, s.out)
	}
	d = d.with(s.out)
	d.ends(0, "config", "check")
	d.ends(3, "import", d.path("week.xlsx"), "--map", "theirs")
	if s := d.ends(1, "import", "--suggest-map", d.path("week.xlsx"), "--sheet", "x"); lacks(s.err, "there is no sheet") != nil {
		t.Error(s)
	}
}

// A file with a header alone says so: silence would be taken for a quiet night.
func TestAFileWithoutRowsSaysSo(t *testing.T) {
	d := newDesk(t)
	s := d.ends(0, "import", d.write("quiet.csv", "police_ref,child_ref,missing_at\n"))
	if lacks(s.out+s.err, "read 0", "a header and no rows") != nil {
		t.Error(s)
	}
	if s := d.ends(1, "import", d.write("theirs.csv", "a,b\n1,2\n")); lacks(s.err, "import --suggest-map FILE") != nil {
		t.Error(s)
	}
}

// Whatever stands in a header or a word of a list, what is printed stays a configuration and what is a comment a comment.
func TestASuggestionIsHarmless(t *testing.T) {
	d := newDesk(t)
	x := excelize.NewFile()
	for cell, v := range map[string]string{"A1": "Occ No\n[[user]]", "B1": "Per\"son\\ ID", "C1": "Date Missing", "D1": "Risk", "E1": "evil\u202e\n[policy]", "F1": "Occ No",
		"A2": "1", "B2": "2", "C2": "20/11/2026", "D2": "a\"\n[[user]]\nlogin = \"x\"", "E2": "\x1b[31m", "F2": "N1"} {
		if err := x.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.SaveAs(d.path("evil.xlsx")); err != nil {
		t.Fatal(err)
	}
	s := d.ends(0, "import", "--suggest-map", d.path("evil.xlsx"))
	d.with(s.out).ends(0, "config", "check")
	if strings.ContainsAny(s.out, "\x1b\u202e") || strings.Contains(s.out, "\n[[user]]") || strings.Contains(s.out, "\n[policy]") {
		t.Errorf("it is not harmless:\n%q", s.out)
	}
}

func TestWhatASuggestionRefuses(t *testing.T) {
	d := newDesk(t)
	path := d.write("x.csv", "police_ref,child_ref,missing_at\n")
	for _, c := range []struct {
		status int
		want   string
		args   []string
	}{
		{2, "name the file", []string{"import", "--suggest-map"}},
		{2, "takes in nothing", []string{"import", "--suggest-map", path, "--dry-run"}},
		{2, "one header for everybody", []string{"import", "--suggest-map", path, "--format", "ssda903"}},
		{1, "no file", []string{"import", "--suggest-map", d.path("none.csv")}},
		{1, "is to be of letters", []string{"import", "--suggest-map", path, "--map", "a b"}},
		{1, "the file is empty", []string{"import", "--suggest-map", d.write("empty.csv", "")}},
		{1, "separated by semicolons", []string{"import", "--suggest-map", d.write("semi.csv", "police_ref;child_ref\nx;y\n")}},
		{1, "--format ssda903", []string{"import", "--suggest-map", d.write("m.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n")}},
		{0, "nothing here", []string{"import", "--suggest-map", path}},
	} {
		if s := d.ends(c.status, c.args...); !strings.Contains(s.out+s.err, c.want) {
			t.Errorf("%v: want %q: %s", c.args, c.want, s)
		}
	}
}

// A person's number, when a child came home and where a child was located are placed; a file in which no column says that a child came
// back says what that would make of it.
func TestASuggestionPlacesTheReturn(t *testing.T) {
	d := newTeam(t)
	rows := "Occurrence No,Nominal,Forename,Surname,Date of Birth,Missing Since,Returned Home,Located At\n" +
		"P-1,A9001,Ada,Lee,04/03/2012,18/11/2026 20:00,19/11/2026 09:00,19/11/2026 07:00\nP-2,A9002,Max,Hill,05/06/2013,18/11/2026 21:00,19/11/2026 10:00,19/11/2026 08:00\n"
	s := d.run(rows, "import", "-", "--suggest-map")
	for _, want := range []string{`child_ref = "Nominal"`, `returned_at = "Returned Home"`, `found_at_time = "Located At"`} {
		if !strings.Contains(s.out, want) {
			t.Errorf("%s is not in\n%s", want, s.out)
		}
	}
	if strings.Contains(s.out, "every child of the file is missing") {
		t.Errorf("the return was found:\n%s", s.out)
	}
	s = d.run("Occurrence No,Forename,Surname,Date of Birth,Missing Since\nP-1,Ada,Lee,04/03/2012,18/11/2026 20:00\n", "import", "-", "--suggest-map")
	if !strings.Contains(s.out, "without it every child of the file is missing") {
		t.Errorf("nothing is said of the return:\n%s", s.out)
	}
}

// Words that say that something is not known are offered as blank words, beside those in force, where a column cannot have them;
// with them the file goes in. A column of text keeps them, and one that knows such a word itself, and nothing of it is offered.
func TestASuggestionOffersBlankWords(t *testing.T) {
	d := newDesk(t)
	rows := "Occurrence No,Nominal,Forename,Surname,Date of Birth,Missing Since,Returned Home,Risk Grading,Address\n" +
		"P-1,A9001,Ada,Lee,N/K,18/11/2026 20:00,19/11/2026 09:00,High,not stated\nP-2,A9002,Max,Hill,unknown,18/11/2026 21:00,tbc,Not Known,?\n" +
		"P-3,A9003,Kim,Hill,05/06/2013,18/11/2026 21:00,TBC,n/k,\n"
	s := d.run(rows, "import", "-", "--suggest-map")
	const offer = "#[intake]\n#blank_words = [\"NULL\", \"N/A\", \"-\", \"N/K\", \"Not Known\", \"tbc\"]\n"
	if !strings.Contains(s.out, offer) || strings.Contains(s.out, "[[risk]]") || strings.Contains(s.out, "not stated") {
		t.Fatal("it offers\n", s.out)
	}
	d = d.with(s.out)
	if s := d.run(rows, "import", "-", "--map", "theirs"); s.status != 3 {
		t.Error("before they mean blank: ", s)
	}
	d = d.with(strings.Replace(s.out, offer, strings.ReplaceAll(offer, "#", ""), 1))
	if s := d.run(rows, "import", "-", "--map", "theirs"); s.status != 0 || lacks(s.out, "read 3, created 3") != nil {
		t.Error("once they mean blank: ", s)
	}
}
