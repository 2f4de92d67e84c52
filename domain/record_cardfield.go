package domain

import "strings"

// cardTexts are the card's single texts beside the CSV's columns.
func (c *Child) cardText(name string) *string {
	k := &c.Card
	switch name {
	case "given_name":
		return &c.GivenName
	case "family_name":
		return &c.FamilyName
	case "known_as":
		return &c.KnownAs
	case "gender":
		return &c.Gender
	case "preferred_way":
		return &k.PreferredWay
	case "preferred_time":
		return &k.PreferredTime
	case "do_not_contact":
		return &k.DoNotContact
	case "language":
		return &k.Language
	case "communication":
		return &k.Communication
	case "social_worker":
		return &k.SocialWorker
	case "manager":
		return &k.Manager
	case "concerns":
		return &k.Concerns
	case "safety_plan":
		return &k.SafetyPlan
	case "agencies":
		return &k.Agencies
	case "summary":
		return &k.Summary
	}
	return nil
}

// CardFields are the fields `child.edit` takes beside child_ref.
func CardFields() []string {
	return []string{"given_name", "family_name", "known_as", "dob", "gender", "child_phone", "carer_name", "carer_phone",
		"address", "warning", "do_not_contact", "preferred_way", "preferred_time", "language", "communication",
		"social_worker", "manager", "concerns", "safety_plan", "agencies", "summary"}
}

// CardValue is what a child has in a field of `child.edit`; the entries of a list stand on lines of their own.
func (c *Child) CardValue(name string) string {
	if name == "dob" {
		return c.DOB.String()
	}
	if t := c.cardText(name); t != nil {
		return *t
	}
	if col, ok := ColumnNamed(name); ok {
		if l := c.Card.lines(col); l != nil {
			return strings.Join(Standing(*l), "\n")
		}
	}
	return ""
}
