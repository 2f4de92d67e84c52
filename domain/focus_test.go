package domain_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// kin is a world with one child and others beside it.
func kin(t *testing.T, s *domain.Settings, now time.Time, rows ...string) *domain.Sandbox {
	t.Helper()
	w := domain.NewSandbox(domain.EmptyReader{Time: now, Who: domain.Actor{Login: "dee", Role: domain.Supervisor}, Config: s})
	for _, line := range rows {
		e, err := domain.ParseAct([]byte(line))
		if err == nil {
			_, err = w.Take(e)
		}
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	return w
}

func plainTeam() *domain.Settings {
	p, _ := domain.Profile("statutory")
	return &domain.Settings{Team: domain.Team{Authority: "Newham"}, Policy: p, Users: []domain.User{{Login: "dee", Name: "Dee", Role: domain.Supervisor}, {Login: "amira", Name: "Amira Khan", Role: domain.Practitioner}}}
}

// The possible duplicates of DOMAIN §2, each flagged, and what is none.
func TestPossibleDuplicates(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	child := func(ref, given, family, dob, more string) string {
		return `{"act":"referral.new","child_ref":"` + ref + `","given_name":"` + given + `","family_name":"` + family + `","dob":"` + dob + `","missing_at":"2026-11-20 10:00"` + more + `}`
	}
	for _, tt := range []struct{ name, other, why string }{
		{"same name and date of birth", child("K2", "kai", "ADEYEMI", "2010-03-04", ""), "same name and date of birth"},
		{"day and month swapped", child("K2", "Kai", "Adeyemi", "2010-04-03", ""), "same name, day and month of birth swapped"},
		{"names swapped", child("K2", "Adeyemi", "Kai", "2010-03-04", ""), "given and family name swapped"},
		{"close spelling", child("K2", "Kay", "Adeyemi", "2010-03-04", ""), "close spelling, same date of birth"},
		{"same placement and first name", child("K2", "Kai", "Brown", "2011-09-09", `,"placement":"elm house"`), "same placement and first name"},
		{"another name", child("K2", "Tyler", "Adeyemi", "2010-03-04", ""), ""},
		{"another date", child("K2", "Kai", "Adeyemi", "2010-03-05", ""), ""},
		{"another placement", child("K2", "Kai", "Brown", "2011-09-09", `,"placement":"Beacon Lodge"`), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := kin(t, plainTeam(), now, child("K1", "Kai", "Adeyemi", "2010-03-04", `,"placement":"Elm House"`), tt.other)
			c, _ := domain.ChildNamed(placed{w}, "K1")
			got, err := domain.PossibleDuplicates(placed{w}, c)
			switch {
			case err != nil:
				t.Fatal(err)
			case tt.why == "" && len(got) > 0, tt.why != "" && (len(got) != 1 || got[0].Why != tt.why):
				t.Errorf("%v, want %q", got, tt.why)
			}
		})
	}
}

// placed answers by placement, which a rehearsal leaves to its base.
type placed struct{ *domain.Sandbox }

func (p placed) ChildrenPlaced(placement, given string) ([]domain.ID, error) {
	var out []domain.ID
	for n := range uint64(5) {
		c, err := p.Child(domain.NewID(domain.KindChild, n+1))
		if err != nil || c == nil {
			return out, err
		}
		if domain.Fold(c.Placement) == domain.Fold(placement) && domain.Fold(c.GivenName) == domain.Fold(given) {
			out = append(out, c.ID)
		}
	}
	return out, nil
}

func (p placed) PlacedAt(string, int) (int, error) { return 2, nil }

// crowded is a placement that many children share.
type crowded struct{ placed }

func (c crowded) PlacedAt(_ string, most int) (int, error) { return most, nil }

func TestAFirstNameSaysNothingWhereManyArePlaced(t *testing.T) {
	now := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)
	child := func(ref, family string) string {
		return `{"act":"referral.new","child_ref":"` + ref + `","given_name":"Kai","family_name":"` + family + `","placement":"home","missing_at":"2026-11-20 10:00"}`
	}
	w := placed{kin(t, plainTeam(), now, child("K1", "Adeyemi"), child("K2", "Brown"))}
	c, _ := domain.ChildNamed(w, "K1")
	if few, err := domain.PossibleDuplicates(w, c); err != nil || len(few) != 1 {
		t.Errorf("of two placed there: %v, %v", few, err)
	}
	if many, err := domain.PossibleDuplicates(crowded{w}, c); err != nil || many != nil {
		t.Errorf("of many placed there: %v, %v", many, err)
	}
}

