package timeline

import "sort"

// markKind is what was done for the child, in the order in which one covers another in the same cell.
type markKind int

const (
	tried     markKind = iota // a contact that reached nobody
	chased                    // somebody elsewhere was chased
	reached                   // the child, a parent or carer answered
	booked                    // an interview is arranged
	missed                    // an arrangement that came to nothing
	held                      // the interview was held
	raised                    // a follow-up was raised
	done                      // a follow-up was done
	due                       // a clock or follow-up falls due
	dueOver                   // and is over
	markKinds                 // how many there are
)

// row of the axis on which a mark stands.
type markRow int

const (
	contactRow markRow = iota
	interviewRow
	followUpRow
	markRows
)

// mark is something that happened, or falls due, at one instant.
type mark struct {
	at   int64
	row  markRow
	kind markKind
}

// bucket is what one cell of a row of marks holds: how many, and the kind that counts most.
type bucket struct {
	n    int
	kind markKind
}

// buckets counts the marks of a window by row and column. Marks stand by time; those outside are not looked at.
func buckets(a *axis, marks []mark) [markRows][]bucket {
	var out [markRows][]bucket
	for r := range out {
		out[r] = make([]bucket, a.cols())
	}
	lo := sort.Search(len(marks), func(i int) bool { return marks[i].at >= a.begin() })
	for _, m := range marks[lo:] {
		if m.at >= a.end() {
			break
		}
		b := &out[m.row][a.col(m.at)]
		if b.n == 0 || m.kind > b.kind {
			b.kind = m.kind
		}
		b.n++
	}
	return out
}
