package lists

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// FollowUps is the list of `followups` (INTERFACES, JSON).
func FollowUps() List[view.FollowUpRow] {
	type row = *view.FollowUpRow
	return List[view.FollowUpRow]{
		{Name: "id", Value: func(r row, _ at) any { return r.FollowUp.ID }, At: 1, Head: "Follow-up"},
		{Name: "version", Value: func(r row, _ at) any { return r.FollowUp.Version }},
		{Name: "child_ref", Value: func(r row, _ at) any { return r.Child.ShownRef() }, At: 3, Head: "Ref"},
		{Name: "child_name", Value: func(r row, _ at) any { return r.Child.Name() }, At: 2, Head: "Child"},
		{Name: "kind", Value: func(r row, _ at) any { return r.FollowUp.Kind }, At: 4, Head: "Kind", Text: func(r row, _ at) string { return domain.Words(r.FollowUp.Kind) }},
		{Name: "text", Value: func(r row, _ at) any { return r.FollowUp.Text }, At: 9, Head: "What", Text: followUpWords},
		{Name: "owner", Value: func(r row, _ at) any { return r.FollowUp.Owner }, At: 5, Head: "Owner"},
		{Name: "due_at", Value: func(r row, _ at) any { return r.FollowUp.Due }, At: 6, Head: "Due", Text: func(r row, now at) string { return plain.When(r.FollowUp.Due, now) }},
		{Name: "overdue", Value: func(r row, _ at) any { return r.Overdue }, At: 7, Text: followUpStands},
		{Name: "missed", Value: func(r row, _ at) any { return r.Missed }, At: 8, Head: "Look at", Text: followUpLook},
		{Name: "done_at", Value: func(r row, _ at) any { return r.FollowUp.DoneAt }},
		{Name: "dropped_at", Value: func(r row, _ at) any {
			if d := r.FollowUp.Dropped; d != nil {
				return d.At
			}
			return domain.Moment(0)
		}},
		{Name: "outcome", Value: func(r row, _ at) any { // what was found, or why it was dropped
			if d := r.FollowUp.Dropped; d != nil {
				return d.Why
			}
			return r.FollowUp.Found
		}},
		{Name: "next", Value: func(r row, _ at) any { return r.FollowUp.Next }},
		{Name: "interview", Value: func(r row, _ at) any { return r.FollowUp.Interview }},
		{Name: "referral", Value: func(r row, _ at) any { return r.FollowUp.Referral }},
		{Name: "attempts", Value: func(r row, _ at) any { tried, _ := domain.Counts(r.FollowUp.Attempts); return tried }},
		{Name: "redates", Value: func(r row, _ at) any {
			out := []plain.Row{}
			for _, d := range r.FollowUp.Redates {
				out = append(out, plain.Row{{Name: "from", Value: d.From}, {Name: "to", Value: d.To}, {Name: "reason", Value: d.Why}, {Name: "by", Value: d.By}, {Name: "at", Value: d.At}})
			}
			return out
		}},
	}
}

// followUpStands says how a follow-up stands to its due time, or that it ended.
func followUpStands(r *view.FollowUpRow, now at) string {
	switch f := r.FollowUp; {
	case f.Dropped != nil:
		return "dropped"
	case f.DoneAt != 0:
		return "done"
	case f.Kind == domain.FollowUrgent:
		return "urgent"
	}
	return plain.Left(r.FollowUp.Due, now)
}

// followUpLook says what one should know before taking it up.
func followUpLook(r *view.FollowUpRow, _ at) string {
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
}

// followUpWords says what is to be done, what was found, or why it was dropped.
func followUpWords(r *view.FollowUpRow, _ at) string {
	text := r.FollowUp.Text
	if r.FollowUp.DoneAt != 0 {
		text = r.FollowUp.Found
	} else if r.FollowUp.Dropped != nil {
		text = r.FollowUp.Dropped.Why
	}
	return strings.ReplaceAll(text, "\n", " ")
}
