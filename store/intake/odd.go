package intake

import (
	"fmt"
	"slices"
	"strings"
)

// DefaultBlankWords are the words that mean blank where the configuration names no others (INTERFACES, referral CSV).
func DefaultBlankWords() []string { return []string{"NULL", "N/A", "-"} }

// notKnown are words by which systems and people say that something is not known. They are offered as blank words where a file has
// them; nothing takes them for blank until a configuration names them.
func notKnown() blankWords {
	return blankWords{"N/K", "NK", "N.K.", "not known", "unknown", "unk", "not recorded", "not stated", "not given", "none", "none recorded", "nil",
		"N/R", "n.a.", "NA", "not applicable", "TBC", "TBA", "to be confirmed", "?", "??", "???", "--"}
}

// blankWords are the words that mean blank in a file, however they are written.
type blankWords []string

func (b blankWords) has(cell string) bool {
	return slices.ContainsFunc(b, func(w string) bool {
		return len(cell) >= len(w) && len(cell) < len(w)+20 && strings.EqualFold(strings.TrimSpace(cell), w)
	})
}

// oddity is a cell that was taken for blank though something stands in it, or a row that one might not expect to be read.
type oddity struct {
	kind   oddKind
	column string
	cell   string
}

type oddKind int

// The oddities.
const (
	blankWord   oddKind = iota // a word that means blank
	farEnd                     // an end so far off that it means "not yet"
	hiddenRow                  // a row of a spreadsheet that is hidden there
	besideTable                // a cell of a spreadsheet right of the last header
	oddKinds
)

// oddTally counts the oddities of one kind and remembers the first.
type oddTally struct {
	cells int
	line  int
	first oddity
}

func (r *Report) noteOdd(line int, odd []oddity) {
	for _, o := range odd {
		t := &r.odd[o.kind]
		if t.cells++; t.cells == 1 {
			t.line, t.first = line, o
		}
	}
}

// tellOdd says once for each kind what was taken for blank, and once a column where dates of both orders are.
func (r *Report) tellOdd(blank blankWords) {
	for kind, t := range r.odd {
		if t.cells == 0 {
			continue
		}
		what := ""
		switch oddKind(kind) {
		case blankWord:
			what = "a cell that says " + orWords(blank) + " is taken for blank"
		case farEnd:
			what = "an end in 2100 or later is taken for blank: the child is not back yet"
		case hiddenRow:
			r.FileNotes = append(r.FileNotes, fmt.Sprintf("rows that are hidden in the spreadsheet are read like the others: %d, the first is row %s", t.cells, t.first.cell))
			continue
		case besideTable:
			r.FileNotes = append(r.FileNotes, fmt.Sprintf("cells right of the last header belong to no column and are ignored: %d, the first is %s", t.cells, t.first.cell))
			continue
		case oddKinds:
		}
		r.FileNotes = append(r.FileNotes, fmt.Sprintf("%s: %s, the first on line %d: %s “%s”", what, cellsWord(t.cells), t.line, t.first.column, shorten(t.first.cell)))
	}
	r.FileNotes = append(r.FileNotes, r.orders.mixed()...)
}

func cellsWord(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}

func orWords(w []string) string {
	if len(w) < 2 {
		return strings.Join(w, "")
	}
	return strings.Join(w[:len(w)-1], ", ") + " or " + w[len(w)-1]
}
