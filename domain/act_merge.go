package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Merge says that two spellings are one place, person or thing (DOMAIN §6): they are counted as one, under the name of the
// one kept, until that is undone.
type Merge struct {
	Keep   string `json:"keep"`
	Other  string `json:"other"`
	Reason string `json:"reason" text:"note"`
}

// Name of the act.
func (a *Merge) Name() string { return "intelligence.merge" }

func (a *Merge) shape(*Settings, time.Time) error {
	return cmp.Or(need("keep", a.Keep), need("other", a.Other), need("reason", a.Reason))
}

func (a *Merge) target(w Reader) (Record, error) { return readNoted(w, "keep", a.Keep) }

func readNoted(w Reader, field, ref string) (Record, error) {
	id, ok := KindNoted.ParseKind(ref)
	if !ok {
		return nil, notFound(field, "there is nothing noted as %q (they look like N12)", ref)
	}
	n, err := w.Noted(id)
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, notFound(field, "there is nothing noted as %s", id)
	}
	return n, nil
}

func (a *Merge) decide(c *decision, t Record) (*Outcome, error) {
	keep := t.(*Noted).Clone()
	rec, err := readNoted(c, "other", a.Other)
	if err != nil {
		return nil, err
	}
	if err := MayOpen(c, rec); err != nil {
		return nil, err
	}
	other := rec.(*Noted).Clone()
	switch {
	case keep.ID == other.ID:
		return nil, invalid("other", "%s and %s are the same already", a.Keep, a.Other)
	case keep.Into != 0:
		return nil, invalid("keep", "%s was merged into %s: name that one", keep.ID, keep.Into)
	case other.Into != 0:
		return nil, invalid("other", "%s was merged into %s already: undo that first, or name that one", other.ID, other.Into)
	case keep.class() != other.class():
		return nil, invalid("other", "%s is a %s, %s a %s: they cannot be the same", keep.ID, keep.What, other.ID, other.What)
	}
	keep.Merged = append(keep.Merged, other.ID)
	slices.Sort(keep.Merged)
	other.Into, other.MergedBy, other.MergedAt, other.MergedWhy = keep.ID, c.by, c.at, a.Reason
	return &Outcome{Put: []Record{keep, other}, Named: keep.ID, Summary: fmt.Sprintf("%s is %s", other.spelt(), keep.spelt())}, nil
}

// spelt is the spelling with its number: the number alone where nobody names it so any more, because who did may be closed to the
// reader.
func (n *Noted) spelt() string {
	if len(n.Mentions) == 0 {
		return n.ID.String()
	}
	return fmt.Sprintf("“%s” (%s)", n.Name, n.ID)
}
