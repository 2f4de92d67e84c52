package domain

import (
	"maps"
	"slices"
)

// Episode is one period of being missing: what happened and when, each time with its precision. Nothing computed is kept.
type Episode struct {
	ID        ID     `json:"id"`
	Version   uint64 `json:"version"`
	Child     ID     `json:"child"`
	PoliceRef string `json:"police_ref,omitempty"`
	Category  string `json:"category,omitempty"`
	Risk      string `json:"risk,omitempty"`
	History   bool   `json:"history,omitempty"` // recorded without raising a referral; stays so
	Referral  ID     `json:"referral,omitempty"`

	LastSeenAt Moment `json:"last_seen_at,omitempty"`
	MissingAt  Moment `json:"missing_at"`
	ReportedAt Moment `json:"reported_at,omitempty"`
	FoundAt    Moment `json:"found_at_time,omitempty"`
	ReturnedAt Moment `json:"returned_at,omitempty"`
	NotifiedAt Moment `json:"notified_at,omitempty"`

	// When the category and the risk of now began, where somebody said so.
	CategoryFrom Moment `json:"category_from,omitempty"`
	RiskFrom     Moment `json:"risk_from,omitempty"`

	MissingFrom  string `json:"missing_from,omitempty"`
	FoundPlace   string `json:"found_at,omitempty"`
	Prevention   string `json:"prevention_interview,omitempty"`
	Referrer     string `json:"referrer,omitempty"`
	SocialWorker string `json:"social_worker,omitempty"`
	Notes        string `json:"notes,omitempty"`

	Status             string `json:"status,omitempty"`
	LookedAfter        string `json:"looked_after,omitempty"` // "yes", "no" or "": not said
	HomeAuthority      string `json:"home_authority,omitempty"`
	PlacementAuthority string `json:"placement_authority,omitempty"`
	Placement          string `json:"placement,omitempty"`
	PlacementKind      string `json:"placement_kind,omitempty"`
	School             string `json:"school,omitempty"`

	Flags []Flag `json:"flags,omitempty"`
	// SaidFlags is what the source last said of flags: each flag has its own author, so that one a person set hides
	// nothing the source says later, and one a person cleared stays cleared until the source says it anew.
	SaidFlags string `json:"said_flags,omitempty"`
	// Cleared are flags that were taken back, with who took them back, why and when.
	Cleared []Flag `json:"cleared,omitempty"`
	Risks   []Risk `json:"risks,omitempty"` // how the risk level changed, oldest first
	// Categories are how the category changed, oldest first: away may become missing.
	Categories []CategoryChange `json:"categories,omitempty"`

	// What became of the interview, as an extract of the past has it: of history alone.
	OfferedAt   Moment `json:"offered_at,omitempty"`
	HeldAt      Moment `json:"held_at,omitempty"`
	Interviewer string `json:"interviewer,omitempty"`
	Independent string `json:"independent,omitempty"` // "yes", "no", or as the source has it
	Outcome     string `json:"outcome,omitempty"`     // one of [PastOutcomes]
	DeclinedBy  string `json:"declined_by,omitempty"`
	ReasonLate  string `json:"reason_late,omitempty"`

	// Edited holds, for each column a person changed, what the source last said (canonical; "" when it never said).
	Edited map[string]string `json:"edited,omitempty"`
	// Told are the columns in which a later row differed from what a person had edited, until somebody has seen it.
	Told []Mismatch `json:"told,omitempty"`
	Made Moment     `json:"made"`
	// Import is the batch that brought it, zero for one entered by hand.
	Import ID `json:"import,omitempty"`
	// Via is the record of a joined child by which a row found its child: undoing the join gives the episode back to it.
	Via ID `json:"via,omitempty"`
	// TakenToBe says that it is this child's by name and date of birth alone, or that a later row writes one of them a slip
	// otherwise: nobody has confirmed it yet.
	TakenToBe bool `json:"taken_to_be,omitempty"`
	// MovedFrom are the children it was thought to be of before: the source's rows go on saying so.
	MovedFrom []ID `json:"moved_from,omitempty"`
	// DuplicateOf is the episode it was found to be the same as; it then leaves every count.
	DuplicateOf  ID     `json:"duplicate_of,omitempty"`
	DuplicateBy  string `json:"duplicate_by,omitempty"`
	DuplicateAt  Moment `json:"duplicate_at,omitempty"`
	DuplicateWhy string `json:"duplicate_why,omitempty"`
	// Ended says how it ended without a return.
	Ended *Ending `json:"ended,omitempty"`
}

