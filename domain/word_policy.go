package domain

import (
	"slices"
	"strconv"
	"strings"
)

// Policy is what a team decided for itself where the guidance leaves room: limits, clock starts, who signs off.
// A profile sets all of it; the configuration may override any value (DOMAIN §11).
type Policy struct {
	ContactWithin   Span
	ContactCounts   string // "either" or "child": whose contact meets the contact clock
	InterviewClock  string // "returned", "found" or "notified": where the interview clock starts
	InterviewWithin Span
	WriteUpWithin   Span
	ShareWithin     Span
	FollowUpWithin  Span
	AskAgainAfter   Span // after a first or second decline
	ChaseEvery      Span // when somebody else is responsible
	UrgentWithin    Span // what cannot wait is passed on (assumption, DOMAIN §4)
	AgeFloor        int  // whole years at the start of the episode; 0: none
	SignOff         []string
	Clusters        bool
	ClusterMin      int
	ClusterWindow   int    // local calendar days
	OutOfAreaTo     string // proposed responsible for a child placed out of area
	HelplineAlways  bool   // the helpline goes with every decline (S0)
	CaseRecord      string // the name of the record on the case system ("Mosaic CYP051")
	WeeklyReport    bool   // the partnership report is owed (S3)
	PoliceUnit      bool   // the police missing persons unit gets intelligence at its own address (S3)
	Source          string // who says so, for the line that explains a due time
}

// Where an interview clock may start.
const (
	ClockReturned = "returned"
	ClockFound    = "found"
	ClockNotified = "notified"
)

// ReturnLimit is what regulators measure whatever the policy: 72 elapsed hours from the return (S3; DOMAIN §3).
const ReturnLimit = 72

// statutory is the default: 72 h from return, follow-up in a week, clusters as suggestions (DfE 2014).
func statutory() Policy {
	return Policy{
		ContactWithin: Hours(24), ContactCounts: "either",
		InterviewClock: ClockReturned, InterviewWithin: Hours(72),
		WriteUpWithin: Hours(72), ShareWithin: Hours(24), FollowUpWithin: Days(7),
		AskAgainAfter: Hours(24), ChaseEvery: Hours(24), UrgentWithin: Hours(1),
		SignOff:  []string{"not_required", "unable"},
		Clusters: true, ClusterMin: 3, ClusterWindow: 14,
		OutOfAreaTo: "social_worker",
		Source:      "statutory / DfE 2014",
	}
}

// profileRow is one profile: what it sets otherwise than the statutory policy (DOMAIN §11).
type profileRow struct {
	name string
	sets func(*Policy)
}

// profiles are the closed list; the first is the default.
var profiles = [...]profileRow{
	{name: "statutory", sets: func(*Policy) {}},
	{name: "newham", sets: func(p *Policy) { // S3
		p.WeeklyReport, p.PoliceUnit = true, true
		p.Source = "Newham / DfE 2014"
	}},
	{name: "west_sussex", sets: func(p *Policy) { // S4
		p.InterviewClock = ClockNotified
		p.AgeFloor = 10
		p.CaseRecord = "Mosaic CYP051"
		p.Clusters = false
		p.Source = "West Sussex 2020"
	}},
	{name: "missing_people", sets: func(p *Policy) { // S0
		p.InterviewClock = ClockNotified
		p.HelplineAlways = true
		p.Clusters = false
		p.Source = "Missing People"
	}},
}

// Profile gives the policy of that name; false when there is none.
func Profile(name string) (Policy, bool) {
	for _, r := range profiles {
		if r.name == name {
			p := statutory()
			r.sets(&p)
			return p, true
		}
	}
	return Policy{}, false
}

// Profiles are the names Profile knows.
func Profiles() []string { return columnOf(profiles[:], func(r profileRow) string { return r.name }) }

// NeedsSignOff says whether ending a referral this way waits for another person's sign-off.
func (p Policy) NeedsSignOff(as Stage) bool { return slices.Contains(p.SignOff, string(as)) }

// PolicyKey is one key of [policy] in the configuration with everything that depends on it.
type PolicyKey struct {
	Name string
	// Field is where a policy keeps it: *Span, *string, *int, *bool or *[]string.
	Field func(*Policy) any
	// Words are those it may be, or be made of; nil: any text.
	Words func() []string
	// Min and Max bound a number, both included.
	Min, Max int
	// mark stands before it in the fingerprint of what stored indexes depend on; "": none depends on it.
	mark string
}

