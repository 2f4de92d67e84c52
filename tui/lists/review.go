package lists

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// ReviewOverdue is the list of `review overdue`: a row is one interview, whatever number of referrals it covers.
func ReviewOverdue() List[view.Owed] {
	type row = *view.Owed
	return List[view.Owed]{
		{Name: "referrals", Value: func(o row, _ at) any { return referralsOf(o.Rows) }, At: 3, Head: "Referrals", Text: func(o row, _ at) string { return strings.Join(referralsOf(o.Rows), " ") }},
		{Name: "episodes", Value: func(o row, _ at) any {
			var out []string
			for _, x := range o.Rows {
				out = append(out, x.Episode.ID.String())
			}
			return out
		}},
		{Name: "cluster", Value: func(o row, _ at) any { return o.Row().Referral.Cluster }},
		{Name: "child_ref", Value: func(o row, _ at) any { return o.Row().Child.ShownRef() }},
		{Name: "child_name", Value: func(o row, _ at) any { return o.Row().Child.Name() }, At: 2, Head: "Child"},
		{Name: "assigned_to", Value: func(o row, _ at) any { return o.Who() }, At: 4, Head: "Who", Text: func(o row, _ at) string { return orNobody(o.Who()) }},
		{Name: "stage", Value: func(o row, _ at) any { return string(o.Row().Stage) }},
		{Name: "interview_due_at", Value: func(o row, _ at) any { return o.Row().InterviewDue }},
		{Name: "late_s", Value: func(o row, _ at) any { return o.Late }, At: 1, Head: "Late", Text: func(o row, _ at) string { return plain.Span(o.Late) }},
		{Name: "late", Value: func(o row, _ at) any { return o.Band().String() }},
		{Name: "reason_late", Value: func(o row, _ at) any { return lateReason(o).Reason }, At: 5, Head: "Reason", Text: func(o row, _ at) string {
			switch r := o.Reason(); {
			case r != nil:
				return domain.Words(r.Reason)
			case o.Asked != nil && o.Asked.Note.Open():
				return "asked, no answer"
			}
			return "no reason given"
		}},
		{Name: "reason_text", Value: func(o row, _ at) any { return lateReason(o).Text }},
		{Name: "asked_at", Value: func(o row, _ at) any {
			if o.Asked != nil {
				return o.Asked.Note.At
			}
			return domain.Moment(0)
		}},
		{Name: "answered_at", Value: func(o row, _ at) any {
			if o.Asked != nil {
				return answerTo(o.Asked).At
			}
			return domain.Moment(0)
		}},
	}
}

// referralsOf are the referrals of rows of the queue.
func referralsOf(rows []*view.QueueRow) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Referral.ID.String())
	}
	return out
}

// lateReason is why an interview is late, blank where nobody said.
func lateReason(o *view.Owed) domain.LateReason {
	if r := o.Reason(); r != nil {
		return *r
	}
	return domain.LateReason{}
}

// answerTo is the answer to a question, blank where there is none yet.
func answerTo(q *view.Question) domain.Answered {
	if a := q.Note.Answer; a != nil {
		return *a
	}
	return domain.Answered{}
}

func orNobody(login string) string {
	if login == "" {
		return "nobody"
	}
	return login
}

// ReviewSignOff is the list of `review sign-off`.
func ReviewSignOff() List[view.ToSign] {
	type row = *view.ToSign
	return List[view.ToSign]{
		{Name: "what", Value: func(s row, _ at) any { return signWhat(s) }, At: 4, Head: "What", Text: func(s row, _ at) string { return domain.Words(signWhat(s)) }},
		{Name: "referrals", Value: func(s row, _ at) any { return referralsOf(s.Rows) }, At: 3, Head: "Referral", Text: func(s row, _ at) string { return s.Row().Referral.ID.String() }},
		{Name: "interview", Value: func(s row, _ at) any {
			if s.Interview != nil {
				return s.Interview.ID
			}
			return domain.ID(0)
		}},
		{Name: "child_ref", Value: func(s row, _ at) any { return s.Row().Child.ShownRef() }},
		{Name: "child_name", Value: func(s row, _ at) any { return s.Row().Child.Name() }, At: 2, Head: "Child"},
		{Name: "by", Value: func(s row, _ at) any { return s.By }, At: 5, Head: "By"},
		{Name: "since", Value: func(s row, _ at) any { return s.At }, At: 1, Head: "Since", Text: func(s row, now at) string { return plain.When(s.At, now) }},
		{Name: "write_up_due_at", Value: func(s row, _ at) any { return s.WriteUp.Due }},
		{Name: "not_mine_because", Value: func(s row, _ at) any { return s.Why }, At: 6},
		{Name: "unopened", Value: func(s row, _ at) any { return s.Unopened }},
	}
}

