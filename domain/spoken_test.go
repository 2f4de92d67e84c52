package domain_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"homeward/domain"
)

// Times as people say them, on a Monday at 14:05 and round the clock changes.
func TestReadTime(t *testing.T) {
	monday := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	spring := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	autumn := time.Date(2026, 10, 24, 12, 0, 0, 0, time.UTC)
	eve := time.Date(2026, 12, 30, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		text string
		now  time.Time
		side domain.Side
		want string // RFC 3339, or a piece of the refusal
	}{
		{"now", monday, domain.Past, "2026-11-23T14:05:00Z"},
		{"15:30", monday, domain.Future, "2026-11-23T15:30:00Z"},
		{"1530", monday, domain.Future, "2026-11-23T15:30:00Z"},
		{"15.30", monday, domain.Future, "2026-11-23T15:30:00Z"},
		{"930", monday, domain.Future, "2026-11-24T09:30:00Z"},
		{"9", monday, domain.Future, "2026-11-24T09:00:00Z"},
		{"9:30", monday, domain.Past, "2026-11-23T09:30:00Z"},
		{"23:10", monday, domain.Past, "2026-11-22T23:10:00Z"},
		{"3pm", monday, domain.Future, "2026-11-23T15:00:00Z"},
		{"3 pm", monday, domain.Future, "2026-11-23T15:00:00Z"},
		{"3.30pm", monday, domain.Future, "2026-11-23T15:30:00Z"},
		{"3 p.m.", monday, domain.Future, "2026-11-23T15:00:00Z"},
		{"12am", monday, domain.Past, "2026-11-23T00:00:00Z"},
		{"12pm", monday, domain.Past, "2026-11-23T12:00:00Z"},
		{"noon", monday, domain.Future, "2026-11-24T12:00:00Z"},
		{"noon tomorrow", monday, domain.Future, "2026-11-24T12:00:00Z"},
		{"half 3", monday, domain.Future, "2026-11-23T15:30:00Z"},
		{"half past 9", monday, domain.Future, "2026-11-24T09:30:00Z"},
		{"tomorrow half 3", monday, domain.Future, "2026-11-24T15:30:00Z"},
		{"quarter to 4", monday, domain.Future, "2026-11-23T15:45:00Z"},
		{"10 past 12", monday, domain.Future, "2026-11-24T12:10:00Z"},
		{"half 3pm", monday, domain.Future, "2026-11-23T15:30:00Z"},
		{"half 3", monday, domain.Past, "morning or the afternoon: write 03:30 or 15:30"},
		{"today half 3", monday, domain.Past, "2026-11-23T03:30:00Z"},
		{"3", monday, domain.Future, "2026-11-23T15:00:00Z"},
		{"thu 10", monday, domain.Future, "2026-11-26T10:00:00Z"},
		{"Thu, 10am", monday, domain.Future, "2026-11-26T10:00:00Z"},
		{"thursday at 10", monday, domain.Future, "2026-11-26T10:00:00Z"},
		{"10:00 thurs", monday, domain.Future, "2026-11-26T10:00:00Z"},
		{"in 2 h", monday, domain.Future, "2026-11-23T16:05:00Z"},
		{"in half an hour", monday, domain.Future, "2026-11-23T14:35:00Z"},
		{"in 20 min", monday, domain.Future, "2026-11-23T14:25:00Z"},
		{"20 min ago", monday, domain.Past, "2026-11-23T13:45:00Z"},
		{"2 h ago", monday, domain.Past, "2026-11-23T12:05:00Z"},
		{"2 h", monday, domain.Past, "not a time"},
		{"tomorrow 10:00", monday, domain.Future, "2026-11-24T10:00:00Z"},
		{"tomorrow", monday, domain.Future, "says no time of day"},
		{"yesterday 22:30", monday, domain.Past, "2026-11-22T22:30:00Z"},
		{"yesterday 22:30", monday, domain.Future, "is past"},
		{"today 9:00", monday, domain.Future, "is past (Mon 23 Nov 2026 09:00, today, 5 h 5 min ago)"},
		{"tomorrow 9:00", monday, domain.Past, "is in the future"},
		{"mon 9:00", monday, domain.Future, "2026-11-30T09:00:00Z"},
		{"Sat 21:00", monday, domain.Past, "2026-11-21T21:00:00Z"},
		{"mon 9:00", monday, domain.Past, "2026-11-23T09:00:00Z"},
		{"24/11 10:00", monday, domain.Future, "2026-11-24T10:00:00Z"},
		{"4 Dec 9:30", monday, domain.Future, "2026-12-04T09:30:00Z"},
		{"4 Dec 10", monday, domain.Future, "2026-12-04T10:00:00Z"},
		{"Fri 4 Dec 10", monday, domain.Future, "2026-12-04T10:00:00Z"},
		{"Thu 4 Dec 10", monday, domain.Future, "4 Dec 2026 is a Friday"},
		{"4th December 2026 10:00", monday, domain.Future, "2026-12-04T10:00:00Z"},
		{"next Tue 10", monday, domain.Future, "may be either: write 24 Nov or 1 Dec"},
		{"2/1 10:00", monday, domain.Future, "2027-01-02T10:00:00Z"},
		{"21/11 10:00", monday, domain.Future, "is past (Sat 21 Nov 2026, 2 days ago): for next year's write 21/11/2027"},
		{"21/11/2027 10:00", monday, domain.Future, "2027-11-21T10:00:00Z"},
		{"2 Jan 10:00", eve, domain.Future, "2027-01-02T10:00:00Z"},
		{"24/12 10:00", monday, domain.Past, "is in the future (Thu 24 Dec 2026, in 31 days): for last year's write 24/12/2025"},
		{"14/3 10:00", monday, domain.Past, "2026-03-14T10:00:00Z"},
		{"24/11/26 10:00", monday, domain.Future, "2026-11-24T10:00:00Z"},
		{"2026-11-24 10:00", monday, domain.Future, "2026-11-24T10:00:00Z"},
		{"2026-11-24T10:00", monday, domain.Future, "2026-11-24T10:00:00Z"},
		{"-20", monday, domain.Past, "2026-11-23T13:45:00Z"},
		{"+2h", monday, domain.Future, "2026-11-23T16:05:00Z"},
		{"+7 10:00", monday, domain.Future, "2026-11-30T10:00:00Z"},
		{"29/3 01:30", spring, domain.Future, "does not exist on that day"},
		{"25/10 01:30", autumn, domain.Future, "2026-10-25T01:30:00+01:00"},
		{"", monday, domain.Future, "not a time"}, {"soon", monday, domain.Future, "not a time"}, {"25:00", monday, domain.Future, "not a time"},
		{"12:60", monday, domain.Future, "not a time"}, {"31/2 10:00", monday, domain.Future, "does not exist"}, {"t 10:00", monday, domain.Future, "not a time"},
		{"-99999999", monday, domain.Past, "not a time"}, {"5:5", monday, domain.Future, "not a time"}, {"Room 12, go to the library", monday, domain.Future, "not a time"},
	} {
		got, err := domain.ReadTime(tt.text, tt.now, tt.side)
		is := got.RFC3339()
		if err != nil {
			is = err.Error()
		}
		if err == nil && is != tt.want || err != nil && !strings.Contains(is, tt.want) {
			t.Errorf("%q, side %d, is %s; want %s", tt.text, tt.side, is, tt.want)
		}
	}
}

