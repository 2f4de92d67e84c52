package queue

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// card is how to reach a child and what to know before doing so.
func (q *screen) card(o *desk.Writer, c *domain.Child) {
	if c.Hidden {
		return // its line above says who may see it
	}
	if q.s.MaskNames {
		o.Head("Card")
		o.Say(widgets.In(o.Theme.Muted, "names and numbers are masked"))
		return
	}
	k := &c.Card
	list := func(l []domain.Line) string { return strings.Join(domain.Standing(l), ", ") }
	known := o.Section("Card", desk.Pair("Phone", list(k.Phones)), desk.Pair("Carer", list(k.Carers)), desk.Pair("Carer phone", list(k.CarerPhones)),
		desk.Pair("Lives", list(k.Addresses)), desk.Pair("Placement", c.Placement), desk.Pair("Worker", k.SocialWorker), desk.Pair("Manager", k.Manager),
		desk.Pair("Prefers", strings.TrimSpace(domain.Words(k.PreferredWay)+" "+k.PreferredTime)), desk.Pair("Language", k.Language),
		desk.Pair("Interpreter", k.Interpreter), desk.Pair("Needs", k.Communication), desk.Pair("Disability", c.Disability), desk.Pair("Ethnicity", c.Ethnicity),
		desk.Pair("NHS number", c.NHSNumber), desk.Pair("Concerns", k.Concerns), desk.Pair("Safety plan", k.SafetyPlan), desk.Pair("Agencies", k.Agencies),
		desk.Pair("Summary", k.Summary))
	if !known {
		o.Head("Card")
		o.Say(widgets.In(o.Theme.Muted, "Nothing is known yet: "+q.s.Key("queue.edit_child")+" fills it in"))
	}
}

func (q *screen) episode(o *desk.Writer, e *domain.Episode) {
	now := q.s.Now()
	at := func(m domain.Moment) string {
		if m.IsZero() {
			return ""
		}
		return desk.When(m, now)
	}
	o.Head("Episode " + e.ShownRef())
	area := ""
	team := &q.p.Settings().Team
	if e.AreaUnknown(team) {
		area = domain.AuthorityNotSet
	}
	if e.OutOfArea(team) {
		area = strings.TrimSpace("out of area, " + orDash(e.PlacementAuthority, ""))
	}
	o.Pairs(desk.Pair("Missing", strings.TrimSpace(at(e.MissingAt)+" "+prefixed("from ", q.Told(e.MissingFrom)))), desk.Pair("Reported", at(e.ReportedAt)),
		desk.Pair("Found", strings.TrimSpace(at(e.FoundAt)+" "+q.Told(e.FoundPlace))), desk.Pair("Returned", at(e.ReturnedAt)), desk.Pair("Told us", at(e.NotifiedAt)),
		desk.Pair("Category", domain.Words(e.Category)), desk.Pair("Risk", domain.Words(e.Risk)), desk.Pair("Status", domain.Words(e.Status)), desk.Pair("Area", area),
		desk.Pair("School", q.Told(e.School)), desk.Pair("Police talk", q.Told(e.Prevention)), desk.Pair("Referrer", q.Told(e.Referrer)), desk.Pair("Notes", q.Told(e.Notes)))
	for _, f := range e.Flags {
		o.Say(widgets.In(o.Theme.Flag, fmt.Sprintf("Flag %s: %s (%s, %s)", f.Name, q.Told(f.Why), q.PersonAt(f.By, f.At), desk.When(f.At, now))))
	}
}

func prefixed(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func (q *screen) log(o *desk.Writer, r *domain.Referral) {
	if len(r.Attempts) == 0 {
		return
	}
	o.Head("Contact")
	for _, a := range slices.Backward(r.Attempts) {
		o.Say(q.p.AttemptLine(q.s, a))
	}
}

func (q *screen) history(o *desk.Writer, r *domain.Referral) {
	now := q.s.Now()
	if n := len(r.Bookings); n > 0 {
		o.Head("Bookings")
		for _, b := range slices.Backward(r.Bookings) {
			what := "stands"
			if b.Outcome != "" {
				what = domain.Words(b.Outcome)
			}
			o.Say(widgets.Say(strings.TrimSpace(fmt.Sprintf("%s  %s %s", desk.When(b.When, now), q.Told(b.Place), what))))
		}
	}
	if len(r.Chases)+len(r.Notes) > 0 {
		o.Head("Chases and notes")
		for _, c := range slices.Backward(r.Chases) {
			o.Say(widgets.Say(fmt.Sprintf("%s  chased %s: %s, %s", desk.When(c.At, now), q.Told(c.Whom), q.Told(c.Note), q.p.First(c.By))))
		}
		for _, n := range slices.Backward(r.Notes) {
			said := q.p.First(n.By)
			if n.Ask {
				said += " asked " + q.p.First(n.To)
			}
			o.Say(widgets.Say(fmt.Sprintf("%s  %s: %s", desk.When(n.At, now), said, q.Told(n.Text))))
			switch {
			case n.Answer != nil:
				o.Say(widgets.Say(fmt.Sprintf("    answered by %s, %s: %s", q.p.First(n.Answer.By), desk.When(n.Answer.At, now), q.Told(n.Answer.Text))))
			case n.Ask:
				o.Say(widgets.In(o.Theme.Warning, "    not answered yet"))
			}
		}
	}
	if len(r.CarerTold) > 0 {
		o.Head("Parent or carer told")
		for _, c := range slices.Backward(r.CarerTold) {
			o.Say(widgets.Say(fmt.Sprintf("%s  %s: %s", desk.When(c.At, now), q.p.First(c.By), q.Told(c.Said()))))
		}
	}
	if len(r.Decisions) > 0 {
		o.Head("Decisions")
		for _, d := range slices.Backward(r.Decisions) {
			s := fmt.Sprintf("%s  %s", desk.When(d.At, now), decided(d.Act))
			if d.Why != "" {
				s += ": " + q.Told(d.Why)
			}
			o.Say(widgets.In(o.Theme.Muted, s+", "+q.p.First(d.By)))
		}
	}
}

// decided is what a decision did, in words: of the referral in one, of anything else in full.
func decided(act string) string {
	if own, ok := strings.CutPrefix(act, "referral."); ok {
		return domain.Words(own)
	}
	return domain.Does(act)
}

// rest are the child's other episodes and open follow-ups.
func (q *screen) rest(o *desk.Writer, f *view.Focus) {
	now := q.s.Now()
	if len(f.Episodes) > 1 {
		o.Head(fmt.Sprintf("Other episodes %d", len(f.Episodes)-1))
		shown := 0
		for _, e := range slices.Backward(f.Episodes) {
			if e.ID == f.Row.Episode.ID || shown == 8 {
				continue
			}
			shown++
			end := "still missing"
			switch {
			case e.Ended:
				end = "ended without a return"
			case !e.End.IsZero():
				end = "to " + desk.When(e.End, now)
			}
			o.Say(widgets.In(o.Theme.Muted, strings.TrimSpace(fmt.Sprintf("%s  %s %s %s", e.ID, desk.When(e.Start, now), end, e.Referral))))
		}
	}
	if len(f.FollowUps) > 0 {
		o.Head("Follow-ups open")
		for _, u := range f.FollowUps {
			o.Say(widgets.Say(fmt.Sprintf("%s %s, due %s: %s, %s", u.ID, domain.Words(u.Kind), desk.When(u.Due, now), q.Told(u.Text), q.p.First(u.Owner))))
		}
	}
}
