package domain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
)

// theirs is the team with a child's referral R1 assigned to Pat, an unassigned R2, an attempt of each person's on R1, and
// follow-ups: F1 of Pat's own, F2 of Pia's, F3 urgent of Dee's.
func theirs(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t).back()
	tm.arrived("police_ref=P2", "child_ref=K2", "given_name=Max", "family_name=Field", "dob=2010-05-05",
		"missing_at=2026-11-20 20:00", "returned_at=2026-11-21 10:00")
	tm.arrived("police_ref=P3", "child_ref=K3", "given_name=Zoe", "family_name=Hill", "dob=2010-05-06", "missing_at=2026-11-20 20:00")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	for _, who := range []string{"dee", "pat", "sam", "pia"} { // A1 to A4
		tm.as(who).do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer"}`)
	}
	tm.as("dee").do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"ring the school","owner":"pat"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"ring the club","owner":"pia"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"said somebody hurt her"}`)
	return tm
}

// waiting is theirs with R1 waiting for sign-off after somebody decided that it is not required.
func waiting(who string) func(testing.TB) *team {
	return func(t testing.TB) *team {
		t.Helper()
		tm := theirs(t)
		tm.as(who).do(`{"act":"referral.not_required","referral":"R1","reason":"other","text":"a mistake of the school"}`)
		return tm
	}
}

// booked is theirs with R1 booked for an hour ago.
func bookedAnHourAgo(t testing.TB) *team {
	t.Helper()
	tm := theirs(t)
	tm.as("dee").do(`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z"}`)
	return tm
}

// late is theirs a week on: R1 is late.
func aWeekOn(t testing.TB) *team { t.Helper(); return theirs(t).on("2026-11-29 10:00") }

// asked is theirs with Pat asked about R1.
func asked(t testing.TB) *team {
	t.Helper()
	tm := theirs(t)
	tm.as("sam").do(`{"act":"referral.note","referral":"R1","to":"pat","text":"why?","ask":true}`)
	return tm
}

// closed is theirs with R1 closed.
func closedAsWithdrawn(t testing.TB) *team {
	t.Helper()
	tm := theirs(t)
	tm.as("dee").do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"entered twice"}`)
	return tm
}

// saidNo is the attempt that a closing of R1 as declined rests on.
const saidNo = `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined"}`

const declinedLine = `{"act":"referral.close","referral":"R1","as":"declined","text":"does not want to","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":"not at home"}`

// declinedBefore is theirs, in which the child declined R1.
func declinedBefore(t testing.TB) *team {
	t.Helper()
	tm := theirs(t)
	tm.as("dee").do(saidNo)
	return tm
}

