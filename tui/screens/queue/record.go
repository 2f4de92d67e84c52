package queue

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// card is how to reach a child and what to know before doing so.
func (q *screen) card(o *writer, c *domain.Child) {
	if q.s.MaskNames {
		o.head("Card")
		o.say(widgets.In(o.th.Muted, "names and numbers are masked"))
		return
	}
	k := &c.Card
	list := func(l []domain.Line) string { return strings.Join(domain.Standing(l), ", ") }
	known := o.section("Card", pair("Phone", list(k.Phones)), pair("Carer", list(k.Carers)), pair("Carer phone", list(k.CarerPhones)),
		pair("Lives", list(k.Addresses)), pair("Placement", c.Placement), pair("Worker", k.SocialWorker), pair("Manager", k.Manager),
		pair("Prefers", strings.TrimSpace(domain.Words(k.PreferredWay)+" "+k.PreferredTime)), pair("Language", k.Language),
		pair("Needs", k.Communication), pair("Concerns", k.Concerns), pair("Safety plan", k.SafetyPlan), pair("Agencies", k.Agencies),
		pair("Summary", k.Summary))
	if !known {
		o.head("Card")
		o.say(widgets.In(o.th.Muted, "Nothing is known yet: "+q.s.Key("queue.edit_child")+" fills it in"))
	}
}

func (q *screen) episode(o *writer, e *domain.Episode) {
	now := q.s.Now()
	at := func(m domain.Moment) string {
		if m.IsZero() {
			return ""
		}
		return desk.When(m, now)
	}
	o.head("Episode " + e.ShownRef())
	area := ""
	if e.OutOfArea() {
		area = strings.TrimSpace("out of area, " + orDash(e.PlacementAuthority, ""))
	}
	o.pairs(pair("Missing", strings.TrimSpace(at(e.MissingAt)+" "+prefixed("from ", q.Told(e.MissingFrom)))), pair("Reported", at(e.ReportedAt)),
		pair("Found", strings.TrimSpace(at(e.FoundAt)+" "+q.Told(e.FoundPlace))), pair("Returned", at(e.ReturnedAt)), pair("Told us", at(e.NotifiedAt)),
		pair("Category", domain.Words(e.Category)), pair("Risk", domain.Words(e.Risk)), pair("Status", domain.Words(e.Status)), pair("Area", area),
		pair("School", q.Told(e.School)), pair("Police talk", q.Told(e.Prevention)), pair("Referrer", q.Told(e.Referrer)), pair("Notes", q.Told(e.Notes)))
	for _, f := range e.Flags {
		o.say(widgets.In(o.th.Flag, fmt.Sprintf("Flag %s: %s (%s, %s)", f.Name, q.Told(f.Why), q.Person(f.By), desk.When(f.At, now))))
	}
}

func prefixed(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func (q *screen) log(o *writer, r *domain.Referral) {
	if len(r.Attempts) == 0 {
		return
	}
	o.head("Contact")
	for _, a := range slices.Backward(r.Attempts) {
		o.say(attemptLine(o.th, a, q))
	}
}

func attemptLine(th *theme.Theme, a domain.Attempt, q *screen) widgets.Line {
	s := fmt.Sprintf("%s  %s, %s: %s", desk.When(a.At, q.s.Now()), domain.Words(a.Way), domain.Words(a.With), domain.Words(a.Result))
	if a.Note != "" {
		s += ". " + q.Told(a.Note)
	}
	if !a.TryAgain.IsZero() {
		s += " (again " + desk.When(a.TryAgain, q.s.Now()) + ")"
	}
	s += ", " + q.p.First(a.By)
	if a.Struck() {
		return widgets.In(th.Disabled, "struck: "+s+" ("+q.Told(a.StruckWhy)+")")
	}
	return widgets.In(th.Text, s)
}

func (q *screen) history(o *writer, r *domain.Referral) {
	now := q.s.Now()
	if n := len(r.Bookings); n > 0 {
		o.head("Bookings")
		for _, b := range slices.Backward(r.Bookings) {
			what := "stands"
			if b.Outcome != "" {
				what = domain.Words(b.Outcome)
			}
			o.say(widgets.Say(strings.TrimSpace(fmt.Sprintf("%s  %s %s", desk.When(b.When, now), q.Told(b.Place), what))))
		}
	}
	if len(r.Chases)+len(r.Notes) > 0 {
		o.head("Chases and notes")
		for _, c := range slices.Backward(r.Chases) {
			o.say(widgets.Say(fmt.Sprintf("%s  chased %s: %s, %s", desk.When(c.At, now), q.Told(c.Whom), q.Told(c.Note), q.p.First(c.By))))
		}
		for _, n := range slices.Backward(r.Notes) {
			said := q.p.First(n.By)
			if n.Ask {
				said += " asked " + q.p.First(n.To)
			}
			o.say(widgets.Say(fmt.Sprintf("%s  %s: %s", desk.When(n.At, now), said, q.Told(n.Text))))
			switch {
			case n.Answer != nil:
				o.say(widgets.Say(fmt.Sprintf("    answered by %s, %s: %s", q.p.First(n.Answer.By), desk.When(n.Answer.At, now), q.Told(n.Answer.Text))))
			case n.Ask:
				o.say(widgets.In(o.th.Warning, "    not answered yet"))
			}
		}
	}
	if len(r.Decisions) > 0 {
		o.head("Decisions")
		for _, d := range slices.Backward(r.Decisions) {
			s := fmt.Sprintf("%s  %s", desk.When(d.At, now), domain.Words(strings.TrimPrefix(d.Act, "referral.")))
			if d.Why != "" {
				s += ": " + q.Told(d.Why)
			}
			o.say(widgets.In(o.th.Muted, s+", "+q.p.First(d.By)))
		}
	}
}

// rest are the child's other episodes and open follow-ups.
func (q *screen) rest(o *writer, f *domain.Focus) {
	now := q.s.Now()
	if len(f.Episodes) > 1 {
		o.head(fmt.Sprintf("Other episodes %d", len(f.Episodes)-1))
		shown := 0
		for _, e := range slices.Backward(f.Episodes) {
			if e.ID == f.Row.Episode.ID || shown == 8 {
				continue
			}
			shown++
			end := "still missing"
			if !e.End.IsZero() {
				end = "to " + desk.When(e.End, now)
			}
			o.say(widgets.In(o.th.Muted, strings.TrimSpace(fmt.Sprintf("%s  %s %s %s", e.ID, desk.When(e.Start, now), end, e.Referral))))
		}
	}
	if len(f.FollowUps) > 0 {
		o.head("Follow-ups open")
		for _, u := range f.FollowUps {
			o.say(widgets.Say(fmt.Sprintf("%s %s, due %s: %s, %s", u.ID, domain.Words(u.Kind), desk.When(u.Due, now), q.Told(u.Text), q.p.First(u.Owner))))
		}
	}
}
