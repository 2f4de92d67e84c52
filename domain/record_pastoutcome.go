package domain

import (
	"slices"
	"strings"
)

// How the offer of an interview ended that was made before this program was used, as extracts of the past tell it.
const (
	PastCompleted   = "completed"
	PastDeclined    = "declined"
	PastUnable      = "unable"
	PastNotRequired = "not_required"
	PastNone        = "none"
)

// PastOutcomes are the words for it.
func PastOutcomes() []string {
	return []string{PastCompleted, PastDeclined, PastUnable, PastNotRequired, PastNone}
}

// pastOutcome reads one of the words, or the answer of an extract to "was the interview accepted": yes, no, not applicable.
func pastOutcome(v string) (string, string) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "y":
		return PastCompleted, ""
	case "n":
		return PastDeclined, ""
	case "na", "n/a":
		return PastNone, ""
	}
	if w := listWord(v); slices.Contains(PastOutcomes(), w) {
		return w, ""
	}
	return "", "“" + v + "” is none of " + strings.Join(PastOutcomes(), ", ") + ", Y, N, NA"
}

// TellsOfInterview says that the source of an episode told anything of its interview.
func (e *Episode) TellsOfInterview() bool {
	for c := range NumColumns {
		if columns[c].past && e.Value(c) != "" {
			return true
		}
	}
	return false
}

// openHistory says that an episode came in as history without a return, and nothing tells of its interview: the source may say in an
// ordinary file that the child is missing, or back from it, and it is no history any more. Any other history stays history.
func (e *Episode) openHistory() bool {
	return e.History && !e.Over() && e.Ended == nil && e.DuplicateOf == 0 && !e.TellsOfInterview()
}
