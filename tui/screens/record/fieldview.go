package record

import (
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/domain/safe"
	"homeward/tui/widgets"
)

// labelCells is how wide the labels beside the answers are.
const labelCells = 26

// labelLine names the field that is written, with its marks: asked for, not saved, somebody else's words.
func (v *screen) labelLine(sl slot, w int) string {
	th := v.s.Theme
	l := widgets.In(th.Strong, th.Glyphs.Cursor+" "+sl.label())
	if sl.field.Asked && v.scope() == "" {
		l = widgets.Join(l, widgets.In(th.Text, " *"))
	}
	return widgets.Join(l, v.marks(v.place(sl.field.Name), true)).Paint(th, w)
}

// marks say in words or by a sign that an answer is not saved, was saved otherwise, or is somebody else's.
func (v *screen) marks(p place, words bool) widgets.Line {
	th := v.s.Theme
	switch a := v.v.Interview.Authors[p.key()]; {
	case v.sheet.clash(p):
		return widgets.In(th.Warning, " "+th.Glyphs.Warn+" saved otherwise")
	case v.sheet.unsaved(p) && words:
		return widgets.In(th.Info, " "+th.Glyphs.Selected+" not saved")
	case v.sheet.unsaved(p):
		return widgets.In(th.Info, " "+th.Glyphs.Selected)
	case a != "":
		return widgets.In(th.Muted, " by "+v.person(a))
	}
	return nil
}

// slotView draws one slot: the focused one with its entry, its prompt and what else was saved; the others with their answer.
func (v *screen) slotView(sl slot, focused bool, w, h int) []string {
	th, p := v.s.Theme, v.place(sl.field.Name)
	val := v.sheet.at(p)
	if sl.kind == add {
		text := "+ add (enter)"
		if focused {
			return []string{widgets.Join(widgets.In(th.Strong, th.Glyphs.Cursor+" "), widgets.In(th.Focus, text)).Paint(th, w)}
		}
		return []string{widgets.In(th.Muted, "  "+text).Paint(th, w)}
	}
	if !focused {
		return v.answerView(sl, val, w)
	}
	wide := sl.note() || sl.kind == whole && sl.field.Options != nil
	var out []string
	lw := min(labelCells, w/2-2)
	if sl.kind == cell || sl.kind == other {
		labels := widgets.WrapLine(widgets.In(th.Strong, th.Glyphs.Cursor+" "+sl.label()), lw)
		entry := v.entry.View(th, max(4, w-lw-2), v.noteLines(w-lw-2, h))
		for i := range max(len(labels), len(entry)) {
			head, line := strings.Repeat(" ", lw), ""
			if i < len(labels) {
				head = labels[i].Paint(th, lw)
			}
			if i < len(entry) {
				line = entry[i]
			}
			out = append(out, head+" "+line)
		}
	} else {
		out = append(out, v.labelLine(sl, w))
		indent := 2
		if !wide {
			indent = 4
		}
		for _, line := range v.entry.View(th, max(4, w-indent-1), v.noteLines(w-indent-1, h)) {
			out = append(out, strings.Repeat(" ", indent)+line)
		}
		out = append(out, v.prompt(sl, w)...)
	}
	note := func(l widgets.Line) {
		for _, part := range widgets.WrapLine(l, w-4) {
			out = append(out, "   "+part.Paint(th, w-3))
		}
	}
	if due := v.entry.Value(); sl.isDue() && due != "" {
		if s, err := domain.ReadSpoken(due, v.s.Now(), domain.Future); err != nil {
			note(widgets.In(th.Warning, th.Glyphs.Cross+" "+err.Error()))
		} else {
			note(widgets.In(th.Info, th.Glyphs.Right+" "+domain.SayWhen(s, v.s.Now())))
		}
	}
	if name := v.entry.Value(); sl.isName() && name != "" {
		if said := v.p.SaidField(widgets.Field{}).Reads(name); said != "" {
			note(widgets.In(th.Info, th.Glyphs.Right+" "+said))
		}
	}
	if sl.field.Options == nil && standsFor(val.Text) {
		note(widgets.In(th.Info, "answered: "+domain.Words(val.Text)+"; typing takes its place"))
	}
	if v.scope() != "" && tidied(val).Blank() {
		if all := v.sheet.at(place{"", p.section, p.field}); !all.Blank() {
			note(widgets.In(th.Muted, "as for all: "+oneLine(sl.field, all)))
		}
	}
	if v.sheet.clash(p) {
		note(widgets.In(th.Warning, v.person(v.by(p))+" saved: "+oneLine(sl.field, v.sheet.saved(p))))
	}
	return out
}

