package domain

import (
	"fmt"
	"slices"
	"sort"
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
		AskAgainAfter: Hours(24), ChaseEvery: Hours(24),
		SignOff:  []string{"not_required", "unable"},
		Clusters: true, ClusterMin: 3, ClusterWindow: 14,
		OutOfAreaTo: "social_worker",
		Source:      "statutory / DfE 2014",
	}
}

// Profile gives the policy of that name; false when there is none.
func Profile(name string) (Policy, bool) {
	p := statutory()
	switch name {
	case "statutory":
	case "newham": // S3
		p.WeeklyReport, p.PoliceUnit = true, true
		p.Source = "Newham / DfE 2014"
	case "west_sussex": // S4
		p.InterviewClock = ClockNotified
		p.AgeFloor = 10
		p.CaseRecord = "Mosaic CYP051"
		p.Clusters = false
		p.Source = "West Sussex 2020"
	case "missing_people": // S0
		p.InterviewClock = ClockNotified
		p.HelplineAlways = true
		p.Clusters = false
		p.Source = "Missing People"
	default:
		return Policy{}, false
	}
	return p, true
}

// Profiles are the names Profile knows.
func Profiles() []string { return []string{"statutory", "newham", "west_sussex", "missing_people"} }

// NeedsSignOff says whether ending a referral this way waits for another person's sign-off.
func (p Policy) NeedsSignOff(as Stage) bool { return slices.Contains(p.SignOff, string(as)) }

// Fingerprint changes whenever a setting does on which a stored index depends; the store rebuilds such an index when it
// was built with another one.
func (p Policy) Fingerprint() string {
	so := slices.Clone(p.SignOff)
	sort.Strings(so)
	return strings.Join([]string{
		p.ContactWithin.String(), p.ContactCounts, p.InterviewClock, p.InterviewWithin.String(),
		p.WriteUpWithin.String(), p.ShareWithin.String(), strings.Join(so, "+"),
		fmt.Sprintf("clusters %t %d in %d", p.Clusters, p.ClusterMin, p.ClusterWindow),
	}, "|")
}
