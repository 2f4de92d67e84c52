package queue

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// detailData is what stands beside the list about one row.
type detailData struct {
	id      string
	row     row
	focus   *view.Focus // of a referral
	episode *domain.Episode
	alike   []domain.PossibleDuplicate
	alerts  []view.AlertRow
}

func readDetail(ctx context.Context, p *desk.Program, r row) (detailData, error) {
	d := detailData{id: r.id(), row: r, episode: r.episode()}
	err := p.Ask(ctx, func(rd domain.Reader) (err error) {
		if r.ref != nil {
			if d.focus, err = view.ReadFocus(rd, r.ref.Referral.ID); err == nil && d.focus != nil {
				d.alerts = d.focus.Alerts
			}
			return err
		}
		spans, err := rd.SpansOf(r.child().ID)
		if err != nil {
			return err
		}
		if d.alerts, err = view.AlertRowsFor(rd, r.child(), spans); err != nil {
			return err
		}
		d.alike, err = domain.PossibleDuplicates(rd, r.child())
		return err
	})
	return d, err
}

// writer collects the lines of the detail.
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

func (o *writer) head(title string) {
	if len(o.lines) > 0 {
		o.lines = append(o.lines, widgets.Line{})
	}
	o.lines = append(o.lines, widgets.In(o.th.Group, title))
}

// section is a heading with pairs; nothing at all where every value is blank.
func (o *writer) section(title string, p ...widgets.Pair) bool {
	for _, x := range p {
		if x.Value.Width() > 0 {
			o.head(title)
			o.pairs(p...)
			return true
		}
	}
	return false
}

func (o *writer) pairs(p ...widgets.Pair) {
	p = slices.DeleteFunc(p, func(x widgets.Pair) bool { return len(x.Value) == 0 || x.Value.Width() == 0 })
	o.lines = append(o.lines, widgets.Pairs(o.th, o.w, p...)...)
}

func pair(label, value string) widgets.Pair {
	return widgets.Pair{Label: label, Value: widgets.Say(value)}
}

// settled is the row the detail speaks of: the one last read, until the cursor rests on another. A pane that followed
// every key would cost a slow line ten times what the list does.
func (q *screen) settled() (row, bool) {
	if _, ok := q.focused(); ok && q.focus.id != "" {
		return q.focus.row, true
	}
	return q.focused()
}

// detailView draws the focused row's detail; it scrolls when it has the page to itself.
func (q *screen) detailView(w, h int) string {
	r, ok := q.settled()
	if !ok {
		return notice(q.s.Theme, w, "", "")
	}
	o := &writer{th: q.s.Theme, w: w}
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
	q.detail.SetLines(o.lines...)
	return q.detail.View(q.s.Theme, w, h)
}

// stillOwed are the clocks that matter at a row's stage: contact and interview before it, what follows after it.
func stillOwed(r *view.QueueRow) []domain.Clock {
	if r.Referral.HeldAt.IsZero() {
		return []domain.Clock{r.Clocks.Contact, r.Clocks.Interview}
	}
	return []domain.Clock{r.Clocks.Share, r.Clocks.WriteUp, r.Clocks.Interview}
}

