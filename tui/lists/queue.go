package lists

import (
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// at is the moment by which a list is read.
type at = time.Time

// Queue is the list of `queue` (INTERFACES, JSON).
func Queue() List[view.QueueRow] {
	type row = *view.QueueRow
	type shown = Shown[view.QueueRow]
	return List[view.QueueRow]{
		{Name: "referral", Value: func(q row, _ at) any { return q.Referral.ID }, At: 1, Head: "Referral"},
		{Name: "version", Value: func(q row, _ at) any { return q.Referral.Version }},
		{Name: "child_ref", Value: func(q row, _ at) any { return q.Child.ShownRef() }, At: 3, Head: "Ref"},
		{Name: "child_name", Value: func(q row, _ at) any { return q.Child.Name() }, At: 2, Head: "Child",
			Screen: &shown{At: 1, Min: 13, Max: 26, Cell: func(e *Env, th *theme.Theme, q row) widgets.Line { return widgets.In(th.Strong, e.Name(q.Child)) }}},
		{Name: "age", Value: age},
		{Name: "episode", Value: func(q row, _ at) any { return q.Episode.ID }},
		{Name: "police_ref", Value: func(q row, _ at) any { return q.Episode.PoliceRef }},
		{Name: "stage", Value: func(q row, _ at) any { return string(q.Stage) }, At: 4, Head: "Stage", Text: func(q row, _ at) string { return q.Stage.Words() },
			Screen: &shown{At: 6, Min: 8, Max: 10, Priority: 4, Hide: true, Cell: func(_ *Env, th *theme.Theme, q row) widgets.Line { return widgets.In(th.Muted, q.Stage.Words()) }}},
		{Name: "responsible", Value: func(q row, _ at) any { return string(q.Referral.Responsible) }},
		{Name: "assigned_to", Value: func(q row, _ at) any { return q.Referral.AssignedTo }, At: 8, Head: "Who",
			Screen: &shown{At: 5, Min: 9, Max: 13, Priority: 1, Hide: true, Cell: whoCell}},
		{Name: "received_at", Value: func(q row, _ at) any { return q.Received }},
		{Name: "receipt_recorded", Value: func(q row, _ at) any { return !q.ByImport }},
		{Name: "returned_at", Value: func(q row, _ at) any { return q.Episode.ReturnedAt }},
		{Name: "contact_due_at", Value: func(q row, _ at) any { return q.Clocks.Contact.Due }, At: 5, Head: "Contact", Text: contactStands,
			Screen: &shown{At: 2, Min: 11, Max: 13, Bar: true, Cell: contactCell}},
		{Name: "contact_met_at", Value: func(q row, _ at) any { return q.Clocks.Contact.Met }},
		{Name: "child_reached_at", Value: func(q row, _ at) any { return q.Referral.ReachedAt(domain.WithChild) }},
		{Name: "carer_reached_at", Value: func(q row, _ at) any { return q.Referral.ReachedAt(domain.WithCarer) }},
		{Name: "interview_due_at", Value: func(q row, _ at) any { return q.InterviewDue }, At: 6, Head: "Interview", Text: func(q row, now at) string { return stands(q.Clocks.Interview, now) },
			Screen: &shown{At: 3, Min: 11, Max: 13, Bar: true, Cell: func(e *Env, th *theme.Theme, q row) widgets.Line { return stillCell(e, th, q, q.Clocks.Interview) }}},
		{Name: "return_due_at", Value: func(q row, _ at) any { return q.Clocks.Return.Due }},
		{Name: "write_up_due_at", Value: func(q row, _ at) any { return q.Clocks.WriteUp.Due }},
		{Name: "share_due_at", Value: func(q row, _ at) any { return q.Clocks.Share.Due }},
		{Name: "next_due_at", Value: func(q row, _ at) any { return q.NextDue }, At: 7, Head: "Due", Text: func(q row, now at) string { return plain.When(q.NextDue, now) },
			Screen: &shown{At: 4, Title: "Next", Min: 15, Max: 18, Priority: 2, Hide: true, Cell: nextCell}},
		{Name: "booked_for", Value: func(q row, _ at) any { return bookedFor(q) }},
		{Name: "overdue", Value: func(q row, _ at) any { return q.Overdue }},
		{Name: "attempts", Value: func(q row, _ at) any { return q.Attempts },
			Screen: &shown{At: 7, Title: "Tried", Min: 5, Max: 7, Priority: 5, Hide: true, Cell: triedCell}},
		{Name: "declines", Value: func(q row, _ at) any { return q.Declines }},
		{Name: "try_again_at", Value: func(q row, _ at) any { return q.TryAgain }},
		{Name: "cluster", Value: func(q row, _ at) any { return q.Referral.Cluster }, At: 9, Head: "Cluster", Text: func(q row, _ at) string {
			if q.Suggested {
				return "suggested"
			}
			return q.Referral.Cluster.String()
		}},
		{Name: "taken_to_be", Value: func(q row, _ at) any { return q.Episode.TakenToBe }},
		{Name: "suggested_cluster", Value: func(q row, _ at) any { return q.Suggested }},
		{Name: "flags", Value: func(q row, _ at) any { return q.Flags }, At: 10, Head: "Flags", Text: func(q row, _ at) string {
			return strings.ReplaceAll(strings.Join(q.Flags, ", "), "_", " ")
		}, Screen: &shown{At: 8, Min: 8, Max: 48, Priority: 3, Cell: func(_ *Env, th *theme.Theme, q row) widgets.Line {
			return Special(th, q, q.Flags, 0, q.Referral.Moved != nil)
		}}},
		{Name: "explain", Value: func(q row, _ at) any { return explained(q) }},
	}
}

// Overdue is the list of `overdue`: the queue's, with how late and why.
func Overdue() List[view.QueueRow] {
	type row = *view.QueueRow
	return append(Queue(), List[view.QueueRow]{
		{Name: "late_s", Value: func(q row, now at) any { return q.Late(now) }},
		{Name: "reason_late", Value: func(q row, _ at) any {
			if l := q.Referral.LateReason; l != nil {
				return l.Reason
			}
			return ""
		}},
	}...)
}

// age is a child's, nil where nobody knows it.
func age(q *view.QueueRow, now at) any {
	if a := domain.AgeOn(q.Child.DOB, domain.DateOf(now)); a >= 0 {
		return a
	}
	return nil
}

// bookedFor is when the interview is booked for, the zero moment where it is not.
func bookedFor(q *view.QueueRow) domain.Moment {
	if q.Booked == nil {
		return domain.Moment(0)
	}
	return q.Booked.When
}

// explained is how each due time came about, by the name of its field.
func explained(q *view.QueueRow) plain.Row {
	out := plain.Row{}
	for _, c := range []struct {
		field string
		clock domain.Clock
	}{{"contact_due_at", q.Clocks.Contact}, {"interview_due_at", q.Clocks.Interview}, {"return_due_at", q.Clocks.Return},
		{"write_up_due_at", q.Clocks.WriteUp}, {"share_due_at", q.Clocks.Share}} {
		if line := c.clock.Explain(); line != "" {
			out = append(out, plain.Field{Name: c.field, Value: line})
		}
	}
	return out
}

// stands says how a clock stands.
func stands(c domain.Clock, now at) string {
	switch {
	case c.MetLate():
		return "met late"
	case c.Met != 0:
		return "met"
	}
	return plain.Left(c.Due, now)
}

// contactStands says how the contact clock stands.
func contactStands(q *view.QueueRow, now at) string {
	if q.Referral.HeldAt != 0 && q.Clocks.Contact.Met == 0 {
		return "-" // nobody needs to be reached any more
	}
	return stands(q.Clocks.Contact, now)
}
