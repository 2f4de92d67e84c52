package store

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"homeward/domain"
)

// recording draws decisions about the interviews of few children, and what follows from them.
type recording struct{ *deciding }

// team are a coordinator, a practitioner, and two supervisors, of whom one may sign off what the other did.
func team() []domain.Actor {
	return []domain.Actor{dee(), sam(), {Login: "pia", Name: "Pia Lund", Role: domain.Practitioner, OSUser: "pia"},
		{Login: "tom", Name: "Tom Adeyemi", Role: domain.Supervisor, OSUser: "tom"}}
}

// TestInterviewsThroughTheStore takes random decisions from the first word written to what was shared and dropped, several in a
// transaction, over clusters and single episodes, with undos and joins between, and demands after each transaction that a
// check finds nothing.
func TestInterviewsThroughTheStore(t *testing.T) {
	dir := t.TempDir()
	run, done := 0, map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		run++
		d := recording{&deciding{rt: rt, now: noon(), done: done, team: team()}}
		o := testOptions()
		o.Settings.Users = nil
		for _, a := range d.team {
			o.Settings.Users = append(o.Settings.Users, domain.User{Login: a.Login, Name: a.Name, Role: a.Role})
		}
		o.Clock = func() time.Time { return d.now }
		path := filepath.Join(dir, fmt.Sprintf("%d.db", run))
		s, err := Open(path, o)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		anyDecision(s)
		d.s = s
		for n := 1; n <= 5; n++ {
			d.take(1, func() string { return d.episode(1 + n%4/3) })
		}
		d.take(1, func() string { return d.onSuggestion("cluster.accept") })
		for i := range rapid.IntRange(5, 25).Draw(rt, "transactions") {
			d.now = d.now.Add(time.Duration(rapid.IntRange(1, 20).Draw(rt, "hours")) * time.Hour)
			d.take(rapid.IntRange(1, 3).Draw(rt, "acts"), d.next)
			if f := checkOpen(rt, s); len(f) > 0 {
				rt.Fatalf("check: %v", f)
			}
			if i%10 == 9 {
				_ = s.Close()
				if s, err = Open(path, o); err != nil {
					rt.Fatal(err)
				}
				anyDecision(s)
				d.s = s
			}
		}
	})
	t.Logf("done: %v", done)
	if testing.Short() {
		return // too few runs to say so
	}
	for _, name := range []string{"interview.save", "interview.held", "interview.submit", "interview.share", "followup.add", "followup.redate", "referral.assign", "undo"} {
		if done[name] == 0 {
			t.Errorf("%s was never done", name)
		}
	}
}

func (d recording) next() string {
	f := fmt.Sprintf("F%d", rapid.IntRange(1, 8).Draw(d.rt, "follow-up"))
	switch rapid.IntRange(0, 30).Draw(d.rt, "recording") {
	case 1, 25, 26:
		return d.merge()
	case 27, 28:
		return d.save(fmt.Sprintf("R%d", d.number(d.episodes, "referral")), false)
	case 2, 29, 30:
		return fmt.Sprintf(`{"act":"undo","of":"X%d"}`, rapid.IntRange(8, 40).Draw(d.rt, "change"))
	case 24, 12, 13:
		return d.any()
	case 23, 4, 5:
		return d.save(fmt.Sprintf("R%d", d.number(d.episodes, "referral")), false)
	case 6:
		return fmt.Sprintf(`{"act":"interview.held","referral":"R%d","held_at":"%s"}`, d.number(d.episodes, "referral"), d.time(0))
	case 7:
		return fmt.Sprintf(`{"act":"followup.redate","followup":"%s","due_at":"%s","reason":"away"}`, f, d.time(-rapid.IntRange(1, 200).Draw(d.rt, "later")))
	case 8:
		return fmt.Sprintf(`{"act":"followup.drop","followup":"%s","reason":"not wanted"}`, f)
	case 9:
		return fmt.Sprintf(`{"act":"followup.done","followup":"%s","found":"well"}`, f)
	case 10:
		to := rapid.SampledFrom([]string{"dee", "pia", "sam"}).Draw(d.rt, "to")
		return fmt.Sprintf(`{"act":"referral.assign","referral":"R%d","to":"%s"}`, d.number(d.episodes, "referral"), to)
	case 3, 11, 20, 22:
		return `{"act":"undo"}`
	}
	return d.goOn()
}

