package intake

import (
	"homeward/domain"
)

// Report is what became of a file. Every row that was read is in exactly one of created, updated, unchanged and refused.
type Report struct {
	domain.ImportCounts
	Referred int `json:"referred"` // referrals raised
	// Import is the record of this import, zero where nothing changed and for a dry run.
	Import domain.ID `json:"import"`
	DryRun bool      `json:"dry_run"`
	// Stopped says that the run ended before the file did; LastLine is where the last row that was decided begins.
	Stopped  bool `json:"stopped"`
	LastLine int  `json:"last_line"`

	// Warnings are the first of them; WarningCount is how many there were.
	Warnings     []Warning `json:"warnings"`
	WarningCount int       `json:"warning_count"`
	// Refusals are the first of the refused rows; all of them are in the rejects.
	Refusals []RefusedRow `json:"refusals"`
}

// Warning is an oddity that refused nothing. Line 0 is the file as a whole.
type Warning struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// RefusedRow is a row that did not go in, by the line where it begins.
type RefusedRow struct {
	Line  int    `json:"line"`
	Cells []Cell `json:"cells"`
}

// Cell is one thing wrong with a row: the column as the file calls it ("" for the row as a whole) and what to do.
type Cell struct {
	Column string `json:"column"`
	Reason string `json:"reason"`
}

// Reason is the whole of it in one line, as it stands in the rejects.
func (r RefusedRow) Reason() string {
	s := ""
	for i, c := range r.Cells {
		if i > 0 {
			s += "; "
		}
		if c.Column != "" {
			s += c.Column + ": "
		}
		s += c.Reason
	}
	return s
}

// How many warnings and refused rows a report lists; more than a person reads, few enough to hold.
const listed = 1000

func (r *Report) warn(line int, text string) {
	r.WarningCount++
	if len(r.Warnings) < listed {
		r.Warnings = append(r.Warnings, Warning{line, text})
	}
}

func (r *Report) refuse(row RefusedRow) {
	r.Refused++
	if len(r.Refusals) < listed {
		r.Refusals = append(r.Refusals, row)
	}
}

// count adds what a row did.
func (r *Report) count(v domain.RowVerdict) {
	switch {
	case v.Created:
		r.Created++
	case v.Updated:
		r.Updated++
	default:
		r.Unchanged++
	}
	if v.ChildCreated {
		r.ChildrenCreated++
	}
	if v.Referred {
		r.Referred++
	}
}
