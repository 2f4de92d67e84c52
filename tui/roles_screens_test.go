package tui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/screens/timeline"
	"homeward/tui/tuitest"
)

// cellsOf are DOMAIN §12's cells for the keys of the screens, typed out: coordinator, practitioner on their own,
// practitioner on somebody else's, supervisor, auditor; y may, - may not. An action that is in no cell only reads.
const cellsOf = `
queue.pass_on yyyy- | queue.return yyyy- | queue.accept y--y- | queue.accept_as y--y- | queue.contact yyyy- | queue.book yy-y-
queue.held -y-y- | queue.missed yy-y- | queue.sign_off ---y- | queue.assign y--y- | queue.not_required y--y- | queue.chase yy-y-
queue.close yy-y- | queue.duplicate y--y- | queue.seen yyyy- | queue.late yy-y- | queue.flag y--y- | queue.reopen y--y-
queue.note yyyy- | queue.edit_child yyyy- | queue.edit_episode yyyy- | queue.strike yyyy- | queue.restrict ---y- | queue.choice yyyy- | queue.responsible y--y- | queue.front_door yy-y-
queue.carer_told yyyy- | queue.unheld -y-y- | queue.correct_held -y-y- | queue.confirm y--y- | queue.move y--y- | timeline.confirm y--y- | timeline.move y--y- | timeline.carer_told yyyy- | timeline.lives y--y-
queue.end_episode y--y- | queue.died y--y-
followups.pass_on yyyy- | followups.done yy-y- | followups.redate yy-y- | followups.drop yy-y- | followups.contact yyyy- | followups.add yyyy-
clusters.add y--y- | clusters.accept y--y- | clusters.dismiss y--y- | clusters.leave_out y--y- | clusters.break_up y--y-
record.write -y-y- | record.held -y-y- | record.submit -y-y- | record.approve ---y- | record.send_back ---y- | record.share yy-y- | record.late yy-y- | record.correct_held -y-y- | record.unheld -y-y-
timeline.reopen y--y- | timeline.edit_episode yyyy-
myday.contact yyyy-
queue.copy yyyy- | clusters.copy yyyy- | followups.copy yyyy- | myday.copy yyyy- | timeline.copy yyyy- | review.copy ---y- | audit.copy ---y-
intake.take y--y- | intake.mend y--y- | intake.take_back y--y-
work.new_referral y--y- | work.urgent yyyy- | work.followup yyyy- | work.undo yyyy- | work.redo yyyy- | work.caseload y--y- | work.intake y--y- | work.audit ---yy | work.reset_lock ---y-
work.review ---yy | work.answer yyyy- | review.ask ---y- | review.late ---y- | review.assign ---y- | review.sign_off ---y- | review.send_back ---y- | review.answer ---y-
`

// readers are the actions that decide nothing: they show, go, or arrange what one sees.
const readers = `
queue.same queue.cluster queue.record queue.open queue.filter queue.timeline queue.sort queue.layout queue.clear
followups.everyone followups.record followups.open followups.timeline followups.row followups.filter followups.sort followups.layout followups.clear
clusters.choose clusters.open clusters.timeline clusters.queue clusters.filter clusters.sort clusters.layout clusters.clear
record.followups record.versions record.timeline record.row record.back record.next_section record.previous_section record.layout
myday.go myday.row myday.record myday.timeline myday.seen
intake.open intake.file intake.back intake.child intake.sheet
audit.open audit.filter audit.timeline audit.child audit.person audit.newest audit.layout audit.clear
review.open review.count review.left review.right review.row review.record review.timeline review.filter review.sort review.layout review.clear
work.find work.drafts work.my_day work.followups work.history work.here work.acts work.mask work.theme work.theme_menu
queue.views queue.save_view queue.columns clusters.views clusters.save_view followups.views followups.save_view review.views review.save_view audit.views audit.save_view
`