func signWhat(s *view.ToSign) string {
	if s.Interview != nil {
		return "record"
	}
	return string(s.As)
}

// ReviewSoon is the list of `review soon`.
func ReviewSoon() List[view.Breach] {
	type row = *view.Breach
	return List[view.Breach]{
		{Name: "clock", Value: func(b row, _ at) any { return b.Clock.Name }, At: 3, Head: "Clock", Text: func(b row, _ at) string { return domain.Words(b.Clock.Name) }},
		{Name: "due_at", Value: func(b row, _ at) any { return b.Clock.Due }, At: 1, Head: "Due", Text: func(b row, now at) string { return plain.When(b.Clock.Due, now) }},
		{At: 2, Text: func(b row, now at) string { return plain.Left(b.Clock.Due, now) }},
		{Name: "referrals", Value: func(b row, _ at) any { return referralsOf(b.Rows) }, At: 5, Head: "Referral", Text: func(b row, _ at) string { return b.Row().Referral.ID.String() }},
		{Name: "child_ref", Value: func(b row, _ at) any { return b.Row().Child.ShownRef() }},
		{Name: "child_name", Value: func(b row, _ at) any { return b.Row().Child.Name() }, At: 4, Head: "Child"},
		{Name: "assigned_to", Value: func(b row, _ at) any { return b.Row().Referral.AssignedTo }, At: 6, Head: "Who", Text: func(b row, _ at) string { return orNobody(b.Row().Referral.AssignedTo) }},
		{Name: "booked_for", Value: func(b row, _ at) any { return bookedFor(b.Row()) }},
		{Name: "booked_in_time", Value: func(b row, _ at) any { return b.Booked == view.BookedInTime }, At: 7, Head: "Booked", Text: func(b row, _ at) string {
			if b.Clock.Name != "interview" {
				return ""
			}
			return b.Booked.String()
		}},
		{Name: "explain", Value: func(b row, _ at) any { return b.Clock.Explain() }},
	}
}

// ReviewAsked is the list of `review asked`.
func ReviewAsked() List[view.Question] {
	type row = *view.Question
	return List[view.Question]{
		{Name: "referral", Value: func(q row, _ at) any { return q.Referral.ID }},
		{Name: "note", Value: func(q row, _ at) any { return q.Number }, At: 3, Head: "Note", Text: func(q row, _ at) string { return fmt.Sprintf("%s %d", q.Referral.ID, q.Number) }},
		{Name: "child_ref", Value: func(q row, _ at) any { return q.Child.ShownRef() }},
		{Name: "child_name", Value: func(q row, _ at) any { return q.Child.Name() }, At: 2, Head: "Child"},
		{Name: "by", Value: func(q row, _ at) any { return q.Note.By }, At: 4, Head: "By"},
		{Name: "to", Value: func(q row, _ at) any { return q.Note.To }, At: 5, Head: "To"},
		{Name: "at", Value: func(q row, _ at) any { return q.Note.At }, At: 1, Head: "Asked", Text: func(q row, now at) string { return plain.When(q.Note.At, now) }},
		{Name: "about", Value: func(q row, _ at) any { return q.Note.About }},
		{Name: "text", Value: func(q row, _ at) any { return q.Note.Text }, At: 6, Head: "Question"},
		{Name: "answered_by", Value: func(q row, _ at) any { return answerTo(q).By }},
		{Name: "answered_at", Value: func(q row, _ at) any { return answerTo(q).At }},
		{Name: "answer", Value: func(q row, _ at) any { return answerTo(q).Text }, At: 7, Head: "Answer", Text: func(q row, _ at) string {
			if q.Note.Answer == nil {
				return "none yet"
			}
			return q.Note.Answer.Text
		}},
	}
}

