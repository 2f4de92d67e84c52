package view

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"homeward/domain"
)

// Intake takes files in, for the command and the intake screen alike.
type Intake interface {
	// TakeIn reads a file to its end. What it did before an error stays, and running it again finishes it.
	TakeIn(ctx context.Context, f IntakeFile) (*IntakeReport, error)
	// Preview says what TakeIn would do with each row, without doing it; at most limit rows are told one by one.
	Preview(ctx context.Context, f IntakeFile, limit int) ([]PreviewRow, *IntakeReport, error)
	// TakeRow takes in one row, mended by hand.
	TakeRow(ctx context.Context, row domain.Row) (*IntakeReport, error)
	// TakeBack takes a whole import back, by its number: each row on which nobody has built since, and of which who asks may see the
	// child. A dry run says the same and does nothing.
	TakeBack(ctx context.Context, number string, dryRun bool) (*TakenBack, error)
	// Imports are those that changed something, the newest first.
	Imports(ctx context.Context) ([]*domain.Import, error)
	// Waiting lists the files in the folder named in [intake], newest first; the folder is "" when none is named.
	Waiting(ctx context.Context) (folder string, files []WaitingFile, err error)
}

// IntakeFile says what to read and how.
type IntakeFile struct {
	Path    string    // read this file ...
	Waiting string    // ... or the one of this name in the intake folder ...
	Source  io.Reader // ... or this stream
	Format  string    // "referrals" or "ssda903"
	Sheet   string    // of a workbook; "" for the first
	Map     string    // name of an [intake.map]
	History bool      // record episodes without raising referrals
	Refer   bool      // raise referrals from an ssda903 file
	DryRun  bool
	// Rejects opens the place where refused rows go, once there is one; nil for nowhere. The rows are in it once it is closed.
	Rejects func() (io.WriteCloser, error)
	// Progress is told now and then how many bytes and rows were read; nil is fine. It must not block.
	Progress func(bytes int64, rows int)
}

// IntakeReport is what became of a file.
type IntakeReport struct {
	Counts   domain.ImportCounts
	Referred int
	Import   domain.ID // zero when nothing changed
	// Warnings and RefusedRows hold the first ones; the counts say how many there are.
	Warnings     []RowNote
	WarningCount int
	RefusedRows  []RowNote
	// Taken are rows without a child_ref that were taken to be about a known child: the first ones, and how many there are.
	Taken      []TakenRow
	TakenCount int
	// FileNotes speak of the file as a whole: unknown columns.
	FileNotes []string
	// Sheets are those of a workbook and Sheet the one that was read; none of a CSV.
	Sheets []string
	Sheet  string
	// Tried are the children restricted to others whose records refused rows do not fit.
	Tried []domain.ID
}

// UnfitHeader says that a file's header fits nothing that is read, and what there is to read it by instead.
type UnfitHeader struct {
	Why    error
	Sheet  string   // of a workbook: the one that was read; "" where Why says it
	Sheets []string // and the others that hold something, one whose header fits first
	Maps   []string // the [intake.map] of the configuration that were not tried
}

func (e *UnfitHeader) Error() string {
	why := e.Why.Error()
	if e.Maps != nil {
		why += "; the configuration has the " + plural(len(e.Maps), "map ", "maps ") + strings.Join(e.Maps, ", ") + ": --map " + e.Maps[0] + " reads it by that"
	}
	if e.Sheet == "" || e.Sheets == nil {
		return why
	}
	name := e.Sheets[0]
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		name = `"` + name + `"`
	}
	return fmt.Sprintf("the sheet “%s” has no header that fits; the workbook's other %s that %s something: %s; --sheet %s reads that one. Of “%s” itself: %s",
		e.Sheet, plural(len(e.Sheets), "sheet", "sheets"), plural(len(e.Sheets), "holds", "hold"), strings.Join(e.Sheets, ", "), name, e.Sheet, why)
}

// Unwrap gives why.
func (e *UnfitHeader) Unwrap() error { return e.Why }

func plural(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// NoteTried has it recorded that rows were tried which do not fit restricted children: somebody who guesses at what is known of a
// child leaves a trace.
func NoteTried(ctx context.Context, desk Desk, children []domain.ID) error {
	for _, child := range children {
		var closed *domain.Refusal
		if err := desk.Opened(ctx, child); err != nil && !errors.As(err, &closed) {
			return err
		}
	}
	return nil
}

// RowNote is a word about one row: the line where it begins, the column where there is one.
type RowNote struct {
	Line   int
	Ref    string // its police_ref, where the file is not at hand
	Column string // as the file calls it
	Own    string // the name of the column of ours that it is about; "" where it is about none
	Reason string
}

// TakenRow is a row that was taken to be about a known child, by names and dates of birth that are equal or a slip apart.
type TakenRow struct {
	Line      int
	PoliceRef string
	ChildRef  string
}

// TakenBack is what became of an import that was taken back.
type TakenBack struct {
	Import domain.ID
	Rows   int       // that went
	Stay   []RowNote // rows that stay, and why
	Notes  []RowNote // what of a row that went stays all the same
	// Tried are the children restricted to others whose rows stay.
	Tried []domain.ID
}

// PreviewRow is one row of a file before it goes in.
type PreviewRow struct {
	Line     int
	Row      domain.Row
	Verdict  string // new, changed, unchanged, doubtful, refused
	Notes    []RowNote
	Warnings []string
	Changes  []string // what changes, in words: "returned_at: – → Sun 22 Nov 14:10"
	Alike    []string // children who may be the same
}

// WaitingFile is one file in the intake folder.
type WaitingFile struct {
	Name     string
	Path     string
	Size     int64
	Modified domain.Moment
}
