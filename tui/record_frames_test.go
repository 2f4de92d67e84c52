package tui_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// four is a child with four episodes in one cluster, with Amira, and the record of their one interview half written: the
// second episode was another way to go.
func four(t *testing.T) *team {
	x := newTeam(t, "amira")
	for i, day := range []int{12, 14, 17, 20} {
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"MP-%d","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_from":"Beacon Lodge","missing_at":"2026-11-%d 18:00","returned_at":"2026-11-%d 02:00","notes":"Said to be with friends %d"}`, i+1, day, day+1, i+1))
	}
	x.do("dee", `{"act":"cluster.accept","child_ref":"K1","episodes":["MP-1","MP-2","MP-3","MP-4"]}`, `{"act":"referral.accept","referral":"R1","responsible":"team"}`,
		`{"act":"referral.assign","referral":"R1","to":"amira"}`, `{"act":"referral.book","referral":"R1","when":"2026-11-23T15:00:00Z","place":"school","place_kind":"school"}`)
	x.do("amira", `{"act":"interview.save","referral":"R1","record":{"before":{"first_time":"no","alone":"with_others","persuaded":"Two older boys.","push":["conflict_at_home","other: the row about the phone"]},
		"during":{"where":"The arches, and a flat in Canal Street.\nHe did not want to say whose.","help":"did_not_want_to_say"},"view":{"own_words":"I just want somebody to ask me first."},
		"intelligence":{"places":[{"name":"The arches","address":"Canal Street"}],"people":[{"name":"“Dex”","about":"drives a grey Corsa"}]},"episodes":{"E2":{"before":{"alone":"alone","push":["bullying"]}}}}}`)
	return x
}

// The record to read and to write, at both sizes: nothing yet, half of it, four episodes of which one differs.
func TestRecordFrames(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	open := func(x *team, w, h int, ascii bool) *tuitest.Driver {
		return tuitest.New(t, w, h, func(rt frame.Runtime) tea.Model {
			now := rt.Now
			x.now = now
			rt.Now = func() time.Time { return now().In(domain.London()) }
			x.desk.Leave() // the one opened before
			m, err := tui.Build(x.desk, &intake.Clerk{Desk: x.desk, Folder: x.folder}, tui.Options{Runtime: rt, Live: "local", Theme: "dark", ASCII: ascii})
			if err != nil {
				t.Fatal(err)
			}
			return m
		}).At(at).Press("1")
	}
	for _, size := range []struct {
		name string
		w, h int
	}{{"120x40", 120, 40}, {"80x24", 80, 24}} {
		x := one(t, "amira")
		open(x, size.w, size.h, false).Press("}", "j", "R").Golden("record-read-empty-" + size.name).Press("e").Golden("record-write-empty-" + size.name)
		x = four(t)
		d := open(x, size.w, size.h, false).Press("/").Type("who:amira").Press("enter", "j", "R").Golden("record-read-" + size.name)
		d.Press("e", "ctrl+n", "ctrl+n").Sees("For [all]").Golden("record-write-all-" + size.name)
		d.Press("tab", "ctrl+t", "ctrl+t").Sees("[E2").Golden("record-write-one-" + size.name)
		d.Press("ctrl+n", "tab", "tab", "tab", "ctrl+t", "ctrl+t", "ctrl+t").Type("He walked.").Golden("record-write-text-" + size.name)
		d.Press("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "tab", "tab", "tab").Golden("record-write-rows-" + size.name)
	}
	x := four(t)
	open(x, 120, 40, false).Press("/").Type("who:amira").Press("enter", "j", "R", "m").SeesNot("Adeyemi", "arches", "Corsa", "row about").Golden("record-masked").Press("e").Sees("names are masked")
	open(x, 80, 24, true).Press("/").Type("who:amira").Press("enter", "j", "R", "e", "ctrl+n", "ctrl+n").Golden("record-ascii")
	open(x, 60, 15, false).Press("/").Type("who:amira").Press("enter", "j", "R", "e", "ctrl+n", "ctrl+n", "tab", "tab").Golden("record-narrowest")
}
