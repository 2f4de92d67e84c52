package lists

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// How the screen shows a suggestion or a cluster in its columns.

// dismissed quietens what is.
func dismissed(th *theme.Theme, r *view.ClusterRow, style theme.Style) theme.Style {
	if r.State == view.ClusterDismissed {
		return th.Muted
	}
	return style
}

// ClusterState is a state as shape and word, with the cluster's number where it has one.
func ClusterState(th *theme.Theme, r *view.ClusterRow) string {
	return stateSign(th, r.State) + " " + stateWord(r)
}

// stateSign is the shape of a state; its word stands beside it.
func stateSign(th *theme.Theme, s view.ClusterState) string {
	switch s {
	case view.ClusterSuggested:
		return "?"
	case view.ClusterAccepted:
		return th.Glyphs.Check
	case view.ClusterInterviewed:
		return th.Glyphs.Selected
	default: // dismissed
	}
	return th.Glyphs.Cross
}

// stateWord is a cluster's number with its state, or that it is suggested.
func stateWord(r *view.ClusterRow) string {
	if r.Cluster == nil {
		return string(r.State)
	}
	return r.Cluster.ID.String() + " " + string(r.State)
}

// clusterInterview is how the one interview stands.
func clusterInterview(e *Env, th *theme.Theme, r *view.ClusterRow) widgets.Line {
	switch r.State {
	case view.ClusterDismissed:
		return widgets.In(th.Muted, "an interview each")
	case view.ClusterInterviewed:
		return widgets.In(desk.ClockStyle(th, r.Interview, e.Now), "held "+r.Interview.Met.Local().Format("2 Jan"))
	default: // its interview is still to be held
	}
	return e.clock(th, r.Interview)
}

// clusterLook says what is special about a row, or why it was dismissed.
func clusterLook(e *Env, th *theme.Theme, r *view.ClusterRow) widgets.Line {
	if d := r.Dismissed; d != nil && r.State == view.ClusterDismissed {
		return widgets.In(th.Muted, e.First(d.By)+": "+e.Told(d.Why))
	}
	return clusterMarks(th, r)
}

// between are the days of a row's period.
func between(r *view.ClusterRow) string {
	from, to := r.From.Local(), r.To.Local()
	layout := "2 Jan"
	if from.Month() == to.Month() {
		layout = "2"
	}
	return from.Format(layout) + " – " + to.Format("2 Jan")
}

// clusterMarks say what is special about a row, what asks for a decision first.
func clusterMarks(th *theme.Theme, r *view.ClusterRow) widgets.Line {
	var out []widgets.Line
	say := func(style theme.Style, s string) { out = append(out, widgets.In(style, s)) }
	if len(r.Review) > 0 {
		say(th.Flag, th.Glyphs.Warn+" review")
	}
	switch n := len(r.Additions); {
	case n == 1:
		say(th.Flag, "+1 new return")
	case n > 1:
		say(th.Flag, fmt.Sprintf("+%d new returns", n))
	}
	if r.MissingNow != 0 {
		say(th.Overdue, "missing now")
	}
	if r.State != view.ClusterInterviewed {
		if words := RiskWords(r); words != nil {
			say(th.Warning, strings.Join(words, ", "))
		}
	}
	return desk.Commas(out...)
}

// RiskWords are high risk and the flags among the members, each once.
func RiskWords(r *view.ClusterRow) []string {
	var out []string
	if slices.ContainsFunc(r.Members, func(m view.ClusterPart) bool { return m.Episode.Risk == domain.RiskHigh }) {
		out = append(out, "high risk")
	}
	for _, f := range domain.FlagWords() {
		if slices.ContainsFunc(r.Members, func(m view.ClusterPart) bool { return m.Episode.HasFlag(f) }) {
			out = append(out, f)
		}
	}
	return out
}