// What stands beside a referral: who is proposed, what worked before, what the guidance suggests.
func TestFocus(t *testing.T) {
	now := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)
	first := []string{
		`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"A","dob":"2010-03-04","missing_at":"2026-10-01 10:00","returned_at":"2026-10-01 20:00","notified_at":"2026-10-01 21:00"}`,
		`{"act":"referral.assign","referral":"R1","to":"amira"}`,
		`{"act":"contact.log","referral":"R1","way":"text","with":"child","result":"spoke","at":"2026-10-02T17:00:00Z"}`,
		`{"act":"contact.log","referral":"R1","way":"text","with":"child","result":"no_answer","at":"2026-10-02T18:00:00Z"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer","at":"2026-10-02T09:00:00Z"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"professional","result":"spoke","at":"2026-10-02T09:30:00Z"}`,
		`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"entered twice"}`,
	}
	again := func(more string) string {
		return `{"act":"referral.new","police_ref":"P2","child_ref":"K1","missing_at":"2026-11-22 02:00","returned_at":"2026-11-22 09:00","notified_at":"2026-11-22 09:30"` + more + `}`
	}
	look := func(t *testing.T, s *domain.Settings, rows ...string) *view.Focus {
		f, err := view.ReadFocus(kin(t, s, now, append(slices.Clone(first), rows...)...), domain.NewID(domain.KindReferral, 2))
		if err != nil || f == nil {
			t.Fatal(f, err)
		}
		return f
	}
	t.Run("continuity and what worked", func(t *testing.T) {
		f := look(t, plainTeam(), again(""))
		if f.Proposed != domain.ResponsibleTeam || f.ProposedWorker != "amira" || !strings.Contains(f.WorkerWhy, "R1") {
			t.Errorf("proposed %s, %s (%s)", f.Proposed, f.ProposedWorker, f.WorkerWhy)
		}
		if want := []string{"answered 1 of 2 texts after 16:00", "answered 0 of 1 call before noon"}; !slices.Equal(f.Worked, want) {
			t.Errorf("worked: %q", f.Worked)
		}
	})
	t.Run("ours placed elsewhere, theirs placed here", func(t *testing.T) {
		if f := look(t, plainTeam(), again(`,"looked_after":"yes","placement_authority":"Hillshire"`)); f.Proposed != domain.ResponsibleSocialWorker {
			t.Errorf("ours: %s", f.Proposed)
		}
		if f := look(t, plainTeam(), again(`,"looked_after":"yes","home_authority":"Hillshire"`)); f.Proposed != domain.ResponsibleOtherAuthority {
			t.Errorf("theirs: %s", f.Proposed)
		}
	})
	hinted := func(f *view.Focus, part string) bool {
		return slices.ContainsFunc(f.Hints, func(h string) bool { return strings.Contains(h, part) })
	}
	t.Run("hints", func(t *testing.T) {
		no := `{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"no_answer"}`
		declined := `{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"declined"}`
		letter := `{"act":"contact.log","referral":"R2","way":"letter","with":"child","result":"sent"}`
		if f := look(t, plainTeam(), again(""), no, no); !hinted(f, "tried twice") {
			t.Error(f.Hints)
		}
		if f := look(t, plainTeam(), again(""), declined); !hinted(f, "declined once: ask again, and send a letter") {
			t.Error(f.Hints)
		}
		if f := look(t, plainTeam(), again(""), declined, letter); hinted(f, "send a letter") || !hinted(f, "second or third time") {
			t.Error(f.Hints)
		}
		if f := look(t, plainTeam(), again(`,"flags":"hospital"`)); !hinted(f, "flagged hospital") {
			t.Error(f.Hints)
		}
		s := plainTeam()
		s.Policy.AgeFloor = 18
		if f := look(t, s, again("")); !hinted(f, "the age floor is 18") {
			t.Error(f.Hints)
		}
	})
}

// A child's story holds every time, attempt, decision and note, oldest first, and names who did it.
func TestTimeline(t *testing.T) {
	now := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)
	w := kin(t, plainTeam(), now,
		`{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Kai","family_name":"A","dob":"2010-03-04","missing_at":"2026-11-20 10:00","reported_at":"2026-11-20 11:00","found_at_time":"2026-11-20","returned_at":"2026-11-20 20:00","flags":"harm"}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","place":"school"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"agreed","note":"after three"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"a man at the gate"}`,
		`{"act":"followup.done","followup":"F1","found":"duty social worker"}`)
	c, err := domain.ChildNamed(w, "K1")
	if err != nil {
		t.Fatal(err)
	}
	tl, err := view.ReadTimeline(w, c)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for i, e := range tl.Events {
		kinds[e.Kind] = true
		if i > 0 && e.At.Unix() < tl.Events[i-1].At.Unix() {
			t.Errorf("%s stands behind a later one", e.Summary)
		}
	}
	for _, k := range []string{"missing", "reported", "found", "returned", "referral", "booking", "contact", "decision", "flag", "follow_up", "follow_up_done"} {
		if !kinds[k] {
			t.Errorf("the story lacks %s", k)
		}
	}
}

// Two who are alike are told apart by a person: they are flagged no more, either way round, until that is undone.
func TestDifferentChildren(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	row := func(ref string) string {
		return `{"act":"referral.new","child_ref":"` + ref + `","given_name":"Kai","family_name":"Adeyemi","dob":"2010-03-04","missing_at":"2026-11-20 10:00"}`
	}
	w := kin(t, plainTeam(), now, row("K1"), row("K2"))
	alike := func(ref string) int {
		c, _ := domain.ChildNamed(w, ref)
		got, err := domain.PossibleDuplicates(w, c)
		if err != nil {
			t.Fatal(err)
		}
		return len(got)
	}
	take := func(line string) error {
		e, err := domain.ParseAct([]byte(line))
		if err == nil {
			_, err = w.Take(e)
		}
		return err
	}
	if alike("K1") != 1 || alike("K2") != 1 {
		t.Fatal("they are not alike to begin with")
	}
	const act = `{"act":"child.different","keep":"K1","other":"K2","reason":"cousins, seen together"}`
	for _, bad := range []string{strings.Replace(act, "K2", "K1", 1), strings.Replace(act, "K2", "K9", 1), strings.Replace(act, "cousins, seen together", "", 1)} {
		if take(bad) == nil {
			t.Errorf("taken: %s", bad)
		}
	}
	if err := take(act); err != nil {
		t.Fatal(err)
	}
	if alike("K1") != 0 || alike("K2") != 0 {
		t.Error("they are flagged still")
	}
	if take(act) == nil {
		t.Error("told apart twice")
	}
	if err := take(`{"act":"undo"}`); err != nil || alike("K1") != 1 || alike("K2") != 1 {
		t.Error("the undo left them apart", err)
	}
}
