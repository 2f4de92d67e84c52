package domain

// ContactMet is the earliest time at which whom the policy counts was reached, or the interview held; zero when neither was.
func ContactMet(p Policy, r *Referral) Moment {
	met := r.ReachedAt(WithChild)
	if p.ContactCounts == WithChild {
		return met
	}
	if carer := r.ReachedAt(WithCarer); met == 0 || carer != 0 && carer.Unix() < met.Unix() {
		met = carer
	}
	return met
}
