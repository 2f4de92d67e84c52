package plain

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// FollowUpRow is a row of `followups` (INTERFACES, JSON). What came of it is what was found, or why it was dropped.
func FollowUpRow(row *view.FollowUpRow) Row {
	f := row.FollowUp
	outcome := f.Found
	var dropped domain.Moment
	if d := f.Dropped; d != nil {
		outcome, dropped = d.Why, d.At
	}
	redates := []Row{}
	for _, d := range f.Redates {
		redates = append(redates, Row{{"from", d.From}, {"to", d.To}, {"reason", d.Why}, {"by", d.By}, {"at", d.At}})
	}
	tried, _ := domain.Counts(f.Attempts)
	return Row{
		{"id", f.ID}, {"version", f.Version}, {"child_ref", row.Child.ShownRef()}, {"child_name", row.Child.Name()},
		{"kind", f.Kind}, {"text", f.Text}, {"owner", f.Owner}, {"due_at", f.Due}, {"overdue", row.Overdue}, {"missed", row.Missed},
		{"done_at", f.DoneAt}, {"dropped_at", dropped}, {"outcome", outcome}, {"next", f.Next},
		{"interview", f.Interview}, {"referral", f.Referral}, {"attempts", tried}, {"redates", redates},
	}
}

// FollowUpColumns are the table of `followups`.
func FollowUpColumns(rows []view.FollowUpRow, now time.Time) []Column {
	at := func(f func(*view.FollowUpRow) string) func(int) string {
		return func(i int) string { return f(&rows[i]) }
	}
	return []Column{
		{"FOLLOW-UP", at(func(r *view.FollowUpRow) string { return r.FollowUp.ID.String() })},
		{"CHILD", at(func(r *view.FollowUpRow) string { return r.Child.Name() })},
		{"REF", at(func(r *view.FollowUpRow) string { return r.Child.ShownRef() })},
		{"KIND", at(func(r *view.FollowUpRow) string { return domain.Words(r.FollowUp.Kind) })},
		{"OWNER", at(func(r *view.FollowUpRow) string { return r.FollowUp.Owner })},
		{"DUE", at(func(r *view.FollowUpRow) string { return When(r.FollowUp.Due, now) })},
		{"", at(func(r *view.FollowUpRow) string {
			switch f := r.FollowUp; {
			case f.Dropped != nil:
				return "dropped"
			case f.DoneAt != 0:
				return "done"
			case f.Kind == domain.FollowUrgent:
				return "urgent"
			}
			return Left(r.FollowUp.Due, now)
		})},
		{"LOOK AT", at(func(r *view.FollowUpRow) string {
			var words []string
			if r.Missed && !r.Overdue {
				words = append(words, "missed")
			}
			if len(r.FollowUp.Redates) > 0 {
				words = append(words, "re-dated")
			}
			if n, _ := domain.Counts(r.FollowUp.Attempts); n > 0 {
				words = append(words, fmt.Sprintf("tried %d×", n))
			}
			return strings.Join(words, ", ")
		})},
		{"WHAT", at(func(r *view.FollowUpRow) string {
			text := r.FollowUp.Text
			if r.FollowUp.DoneAt != 0 {
				text = r.FollowUp.Found
			} else if r.FollowUp.Dropped != nil {
				text = r.FollowUp.Dropped.Why
			}
			return strings.ReplaceAll(text, "\n", " ")
		})},
	}
}
