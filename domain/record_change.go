package domain

// Change is one act as the audit log has it.
type Change struct {
	ID      ID
	Act     string
	By      string
	OSUser  string
	At      Moment
	Summary string
	// Touched are the records it changed, made or removed.
	Touched []Touched
	UndoOf  ID // the change it took back, when it is an undo
	Undone  ID // the undo that took it back
	Import  ID // of a row of an import: which
	Line    int
}

// Touched is one record before and after a change: nil before means it was made, nil after that it was removed.
type Touched struct {
	ID     ID
	Before Record
	After  Record
	Ver    uint64 // version after the change
}

// Undoable says whether `undo` may choose a change by itself: not undone, no undo, no row of an import.
func (ch *Change) Undoable() bool {
	return ch.UndoOf == 0 && ch.Undone == 0 && len(ch.Touched) > 0 && !isImport(ch.Act)
}

func isImport(act string) bool { return len(act) > 7 && act[:7] == "import." }