// The table of DOMAIN §12, cell by cell: "yes", "–", or what stands in the cell, by role: coordinator Dee, practitioner Pat (who
// holds R1), practitioner Pia (who does not), supervisor Sam, auditor Ada.
func TestWhoMayDoWhat(t *testing.T) {
	for _, c := range []struct {
		cell                    string
		world                   func(testing.TB) *team
		line                    string
		dee, pat, pia, sam, ada string
	}{
		{"new referral", theirs, `{"act":"referral.new","child_ref":"K9","missing_at":"2026-11-21 20:00"}`, "yes", "–", "–", "yes", "–"},
		{"edit child", theirs, `{"act":"child.edit","child_ref":"K1","known_as":"Vee"}`, "yes", "–", "–", "yes", "–"},
		{"edit episode", theirs, `{"act":"episode.edit","episode":"P1","risk":"high"}`, "yes", "–", "–", "yes", "–"},
		{"edit episode: a column beside the return's", theirs, `{"act":"episode.edit","episode":"P3","returned_at":"2026-11-22 10:00","notes":"x"}`, "yes", "–", "–", "yes", "–"},
		{"flags", theirs, `{"act":"flag.set","episode":"P1","flag":"harm","reason":"said so"}`, "yes", "–", "–", "yes", "–"},
		{"accept", theirs, `{"act":"referral.accept","referral":"R1","responsible":"team"}`, "yes", "–", "–", "yes", "–"},
		{"not required", theirs, `{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`, "yes", "–", "–", "yes", "–"},
		{"reopen", closedAsWithdrawn, `{"act":"referral.reopen","referral":"R1","reason":"x"}`, "yes", "–", "–", "yes", "–"},
		{"record a return, any child", theirs, `{"act":"episode.edit","episode":"P3","returned_at":"2026-11-22 10:00"}`, "yes", "yes", "yes", "yes", "–"},
		{"record a return: found", theirs, `{"act":"episode.edit","episode":"P3","found_at_time":"2026-11-22 10:00","found_at":"a friend's"}`, "yes", "yes", "yes", "yes", "–"},
		{"record a return: notified, prevention interview", theirs, `{"act":"episode.edit","episode":"P3","returned_at":"2026-11-22 10:00","notified_at":"2026-11-22 11:00","prevention_interview":"PC 12, at home"}`, "yes", "yes", "yes", "yes", "–"},
		{"log contact", theirs, `{"act":"contact.log","referral":"R1","way":"text","with":"child","result":"sent"}`, "yes", "yes", "yes", "yes", "–"},
		{"log contact on a follow-up", theirs, `{"act":"contact.log","followup":"F2","way":"text","with":"carer","result":"sent"}`, "yes", "yes", "yes", "yes", "–"},
		{"strike own attempt: Dee's", theirs, `{"act":"contact.strike","attempt":"A1","reason":"x"}`, "yes", "–", "–", "–", "–"},
		{"strike own attempt: Pat's", theirs, `{"act":"contact.strike","attempt":"A2","reason":"x"}`, "–", "yes", "–", "–", "–"},
		{"strike own attempt: Sam's", theirs, `{"act":"contact.strike","attempt":"A3","reason":"x"}`, "–", "–", "–", "yes", "–"},
		{"strike own attempt: Pia's", theirs, `{"act":"contact.strike","attempt":"A4","reason":"x"}`, "–", "–", "yes", "–", "–"},
		{"add urgent", theirs, `{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"x"}`, "yes", "yes", "yes", "yes", "–"},
		{"add other follow-up", theirs, `{"act":"followup.add","child_ref":"K2","kind":"other","text":"x"}`, "yes", "yes", "yes", "yes", "–"},
		{"pass an urgent one on", theirs, `{"act":"followup.done","followup":"F3","found":"told the duty social worker"}`, "yes", "yes", "yes", "yes", "–"},
		{"assign", theirs, `{"act":"referral.assign","referral":"R1","to":"sue"}`, "yes", "yes", "–", "yes", "–"},
		{"assign: Pia takes one that is Pat's", theirs, `{"act":"referral.assign","referral":"R1","to":"pia"}`, "yes", "yes", "–", "yes", "–"},
		{"assign: Pia takes an unassigned one", theirs, `{"act":"referral.assign","referral":"R2","to":"pia"}`, "yes", "–", "yes", "yes", "–"},
		{"assign: Pat takes an unassigned one", theirs, `{"act":"referral.assign","referral":"R2","to":"pat"}`, "yes", "yes", "–", "yes", "–"},
		{"book", theirs, `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`, "yes", "yes", "–", "yes", "–"},
		{"book an unassigned one", theirs, `{"act":"referral.book","referral":"R2","when":"2026-11-23T10:00:00Z"}`, "yes", "–", "–", "yes", "–"},
		{"missed", bookedAnHourAgo, `{"act":"referral.missed","referral":"R1","how":"did_not_attend"}`, "yes", "yes", "–", "yes", "–"},
		{"chase", theirs, `{"act":"referral.chase","referral":"R1","whom":"the social worker","note":"will ring"}`, "yes", "yes", "–", "yes", "–"},
		{"reason late", aWeekOn, `{"act":"referral.late","referral":"R1","reason":"capacity"}`, "yes", "yes", "–", "yes", "–"},
		{"close", declinedBefore, declinedLine, "yes", "yes", "–", "yes", "–"},
		{"close as withdrawn", theirs, `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`, "yes", "yes", "–", "yes", "–"},
		{"sign off what Dee decided", waiting("dee"), `{"act":"referral.sign_off","referral":"R1","approve":true}`, "–", "–", "–", "yes", "–"},
		{"sign off what Sam decided", waiting("sam"), `{"act":"referral.sign_off","referral":"R1","approve":true}`, "–", "–", "–", "–", "–"},
		{"refuse what Sam decided", waiting("sam"), `{"act":"referral.sign_off","referral":"R1","approve":false}`, "–", "–", "–", "–", "–"},
		{"sign off what Sue decided", waiting("sue"), `{"act":"referral.sign_off","referral":"R1","approve":true}`, "–", "–", "–", "yes", "–"},
		{"follow-up done: Pat's", theirs, `{"act":"followup.done","followup":"F1","found":"x"}`, "yes", "yes", "–", "yes", "–"},
		{"follow-up done: Pia's", theirs, `{"act":"followup.done","followup":"F2","found":"x"}`, "yes", "–", "yes", "yes", "–"},
		{"notes to a colleague", theirs, `{"act":"referral.note","referral":"R1","to":"pat","text":"x"}`, "yes", "yes", "yes", "yes", "–"},
		{"answer what Pat was asked", asked, `{"act":"referral.answer","referral":"R1","note":1,"text":"x"}`, "–", "yes", "–", "yes", "–"},
		{"hand over a caseload", theirs, `{"act":"caseload.hand_over","from":"pat","to":"sue","reason":"x"}`, "yes", "–", "–", "yes", "–"},
		{"undo of Dee's change", theirs, `{"act":"undo","of":"X9"}`, "yes", "–", "–", "–", "–"},
	} {
		for _, p := range []struct{ who, want string }{{"dee", c.dee}, {"pat", c.pat}, {"pia", c.pia}, {"sam", c.sam}, {"ada", c.ada}} {
			_, r := c.world(t).as(p.who).try("%s", c.line)
			switch {
			case p.want == "yes" && r != nil:
				t.Errorf("%s: %s may; refused, %s %v", c.cell, p.who, r.Code, r)
			case p.want == "–" && r == nil:
				t.Errorf("%s: %s may not; done", c.cell, p.who)
			case p.want == "–" && r.Code != domain.Forbidden:
				t.Errorf("%s: %s may not; %s %v, should be forbidden", c.cell, p.who, r.Code, r)
			}
		}
	}
}

