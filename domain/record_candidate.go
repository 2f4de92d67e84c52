package domain

import "cmp"

// Candidate is an outstanding episode of a child that one interview could cover together with others: it is over and its
// referral new, accepted or booked and in no cluster (DOMAIN §5).
type Candidate struct {
	Episode   ID
	Referral  ID
	PoliceRef string
	Start     Moment
	Return    Moment
	// From is the look-again date on which a referral that is not required until then becomes outstanding; 0: it is now.
	From Date
}

// ShownRef is the police reference, or the E-number where there is none.
func (k Candidate) ShownRef() string { return cmp.Or(k.PoliceRef, k.Episode.String()) }
