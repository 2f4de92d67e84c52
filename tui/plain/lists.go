package plain

import (
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// at is the moment by which a list is read.
type at = time.Time

// Queue is the list of `queue` (INTERFACES, JSON).
func Queue() List[view.QueueRow] {
	type row = *view.QueueRow
	return List[view.QueueRow]{
		{Name: "referral", Value: func(q row, _ at) any { return q.Referral.ID }, At: 1, Head: "REFERRAL"},
		{Name: "version", Value: func(q row, _ at) any { return q.Referral.Version }},
		{Name: "child_ref", Value: func(q row, _ at) any { return q.Child.ShownRef() }, At: 3, Head: "REF"},
		{Name: "child_name", Value: func(q row, _ at) any { return q.Child.Name() }, At: 2, Head: "CHILD"},
		{Name: "age", Value: age},
		{Name: "episode", Value: func(q row, _ at) any { return q.Episode.ID }},
		{Name: "police_ref", Value: func(q row, _ at) any { return q.Episode.PoliceRef }},
		{Name: "stage", Value: func(q row, _ at) any { return string(q.Stage) }, At: 4, Head: "STAGE", Text: func(q row, _ at) string { return q.Stage.Words() }},
		{Name: "responsible", Value: func(q row, _ at) any { return string(q.Referral.Responsible) }},
		{Name: "assigned_to", Value: func(q row, _ at) any { return q.Referral.AssignedTo }, At: 8, Head: "WHO"},
		{Name: "received_at", Value: func(q row, _ at) any { return q.Received }},
		{Name: "receipt_recorded", Value: func(q row, _ at) any { return !q.ByImport }},
		{Name: "returned_at", Value: func(q row, _ at) any { return q.Episode.ReturnedAt }},
		{Name: "contact_due_at", Value: func(q row, _ at) any { return q.Clocks.Contact.Due }, At: 5, Head: "CONTACT", Text: contactStands},
		{Name: "contact_met_at", Value: func(q row, _ at) any { return q.Clocks.Contact.Met }},
		{Name: "child_reached_at", Value: func(q row, _ at) any { return domain.ReachedAt(q.Referral.Attempts, domain.WithChild) }},
		{Name: "carer_reached_at", Value: func(q row, _ at) any { return domain.ReachedAt(q.Referral.Attempts, domain.WithCarer) }},
		{Name: "interview_due_at", Value: func(q row, _ at) any { return q.InterviewDue }, At: 6, Head: "INTERVIEW", Text: func(q row, now at) string { return stands(q.Clocks.Interview, now) }},
		{Name: "return_due_at", Value: func(q row, _ at) any { return q.Clocks.Return.Due }},
		{Name: "write_up_due_at", Value: func(q row, _ at) any { return q.Clocks.WriteUp.Due }},
		{Name: "share_due_at", Value: func(q row, _ at) any { return q.Clocks.Share.Due }},
		{Name: "next_due_at", Value: func(q row, _ at) any { return q.NextDue }, At: 7, Head: "DUE", Text: func(q row, now at) string { return When(q.NextDue, now) }},
		{Name: "booked_for", Value: func(q row, _ at) any { return bookedFor(q) }},
		{Name: "overdue", Value: func(q row, _ at) any { return q.Overdue }},
		{Name: "attempts", Value: func(q row, _ at) any { return q.Attempts }},
		{Name: "declines", Value: func(q row, _ at) any { return q.Declines }},
		{Name: "try_again_at", Value: func(q row, _ at) any { return q.TryAgain }},
		{Name: "cluster", Value: func(q row, _ at) any { return q.Referral.Cluster }, At: 9, Head: "CLUSTER", Text: func(q row, _ at) string {
			if q.Suggested {
				return "suggested"
			}
			return q.Referral.Cluster.String()
		}},
		{Name: "suggested_cluster", Value: func(q row, _ at) any { return q.Suggested }},
		{Name: "flags", Value: func(q row, _ at) any { return q.Flags }, At: 10, Head: "FLAGS", Text: func(q row, _ at) string {
			return strings.ReplaceAll(strings.Join(q.Flags, ", "), "_", " ")
		}},
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
func explained(q *view.QueueRow) Row {
	out := Row{}
	for _, c := range []struct {
		field string
		clock domain.Clock
	}{{"contact_due_at", q.Clocks.Contact}, {"interview_due_at", q.Clocks.Interview}, {"return_due_at", q.Clocks.Return},
		{"write_up_due_at", q.Clocks.WriteUp}, {"share_due_at", q.Clocks.Share}} {
		if line := c.clock.Explain(); line != "" {
			out = append(out, Field{c.field, line})
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
	return Left(c.Due, now)
}

// contactStands says how the contact clock stands.
func contactStands(q *view.QueueRow, now at) string {
	if q.Referral.HeldAt != 0 && q.Clocks.Contact.Met == 0 {
		return "-" // nobody needs to be reached any more
	}
	return stands(q.Clocks.Contact, now)
}

// Missing is the list of `missing`.
func Missing() List[view.MissingRow] {
	type row = *view.MissingRow
	return List[view.MissingRow]{
		{Name: "child_ref", Value: func(m row, _ at) any { return m.Child.ShownRef() }, At: 2, Head: "REF"},
		{Name: "child_name", Value: func(m row, _ at) any { return m.Child.Name() }, At: 1, Head: "CHILD"},
		{Name: "episode", Value: func(m row, _ at) any { return m.Episode.ID }, At: 3, Head: "EPISODE", Text: func(m row, _ at) string { return m.Episode.ShownRef() }},
		{Name: "version", Value: func(m row, _ at) any { return m.Episode.Version }},
		{Name: "police_ref", Value: func(m row, _ at) any { return m.Episode.PoliceRef }},
		{Name: "missing_at", Value: func(m row, _ at) any { return m.Episode.MissingAt }, At: 4, Head: "SINCE", Text: func(m row, now at) string { return When(m.Episode.MissingAt, now) }},
		{Name: "missing_s", Value: func(m row, _ at) any { return m.Missing }, At: 5, Head: "MISSING", Text: func(m row, _ at) string { return Span(m.Missing) }},
		{Name: "category", Value: func(m row, _ at) any { return m.Episode.Category }, At: 7, Head: "NOW", Text: func(m row, _ at) string {
			if m.Episode.FoundNotBack() {
				return "found, not back"
			}
			return domain.Words(m.Episode.Category)
		}},
		{Name: "risk", Value: func(m row, _ at) any { return m.Risk }, At: 6, Head: "RISK", Text: func(m row, _ at) string { return domain.Words(m.Risk) }},
		{Name: "found_not_back", Value: func(m row, _ at) any { return m.Episode.FoundNotBack() }},
		{Name: "flags", Value: func(m row, _ at) any { return m.Flags }},
		{Name: "open_referrals", Value: func(m row, _ at) any { return texts(m.Meanwhile) }},
	}
}

// Events is the list of what `timeline` tells of a child.
func Events() List[view.TimelineEvent] {
	type row = *view.TimelineEvent
	return List[view.TimelineEvent]{
		{Name: "at", Value: func(e row, _ at) any { return e.At }, At: 1, Head: "WHEN", Text: func(e row, now at) string { return When(e.At, now) }},
		{Name: "kind", Value: func(e row, _ at) any { return e.Kind }, At: 2, Head: "WHAT", Text: func(e row, _ at) string { return domain.Words(e.Kind) }},
		{Name: "summary", Value: func(e row, _ at) any { return e.Summary }, At: 3, Text: func(e row, _ at) string { return strings.ReplaceAll(e.Summary, "\n", " ") }},
		{Name: "episode", Value: func(e row, _ at) any { return e.Episode }},
		{Name: "referral", Value: func(e row, _ at) any { return e.Referral }},
		{Name: "attempt", Value: func(e row, _ at) any { return e.Attempt }},
		{Name: "followup", Value: func(e row, _ at) any { return e.FollowUp }},
		{Name: "cluster", Value: func(e row, _ at) any { return e.Cluster }},
		{Name: "also", Value: func(e row, _ at) any { return texts(e.Also) }},
	}
}

// Timeline is the object of `timeline`: the child, and what is told of it.
func Timeline(t *view.Timeline, now time.Time) Row {
	c := t.Child
	return Row{{"child", Row{{"child_ref", c.ShownRef()}, {"child_name", c.Name()}, {"version", c.Version}, {"known_as", c.KnownAs},
		{"dob", c.DOB}, {"episodes", len(t.Episodes)}}}, {"events", Events().Rows(t.Events, now)}}
}

// Answer is what `do` prints for one act (INTERFACES, Acts).
func Answer(line int, a *domain.Answer) Row {
	r := Row{{"line", line}, {"ok", a.Refused == nil}, {"act", a.Act}, {"id", a.ID}}
	if a.Refused != nil {
		return append(r, Field{"code", string(a.Refused.Code)}, Field{"field", a.Refused.Field}, Field{"message", a.Refused.Message})
	}
	r = append(r, Field{"repeated", a.Repeated})
	if a.Child != "" {
		r = append(r, Field{"child_ref", a.Child})
	}
	seen := map[string]bool{}
	all := map[string][]string{}
	for _, id := range a.IDs {
		name := id.Kind().Field()
		if name == "" {
			continue // child_ref says it
		}
		all[name] = append(all[name], id.String())
		if !seen[name] {
			seen[name] = true
			r = append(r, Field{name, id})
		}
	}
	for _, name := range []string{"episode", "referral", "cluster", "followup"} {
		if len(all[name]) > 1 { // a decision that fell on every member of a cluster, or a join
			r = append(r, Field{name + "s", all[name]})
		}
	}
	r = append(r, Field{"change", a.Change}, Field{"version", a.Version}, Field{"summary", a.Summary})
	if len(a.Warnings) > 0 {
		r = append(r, Field{"warnings", a.Warnings})
	}
	return r
}