// strip is the detail in six lines.
func (q *screen) strip(w, h int) string {
	r, ok := q.settled()
	if !ok {
		return ""
	}
	th, now := q.s.Theme, q.s.Now()
	o := &writer{th: th, w: w}
	q.title(o, r)
	q.othersLines(o, r)
	switch {
	case r.ref != nil:
		q.warnings(o, r.ref.Child)
		q.movedDue(o, r.ref)
		for _, c := range stillOwed(r.ref) {
			o.say(widgets.Join(widgets.In(th.Label, c.Name+" "), desk.ClockLine(th, c, now, 6), widgets.In(th.Muted, "  "+c.Explain())))
		}
		if f := q.focus.focus; q.focus.id == r.id() && f != nil && len(f.Hints) > 0 {
			o.say(widgets.In(th.Info, f.Hints[0]))
		}
	case r.missing != nil:
		q.missing(o, r.missing)
	case r.urgent != nil:
		q.urgent(o, r.urgent)
	}
	var b strings.Builder
	for _, l := range o.lines[:min(h, len(o.lines))] {
		b.WriteString(l.Paint(th, w) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (q *screen) title(o *writer, r row) {
	var more []string
	if r.ref != nil {
		more = []string{r.ref.Referral.ID.String(), r.ref.Stage.Words()}
	}
	o.say(desk.TitleLine(q.s, r.child(), more...))
}

// warnings stand above everything that is done with the child.
func (q *screen) warnings(o *writer, c *domain.Child) {
	o.say(desk.Warnings(o.th, c)...)
}

// mostRefs is how many episodes of an alert are named; the timeline has them all.
const mostRefs = 6

// alerts names the rules in force for the child, and which episodes make them hold.
func (q *screen) alerts(o *writer) {
	for _, a := range q.focus.alerts {
		refs, more := a.Refs, ""
		if n := len(refs) - mostRefs; n > 0 {
			refs, more = refs[n:], fmt.Sprintf(" and %d before", n)
		}
		o.say(widgets.Join(widgets.In(o.th.Flag, "Alert: "+domain.Words(a.Rule.Name)), widgets.In(o.th.Muted, ": "+strings.Join(refs, ", ")+more)))
	}
}

func (q *screen) movedDue(o *writer, r *view.QueueRow) {
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
			o.say(widgets.In(o.th.Info, fmt.Sprintf("Moved: %s due %s → %s (%s)", x.name, desk.When(x.was, now), desk.When(x.due, now), m.Why)))
		}
	}
}

func (q *screen) referral(o *writer, r *view.QueueRow) {
	th, now := o.th, q.s.Now()
	q.warnings(o, r.Child)
	q.alerts(o)
	q.movedDue(o, r)
	for _, t := range r.Episode.Told {
		o.say(widgets.In(th.Info, fmt.Sprintf("The source now says %s “%s”; “%s” was set here and stays", domain.Words(t.Column), q.told(t.Said), q.told(t.Known))))
	}
	if r.MissingNow != 0 {
		o.say(widgets.In(th.Overdue, "Missing again now ("+r.MissingNow.String()+")"))
	}
	clocks := stillOwed(r)
	if r.Clocks.Return.Due != r.Clocks.Interview.Due {
		clocks = append(clocks, r.Clocks.Return)
	}
	for _, c := range clocks {
		o.say(widgets.Join(widgets.In(th.Label, fmt.Sprintf("%-10s", c.Name)), desk.ClockLine(th, c, now, 10)))
		if e := c.Explain(); e != "" {
			o.say(widgets.In(th.Muted, e))
		}
	}
	q.clusterLines(o, r)
	f := q.focus.focus
	if f != nil && f.Row.Referral.ID != r.Referral.ID {
		f = nil
	}
	if f != nil {
		q.suggestions(o, f)
	}
	q.who(o, r)
	q.card(o, r.Child)
	if f != nil {
		for i, l := range f.Worked {
			o.pairs(pair(map[bool]string{true: "Worked", false: " "}[i == 0], l))
		}
	}
	q.episode(o, r.Episode)
	q.log(o, r.Referral)
	q.history(o, r.Referral)
	if f != nil {
		q.rest(o, f)
	}
}

func (q *screen) suggestions(o *writer, f *view.Focus) {
	th := o.th
	if f.Row.Stage == domain.StageNew {
		s := "Proposed: " + f.Proposed.Words()
		if _, may := q.p.Actor().Role.May("referral.accept"); may {
			s = q.s.Key("queue.accept") + " accepts for: " + f.Proposed.Words()
		}
		if f.Proposed == domain.ResponsibleTeam && f.ProposedWorker != "" {
			s += ", with " + q.p.Settings().PersonName(f.ProposedWorker) + " (" + f.WorkerWhy + ")"
		}
		if f.ProposedWhy != "" {
			s += " (" + f.ProposedWhy + ")"
		}
		o.say(widgets.In(th.Info, s))
	}
	for _, h := range f.Hints {
		o.say(widgets.In(th.Info, desk.Sentence(h)))
	}
	for _, a := range f.Alike {
		o.say(widgets.In(th.Flag, fmt.Sprintf("May be %s: %s. %s shows both", q.nameRef(a.Child), a.Why, q.s.Key("queue.same"))))
	}
}

func (q *screen) who(o *writer, r *view.QueueRow) {
	who := r.Referral.Responsible.Words()
	if r.Referral.Who != "" {
		who += ", " + q.told(r.Referral.Who)
	}
	asked := ""
	if r.Referral.AskedChild {
		asked = "asked"
		if r.Referral.Chose != "" {
			asked += ", chose " + q.told(r.Referral.Chose)
		}
	}
	booked := ""
	if b := r.Booked; b != nil {
		booked = strings.TrimSpace(desk.When(b.When, q.s.Now()) + " " + q.told(b.Place))
		if b.Interviewer != "" {
			booked += " with " + q.p.Settings().PersonName(b.Interviewer)
		}
	}
	late := ""
	if l := r.Referral.LateReason; l != nil {
		late = strings.TrimSpace(domain.Words(l.Reason) + " " + q.told(l.Text))
	}
	assigned := q.p.Settings().PersonName(r.Referral.AssignedTo)
	o.section("Interview", pair("Responsible", who), pair("With", assigned), pair("Child", asked), pair("Booked", booked), pair("Late because", late))
	if n := r.Referral.NotRequired; n != nil {
		o.pairs(pair("Not required", domain.Words(n.Reason)+": "+q.told(n.Text)), pair("Look again", n.LookAgainOn.String()), pair("Safe with", q.told(n.SafeWith)),
			pair("Decided by", q.p.Settings().PersonName(n.By)))
	}
	if c := r.Referral.Closing; c != nil {
		o.pairs(pair("Closing as", c.As.Words()+": "+q.told(c.Text)), pair("Declined by", c.DeclinedBy), pair("Decided by", q.p.Settings().PersonName(c.By)))
		for _, step := range domain.ClosingSteps(c.As) {
			said := "yes"
			if why := c.Steps[step]; why != "" {
				said = "no: " + q.told(why)
			}
			o.pairs(pair(desk.Sentence(domain.Words(step)), said))
		}
	}
}

func (q *screen) missing(o *writer, m *view.MissingRow) {
	q.warnings(o, m.Child)
	q.alerts(o)
	say := "Missing for " + strings.TrimPrefix(desk.Sentence(spanWords(m)), " ")
	if m.Episode.FoundNotBack() {
		say = "Found, not back: " + say
	}
	o.say(widgets.In(o.th.Strong, say), widgets.In(o.th.Info, q.s.Key("queue.return")+" records the return and raises the referral"))
	for _, id := range m.Meanwhile {
		o.say(widgets.Say("Open meanwhile: " + id.String()))
	}
	q.episode(o, m.Episode)
	q.card(o, m.Child)
}

func (q *screen) urgent(o *writer, u *view.UrgentRow) {
	q.warnings(o, u.Child)
	o.say(widgets.In(o.th.Urgent, q.told(u.FollowUp.Text)), widgets.In(o.th.Muted, fmt.Sprintf("noted by %s, %s", q.p.Settings().PersonName(u.FollowUp.By), desk.When(u.FollowUp.At, q.s.Now()))),
		widgets.In(o.th.Info, q.s.Key("queue.pass_on")+" says to whom it was passed on, and takes it off every screen"))
	q.card(o, u.Child)
}
