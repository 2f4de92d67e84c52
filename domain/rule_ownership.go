package domain

// OwnsFollowUp says that a follow-up is somebody's own: an urgent one anybody passes on; else its owner, or who has the
// referral it belongs to, nil where there is none (DOMAIN §12).
func OwnsFollowUp(f *FollowUp, ref *Referral, login string) bool {
	return f.Kind == FollowUrgent || f.Owner == login || ref != nil && ref.AssignedTo == login
}

// owns says that a referral is somebody's own: assigned to them, or they are booked to hold its interview (DOMAIN §12).
func (r *Referral) owns(login string) bool {
	b := r.Booking()
	return login != "" && (r.AssignedTo == login || b != nil && b.Interviewer == login)
}

// owns says that a record is somebody's own: they write it, or they held the interview (DOMAIN §12).
func (v *Interview) owns(s *Settings, login string) bool {
	return login != "" && v.ID != 0 && (v.Owner == login || v.wasHeldBy(s, login))
}

// wasHeldBy says that the person who has a login now held the interview under it.
func (v *Interview) wasHeldBy(s *Settings, login string) bool {
	return v.HeldAt != 0 && v.Interviewer == login && s.IsStill(login, v.HeldAt)
}
