package domain

import (
	"testing"
	"time"
)

// Who did something is named as they were known then; a name that is not of now is marked, and none is another person's.
func TestPersonAt(t *testing.T) {
	day := func(d int) Moment { return At(time.Date(2026, 11, d, 12, 0, 0, 0, time.UTC)) }
	s := &Settings{Users: []User{{Login: "amira", Name: "Bo Reed"}, {Login: "joe", Name: "Joe Lund"}, {Login: "kim"}},
		Former: []FormerName{{"amira", "Amira Khan", day(5)}, {"joe", "Joe Lund", day(6)}, {"zed", "", day(7)}, {"pat", "Pat Vale", day(8)}, {"amira", "Ann Lee", day(10)}, {"pat", "Pat Moss", day(12)}}}
	for _, c := range []struct {
		login string
		day   int
		want  string
	}{
		{"amira", 4, "Amira Khan (amira then)"}, {"amira", 5, "Ann Lee (amira then)"}, {"amira", 9, "Ann Lee (amira then)"}, {"amira", 10, "Bo Reed"},
		{"joe", 1, "Joe Lund"}, // who came back
		{"pat", 7, "Pat Vale (pat then)"}, {"pat", 11, "Pat Moss (removed)"}, {"pat", 20, "Pat Moss (removed)"},
		{"zed", 1, "zed (removed)"}, {"kim", 1, "kim"}, {"Ann Smith", 1, "Ann Smith"}, {"", 1, ""},
	} {
		if got := s.PersonAt(c.login, day(c.day)); got != c.want {
			t.Errorf("%s on %d: %q, want %q", c.login, c.day, got, c.want)
		}
	}
	for login, want := range map[string]string{"amira": "Bo Reed", "pat": "Pat Moss (removed)", "joe": "Joe Lund", "": ""} {
		if got := s.PersonName(login); got != want {
			t.Errorf("%s: %q", login, got)
		}
	}
	if until, ok := s.Removed("pat"); !ok || until != day(12) {
		t.Error(until, ok)
	}
	if _, ok := s.Removed("amira"); ok {
		t.Error("amira is there")
	}
}
