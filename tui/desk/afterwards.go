package desk

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// What is added to a referral or corrected on it at another time than in its usual course (DOMAIN §4).

// Answered gives a pointer for an answer of yes or no that may be left open.
func Answered(v string) *bool {
	if v == "" {
		return nil
	}
	b := v == "yes"
	return &b
}

// Choice records whom the child chose, and that an independent person was offered: the person who asks records it, at any time.
func (p *Program) Choice(s *frame.Session, c *domain.Child, r *domain.Referral) tea.Cmd {
	id := r.ID.String()
	return p.Decide(s, Decision{Key: "referral.choice " + id, Of: p.Of(s, c), Title: "whom the child chose (" + id + ")", Fields: []widgets.Field{
		{ID: "asked_child", Label: "Child asked", Kind: widgets.YesNoKind, Hint: "whom they would like"},
		p.SaidField(widgets.Field{ID: "chose", Label: "Chose", Hint: "name, or what they are to the child"}),
		{ID: "independent_offered", Label: "Independent", Kind: widgets.YesNoKind, Hint: "was an independent person offered (S3)"},
	}, Build: func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.RecordChoice{Referral: id, AskedChild: Answered(v["asked_child"]), Chose: v["chose"],
			IndependentOffered: Answered(v["independent_offered"])}, Version: r.Version}
	}})
}

// ResponsibleOptions are those who may be responsible for an interview.
func ResponsibleOptions() []widgets.Option {
	var words []string
	for _, w := range domain.Responsibles() {
		words = append(words, string(w))
	}
	return KeyedOptions(words, map[string]string{string(domain.ResponsibleTrustedAdult): "a"})
}

// Responsible changes who is responsible for an interview.
func (p *Program) Responsible(s *frame.Session, c *domain.Child, r *domain.Referral) tea.Cmd {
	id := r.ID.String()
	return p.Decide(s, Decision{Key: "referral.responsible " + id, Of: p.Of(s, c), Title: "who is responsible for " + id, Fields: []widgets.Field{
		{ID: "responsible", Label: "Responsible", Kind: widgets.ChoiceKind, Value: string(r.Responsible), Required: true, Options: ResponsibleOptions()},
		p.SaidField(widgets.Field{ID: "who", Label: "Who", Value: r.Who, Hint: "name of the person who holds it elsewhere, or of one of the team"}),
	}, Build: func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.Reassign{Referral: id, Responsible: domain.Responsible(v["responsible"]), Who: v["who"]}, Version: r.Version}
	}})
}

// FrontDoor records that the front door was told of a return (S4).
func (p *Program) FrontDoor(s *frame.Session, c *domain.Child, r *domain.Referral) tea.Cmd {
	id := r.ID.String()
	return p.Decide(s, Decision{Key: "referral.front_door " + id, Of: p.Of(s, c), Title: "the front door was told (" + id + ")", Fields: []widgets.Field{
		TimeField(widgets.Field{ID: "told_at", Label: "When", Value: "now", Proposed: true, Required: true, Hint: "now, today 15:30, yesterday 16:00"}, s.Now, true),
		p.SaidField(widgets.Field{ID: "to", Label: "To whom"}),
	}, Build: func(v widgets.Values) domain.Envelope {
		at, _ := ParseWhen(v["told_at"], s.Now(), true) // what cannot be read is refused by the form
		return domain.Envelope{Act: &domain.TellFrontDoor{Referral: id, ToldAt: at, To: v["to"]}, Version: r.Version}
	}})
}

