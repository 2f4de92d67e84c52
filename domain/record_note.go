package domain

import (
	"slices"
	"strings"
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
