package desk

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/plain"
	"homeward/tui/widgets"
)

// ToAnswer are the questions to this person that wait for an answer, oldest first.
func (p *Program) ToAnswer() []view.Question {
	var out []view.Question
	for _, q := range p.Questions {
		if q.Note.To == p.Actor().Login {
			out = append(out, q)
		}
	}
	return out
}

// Answer leads to answering what this person was asked: to the one question, or to a choice among several.
func (p *Program) Answer(s *frame.Session) tea.Cmd {
	mine := p.ToAnswer()
	switch len(mine) {
	case 0:
		return s.Toast(widgets.Info, "Nobody waits for an answer of yours.")
	case 1:
		return p.AnswerTo(s, mine[0])
	}
	var choices []widgets.Choice
	for i, q := range mine {
		choices = append(choices, widgets.Choice{Title: Mask(s, q.Child) + ": " + Told(s, q.Note.Text), Hint: p.askedBy(s, q), Result: i})
	}
	return s.Open(Menu(s, OfNoChild(), fmt.Sprintf("%d questions wait for your answer", len(mine)), choices), func(result any) tea.Cmd {
		if i, ok := result.(int); ok {
			return p.AnswerTo(s, mine[i])
		}
		return nil
	})
}

func (p *Program) askedBy(s *frame.Session, q view.Question) string {
	return p.Settings().PersonAt(q.Note.By, q.Note.At) + ", " + When(q.Note.At, s.Now())
}

// AnswerTo answers a question. One for the reason late is answered by giving that, or in words.
func (p *Program) AnswerTo(s *frame.Session, q view.Question) tea.Cmd {
	if q.Note.About != domain.AboutLate {
		return p.AnswerInWords(s, q)
	}
	if p.Why("referral.late", q.Referral) != "" {
		return p.AnswerInWords(s, q)
	}
	return s.Open(Menu(s, p.Of(s, q.Child), Told(s, q.Note.Text), []widgets.Choice{
		{Key: "l", Title: "Give the reason late …", Hint: "it is kept with the interview and answers " + p.First(q.Note.By), Result: "late"},
		{Key: "w", Title: "Answer in words …", Hint: "the reason stays to be given", Result: "words"},
	}), func(result any) tea.Cmd {
		switch result {
		case "late":
			return p.LateReason(s, q.Child, q.Referral.ID, 0)
		case "words":
			return p.AnswerInWords(s, q)
		}
		return nil
	})
}

// AnswerInWords answers a question in words, also one for the reason late.
func (p *Program) AnswerInWords(s *frame.Session, q view.Question) tea.Cmd {
	id := q.Referral.ID.String()
	return p.Decide(s, Decision{
		Key: fmt.Sprintf("referral.answer %s %d", id, q.Number),
		Of:  p.Of(s, q.Child), Title: "answer " + p.First(q.Note.By) + " (" + id + ")",
		Fields: []widgets.Field{{ID: "text", Label: "Answer", Kind: widgets.NoteKind, Lines: 4, Required: true,
			Hint: p.askedBy(s, q) + ": " + Told(s, q.Note.Text)}},
		Build: func(v widgets.Values) domain.Envelope {
			text := v["text"]
			if text == "" {
				text = "…" // for the preview: a form never saves a required field left blank
			}
			return domain.Envelope{Act: &domain.AnswerNote{Referral: id, Note: q.Number, Text: text}, Version: q.Referral.Version}
		},
	})
}

// AskAbout asks a colleague something about a referral: it stands in their header until they answered. Proposed is the person who has it,
// and of one that is late the question why its interview, due then, is not held.
func (p *Program) AskAbout(s *frame.Session, ref *domain.Referral, child *domain.Child, about string, due domain.Moment) tea.Cmd {
	id, until := ref.ID.String(), "It stands in their header and on their day until they answered."
	to, text := ref.AssignedTo, ""
	if to == p.Actor().Login {
		to = ""
	}
	if about == domain.AboutLate {
		text = "The interview was due " + plain.When(due, s.Now()) + " and is not held: what is the reason it is late, and what happens next?"
		until = "It stands in their header and on their day until they answered, or the reason late was given."
	}
	return p.Decide(s, Decision{
		Key: "referral.note ask " + about + " " + id, Of: p.Of(s, child), Title: "ask a colleague (" + id + ")",
		Fields: []widgets.Field{
			{ID: "text", Label: "Question", Kind: widgets.NoteKind, Lines: 4, Value: text, Proposed: true, Required: true},
			p.TeamField(widgets.Field{ID: "to", Label: "To", Value: to, Required: true}),
		},
		Below: []widgets.Line{widgets.In(s.Theme.Muted, until)}, Tall: 11,
		Build: func(v widgets.Values) domain.Envelope {
			return domain.Envelope{Act: &domain.WriteNote{Referral: id, To: v["to"], Text: v["text"], Ask: true, About: about}}
		},
	})
}
