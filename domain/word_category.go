package domain

import (
	"slices"
	"strings"
)

// Built-in categories (DOMAIN §2).
const (
	CategoryMissing   = "missing"
	CategoryAbsent    = "absent"
	CategoryAway      = "away"
	CategoryEducation = "education"
)

// CategoryWords are the built-in categories.
func CategoryWords() []string {
	return []string{CategoryMissing, CategoryAbsent, CategoryAway, CategoryEducation}
}

// CountsAs is the built-in category that a stored one counts as.
func (s *Settings) CountsAs(category string) string {
	if slices.Contains(CategoryWords(), category) {
		return category
	}
	for _, c := range s.Categories {
		if strings.EqualFold(c.Name, category) {
			return c.CountsAs
		}
	}
	return CategoryMissing
}
