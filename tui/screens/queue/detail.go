package queue

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// detailData is what is read about a row beside what stands in it.
type detailData struct {
	focus  *view.Focus // of a referral
	alerts []view.AlertRow
}

func readDetail(rd domain.Reader, r row) (d detailData, err error) {
	if r.ref != nil {
		if d.focus, err = view.ReadFocus(rd, r.ref.Referral.ID); err == nil && d.focus != nil {
			d.alerts = d.focus.Alerts
		}
		return d, err
	}
	spans, err := rd.SpansOf(r.child().ID)
	if err == nil {
		d.alerts, err = view.AlertRowsFor(rd, r.child(), spans)
	}
	return d, err
}

// focus is what was read of the focused referral; nil while it was not.
func (q *screen) focus() *view.Focus {
	d, _ := q.Detail()
	return d.focus
}

// focusOf is what was read of a referral; nil while another's was read last.
func (q *screen) focusOf(r *view.QueueRow) *view.Focus {
	if d, ok := q.LastRead(); ok && d.focus != nil && d.focus.Row.Referral.ID == r.Referral.ID {
		return d.focus
	}
	return nil
}

// detail are the lines about a row.
func (q *screen) detail(r row, w int) []widgets.Line {
	o := desk.NewWriter(q.s.Theme, w)
	q.title(o, r)
	q.othersLines(o, r)
	switch {
	case r.ref != nil:
		q.referral(o, r.ref)
	case r.missing != nil:
		q.missing(o, r.missing)
	case r.urgent != nil:
		q.urgent(o, r.urgent)
	}
	return o.Lines
}

// strip is the detail in six lines.
func (q *screen) strip(r row, w int) []widgets.Line {
	if r.ref == nil {
		return q.detail(r, w)
	}
	th, now := q.s.Theme, q.s.Now()
	o := desk.NewWriter(th, w)
	q.title(o, r)
	q.othersLines(o, r)
	q.warnings(o, r.ref.Child)
	q.movedDue(o, r.ref)
	for _, c := range desk.StillOwed(r.ref) {
		o.Say(widgets.Join(widgets.In(th.Label, domain.Words(c.Name)+" "), desk.ClockLine(th, c, now, 6), widgets.In(th.Muted, "  "+c.Explain())))
	}
	if f := q.focusOf(r.ref); f != nil && len(f.Hints) > 0 && !r.ref.Child.Hidden {
		o.Say(widgets.In(th.Info, f.Hints[0]))
	}
	return o.Lines
}

func (q *screen) title(o *desk.Writer, r row) {
	var more []string
	if r.ref != nil {
		more = []string{r.ref.Referral.ID.String(), r.ref.Stage.Words()}
	}
	o.Say(desk.TitleLine(q.s, r.child(), more...))
	if l := q.p.RestrictedLine(q.s, r.child()); l.Width() > 0 {
		o.Say(l)
	}
}

// warnings stand above everything that is done with the child.
func (q *screen) warnings(o *desk.Writer, c *domain.Child) {
	o.Say(desk.Warnings(o.Theme, c)...)
}

// mostRefs is how many episodes of an alert are named; the timeline has them all.
const mostRefs = 6

// alerts names the rules in force for the child, and which episodes make them hold.
func (q *screen) alerts(o *desk.Writer) {
	d, _ := q.LastRead()
	for _, a := range d.alerts {
		refs, more := a.Refs, ""
		if n := len(refs) - mostRefs; n > 0 {
			refs, more = refs[n:], fmt.Sprintf(" and %d before", n)
		}
		o.Say(widgets.Join(widgets.In(o.Theme.Flag, "Alert: "+domain.Words(a.Rule.Name)), widgets.In(o.Theme.Muted, ": "+strings.Join(refs, ", ")+more)))
	}
}

func (q *screen) movedDue(o *desk.Writer, r *view.QueueRow) {
	m := r.Referral.Moved
	if m == nil {
		return
	}
	now := q.s.Now()
	for _, x := range []struct {
		name     string
		was, due domain.Moment
	}{{"contact", m.Contact, r.Clocks.Contact.Due}, {"interview", m.Interview, r.Clocks.Interview.Due}} {
		if x.was != x.due {
			o.Say(widgets.In(o.Theme.Info, fmt.Sprintf("Moved: %s due %s → %s (%s)", x.name, desk.When(x.was, now), desk.When(x.due, now), m.Why)))
		}
	}
}

