package plain

import (
	"homeward/domain/view"
	"strconv"
	"strings"
	"time"
)

// NotedRow is a row of `intelligence`.
func NotedRow(n *view.NotedRow) Row {
	return Row{
		{"id", n.Noted.ID}, {"version", n.Noted.Version}, {"what", n.Noted.What}, {"name", n.Noted.Name}, {"address", n.Address},
		{"children", n.Children}, {"interviews", texts(n.Interviews)}, {"episodes", texts(n.Episodes)}, {"last_named_at", n.LastNamed},
		{"merged", texts(n.Merged)},
	}
}

// NotedColumns are the table of `intelligence`.
func NotedColumns(rows []view.NotedRow, now time.Time) []Column {
	at := func(f func(*view.NotedRow) string) func(int) string {
		return func(i int) string { return f(&rows[i]) }
	}
	return []Column{
		{"ID", at(func(n *view.NotedRow) string { return n.Noted.ID.String() })},
		{"WHAT", at(func(n *view.NotedRow) string { return n.Noted.What })},
		{"NAME", at(func(n *view.NotedRow) string {
			if n.Also == nil {
				return n.Noted.Name
			}
			return n.Noted.Name + " (also " + strings.Join(n.Also, ", ") + ")"
		})},
		{"ADDRESS", at(func(n *view.NotedRow) string { return n.Address })},
		{"CHILDREN", at(func(n *view.NotedRow) string { return strconv.Itoa(n.Children) })},
		{"INTERVIEWS", at(func(n *view.NotedRow) string { return strings.Join(texts(n.Interviews), ", ") })},
		{"EPISODES", at(func(n *view.NotedRow) string { return strings.Join(n.Episodes, ", ") })},
		{"LAST NAMED", at(func(n *view.NotedRow) string { return When(n.LastNamed, now) })},
	}
}
