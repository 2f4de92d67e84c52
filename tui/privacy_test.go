package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/screens/record"
	"homeward/tui/screens/timeline"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// secretive is a team that wrote a secret into everything one can write into; secrets are all of them.
func secretive(t testing.TB, login string) (x *team, secrets []string) {
	t.Helper()
	x = newTeam(t, login)
	x.now = tuitest.Now
	secret := func(what string) string {
		s := "Zq" + what
		secrets = append(secrets, s)
		return s
	}
	at := func(h int) string { return tuitest.Now().Add(-time.Duration(h) * time.Hour).Format(time.RFC3339) }
	phone := "07700900999"
	secrets = append(secrets, phone)
	for i, k := range []struct{ ref, gone, back string }{{"K1", at(30), at(20)}, {"K1", at(60), at(50)}, {"K1", at(90), at(80)}, {"K2", at(30), at(20)}, {"K3", at(6), ""}} {
		back := ""
		if k.back != "" {
			back = fmt.Sprintf(`,"returned_at":%q,"found_at":%q`, k.back, secret("found"))
		}
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"P-%d","child_ref":%q,"given_name":%q,"family_name":%q,"dob":"2012-01-0%d","known_as":%q,"child_phone":%q,"carer_name":%q,"carer_phone":%q,"address":%q,"warning":%q,"placement":%q,"school":%q,"missing_from":%q,"referrer":%q,"social_worker":%q,"notes":%q,"prevention_interview":%q,"missing_at":%q%s}`,
			i, k.ref, secret("given"), secret("family"), i%3+1, secret("known"), phone, secret("carer"), phone, secret("address"), "Dog", secret("placement"), secret("school"),
			secret("from"), secret("referrer"), secret("worker"), secret("notes"), secret("police"), k.gone, back))
	}
	x.do("dee", `{"act":"referral.assign","referral":"R4","to":"amira"}`,
		fmt.Sprintf(`{"act":"child.edit","child_ref":"K1","do_not_contact":%q,"preferred_time":%q,"concerns":%q,"safety_plan":%q,"agencies":%q,"summary":%q,"manager":%q}`,
			"at night", secret("time"), secret("concerns"), secret("plan"), secret("agencies"), secret("summary"), secret("manager")),
		fmt.Sprintf(`{"act":"flag.set","episode":"P-0","flag":"harm","reason":%q}`, secret("flag")),
		fmt.Sprintf(`{"act":"contact.log","referral":"R4","way":"call","with":"child","result":"no_answer","note":%q}`, secret("attempt")),
		fmt.Sprintf(`{"act":"contact.log","referral":"R4","way":"call","with":"child","result":"no_answer","note":%q}`, secret("struck")),
		fmt.Sprintf(`{"act":"contact.strike","attempt":"A2","reason":%q}`, secret("strike")),
		fmt.Sprintf(`{"act":"referral.book","referral":"R4","when":"2026-11-23T13:00:00Z","place":%q}`, secret("bookedat")),
		fmt.Sprintf(`{"act":"referral.note","referral":"R4","to":"amira","text":%q}`, secret("note")),
		fmt.Sprintf(`{"act":"referral.accept","referral":"R1","responsible":"social_worker","who":%q,"chose":%q}`, secret("who"), secret("chose")),
		fmt.Sprintf(`{"act":"referral.chase","referral":"R1","whom":%q,"note":%q}`, secret("whom"), secret("chased")),
		fmt.Sprintf(`{"act":"cluster.accept","child_ref":"K1","episodes":["P-2","P-1","P-0"],"reason":%q}`, secret("together")),
		fmt.Sprintf(`{"act":"followup.add","child_ref":"K2","kind":"urgent","text":%q}`, secret("urgent")),
		fmt.Sprintf(`{"act":"followup.add","child_ref":"K2","kind":"service","owner":"amira","text":%q,"due_at":%q}`, secret("service"), at(-20)),
		fmt.Sprintf(`{"act":"followup.redate","followup":"F2","due_at":%q,"reason":%q}`, at(-10), secret("redate")),
		fmt.Sprintf(`{"act":"followup.add","child_ref":"K2","kind":"service","owner":"amira","text":%q,"due_at":%q}`, secret("done"), at(-20)),
		fmt.Sprintf(`{"act":"followup.done","followup":"F3","found":%q,"next":%q}`, secret("what"), secret("next")),
		fmt.Sprintf(`{"act":"followup.add","child_ref":"K2","kind":"service","owner":"amira","text":%q,"due_at":%q}`, secret("dropped"), at(-20)),
		fmt.Sprintf(`{"act":"followup.drop","followup":"F4","reason":%q}`, secret("drop")),
		fmt.Sprintf(`{"act":"referral.new","police_ref":"P-9","child_ref":"K9","given_name":%q,"family_name":%q,"missing_at":%q,"returned_at":%q}`, secret("given"), secret("family"), at(40), at(30)))
	r9 := x.referralOf("K9")
	x.do("dee", fmt.Sprintf(`{"act":"referral.not_required","referral":%q,"reason":"other","text":%q}`, r9, secret("unneeded")))
	x.do("amira", fmt.Sprintf(`{"act":"interview.save","referral":"R4","record":{"view":{"own_words":%q},"during":{"where":%q},"intelligence":{"places":[{"name":%q}],"people":[{"name":%q}]}}}`,
		secret("words"), secret("where"), secret("place"), secret("person")))
	return x, secrets
}

// everywhere opens the dashboard of somebody at every screen, or at some, and goes to every row there where it is to.
func (x *team) everywhere(login string, rowsToo bool, only string, change func(*tui.Options), look func(where string, d *tuitest.Driver)) {
	x.t.Helper()
	places := []frame.Place{{Screen: "queue"}, {Screen: "clusters"}, {Screen: "followups"}, {Screen: "myday"}, {Screen: "intake"},
		timeline.PlaceOf(domain.NewID(domain.KindChild, 1), 0), timeline.PlaceOf(domain.NewID(domain.KindChild, 2), 0), record.PlaceOf(domain.NewID(domain.KindReferral, 4))}
	if domain.MayAudit(x.as(login).Actor()) == nil {
		places = append(places, frame.Place{Screen: "audit"}, frame.Place{Screen: "review"})
	}
	for _, size := range [][2]int{{120, 80}, {80, 24}} {
		for _, place := range places {
			if !strings.Contains(only, place.Screen) && only != "" {
				continue
			}
			if x.leave != nil {
				x.leave()
			}
			me := x.as(login)
			d := tuitest.New(x.t, size[0], size[1], func(rt frame.Runtime) tea.Model {
				x.now = rt.Now
				o := tui.Options{Runtime: rt, Live: "local", Theme: "dark"}
				change(&o)
				m, err := tui.Build(me, &intake.Clerk{Desk: me, Folder: x.folder}, o)
				if err != nil {
					x.t.Fatal(err)
				}
				x.leave = m.Leave
				return m
			})
			d.Model().(*frame.Model).Session().Go(place)
			d.Send(frame.MinuteMsg{At: tuitest.Now()})
			where := fmt.Sprintf("%s at %dx%d", place.Screen, size[0], size[1])
			look(where, d)
			if !rowsToo {
				continue
			}
			switch place.Screen {
			case record.Name:
				for range 12 {
					look(where, d.Press("pgdown"))
				}
				continue
			case "intake":
				continue
			}
			// Folded groups are opened, and the rows counted; each is looked at in the list and in full.
			d.Press("g")
			rows, was := 0, ""
			for ; d.Frame() != was && rows < 100; rows++ {
				if strings.HasPrefix(cursorLine(x.t, d.Frame()), "▸▸") {
					d.Press("z")
				}
				look(where, d)
				was = d.Frame()
				d.Press("j")
			}
			if size[0] < 100 {
				rows = 0 // the page in full is the same
			}
			d.Press("g")
			for i := range rows {
				if i > 0 {
					d.Press("j")
				}
				if strings.HasPrefix(cursorLine(x.t, d.Frame()), "▸▾") {
					continue
				}
				look(where+", in full", d.Press("enter"))
				for range 2 {
					look(where+", in full", d.Press("pgdown"))
				}
				if d.Model().(*frame.Model).Place() != place {
					d.Press("[") // my day leads to other pages
				} else {
					d.Press("esc")
				}
			}
			if rows < 2 && size[0] > 100 && place.Screen != "clusters" {
				x.t.Errorf("%s has %d rows for %s", where, rows, login)
			}
		}
	}
}

// While names are masked nothing that was written of a child stands anywhere, on any screen, on any row: but the warnings,
// which whoever goes to a house must know.
func TestMaskedEverywhere(t *testing.T) {
	for login, only := range map[string]string{"amira": "myday record", "sam": ""} {
		x, secrets := secretive(t, login)
		leaks := map[string]bool{}
		x.everywhere(login, true, only, func(o *tui.Options) { o.MaskNames = true }, func(where string, d *tuitest.Driver) {
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

// Nor in what is told of one's own acts: toasts, the changes of today, the session as acts.
func TestMaskedInWhatOneDid(t *testing.T) {
	x, secrets := secretive(t, "dee")
	d := x.look(120, 40, tuitest.Now()).Press("m")
	d.Press("H").Sees("My changes of today", "followup done", "referral chase")
	for range 30 {
		d.SeesNot(secrets...).Press("j")
	}
	d.Press("esc", "u").Sees("ndo this?").SeesNot(secrets...).Press("enter").Sees("undo").SeesNot(secrets...) // of the newest change
	d.Press("@").Sees("names are masked: m shows them")
}

// The title of the terminal, which others see in their lists of windows, says nothing of a child.
func TestTheTitleOfTheTerminalSaysNothing(t *testing.T) {
	x, _ := secretive(t, "sam")
	x.everywhere("sam", false, "", func(*tui.Options) {}, func(where string, d *tuitest.Driver) {
		if title := d.Model().View().WindowTitle; title != "homeward" {
			t.Errorf("%s: %q", where, title)
		}
	})
}

// The lines of the log quote nothing that somebody typed, whatever they are about, and no filter finds it; what a line contains
// is opened (DOMAIN §12). So every act that quotes says so in its row of the table.
func TestALineOfTheLogQuotesNobody(t *testing.T) {
	x, secrets := secretive(t, "sam")
	x.do("amira", `{"act":"interview.held","referral":"R4","held_at":"2026-11-23T12:00:00Z","alone":"yes"}`,
		`{"act":"interview.correct_held","interview":"I1","interviewer":"Zqheld Zqby","reason":"Zqcorrect"}`,
		`{"act":"interview.share","interview":"I1","audience":"police","to":"Zqto","way":"Zqway","purpose":"Zqpurpose"}`,
		`{"act":"interview.unheld","interview":"I1","reason":"Zqunheld"}`, `{"act":"undo"}`, `{"act":"redo"}`, `{"act":"undo"}`)
	secrets = append(secrets, "Zqheld", "Zqcorrect", "Zqto", "Zqway", "Zqpurpose", "Zqunheld")
	q, n := view.AuditQuery{}, 0
	for more := true; more; {
		page, err := x.as("sam").AuditLog(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Lines {
			n++
			for _, s := range secrets {
				if strings.Contains(l.Summary, s) || l.Content != nil || l.Touched != nil || l.ActID != "" {
					t.Errorf("%s %s: %s", l.ID, l.Act, l.Summary)
				}
			}
		}
		q.From, more = page.Looked, page.More
	}
	for _, s := range secrets {
		page, err := x.as("sam").AuditLog(t.Context(), view.AuditQuery{AuditFilter: view.AuditFilter{Words: []string{s}, Masked: true}})
		if err != nil || len(page.Lines) > 0 {
			t.Errorf("%s is found: %v %v", s, page, err)
		}
	}
	if n < 30 {
		t.Errorf("%d lines", n)
	}
}

// Nor in any form, menu, palette, search, notice or refusal that leads there: not in titles, not in what is filled in or
// proposed, not in what is said when it fails. Nothing is decided on the way, so that every way is walked on the same records.
func TestMaskedInEveryFormAndMenu(t *testing.T) {
	longWalk(t)
	x, _ := secretive(t, "sam")
	leaks := map[string]bool{}
	ways := 0
	w := &formWalk{t: t, x: x, met: map[string]bool{}, seen: map[string]bool{}, masked: true}
	check := func(way string) {
		ways++
		f := w.d.Frame()
		for _, s := range []string{"Zqgiven", "Zqfamily", "Zqknown"} {
			at := strings.Index(f, s)
			if leak := way + s; at >= 0 && !leaks[leak] {
				leaks[leak] = true
				line := f[strings.LastIndexByte(f[:at], '\n')+1:]
				line, _, _ = strings.Cut(line, "\n")
				t.Errorf("%s reads %s: %s", way, s, strings.TrimSpace(line))
			}
		}
	}
	w.eye = check
	w.look = func(w *formWalk, way string, open func() *widgets.Form) {
		f := open()
		for _, x := range f.Fields() { // hints and proposals stand beside the field one is on
			if f.Go(x.ID) {
				w.d.Press("down")
				check(way + ", " + x.Label)
			}
		}
		w.d.Press("ctrl+d")
		check(way + ", sent and refused")
	}
	for _, p := range []struct{ login, screens string }{{"dee", "queue followups clusters myday"}, {"sam", "queue review audit"}, {"amira", "myday"}} {
		for _, screen := range strings.Fields(p.screens) {
			w.rows(p.login, frame.Place{Screen: screen}, 3)
		}
		w.rows(p.login, timeline.PlaceOf(domain.NewID(domain.KindChild, 2), 0), 2)
	}
	w.rows("amira", frame.Place{Screen: "record", ID: "R4"}, 1)
	w.at("dee", frame.Place{Screen: "queue"})
	for _, keys := range [][]string{{"ctrl+f"}, {"H"}, {"?"}, {"ctrl+t"}, {"@"}, {"W"}} {
		w.d.Press(keys...)
		check(fmt.Sprint(keys))
		if keys[0] == "ctrl+f" {
			w.d.Type("zqgiven")
			check("a search by the name")
			w.d.Press("down", "enter")
			check("what was found")
		}
		for range 3 {
			w.d.Press("esc")
		}
	}
	if ways < 200 || len(w.met) < 10 {
		t.Errorf("%d frames, %d forms", ways, len(w.met))
	}
}
