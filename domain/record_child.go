package domain

import (
	"maps"
	"slices"
	"strings"
)

// Child is one child with the card the 24 hours are worked with (DOMAIN §2). Text fields are safe for a terminal:
// everything that comes in goes through domain/safe first.
type Child struct {
	ID      ID     `json:"id"`
	Version uint64 `json:"version"`
	Ref     string `json:"ref,omitempty"` // the source's reference; "" means the child goes by its C-number
	// Numbered says that the child came without a reference and went by its C-number, which is accepted ever after.
	Numbered   bool   `json:"numbered,omitempty"`
	GivenName  string `json:"given_name,omitempty"`
	FamilyName string `json:"family_name,omitempty"`
	KnownAs    string `json:"known_as,omitempty"`
	DOB        Date   `json:"dob,omitempty"`
	Gender     string `json:"gender,omitempty"`
	NHSNumber  string `json:"nhs_number,omitempty"`
	Ethnicity  string `json:"ethnicity,omitempty"`
	Disability string `json:"disability,omitempty"`
	Card       Card   `json:"card"`
	// Latest placement and first episode facts, copied from the newest episode so that possible duplicates can be found.
	Placement string     `json:"placement,omitempty"`
	Made      Moment     `json:"made"`
	Different []ID       `json:"different,omitempty"` // children a person said this one is not
	Warned    []Mismatch `json:"warned,omitempty"`    // what later rows said otherwise about names, dob, gender
	// Dismissed are the suggested clusters somebody said no to.
	Dismissed []Dismissal `json:"dismissed,omitempty"`
	// JoinedTo is the child this one was found to be (DOMAIN §2): it then has no episodes of its own and its reference
	// leads there. Joined are the children that were found to be this one.
	JoinedTo  ID     `json:"joined_to,omitempty"`
	GaveRef   string `json:"gave_ref,omitempty"` // the reference it gave to the one it was joined to, who had none
	JoinedBy  string `json:"joined_by,omitempty"`
	JoinedAt  Moment `json:"joined_at,omitempty"`
	JoinedWhy string `json:"joined_why,omitempty"`
	Joined    []ID   `json:"joined,omitempty"`
	// Edited holds, for each column a person changed, what was known before: the source's rows keep saying it.
	Edited map[string]string `json:"edited,omitempty"`
	// Restricted says who alone may see it; nil: everybody on the team.
	Restricted *Restriction `json:"restricted,omitempty"`
	// Hidden says that this is what stands in place of the record for somebody who may not see it ([Veiled]). It is never kept.
	Hidden bool `json:"-"`
	// Born is the date of birth of a hidden one, for whether they are 18 alone. It is never kept and never shown.
	Born Date `json:"-"`
	// Died says that the child died: nothing is then sent or due for the child or family (DOMAIN §2).
	Died *Death `json:"died,omitempty"`
}

// Mismatch is a source that says something else about a child than what is known: a warning, never a change.
type Mismatch struct {
	Column  string `json:"column"`
	Known   string `json:"known"`
	Said    string `json:"said"`
	Episode ID     `json:"episode"`
}

// Card is how to reach a child and what to know before doing so. Sources add to the lists, only people take away.
type Card struct {
	Phones        []Line `json:"phones,omitempty"`
	Carers        []Line `json:"carers,omitempty"` // names
	CarerPhones   []Line `json:"carer_phones,omitempty"`
	Addresses     []Line `json:"addresses,omitempty"`
	Warnings      []Line `json:"warnings,omitempty"` // visit and other warnings: acknowledged before an attempt or booking is saved
	DoNotContact  string `json:"do_not_contact,omitempty"`
	PreferredWay  string `json:"preferred_way,omitempty"`
	PreferredTime string `json:"preferred_time,omitempty"`
	Language      string `json:"language,omitempty"`
	Interpreter   string `json:"interpreter,omitempty"`
	Communication string `json:"communication,omitempty"`
	SocialWorker  string `json:"social_worker,omitempty"`
	Manager       string `json:"manager,omitempty"`
	Concerns      string `json:"concerns,omitempty"`
	SafetyPlan    string `json:"safety_plan,omitempty"`
	Agencies      string `json:"agencies,omitempty"`
	Summary       string `json:"summary,omitempty"` // partnership summary
	SummaryBy     string `json:"summary_by,omitempty"`
	SummaryAt     Moment `json:"summary_at,omitempty"`
}

