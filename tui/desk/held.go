package desk

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Held records that an interview took place, the moment it is over: when, by whom, what kind of place, alone or not. Held
// late, it asks once why.
func (p *Program) Held(s *frame.Session, c *domain.Child, r *domain.Referral, clocks domain.Clocks) tea.Cmd {
	id, now := r.ID.String(), s.Now
	when, place, who := "now", "", cmp.Or(r.AssignedTo, p.Actor().Login)
	if b := r.Booking(); b != nil {
		place, who = b.PlaceKind, cmp.Or(b.Interviewer, who)
		if b.When.Unix() <= now().Unix() {
			when = domain.Written(b.When)
		}
	}
	title := "held, the interview of " + id
	if r.Cluster != 0 {
		title += ", one for " + r.Cluster.String()
	}
	return p.Decide(s, Decision{
		Key: "interview.held " + id, Of: p.Of(s, c), Title: title,
		Fields: slices.Concat([]widgets.Field{
			TimeField(widgets.Field{ID: "held_at", Label: "When", Value: when, Proposed: true, Required: true, Hint: "now, today 15:30, yesterday 16:00"}, now, true),
			p.NameField(widgets.Field{ID: "interviewer", Label: "Interviewer", Value: who}),
		}, p.Outside("interviewer"), []widgets.Field{
			{ID: "place_kind", Label: "Kind of place", Kind: widgets.ChoiceKind, Value: place, Proposed: true, Options: Options(domain.PlaceKinds())},
			{ID: "alone", Label: "Seen alone", Kind: widgets.ChoiceKind, Options: Options(domain.YesNo()), Hint: "the record follows; it can be said there too"},
		}),
		Build: func(v widgets.Values) domain.Envelope {
			at, _ := ParseWhen(v["held_at"], now(), true) // what cannot be read is refused by the form
			return domain.Envelope{Act: &domain.Held{Referral: id, HeldAt: at, Interviewer: v["interviewer"], Role: v["role"], Reach: v["reach"], PlaceKind: v["place_kind"], Alone: v["alone"]}, Version: r.Version}
		},
		Then: func(result any) tea.Cmd {
			done, ok := result.(DoneMsg)
			if !ok || r.LateReason != nil {
				return nil
			}
			at := done.Acts[0].Act.(*domain.Held).HeldAt
			for _, k := range []domain.Clock{clocks.Interview, clocks.Return} {
				if !k.Due.IsZero() && at.Unix() > k.Due.Unix() {
					return p.LateReason(s, c, r.ID, 0)
				}
			}
			return nil
		},
	})
}

// LateReason says why an interview is late; the reasons are one key each, and w adds words to any of them. Version is the referral's as it was seen, zero for
// any.
func (p *Program) LateReason(s *frame.Session, c *domain.Child, referral domain.ID, version uint64) tea.Cmd {
	id := referral.String()
	late := func(reason, text string) domain.Envelope {
		return domain.Envelope{Act: &domain.GiveLateReason{Referral: id, Reason: reason, Text: text}, Version: version}
	}
	title := "why is the interview of " + id + " late?"
	inOther := func() tea.Cmd {
		return p.Reason(s, p.Of(s, c), "referral.late "+id, title, "Reason", "", func(why string) domain.Envelope { return late("other", why) }, nil)
	}
	switch rest, ok := p.GoesOn("referral.late " + id); {
	case ok && rest == "":
		return inOther()
	case ok:
		return p.lateWords(s, c, id, title, late)
	}
	var choices []widgets.Choice
	for _, o := range Options(domain.LateReasons()) {
		title := o.Label
		if o.Value == "other" {
			title += " …"
		}
		choices = append(choices, widgets.Choice{Key: o.Key, Title: Sentence(title), Result: o.Value})
	}
	choices = append(choices, widgets.Choice{Key: "w", Title: "One of these, with words of your own …", Result: lateInWords})
	return s.Open(Menu(s, p.Of(s, c), title, choices), func(result any) tea.Cmd {
		reason, ok := result.(string)
		switch {
		case !ok:
			return nil
		case reason == lateInWords:
			return p.lateWords(s, c, id, title, late)
		case reason == "other":
			return inOther()
		}
		return p.Take(late(reason, ""))
	})
}

// lateInWords is a menu's answer that is no reason.
const lateInWords = "in words"

// lateWords asks for a reason late and for words with it.
func (p *Program) lateWords(s *frame.Session, c *domain.Child, id, title string, late func(reason, text string) domain.Envelope) tea.Cmd {
	return p.Decide(s, Decision{Key: "referral.late " + id + " words", Of: p.Of(s, c), Title: title, Fields: []widgets.Field{
		{ID: "reason", Label: "Reason", Kind: widgets.ChoiceKind, Required: true, Options: Options(domain.LateReasons())},
		{ID: "text", Label: "In words", Kind: widgets.NoteKind, Lines: 3, Hint: "needed for “other”, may stay blank for the rest"},
	}, Build: func(v widgets.Values) domain.Envelope { return late(v["reason"], v["text"]) }})
}

// People are those who can hold a referral and have not left by a day; without any in the configuration, oneself.
func People(s *domain.Settings, day domain.Date, me domain.Actor) []domain.User {
	var out []domain.User
	for _, role := range []domain.Role{domain.Practitioner, domain.Coordinator, domain.Supervisor} {
		for _, u := range s.Users {
			if u.Role == role && !u.Left(day) {
				out = append(out, u)
			}
		}
	}
	if len(s.Users) == 0 {
		out = append(out, domain.User{Login: me.Login, Name: me.Name, Role: me.Role})
	}
	return out
}