// policyKeys are the closed list, in the order of the configuration.
var policyKeys = [...]PolicyKey{
	{Name: "contact_within", Field: func(p *Policy) any { return &p.ContactWithin }, mark: "|"},
	{Name: "contact_counts", Field: func(p *Policy) any { return &p.ContactCounts }, Words: ContactCounts, mark: "|"},
	{Name: "interview_clock", Field: func(p *Policy) any { return &p.InterviewClock }, Words: InterviewClocks, mark: "|"},
	{Name: "interview_within", Field: func(p *Policy) any { return &p.InterviewWithin }, mark: "|"},
	{Name: "write_up_within", Field: func(p *Policy) any { return &p.WriteUpWithin }, mark: "|"},
	{Name: "share_within", Field: func(p *Policy) any { return &p.ShareWithin }, mark: "|"},
	{Name: "follow_up_within", Field: func(p *Policy) any { return &p.FollowUpWithin }},
	{Name: "ask_again_after", Field: func(p *Policy) any { return &p.AskAgainAfter }},
	{Name: "chase_every", Field: func(p *Policy) any { return &p.ChaseEvery }},
	{Name: "urgent_within", Field: func(p *Policy) any { return &p.UrgentWithin }},
	{Name: "age_floor", Field: func(p *Policy) any { return &p.AgeFloor }, Max: 18},
	{Name: "sign_off", Field: func(p *Policy) any { return &p.SignOff }, Words: signOffWords, mark: "|"},
	{Name: "clusters", Field: func(p *Policy) any { return &p.Clusters }, mark: "|clusters "},
	{Name: "cluster_min", Field: func(p *Policy) any { return &p.ClusterMin }, Min: 2, Max: 50, mark: " "},
	{Name: "cluster_window", Field: func(p *Policy) any { return &p.ClusterWindow }, Min: 1, Max: 366, mark: " in "},
	{Name: "out_of_area_to", Field: func(p *Policy) any { return &p.OutOfAreaTo }, Words: responsibleWords},
	{Name: "helpline_always", Field: func(p *Policy) any { return &p.HelplineAlways }},
	{Name: "case_record", Field: func(p *Policy) any { return &p.CaseRecord }},
	{Name: "weekly_report", Field: func(p *Policy) any { return &p.WeeklyReport }},
	{Name: "police_unit", Field: func(p *Policy) any { return &p.PoliceUnit }},
}

// PolicyKeys are the keys of [policy], in the order of the configuration.
func PolicyKeys() []PolicyKey { return slices.Clone(policyKeys[:]) }

// ContactCounts are the words for whose contact meets the contact clock.
func ContactCounts() []string { return []string{"either", WithChild} }

// InterviewClocks are the words for where the interview clock starts.
func InterviewClocks() []string { return []string{ClockReturned, ClockFound, ClockNotified} }

// signOffWords are the endings that may wait for another person's word. An ending that was recorded in error is taken back
// by anybody who may withdraw it.
func signOffWords() []string {
	return wordsOf(stagesThat(func(s *stageRow) bool { return s.ended && s.tells }))
}

func responsibleWords() []string { return wordsOf(Responsibles()) }

// derivation is raised whenever another time follows from the same records and the same policy: indexes that an older
// program built are then built anew.
const derivation = 2

// Fingerprint changes whenever a setting does on which a stored index depends, or the rules that read it; the store rebuilds
// such an index when it was built with another one.
func (p Policy) Fingerprint() string {
	var b strings.Builder
	for _, k := range policyKeys {
		if k.mark == "" {
			continue
		}
		b.WriteString(k.mark)
		switch v := k.Field(&p).(type) {
		case *Span:
			b.WriteString(v.String())
		case *string:
			b.WriteString(*v)
		case *[]string:
			b.WriteString(strings.Join(slices.Sorted(slices.Values(*v)), "+"))
		case *int:
			b.WriteString(strconv.Itoa(*v))
		case *bool:
			b.WriteString(strconv.FormatBool(*v))
		}
	}
	return strings.TrimPrefix(b.String(), "|") + "|rules " + strconv.Itoa(derivation)
}
