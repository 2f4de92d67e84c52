package domain

// Record is one thing the store keeps under an ID of its own. Records are values: a decision works on its own copy.
type Record interface {
	// RecordID names the record.
	RecordID() ID
	// RecordVersion counts the acts that changed it, from 1. The store sets it.
	RecordVersion() uint64
	// WithVersion is the same record at another version.
	WithVersion(uint64) Record
	// ChildID is the child it speaks of, for reading by child.
	ChildID() ID
}

// NewRecord gives an empty record of a kind to decode into; nil for a kind that has no record of its own.
func NewRecord(k Kind) Record {
	switch k {
	case KindChild:
		return &Child{}
	case KindEpisode:
		return &Episode{}
	case KindReferral:
		return &Referral{}
	case KindCluster:
		return &Cluster{}
	case KindInterview:
		return &Interview{}
	case KindFollowUp:
		return &FollowUp{}
	case KindImport:
		return &Import{}
	case KindNoted:
		return &Noted{}
	case KindNone, KindAttempt, KindChange: // stand inside other records, and in the log
	}
	return nil
}
