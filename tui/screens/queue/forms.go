package queue

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// form shows the form of a decision.
func (q *screen) form(key, title string, fields []widgets.Field, names map[string]string, build func(widgets.Values) domain.Envelope) tea.Cmd {
	return q.formWith(key, title, fields, names, nil, build)
}

// formWith is form with something to read below what the act would do.
func (q *screen) formWith(key, title string, fields []widgets.Field, names map[string]string, below []widgets.Line, build func(widgets.Values) domain.Envelope) tea.Cmd {
	return q.p.Decide(q.s, desk.Decision{Key: key, Of: q.about(), Title: title, Fields: fields, Names: names, Below: below, Build: build})
}

// acceptAs accepts with everything triage records (DOMAIN §4, Who).
func (q *screen) acceptAs() tea.Cmd {
	r, _ := q.List.Focused()
	id := r.ref.Referral.ID.String()
	proposed := domain.ResponsibleTeam
	if f := q.focusOf(r.ref); f != nil {
		proposed = f.Proposed
	}
	return q.form("referral.accept "+id, "accept "+id, []widgets.Field{
		{ID: "responsible", Label: "Responsible", Kind: widgets.ChoiceKind, Value: string(proposed), Proposed: true, Required: true, Options: desk.ResponsibleOptions()},
		q.p.SaidField(widgets.Field{ID: "who", Label: "Who", Hint: "name of the person who holds it elsewhere, or of one of the team"}),
		{ID: "asked_child", Label: "Child asked", Kind: widgets.YesNoKind, Hint: "whom they would like"},
		q.p.SaidField(widgets.Field{ID: "chose", Label: "Chose", Hint: "name, or what they are to the child"}),
		{ID: "independent_offered", Label: "Independent", Kind: widgets.YesNoKind, Hint: "was an independent person offered (S3)"},
	}, nil, func(v widgets.Values) domain.Envelope {
		return seen(r.ref, &domain.Accept{Referral: id, Responsible: domain.Responsible(v["responsible"]), Who: v["who"], Chose: v["chose"],
			AskedChild: desk.Answered(v["asked_child"]), IndependentOffered: desk.Answered(v["independent_offered"])})
	})
}

// notRequired says that no interview is required, or not now.
func (q *screen) notRequired() tea.Cmd {
	r, _ := q.List.Focused()
	id := r.ref.Referral.ID.String()
	again := func(v widgets.Values) bool { return !domain.NeedsLookAgain(v["reason"]) }
	return q.form("referral.not_required "+id, "no interview required for "+id, []widgets.Field{
		{ID: "reason", Label: "Reason", Kind: widgets.ChoiceKind, Required: true, Options: desk.KeyedOptions(domain.NotRequiredReasons(), map[string]string{"hospital": "i", "other": "o"})},
		{ID: "text", Label: "Why", Kind: widgets.NoteKind, Lines: 3, Required: true},
		desk.DayField(widgets.Field{ID: "look_again_on", Label: "Look again", Hint: "this reason does not say that the child is safe: 24/11, Tue, +7", Required: true, Hide: again}, q.s.Now),
		{ID: "safe_with", Label: "Safe with", Hint: "who keeps the child safe meanwhile", Required: true, Hide: again},
	}, nil, func(v widgets.Values) domain.Envelope {
		a := &domain.DecideNotRequired{Referral: id, Reason: v["reason"], Text: v["text"], SafeWith: v["safe_with"]}
		if v["look_again_on"] != "" {
			a.LookAgainOn, _ = desk.ParseDay(v["look_again_on"], q.s.Now())
		}
		return seen(r.ref, a)
	})
}

// book arranges to meet, or moves what stands.
func (q *screen) book() tea.Cmd {
	r, _ := q.List.Focused()
	return q.p.Warned(q.s, r.child(), func() tea.Cmd { return q.bookForm(r.ref) })
}

func (q *screen) bookForm(r *view.QueueRow) tea.Cmd {
	id, now := r.Referral.ID.String(), q.s.Now
	title := "book the interview of " + id
	was := domain.Booking{Interviewer: r.Referral.AssignedTo}
	if r.Booked != nil {
		title = "move the booking of " + id
		was = *r.Booked // moving keeps the place, and shows what it keeps
	}
	return q.form("referral.book "+id, title, slices.Concat([]widgets.Field{
		desk.TimeField(widgets.Field{ID: "when", Label: "When", Hint: "tomorrow 16:00, Tue 10:00, 24/11 10:00", Required: true, Sure: desk.FarAway(now)}, now, false),
		{ID: "place", Label: "Where", Value: was.Place, Proposed: true},
		{ID: "place_kind", Label: "Kind of place", Kind: widgets.ChoiceKind, Value: was.PlaceKind, Proposed: true, Options: desk.Options(domain.PlaceKinds())},
		q.p.NameField(widgets.Field{ID: "interviewer", Label: "Interviewer", Value: was.Interviewer}),
	}, q.p.Outside("interviewer"), []widgets.Field{
		{ID: "agreed", Label: "Agreed", Kind: widgets.YesNoKind, Hint: "with the child, on this time"},
	}), map[string]string{"agreed_with_child": "agreed"}, func(v widgets.Values) domain.Envelope {
		place, kind := v["place"], v["place_kind"]
		a := &domain.Book{Referral: id, Interviewer: v["interviewer"], Role: v["role"], Reach: v["reach"], Agreed: desk.Answered(v["agreed"])}
		if place != was.Place {
			a.Place = &place
		}
		if kind != was.PlaceKind {
			a.PlaceKind = &kind
		}
		if v["when"] != "" {
			a.When, _ = desk.ParseWhen(v["when"], now(), false)
		}
		return seen(r, a)
	})
}

