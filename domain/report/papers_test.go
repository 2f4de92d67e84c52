package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/domain/view"
)

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs: run with -update and read the difference\n%s", path, got)
	}
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files anew")
	flag.Parse()
	os.Exit(m.Run())
}

func at(s string) domain.Moment {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return domain.At(t)
}

var today = time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)

func settings() *domain.Settings {
	s := &domain.Settings{Users: []domain.User{{Login: "pat", Name: "Pat Lowe", Role: domain.Practitioner}}}
	s.Team = domain.Team{Name: "Missing children team", Authority: "Newham", Reach: "Ring or text 020 7946 0000."}
	return s
}

// ada has two episodes, a booking, a card with everything on it, and an interview before.
func ada() *view.InterviewView {
	line := func(s string) []domain.Line { return []domain.Line{{Text: s}} }
	yes := true
	c := &domain.Child{ID: domain.NewID(domain.KindChild, 1), Ref: "K1", GivenName: "Adaeze", FamilyName: "Okafor", KnownAs: "Ada", DOB: 20110203, Placement: "Placement Lodge",
		Card: domain.Card{Phones: line("07700 900001"), Carers: line("Carer Kim"), CarerPhones: line("07700 900002"), Addresses: line("1 Address Road"),
			Warnings: line("Large dog"), DoNotContact: "not before noon", PreferredWay: "text", PreferredTime: "after four", Language: "English, Igbo", Communication: "short sentences",
			SocialWorker: "Worker Wu", Manager: "Manager May", Concerns: "worried about", SafetyPlan: "safety plan", Agencies: "agency", Summary: "summary"}}
	e := func(n uint64, ref, from, to string) *domain.Episode {
		return &domain.Episode{ID: domain.NewID(domain.KindEpisode, n), PoliceRef: ref, MissingAt: at(from), ReturnedAt: at(to), MissingFrom: "From Lane", FoundPlace: "Found Street",
			Prevention: "told the police", Notes: "note of the source", Risk: "high", School: "School X", Placement: "Placement Lodge", Flags: []domain.Flag{{Name: "exploitation", Why: "why"}}}
	}
	r := &domain.Referral{ID: domain.NewID(domain.KindReferral, 2), Child: c.ID, AssignedTo: "pat",
		Bookings: []domain.Booking{{When: at("2026-11-24T15:30:00Z"), Interviewer: "pat", Place: "the youth club", PlaceKind: "youth_club", Agreed: &yes}},
		Attempts: []domain.Attempt{{Note: "attempt note"}}, Notes: []domain.Note{{Text: "team note"}}}
	before := &domain.Interview{ID: domain.NewID(domain.KindInterview, 1), HeldAt: at("2026-10-01T15:00:00Z"), Interviewer: "pat"}
	text := func(s string) domain.Value { return domain.Value{Text: s} }
	rows := func(s string) domain.Value { return domain.Value{Rows: []map[string]string{{"name": s, "about": s}}} }
	before.Sheet.Sections = map[string]domain.Answers{
		"view":         {"wants": text("to see my sister"), "would_help": text("a later curfew"), "own_words": text("own words before")},
		"during":       {"who_with": text("Third Person"), "harm": text("harm before")},
		"judgement":    {"likelihood": text("high")},
		"intelligence": {"people": rows("Concern Person"), "places": rows("Hot Spot"), "children": rows("Other Child"), "things": rows("Car X")}}
	now := &domain.Interview{Child: c.ID, Owner: "pat", Sheet: before.Sheet.Clone()} // something was written already
	return &view.InterviewView{Interview: now, Referral: r, Child: c, Referrals: []*domain.Referral{r},
		Episodes: []*domain.Episode{e(1, "P1", "2026-11-18T20:00:00Z", "2026-11-19T02:10:00Z"), e(2, "P2", "2026-11-19T22:00:00Z", "2026-11-22T14:10:00Z")},
		Previous: before, PreviousPlan: []*domain.FollowUp{{Kind: "service", Text: "plan text", DoneAt: at("2026-10-05T15:00:00Z"), Found: "found text"},
			{Kind: "professional", Text: "plan text"}, {Kind: "intelligence", Text: "tell the police"}, {Kind: "urgent", Text: "urgent text"}}}
}

