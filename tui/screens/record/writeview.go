package record

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
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
	lines, spans := v.formLines(w, h, alone)
	from, to := 0, 0
	if v.at < len(spans) {
		from, to = spans[v.at].from, spans[v.at].to
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

// span is the lines of a slot, to not included.
type span struct{ from, to int }

// formLines are all lines of the section's fields, and which of them each slot takes.
func (v *screen) formLines(w, h int, alone bool) (lines []string, spans []span) {
	lines = v.formHead(w, alone)
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
		spans = append(spans, span{start, len(lines)})
	}
	return lines, spans
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
	if l := v.atIt(); len(l) > 0 {
		out = append(out, say(l...)...)
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
func (v *screen) facts() []view.KnownFact {
	var out []view.KnownFact
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
