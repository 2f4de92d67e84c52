package tui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// one child who is back, known since yesterday.
const oneBack = `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 20:00","notified_at":"2026-11-22 20:30","child_phone":"07700 900100"}`

// A child is missing, comes back with one key and a form, and the referral is there.
func TestReturnOfAMissingChild(t *testing.T) {
	x := newTeam(t, "amira") // a practitioner covers at lunch
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-22 22:00","risk":"high"}`)
	d := x.look(120, 40, at).Press("1").Sees("Missing now 1, longest 14 h: Kai (high risk)").Press("enter", "j")
	d.Press("r").Type("x").Press("ctrl+u").Type("11:20").Sees("Contact", "will be due Tue 24 Nov 2026").Press("ctrl+d").Sees("P1 is back: new referral R1", "To triage 1")
	r := x.row(t, 1)
	if r.Episode.ReturnedAt.RFC3339() != "2026-11-23T11:20:00Z" || r.Received.RFC3339() != "2026-11-23T12:00:00Z" || r.ByImport {
		t.Errorf("returned %s, received %s", r.Episode.ReturnedAt, r.Received)
	}
}

// Back, though found before: the notice that is recorded stands, and a contact clock that was missed stays missed unless
// somebody says another time, which the form tells of.
func TestAReturnKeepsTheRecordedNotice(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-20 22:00","found_at_time":"2026-11-21 07:00","notified_at":"2026-11-21 08:00"}`,
		`{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Mia","family_name":"Bell","dob":"2010-01-10","missing_at":"2026-11-20 22:00","found_at_time":"2026-11-21 07:00"}`)
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for i, ref := range []string{"P1", "P2"} {
		n := uint64(i + 1)
		before := x.row(t, n)
		if !before.Clocks.Contact.Over(at) {
			t.Fatalf("%s: contact is not missed: %+v", ref, before.Clocks.Contact)
		}
		d := x.look(120, 40, at).Press("1", "/").Type(before.Child.Name()).Press("enter", "g", "enter", "j")
		d.Press("r").Sees(before.Child.Name()+": back, or found", "Interview will be due: Thu 26 Nov").SeesNot("Contact will be due")
		if n == 1 {
			d.Sees("21 Nov 2026 08:00")
		}
		if f := d.Frame(); strings.Count(f, "12:00, now") != 1 {
			t.Errorf("a notice of now is proposed:\n%s", f)
		}
		d.Press("tab").Type("now").Sees("Contact will be due: Sun 22 Nov", "It was missed, and").Press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+d").Sees(ref + ": returned blank →")
		if after := x.row(t, n); after.Clocks.Contact.Due != before.Clocks.Contact.Due || after.Received != before.Received || after.Episode.ReturnedAt.IsZero() {
			t.Errorf("%s: contact was due %s, is due %s", ref, before.Clocks.Contact.Due, after.Clocks.Contact.Due)
		}
	}
}

// An urgent note stands above everything until it was passed on.
func TestUrgentNote(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", oneBack)
	d := x.look(80, 24, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)).Press("!").Type("Named an adult who waits at the gate").Press("ctrl+d")
	d.Sees("Urgent 1", "1 urgent").Press("g", "p").Type("Duty social worker, Ms Nair").Press("ctrl+d").SeesNot("Urgent 1").Sees("urgent F1 done: Duty social worker, Ms Nair")
}

// Declined three times, closed with every step done or reasoned, reopened, not required, approved by another.
func TestEndings(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.do("dee", oneBack)
	d := x.look(120, 40, at).Press("a")
	for range 3 {
		d.Press("c", "d", "c", "ctrl+d").Sees("declined")
	}
	d.Press("d", "d").Sees("(•) child").SeesNot("( ) carer", "Why not").Type("Asked three times").Press("tab", "tab", "b", "tab", "n").Sees("Why not").Press("ctrl+d").Sees("needed")
	d.Type("no address").Press("tab", "y", "tab").Type("He is with his dad").Press("tab").Type("Elm Row").Sees("It will leave the queue").Press("ctrl+d")
	d.Sees("closed R1 as declined", "The queue is empty")
	r := x.referral(t, 1)
	if r.Stage != domain.StageDeclined || r.Closing.Asked != 3 || r.Closing.Steps["letter_sent"] != "no address" || r.Closing.Steps["helpline_given"] != "" || r.Closing.HelplineTo != "both" || len(r.CarerTold) != 1 || r.CarerTold[0].Places[0] != "Elm Row" {
		t.Errorf("closed as %+v", r.Closing)
	}
	x.do("dee", `{"act":"referral.reopen","referral":"R1","reason":"she rang back"}`)
	d.At(at.Add(time.Minute)).Press("x", "o", "tab").Type("Seen by her youth worker").Press("ctrl+d").Sees("sign-off")

	// Dee cannot sign off her own; Sam can, and sends it back with a comment.
	d.Press("S").Sees("Sign off: a coordinator may not")
	sam := *x
	sam.desk = x.as("sam")
	s := sam.look(120, 40, at.Add(2*time.Minute)).Press("S").Sees("decided by Dee Osei", "not required: other")
	// The words of the decision are read before it is signed, and a letter or enter alone signs nothing.
	s.Press("a").Sees("sign off R1, not required: other", "Seen by her youth worker").SeesNot("not opened since").Press("y", "enter").Press("esc", "S").Sees("decided by Dee Osei")
	s.Press("n").Sees("do not approve R1", "Seen by her youth worker").Type("Ask her first").Press("ctrl+d").Sees("was not approved as not required and is accepted again")
	s.Press("x", "o", "tab").Type("She says she is fine").Press("ctrl+d", "S").Sees("you decided this yourself")
	x.do("sam", `{"act":"undo"}`)
	if got := x.referral(t, 1).Stage; got != domain.StageAccepted {
		t.Errorf("after the undo R1 is %s", got)
	}
}

