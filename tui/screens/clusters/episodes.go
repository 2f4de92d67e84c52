package clusters

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// role is what an episode is to the cluster it is drawn with.
type role int

const (
	member   role = iota // the one interview covers it, or would
	outside              // a member that would be left out
	addition             // it could be added
	parted               // it was left out or went out
	gone                 // the child is still missing in it
)

// entry is one episode of the drawing. What was not read yet is zero.
type entry struct {
	role     role
	episode  domain.ID
	referral domain.ID
	name     string // the police reference
	from, to domain.Moment
	part     *view.ClusterPart // with its clocks; nil until read, and of one still missing
	risk     string
	flags    []string
	parted   *domain.Parted // how it left the cluster
}

// entries are the episodes that a row's drawing shows, by their start. out are the members that somebody takes out before
// accepting; around is what was read of the others.
func entries(r row, out map[domain.ID]bool, around *around) []entry {
	var list []entry
	fill := func(e *entry, p *view.ClusterPart) {
		e.part, e.name, e.referral = p, p.Episode.ShownRef(), p.Referral.ID
		e.from, e.to = p.Episode.MissingAt, p.Episode.ReturnedAt
		e.about(p.Episode)
	}
	for i := range r.Members {
		e := entry{episode: r.Members[i].Episode.ID}
		fill(&e, &r.Members[i])
		if r.Cluster == nil && out[e.episode] {
			e.role = outside
		}
		list = append(list, e)
	}
	for _, k := range r.Additions {
		e := entry{role: addition, episode: k.Episode, referral: k.Referral, name: k.ShownRef(), from: k.Start, to: k.Return}
		if p := around.part(k.Episode); p != nil {
			fill(&e, p)
		}
		list = append(list, e)
	}
	if r.Cluster != nil {
		for _, was := range r.Cluster.Parted {
			if p := around.part(was.Episode); p != nil && !r.Cluster.Has(was.Episode) && !has(list, was.Episode) {
				e := entry{role: parted, episode: was.Episode, parted: &was}
				fill(&e, p)
				list = append(list, e)
			}
		}
	}
	if o := around.missing(r.MissingNow); o != nil && o.MissingAt.Unix() < r.Until.Unix() { // later ones are a warning only
		e := entry{role: gone, episode: o.ID, name: o.ShownRef(), from: o.MissingAt}
		e.about(o)
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.from.Unix(), b.from.Unix()), cmp.Compare(a.episode, b.episode))
	})
	return list
}

// belongs says that an episode is one of a row's drawing, read or not.
func belongs(r row, episode domain.ID) bool {
	return !episode.IsZero() && (slices.ContainsFunc(r.Members, func(m view.ClusterPart) bool { return m.Episode.ID == episode }) ||
		slices.ContainsFunc(r.Additions, func(k domain.Candidate) bool { return k.Episode == episode }) ||
		r.Cluster != nil && slices.ContainsFunc(r.Cluster.Parted, func(p domain.Parted) bool { return p.Episode == episode }) ||
		r.MissingNow == episode)
}

func has(list []entry, episode domain.ID) bool {
	return slices.ContainsFunc(list, func(e entry) bool { return e.episode == episode })
}

func (e *entry) about(ep *domain.Episode) {
	e.risk, e.flags = ep.Risk, nil
	for _, f := range domain.FlagWords() {
		if ep.HasFlag(f) {
			e.flags = append(e.flags, f)
		}
	}
}

// partedHow says how an episode left the cluster.
func partedHow(p domain.Parted, told func(string) string) string {
	return strings.TrimSuffix(domain.Words(p.How)+": "+told(p.Why), ": ")
}

// period of an entry for the drawing; one still missing is drawn until now.
func (e entry) period(now time.Time) period {
	p := period{from: e.from.Time(), to: e.to.Time(), look: lookIn}
	switch e.role {
	case outside, parted:
		p.look = lookOut
	case addition:
		p.look = lookAdd
	case gone:
		p.to, p.look = now, lookGone
	default: // a member
	}
	return p
}

// mark is what stands before an entry: in or out of a suggestion, to be added, gone out, missing.
func (e entry) mark(th *theme.Theme, choosing bool) string {
	switch e.role {
	case member:
		if choosing {
			return th.Glyphs.BoxOn
		}
		return " " + th.Glyphs.Bullet + " "
	case outside:
		return th.Glyphs.BoxOff
	case addition:
		return " + "
	case parted:
		return " " + th.Glyphs.Cross + " "
	default: // gone
	}
	return " " + th.Glyphs.Right + " "
}

// asks says that one interview for this episode asks for a reason (DOMAIN §5).
func (e entry) asks() bool { return e.risk == domain.RiskHigh || len(e.flags) > 0 }

// riskLine names risk and flags.
func (e entry) riskLine() string {
	var w []string
	if e.risk == domain.RiskHigh {
		w = append(w, "high risk")
	}
	return strings.Join(append(w, e.flags...), ", ")
}

