package domain_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
)

// moment reads "2026-11-22 14:10" or "2026-11-22" alone; "" is not recorded.
func moment(t testing.TB, s string) domain.Moment {
	t.Helper()
	if s == "" {
		return 0
	}
	if d, ok := domain.ParseDate(s); ok {
		return domain.OnDate(d)
	}
	return domain.At(clock(t, s))
}

// story is an episode and its referral by their times.
type story struct{ missing, found, returned, notified, imported, held string }

func (s story) clocks(t testing.TB, p domain.Policy) domain.Clocks {
	t.Helper()
	e := &domain.Episode{MissingAt: moment(t, s.missing), FoundAt: moment(t, s.found), ReturnedAt: moment(t, s.returned), NotifiedAt: moment(t, s.notified)}
	r := &domain.Referral{Made: moment(t, s.imported), HeldAt: moment(t, s.held)}
	return domain.ClocksOf(&p, e, r)
}

func profile(t testing.TB, name string) domain.Policy {
	t.Helper()
	p, ok := domain.Profile(name)
	if !ok {
		t.Fatalf("no profile %q", name)
	}
	return p
}

func TestProfiles(t *testing.T) {
	if got := strings.Join(domain.Profiles(), " "); got != "statutory newham west_sussex missing_people" {
		t.Errorf("profiles: %s", got)
	}
	if _, ok := domain.Profile("sussex"); ok {
		t.Error("a profile that is none")
	}
	for _, c := range []struct {
		name, clock string
		floor       int
		clusters    bool
	}{
		{"statutory", domain.ClockReturned, 0, true},
		{"newham", domain.ClockReturned, 0, true},
		{"west_sussex", domain.ClockNotified, 10, false},
		{"missing_people", domain.ClockNotified, 0, false},
	} {
		p := profile(t, c.name)
		if p.InterviewClock != c.clock || p.AgeFloor != c.floor || p.Clusters != c.clusters {
			t.Errorf("%s: clock %s, floor %d, clusters %v", c.name, p.InterviewClock, p.AgeFloor, p.Clusters)
		}
		// The same in every profile: the printed defaults of the policy.
		if p.ContactWithin.String() != "24h" || p.InterviewWithin.String() != "72h" || p.WriteUpWithin.String() != "72h" ||
			p.ShareWithin.String() != "24h" || p.FollowUpWithin.String() != "7d" || p.AskAgainAfter.String() != "24h" ||
			p.ChaseEvery.String() != "24h" || p.ContactCounts != "either" || p.ClusterMin != 3 || p.ClusterWindow != 14 ||
			strings.Join(p.SignOff, " ") != "not_required unable" {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
	ws, mp, nh := profile(t, "west_sussex"), profile(t, "missing_people"), profile(t, "newham")
	if ws.CaseRecord != "Mosaic CYP051" || ws.OutOfAreaTo != "social_worker" || !mp.HelplineAlways || !nh.WeeklyReport || !nh.PoliceUnit {
		t.Error("a profile lacks what it is for")
	}
}

func TestWhereTheInterviewClockStarts(t *testing.T) {
	full := story{found: "2026-11-22 09:00", returned: "2026-11-22 14:10", notified: "2026-11-22 16:00", imported: "2026-11-23 08:00"}
	for _, c := range []struct {
		what, clock string
		story       story
		start, due  string
	}{
		{"returned", domain.ClockReturned, full, "2026-11-22 14:10", "2026-11-25 14:10"},
		{"found", domain.ClockFound, full, "2026-11-22 09:00", "2026-11-25 09:00"},
		{"notified", domain.ClockNotified, full, "2026-11-22 16:00", "2026-11-25 16:00"},
		{"found, and no found time: the return counts", domain.ClockFound,
			story{returned: "2026-11-22 14:10", imported: "2026-11-23 08:00"}, "2026-11-22 14:10", "2026-11-25 14:10"},
		{"notified, and no notification: the import counts", domain.ClockNotified,
			story{returned: "2026-11-22 14:10", imported: "2026-11-23 08:00"}, "2026-11-23 08:00", "2026-11-26 08:00"},
		{"notified before the return: it spoke of the report", domain.ClockNotified,
			story{returned: "2026-11-22 14:10", notified: "2026-11-22 14:09", imported: "2026-11-23 08:00"}, "2026-11-23 08:00", "2026-11-26 08:00"},
		{"notified at the minute of the return", domain.ClockNotified,
			story{returned: "2026-11-22 14:10", notified: "2026-11-22 14:10", imported: "2026-11-23 08:00"}, "2026-11-22 14:10", "2026-11-25 14:10"},
		{"notified on the day of the return: the dates are compared", domain.ClockNotified,
			story{returned: "2026-11-22 14:10", notified: "2026-11-22", imported: "2026-11-23 08:00"}, "2026-11-22", "2026-11-25 00:00"},
		{"date-only return: from the start of that day", domain.ClockReturned,
			story{returned: "2026-11-22", imported: "2026-11-23 08:00"}, "2026-11-22", "2026-11-25 00:00"},
		{"date-only return on the day the child left: from when they left", domain.ClockReturned,
			story{missing: "2026-11-22 10:00", returned: "2026-11-22", imported: "2026-11-23 08:00"}, "2026-11-22 10:00", "2026-11-25 10:00"},
		{"date-only found on the day the child left", domain.ClockFound,
			story{missing: "2026-11-22 10:00", found: "2026-11-22", returned: "2026-11-22 18:00", imported: "2026-11-23 08:00"}, "2026-11-22 10:00", "2026-11-25 10:00"},
		{"date-only notification on the day the child left", domain.ClockNotified,
			story{missing: "2026-11-22 10:00", returned: "2026-11-22 18:00", notified: "2026-11-22", imported: "2026-11-23 08:00"}, "2026-11-22 10:00", "2026-11-25 10:00"},
		{"date-only both", domain.ClockReturned,
			story{missing: "2026-11-22", returned: "2026-11-22", imported: "2026-11-23 08:00"}, "2026-11-22", "2026-11-25 00:00"},
		{"returned, as the clocks go forward", domain.ClockReturned,
			story{returned: "2026-03-27 14:10", imported: "2026-03-27 15:00"}, "2026-03-27 14:10", "2026-03-30 15:10"},
		{"returned, as the clocks go back", domain.ClockReturned,
			story{returned: "2026-10-24 14:10", imported: "2026-10-24 15:00"}, "2026-10-24 14:10", "2026-10-27 13:10"},
		{"date-only return on the day the clocks go forward", domain.ClockReturned,
			story{returned: "2026-03-29", imported: "2026-03-30 08:00"}, "2026-03-29", "2026-04-01 01:00"},
		{"date-only return on the day the clocks go back", domain.ClockReturned,
			story{returned: "2026-10-25", imported: "2026-10-26 08:00"}, "2026-10-25", "2026-10-27 23:00"},
	} {
		p := profile(t, "statutory")
		p.InterviewClock = c.clock
		k := c.story.clocks(t, p).Interview
		if k.Start != moment(t, c.start) || k.Due != moment(t, c.due) {
			t.Errorf("%s: %v → %v, should be %s → %s", c.what, k.Start, k.Due, c.start, c.due)
		}
	}
}

func TestTheReturnIsAlwaysMeasuredAs72Hours(t *testing.T) {
	s := story{found: "2026-11-22 09:00", returned: "2026-11-22 14:10", notified: "2026-11-24 16:00", imported: "2026-11-24 17:00"}
	for _, name := range domain.Profiles() {
		for _, start := range []string{domain.ClockReturned, domain.ClockFound, domain.ClockNotified} {
			p := profile(t, name)
			p.InterviewClock, p.InterviewWithin = start, domain.Days(5)
			if k := s.clocks(t, p).Return; k.Due != moment(t, "2026-11-25 14:10") {
				t.Errorf("%s, clock %s: return-based due %v", name, start, k.Due)
			}
		}
	}
}

func TestContactStartsWhenTheReferralIsReceived(t *testing.T) {
	for _, c := range []struct {
		what     string
		story    story
		start    string
		byImport bool
	}{
		{"notified after the return", story{returned: "2026-11-22 14:10", notified: "2026-11-22 16:00", imported: "2026-11-23 08:00"}, "2026-11-22 16:00", false},
		{"not notified", story{returned: "2026-11-22 14:10", imported: "2026-11-23 08:00"}, "2026-11-23 08:00", true},
		{"notified before the return", story{returned: "2026-11-22 14:10", notified: "2026-11-21 16:00", imported: "2026-11-23 08:00"}, "2026-11-23 08:00", true},
		{"notified the day before a date-only return", story{returned: "2026-11-22", notified: "2026-11-21 23:59", imported: "2026-11-23 08:00"}, "2026-11-23 08:00", true},
		{"notified on the day of a date-only return", story{returned: "2026-11-22", notified: "2026-11-22 00:10", imported: "2026-11-23 08:00"}, "2026-11-22 00:10", false},
	} {
		for _, name := range domain.Profiles() {
			k := c.story.clocks(t, profile(t, name)).Contact
			due := domain.At(moment(t, c.start).Time().Add(24 * time.Hour))
			if k.Start != moment(t, c.start) || k.Due != due {
				t.Errorf("%s (%s): contact %v → %v, should be from %s", c.what, name, k.Start, k.Due, c.start)
			}
			if says := strings.Contains(k.Explain(), "receipt not recorded, import time used"); says != c.byImport {
				t.Errorf("%s (%s): %q", c.what, name, k.Explain())
			}
		}
	}
}

func TestTheExampleOfTheRules(t *testing.T) {
	s := story{returned: "2026-11-22 14:10", notified: "2026-11-22 16:00"}
	got := s.clocks(t, profile(t, "newham")).Interview.Explain()
	want := "due Wed 25 Nov 14:10 = returned Sun 22 Nov 14:10 + 72 h (policy interview_within, Newham / DfE 2014)"
	if got != want {
		t.Errorf("\n%s\nshould be\n%s", got, want)
	}
}

func TestEveryDerivedTimeExplainsItselfInOneLine(t *testing.T) {
	held := story{found: "2026-11-22 09:00", returned: "2026-11-22 14:10", notified: "2026-11-22 16:00", held: "2026-11-24 10:00"}
	p := profile(t, "newham")
	cs := held.clocks(t, p)
	for _, c := range []struct{ got, want string }{
		{cs.Contact.Explain(), "due Mon 23 Nov 16:00 = received Sun 22 Nov 16:00 + 24 h (policy contact_within, Newham / DfE 2014)"},
		{cs.WriteUp.Explain(), "due Fri 27 Nov 10:00 = held Tue 24 Nov 10:00 + 72 h (policy write_up_within, Newham / DfE 2014)"},
		{cs.Share.Explain(), "due Wed 25 Nov 10:00 = held Tue 24 Nov 10:00 + 24 h (policy share_within, Newham / DfE 2014)"},
	} {
		if c.got != c.want {
			t.Errorf("\n%s\nshould be\n%s", c.got, c.want)
		}
	}
	if s := cs.Return.Explain(); !strings.HasPrefix(s, "due Wed 25 Nov 14:10 = returned Sun 22 Nov 14:10 + 72 h (") {
		t.Error(s)
	}
	p.InterviewClock = domain.ClockFound
	if s := held.clocks(t, p).Interview.Explain(); !strings.HasPrefix(s, "due Wed 25 Nov 09:00 = found Sun 22 Nov 09:00 + 72 h (") {
		t.Error(s)
	}
	if s := (story{returned: "2026-11-22 14:10"}).clocks(t, p).Interview.Explain(); !strings.HasPrefix(s, "due Wed 25 Nov 14:10 = returned Sun 22 Nov 14:10 + 72 h (") || !strings.Contains(s, "no found time") {
		t.Errorf("a clock that falls back to the return says so: %s", s)
	}
	if s := (story{returned: "2026-11-22"}).clocks(t, p).Return.Explain(); !strings.Contains(s, "time not recorded") || !strings.Contains(s, "from the start of that day") {
		t.Errorf("a date-only start says so: %s", s)
	}
	if s := (story{missing: "2026-11-22 10:00", returned: "2026-11-22"}).clocks(t, p).Return.Explain(); s != "due Wed 25 Nov 10:00 = returned Sun 22 Nov 10:00, time not recorded: from when the episode began + 72 h (always measured, DfE 2014)" {
		t.Errorf("a date-only start on the day the child left says so: %s", s)
	}
	p.InterviewClock = domain.ClockNotified
	if s := (story{returned: "2026-11-22 14:10", imported: "2026-11-22 18:00"}).clocks(t, p).Interview.Explain(); !strings.Contains(s, "receipt not recorded, import time used") {
		t.Errorf("a clock that starts at the import says so: %s", s)
	}
	p.FollowUpWithin, p.InterviewClock, p.InterviewWithin = domain.Days(7), domain.ClockReturned, domain.Days(3)
	if s := (story{returned: "2026-10-24 14:10"}).clocks(t, p).Interview.Explain(); !strings.HasPrefix(s, "due Tue 27 Oct 14:10 = returned Sat 24 Oct 14:10 + 3 days (") {
		t.Error(s)
	}
	if s := (story{returned: "2026-12-30 14:10"}).clocks(t, p).Interview.Explain(); !strings.Contains(s, "2 Jan 2027") {
		t.Errorf("over New Year the year is told: %s", s)
	}
	if s := (story{}).clocks(t, p).WriteUp.Explain(); s != "" {
		t.Errorf("a clock that has not started explains %q", s)
	}
	if s := (story{}).clocks(t, p).Return.Explain(); s != "starts at the return, + 72 h (always measured, DfE 2014)" {
		t.Errorf("while the child is not back: %q", s)
	}
}

func TestAClockIsOverWhenNowIsLaterThanItsDueTime(t *testing.T) {
	running := story{returned: "2026-11-22 14:10", notified: "2026-11-22 16:00"}.clocks(t, profile(t, "statutory")).Interview
	for now, over := range map[string]bool{"2026-11-25 14:09": false, "2026-11-25 14:10": false, "2026-11-25 14:11": true} {
		if running.Over(clock(t, now)) != over {
			t.Errorf("at %s: over %v", now, !over)
		}
	}
	if l := running.Left(clock(t, "2026-11-25 09:10")); l != 5*time.Hour {
		t.Errorf("left: %v", l)
	}
	if l := running.Left(clock(t, "2026-11-25 16:10")); l != -2*time.Hour {
		t.Errorf("left: %v", l)
	}
	for _, c := range []struct {
		held         string
		inTime, late bool
	}{{"2026-11-25 14:10", true, false}, {"2026-11-25 14:11", false, true}, {"2026-11-23 10:00", true, false}} {
		k := story{returned: "2026-11-22 14:10", held: c.held}.clocks(t, profile(t, "statutory")).Interview
		if k.MetInTime() != c.inTime || k.MetLate() != c.late || k.Running() || k.Over(clock(t, "2027-01-01 10:00")) {
			t.Errorf("held %s: in time %v, late %v, over %v", c.held, k.MetInTime(), k.MetLate(), k.Over(clock(t, "2027-01-01 10:00")))
		}
	}
}
