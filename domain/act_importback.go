package domain

import (
	"errors"
	"fmt"
	"time"
)

// TakeBackRow takes back what one row of an import did, while nobody has built on it.
type TakeBackRow struct {
	Import ID `json:"import"`
	Of     ID `json:"of"` // the change
}

// Name of the act in the audit log.
func (a *TakeBackRow) Name() string { return "import.take_back_row" }

// shape asks for the import: a change that no import made has none, and only the undo of who made it takes that back.
func (a *TakeBackRow) shape(*Settings, time.Time) error {
	if a.Import == 0 {
		return invalid("import", "is required")
	}
	return nil
}
func (a *TakeBackRow) target(Reader) (Record, error) { return nil, nil }

func (a *TakeBackRow) decide(c *decision, _ Record) (*Outcome, error) {
	ch, err := c.Change(a.Of)
	if err != nil {
		return nil, err
	}
	if ch == nil || a.Import == 0 || ch.Import != a.Import || ch.UndoOf != 0 || len(ch.Touched) == 0 {
		return nil, invalid("of", "%s is no row of %s", a.Of, a.Import)
	}
	if err := c.mayOpenChange(ch); err != nil {
		return nil, err
	}
	mine, err := c.theirRow(ch)
	switch {
	case err != nil:
		return nil, err
	case !mine:
		return nil, forbidden("%s was taken in by %s: everyone takes their own imports back only", a.Import, c.Settings().PersonAt(ch.By, ch.At))
	case ch.Undone != 0:
		return nil, conflict("of", "%s was taken back already", ch.ID)
	}
	out, err := c.undone(ch, true)
	if err != nil {
		return nil, err
	}
	if len(out.Put)+len(out.Delete) == 0 {
		return nil, conflict("of", "%s: all of it stays", ch.Summary)
	}
	return out, nil
}

// theirRow says that a row is for who decides to take back: their own, or of a child who is closed by now to who took it in, so that
// somebody who may see the child finishes.
func (c *decision) theirRow(ch *Change) (bool, error) {
	if c.ownChange(ch) {
		return true, nil
	}
	return ch.OfClosed(recordsOf(c), func(id ID) (bool, error) {
		err := mayOpenChildAs(c, ch.By, id)
		var refused *Refusal
		if errors.As(err, &refused) {
			return true, nil
		}
		return false, err
	})
}

// EndTakeBack writes down that an import was taken back, and how much of it stays.
type EndTakeBack struct {
	Import ID  `json:"import"`
	Rows   int `json:"rows"`
	Stay   int `json:"stay"`
}

// Name of the act in the audit log.
func (a *EndTakeBack) Name() string { return "import.taken_back" }

func (a *EndTakeBack) shape(*Settings, time.Time) error { return nil }
func (a *EndTakeBack) target(w Reader) (Record, error) {
	return orNone(numbered(KindImport, "import", a.Import.String(), w.Import))
}
func (a *EndTakeBack) decide(c *decision, t Record) (*Outcome, error) {
	i := t.(*Import).Clone()
	i.TakenBackBy, i.TakenBackAt = c.by, c.now()
	return &Outcome{Put: []Record{i}, Named: i.ID, Summary: fmt.Sprintf("took back %s: %d rows, %d stay", i.ID, a.Rows, a.Stay)}, nil
}