func (q *screen) referral(o *desk.Writer, r *view.QueueRow) {
	th, now := o.Theme, q.s.Now()
	q.warnings(o, r.Child)
	q.alerts(o)
	q.movedDue(o, r)
	for _, t := range r.Episode.Told {
		if r.Episode.Taken(t) {
			o.Say(widgets.In(th.Flag, fmt.Sprintf("A later row lowered the %s: %s → %s", domain.Words(t.Column), domain.Words(t.Known), domain.Words(t.Said))))
			continue
		}
		col, _ := domain.ColumnNamed(t.Column)
		o.Say(widgets.In(th.Info, fmt.Sprintf("The source now says %s “%s”; “%s” was set here and stays", domain.Words(t.Column), q.Told(col.Said(t.Said)), q.Told(col.Said(t.Known)))))
	}
	if r.Episode.TakenToBe {
		say := "Taken to be " + q.nameRef(r.Child) + ", by name and date of birth alone."
		if q.p.Why("child.confirm", r.Episode, r.Child) == "" {
			say += " " + q.s.Key("queue.confirm") + " confirms, " + q.s.Key("queue.move") + " moves it to another child"
		}
		o.Say(widgets.In(th.Flag, say))
		for _, w := range r.Child.WrittenOtherwise(r.Episode.ID) {
			o.Say(widgets.In(th.Flag, fmt.Sprintf("A later row has “%s” for the %s “%s”", q.Told(w.Said), domain.Words(w.Column), q.Told(w.Known))))
		}
	}
	if r.MissingNow != 0 {
		o.Say(widgets.In(th.Overdue, "Missing again now ("+r.MissingNow.String()+")"))
	}
	clocks := desk.StillOwed(r)
	if r.Clocks.Return.Due != r.Clocks.Interview.Due {
		clocks = append(clocks, r.Clocks.Return)
	}
	for _, c := range clocks {
		o.Say(widgets.Join(widgets.In(th.Label, fmt.Sprintf("%-10s", domain.Words(c.Name))), desk.ClockLine(th, c, now, 10)))
		if e := c.Explain(); e != "" {
			o.Say(widgets.In(th.Muted, e))
		}
	}
	q.clusterLines(o, r)
	f := q.focusOf(r)
	if f != nil && !r.Child.Hidden {
		q.suggestions(o, f)
	}
	q.who(o, r)
	q.card(o, r.Child)
	if f != nil {
		for i, l := range f.Worked {
			o.Pairs(desk.Pair(map[bool]string{true: "Worked", false: " "}[i == 0], l))
		}
	}
	q.episode(o, r.Episode)
	q.log(o, r.Referral)
	q.history(o, r.Referral)
	if f != nil {
		q.rest(o, f)
	}
}

func (q *screen) suggestions(o *desk.Writer, f *view.Focus) {
	th := o.Theme
	if f.Row.Stage == domain.StageNew {
		s := "Proposed: " + f.Proposed.Words()
		if q.p.Why("referral.accept", f.Row.Referral, f.Row.Child) == "" {
			s = q.s.Key("queue.accept") + " accepts for: " + f.Proposed.Words()
		}
		if f.Proposed == domain.ResponsibleTeam && f.ProposedWorker != "" {
			s += ", with " + q.Person(f.ProposedWorker) + " (" + f.WorkerWhy + ")"
		}
		if f.ProposedWhy != "" {
			s += " (" + f.ProposedWhy + ")"
		}
		o.Say(widgets.In(th.Info, s))
	}
	for _, h := range f.Hints {
		o.Say(widgets.In(th.Info, desk.Sentence(h)))
	}
	for _, a := range f.Alike {
		o.Say(widgets.In(th.Flag, fmt.Sprintf("May be %s: %s. %s shows both", q.nameRef(a.Child), a.Why, q.s.Key("queue.same"))))
	}
}

