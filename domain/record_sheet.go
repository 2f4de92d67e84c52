package domain

import "slices"

// FieldKind says how a field of the interview record is answered.
type FieldKind string

// The kinds of answer.
const (
	FieldText   FieldKind = "text"   // long text
	FieldLine   FieldKind = "line"   // one line
	FieldChoice FieldKind = "choice" // one of the options
	FieldMulti  FieldKind = "multi"  // any of the options, and "other: …" in words
	FieldRows   FieldKind = "rows"   // any number of rows of lines
)

// SheetField is one field of the interview record (DOMAIN §6).
type SheetField struct {
	Name    string
	Title   string
	Kind    FieldKind
	Options []string
	Columns []SheetField // of rows
	Prompt  string       // from the guidance, to be asked in one's own words
	// Account says that it is the child's account, which an approver cannot change (DOMAIN §6).
	Account bool
	// Third says that it may name other children or third parties.
	Third bool
	// For are the audiences beside the team that get it.
	For []Audience
	// Asked is required on submitting, or is said to be "not asked" or "did not want to say".
	Asked bool
}

// SheetSection is one section of the interview record.
type SheetSection struct {
	Name   string
	Title  string
	Source string // of the guidance
	// Each says that it is written once for the interview and again for an episode in which it differs.
	Each   bool
	Fields []SheetField
}

// NotAsked and NotSaid may stand for a required answer (DOMAIN §6).
const (
	NotAsked = "not_asked"
	NotSaid  = "did_not_want_to_say"
)

// PushFactors are what drives a child away (DOMAIN §6; S1, S4).
func PushFactors() []string {
	return []string{"conflict_at_home", "abuse_or_neglect", "domestic_abuse", "substance_misuse_at_home", "family_break_up", "unhappy_in_care",
		"mental_health", "self_harm", "bullying", "problems_at_school", "emotional_health", "pregnancy", "other"}
}

// PullFactors are what draws a child (DOMAIN §6; S1, S4).
func PullFactors() []string {
	return []string{"friends", "family_or_contact", "partner", "excitement_or_risk", "belonging_gang_or_scene", "parties_drugs_or_alcohol",
		"grooming_sexual", "grooming_criminal", "trafficking", "other"}
}

// Likelihoods are the answers to how likely the child goes missing again.
func Likelihoods() []string { return []string{"low", "medium", "high"} }

// YesNo are the answers of a plain question.
func YesNo() []string { return []string{"yes", "no", NotAsked, NotSaid} }

