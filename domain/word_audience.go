package domain

// Audience is who a copy is for. Nothing is shared by default (DOMAIN §9).
type Audience string

// The audiences of DOMAIN §9.
const (
	ForTeam         Audience = "team"
	ForSocialWorker Audience = "social_worker"
	ForPolice       Audience = "police"
	ForSafeguarding Audience = "safeguarding"
	ForPartnership  Audience = "partnership"
	ForCarer        Audience = "carer"
	ForStatistics   Audience = "statistics"
)

// Audiences are all of them, in DOMAIN §9's order.
func Audiences() []Audience {
	return []Audience{ForTeam, ForSocialWorker, ForPolice, ForSafeguarding, ForPartnership, ForCarer, ForStatistics}
}

// RecordAudiences are those a copy of an interview's record is made for; the partnership and statistics get reports.
func RecordAudiences() []Audience {
	return []Audience{ForTeam, ForSocialWorker, ForPolice, ForSafeguarding, ForCarer}
}

// Words for a screen.
func (a Audience) Words() string {
	switch a {
	case ForSocialWorker:
		return "social worker or lead professional"
	case ForPolice:
		return "police intelligence"
	case ForSafeguarding:
		return "safeguarding operations group"
	case ForCarer:
		return "parent or carer"
	}
	return string(a)
}