// missed asks what became of the booking.
func (q *screen) missed() tea.Cmd {
	r, _ := q.List.Focused()
	id := r.ref.Referral.ID.String()
	notYet := ""
	if b := r.ref.Booked; b != nil && b.When.Unix() > q.s.Now().Unix() {
		notYet = "it is for " + desk.When(b.When, q.s.Now())
	}
	return q.s.Open(desk.Menu(q.s, q.about(), "what became of the booking of "+id, []widgets.Choice{
		{Key: "h", Title: "Held …", Hint: "meets the clock; the record follows", Why: cmp.Or(notYet, q.p.Why("interview.held", r.ref.Referral, r.ref.Child)), Result: "held"},
		{Key: "n", Title: "Did not attend", Hint: "don't be surprised if they have forgotten (S1)", Why: notYet, Result: "did_not_attend"},
		{Key: "m", Title: "Move it …", Result: "move"},
		{Key: "c", Title: "Cancelled by us", Result: "cancelled_by_us"},
	}), func(result any) tea.Cmd {
		switch result {
		case "held":
			return q.p.Held(q.s, r.child(), r.ref.Referral, r.ref.Clocks)
		case "move":
			return q.bookForm(r.ref)
		case "did_not_attend", "cancelled_by_us":
			return q.p.Take(seen(r.ref, &domain.MissedBooking{Referral: id, How: result.(string)}))
		}
		return nil
	})
}

// signOff is another person's word on a decision that no interview is held.
func (q *screen) signOff() tea.Cmd {
	rows := q.targets(func(r *view.QueueRow) bool { as, _ := r.Referral.Pending(); return as != "" })
	r := rows[0]
	if f, _ := q.List.Focused(); slices.Contains(rows, f.ref) {
		r = f.ref
	}
	why := q.p.Why("referral.sign_off", r.Referral, r.Child)
	forAll, whyAll := "", why
	if len(rows) > 1 {
		whyAll = "" // each one's answer is told
		forAll = fmt.Sprintf("for the %d that are selected", len(rows))
	}
	_, by := r.Referral.Pending()
	title := fmt.Sprintf("%s, %s, decided by %s", r.Referral.ID, desk.PendingWords(r.Referral), q.Person(by))
	var children []*domain.Child
	for _, t := range rows {
		children = append(children, t.Child)
	}
	return q.s.Open(desk.Menu(q.s, q.p.Of(q.s, children...), title, []widgets.Choice{
		{Key: "a", Title: "Approve …", Why: whyAll, Hint: forAll, Result: true},
		{Key: "n", Title: "Not approved …", Hint: "it goes back to the queue", Why: why, Result: false},
	}), func(result any) tea.Cmd {
		switch result {
		case true:
			return q.p.SignOffRows(q.s, rows, true, func() { q.List.ClearSelection() })
		case false:
			return q.p.SignOffRows(q.s, []*view.QueueRow{r}, false, nil)
		}
		return nil
	})
}

// chase logs an asking of whoever elsewhere is responsible.
func (q *screen) chase() tea.Cmd {
	r, _ := q.List.Focused()
	id := r.ref.Referral.ID.String()
	whom := r.ref.Referral.Who
	if whom == "" {
		whom = r.ref.Referral.Responsible.Words()
	}
	return q.form("referral.chase "+id, "chase "+id, []widgets.Field{
		{ID: "note", Label: "They said", Kind: widgets.NoteKind, Lines: 3, Required: true},
		q.p.SaidField(widgets.Field{ID: "whom", Label: "Whom", Value: whom, Proposed: true, Required: true}),
	}, nil, func(v widgets.Values) domain.Envelope {
		return seen(r.ref, &domain.LogChase{Referral: id, Whom: v["whom"], Note: v["note"]})
	})
}

// close ends a referral without an interview; each way of ending asks for its own record.
func (q *screen) close() tea.Cmd {
	r, _ := q.List.Focused()
	id := r.ref.Referral.ID.String()
	if as, ok := q.p.GoesOn("referral.close " + id + " "); ok {
		return q.closeForm(r.ref, domain.Stage(as))
	}
	hints := map[domain.Stage]string{domain.StageDeclined: "a child may talk the second or third time of asking (S4)",
		domain.StageUnable: "could not be reached, moved away; needs sign-off", domain.StageWithdrawn: "recorded in error"}
	used := map[string]bool{}
	var choices []widgets.Choice
	for _, as := range domain.Closings() {
		choices = append(choices, widgets.Choice{Key: ownLetter(as.Words(), used), Title: desk.Sentence(as.Words()) + " …", Hint: hints[as],
			Why: q.p.WhyClose(r.ref.Referral, as), Result: as})
	}
	return q.s.Open(desk.Menu(q.s, q.about(), "close "+id+" without an interview", choices), func(result any) tea.Cmd {
		if as, ok := result.(domain.Stage); ok {
			return q.closeForm(r.ref, as)
		}
		return nil
	})
}

