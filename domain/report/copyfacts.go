package report

import (
	"cmp"
	"slices"

	"homeward/domain"
)

// Which fact goes to whom (DOMAIN §9). The rule for what §9 does not name is the narrower one: the card is the team's, what
// the police and the safeguarding group get of an episode is when and from where and how it ended, without what was said, what
// the source noted, and anything of health, care or family.

// childFacts are who the copy is about. A parent or carer reads the name the child likes to be called and nothing they could
// lose on the way.
func (m maker) childFacts(c *domain.Child) []given {
	name := c.Name()
	if m.to.Family() {
		name = c.Called()
	}
	return []given{
		{Fact{Name: "child_name", Title: "Child", Text: name}, everyone()},
		{Fact{Name: "known_as", Title: "Likes to be called", Text: c.KnownAs}, professionals()},
		{Fact{Name: "dob", Title: "Born", On: c.DOB}, professionals()},
		{Fact{Name: "gender", Title: "Gender", Text: c.Gender}, professionals()},
	}
}

// heldFacts are the interview's. A carer reads the day: who held it may be somebody the child chose, and where is a place.
func (m maker) heldFacts(v *domain.Interview) []given {
	held := v.HeldAt
	if m.to.Family() && held != 0 {
		held = domain.OnDate(held.Date())
	}
	return []given{
		{word("state", "Record", stateWord(v)), professionals()},
		{moment("held_at", "Held", held), everyone()},
		{m.login("interviewer", "By", v.Interviewer), professionals()},
		{m.login("owner", "Record of", v.Owner), nil},
		{moment("saved_at", "Last saved", v.SavedAt), nil},
		{moment("submitted_at", "Submitted", v.SubmittedAt), professionals()},
		{m.login("submitted_by", "Submitted by", v.SubmittedBy), nil},
		{moment("signed_at", "Signed off", v.SignedAt), professionals()},
		{m.login("signed_by", "Signed off by", v.SignedBy), professionals()},
	}
}

// cardFacts are how to reach the child and what to know before: the team's alone.
func (m maker) cardFacts(c *domain.Child) []given {
	k := &c.Card
	list := func(name, title string, lines []domain.Line) given {
		return given{Fact{Name: name, Title: title, List: append([]string{}, domain.Standing(lines)...)}, nil}
	}
	text := func(name, title, s string) given { return given{Fact{Name: name, Title: title, Text: s}, nil} }
	return []given{
		list("warnings", "Warnings", k.Warnings), text("do_not_contact", "Do not contact", k.DoNotContact),
		list("phones", "Telephone", k.Phones), list("carers", "Carers", k.Carers), list("carer_phones", "Carers’ telephone", k.CarerPhones),
		list("addresses", "Addresses", k.Addresses), {word("preferred_way", "Preferred way", k.PreferredWay), nil},
		text("preferred_time", "Preferred time", k.PreferredTime), text("language", "Language", k.Language), text("interpreter", "Interpreter", k.Interpreter),
		text("nhs_number", "NHS number", c.NHSNumber), text("ethnicity", "Ethnicity", c.Ethnicity), text("disability", "Disability", c.Disability),
		text("communication", "Communication needs", k.Communication), text("social_worker", "Social worker", k.SocialWorker),
		text("manager", "Manager", k.Manager), text("concerns", "Current concerns", k.Concerns),
		text("safety_plan", "Safety plan", k.SafetyPlan), text("agencies", "Agencies", k.Agencies),
		text("summary", "Partnership summary", k.Summary), {m.login("summary_by", "Summary by", k.SummaryBy), nil},
		{moment("summary_at", "Summary of", k.SummaryAt), nil},
	}
}

