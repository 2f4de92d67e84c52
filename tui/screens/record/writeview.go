package record

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/domain/safe"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// shape is how the writing page is divided; pure, of width and height.
type shape struct{ list, form, side int }

// The widths at which the writing page changes its shape.
const (
	sideFrom  = 116
	listWide  = 31
	listSmall = 20
	sideWide  = 32
)

func shapeFor(w int) shape {
	switch {
	case w >= sideFrom:
		side := min(60, sideWide+(w-sideFrom)/3)
		return shape{listWide, w - listWide - side - 2, side}
	case w >= 100:
		return shape{listWide, w - listWide - 1, 0}
	}
	return shape{listSmall, w - listSmall - 1, 0}
}

// writeView draws the sections, the fields of the one that is written and, where there is room, what is known already.
func (v *screen) writeView(w, h int) string {
	th, sh := v.s.Theme, shapeFor(w)
	panes := []string{widgets.Fit(v.listView(sh.list, h), sh.list, h), widgets.Fit(v.formView(sh.form, h, sh.side == 0), sh.form, h)}
	if sh.side > 0 {
		panes = append(panes, widgets.Fit(v.sideView(sh.side, h), sh.side, h))
	}
	return widgets.Beside(th, h, panes...)
}

func paint(th *theme.Theme, w int, lines []widgets.Line) string {
	var b strings.Builder
	for _, l := range lines {
		for _, part := range widgets.WrapLine(l, w-1) {
			b.WriteString(" " + part.Paint(th, w-1) + "\n")
		}
	}
	return b.String()
}

// listView is the sections with how much is answered, and below it how far all is kept.
func (v *screen) listView(w, h int) string {
	th := v.s.Theme
	var out []string
	answered, fields, required := 0, 0, len(v.missing())
	unsaved := map[string]bool{}
	for _, p := range v.sheet.changed() {
		unsaved[p.section] = true
	}
	for i, sec := range domain.Sections() {
		n := v.sheet.answered(&sec, "")
		answered, fields = answered+n, fields+len(sec.Fields)
		mark, style := "  ", th.Text
		if i == v.sec {
			mark, style = th.Glyphs.Cursor+" ", th.Focus
		}
		tail := fmt.Sprintf("%d/%d", n, len(sec.Fields))
		switch {
		case v.sheet.missing(&sec):
			tail = "* " + tail
		case unsaved[sec.Name]:
			tail = th.Glyphs.Selected + " " + tail
		}
		title := widgets.Cut(sec.Title, w-widgets.Width(tail)-4, th.Glyphs.Ellipsis)
		gap := max(1, w-1-widgets.Width(mark)-widgets.Width(title)-widgets.Width(tail))
		line := widgets.Join(widgets.In(style, mark+title), widgets.In(th.Muted, strings.Repeat(" ", gap)+tail))
		out = append(out, line.Paint(th, w))
	}
	saved, well := v.savedWords()
	style := th.Muted
	if !well {
		style = th.Warning
	}
	foot := []widgets.Line{{}, widgets.In(th.Muted, fmt.Sprintf("%d of %d answered", answered, fields))}
	if required > 0 {
		foot = append(foot, widgets.In(th.Text, fmt.Sprintf("* %d to submit", required)))
	}
	if !well {
		saved = th.Glyphs.Selected + " " + saved
	}
	foot = append(foot, widgets.In(style, saved))
	if v.back > 0 {
		foot = append(foot, widgets.In(th.Info, fmt.Sprintf("%d came back unsaved; %s throws away", v.back, v.s.Keys.Hint("writing.afresh"))))
	}
	return strings.Join(out, "\n") + "\n" + paint(th, w, foot)
}

// missing are the answers that submitting asks for and that are blank as it stands on the screen.
func (v *screen) missing() []place {
	var out []place
	for _, sec := range domain.Sections() {
		for _, f := range sec.Fields {
			if p := (place{"", sec.Name, f.Name}); f.Asked && tidied(v.sheet.at(p)).Blank() {
				out = append(out, p)
			}
		}
	}
	return out
}

// formView is the section's fields; they scroll with the focus. Alone says that what is known stands here too.
func (v *screen) formView(w, h int, alone bool) string {
	lines := v.formHead(w, alone)
	from, to := 0, 0
	last := ""
	for i, sl := range v.slots {
		if sl.field.Kind == domain.FieldRows && sl.field.Name != last {
			lines = append(lines, widgets.Join(widgets.In(v.s.Theme.Label, "  "+sl.field.Title), v.marks(v.place(sl.field.Name), true)).Paint(v.s.Theme, w))
			if i == v.at || v.slots[v.at].field == sl.field {
				lines = append(lines, v.prompt(sl, w)...)
			}
		}
		last = sl.field.Name
		start := len(lines)
		lines = append(lines, v.slotView(sl, i == v.at, w, h)...)
		if i == v.at {
			from, to = start, len(lines)
		}
	}
	room := max(1, h)
	if v.at == 0 {
		from = 0
	}
	if to > v.top+room {
		v.top = to - room
	}
	if from < v.top {
		v.top = from
	}
	v.top = max(0, min(v.top, len(lines)-room))
	end := min(len(lines), v.top+room)
	return strings.Join(lines[v.top:end], "\n")
}

