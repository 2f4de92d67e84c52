package timeline

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// listView is the list of entries.
func (v *screen) listView(w, h int) string {
	now := v.s.Now()
	v.list.SetColumns(
		widgets.Column[*entry]{Title: "When", Min: 16, Max: 21, Cell: func(th *theme.Theme, e *entry) widgets.Line {
			style := th.Muted
			if !e.event {
				style = th.Text
			}
			return widgets.In(style, when(e.at, now))
		}},
		widgets.Column[*entry]{Title: "What", Min: 20, Cell: v.what},
	)
	return widgets.Fit(v.list.View(v.s.Theme, w, h), w, h)
}

// when is a moment as short as the list needs it: a time that was not recorded is named by the entry itself.
func when(m domain.Moment, now time.Time) string {
	if m.DateOnly() {
		return strings.TrimSuffix(desk.When(m, now), " (no time)")
	}
	return desk.When(m, now)
}

// what is one line about an entry.
func (v *screen) what(th *theme.Theme, e *entry) widgets.Line {
	if e.event {
		style := th.Text
		switch e.kind {
		case "overdue":
			style = th.Overdue
		case "due":
			style = th.Info
		case "last_seen", "reported", "found", "returned", "notified", "referral", "decision":
			style = th.Muted
		}
		text := v.say(e)
		if e.at.DateOnly() {
			text += ", time not recorded"
		}
		return widgets.In(style, "  "+text)
	}
	ep := e.episode
	style := th.Strong
	if ep.DuplicateOf != 0 {
		style = th.Disabled
	}
	line := widgets.In(style, v.length(ep))
	if m := v.st.missing(domain.DateOf(v.s.Now())); m != nil && ep.ID == m.ID {
		line = widgets.In(th.Overdue, v.length(ep))
	}
	var about []string
	if ep.MissingAt.DateOnly() {
		about = append(about, "time not recorded")
	}
	about = append(about, ep.ShownRef())
	if ep.Category != "" && ep.Category != domain.CategoryMissing {
		about = append(about, domain.Words(ep.Category))
	}
	if ep.Risk != "" {
		about = append(about, domain.Words(ep.Risk))
	}
	for _, f := range ep.Flags {
		about = append(about, f.Name)
	}
	switch ref := v.st.refs[ep.Referral]; {
	case ep.DuplicateOf != 0:
		about = append(about, "duplicate of "+ep.DuplicateOf.String())
	case ref != nil:
		about = append(about, ref.ID.String()+" "+ref.StageOn(domain.DateOf(v.s.Now())).Words())
	case ep.History:
		about = append(about, "history")
	}
	return widgets.Join(line, widgets.In(th.Text, "  "+strings.Join(about, ", ")))
}

// say is an event in words; while names are masked, what kind of event it was.
func (v *screen) say(e *entry) string {
	switch {
	case v.s.MaskNames && e.kind != "due" && e.kind != "overdue":
		return domain.Words(e.kind)
	case v.s.MaskNames:
		text, _, _ := strings.Cut(e.text, " for ")
		return text
	}
	return e.text
}

// length is how long an episode was, with the care its times allow: without them it is counted in days.
func (v *screen) length(e *domain.Episode) string {
	end := e.ReturnedAt
	switch {
	case !e.Over() && e.Ended != nil:
		return e.Ended.Said()
	case !e.Over() && e.History:
		return "end not recorded"
	case !e.Over():
		return "missing now, " + plain.Span(v.s.Now().Sub(e.MissingAt.Time()))
	case e.MissingAt.DateOnly() || end.DateOnly():
		n := int(dayNumber(end.Date()) - dayNumber(e.MissingAt.Date()))
		switch n {
		case 0:
			return "part of a day"
		case 1:
			return "overnight"
		}
		return fmt.Sprintf("about %d d", n)
	}
	return plain.Span(end.Time().Sub(e.MissingAt.Time()))
}