// ownClock says how an episode's own 72 hours stand, with a shape: clustering never hides a missed one.
func (e entry) ownClock(th *theme.Theme, now time.Time) widgets.Line {
	if e.part == nil {
		return nil
	}
	c := e.part.Return
	switch met := e.part.Met(now); {
	case met == nil:
		return widgets.In(desk.ClockStyle(th, c, now), th.Glyphs.Bullet+" "+plain.Left(c.Due, now))
	case *met:
		return widgets.In(th.Met, th.Glyphs.Check+" met")
	}
	return widgets.In(th.Overdue, th.Glyphs.Cross+" missed")
}

// The columns of words beside the days, and the room before them.
const (
	leadCells  = 6 // cursor, mark, warning
	clockCells = 12
	timeCells  = 13
	lengthCell = 7
)

// words stand beside an entry's days: its own clock, when it began, how long it was, risk and flags; what fits.
func (e entry) words(th *theme.Theme, now time.Time, room int) widgets.Line {
	clock := e.ownClock(th, now)
	begun := e.from.Local().Format("Mon 2 15:04")
	if e.from.DateOnly() {
		begun = e.from.Local().Format("Mon 2 Jan")
	}
	long := ""
	switch {
	case e.to.IsZero():
		clock = widgets.In(th.Overdue, "missing")
		long = plain.Span(now.Sub(e.from.Time()))
	default:
		long = plain.Span(e.to.Time().Sub(e.from.Time()))
	}
	line := widgets.Join(clock, widgets.Say(strings.Repeat(" ", max(1, clockCells-clock.Width()))), widgets.Say(pad(begun, timeCells)))
	if room >= clockCells+timeCells+lengthCell+8 {
		line = widgets.Join(line, widgets.Say(pad(long, lengthCell)))
	}
	if e.role == parted || e.role == outside {
		return widgets.Join(line, widgets.In(th.Muted, "left out"))
	}
	return widgets.Join(line, widgets.In(th.Warning, e.riskLine()))
}

// wordHeads are the titles over those words.
func wordHeads(room int) string {
	s := pad("own 72 h", clockCells) + pad("gone", timeCells)
	if room >= clockCells+timeCells+lengthCell+8 {
		s += pad("for", lengthCell)
	}
	return s + "risk"
}

// line draws one entry: mark, days, words.
func (e entry) line(th *theme.Theme, a axis, now time.Time, w int, focused, choosing bool) widgets.Line {
	cursor, warn := " ", "  "
	if focused {
		cursor = th.Glyphs.Cursor
	}
	if e.asks() {
		warn = th.Glyphs.Warn + " "
	}
	style := th.Text
	if focused {
		style = th.Strong
	}
	return widgets.Join(widgets.In(style, cursor+e.mark(th, choosing)), widgets.In(th.Flag, warn), a.track(th, e.period(now)), widgets.Say(" "),
		e.words(th, now, w-leadCells-a.w()-1))
}

// full says everything about the entry under the cursor.
func (e entry) full(th *theme.Theme, now time.Time, told func(string) string, person func(string) string) []widgets.Line {
	when := func(m domain.Moment) string { return plain.When(m, now) }
	head := e.name
	if !e.referral.IsZero() {
		head += ", " + e.referral.String()
	}
	if e.part != nil {
		r := e.part.Referral
		head += " " + r.Stage.Words()
		if r.AssignedTo != "" {
			head += ", with " + person(r.AssignedTo)
		}
		if b := r.Booking(); b != nil {
			head += ", booked " + when(b.When)
		}
	}
	about := "gone " + when(e.from)
	if e.part != nil {
		ep := e.part.Episode
		if ep.MissingFrom != "" {
			about += " from " + told(ep.MissingFrom)
		}
		if c := domain.Words(ep.Category); c != "" && c != domain.CategoryMissing {
			about += " (" + c + ")"
		}
	}
	if e.to.IsZero() {
		about += ", still missing after " + plain.Span(now.Sub(e.from.Time()))
	} else {
		about += ", back " + when(e.to) + ", " + plain.Span(e.to.Time().Sub(e.from.Time()))
	}
	out := []widgets.Line{widgets.Join(widgets.In(th.Strong, head), widgets.Say(": "+about))}
	if w := e.riskLine(); w != "" {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" "+w+": one interview for it asks for a reason"))
	}
	if e.parted != nil {
		out = append(out, widgets.In(th.Muted, desk.Sentence(partedHow(*e.parted, told))+", "+person(e.parted.By)))
	}
	if e.part != nil {
		c := e.part.Return
		out = append(out, widgets.Join(widgets.In(th.Label, "own 72 h "), widgets.In(desk.ClockStyle(th, c, now), desk.ClockWords(c, now)), widgets.In(th.Muted, "  "+c.Explain())))
	}
	return out
}
