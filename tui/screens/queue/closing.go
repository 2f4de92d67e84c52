package queue

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// whyNot ends the name of the field in which it is said why a step was not done.
const whyNot = "_why"

// closeForm asks for what a referral that ends without an interview records: each step done, or why not.
func (q *screen) closeForm(r *view.QueueRow, as domain.Stage) tea.Cmd {
	id := r.Referral.ID.String()
	fields := []widgets.Field{{ID: "text", Label: "Why", Kind: widgets.NoteKind, Lines: 3, Required: true}}
	if domain.ClosingSaysWho(as) {
		fields = append(fields, q.declinedBy(r))
	}
	steps := domain.ClosingSteps(as)
	for _, s := range steps {
		fields = append(fields, stepFields(s)...)
	}
	if domain.ClosingSaysWho(as) {
		none := func(v widgets.Values) bool { return v["carer_information"] == "" }
		fields = append(fields, widgets.Field{ID: "carer_information", Label: "The carer said", Kind: widgets.NoteKind, Lines: 2, Hint: "what a parent or carer told; may stay blank"},
			widgets.Field{ID: "carer_places", Label: "Places", Hint: "they named, several parted by ; these count as intelligence", Hide: none},
			widgets.Field{ID: "carer_people", Label: "People", Hint: "they named, several parted by ;", Hide: none})
	}
	// Closing without an interview is decided in sight of every attempt (DOMAIN §4).
	var tried []widgets.Line
	for _, a := range r.Referral.Attempts {
		tried = append(tried, q.p.AttemptLine(q.s, a))
	}
	if len(steps) > 0 && len(tried) == 0 {
		tried = append(tried, widgets.In(q.s.Theme.Warning, "Nobody was tried yet."))
	}
	return q.formWith("referral.close "+id+" "+string(as), "close "+id+" as "+as.Words(), fields, nil, tried, func(v widgets.Values) domain.Envelope {
		step := func(name string) *domain.StepDone { return stepOf(v[name], v[name+whyNot]) }
		return seen(r, &domain.Close{Referral: id, As: as, Text: v["text"], DeclinedBy: v["declined_by"], HelplineGiven: step("helpline_given"),
			LetterSent: step("letter_sent"), CarerOffered: step("carer_offered"), SocialWorkerTold: step("social_worker_told"), PoliceTold: step("police_told"),
			CarerInformation: v["carer_information"], CarerPlaces: desk.Entries(v["carer_places"]), CarerPeople: desk.Entries(v["carer_people"])})
	})
}

// declinedBy offers those who declined in an attempt, on any member of a cluster: nobody else may be said to have.
func (q *screen) declinedBy(r *view.QueueRow) widgets.Field {
	of := []*domain.Referral{r.Referral}
	for i := range q.p.Queue.Rows {
		if m := q.p.Queue.Rows[i].Referral; r.Referral.Cluster != 0 && m.Cluster == r.Referral.Cluster && m.ID != r.Referral.ID {
			of = append(of, m)
		}
	}
	who := domain.WhoDeclined(of...)
	f := widgets.Field{ID: "declined_by", Label: "Declined by", Kind: widgets.ChoiceKind, Required: true, Options: desk.Options(who)}
	if len(who) == 1 { // of two it is asked
		f.Value = who[0]
	}
	switch len(who) {
	case 0:
		f.Hint = "nobody said no in an attempt yet: log that first"
	case 1:
		f.Hint = "who said no in an attempt; log it first where another did"
	}
	return f
}

// stepFields ask for a step: done, to whom where it is given to somebody, or why not.
func stepFields(step string) []widgets.Field {
	short := map[string]string{"social_worker_told": "Worker told", "helpline_given": "Helpline given"}
	f := widgets.Field{ID: step, Label: cmp.Or(short[step], desk.Sentence(domain.Words(step))), Kind: widgets.YesNoKind, Required: true}
	if step == "helpline_given" {
		f.Kind, f.Options = widgets.ChoiceKind, []widgets.Option{{Value: domain.WithChild, Label: "to the child", Key: "c"},
			{Value: domain.WithCarer, Label: "to the carer", Key: "r"}, {Value: domain.GivenBoth, Label: "to both", Key: "b"}, {Value: "no", Label: "not given", Key: "n"}}
	}
	return []widgets.Field{f, {ID: step + whyNot, Label: "Why not", Required: true, Hide: func(v widgets.Values) bool { return v[step] != "no" }}}
}

// stepOf is what was answered to a step; nil where nothing was. Words are the reason why not.
func stepOf(answer, why string) *domain.StepDone {
	switch {
	case answer == "":
		return nil
	case strings.EqualFold(answer, "y") || answer == "yes":
		return &domain.StepDone{Done: true}
	case answer == domain.WithChild, answer == domain.WithCarer, answer == domain.GivenBoth:
		return &domain.StepDone{Done: true, To: answer}
	case answer == "no":
		return &domain.StepDone{WhyNot: why}
	}
	return &domain.StepDone{WhyNot: answer}
}