// goOn does what comes next for one of the interviews there are.
func (d recording) goOn() string {
	var all []*domain.Interview
	refs := map[domain.ID]string{}
	if err := d.s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		for _, n := range []uint64{1, 2, 3} {
			list, err := r.InterviewsOf(domain.NewID(domain.KindChild, n))
			if err != nil {
				return err
			}
			for _, v := range list {
				c, err := r.Child(v.Child)
				if err != nil {
					return err
				}
				refs[v.Child], all = c.ShownRef(), append(all, v)
			}
		}
		return nil
	}); err != nil {
		d.rt.Fatal(err)
	}
	if len(all) == 0 {
		return ""
	}
	v := all[rapid.IntRange(0, len(all)-1).Draw(d.rt, "interview")]
	ref := rapid.SampledFrom(v.Referrals).Draw(d.rt, "referral")
	switch rapid.IntRange(0, 7).Draw(d.rt, "beside") {
	case 6, 7:
		to := rapid.SampledFrom([]string{"social_worker", "social_worker", "police"}).Draw(d.rt, "audience")
		return fmt.Sprintf(`{"act":"interview.share","interview":"%s","audience":"%s","to":"J. Cole","way":"by hand","purpose":"plan"}`, v.ID, to)
	case 5:
		return fmt.Sprintf(`{"act":"followup.add","child_ref":"%s","kind":"support","text":"ring","interview":"%s"}`, refs[v.Child], v.ID)
	}
	for _, a := range d.team { // somebody who may
		if a.Role == domain.Supervisor && a.Login != v.Owner && a.Login != v.Interviewer && a.Login != v.SubmittedBy {
			d.by = a
		}
	}
	switch {
	case v.HeldAt == 0:
		return fmt.Sprintf(`{"act":"interview.held","referral":"%s","held_at":"%s"}`, ref, d.time(0))
	case v.SubmittedAt == 0 && v.Missing() != nil:
		return d.save(ref.String(), true)
	case v.SubmittedAt == 0:
		return fmt.Sprintf(`{"act":"interview.submit","interview":"%s"}`, v.ID)
	case rapid.IntRange(0, 2).Draw(d.rt, "back") == 1:
		return fmt.Sprintf(`{"act":"interview.send_back","interview":"%s","comment":"say more"}`, v.ID)
	}
	return fmt.Sprintf(`{"act":"interview.approve","interview":"%s"}`, v.ID)
}

// merge makes one of two things that are noted, or of what may not be one.
func (d recording) merge() string {
	var rows []view.NotedRow
	if err := d.s.Desk(dee()).Ask(ctx, func(r domain.Reader) (err error) {
		rows, err = view.ReadNoted(r)
		return err
	}); err != nil {
		d.rt.Fatal(err)
	}
	if len(rows) < 2 {
		return ""
	}
	d.by = rapid.SampledFrom([]domain.Actor{dee(), sam()}).Draw(d.rt, "merges")
	one := func() domain.ID { return rows[rapid.IntRange(0, len(rows)-1).Draw(d.rt, "noted")].Noted.ID }
	return fmt.Sprintf(`{"act":"intelligence.merge","keep":"%s","other":"%s","reason":"the same"}`, one(), one())
}

// save writes some answers, sometimes one for a single episode, or all that are required.
func (d recording) save(referral string, all bool) string {
	word := rapid.SampledFrom([]string{"", "home", "not sure", "\n"}).Draw(d.rt, "word")
	record := map[string]any{"view": map[string]any{"wants": word}}
	switch {
	case all || rapid.IntRange(0, 2).Draw(d.rt, "all") == 0:
		return fmt.Sprintf(`{"act":"interview.save","referral":"%s","record":%s}`, referral, required())
	case rapid.Bool().Draw(d.rt, "places"):
		name := func() string {
			return rapid.SampledFrom([]string{"", "Canal", "the  CANAL", "canal!", "Pier"}).Draw(d.rt, "name")
		}
		record["intelligence"] = map[string]any{"places": []map[string]string{{"name": name(), "about": "x"}, {"name": name(), "address": "Quay St"}},
			"people": []map[string]string{{"name": name()}}, "things": []map[string]string{{"kind": "phone", "name": "07700 900123"}}}
	default:
		record["episodes"] = map[string]any{fmt.Sprintf("E%d", d.number(d.episodes, "episode")): map[string]any{"during": map[string]any{"where": word}}}
	}
	b, _ := json.Marshal(map[string]any{"act": "interview.save", "referral": referral, "record": record})
	return string(b)
}

// required answers all that a record is not submitted without, and has a plan that raises follow-ups.
func required() string {
	record := map[string]map[string]any{}
	for _, sec := range domain.Sections() {
		for _, f := range sec.Fields {
			if f.Asked {
				if record[sec.Name] == nil {
					record[sec.Name] = map[string]any{}
				}
				record[sec.Name][f.Name] = domain.NotAsked
			}
		}
	}
	record["plan"] = map[string]any{"support": "accepted", "strategy": "yes", "actions": []map[string]string{{"kind": "service", "text": "a group"}}}
	record["intelligence"] = map[string]any{"places": []map[string]string{{"name": "Canal", "about": "at night"}}}
	b, _ := json.Marshal(record)
	return string(b)
}

