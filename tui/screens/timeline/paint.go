package timeline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"homeward/domain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// ink is the look of a cell, by meaning.
type ink uint8

const (
	inkNone ink = iota
	inkBar
	inkOpen
	inkHistory
	inkDoubled
	inkShade
	inkCount
	inkMark
	inkMet
	inkOver
	inkMuted
	inkLine
	inks
)

func inkStyles(th *theme.Theme) [inks]theme.Style {
	return [inks]theme.Style{inkBar: th.BarFill, inkOpen: th.BarOver, inkHistory: th.BarMet, inkDoubled: th.Disabled, inkShade: th.Flag, inkCount: th.Strong,
		inkMark: th.Text, inkMet: th.Met, inkOver: th.Overdue, inkMuted: th.Muted, inkLine: th.Border}
}

// cell is one column of a row of the axis: a sign one cell wide.
type cell struct {
	sign string
	ink  ink
}

// strip is a row of the axis.
type strip []cell

func newStrip(cols int) strip {
	out := make(strip, cols)
	for i := range out {
		out[i].sign = " "
	}
	return out
}

// write puts an ASCII text from a column on, as far as there is room.
func (r strip) write(c int, text string, k ink) {
	for i := range len(text) {
		if c+i >= 0 && c+i < len(r) {
			r[c+i] = cell{text[i : i+1], k}
		}
	}
}

// canvas paints rows of the axis, with their names in the gutter and the cursor's column marked.
type canvas struct {
	th     *theme.Theme
	styles [inks]theme.Style
	cursor int
	lines  []widgets.Line
}

func (p *canvas) row(name string, r strip, marked bool) {
	line := widgets.In(p.th.Label, fmt.Sprintf(" %-*s", gutter-1, name))
	var run strings.Builder
	var k ink
	flush := func() {
		if run.Len() > 0 {
			line = append(line, widgets.In(p.styles[k], run.String())...)
			run.Reset()
		}
	}
	for c, x := range r {
		if marked && c == p.cursor {
			flush()
			line = append(line, widgets.In(p.styles[x.ink].On(p.th.Focus), x.sign)...)
			continue
		}
		if x.ink != k {
			flush()
			k = x.ink
		}
		run.WriteString(x.sign)
	}
	flush()
	p.lines = append(p.lines, line)
}

// drawAxis draws the axis by a plan: labels, episodes, fortnights, marks, cursor.
func (v *screen) drawAxis(pl plan, w int) []widgets.Line {
	th := v.s.Theme
	a, g := v.axis(), glyphsOf(th)
	now := v.s.Now().Unix()
	p := &canvas{th: th, styles: inkStyles(th), cursor: a.clamp(v.spot.at)}
	minor, major, _ := ticks(a)
	if pl.major {
		r := newStrip(a.cols())
		for _, l := range major {
			r.write(l.col, l.text, inkCount)
		}
		p.row("", r, false)
	}
	r := newStrip(a.cols())
	for _, l := range minor {
		r.write(l.col, l.text, inkMuted)
	}
	p.row("", r, false)
	if pl.ruler {
		p.row("", v.ruler(a, minor, major, now), false)
	}
	v.drawBars(p, a, g, pl.lanes, now)
	v.drawFortnights(p, a, g)
	v.drawMarks(p, a, g, pl.marks)
	v.drawCursor(p, a, g)
	return p.lines
}

// ruler is the line between labels and episodes.
func (v *screen) ruler(a *axis, minor, major []label, now int64) strip {
	g := v.s.Theme.Glyphs
	r := newStrip(a.cols())
	for c := range r {
		r[c] = cell{g.H, inkLine}
	}
	for _, l := range minor {
		r[l.col] = cell{g.TeeDown, inkLine}
	}
	for _, l := range major {
		if l.col > 0 {
			r[l.col] = cell{g.Mid, inkLine}
		}
	}
	if a.holds(now) {
		c := a.col(now)
		if c >= 3 {
			r.write(c-3, "now", inkCount)
		}
		r[c] = cell{g.Down, inkCount}
	}
	return r
}

func (v *screen) drawBars(p *canvas, a *axis, g glyphs, most int, now int64) {
	x := v.st.bars
	l := layBars(a, x, most)
	rows := make([]strip, most)
	for i := range rows {
		rows[i] = newStrip(a.cols())
		if a.holds(now) {
			rows[i][a.col(now)] = cell{g.now, inkLine}
		}
	}
	for _, s := range l.segs {
		b, r := x.bars[s.bar], rows[s.lane]
		k := inkBar
		switch {
		case b.doubled:
			k = inkDoubled
		case b.open:
			k = inkOpen
		case b.history:
			k = inkHistory
		}
		for c := s.c0; c <= s.c1; c++ {
			r[c] = cell{barSign(a, b, s, c, g), k}
		}
	}
	for c, n := range l.crowd {
		sign := "+"
		if n < 10 {
			sign = strconv.Itoa(max(n, 1))
		}
		rows[most-1][c] = cell{sign, inkCount}
	}
	for i, r := range rows {
		p.row(map[bool]string{true: "Episodes"}[i == 0], r, true)
	}
}

// barSign is one cell of a bar. A cell of which it takes little is thin, at the side where it lies; one that another bar
// follows in the next cell ends half-way, so that they are seen to be two.
func barSign(a *axis, b bar, s seg, c int, g glyphs) string {
	switch {
	case b.doubled:
		return g.doubled
	case b.open && c == s.c1, b.to > a.end() && c == a.cols()-1:
		return g.onward
	case (b.sureFrom > b.from || b.sureTo < b.to) && (a.to(c) <= b.sureFrom || a.from(c) >= b.sureTo):
		return g.unsure
	}
	part := float64(min(b.to, a.to(c))-max(b.from, a.from(c))) / float64(a.to(c)-a.from(c))
	starts := c == s.c0 && c < s.c1
	switch {
	case part < 0.34 && starts:
		return g.thinEnd
	case part < 0.75 && starts:
		return g.halfEnd
	case part < 0.34:
		return g.thin
	case part < 0.75, c == s.c1 && s.cut:
		return g.half
	}
	return g.full
}

