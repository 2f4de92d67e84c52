package domain

// Responsible is who holds the interview (DOMAIN §4, Who).
type Responsible string

// Who may be responsible. Anyone but the team is elsewhere: the team chases.
const (
	ResponsibleTeam           Responsible = "team"
	ResponsibleSocialWorker   Responsible = "social_worker"
	ResponsibleOtherAuthority Responsible = "other_authority"
	ResponsibleTrustedAdult   Responsible = "trusted_adult"
)

// Elsewhere says that somebody outside the team holds the interview.
func (r Responsible) Elsewhere() bool { return r != "" && r != ResponsibleTeam }

// Words for a screen.
func (r Responsible) Words() string {
	switch r {
	case ResponsibleSocialWorker:
		return "social worker"
	case ResponsibleOtherAuthority:
		return "other authority"
	case ResponsibleTrustedAdult:
		return "trusted adult"
	}
	return string(r)
}