// Days as people say them, on a Monday.
func TestReadDay(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	for _, tt := range []struct {
		text string
		side domain.Side
		want string
	}{
		{"+7", domain.Future, "2026-11-30"}, {"in 3 days", domain.Future, "2026-11-26"}, {"in 2 weeks", domain.Future, "2026-12-07"},
		{"Fri", domain.Future, "2026-11-27"}, {"fri", domain.Past, "2026-11-20"}, {"24/11", domain.Future, "2026-11-24"}, {"2026-12-01", domain.Future, "2026-12-01"},
		{"tomorrow", domain.Future, "2026-11-24"}, {"today", domain.Future, "2026-11-23"}, {"today", domain.Past, "2026-11-23"}, {"1/1", domain.Future, "2027-01-01"},
		{"4 Dec", domain.Future, "2026-12-04"}, {"Dec 4", domain.Future, "2026-12-04"}, {"Wed 2 Dec 2026", domain.Future, "2026-12-02"}, {"20 Sept", domain.Past, "2026-09-20"},
		{"3 days ago", domain.Past, "2026-11-20"}, {"yesterday", domain.Future, "is past"}, {"20/11", domain.Future, "is past"}, {"tomorrow", domain.Past, "is in the future"},
		{"29/2", domain.Future, "2028-02-29"}, {"15:30", domain.Future, "is not a day"}, {"", domain.Future, "is not a day"}, {"never", domain.Future, "is not a day"},
		{"+", domain.Future, "is not a day"}, {"0 Dec", domain.Future, "is not a day"}, {"31 Nov", domain.Future, "does not exist"},
	} {
		d, err := domain.ReadDay(tt.text, now, tt.side)
		is := d.String()
		if err != nil {
			is = err.Error()
		}
		if err == nil && is != tt.want || err != nil && !strings.Contains(is, tt.want) {
			t.Errorf("%q is %s; want %s", tt.text, is, tt.want)
		}
	}
}

