package domain

import (
	"cmp"
	"slices"
	"strings"
)

// Flags a person or a source may set, and the derived ones.
const (
	FlagHarm         = "harm"
	FlagExploitation = "exploitation"
	FlagHospital     = "hospital"

	FlagHighRisk          = "high_risk"
	FlagOutOfArea         = "out_of_area"
	FlagMissingAgain      = "missing_again"
	FlagPossibleDuplicate = "possible_duplicate"
	FlagNotBack           = "found_not_back"
	FlagTakenToBe         = "taken_to_be"
	FlagRiskLowered       = "risk_lowered"
)

// FlagAlert begins the derived flag of an alert in force: "alert:3_in_30_days".
const FlagAlert = "alert:"

// flagRow is one flag with everything that depends on it.
type flagRow struct {
	flag    string
	set     bool   // a source or a person sets it; else it is derived, never set (DOMAIN §2)
	short   string // for a list; "": the word itself
	serious int    // where a list has it: the most serious first
}

// flags are the closed list, in the order in which INTERFACES prints them.
var flags = [...]flagRow{
	{flag: FlagHarm, set: true, serious: 1},
	{flag: FlagExploitation, set: true, short: "exploit", serious: 2},
	{flag: FlagHospital, set: true, serious: 3},
	{flag: FlagHighRisk, short: "high", serious: 4},
	{flag: FlagOutOfArea, short: "out", serious: 7},
	{flag: FlagMissingAgain, short: "again", serious: 6},
	{flag: FlagPossibleDuplicate, short: "twin?", serious: 9},
	{flag: FlagNotBack, short: "not back", serious: 10},
	{flag: FlagTakenToBe, short: "who?", serious: 8},
	{flag: FlagRiskLowered, short: "lowered?", serious: 5},
}

// FlagWords are the flags a source or a person may set.
func FlagWords() []string {
	return columnOf(slices.DeleteFunc(slices.Clone(flags[:]), func(f flagRow) bool { return !f.set }), func(f flagRow) string { return f.flag })
}

// InFlagOrder lists the flags that hold, in the order of the table.
func InFlagOrder(holds map[string]bool) []string {
	out := []string{}
	for _, f := range flags {
		if holds[f.flag] {
			out = append(out, f.flag)
		}
	}
	return out
}

// ShortFlags names the flags of a row in words short enough for a list, the most serious first, without the alerts.
func ShortFlags(set []string) string {
	var got []flagRow
	for _, f := range flags {
		if slices.Contains(set, f.flag) {
			got = append(got, f)
		}
	}
	slices.SortFunc(got, func(a, b flagRow) int { return cmp.Compare(a.serious, b.serious) })
	return strings.Join(columnOf(got, func(f flagRow) string { return cmp.Or(f.short, f.flag) }), ", ")
}
