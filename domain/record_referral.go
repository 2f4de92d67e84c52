package domain

import (
	"maps"
	"slices"
	"strings"
)

// Referral is the notice that a child is back and an interview must be offered: the team's unit of work.
type Referral struct {
	ID      ID     `json:"id"`
	Version uint64 `json:"version"`
	Child   ID     `json:"child"`
	Episode ID     `json:"episode"`
	Stage   Stage  `json:"stage"`
	// Made is when the referral was raised here; it stands for the receipt where that is not recorded (Received).
	Made Moment `json:"made"`
	// Taken says that a person raised it, by hand: it was received when it was made, by no import.
	Taken bool `json:"taken,omitempty"`
	// Again is when it was raised again, after its return had been taken back: whom an attempt reached before that is no
	// contact about this return.
	Again        Moment `json:"again,omitempty"`
	EverAccepted bool   `json:"ever_accepted,omitempty"`

	Responsible        Responsible `json:"responsible,omitempty"`
	Who                string      `json:"who,omitempty"`
	AskedChild         bool        `json:"asked_child,omitempty"`
	Chose              string      `json:"chose,omitempty"`
	IndependentOffered bool        `json:"independent_offered,omitempty"`
	AssignedTo         string      `json:"assigned_to,omitempty"`

	Attempts  []Attempt  `json:"attempts,omitempty"`
	Bookings  []Booking  `json:"bookings,omitempty"`
	Chases    []Chase    `json:"chases,omitempty"`
	Notes     []Note     `json:"notes,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"`

	FrontDoor []FrontDoor `json:"front_door,omitempty"` // when it was told (S4)
	CarerTold []CarerTold `json:"carer_told,omitempty"` // what a parent or carer told, whenever

	NotRequired *NotRequired `json:"not_required,omitempty"`
	Closing     *Closing     `json:"closing,omitempty"`
	LateReason  *LateReason  `json:"late_reason,omitempty"`

	// Moved shows a due time that a later row of the source moved, until somebody has seen it.
	Moved *Moved `json:"moved,omitempty"`

	// What became of the interview: held meets the clock, signing off and sharing meet theirs (DOMAIN §3).
	HeldAt   Moment `json:"held_at,omitempty"`
	SignedAt Moment `json:"signed_at,omitempty"`
	SharedAt Moment `json:"shared_at,omitempty"`
	Cluster  ID     `json:"cluster,omitempty"`
	// Interview is its record, prepared or held; NotShared that sharing it was given up with a reason.
	Interview ID   `json:"interview,omitempty"`
	NotShared bool `json:"not_shared,omitempty"`
}

// Decision is one step of a referral's life: who, when and why.
type Decision struct {
	Act  string `json:"act"`
	From Stage  `json:"from"`
	To   Stage  `json:"to"`
	By   string `json:"by"`
	At   Moment `json:"at"`
	Why  string `json:"why,omitempty"`
}

// Booking is one arrangement to meet, with what became of it.
type Booking struct {
	When        Moment `json:"when"`
	Interviewer string `json:"interviewer,omitempty"`
	Role        string `json:"role,omitempty"`  // of an interviewer who is not of the team
	Reach       string `json:"reach,omitempty"` // how they can be reached
	Place       string `json:"place,omitempty"`
	PlaceKind   string `json:"place_kind,omitempty"`
	HowSeen     string `json:"how_seen,omitempty"`
	SuggestedBy string `json:"suggested_by,omitempty"` // who suggested time and place
	Agreed      *bool  `json:"agreed_with_child,omitempty"`
	By          string `json:"by"`
	At          Moment `json:"at"`
	// Outcome is "" while it stands, else "moved", "did_not_attend", "cancelled_by_us", "held" or "closed".
	Outcome   string `json:"outcome,omitempty"`
	OutcomeBy string `json:"outcome_by,omitempty"`
	OutcomeAt Moment `json:"outcome_at,omitempty"`
	Note      string `json:"note,omitempty"`
}

