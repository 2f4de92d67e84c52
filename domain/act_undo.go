package domain

import (
	"time"
)

// Undo takes back a change of one's own while nothing rests on it.
type Undo struct {
	Of string `json:"of,omitempty"`
}

// Name of the act.
func (a *Undo) Name() string { return undoName }

func (a *Undo) shape(*Settings, time.Time) error { return nil }
func (a *Undo) target(Reader) (Record, error)    { return nil, nil }

// own is settled in decide, where the change is read.
func (a *Undo) own(Reader, Record, Actor) error { return nil }

func (a *Undo) decide(c *decision, _ Record) (*Outcome, error) {
	ch, err := c.changeMeant(a.Of, c.LastChange, "you have changed nothing that could be undone")
	if err != nil {
		return nil, err
	}
	of, err := c.openWhole(ch)
	if err != nil {
		return nil, err
	}
	switch {
	case !c.ownChange(ch):
		return nil, forbidden("%s was done by %s: everyone undoes their own changes only", ch.ID, c.Settings().PersonAt(ch.By, ch.At))
	case isImport(of.Act) || isImport(ch.Act):
		return nil, invalid("of", "%s is part of an import, which is taken back as a whole: homeward import --take-back", ch.ID)
	case ch.Act == undoName:
		return nil, invalid("of", "%s is itself an undo, of %s: redo does that again", ch.ID, of.ID)
	case of.Undone != 0:
		return nil, conflict("of", "%s was undone already", of.ID)
	case len(of.Touched) == 0:
		return nil, invalid("of", "%s changed no record", of.ID)
	}
	tip, err := c.tipOf(of)
	if err != nil {
		return nil, err
	}
	if err := c.notBefore(tip); err != nil {
		return nil, err
	}
	out, err := c.undone(tip, false)
	if err != nil {
		return nil, err
	}
	out.Summary = "undone: " + of.Summary
	return out, nil
}

// Redo does again what an undo of one's own took back, while nothing rests on how it was then.
type Redo struct {
	// Of is the undo, or the change it took back; "": the last undo that nobody took back.
	Of string `json:"of,omitempty"`
}

// Name of the act.
func (a *Redo) Name() string { return redoName }

func (a *Redo) shape(*Settings, time.Time) error { return nil }
func (a *Redo) target(Reader) (Record, error)    { return nil, nil }

// own is settled in decide, where the change is read.
func (a *Redo) own(Reader, Record, Actor) error { return nil }

func (a *Redo) decide(c *decision, _ Record) (*Outcome, error) {
	ch, err := c.changeMeant(a.Of, c.LastUndo, "you have undone nothing that could be done again")
	if err != nil {
		return nil, err
	}
	of, err := c.openWhole(ch)
	if err != nil {
		return nil, err
	}
	switch {
	case !c.ownChange(ch):
		return nil, forbidden("%s was done by %s: everyone does their own changes again only", ch.ID, c.Settings().PersonAt(ch.By, ch.At))
	case isImport(of.Act) || isImport(ch.Act):
		return nil, invalid("of", "%s is part of an import: import the file again", ch.ID)
	case of.Undone == 0:
		return nil, conflict("of", "%s is not undone: there is nothing to do again", of.ID)
	}
	if _, err := mayAtAll(of.Act, c.Actor()); err != nil {
		return nil, err // they may not any more
	}
	tip, err := c.tipOf(of)
	if err != nil {
		return nil, err
	}
	if err := c.notBefore(tip); err != nil {
		return nil, err
	}
	out, err := c.undone(tip, false)
	if err != nil {
		return nil, err
	}
	out.Summary = "redone: " + of.Summary
	return out, c.mayStandAgain(tip, out)
}

// ownChange says that a change was done by who decides: under their login while it was theirs.
func (c *decision) ownChange(ch *Change) bool {
	return ch.By == c.by && c.Settings().IsStill(ch.By, ch.At)
}

// changeMeant is the change an undo or a redo names, else the last one there is.
func (c *decision) changeMeant(of string, last func(login string) (*Change, error), none string) (*Change, error) {
	if of != "" {
		return numbered(KindChange, "of", of, c.Change)
	}
	ch, err := last(c.by)
	if err == nil && ch == nil {
		err = notFound("of", "%s", none)
	}
	return ch, err
}

// openWhole is the act a change is about. It refuses one about a child whom who decides may not see, before anything is said of it.
func (c *decision) openWhole(ch *Change) (*Change, error) {
	if err := c.mayOpenChange(ch); err != nil {
		return nil, err
	}
	of, err := WhatItDid(c, ch)
	if err != nil {
		return nil, err
	}
	return of, c.mayOpenChange(of)
}

// tipOf is the newest of a change and what took it back and forth: the records are as that one left them.
func (c *decision) tipOf(ch *Change) (*Change, error) {
	if ch.Tip == ch.ID {
		return ch, nil
	}
	tip, err := c.Change(ch.Tip)
	if err == nil && tip == nil {
		err = NotThere(ch.Tip, ch.ID)
	}
	return tip, err
}