// handled is a team with a referral in every stage, Amira's but R2 (Joe's) and R3 (nobody's), follow-ups of both, a cluster.
func handled(t testing.TB) *team {
	t.Helper()
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	for i := range 9 { // R1 to R9, K1 to K9
		to := "amira"
		switch i {
		case 1:
			to = "joe"
		case 2:
			to = ""
		}
		x.child(fmt.Sprintf("K%d", i+1), fmt.Sprintf("Family%d", i+1), to)
	}
	x.do("dee", `{"act":"referral.book","referral":"R4","when":"2026-11-24T10:00:00Z"}`,
		`{"act":"referral.accept","referral":"R8","responsible":"social_worker","who":"Jo"}`,
		`{"act":"referral.not_required","referral":"R7","reason":"other","text":"x"}`,
		`{"act":"referral.close","referral":"R9","as":"withdrawn","text":"x"}`)
	for _, who := range []string{"dee", "amira", "joe", "sam"} {
		x.do(who, `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer"}`)
	}
	x.do("amira", `{"act":"interview.held","referral":"R5","held_at":"2026-11-23T10:00:00Z"}`, `{"act":"interview.held","referral":"R6","held_at":"2026-11-23T10:00:00Z","alone":"yes"}`,
		`{"act":"interview.save","referral":"R6","record":{"confidentiality":{"explained":"yes"},"view":{"own_words":"x"},"judgement":{"likelihood":"low"}}}`, `{"act":"interview.submit","interview":"I2"}`)
	x.owed("K1", "service", "amira", 3*time.Hour, "hers")
	x.owed("K2", "service", "joe", 3*time.Hour, "his")
	x.owed("K1", "urgent", "dee", 0, "said something")
	at := func(h int) string { return tuitest.Now().Add(-time.Duration(h) * time.Hour).Format(time.RFC3339) }
	x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"gone-1","child_ref":"K50","given_name":"Zoe","family_name":"Away","missing_at":%q}`, at(5)))
	for i := range 3 {
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"thrice-%d","child_ref":"K60","given_name":"Tom","family_name":"Thrice","missing_at":%q,"returned_at":%q}`, i, at(80-20*i), at(70-20*i)))
	}
	for i := range 3 {
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"again-%d","child_ref":"K61","given_name":"Una","family_name":"Again","missing_at":%q,"returned_at":%q}`, i, at(90-20*i), at(80-20*i)))
	}
	x.do("dee", `{"act":"cluster.accept","child_ref":"K61","episodes":["again-0","again-1","again-2"]}`)
	x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"late-1","child_ref":"K62","given_name":"Val","family_name":"Late","missing_at":%q,"returned_at":%q}`, at(200), at(190)))
	x.do("dee", fmt.Sprintf(`{"act":"referral.assign","referral":%q,"to":"amira"}`, x.referralOf("K62")))
	return x
}

// serviceOf is the follow-up of a person that was written down by hand.
func (x *team) serviceOf(owner string) (id string) {
	x.t.Helper()
	err := x.desk.Ask(x.t.Context(), func(r domain.Reader) error {
		rows, err := view.ReadFollowUps(r)
		for _, f := range rows {
			if f.FollowUp.Owner == owner && (f.FollowUp.Kind == "service" || f.FollowUp.Kind == domain.FollowUrgent) {
				id = f.FollowUp.ID.String()
			}
		}
		return err
	})
	if err != nil || id == "" {
		x.t.Fatal(owner, err)
	}
	return id
}

// onRow opens somebody's queue on the row that a filter leaves, of a child.
func (x *team) onRow(login, filter, child string) *tuitest.Driver {
	x.t.Helper()
	d := x.at(login, frame.Place{Screen: "queue"})
	d.Press("/").Type(filter).Press("enter", "g")
	for range 6 {
		switch line := cursorLine(x.t, d.Frame()); {
		case strings.HasPrefix(line, "▸▸"):
			d.Press("z") // a folded group
		case strings.Contains(line, child):
			return d
		}
		d.Press("j")
	}
	x.t.Fatalf("%s: no row of %s under the cursor:\n%s", filter, child, d.Frame())
	return nil
}

// at opens the dashboard of somebody at a place.
func (x *team) at(login string, place frame.Place) *tuitest.Driver {
	x.t.Helper()
	if x.leave != nil {
		x.leave()
	}
	me := x.as(login)
	d := tuitest.New(x.t, 120, 40, func(rt frame.Runtime) tea.Model {
		x.now = rt.Now
		m, err := tui.Build(me, &intake.Clerk{Desk: me, Folder: x.folder}, tui.Options{Runtime: rt, Live: "local", Theme: "dark"})
		if err != nil {
			x.t.Fatal(err)
		}
		x.leave = m.Leave
		return m
	})
	d.Model().(*frame.Model).Session().Go(place)
	return d.Send(frame.MinuteMsg{At: tuitest.Now()})
}

