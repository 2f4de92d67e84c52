package lists

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// FollowUps is the list of `followups` (INTERFACES, JSON).
func FollowUps() List[view.FollowUpRow] {
	type row = *view.FollowUpRow
	type shown = Shown[view.FollowUpRow]
	return List[view.FollowUpRow]{
		{Name: "id", Value: func(r row, _ at) any { return r.FollowUp.ID }, At: 1, Head: "Follow-up"},
		{Name: "version", Value: func(r row, _ at) any { return r.FollowUp.Version }},
		{Name: "child_ref", Value: func(r row, _ at) any { return r.Child.ShownRef() }, At: 3, Head: "Ref"},
		{Name: "child_name", Value: func(r row, _ at) any { return r.Child.Name() }, At: 2, Head: "Child",
			Screen: &shown{At: 2, Min: 12, Max: 20, Cell: func(e *Env, th *theme.Theme, r row) widgets.Line {
				return widgets.In(ended(th, r, th.Strong), e.Name(r.Child))
			}}},
		{Name: "kind", Value: func(r row, _ at) any { return r.FollowUp.Kind }, At: 4, Head: "Kind", Text: func(r row, _ at) string { return domain.Words(r.FollowUp.Kind) },
			Screen: &shown{At: 3, Min: 8, Max: 12, Cell: func(_ *Env, th *theme.Theme, r row) widgets.Line {
				return widgets.In(ended(th, r, th.Text), shortKind(r.FollowUp.Kind))
			}}},
		{Name: "text", Value: func(r row, _ at) any { return r.FollowUp.Text }, At: 9, Head: "What", Text: followUpWords,
			Screen: &shown{At: 5, Min: 14, Cell: followUpText}},
		{Name: "owner", Value: func(r row, _ at) any { return r.FollowUp.Owner }, At: 5, Head: "Owner",
			Screen: &shown{At: 4, Min: 7, Max: 9, Priority: 1, Cell: ownerCell}},
		{Name: "due_at", Value: func(r row, _ at) any { return r.FollowUp.Due }, At: 6, Head: "Due", Text: func(r row, now at) string { return plain.When(r.FollowUp.Due, now) },
			Screen: &shown{At: 1, Min: 10, Max: 11, Cell: dueCell}},
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

// ended quietens what is done or dropped.
func ended(th *theme.Theme, r *view.FollowUpRow, style theme.Style) theme.Style {
	if !r.FollowUp.Open() {
		return th.Muted
	}
	return style
}

// ownerCell is whose it is.
func ownerCell(e *Env, th *theme.Theme, r *view.FollowUpRow) widgets.Line {
	style := th.Text
	if r.FollowUp.Owner == e.Me {
		style = th.Muted // one's own name needs no reading
	}
	return widgets.In(ended(th, r, style), e.First(r.FollowUp.Owner))
}

// followUpText says on the screen what is to be done, what was found, or why it was dropped, after what is special about it.
func followUpText(e *Env, th *theme.Theme, r *view.FollowUpRow) widgets.Line {
	f, marks := r.FollowUp, followUpMarks(th, r)
	if len(marks) > 0 {
		marks = append(marks, widgets.Say("; ")...)
	}
	switch {
	case f.Dropped != nil:
		return widgets.Join(marks, widgets.In(th.Muted, e.Told(f.Dropped.Why)))
	case f.DoneAt != 0:
		return widgets.Join(marks, widgets.In(th.Muted, e.Told(f.Found)))
	}
	return widgets.Join(marks, widgets.In(th.Text, e.Told(f.Text)))
}

// dueCell says how long there is, or what became of it.
func dueCell(e *Env, th *theme.Theme, r *view.FollowUpRow) widgets.Line {
	f := r.FollowUp
	day := func(m domain.Moment) string { return m.Local().Format("2 Jan") }
	switch {
	case f.Dropped != nil:
		return widgets.In(th.Muted, "drop "+day(f.Dropped.At))
	case f.DoneAt != 0:
		return widgets.In(th.Muted, th.Glyphs.Check+" "+day(f.DoneAt))
	case f.Kind == domain.FollowUrgent:
		return widgets.In(th.Urgent, plain.Since(f.At, e.Now)+" ago")
	}
	return widgets.In(DueStyle(th, r, e.Now), plain.Left(f.Due, e.Now))
}

// DueStyle is the look of a follow-up's due time: over, today, later.
func DueStyle(th *theme.Theme, r *view.FollowUpRow, now time.Time) theme.Style {
	switch r.Part(now) {
	case view.PartUrgent:
		return th.Urgent
	case view.PartOverdue:
		return th.Overdue
	case view.PartToday:
		return th.DueSoon
	default: // later, or over
	}
	return th.Text
}

// followUpMarks say what is special about one: its due time was missed or moved, somebody was tried, the child is gone again.
func followUpMarks(th *theme.Theme, r *view.FollowUpRow) widgets.Line {
	var out []widgets.Line
	say := func(style theme.Style, s string) { out = append(out, widgets.In(style, s)) }
	f := r.FollowUp
	if f.Open() && r.MissingNow != 0 {
		say(th.Overdue, "missing again")
	}
	if words := MissedWords(r); words != "" {
		say(th.Warning, words)
	}
	if n, _ := domain.Counts(f.Attempts); n > 0 {
		say(th.Muted, fmt.Sprintf("tried %d×", n))
	}
	return desk.Commas(out...)
}

// MissedWords say that a due time passed or was moved; "" where neither shows more than the due time itself: one that is
// overdue says so already.
func MissedWords(r *view.FollowUpRow) string {
	f, missed := r.FollowUp, r.Missed
	if f.Open() {
		missed = f.Missed(f.Due) // an earlier due time than the one in force
	}
	var words []string
	if missed {
		words = append(words, "missed")
	}
	if len(f.Redates) > 0 {
		words = append(words, "re-dated")
	}
	return strings.Join(words, ", ")
}

// shortKind is a kind in words short enough for a list.
func shortKind(kind string) string {
	switch kind {
	case "risk_assessment":
		return "risk assess."
	case "professional":
		return "profess."
	case "intelligence":
		return "intelligence"
	}
	return domain.Words(kind)
}
