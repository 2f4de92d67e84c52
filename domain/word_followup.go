package domain

// The kinds an interview raises by itself.
const (
	FollowChild        = "child"
	FollowShare        = "share"
	FollowRecord       = "record"
	FollowIntelligence = "intelligence"
	FollowStrategy     = "strategy"
)

// Kinds of follow-up (DOMAIN §7).
const (
	FollowUrgent   = "urgent"
	FollowLeadTold = "lead_told"
)

// FollowUpKinds are the kinds DOMAIN §7 names.
func FollowUpKinds() []string {
	return []string{FollowUrgent, "child", "professional", "share", "record", "intelligence", "service", "strategy",
		"early_help", "risk_assessment", "support", FollowLeadTold, "other"}
}

// DueIn is the due time of a kind that starts at t, by policy; urgent is due at once. All limits but S1's and S4's week
// are assumption (DOMAIN §7).
func (p Policy) DueIn(kind string, t Moment) Moment {
	switch kind {
	case FollowUrgent:
		return t
	case FollowShare:
		return At(p.ShareWithin.After(t.Time()))
	case FollowIntelligence, FollowLeadTold:
		return At(Hours(24).After(t.Time()))
	case FollowRecord:
		return At(Hours(72).After(t.Time()))
	case FollowStrategy:
		return At(Days(3).After(t.Time()))
	}
	return At(p.FollowUpWithin.After(t.Time()))
}
