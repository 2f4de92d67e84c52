package domain

import "strings"

// Responsible is who holds the interview (DOMAIN §4, Who).
type Responsible string

// Who may be responsible.
const (
	ResponsibleTeam           Responsible = "team"
	ResponsibleSocialWorker   Responsible = "social_worker"
	ResponsibleOtherAuthority Responsible = "other_authority"
	ResponsibleTrustedAdult   Responsible = "trusted_adult"
)

// responsibleRow is one who may be responsible, with everything that depends on it.
type responsibleRow struct {
	who       Responsible
	elsewhere bool   // outside the team: the team chases
	short     string // for a list
}

// responsibles are the closed list, in the order in which a form offers them.
var responsibles = [...]responsibleRow{
	{who: ResponsibleTeam, short: "team"},
	{who: ResponsibleSocialWorker, elsewhere: true, short: "s. worker"},
	{who: ResponsibleOtherAuthority, elsewhere: true, short: "other auth"},
	{who: ResponsibleTrustedAdult, elsewhere: true, short: "trusted ad"},
}

func (r Responsible) row() responsibleRow {
	for _, x := range responsibles {
		if x.who == r {
			return x
		}
	}
	return responsibleRow{}
}

// Responsibles are all of them.
func Responsibles() []Responsible {
	out := make([]Responsible, len(responsibles))
	for i, r := range responsibles {
		out[i] = r.who
	}
	return out
}

// Elsewhere says that somebody outside the team holds the interview.
func (r Responsible) Elsewhere() bool { return r.row().elsewhere }

// Words for a screen.
func (r Responsible) Words() string { return Words(string(r)) }

// Short is the same in a word or two, for a list.
func (r Responsible) Short() string { return r.row().short }

// check refuses a word that is none of them.
func (r Responsible) check() error {
	switch {
	case r.row().who != "":
		return nil
	case r == "":
		return invalid("responsible", "is required: %s", orList(responsibleWords()))
	}
	return invalid("responsible", "“%s” is none of %s", string(r), strings.Join(responsibleWords(), ", "))
}
