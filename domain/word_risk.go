package domain

// RiskWords are the levels of risk, highest first.
func RiskWords() []string { return riskWords() }

// The words that columns with a list accept.
func riskWords() []string { return []string{"high", "medium", "low", "very_low", "none"} }