func (q *screen) who(o *desk.Writer, r *view.QueueRow) {
	who := r.Referral.Responsible.Words()
	if r.Referral.Who != "" {
		who += ", " + q.Told(r.Referral.Who)
	}
	asked := ""
	if r.Referral.AskedChild {
		asked = "asked"
		if r.Referral.Chose != "" {
			asked += ", chose " + q.Told(r.Referral.Chose)
		}
	}
	booked := ""
	if b := r.Booked; b != nil {
		booked = strings.TrimSpace(desk.When(b.When, q.s.Now()) + " " + q.Told(b.Place))
		if b.Interviewer != "" {
			booked += " with " + q.Person(b.Interviewer)
		}
	}
	late := ""
	if l := r.Referral.LateReason; l != nil {
		late = strings.TrimSpace(domain.Words(l.Reason) + " " + q.Told(l.Text))
	}
	assigned := q.Person(r.Referral.AssignedTo)
	o.Section("Interview", desk.Pair("Responsible", who), desk.Pair("With", assigned), desk.Pair("Child", asked), desk.Pair("Booked", booked), desk.Pair("Late because", late))
	if n := r.Referral.NotRequired; n != nil {
		o.Pairs(desk.Pair("Not required", domain.Words(n.Reason)+": "+q.Told(n.Text)), desk.Pair("Look again", n.LookAgainOn.String()), desk.Pair("Safe with", q.Told(n.SafeWith)),
			desk.Pair("Decided by", q.PersonAt(n.By, n.At)))
	}
	if c := r.Referral.Closing; c != nil {
		o.Pairs(desk.Pair("Closing as", c.As.Words()+": "+q.Told(c.Text)), desk.Pair("Declined by", c.DeclinedBy), desk.Pair("Decided by", q.PersonAt(c.By, c.At)))
		for _, step := range domain.ClosingSteps(c.As) {
			said := "yes"
			if to := c.StepFor(step); to != "" {
				said += ", " + domain.Words(to)
			}
			if why := c.Steps[step]; why != "" {
				said = "no: " + q.Told(why)
			}
			o.Pairs(desk.Pair(desk.Sentence(domain.Words(step)), said))
		}
	}
}

func (q *screen) missing(o *desk.Writer, m *view.MissingRow) {
	q.warnings(o, m.Child)
	q.alerts(o)
	say := "Missing for " + strings.TrimPrefix(desk.Sentence(spanWords(m)), " ")
	if m.Episode.FoundNotBack() {
		say = "Found, not back: " + say
	}
	hint := q.s.Key("queue.return") + " records the return and raises the referral"
	if m.ToClose != "" {
		say = "To close, " + m.ToClose + ": this episode has no return"
		hint = "“End the episode without a return” in the menu of all actions says how it ended; " + hint
	}
	o.Say(widgets.In(o.Theme.Strong, say), widgets.In(o.Theme.Info, hint))
	for _, id := range m.Meanwhile {
		o.Say(widgets.Say("Open meanwhile: " + id.String()))
	}
	q.episode(o, m.Episode)
	q.card(o, m.Child)
}

func (q *screen) urgent(o *desk.Writer, u *view.UrgentRow) {
	q.warnings(o, u.Child)
	o.Say(widgets.In(o.Theme.Urgent, q.Told(u.FollowUp.Text)), widgets.In(o.Theme.Muted, fmt.Sprintf("noted by %s, %s", q.PersonAt(u.FollowUp.By, u.FollowUp.At), desk.When(u.FollowUp.At, q.s.Now()))),
		passOnBy(o.Theme, u.FollowUp, q.s.Now()),
		widgets.In(o.Theme.Info, q.s.Key("queue.pass_on")+" says to whom it was passed on, and takes it off every screen"))
	q.card(o, u.Child)
}

// passOnBy says by when something urgent is to be passed on, or that it is late.
func passOnBy(th *theme.Theme, f *domain.FollowUp, now time.Time) widgets.Line {
	if f.Overdue(domain.At(now)) {
		return widgets.In(th.Overdue, "it should have been passed on by "+desk.When(f.Due, now)+", "+plain.Left(f.Due, now))
	}
	return widgets.In(th.DueSoon, "to be passed on by "+desk.When(f.Due, now)+", "+plain.Left(f.Due, now))
}