// clone copies the booking.
func (b Booking) clone() Booking {
	if b.Agreed != nil {
		agreed := *b.Agreed
		b.Agreed = &agreed
	}
	return b
}

// Chase is one asking of whoever elsewhere is responsible.
type Chase struct {
	Whom string `json:"whom"`
	Note string `json:"note"`
	By   string `json:"by"`
	At   Moment `json:"at"`
}

// FrontDoor is one telling of the front door that a child is back.
type FrontDoor struct {
	ToldAt Moment `json:"told_at"`
	To     string `json:"to,omitempty"`
	By     string `json:"by"`
	At     Moment `json:"at"`
}

// CarerTold is what a parent or carer told (S2).
type CarerTold struct {
	Text string `json:"text"`
	// Places and People they named count as intelligence.
	Places []string `json:"places,omitempty"`
	People []string `json:"people,omitempty"`
	By     string   `json:"by"`
	At     Moment   `json:"at"`
}

// Said is what they told, with the places and people they named.
func (c *CarerTold) Said() string {
	if all := slices.Concat(c.Places, c.People); len(all) > 0 {
		return c.Text + " (named: " + strings.Join(all, ", ") + ")"
	}
	return c.Text
}

// NotRequired is the decision that no interview is required, or not now (S4).
type NotRequired struct {
	Reason      string `json:"reason"`
	Text        string `json:"text"`
	LookAgainOn Date   `json:"look_again_on,omitempty"`
	SafeWith    string `json:"safe_with,omitempty"`
	By          string `json:"by"`
	At          Moment `json:"at"`
	SignedBy    string `json:"signed_by,omitempty"`
	SignedAt    Moment `json:"signed_at,omitempty"`
	Comment     string `json:"comment,omitempty"`
}

// Closing is how a referral ended without an interview (DOMAIN §4).
type Closing struct {
	As         Stage  `json:"as"`
	Text       string `json:"text"`
	By         string `json:"by"`
	At         Moment `json:"at"`
	DeclinedBy string `json:"declined_by,omitempty"`
	Asked      int    `json:"asked,omitempty"` // how many times the child or carer was asked
	// Steps are the things that should have been done, "" meaning done, else the reason why not.
	Steps      map[string]string `json:"steps,omitempty"`
	HelplineTo string            `json:"helpline_to,omitempty"` // child, carer or both
	SignedBy   string            `json:"signed_by,omitempty"`
	SignedAt   Moment            `json:"signed_at,omitempty"`
	Comment    string            `json:"comment,omitempty"`
}

// LateReason is why an interview is or was late (DOMAIN §3).
type LateReason struct {
	Reason string `json:"reason"`
	Text   string `json:"text,omitempty"`
	By     string `json:"by"`
	At     Moment `json:"at"`
}

// Moved is a due time as it was before a later row of the source moved it.
type Moved struct {
	Contact   Moment `json:"contact,omitempty"`
	Interview Moment `json:"interview,omitempty"`
	At        Moment `json:"at"`
	Why       string `json:"why"`
}

// RecordID, RecordVersion, WithVersion and ChildID make Referral a Record.
func (r *Referral) RecordID() ID { return r.ID }

// RecordVersion counts the changes.
func (r *Referral) RecordVersion() uint64 { return r.Version }

// WithVersion copies the referral at another version.
func (r *Referral) WithVersion(v uint64) Record { n := *r; n.Version = v; return &n }

// ChildID is the child who is owed the interview.
func (r *Referral) ChildID() ID { return r.Child }