// drawFortnights shades what holds three or more within a fortnight, and says how many.
func (v *screen) drawFortnights(p *canvas, a *axis, g glyphs) {
	policy := &v.p.Settings().Policy
	r := newStrip(a.cols())
	for _, f := range v.st.fortnight {
		from, to := f.From.Unix(), max(f.From.Unix(), f.To.Unix()-1)
		if to < a.begin() || from >= a.end() {
			continue
		}
		c0, c1 := a.clamp(from), a.clamp(to)
		for c := c0; c <= c1; c++ {
			r[c] = cell{g.shade, inkShade}
		}
		room := c1 - c0 + 1
		long := fmt.Sprintf("%d in %s ", f.Most, windowWords(policy))
		if f.Most < len(f.Episodes) {
			long = "up to " + long
		}
		for _, text := range []string{" " + v.clusterWords(f) + long, " " + long, fmt.Sprintf(" %d in %s ", f.Most, windowWords(policy)), fmt.Sprint(f.Most)} {
			if len(text) <= room-2 || len(text) == room && room < 3 || len(text) < 3 && len(text) <= room {
				r.write(c0+(room-len(text))/2, text, inkShade)
				break
			}
		}
	}
	p.row(fmt.Sprintf("%d in %d d", policy.ClusterMin, policy.ClusterWindow), r, true)
}

// clusterWords names the clusters that stand in a stretch: "CL1: ".
func (v *screen) clusterWords(f domain.Fortnight) string {
	var names []string
	for _, c := range v.st.clusters {
		if slices.ContainsFunc(c.Members, func(m domain.ClusterMember) bool { return slices.Contains(f.Episodes, m.Episode) }) {
			names = append(names, c.ID.String())
		}
	}
	if names == nil {
		return ""
	}
	return strings.Join(names, ", ") + ": "
}

// windowWords is the window of the rule as people call it.
func windowWords(p *domain.Policy) string {
	if p.ClusterWindow == 14 {
		return "a fortnight"
	}
	return fmt.Sprintf("%d days", p.ClusterWindow)
}

// drawMarks draws what the team did: a row each, or all in one with letters.
func (v *screen) drawMarks(p *canvas, a *axis, g glyphs, rows int) {
	if rows == 0 {
		return
	}
	all := buckets(a, v.st.marks)
	signs := g.marks
	if rows == 1 {
		signs = markLetters()
	}
	draw := func(r strip, list []bucket, count bool) {
		for c, b := range list {
			switch {
			case b.n == 0:
				continue
			case b.n > 9 && count:
				r[c] = cell{"+", inkOf(b.kind)}
			case b.n > 1 && count:
				r[c] = cell{strconv.Itoa(b.n), inkOf(b.kind)}
			default:
				r[c] = cell{signs[b.kind], inkOf(b.kind)}
			}
		}
	}
	if rows == 1 {
		r := newStrip(a.cols())
		for _, row := range []markRow{contactRow, followUpRow, interviewRow} { // the last covers the others
			draw(r, all[row], false)
		}
		p.row("Work", r, true)
		return
	}
	for row, name := range []string{"Contact", "Interview", "Follow-up"} {
		r := newStrip(a.cols())
		draw(r, all[row], true)
		p.row(name, r, true)
	}
}

func inkOf(k markKind) ink {
	switch k {
	case reached, held, done:
		return inkMet
	case missed, dueOver:
		return inkOver
	default: // what is neither good nor late
	}
	return inkMark
}

// drawCursor points at the column under the cursor and names its time.
func (v *screen) drawCursor(p *canvas, a *axis, g glyphs) {
	c := p.cursor
	text := spanWords(a.from(c), a.to(c), a.unit)
	if x := clockChange(a.from(c), a.to(c)); x != "" {
		text += ", " + x
	}
	lo, hi := v.st.bars.touching(a.from(c), a.to(c))
	n := 0
	for _, b := range v.st.bars.bars[lo:hi] {
		if b.touches(a.from(c), a.to(c)) {
			n++
		}
	}
	if n > 1 {
		text += fmt.Sprintf(", %d episodes", n)
	}
	th := p.th
	room := a.cols() - c - 2
	line := widgets.Say(strings.Repeat(" ", gutter))
	if wide := widgets.Width(text); wide <= room || c <= wide {
		line = widgets.Join(line, widgets.Say(strings.Repeat(" ", c)), widgets.In(th.Key, g.caret), widgets.In(th.Strong, " "+text))
	} else {
		line = widgets.Join(line, widgets.Say(strings.Repeat(" ", c-widgets.Width(text)-1)), widgets.In(th.Strong, text+" "), widgets.In(th.Key, g.caret))
	}
	p.lines = append(p.lines, line)
}

// legend explains the signs in one line.
func legend(th *theme.Theme, g glyphs) widgets.Line {
	m := g.marks
	items := []string{m[tried] + " tried", m[reached] + " reached/held", m[booked] + " booked/raised", m[missed] + " missed", m[done] + " done", m[due] + " due", m[dueOver] + " over",
		g.onward + " goes on", g.unsure + " no time", g.doubled + " duplicate"}
	return widgets.In(th.Muted, strings.Repeat(" ", gutter)+strings.Join(items, "  "))
}
