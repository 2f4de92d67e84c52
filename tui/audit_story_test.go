package tui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui"
	"homeward/tui/tuitest"
)

// An auditor finds out who changed a telephone number, and goes to the child: what they opened is recorded, once, and what
// they only passed by is not.
func TestAnAuditorLooksSomethingUp(t *testing.T) {
	x := logged(t, "ada")
	d := x.look(120, 40, tuitest.Now())
	mine := func() []string {
		var out []string
		for _, l := range x.log(view.AuditFilter{By: "ada"}) {
			out = append(out, l.Act+" "+l.Ref())
		}
		return out
	}
	d.Press("j", "j", "j", "G", "g", "N")
	if got := mine(); len(got) != 0 {
		t.Errorf("passing by was recorded: %v", got)
	}
	d.Press("/").Type("by:dee act:child child:K1 known").Press("enter").Sees("1 match", "dee", "child.edit").SeesNot("child.join")
	d.Sees("That you opened the child’s record is")
	d.Press("enter").Sees("Dee Osei (dee), coordinator", "language", "nothing → Yoruba", "phones 2", "text 07700 900333")
	if got := fmt.Sprint(mine()); got != "[opened K1]" {
		t.Errorf("opened: %s", got)
	}
	d.Press("esc").Sees("nothing → Yoruba").Press("enter", "esc") // again, within the hour
	d.Press("t").Sees("[2 Timeline]", "Kai Adeyemi").Press("[").Sees("[Audit]", "by:dee")
	if got := fmt.Sprint(mine()); got != "[opened K1 opened K1]" { // the line, then the timeline
		t.Errorf("opened: %s", got)
	}
	// The filter goes; the cursor stays on the line.
	d.Press("esc").Sees("report").Sees("▸ ").Press("enter").Sees("nothing → Yoruba").Press("esc")
	// Everything of one child, joined ones too, and of one person.
	d.Press("c").Sees("child:K1", "Kai Barker", "referral.new").SeesNot("weekly report")
	d.Press("esc", "N", "/").Type("act:report").Press("enter").Press("p").Sees("by:sam act:report", "1 match").Press("enter").Sees("Nothing was changed")
	d.Press("esc", "t").Sees("is about no child")
	// A join speaks of two children: which timeline is asked.
	d.Press("esc", "/").Type("act:child.join").Press("enter").Press("t").Sees("Whose timeline?", "Kai Adeyemi, K1", "Kai Barker, K2").Press("esc")
	if got := fmt.Sprint(mine()); got != "[opened K1 opened K1]" { // the line, then the timeline
		t.Errorf("opened: %s", got)
	}
}

// Who may not read the log is told so by every key that leads there.
func TestTheAuditLogIsForSupervisorsAndAuditors(t *testing.T) {
	for login, may := range map[string]bool{"dee": false, "amira": false, "sam": true, "ada": true} {
		d := logged(t, login).look(120, 40, tuitest.Now()).Press("1", "O")
		if may {
			d.Sees("[Audit]", "child.join")
			continue
		}
		d.Sees("Audit log: it is for supervisors and auditors").SeesNot("[Audit]")
		d.Press("ctrl+p").Type("audit log").Sees("it is for supervisors").Press("enter").SeesNot("[Audit]", "child.join")
	}
}

