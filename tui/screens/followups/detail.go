package followups

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/lists"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// detail are the lines about a follow-up.
func (c *screen) detail(r row, w int) []widgets.Line {
	th := c.s.Theme
	lines := append([]widgets.Line{desk.TitleLine(c.s, r.Child, r.FollowUp.ID.String())}, c.warnings(th, r)...)
	lines = append(lines, c.standsLine(th, r), widgets.Line{})
	return append(lines, c.below(r, w)...)
}

// strip is the detail in a few lines: whose, what to know first, how it stands, what it is.
func (c *screen) strip(r row, w int) []widgets.Line {
	th := c.s.Theme
	lines := []widgets.Line{desk.TitleLine(c.s, r.Child, r.FollowUp.ID.String())}
	if warn := c.warnings(th, r); len(warn) > 1 {
		lines = append(lines, widgets.Join(warn[0], widgets.In(th.Muted, fmt.Sprintf("   and %d more", len(warn)-1))))
	} else {
		lines = append(lines, warn...)
	}
	return append(append(lines, c.standsLine(th, r)), desk.Dense(w, c.below(r, w)...)...)
}

// standsLine says what kind it is, when it is due and how that stands.
func (c *screen) standsLine(th *theme.Theme, r row) widgets.Line {
	f, now := r.FollowUp, c.s.Now()
	kind := widgets.In(th.Strong, desk.Sentence(domain.Words(f.Kind)))
	var how widgets.Line
	switch {
	case f.Dropped != nil:
		how = widgets.In(th.Muted, ", dropped "+plain.When(f.Dropped.At, now)+", was due "+plain.When(f.Due, now))
	case f.DoneAt != 0:
		how = widgets.In(th.Met, ", done "+plain.When(f.DoneAt, now)+", was due "+plain.When(f.Due, now))
	case f.Kind == domain.FollowUrgent:
		how = widgets.In(th.Urgent, ", noted "+plain.Since(f.At, now)+" ago, pass it on by "+plain.When(f.Due, now))
	default:
		how = widgets.Join(widgets.Say(", due "+plain.When(f.Due, now)+", "), widgets.In(lists.DueStyle(th, r, now), plain.Left(f.Due, now)))
	}
	line := widgets.Join(kind, how)
	if words := lists.MissedWords(r); words != "" {
		line = widgets.Join(line, widgets.In(th.Warning, "; "+words))
	}
	return line
}

// warnings stand above everything that is done for the child.
func (c *screen) warnings(th *theme.Theme, r row) []widgets.Line {
	out := desk.Warnings(th, r.Child)
	out = append(out, c.Others(r, r.FollowUp.ID, 0)...)
	if r.FollowUp.Open() && r.MissingNow != 0 {
		out = append(out, widgets.In(th.Overdue, th.Glyphs.Warn+" Missing again now ("+r.MissingNow.String()+"): "+c.s.Keys.Hint("followups.redate")+" gives it another time"))
	}
	return out
}

// raisedBy says where a follow-up comes from; the interview is known once the detail was read.
func (c *screen) raisedBy(r row) string {
	f, now := r.FollowUp, c.s.Now()
	by := c.PersonAt(f.By, f.At) + " " + plain.When(f.At, now)
	switch {
	case f.Interview != 0:
		held := f.Interview.String()
		if v, _ := c.Detail(); v != nil && v.FollowUp.ID == f.ID && v.Interview != nil && v.Interview.HeldAt != 0 {
			held = "held " + plain.When(v.Interview.HeldAt, now) + " by " + c.Person(v.Interview.Interviewer) + " (" + held + ")"
		}
		return "the interview " + held + "; " + by
	case r.Referral != nil && f.Kind == domain.FollowLeadTold:
		return "closing " + r.Referral.ID.String() + " as " + r.Referral.Stage.Words() + "; " + by
	}
	return by + ", by hand"
}

// below are the lines under the head: what, for whom, its story, how to reach them.
func (c *screen) below(r row, w int) []widgets.Line {
	th, now, f := c.s.Theme, c.s.Now(), r.FollowUp
	o := desk.NewWriter(th, w)
	o.Say(widgets.Say(c.Told(f.Text)), widgets.Line{})
	ref := ""
	if r.Referral != nil {
		ref = r.Referral.ID.String() + ", " + r.Referral.StageOn(domain.DateOf(now)).Words()
		if r.Referral.AssignedTo != "" {
			ref += ", with " + c.Person(r.Referral.AssignedTo)
		}
	}
	o.Pairs(desk.Pair("Owner", c.Person(f.Owner)), desk.Pair("From", c.raisedBy(r)), desk.Pair("Referral", ref))
	if f.DoneAt != 0 {
		o.Head("Done by " + c.PersonAt(f.DoneBy, f.DoneAt) + ", " + plain.When(f.DoneAt, now))
		o.Pairs(desk.Pair("Found", c.Told(f.Found)), desk.Pair("Next", c.Told(f.Next)))
	}
	if d := f.Dropped; d != nil {
		o.Head("Dropped by " + c.PersonAt(d.By, d.At) + ", " + plain.When(d.At, now))
		o.Say(widgets.Say(c.Told(d.Why)))
	}
	if len(f.Redates) > 0 {
		o.Head("Re-dated")
		for _, d := range slices.Backward(f.Redates) {
			style, missed := th.Text, ""
			if d.At.Unix() > d.From.Unix() {
				style, missed = th.Warning, ", missed by then"
			}
			o.Say(widgets.In(style, plain.When(d.From, now)+" → "+plain.When(d.To, now)+missed),
				widgets.In(th.Muted, "  "+c.Told(d.Why)+" ("+c.p.First(d.By)+", "+plain.When(d.At, now)+")"))
		}
	}
	if len(f.Attempts) > 0 {
		o.Head("Tried")
		for _, a := range slices.Backward(f.Attempts) {
			o.Say(c.p.AttemptLine(c.s, a))
		}
	}
	o.Head("How to reach them")
	reach := desk.Reach(c.s, r.Child)
	if len(reach) == 0 {
		reach = []widgets.Line{widgets.In(th.Muted, "nothing is known yet")}
	}
	o.Say(reach...)
	if !c.s.MaskNames {
		k := &r.Child.Card
		o.Pairs(desk.Pair("Lives", strings.Join(domain.Standing(k.Addresses), ", ")), desk.Pair("Placement", r.Child.Placement), desk.Pair("Worker", k.SocialWorker), desk.Pair("Manager", k.Manager))
	}
	return o.Lines
}