func form(t *testing.T, v *view.InterviewView, o report.FormOptions) string {
	t.Helper()
	page, err := report.Form(v, settings(), o, today)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestTheFormAsItIsPrinted(t *testing.T) {
	golden(t, "form.html", form(t, ada(), report.FormOptions{}))
}

// What may be lost on a bus finds no child and names nobody else (DOMAIN §9; the reading is form.go's).
func TestAFormThatIsLostFindsNobody(t *testing.T) {
	secrets := []string{"Large dog", "not before noon", "Adaeze", "Okafor", "2011", "07700", "Address Road", "Carer Kim", "Placement", "School X", "From Lane", "Found Street", "told the police", "note of the source",
		"exploitation;", "high risk", "why", "Worker Wu", "Manager May", "worried about", "safety plan<", "agency", "summary", "attempt note", "team note", "own words before", "Third Person",
		"harm before", "Concern Person", "Hot Spot", "Other Child", "Car X", "plan text", "found text", "urgent text", "tell the police"}
	page := form(t, ada(), report.FormOptions{})
	body := page[strings.Index(page, "<body>"):]
	body = strings.NewReplacer("<h3>Why</h3>", "", "and why that failed", "", "Why did this not work", "", "carers, placement, school", "").Replace(body)
	for _, s := range secrets {
		if strings.Contains(body, s) {
			t.Errorf("has %q", s)
		}
	}
	for _, s := range []string{">Ada<", "K1", "R2", "15", "English, Igbo", "short sentences", "There is a warning", "the youth club", "Pat Lowe", "P1", "P2", "(6 hours)", "(2 days)",
		"to see my sister", "a later curfew", "service: done", "professional: not done yet", "Runaway Helpline 116 000", "Childline 0800 1111"} {
		if !strings.Contains(body, s) {
			t.Errorf("lacks %q", s)
		}
	}
	for _, s := range domain.Sections() {
		for _, f := range s.Fields {
			if !strings.Contains(page, f.Prompt) && !strings.ContainsAny(f.Prompt, "’'") {
				t.Errorf("does not ask %s.%s", s.Name, f.Name)
			}
		}
	}
}

func TestTheFormWithHowToReachTheChild(t *testing.T) {
	v := ada()
	with := form(t, v, report.FormOptions{Contact: true})
	if !strings.Contains(with, "Large dog") || !strings.Contains(with, "not before noon") {
		t.Error("the warnings are needed on the way")
	}
	if !strings.Contains(with, "07700 900001") || strings.Contains(with, "07700 900002") || strings.Contains(with, "Address Road") {
		t.Error("the child's own number, no carer's, and no address where the place is written down")
	}
	v.Child.Card.Phones = []domain.Line{{Text: "07700 900001", Removed: true}}
	v.Referral.Bookings[0].Place, v.Referral.Bookings[0].PlaceKind = "", "home"
	with = form(t, v, report.FormOptions{Contact: true})
	if strings.Contains(with, "07700 900001") || !strings.Contains(with, "07700 900002") || !strings.Contains(with, "Address Road") {
		t.Error("a carer's number where the child has none, and the address for a meeting at home")
	}
}

func letter(t *testing.T, text string, v *view.InterviewView) string {
	t.Helper()
	l, err := report.ParseLetter("letter.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	page, err := l.Page(report.FactsOfLetter(v, settings(), today))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestTheLettersAsTheyArePrinted(t *testing.T) {
	for name, text := range map[string]string{"letter_child.html": report.LetterToChild(), "letter_carer.html": report.LetterToCarer()} {
		page := letter(t, text, ada())
		golden(t, name, page)
		for _, s := range []string{"Ada", "116 000", "0800 1111", "020 7946 0000", "Pat Lowe"} {
			if !strings.Contains(page, s) {
				t.Errorf("%s lacks %q", name, s)
			}
		}
		for _, s := range []string{"Okafor", "Adaeze", "P1", "2011", "Address", "07700", "youth club<", "15:30"} {
			if strings.Contains(page, s) {
				t.Errorf("%s has %q", name, s)
			}
		}
	}
	v := ada()
	v.Child.KnownAs, v.Child.GivenName, v.Referral.AssignedTo = "", "", "root"
	if page := letter(t, report.LetterToChild(), v); !strings.Contains(page, "Hello,") || strings.Contains(page, "root") || strings.Contains(page, "K1") {
		t.Error("a reference is no name to call a child, a login none to sign with")
	}
}

func TestABrokenLetterSaysWhere(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "is empty"}, {" \n", "is empty"},
		{"Hello\n{{.Nmae}},", "letter.txt:2:2: there is no .Nmae; the nearest is .Name"},
		{"{{if .Booked}}\n{{else}}\n{{.Plaec}}{{end}}", "letter.txt:3:2: there is no .Plaec; the nearest is .Place"},
		{"{{if .Bokked}}x{{end}}", "letter.txt:1:5: there is no .Bokked; the nearest is .Booked"},
		{"a\nb {{.Name", "letter.txt:2: unclosed action"}, {"{{if .Name}}", "letter.txt:1: unexpected EOF"},
		{"{{.Name.Given}}", ".Name has no parts"}, {"{{.}}", "names a field"}, {"{{$x := .Name}}{{$x}}", "no variables"}, {"{{$.Name}}", "names a field"},
		{"{{range .Name}}x{{end}}", "knows {{.Name}}"}, {"{{with .Name}}x{{end}}", "knows {{.Name}}"}, {"{{template \"x\"}}", "knows {{.Name}}"},
		{"{{define \"x\"}}y{{end}}z", "no templates within"}, {"{{html .Name}}", "not html"}, {"{{printf \"%9999999d\" 1}}", "not printf"},
		{"{{nosuch .Name}}", "function \"nosuch\" not defined"}, {"{{if eq .Name 1}}x{{end}}", "letter.txt:1:5"}, {strings.Repeat("x", 70<<10), "longer than a letter"},
	} {
		_, err := report.ParseLetter("letter.txt", c.text)
		if err == nil || !strings.HasPrefix(err.Error(), "letter.txt:") || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v; should say %q", c.text[:min(len(c.text), 40)], err, c.want)
		}
	}
	if page := letter(t, "{{if and .Booked (not (eq .Name \"x\"))}}{{.Booked}}, {{.Place}}{{end}}\n{{/* a remark */}}", ada()); !strings.Contains(page, "Tuesday 24 November 2026, 15:30, the youth club") {
		t.Error(page)
	}
}