// What others do meanwhile shows above; the cursor stays on its line, and an undo is told on the line it took back.
func TestTheAuditLogFollows(t *testing.T) {
	x := logged(t, "ada")
	s := x.sit("ada", 120, 40)
	s.Press("j", "j", "j").Sees("[Audit]")
	line := cursorLine(t, s.Frame())
	x.do("dee", `{"act":"referral.note","referral":"R1","text":"Rang the school twice"}`)
	s.hear()
	if got := cursorLine(t, s.Frame()); got != line {
		t.Errorf("the cursor moved from\n%s\nto\n%s", line, got)
	}
	s.Sees("referral.note")
	x.do("dee", `{"act":"undo"}`)
	s.hear().Sees("undone by X", "takes back X")
	if got := cursorLine(t, s.Frame()); got != line {
		t.Errorf("the cursor moved from\n%s\nto\n%s", line, got)
	}
	// Readings are told of by nobody; the minute shows them.
	if err := x.as("joe").Note(t.Context(), "copy", "a copy for the social worker", 0); err != nil {
		t.Fatal(err)
	}
	x.clock(after(1), s)
	s.Sees("a copy for the so")
	// With a filter only what it wants comes.
	s.Press("/").Type("by:amira").Press("enter").SeesNot("referral.note")
	x.do("dee", `{"act":"referral.note","referral":"R1","text":"Once more"}`)
	x.do("amira", `{"act":"referral.note","referral":"R1","text":"And she"}`)
	s.hear().Sees("by:amira", "referral.note").SeesNot("15 dee", "05 dee")
}

func cursorLine(t testing.TB, frame string) string {
	t.Helper()
	for l := range strings.SplitSeq(frame, "\n") {
		if strings.HasPrefix(l, "▸") {
			line, _, _ := strings.Cut(l, "│")
			return line
		}
	}
	t.Fatalf("no cursor in\n%s", frame)
	return ""
}

// countsLog is a desk that counts the questions of the log and the lines they gave.
type countsLog struct {
	view.Desk
	asked, lines *int
}

func (c countsLog) AuditLog(ctx context.Context, q view.AuditQuery) (*view.AuditPage, error) {
	p, err := c.Desk.AuditLog(ctx, q)
	*c.asked++
	if p != nil {
		*c.lines += len(p.Lines)
	}
	return p, err
}

// A long log costs what is looked at: a piece at the start, the next where the cursor comes near its end, and a filter that
// fits nothing stops after a few looks until one asks on.
func TestALongLogIsReadAPieceAtATime(t *testing.T) {
	x := newTeam(t, "ada")
	for i := range 50 {
		x.child(fmt.Sprintf("K%d", i+1), "Adeyemi", "")
	}
	for range 60 {
		var acts []domain.Envelope
		for i := range 200 {
			acts = append(acts, domain.Envelope{Act: &domain.WriteNote{Referral: fmt.Sprintf("R%d", i%50+1), Text: "x"}})
		}
		if _, err := x.as("dee").Do(t.Context(), true, acts...); err != nil {
			t.Fatal(err)
		}
	}
	asked, lines := 0, 0
	s := x.sitAt("ada", 120, 40, func(d view.Desk) view.Desk { return countsLog{d, &asked, &lines} })
	if s.Sees("X12050 to X11951"); lines != 100 {
		t.Errorf("%d lines for the first page", lines)
	}
	s.Press("j", "j", "pgdown")
	if lines != 100 {
		t.Errorf("%d lines before the cursor came near the end", lines)
	}
	if s.Press("G").Sees("X12050 to X11851"); lines != 200 {
		t.Errorf("%d lines at the end of the first page", lines)
	}
	asked = 0
	if s.Press("/").Type("by:nobody").Press("enter").Sees("0 match", "Nothing so far", "looks further back"); asked > 5*len("by:nobody") {
		t.Errorf("%d questions", asked)
	}
	asked = 0
	if s.Press("j").Sees("Nothing matches the filter.", "where it begins"); asked != 2 {
		t.Errorf("%d questions to the beginning", asked)
	}
	// A change reads what is new, not what is shown.
	s.Press("esc").Sees("X12050")
	lines = 0
	x.do("dee", `{"act":"referral.note","referral":"R1","text":"new"}`)
	if s.hear(); lines != 1 {
		t.Errorf("%d lines for one that is new", lines)
	}
	s.Press("N").Sees("X12051 to")
}

