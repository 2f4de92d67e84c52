package domain

import "testing"

// What changes for people is said; what changes for nobody is not.
func TestSettingsChange(t *testing.T) {
	p, _ := Profile("statutory")
	base := Settings{Policy: p, Users: []User{{Login: "dee", Role: Coordinator, Keys: []string{"k"}}, {Login: "sam", Role: Supervisor}, {Login: "amy", Role: Practitioner, Until: 20270131}}}
	with := func(change func(*Settings)) *Settings {
		n := base
		n.Users = append([]User{}, base.Users...)
		change(&n)
		return &n
	}
	for want, after := range map[string]*Settings{
		"":                                     with(func(s *Settings) { s.Team.Name = "Other" }),
		"dee is taken out":                     with(func(s *Settings) { s.Users = s.Users[1:] }),
		"dee is an auditor, was a coordinator": with(func(s *Settings) { s.Users[0].Role = Auditor }),
		"tom comes in as a practitioner":       with(func(s *Settings) { s.Users = append(s.Users, User{Login: "tom", Role: Practitioner}) }),
		"dee comes in by other keys or another account": with(func(s *Settings) { s.Users[0].Keys = []string{"other"} }),
		"sam comes in by other keys or another account": with(func(s *Settings) { s.Users[1].OSUser = "smith" }),
		"dee is here until 2027-03-31":                  with(func(s *Settings) { s.Users[0].Until = 20270331 }),
		"amy stays, was here until 2027-01-31":          with(func(s *Settings) { s.Users[2].Until = 0 }),
		"tom comes in as a practitioner; tom is here until 2027-03-31": with(func(s *Settings) {
			s.Users = append(s.Users, User{Login: "tom", Role: Practitioner, Until: 20270331})
		}),
		"the policy changed, in nothing on which a stored clock depends": with(func(s *Settings) { s.Policy.CaseRecord = "Mosaic" }),
	} {
		if got := SettingsChange(&base, after); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	longer := with(func(s *Settings) { s.Policy.InterviewWithin = Hours(96) })
	if got, want := SettingsChange(&base, longer), "the policy is "+longer.Policy.Fingerprint()+", was "+base.Policy.Fingerprint(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