func (q *screen) reopen() tea.Cmd {
	r, _ := q.List.Focused()
	id := r.ref.Referral.ID.String()
	return q.reason("referral.reopen "+id, "reopen "+id, "Why", "the clocks have run on", func(why string) domain.Envelope {
		return seen(r.ref, &domain.Reopen{Referral: id, Reason: why})
	})
}

func (q *screen) note() tea.Cmd {
	r, _ := q.List.Focused()
	id := r.ref.Referral.ID.String()
	return q.form("referral.note "+id, "note on "+id, []widgets.Field{
		{ID: "text", Label: "Note", Kind: widgets.NoteKind, Required: true},
		q.p.TeamField(widgets.Field{ID: "to", Label: "To", Value: r.ref.Referral.AssignedTo, Options: q.p.ColleagueOptions()}),
		{ID: "ask", Label: "Wants an answer", Kind: widgets.YesNoKind, Hint: "it stands in their header until they answered", Hide: func(v widgets.Values) bool { return v["to"] == "" }},
	}, nil, func(v widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.WriteNote{Referral: id, To: v["to"], Text: v["text"], Ask: v["to"] != "" && v["ask"] == "yes"}}
	})
}

// lateReason says why the interview is late; the words are one key each.
func (q *screen) lateReason() tea.Cmd {
	r, _ := q.List.Focused()
	return q.p.LateReason(q.s, r.child(), r.ref.Referral.ID, r.ref.Referral.Version)
}

// held records that the interview took place.
func (q *screen) held() tea.Cmd {
	r, _ := q.List.Focused()
	return q.p.Held(q.s, r.child(), r.ref.Referral, r.ref.Clocks)
}

// record goes to the interview's record, which may be prepared before the interview too.
func (q *screen) record() tea.Cmd {
	r, _ := q.List.Focused()
	return q.p.Record(r.ref.Referral.ID)
}

// flag sets or clears harm, exploitation, hospital, with how that is known.
func (q *screen) flag() tea.Cmd {
	r, _ := q.List.Focused()
	e := r.episode()
	for _, act := range []string{"flag.set ", "flag.clear "} {
		if flag, ok := q.p.GoesOn(act + e.ID.String() + " "); ok {
			return q.flagForm(e, flag)
		}
	}
	var choices []widgets.Choice
	for _, o := range desk.Options(domain.FlagWords()) {
		title := "Set " + o.Label + " …"
		if e.HasFlag(o.Value) {
			title = "Clear " + o.Label + " …"
		}
		choices = append(choices, widgets.Choice{Key: o.Key, Title: title, Result: o.Value})
	}
	return q.s.Open(desk.Menu(q.s, q.about(), "flags of "+e.ShownRef(), choices), func(result any) tea.Cmd {
		if flag, ok := result.(string); ok {
			return q.flagForm(e, flag)
		}
		return nil
	})
}

// flagForm sets a flag, or clears one that is set.
func (q *screen) flagForm(e *domain.Episode, flag string) tea.Cmd {
	ref, id := e.ShownRef(), e.ID.String()
	if e.HasFlag(flag) {
		return q.reason("flag.clear "+id+" "+flag, "clear "+flag+" on "+ref, "Why", "the log keeps that it stood", func(why string) domain.Envelope {
			return domain.Envelope{Act: &domain.ClearFlag{Episode: id, Flag: flag, Reason: why}}
		})
	}
	return q.reason("flag.set "+id+" "+flag, "set "+flag+" on "+ref, "How it is known", "", func(why string) domain.Envelope {
		return domain.Envelope{Act: &domain.SetFlag{Episode: id, Flag: flag, Reason: why}}
	})
}

// passOn says to whom an urgent note was passed on.
func (q *screen) passOn() tea.Cmd {
	r, _ := q.List.Focused()
	u := r.urgent.FollowUp
	id := u.ID.String()
	return q.form("followup.done "+id, "urgent, to whom was it passed on?", []widgets.Field{
		{ID: "found", Label: "Passed on to", Hint: "who has it now, and what they said", Required: true},
		desk.TimeField(widgets.Field{ID: "at", Label: "When", Value: "now", Proposed: true, Required: true}, q.s.Now, true),
		{ID: "next", Label: "What next"},
	}, nil, func(v widgets.Values) domain.Envelope {
		e := domain.Envelope{Act: &domain.FinishFollowUp{FollowUp: id, Found: v["found"], Next: v["next"]}, Version: u.Version}
		if v["at"] != "now" {
			e.At, _ = desk.ParseWhen(v["at"], q.s.Now(), true)
		}
		return e
	})
}