// episodeFacts are what happened and when.
func (m maker) episodeFacts(e *domain.Episode) []given {
	at := func(name, title string, when domain.Moment) given {
		return given{moment(name, title, when), professionals()}
	}
	text := func(name, title, s string, to []domain.Audience) given {
		return given{Fact{Name: name, Title: title, Text: s}, to}
	}
	flags, why := []string{}, []string{}
	for _, f := range e.Flags {
		if f.Name != domain.FlagHospital || m.to.ToldHealth() { // health goes no further
			flags = append(flags, f.Name)
		}
		if f.Why != "" {
			why = append(why, domain.Words(f.Name)+": "+f.Why+" ("+m.person(f.By)+", "+f.At.String()+")")
		}
	}
	risks := []string{}
	for _, r := range e.Risks {
		risks = append(risks, domain.Words(r.Level)+" ("+m.person(r.By)+", "+cmp.Or(r.From, r.At).String()+")")
	}
	categories := []string{}
	for _, k := range e.Categories {
		categories = append(categories, domain.Words(k.Category)+" ("+m.person(k.By)+", "+cmp.Or(k.From, k.At).String()+")")
	}
	out := []given{
		text("police_ref", "Police reference", e.PoliceRef, professionals()),
		{word("category", "Kind", e.Category), professionals()}, {word("risk", "Risk", e.Risk), professionals()},
		{Fact{Name: "flags", Title: "Flags", List: flags}, professionals()},
		at("last_seen_at", "Last seen", e.LastSeenAt), at("missing_at", "Missing", e.MissingAt), at("reported_at", "Reported", e.ReportedAt),
		at("found_at_time", "Found", e.FoundAt), at("returned_at", "Returned", e.ReturnedAt),
		text("missing_from", "Missing from", e.MissingFrom, professionals()), text("found_at", "Where found", e.FoundPlace, professionals()),
		{moment("notified_at", "Team told", e.NotifiedAt), worker()},
		text("prevention_interview", "Prevention interview", e.Prevention, worker()),
		{word("status", "Status", e.Status), worker()}, text("looked_after", "Looked after", e.LookedAfter, worker()),
		text("home_authority", "Home authority", e.HomeAuthority, worker()), text("placement_authority", "Placing authority", e.PlacementAuthority, worker()),
		text("placement", "Placement", e.Placement, worker()), {word("placement_kind", "Kind of placement", e.PlacementKind), worker()},
		text("school", "School", e.School, worker()), text("social_worker", "Social worker", e.SocialWorker, worker()),
		text("referrer", "Referred by", e.Referrer, nil), text("notes", "Notes of the source", e.Notes, nil),
		{Fact{Name: "flag_reasons", Title: "Why flagged", List: why}, nil}, {Fact{Name: "risks", Title: "Risk, as it changed", List: risks}, nil},
		{Fact{Name: "categories", Title: "Kind, as it changed", List: categories}, nil},
	}
	for _, col := range domain.EpisodeColumns() { // of what nothing is said above, the team alone is told
		if name := col.String(); !slices.ContainsFunc(out, func(g given) bool { return g.Name == name }) {
			out = append(out, text(name, domain.Words(name), e.Value(col), nil))
		}
	}
	return out
}

// followUpFacts are the plan as it stands: to the social worker what is to be done by whom and when, to the team also what came
// of it.
func (m maker) followUpFacts(f *domain.FollowUp, now domain.Moment) []given {
	state := "open"
	dropped := ""
	switch {
	case f.Dropped != nil:
		state, dropped = "dropped", f.Dropped.Why
	case f.DoneAt != 0:
		state = "done"
	case f.Overdue(now):
		state = "overdue"
	}
	moved := []string{}
	for _, r := range f.Redates {
		moved = append(moved, r.From.String()+" to "+r.To.String()+": "+r.Why)
	}
	return []given{
		{word("kind", "Kind", f.Kind), worker()},
		{Fact{Name: "text", Title: "What", Text: f.Text}, worker()},
		{m.login("owner", "Who", f.Owner), worker()},
		{moment("due_at", "By", f.Due), worker()},
		{Fact{Name: "state", Title: "State", Text: state}, worker()},
		{moment("done_at", "Done", f.DoneAt), worker()},
		{m.login("done_by", "Done by", f.DoneBy), nil},
		{Fact{Name: "found", Title: "What was found", Text: f.Found}, nil},
		{Fact{Name: "next", Title: "What next", Text: f.Next}, nil},
		{Fact{Name: "redated", Title: "Re-dated", List: moved}, nil},
		{Fact{Name: "dropped_because", Title: "Dropped because", Text: dropped}, nil},
	}
}

func (m maker) commentFacts(x domain.SignComment) []given {
	return []given{{Fact{Name: "text", Title: "Comment", Text: x.Text}, nil}, {m.login("by", "By", x.By), nil},
		{moment("at", "When", x.At), nil}}
}

func (m maker) shareFacts(x domain.Share) []given {
	return []given{{Fact{Name: "audience", Title: "Audience", Text: string(x.Audience), Shown: x.Audience.Words()}, nil}, {Fact{Name: "to", Title: "To", Text: x.To}, nil},
		{Fact{Name: "way", Title: "Way", Text: x.Way}, nil}, {Fact{Name: "purpose", Title: "Purpose", Text: x.Purpose}, nil},
		{Fact{Name: "unsigned", Title: "Not signed off then", Is: &x.Unsigned}, nil},
		{m.login("by", "By", x.By), nil}, {moment("at", "When", x.At), nil}}
}