// Flag is harm, exploitation or hospital, with who set it, why and when (DOMAIN §2).
type Flag struct {
	Name   string `json:"name"`
	By     string `json:"by"`
	At     Moment `json:"at"`
	Why    string `json:"why,omitempty"`
	Source bool   `json:"source,omitempty"` // came with the referral
}

// Risk is one change of the risk level.
type Risk struct {
	Level string `json:"level"`
	At    Moment `json:"at"`             // when it was told here
	From  Moment `json:"from,omitempty"` // since when, where the source says so; else between two notices
	By    string `json:"by"`
}

// CategoryChange is one change of the category.
type CategoryChange struct {
	Category string `json:"category"`
	At       Moment `json:"at"`             // when it was told here
	From     Moment `json:"from,omitempty"` // since when, where the source says so; else between two notices
	By       string `json:"by"`
}

// RecordID, RecordVersion, WithVersion and ChildID make Episode a Record.
func (e *Episode) RecordID() ID { return e.ID }

// RecordVersion counts the changes.
func (e *Episode) RecordVersion() uint64 { return e.Version }

// WithVersion copies the episode at another version.
func (e *Episode) WithVersion(v uint64) Record { n := *e; n.Version = v; return &n }

// ChildID is the child who was missing.
func (e *Episode) ChildID() ID { return e.Child }

// Clone copies the episode with its lists.
func (e *Episode) Clone() *Episode {
	n := *e
	n.Flags = slices.Clone(e.Flags)
	n.Cleared = slices.Clone(e.Cleared)
	n.Risks = slices.Clone(e.Risks)
	n.Categories = slices.Clone(e.Categories)
	n.Told = slices.Clone(e.Told)
	n.Edited = maps.Clone(e.Edited)
	n.MovedFrom = slices.Clone(e.MovedFrom)
	if e.Ended != nil {
		v := *e.Ended
		n.Ended = &v
	}
	return &n
}

// ShownRef is the police reference, or the E-number where there is none.
func (e *Episode) ShownRef() string {
	if e.PoliceRef != "" {
		return e.PoliceRef
	}
	return e.ID.String()
}

// Over says that the child is back.
func (e *Episode) Over() bool { return e.ReturnedAt != 0 }

// Located says that the child was found or is back: an interview is owed, also while the child is not back (DOMAIN §3).
func (e *Episode) Located() bool { return e.FoundAt != 0 || e.ReturnedAt != 0 }

// LocatedAt is when the child was found, or was back where that came first; zero when neither is known. No interview can
// have been held before it.
func (e *Episode) LocatedAt() Moment {
	if e.FoundAt == 0 || e.ReturnedAt != 0 && e.ReturnedAt.Unix() < e.FoundAt.Unix() {
		return e.ReturnedAt
	}
	return e.FoundAt
}

// FoundNotBack says that the child was found (custody, hospital, another address) and has not returned.
func (e *Episode) FoundNotBack() bool { return e.FoundAt != 0 && e.ReturnedAt == 0 && e.Ended == nil }

// HasFlag says whether a set flag stands.
func (e *Episode) HasFlag(name string) bool {
	return slices.ContainsFunc(e.Flags, func(f Flag) bool { return f.Name == name })
}

// IsLookedAfter says so by its own column or by the status.
func (e *Episode) IsLookedAfter() bool {
	return e.LookedAfter == "yes" || e.LookedAfter == "" && e.Status == StatusLookedAfter
}

// OutOfArea says that a looked-after child is placed in another authority than the home one (DOMAIN §2). Blank or
// "home" means the team's own. Where the team has none set nobody is out of area.
func (e *Episode) OutOfArea(t *Team) bool {
	if t.Authority == "" || !e.IsLookedAfter() {
		return false
	}
	home, placed := t.IsHome(e.HomeAuthority), t.IsHome(e.PlacementAuthority)
	if home || placed {
		return home != placed
	}
	return AuthorityKey(e.HomeAuthority) != AuthorityKey(e.PlacementAuthority)
}

// AreaUnknown says that a child would be out of area or not, and no authority is set to hold that against.
func (e *Episode) AreaUnknown(t *Team) bool {
	return t.Authority == "" && e.IsLookedAfter() && (!t.IsHome(e.HomeAuthority) || !t.IsHome(e.PlacementAuthority))
}

// Ours says that the child is the team's own authority's.
func (e *Episode) Ours(t *Team) bool { return t.IsHome(e.HomeAuthority) }

// Returns says that it is an episode that counts, with a return at or after a time and before another.
func (e *Episode) Returns(from, before Moment) bool {
	return e.DuplicateOf == 0 && e.ReturnedAt != 0 && e.ReturnedAt.Unix() >= from.Unix() && e.ReturnedAt.Unix() < before.Unix()
}
