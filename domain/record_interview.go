package domain

import (
	"maps"
	"slices"
)

// Interview is one return home interview with its record (DOMAIN §6): of a referral, or of a cluster's members together.
// It may be prepared before it is held; that it was held is recorded in one short step.
type Interview struct {
	ID        ID     `json:"id"`
	Version   uint64 `json:"version"`
	Child     ID     `json:"child"`
	Cluster   ID     `json:"cluster,omitempty"`
	Referrals []ID   `json:"referrals"`
	Episodes  []ID   `json:"episodes"`
	Owner     string `json:"owner"` // whose record it is: the interviewer, or who took it over
	By        string `json:"by"`
	At        Moment `json:"at"`

	HeldAt      Moment `json:"held_at,omitempty"`
	HeldBy      string `json:"held_by,omitempty"` // who recorded that it was held
	Interviewer string `json:"interviewer,omitempty"`
	Reach       string `json:"reach,omitempty"` // of an interviewer who is not of the team: how they can be reached
	// Formerly are who was recorded as the interviewer before that was corrected or taken back: none of them signs it off.
	Formerly []FormerInterviewer `json:"formerly,omitempty"`

	Sheet Sheet `json:"sheet"`
	// Authors are who wrote an answer last, where that is not the owner: "episode/section/field" → login.
	Authors map[string]string `json:"authors,omitempty"`
	SavedAt Moment            `json:"saved_at,omitempty"`

	SubmittedBy string        `json:"submitted_by,omitempty"`
	SubmittedAt Moment        `json:"submitted_at,omitempty"`
	SignedBy    string        `json:"signed_by,omitempty"`
	SignedAt    Moment        `json:"signed_at,omitempty"`
	Comments    []SignComment `json:"comments,omitempty"`
	// Versions are the sheet as it was each time it was submitted, oldest first.
	Versions []SheetVersion `json:"versions,omitempty"`
	Shares   []Share        `json:"shares,omitempty"`
	// Into is the record that took this one in, when two prepared apart became one interview.
	Into ID `json:"into,omitempty"`
	// Parted are the episodes it was held for that turned out to be another child's: what stands here may be about them.
	Parted []Parted `json:"parted,omitempty"`
}

// FormerInterviewer is somebody who was recorded as having held an interview, and when that was said to be.
type FormerInterviewer struct {
	Who    string `json:"who"`
	HeldAt Moment `json:"held_at"`
}

// SignComment is what was said when a record was signed off or sent back.
type SignComment struct {
	Approved bool   `json:"approved"`
	Text     string `json:"text,omitempty"`
	By       string `json:"by"`
	At       Moment `json:"at"`
}

// SheetVersion is a record as it was submitted.
type SheetVersion struct {
	Sheet Sheet  `json:"sheet"`
	By    string `json:"by"`
	At    Moment `json:"at"`
}

// Share is one copy that left: to whom, how, what for (DOMAIN §9).
type Share struct {
	Audience Audience `json:"audience"`
	To       string   `json:"to"`
	Way      string   `json:"way"`
	Purpose  string   `json:"purpose"`
	Unsigned bool     `json:"unsigned,omitempty"` // it was not signed off yet, and said so
	By       string   `json:"by"`
	At       Moment   `json:"at"`
}

// RecordID, RecordVersion, WithVersion and ChildID make Interview a Record.
func (v *Interview) RecordID() ID { return v.ID }

// RecordVersion counts the changes.
func (v *Interview) RecordVersion() uint64 { return v.Version }

// WithVersion copies the interview at another version.
func (v *Interview) WithVersion(n uint64) Record { c := *v; c.Version = n; return &c }

// ChildID is the child who was listened to.
func (v *Interview) ChildID() ID { return v.Child }

// Clone copies the interview with its lists.
func (v *Interview) Clone() *Interview {
	n := *v
	n.Referrals = slices.Clone(v.Referrals)
	n.Episodes = slices.Clone(v.Episodes)
	n.Sheet = v.Sheet.Clone()
	n.Authors = maps.Clone(v.Authors)
	n.Comments = slices.Clone(v.Comments)
	n.Versions = slices.Clone(v.Versions)
	for i := range n.Versions {
		n.Versions[i].Sheet = n.Versions[i].Sheet.Clone()
	}
	n.Shares = slices.Clone(v.Shares)
	n.Parted = slices.Clone(v.Parted)
	n.Formerly = slices.Clone(v.Formerly)
	return &n
}

// State of a record in words: prepared, to write up, submitted, signed off.
func (v *Interview) State() string {
	switch {
	case v.SignedAt != 0:
		return "signed off"
	case v.SubmittedAt != 0:
		return "submitted"
	case v.HeldAt != 0:
		return "to write up"
	}
	return "prepared"
}

// author is who wrote an answer: somebody else than the owner where that is kept.
func (v *Interview) author(c SheetChange) string {
	if a := v.Authors[c.key()]; a != "" {
		return a
	}
	return v.Owner
}

func (c SheetChange) key() string { return c.Episode + "/" + c.Section + "/" + c.Field }

// Missing are the required answers that are blank (DOMAIN §6): each may be "not asked" or "did not want to say".
func (v *Interview) Missing() []SheetChange {
	var out []SheetChange
	for _, s := range Sections() {
		for _, f := range s.Fields {
			if f.Asked && v.Sheet.Get("", s.Name, f.Name).Blank() {
				out = append(out, SheetChange{Section: s.Name, Field: f.Name})
			}
		}
	}
	return out
}

// SentBack is the comment with which the record came back and which nobody has answered by submitting again; nil when
// there is none.
func (v *Interview) SentBack() *SignComment {
	if n := len(v.Comments); n > 0 && !v.Comments[n-1].Approved && v.SubmittedAt == 0 {
		return &v.Comments[n-1]
	}
	return nil
}
