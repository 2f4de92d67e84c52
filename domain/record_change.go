package domain

// Change is one act as the audit log has it.
type Change struct {
	ID     ID
	Act    string
	By     string
	OSUser string
	At     Moment // when it was recorded
	// Happened is when it happened, where that was said; else when it was recorded.
	Happened Moment
	Summary  string
	// Touched are the records it changed, made or removed.
	Touched []Touched
	UndoOf  ID // the change it took back: an undo that of an act, or of a redo; a redo that of an undo
	Undone  ID // what took it back and stands; zero while what it did is in force
	// Tip is the newest of the changes that took it back and forth: itself, where nobody did. To take back what it did, or to
	// do it again, is to take back its tip.
	Tip    ID
	Import ID // of a row of an import: which
	Line   int
}

// Touched is one record before and after a change: nil before means it was made, nil after that it was removed.
type Touched struct {
	ID     ID
	Before Record
	After  Record
	Ver    uint64 // version after the change
}

// FollowTips finds, by what took each change back, the newest of a chain of undos and redos, and whether what a change did is in
// force: it is, where it was taken back and forth as often.
func FollowTips(id ID, takenBackBy func(ID) (ID, error)) (tip ID, inForce bool, err error) {
	tip, inForce = id, true
	for {
		by, err := takenBackBy(tip)
		if err != nil || by <= tip { // what takes a change back comes after it
			return tip, inForce, err
		}
		tip, inForce = by, !inForce
	}
}

// Undoable says whether `undo` may choose a change by itself: in force, no undo and no redo, no row of an import.
func (ch *Change) Undoable() bool {
	return ch.UndoOf == 0 && ch.Undone == 0 && len(ch.Touched) > 0 && !isImport(ch.Act)
}

// Redoable says whether `redo` may choose a change by itself: an undo that nobody took back. What was taken back with a whole
// import comes again with the file.
func (ch *Change) Redoable() bool { return ch.Act == undoName && ch.Tip == ch.ID }

// WhatItDid is the act that a change is about: itself, or what an undo or a redo took back or did again.
func WhatItDid(r Reader, ch *Change) (*Change, error) {
	for ch.UndoOf != 0 {
		of, err := r.Change(ch.UndoOf)
		if err != nil {
			return nil, err
		}
		if of == nil {
			return nil, NotThere(ch.UndoOf, ch.ID)
		}
		ch = of
	}
	return ch, nil
}

// The acts that take a change back, and an undo.
const (
	undoName = "undo"
	redoName = "redo"
	moveName = "episode.move"
)

func isImport(act string) bool { return len(act) > 7 && act[:7] == "import." }