// ReviewPeople is the list of `review people`: how much somebody has and how much room.
func ReviewPeople() List[view.Load] {
	type row = *view.Load
	return List[view.Load]{
		{Name: "login", Value: func(l row, _ at) any { return l.Login }, At: 1, Head: "Who", Text: func(l row, _ at) string { return orNobody(l.Login) }},
		{Name: "name", Value: func(l row, _ at) any { return l.Name }},
		{Name: "role", Value: func(l row, _ at) any { return string(l.Role) }},
		{Name: "open_referrals", Value: func(l row, _ at) any { return len(l.Open) }, At: 3, Head: "Open"},
		{Name: "open_interviews", Value: func(l row, _ at) any { return l.Interviews }},
		{Name: "overdue", Value: func(l row, _ at) any { return len(l.Overdue) }, At: 2, Head: "Overdue"},
		{Name: "booked_7_days", Value: func(l row, _ at) any { return len(l.Booked) }, At: 4, Head: "Booked"},
		{Name: "to_write_up", Value: func(l row, _ at) any { return len(l.ToWriteUp) }, At: 5, Head: "To write up"},
		{Name: "to_sign_off", Value: func(l row, _ at) any { return len(l.Submitted) }, At: 6, Head: "To sign off"},
		{Name: "follow_ups", Value: func(l row, _ at) any { return len(l.FollowUps) }, At: 7, Head: "Follow-ups"},
		{Name: "follow_ups_overdue", Value: func(l row, _ at) any { return len(l.FollowUpsOverdue) }, At: 8, Head: "Over"},
		{Name: "questions_open", Value: func(l row, _ at) any { return len(l.Asked) }},
		{Name: "today_free", Value: func(l row, _ at) any { return l.Today.Free() }, At: 9, Head: "Room today"},
		{Name: "today_left_s", Value: func(l row, _ at) any { return l.Today.Left }},
		{Name: "tomorrow_free", Value: func(l row, _ at) any { return l.Tomorrow.Free() }, At: 10, Head: "Tomorrow"},
		{Name: "tomorrow_left_s", Value: func(l row, _ at) any { return l.Tomorrow.Left }},
		{Name: "capacity", Value: func(l row, _ at) any { return l.Today.Capacity }},
		{Name: "left", Value: func(l row, _ at) any { return l.LeftOn }, At: 11, Head: "Left", Text: func(l row, _ at) string { return leftOn(l) }},
	}
}

// leftOn is the last day of somebody who has left, blank of everybody else.
func leftOn(l *view.Load) string {
	if l.LeftOn == 0 {
		return ""
	}
	return l.LeftOn.String()
}

// WeekMeasure is one figure of one week.
type WeekMeasure struct {
	Week *view.Week
	Of   *view.Timeliness
}

// ReviewWeeks is the list of `review weeks`: numerator, denominator and what both leave out.
func ReviewWeeks() List[WeekMeasure] {
	type row = *WeekMeasure
	out := List[WeekMeasure]{
		{Name: "week", Value: func(m row, _ at) any { return view.ISOWeek(m.Week.Monday) }, At: 1, Head: "Week"},
		{Name: "from", Value: func(m row, _ at) any { return m.Week.Monday }},
		{Name: "to", Value: func(m row, _ at) any { return m.Week.Monday.Days(6) }},
		{Name: "as_at", Value: func(m row, _ at) any { return domain.At(m.Week.AsAt) }},
		{Name: "measure", Value: func(m row, _ at) any { return m.Of.Name }, At: 2, Head: "Measure"},
		{Name: "definition", Value: func(m row, _ at) any { return m.Of.Rule }},
		{Name: "numerator", Value: func(m row, _ at) any { return len(m.Of.InTime) }, At: 3, Head: "In time", Text: func(m row, _ at) string { return m.Of.Words() }},
		{Name: "denominator", Value: func(m row, _ at) any { return m.Of.Of() }},
		{Name: "denominator_required", Value: func(m row, _ at) any { return m.Of.Required() }, At: 4, Head: "Required", Text: func(m row, _ at) string {
			return fmt.Sprintf("%d of %d", len(m.Of.InTime), m.Of.Required())
		}},
		{Name: "episodes", Value: func(m row, _ at) any { return len(m.Week.Episodes) }},
		{At: 5, Head: "Parts", Text: func(m row, _ at) string {
			var parts []string
			for _, p := range m.Of.Parts()[1:] {
				if len(p.Episodes) > 0 {
					parts = append(parts, fmt.Sprintf("%s %d", p.Name, len(p.Episodes)))
				}
			}
			return strings.Join(parts, ", ")
		}},
	}
	for i, p := range (&view.Timeliness{}).Parts() {
		if i == 0 {
			continue // the numerator
		}
		name, _, _ := strings.Cut(p.Name, " (")
		out = append(out, Field[WeekMeasure]{Name: strings.ReplaceAll(name, " ", "_"), Value: func(m row, _ at) any { return len(m.Of.Parts()[i].Episodes) }})
	}
	return out
}
