package domain

// Attempt is one try to reach the child, a parent or carer, or a professional (DOMAIN §4). It is never deleted: one
// entered wrongly is struck with a reason and stays visible as struck.
type Attempt struct {
	ID       ID     `json:"id"`
	At       Moment `json:"at"`
	Way      string `json:"way"`
	With     string `json:"with"`
	Result   string `json:"result"`
	Note     string `json:"note,omitempty"`
	TryAgain Moment `json:"try_again_at,omitempty"`
	By       string `json:"by"`
	Logged   Moment `json:"logged"` // when it was written down

	StruckBy  string `json:"struck_by,omitempty"`
	StruckAt  Moment `json:"struck_at,omitempty"`
	StruckWhy string `json:"struck_why,omitempty"`
}

// Struck says that the attempt was entered wrongly.
func (a Attempt) Struck() bool { return a.StruckAt != 0 }

// Reached says that somebody answered: spoke, agreed, declined, asked for later or unsuitable time, with the child or a
// parent/carer (DOMAIN §4). A struck attempt reached nobody.
func (a Attempt) Reached() bool {
	if a.Struck() || a.With == WithProfessional {
		return false
	}
	return resultReached(a.Result)
}

// ReachedAt is when an attempt first reached the child, or the parent/carer; zero when none did. They are two numbers
// wherever contact is counted: S0 speaks of children (DOMAIN §3).
func ReachedAt(attempts []Attempt, with string) Moment {
	var at Moment
	for _, a := range attempts {
		if a.Reached() && a.With == with && (at == 0 || a.At.Unix() < at.Unix()) {
			at = a.At
		}
	}
	return at
}

// Counts of a referral's attempts, without the struck ones.
func Counts(attempts []Attempt) (tried, declines int) {
	for _, a := range attempts {
		if a.Struck() {
			continue
		}
		tried++
		if a.Result == ResultDeclined {
			declines++
		}
	}
	return tried, declines
}

// TryAgain is when the last attempt, by its time, asked to be repeated; zero when it did not. A later attempt replaces
// an earlier one's wish.
func TryAgain(attempts []Attempt) Moment {
	last := -1
	for i, a := range attempts {
		if !a.Struck() && (last < 0 || a.At.Unix() >= attempts[last].At.Unix()) {
			last = i
		}
	}
	if last < 0 {
		return 0
	}
	return attempts[last].TryAgain
}
