package domain

// StatusWords are the child's standing with children's social care (DOMAIN §2).
func StatusWords() []string {
	return []string{"not_open", "early_help", "in_need", "protection_plan", "looked_after"}
}
