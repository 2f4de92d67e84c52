package domain

// statusRow is one standing of a child with children's social care (DOMAIN §2).
type statusRow struct {
	status string
	open   bool // the child is open to social care: a risk assessment follows an interview, not an early-help assessment
}

var statuses = [...]statusRow{
	{status: "not_open"}, {status: "early_help"}, {status: "in_need", open: true}, {status: "protection_plan", open: true},
	{status: StatusLookedAfter, open: true},
}

// StatusLookedAfter is a child in care of a local authority.
const StatusLookedAfter = "looked_after"

// StatusWords are the child's standing with children's social care.
func StatusWords() []string {
	return columnOf(statuses[:], func(s statusRow) string { return s.status })
}

// openToCare says that a child of this standing is open to children's social care.
func openToCare(status string) bool {
	for _, s := range statuses {
		if s.status == status {
			return s.open
		}
	}
	return false
}
