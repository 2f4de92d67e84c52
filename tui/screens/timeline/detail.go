package timeline

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// writer collects the lines of the detail.
type writer struct {
	th    *theme.Theme
	w     int
	lines []widgets.Line
}

func (o *writer) say(l widgets.Line) { o.lines = append(o.lines, widgets.WrapLine(l, o.w)...) }

func (o *writer) head(title string) {
	o.lines = append(o.lines, widgets.Line{}, widgets.In(o.th.Group, title))
}

func (o *writer) pairs(p ...widgets.Pair) {
	p = slices.DeleteFunc(p, func(x widgets.Pair) bool { return x.Value.Width() == 0 })
	o.lines = append(o.lines, widgets.Pairs(o.th, o.w, p...)...)
}

func pair(label, value string) widgets.Pair {
	return widgets.Pair{Label: label, Value: widgets.Say(value)}
}

// focusLines are the focused entry in full: what it is, how its clocks stand and why, what was done.
func (v *screen) focusLines(w int) []widgets.Line {
	e := v.focused()
	if e == nil {
		return nil
	}
	o := &writer{th: v.s.Theme, w: max(10, w)}
	if e.event {
		v.eventLines(o, e)
	}
	if e.episode != nil {
		v.episodeLines(o, e)
	}
	return o.lines
}

func (v *screen) eventLines(o *writer, e *entry) {
	o.say(widgets.Join(widgets.In(o.th.Title, desk.When(e.at, v.s.Now())), widgets.Say("  "+desk.Sentence(v.say(e)))))
	for _, f := range v.st.followUps {
		if f.ID == e.fu {
			v.followUp(o, f)
		}
	}
	if a, ok := v.st.attempts[e.attempt]; ok && !a.TryAgain.IsZero() {
		o.pairs(pair("Try again", desk.When(a.TryAgain, v.s.Now())))
	}
}

func (v *screen) followUp(o *writer, f *domain.FollowUp) {
	now := v.s.Now()
	state := "open"
	switch {
	case !f.Open():
		state = "done " + desk.When(f.DoneAt, now)
		if f.DoneAt.Unix() > f.Due.Unix() {
			state += ", after it was due"
		}
	case now.Unix() > f.Due.Unix():
		state = "overdue"
	}
	o.pairs(pair("Follow-up", f.ID.String()+" "+domain.Words(f.Kind)+", "+state), pair("Owner", v.p.Settings().PersonName(f.Owner)), pair("Due", desk.When(f.Due, now)),
		pair("What", v.told(f.Text)), pair("Found", v.told(f.Found)), pair("Next", v.told(f.Next)))
}

func (v *screen) episodeLines(o *writer, e *entry) {
	ep, ref, now, th := e.episode, v.st.refs[e.episode.Referral], v.s.Now(), o.th
	title := ep.ShownRef() + "  " + v.length(ep)
	if ref != nil {
		title += "  " + ref.ID.String() + " " + ref.StageOn(domain.DateOf(now)).Words()
		if ref.Cluster != 0 {
			title += ", " + ref.Cluster.String()
		}
	}
	if e.event {
		o.head("Episode " + title)
	} else {
		o.say(widgets.In(th.Title, title))
	}
	switch {
	case ep.DuplicateOf != 0:
		o.say(widgets.In(th.Flag, "Duplicate of "+ep.DuplicateOf.String()+": in no count"))
	case ep.History:
		o.say(widgets.In(th.Muted, "History: recorded without raising a referral"))
	}
	if ref != nil {
		v.clocks(o, ref)
	}
	for _, f := range v.st.fortnight {
		if slices.Contains(f.Episodes, ep.ID) {
			o.say(widgets.In(th.Flag, fmt.Sprintf("One of %d: %s, up to %d in %s", len(f.Episodes), spanWords(f.From.Unix(), f.To.Unix()+1, unit{days, 2}), f.Most, windowWords(&v.p.Settings().Policy))))
		}
	}
	at := func(m domain.Moment) string {
		switch {
		case m.IsZero():
			return ""
		case m.DateOnly():
			return when(m, now) + ", time not recorded"
		}
		return when(m, now)
	}
	with := func(m domain.Moment, place string) string {
		return strings.TrimSpace(at(m) + " " + v.told(place))
	}
	from := ep.MissingFrom
	if from != "" {
		from = "from " + from
	}
	o.pairs(pair("Last seen", at(ep.LastSeenAt)), pair("Missing", with(ep.MissingAt, from)), pair("Reported", at(ep.ReportedAt)), pair("Found", with(ep.FoundAt, ep.FoundPlace)), pair("Returned", at(ep.ReturnedAt)),
		pair("Told us", at(ep.NotifiedAt)), pair("Category", since(ep.Category, at(ep.CategoryFrom))), pair("Risk", since(ep.Risk, at(ep.RiskFrom))), pair("Status", domain.Words(ep.Status)),
		pair("Police talk", v.told(ep.Prevention)), pair("Notes", v.told(ep.Notes)))
	for i, k := range ep.Categories[:max(0, len(ep.Categories)-1)] {
		o.pairs(pair("Before", since(k.Category, at(k.From))+", told here "+when(ep.Categories[i+1].At, now)+" that it is over"))
	}
	o.pairs(pair("Offered", at(ep.OfferedAt)), pair("Held", at(ep.HeldAt)), pair("Interview", v.told(view.PastInterview(ep))))
	for _, f := range ep.Flags {
		o.say(widgets.In(th.Flag, fmt.Sprintf("Flag %s: %s (%s, %s)", f.Name, v.told(f.Why), v.p.Settings().PersonAt(f.By, f.At), desk.When(f.At, now))))
	}
	if ref != nil {
		v.work(o, ref)
	}
}

