package domain

import (
	"slices"
	"strings"
)

// Column is one column of the referral CSV (INTERFACES), in its printed order.
type Column int

// The columns. LastSeen is our addition: the standard has no column for it, and DOMAIN §3 wants the time kept.
const (
	ColPoliceRef Column = iota
	ColChildRef
	ColGivenName
	ColFamilyName
	ColKnownAs
	ColDOB
	ColGender
	ColStatus
	ColLookedAfter
	ColHomeAuthority
	ColPlacementAuthority
	ColPlacement
	ColPlacementKind
	ColSchool
	ColAddress
	ColChildPhone
	ColCarerName
	ColCarerPhone
	ColPreferredWay
	ColWarning
	ColMissingFrom
	ColCategory
	ColRisk
	ColFlags
	ColMissingAt
	ColReportedAt
	ColFoundAtTime
	ColReturnedAt
	ColNotifiedAt
	ColFoundAt
	ColPrevention
	ColReferrer
	ColSocialWorker
	ColNotes
	ColLastSeen
	NumColumns
)

var columnNames = [NumColumns]string{
	"police_ref", "child_ref", "given_name", "family_name", "known_as", "dob", "gender", "status", "looked_after",
	"home_authority", "placement_authority", "placement", "placement_kind", "school", "address", "child_phone",
	"carer_name", "carer_phone", "preferred_way", "warning", "missing_from", "category", "risk", "flags", "missing_at",
	"reported_at", "found_at_time", "returned_at", "notified_at", "found_at", "prevention_interview", "referrer",
	"social_worker", "notes", "last_seen_at",
}

// String is the column's name in a header.
func (c Column) String() string { return columnNames[c] }

// ColumnNamed finds a column by the name in a header.
func ColumnNamed(name string) (Column, bool) {
	i := slices.Index(columnNames[:], name)
	return Column(i), i >= 0
}

// ColumnNames are the columns of the referral CSV in order.
func ColumnNames() []string { return slices.Clone(columnNames[:]) }

// Row is one row of a source as text, a cell for each column; "" is blank.
type Row [NumColumns]string

// onChild says which columns belong to the child: names, dob, gender and the card's contact columns. Every other column
// belongs to the episode (INTERFACES).
func (c Column) onChild() bool {
	switch c {
	case ColChildRef, ColGivenName, ColFamilyName, ColKnownAs, ColDOB, ColGender, ColAddress, ColChildPhone, ColCarerName,
		ColCarerPhone, ColPreferredWay, ColWarning:
		return true
	}
	return false
}

// EpisodeColumns are the columns `episode.edit` takes.
func EpisodeColumns() []Column {
	var out []Column
	for c := range NumColumns {
		if !c.onChild() {
			out = append(out, c)
		}
	}
	return out
}

// OfReturn says that a practitioner may fill a column in too: what is learnt when a child is found and returns
// (DOMAIN §12).
func (c Column) OfReturn() bool {
	switch c {
	case ColFoundAtTime, ColReturnedAt, ColFoundAt, ColNotifiedAt, ColPrevention:
		return true
	}
	return false
}

// moment is the episode's field for a time column, nil for the others.
func (e *Episode) moment(c Column) *Moment {
	switch c {
	case ColMissingAt:
		return &e.MissingAt
	case ColReportedAt:
		return &e.ReportedAt
	case ColFoundAtTime:
		return &e.FoundAt
	case ColReturnedAt:
		return &e.ReturnedAt
	case ColNotifiedAt:
		return &e.NotifiedAt
	case ColLastSeen:
		return &e.LastSeenAt
	}
	return nil
}

// text is the episode's field for a text column, nil for the others.
func (e *Episode) text(c Column) *string {
	switch c {
	case ColPoliceRef:
		return &e.PoliceRef
	case ColStatus:
		return &e.Status
	case ColLookedAfter:
		return &e.LookedAfter
	case ColHomeAuthority:
		return &e.HomeAuthority
	case ColPlacementAuthority:
		return &e.PlacementAuthority
	case ColPlacement:
		return &e.Placement
	case ColPlacementKind:
		return &e.PlacementKind
	case ColSchool:
		return &e.School
	case ColMissingFrom:
		return &e.MissingFrom
	case ColCategory:
		return &e.Category
	case ColRisk:
		return &e.Risk
	case ColFoundAt:
		return &e.FoundPlace
	case ColPrevention:
		return &e.Prevention
	case ColReferrer:
		return &e.Referrer
	case ColSocialWorker:
		return &e.SocialWorker
	case ColNotes:
		return &e.Notes
	}
	return nil
}

// Value is what an episode has in a column, in canonical form; "" when blank.
func (e *Episode) Value(c Column) string {
	if m := e.moment(c); m != nil {
		return m.Canonical()
	}
	if t := e.text(c); t != nil {
		return *t
	}
	if c == ColFlags {
		var names []string
		for _, w := range FlagWords() {
			if e.HasFlag(w) {
				names = append(names, w)
			}
		}
		return strings.Join(names, ";")
	}
	return ""
}

// IsTime says that a column holds a time.
func (c Column) IsTime() bool { return new(Episode).moment(c) != nil }

// lines is the card's list for a contact column, nil for the others.
func (k *Card) lines(c Column) *[]Line {
	switch c {
	case ColAddress:
		return &k.Addresses
	case ColChildPhone:
		return &k.Phones
	case ColCarerName:
		return &k.Carers
	case ColCarerPhone:
		return &k.CarerPhones
	case ColWarning:
		return &k.Warnings
	}
	return nil
}