// TestInterviewOverACluster goes through an interview from the first word to done, held for three episodes together, and demands
// after each step that a check finds nothing; in between the file is closed and opened again.
func TestInterviewOverACluster(t *testing.T) {
	now := noon()
	o := testOptions()
	o.Clock = func() time.Time { return now }
	o.Settings.Users = nil
	for _, a := range team() {
		o.Settings.Users = append(o.Settings.Users, domain.User{Login: a.Login, Name: a.Name, Role: a.Role})
	}
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	returns(t, s.Desk(dee()), "LCS1", 3)
	pia, tom := team()[2], team()[3]
	for i, step := range []struct {
		by   domain.Actor
		line string
		open int // follow-ups, after it
	}{
		{dee(), `{"act":"cluster.accept","child_ref":"LCS1","episodes":["LCS1-1","LCS1-2","LCS1-3"]}`, 0},
		{dee(), `{"act":"referral.assign","referral":"R2","to":"pia"}`, 0},
		{pia, `{"act":"interview.save","referral":"R2","record":{"view":{"wants":"home"},"episodes":{"E3":{"during":{"where":"the canal"}}}}}`, 0},
		{sam(), `{"act":"interview.save","referral":"R3","record":{"view":{"trigger":"still there"}}}`, 0},
		{sam(), `{"act":"undo"}`, 0},
		{pia, `{"act":"interview.held","referral":"R2","held_at":"2026-11-22T13:30:00Z"}`, 2},
		{pia, `{"act":"undo"}`, 0},
		{pia, `{"act":"interview.held","referral":"R3","held_at":"2026-11-22T13:30:00Z"}`, 2},
		{pia, `{"act":"interview.save","referral":"R1","record":` + required() + `}`, 2},
		{pia, `{"act":"interview.submit","interview":"I1"}`, 8},
		{sam(), `{"act":"interview.send_back","interview":"I1","comment":"say more"}`, 8},
		{pia, `{"act":"interview.save","referral":"R2","record":{"view":{"wants":"home, and her dog"}}}`, 8},
		{dee(), `{"act":"referral.assign","referral":"R2","to":"tom"}`, 8},
		{tom, `{"act":"interview.submit","interview":"I1"}`, 8},
		{sam(), `{"act":"interview.approve","interview":"I1","comment":"good"}`, 8},
		{sam(), `{"act":"undo"}`, 8},
		{sam(), `{"act":"interview.approve","interview":"I1"}`, 8},
		{tom, `{"act":"interview.share","interview":"I1","audience":"police","to":"DC Ali","way":"secure mail","purpose":"intelligence"}`, 8},
		{sam(), `{"act":"followup.redate","followup":"F4","due_at":"2026-12-24T12:00:00Z","reason":"worker away"}`, 8},
		{sam(), `{"act":"followup.drop","followup":"F4","reason":"the case is closed"}`, 7},
		{sam(), `{"act":"undo"}`, 8},
		{tom, `{"act":"interview.share","interview":"I1","audience":"social_worker","to":"J. Cole","way":"by hand","purpose":"plan"}`, 7},
		{sam(), `{"act":"followup.drop","followup":"F3","reason":"moved away"}`, 6},
		{sam(), `{"act":"followup.done","followup":"F5","found":"it is there"}`, 5},
	} {
		now = now.Add(2 * time.Hour)
		did(t, s.Desk(step.by), "%s", step.line)
		if f := checkOpen(t, s); len(f) > 0 {
			t.Fatalf("after %s: %v", step.line, f)
		}
		if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
			open, err := r.OpenFollowUps()
			if len(open) != step.open {
				t.Errorf("after %s: %d follow-ups are open, should be %d", step.line, len(open), step.open)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if i%4 == 3 {
			_ = s.Close()
			s = opens(t, s.path, o)
		}
	}
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		for _, c := range []struct {
			since time.Time
			want  string
		}{{noon(), "[F5 F3 F4]"}, {now.Add(-2 * time.Hour), "[F5 F3]"}, {now.Add(time.Second), "[]"}} {
			got, err := r.EndedFollowUps(domain.At(c.since))
			if err != nil || fmt.Sprint(got) != c.want {
				t.Errorf("ended since %s: %v, should be %s (%v)", c.since, got, c.want, err)
			}
		}
		v, err := r.Interview(domain.NewID(domain.KindInterview, 1))
		if err != nil {
			return err
		}
		if len(v.Versions) != 2 || len(v.Comments) != 2 || len(v.Shares) != 2 || len(v.Referrals) != 3 || v.Owner != "tom" {
			t.Errorf("the record: %+v", v)
		}
		if v.Versions[0].Sheet.Get("", "view", "wants").Text != "home" || v.Sheet.Get("", "view", "wants").Text != "home, and her dog" {
			t.Error("a version is not as it was submitted")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	clean(t, s)
}
