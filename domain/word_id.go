package domain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind says what an [ID] names. Its value is part of every stored record: never renumber.
type Kind uint8

// The kinds of record and of numbered things inside records.
const (
	KindNone      Kind = 0
	KindChild     Kind = 1
	KindEpisode   Kind = 2
	KindReferral  Kind = 3
	KindCluster   Kind = 4
	KindInterview Kind = 5
	KindFollowUp  Kind = 6
	KindAttempt   Kind = 7
	KindImport    Kind = 8
	KindChange    Kind = 9
	KindNoted     Kind = 10
)

// kindRow is one kind with everything that is said of it.
type kindRow struct {
	prefix string // before the number, as people and scripts write it
	word   string // in a message to a person
	field  string // in the answer to an act; "": not told there (child_ref says it)
}

// kinds are the closed list, by their number.
var kinds = [...]kindRow{
	KindNone:      {"?", "record", ""},
	KindChild:     {"C", "child", ""},
	KindEpisode:   {"E", "episode", "episode"},
	KindReferral:  {"R", "referral", "referral"},
	KindCluster:   {"CL", "cluster", "cluster"},
	KindInterview: {"I", "interview", "interview"},
	KindFollowUp:  {"F", "follow-up", "followup"},
	KindAttempt:   {"A", "contact attempt", "attempt"},
	KindImport:    {"B", "import", "import"},
	KindChange:    {"X", "change", "change"},
	KindNoted:     {"N", "noted thing", "noted"},
}

func (k Kind) row() kindRow {
	if int(k) >= len(kinds) {
		k = KindNone
	}
	return kinds[k]
}

// prefix is the letter before the number, as people and scripts write it.
func (k Kind) prefix() string { return k.row().prefix }

// Word names the kind in a message to a person.
func (k Kind) Word() string { return k.row().word }

// Field is the name of such an ID in the answer to an act (INTERFACES, Acts); "" for what is not told there.
func (k Kind) Field() string { return k.row().field }

// ID names one record: a kind and a number, written "E12". The zero ID names nothing. IDs of one kind order by number,
// which is the order in which they were made.
type ID uint64

const numberBits = 56

// NewID makes the ID of a kind with a number.
func NewID(k Kind, n uint64) ID { return ID(uint64(k)<<numberBits | n&(1<<numberBits-1)) }

// Kind of the thing named.
func (id ID) Kind() Kind { return Kind(id >> numberBits) }

// Number within its kind.
func (id ID) Number() uint64 { return uint64(id) & (1<<numberBits - 1) }

// IsZero says that the ID names nothing.
func (id ID) IsZero() bool { return id == 0 }

// String gives "E12"; the zero ID gives "".
func (id ID) String() string {
	if id == 0 {
		return ""
	}
	return id.Kind().prefix() + strconv.FormatUint(id.Number(), 10)
}

// MarshalText writes "E12".
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads "E12" or "".
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = 0
		return nil
	}
	v, ok := ParseID(string(b))
	if !ok {
		return fmt.Errorf("%q is no number of ours (they look like R12)", string(b))
	}
	*id = v
	return nil
}

// ParseID reads "E12", in either case. It refuses anything else, "" included.
func ParseID(s string) (ID, bool) {
	i := strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' })
	if i < 1 || len(s)-i > 16 || (s[i] == '0') {
		return 0, false
	}
	n, err := strconv.ParseUint(s[i:], 10, numberBits)
	if err != nil || n == 0 {
		return 0, false
	}
	word := strings.ToUpper(s[:i])
	if len(word) != i {
		return 0, false // a letter that only its upper case makes one of ours
	}
	for k := KindChild; int(k) < len(kinds); k++ {
		if k.prefix() == word {
			return NewID(k, n), true
		}
	}
	return 0, false
}

// ParseKind reads an ID and says whether it is one of that kind.
func (k Kind) ParseKind(s string) (ID, bool) {
	id, ok := ParseID(s)
	return id, ok && id.Kind() == k
}

// Once has every ID once, by number.
func Once(ids []ID) []ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// rehearsed numbers start far above those of any database, so that they cannot be mistaken for a record's.
const sandboxNumbers = 1 << 40

// InSandbox says that an ID was given by a rehearsal: no record has it, and nobody should be shown it.
func InSandbox(id ID) bool { return id.Number() >= sandboxNumbers }
