package domain

// Paper is something about a child that a person takes out of the program (DOMAIN §9, §12).
type Paper string

// The papers, by the word with which the audit log notes them.
const (
	PaperCopy   Paper = "copy"   // of an interview's record, for an audience
	PaperForm   Paper = "form"   // the sheet to take along
	PaperLetter Paper = "letter" // to the child or the carer
)

// MayTakeOut refuses who may not make a paper of a child's referral: a practitioner of their own only (assigned, booked, held or
// written by them), an auditor none, nobody of a child that is restricted to others. v is the referral's record, nil where
// there is none. Neither letter nor form is made of a child who died. The error is a refusal.
func MayTakeOut(s *Settings, actor Actor, c *Child, r *Referral, v *Interview, what Paper) error {
	if !c.OpenTo(s, actor.Login) {
		return closedTo(s, c)
	}
	if what != PaperCopy {
		if err := c.lives(""); err != nil {
			return err
		}
	}
	onlyOwn, ok := actor.Role.May(string(what))
	switch {
	case !ok:
		return forbidden("%s may not take a %s out", actor.Role.A(), what)
	case !onlyOwn || r.owns(actor.Login) || v != nil && v.owns(s, actor.Login):
		return nil
	}
	holder := "assigned to nobody"
	if r.AssignedTo != "" {
		holder = "assigned to " + s.PersonName(r.AssignedTo)
	}
	return forbidden("%s is %s: %s may take a %s out of their own referrals only", r.ID, holder, actor.Role.A(), what)
}

// MayCopyFor refuses a copy of a record to an audience of which the child is no more: the family of a child who died.
func MayCopyFor(c *Child, to Audience) error {
	if !to.row().family {
		return nil
	}
	return c.lives("audience")
}
