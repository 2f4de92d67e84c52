package tui_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"homeward/domain"
	"homeward/store"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// A draft begun on Sunday and opened on Monday, after a colleague changed the card: it says from when it is and what changed,
// takes nothing of the colleague's away, and means the times that it meant on Sunday.
func TestADraftOfSunday(t *testing.T) {
	x := newTeam(t, "dee")
	sunday := time.Date(2026, 11, 29, 21, 14, 0, 0, time.UTC)
	x.now = func() time.Time { return sunday.Add(-time.Hour) }
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2011-03-14","missing_at":"2026-11-29T08:00:00Z","returned_at":"2026-11-29T18:00:00Z"}`,
		`{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"child.edit","child_ref":"K1","address":"1 Old Road","preferred_time":"mornings"}`)
	d := x.look(120, 40, sunday).Press("1", "E").Sees("Kai Adeyemi: card")
	form := func() interface{ Go(string) bool } { return d.Model().(*frame.Model).Form() }
	form().Go("address")
	d.Press("ctrl+u").Type("2 New Street")
	form().Go("preferred_time")
	d.Press("ctrl+u").Type("after school")
	d.Press("esc").Sees("1 draft", "✎")
	d.Press("b").Type("tomorrow 10").Press("esc").Sees("2 drafts")
	d.Press("q").Sees("Leave?", "typed, not saved: Kai Adeyemi: card").Press("esc")

	monday := time.Date(2026, 11, 30, 9, 5, 0, 0, time.UTC)
	x.now = func() time.Time { return monday }
	x.do("tom", `{"act":"child.edit","child_ref":"K1","warning":"Dog at the address","address":"3 Third Lane"}`)
	d = x.look(120, 40, monday).Press("1").Sees("2 drafts", "✎").Press("E")
	d.Sees("Your unfinished text is back, of Sun 29 Nov 2026 21:14", "Since you left this: Tom Hale", "Dog at the address", "after school")
	form().Go("address")
	d.Sees("changed since you began: “1 Old", "Road” → “3 Third Lane”. Yours:", "ctrl+y takes yours")
	d.Press("ctrl+d").Sees("what is there now stays").Press("ctrl+d").Sees("changed preferred time of K1")
	card := func() (c *domain.Child) {
		if err := x.desk.Ask(t.Context(), func(r domain.Reader) (err error) { c, err = domain.ChildNamed(r, "K1"); return err }); err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := card(); c.CardValue("warning") != "Dog at the address" || c.CardValue("preferred_time") != "after school" || c.CardValue("address") != "3 Third Lane" {
		t.Errorf("the card: %q, %q, %q", c.CardValue("warning"), c.CardValue("preferred_time"), c.CardValue("address"))
	}

	d.Press("M").Sees("typed, not saved: Kai Adeyemi: book", "goes on with it").Press("P").Sees("Typed and not saved").Press("enter")
	d.Sees("read this first", "Dog at the address").Press("enter")
	d.Sees("Your unfinished text is back, of Sun 29 Nov 2026 21:14", "30 Nov 2026 10:00").Press("ctrl+d").Sees("booked R1").SeesNot("1 draft")
	if b := x.referral(t, 1).Booking(); b == nil || b.When.Local().Format("2006-01-02 15:04") != "2026-11-30 10:00" {
		t.Errorf("booked %+v", b)
	}
}

