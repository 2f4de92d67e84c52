package desk

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// lookRound sees who is doing what now, and warns where two are about to do the same.
func (p *Program) lookRound(s *frame.Session) {
	was := p.live.present
	p.live.present = p.Present()
	p.placeOthers()
	for _, on := range p.live.forms {
		if on.form != nil {
			continue // it says so itself
		}
		for _, x := range p.With(on.id, on.child, p.clusterOf(on.id)) {
			if !slices.ContainsFunc(was, func(w view.Presence) bool { w.Session = x.Session; return w == x }) {
				s.Toast(widgets.Warn, p.DoingLine(x))
			}
		}
	}
}

// placeOthers finds in which cluster each of them is at work.
func (p *Program) placeOthers() {
	p.live.clusters = map[domain.ID]domain.ID{}
	for _, x := range p.live.present {
		if c := p.clusterOf(x.ID); c != 0 {
			p.live.clusters[x.ID] = c
		}
	}
}

// Arrive says that this session has begun; it is over with [view.Presences.Leave].
func (p *Program) Arrive() {
	p.Begin(domain.Here, 0, 0)
	p.live.present = p.Present()
	p.placeOthers()
}

// Here are the sessions open now, this one among them.
func (p *Program) Here() []view.Presence {
	return slices.DeleteFunc(slices.Clone(p.live.present), func(x view.Presence) bool { return x.Doing != domain.Here })
}

// With is what others are about to do with a record, with another of its cluster (zero for none), or by telephone with its
// child.
func (p *Program) With(id, child, cluster domain.ID) []view.Presence {
	var out []view.Presence
	for _, x := range p.live.present {
		if x.Mine || x.Doing == domain.Here {
			continue
		}
		same := x.ID == id || child != 0 && x.ID == child
		ring := x.Doing == domain.Ringing && child != 0 && x.Child == child
		if same || ring || cluster != 0 && p.live.clusters[x.ID] == cluster {
			out = append(out, x)
		}
	}
	return out
}

// clusterOf is the cluster a referral is in, or that an id names.
func (p *Program) clusterOf(id domain.ID) domain.ID {
	switch {
	case id.Kind() == domain.KindCluster:
		return id
	case id.Kind() != domain.KindReferral || p.Queue == nil:
		return 0
	}
	for i := range p.Queue.Rows {
		if r := p.Queue.Rows[i].Referral; r.ID == id {
			return r.Cluster
		}
	}
	return 0
}

// DoingLine says in full what somebody is about to do: "Dee is ringing this child since 10:41".
func (p *Program) DoingLine(x view.Presence) string {
	who, is := p.First(x.Login), " is "
	if x.Login == p.Actor().Login {
		who, is = "You", " are "
	}
	what := ""
	switch x.Doing {
	case domain.Ringing:
		what = " this child"
	case domain.Arranging:
		what = " the interview"
	case domain.Writing:
		what = " the record"
	case domain.Editing:
		what = " what is known"
	case domain.Deciding:
		what = " about " + x.ID.String()
		if x.ID.Kind() == domain.KindChild {
			what = " about this child"
		}
	default: // Here: about nothing in particular
	}
	out := who + is + string(x.Doing) + what + " since " + x.Since.In(domain.London()).Format("15:04")
	if x.Login == p.Actor().Login {
		out += ", in another window"
	}
	return out
}

// doingRoom is how wide the words of a row may be.
const doingRoom = 15

// DoingWords is the same for a row of a list: "Dee is ringing", with less room "Oluwaseun rings".
func (p *Program) DoingWords(x view.Presence) string {
	who, is := p.First(x.Login), " is "
	if x.Login == p.Actor().Login {
		who, is = "you", " are "
	}
	if out := who + is + string(x.Doing); widgets.Width(out) <= doingRoom {
		return out
	}
	verb := " " + x.Doing.Verb()
	return widgets.Cut(who, doingRoom-widgets.Width(verb), "…") + verb
}

// WhoIsHere lists the sessions, since when they are open, and what each is doing.
func (p *Program) WhoIsHere(s *frame.Session) tea.Cmd {
	p.live.present = p.Present()
	var lines []widgets.Line
	for _, x := range p.Here() {
		line := widgets.Join(widgets.In(s.Theme.Strong, x.Name), widgets.In(s.Theme.Muted, ", "+string(x.Role)+", since "+When(domain.At(x.Since), s.Now())))
		if x.Mine {
			line = widgets.Join(line, widgets.In(s.Theme.Muted, " (this window)"))
		}
		lines = append(lines, line)
		for _, d := range p.live.present {
			if d.Session == x.Session && d.Doing != domain.Here {
				lines = append(lines, widgets.In(s.Theme.Info, "  "+string(d.Doing)+", "+d.ID.String()+", since "+When(domain.At(d.Since), s.Now())))
			}
		}
	}
	if lines == nil {
		lines = []widgets.Line{widgets.Say("Nobody but you.")}
	}
	return s.Open(frame.Reader(s, "Who is here", frame.Centre, lines...), nil)
}
