package cli_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/tuitest"
)

// copied gives a desk of its own with the same database, configuration and clock.
func (d *desk) copied(t testing.TB) *desk {
	t.Helper()
	other := newDesk(t)
	other.now, other.user = d.now, d.user
	other.write("hw.db", d.read("hw.db"))
	other.write("hw.db.head", d.read("hw.db.head"))
	if d.config != "" {
		other.with(d.read("config.toml"))
	}
	return other
}

// DOMAIN §12, a row for each of its cells that an act of `do` can meet. R1 is Pat's, R2 nobody's; R1 is booked for this
// noon, A1 to A4 are attempts of Dee, Pat, Pia and Sam, F1 is Pat's, F2 Pia's, F3 urgent; R3 waits for the sign-off of what
// Sam decided, R4 of what Dee did, R5 is closed; P6 is still open. One letter a person: y may, - may not.
// Dee is coordinator, Pat practitioner and its owner, Pia practitioner and not, Sam supervisor, Ada auditor.
const whoMay = `
yy-y- {"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z"}
y--y- {"act":"referral.book","referral":"R2","when":"2026-11-24T10:00:00Z"}
yy-y- {"act":"referral.missed","referral":"R1","how":"cancelled_by_us"}
yy-y- {"act":"referral.chase","referral":"R1","whom":"Jo","note":"x"}
y--y- {"act":"referral.chase","referral":"R2","whom":"Jo","note":"x"}
yy-y- {"act":"referral.late","referral":"R1","reason":"capacity"}
yy-y- {"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}
y--y- {"act":"referral.close","referral":"R2","as":"withdrawn","text":"x"}
yy-y- {"act":"referral.close","referral":"R1","as":"unable","text":"x","letter_sent":true,"social_worker_told":true,"police_told":true}
yy-y- {"act":"referral.close","referral":"R1","as":"declined","text":"x","declined_by":"carer","helpline_given":true,"letter_sent":true,"carer_offered":true}
y--y- {"act":"referral.new","child_ref":"K9","missing_at":"2026-11-20 20:00"}
y--y- {"act":"child.edit","child_ref":"K1","known_as":"Addy"}
y--y- {"act":"child.edit","child_ref":"K1","child_phone":"07700 900123","address":"1 New Road"}
yyyy- {"act":"child.edit","child_ref":"K1","child_phone":"07700 900123","carer_phone":"07700 900124","preferred_way":"text"}
y--y- {"act":"episode.edit","episode":"P1","risk":"high"}
y--y- {"act":"episode.edit","episode":"P6","returned_at":"2026-11-22 10:00","risk":"high"}
yyyy- {"act":"episode.edit","episode":"P6","returned_at":"2026-11-22 10:00"}
yyyy- {"act":"episode.edit","episode":"P6","found_at_time":"2026-11-22 10:00","found_at":"a friend's"}
yyyy- {"act":"episode.edit","episode":"P6","returned_at":"2026-11-22 10:00","notified_at":"2026-11-22 10:30","prevention_interview":"yes"}
y--y- {"act":"flag.set","episode":"P1","flag":"harm","reason":"x"}
y--y- {"act":"flag.clear","episode":"P2","flag":"hospital","reason":"x"}
y--y- {"act":"referral.accept","referral":"R2","responsible":"team"}
y--y- {"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}
y--y- {"act":"referral.reopen","referral":"R5","reason":"x"}
yyyy- {"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}
yyyy- {"act":"contact.log","referral":"R2","way":"text","with":"carer","result":"sent"}
yyyy- {"act":"contact.log","followup":"F2","way":"call","with":"professional","result":"no_answer"}
y---- {"act":"contact.strike","attempt":"A1","reason":"x"}
-y--- {"act":"contact.strike","attempt":"A2","reason":"x"}
--y-- {"act":"contact.strike","attempt":"A3","reason":"x"}
---y- {"act":"contact.strike","attempt":"A4","reason":"x"}
yyyy- {"act":"followup.add","child_ref":"K1","kind":"urgent","text":"x"}
yyyy- {"act":"followup.add","child_ref":"K2","kind":"other","text":"x"}
yyyy- {"act":"followup.done","followup":"F3","found":"told the duty desk"}
yy-y- {"act":"followup.done","followup":"F1","found":"x"}
y-yy- {"act":"followup.done","followup":"F2","found":"x"}
yy-y- {"act":"referral.assign","referral":"R1","to":"sue"}
y--y- {"act":"caseload.hand_over","from":"pat","to":"sue","reason":"x"}
yy-y- {"act":"referral.assign","referral":"R1","to":"pia"}
yy-y- {"act":"referral.assign","referral":"R2","to":"pat"}
y-yy- {"act":"referral.assign","referral":"R2","to":"pia"}
y--y- {"act":"referral.assign","referral":"R2","to":"dee"}
----- {"act":"referral.sign_off","referral":"R3","approve":true}
----- {"act":"referral.sign_off","referral":"R3","approve":false,"comment":"x"}
---y- {"act":"referral.sign_off","referral":"R4","approve":true}
---y- {"act":"referral.sign_off","referral":"R4","approve":false,"comment":"x"}
y--y- {"act":"intelligence.merge","keep":"N1","other":"N2","reason":"x"}
yyyy- {"act":"referral.note","referral":"R1","to":"sam","text":"x"}
yyyy- {"act":"referral.note","referral":"R2","text":"x"}
y--y- {"act":"referral.responsible","referral":"R1","responsible":"other_authority","who":"Camden"}
yyyy- {"act":"referral.seen","referral":"R2"}
yyyy- {"act":"referral.choice","referral":"R1","asked_child":true,"chose":"her aunt"}
yy-y- {"act":"referral.front_door","referral":"R1","told_at":"2026-11-22T12:00:00Z"}
yyyy- {"act":"referral.carer_information","referral":"R2","text":"x"}
-y-y- {"act":"interview.unheld","interview":"IHELD","reason":"x"}
-y-y- {"act":"interview.correct_held","interview":"IHELD","alone":"no","reason":"x"}
---y- {"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x"}
---y- {"act":"child.open","child_ref":"K99","reason":"x"}
y--y- {"act":"child.join","keep":"K1","other":"K2","reason":"x"}
y--y- {"act":"child.different","keep":"K1","other":"K2","reason":"x"}
y--y- {"act":"episode.move","episode":"P1","to":"K2","reason":"x"}
y--y- {"act":"episode.move","episode":"P1","new":{"given_name":"Bo","dob":"unknown"},"reason":"x"}
y--y- {"act":"child.died","child_ref":"K1","on":"2026-11-22","reason":"x"}
y--y- {"act":"child.lives","child_ref":"K98","reason":"x"}
y--y- {"act":"episode.end","episode":"P6","how":"moved_authority","on":"2026-11-22","reason":"x"}
y--y- {"act":"child.confirm","episode":"PTAKEN"}
y--y- {"act":"episode.duplicate","episode":"P12","of":"P1","reason":"x"}
yy-y- {"act":"followup.redate","followup":"F1","due_at":"2026-11-25T10:00:00Z","reason":"x"}
y-yy- {"act":"followup.redate","followup":"F2","due_at":"2026-11-25T10:00:00Z","reason":"x"}
yy-y- {"act":"followup.drop","followup":"F1","reason":"x"}
y-yy- {"act":"followup.drop","followup":"F2","reason":"x"}
-y-y- {"act":"interview.held","referral":"R1","held_at":"2026-11-22T12:00:00Z"}
y--y- {"act":"interview.held","referral":"R9","held_at":"2026-11-22T12:00:00Z"}
-y-y- {"act":"interview.save","referral":"R1","record":{"view":{"own_words":"x"}}}
-y-y- {"act":"interview.save","referral":"R8","record":{"view":{"own_words":"y"}}}
-y-y- {"act":"interview.submit","interview":"IHELD"}
yy-y- {"act":"interview.share","interview":"IHELD","audience":"social_worker","to":"Jo","way":"email","purpose":"x"}
---y- {"act":"interview.approve","interview":"IPATS","comment":"x"}
---y- {"act":"interview.send_back","interview":"IPATS","comment":"x"}
----- {"act":"interview.approve","interview":"ISAMS","comment":"x"}
----- {"act":"interview.send_back","interview":"ISAMS","comment":"x"}
y--y- {"act":"cluster.accept","child_ref":"K20","episodes":["P20","P21","P22"]}
y--y- {"act":"cluster.dismiss","child_ref":"K20","episodes":["P20","P21","P22"],"reason":"x"}
y--y- {"act":"cluster.add","cluster":"CL1","episode":"P33"}
y--y- {"act":"cluster.leave_out","cluster":"CL1","episode":"P30","reason":"x"}
y--y- {"act":"cluster.break_up","cluster":"CL1","reason":"x"}
-y-y- {"act":"referral.answer","referral":"R2","note":1,"text":"x"}
`

