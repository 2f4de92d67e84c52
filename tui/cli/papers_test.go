package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// interview reads the record of a referral as JSON.
func (d *desk) interview(args ...string) object {
	d.Helper()
	var o object
	decode(d, d.ends(0, append([]string{"interview"}, append(args, "--format", "json")...)...).out, &o)
	return o
}

// asked is a team's desk with R1, who is Pat's.
func asked(t testing.TB) *desk {
	t.Helper()
	d := newTeam(t)
	d.did(adaIsBack, maxIsBack, `{"act":"referral.assign","referral":"R1","to":"pat"}`)
	return d
}

const (
	heldR1       = `{"act":"interview.held","referral":"R1","held_at":"2026-11-22T17:00:00Z"}`
	recordFields = "interview:s? version:n referral:R child_ref:s child:o episodes:a state:s? held_at:t? interviewer:s? owner:s? record:o missing:a submitted_at:t? submitted_by:s? " +
		"signed_at:t? signed_by:s? comments:s shares:s followups:a left_out:a unsigned:b audience:s purpose:s? as_at:t date_only:a"
)

// answered answers every question of a record that was printed: what is a list gets one entry of each kind, all else a text
// of its own. The words of lists are chosen by what the program says it knows.
func answered(t testing.TB, d *desk, sections map[string]any, words map[string]string, path string) int {
	n := 0
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		fields, ok := sections[name].(map[string]any)
		if !ok {
			t.Fatalf("%s is no section: %v", name, sections[name])
		}
		if name == "episodes" {
			for ref, each := range fields {
				n += answered(t, d, each.(map[string]any), words, path+"episodes."+ref+".")
			}
			continue
		}
		for f, v := range fields {
			n++
			key := name + "." + f
			switch list, isList := v.([]any); {
			case isList && rowsOf[key] != "":
				row := map[string]any{}
				for c := range strings.FieldsSeq(rowsOf[key]) {
					c, value, has := strings.Cut(c, "=")
					if !has {
						value = path + key + "." + c + " \"<b>\" 1"
					}
					row[c] = value
				}
				fields[f] = []any{row, row}
			case isList && len(list) == 0:
				fields[f] = listOf(words[key])
			case words[key] != "":
				fields[f] = words[key]
			default:
				fields[f] = path + key + " says “so”, <b>\nand more"
				if oneLine[key] {
					fields[f] = path + key + " says “so”"
				}
			}
		}
	}
	return n
}

func listOf(s string) []any {
	var out []any
	for w := range strings.SplitSeq(s, ",") {
		out = append(out, w)
	}
	return out
}

// What DOMAIN §6 gives to choose from, a word a field, and the columns of what is a table.
var (
	oneLine = map[string]bool{"arrangements.place": true, "arrangements.present": true, "arrangements.at_whose_wish": true, "arrangements.interviewer": true, "arrangements.role": true, "plan.agencies": true}
	chosen  = map[string]string{"arrangements.place_kind": "school", "arrangements.how_seen": "face_to_face", "arrangements.neutral": "yes", "arrangements.trained": "yes", "arrangements.independent": "no",
		"arrangements.alone": "yes", "arrangements.carer_time": "not_asked", "arrangements.prevention_read": "yes", "confidentiality.explained": "yes",
		"confidentiality.understood": "did_not_want_to_say", "confidentiality.agreed": "no", "before.first_time": "no", "before.alone": "with_others",
		"before.push": "bullying,other: the lift", "before.pull": "friends,partner", "during.exploitation": "no", "judgement.likelihood": "medium",
		"given.child": "runaway_helpline_116000,services", "given.family": "how_to_reach_us", "plan.strategy": "yes", "plan.support": "accepted"}
	rowsOf = map[string]string{"confidentiality.disclosures": "what to_whom consequences=yes agreed=no safeguarding_reason", "intelligence.places": "name address about",
		"intelligence.people": "name about", "intelligence.children": "name about", "intelligence.things": "kind name about", "plan.actions": "kind=service text owner for_whom due=2026-12-04"}
)

