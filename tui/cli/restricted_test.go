package cli_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// secretRow has a word that stands nowhere else in every column of a referral, so that whatever leaks names itself.
const secretRow = `{"act":"referral.new","police_ref":"ZQ-77","child_ref":"ZQ1","given_name":"Zqgiven","family_name":"Zqfamily","known_as":"Zqknown","dob":"2011-02-03","gender":"Zqgender",` +
	`"placement":"Zqhome","school":"Zqschool","address":"Zqstreet","child_phone":"07700 900123","carer_name":"Zqcarer","carer_phone":"07700 900124","preferred_way":"Zqway","warning":"Zqwarning",` +
	`"missing_from":"Zqfrom","risk":"high","flags":"exploitation","found_at":"Zqfound","referrer":"Zqreferrer","social_worker":"Zqworker","notes":"Zqnotes","prevention_interview":"Zqprevention",` +
	`"missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`

// secrets are what no one may read who is not among those named.
func secrets() []string {
	return []string{"zq", "900123", "900124", "2011-02-03", "03/02/2011", "exploitation"}
}

func leaks(s said) (what []string) {
	out := strings.ToLower(s.out + s.err)
	for _, secret := range secrets() {
		if strings.Contains(out, secret) {
			what = append(what, secret)
		}
	}
	return what
}

