package domain

import (
	"slices"
	"strings"
)

// HomeWord stands for the configured authority in the authority columns.
const HomeWord = "home"

// AuthorityKey is a local authority's name as names are compared (DOMAIN §2): without case, "London Borough of", "Council",
// "County" and punctuation. "Kent County Council" and "KENT" are one.
func AuthorityKey(name string) string {
	folded := " " + Fold(name) + " "
	key := strings.ReplaceAll(folded, " london borough of ", " ")
	words := slices.DeleteFunc(strings.Fields(key), func(w string) bool { return w == "council" || w == "county" })
	if len(words) == 0 {
		return strings.TrimSpace(folded)
	}
	return strings.Join(words, " ")
}

// IsHome says that a name is the configured authority's: it is blank, the word "home", its name or one of its aliases.
func (t *Team) IsHome(name string) bool {
	key := AuthorityKey(name)
	if key == "" || key == HomeWord {
		return true
	}
	if t.Authority == "" {
		return false
	}
	return key == AuthorityKey(t.Authority) || slices.ContainsFunc(t.Aliases, func(a string) bool { return AuthorityKey(a) == key })
}

// AuthorityNotSet is said in place of out of area where no authority is configured.
const AuthorityNotSet = "authority not set"
