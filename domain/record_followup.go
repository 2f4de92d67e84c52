package domain

import "slices"

// FollowUp is what must happen for a child, with an owner and a due time (DOMAIN §7).
type FollowUp struct {
	ID        ID        `json:"id"`
	Version   uint64    `json:"version"`
	Child     ID        `json:"child"`
	Referral  ID        `json:"referral,omitempty"`
	Interview ID        `json:"interview,omitempty"`
	Kind      string    `json:"kind"`
	Text      string    `json:"text"`
	Owner     string    `json:"owner,omitempty"`
	Due       Moment    `json:"due"`
	By        string    `json:"by"`
	At        Moment    `json:"at"`
	Attempts  []Attempt `json:"attempts,omitempty"`
	DoneAt    Moment    `json:"done_at,omitempty"`
	DoneBy    string    `json:"done_by,omitempty"`
	Found     string    `json:"found,omitempty"`
	Next      string    `json:"next,omitempty"`
	// Raised is the text with which an interview raised it, by which it is known when a record is submitted again.
	Raised string `json:"raised,omitempty"`
	// Redates are the due times it had before, oldest first. A due time that had passed stays missed.
	Redates []Redate `json:"redates,omitempty"`
	Dropped *Dropped `json:"dropped,omitempty"`
}

// Redate is one change of a due time, with its reason.
type Redate struct {
	From Moment `json:"from"`
	To   Moment `json:"to"`
	Why  string `json:"why"`
	By   string `json:"by"`
	At   Moment `json:"at"`
}

// Dropped says who gave a follow-up up, when and why.
type Dropped struct {
	Why string `json:"why"`
	By  string `json:"by"`
	At  Moment `json:"at"`
}

// RecordID, RecordVersion, WithVersion and ChildID make FollowUp a Record.
func (f *FollowUp) RecordID() ID { return f.ID }

// RecordVersion counts the changes.
func (f *FollowUp) RecordVersion() uint64 { return f.Version }

// WithVersion copies the follow-up at another version.
func (f *FollowUp) WithVersion(v uint64) Record { n := *f; n.Version = v; return &n }

// ChildID is the child it is for.
func (f *FollowUp) ChildID() ID { return f.Child }

// Clone copies the follow-up with its lists.
func (f *FollowUp) Clone() *FollowUp {
	n := *f
	n.Attempts = slices.Clone(f.Attempts)
	n.Redates = slices.Clone(f.Redates)
	if f.Dropped != nil {
		v := *f.Dropped
		n.Dropped = &v
	}
	return &n
}

// isAbout makes it about what the record covers that raised it: the referral it was raised for may not be covered any more.
func (f *FollowUp) isAbout(v *Interview) {
	if f.Referral = 0; len(v.Referrals) > 0 { // none, where the record was put into another's
		f.Referral = v.Referrals[0]
	}
}

// Open says that it is neither done nor given up.
func (f *FollowUp) Open() bool { return f.DoneAt == 0 && f.Dropped == nil }

// EndedAt is when it was done or dropped; zero while it is open.
func (f *FollowUp) EndedAt() Moment {
	if f.Dropped != nil {
		return f.Dropped.At
	}
	return f.DoneAt
}

// Overdue says that it is open and now is later than its due time.
func (f *FollowUp) Overdue(now Moment) bool { return f.Open() && now.Unix() > f.Due.Unix() }

// Missed says that a due time of it passed before it was done: re-dating afterwards never clears that (DOMAIN §7).
func (f *FollowUp) Missed(now Moment) bool {
	for _, r := range f.Redates {
		if r.At.Unix() > r.From.Unix() {
			return true
		}
	}
	end := now
	if !f.Open() {
		end = f.EndedAt()
	}
	return end.Unix() > f.Due.Unix()
}

// MeetsShare says that it stands for the share clock of an interview: the social worker or lead professional has the record. Holding
// raises it; one that somebody adds, for a school, is a step more (DOMAIN §3, §7).
func (f *FollowUp) MeetsShare() bool {
	return f.Kind == FollowShare && f.Interview != 0 && f.Raised != ""
}
