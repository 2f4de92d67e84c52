package domain

// Why an interview was late, and why none is required. Every word is offered in the order of its table.

// lateReasonRow is one reason why an interview is or was late (DOMAIN §3).
type lateReasonRow struct {
	reason string
	words  bool // it says nothing by itself: words are required
}

var lateReasons = [...]lateReasonRow{
	{reason: "missing_again"}, {reason: "in_hospital"}, {reason: "police_asked"}, {reason: "could_not_reach"},
	{reason: "declined_then_agreed"}, {reason: "child_needs"}, {reason: "capacity"}, {reason: "late_notification"},
	{reason: "other", words: true},
}

// LateReasons are the words for why an interview is or was late.
func LateReasons() []string {
	return columnOf(lateReasons[:], func(r lateReasonRow) string { return r.reason })
}

// lateReasonNeedsWords says that a reason late says nothing by itself.
func lateReasonNeedsWords(reason string) bool {
	for _, r := range lateReasons {
		if r.reason == reason {
			return r.words
		}
	}
	return false
}

// notRequiredRow is one reason why no interview is required, or not now (DOMAIN §4, Triage; S4).
type notRequiredRow struct {
	reason    string
	lookAgain bool // it does not say that the child is safe: when to look again, and who keeps the child safe meanwhile
	underAge  bool // it holds only below the policy's age floor
}

var notRequiredReasons = [...]notRequiredRow{
	{reason: "harm", lookAgain: true},
	{reason: "police_investigation", lookAgain: true},
	{reason: "hospital", lookAgain: true},
	{reason: "under_age", underAge: true},
	{reason: "other"},
}

func notRequiredReason(reason string) notRequiredRow {
	for _, r := range notRequiredReasons {
		if r.reason == reason {
			return r
		}
	}
	return notRequiredRow{}
}

// NotRequiredReasons are the words for why no interview is required.
func NotRequiredReasons() []string {
	return columnOf(notRequiredReasons[:], func(r notRequiredRow) string { return r.reason })
}

// NeedsLookAgain says that a reason is no statement that the child is safe.
func NeedsLookAgain(reason string) bool { return notRequiredReason(reason).lookAgain }
