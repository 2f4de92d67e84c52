package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/theme"
)

// The widths at which a form changes its shape.
const (
	labelWidth = 20
	labelMost  = 26
	panelSide  = 76 // from here on the preview stands beside the fields
	panelMin   = 32
	panelLines = 6 // its height below them
)

// Height is how many lines the form would like to have at a width.
func (f *Form) Height(th *theme.Theme, w int) int {
	fw := w
	extra, beside := 0, 0
	if len(f.panel) > 0 || f.c.Preview != nil {
		if w >= panelSide {
			fw = w - f.panelWidth(w) - 1
			beside = f.panelTall(th, w-fw-1) + 1
		} else {
			extra = max(panelLines, f.panelTall(th, w)) + 1
		}
	}
	lines, _ := f.body(th, fw)
	return max(len(f.notice(th, w))+max(len(lines)+2+extra, beside), f.c.Tall)
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

// View draws the form w cells wide and h lines high. Fields that do not fit
// scroll with the focus.
func (f *Form) View(th *theme.Theme, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	if n := f.noticeIn(th, w, h); len(n) > 0 {
		return strings.Join(n, "\n") + "\n" + f.below(th, w, h-len(n))
	}
	return f.below(th, w, h)
}

// noticeIn is as much of the notice as there is room for: the fields keep most of it.
func (f *Form) noticeIn(th *theme.Theme, w, h int) []string {
	n := f.notice(th, w)
	return n[:min(len(n), max(1, h/3))]
}

// below is the form without what happened meanwhile.
func (f *Form) below(th *theme.Theme, w, h int) string {
	fw, fh := f.fieldsSize(w, h)
	fields := f.fields(th, fw, fh)
	switch {
	case fw < w:
		pw := w - fw - 1
		return Beside(th, h, Fit(fields, fw, h), Fit(f.panelView(th, pw, h), pw, h))
	case fh < h: // in a low window the fields scroll, but what it does is seen
		return Fit(fields, w, fh) + "\n" + Fit(f.panelView(th, w, h-fh), w, h-fh)
	}
	return fields
}

// fields draws the labels and inputs and, on the last line, how to save.
func (f *Form) fields(th *theme.Theme, w, h int) string {
	lines, spans := f.body(th, w)
	room := max(1, h-1)
	f.scroll(spans, len(lines), room)
	end := min(len(lines), f.top+room)
	out := append([]string{}, lines[f.top:end]...)
	for len(out) < room {
		out = append(out, "")
	}
	return strings.Join(append(out, f.foot(th, w, end < len(lines))), "\n")
}

// scroll keeps the focused field in the window of so many lines.
func (f *Form) scroll(spans []fieldSpan, lines, room int) {
	for _, s := range spans {
		if s.field != f.at {
			continue
		}
		from := s.from
		if f.at == f.next(-1, 1) {
			from = 0 // the intro and the refusal are seen with the first field
		}
		if s.to > f.top+room {
			f.top = s.to - room
		}
		if from < f.top {
			f.top = from
		}
	}
	f.top = max(0, min(f.top, lines-room))
}

// said is a value in words.
func said(field Field, v string) string {
	value, text, _ := strings.Cut(v, draftMark)
	for _, o := range field.Options {
		if o.Value == value {
			return o.Label
		}
	}
	if text != "" {
		return text
	}
	if value == "" {
		return "nothing"
	}
	return "“" + strings.Join(strings.Fields(value), " ") + "”"
}

// labelWide is how wide the labels are in so many cells: as the longest one asks, where that leaves room for the answers.
func (f *Form) labelWide(w int) int {
	wide, longest := min(labelWidth, w/3), 0
	for i, field := range f.c.Fields {
		if !f.hidden(i) {
			longest = max(longest, Width(labelled(field))+2)
		}
	}
	return max(wide, min(longest, labelMost, w*2/5))
}

// labelled is a field's label, with the star of one that is needed.
func labelled(field Field) string {
	if field.Required {
		return field.Label + " *"
	}
	return field.Label
}

// fieldSpan says which lines a field takes, to not included.
type fieldSpan struct{ field, from, to int }

// body draws all fields and says which lines each takes.
func (f *Form) body(th *theme.Theme, w int) (lines []string, spans []fieldSpan) {
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
	lw := f.labelWide(w)
	for i, field := range f.c.Fields {
		if f.hidden(i) {
			continue
		}
		start := len(lines)
		lines = append(lines, f.field(th, i, field, lw, w)...)
		spans = append(spans, fieldSpan{i, start, len(lines)})
	}
	return lines, spans
}

// Click moves to the field at a spot, or does what the foot says there.
func (f *Form) Click(th *theme.Theme, at Spot) tea.Cmd {
	if f.saving {
		return nil
	}
	above := len(f.noticeIn(th, at.W, at.H))
	at.Y, at.H = at.Y-above, at.H-above
	w, h := f.fieldsSize(at.W, at.H)
	if at.Y < 0 || at.X >= w || at.Y >= h {
		return nil
	}
	room := max(1, h-1)
	lines, spans := f.body(th, w)
	if at.Y >= room {
		return f.clickFoot(th, w, at.X, f.top+room < len(lines))
	}
	for _, s := range spans {
		if line := f.top + at.Y; line >= s.from && line < s.to {
			f.focus(s.field)
			lw := f.labelWide(w)
			if in, ok := f.inputs[s.field].(pointed); ok && in.click(th, w-lw-2, at.X-lw-1, line-s.from) {
				return f.changed(s.field)
			}
			return nil
		}
	}
	return nil
}

// fieldsSize is how much of a form's room its fields have beside or above the preview.
func (f *Form) fieldsSize(w, h int) (int, int) {
	switch hasPanel := len(f.panel) > 0 || f.c.Preview != nil; {
	case hasPanel && w >= panelSide:
		return w - f.panelWidth(w) - 1, h
	case hasPanel && h > 8:
		return w, h - min(panelLines, h-6)
	}
	return w, h
}

func (f *Form) field(th *theme.Theme, i int, field Field, lw, w int) []string {
	mark, style := "  ", th.Label
	if i == f.at {
		mark, style = th.Glyphs.Cursor+" ", th.Strong
	}
	label := WrapLine(In(style, labelled(field)), max(1, lw-2))
	iw := max(4, w-lw-2)
	var out []string
	for n, line := range f.inputs[i].view(th, iw) {
		head := spaces(lw + 1)
		if n == 0 {
			head = Join(In(style, mark), label[0]).Paint(th, lw) + " "
		} else if n < len(label) {
			head = Join(Say("  "), label[n]).Paint(th, lw) + " "
		}
		out = append(out, head+line)
	}
	for n := len(out); n < len(label); n++ {
		out = append(out, Join(Say("  "), label[n]).Paint(th, lw))
	}
	note := func(style theme.Style, mark, text string) {
		for n, part := range WrapLine(In(style, text), max(1, iw-Width(mark))) {
			before := In(style, mark)
			if n > 0 {
				before = Say(spaces(Width(mark)))
			}
			out = append(out, spaces(lw+1)+Join(before, part).Paint(th, iw))
		}
	}
	if e, bad := f.errs[field.ID]; bad {
		note(th.Error, th.Glyphs.Cross+" ", e.String())
	} else if v := f.meaning(i); field.Reads != nil && v != "" {
		if said := field.Reads(v); said != "" {
			note(th.Info, th.Glyphs.Right+" ", said)
		}
	}
	if mine, ok := f.mine[field.ID]; ok {
		note(th.Warning, th.Glyphs.Warn+" ", "changed since you began: "+said(field, f.c.Was[field.ID])+" "+th.Glyphs.Arrow+" "+said(field, f.start[field.ID])+
			". Yours: "+said(field, mine)+". "+f.c.Keys.Hint(keymap.FormMine)+" takes yours")
	}
	if i == f.at && field.Hint != "" {
		note(th.Muted, "", field.Hint)
	}
	return out
}
