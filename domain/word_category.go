package domain

import "strings"

// Category is a further name of the source for the kind of episode, valid for a while: the police rename the lowest
// step every few years (DOMAIN §2). Months and years are whole local days, both included; zero is open.
type Category struct {
	Name     string
	CountsAs string // one of the built-in categories
	From     Date
	Until    Date
}

// Built-in categories (DOMAIN §2).
const (
	CategoryMissing   = "missing"
	CategoryAbsent    = "absent"
	CategoryAway      = "away"
	CategoryEducation = "education"
)

// category finds what a source's word for the kind of episode means on that day.
func (s *Settings) category(word string, on Date) (string, bool) {
	w := strings.ToLower(strings.TrimSpace(word))
	switch w {
	case CategoryMissing, CategoryAbsent, CategoryAway, CategoryEducation:
		return w, true
	}
	for _, c := range s.Categories {
		if strings.ToLower(c.Name) == w && (c.From == 0 || c.From <= on) && (c.Until == 0 || on <= c.Until) {
			return w, true
		}
	}
	return "", false
}

// CountsAs is the built-in category that a stored one counts as.
func (s *Settings) CountsAs(category string) string {
	switch category {
	case CategoryMissing, CategoryAbsent, CategoryAway, CategoryEducation:
		return category
	}
	for _, c := range s.Categories {
		if strings.EqualFold(c.Name, category) {
			return c.CountsAs
		}
	}
	return CategoryMissing
}