// hostile is what somebody pasted: HTML, Markdown, a line turned round, a title sequence, marks piled up.
const hostile = "<script>alert(1)</script><img src=x onerror=y> [l](http://e.vil) ![i](http://e.vil) `c` **b** _u_ ~~s~~ | & &lt; \x1b]0;t\x07 a\u202eb\u2066c\u200d\r\n# head\n- item\n1. one\n> quote\n---\n\t<b>\nwww.e.vil a@e.vil"

func TestNothingPastedComesAlive(t *testing.T) {
	v := ada()
	v.Child.KnownAs, v.Child.GivenName, v.Child.Card.Warnings[0].Text, v.Referral.Bookings[0].Place, v.Child.Card.Language = hostile, hostile, hostile, hostile, hostile
	v.Episodes[0].PoliceRef, v.Episodes[0].Notes = hostile, hostile
	v.Interview.HeldAt = at("2026-11-22T17:00:00Z")
	for _, s := range domain.Sections() {
		for _, f := range s.Fields {
			val := domain.Value{Text: hostile}
			switch f.Kind {
			case domain.FieldMulti:
				val = domain.Value{List: []string{"other: " + hostile}}
			case domain.FieldRows:
				val = domain.Value{Rows: []map[string]string{{f.Columns[0].Name: hostile}}}
			default: // one text
			}
			if v.Interview.Sheet.Sections[s.Name] == nil {
				v.Interview.Sheet.Sections[s.Name] = domain.Answers{}
			}
			v.Interview.Sheet.Sections[s.Name][f.Name] = val
		}
	}
	set := settings()
	set.Team.Reach, set.Team.Name = hostile, hostile
	pages := map[string]string{"form": form(t, v, report.FormOptions{Contact: true}), "letter": letter(t, report.LetterToChild(), v)}
	for _, to := range domain.RecordAudiences() {
		c := report.Make(v, set, to, hostile, today)
		page, err := report.HTML(c, set.PersonName)
		if err != nil {
			t.Fatal(err)
		}
		pages["copy for "+string(to)] = page
		md := report.Markdown(c, set.PersonName)
		nothingTurns(t, "Markdown for "+string(to), md)
		md = regexp.MustCompile(`\\[[:punct:]]`).ReplaceAllString(md, "") // what is escaped is only a sign
		for _, bad := range []string{"<", ">alert", "<img", "](", "[", "`", "&", "\n# head", "\n> quote", "\n1. one", "  - item\n", "> # head", "> - item", "> 1. one", "> > quote", "> ---", " `c`", " **b**", "~~s", "http://", "www.e", "a@e", " | ", " &lt;"} {
			if strings.Contains(strings.ReplaceAll(md, "\n---\n\n", ""), bad) {
				t.Errorf("Markdown for %s has %q", to, bad)
			}
		}
	}
	for name, page := range pages {
		nothingTurns(t, name, page)
		for _, bad := range []string{"<script", "<img", "<b>", "<b ", "onerror=y>", "href", "src="} {
			if strings.Contains(strings.ReplaceAll(page, "src=x", ""), bad) {
				t.Errorf("%s has %q", name, bad)
			}
		}
		if !strings.Contains(page, "&lt;script&gt;") || !strings.Contains(page, "default-src 'none'") || strings.Count(page, "<body") != 1 {
			t.Errorf("%s: what was pasted is to be seen as it was written", name)
		}
	}
}

func nothingTurns(t *testing.T, name, text string) {
	t.Helper()
	if i := strings.IndexFunc(text, func(r rune) bool {
		return r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	}); i >= 0 {
		t.Errorf("%s: a control character at %q", name, text[max(0, i-20):min(len(text), i+20)])
	}
}
