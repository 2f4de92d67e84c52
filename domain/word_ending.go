package domain

import "slices"

// Ways in which an episode ends without a return (DOMAIN §4, Endings).
const (
	EndTurned18       = "turned_18"
	EndDied           = "died"
	EndMovedAuthority = "moved_authority"
	EndNeverClosed    = "never_closed"
)

// endingRow is one of these ways with everything that depends on it.
type endingRow struct {
	how   string
	words string
	grown bool // the child was 18 by then
	death bool // the child died: this is recorded of the child too
}

// ofChild says that it is a fact of the child, not of the episode.
func (r endingRow) ofChild() bool { return r.grown || r.death }

// endings are the closed list, in DOMAIN's order.
var endings = [...]endingRow{
	{how: EndTurned18, words: "turned 18", grown: true},
	{how: EndDied, words: "died", death: true},
	{how: EndMovedAuthority, words: "moved to another authority"},
	{how: EndNeverClosed, words: "never closed by the source"},
}

// Endings are the ways in which an episode ends without a return.
func Endings() []string { return columnOf(endings[:], func(r endingRow) string { return r.how }) }

// endingOf is the row of a way; the zero row for a word that is none.
func endingOf(how string) endingRow {
	if i := slices.IndexFunc(endings[:], func(r endingRow) bool { return r.how == how }); i >= 0 {
		return endings[i]
	}
	return endingRow{words: Words(how)}
}

// EndingWords puts a way of ending as people read it.
func EndingWords(how string) string { return endingOf(how).words }