// lived makes what the acts of interviews and clusters are held against: of R6 the record is Pat's and submitted, of R7 Sam's
// and submitted, of R8 Pat's and ready to be; R9 is Dee's; K20 has a suggested cluster, K30 an accepted one and a new return
// that fits; what was known of P2 moved; PTAKEN was taken to be a known child's. It gives the cells with the numbers of the interviews.
func lived(base *desk) string {
	base.Helper()
	for n := 7; n <= 10; n++ {
		base.did(fmt.Sprintf(`{"act":"referral.new","police_ref":"P%d","child_ref":"K%d","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`, n, n))
	}
	base.did(`{"act":"referral.assign","referral":"R6","to":"pat"}`, `{"act":"referral.assign","referral":"R7","to":"sam"}`,
		`{"act":"referral.assign","referral":"R8","to":"pat"}`, `{"act":"referral.assign","referral":"R9","to":"dee"}`,
		`{"act":"referral.new","police_ref":"P12","child_ref":"K1","missing_at":"2026-11-10 21:00","returned_at":"2026-11-11 08:00"}`)
	base.did(`{"act":"referral.new","police_ref":"P13","given_name":"Lee","family_name":"May","dob":"2011-05-05","missing_at":"2026-11-10 21:00"}`,
		`{"act":"referral.new","police_ref":"PTAKEN","given_name":"Lee","family_name":"May","dob":"2011-05-05","missing_at":"2026-11-12 21:00"}`)
	if s := base.as("dee").run("police_ref,child_ref,missing_at,returned_at\nP2,K2,2026-11-10 20:00,2026-11-11 08:00\n", "import", "-"); s.status != 0 {
		base.Fatal(s)
	}
	words := map[string]string{}
	for r, who := range map[string]string{"R6": "pat", "R7": "sam", "R8": "pat"} {
		held := base.as(who).did(fmt.Sprintf(`{"act":"interview.held","referral":%q,"held_at":"2026-11-22T11:00:00Z","alone":"yes"}`, r),
			fmt.Sprintf(`{"act":"interview.save","referral":%q,"record":{"confidentiality":{"explained":"yes"},"view":{"own_words":"x"},"judgement":{"likelihood":"low"}}}`, r))
		words[r] = text(held["interview"])
	}
	base.as("pat").did(fmt.Sprintf(`{"act":"interview.submit","interview":%q}`, words["R6"]))
	base.as("sam").did(fmt.Sprintf(`{"act":"interview.submit","interview":%q}`, words["R7"]))
	for i := range 7 {
		child, n := "K20", i
		if i >= 3 {
			child, n = "K30", i+7
		}
		base.did(fmt.Sprintf(`{"act":"referral.new","police_ref":"P%d","child_ref":%q,"missing_at":"2026-11-%d 20:00","returned_at":"2026-11-%d 09:00"}`, 20+n, child, 12+i, 13+i))
		if i == 5 {
			base.did(`{"act":"cluster.accept","child_ref":"K30","episodes":["P30","P31","P32"]}`)
		}
	}
	return strings.NewReplacer("IPATS", words["R6"], "ISAMS", words["R7"], "IHELD", words["R8"]).Replace(whoMay)
}