// Two people save the same record: the second is told who changed it and keeps what was typed.
func TestConflictKeepsTheText(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", oneBack)
	d := x.look(120, 40, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)).Press("x", "o", "tab").Type("With her father")
	x.do("tom", `{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	d.Press("ctrl+d").Sees("Not saved: R1 was changed", "Tom Hale, 09:00: accepted R1, responsible: team", "With her father")
	d.Press("ctrl+d").SeesNot("Not saved").Sees("waits for sign-off")
}

// Flags, the card, a chase, a reason late, a struck attempt, a note: each by its keys.
func TestTheOtherKeys(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", oneBack, `{"act":"referral.accept","referral":"R1","responsible":"social_worker","who":"Priya Nair"}`)
	d := x.look(120, 40, time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)).Sees("chase")
	d.Press("C").Type("Will visit tomorrow").Press("ctrl+d").Sees("chased Priya Nair about R1")
	d.Press("l", "a").Sees("reason late for R1: capacity")
	d.Press("f", "e").Type("Police say so").Press("ctrl+d").Sees("P1 carries exploitation", "exploit")
	d.Press("c", "n").Sees("no answer").Press("X", "1").Type("wrong child").Press("ctrl+d").Sees("struck A1 on R1")
	d.Press("E", "tab", "tab").Type("KJ").Press("ctrl+d").Sees("changed known as of K1", "“KJ”")
	d.Press("N").Type("Look at the flag").Press("ctrl+d").Sees("note on R1")
	d.Press("@").Sees(`{"act":"referral.chase","referral":"R1"`, `"flag":"exploitation"`)
	var errs []error
	_ = x.desk.Ask(context.Background(), func(r domain.Reader) error {
		e, err := r.Episode(domain.NewID(domain.KindEpisode, 1))
		if err == nil && !e.HasFlag(domain.FlagExploitation) {
			t.Error("the flag is not on the episode")
		}
		errs = append(errs, err)
		return nil
	})
	if errs[0] != nil {
		t.Error(errs[0])
	}
}

// A return time that arrives later in a file moves the due times: old → new until somebody has seen it.
func TestMovedDueTimeUntilSeen(t *testing.T) {
	x := newTeam(t, "dee")
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x.night("one.csv", 1, at.Add(-2*time.Hour), nil)
	d := x.look(120, 40, at).Press("i", "enter", "t", "tab", "enter").Press("esc", "esc").Sees("To triage 1")
	x.night("one.csv", 1, at.Add(-2*time.Hour), func(_ int, row map[string]string) { row["returned_at"] = "2026-11-23 05:00" })
	d.Press("i", "enter").Sees("1 changed").Press("t", "tab", "enter", "esc", "esc").Sees("moved", "Moved: interview due Thu 26 Nov 06:00 →", "Thu 26 Nov 05:00 (a later row:")
	d.Press("v").SeesNot("Moved: interview")
}

// A closing without an interview owes that the lead professional is told: it is counted, listed and finished.
func TestFollowUpsNotDone(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", oneBack, `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined"}`, `{"act":"referral.close","referral":"R1","as":"declined","text":"no","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":true}`)
	d := x.look(120, 40, time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)).Sees("1 follow-ups over", "Follow-ups that are not done: 1").Press("F").Sees("Kai Adeyemi", "lead told", "Overdue 1", "closing R1 as declined")
	d.Press("d").Type("Told Priya Nair by phone").Press("ctrl+d").Sees("Lead told F1 done", "Done and dropped 1").SeesNot("follow-ups over").Press("1").Sees("Nothing is owed")
}

// Two children under two spellings are flagged side by side, and a person says that they are two.
func TestToldApart(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", oneBack, `{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Kay","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-20 10:00"}`)
	d := x.look(120, 40, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)).Press("}", "}").Sees("May be Kay Adeyemi, K2: close spelling", "twin?")
	d.Press("D", "d").Type("Cousins, both seen today").Press("ctrl+d").Sees("K1 and K2 are different children").SeesNot("twin?", "May be Kay")
}

// Whom one spoke to decides which clock is met: the form proposes nobody, one letter says it, and without it nothing is saved.
func TestWhomOneSpokeToIsSaid(t *testing.T) {
	x := newTeam(t, "dee")
	x.do("dee", oneBack, `{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	d := x.look(120, 40, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)).Press("c").Sees("with whom, when to ring again").Press("s").Sees("With *").SeesNot("(•) child")
	d.Press("ctrl+d").Sees("needed").Press("a").Sees("(•) carer").Press("ctrl+d").Sees("call with carer, spoke")
	if a := x.referral(t, 1).Attempts[0]; a.With != domain.WithCarer || !a.Reached() {
		t.Errorf("%+v", a)
	}
	d.Press("c", "d").Press("ctrl+d").Sees("needed").Press("a", "ctrl+d").Sees("call with carer, declined")
}
