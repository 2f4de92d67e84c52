package domain

import (
	"strings"
	"testing"
)

// What changes is said in one sentence, key by key for the settings and person by person.
func TestSettingsChange(t *testing.T) {
	p, _ := Profile("statutory")
	base := Settings{Policy: p, Users: []User{{Login: "dee", Name: "Dee Osei", Role: Coordinator, Keys: []string{"ssh-ed25519 AAAAsecret"}}, {Login: "sam", Role: Supervisor}, {Login: "amy", Role: Practitioner, Until: 20270131}}}
	with := func(change func(*Settings)) *Settings {
		n := base
		n.Users = append([]User{}, base.Users...)
		change(&n)
		return &n
	}
	said := func(after *Settings) string { return SaySettingChanges(SettingChanges(base.Lines(), after.Lines())) }
	for want, after := range map[string]*Settings{
		"":                                              with(func(*Settings) {}),
		"team.name is Other, was not set":               with(func(s *Settings) { s.Team.Name = "Other" }),
		"dee is taken out":                              with(func(s *Settings) { s.Users = s.Users[1:] }),
		"dee is an auditor, was a coordinator":          with(func(s *Settings) { s.Users[0].Role = Auditor }),
		"dee is called Dee Reed, was Dee Osei":          with(func(s *Settings) { s.Users[0].Name = "Dee Reed" }),
		"tom comes in as a practitioner":                with(func(s *Settings) { s.Users = append(s.Users, User{Login: "tom", Role: Practitioner}) }),
		"dee comes in by other keys or another account": with(func(s *Settings) { s.Users[0].Keys = []string{"other"} }),
		"sam comes in by other keys or another account": with(func(s *Settings) { s.Users[1].OSUser = "smith" }),
		"dee is here until 2027-03-31":                  with(func(s *Settings) { s.Users[0].Until = 20270331 }),
		"amy stays, was here until 2027-01-31":          with(func(s *Settings) { s.Users[2].Until = 0 }),
		"sam has other hours or another capacity":       with(func(s *Settings) { s.Users[1].Capacity = 5 }),
		"tom comes in as a practitioner; tom is here until 2027-03-31": with(func(s *Settings) {
			s.Users = append(s.Users, User{Login: "tom", Role: Practitioner, Until: 20270331})
		}),
		"a.b comes in as a practitioner":                      with(func(s *Settings) { s.Users = append(s.Users, User{Login: "a.b", Role: Practitioner}) }),
		"policy.case_record is Mosaic, was not set":           with(func(s *Settings) { s.Policy.CaseRecord = "Mosaic" }),
		"policy.interview_within is 96h, was 72h":             with(func(s *Settings) { s.Policy.InterviewWithin = Hours(96) }),
		"alert.often is 3 in 30 days, flag harm, was not set": with(func(s *Settings) { s.Alerts = []AlertRule{{Name: "often", Count: 3, Days: 30, Flag: "harm"}} }),
		"risk.Bronze is low, until 2026-12-31; high, was not set": with(func(s *Settings) {
			s.Risks = []SourceName{{Name: "Bronze", CountsAs: "low", Until: 20261231}, {Name: "Bronze", CountsAs: "high"}}
		}),
		"team.hours is Mon 09:00-17:00, Sun 10:30-12:00, was not set": with(func(s *Settings) { s.Team.Hours, _ = ParseHours("Mon 09:00-17:00, Sun 10:30-12:00") }),
	} {
		if got := said(after); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	other, _ := Profile("west_sussex")
	if got := said(with(func(s *Settings) { s.Policy, s.Users = other, nil })); strings.Count(got, "; ") > mostSaid {
		t.Errorf("%q is no sentence", got)
	}
	for _, l := range base.Lines() {
		if strings.Contains(l.Value, "AAAA") || strings.Contains(l.Value, "secret") {
			t.Errorf("%s tells a key: %s", l.Key, l.Value)
		}
	}
	// Every key of the policy is among them: a new one is in the log from its first change on.
	for _, k := range PolicyKeys() {
		after := with(func(s *Settings) {
			switch v := k.Field(&s.Policy).(type) {
			case *Span:
				*v = Hours(7)
			case *string:
				*v += "x"
			case *[]string:
				*v = append([]string{"x"}, *v...)
			case *int:
				*v += 7
			case *bool:
				*v = !*v
			}
		})
		if got := said(after); !strings.HasPrefix(got, "policy."+k.Name+" is ") {
			t.Errorf("%s: %q", k.Name, got)
		}
	}
}
