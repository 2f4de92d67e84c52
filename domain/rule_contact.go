package domain

// ContactMet is the earliest time at which an attempt reached whom the policy counts; zero when none did.
func ContactMet(p Policy, attempts []Attempt) Moment {
	met := ReachedAt(attempts, WithChild)
	if p.ContactCounts == WithChild {
		return met
	}
	if carer := ReachedAt(attempts, WithCarer); met == 0 || carer != 0 && carer.Unix() < met.Unix() {
		met = carer
	}
	return met
}
