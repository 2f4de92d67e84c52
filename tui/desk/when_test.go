package desk_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/tui/desk"
)

// Times as people type them, on a Monday at 14:05 and round the clock changes.
func TestParseWhen(t *testing.T) {
	monday := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	spring := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	autumn := time.Date(2026, 10, 24, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		text string
		now  time.Time
		past bool
		want string // RFC 3339; "" is refused
	}{
		{"now", monday, true, "2026-11-23T14:05:00Z"},
		{"15:30", monday, false, "2026-11-23T15:30:00Z"},
		{"1530", monday, false, "2026-11-23T15:30:00Z"},
		{"930", monday, false, "2026-11-24T09:30:00Z"},
		{"9", monday, false, "2026-11-24T09:00:00Z"},
		{"9:30", monday, true, "2026-11-23T09:30:00Z"},
		{"23:10", monday, true, "2026-11-22T23:10:00Z"},
		{"tomorrow 10:00", monday, false, "2026-11-24T10:00:00Z"},
		{"yesterday 22:30", monday, true, "2026-11-22T22:30:00Z"},
		{"Tue 9:00", monday, false, "2026-11-24T09:00:00Z"},
		{"mon 9:00", monday, false, "2026-11-30T09:00:00Z"},
		{"Sat 21:00", monday, true, "2026-11-21T21:00:00Z"},
		{"mon 9:00", monday, true, "2026-11-23T09:00:00Z"},
		{"24/11 10:00", monday, false, "2026-11-24T10:00:00Z"},
		{"2/1 10:00", monday, false, "2027-01-02T10:00:00Z"},
		{"24/12 10:00", monday, true, "2025-12-24T10:00:00Z"},
		{"24/11/26 10:00", monday, false, "2026-11-24T10:00:00Z"},
		{"2026-11-24 10:00", monday, false, "2026-11-24T10:00:00Z"},
		{"2026-11-24T10:00", monday, false, "2026-11-24T10:00:00Z"},
		{"-20", monday, true, "2026-11-23T13:45:00Z"},
		{"+2h", monday, false, "2026-11-23T16:05:00Z"},
		{"29/3 01:30", spring, false, ""},
		{"25/10 01:30", autumn, false, "2026-10-25T01:30:00+01:00"},
		{"", monday, false, ""}, {"soon", monday, false, ""}, {"25:00", monday, false, ""}, {"12:60", monday, false, ""},
		{"31/2 10:00", monday, false, ""}, {"t 10:00", monday, false, ""}, {"-99999999", monday, true, ""}, {"5:5", monday, false, ""},
	} {
		got, err := desk.ParseWhen(tt.text, tt.now, tt.past)
		if err != nil && tt.want != "" || err == nil && got.RFC3339() != tt.want {
			t.Errorf("%q (past %v) is %s, %v; want %s", tt.text, tt.past, got.RFC3339(), err, tt.want)
		}
	}
}

// Days as people type them.
func TestParseDay(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	for text, want := range map[string]string{"+7": "2026-11-30", "tue": "2026-11-24", "24/11": "2026-11-24", "2026-12-01": "2026-12-01",
		"tomorrow": "2026-11-24", "1/1": "2027-01-01", "": "", "never": "", "+": ""} {
		d, err := desk.ParseDay(text, now)
		if (err != nil) != (want == "") || err == nil && d.String() != want {
			t.Errorf("%q is %s, %v; want %q", text, d, err, want)
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
