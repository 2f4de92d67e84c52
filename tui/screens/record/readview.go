package record

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// readSide is how wide what stands beside the record is.
const readSide = 44

// writer collects wrapped lines.
type writer struct {
	th    *theme.Theme
	w     int
	lines []widgets.Line
}

func (o *writer) say(l ...widgets.Line) {
	for _, x := range l {
		o.lines = append(o.lines, widgets.WrapLine(x, o.w)...)
	}
}

// under writes a line indented, also where it wraps.
func (o *writer) under(cells int, l widgets.Line) {
	for _, part := range widgets.WrapLine(l, o.w-cells) {
		o.lines = append(o.lines, widgets.Join(widgets.Say(strings.Repeat(" ", cells)), part))
	}
}

func (o *writer) gap() {
	if len(o.lines) > 0 {
		o.lines = append(o.lines, widgets.Line{})
	}
}

func (o *writer) head(title string) {
	o.gap()
	o.say(widgets.In(o.th.Group, title))
}

func (o *writer) pairs(p ...widgets.Pair) {
	p = slices.DeleteFunc(p, func(x widgets.Pair) bool { return x.Value.Width() == 0 })
	o.lines = append(o.lines, widgets.Pairs(o.th, o.w, p...)...)
}

// readView draws the record to read: beside it, where there is room, how it stands; else above it.
func (v *screen) readView(w, h int) string {
	th := v.s.Theme
	side := w >= 100 && !v.full
	o := &writer{th: th, w: w - 3}
	if side {
		o.w = w - readSide - 4
	}
	v.title(o)
	if !side {
		v.standing(o)
	}
	v.sections(o)
	v.page.SetLines(o.lines...)
	if v.went {
		v.went = false
		for _, h := range v.heads {
			if h.section == v.sec {
				v.page.Go(h.line)
			}
		}
	}
	if !side {
		return indent(v.page.View(th, w-2, h))
	}
	beside := &writer{th: th, w: readSide - 2}
	v.standing(beside)
	return widgets.Beside(th, h, widgets.Fit(indent(v.page.View(th, o.w+1, h)), w-readSide-1, h), widgets.Fit(cutPane(th, beside.lines, readSide, h), readSide, h))
}

func indent(s string) string { return " " + strings.ReplaceAll(s, "\n", "\n ") }

// cutPane draws lines that do not scroll, and says where some are left out.
func cutPane(th *theme.Theme, lines []widgets.Line, w, h int) string {
	if len(lines) > h {
		lines = append(slices.Clone(lines[:h-1]), widgets.In(th.Muted, th.Glyphs.Down+" + shows all of it"))
	}
	return strings.TrimSuffix(paint(th, w, lines), "\n")
}

// title says whose record it is, of which episodes, and how far it is.
func (v *screen) title(o *writer) {
	th, i := o.th, v.v.Interview
	number := ""
	if i.ID != 0 {
		number = "  " + i.ID.String()
	}
	o.say(widgets.Join(widgets.In(th.Title, desk.Mask(v.s, v.v.Child)), widgets.In(th.Muted, "  "+v.ref.String()+number)))
	var covers []string
	for _, e := range v.v.Episodes {
		covers = append(covers, e.ShownRef()+" "+dates(e))
	}
	o.say(widgets.In(th.Muted, "Covers "+strings.Join(covers, ", ")))
	o.say(v.atIt()...)
	if n := len(v.sheet.changed()); n > 0 {
		o.say(widgets.In(th.Warning, fmt.Sprintf("Not saved yet: %s typed by you; %s goes on writing", counted(n, "answer"), v.s.Keys.Hint("record.write"))))
	}
	if v.wrong != "" {
		o.say(widgets.In(th.Error, th.Glyphs.Cross+" "+v.wrong))
	}
}