// Clone copies the referral with its lists.
func (r *Referral) Clone() *Referral {
	n := *r
	n.Attempts = slices.Clone(r.Attempts)
	n.Bookings = slices.Clone(r.Bookings)
	for i := range n.Bookings {
		n.Bookings[i] = n.Bookings[i].clone()
	}
	n.Chases = slices.Clone(r.Chases)
	n.Notes = slices.Clone(r.Notes)
	for i := range n.Notes {
		if answer := n.Notes[i].Answer; answer != nil {
			v := *answer
			n.Notes[i].Answer = &v
		}
	}
	n.Decisions = slices.Clone(r.Decisions)
	n.FrontDoor = slices.Clone(r.FrontDoor)
	n.CarerTold = slices.Clone(r.CarerTold)
	for i := range n.CarerTold {
		n.CarerTold[i].Places = slices.Clone(n.CarerTold[i].Places)
		n.CarerTold[i].People = slices.Clone(n.CarerTold[i].People)
	}
	if r.NotRequired != nil {
		v := *r.NotRequired
		n.NotRequired = &v
	}
	if r.Closing != nil {
		v := *r.Closing
		v.Steps = maps.Clone(v.Steps)
		n.Closing = &v
	}
	if r.LateReason != nil {
		v := *r.LateReason
		n.LateReason = &v
	}
	if r.Moved != nil {
		v := *r.Moved
		n.Moved = &v
	}
	return &n
}

// ReachedAt is when the child, or the parent/carer, was first reached about this return; zero when neither was. An interview
// held with the child reaches the child, at the time it was held (DOMAIN §3).
func (r *Referral) ReachedAt(with string) Moment {
	counted := r.Attempts
	if r.Again != 0 {
		counted = slices.DeleteFunc(slices.Clone(counted), func(a Attempt) bool { return a.Logged.Unix() < r.Again.Unix() })
	}
	at := ReachedAt(counted, with)
	if with == WithChild && r.HeldAt != 0 && (at == 0 || r.HeldAt.Unix() < at.Unix()) {
		at = r.HeldAt
	}
	return at
}

// StageOn is the stage in force on a day: a referral that was not required until a look-again date returns on that day
// as if reopened (DOMAIN §4). It is derived on reading, so that nobody has to be at the desk for it to happen.
func (r *Referral) StageOn(day Date) Stage {
	if r.Stage == StageNotRequired && r.LookAgain() != 0 && r.LookAgain() <= day {
		return r.reopened()
	}
	return r.Stage
}

// LookAgain is the look-again date of a referral that is not required for now, else zero.
func (r *Referral) LookAgain() Date {
	if r.NotRequired == nil {
		return 0
	}
	return r.NotRequired.LookAgainOn
}

// reopened is the stage to which a referral returns: accepted if it ever was, else new.
func (r *Referral) reopened() Stage {
	if r.EverAccepted {
		return StageAccepted
	}
	return StageNew
}

// Booking is the arrangement that stands, nil when there is none.
func (r *Referral) Booking() *Booking {
	if n := len(r.Bookings); n > 0 && r.Bookings[n-1].Outcome == "" {
		return &r.Bookings[n-1]
	}
	return nil
}

// pending is the decision that waits for sign-off: how it would end, and who decided.
func (r *Referral) pending() (as Stage, by string) {
	if r.Closing != nil {
		return r.Closing.As, r.Closing.By
	}
	if r.NotRequired != nil {
		return StageNotRequired, r.NotRequired.By
	}
	return "", ""
}

// Pending is the ending that waits for sign-off and who decided it; "" when none does.
func (r *Referral) Pending() (Stage, string) {
	if r.Stage != StageToApprove {
		return "", ""
	}
	return r.pending()
}

// PendingSince is when the ending was decided that waits for sign-off; zero when none does.
func (r *Referral) PendingSince() (at Moment) {
	if r.Stage != StageToApprove {
		return 0
	}
	for _, d := range r.Decisions {
		if d.To == StageToApprove {
			at = d.At
		}
	}
	return at
}

// StepFor is for whom a step was done, where that is said: the child, the carer, both; "" else.
func (c *Closing) StepFor(step string) string {
	if step != stepHelpline {
		return ""
	}
	return c.HelplineTo
}

// DecidedBy is who decided what waits for another person's word; "" where nothing waits.
func (r *Referral) DecidedBy() string {
	if r.Stage != StageToApprove {
		return ""
	}
	_, by := r.pending()
	return by
}
