package desk

import (
	"cmp"
	"fmt"
	"slices"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Writer collects the lines of a detail, so wide.
type Writer struct {
	Theme *theme.Theme
	Lines []widgets.Line
	w     int
}

// NewWriter begins a detail.
func NewWriter(th *theme.Theme, w int) *Writer { return &Writer{Theme: th, w: w} }

// Say adds lines, wrapped.
func (o *Writer) Say(lines ...widgets.Line) {
	for _, l := range lines {
		o.Lines = append(o.Lines, widgets.WrapLine(l, o.w)...)
	}
}

// Head begins a part with its title, a blank line before it.
func (o *Writer) Head(title string) {
	if len(o.Lines) > 0 {
		o.Lines = append(o.Lines, widgets.Line{})
	}
	o.Lines = append(o.Lines, widgets.In(o.Theme.Group, title))
}

// Pairs adds labels with what stands beside them, but for those beside which nothing does.
func (o *Writer) Pairs(pairs ...widgets.Pair) {
	o.Lines = append(o.Lines, Pairs(o.Theme, o.w, pairs...)...)
}

// Section is a heading with pairs; nothing at all, and false, where every value is blank.
func (o *Writer) Section(title string, pairs ...widgets.Pair) bool {
	if !slices.ContainsFunc(pairs, func(p widgets.Pair) bool { return p.Value.Width() > 0 }) {
		return false
	}
	o.Head(title)
	o.Pairs(pairs...)
	return true
}

// Pair is a label with plain words.
func Pair(label, value string) widgets.Pair {
	return widgets.Pair{Label: label, Value: widgets.Say(value)}
}

// Pairs are labels and values in two columns, without those whose value is blank.
func Pairs(th *theme.Theme, w int, pairs ...widgets.Pair) []widgets.Line {
	return widgets.Pairs(th, w, slices.DeleteFunc(pairs, func(p widgets.Pair) bool { return p.Value.Width() == 0 })...)
}

// Commas are lines one behind the other with a comma between them.
func Commas(lines ...widgets.Line) widgets.Line {
	var out widgets.Line
	for i, l := range lines {
		if i > 0 {
			out = append(out, widgets.Say(", ")...)
		}
		out = append(out, l...)
	}
	return out
}

// GroupTitle heads a group of a list with how many it holds.
func GroupTitle(th *theme.Theme, style theme.Style, title string, n int) widgets.Line {
	return widgets.Join(widgets.In(style, title), widgets.In(th.Muted, fmt.Sprintf(" %d", n)))
}

// ByName orders children as a list of names does.
func ByName(a, b *domain.Child) int {
	return cmp.Compare(domain.Fold(a.FamilyName+" "+a.Name()), domain.Fold(b.FamilyName+" "+b.Name()))
}

// AttemptLine is one try to reach somebody.
func (p *Program) AttemptLine(s *frame.Session, a domain.Attempt) widgets.Line {
	th, now := s.Theme, s.Now()
	line := When(a.At, now) + "  " + domain.Words(a.Way) + ", " + domain.Words(a.With) + ": " + domain.Words(a.Result)
	if a.Note != "" {
		line += ". " + Told(s, a.Note)
	}
	if !a.TryAgain.IsZero() {
		line += " (again " + When(a.TryAgain, now) + ")"
	}
	line += ", " + p.First(a.By)
	if a.Struck() {
		return widgets.In(th.Disabled, "struck: "+line+" ("+Told(s, a.StruckWhy)+")")
	}
	return widgets.In(th.Text, line)
}
