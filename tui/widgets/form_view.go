package widgets

import (
	"strings"

	"homeward/tui/theme"
)

// The widths at which a form changes its shape.
const (
	labelWidth = 20
	panelSide  = 76 // from here on the preview stands beside the fields
	panelMin   = 32
	panelLines = 6 // its height below them
)

// Height is how many lines the form would like to have at a width.
func (f *Form) Height(th *theme.Theme, w int) int {
	fw := w
	extra := 0
	if len(f.panel) > 0 || f.c.Preview != nil {
		if w >= panelSide {
			fw = w - f.panelWidth(w) - 1
		} else {
			extra = panelLines + 1
		}
	}
	lines, _, _ := f.body(th, fw)
	return max(len(f.notice(th, w))+len(lines)+2+extra, f.c.Tall)
}

// notice is what happened while the form was open, with a line below it.
func (f *Form) notice(th *theme.Theme, w int) []string {
	if f.c.Notice == nil {
		return nil
	}
	var out []string
	for _, l := range f.c.Notice() {
		for _, part := range WrapLine(l, w-1) {
			out = append(out, " "+part.Paint(th, w-1))
		}
	}
	return out
}

func (f *Form) panelWidth(w int) int { return max(panelMin, w*2/5) }

// View draws the form w cells wide and h lines high. Fields that do not fit
// scroll with the focus.
func (f *Form) View(th *theme.Theme, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	if n := f.notice(th, w); len(n) > 0 {
		n = n[:min(len(n), max(1, h/3))]
		return strings.Join(n, "\n") + "\n" + f.below(th, w, h-len(n))
	}
	return f.below(th, w, h)
}

// below is the form without what happened meanwhile.
func (f *Form) below(th *theme.Theme, w, h int) string {
	hasPanel := len(f.panel) > 0 || f.c.Preview != nil
	switch {
	case hasPanel && w >= panelSide:
		pw := f.panelWidth(w)
		return Beside(th, h, Fit(f.fields(th, w-pw-1, h), w-pw-1, h), Fit(f.panelView(th, pw, h), pw, h))
	case hasPanel && h > 8:
		ph := min(panelLines, h-6) // in a low window the fields scroll, but what it does is seen
		return Fit(f.fields(th, w, h-ph), w, h-ph) + "\n" + Fit(f.panelView(th, w, ph), w, ph)
	}
	return f.fields(th, w, h)
}

func (f *Form) panelView(th *theme.Theme, w, h int) string {
	title := f.c.PreviewTitle
	if title == "" && f.c.Preview != nil {
		title = "What this does"
	}
	out := []string{Rule(th, w, title)}
	for _, l := range f.panel {
		for _, part := range WrapLine(l, w-2) {
			out = append(out, " "+part.Paint(th, w-1))
		}
	}
	if more := len(out) - h; more > 0 && h > 1 {
		out = append(out[:h-1], In(th.Muted, " "+th.Glyphs.Down+" more: a larger window shows it").Paint(th, w))
	}
	return strings.Join(out[:min(len(out), h)], "\n")
}

// fields draws the labels and inputs and, on the last line, how to save.
func (f *Form) fields(th *theme.Theme, w, h int) string {
	lines, from, to := f.body(th, w)
	room := max(1, h-1)
	if to > f.top+room {
		f.top = to - room
	}
	if from < f.top {
		f.top = from
	}
	f.top = max(0, min(f.top, len(lines)-room))
	end := min(len(lines), f.top+room)
	out := append([]string{}, lines[f.top:end]...)
	for len(out) < room {
		out = append(out, "")
	}
	return strings.Join(append(out, f.foot(th, w, end < len(lines))), "\n")
}

// foot says how to save and leave.
func (f *Form) foot(th *theme.Theme, w int, more bool) string {
	if f.saving {
		return In(th.Muted, " saving"+th.Glyphs.Ellipsis).Paint(th, w)
	}
	l := Join(Say(" "), In(th.Key, f.c.Keys.Hint("form.save")), In(th.Muted, " "+f.c.SubmitTitle+"   "),
		In(th.Key, "tab"), In(th.Muted, " next field   "), In(th.Key, "esc"), In(th.Muted, " close"))
	if more {
		l = Join(l, In(th.Muted, "   "+th.Glyphs.Down+" more"))
	}
	return l.Paint(th, w)
}

// body draws all fields and says which lines the focused one takes.
func (f *Form) body(th *theme.Theme, w int) (lines []string, from, to int) {
	for _, l := range f.c.Intro {
		for _, part := range WrapLine(l, w-1) {
			lines = append(lines, " "+part.Paint(th, w-1))
		}
	}
	if !f.problem.Empty() {
		for _, part := range WrapLine(Join(In(th.Error, th.Glyphs.Cross+" "), Tell(th.Error, f.problem)), w-1) {
			lines = append(lines, " "+part.Paint(th, w-1))
		}
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	lw := min(labelWidth, w/3)
	for i, field := range f.c.Fields {
		if f.hidden(i) {
			continue
		}
		start := len(lines)
		lines = append(lines, f.field(th, i, field, lw, w)...)
		if i == f.at {
			from, to = start, len(lines)
		}
	}
	if f.at == f.next(-1, 1) {
		from = 0 // the intro and the refusal are seen with the first field
	}
	return lines, from, to
}

func (f *Form) field(th *theme.Theme, i int, field Field, lw, w int) []string {
	mark, style := "  ", th.Label
	if i == f.at {
		mark, style = th.Glyphs.Cursor+" ", th.Strong
	}
	label := field.Label
	if field.Required {
		label += " *"
	}
	iw := max(4, w-lw-2)
	var out []string
	for n, line := range f.inputs[i].view(th, iw) {
		head := spaces(lw + 1)
		if n == 0 {
			head = In(style, mark+label).Paint(th, lw) + " "
		}
		out = append(out, head+line)
	}
	note := func(style theme.Style, mark, text string) {
		for n, part := range WrapLine(In(style, mark+text), iw) {
			if n > 0 {
				part = Join(Say(spaces(Width(mark))), part)
			}
			out = append(out, spaces(lw+1)+part.Paint(th, iw))
		}
	}
	if e, bad := f.errs[field.ID]; bad {
		note(th.Error, th.Glyphs.Cross+" ", e.String())
	} else if v := f.inputs[i].value(); field.Reads != nil && v != "" {
		if said := field.Reads(v); said != "" {
			note(th.Info, th.Glyphs.Right+" ", said)
		}
	}
	if i == f.at && field.Hint != "" {
		note(th.Muted, "", field.Hint)
	}
	return out
}
