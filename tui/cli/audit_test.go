package cli_test

import (
	"slices"
	"strings"
	"testing"
)

// DOMAIN §12: supervisors and auditors read the lines of the log, and what a line contains one at a time; each opening is
// recorded. Nobody else reads either.
func TestTheLogHasLinesAndALineIsOpened(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Zara","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00","id":"zqid"}`,
		`{"act":"referral.assign","referral":"R1","to":"pat"}`,
		`{"act":"referral.chase","referral":"R1","whom":"Zqwhom","note":"Zqnote"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"other","text":"Zqother","owner":"pat"}`,
		`{"act":"followup.done","followup":"F1","found":"Zqfound"}`)
	chase := ""
	for _, who := range []string{"sue", "ada"} {
		for _, format := range []string{"json", "csv", "table"} {
			for _, more := range [][]string{nil, {"--child", "K1"}, {"--act", "referral.chase"}} {
				s := d.as(who).ends(0, append([]string{"audit", "list", "--format", format}, more...)...)
				if strings.Contains(strings.ToLower(s.out), "zq") || strings.Contains(s.out, "Zara") {
					t.Errorf("audit list %v --format %s tells %s what a line contains:\n%s", more, format, who, clip(s.out))
				}
			}
		}
		for _, l := range d.as(who).list("audit", "list") {
			switch text(l["act"]) {
			case "referral.chase":
				chase = text(l["change"])
				if text(l["by"]) != "dee" || text(l["role"]) != "coordinator" || text(l["child_ref"]) != "K1" || text(l["os_user"]) == "" || text(l["at"]) == "" ||
					!slices.Equal(l["records"].([]any), []any{"R1"}) || text(l["summary"]) != "referral chase: R1" {
					t.Errorf("the line of the chase: %v", l)
				}
			case "opened":
				if who == "sue" {
					t.Errorf("a list opened something: %v", l)
				}
			}
			for _, name := range []string{"content", "touched", "id"} {
				if _, ok := l[name]; ok {
					t.Errorf("a line has %s: %v", name, l)
				}
			}
		}
		for _, format := range []string{"json", "csv", "table"} {
			s := d.as(who).ends(0, "audit", "show", chase, "--format", format)
			if lacks(s.out, "Zqwhom", "Zqnote", "referral.chase", "R1") != nil {
				t.Errorf("audit show --format %s: %v", format, s)
			}
		}
	}
	for _, who := range []string{"sue", "ada"} { // once a person, line and hour
		if s := d.as("sam").ends(0, "audit", "list", "--by", who); strings.Count(s.out, "opened "+chase+" of the log, with the record of K1") != 1 {
			t.Errorf("%s opened it: %v", who, s)
		}
	}
	for _, who := range []string{"dee", "pat"} {
		for _, args := range [][]string{{"audit", "list"}, {"audit", "show", chase}, {"audit", "show", "X99"}} {
			if s := d.as(who).ends(1, args...); s.out != "" || lacks(s.err, "supervisors and auditors") != nil {
				t.Errorf("%s, %v: %v", who, args, s)
			}
		}
	}
	if s := d.as("sue").ends(1, "audit", "show", "X999"); lacks(s.err, "there is no line X999") != nil {
		t.Error(s)
	}
	if s := d.as("sue").ends(2, "audit", "show", "R1"); lacks(s.err, "X1, X2") != nil {
		t.Error(s)
	}
	d.sound()
}

// A line about a child who is restricted to others is shown without the child; opening it is refused, and that somebody tried
// is recorded.
func TestALineOfARestrictedChildIsNotOpened(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(secretRow)
	d.as("sam").did(`{"act":"child.restrict","child_ref":"ZQ1","to":["sam","pat"],"reason":"Zqreason"}`)
	sue := d.as("sue")
	for _, l := range sue.list("audit", "list", "--act", "referral.new") {
		if text(l["summary"]) != "on a restricted child" {
			t.Errorf("%v", l)
		}
		s := sue.ends(1, "audit", "show", text(l["change"]), "--format", "json")
		if what := leaks(s); what != nil || s.out != "" || lacks(s.err, "restricted to pat and sam") != nil {
			t.Errorf("it tells %v: %v", what, s)
		}
	}
	if s := d.as("sam").ends(0, "audit", "list", "--act", "refused"); lacks(s.out, "tried to open the record of C1", "sue") != nil {
		t.Error(s)
	}
	if s := d.as("sam").ends(0, "audit", "show", "X1"); lacks(s.out, "Zqgiven") != nil {
		t.Errorf("who may see the child opens it: %v", s)
	}
	d.sound()
}

// Where the configuration has no people, the account that runs it is a supervisor and reads the log.
func TestTheLogWithoutPeople(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Zara","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	if l := d.list("audit", "list")[0]; text(l["change"]) != "X1" {
		t.Error(l)
	}
	if s := d.ends(0, "audit", "show", "X1"); lacks(s.out, "Zara") != nil {
		t.Error(s)
	}
}
