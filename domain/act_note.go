package domain

import (
	"cmp"
	"time"

	"homeward/domain/spell"
)

// WriteNote is a word to a colleague about a referral; with Ask it asks for an answer, About says of what.
type WriteNote struct {
	Referral string `json:"referral"`
	To       string `json:"to,omitempty"`
	Text     string `json:"text" text:"note"`
	Ask      bool   `json:"ask,omitempty"`
	About    string `json:"about,omitempty"`
}

// Name of the act.
func (a *WriteNote) Name() string { return "referral.note" }

func (a *WriteNote) shape(s *Settings, now time.Time) error {
	if err := cmp.Or(need("referral", a.Referral), need("text", a.Text)); err != nil {
		return err
	}
	if list := s.meant(a.To); a.To != "" && len(list) == 1 {
		a.To = list[0].Login
	}
	u, known := s.User(a.To)
	switch {
	case a.To != "" && len(s.Users) > 0 && !known:
		return invalid("to", "there is no person %q%s", a.To, spell.DidYouMean(a.To, columnOf(s.Users, func(u User) string { return u.Login })))
	case a.About != "" && a.About != AboutLate:
		return invalid("about", "must be late, or left out")
	case a.About != "" && !a.Ask:
		return invalid("ask", "is required where the note asks for the reason late")
	case a.Ask && a.To == "":
		return invalid("to", "is required: who is to answer")
	case a.Ask && u.Role == Auditor:
		return invalid("to", "%s is an auditor: they answer nothing", s.PersonName(a.To))
	}
	return s.hasLeft("to", a.To, DateOf(now))
}

func (a *WriteNote) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }

func (a *WriteNote) decide(c *decision, t Record) (*Outcome, error) {
	r := c.working(t)
	if a.Ask && a.To == c.by {
		return nil, invalid("to", "is yourself: say what you know without asking")
	}
	if err := c.mayStill("to", a.To); err != nil {
		return nil, err
	}
	r.Notes = append(r.Notes, Note{To: a.To, Text: a.Text, By: c.by, At: c.at, Ask: a.Ask, About: a.About})
	if a.Ask {
		return done(r, "asked %s about %s", c.Settings().PersonName(a.To), r.ID), nil
	}
	return done(r, "note on %s", r.ID), nil
}

// AnswerNote answers a question: the colleague who was asked, or a supervisor.
type AnswerNote struct {
	Referral string `json:"referral"`
	Note     int    `json:"note"` // the note's place among the referral's, from 1
	Text     string `json:"text" text:"note"`
}

// Name of the act.
func (a *AnswerNote) Name() string { return "referral.answer" }

func (a *AnswerNote) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.Note < 1 {
		return invalid("note", "is required: 1 for the referral's first note")
	}
	return need("text", a.Text)
}

func (a *AnswerNote) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }

// asked finds the question an answer is for.
func (a *AnswerNote) asked(r *Referral) (*Note, error) {
	if a.Note > len(r.Notes) {
		return nil, notFound("note", "%s has no note %d: it has %d", r.ID, a.Note, len(r.Notes))
	}
	return &r.Notes[a.Note-1], nil
}

// own: the person who was asked answers.
func (a *AnswerNote) own(w Reader, t Record, actor Actor) error {
	if a.Note == 0 {
		return nil // no question is named yet
	}
	n, err := a.asked(t.(*Referral))
	if err != nil {
		return err
	}
	if n.Ask && n.To != actor.Login {
		return forbidden("%s was asked: they answer it, or a supervisor", w.Settings().PersonName(n.To))
	}
	return nil
}

func (a *AnswerNote) decide(c *decision, t Record) (*Outcome, error) {
	r := c.working(t)
	n, err := a.asked(r)
	switch {
	case err != nil:
		return nil, err
	case !n.Ask:
		return nil, invalid("note", "note %d of %s asks for no answer", a.Note, r.ID)
	case n.Answer != nil:
		return nil, invalid("note", "it was answered by %s, %s", c.Settings().PersonAt(n.Answer.By, n.Answer.At), n.Answer.At)
	}
	n.answered(a.Text, c.by, c.at)
	return done(r, "answered %s about %s", c.Settings().PersonAt(n.By, n.At), r.ID), nil
}
