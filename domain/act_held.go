package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Held records that the interview took place, the moment it is over, in one short step (DOMAIN §6): the clock is met there
// and then, share and the child's follow-up start, the record follows with a clock of its own.
type Held struct {
	Referral    string `json:"referral"`
	HeldAt      Moment `json:"held_at"`
	Interviewer string `json:"interviewer,omitempty"`
	Role        string `json:"role,omitempty"`  // of somebody who is not of the team
	Reach       string `json:"reach,omitempty"` // how they can be reached
	PlaceKind   string `json:"place_kind,omitempty"`
	HowSeen     string `json:"how_seen,omitempty"`
	Alone       string `json:"alone,omitempty"`
	Present     string `json:"present,omitempty"`
	AtWhoseWish string `json:"at_whose_wish,omitempty"`
}

// Name of the act.
func (a *Held) Name() string { return "interview.held" }

func (a *Held) shape(s *Settings, now time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if a.HeldAt == 0 {
		return invalid("held_at", "is required: when it was held")
	}
	return a.said(s, now)
}

// said checks what is said of how it was held, and takes a name for the person of the team who has it.
func (a *Held) said(s *Settings, now time.Time) (err error) {
	if a.HeldAt.Unix() > now.Unix() {
		return invalid("held_at", "%s is in the future", a.HeldAt)
	}
	for _, f := range []struct {
		name, got string
		words     []string
	}{{"place_kind", a.PlaceKind, PlaceKinds()}, {"how_seen", a.HowSeen, WaysOfSeeing()}, {"alone", a.Alone, YesNo()}} {
		if f.got != "" && !slices.Contains(f.words, f.got) {
			return invalid(f.name, "must be one of %s", strings.Join(f.words, ", "))
		}
	}
	if a.Interviewer, err = s.worker("interviewer", a.Interviewer, a.HeldAt.Date(), anybody); err != nil {
		return err
	}
	return needsClock("held_at", a.HeldAt)
}

func (a *Held) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }

func (a *Held) decide(c *decision, t Record) (*Outcome, error) {
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	r := rs[0]
	for _, m := range rs {
		e, err := c.Episode(m.Episode)
		if err != nil {
			return nil, err
		}
		if e == nil {
			return nil, NotThere(m.Episode, m.ID)
		}
		if err := heldAfter(e, a.HeldAt); err != nil {
			return nil, err
		}
	}
	v, err := c.interviewOf(rs)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Named: r.ID}
	if err := c.onlyThese(v, rs, out); err != nil {
		return nil, err
	}
	booked := r.Booking()
	who := a.Interviewer
	if who == "" && booked != nil {
		who = booked.Interviewer
	}
	who = cmp.Or(who, r.AssignedTo, c.by)
	if err := c.Settings().hasLeft("interviewer", who, a.HeldAt.Date()); err != nil {
		return nil, err
	}
	v.HeldAt, v.HeldBy, v.Interviewer, v.Reach = a.HeldAt, c.by, who, a.Reach
	if booked != nil && booked.Interviewer == who {
		v.Reach = cmp.Or(a.Reach, booked.Reach)
	}
	if v.Owner = who; !c.isUser(who) {
		v.Owner = c.by // somebody outside the team held it, or somebody who has left by now
		if c.isUser(r.AssignedTo) {
			v.Owner = r.AssignedTo
		}
	}
	v.prefill(c.Settings(), booked, a)
	out.put(v)
	for _, m := range rs {
		if b := m.Booking(); b != nil {
			b.Outcome, b.OutcomeBy, b.OutcomeAt = "held", c.by, c.at
		}
		if m.Stage == StageNew {
			m.Responsible = ResponsibleTeam
			c.step(m, "referral.accept", StageAccepted, "by holding the interview")
		}
		m.HeldAt, m.Interview = a.HeldAt, v.ID
		if m.AssignedTo == "" {
			m.AssignedTo = v.Owner
		}
		c.step(m, a.Name(), StageToWriteUp, a.HeldAt.String())
		out.put(m)
	}
	if r.Cluster != 0 {
		cl, err := c.clusterOf(r)
		if err != nil {
			return nil, err
		}
		cl = cl.Clone()
		cl.HeldAt = a.HeldAt
		out.put(cl)
	}
	if err := c.raiseFor(v, r, out, c.raisedBy(byHolding, v, careStanding{})...); err != nil {
		return nil, err
	}
	out.Summary = fmt.Sprintf("interview of %s held %s", r.ID, a.HeldAt)
	if len(rs) > 1 {
		out.Summary += fmt.Sprintf(" for %d episodes (%s)", len(rs), r.Cluster)
	}
	for _, m := range rs {
		late, _, err := c.isLate(m)
		if err != nil {
			return nil, err
		}
		if late && m.LateReason == nil {
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s was held late: say why", m.ID))
			break
		}
	}
	return out, nil
}

// heldAfter refuses an interview before the child was found or back.
func heldAfter(e *Episode, held Moment) error {
	at := e.LocatedAt()
	switch {
	case at == 0 && held.Before(e.MissingAt):
		return invalid("held_at", "%s is before %s began, %s", held, e.ShownRef(), e.MissingAt)
	case at == 0 || !held.Before(at):
		return nil
	case at == e.ReturnedAt:
		return invalid("held_at", "%s is before the return of %s, %s", held, e.ShownRef(), at)
	}
	return invalid("held_at", "%s is before %s was found, %s", held, e.ShownRef(), at)
}

