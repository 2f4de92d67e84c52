package intake

import (
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// Report is what became of a file. Every row that was read is in exactly one of created, updated, unchanged and refused.
type Report struct {
	view.IntakeReport
	// Stopped says that the run ended before the file did; LastLine is where the last row that was decided begins.
	// Everything up to there stays, and the same file again does the rest.
	Stopped  bool
	LastLine int
	odd      [oddKinds]oddTally
	orders   ordersSeen

	authorities authorities
}

// How many warnings and faults a report lists; more than a person reads, few enough to hold. The counts go on, and all
// refused rows are in the rejects.
const listed = 1000

func (r *Report) warn(line int, text string) {
	r.WarningCount++
	if len(r.Warnings) < listed {
		r.Warnings = append(r.Warnings, view.RowNote{Line: line, Reason: text})
	}
}

func (r *Report) refuse(faults []view.RowNote) {
	r.Counts.Refused++
	if len(r.RefusedRows) < listed {
		r.RefusedRows = append(r.RefusedRows, faults...)
	}
}

// count adds what a row did.
func (r *Report) count(v domain.RowVerdict) {
	c := &r.Counts
	switch {
	case v.Created:
		c.Created++
	case v.Updated:
		c.Updated++
	default:
		c.Unchanged++
	}
	if v.ChildCreated {
		c.ChildrenCreated++
	}
	if v.Referred {
		r.Referred++
	}
}

// takenToBe notes whom a row was taken to be about, where it was.
func (r *Report) takenToBe(line int, policeRef, child string) {
	if child == "" {
		return
	}
	r.TakenCount++
	if len(r.Taken) < listed {
		r.Taken = append(r.Taken, view.TakenRow{Line: line, PoliceRef: policeRef, ChildRef: child})
	}
}

// tried notes a restricted child whose record a refused row does not fit; zero is none.
func (r *Report) tried(child domain.ID) {
	if child != 0 && !slices.Contains(r.Tried, child) {
		r.Tried = append(r.Tried, child)
	}
}

// reasons is all that is wrong with a row in one line, as it stands in the rejects.
func reasons(faults []view.RowNote) string {
	var parts []string
	for _, f := range faults {
		if f.Column != "" && !strings.HasPrefix(f.Reason, f.Column) {
			parts = append(parts, f.Column+" "+f.Reason)
		} else {
			parts = append(parts, f.Reason)
		}
	}
	return strings.Join(parts, "; ")
}