// formHead says what is written and for which episode, and what went wrong.
func (v *screen) formHead(w int, alone bool) []string {
	th, sec := v.s.Theme, v.section()
	say := func(l ...widgets.Line) []string {
		return strings.Split(strings.TrimSuffix(paint(th, w, l), "\n"), "\n")
	}
	title := widgets.Join(widgets.In(th.Title, sec.Title), widgets.In(th.Muted, "  "+sec.Source))
	out := say(title)
	if len(v.v.Episodes) > 1 {
		out = append(out, say(v.episodeLine())...)
	}
	if v.wrong != "" {
		out = append(out, say(widgets.In(th.Error, th.Glyphs.Cross+" "+v.wrong))...)
	}
	if alone {
		if o := v.othersLines(); len(o) > 0 {
			out = append(out, say(o...)...)
		}
		for _, k := range v.known() {
			for n, part := range widgets.WrapLine(k, w-2) {
				if n == 2 {
					break
				}
				out = append(out, " "+part.Paint(th, w-1))
			}
		}
	}
	return append(out, "")
}

// episodeLine says for which of several episodes the section is written.
func (v *screen) episodeLine() widgets.Line {
	th := v.s.Theme
	if !v.section().Each {
		return widgets.In(th.Muted, fmt.Sprintf("once for all %d episodes", len(v.v.Episodes)))
	}
	one := func(id, text string) widgets.Line {
		n := 0
		if id != "" {
			n = v.sheet.answered(v.section(), id)
		}
		if n > 0 {
			text += fmt.Sprintf(" +%d", n)
		}
		if id == v.episode {
			return widgets.In(th.Focus, "["+text+"]")
		}
		return widgets.In(th.Text, " "+text+" ")
	}
	line := widgets.Join(widgets.In(th.Label, "For "), one("", "all"))
	for _, e := range v.v.Episodes {
		line = widgets.Join(line, widgets.Say(" "), one(e.ID.String(), e.ID.String()+" "+dates(e)))
	}
	return widgets.Join(line, widgets.In(th.Muted, "  "+v.s.Keys.Hint("writing.episode")))
}

// dates of an episode, as short as they can be told apart.
func dates(e *domain.Episode) string {
	from := e.MissingAt.Local()
	if e.ReturnedAt.IsZero() || e.ReturnedAt.Date() == e.MissingAt.Date() {
		return from.Format("2 Jan")
	}
	to := e.ReturnedAt.Local()
	if from.Month() == to.Month() && from.Year() == to.Year() {
		return from.Format("2") + "–" + to.Format("2 Jan")
	}
	return from.Format("2 Jan") + "–" + to.Format("2 Jan")
}

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

// known is what is known already beside the section.
func (v *screen) known() []widgets.Line {
	th := v.s.Theme
	var out []widgets.Line
	for _, k := range v.facts() {
		out = append(out, widgets.Join(widgets.In(th.Info, "Known: "), widgets.In(th.Label, k.What+" "), widgets.In(th.Text, k.Text)))
	}
	return out
}

// facts are known beside the section: while it is written for one episode, not those of the others.
func (v *screen) facts() []domain.KnownFact {
	var out []domain.KnownFact
	for _, k := range v.v.Known {
		of := slices.IndexFunc(v.v.Episodes, func(e *domain.Episode) bool {
			return k.What == e.ShownRef() || strings.HasPrefix(k.What, e.ShownRef()+" ")
		})
		if k.Section == v.section().Name && (of < 0 || v.scope() == "" || v.v.Episodes[of].ID.String() == v.scope()) {
			out = append(out, k)
		}
	}
	return out
}

// othersLines say who saved what while this was written.
func (v *screen) othersLines() []widgets.Line {
	th := v.s.Theme
	if len(v.others) == 0 {
		return nil
	}
	who := map[string][]string{}
	var order []string
	for _, c := range v.others {
		by := v.person(v.by(place{c.Episode, c.Section, c.Field}))
		if who[by] == nil {
			order = append(order, by)
		}
		who[by] = append(who[by], titleOf(place{c.Episode, c.Section, c.Field}))
	}
	var out []widgets.Line
	for _, by := range order {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" "+by+" saved meanwhile: "+strings.Join(who[by], "; ")))
	}
	return out
}

// sideView is what is known already, what others saved, and what comes next.
func (v *screen) sideView(w, h int) string {
	th := v.s.Theme
	var out []widgets.Line
	if o := v.othersLines(); len(o) > 0 {
		out = append(append(out, o...), widgets.Line{})
	}
	out = append(out, widgets.In(th.Group, "Known already"))
	known := v.facts()
	for _, k := range known {
		out = append(out, widgets.In(th.Label, k.What), widgets.In(th.Text, k.Text))
	}
	if len(known) == 0 {
		out = append(out, widgets.In(th.Muted, "nothing for this section"))
	}
	if p := v.v.Previous; p != nil {
		out = append(out, widgets.Line{}, widgets.In(th.Muted, "The interview before was held "+desk.When(p.HeldAt, v.s.Now())+"."))
	}
	return paint(th, w, out)
}
