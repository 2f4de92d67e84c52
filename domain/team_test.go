package domain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
)

// team is a made-up team in memory: what its people do goes through the very door a script's lines and a file's rows use.
type team struct {
	testing.TB
	*domain.Sandbox
	settings *domain.Settings
	now      time.Time
	who      domain.Actor
}

// people of the team, one of each role and a second where another person's word is asked for.
func people() []domain.User {
	return []domain.User{
		{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator},
		{Login: "cai", Name: "Cai Rees", Role: domain.Coordinator},
		{Login: "pat", Name: "Pat Lowe", Role: domain.Practitioner},
		{Login: "pia", Name: "Pia Moss", Role: domain.Practitioner},
		{Login: "sam", Name: "Sam Bright", Role: domain.Supervisor},
		{Login: "sue", Name: "Sue Adeyemi", Role: domain.Supervisor},
		{Login: "ada", Name: "Ada Finch", Role: domain.Auditor},
	}
}

// newTeam begins on Sunday 22 November 2026 at 18:00 with the coordinator Dee at the desk.
func newTeam(t testing.TB, profile ...string) *team {
	t.Helper()
	name := "statutory"
	if len(profile) > 0 {
		name = profile[0]
	}
	p, ok := domain.Profile(name)
	if !ok {
		t.Fatalf("no profile %q", name)
	}
	tm := &team{TB: t, settings: &domain.Settings{Team: domain.Team{Authority: "Newham"}, Profile: name, Policy: p, Users: people()}}
	tm.Sandbox = domain.NewSandbox(domain.EmptyReader{})
	tm.now = clock(t, "2026-11-22 18:00")
	return tm.as("dee")
}

// clock reads a London clock time by the standard library alone; not for one that comes twice, of which it may give either.
func clock(t testing.TB, s string) time.Time {
	t.Helper()
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	v, err := time.ParseInLocation("2006-01-02 15:04", s, l)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// as puts another person at the desk.
func (tm *team) as(login string) *team {
	tm.Helper()
	u, ok := tm.settings.User(login)
	if !ok {
		tm.Fatalf("no person %q", login)
	}
	tm.who = domain.Actor{Login: u.Login, Name: u.Name, Role: u.Role, OSUser: u.Login}
	tm.Over(domain.EmptyReader{Time: tm.now, Who: tm.who, Config: tm.settings})
	return tm
}

// on moves the clock to a London time.
func (tm *team) on(s string) *team {
	tm.Helper()
	tm.now = clock(tm, s)
	return tm.as(tm.who.Login)
}

// try takes a line of `homeward do`.
func (tm *team) try(line string, args ...any) (*domain.Outcome, *domain.Refusal) {
	tm.Helper()
	e, err := domain.ParseAct([]byte(fmt.Sprintf(line, args...)))
	if err != nil {
		return nil, refusal(tm, err)
	}
	out, err := tm.Take(e)
	if err != nil {
		return nil, refusal(tm, err)
	}
	return out, nil
}

func refusal(t testing.TB, err error) *domain.Refusal {
	t.Helper()
	var r *domain.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("not a refusal but %v", err)
	}
	return r
}

// do takes a line that is to be done.
func (tm *team) do(line string, args ...any) *domain.Outcome {
	tm.Helper()
	out, r := tm.try(line, args...)
	if r != nil {
		tm.Fatalf("%s: refused, %s %v", fmt.Sprintf(line, args...), r.Code, r)
	}
	return out
}

// refused takes a line that is to be refused with a code, at a field, in words that hold each of say.
func (tm *team) refused(code domain.Code, field string, say []string, line string, args ...any) {
	tm.Helper()
	_, r := tm.try(line, args...)
	if r == nil {
		tm.Fatalf("%s: done, should be %s", fmt.Sprintf(line, args...), code)
	}
	if r.Code != code || r.Field != field {
		tm.Errorf("%s: %s at %q (%s), should be %s at %q", fmt.Sprintf(line, args...), r.Code, r.Field, r.Message, code, field)
	}
	for _, s := range say {
		if !strings.Contains(r.Message, s) {
			tm.Errorf("%s: says %q, which does not hold %q", fmt.Sprintf(line, args...), r.Message, s)
		}
	}
}

// cells makes a row of a source from "column=value".
func cells(t testing.TB, kv ...string) domain.Row {
	t.Helper()
	var row domain.Row
	for _, p := range kv {
		name, v, _ := strings.Cut(p, "=")
		c, ok := domain.ColumnNamed(name)
		if !ok {
			t.Fatalf("no column %q", name)
		}
		row[c] = v
	}
	return row
}

// arrive takes a row of a file in.
func (tm *team) arrive(kv ...string) (*domain.Outcome, *domain.Refusal) {
	tm.Helper()
	return tm.arriveAs(false, kv...)
}

func (tm *team) arriveAs(history bool, kv ...string) (*domain.Outcome, *domain.Refusal) {
	tm.Helper()
	row := cells(tm, kv...)
	n, faults := domain.ReadRow(&row, tm.settings, tm.now, true)
	if faults != nil {
		return nil, &domain.Refusal{Code: domain.Invalid, Field: faults[0].Column.String(), Message: faults[0].Reason}
	}
	out, err := tm.Take(domain.Envelope{Act: &domain.ImportRow{Row: row, Read: n, History: history, Line: 2}})
	if err != nil {
		return nil, refusal(tm, err)
	}
	return out, nil
}

// arrived takes in a row that is to be taken.
func (tm *team) arrived(kv ...string) *domain.Outcome {
	tm.Helper()
	out, r := tm.arrive(kv...)
	if r != nil {
		tm.Fatalf("row %v: refused, %s %v", kv, r.Code, r)
	}
	return out
}

// back is a child K1 who was missing from yesterday 20:00 and came back today at 14:10: referral R1 of episode E1.
func (tm *team) back() *team {
	tm.Helper()
	tm.arrived("police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14",
		"missing_at=2026-11-21 20:00", "returned_at=2026-11-22 14:10", "notified_at=2026-11-22 15:00")
	return tm
}

// must gives the value of a read that is to succeed and to find something.
func must[T any](t testing.TB, v *T, err error) *T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if v == nil {
		t.Fatal("it is not there")
	}
	return v
}

func (tm *team) referral(n uint64) *domain.Referral {
	tm.Helper()
	r, err := tm.Referral(domain.NewID(domain.KindReferral, n))
	return must(tm, r, err)
}

func (tm *team) episode(n uint64) *domain.Episode {
	tm.Helper()
	e, err := tm.Episode(domain.NewID(domain.KindEpisode, n))
	return must(tm, e, err)
}

func (tm *team) child(n uint64) *domain.Child {
	tm.Helper()
	c, err := tm.Child(domain.NewID(domain.KindChild, n))
	return must(tm, c, err)
}

// stage checks where referral R1 is.
func (tm *team) stage(want domain.Stage) {
	tm.Helper()
	if got := tm.referral(1).Stage; got != want {
		tm.Fatalf("R1 is %s, should be %s", got, want)
	}
}