// A supervisor copies what a line shows and no more: nothing of a card, which the line does not show and nobody opened by it.
func TestCopyFromTheAuditLog(t *testing.T) {
	x := logged(t, "sam")
	d := x.look(120, 40, tuitest.Now()).Press("O", "/").Type("act:child.edit").Press("enter", "y").Sees("Kai Adeyemi: copy", "K1", "The line").SeesNot("07700", "Phone", "The whole card")
	d.Press("t").Sees("Copied a line of the log")
	if got := clipboard(d); len(got) != 1 || !strings.Contains(got[0], "dee  child.edit  Kai") || strings.Contains(got[0], "07700") {
		t.Errorf("copied %q", got)
	}
	if log := x.notes("copy"); len(log) != 1 || log[0] != "sam: copied a line of the log of K1 to the clipboard [C1]" {
		t.Errorf("the log says %q", log)
	}
	if got := x.log(view.AuditFilter{By: "sam", Act: "opened"}); len(got) != 0 {
		t.Errorf("copying opened %d records", len(got))
	}
	d.Press("m", "y").SeesNot("Kai", "Adeyemi").Press("t", "m")
	if got := clipboard(d); len(got) != 2 || strings.Contains(got[1], "Kai") {
		t.Errorf("masked, %q was copied", got)
	}
	d.Press("esc", "/").Type("act:child.join").Press("enter", "y").Sees("Whose name or reference?", "Kai Barker, K2").Press("j", "enter").Sees("Kai Barker: copy").Press("r")
	if got := clipboard(d); len(got) != 3 || got[2] != "K2" {
		t.Errorf("of two, %q was copied", got)
	}
	d.Press("esc", "/").Type("act:report").Press("enter", "y").Sees("is about no child who is here")

	a := logged(t, "ada").look(120, 40, tuitest.Now()).Press("y").Sees("Copy: an auditor may not")
	if n := len(clipboard(a)); n != 0 {
		t.Errorf("an auditor copied %d things", n)
	}
}

// A saved view of the log is read for when it is taken; it never gives a line the page, which would open its records.
func TestViewsOfTheAuditLog(t *testing.T) {
	x := logged(t, "ada")
	d := x.look(120, 40, tuitest.Now()).Press("/").Type("act:report").Press("enter", "enter").Sees("Nothing was changed: somebody read this").SeesNot("▸").Press("L", "s").Type("Reports").Press("ctrl+d").Sees("View saved: Reports")
	d.Press("L", "0").Sees("child.join").Press("L").Sees("1  Reports  act:report").Press("1").Sees("1 match", "What it changed").SeesNot("child.join")
	d.Press("L", "b", "1").Sees("begins with Reports")
	x.look(120, 40, tuitest.Now()).Sees("1 match").SeesNot("child.join")
	if got := x.log(view.AuditFilter{By: "ada", Act: "opened"}); len(got) != 0 {
		t.Errorf("%d records were opened", len(got))
	}
	kept := map[string]string{"start": "all", "view all": `{"layout":"full","sort":"nonsense","hidden":["Who"]}`}
	if err := x.desk.KeepPreference(t.Context(), "views audit", kept); err != nil {
		t.Fatal(err)
	}
	x.look(120, 40, tuitest.Now()).Sees("Who", "child.join", "enter What it changed")
}

// The mouse goes to a line without opening a record; a second click opens it, and that is recorded. The wheel reads on.
func TestTheMouseInTheAuditLog(t *testing.T) {
	x := logged(t, "ada")
	d := x.sits("ada", 120, 40, func(o *tui.Options) { o.Mouse = true })
	d.Wheel(6, 8, true).Wheel(6, 8, false).ClickOn("child.edit").Sees("▸ 14:05 dee      child.edit")
	if got := x.log(view.AuditFilter{By: "ada", Act: "opened"}); len(got) != 0 {
		t.Errorf("a click opened %d records", len(got))
	}
	d.Click(18, cursorAt(d)).Click(18, cursorAt(d)).SeesNot("▸").Sees("nothing → Yoruba")
	if got := x.log(view.AuditFilter{By: "ada", Act: "opened"}); len(got) != 1 {
		t.Errorf("a second click opened %d records", len(got))
	}
}