// Every key of every screen, for every role, on one's own and on others': what DOMAIN §12 does not allow is disabled and says
// why; what it allows can be done somewhere. No key is in neither table.
func TestEveryKeyKnowsItsRole(t *testing.T) {
	x := handled(t)
	cells := map[string]string{}
	for part := range strings.FieldsFuncSeq(cellsOf, func(r rune) bool { return r == '|' || r == '\n' }) {
		if f := strings.Fields(part); len(f) == 2 {
			cells[f[0]] = f[1]
		}
	}
	reads := map[string]bool{}
	for _, id := range strings.Fields(readers) {
		reads[id] = true
	}
	done := map[string]bool{} // "action role" that could be done somewhere
	look := func(d *tuitest.Driver, where, login, owner string) {
		role := x.as(login).Actor().Role
		column := map[domain.Role]int{domain.Coordinator: 0, domain.Practitioner: 2, domain.Supervisor: 3, domain.Auditor: 4}[role]
		if role == domain.Practitioner && owner == login {
			column = 1
		}
		for _, a := range d.Model().(*frame.Model).Actions() {
			why := ""
			if a.Disabled != nil {
				why = a.Disabled()
			}
			cell, known := cells[a.ID]
			switch {
			case strings.HasPrefix(a.ID, "app.") || strings.HasPrefix(a.ID, "timeline.") && !known || reads[a.ID]:
			case !known:
				t.Errorf("%s: %s is in no table", where, a.ID)
			case cell[column] == 'y' && why == "":
				done[a.ID+" "+string(role)] = true
			case cell[column] == '-' && why == "" && !(a.ID == "queue.assign" && role == domain.Practitioner && owner == ""):
				t.Errorf("%s, %s, %s: %s can be pressed and would be refused", where, login, role, a.ID)
			}
		}
	}
	owners := map[string]string{"R1": "amira", "R2": "joe", "R3": "", "R4": "amira", "R5": "amira", "R6": "amira", "R7": "amira", "R8": "amira"}
	round := func(logins ...string) {
		for _, login := range logins {
			for r, owner := range owners {
				n := strings.TrimPrefix(r, "R")
				look(x.onRow(login, "child:K"+n+" ref:"+r, "Family"+n), "queue "+r, login, owner)
				look(x.at(login, frame.Place{Screen: "record", ID: r}), "record "+r, login, owner)
			}
			look(x.onRow(login, "group:urgent", "Family1"), "an urgent note", login, "-")
			look(x.onRow(login, "child:K50", "Away"), "a missing child", login, "-")
			late := x.onRow(login, "child:K62", "Late")
			look(late, "a late one", login, "amira")
			look(late.Press("R"), "the record of a late one", login, "amira")
			look(x.onRow(login, "child:K60", "Thrice"), "one of three", login, "")
			for _, owner := range []string{"amira", "joe"} {
				look(x.at(login, frame.Place{Screen: "followups", ID: x.serviceOf(owner)}), "a follow-up of "+owner, login, owner)
			}
			look(x.at(login, frame.Place{Screen: "followups", ID: x.serviceOf("dee")}), "an urgent follow-up", login, login) // anybody passes it on
			d := x.at(login, frame.Place{Screen: "clusters"})
			look(d, "a suggestion", login, "-")
			look(d.Press("G"), "a cluster", login, "-")
			look(x.at(login, timeline.PlaceOf(domain.NewID(domain.KindChild, 9), 0)), "timeline", login, "-")
			look(x.at(login, frame.Place{Screen: "myday"}), "my day", login, "-")
			look(x.at(login, frame.Place{Screen: "intake"}), "intake", login, "-")
			look(x.at(login, frame.Place{Screen: "audit"}), "audit", login, "-")
			if domain.MayReview(x.as(login).Actor()) == nil {
				review := x.at(login, frame.Place{Screen: "review"})
				for range 40 {
					look(review, "review", login, "-")
					review.Press("j")
				}
			}
		}
	}
	round("dee", "amira", "joe", "sam", "ada")
	elsewhere := strings.Fields("clusters.add queue.confirm timeline.confirm timeline.lives queue.seen queue.reopen intake.take intake.mend work.answer review.answer") // where they can be done is told in stories
	for id, cell := range cells {
		for i, role := range []domain.Role{domain.Coordinator, domain.Practitioner, "", domain.Supervisor, domain.Auditor} {
			if role != "" && cell[i] == 'y' && !done[id+" "+string(role)] && !slices.Contains(elsewhere, id) {
				t.Errorf("%s was nowhere to be done by a %s", id, role)
			}
		}
	}
}
