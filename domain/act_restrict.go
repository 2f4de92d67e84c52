package domain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Restrict keeps a child's records to named people (DOMAIN §12). Given again, it says who they are from now on.
type Restrict struct {
	ChildRef string   `json:"child_ref"`
	To       []string `json:"to"`
	Reason   string   `json:"reason" text:"note"`
}

// Name of the act.
func (a *Restrict) Name() string { return "child.restrict" }

func (a *Restrict) shape(s *Settings, now time.Time) error {
	if err := cmp.Or(need("child_ref", a.ChildRef), need("reason", a.Reason)); err != nil {
		return err
	}
	if len(a.To) == 0 {
		return invalid("to", "is required: the logins of those who may see this child")
	}
	supervised := false
	for _, login := range a.To {
		u, ok := s.User(login)
		if !ok {
			return invalid("to", "there is no person %q in the configuration: it must be one of %s", login, strings.Join(logins(s), ", "))
		}
		if err := s.hasLeft("to", login, DateOf(now)); err != nil {
			return err
		}
		supervised = supervised || u.Role == Supervisor
	}
	if !supervised {
		return invalid("to", "none of them is a supervisor: name one, who can sign off and open it again")
	}
	return nil
}

func logins(s *Settings) []string {
	var out []string
	for _, u := range s.Users {
		out = append(out, u.Login)
	}
	return out
}

func (a *Restrict) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

func (a *Restrict) decide(c *decision, t Record) (*Outcome, error) {
	for _, login := range a.To {
		if err := c.mayStill("to", login); err != nil {
			return nil, err
		}
	}
	child := t.(*Child).Clone()
	to := slices.Compact(slices.Sorted(slices.Values(a.To)))
	if r := child.Restricted; r != nil && slices.Equal(r.To, to) && !slices.ContainsFunc(to, func(login string) bool { return !child.OpenTo(c.Settings(), login) }) {
		return nil, invalid("to", "%s is restricted to %s already", child.ShownRef(), r.Names(c.Settings()))
	}
	child.Restricted = &Restriction{To: to, Why: a.Reason, By: c.by, At: c.at}
	out := &Outcome{Put: []Record{child}, Named: child.ID,
		Summary: fmt.Sprintf("restricted %s to %s", child.ShownRef(), child.Restricted.Names(c.Settings()))}
	return out, c.warnHolders(child, out)
}

// warnHolders names who has work about the child and may no longer see it.
func (c *decision) warnHolders(child *Child, out *Outcome) error {
	episodes, err := c.EpisodesOf(child.ID)
	if err != nil {
		return err
	}
	for _, e := range episodes {
		r, err := c.Referral(e.Referral)
		if err != nil {
			return err
		}
		if r != nil {
			out.Warnings = append(out.Warnings, c.heldByOther(child, r)...)
		}
	}
	followUps, err := c.FollowUpsOf(child.ID)
	if err != nil {
		return err
	}
	for _, f := range followUps {
		out.Warnings = append(out.Warnings, c.heldByOther(child, f)...)
	}
	return nil
}

// heldByOther says whose open work of a child it is who may not see it.
func (c *decision) heldByOther(child *Child, work Record) (warnings []string) {
	warn := func(login string) {
		if _, known := c.Settings().User(login); known && !child.OpenTo(c.Settings(), login) {
			warnings = append(warnings, fmt.Sprintf("%s is with %s, who may not see it now: hand it over", work.RecordID(), c.Settings().PersonName(login)))
		}
	}
	switch r := work.(type) {
	case *Referral:
		if !r.StageOn(DateOf(c.Now())).Open() {
			break
		}
		warn(r.AssignedTo)
		if b := r.Booking(); b != nil && b.Interviewer != r.AssignedTo {
			warn(b.Interviewer)
		}
	case *FollowUp:
		if r.Open() {
			warn(r.Owner)
		}
	}
	return warnings
}

// Unrestrict opens a restricted child's records to the team again.
type Unrestrict struct {
	ChildRef string `json:"child_ref"`
	Reason   string `json:"reason" text:"note"`
}

// Name of the act.
func (a *Unrestrict) Name() string { return "child.open" }

func (a *Unrestrict) shape(*Settings, time.Time) error {
	return cmp.Or(need("child_ref", a.ChildRef), need("reason", a.Reason))
}

func (a *Unrestrict) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

func (a *Unrestrict) decide(c *decision, t Record) (*Outcome, error) {
	child := t.(*Child).Clone()
	child.Restricted = nil
	return &Outcome{Put: []Record{child}, Named: child.ID, Summary: "opened " + child.ShownRef() + " to the team"}, nil
}

// restrictedChild refuses to open a child that is not restricted.
func restrictedChild(_ Reader, t Record) error {
	if c, ok := t.(*Child); ok && c.Restricted == nil {
		return invalid("child_ref", "%s is not restricted", c.ShownRef())
	}
	return nil
}

// mayDecide refuses an act on a restricted child by who may not see it. Only a supervisor takes over, and only where nobody who
// may see it is left: else the child's records would be closed for good.
func mayDecide(r Reader, act string, t Record) error {
	err := MayOpen(r, t)
	if err == nil || rowOf(act).comesIn {
		return nil
	}
	if _, ok := t.(*Child); !ok {
		return err
	}
	c, missing := r.Child(t.RecordID()) // as it is kept: what opens it says nothing of the restriction any more
	if missing != nil || c == nil || c.Restricted == nil || r.Actor().Role != Supervisor || act != (&Restrict{}).Name() && act != (&Unrestrict{}).Name() {
		return err
	}
	if slices.ContainsFunc(c.Restricted.To, func(login string) bool {
		u, ok := r.Settings().User(login)
		return ok && !u.Left(DateOf(r.Now())) && c.OpenTo(r.Settings(), login)
	}) {
		return err
	}
	return nil
}

