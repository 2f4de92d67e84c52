package domain

import (
	"cmp"
	"slices"
)

// The kinds of follow-up that the program itself speaks of; the table below has all of them (DOMAIN §7).
const (
	FollowUrgent         = "urgent"
	FollowChild          = "child"
	FollowProfessional   = "professional"
	FollowShare          = "share"
	FollowRecord         = "record"
	FollowIntelligence   = "intelligence"
	FollowService        = "service"
	FollowStrategy       = "strategy"
	FollowEarlyHelp      = "early_help"
	FollowRiskAssessment = "risk_assessment"
	FollowSupport        = "support"
	FollowLeadTold       = "lead_told"
	FollowOther          = "other"
)

// followUpRow is one kind of follow-up with everything that depends on it.
type followUpRow struct {
	kind   string
	within func(Policy) Span // from its start to its due time
	inPlan bool              // an action of the plan may become one
	family bool              // it is done for the child or family: nothing of it is due once the child died
	// raised says by which step of an interview it is raised by itself, and when says whether; nil: always.
	raised raisedBy
	turn   int // in which that step raises it; what the plan asks for has its own
	when   func(*Interview, careStanding) bool
	text   func(Policy) string
}

// raisedBy is the step of an interview that raises a follow-up by itself.
type raisedBy uint8

const (
	byNothing raisedBy = iota
	byHolding
	bySubmitting
)

// planTurn is when submitting raises the actions of the plan: after the record on the case system, before the rest.
const planTurn = 2

// careStanding says how the child of an interview stands with children's social care, by the episodes it covers.
type careStanding struct{ open bool }

// followUpKinds are the closed list, in the order in which a form offers them. All limits but S1's and S4's week are
// assumption (DOMAIN §7).
var followUpKinds = [...]followUpRow{
	{kind: FollowUrgent, within: func(p Policy) Span { return p.UrgentWithin }},
	{kind: FollowChild, within: followUpWithin, family: true, raised: byHolding, text: says("See how the child is, and what has happened since")},
	{kind: FollowProfessional, within: followUpWithin, inPlan: true},
	{kind: FollowShare, within: func(p Policy) Span { return p.ShareWithin }, raised: byHolding,
		text: says("Share the record and the plan with the social worker or lead professional")},
	{kind: FollowRecord, within: hours(72), raised: bySubmitting, turn: 1,
		text: func(p Policy) string { return "Put the record on " + cmp.Or(p.CaseRecord, "the case system") }},
	{kind: FollowIntelligence, within: hours(24), raised: bySubmitting, turn: 3,
		when: func(v *Interview, _ careStanding) bool { return len(v.Sheet.Sections["intelligence"]) > 0 },
		text: says("Tell the police missing persons unit and the safeguarding operations group")},
	{kind: FollowService, within: followUpWithin, inPlan: true, family: true},
	{kind: FollowStrategy, within: days(3), raised: bySubmitting, turn: 4,
		when: func(v *Interview, _ careStanding) bool { return v.planned("strategy") == "yes" },
		text: says("Strategy meeting: when held, that the interview was shared, what was decided")},
	{kind: FollowEarlyHelp, within: followUpWithin, family: true, raised: bySubmitting, turn: 6,
		when: func(_ *Interview, s careStanding) bool { return !s.open }, text: says("Early help assessment")},
	{kind: FollowRiskAssessment, within: followUpWithin, raised: bySubmitting, turn: 6,
		when: func(_ *Interview, s careStanding) bool { return s.open },
		text: says("Risk assessment and safety plan, informed by the interview")},
	{kind: FollowSupport, within: followUpWithin, inPlan: true, family: true, raised: bySubmitting, turn: 5,
		when: func(v *Interview, _ careStanding) bool { return v.planned("support") == "accepted" }, text: says("Support after the interview")},
	{kind: FollowLeadTold, within: hours(24)},
	{kind: FollowOther, within: followUpWithin, inPlan: true},
}

func says(text string) func(Policy) string { return func(Policy) string { return text } }
func hours(n int) func(Policy) Span        { return func(Policy) Span { return Hours(n) } }
func days(n int) func(Policy) Span         { return func(Policy) Span { return Days(n) } }
func followUpWithin(p Policy) Span         { return p.FollowUpWithin }

// planned is a short answer of the record's plan.
func (v *Interview) planned(field string) string { return v.Sheet.Get("", "plan", field).Text }

// FollowUpKinds are the kinds DOMAIN §7 names.
func FollowUpKinds() []string {
	return columnOf(followUpKinds[:], func(k followUpRow) string { return k.kind })
}

// PlanKinds are the follow-ups that an action of the plan may become (DOMAIN §7).
func PlanKinds() []string {
	in := slices.DeleteFunc(slices.Clone(followUpKinds[:]), func(k followUpRow) bool { return !k.inPlan })
	return columnOf(in, func(k followUpRow) string { return k.kind })
}

// forFamily says that a kind is done for the child or family.
func forFamily(kind string) bool {
	return slices.ContainsFunc(followUpKinds[:], func(k followUpRow) bool { return k.kind == kind && k.family })
}

// DueIn is the due time of a kind that starts at t, by policy.
func (p Policy) DueIn(kind string, t Moment) Moment {
	for _, k := range followUpKinds {
		if k.kind == kind {
			return At(k.within(p).After(t.Time()))
		}
	}
	return At(p.FollowUpWithin.After(t.Time()))
}
