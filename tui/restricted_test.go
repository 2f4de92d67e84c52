package tui_test

import (
	"strings"
	"testing"

	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/screens/timeline"
	"homeward/tui/tuitest"

	"homeward/domain"
)

// DOMAIN §12: of restricted children nobody else reads anything, on any screen, on any row; that the cursor passes over such a
// row is no attempt to open it.
func TestARestrictedChildOnEveryScreen(t *testing.T) {
	for login, only := range map[string]string{"dee": "queue clusters followups myday record intake", "amira": "myday record", "ruth": "queue review audit"} {
		x, secrets := secretive(t, login)
		x.do("sam", `{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x"}`, `{"act":"child.restrict","child_ref":"K2","to":["sam"],"reason":"x"}`,
			`{"act":"child.restrict","child_ref":"K3","to":["sam"],"reason":"x"}`, `{"act":"child.restrict","child_ref":"K9","to":["sam"],"reason":"x"}`)
		leaks := map[string]bool{}
		x.everywhere(login, true, only, func(o *tui.Options) {}, func(where string, d *tuitest.Driver) {
			f := d.Frame()
			for _, s := range secrets {
				if leak := where + ": " + s; strings.Contains(f, s) && !leaks[leak] {
					leaks[leak] = true
					t.Errorf("%s: %s reads %s", where, login, s)
				}
			}
		})
	}
}

// The story: Sam restricts a child from the queue to themselves; Dee's row of it says so and no more, and the timeline is
// refused; Sam opens it again.
func TestRestrictingAChild(t *testing.T) {
	x := newTeam(t, "sam")
	x.now = tuitest.Now
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Zara","family_name":"Zqsecret","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`)
	d := x.look(120, 40, tuitest.Now())
	d.Sees("Zara Zqsecret").Press("j").Press(":").Type("restrict").Press("enter")
	d.Sees("Zara Zqsecret: restrict the record", "Who may see it", "Sam")
	d.Press("tab").Type("his mother works here").Press("ctrl+d").Sees("restricted K1 to Sam")
	d.Sees("restricted to Sam")

	other := x.sits("dee", 120, 40, func(*tui.Options) {})
	other.Sees("restricted C1").SeesNot("Zqsecret", "K1", "P1").Press("j")
	other.Sees("ask one of them").SeesNot("Nothing is known yet", "accepts for", "Proposed")
	other.Press("a").Sees("restricted to Sam").SeesNot("accepted")
	other.Press("t").SeesNot("Zqsecret")
	other.Model().(*frame.Model).Session().Go(timeline.PlaceOf(domain.NewID(domain.KindChild, 1), 0))
	other.Send(frame.MinuteMsg{At: tuitest.Now()})
	other.SeesNot("Zqsecret").Sees("restricted to Sam")
}

// A draft about a child who is restricted meanwhile is kept, and says nothing of the child until it is opened again.
func TestADraftAboutARestrictedChild(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Zara","family_name":"Zqsecret","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`)
	d := x.sits("dee", 120, 40, func(*tui.Options) {})
	d.Press("b").Type("thu 10").Press("esc").Sees("1 draft").Press("P").Sees("Zara Zqsecret: book the interview of R1").Press("esc")
	x.do("sam", `{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x"}`)
	x.tell(d)
	d.Press("P").Sees("Restricted, Book the interview R1").SeesNot("Zqsecret").Press("enter").SeesNot("Zqsecret", "thu 10").Press("esc", "q").Sees("Restricted, Book the interview R1").SeesNot("Zqsecret").Press("esc")
	// Another session begins without it, too.
	other := x.sits("dee", 120, 40, func(*tui.Options) {})
	other.Sees("1 draft").Press("P").Sees("Restricted, Book the interview R1").SeesNot("Zqsecret").Press("esc")
	x.do("sam", `{"act":"child.open","child_ref":"K1","reason":"x"}`)
	x.tell(other)
	other.Press("P").Sees("Zara Zqsecret: book the interview of R1").Press("enter").Sees("26 Nov 2026 10:00")
}