// What is read is on the side that was asked for, is what it says it is, and what a form writes is read as the same.
func TestReadTimeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1735689600, 1893456000).Draw(t, "now"), 0).UTC()
		side := domain.Side(rapid.IntRange(0, 1).Draw(t, "side"))
		day := rapid.SampledFrom([]string{"", "today ", "tomorrow ", "yesterday ", "tue ", "sun ", "+3 ", "1/4 ", "29/3 ", "25 Oct ", "31 dec ", "1 Jan "}).Draw(t, "day")
		h, mi := rapid.IntRange(0, 23).Draw(t, "h"), rapid.IntRange(0, 59).Draw(t, "mi")
		text := fmt.Sprintf("%s%d:%02d", day, h, mi)
		m, err := domain.ReadTime(text, now, side)
		if err != nil {
			return
		}
		if l := m.Local(); l.Hour() != h || l.Minute() != mi {
			t.Fatalf("%q is %s", text, m)
		}
		if side == domain.Future && m.Unix() < now.Unix()-59 || side == domain.Past && m.Unix() > now.Unix() {
			t.Fatalf("%q is %s, now is %s, side %d", text, m, now, side)
		}
		if strings.Contains(day, "/") || strings.Contains(day, " Jan") {
			if d := m.Unix() - now.Unix(); d > 190*86400 || d < -331*86400 {
				t.Fatalf("%q is %s, far from %s", text, m, now)
			}
		}
		if again, err := domain.ReadTime(domain.Written(m), now, side); err != nil || again != m {
			if _, kind := domain.Wall(m.Local().Year(), m.Local().Month(), m.Local().Day(), h, mi, 0); kind != domain.WallTwice {
				t.Fatalf("%q is %s, which is written %q and read as %s, %v", text, m, domain.Written(m), again, err)
			}
		}
	})
}

// How a day and a time are said back.
func TestSayMoment(t *testing.T) {
	now := time.Date(2026, 11, 29, 14, 5, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"2 Dec":          "Wed 2 Dec 2026, in 3 days",
		"2 Dec 10:00":    "Wed 2 Dec 2026 10:00, in 3 days",
		"today 15:30":    "Sun 29 Nov 2026 15:30, today, in 1 h 25 min",
		"in 20 min":      "Sun 29 Nov 2026 14:25, today, in 20 min",
		"tomorrow 10:00": "Mon 30 Nov 2026 10:00, tomorrow",
	} {
		s, err := domain.ReadSpoken(text, now, domain.Future)
		if is := domain.SayWhen(s, now); err != nil || is != want {
			t.Errorf("%q is said %q, %v; want %q", text, is, err, want)
		}
	}
	if is := domain.SayMoment(domain.At(now.Add(-26*time.Hour)), now); is != "Sat 28 Nov 2026 12:05, yesterday" {
		t.Error(is)
	}
}

func FuzzReadTime(f *testing.F) {
	for _, s := range []string{"now", "half 3", "Thu, 10am", "24/11/2026 10:00", "in 2 h", "+7", "10 past 12"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		for _, side := range []domain.Side{domain.Past, domain.Future} {
			if m, err := domain.ReadTime(text, now, side); err == nil && (m.IsZero() || m.DateOnly()) {
				t.Errorf("%q is %s", text, m)
			}
			_, _ = domain.ReadDay(text, now, side)
		}
	})
}