// mayPut refuses an outcome that would change what is recorded of a child the actor may not see, or give work about it to
// somebody who may not. What comes in is taken all the same, and nothing is said of the child.
func (c *decision) mayPut(out *Outcome) error {
	touched := slices.Clone(out.Put)
	for _, id := range out.Delete {
		t, err := ReadRecord(c.World, id)
		if err != nil {
			return err
		}
		if t != nil {
			touched = append(touched, t)
		}
	}
	closed := false
	if c.act.comesIn && c.of != 0 { // also where nothing comes of it: who asks is told the same
		var err error
		if closed, err = isClosed(c, c.of); err != nil {
			return err
		}
	}
	for _, t := range touched {
		if t.ChildID() == 0 {
			continue // what is noted follows the records that name it
		}
		if err := mayDecide(c.World, c.act.name, t); err != nil {
			return err
		}
		child, err := c.Child(t.ChildID())
		if err != nil {
			return err
		}
		if child == nil || child.Restricted == nil {
			continue
		}
		closed = closed || !child.OpenTo(c.Settings(), c.by)
		if err := c.mayHold(child, t, out); err != nil {
			return err
		}
	}
	if closed && c.act.comesIn {
		out.Summary = "taken in for a restricted child"
		if out.Row.TakenToBe != "" {
			out.Row.TakenToBe = c.of.String()
		}
		out.Row.Closed = c.of
		out.Warnings = []string{"it is about a restricted child: what differs from what is known is not shown here"}
	}
	return nil
}

// withoutChild is a refusal of what comes in without what it says of a child whom who brings it in may not see: neither what
// is known of the child nor which of its words differ.
func (c *decision) withoutChild(err error) error {
	var refused, closed *Refusal
	if c.of == 0 || !c.act.comesIn || !errors.As(err, &refused) || !errors.As(mayOpenChild(c, c.of), &closed) {
		return err
	}
	n := *closed
	n.Code = refused.Code
	n.Message = "it does not fit what is recorded of a child it names, and " + closed.Message
	return &n
}

// mayOpenChange refuses a change that is about a child whom who decides may not see.
func (c *decision) mayOpenChange(ch *Change) error {
	var why error
	closed, err := ch.OfClosed(recordsOf(c), func(id ID) (bool, error) {
		closed, err := isClosed(c, id)
		if closed {
			why = mayOpenChild(c, id)
		}
		return closed, err
	})
	if err != nil || !closed {
		return err
	}
	return why
}

// mayHold refuses to give work about a restricted child to somebody of the team who may not see it.
func (c *decision) mayHold(child *Child, t Record, out *Outcome) error {
	before, err := ReadRecord(c.World, t.RecordID())
	if err != nil {
		return err
	}
	refuse := func(field, login string) error {
		if _, known := c.Settings().User(login); !known || child.OpenTo(c.Settings(), login) {
			return nil
		}
		if out.Undoes != 0 {
			field = "of"
		}
		return invalid(field, "%s may not see this child: its records are restricted to %s", c.Settings().PersonName(login), child.Restricted.Names(c.Settings()))
	}
	if login := holder(t); login != holder(before) {
		if err := refuse("to", login); err != nil {
			return err
		}
	}
	r, ok := t.(*Referral)
	if !ok {
		return nil
	}
	for _, n := range r.notesSince(before) { // it would never be read
		if err := refuse("to", n.To); err != nil {
			return err
		}
	}
	if r.Booking() == nil {
		return nil
	}
	b, was := r.Booking(), Booking{}
	if i := len(r.Bookings) - 1; before != nil && i < len(before.(*Referral).Bookings) {
		was = before.(*Referral).Bookings[i]
	}
	made := b.By == c.by && b.At == c.at
	if out.Undoes != 0 {
		stood, err := c.meetingStood(*b, out)
		if err != nil {
			return err
		}
		made = !stood
	}
	if was.Interviewer == b.Interviewer || was.Interviewer == "" && !made {
		return nil // it stood, or stands again, or that of another becomes common
	}
	return refuse("interviewer", b.Interviewer)
}

// meetingStood says that a booking is on one of the referrals as they are, before what is decided.
func (c *decision) meetingStood(b Booking, out *Outcome) (bool, error) {
	for _, t := range out.Put {
		is, err := ReadRecord(c.World, t.RecordID())
		if err != nil {
			return false, err
		}
		if r, ok := is.(*Referral); ok && slices.ContainsFunc(r.Bookings, func(o Booking) bool {
			return o.When == b.When && o.By == b.By && o.At == b.At && o.Interviewer == b.Interviewer
		}) {
			return true, nil
		}
	}
	return false, nil
}

// holder is the login of who has the work of a record, "" where it is nobody's.
func holder(t Record) string {
	switch t := t.(type) {
	case *Referral:
		return t.AssignedTo
	case *FollowUp:
		return t.Owner
	}
	return ""
}

// notesSince are the notes that a referral did not have before.
func (r *Referral) notesSince(before Record) []Note {
	if was, ok := before.(*Referral); ok {
		return r.Notes[min(len(was.Notes), len(r.Notes)):]
	}
	return r.Notes
}
