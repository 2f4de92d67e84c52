package domain

import "slices"

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
	// TakenBackBy and TakenBackAt say who took it back as a whole, as far as nobody had built on it.
	TakenBackBy string `json:"taken_back_by,omitempty"`
	TakenBackAt Moment `json:"taken_back_at,omitempty"`
	// Authorities are those that no import before this one named.
	Authorities []string `json:"authorities,omitempty"`
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
func (i *Import) Clone() *Import {
	n := *i
	n.Authorities = slices.Clone(i.Authorities)
	return &n
}

// RecordID, RecordVersion, WithVersion and ChildID make Import a Record.
func (i *Import) RecordID() ID { return i.ID }

// RecordVersion counts the changes.
func (i *Import) RecordVersion() uint64 { return i.Version }

// WithVersion copies the import at another version.
func (i *Import) WithVersion(v uint64) Record { n := *i; n.Version = v; return &n }

// ChildID is zero: an import speaks of no one child.
func (i *Import) ChildID() ID { return 0 }
