package clusters

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// kind is what is decided about a row.
type kind int

const (
	accepting kind = iota
	dismissing
	adding
	leavingOut
	breakingUp
)

// unwritten stands for a reason that is still to be written, so that what an act would do can be told before.
const unwritten = "…"

// decision is one act about a row, with the due times it moves.
type decision struct {
	kind  kind
	row   row
	act   domain.Envelope
	moves []move
	// Of the one interview afterwards: its clock and how many episodes it covers.
	one    domain.Clock
	covers int
	left   []*view.ClusterPart // taken out before accepting
	// asks is why a reason has to be given; empty: none has to.
	asks []string
}

// move is a due time before and after.
type move struct {
	part    *view.ClusterPart
	was, is domain.Clock
}

// together is the clock of one interview for some episodes: with how many these are.
func together(parts []*view.ClusterPart) (domain.Clock, int) {
	own := make([]domain.Clock, len(parts))
	for i, p := range parts {
		own[i] = p.Own
	}
	return domain.OneInterview(own), len(parts)
}

// choose parts a suggestion's members into those in and those taken out.
func choose(r row, out map[domain.ID]bool) (in, left []*view.ClusterPart) {
	for i := range r.Members {
		if m := &r.Members[i]; r.Cluster == nil && out[m.Episode.ID] {
			left = append(left, m)
		} else {
			in = append(in, m)
		}
	}
	return in, left
}

// names are the police references of episodes, as an act gives them.
func names(parts []*view.ClusterPart) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p.Episode.ShownRef())
	}
	return out
}

// whyAsked says of each episode at risk that a reason is asked for it (DOMAIN §5).
func whyAsked(parts []*view.ClusterPart) []string {
	var out []string
	for _, p := range parts {
		var e entry
		e.about(p.Episode)
		if e.asks() {
			out = append(out, p.Episode.ShownRef()+" "+e.riskLine())
		}
	}
	return out
}

// version of the record that an act about a row names.
func envelope(r row, act domain.Act) domain.Envelope {
	return domain.Envelope{Act: act, Version: r.Version()}
}

func accept(r row, out map[domain.ID]bool) *decision {
	in, left := choose(r, out)
	d := &decision{kind: accepting, row: r, left: left}
	d.one, d.covers = together(in)
	for _, p := range in {
		d.moves = append(d.moves, move{p, p.Own, d.one})
	}
	if left != nil {
		d.asks = append(d.asks, strings.Join(names(left), ", ")+" left out")
	}
	d.asks = append(d.asks, whyAsked(in)...)
	a := &domain.AcceptCluster{ChildRef: r.Child.ShownRef(), Episodes: names(in)}
	if d.asks != nil {
		a.Reason = unwritten
	}
	d.act = envelope(r, a)
	return d
}

func dismiss(r row) *decision {
	all, _ := choose(r, nil)
	d := &decision{kind: dismissing, row: r, covers: len(all), one: r.Interview, asks: []string{"why an interview each"}}
	for _, p := range all {
		d.moves = append(d.moves, move{p, p.Own, p.Own})
	}
	d.act = envelope(r, &domain.DismissCluster{ChildRef: r.Child.ShownRef(), Episodes: names(all), Reason: unwritten})
	return d
}

func add(r row, p *view.ClusterPart) *decision {
	all, _ := choose(r, nil)
	d := &decision{kind: adding, row: r, asks: whyAsked([]*view.ClusterPart{p})}
	d.one, d.covers = together(append(slices.Clone(all), p))
	d.moves = []move{{p, p.Own, d.one}}
	a := &domain.AddToCluster{Cluster: r.Cluster.ID.String(), Episode: p.Episode.ShownRef()}
	if d.asks != nil {
		a.Reason = unwritten
	}
	d.act = envelope(r, a)
	return d
}

func leaveOut(r row, p *view.ClusterPart) *decision {
	var rest []*view.ClusterPart
	for i := range r.Members {
		if m := &r.Members[i]; m.Episode.ID != p.Episode.ID {
			rest = append(rest, m)
		}
	}
	d := &decision{kind: leavingOut, row: r, asks: []string{"why it is left out"}}
	d.one, d.covers = together(rest)
	d.moves = []move{{p, r.Interview, p.Own}}
	d.act = envelope(r, &domain.LeaveOut{Cluster: r.Cluster.ID.String(), Episode: p.Episode.ShownRef(), Reason: unwritten})
	return d
}

func breakUp(r row) *decision {
	all, _ := choose(r, nil)
	d := &decision{kind: breakingUp, row: r, covers: len(all), one: r.Interview, asks: []string{"why an interview each"}}
	for _, p := range all {
		d.moves = append(d.moves, move{p, r.Interview, p.Own})
	}
	d.act = envelope(r, &domain.BreakUp{Cluster: r.Cluster.ID.String(), Reason: unwritten})
	return d
}

// because is the act with the reason somebody wrote.
func (d *decision) because(why string) domain.Envelope {
	if why == "" {
		return d.act
	}
	e := d.act
	switch a := e.Act.(type) {
	case *domain.AcceptCluster:
		n := *a
		n.Reason, e.Act = why, &n
	case *domain.DismissCluster:
		n := *a
		n.Reason, e.Act = why, &n
	case *domain.AddToCluster:
		n := *a
		n.Reason, e.Act = why, &n
	case *domain.LeaveOut:
		n := *a
		n.Reason, e.Act = why, &n
	case *domain.BreakUp:
		n := *a
		n.Reason, e.Act = why, &n
	}
	return e
}

// title of the form that asks for the reason.
func (d *decision) title() string {
	switch d.kind {
	case accepting:
		return fmt.Sprintf("one interview for %d episodes", d.covers)
	case dismissing:
		return fmt.Sprintf("dismiss, %d interviews, one each", d.covers)
	case adding:
		return fmt.Sprintf("add %s to %s", d.moves[0].part.Episode.ShownRef(), d.row.Cluster.ID)
	case leavingOut:
		return fmt.Sprintf("leave %s out of %s", d.moves[0].part.Episode.ShownRef(), d.row.Cluster.ID)
	default: // breaking it up
	}
	return fmt.Sprintf("break up %s", d.row.Cluster.ID)
}

// draft names the unfinished reason: the same decision about the same episodes brings it back.
func (d *decision) draft() string {
	s := d.act.Act.Name() + " " + rowID(d.row)
	switch a := d.act.Act.(type) {
	case *domain.AcceptCluster:
		s += " " + strings.Join(a.Episodes, " ")
	case *domain.AddToCluster:
		s += " " + a.Episode
	case *domain.LeaveOut:
		s += " " + a.Episode
	}
	return s
}
