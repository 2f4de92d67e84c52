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
	}
	return nil
}

// Import is one file taken in: who, when, and what became of its rows. The file's name is not kept: it may hold a child's.
type Import struct {
	ID      ID           `json:"id"`
	Version uint64       `json:"version"`
	Format  string       `json:"format"`
	History bool         `json:"history,omitempty"`
	By      string       `json:"by"`
	Begun   Moment       `json:"begun"`
	Ended   Moment       `json:"ended,omitempty"`
	Counts  ImportCounts `json:"counts"`
}

// ImportCounts are the figures an import prints. Refused rows are in none of the others.
type ImportCounts struct {
	Read            int `json:"read"`
	Created         int `json:"created"`
	Updated         int `json:"updated"`
	Unchanged       int `json:"unchanged"`
	Refused         int `json:"refused"`
	ChildrenCreated int `json:"children_created"`
}

// Clone copies the import.
func (i *Import) Clone() *Import { n := *i; return &n }

// RecordID, RecordVersion, WithVersion and ChildID make Import a Record.
func (i *Import) RecordID() ID { return i.ID }

// RecordVersion counts the changes.
func (i *Import) RecordVersion() uint64 { return i.Version }

// WithVersion copies the import at another version.
func (i *Import) WithVersion(v uint64) Record { n := *i; n.Version = v; return &n }

// ChildID is zero: an import speaks of no one child.
func (i *Import) ChildID() ID { return 0 }
