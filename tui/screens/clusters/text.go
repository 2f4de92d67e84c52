package clusters

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/widgets"
)

// below is what is read below the fortnight; brief where there are few lines for it.
func (c *screen) below(r row, around *around, list []entry, warn []widgets.Line, w int, brief bool) []widgets.Line {
	th, now := c.s.Theme, c.s.Now()
	o := desk.NewWriter(th, w)
	if c.inside && len(list) > 0 {
		o.Say(list[c.cursor(list)].full(th, now, c.Told, c.Person)...)
	}
	if next := c.next(r); next != nil {
		var seen *domain.Preview
		if around != nil && around.about == desk.ActLine(next.act) {
			seen = around.seen
		}
		switch {
		case brief && len(o.Lines) == 0: // its first line says what it is
		case next.kind == adding:
			o.Head("What adding " + next.moves[0].part.Episode.ShownRef() + " would change")
		case r.State == view.ClusterDismissed:
			o.Head("What accepting it after all would change")
		default:
			o.Head("What accepting would change")
		}
		o.Say(next.effect(th, seen, now, c.Person, c.Told, brief)...)
		if next.asks != nil {
			o.Say(widgets.In(th.Info, "It asks for a reason: "+strings.Join(next.asks, "; ")))
		}
	} else if r.Cluster == nil {
		o.Head("What accepting would change")
		o.Say(widgets.In(th.Warning, c.tooFew(r)))
	}
	if r.Cluster != nil {
		o.Head("One interview")
		o.Pairs(c.standing(r, around)...)
	}
	if d := r.Dismissed; d != nil {
		o.Head("Dismissed")
		o.Say(widgets.Say(c.PersonAt(d.By, d.At) + ", " + plain.When(d.At, now) + ": " + c.Told(d.Why)))
	}
	o.Head("Why they fit")
	o.Pairs(c.why(r)...)
	if len(warn) > 0 {
		o.Head("Look at")
		o.Say(warn...)
	}
	return o.Lines
}

// why the members fit one interview, a reason a line.
func (c *screen) why(r row) []widgets.Pair {
	p, now := &c.p.Settings().Policy, c.s.Now()
	in, _ := choose(r, c.out[rowID(r)])
	a := c.axis(r, 80)
	var last domain.Moment
	for _, m := range in {
		if m.Episode.ReturnedAt.Unix() > last.Unix() {
			last = m.Episode.ReturnedAt
		}
	}
	fits := "within"
	if last.Time().After(a.till) {
		fits = "after"
	}
	return []widgets.Pair{
		desk.Pair("Episodes", fmt.Sprintf("%d, and at least %d are needed (policy cluster_min)", len(in), p.ClusterMin)),
		desk.Pair("First", plain.When(domain.At(a.from), now)+" opens the window"),
		desk.Pair("Last back", fmt.Sprintf("%s, %s the %d days that end %s (policy cluster_window, S3)", plain.When(last, now), fits, p.ClusterWindow, plain.When(domain.At(a.till), now))),
		desk.Pair("Interview", c.one(r).Explain()),
	}
}

// standing is what a cluster's members have in common, and what that means.
func (c *screen) standing(r row, around *around) []widgets.Pair {
	now := c.s.Now()
	by := c.PersonAt(r.Cluster.By, r.Cluster.At) + ", " + plain.When(r.Cluster.At, now)
	if w := r.Cluster.Reason; w != "" {
		by += ": " + c.Told(w)
	}
	out := []widgets.Pair{desk.Pair("Accepted", by)}
	if len(r.Members) > 0 { // what is written to one is written to all
		m := r.Members[0].Referral
		for _, o := range r.Members { // one that waits for sign-off by itself does not speak for the others
			if o.Referral.Stage != domain.StageToApprove {
				m = o.Referral
				break
			}
		}
		stage := m.Stage.Words()
		if m.AssignedTo != "" {
			stage += ", with " + c.Person(m.AssignedTo)
		}
		out = append(out, desk.Pair("Stage", stage))
		if b := m.Booking(); b != nil {
			out = append(out, desk.Pair("Booked", strings.TrimSpace(plain.When(b.When, now)+" "+c.Told(b.Place))))
		}
	}
	for _, was := range r.Cluster.Parted {
		name := was.Episode.String()
		if p := around.part(was.Episode); p != nil {
			name = p.Episode.ShownRef()
		}
		out = append(out, desk.Pair("Without", name+", "+partedHow(was, c.Told)+" ("+c.PersonAt(was.By, was.At)+", "+plain.When(was.At, now)+")"))
	}
	if r.State == view.ClusterAccepted && c.next(r) == nil {
		out = append(out, desk.Pair("Meaning", desk.Sentence(fallsOn(len(r.Members)))))
	}
	return out
}