// Sections are the interview record's, in order (DOMAIN §6).
func Sections() []SheetSection {
	worker := []Audience{ForSocialWorker}
	all := []Audience{ForSocialWorker, ForPolice, ForSafeguarding} // other children's details go to the latter two only
	text := func(name, title, prompt string) SheetField {
		return SheetField{Name: name, Title: title, Kind: FieldText, Prompt: prompt, For: worker}
	}
	account := func(name, title, prompt string) SheetField {
		f := text(name, title, prompt)
		f.Account = true
		return f
	}
	line := func(name, title string) SheetField {
		return SheetField{Name: name, Title: title, Kind: FieldLine, For: worker}
	}
	choice := func(name, title, prompt string, options ...string) SheetField {
		return SheetField{Name: name, Title: title, Kind: FieldChoice, Options: options, Prompt: prompt, For: worker}
	}
	multi := func(name, title, prompt string, options []string) SheetField {
		return SheetField{Name: name, Title: title, Kind: FieldMulti, Options: options, Prompt: prompt, For: worker}
	}
	asked := func(f SheetField) SheetField { f.Asked = true; return f }
	third := func(f SheetField) SheetField { f.Third = true; return f }
	rows := func(to []Audience, name, title, prompt string, columns ...string) SheetField {
		f := SheetField{Name: name, Title: title, Kind: FieldRows, Prompt: prompt, For: to, Third: true}
		for _, c := range columns {
			f.Columns = append(f.Columns, SheetField{Name: c, Title: Words(c), Kind: FieldLine})
		}
		return f
	}
	return []SheetSection{
		{Name: "arrangements", Title: "Arrangements", Source: "S1, S4", Fields: []SheetField{
			line("place", "Where"),
			choice("place_kind", "Kind of place", "A neutral place where the child feels safe, if possible.", PlaceKinds()...),
			choice("how_seen", "How seen", "", WaysOfSeeing()...),
			choice("neutral", "Neutral place", "", YesNo()...),
			asked(line("interviewer", "Interviewer")),
			line("role", "Role"),
			choice("trained", "Trained for it", "", YesNo()...),
			choice("independent", "Independent of the child’s care", "", YesNo()...),
			asked(choice("alone", "Seen alone", "At home it matters most that you speak with the child alone.", YesNo()...)),
			line("present", "Who else was there"),
			line("at_whose_wish", "At whose wish"),
			choice("carer_time", "Parent or carer given their own time", "Give parents or carers space to talk about their concerns.", YesNo()...),
			choice("prevention_read", "Prevention interview read", "", YesNo()...),
		}},
		{Name: "confidentiality", Title: "Confidentiality first", Source: "S1, S4", Fields: []SheetField{
			asked(choice("explained", "Explained", "Say what will have to be shared with whom, and what always stays between you.", YesNo()...)),
			text("shared", "What will be shared, with whom", "How will the information be used? Will it go to professionals already involved?"),
			{Name: "kept", Title: "What stays confidential", Kind: FieldText}, // with the team: it is what was promised
			choice("understood", "The child understood", "", YesNo()...),
			choice("agreed", "The child agreed", "", YesNo()...),
			third(rowsFor(worker, "disclosures", "Disclosures to pass on", "Do not break confidentiality without agreement: talk through what sharing leads to.",
				column("what", "What", nil), column("to_whom", "To whom", nil), column("consequences", "Consequences talked through", []string{"yes", "no"}),
				column("agreed", "Agreed", []string{"yes", "no"}), column("safeguarding_reason", "If not: safeguarding reason", nil))),
		}},
		{Name: "before", Title: "Before", Source: "S1, S4", Each: true, Fields: []SheetField{
			choice("first_time", "First time", "Was this the first time, or has it happened before?", YesNo()...),
			choice("alone", "Alone or with others", "Did they go alone or with others?", "alone", "with_others", NotAsked, NotSaid),
			third(account("persuaded", "Persuaded by someone", "Were they persuaded to go by someone else?")),
			account("tried", "Tried to solve it first, and why that failed", "Did they try to resolve the problem before it led them to run away? Why did this not work?"),
			multi("push", "Push factors", "What drove them away: home, care, school, health.", PushFactors()),
			multi("pull", "Pull factors", "What drew them: people, places, excitement, belonging, somebody who uses them.", PullFactors()),
		}},
		{Name: "during", Title: "While away", Source: "S1, S4", Each: true, Fields: []SheetField{
			account("where", "Where", "Where did they go or stay?"),
			third(account("who_with", "Who with", "")),
			account("means", "Travel, food, money, clothes, phone", "How did they get food, money, transport, clothing?"),
			third(account("help", "Help received", "Did they get help from anyone while they were missing?")),
			third(account("relationship", "A relationship that felt uncomfortable", "Did they enter into any relationship, particularly one that made them feel uncomfortable?")),
			third(account("crime", "Criminal activity", "Did they get involved in criminal activity?")),
			account("medical", "Medical need", "Did they seek or need medical help?"),
			account("substances", "Substances", "Were they involved in substance misuse?"),
			third(account("harm", "Harmed, hurt or threatened", "Were they harmed, or at risk of harm from other people?")),
			third(account("afraid", "Afraid of anyone", "")),
			choice("exploitation", "Exploitation mentioned", "", YesNo()...),
		}},
		{Name: "after", Title: "Coming back", Source: "S1, S4", Each: true, Fields: []SheetField{
			account("return", "What led to the return; how found or came back", "What led them to return or be found?"),
			account("felt", "How they felt about returning", "How did they feel about returning?"),
			account("feel_now", "How they feel now", ""),
			account("health", "Physical and mental health", "Did they feel physically and mentally healthy?"),
			account("distress", "Stress, depression, self-harm", "Were there signs of stress, depression or self-harm?"),
			third(account("bullied", "Bullied or pressured", "Did they feel bullied or pressured?")),
		}},
		{Name: "view", Title: "Their view", Source: "S1, S4", Fields: []SheetField{
			asked(account("own_words", "In their own words", "Listen first. Write it as they say it.")),
			account("trigger", "Does the trigger still exist", "Do the things that caused it still exist?"),
			account("would_help", "What would help", "What do they think might be done to prevent it?"),
			account("wants", "What they want next, short and long term", ""),
			account("risk", "How they see the risk of another time", "What do they see as the risk involved with running away again?"),
			account("alternatives", "Alternatives", "What alternatives might there be?"),
		}},
		{Name: "carer", Title: "Parent or carer’s view", Source: "S2", Fields: []SheetField{
			third(text("view", "Their view, separately", "Give parents or carers the chance to say what they know and worry about.")),
		}},
		{Name: "judgement", Title: "Judgement", Source: "S1, S4", Fields: []SheetField{
			asked(choice("likelihood", "Likelihood of going missing again", "Assess whether they might run away again.", append(Likelihoods(), NotAsked, NotSaid)...)),
			text("why", "Why", ""),
			third(text("risks", "Risks", "")),
			text("safer", "Safer strategies explored with the child and the family", "Explore safer strategies, and name the services that support them."),
		}},
		{Name: "intelligence", Title: "Intelligence", Source: "S1, S3, S4", Fields: []SheetField{
			rows(all, "places", "Places, hot spots, addresses", "Where children go missing to.", "name", "address", "about"),
			rows(all, "people", "People of concern", "Individuals who target children.", "name", "about"),
			rows(all[1:], "children", "Other children present", "", "name", "about"),
			rows(all, "things", "Vehicles, phones, online handles", "", "kind", "name", "about"),
		}},
		{Name: "given", Title: "Given, to the child and to the family", Source: "S0, S1, S2", Fields: []SheetField{
			multi("child", "To the child", "", Givens()), multi("family", "To the family", "", Givens()),
		}},
		{Name: "plan", Title: "Plan", Source: "S1, S3, S4", Fields: []SheetField{
			rowsFor(worker, "actions", "Actions: each becomes a follow-up", "Tell the child what you will do with what they have told you.",
				column("kind", "Kind", PlanKinds()), column("text", "What", nil), column("owner", "Who", nil), column("for_whom", "For whom", nil), column("due", "By", nil)),
			text("safety_plan", "Safety plan, outline", ""),
			line("agencies", "Agencies involved"),
			choice("strategy", "Strategy meeting needed", "", "yes", "no"),
			text("feedback_professionals", "Agreed feedback to professionals", "Agree what you will feed back, if it is no safeguarding concern."),
			SheetField{Name: "feedback_parents", Title: "Agreed feedback to parents", Kind: FieldText, Prompt: "Agree what you will feed back to parents or carers.",
				For: []Audience{ForSocialWorker, ForCarer}},
			choice("support", "Support offered after", "One conversation is often not enough.", "accepted", "declined", "not_offered"),
			text("support_about", "Support: sessions, ended", ""),
		}},
	}
}

// Givens are what the child and the family are given (DOMAIN §6).
func Givens() []string {
	return []string{"runaway_helpline_116000", "childline_08001111", "how_to_stay_safe", "services", "how_to_reach_us", "limits_of_support", "what_will_be_done"}
}

func rowsFor(to []Audience, name, title, prompt string, columns ...SheetField) SheetField {
	return SheetField{Name: name, Title: title, Kind: FieldRows, Prompt: prompt, For: to, Columns: columns}
}

func column(name, title string, options []string) SheetField {
	k := FieldLine
	if options != nil {
		k = FieldChoice
	}
	return SheetField{Name: name, Title: title, Kind: k, Options: options}
}

// Field finds a section's field by name.
func (s *SheetSection) Field(name string) (*SheetField, bool) {
	i := slices.IndexFunc(s.Fields, func(f SheetField) bool { return f.Name == name })
	if i < 0 {
		return nil, false
	}
	return &s.Fields[i], true
}
