package domain

import "strings"

// cardFieldRow is one field of the child's card as `child.edit` has it. Exactly one of text and column says where it is
// kept; the date of birth has a rule of its own.
type cardFieldRow struct {
	name   string
	text   func(*Child) *string
	column Column // the list of the card that it is, else zero
	said   Column // what sources call it, where that is something else
	note   bool   // it keeps its line breaks
	heard  bool   // a practitioner records it too, of any child (DOMAIN §12)
}

// cardFields are the closed list, in the order of the form.
var cardFields = [...]cardFieldRow{
	{name: "given_name", text: func(c *Child) *string { return &c.GivenName }},
	{name: "family_name", text: func(c *Child) *string { return &c.FamilyName }},
	{name: "known_as", text: func(c *Child) *string { return &c.KnownAs }},
	{name: "dob"},
	{name: "gender", text: func(c *Child) *string { return &c.Gender }},
	{name: "nhs_number", text: func(c *Child) *string { return &c.NHSNumber }},
	{name: "child_phone", heard: true, column: ColChildPhone},
	{name: "carer_name", column: ColCarerName},
	{name: "carer_phone", heard: true, column: ColCarerPhone},
	{name: "address", column: ColAddress},
	{name: "warning", column: ColWarning},
	{name: "do_not_contact", text: func(c *Child) *string { return &c.Card.DoNotContact }},
	{name: "preferred_way", heard: true, text: func(c *Child) *string { return &c.Card.PreferredWay }},
	{name: "preferred_time", text: func(c *Child) *string { return &c.Card.PreferredTime }},
	{name: "language", said: ColFirstLanguage, text: func(c *Child) *string { return &c.Card.Language }},
	{name: "interpreter", text: func(c *Child) *string { return &c.Card.Interpreter }},
	{name: "ethnicity", text: func(c *Child) *string { return &c.Ethnicity }},
	{name: "disability", text: func(c *Child) *string { return &c.Disability }},
	{name: "communication", text: func(c *Child) *string { return &c.Card.Communication }},
	{name: "social_worker", text: func(c *Child) *string { return &c.Card.SocialWorker }},
	{name: "manager", text: func(c *Child) *string { return &c.Card.Manager }},
	{name: "concerns", note: true, text: func(c *Child) *string { return &c.Card.Concerns }},
	{name: "safety_plan", note: true, text: func(c *Child) *string { return &c.Card.SafetyPlan }},
	{name: "agencies", text: func(c *Child) *string { return &c.Card.Agencies }},
	{name: "summary", note: true, text: func(c *Child) *string { return &c.Card.Summary }},
}

// CardFields are the fields `child.edit` takes beside child_ref.
func CardFields() []string {
	return columnOf(cardFields[:], func(f cardFieldRow) string { return f.name })
}

// sourceColumn is the column in which sources say a field of the card; false where they do not.
func sourceColumn(name string) (Column, bool) {
	if c := cardField(name).said; c != 0 {
		return c, true
	}
	return ColumnNamed(name)
}

func cardField(name string) cardFieldRow {
	for _, f := range cardFields {
		if f.name == name {
			return f
		}
	}
	return cardFieldRow{}
}

// CardList says that a field of `child.edit` is a list, its entries on lines of their own.
func CardList(name string) bool { return cardField(name).column != 0 }

// CardHeard says that a practitioner may change a field of `child.edit` too, of any child: what is heard on the telephone
// (DOMAIN §12).
func CardHeard(name string) bool { return cardField(name).heard }

// CardNote says that a field of `child.edit` is longer text, which keeps its line breaks.
func CardNote(name string) bool { return cardField(name).note }

// cardText is the child's single text for a field, nil for a list and the date of birth.
func (c *Child) cardText(name string) *string {
	if f := cardField(name).text; f != nil {
		return f(c)
	}
	return nil
}

// cardLines is the card's list for a field, nil for any other.
func (c *Child) cardLines(name string) *[]Line {
	if col := cardField(name).column; col != 0 {
		return c.Card.lines(col)
	}
	return nil
}

// CardValue is what a child has in a field of `child.edit`; the entries of a list stand on lines of their own.
func (c *Child) CardValue(name string) string {
	if name == "dob" {
		return c.DOB.String()
	}
	if t := c.cardText(name); t != nil {
		return *t
	}
	if l := c.cardLines(name); l != nil {
		return strings.Join(Standing(*l), "\n")
	}
	return ""
}