// isUser says that a login is somebody of the team who is here.
func (c *decision) isUser(login string) bool {
	u, ok := c.Settings().User(login)
	return ok && !u.Left(DateOf(c.Now())) || len(c.Settings().Users) == 0 && login == c.by
}

// mayStill refuses to give work to somebody who has left by now: an act may say that it happened before they left, and the work is
// theirs only from now on.
func (c *decision) mayStill(field, login string) error {
	return c.Settings().hasLeft(field, login, DateOf(c.Now()))
}

// here is somebody who gets new work; in place of whom has left, the one who decides.
func (c *decision) here(login string) string {
	if _, left := c.Settings().Leaver(login, DateOf(c.Now())); left {
		return c.by
	}
	return login
}

// interviewOf is the record of the interview for referrals, the first of which the act names: the one prepared, or new.
func (c *decision) interviewOf(rs []*Referral) (*Interview, error) {
	r := rs[0]
	var v *Interview
	for _, m := range rs {
		if m.Interview == 0 {
			continue
		}
		got, err := c.Interview(m.Interview)
		if err != nil {
			return nil, err
		}
		if got == nil {
			return nil, NotThere(m.Interview, m.ID)
		}
		if got.HeldAt != 0 && r.Stage.BeforeInterview() {
			continue // of another interview
		}
		v = got.Clone()
		break
	}
	if v == nil {
		id, err := c.NextID(KindInterview)
		if err != nil {
			return nil, err
		}
		v = &Interview{ID: id, Child: r.Child, Owner: cmp.Or(r.AssignedTo, c.by), By: c.by, At: c.at}
	}
	if v.HeldAt == 0 {
		v.Cluster = r.Cluster
		for _, m := range rs {
			v.cover(m)
		}
	}
	return v, nil
}

// onlyThese lets an interview that is held cover those for whom it was, and no member that waits for sign-off by itself.
func (c *decision) onlyThese(v *Interview, rs []*Referral, out *Outcome) error {
	for _, id := range slices.Clone(v.Referrals) {
		if slices.ContainsFunc(rs, func(m *Referral) bool { return m.ID == id }) {
			continue
		}
		o, err := c.Referral(id)
		if err != nil {
			return err
		}
		if o == nil {
			return NotThere(id, v.ID)
		}
		o = c.working(o)
		v.uncover(o)
		if o.Interview == v.ID {
			o.Interview = 0
			out.put(o)
		}
	}
	return nil
}

// prefill writes what holding it already says into the arrangements that are blank.
func (v *Interview) prefill(s *Settings, b *Booking, a *Held) {
	from := *a
	place := ""
	if b != nil {
		place, from.PlaceKind, from.HowSeen = b.Place, cmp.Or(a.PlaceKind, b.PlaceKind), cmp.Or(a.HowSeen, b.HowSeen)
		if b.Interviewer == v.Interviewer {
			from.Role = cmp.Or(a.Role, b.Role)
		}
	}
	for _, f := range append(from.arrangements(s, v), answer{"place", place}) {
		if f.value != "" && v.Sheet.Get("", "arrangements", f.name).Blank() {
			v.Sheet.set("", "arrangements", f.name, Value{Text: f.value})
		}
	}
}

// answer is a short answer of the arrangements.
type answer struct{ name, value string }

// arrangements are the answers that holding it gives.
func (a *Held) arrangements(s *Settings, v *Interview) []answer {
	return []answer{{"interviewer", s.PersonName(v.Interviewer)}, {"role", a.Role}, {"place_kind", a.PlaceKind}, {"how_seen", a.HowSeen},
		{"alone", a.Alone}, {"present", a.Present}, {"at_whose_wish", a.AtWhoseWish}}
}

// raised is a follow-up that holding or submitting an interview raises; Owner and Due are those of the kind where blank.
type raised struct {
	Kind, Text, Owner string
	Due               Moment
	turn              int
}

// personNamed finds the login of somebody of the team who may be given work, by login or name; "" for anybody else.
func (c *decision) personNamed(who string) string {
	if who == "" || len(c.Settings().Users) == 0 {
		return ""
	}
	login, err := c.Settings().worker("", who, DateOf(c.Now()), teamOnly)
	if err != nil {
		return ""
	}
	return login
}

// raiseFor raises follow-ups of an interview, due by their kind from when it was held (DOMAIN §3, §7). What it raised
// before is not raised again when a record is submitted a second time.
func (c *decision) raiseFor(v *Interview, r *Referral, out *Outcome, list ...raised) error {
	known, err := c.FollowUpsOf(v.Child)
	if err != nil {
		return err
	}
	child, err := c.Child(v.Child)
	if err != nil {
		return err
	}
	for _, x := range list {
		if child != nil && child.Died != nil && forFamily(x.Kind) {
			continue
		}
		if slices.ContainsFunc(known, func(f *FollowUp) bool {
			return f.Interview == v.ID && f.Kind == x.Kind && f.Raised == x.Text
		}) {
			continue
		}
		id, err := c.NextID(KindFollowUp)
		if err != nil {
			return err
		}
		out.put(&FollowUp{ID: id, Child: v.Child, Referral: r.ID, Interview: v.ID, Kind: x.Kind, Text: x.Text, Raised: x.Text,
			Owner: c.here(cmp.Or(x.Owner, v.Owner)), By: c.by, At: c.at, Due: cmp.Or(x.Due, c.Settings().Policy.DueIn(x.Kind, v.HeldAt))})
	}
	return nil
}
