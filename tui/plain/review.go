package plain

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// ReviewOverdueRow is a row of `review overdue`: one interview, whatever number of referrals it covers.
func ReviewOverdueRow(o *view.Owed) Row {
	r := o.Row()
	var refs, episodes []string
	for _, x := range o.Rows {
		refs, episodes = append(refs, x.Referral.ID.String()), append(episodes, x.Episode.ID.String())
	}
	reason, text := "", ""
	if l := o.Reason(); l != nil {
		reason, text = l.Reason, l.Text
	}
	var asked, answered domain.Moment
	if q := o.Asked; q != nil {
		asked = q.Note.At
		if q.Note.Answer != nil {
			answered = q.Note.Answer.At
		}
	}
	return Row{{"referrals", refs}, {"episodes", episodes}, {"cluster", r.Referral.Cluster}, {"child_ref", r.Child.ShownRef()}, {"child_name", r.Child.Name()},
		{"assigned_to", o.Who()}, {"stage", string(r.Stage)}, {"interview_due_at", r.InterviewDue}, {"late_s", o.Late}, {"late", o.Band().String()},
		{"reason_late", reason}, {"reason_text", text}, {"asked_at", asked}, {"answered_at", answered}}
}

// ReviewOverdueColumns are its table.
func ReviewOverdueColumns(list []view.Owed) []Column {
	at := func(f func(*view.Owed) string) func(int) string { return func(i int) string { return f(&list[i]) } }
	return []Column{
		{"LATE", at(func(o *view.Owed) string { return Span(o.Late) })},
		{"CHILD", at(func(o *view.Owed) string { return o.Row().Child.Name() })},
		{"REFERRALS", at(func(o *view.Owed) string {
			var refs []string
			for _, r := range o.Rows {
				refs = append(refs, r.Referral.ID.String())
			}
			return strings.Join(refs, " ")
		})},
		{"WHO", at(func(o *view.Owed) string { return orNobody(o.Who()) })},
		{"REASON", at(func(o *view.Owed) string {
			switch r := o.Reason(); {
			case r != nil:
				return domain.Words(r.Reason)
			case o.Asked != nil && o.Asked.Note.Open():
				return "asked, no answer"
			}
			return "no reason given"
		})},
	}
}

func orNobody(login string) string {
	if login == "" {
		return "nobody"
	}
	return login
}

// ReviewSignRow is a row of `review sign-off`.
func ReviewSignRow(s *view.ToSign) Row {
	var refs []string
	for _, r := range s.Rows {
		refs = append(refs, r.Referral.ID.String())
	}
	interview := domain.ID(0)
	if s.Interview != nil {
		interview = s.Interview.ID
	}
	return Row{{"what", signWhat(s)}, {"referrals", refs}, {"interview", interview}, {"child_ref", s.Row().Child.ShownRef()}, {"child_name", s.Row().Child.Name()},
		{"by", s.By}, {"since", s.At}, {"write_up_due_at", s.WriteUp.Due}, {"not_mine_because", s.Why}}
}

func signWhat(s *view.ToSign) string {
	if s.Interview != nil {
		return "record"
	}
	return string(s.As)
}

// ReviewSignColumns are its table.
func ReviewSignColumns(list []view.ToSign, now time.Time) []Column {
	at := func(f func(*view.ToSign) string) func(int) string { return func(i int) string { return f(&list[i]) } }
	return []Column{
		{"SINCE", at(func(s *view.ToSign) string { return When(s.At, now) })},
		{"CHILD", at(func(s *view.ToSign) string { return s.Row().Child.Name() })},
		{"REFERRAL", at(func(s *view.ToSign) string { return s.Row().Referral.ID.String() })},
		{"WHAT", at(func(s *view.ToSign) string { return domain.Words(signWhat(s)) })},
		{"BY", at(func(s *view.ToSign) string { return s.By })},
		{"", at(func(s *view.ToSign) string { return s.Why })},
	}
}

// ReviewSoonRow is a row of `review soon`.
func ReviewSoonRow(b *view.Breach) Row {
	var refs []string
	for _, r := range b.Rows {
		refs = append(refs, r.Referral.ID.String())
	}
	var booked domain.Moment
	if k := b.Row().Booked; k != nil {
		booked = k.When
	}
	return Row{{"clock", b.Clock.Name}, {"due_at", b.Clock.Due}, {"referrals", refs}, {"child_ref", b.Row().Child.ShownRef()}, {"child_name", b.Row().Child.Name()},
		{"assigned_to", b.Row().Referral.AssignedTo}, {"booked_for", booked}, {"booked_in_time", b.Booked == view.BookedInTime}, {"explain", b.Clock.Explain()}}
}

// ReviewSoonColumns are its table.
func ReviewSoonColumns(list []view.Breach, now time.Time) []Column {
	at := func(f func(*view.Breach) string) func(int) string { return func(i int) string { return f(&list[i]) } }
	return []Column{
		{"DUE", at(func(b *view.Breach) string { return When(b.Clock.Due, now) })},
		{"", at(func(b *view.Breach) string { return Left(b.Clock.Due, now) })},
		{"CLOCK", at(func(b *view.Breach) string { return domain.Words(b.Clock.Name) })},
		{"CHILD", at(func(b *view.Breach) string { return b.Row().Child.Name() })},
		{"REFERRAL", at(func(b *view.Breach) string { return b.Row().Referral.ID.String() })},
		{"WHO", at(func(b *view.Breach) string { return orNobody(b.Row().Referral.AssignedTo) })},
		{"BOOKED", at(func(b *view.Breach) string {
			if b.Clock.Name != "interview" {
				return ""
			}
			return b.Booked.String()
		})},
	}
}

