package domain

// LateReasons are the words for it.
func LateReasons() []string {
	return []string{"missing_again", "in_hospital", "police_asked", "could_not_reach", "declined_then_agreed", "child_needs",
		"capacity", "late_notification", "other"}
}

// NotRequiredReasons are the words for it.
func NotRequiredReasons() []string {
	return []string{"harm", "police_investigation", "hospital", "under_age", "other"}
}

// NeedsLookAgain says that a reason is no statement that the child is safe.
func NeedsLookAgain(reason string) bool {
	return reason == "harm" || reason == "police_investigation" || reason == "hospital"
}