// CarerTold keeps what a parent or carer told, of a closed referral too.
func (p *Program) CarerTold(s *frame.Session, c *domain.Child, r *domain.Referral) tea.Cmd {
	id := r.ID.String()
	return p.Decide(s, Decision{Key: "referral.carer_information " + id, Of: p.Of(s, c), Title: "what the carer told (" + id + ")", Fields: []widgets.Field{
		{ID: "text", Label: "They told", Kind: widgets.NoteKind, Lines: 4, Required: true},
		{ID: "places", Label: "Places", Hint: "they named, several parted by ; these count as intelligence"},
		{ID: "people", Label: "People", Hint: "they named, several parted by ;"},
	}, Build: func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.TellByCarer{Referral: id, Text: v["text"], Places: Entries(v["places"]), People: Entries(v["people"])}, Version: r.Version}
	}})
}

// Entries are those of a field in which they are parted by ";".
func Entries(s string) (out []string) {
	for _, part := range strings.Split(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// Lives takes back that a child died. What it closed and dropped stays so, and the preview names it.
func (p *Program) Lives(s *frame.Session, c *domain.Child) tea.Cmd {
	return p.Reason(s, p.Of(s, c), "child.lives "+c.ID.String(), "did not die", "Why", "another child, an error of the source: who says so", func(why string) domain.Envelope {
		return domain.Envelope{Act: &domain.ChildLives{ChildRef: c.ShownRef(), Reason: why}, Version: c.Version}
	}, nil)
}

// NoHeld says why an act on the interview that was held is not possible, "" where it is.
func (p *Program) NoHeld(act string, r *domain.Referral) string {
	if why := p.Why(act, nil); why != "" {
		return why
	}
	if r.HeldAt == 0 || r.Interview == 0 {
		return "its interview was not held"
	}
	return p.Why(act, &domain.Interview{ID: r.Interview, Child: r.Child, Referrals: []domain.ID{r.ID}, HeldAt: r.HeldAt, SignedAt: r.SignedAt}, r)
}

// Unheld takes back that an interview was held.
func (p *Program) Unheld(s *frame.Session, c *domain.Child, r *domain.Referral) tea.Cmd {
	id := r.Interview.String()
	return p.Reason(s, p.Of(s, c), "interview.unheld "+id, "the interview of "+r.ID.String()+" was not held", "Why", "another child, another time, it did not take place", func(why string) domain.Envelope {
		return domain.Envelope{Act: &domain.Unheld{Interview: id, Reason: why}}
	}, nil)
}

// CorrectHeld mends what was recorded when an interview was held.
func (p *Program) CorrectHeld(s *frame.Session, c *domain.Child, r *domain.Referral) tea.Cmd {
	id := r.Interview.String()
	return p.Decide(s, Decision{Key: "interview.correct_held " + id, Of: p.Of(s, c), Title: "correct the interview of " + r.ID.String(), Fields: slices.Concat([]widgets.Field{
		TimeField(widgets.Field{ID: "held_at", Label: "Held", Value: domain.Written(r.HeldAt), Hint: "when it really was: today 15:30, 24/11 10:00"}, s.Now, true),
		p.NameField(widgets.Field{ID: "interviewer", Label: "By", Hint: "a colleague or anybody’s name; blank leaves it as it is"}),
	}, p.Outside("interviewer"), []widgets.Field{
		{ID: "place_kind", Label: "Kind of place", Kind: widgets.ChoiceKind, Options: Options(domain.PlaceKinds())},
		{ID: "alone", Label: "Seen alone", Kind: widgets.ChoiceKind, Options: Options(domain.YesNo())},
		{ID: "reason", Label: "Why", Kind: widgets.NoteKind, Lines: 3, Required: true},
	}), Build: func(v widgets.Values) domain.Envelope {
		a := &domain.CorrectHeld{Interview: id, Interviewer: v["interviewer"], Role: v["role"], Reach: v["reach"], PlaceKind: v["place_kind"], Alone: v["alone"], Reason: v["reason"]}
		if at, err := ParseWhen(v["held_at"], s.Now(), true); err == nil && v["held_at"] != domain.Written(r.HeldAt) {
			a.HeldAt = at
		}
		return domain.Envelope{Act: a}
	}})
}
