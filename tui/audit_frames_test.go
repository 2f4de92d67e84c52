package tui_test

import (
	"context"
	"testing"

	"homeward/domain"
	"homeward/tui"
	"homeward/tui/tuitest"
)

// logged is a team whose log has lines of every sort.
func logged(t testing.TB, login string) *team {
	t.Helper()
	x := aFew(t, login)
	x.do("dee", `{"act":"child.edit","child_ref":"K1","known_as":"Kay","child_phone":"07700 900333","language":"Yoruba"}`,
		`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	x.do("amira", `{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z","place":"Elm House","place_kind":"home","agreed_with_child":true}`, `{"act":"undo"}`)
	x.do("sam", `{"act":"child.join","keep":"K1","other":"K2","reason":"The same boy under two names"}`)
	if err := x.as("sam").Note(context.Background(), "report", "the weekly report, for the partnership: the meeting", 0); err != nil {
		t.Fatal(err)
	}
	if err := x.as("joe").Opened(context.Background(), domain.NewID(domain.KindChild, 1)); err != nil {
		t.Fatal(err)
	}
	return x
}

// The audit screen with nothing and with lines of every sort, at both sizes; masked; one line in full.
func TestAuditFrames(t *testing.T) {
	at := tuitest.Now()
	none := newTeam(t, "ada")
	none.look(120, 40, at).Sees("[Audit]", "Nothing was written yet.").Golden("audit-none-120x40")
	none.look(80, 24, at).Golden("audit-none-80x24")

	x := logged(t, "ada")
	x.look(120, 40, at).Sees("[Audit]", "Monday 23 November 2026", "opened", "report", "child.join").Golden("audit-120x40")
	x.look(80, 24, at).Press("j", "j").Golden("audit-80x24")
	x.look(120, 40, at).Press("j", "j", "m").SeesNot("Adeyemi", "Barker", "Kai", "Elm House", "two names").Golden("audit-masked-120x40").
		Press("enter").SeesNot("Adeyemi", "Barker", "Kai", "Elm House", "two names").Golden("audit-line-masked-120x40")
	x.look(120, 40, at).Press("/").Golden("audit-filter-hint-120x40").Type("act:child.edit").Press("enter", "enter").
		Sees("known as", "nothing → Kay", "phones 2").Golden("audit-line-120x40").Press("esc").Golden("audit-line-beside-120x40")
	x.look(80, 24, at).Press("/").Type("undo:yes").Press("enter").Sees("undone by", "takes back").Golden("audit-undo-80x24").
		Press("j", "enter").Golden("audit-line-80x24")
	x.look(80, 24, at).Press("/").Type("child:K77 colour:red since:soon").Press("enter").Golden("audit-filter-wrong-80x24")
	x.look(120, 40, at).Press("?").Golden("audit-help-120x40")
	x.look(60, 15, at).Golden("audit-narrowest-60x15")
	x.look(120, 40, at).Press("+").Golden("audit-list-120x40")
	made(t, 80, 24, "ada", func(o *tui.Options) { o.ASCII = true }).Golden("audit-ascii-80x24")
}
