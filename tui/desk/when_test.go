package desk_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// A field of a time says how it was understood, keeps that, and goes a day on or back.
func TestFieldsOfTimes(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 29, 14, 5, 0, 0, time.UTC) } // a Sunday
	for _, c := range []struct {
		name             string
		field            widgets.Field
		text             string
		reads, fix, step string
	}{
		{"to come", desk.TimeField(widgets.Field{}, now, false), "tomorrow 10", "Mon 30 Nov 2026 10:00, tomorrow", "30 Nov 2026 10:00", "1 Dec 2026 10:00"},
		{"that was", desk.TimeField(widgets.Field{}, now, true), "yesterday 9:00", "Sat 28 Nov 2026 09:00, yesterday", "28 Nov 2026 09:00", "29 Nov 2026 09:00"},
		{"a day", desk.DayField(widgets.Field{}, now), "+3", "Wed 2 Dec 2026, in 3 days", "2 Dec 2026", "3 Dec 2026"},
		{"due", desk.DueField(widgets.Field{}, now), "Wed", "Wed 2 Dec 2026 17:00, in 3 days", "2 Dec 2026 17:00", "3 Dec 2026 17:00"},
		{"due at a time", desk.DueField(widgets.Field{}, now), "Wed noon", "Wed 2 Dec 2026 12:00, in 3 days", "2 Dec 2026 12:00", "3 Dec 2026 12:00"},
		{"a day that was", desk.PastField(widgets.Field{}, now), "Fri", "Fri 27 Nov 2026, 2 days ago", "27 Nov 2026", "28 Nov 2026"},
		{"born", desk.BornField(widgets.Field{}, now), "14/3/2011", "Mon 14 Mar 2011, 15 years ago", "14 Mar 2011", "15 Mar 2011"},
		{"born without a year", desk.BornField(widgets.Field{}, now), "14/3", "", "", ""},
		{"born is not known", desk.BornField(widgets.Field{}, now), "unknown", "date of birth not known", "unknown", ""},
		{"past where it is to come", desk.TimeField(widgets.Field{}, now, false), "28/11 10:00", "", "", ""},
		{"to come where it is past", desk.TimeField(widgets.Field{}, now, true), "tomorrow 10", "", "", ""},
	} {
		if (c.field.Check(c.text) == nil) != (c.reads != "") {
			t.Errorf("%s: %q gives %v", c.name, c.text, c.field.Check(c.text))
		}
		if r, f, s := c.field.Reads(c.text), c.field.Fix(c.text), c.field.Step(c.text, 1); r != c.reads || f != c.fix || s != c.step {
			t.Errorf("%s: %q reads %q, is kept as %q, a day on %q", c.name, c.text, r, f, s)
		}
	}
}

// An act is shown as the line that `homeward do` reads, and reads back as the same act.
func TestActLine(t *testing.T) {
	yes := true
	for _, a := range []domain.Act{
		&domain.Accept{Referral: "R1", Responsible: domain.ResponsibleTeam, AskedChild: &yes},
		&domain.Undo{},
		&domain.EditChild{ChildRef: "K1", Fields: map[string]string{"child_phone": "07700 900123"}},
		&domain.Close{Referral: "R1", As: domain.StageDeclined, Text: "no", DeclinedBy: "child", HelplineGiven: &domain.StepDone{Done: true},
			LetterSent: &domain.StepDone{WhyNot: "no address"}, CarerOffered: &domain.StepDone{Done: true}},
		&domain.Book{Referral: "R2", When: domain.At(time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC))},
		&domain.LogContact{Referral: "R2", Way: "call", With: "child", Result: "no_answer"},
	} {
		line := desk.ActLine(domain.Envelope{Act: a})
		e, err := domain.ParseAct([]byte(line))
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if again := desk.ActLine(e); again != line {
			t.Errorf("%s reads back as %s", line, again)
		}
	}
}
