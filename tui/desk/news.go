package desk

import (
	"slices"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// News is what others did to the row one looks at, since one looked at it last. The zero value has none.
type News struct {
	of     string
	events []view.Event
}

// newsMost is how many changes a detail tells of.
const newsMost = 3

// Look says that the row of a name, which stands for some records, is looked at now: their marks go, and what they stood for
// is its news.
func (p *Program) Look(n *News, of string, records ...domain.ID) {
	if n.of != of {
		n.of, n.events = of, nil
	}
	for _, id := range records {
		e, marked := p.live.marks[id]
		if !marked {
			continue
		}
		delete(p.live.marks, id)
		if !slices.ContainsFunc(n.events, func(x view.Event) bool { return x.Change == e.Change }) {
			n.events = append(n.events, e)
		}
	}
	n.events = n.events[max(0, len(n.events)-newsMost):]
}

// Marked says that others changed one of these records since this session looked at it.
func (p *Program) Marked(records ...domain.ID) bool {
	return slices.ContainsFunc(records, func(id domain.ID) bool { _, marked := p.live.marks[id]; return marked })
}

// OthersLines tell in a row's detail who is about to do something with it, and its news. Cluster is the row's, zero for none.
func (p *Program) OthersLines(s *frame.Session, n *News, of string, id, child, cluster domain.ID) []widgets.Line {
	th := s.Theme
	var out []widgets.Line
	for _, x := range p.With(id, child, cluster) {
		out = append(out, widgets.In(th.DueSoon, th.Glyphs.Warn+" "+p.DoingLine(x)))
	}
	if n.of == of {
		for _, e := range n.events {
			out = append(out, widgets.In(th.Info, th.Glyphs.Bullet+" "+p.saidBy(s, e)))
		}
	}
	return out
}

// marksKept is from how many marks on those are dropped whose rows have left the queue.
const marksKept = 500

// pruneMarks drops the marks of what is on no row any more.
func (p *Program) pruneMarks() {
	if len(p.live.marks) < marksKept {
		return
	}
	on := map[domain.ID]bool{}
	for r := range p.Queue.All() {
		on[r.Referral.ID], on[r.Episode.ID] = true, true
	}
	for _, rows := range [][]view.MissingRow{p.Queue.Missing, p.Queue.ToClose} {
		for i := range rows {
			on[rows[i].Episode.ID] = true
		}
	}
	for id := range p.live.marks {
		if !on[id] && id.Kind() != domain.KindFollowUp {
			delete(p.live.marks, id)
		}
	}
}
