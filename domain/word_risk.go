package domain

import "slices"

// The levels of risk; high risk counts above all others wherever rows are put in order.
const (
	RiskHigh    = "high"
	RiskMedium  = "medium"
	RiskLow     = "low"
	RiskVeryLow = "very_low"
	RiskNone    = "none"
)

// RiskWords are the levels of risk, highest first.
func RiskWords() []string { return []string{RiskHigh, RiskMedium, RiskLow, RiskVeryLow, RiskNone} }

// HigherRisk says that a level of risk is higher than another; one that is not known is higher than none.
func HigherRisk(a, b string) bool {
	words := RiskWords()
	return a != "" && (b == "" || slices.Index(words, a) < slices.Index(words, b))
}
