package intake

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// detail is the focused row: what is wrong, what changes, the cells.
func (v *screen) detail(w, h int) string {
	th := v.s.Theme
	r, ok := v.rows.Focused()
	var lines []widgets.Line
	say := func(l widgets.Line) { lines = append(lines, widgets.WrapLine(l, w)...) }
	if !ok {
		for _, l := range v.ofTheFile() {
			say(l)
		}
		return painted(th, w, h, lines)
	}
	say(widgets.In(th.Title, fmt.Sprintf("Line %d: %s", r.Line, r.Verdict)))
	for _, n := range r.Notes {
		say(widgets.In(th.Overdue, note(n)))
	}
	for _, a := range r.Alike {
		say(widgets.In(th.Flag, "may be "+a))
	}
	for _, c := range r.Changes {
		say(widgets.In(th.Info, c))
	}
	for _, x := range r.Warnings {
		say(widgets.In(th.Warning, x))
	}
	var pairs []widgets.Pair
	for col, cell := range r.Row {
		if cell != "" {
			pairs = append(pairs, widgets.Pair{Label: domain.Column(col).String(), Value: widgets.Say(cell)})
		}
	}
	lines = append(lines, widgets.Line{})
	lines = append(lines, widgets.Pairs(th, w, pairs...)...)
	return painted(th, w, h, lines)
}

// ofTheFile is what is said of the file as a whole: beside a group, where no row is focused.
func (v *screen) ofTheFile() []widgets.Line {
	th, r := v.s.Theme, v.open.report
	out := []widgets.Line{widgets.In(th.Title, "The file"), widgets.Say(fmt.Sprintf("Taken in, it raises %d referrals.", r.Referred))}
	for _, n := range r.FileNotes {
		out = append(out, widgets.In(th.Warning, n))
	}
	if r.TakenCount > 0 {
		out = append(out, widgets.In(th.Flag, fmt.Sprintf("%d rows are taken to be about a known child by name and date of birth alone.", r.TakenCount)))
	}
	if r.Counts.Refused > 0 {
		out = append(out, widgets.In(th.Overdue, fmt.Sprintf("%d rows are refused. As a file to mend: homeward import --rejects FILE, or over SSH: import --waiting NAME --rejects -", r.Counts.Refused)))
	}
	return out
}

func painted(th *theme.Theme, w, h int, lines []widgets.Line) string {
	var b strings.Builder
	for _, l := range lines[:min(h, len(lines))] {
		b.WriteString(l.Paint(th, w) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}
