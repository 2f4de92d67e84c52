package tui_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"homeward/domain"
	"homeward/tui"
	"homeward/tui/tuitest"
)

// child makes a child known by hand, back twenty hours ago, with the referral accepted and with somebody.
func (x *team) child(ref, family, to string) {
	x.t.Helper()
	at := func(d time.Duration) string { return tuitest.Now().Add(-d).Format(time.RFC3339) }
	x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"%s-1","child_ref":%q,"given_name":"Kai","family_name":%q,"dob":"2011-02-1%d","missing_from":"Elm House","child_phone":"07700 900111","carer_name":"Jo Moss","carer_phone":"07700 900222","missing_at":%q,"returned_at":%q,"notified_at":%q}`,
		ref, ref, family, len(ref+family)%10, at(30*time.Hour), at(20*time.Hour), at(19*time.Hour)))
	if to != "" {
		x.do("dee", fmt.Sprintf(`{"act":"referral.assign","referral":%q,"to":%q}`, x.referralOf(ref), to))
	}
}

// referralOf is the newest open referral of a child.
func (x *team) referralOf(child string) string {
	x.t.Helper()
	var q *view.Queue
	if err := x.desk.Ask(context.Background(), func(r domain.Reader) (err error) { q, err = view.ReadQueue(r); return err }); err != nil {
		x.t.Fatal(err)
	}
	for i := len(q.Rows) - 1; i >= 0; i-- {
		if q.Rows[i].Child.ShownRef() == child {
			return q.Rows[i].Referral.ID.String()
		}
	}
	x.t.Fatalf("%s has no referral in the queue", child)
	return ""
}

// owed adds follow-ups: kind, owner, due so long after the tests' now, text.
func (x *team) owed(child, kind, owner string, in time.Duration, text string) {
	x.t.Helper()
	due := ""
	if kind != "urgent" {
		due = fmt.Sprintf(`,"due_at":%q`, tuitest.Now().Add(in).Format(time.RFC3339))
	}
	x.do("dee", fmt.Sprintf(`{"act":"followup.add","child_ref":%q,"kind":%q,"owner":%q,"text":%q%s}`, child, kind, owner, text, due))
}

// aFew is a team with follow-ups in every part of the list, and a history.
func aFew(t testing.TB, login string) *team {
	x := newTeam(t, login)
	x.now = tuitest.Now
	x.child("K1", "Adeyemi", "amira")
	x.child("K2", "Barker", "joe")
	x.do("dee", `{"act":"child.edit","child_ref":"K1","warning":"Dog at the address","preferred_way":"text"}`)
	x.owed("K1", "child", "amira", -26*time.Hour, "See how he is at his aunt’s")
	x.owed("K1", "professional", "amira", 3*time.Hour, "Ring the head of year about the mornings")
	x.owed("K2", "service", "joe", 50*time.Hour, "Refer to the substance service")
	x.owed("K2", "risk_assessment", "joe", 9*24*time.Hour, "Review the risk assessment with the social worker")
	x.owed("K2", "urgent", "dee", 0, "He said a man called Dex waits outside school")
	x.owed("K1", "other", "amira", 20*time.Hour, "Bring the bus pass")
	x.do("amira", `{"act":"contact.log","followup":"F1","way":"text","with":"child","result":"no_answer"}`,
		`{"act":"followup.done","followup":"F6","found":"He has one already","next":"nothing"}`)
	return x
}

// The follow-ups screen with none, some and sixty, at both sizes and in every way of showing it.
func TestFollowUpFrames(t *testing.T) {
	at := tuitest.Now()
	none := newTeam(t, "dee")
	none.look(120, 40, at).Press("4").Sees("No follow-up is open.").Golden("followups-none-120x40")
	none.look(80, 24, at).Press("4").Golden("followups-none-80x24")

	few := aFew(t, "dee")
	few.look(120, 40, at).Press("4").Sees("Urgent 1", "Overdue 1", "Today 1", "This week 1", "Later 1", "Done and dropped 1").Golden("followups-few-120x40")
	few.look(80, 24, at).Press("4", "j").Golden("followups-few-80x24")
	few.look(120, 40, at).Press("4", "j", "m").SeesNot("Adeyemi", "aunt", "head of year", "900111").Golden("followups-masked-120x40")
	few.look(80, 24, at).Press("4", "j", "enter").Golden("followups-full-80x24")
	few.look(120, 40, at).Press("4", "j", "d").Type("Seen").Press("tab").Type("See him again").Press("tab").Type("Fri").Golden("followups-done-120x40")
	few.look(80, 24, at).Press("4", "j", "space", "space", "r").Type("+7").Golden("followups-redate-two-80x24")
	few.look(120, 40, at).Press("4", "?").Golden("followups-help-120x40")
	few.look(60, 15, at).Press("4").Golden("followups-narrowest-60x15")

	sixty := newTeam(t, "dee")
	sixty.now = tuitest.Now
	sixty.child("K1", "Adeyemi", "amira")
	sixty.child("K2", "Barker", "joe")
	for i := range 60 {
		sixty.owed(fmt.Sprintf("K%d", i%2+1), []string{"child", "professional", "service", "other"}[i%4], []string{"amira", "joe", "dee"}[i%3], time.Duration(i-20)*9*time.Hour, fmt.Sprintf("Number %d", i+1))
	}
	sixty.look(120, 40, at).Press("4").Sees("Overdue 2").Golden("followups-sixty-120x40")
	sixty.look(80, 24, at).Press("4", "G").Golden("followups-sixty-last-80x24")

	made(t, 80, 24, "dee", func(o *tui.Options) { o.ASCII = true }).Press("4").Golden("followups-ascii-80x24")
}

// My day with nothing, with something of every part, and with much, at both sizes.
func TestMyDayFrames(t *testing.T) {
	at := tuitest.Now()
	none := newTeam(t, "amira")
	none.look(120, 40, at).Sees("[My day]", "Nothing is before you today.").Golden("myday-none-120x40")
	none.look(80, 24, at).Golden("myday-none-80x24")

	full := aDay(t)
	full.look(120, 40, at).Sees("[My day]", "Urgent 1", "What became of it? 1", "Visits today 1", "Ring today 1", "Follow-ups due 2", "Notes to me 1", "Changed by others").Golden("myday-full-120x40")
	full.look(80, 24, at).Press("j", "j").Golden("myday-full-80x24")
	full.look(120, 40, at).Press("m").SeesNot("Adeyemi", "Dex", "aunt", "Elm House").Golden("myday-masked-120x40")
	made(t, 80, 24, "amira", func(o *tui.Options) { o.ASCII = true }).Golden("myday-ascii-80x24")

	much := newTeam(t, "amira")
	much.now = tuitest.Now
	much.child("K1", "Adeyemi", "amira")
	for i := range 60 {
		much.owed("K1", "other", "amira", -time.Duration(i)*time.Hour, fmt.Sprintf("Number %d", i+1))
	}
	much.look(120, 40, at).Sees("Follow-ups due 60").Golden("myday-sixty-120x40").Press("j")
	much.look(80, 24, at).Press("G").Golden("myday-sixty-last-80x24")
}

// aDay is a day of Amira's with something of everything.
func aDay(t testing.TB) *team {
	x := aFew(t, "amira")
	for i, name := range []string{"Clarke", "Dhillon", "Edwards", "Farah"} {
		x.child(fmt.Sprintf("K%d", i+3), name, "amira")
	}
	x.do("dee",
		`{"act":"referral.book","referral":"R3","when":"2026-11-23T13:00:00Z","place":"Elm House","agreed_with_child":true}`,
		`{"act":"referral.book","referral":"R4","when":"2026-11-23T16:30:00Z","place_kind":"school","agreed_with_child":true}`,
		`{"act":"contact.log","referral":"R5","way":"call","with":"carer","result":"asked_for_later","try_again_at":"2026-11-23T15:30:00Z"}`,
		`{"act":"referral.note","referral":"R5","to":"amira","text":"His carer asked for you by name"}`)
	x.do("amira", `{"act":"interview.held","referral":"R6","held_at":"2026-11-23T10:00:00Z","place_kind":"home","alone":"yes"}`)
	return x
}
