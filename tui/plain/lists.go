package plain

import (
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// QueueRow is a row of `queue` (INTERFACES, JSON).
func QueueRow(q *view.QueueRow, now time.Time) Row {
	explain := Row{}
	for _, c := range []struct {
		field string
		clock domain.Clock
	}{{"contact_due_at", q.Clocks.Contact}, {"interview_due_at", q.Clocks.Interview}, {"return_due_at", q.Clocks.Return},
		{"write_up_due_at", q.Clocks.WriteUp}, {"share_due_at", q.Clocks.Share}} {
		if line := c.clock.Explain(); line != "" {
			explain = append(explain, Field{c.field, line})
		}
	}
	var booked domain.Moment
	if q.Booked != nil {
		booked = q.Booked.When
	}
	var age any
	if a := domain.AgeOn(q.Child.DOB, domain.DateOf(now)); a >= 0 {
		age = a
	}
	return Row{
		{"referral", q.Referral.ID}, {"version", q.Referral.Version},
		{"child_ref", q.Child.ShownRef()}, {"child_name", q.Child.Name()}, {"age", age},
		{"episode", q.Episode.ID}, {"police_ref", q.Episode.PoliceRef},
		{"stage", string(q.Stage)}, {"responsible", string(q.Referral.Responsible)}, {"assigned_to", q.Referral.AssignedTo},
		{"received_at", q.Received}, {"receipt_recorded", !q.ByImport}, {"returned_at", q.Episode.ReturnedAt},
		{"contact_due_at", q.Clocks.Contact.Due}, {"contact_met_at", q.Clocks.Contact.Met},
		{"child_reached_at", domain.ReachedAt(q.Referral.Attempts, domain.WithChild)}, {"carer_reached_at", domain.ReachedAt(q.Referral.Attempts, domain.WithCarer)},
		{"interview_due_at", q.InterviewDue}, {"return_due_at", q.Clocks.Return.Due},
		{"write_up_due_at", q.Clocks.WriteUp.Due}, {"share_due_at", q.Clocks.Share.Due}, {"next_due_at", q.NextDue},
		{"booked_for", booked}, {"overdue", q.Overdue}, {"attempts", q.Attempts}, {"declines", q.Declines},
		{"try_again_at", q.TryAgain}, {"cluster", q.Referral.Cluster}, {"suggested_cluster", q.Suggested},
		{"flags", q.Flags}, {"explain", explain},
	}
}

// OverdueRow is a row of `overdue`: the queue's, with how late and why.
func OverdueRow(q *view.QueueRow, now time.Time) Row {
	reason := ""
	if l := q.Referral.LateReason; l != nil {
		reason = l.Reason
	}
	return append(QueueRow(q, now), Field{"late_s", q.Late(now)}, Field{"reason_late", reason})
}

// MissingRow is a row of `missing`.
func MissingRow(m *view.MissingRow) Row {
	meanwhile := []string{}
	for _, id := range m.Meanwhile {
		meanwhile = append(meanwhile, id.String())
	}
	return Row{
		{"child_ref", m.Child.ShownRef()}, {"child_name", m.Child.Name()}, {"episode", m.Episode.ID}, {"version", m.Episode.Version},
		{"police_ref", m.Episode.PoliceRef}, {"missing_at", m.Episode.MissingAt}, {"missing_s", m.Missing},
		{"category", m.Episode.Category}, {"risk", m.Risk}, {"found_not_back", m.Episode.FoundNotBack()},
		{"flags", m.Flags}, {"open_referrals", meanwhile},
	}
}

// Timeline is the object of `timeline`.
func Timeline(t *view.Timeline) Row {
	events := make([]Row, 0, len(t.Events))
	for _, e := range t.Events {
		events = append(events, Row{{"at", e.At}, {"kind", e.Kind}, {"summary", e.Summary}, {"episode", e.Episode},
			{"referral", e.Referral}, {"attempt", e.Attempt}, {"followup", e.FollowUp}, {"cluster", e.Cluster}, {"also", texts(e.Also)}})
	}
	c := t.Child
	return Row{{"child", Row{{"child_ref", c.ShownRef()}, {"child_name", c.Name()}, {"version", c.Version}, {"known_as", c.KnownAs},
		{"dob", c.DOB}, {"episodes", len(t.Episodes)}}}, {"events", events}}
}

// QueueColumns are the table of `queue` and `overdue`.
func QueueColumns(rows []view.QueueRow, now time.Time) []Column {
	at := func(f func(*view.QueueRow) string) func(int) string {
		return func(i int) string { return f(&rows[i]) }
	}
	clock := func(c domain.Clock) string {
		switch {
		case c.MetLate():
			return "met late"
		case c.Met != 0:
			return "met"
		}
		return Left(c.Due, now)
	}
	return []Column{
		{"REFERRAL", at(func(q *view.QueueRow) string { return q.Referral.ID.String() })},
		{"CHILD", at(func(q *view.QueueRow) string { return q.Child.Name() })},
		{"REF", at(func(q *view.QueueRow) string { return q.Child.ShownRef() })},
		{"STAGE", at(func(q *view.QueueRow) string { return q.Stage.Words() })},
		{"CONTACT", at(func(q *view.QueueRow) string {
			if q.Referral.HeldAt != 0 && q.Clocks.Contact.Met == 0 {
				return "-" // nobody needs to be reached any more
			}
			return clock(q.Clocks.Contact)
		})},
		{"INTERVIEW", at(func(q *view.QueueRow) string { return clock(q.Clocks.Interview) })},
		{"DUE", at(func(q *view.QueueRow) string { return When(q.NextDue, now) })},
		{"WHO", at(func(q *view.QueueRow) string { return q.Referral.AssignedTo })},
		{"CLUSTER", at(func(q *view.QueueRow) string {
			if q.Suggested {
				return "suggested"
			}
			return q.Referral.Cluster.String()
		})},
		{"FLAGS", at(func(q *view.QueueRow) string { return strings.ReplaceAll(strings.Join(q.Flags, ", "), "_", " ") })},
	}
}

// MissingColumns are the table of `missing`.
func MissingColumns(rows []view.MissingRow, now time.Time) []Column {
	at := func(f func(*view.MissingRow) string) func(int) string {
		return func(i int) string { return f(&rows[i]) }
	}
	return []Column{
		{"CHILD", at(func(m *view.MissingRow) string { return m.Child.Name() })},
		{"REF", at(func(m *view.MissingRow) string { return m.Child.ShownRef() })},
		{"EPISODE", at(func(m *view.MissingRow) string { return m.Episode.ShownRef() })},
		{"SINCE", at(func(m *view.MissingRow) string { return When(m.Episode.MissingAt, now) })},
		{"MISSING", at(func(m *view.MissingRow) string { return Span(m.Missing) })},
		{"RISK", at(func(m *view.MissingRow) string { return domain.Words(m.Risk) })},
		{"NOW", at(func(m *view.MissingRow) string {
			if m.Episode.FoundNotBack() {
				return "found, not back"
			}
			return domain.Words(m.Episode.Category)
		})},
	}
}

// TimelineColumns are the table of `timeline`.
func TimelineColumns(t *view.Timeline, now time.Time) []Column {
	return []Column{
		{"WHEN", func(i int) string { return When(t.Events[i].At, now) }},
		{"WHAT", func(i int) string { return domain.Words(t.Events[i].Kind) }},
		{"", func(i int) string { return strings.ReplaceAll(t.Events[i].Summary, "\n", " ") }},
	}
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
		name := strings.ReplaceAll(id.Kind().Word(), "-", "")
		switch id.Kind() {
		case domain.KindAttempt:
			name = "attempt"
		case domain.KindNoted:
			name = "noted"
		case domain.KindChild:
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