func TestTheRowsOfAFileAreTheCoordinatorsAndSupervisorsToTakeIn(t *testing.T) {
	for who, may := range map[string]bool{"dee": true, "sam": true, "pat": false, "ada": false} {
		tm := newTeam(t).as(who)
		_, r := tm.arrive("police_ref=P1", "child_ref=K1", "missing_at=2026-11-21 20:00")
		if (r == nil) != may || r != nil && r.Code != domain.Forbidden {
			t.Errorf("%s takes a row in: %v", who, r)
		}
		_, err := tm.Take(domain.Envelope{Act: &domain.BeginImport{Format: "referrals"}})
		if (err == nil) != may {
			t.Errorf("%s begins an import: %v", who, err)
		}
	}
}

func TestWhatIsForbiddenSaysWhoMayOrWhoseItIs(t *testing.T) {
	tm := theirs(t)
	tm.as("pia").refused(domain.Forbidden, "", []string{"R1", "Pat Lowe", "practitioner"}, `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	tm.as("pia").refused(domain.Forbidden, "", []string{"R2", "nobody"}, `{"act":"referral.book","referral":"R2","when":"2026-11-23T10:00:00Z"}`)
	tm.as("pat").refused(domain.Forbidden, "", []string{"practitioner", "referral.accept"}, `{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	tm.as("dee").refused(domain.Forbidden, "", []string{"A2", "Pat Lowe"}, `{"act":"contact.strike","attempt":"A2","reason":"x"}`)
	tm.as("pia").refused(domain.Forbidden, "", []string{"F1", "Pat Lowe"}, `{"act":"followup.done","followup":"F1","found":"x"}`)
	tm.as("sam").refused(domain.Forbidden, "", []string{"X1", "Dee Osei"}, `{"act":"undo","of":"X1"}`)
	tm.as("pat").refused(domain.Forbidden, "", []string{"risk"}, `{"act":"episode.edit","episode":"P1","risk":"high"}`)
	waiting("sam")(t).as("sam").refused(domain.Forbidden, "", []string{"R1", "yourself"}, `{"act":"referral.sign_off","referral":"R1","approve":true}`)
}

// An auditor reads; no act is theirs. Every act has somebody whose it is, so that none was forgotten in the table.
func TestAnAuditorMayDoNothingAndEveryActIsSomebodys(t *testing.T) {
	if got := domain.Rights(domain.Auditor); len(got) != 0 {
		t.Errorf("an auditor may %v", got)
	}
	of := map[domain.Role]map[string]bool{}
	for _, r := range domain.Roles() {
		of[r] = domain.Rights(r)
	}
	for _, act := range domain.ActNames() {
		if _, ok := of[domain.Supervisor][act]; !ok {
			t.Errorf("%s: not even a supervisor may", act)
		}
	}
	if got := domain.Rights("caretaker"); len(got) != 0 {
		t.Errorf("a role that is none may %v", got)
	}
}

func TestWhoYouAre(t *testing.T) {
	none := &domain.Settings{}
	some := &domain.Settings{Users: []domain.User{
		{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator}, {Login: "pat", Role: domain.Practitioner, OSUser: "plowe"},
		{Login: "lee", Role: domain.Practitioner, Until: 20270331}, {Login: "gus", Role: domain.Practitioner, Until: 20270330}}}
	for _, c := range []struct {
		what          string
		s             *domain.Settings
		account, user string
		login         string
		role          domain.Role
	}{
		{"no entries: the account is a supervisor", none, "root", "", "root", domain.Supervisor},
		{"no entries: one's own name may be said", none, "root", "root", "root", domain.Supervisor},
		{"no entries: another name may not", none, "root", "dee", "", ""},
		{"the account is the login unless said", some, "dee", "", "dee", domain.Coordinator},
		{"the account that is said", some, "plowe", "", "pat", domain.Practitioner},
		{"not by the login where another account is said", some, "pat", "", "", ""},
		{"nobody's account", some, "root", "", "", ""},
		{"by name", some, "root", "pat", "pat", domain.Practitioner},
		{"by a name that is none", some, "dee", "kim", "", ""},
		{"on the last day", some, "lee", "", "lee", domain.Practitioner},
		{"by name on the last day", some, "root", "lee", "lee", domain.Practitioner},
		{"who left", some, "gus", "", "", ""},
		{"who left, by name", some, "root", "gus", "", ""},
	} {
		a, err := domain.ActorFor(c.s, time.Date(2027, 3, 31, 22, 59, 0, 0, time.UTC), c.account, c.user)
		if c.login == "" {
			if r := refusal(t, errOr(err)); r.Code != domain.Forbidden {
				t.Errorf("%s: %v %v", c.what, a, err)
			}
			continue
		}
		if err != nil || a.Login != c.login || a.Role != c.role || a.OSUser != c.account {
			t.Errorf("%s: %+v %v", c.what, a, err)
		}
	}
}

// errOr stands for a missing error, so that a test can say that one was due.
func errOr(err error) error {
	if err == nil {
		return fmt.Errorf("no refusal")
	}
	return err
}

func TestTheRolesAreFour(t *testing.T) {
	if got := domain.Roles(); !slices.Equal(got, []domain.Role{"coordinator", "practitioner", "supervisor", "auditor"}) {
		t.Errorf("%v", got)
	}
	if s := strings.Join(domain.ActNames(), " "); !strings.Contains(s, "referral.accept") || !slices.IsSorted(domain.ActNames()) {
		t.Error(s)
	}
}

// Refused twice, an act is refused in the same words, whichever of its fields go too far.
func TestAnEditThatGoesTooFarIsRefusedInTheSameWords(t *testing.T) {
	tm := newTeam(t).back().as("pat")
	for range 20 {
		tm.refused(domain.Forbidden, "", []string{"school is changed by a coordinator"}, `{"act":"episode.edit","episode":"P1","notes":"x","risk":"low","school":"x","category":"missing","risk_from":"2026-11-22"}`)
	}
}
