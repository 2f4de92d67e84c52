package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Note is a word to a colleague about a referral. One that asks for an answer is a question: it stands with the colleague
// until it was answered.
type Note struct {
	To   string `json:"to,omitempty"`
	Text string `json:"text"`
	By   string `json:"by"`
	At   Moment `json:"at"`
	Ask  bool   `json:"ask,omitempty"`
	// About is "late" where it asks for the reason late: recording that answers it too.
	About  string    `json:"about,omitempty"`
	Answer *Answered `json:"answer,omitempty"`
}

// AboutLate marks a question for the reason late.
const AboutLate = "late"

// Answered is what a question came to: who said what, when.
type Answered struct {
	Text string `json:"text"`
	By   string `json:"by"`
	At   Moment `json:"at"`
}

// Open says that it asks for an answer and has none yet.
func (n *Note) Open() bool { return n.Ask && n.Answer == nil }

// answered gives the note, which is a working copy's own, its answer.
func (n *Note) answered(text, by string, at Moment) { n.Answer = &Answered{text, by, at} }

// Question is a note that asks for an answer, with what it is about. Number is the note's place among the referral's, from 1,
// by which acts name it: notes are only ever added at the end.
type Question struct {
	Child    *Child
	Referral *Referral
	Number   int
	Note     *Note
}

// ID names the question for good.
func (q Question) ID() string { return fmt.Sprintf("%s note %d", q.Referral.ID, q.Number) }

// ReadQuestions answers what is asked of somebody and not answered, oldest first, whatever became of the referral; and which
// questions were answered since a time, the newest first.
func ReadQuestions(r Reader, answeredSince Moment) (open, answered []Question, err error) {
	ids, err := r.Questioned(answeredSince)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		ref, err := r.Referral(id)
		if err != nil {
			return nil, nil, err
		}
		if ref == nil {
			return nil, nil, fmt.Errorf("referral %s is not there though somebody asked about it: run homeward check", id)
		}
		child, err := r.Child(ref.Child)
		if err != nil {
			return nil, nil, err
		}
		if child == nil {
			return nil, nil, fmt.Errorf("child %s of %s is not there: run homeward check", ref.Child, id)
		}
		for i := range ref.Notes {
			switch n := &ref.Notes[i]; {
			case n.Open():
				open = append(open, Question{child, ref, i + 1, n})
			case n.Ask && n.Answer.At.Unix() >= answeredSince.Unix():
				answered = append(answered, Question{child, ref, i + 1, n})
			}
		}
	}
	slices.SortStableFunc(open, func(a, b Question) int {
		return cmp.Or(cmp.Compare(a.Note.At.Unix(), b.Note.At.Unix()), cmp.Compare(a.Referral.ID, b.Referral.ID), cmp.Compare(a.Number, b.Number))
	})
	slices.SortStableFunc(answered, func(a, b Question) int {
		return cmp.Or(cmp.Compare(b.Note.Answer.At.Unix(), a.Note.Answer.At.Unix()), cmp.Compare(a.Referral.ID, b.Referral.ID), cmp.Compare(a.Number, b.Number))
	})
	return open, answered, nil
}

// QuestionTimes are when a referral's questions were answered, each once; zero stands for those that are open.
func QuestionTimes(r *Referral) []Moment {
	var out []Moment
	for i := range r.Notes {
		if n := &r.Notes[i]; n.Ask {
			at := Moment(0)
			if n.Answer != nil {
				at = n.Answer.At
			}
			if !slices.Contains(out, at) {
				out = append(out, at)
			}
		}
	}
	return out
}

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

func (a *WriteNote) shape(s *Settings, _ time.Time) error {
	if err := cmp.Or(need("referral", a.Referral), need("text", a.Text)); err != nil {
		return err
	}
	u, known := s.User(a.To)
	switch {
	case a.To != "" && len(s.Users) > 0 && !known:
		return invalid("to", "there is no person %q", a.To)
	case a.About != "" && a.About != AboutLate:
		return invalid("about", "is to be late, or left out")
	case a.About != "" && !a.Ask:
		return invalid("ask", "is required where the note asks for the reason late")
	case a.Ask && a.To == "":
		return invalid("to", "is required: who is to answer")
	case a.Ask && u.Role == Auditor:
		return invalid("to", "%s is an auditor: they answer nothing", s.PersonName(a.To))
	}
	return nil
}
func (a *WriteNote) target(w World) (Record, error) { return readReferral(w, a.Referral) }
func (a *WriteNote) decide(c *call, t Record) (*Outcome, error) {
	r := c.working(t)
	if a.Ask && a.To == c.by {
		return nil, invalid("to", "is yourself: say what you know without asking")
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
func (a *AnswerNote) target(w World) (Record, error) { return readReferral(w, a.Referral) }

// asked finds the question an answer is for.
func (a *AnswerNote) asked(r *Referral) (*Note, error) {
	if a.Note > len(r.Notes) {
		return nil, notFound("note", "%s has no note %d: it has %d", r.ID, a.Note, len(r.Notes))
	}
	return &r.Notes[a.Note-1], nil
}

// own: whoever was asked answers.
func (a *AnswerNote) own(w World, t Record, actor Actor) error {
	n, err := a.asked(t.(*Referral))
	if err != nil {
		return err
	}
	if n.Ask && n.To != actor.Login {
		return forbidden("%s was asked: they answer it, or a supervisor", w.Settings().PersonName(n.To))
	}
	return nil
}

func (a *AnswerNote) decide(c *call, t Record) (*Outcome, error) {
	r := c.working(t)
	n, err := a.asked(r)
	switch {
	case err != nil:
		return nil, err
	case !n.Ask:
		return nil, invalid("note", "note %d of %s asks for no answer", a.Note, r.ID)
	case n.Answer != nil:
		return nil, invalid("note", "it was answered by %s, %s", c.Settings().PersonName(n.Answer.By), n.Answer.At)
	}
	n.answered(a.Text, c.by, c.at)
	return done(r, "answered %s about %s", c.Settings().PersonName(n.By), r.ID), nil
}

// answerLate answers what was asked about the reason late, by its being recorded.
func (r *Referral) answerLate() {
	for i := range r.Notes {
		if n := &r.Notes[i]; n.Open() && n.About == AboutLate {
			text := strings.ReplaceAll(r.LateReason.Reason, "_", " ")
			if r.LateReason.Text != "" {
				text += ": " + r.LateReason.Text
			}
			n.answered(text, r.LateReason.By, r.LateReason.At)
		}
	}
}