// noteLines is how many lines a note is given: as many as it has and one to go on, within the page.
func (v *screen) noteLines(w, h int) int {
	text, most := v.entry.Value(), max(3, h-9)
	if len(text) > most*w {
		return most
	}
	n := 1
	for _, para := range strings.Split(text, "\n") {
		n += len(widgets.WrapLine(widgets.Say(para), max(1, w-2)))
	}
	return max(3, min(n, most))
}

func (v *screen) prompt(sl slot, w int) []string {
	if sl.field.Prompt == "" {
		return nil
	}
	var out []string
	for _, part := range widgets.WrapLine(widgets.In(v.s.Theme.Muted, sl.field.Prompt), w-4) {
		out = append(out, "   "+part.Paint(v.s.Theme, w-3))
	}
	return out
}

// answerLines is how much of a long answer is shown while another field is written.
const answerLines = 3

// answerView is a field that is not written now: label and answer beside each other.
func (v *screen) answerView(sl slot, val domain.Value, w int) []string {
	th := v.s.Theme
	lw := min(labelCells, w/2-2)
	label := "  " + sl.label()
	if sl.field.Asked && v.scope() == "" && sl.kind == whole {
		label += " *"
	}
	var text widgets.Line
	switch shown := v.answerWords(sl, val); {
	case shown != "":
		text = widgets.In(th.Text, shown)
	case v.scope() != "" && sl.kind == whole:
		if all := v.sheet.at(place{"", v.section().Name, sl.field.Name}); !all.Blank() {
			text = widgets.In(th.Muted, "as for all")
			break
		}
		fallthrough
	default:
		text = widgets.In(th.Border, strings.Repeat("_", 6))
	}
	if sl.kind == whole {
		text = widgets.Join(text, v.marks(v.place(sl.field.Name), false))
	}
	labels := widgets.WrapLine(widgets.In(th.Label, strings.TrimLeft(label, " ")), lw-3)
	indent := label[:len(label)-len(strings.TrimLeft(label, " "))]
	values := widgets.WrapLine(text, max(4, w-lw-2))
	if len(values) > answerLines {
		values = values[:answerLines]
		values[answerLines-1] = widgets.Join(values[answerLines-1], widgets.In(th.Muted, th.Glyphs.Ellipsis))
	}
	var out []string
	for i := range max(len(labels), len(values)) {
		var l, a widgets.Line
		if i < len(labels) {
			l = widgets.Join(widgets.Say(indent), labels[i])
		}
		if i < len(values) {
			a = values[i]
		}
		out = append(out, l.Paint(th, lw)+" "+a.Paint(th, w-lw-1))
	}
	return out
}

// answerWords is a slot's answer in one line.
func (v *screen) answerWords(sl slot, val domain.Value) string {
	switch sl.kind {
	case whole:
		return oneLine(sl.field, val)
	case cell:
		if s := sl.get(val); sl.col.Options != nil {
			return domain.Words(s)
		}
	default: // a text
	}
	return strings.Join(strings.FieldsFunc(sl.get(val), func(r rune) bool { return r == '\n' }), " / ")
}

// oneLine is an answer in words, in one line.
func oneLine(f *domain.SheetField, val domain.Value) string {
	if val.Blank() {
		return ""
	}
	if f.Options == nil && standsFor(val.Text) {
		return domain.Words(val.Text)
	}
	words := slices.DeleteFunc(report.Words(*f, val), func(w string) bool { return strings.TrimSpace(w) == "" })
	text := strings.Join(words, " / ")
	if len(text) > 4096 {
		text = safe.CleanLine(text[:4096])
	}
	return text
}