// standing is how the record stands: its clocks, who held, wrote, submitted and signed it, to whom it went, what follows.
func (v *screen) standing(o *writer) {
	th, i, now := o.th, v.v.Interview, v.s.Now()
	style, state := th.Strong, i.State()
	switch {
	case i.SignedAt.IsZero() && !i.SubmittedAt.IsZero():
		state += ", unsigned: it waits for sign-off"
	case i.SignedAt.IsZero():
		state += ", unsigned"
	default:
		style = th.Met
	}
	o.head("How it stands")
	o.say(widgets.In(style, desk.Sentence(state)))
	at := func(m domain.Moment, by string) string {
		if m.IsZero() {
			return ""
		}
		s := desk.When(m, now)
		if by != "" {
			s += ", " + v.person(by)
		}
		return s
	}
	clock := func(c domain.Clock) widgets.Line {
		if c.Start.IsZero() {
			return nil
		}
		return desk.ClockLine(th, c, now, 6)
	}
	owner := v.person(i.Owner)
	if i.Owner == "" {
		owner = "nobody yet"
	}
	o.pairs(widgets.Pair{Label: "Write-up", Value: clock(v.v.WriteUp)}, widgets.Pair{Label: "Share", Value: clock(v.v.Share)},
		say("Held", at(i.HeldAt, i.Interviewer)), say("Owner", owner), say("Saved", at(i.SavedAt, "")),
		say("Submitted", at(i.SubmittedAt, i.SubmittedBy)), say("Signed off", at(i.SignedAt, i.SignedBy)))
	if !i.HeldAt.IsZero() && i.SubmittedAt.IsZero() {
		if m := i.Missing(); len(m) > 0 {
			var names []string
			for _, c := range m {
				names = append(names, titleOf(place{"", c.Section, c.Field}))
			}
			o.say(widgets.In(th.Text, "Asked on submitting: "+strings.Join(names, "; ")))
		}
	}
	if len(i.Comments) > 0 {
		o.head("Sign-off")
		for _, c := range slices.Backward(i.Comments) {
			what, style := "sent back", th.Warning
			if c.Approved {
				what, style = "signed off", th.Met
			}
			line := what + " " + desk.When(c.At, now) + ", " + v.personAt(c.By, c.At)
			if c.Text != "" {
				line += ": " + v.told(c.Text)
			}
			o.say(widgets.In(style, line))
		}
	}
	if n := len(i.Versions); n > 0 {
		o.head(fmt.Sprintf("Submitted %d×", n))
		for k, ver := range slices.Backward(i.Versions) {
			o.say(widgets.In(th.Text, fmt.Sprintf("%d  %s, %s", k+1, desk.When(ver.At, now), v.personAt(ver.By, ver.At))))
		}
	}
	if len(i.Shares) > 0 {
		o.head("Shared")
		for _, s := range slices.Backward(i.Shares) {
			line := fmt.Sprintf("%s  %s, %s (%s), for %s, %s", desk.When(s.At, now), s.Audience.Words(), v.told(s.To), s.Way, s.Purpose, v.personAt(s.By, s.At))
			if s.Unsigned {
				line += ", unsigned"
			}
			o.say(widgets.In(th.Text, line))
		}
	}
	if len(v.v.FollowUps) > 0 {
		o.head("Follow-ups")
		for _, f := range v.v.FollowUps {
			o.say(v.followLine(f))
		}
	}
	if p := v.v.Previous; p != nil {
		o.head("The interview before")
		o.say(widgets.In(th.Muted, fmt.Sprintf("held %s, %s, %d follow-ups", desk.When(p.HeldAt, now), p.State(), len(v.v.PreviousPlan))))
	}
}

func (v *screen) followLine(f *domain.FollowUp) widgets.Line {
	th, now := v.s.Theme, v.s.Now()
	text := domain.Words(f.Kind) + ": " + v.told(f.Text) + ", " + v.person(f.Owner)
	switch {
	case f.Dropped != nil:
		return widgets.In(th.Muted, "dropped  "+text)
	case f.DoneAt != 0:
		return widgets.In(th.Met, "done "+desk.When(f.DoneAt, now)+"  "+text)
	case f.Overdue(domain.At(now)):
		return widgets.In(th.Overdue, "overdue, was due "+desk.When(f.Due, now)+"  "+text)
	}
	return widgets.In(th.Text, "due "+desk.When(f.Due, now)+"  "+text)
}

func say(label, text string) widgets.Pair {
	return widgets.Pair{Label: label, Value: widgets.Say(text)}
}

// sections are the answers as people read them, section by section; what is empty is named in a line.
func (v *screen) sections(o *writer) {
	th := o.th
	c := report.Of(v.v.Interview, v.v.Child, v.v.Episodes, v.v.Referrals, domain.ForTeam, "", v.s.Now())
	v.heads = nil
	last := ""
	for _, part := range c.Sections {
		index := slices.IndexFunc(domain.Sections(), func(s domain.SheetSection) bool { return s.Name == part.Section.Name })
		if part.Section.Name != last {
			o.gap()
			v.heads = append(v.heads, head{index, len(o.lines)})
			o.say(widgets.In(th.Group, part.Section.Title))
			last = part.Section.Name
		}
		if part.Episode != "" {
			o.say(widgets.In(th.Strong, "  Differs for "+v.episodeName(part.Episode)))
		}
		var empty []string
		for _, a := range part.Answers {
			if a.Value.Blank() {
				empty = append(empty, a.Field.Title)
				continue
			}
			v.answer(o, a)
		}
		switch {
		case part.Episode != "":
		case len(empty) == len(part.Section.Fields):
			o.under(2, widgets.In(th.Muted, "nothing written yet"))
		case len(empty) > 0:
			o.under(2, widgets.In(th.Muted, "empty: "+strings.Join(empty, "; ")))
		}
	}
}

// episodeName is an episode with its dates.
func (v *screen) episodeName(id string) string {
	for _, e := range v.v.Episodes {
		if e.ID.String() == id {
			return e.ShownRef() + ", " + dates(e)
		}
	}
	return id
}

// answer writes one answer: beside its label where it is short, below it where it is long.
func (v *screen) answer(o *writer, a report.CopyAnswer) {
	th := o.th
	words := report.Words(a.Field, a.Value)
	if a.Field.Options == nil && standsFor(a.Value.Text) {
		words = []string{domain.Words(a.Value.Text)}
	}
	if v.s.MaskNames && a.Field.Options == nil {
		words = []string{v.told("masked")}
	} else if v.s.MaskNames {
		for i := range words {
			if before, _, own := strings.Cut(words[i], ":"); own {
				words[i] = before + ": …"
			}
		}
	}
	by := widgets.Line(nil)
	if a.By != "" {
		by = widgets.In(th.Muted, "  ("+v.person(a.By)+")")
	}
	label := widgets.In(th.Label, "  "+a.Field.Title+": ")
	if len(words) == 1 && label.Width()+widgets.Width(words[0])+by.Width() <= o.w {
		o.say(widgets.Join(label, widgets.In(th.Text, words[0]), by))
		return
	}
	o.say(widgets.Join(label, by))
	for _, word := range words {
		o.under(4, widgets.In(th.Text, word))
	}
}
