package domain_test

import (
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// questions are those that are open, and those answered since a time long ago.
func (tm *team) questions() (open, answered []view.Question) {
	tm.Helper()
	open, answered, err := view.ReadQuestions(tm, domain.At(clock(tm, "2026-01-01 00:00")))
	if err != nil {
		tm.Fatal(err)
	}
	return open, answered
}

func TestAQuestionStandsUntilItIsAnswered(t *testing.T) {
	tm := theirs(t)
	tm.as("sam").do(`{"act":"referral.note","referral":"R1","to":"pat","text":"no question"}`)
	out := tm.do(`{"act":"referral.note","referral":"R1","to":"pat","text":"What does the school say?","ask":true}`)
	if out.Summary != "asked Pat Lowe about R1" {
		t.Errorf("says %q", out.Summary)
	}
	open, _ := tm.questions()
	if len(open) != 1 || open[0].Number != 2 || open[0].ID() != "R1 note 2" || open[0].Note.To != "pat" {
		t.Fatalf("open: %+v", open)
	}
	tm.as("pat").refused(domain.Invalid, "note", []string{"asks for no answer"}, `{"act":"referral.answer","referral":"R1","note":1,"text":"x"}`)
	tm.refused(domain.NotFound, "note", []string{"has no note 3"}, `{"act":"referral.answer","referral":"R1","note":3,"text":"x"}`)
	tm.as("dee").refused(domain.Forbidden, "", []string{"Pat Lowe was asked"}, `{"act":"referral.answer","referral":"R1","note":2,"text":"x"}`)
	tm.as("pat").do(`{"act":"referral.answer","referral":"R1","note":2,"text":"They have not seen her since."}`)
	open, answered := tm.questions()
	if len(open) != 0 || len(answered) != 1 || answered[0].Note.Answer.Text != "They have not seen her since." || answered[0].Note.Answer.By != "pat" {
		t.Errorf("open %v, answered %+v", open, answered)
	}
	tm.as("sam").refused(domain.Invalid, "note", []string{"answered by Pat Lowe"}, `{"act":"referral.answer","referral":"R1","note":2,"text":"x"}`)
	tm.as("pat").do(`{"act":"undo"}`)
	if open, answered = tm.questions(); len(open) != 1 || len(answered) != 0 {
		t.Errorf("an answer taken back leaves open %v, answered %v", open, answered)
	}
}

func TestTheReasonLateAnswersTheQuestionForIt(t *testing.T) {
	tm := aWeekOn(t)
	tm.as("sam").do(`{"act":"referral.note","referral":"R1","to":"pat","text":"Why is it late?","ask":true,"about":"late"}`)
	tm.do(`{"act":"referral.note","referral":"R1","to":"pat","text":"And when will you see her?","ask":true}`)
	tm.as("pat").do(`{"act":"referral.late","referral":"R1","reason":"could_not_reach","text":"four calls"}`)
	open, answered := tm.questions()
	if len(open) != 1 || open[0].Number != 2 {
		t.Errorf("the other question is to stay: %+v", open)
	}
	if len(answered) != 1 || answered[0].Number != 1 || answered[0].Note.Answer.Text != "could not reach: four calls" {
		t.Errorf("answered: %+v", answered)
	}
	// Asked again after that, it is open again: the reason given before is no answer to it.
	tm.as("sam").do(`{"act":"referral.note","referral":"R1","to":"pat","text":"And since?","ask":true,"about":"late"}`)
	if open, _ = tm.questions(); len(open) != 2 {
		t.Errorf("asked again: %+v", open)
	}
}

func TestAQuestionOutlivesTheReferral(t *testing.T) {
	tm := theirs(t)
	tm.as("sam").do(`{"act":"referral.note","referral":"R1","to":"pat","text":"Why no letter?","ask":true}`)
	tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"entered twice"}`)
	if open, _ := tm.questions(); len(open) != 1 {
		t.Fatalf("open: %v", open)
	}
	day, err := view.ReadMyDay(tm.as("pat"), 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range day.Lines {
		if l.Part == view.DayAnswer {
			n++
			if l.Note.Text != "Why no letter?" || l.Question != 1 {
				t.Errorf("%+v", l)
			}
		}
		if l.Part == view.DayNote {
			t.Errorf("told twice: %+v", l)
		}
	}
	if n != 1 {
		t.Errorf("%d to answer on Pat's day, should be 1", n)
	}
	tm.do(`{"act":"referral.answer","referral":"R1","note":1,"text":"It was."}`)
}

func TestWhoCannotBeAsked(t *testing.T) {
	tm := theirs(t).as("sam")
	tm.refused(domain.Invalid, "to", []string{"yourself"}, `{"act":"referral.note","referral":"R1","to":"sam","text":"x","ask":true}`)
	tm.refused(domain.Invalid, "to", []string{"auditor"}, `{"act":"referral.note","referral":"R1","to":"ada","text":"x","ask":true}`)
}
