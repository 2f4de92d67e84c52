package domain

import (
	"slices"
	"strings"
)

// SourceName is a further name of a source for one of our words: of a category, a level of risk or a status. The police
// rename the lowest step every few years (DOMAIN §2), so it may be valid for a while: whole local days, both included;
// zero is open.
type SourceName struct {
	Name     string
	CountsAs string // one of our own words
	From     Date
	Until    Date
}

// validOn says that the name is valid on a day; on day zero every name is.
func (n *SourceName) validOn(on Date) bool {
	return on == 0 || (n.From == 0 || n.From <= on) && (n.Until == 0 || on <= n.Until)
}

// SourceWordKey is a word of a source as words are compared (INTERFACES, referral CSV): without case, spaces, hyphens and
// "risk", so that "Very Low Risk" is very_low.
func SourceWordKey(word string) string {
	key := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.ToLower(word))
	if rest := strings.ReplaceAll(key, "risk", ""); rest != "" {
		return rest
	}
	return key
}

// meaning finds what a source's word means on a day: our own word, or the name of the configuration that it is.
func meaning(word string, on Date, ours []string, theirs []SourceName) (string, *SourceName, bool) {
	key := SourceWordKey(word)
	for _, w := range ours {
		if SourceWordKey(w) == key {
			return w, nil, true
		}
	}
	i := slices.IndexFunc(theirs, func(n SourceName) bool { return SourceWordKey(n.Name) == key && n.validOn(on) })
	if i < 0 {
		return "", nil, false
	}
	return theirs[i].CountsAs, &theirs[i], true
}