// A draft under a login that was given to somebody else since, or got another name, says whose words they are; what was done under it
// is nothing to undo.
func TestADraftOfWhoHadTheLoginBefore(t *testing.T) {
	x := newTeam(t, "dee")
	sunday := time.Date(2026, 11, 29, 21, 14, 0, 0, time.UTC)
	x.now = func() time.Time { return sunday }
	x.do("dee", `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2011-03-14","missing_at":"2026-11-29T08:00:00Z","returned_at":"2026-11-29T18:00:00Z"}`)
	x.look(120, 40, sunday).Press("1", "b").Type("tomorrow 10").Press("esc").Sees("1 draft")

	monday := time.Date(2026, 11, 30, 9, 5, 0, 0, time.UTC)
	x.now = func() time.Time { return monday }
	n := *x.store.Settings()
	n.Users = slices.Clone(n.Users)
	was := ""
	for i := range n.Users {
		if n.Users[i].Login == "dee" {
			was, n.Users[i].Name = n.Users[i].Name, "Dora Hill"
		}
	}
	served := store.NewServed(x.store, &store.Config{Settings: *x.store.Settings()}, nil)
	if err := served.Replace(t.Context(), &store.Config{Settings: n}, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	d := x.look(120, 40, monday).Press("1").Sees("1 draft")
	d.Press("u").Sees("You have changed nothing that could be undone")
	d.Press("H").Sees("You have changed nothing today")
	d.Press("b").Sees("Unfinished text of "+was+" (dee then) is back, of Sun 29", "Nov 2026 21:14: saved, it is yours", "30 Nov 2026 10:00").Press("esc")
}

// enter on a draft opens the very form it was typed in, wherever what it is about stands by now, with no other question between;
// and every draft can be thrown away from the list.
func TestADraftIsGoneOnWith(t *testing.T) {
	x := newTeam(t, "dee")
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	x.now = func() time.Time { return at.Add(-time.Hour) }
	x.do("dee", oneBack, `{"act":"referral.assign","referral":"R1","to":"dee"}`, `{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	d := x.look(120, 40, at).Press("1")
	back := func(title string) {
		t.Helper()
		d.Press("esc").Sees("1 draft").Press("4", "P").Sees(title, "throws it away").Press("enter").Sees("Your unfinished text is back", title)
	}
	gone := func() {
		t.Helper()
		d.Press("esc", "P", "ctrl+r").Sees("throw away what was typed?").Press("enter").Sees("Typed and not saved").Press("ctrl+r").Press("tab", "enter")
		d.Sees("Nothing lies unfinished").SeesNot("1 draft").Press("1")
	}
	d.Press("c", "s", "a", "tab", "tab").Type("her mum says")
	back("contact about R1: spoke")
	d.Sees("(•) carer", "her mum says")
	gone()
	if r := x.referral(t, 1); len(r.Attempts) != 0 {
		t.Errorf("an attempt was recorded: %+v", r.Attempts)
	}
	d.Press("d", "w").Type("entered twice")
	back("close R1 as withdrawn")
	gone()
	d.Press("}").Press("f", "h").Type("said so")
	back("set ")
	gone()
	d.Press("h").Type("yesterday")
	back("held")
	gone()
}

// A draft about an interview that is held finds its form though the referral stands in another part of the queue.
func TestADraftAboutAHeldInterviewIsFound(t *testing.T) {
	x := newTeam(t, "dee")
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	x.now = func() time.Time { return at.Add(-time.Hour) }
	x.do("dee", oneBack, `{"act":"referral.assign","referral":"R1","to":"dee"}`, `{"act":"interview.held","referral":"R1","held_at":"2026-11-23T10:00:00Z","interviewer":"dee"}`)
	d := x.look(120, 40, at).Press("1")
	p := d.Model().(*frame.Model)
	p.Session().Do("queue.unheld")
	d.Send(frame.MinuteMsg{At: at}).Sees("the interview of R1 was not held").Type("it was her sister").Press("esc").Sees("1 draft")
	d.Press("/").Type("nobody").Press("enter", "P", "enter").Sees("the interview of R1 was not held", "it was her sister").Press("esc")
	d.Press("P", "ctrl+r", "tab", "enter").Sees("Nothing lies unfinished")

	d.Press("esc").Press("4").Sees("Kai").Press("enter", "j")
	d.Press("d").Sees("done, ").Type("she was seen").Press("esc").Press("1", "P", "enter").Sees("done, ", "she was seen").Press("esc")
	d.Press("P", "ctrl+r", "tab", "enter").Sees("Nothing lies unfinished")
}

// A draft of a decision about a cluster, of a question to a colleague and of an answer opens its form with its text, about the
// very episodes and the very question it was begun about.
func TestADraftOfAClusterOrAQuestionIsGoneOnWith(t *testing.T) {
	x := newTeam(t, "sam")
	x.threeTimes("K1", 20*time.Hour, "")
	x.threeTimes("K2", 30*time.Hour, "")
	x.do("dee", `{"act":"referral.note","referral":"R1","to":"sam","text":"Which school?","ask":true}`, `{"act":"referral.note","referral":"R4","to":"sam","text":"Who drives?","ask":true}`)
	d := x.look(80, 24, tuitest.Now()).Press("3").Sees("To decide 2").Press("j")
	again := func(title, text string) {
		t.Helper()
		d.Type(text).Press("esc").Sees("1 draft")
		for _, from := range []string{"1", "3"} {
			d.Press(from, "P").Sees(title).Press("enter").Sees("Your unfinished text is back", title, text).Press("esc").Sees("1 draft")
		}
		d.Press("P", "ctrl+r", "tab", "enter").Sees("Nothing lies unfinished").Press("3")
	}
	d.Press("x").Sees("dismiss")
	again("dismiss", "not together")
	d.Press("a").Sees("CL1").Press("l").Sees("leave which one out").Press("2").Sees("leave K1-2 out", "K1-2")
	again("leave K1-2 out", "another night")
	d.Press("1", "Q").Sees("2 questions wait for your answer").Press("j", "enter").Sees("Who drives?")
	again("(R4)", "his aunt does")

	d.Press("5", "a").Sees("ask a colleague (R")
	again("ask a colleague (R", " Please say.")
}
