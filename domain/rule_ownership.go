package domain

// OwnsFollowUp says that a follow-up is somebody's own: an urgent one anybody passes on; else its owner, or who has the
// referral it belongs to, nil where there is none (DOMAIN §12).
func OwnsFollowUp(f *FollowUp, ref *Referral, login string) bool {
	return f.Kind == FollowUrgent || f.Owner == login || ref != nil && ref.AssignedTo == login
}