// DOMAIN §12: of a restricted child others see that a row is there and whose it is, nothing of the child, by whatever command;
// trying to open it is logged.
func TestARestrictedChildIsShownToNobodyElse(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(secretRow, `{"act":"referral.new","police_ref":"P2","child_ref":"K2","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`,
		`{"act":"referral.assign","referral":"R1","to":"pat"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","note":"Zqnote"}`,
		`{"act":"followup.add","child_ref":"ZQ1","kind":"urgent","text":"Zqurgent"}`, `{"act":"followup.add","child_ref":"ZQ1","kind":"other","text":"Zqother","owner":"pat"}`,
		`{"act":"flag.set","episode":"ZQ-77","flag":"harm","reason":"Zqflag"}`, `{"act":"referral.note","referral":"R1","to":"sam","text":"Zqquestion","ask":true}`)
	d.as("pat").did(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T11:00:00Z","alone":"yes"}`,
		`{"act":"interview.save","referral":"R1","record":{"view":{"own_words":"Zqwords"},"intelligence":{"places":[{"name":"Zqpier"}],"people":[{"name":"Zqman"}]}}}`)
	due := d.row("queue", "referral", "R1")["next_due_at"]
	got := d.as("sam").did(`{"act":"child.restrict","child_ref":"ZQ1","to":["sam","pat"],"reason":"Zqreason"}`)
	if got["ok"] != true {
		t.Fatal(got)
	}

	dee := d.as("dee")
	for _, format := range []string{"json", "table", "csv"} {
		for _, list := range []string{"queue", "missing", "overdue", "clusters", "followups", "alerts", "intelligence"} {
			s := dee.ends(0, list, "--format", format)
			if what := leaks(s); what != nil {
				t.Errorf("%s --format %s tells %v\n%s", list, format, what, clip(s.out))
			}
		}
	}
	row := dee.row("queue", "referral", "R1")
	if text(row["child_ref"]) != "C1" || text(row["child_name"]) != "restricted C1" || text(row["assigned_to"]) != "pat" || row["next_due_at"] != due || text(row["stage"]) != "to_write_up" {
		t.Errorf("the row says %v, due %v", row, due)
	}
	for _, args := range [][]string{{"timeline", "ZQ1"}, {"timeline", "C1"}, {"timeline", "ZQ1", "--format", "json"}, {"interview", "R1", "--format", "json"}, {"interview", "R1", "--format", "md"},
		{"form", "R1", "--out", d.path("form.html")}, {"letter", "R1", "--to", "child", "--out", d.path("letter.html")}} {
		s := dee.run("", args...)
		if s.status != 1 || !strings.Contains(s.err, "restricted to pat and sam") && !strings.Contains(s.err, "there is no child") {
			t.Errorf("%v: %v", args, s)
		}
		s.err = strings.ReplaceAll(s.err, "ZQ1", "") // what was typed
		if what := leaks(s); what != nil {
			t.Errorf("%v tells %v", args, what)
		}
	}
	for _, line := range []string{
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}`, `{"act":"followup.done","followup":"F1","found":"x"}`,
		`{"act":"episode.edit","episode":"E1","risk":"low"}`, `{"act":"child.edit","child_ref":"ZQ1","known_as":"x"}`, `{"act":"interview.share","interview":"I1","audience":"police","to":"x","way":"x","purpose":"x"}`,
		`{"act":"referral.note","referral":"R1","text":"x"}`} {
		answer := dee.refused("forbidden", "", line)
		if what := leaks(said{out: fmt.Sprint(answer)}); what != nil {
			t.Errorf("%s tells %v: %v", line, what, answer)
		}
	}

	// The log stands, line for line, and tells nothing; that somebody tried is in it.
	for _, who := range []string{"sue", "ada"} {
		for _, format := range []string{"json", "csv", "table"} {
			if what := leaks(d.as(who).ends(0, "audit", "list", "--format", format)); what != nil {
				t.Errorf("the log tells %s %v", who, what)
			}
		}
	}
	tried := d.as("sam").tried("dee")
	slices.Sort(tried)
	want := []string{"tried child.edit on C1, which is restricted to others", "tried contact.log on C1, which is restricted to others",
		"tried episode.edit on C1, which is restricted to others", "tried followup.done on C1, which is restricted to others",
		"tried interview.share on C1, which is restricted to others", "tried referral.note on C1, which is restricted to others",
		"tried to open the record of C1, which is restricted to others"}
	if !slices.Equal(tried, want) { // each once an hour, as openings are
		t.Errorf("what dee tried: %q", tried)
	}

	// A row of a file about that child is taken in, and what it differs in is not told.
	s := dee.run("police_ref,given_name,family_name,dob,gender,missing_at\nN-1,Zqgiven,Zqfamily,2011-02-03,boy,2026-11-21 20:00\n", "import", "-")
	if s.status != 0 || strings.Contains(s.out+s.err, "Zqgender") || strings.Contains(s.out+s.err, "ZQ1") {
		t.Errorf("%v", s)
	}
	// Those named see all, and one of them opens it again.
	if s := d.as("pat").ends(0, "timeline", "ZQ1"); !strings.Contains(s.out, "Zqnote") {
		t.Errorf("%v", s)
	}
	d.as("sue").refused("forbidden", "", `{"act":"child.open","child_ref":"ZQ1","reason":"x"}`)
	d.as("sam").did(`{"act":"child.open","child_ref":"ZQ1","reason":"x"}`)
	dee.ends(0, "timeline", "ZQ1")
	d.sound()
}

// A dry run about a restricted child says the same whatever the row says, and is logged as any other trying.
func TestADryRunAsksNothingOfARestrictedChild(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(secretRow)
	d.as("sam").did(`{"act":"child.restrict","child_ref":"ZQ1","to":["sam"],"reason":"Zqreason"}`)
	dee := d.as("dee")
	told := map[string]bool{}
	for i, school := range []string{"Zqschool", "Hill School"} {
		file := d.write(fmt.Sprintf("guess%d.csv", i), "police_ref,child_ref,missing_at,school\nZQ-77,ZQ1,2026-11-18 20:00,"+school+"\n")
		s := dee.ends(0, "import", "--dry-run", file)
		told[s.err] = true
		if !strings.Contains(s.err, "what differs from what is known is not shown here") {
			t.Errorf("%s: %v", school, s)
		}
	}
	if len(told) != 1 {
		t.Errorf("what is told differs: %v", told)
	}
	if s := d.as("sam").ends(0, "audit", "list"); !strings.Contains(s.out, "tried to open the record of C1") {
		t.Errorf("nobody is told that it was tried\n%s", s.out)
	}
}

// Why an episode was moved to a restricted child, or from one, is told of the open child to nobody else.
func TestWhyAnEpisodeMovedToARestrictedChildIsNotTold(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(secretRow)
	for i, day := range []string{"10", "12", "14"} {
		d.did(fmt.Sprintf(`{"act":"referral.new","police_ref":"P%d","child_ref":"K2","given_name":"Open","family_name":"Kid","missing_at":"2026-11-%s 10:00","returned_at":"2026-11-%s 18:00"}`, i+1, day, day))
	}
	sam := d.as("sam")
	sam.did(`{"act":"cluster.accept","child_ref":"K2","episodes":["P1","P2","P3"]}`, `{"act":"interview.held","referral":"R2","held_at":"2026-11-22T11:00:00Z","interviewer":"pat"}`,
		`{"act":"child.restrict","child_ref":"ZQ1","to":["sam"],"reason":"x"}`, `{"act":"episode.move","episode":"P2","to":"ZQ1","reason":"it was Zqgiven of Zqhome"}`,
		`{"act":"episode.move","episode":"ZQ-77","new":{"given_name":"Ann","family_name":"Lee","dob":"unknown"},"reason":"no Zqgiven"}`)
	dee := d.as("dee")
	for _, args := range [][]string{{"timeline", "K2"}, {"timeline", "K2", "--format", "json"}, {"interview", "R2", "--format", "json"}, {"interview", "R2", "--format", "md"}, {"clusters", "--format", "json"}, {"queue", "--format", "json"}} {
		if s := dee.run("", args...); strings.Contains(strings.ToLower(s.out+s.err), "zqgiven") {
			t.Errorf("%v tells why: %s", args, clip(s.out))
		}
	}
	if s := dee.ends(0, "timeline", "C3", "--format", "json"); strings.Contains(s.out, "no Zqgiven") || strings.Contains(s.out, "from ZQ1") {
		t.Errorf("the other child's record tells whose it was: %s", clip(s.out))
	}
	if s := sam.ends(0, "timeline", "K2"); !strings.Contains(s.out, "it was Zqgiven of Zqhome") {
		t.Errorf("who may see both is not told why\n%s", s.out)
	}
}