func TestWhoMayDoWhatThroughTheProgram(t *testing.T) {
	t.Parallel()
	base := newTeam(t)
	raise := func(n int) string {
		return fmt.Sprintf(`{"act":"referral.new","police_ref":"P%d","child_ref":"K%d","flags":"hospital","missing_at":"2026-11-10 20:00","returned_at":"2026-11-11 09:00"}`, n, n)
	}
	base.did(raise(1), raise(2), raise(3), raise(4), raise(5), `{"act":"referral.new","police_ref":"P6","child_ref":"K6","missing_at":"2026-11-21 20:00"}`,
		`{"act":"referral.assign","referral":"R1","to":"pat"}`, `{"act":"referral.book","referral":"R1","when":"2026-11-22T12:00:00Z","at":"2026-11-22T09:00:00Z"}`,
		`{"act":"referral.not_required","referral":"R4","reason":"other","text":"x"}`, `{"act":"referral.close","referral":"R5","as":"withdrawn","text":"x"}`)
	for _, who := range []string{"dee", "pat", "pia", "sam"} {
		base.as(who).did(`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"declined"}`)
	}
	base.did(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"pat"}`, `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"pia"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"x"}`)
	base.as("sam").did(`{"act":"referral.not_required","referral":"R3","reason":"other","text":"x"}`)

	base.as("sam").did(`{"act":"referral.new","police_ref":"P99","child_ref":"K99","missing_at":"2026-11-21 20:00"}`, `{"act":"child.restrict","child_ref":"K99","to":["sam"],"reason":"x"}`,
		`{"act":"referral.new","police_ref":"P98","child_ref":"K98","missing_at":"2026-11-21 20:00"}`, `{"act":"child.died","child_ref":"K98","on":"2026-11-22","reason":"x"}`)
	base.as("sam").did(`{"act":"referral.note","referral":"R2","to":"pat","text":"x","ask":true}`)
	base.as("pat").did(`{"act":"interview.save","referral":"R1","record":{"intelligence":{"places":[{"name":"Pier"},{"name":"The pier"}]}}}`)

	people := []string{"dee", "pat", "pia", "sam", "ada"}
	cells := strings.Split(strings.TrimSpace(lived(base)), "\n")
	for _, act := range domain.ActNames() {
		if act != "undo" && act != "redo" && !strings.Contains(whoMay, `{"act":"`+act+`"`) {
			t.Errorf("%s is in no cell", act)
		}
	}
	for j, who := range people {
		// What is refused changes nothing, so those cells share a run; what is done would change what comes after.
		var not []string
		for i, cell := range cells {
			may, line, _ := strings.Cut(cell, " ")
			if may[j] == '-' {
				not = append(not, line)
				continue
			}
			if testing.Short() && (i+j)%3 > 0 {
				continue
			}
			d := base.copied(t).as(who)
			if got, status := d.does(nil, line); status != 0 || len(got) != 1 || got[0]["ok"] != true {
				t.Errorf("%s may: %s\nstatus %d, %v", who, line, status, got)
			}
			_ = os.RemoveAll(d.dir)
		}
		got, status := base.copied(t).as(who).does([]string{"--keep-going"}, not...)
		if status != 3 || len(got) != len(not) {
			t.Fatalf("%s: status %d, %d answers to %d lines", who, status, len(got), len(not))
		}
		for i, a := range got {
			if a["code"] != "forbidden" {
				t.Errorf("%s may not: %s\n%v", who, not[i], a)
			}
		}
	}

	// Everybody reads; the audit log is the supervisor's and the auditor's; import the coordinator's and the supervisor's.
	for j, who := range people {
		d := base.copied(t).as(who)
		for _, args := range [][]string{{"queue"}, {"missing"}, {"overdue"}, {"timeline", "K1"}, {"intelligence"}} {
			d.ends(0, args...)
		}
		d.ends(map[bool]int{true: 0, false: 1}["---yy"[j] == 'y'], "audit", "list")
		for _, args := range [][]string{{"import", "-"}, {"import", "-", "--dry-run"}} {
			s := d.run(strings.ReplaceAll(rows, "P1,K1", "P7,K7"), args...)
			if may := "y--y-"[j] == 'y'; may != (s.status == 0) || !may && (s.status != 1 || s.out != "") {
				t.Errorf("%s, %v: %v", who, args, s)
			}
		}
		// What one did oneself can be taken back, and nobody else's.
		if who != "ada" {
			d.did(`{"act":"followup.add","child_ref":"K2","kind":"other","text":"x"}`, `{"act":"undo"}`)
			undone := text(d.did(`{"act":"redo"}`, `{"act":"undo"}`)["change"])
			change := text(d.did(`{"act":"followup.add","child_ref":"K2","kind":"other","text":"y"}`)["change"])
			for _, other := range people {
				if other != who {
					d.as(other).refused("forbidden", "", fmt.Sprintf(`{"act":"undo","of":%q}`, change))
					d.as(other).refused("forbidden", "", fmt.Sprintf(`{"act":"redo","of":%q}`, undone))
				}
			}
		}
	}
}

func TestWhoYouAreOnTheDatabase(t *testing.T) {
	t.Parallel()
	me := tuitest.Account()
	d := newDesk(t)
	// Without entries the account is a supervisor, and nobody else can be named.
	d.did(adaIsBack)
	if line := d.list("audit", "list")[0]; line["by"] != me || line["os_user"] != me {
		t.Errorf("%v", line)
	}
	if s := d.as("dee").ends(1, "queue"); lacks(s.err, "dee") != nil || s.out != "" {
		t.Error(s)
	}
	// With entries nobody acts or reads without one, not even by a misspelt name.
	d.with(team)
	mine := false
	for _, login := range []string{"dee", "pat", "pia", "sam", "sue", "ada"} {
		mine = mine || login == me
	}
	for _, c := range [][]string{{"queue"}, {"missing"}, {"overdue"}, {"timeline", "K1"}, {"audit", "list"}, {"do"}, {"import", "-"}, {"import", "-", "--dry-run"}} {
		for _, login := range []string{"", "dea", "Dee", me} {
			if mine && login != "dea" && login != "Dee" {
				continue
			}
			s := d.as(login).run(rows, c...)
			if s.status != 1 || s.out != "" || strings.Count(s.err, "\n") != 1 {
				t.Errorf("%v as %q: %v", c, login, s)
			}
		}
	}
	before := d.as("sam").list("audit", "list")
	if len(before) != 1 {
		t.Errorf("who was nobody left something behind: %v", before)
	}
	// Some commands need only the rights to the file.
	for _, c := range [][]string{{"check"}, {"audit", "verify"}, {"config", "check"}, {"config", "show"}} {
		d.ends(0, c...)
	}
	// The audit line carries the OS user as well as the person.
	d.as("dee").did(note("x"))
	acts := func() (out []object) {
		for _, l := range d.as("ada").list("audit", "list") {
			if l["act"] != view.NoteSettings { // the configurations this test changes
				out = append(out, l)
			}
		}
		return out
	}
	last := acts()[1]
	if last["by"] != "dee" || last["os_user"] != me {
		t.Errorf("%v", last)
	}
	// os_user names the account of an entry; the login is it where that is left out.
	d.with(strings.Replace(team, `login = "pat"`, "login = \"pat\"\nos_user = \""+me+"\"", 1))
	d.did(note("mine"))
	if last := acts()[2]; last["by"] != "pat" || last["os_user"] != me {
		t.Errorf("%v", last)
	}
	d.refused("forbidden", "", `{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	if isLogin(me) {
		d.with(strings.Replace(team, `"ada"`, `"`+me+`"`, 1))
		d.refused("forbidden", "", note("an auditor"))
	}
	d.sound()
}

func isLogin(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789._-") == ""
}