// A script prints the empty record, fills it, feeds it back, and prints it again: the same.
func TestARecordGoesRoundThroughPrintFillSavePrint(t *testing.T) {
	t.Parallel()
	d := asked(t).as("pat")
	empty := d.interview("R1")
	keeps(t, "empty", object(withoutLists(empty)), recordFields)
	if empty["interview"] != nil || empty["state"] != "prepared" || text(empty["episodes"]) != "[P1]" || empty["unsigned"] != true || text(empty["left_out"]) != "[]" ||
		text(empty["missing"]) != "[arrangements.interviewer arrangements.alone confidentiality.explained view.own_words judgement.likelihood]" {
		t.Errorf("%v", empty)
	}
	record := empty["record"].(map[string]any)
	for _, s := range []string{"arrangements", "confidentiality", "before", "during", "after", "view", "carer", "judgement", "intelligence", "given", "plan", "episodes"} {
		if _, ok := record[s].(map[string]any); !ok {
			t.Errorf("there is no section %s", s)
		}
	}
	save := func(record any) string {
		b, err := json.Marshal(map[string]any{"act": "interview.save", "referral": "R1", "record": record})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	d.did(save(record)) // as it was printed: it begins a record with nothing in it
	if again := d.interview("R1"); !same(again["record"], record) || again["interview"] != "I1" {
		t.Errorf("blank: %v", again)
	}
	if n := answered(t, d, record, chosen, ""); n < 80 {
		t.Errorf("only %d fields", n)
	}
	d.did(save(record))
	again := d.interview("R1")
	if !same(again["record"], record) {
		t.Errorf("went in: %v\ncame out: %v", record, again["record"])
	}
	if text(again["missing"]) != "[]" || text(again["version"]) != "2" {
		t.Errorf("%v %v", again["missing"], again["version"])
	}
	// Signed off by somebody else, and printed for each of its steps.
	d.did(heldR1, `{"act":"interview.submit","interview":"I1"}`)
	d.as("sam").did(`{"act":"interview.approve","interview":"I1","comment":"well heard"}`)
	o := d.as("ada").interview("R1") // an auditor reads
	if o["state"] != "signed_off" || o["unsigned"] != false || o["signed_by"] != "sam" || o["submitted_by"] != "pat" || o["held_at"] != "2026-11-22T17:00:00Z" || o["interviewer"] != "pat" ||
		!strings.Contains(text(o["comments"]), "well heard") || len(o["followups"].([]any)) < 5 || !same(o["record"], record) {
		t.Errorf("%v", o)
	}
	d.sound()
}

func withoutLists(o object) map[string]any {
	out := maps.Clone(map[string]any(o))
	for _, k := range []string{"comments", "shares"} {
		out[k] = "list"
	}
	return out
}

func same(a, b any) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && string(x) == string(y)
}

func TestARecordOfAClusterHasEachEpisode(t *testing.T) {
	t.Parallel()
	d := four(t)
	c := d.list("clusters")[0]
	refs, err := json.Marshal(c["episodes"])
	if err != nil {
		t.Fatal(err)
	}
	d.did(fmt.Sprintf(`{"act":"cluster.accept","child_ref":%q,"episodes":%s,"reason":"x"}`, text(c["child_ref"]), refs))
	ref := text(c["referrals"].([]any)[1])
	o := d.interview(ref)
	each := o["record"].(map[string]any)["episodes"].(map[string]any)
	if !same(o["episodes"], c["episodes"]) || len(each) != len(c["episodes"].([]any)) {
		t.Errorf("%v", o["episodes"])
	}
	one := text(c["episodes"].([]any)[2])
	d.did(fmt.Sprintf(`{"act":"referral.assign","referral":%q,"to":"pat"}`, ref))
	d.as("pat").did(fmt.Sprintf(`{"act":"interview.save","referral":%q,"record":{"episodes":{%q:{"during":{"where":"the pier"}}}}}`, ref, one))
	if s := d.ends(0, "interview", ref); lacks(s.out, "## While away, for "+one, "the pier") != nil {
		t.Error(s)
	}
}

// who, a letter each: may (y) or may not (-). Dee coordinates, Pat holds R1, Pia nothing, Sam supervises, Ada audits.
func TestWhoMayTakePapersOut(t *testing.T) {
	t.Parallel()
	base := asked(t)
	base.as("pat").did(heldR1)
	for j, who := range []string{"dee", "pat", "pia", "sam", "ada"} {
		d := base.as(who)
		d.ends(0, "interview", "R1")
		for i, args := range [][]string{{"interview", "R1", "--audience", "police", "--purpose", "x"}, {"form", "R1", "--out", who + "f.html"}, {"letter", "R1", "--out", who + "l.html", "--to", "carer"}} {
			s := d.run("", args...)
			may := "yy-y-"[j] == 'y'
			if may != (s.status == 0) || !may && (s.status != 1 || s.out != "" || strings.Count(s.err, "\n") != 1) {
				t.Errorf("%s, %v: %v", who, args, s)
			}
			if files, _ := filepath.Glob(d.path(who + "*.html")); len(files) != map[bool]int{true: i, false: 0}[may] {
				t.Errorf("%s, %v: %v", who, args, files)
			}
		}
	}
}

