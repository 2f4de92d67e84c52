package domain

// Flags a person or a source may set, and the derived ones.
const (
	FlagHarm         = "harm"
	FlagExploitation = "exploitation"
	FlagHospital     = "hospital"

	FlagHighRisk          = "high_risk"
	FlagOutOfArea         = "out_of_area"
	FlagMissingAgain      = "missing_again"
	FlagPossibleDuplicate = "possible_duplicate"
)

// FlagAlert begins the derived flag of an alert in force: "alert:3_in_30_days".
const FlagAlert = "alert:"

// FlagWords are the flags a source or a person may set.
func FlagWords() []string { return []string{FlagHarm, FlagExploitation, FlagHospital} }
