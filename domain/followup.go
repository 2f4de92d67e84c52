package domain

import "slices"

// FollowUp is what must happen for a child, with an owner and a due time (DOMAIN §7).
type FollowUp struct {
	ID        ID        `json:"id"`
	Version   uint64    `json:"version"`
	Child     ID        `json:"child"`
	Referral  ID        `json:"referral,omitempty"`
	Interview ID        `json:"interview,omitempty"`
	Kind      string    `json:"kind"`
	Text      string    `json:"text"`
	Owner     string    `json:"owner,omitempty"`
	Due       Moment    `json:"due"`
	By        string    `json:"by"`
	At        Moment    `json:"at"`
	Attempts  []Attempt `json:"attempts,omitempty"`
	DoneAt    Moment    `json:"done_at,omitempty"`
	DoneBy    string    `json:"done_by,omitempty"`
	Found     string    `json:"found,omitempty"`
	Next      string    `json:"next,omitempty"`
}

// Kinds of follow-up (DOMAIN §7).
const (
	KindUrgent   = "urgent"
	KindLeadTold = "lead_told"
)

// FollowUpKinds are the kinds DOMAIN §7 names.
func FollowUpKinds() []string {
	return []string{KindUrgent, "child", "professional", "share", "record", "intelligence", "service", "strategy",
		"early_help", "risk_assessment", "support", KindLeadTold, "other"}
}

// RecordID, RecordVersion, WithVersion and ChildID make FollowUp a Record.
func (f *FollowUp) RecordID() ID { return f.ID }

// RecordVersion counts the changes.
func (f *FollowUp) RecordVersion() uint64 { return f.Version }

// WithVersion copies the follow-up at another version.
func (f *FollowUp) WithVersion(v uint64) Record { n := *f; n.Version = v; return &n }

// ChildID is the child it is for.
func (f *FollowUp) ChildID() ID { return f.Child }

// Clone copies the follow-up with its lists.
func (f *FollowUp) Clone() *FollowUp {
	n := *f
	n.Attempts = slices.Clone(f.Attempts)
	return &n
}

// Open says that it is not done.
func (f *FollowUp) Open() bool { return f.DoneAt == 0 }

// DueIn is the due time of a kind that starts at t, by policy; urgent is due at once. All limits but S1's and S4's week
// are assumption (DOMAIN §7).
func (p Policy) DueIn(kind string, t Moment) Moment {
	switch kind {
	case KindUrgent:
		return t
	case "share":
		return At(p.ShareWithin.After(t.Time()))
	case "intelligence", KindLeadTold:
		return At(Hours(24).After(t.Time()))
	case "record":
		return At(Hours(72).After(t.Time()))
	case "strategy":
		return At(Days(3).After(t.Time()))
	}
	return At(p.FollowUpWithin.After(t.Time()))
}
