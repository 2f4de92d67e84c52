package domain

import (
	"time"
	"unicode/utf8"
)

// Act is one decision somebody takes: a plain struct with the name and fields INTERFACES gives it. Screens, the `do`
// command, imports and the made-up team all enter by [Decide].
type Act interface {
	// Name as scripts write it: "referral.accept".
	Name() string

	// shape checks the fields by themselves. It may only give refusals.
	shape(s *Settings, now time.Time) error
	// target reads the record the act names; nil for an act that names none. It gives NotFound where there is none.
	target(w Reader) (Record, error)
	// decide applies the rule. It is called once role, existence and version are settled.
	decide(c *decision, target Record) (*Outcome, error)
}

// Envelope is an act with what any act may carry (INTERFACES, Acts).
type Envelope struct {
	Act Act
	// At is when it happened; zero: now.
	At Moment
	// ID makes the act safe to send again; "": not wanted.
	ID string
	// Version of the named record that the caller saw; 0: not checked.
	Version uint64
	// Content is the line as it was given, for the audit and to know an ID again; empty for an act a screen made.
	Content []byte
}

// decision is one decision under way.
type decision struct {
	World
	act *actRow
	at  Moment // when it happened
	by  string // who decides
	// of is the child whom what comes in was found to be about; zero before that, and for a new one.
	of ID
}

// now as a Moment.
func (c *decision) now() Moment { return At(c.Now()) }

// Decide takes one decision: shape, role, existence, version, rule, in that order. It gives a *Refusal where the act may
// not be, and the World's error where that could not be read.
func Decide(w World, e Envelope) (*Outcome, error) {
	s := w.Settings()
	now := At(w.Now())
	said := e.At != 0
	if !said {
		e.At = now
	}
	if e.At.Unix() > now.Unix() {
		return nil, invalid("at", "%s is in the future", e.At)
	}
	if utf8.RuneCountInString(e.ID) > 64 {
		return nil, invalid("id", "is longer than 64 characters")
	}
	clean(e.Act)
	if err := e.Act.shape(s, e.At.Time()); err != nil {
		return nil, err
	}
	actor := w.Actor()
	r, err := mayAtAll(e.Act.Name(), actor)
	if err != nil {
		return nil, err
	}
	if f, ok := e.Act.(forbidder); ok && r == own {
		if err := f.forbids(actor); err != nil {
			return nil, err
		}
	}
	t, err := e.Act.target(w)
	if err != nil {
		return nil, err
	}
	if r == own {
		if err := ownCheck(w, e.Act, t, actor); err != nil {
			return nil, err
		}
	}
	if err := mayDecide(w, e.Act.Name(), t); err != nil {
		return nil, err
	}
	if t != nil && e.Version != 0 && t.RecordVersion() != e.Version {
		return nil, staleVersion(w, t, e.Version)
	}
	row := rowOf(e.Act.Name())
	if err := row.holds(w, t); err != nil {
		return nil, err
	}
	if err := row.inTurn(w, e.Act, t, e.At, said); err != nil {
		return nil, err
	}
	c := &decision{World: w, act: row, at: e.At, by: actor.Login}
	out, err := e.Act.decide(c, t)
	if err != nil {
		return nil, c.withoutChild(err)
	}
	if err := c.settleTrue(out); err != nil {
		return nil, err
	}
	if out.Undoes == 0 { // what takes a change back takes back what it noted by itself
		tell := false
		switch e.Act.(type) {
		case *SaveInterview, *TellByCarer, *Close: // somebody names something now
			tell = true
		}
		if err := c.takeNote(out, tell); err != nil {
			return nil, err
		}
	}
	if err := c.mayPut(out); err != nil {
		return nil, err
	}
	if t != nil && out.Named == 0 {
		out.Named = t.RecordID()
	}
	return out, nil
}

// staleVersion names who changed the record since the caller saw it.
func staleVersion(w World, t Record, saw uint64) error {
	who := "somebody"
	changes, err := w.ChangesTo(t.ChildID())
	if err != nil {
		return err
	}
	for i := len(changes) - 1; i >= 0; i-- {
		c := changes[i]
		for _, touched := range c.Touched {
			if touched.ID == t.RecordID() {
				who = w.Settings().PersonAt(c.By, c.At)
				what, err := told(w, c)
				if err != nil {
					return err
				}
				if saw > t.RecordVersion() {
					return conflict("version", "%s is at version %d, and %d is newer than any it has had: look at it again; it was changed last by %s at %s (%s)",
						t.RecordID(), t.RecordVersion(), saw, who, c.At.Local().Format("15:04"), what)
				}
				return conflict("version", "%s was changed by %s at %s (%s) since you saw it: it is at version %d, you saw %d",
					t.RecordID(), who, c.At.Local().Format("15:04"), what, t.RecordVersion(), saw)
			}
		}
	}
	return conflict("version", "%s was changed by %s since you saw it: it is at version %d, you saw %d",
		t.RecordID(), who, t.RecordVersion(), saw)
}

// Answer is what came of one act, as `do` prints it and a screen reads it.
type Answer struct {
	Act      string
	ID       string
	Repeated bool
	// Refused is nil when the act was done.
	Refused *Refusal
	// Child is the reference of the child concerned.
	Child string
	// IDs of what the act made or changed, in order of kind.
	IDs      []ID
	Change   ID
	Version  uint64
	Summary  string
	Warnings []string
	Row      RowVerdict
}
