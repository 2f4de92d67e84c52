package view

import (
	"cmp"

	"homeward/domain"
	"slices"
	"time"
)

// soonWithin is how far ahead the review looks for clocks that will be over.
const soonWithin = 24 * time.Hour

// Breach is a clock that is not met and whose time comes within a day. It is one for all members of a cluster of whom it is
// the same.
type Breach struct {
	Clock domain.Clock // the first due of them
	Rows  []*QueueRow  // whose it is; the first speaks for them
	// Booked is what is arranged, for the interview's clock.
	Booked BookedFor
}

// Row is the referral that speaks for it.
func (b *Breach) Row() *QueueRow { return b.Rows[0] }

// BookedFor says how an arrangement stands to a due time.
type BookedFor int

// What is arranged.
const (
	NotBooked    BookedFor = iota // nothing is
	BookedInTime                  // it is before the due time, or at it
	BookedLate                    // it is after the due time: it breaches all the same
	BookedPast                    // its time has passed, and nobody has said what became of it
)

// String for a screen.
func (b BookedFor) String() string {
	return [...]string{"nothing booked", "booked in time", "booked too late", "booked, its time has passed"}[b]
}

// bookedFor holds an arrangement against a due time.
func bookedFor(b *domain.Booking, due domain.Moment, now time.Time) BookedFor {
	switch {
	case b == nil:
		return NotBooked
	case b.When.Unix() > due.Unix():
		return BookedLate
	case b.When.Unix() < now.Unix():
		return BookedPast
	}
	return BookedInTime
}

// SoonClocks names the clocks of which the review tells, the interview's first.
func SoonClocks() []string {
	return []string{domain.ClockInterview, domain.ClockContact, domain.ClockWriteUp, domain.ClockShare}
}

// soon lists what will be over within a day unless something is done.
func (b *reviewBuilder) soon() {
	now := b.q.AsAt
	until := domain.At(now.Add(soonWithin))
	for _, name := range SoonClocks() {
		var rows []*QueueRow
		for i := range b.q.Rows {
			r := &b.q.Rows[i]
			if c := clockNamed(r, name); c.Running() && !c.Over(now) && c.Due.Unix() <= until.Unix() {
				rows = append(rows, r)
			}
		}
		for _, same := range together(rows, ofCluster) {
			speakFirst(same)
			x := Breach{Clock: clockNamed(same[0], name), Rows: same}
			for _, r := range same[1:] {
				if c := clockNamed(r, name); c.Due.Unix() < x.Clock.Due.Unix() {
					x.Clock = c
				}
			}
			if name == domain.ClockInterview {
				x.Booked = bookedFor(same[0].Booked, x.Clock.Due, now)
			}
			b.v.Soon = append(b.v.Soon, x)
		}
	}
	slices.SortStableFunc(b.v.Soon, func(x, y Breach) int {
		return cmp.Or(cmp.Compare(x.Clock.Due.Unix(), y.Clock.Due.Unix()), cmp.Compare(x.Row().Referral.ID, y.Row().Referral.ID))
	})
}

// clockNamed is a row's clock of a name, where it is still to be met at the row's stage; else the zero clock.
func clockNamed(r *QueueRow, name string) domain.Clock {
	for _, c := range r.Clocks.Owed(r.Stage) {
		if c.Name == name && !(name == domain.ClockShare && r.Referral.NotShared) {
			return c
		}
	}
	return domain.Clock{}
}