// since is a word of an episode and the time from which it holds, where that is known.
func since(word, from string) string {
	if word == "" || from == "" {
		return domain.Words(word)
	}
	return domain.Words(word) + " since " + from
}

// clocks tells how a referral's clocks stand or stood, each with its reason.
func (v *screen) clocks(o *writer, ref *domain.Referral) {
	now, th, cs := v.s.Now(), o.th, v.st.clocks[ref.ID]
	list := []domain.Clock{cs.Contact, cs.Interview}
	if cs.Return.Due != cs.Interview.Due {
		list = append(list, cs.Return)
	}
	open := ref.StageOn(domain.DateOf(now)).Open()
	for _, c := range append(list, cs.WriteUp, cs.Share) {
		if c.Start.IsZero() {
			continue
		}
		line := desk.ClockLine(th, c, now, 6)
		if !open && c.Met.IsZero() { // it runs no longer: what was not met stays so
			line = widgets.In(th.Muted, "not met")
		}
		o.say(widgets.Join(widgets.In(th.Label, fmt.Sprintf("%-10s", domain.Words(c.Name))), line, widgets.In(th.Muted, "  "+c.Explain())))
	}
}

// row is the referral's row of the queue, nil when it has none.
func (v *screen) row(ref domain.ID) *view.QueueRow {
	if v.p.Queue == nil || ref == 0 {
		return nil
	}
	for r := range v.p.Queue.All() {
		if r.Referral.ID == ref {
			return r
		}
	}
	return nil
}

// work is what the team did about an episode.
func (v *screen) work(o *writer, ref *domain.Referral) {
	now, set := v.s.Now(), v.p.Settings()
	o.pairs(pair("With", set.PersonName(ref.AssignedTo)), pair("Held", heldWords(ref, v)))
	if l := ref.LateReason; l != nil {
		o.pairs(pair("Late", strings.TrimSpace(domain.Words(l.Reason)+" "+v.told(l.Text))))
	}
	if n := ref.NotRequired; n != nil {
		o.pairs(pair("Not required", domain.Words(n.Reason)+" "+v.told(n.Text)), pair("Look again", n.LookAgainOn.String()))
	}
	if c := ref.Closing; c != nil {
		o.pairs(pair("Closed as", c.As.Words()+" "+v.told(c.Text)))
	}
	if len(ref.Attempts)+len(ref.Bookings) > 0 {
		o.head("Contact and bookings")
	}
	for _, a := range slices.Backward(ref.Attempts) {
		s := fmt.Sprintf("%s  %s, %s: %s", desk.When(a.At, now), domain.Words(a.Way), domain.Words(a.With), domain.Words(a.Result))
		if a.Note != "" {
			s += ". " + v.told(a.Note)
		}
		style := o.th.Text
		if a.Struck() {
			s, style = "struck: "+s, o.th.Disabled
		}
		o.say(widgets.In(style, s+", "+set.PersonAt(a.By, a.At)))
	}
	for _, b := range slices.Backward(ref.Bookings) {
		what := "booked"
		if b.Outcome != "" {
			what = domain.Words(b.Outcome)
		}
		o.say(widgets.Say(strings.TrimSpace(fmt.Sprintf("%s  %s %s %s", desk.When(b.When, now), what, v.told(b.Place), set.PersonName(b.Interviewer)))))
	}
	first := true
	for _, f := range v.st.followUps {
		if f.Referral == ref.ID {
			if first {
				o.head("Follow-ups")
				first = false
			}
			v.followUp(o, f)
		}
	}
}

func heldWords(ref *domain.Referral, v *screen) string {
	if ref.HeldAt.IsZero() {
		return ""
	}
	return desk.When(ref.HeldAt, v.s.Now())
}