func TestACopyNeedsAPurposeAndIsNoted(t *testing.T) {
	t.Parallel()
	d := asked(t)
	for _, args := range [][]string{{"--audience", "police"}, {"--audience", "carer", "--purpose", " \u202e "}, {"--audience", "partnership", "--purpose", "x"}, {"--audience", "nobody", "--purpose", "x"},
		{"--audience", "police", "--purpose", strings.Repeat("x", 400)}, {"--format", "csv"}} {
		if s := d.ends(2, append([]string{"interview", "R1"}, args...)...); s.out != "" {
			t.Errorf("%v: %v", args, s)
		}
	}
	if s := d.ends(1, "interview", "R1", "--audience", "police", "--purpose", "x"); s.out != "" || lacks(s.err, "not held yet") != nil {
		t.Error(s)
	}
	d.ends(1, "interview", "R99")
	d.ends(1, "interview", "P1")
	before := len(d.as("sam").list("audit", "list"))
	d.as("pat").did(heldR1, `{"act":"interview.save","referral":"R1","record":{"view":{"own_words":"secret words"},"during":{"who_with":"Kay Secret"},"intelligence":{"people":[{"name":"Moe Concern"}]}}}`)
	s := d.ends(0, "interview", "R1", "--audience", "police", "--purpose", "multi-agency\x1b meeting")
	if lacks(s.out, "Moe Concern", "multi-agency meeting", "Not signed off") != nil || strings.Contains(s.out, "secret words") {
		t.Error(s)
	}
	if strings.Contains(strings.ToLower(s.err), "secret") || strings.Contains(s.err, "Ada") || strings.Contains(s.err, "Moe") || lacks(s.err, "In their own words") != nil {
		t.Errorf("messages have the titles of what is left out and nothing of a child: %s", s.err)
	}
	if s := d.ends(0, "interview", "R1", "--audience", "social_worker", "--purpose", "x"); lacks(s.err, "other people may be named", "Who with") != nil {
		t.Error(s)
	}
	d.ends(0, "interview", "R1")
	lines := d.as("ada").list("audit", "list")[before+2:]
	var got []string
	for _, l := range lines {
		got = append(got, text(l["by"])+" "+text(l["act"])+" "+text(l["child_ref"])+": "+text(l["summary"]))
	}
	want := []string{"dee copy K1: copy of I1 (R1) for police intelligence, purpose: multi-agency meeting; not signed off",
		"dee copy K1: copy of I1 (R1) for social worker or lead professional, purpose: x; not signed off", "dee opened K1: opened the record of K1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	d.sound()
}

func TestAPageIsWrittenWholeForItsOwnerAndReplacesNothing(t *testing.T) {
	t.Parallel()
	d := asked(t)
	d.did(`{"act":"child.edit","child_ref":"K1","known_as":"Addy","warning":"big dog"}`)
	for _, c := range [][]string{{"form", "R1"}, {"letter", "R1"}} {
		name := c[0] + ".html"
		s := d.ends(0, append(c, "--out", name)...)
		if s.out != "" || strings.Contains(s.err, "Addy") || strings.Contains(s.err, "dog") {
			t.Errorf("nothing of a child in messages: %v", s)
		}
		page := d.read(name)
		st, err := os.Stat(d.path(name))
		if err != nil || st.Mode().Perm() != 0o600 || lacks(page, "<!DOCTYPE html>", "Addy", "</html>") != nil || strings.Contains(page, "Okafor") {
			t.Errorf("%v %v %s", err, st.Mode(), clip(page))
		}
		if s := d.ends(1, append(c, "--out", name)...); lacks(s.err, name, "--force") != nil {
			t.Error(s)
		}
		d.write(name, "something else")
		d.ends(1, append(c, "--out", name)...)
		if d.read(name) != "something else" {
			t.Error("replaced without being told to")
		}
		d.ends(0, append(c, "--out", name, "--force")...)
		if d.read(name) != page {
			t.Error("the same page again")
		}
		d.ends(2, c...)
		d.ends(2, append(c, "--out", "page.txt")...)
		d.ends(2, append(c, "--out", d.db, "--force")...) // a database is no page
		d.ends(1, append(c, "--out", "none/page.html")...)
		if err := os.MkdirAll(d.path("folder.html"), 0o700); err != nil {
			t.Fatal(err)
		}
		d.ends(1, append(c, "--out", "folder.html", "--force")...)
		d.ends(1, c[0], "R99", "--out", "none.html")
	}
	if rest, _ := filepath.Glob(d.path(".homeward-*")); len(rest) > 0 {
		t.Errorf("left behind %v", rest)
	}
	if s := d.ends(0, "letter", "R1", "--out", "c.html", "--to", "carer"); lacks(d.read("c.html"), "Dear parent or carer of Addy", "116 000") != nil || lacks(s.err, "reach") != nil {
		t.Error(s)
	}
	d.ends(2, "letter", "R1", "--out", "d.html", "--to", "police")
	var noted []string
	for _, l := range d.as("sam").list("audit", "list") {
		if a := text(l["act"]); a == "form" || a == "letter" {
			noted = append(noted, text(l["summary"]))
		}
	}
	if len(noted) < 5 || noted[0] != "form of R1" || noted[len(noted)-1] != "letter to the carer of R1" {
		t.Errorf("%q", noted)
	}
	d.sound()
}

func TestALetterInTheTeamsOwnWords(t *testing.T) {
	t.Parallel()
	d := asked(t)
	d.with(team + "[papers]\nletter_child = \"words.txt\"\n")
	d.write("words.txt", "Dear {{.Name}} <b>,\n\n{{.Worker}} will come.\n")
	if s := d.ends(0, "config", "check"); s.err != "" {
		t.Error(s)
	}
	if s := d.ends(0, "config", "show"); lacks(s.out, "papers.letter_child", d.path("words.txt")) != nil {
		t.Error(s)
	}
	d.ends(0, "letter", "R1", "--out", "a.html")
	if lacks(d.read("a.html"), "Dear Ada &lt;b&gt;,") != nil {
		t.Error(d.read("a.html"))
	}
	d.write("words.txt", "Dear {{.Name}},\n\n{{.Address}}\n")
	for _, args := range [][]string{{"config", "check"}, {"letter", "R1", "--out", "b.html"}} {
		if s := d.ends(1, args...); lacks(s.err, "letter_child", "words.txt:3:", "there is no .Address") != nil || s.out != "" {
			t.Errorf("%v: %v", args, s)
		}
	}
	if err := os.Remove(d.path("words.txt")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"config", "check"}, {"letter", "R1", "--out", "b.html"}} {
		if s := d.ends(1, args...); lacks(s.err, "letter_child", "words.txt") != nil {
			t.Errorf("%v: %v", args, s)
		}
	}
	if _, err := os.Stat(d.path("b.html")); err == nil {
		t.Error("a broken letter was written")
	}
	d.ends(0, "letter", "R1", "--out", "b.html", "--to", "carer") // the other one is sound
	d.ends(0, "queue")
}

