package lists

import (
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// Events is the list of what `timeline` tells of a child.
func Events() List[view.TimelineEvent] {
	type row = *view.TimelineEvent
	return List[view.TimelineEvent]{
		{Name: "at", Value: func(e row, _ at) any { return e.At }, At: 1, Head: "When", Text: func(e row, now at) string { return plain.When(e.At, now) }},
		{Name: "kind", Value: func(e row, _ at) any { return e.Kind }, At: 2, Head: "What", Text: func(e row, _ at) string { return domain.Words(e.Kind) }},
		{Name: "summary", Value: func(e row, _ at) any { return e.Summary }, At: 3, Text: func(e row, _ at) string { return strings.ReplaceAll(e.Summary, "\n", " ") }},
		{Name: "episode", Value: func(e row, _ at) any { return e.Episode }},
		{Name: "referral", Value: func(e row, _ at) any { return e.Referral }},
		{Name: "attempt", Value: func(e row, _ at) any { return e.Attempt }},
		{Name: "followup", Value: func(e row, _ at) any { return e.FollowUp }},
		{Name: "cluster", Value: func(e row, _ at) any { return e.Cluster }},
		{Name: "interview", Value: func(e row, _ at) any { return e.Interview }},
		{Name: "also", Value: func(e row, _ at) any { return plain.Texts(e.Also) }},
	}
}

// Timeline is the object of `timeline`: the child, and what is told of it.
func Timeline(t *view.Timeline, now time.Time) plain.Row {
	c := t.Child
	return plain.Row{{Name: "child", Value: plain.Row{{Name: "child_ref", Value: c.ShownRef()}, {Name: "child_name", Value: c.Name()}, {Name: "version", Value: c.Version}, {Name: "known_as", Value: c.KnownAs},
		{Name: "dob", Value: c.DOB}, {Name: "episodes", Value: len(t.Episodes)}}}, {Name: "events", Value: Events().Rows(t.Events, now)}}
}