// ReviewAskedRow is a row of `review asked`.
func ReviewAskedRow(q *view.Question) Row {
	var by, text string
	var at domain.Moment
	if a := q.Note.Answer; a != nil {
		by, text, at = a.By, a.Text, a.At
	}
	return Row{{"referral", q.Referral.ID}, {"note", q.Number}, {"child_ref", q.Child.ShownRef()}, {"child_name", q.Child.Name()}, {"by", q.Note.By}, {"to", q.Note.To},
		{"at", q.Note.At}, {"about", q.Note.About}, {"text", q.Note.Text}, {"answered_by", by}, {"answered_at", at}, {"answer", text}}
}

// ReviewAskedColumns are its table.
func ReviewAskedColumns(list []view.Question, now time.Time) []Column {
	at := func(f func(*view.Question) string) func(int) string {
		return func(i int) string { return f(&list[i]) }
	}
	return []Column{
		{"ASKED", at(func(q *view.Question) string { return When(q.Note.At, now) })},
		{"CHILD", at(func(q *view.Question) string { return q.Child.Name() })},
		{"NOTE", at(func(q *view.Question) string { return fmt.Sprintf("%s %d", q.Referral.ID, q.Number) })},
		{"BY", at(func(q *view.Question) string { return q.Note.By })},
		{"TO", at(func(q *view.Question) string { return q.Note.To })},
		{"QUESTION", at(func(q *view.Question) string { return q.Note.Text })},
		{"ANSWER", at(func(q *view.Question) string {
			if q.Note.Answer == nil {
				return "none yet"
			}
			return q.Note.Answer.Text
		})},
	}
}

// ReviewLoadRow is a row of `review people`: how much somebody has and how much room.
func ReviewLoadRow(l *view.Load) Row {
	return Row{{"login", l.Login}, {"name", l.Name}, {"role", string(l.Role)}, {"open_referrals", len(l.Open)}, {"open_interviews", l.Interviews},
		{"overdue", len(l.Overdue)}, {"booked_7_days", len(l.Booked)}, {"to_write_up", len(l.ToWriteUp)}, {"to_sign_off", len(l.Submitted)},
		{"follow_ups", len(l.FollowUps)}, {"follow_ups_overdue", len(l.FollowUpsOverdue)}, {"questions_open", len(l.Asked)},
		{"today_free", l.Today.Free()}, {"today_left_s", l.Today.Left}, {"tomorrow_free", l.Tomorrow.Free()}, {"tomorrow_left_s", l.Tomorrow.Left}, {"capacity", l.Today.Capacity}}
}

// ReviewLoadColumns are its table.
func ReviewLoadColumns(list []view.Load) []Column {
	n := func(title string, f func(*view.Load) int) Column {
		return Column{title, func(i int) string { return fmt.Sprint(f(&list[i])) }}
	}
	return []Column{
		{"WHO", func(i int) string { return orNobody(list[i].Login) }},
		n("OVERDUE", func(l *view.Load) int { return len(l.Overdue) }), n("OPEN", func(l *view.Load) int { return len(l.Open) }),
		n("BOOKED", func(l *view.Load) int { return len(l.Booked) }), n("TO WRITE UP", func(l *view.Load) int { return len(l.ToWriteUp) }),
		n("TO SIGN OFF", func(l *view.Load) int { return len(l.Submitted) }), n("FOLLOW-UPS", func(l *view.Load) int { return len(l.FollowUps) }),
		n("OVER", func(l *view.Load) int { return len(l.FollowUpsOverdue) }), n("ROOM TODAY", func(l *view.Load) int { return l.Today.Free() }),
		n("TOMORROW", func(l *view.Load) int { return l.Tomorrow.Free() }),
	}
}

// WeekMeasure is one figure of one week.
type WeekMeasure struct {
	Week *view.Week
	Of   *view.Timeliness
}

// ReviewWeekRow is a row of `review weeks`: numerator, denominator and what both leave out.
func ReviewWeekRow(m WeekMeasure) Row {
	t := m.Of
	out := Row{{"week", view.ISOWeek(m.Week.Monday)}, {"from", m.Week.Monday}, {"to", m.Week.Monday.Days(6)}, {"as_at", domain.At(m.Week.AsAt)}, {"measure", t.Name},
		{"definition", t.Rule}, {"numerator", len(t.InTime)}, {"denominator", t.Of()}, {"denominator_required", t.Required()}, {"episodes", len(m.Week.Episodes)}}
	for _, p := range t.Parts()[1:] {
		name, _, _ := strings.Cut(p.Name, " (")
		out = append(out, Field{strings.ReplaceAll(name, " ", "_"), len(p.Episodes)})
	}
	return out
}

// ReviewWeekColumns are its table.
func ReviewWeekColumns(list []WeekMeasure) []Column {
	at := func(f func(WeekMeasure) string) func(int) string { return func(i int) string { return f(list[i]) } }
	return []Column{
		{"WEEK", at(func(m WeekMeasure) string { return view.ISOWeek(m.Week.Monday) })},
		{"MEASURE", at(func(m WeekMeasure) string { return m.Of.Name })},
		{"IN TIME", at(func(m WeekMeasure) string { return m.Of.Words() })},
		{"REQUIRED", at(func(m WeekMeasure) string { return fmt.Sprintf("%d of %d", len(m.Of.InTime), m.Of.Required()) })},
		{"PARTS", at(func(m WeekMeasure) string {
			var parts []string
			for _, p := range m.Of.Parts()[1:] {
				if len(p.Episodes) > 0 {
					parts = append(parts, fmt.Sprintf("%s %d", p.Name, len(p.Episodes)))
				}
			}
			return strings.Join(parts, ", ")
		})},
	}
}
