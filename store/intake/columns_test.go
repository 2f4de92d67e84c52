package intake

import (
	"fmt"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake/intaketest"
)

// story is a child's timeline in lines.
func story(t *testing.T, d *intaketest.Desk, ref string) string {
	t.Helper()
	var out []string
	err := d.Ask(t.Context(), func(r domain.Reader) error {
		child, err := domain.ChildNamed(r, ref)
		if err != nil || child == nil {
			return fmt.Errorf("no child %s: %v", ref, err)
		}
		line, err := view.ReadTimeline(r, child)
		if err != nil {
			return err
		}
		for _, e := range line.Events {
			out = append(out, e.At.String()+" "+e.Kind+": "+e.Summary)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

// To the child belong number, ethnicity, disability, language and interpreter: what is known first stays. A number whose
// check digit is wrong refuses no row.
func TestColumnsOfTheCard(t *testing.T) {
	const head = "police_ref,child_ref,missing_at,nhs_number,ethnicity,disability,first_language,interpreter\n"
	desk := newDesk()
	takeFile(t, desk, head+"P1,K1,2026-11-17,9434765919,Black African,none known,Somali,yes\n", Options{})
	c := desk.Child("P1")
	if c.NHSNumber != "943 476 5919" || c.Ethnicity != "Black African" || c.Disability != "none known" || c.Card.Language != "Somali" || c.Card.Interpreter != "yes" {
		t.Errorf("%+v", c)
	}
	rep := takeFile(t, desk, head+"P1,K1,2026-11-17,943 476 5919,black african,,English,\nP2,K2,2026-11-17,9434765918,,,,\n", Options{})
	if got := counts(rep); !strings.HasPrefix(got, "read 2 created 1 updated 1 unchanged 0 refused 0") {
		t.Error(got)
	}
	if c := desk.Child("P1"); c.Card.Language != "Somali" || len(c.Warned) != 1 || c.Warned[0].Column != "first_language" {
		t.Errorf("%+v", c)
	}
	if c := desk.Child("P2"); c.NHSNumber != "" || !strings.Contains(fmt.Sprint(rep.Warnings), "“9434765918” is no NHS number") {
		t.Errorf("%+v %v", c, rep.Warnings)
	}
	edit(t, desk, `{"act":"child.edit","child_ref":"K1","language":"English","nhs_number":"4010232137"}`)
	rep = takeFile(t, desk, head+"P1,K1,2026-11-17,9434765919,,,Somali,\n", Options{})
	if c := desk.Child("P1"); c.Card.Language != "English" || c.NHSNumber != "401 023 2137" || rep.Counts.Unchanged != 1 {
		t.Errorf("what a person said comes undone: %+v %s", c, counts(rep))
	}
}

// Away on Thursday, missing from Saturday: the timeline keeps both, the record the changes.
func TestCategoryAndRiskKeepTheirChanges(t *testing.T) {
	const head = "police_ref,child_ref,missing_at,returned_at,category,category_from,risk,risk_from\n"
	desk := newDesk()
	first := "C1,K1,2026-11-19 10:00,,away,,low,\n"
	then := "C1,K1,2026-11-19 10:00,,missing,2026-11-21 08:00,high,\n"
	takeFile(t, desk, head+first, Options{})
	desk.Later(1e9 * 60 * 60)
	takeFile(t, desk, head+then, Options{})
	e := desk.Episode("C1")
	if len(e.Categories) != 2 || e.Categories[0].Category != "away" || e.Categories[1].From != e.CategoryFrom || e.CategoryFrom.String() != "Sat 21 Nov 2026 08:00" {
		t.Errorf("%+v", e.Categories)
	}
	if len(e.Risks) != 2 || e.Risks[1].From != 0 {
		t.Errorf("%+v", e.Risks)
	}
	got := story(t, desk, "K1")
	for _, want := range []string{"Thu 19 Nov 2026 10:00 missing: missing (C1, away", "Sat 21 Nov 2026 08:00 category: category is missing, was away",
		"Sun 22 Nov 2026 15:10 risk: risk is high, was low (between two notices, Sun 22 Nov 2026 14:10 and Sun 22 Nov 2026 15:10)"} {
		if !strings.Contains(got, want) {
			t.Errorf("the timeline lacks %q:\n%s", want, got)
		}
	}
	again := takeFile(t, desk, head+then, Options{})
	if again.Counts.Unchanged != 1 {
		t.Error(counts(again))
	}
	// The source tells later since when: the same change, and no other.
	takeFile(t, desk, head+"C1,K1,2026-11-19 10:00,,missing,2026-11-21 07:00,high,2026-11-21\n", Options{})
	if e := desk.Episode("C1"); len(e.Categories) != 2 || e.Categories[1].From.String() != "Sat 21 Nov 2026 07:00" || len(e.Risks) != 2 || e.Risks[1].From.Canonical() != "2026-11-21" {
		t.Errorf("%+v %+v", e.Categories, e.Risks)
	}
	// By hand: with a time it changes from then on, without one it was wrong.
	edit(t, desk, `{"act":"episode.edit","episode":"C1","category":"absent"}`)
	if e := desk.Episode("C1"); len(e.Categories) != 2 || e.Categories[1].Category != "absent" {
		t.Errorf("%+v", e.Categories)
	}
	edit(t, desk, `{"act":"episode.edit","episode":"C1","category":"away","category_from":"2026-11-22 09:00"}`)
	if e := desk.Episode("C1"); len(e.Categories) != 3 || e.Categories[2].From.String() != "Sun 22 Nov 2026 09:00" || e.Category != "away" {
		t.Errorf("%+v", e.Categories)
	}
	takeFile(t, desk, head+"C1,K1,2026-11-19 10:00,,missing,2026-11-21 07:30,high,2026-11-21\n", Options{})
	if e := desk.Episode("C1"); len(e.Categories) != 3 || e.Category != "away" || e.CategoryFrom.String() != "Sun 22 Nov 2026 09:00" {
		t.Errorf("a row changed what a person set: %+v", e.Categories)
	}
}

// What became of the interviews of the past comes with --history alone, and is told with the episode.
func TestInterviewsOfThePast(t *testing.T) {
	const head = "police_ref,child_ref,missing_at,returned_at,offered_at,held_at,interviewer,independent,outcome,declined_by,reason_late\n"
	file := head + "H1,K1,2026-05-01 10:00,2026-05-02 10:00,2026-05-02 12:00,2026-05-04 15:00,B. Hall,Y,Y,,capacity\n" +
		"H2,K1,2026-06-01 10:00,2026-06-02 10:00,2026-06-02 12:00,,,,N,child,\n" +
		"H3,K1,2026-07-01 10:00,2026-07-02 10:00,,,,,NA,,\n" +
		"H4,K1,2026-08-01 10:00,2026-08-02 10:00,,,,,not required,,\n" +
		"H5,K1,2026-08-11 10:00,2026-08-12 10:00,,2026-08-10 10:00,,,,,\n" +
		"H6,K1,2026-08-21 10:00,2026-08-22 10:00,,,,perhaps,maybe,,\n"
	desk := newDesk()
	rep := takeFile(t, desk, file, Options{History: true})
	if got := counts(rep); !strings.HasPrefix(got, "read 6 created 4 updated 0 unchanged 0 refused 2") || rep.RefusedRows[0].Column != "held_at" || rep.RefusedRows[1].Column != "outcome" {
		t.Error(got, rep.RefusedRows)
	}
	for ref, want := range map[string]string{"H1": "completed", "H2": "declined", "H3": "none", "H4": "not_required"} {
		if e := desk.Episode(ref); e == nil || e.Outcome != want || !e.TellsOfInterview() {
			t.Errorf("%s: %+v, want %s", ref, e, want)
		}
	}
	got := story(t, desk, "K1")
	for _, want := range []string{"Sat 2 May 2026 12:00 offered: interview offered, from history", "Mon 4 May 2026 15:00 held: interview, from history: completed, by B. Hall, independent: yes, late: capacity",
		"Tue 2 Jun 2026 10:00 outcome: interview, from history: declined, declined by child"} {
		if !strings.Contains(got, want) {
			t.Errorf("the timeline lacks %q:\n%s", want, got)
		}
	}
	if again := takeFile(t, desk, file, Options{History: true}); again.Counts.Unchanged != 4 {
		t.Error(counts(again))
	}
	edit(t, desk, `{"act":"episode.edit","episode":"H2","declined_by":"carer"}`)

	desk = newDesk()
	rep = takeFile(t, desk, file, Options{})
	if rep.Counts.Created != 6 || len(rep.FileNotes) != 1 || !strings.HasPrefix(rep.FileNotes[0], "what became of the interview is read with --history alone, and here it is not: offered_at, held_at") {
		t.Errorf("%s %q", counts(rep), rep.FileNotes)
	}
	if e := desk.Episode("H1"); e.TellsOfInterview() {
		t.Errorf("%+v", e)
	}
	rep = takeFile(t, desk, file, Options{History: true})
	if e := desk.Episode("H1"); e.TellsOfInterview() || !strings.Contains(fmt.Sprint(rep.Warnings), "the interview of this episode is worked on here") {
		t.Errorf("%+v %v", e, rep.Warnings)
	}
	act, err := domain.ParseAct([]byte(`{"act":"episode.edit","episode":"H1","held_at":"2026-05-04 15:00"}`))
	if err != nil {
		t.Fatal(err)
	}
	if a, err := desk.Do(t.Context(), true, act); err != nil || a[0].Refused == nil || a[0].Refused.Field != "held_at" {
		t.Errorf("%v %+v", err, a)
	}
	if _, err := domain.ParseAct([]byte(`{"act":"referral.new","child_ref":"K1","missing_at":"2026-11-01","held_at":"2026-05-04 15:00"}`)); err == nil {
		t.Error("a referral of today says that it was held")
	}
}