func TestPapersOfAMissingDatabaseMakeNone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, args := range [][]string{{"interview", "R1"}, {"form", "R1", "--out", "a.html"}, {"letter", "R1", "--out", "a.html"}} {
		if s := d.ends(1, args...); s.out != "" || lacks(s.err, d.db, "does not exist") != nil {
			t.Errorf("%v: %v", args, s)
		}
	}
	if files, _ := filepath.Glob(d.path("*")); len(files) > 0 {
		t.Errorf("made %v", files)
	}
}

// The record as a page of its own: whole, for the team and cut for others, without anything that runs or is fetched.
func TestTheRecordAsAPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2012-03-04","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`)
	page := d.ends(0, "interview", "R1", "--format", "html").out
	for _, want := range []string{"<!DOCTYPE html>", "Kai Adeyemi", "Confidentiality first", "</html>"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	for _, no := range []string{"<script", "http://", "https://", "src="} {
		if strings.Contains(page, no) {
			t.Errorf("%q is on the page", no)
		}
	}
	d.did(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T10:00:00Z"}`)
	if carer := d.ends(0, "interview", "R1", "--format", "html", "--audience", "carer", "--purpose", "to tell them").out; strings.Contains(carer, "Confidentiality first") || !strings.Contains(carer, "After our conversation") {
		t.Error("a carer's page is not cut for them")
	}
	if out := d.ends(2, "interview", "R1", "--format", "pdf"); !strings.Contains(out.err, "md, html or json") {
		t.Errorf("an unknown format: %s", out.err)
	}
}