// Line is one entry of a list on the card. A person's removal keeps the entry, so that the same source row does not
// bring it back.
type Line struct {
	Text    string `json:"text"`
	Removed bool   `json:"removed,omitempty"`
}

// RecordID, RecordVersion, WithVersion and ChildID make Child a Record.
func (c *Child) RecordID() ID { return c.ID }

// RecordVersion counts the changes.
func (c *Child) RecordVersion() uint64 { return c.Version }

// WithVersion copies the child at another version.
func (c *Child) WithVersion(v uint64) Record { n := *c; n.Version = v; return &n }

// ChildID is the child itself.
func (c *Child) ChildID() ID { return c.ID }

// Clone copies the child with its lists.
func (c *Child) Clone() *Child {
	n := *c
	n.Card.Phones = slices.Clone(c.Card.Phones)
	n.Card.Carers = slices.Clone(c.Card.Carers)
	n.Card.CarerPhones = slices.Clone(c.Card.CarerPhones)
	n.Card.Addresses = slices.Clone(c.Card.Addresses)
	n.Card.Warnings = slices.Clone(c.Card.Warnings)
	n.Different = slices.Clone(c.Different)
	n.Warned = slices.Clone(c.Warned)
	n.Edited = maps.Clone(c.Edited)
	n.Dismissed = slices.Clone(c.Dismissed)
	for i := range n.Dismissed {
		n.Dismissed[i].Episodes = slices.Clone(n.Dismissed[i].Episodes)
	}
	n.Joined = slices.Clone(c.Joined)
	if c.Died != nil {
		v := *c.Died
		n.Died = &v
	}
	if c.Restricted != nil {
		v := *c.Restricted
		v.To = slices.Clone(v.To)
		n.Restricted = &v
	}
	return &n
}

// ShownRef is the reference people use: the source's, or the C-number.
func (c *Child) ShownRef() string {
	if c.Ref != "" {
		return c.Ref
	}
	return c.ID.String()
}

// Name is given and family name, or the reference where no name is known (903 history has none).
func (c *Child) Name() string {
	n := strings.TrimSpace(c.GivenName + " " + c.FamilyName)
	switch {
	case c.Hidden:
		return "restricted " + c.ID.String()
	case n == "":
		return c.ShownRef()
	}
	return n
}

// Called is the name they like to be called.
func (c *Child) Called() string {
	if c.KnownAs != "" {
		return c.KnownAs
	}
	if c.GivenName != "" {
		return c.GivenName
	}
	return c.Name()
}

// Masked is what stands for the name while names are masked: initials and reference.
func (c *Child) Masked() string {
	var b strings.Builder
	for _, w := range strings.Fields(c.GivenName + " " + c.FamilyName) {
		for _, r := range w {
			b.WriteRune(r)
			b.WriteByte('.')
			break
		}
	}
	if b.Len() == 0 {
		return c.ShownRef()
	}
	return b.String() + " " + c.ShownRef()
}

// Standing are the entries that nobody took away.
func Standing(lines []Line) []string {
	var out []string
	for _, l := range lines {
		if !l.Removed {
			out = append(out, l.Text)
		}
	}
	return out
}

// AgeOn is the age in whole years on a day; born on 29 February counts from 1 March (DOMAIN §10). -1 without a date of birth.
func AgeOn(dob, on Date) int {
	if dob == 0 || on < dob {
		return -1
	}
	by, bm, bd := dob.Parts()
	y, m, d := on.Parts()
	age := y - by
	if m < bm || (m == bm && d < bd) {
		age--
	}
	return age
}
